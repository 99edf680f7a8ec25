"""Opening a saved simulation: a pasted link, a JSON file, or the workbook of an export."""

from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from communaccord.simulateur import Anomalie, Simulation, decode_lien, read_classeur, read_json
from communaccord.simulateur.tableau.bornes import MAX_OCTETS

RIEN = Anomalie("lien", "Simulation", "rien n'a été donné.", "Collez un lien ou choisissez un fichier.")
AUTRE_FICHIER = Anomalie(
    "fichier",
    "Fichier",
    "ce n'est ni un fichier de simulation (.json), ni un classeur exporté d'ici (.xlsx).",
    "Choisissez le fichier téléchargé depuis la page de résultat, ou collez le lien.",
)
ZIP, PDF = b"PK", b"%PDF"
# A text holds no control character but these, whatever its encoding of one byte.
ESPACE, BLANCS, ENTETE = 0x20, b"\t\n\r\f", 1_000
MAX_TEXTE = 40_000


class Fichier(Protocol):
    """An uploaded file."""

    def read(self, taille: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Ouverture:
    """The link as it was pasted, the simulation it holds or what is to be mended."""

    lien: str = ""
    simulation: Simulation | None = None
    anomalies: tuple[Anomalie, ...] = ()
    champ: str = "lien"

    def list_anomalies(self) -> list[Anomalie]:
        """What is to be mended, each thing leading to the field of the page that brought it."""
        return [replace(anomalie, ou=self.champ) for anomalie in self.anomalies]


def read_ouverture(lien: str, fichier: Fichier | None) -> Ouverture:
    """Read a file when there is one, else the link; never raises for what a person sent."""
    colle = lien[:MAX_TEXTE].strip()
    if fichier is not None:
        lue = read_fichier(fichier.read(MAX_OCTETS + 1))
    elif colle:
        lue = decode_lien(extract_lien(colle))
    else:
        lue = [RIEN]
    champ = "lien" if fichier is None else "fichier"
    return Ouverture(colle, None, tuple(lue), champ) if isinstance(lue, list) else Ouverture(colle, lue)


def read_fichier(contenu: bytes) -> Simulation | list[Anomalie]:
    """Read a file by what it holds, not by its name."""
    if contenu.startswith(ZIP):
        return read_classeur(contenu)
    return [AUTRE_FICHIER] if is_binaire(contenu) else read_json(contenu)


def is_binaire(contenu: bytes) -> bool:
    """Whether a file is no text at all: an image, a PDF, an old workbook; what is cut or misspelt remains a text."""
    return contenu.startswith(PDF) or any(octet < ESPACE and octet not in BLANCS for octet in contenu[:ENTETE])


def extract_lien(texte: str) -> str:
    """The simulation in a pasted text: a whole address, or only what follows ``s=``."""
    if "s=" not in texte:
        return texte
    try:
        requete = urlsplit(texte).query
    except ValueError:
        return texte
    return parse_qs(requete or texte).get("s", [texte])[0]
