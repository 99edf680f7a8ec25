"""Secrets that are planted, and how they are looked for in whatever a site gives: pages, files, headers, rows, logs.

A word is a token that nothing else writes (``zx1motiff003``). An amount is looked for in every spelling: cents, euros
with or without cents, with any space between the thousands, with a comma or a point.
"""

import html
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote_plus

from tests.plateforme.documents.lecture import read_pages

MOT = re.compile(r"zx\d[a-z]+f\d{3}")
BLANCS = r"\s\u00a0\u2007\u2009\u202f\u2060\ufeff"
ENTRE_CHIFFRES = re.compile(rf"(\d)[{BLANCS}'’_]+(?=\d)")
INVISIBLES = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
BALISE = re.compile(r"<[^>]*>")
# What comes before a number is looked at from its first digit: far quicker than from each character of the page.
NOMBRE = re.compile(r"\d(?<![\w.,]\d)\d{3,}(?:[.,]\d{1,2})?(?!\w)")
# No secret goes over the end of a mark: what pages share (head, menu, foot) is read once.
ENTRE_BALISES = re.compile(r">\s+<")
FLUX = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def write_mot(tour: int, genre: str, code: str) -> str:
    return f"zx{tour}{genre}{code}".lower()


def list_spellings(cents: int, *, arrondis: bool) -> set[str]:
    """An amount without its spaces: 7654321, 76543,21, 76543.21; and 76543 or 76544, with ``arrondis``."""
    euros, reste = divmod(cents, 100)
    spellings = {str(cents), f"{euros},{reste:02}", f"{euros}.{reste:02}"}
    return spellings | ({str(euros), str(euros + 1)} if arrondis else set())


@dataclass
class Plantes:
    """What was planted: by secret, the code of the commune that may read it; amounts lead to the word of a secret."""

    proprietaires: dict[str, str] = field(default_factory=dict)
    montants: dict[str, str] = field(default_factory=dict)

    def plant_mot(self, tour: int, genre: str, code: str) -> str:
        mot = write_mot(tour, genre, code)
        self.proprietaires[mot] = code
        return mot

    def plant_montant(self, tour: int, genre: str, code: str, cents: int, *, arrondis: bool = True) -> int:
        """Its spellings are never those of another secret. ``arrondis``: nothing else is of so many whole euros."""
        mot = self.plant_mot(tour, genre, code)
        for spelling in list_spellings(cents, arrondis=arrondis):
            assert self.montants.get(spelling, mot) == mot, (
                f"{spelling} est déjà le secret de {self.montants[spelling]}"
            )
            self.montants[spelling] = mot
        return cents

    def find(self, textes: Iterable[str]) -> set[str]:
        """The secrets that these texts say."""
        found: set[str] = set()
        for part in (part for texte in textes for part in ENTRE_BALISES.split(texte)):
            mots, nombres = read_traces(part)
            found.update(mot for mot in mots if mot in self.proprietaires)
            found.update(self.montants[n] for n in nombres if n in self.montants)
        return found


@lru_cache(maxsize=10_000)
def read_traces(texte: str) -> tuple[frozenset[str], frozenset[str]]:
    """What looks like a planted word, and the amounts, in every spelling."""
    plain = normalize(texte)
    return frozenset(MOT.findall(plain)), frozenset(NOMBRE.findall(plain))


def normalize(texte: str) -> str:
    plain = html.unescape(html.unescape(texte))
    if "%" in plain:
        plain += "\n" + unquote_plus(plain)
    if "\\u" in plain:
        plain += "\n" + re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), plain)
    plain = INVISIBLES.sub("", unicodedata.normalize("NFKC", plain))
    return ENTRE_CHIFFRES.sub(r"\1", plain).lower()


def read_response(response: Any) -> list[str]:
    """Everything that a browser receives: headers, cookies, and the body opened whatever its kind."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = [f"{name}: {value}" for name, value in response.headers.items()]
    return [*head, *(morsel.OutputString() for morsel in response.cookies.values()), *read_body(body)]


def read_body(body: bytes) -> Iterator[str]:
    if body.startswith(b"%PDF"):
        yield from read_pages(body)
        for stream in FLUX.findall(body):
            yield from read_stream(stream)
    elif body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            yield "\n".join(archive.namelist())
            for name in archive.namelist():
                yield from read_body(archive.read(name))
    else:
        yield from read_texte(body.decode("utf-8", "replace"))


def read_stream(stream: bytes) -> Iterator[str]:
    """A stream of a PDF, words only: the coordinates of a drawing are not amounts."""
    try:
        opened = zlib.decompress(stream.strip(b"\r\n"))
    except zlib.error:
        opened = stream
    yield " ".join(MOT.findall(opened.decode("latin-1").lower()))


def read_texte(texte: str) -> Iterator[str]:
    """As it is (attributes and scripts included), then as it is read once marks and foldings are taken away."""
    yield texte
    if "<" in texte:
        yield BALISE.sub("", texte)
        yield BALISE.sub(" ", texte)
    if "\r\n " in texte:
        yield texte.replace("\r\n ", "")
    if texte.startswith(("{", "[")):
        yield json.dumps(json.loads(texte), ensure_ascii=False)
