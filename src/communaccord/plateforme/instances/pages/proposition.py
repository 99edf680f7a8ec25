"""The proposal of instances: one block an instance, its forms, who would sit, whom it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from communaccord.plateforme.instances.actions.propositions import CONSEILS_MUNICIPAUX
from communaccord.plateforme.instances.bridge import find_article
from communaccord.plateforme.instances.enums import FONCTIONS, TypeInstance, describe_fonction
from communaccord.plateforme.instances.papiers import write_mandat
from communaccord.plateforme.instances.propositions import Proposition, build_propositions, load_gens
from communaccord.plateforme.socle.typographie import pluriel

# Ticked when the page opens: what the law expects, and the usual pair of a démarche.
PAR_DEFAUT = frozenset(
    {"copil", "cotech", "bureau", "conference_des_maires", "conseil_communautaire", CONSEILS_MUNICIPAUX}
)
MUNICIPAUX = "Conseils municipaux"


@dataclass(frozen=True, slots=True)
class FormeVue:
    """One form of an instance: its key, its words, who would sit, whom it lacks."""

    cle: str
    forme: str
    membres: tuple[str, ...]
    manquants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bloc:
    """One instance: ``choisie`` is the form chosen, empty for none."""

    groupe: str
    nom: str
    fonction: str
    article: str
    deja: bool
    formes: list[FormeVue]
    choisie: str


@dataclass(frozen=True, slots=True)
class PageProposition:
    phrase: str
    blocs: list[Bloc]


def build_page(acteur: Any, jour: date, posted: Mapping[str, str]) -> PageProposition:
    """The blocks in the order of the proposal; what was just chosen stays chosen."""
    offered = build_propositions(load_gens(acteur.demarche, jour))
    groups: dict[str, list[Proposition]] = {}
    for proposition in offered:
        groups.setdefault(proposition.groupe, []).append(proposition)
    blocs = [build_bloc(groupe, rows, posted) for groupe, rows in groups.items()]
    free = sum(not bloc.deja for bloc in blocs)
    if not free:
        phrase = "Toutes les instances proposées sont déjà installées."
    else:
        phrase = f"{pluriel(free, 'instance proposée', 'instances proposées')}, avec les personnes déjà inscrites."
    return PageProposition(phrase, blocs)


def build_bloc(groupe: str, rows: list[Proposition], posted: Mapping[str, str]) -> Bloc:
    first = rows[0]
    if groupe == CONSEILS_MUNICIPAUX:
        formes = [build_municipaux([row for row in rows if not row.deja])]
    else:
        formes = [build_forme(row) for row in rows]
    default = formes[0].cle if formes[0].cle in PAR_DEFAUT else ""
    return Bloc(
        groupe=groupe,
        nom=MUNICIPAUX if groupe == CONSEILS_MUNICIPAUX else first.nom,
        fonction=describe_fonction(first.type, FONCTIONS[TypeInstance(first.type)]),
        article=find_article(first.type),
        deja=all(row.deja for row in rows),
        formes=formes,
        choisie=posted.get(f"forme-{groupe}", "") if posted else default,
    )


def build_forme(row: Proposition) -> FormeVue:
    return FormeVue(row.cle, row.forme, tuple(write_mandat(mandat) for mandat, _ in row.membres), row.manquants)


def build_municipaux(rows: list[Proposition]) -> FormeVue:
    """All of them at once: one a commune."""
    missing = tuple(name for row in rows for name in row.manquants)
    forme = f"Un par commune ({len(rows)} à installer), avec les élus et les élues déjà inscrites."
    return FormeVue(CONSEILS_MUNICIPAUX, forme, tuple(row.nom for row in rows), missing)
