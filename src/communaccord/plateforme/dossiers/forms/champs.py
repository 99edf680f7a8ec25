"""What every form of a dossier shares: fields as they were typed, never cut, and small readings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie, NombreInvalide, parse_nombre
from communaccord.simulateur.ecriture import format_nombre


class Formulaire(Protocol):
    """What a web framework gives of a posted form."""

    def __iter__(self) -> Iterator[str]: ...

    def __getitem__(self, nom: str) -> str: ...

    def getlist(self, nom: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Texte:
    """A field of text: name, label, most characters."""

    nom: str
    libelle: str
    maximum: int


def read_saisie(post: Formulaire, *, listes: Iterable[str] = ()) -> Saisie:
    """Fields and lists of a posted form, exactly as typed."""
    noms = set(listes)
    champs = {nom: post[nom] for nom in post if nom not in noms and nom != "csrfmiddlewaretoken"}
    return Saisie(champs, {nom: tuple(post.getlist(nom)) for nom in noms})


def check_textes(saisie: Saisie, textes: Iterable[Texte]) -> list[Anomalie]:
    """What is too long: told with how much, never cut."""
    return [
        Anomalie(
            texte.nom,
            texte.libelle,
            f"le texte compte {len(saisie.texte(texte.nom))} caractères.",
            f"Gardez-en {texte.maximum} au plus.",
        )
        for texte in textes
        if len(saisie.texte(texte.nom)) > texte.maximum
    ]


def read_entier(saisie: Saisie, nom: str, libelle: str, anomalies: list[Anomalie]) -> int | None:
    """A whole number, None when it is empty or unknown; what is not one is told."""
    texte = saisie.texte(nom).strip()
    if not texte:
        return None
    try:
        valeur = parse_nombre(texte)
    except NombreInvalide as invalide:
        anomalies.append(Anomalie(nom, libelle, invalide.message, invalide.que_faire))
        return None
    if valeur is not None and valeur.denominator != 1:
        anomalies.append(Anomalie(nom, libelle, f"« {texte} » n'est pas un nombre entier.", "Arrondissez-le."))
        return None
    return None if valeur is None else int(valeur)


def find_refus(valeur: Fraction, maximum: int, facteur: int = 100) -> tuple[str, str] | None:
    """Why a number cannot be kept as a whole count of 1/``facteur`` (1 or 100), at most ``maximum``, and what to do."""
    if valeur < 0:
        return "ce nombre est négatif.", "Écrivez zéro ou un nombre positif."
    if valeur * facteur > maximum:
        return "ce nombre est trop grand.", f"Écrivez {format_nombre(maximum // facteur)} au plus."
    if (valeur * facteur).denominator == 1:
        return None
    if facteur == 1:
        return "ce n'est pas un nombre entier.", "Arrondissez-le."
    return "ce nombre a trop de décimales.", "Gardez-en deux au plus."


def read_version(post: Mapping[str, str]) -> int:
    """The version that the person had before their eyes; zero when it is not told."""
    texte = post.get("version", "")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0
