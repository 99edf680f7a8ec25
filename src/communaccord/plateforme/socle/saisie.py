"""What a person typed, kept exactly as typed: fields by name, so that a form comes back whole after any answer.

The name of a field is the id that an anomaly tells (``communes-64102-depense_actuelle``): there is no other table of
correspondence between the form, the errors and the file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from communaccord.plateforme.socle.typographie import prose
from communaccord.simulateur import Anomalie

# Fields that hold a list: one value a ticked box.
LISTES = ("perimetre",)
# Fields that steer the page and are no part of a simulation.
OUTILS = frozenset(
    {"csrfmiddlewaretoken", "action", "recalculer", "collage", "fichier", "lien", "liste", "s", "commune", "colonne"}
)
VERROU = "-verrou"
MAX_VALEUR = 5_000


class Formulaire(Protocol):
    """What a web framework gives of a posted form."""

    def lists(self) -> Iterable[tuple[str, list[str]]]: ...


@dataclass(frozen=True, slots=True)
class Saisie:
    """Fields as texts, lists of ticked codes, and what is to be mended."""

    champs: Mapping[str, str] = field(default_factory=dict)
    listes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    anomalies: tuple[Anomalie, ...] = ()

    def texte(self, nom: str, defaut: str = "") -> str:
        """Text of a field, ``defaut`` when it was not sent."""
        return self.champs.get(nom, defaut)

    def codes(self, nom: str) -> tuple[str, ...]:
        """Ticked codes of a list field."""
        return self.listes.get(nom, ())

    def erreur(self, nom: str) -> str:
        """What is to be mended in a field, as one or several sentences; empty when nothing is."""
        return " ".join(write_erreur(a) for a in self.anomalies if a.ou == nom)

    def erreurs_de(self, prefixe: str) -> str:
        """What is to be mended in a whole group of fields."""
        concernees = (a for a in self.anomalies if a.ou == prefixe or a.ou.startswith(f"{prefixe}-"))
        return " ".join(write_erreur(a) for a in concernees)

    def has_erreur(self, prefixe: str) -> bool:
        """Whether something is to be mended in a group of fields: the folded part that holds it is then open."""
        return any(a.ou == prefixe or a.ou.startswith(f"{prefixe}-") for a in self.anomalies)

    def rangs(self, prefixe: str) -> list[int]:
        """Numbers of the rows of a group (``couts-fixes-0-montant``), in order."""
        debut = f"{prefixe}-"
        numeros = {n[len(debut) :].split("-", 1)[0] for n in (*self.champs, *self.listes) if n.startswith(debut)}
        return sorted(int(n) for n in numeros if n.isascii() and n.isdigit() and len(n) < 4)

    def is_rempli(self, *prefixes: str) -> bool:
        """Whether a group of fields holds anything typed."""
        return any(
            valeur.strip()
            for nom, valeur in self.champs.items()
            for prefixe in prefixes
            if nom == prefixe or nom.startswith(f"{prefixe}-")
        )

    def with_champs(self, champs: Mapping[str, str]) -> "Saisie":
        """The same with some fields replaced."""
        return Saisie({**self.champs, **champs}, self.listes, self.anomalies)

    def with_listes(self, listes: Mapping[str, tuple[str, ...]]) -> "Saisie":
        """The same with some lists replaced."""
        return Saisie(self.champs, {**self.listes, **listes}, self.anomalies)

    def with_anomalies(self, anomalies: Iterable[Anomalie]) -> "Saisie":
        """The same with what is to be mended."""
        return Saisie(self.champs, self.listes, tuple(anomalies))

    def champs_simulation(self) -> dict[str, str]:
        """Fields that belong to the simulation: without those that only steer the page."""
        return {nom: valeur for nom, valeur in self.champs.items() if not nom.endswith(VERROU)}


def build_saisie(formulaire: Formulaire) -> Saisie:
    """Take a posted form as it is; of a field sent several times, the last value counts."""
    champs: dict[str, str] = {}
    listes: dict[str, tuple[str, ...]] = {}
    for nom, valeurs in formulaire.lists():
        if nom in OUTILS or not valeurs:
            continue
        if nom.rsplit("-", 1)[-1] in LISTES:
            listes[nom] = tuple(v[:MAX_VALEUR] for v in valeurs if v)
        else:
            champs[nom] = valeurs[-1][:MAX_VALEUR]
    return Saisie(champs, listes)


def build_saisie_from(data: Mapping[str, object]) -> Saisie:
    """Flatten the nested content of a file or of a link into the fields of the form."""
    champs: dict[str, str] = {}
    listes: dict[str, tuple[str, ...]] = {}
    for nom, valeur in flatten(data):
        if isinstance(valeur, tuple):
            listes[nom] = valeur
        else:
            champs[nom] = valeur
    return Saisie(champs, listes)


def flatten(noeud: object, chemin: str = "") -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Walk a nested content and yield each leaf with the name of its field; a commune is named by its code."""
    if chemin.rsplit("-", 1)[-1] in LISTES and isinstance(noeud, list):
        yield chemin, tuple(str(code) for code in noeud)
    elif isinstance(noeud, Mapping):
        for cle, valeur in noeud.items():
            yield from flatten(valeur, f"{chemin}-{cle}" if chemin else str(cle))
    elif isinstance(noeud, list):
        for rang, element in enumerate(noeud):
            yield from flatten(element, f"{chemin}-{name_element(chemin, element, rang)}")
    elif noeud is not None:
        yield chemin, write_valeur(noeud)


def name_element(chemin: str, element: object, rang: int) -> str:
    """Name of an element of a list in a field: the code of a commune, the rank of anything else."""
    if chemin == "communes" and isinstance(element, Mapping) and element.get("code"):
        return str(element["code"])
    return str(rang)


def write_valeur(valeur: object) -> str:
    """Write a value of a file as it is typed in a form."""
    if isinstance(valeur, bool):
        return "oui" if valeur else ""
    return str(valeur).replace(".", ",") if isinstance(valeur, float) else str(valeur)


def write_erreur(anomalie: Anomalie) -> str:
    """What is wrong and what to do, as sentences."""
    return prose(f"{majuscule(anomalie.message)} {anomalie.que_faire}".strip())


def majuscule(phrase: str) -> str:
    """The sentence with a capital at its beginning."""
    return phrase[:1].upper() + phrase[1:]
