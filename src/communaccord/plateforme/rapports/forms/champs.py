"""Small readings of the forms of the rapport."""

from collections.abc import Mapping

from communaccord.plateforme.dossiers.forms.champs import find_refus
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie, NombreInvalide, parse_nombre

AGENTS_MAX = 100_000
CENTIMES_MAX = 10**12


def read_saisie(post: Mapping[str, str]) -> Saisie:
    """Fields of a posted form, exactly as typed."""
    return Saisie({nom: post[nom] for nom in post if nom != "csrfmiddlewaretoken"})


def read_version(post: Mapping[str, str]) -> int:
    """The version that the person had before their eyes; zero when it is not told."""
    texte = post.get("version", "")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


def read_agents(saisie: Saisie, nom: str, libelle: str, anomalies: list[Anomalie]) -> int | None:
    """A number of people; None when it is empty, what is no such number is told."""
    return read_entier(saisie, nom, libelle, anomalies, facteur=1, maximum=AGENTS_MAX)


def read_euros(saisie: Saisie, nom: str, libelle: str, anomalies: list[Anomalie]) -> int | None:
    """Euros as typed, to cents."""
    return read_entier(saisie, nom, libelle, anomalies, facteur=100, maximum=CENTIMES_MAX)


def read_entier(
    saisie: Saisie, nom: str, libelle: str, anomalies: list[Anomalie], *, facteur: int, maximum: int
) -> int | None:
    """A whole count of 1/``facteur``; what cannot be says which of its faults it has."""
    texte = saisie.texte(nom).strip()
    if not texte:
        return None
    try:
        valeur = parse_nombre(texte)
    except NombreInvalide as invalide:
        anomalies.append(Anomalie(nom, libelle, invalide.message, invalide.que_faire))
        return None
    if valeur is None:
        return None
    if refus := find_refus(valeur, maximum, facteur):
        anomalies.append(Anomalie(nom, libelle, *refus))
        return None
    return int(valeur * facteur)
