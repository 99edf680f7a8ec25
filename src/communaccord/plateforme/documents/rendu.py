"""Documents on paper: a Typst template and data give a PDF that is archivable (PDF/A-2a) and accessible (PDF/UA-1).

A picture for a text file is made the same way.

Data travel as JSON in ``sys.inputs``: what a person typed is content, it is never read as markup. The same template,
data and date give the same bytes.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

POLICES = Path(__file__).with_name("polices")
# Templates of every context share the house style of documents/typst/.
MAISON = Path(__file__).resolve().parents[1]
NORMES = ["a-2a", "ua-1"]
# Dots an inch of a picture: sharp on paper, light in a message.
PPP = 160
# What the shipped font draws: an archivable file refuses a character without a drawing, so the others are replaced.
_INTERVALLES = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0xB4), (0xB6, 0x107), (0x10A, 0x113), (0x116, 0x11B), (0x11E, 0x123)),
    *((0x126, 0x127), (0x12A, 0x12B), (0x12E, 0x133), (0x136, 0x137), (0x139, 0x13E), (0x141, 0x148), (0x150, 0x155)),
    *((0x158, 0x15B), (0x15E, 0x165), (0x16A, 0x16B), (0x16E, 0x17E), (0x218, 0x21B), (0x2013, 0x2014)),
    *((0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022), (0x2039, 0x203A)),
)
_DESSINES = frozenset(chr(code) for debut, fin in _INTERVALLES for code in range(debut, fin + 1)) | frozenset(
    "\n\u2009\u202f…‰€−"
)
_OMIS = frozenset("\u00ad\u200b\u200c\u200d\ufeff\r")
_REMPLACANT = "?"


class RenduImpossible(Exception):
    """The document could not be made: a fault of ours, told in one sentence."""


def render_pdf(template: Path, data: Mapping[str, object], *, date: datetime) -> bytes:
    """Return the PDF of ``template`` filled with ``data``.

    ``data`` is what JSON can say (text, numbers, lists, mappings). ``date`` (aware of its time zone) is written as the
    creation date. Errors: RenduImpossible. Complexity: linear in the document, about 30 ms a page.
    """
    try:
        pdf = build_compiler(template, data).compile(
            format="pdf", pdf_standards=NORMES, timestamp=int(date.timestamp())
        )
    except typst.TypstError as error:
        raise RenduImpossible(f"Le document « {template.stem} » n’a pas pu être composé : {error}") from error
    if not isinstance(pdf, bytes):
        raise RenduImpossible(f"Le document « {template.stem} » est vide.")
    return pdf


def render_png(template: Path, data: Mapping[str, object], *, ppp: int = PPP) -> bytes:
    """Return the picture of the one page of ``template`` filled with ``data``, at ``ppp`` dots an inch.

    For the text files, which hold no SVG that every word processor draws. Errors: RenduImpossible, also when the
    template makes several pages. Complexity: linear in the pixels, about 60 ms for a page wide of 170 mm.
    """
    try:
        png = build_compiler(template, data).compile(format="png", ppi=ppp)
    except typst.TypstError as error:
        raise RenduImpossible(f"L’image « {template.stem} » n’a pas pu être composée : {error}") from error
    if not isinstance(png, bytes):
        raise RenduImpossible(f"L’image « {template.stem} » n’est pas faite d’une seule page.")
    return png


def build_compiler(template: Path, data: Mapping[str, object]) -> typst.Compiler:
    """What composes ``template``: the fonts of the house alone, and data as inputs."""
    return typst.Compiler(
        template,
        root=MAISON if template.is_relative_to(MAISON) else template.parent,
        font_paths=load_polices(),
        ignore_system_fonts=True,
        sys_inputs={"donnees": json.dumps(make_drawable(data), ensure_ascii=False)},
    )


@cache
def load_polices() -> typst.Fonts:
    """The fonts of the house, read once: those of the machine are never used, so that every machine prints the same."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[POLICES])


def make_drawable(value: object) -> object:
    """Replace, in every text of ``value``, the characters that the font cannot draw; the rest comes back as it is."""
    if isinstance(value, str):
        kept = (c for c in unicodedata.normalize("NFC", value) if c not in _OMIS)
        return "".join(c if is_drawable(c) else _REMPLACANT for c in kept)
    if isinstance(value, Mapping):
        return {str(key): make_drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [make_drawable(item) for item in value]
    return value


def is_drawable(character: str) -> bool:
    """Whether the font of the house draws ``character``: Latin letters of Europe and the punctuation of French."""
    return character in _DESSINES
