"""What the forms of this room share: fields as they were typed, never cut, and small readings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

ANNEES = (2000, 2100)


class Formulaire(Protocol):
    """What a web framework gives of a posted form."""

    def __iter__(self) -> Iterator[str]: ...

    def __getitem__(self, nom: str) -> str: ...

    def getlist(self, nom: str) -> list[str]: ...


def read_saisie(post: Formulaire, *, listes: Iterable[str] = ()) -> Saisie:
    """Fields and lists of a posted form, exactly as typed."""
    noms = set(listes)
    champs = {nom: post[nom] for nom in post if nom not in noms and nom != "csrfmiddlewaretoken"}
    return Saisie(champs, {nom: tuple(post.getlist(nom)) for nom in noms})


def check_longueur(saisie: Saisie, nom: str, libelle: str, maximum: int) -> list[Anomalie]:
    """What is too long: told with how much, never cut."""
    longueur = len(saisie.texte(nom))
    if longueur <= maximum:
        return []
    return [Anomalie(nom, libelle, f"le texte compte {longueur} caractères.", f"Gardez-en {maximum} au plus.")]


def read_annee(saisie: Saisie, nom: str, libelle: str, anomalies: list[Anomalie]) -> int | None:
    """A year, None when the field is empty; what is not one is told."""
    texte = saisie.texte(nom).strip()
    if not texte:
        return None
    if not (texte.isascii() and texte.isdigit() and len(texte) == 4 and ANNEES[0] <= int(texte) <= ANNEES[1]):
        anomalies.append(Anomalie(nom, libelle, f"« {texte} » n'est pas une année.", "Écrivez par exemple 2027."))
        return None
    return int(texte)


def read_jour(saisie: Saisie, nom: str, libelle: str, anomalies: list[Anomalie]) -> date | None:
    """A day as a browser sends it, or typed as ``12/03/2026``; what is not one is told."""
    texte = saisie.texte(nom).strip()
    parts = texte.split("/")
    iso = "-".join(reversed(parts)) if len(parts) == 3 else texte
    try:
        return date.fromisoformat(iso)
    except ValueError:
        message = f"« {texte} » n'est pas une date." if texte else "elle manque."
        anomalies.append(Anomalie(nom, libelle, message, "Écrivez par exemple 12/03/2026."))
        return None


def read_version(post: Mapping[str, str]) -> int:
    """The version that the person had before their eyes; zero when it is not told."""
    texte = post.get("version", "")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0
