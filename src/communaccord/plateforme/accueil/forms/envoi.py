"""What came with the form beside its fields, and the state it comes back in."""

from dataclasses import dataclass

from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Apercu


@dataclass(frozen=True, slots=True)
class Envoi:
    """What came beside the fields: pasted text, list of communes, file, what its untitled column is."""

    collage: str = ""
    liste: str = ""
    fichier: bytes = b""
    nom_fichier: str = ""
    champ: str = ""


@dataclass(frozen=True, slots=True)
class Etat:
    """The form after a button: its fields, what to say and where to look, what was left in the side fields."""

    saisie: Saisie
    siren: str
    envoi: Envoi = Envoi()
    message: str = ""
    ancre: str = ""
    apercu: Apercu | None = None
