"""Nothing sealed is deduced, nor that something is sealed: `publish_tour` run on whole answers, in every world.

A world gives each commune one of the answers that show the same (its position and its clauses when they are shared).
Worlds of one publication, word for word, are all that an outsider can believe; one commune also knows its own answer.
`COMMUNACCORD_MONDES` sets how many rooms are drawn (bench/bench_publication.py --mondes).
"""

import os
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from itertools import product
from math import prod

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.noyau.properties.deduction import check_mondes

from communaccord.noyau.accord import (
    Clause,
    Confidentialite,
    Degre,
    Offre,
    OffreCommune,
    Position,
    Reponse,
    TypeClause,
    depouillement,
    dump_canonique,
    publication,
    publish_tour,
    write_publication,
)
from communaccord.noyau.accord.possibles import list_possibles, read_masque
from communaccord.noyau.accord.types import CLAUSES_MAX

SEUIL = 3
SALLES = int(os.environ.get("COMMUNACCORD_MONDES", "5"))
MONDES_MAX = 1000
PARTAGE = Confidentialite.PARTAGE
LARGE = Clause(TypeClause.CONTRIBUTION_MAX, Degre.CONDITION, montant=99, confidentialite=PARTAGE)
SCELLEES = tuple(Clause(TypeClause.CONTRIBUTION_MAX, Degre.CONDITION, montant=montant) for montant in (8, 9, 10, 0))

# What the table sees of a commune: its position (None: sealed) and its shared clauses.
VUES = (
    (Position.FAVORABLE, ()),
    (Position.SOUS_CONDITIONS, (LARGE,)),
    (Position.SOUS_CONDITIONS, ()),
    (Position.FAVORABLE, (LARGE, replace(LARGE, degre=Degre.SOUHAIT))),
    (Position.DEFAVORABLE, ()),
    (Position.FAVORABLE, (LARGE,) * 3),
    (None, ()),
)


def list_reponses(code, vue, offres):
    """One answer that shows `vue` for each state there may be: mask of `read_masque`, then "something is sealed"."""
    position, connues = vue
    visibilite = Confidentialite.PLI if position is None else PARTAGE
    etats = {}
    for scellees in [(), *((clause,) for clause in SCELLEES)][: 1 if len(connues) == CLAUSES_MAX else None]:
        for vraie in (Position.FAVORABLE, Position.DEFAVORABLE) if position is None else (position,):
            reponse = Reponse(code, vraie, None, (*connues, *scellees), visibilite)
            etats.setdefault(read_masque(reponse, offres) | bool(scellees) << len(offres) + 1, reponse)
    return etats


def build_offres(lignes):
    return [
        Offre(f"S{rang}", 2027, {f"C{i}": OffreCommune(True, {2027: cents}) for i, cents in enumerate(ligne)})
        for rang, ligne in enumerate(lignes)
    ]


@st.composite
def salles(draw):
    """What is seen of five or six communes, and one to three scenarios, dearer or cheaper for some."""
    vues = draw(st.lists(st.sampled_from(VUES), min_size=5, max_size=6))
    lignes = st.lists(st.sampled_from((9, 9, 10)), min_size=len(vues), max_size=len(vues))
    offres = build_offres(draw(st.lists(lignes, min_size=1, max_size=3)))
    etats = [list_reponses(f"C{rang}", vue, offres) for rang, vue in enumerate(vues)]
    assume(prod(map(len, etats)) <= MONDES_MAX)
    return etats, offres


def group_mondes(etats, offres, lister=list_possibles):
    """Worlds by publication. The audit and the reading of one answer are asked the same thing in each: asked once."""
    lues = {}

    def lire(reponse, toutes):
        if reponse not in lues:
            lues[reponse] = lister(reponse, toutes)
        return lues[reponse]

    mondes = defaultdict(list)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publication, "list_possibles", lire)
        for nom in ("find_classes", "find_attendu"):
            patch.setattr(depouillement, nom, lru_cache(maxsize=None)(getattr(depouillement, nom)))
        for monde in product(*etats):
            reponses = [etat[cle] for etat, cle in zip(etats, monde, strict=True)]
            publiee = publish_tour(reponses, offres, seuil=SEUIL)
            mondes[dump_canonique(write_publication(publiee))].append(monde)
    return mondes


def check_salle(etats, offres, lister=list_possibles):
    check_mondes([frozenset(etat) for etat in etats], group_mondes(etats, offres, lister), len(offres) + 2)


@settings(max_examples=SALLES, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(salles())
def test_neither_a_sealed_state_nor_the_existence_of_a_sealed_clause_is_deduced(salle):
    check_salle(*salle)


OUVERTES = [VUES[0]] * 5


def build_salle(vues, lignes):
    offres = build_offres(lignes)
    return [list_reponses(f"C{rang}", vue, offres) for rang, vue in enumerate(vues)], offres


@pytest.mark.parametrize("lignes", [[[10] * 5], [[10] * 5, [9, 10, 10, 10, 10]]])
def test_shared_positions_keep_the_secret_of_what_stands_beside_them(lignes):
    check_salle(*build_salle(OUVERTES, lignes))


def test_a_rule_that_knows_what_is_not_sealed_betrays():
    """The check above can fail: an answer taken as known because nothing of it is sealed tells that nothing is."""

    def lister(reponse, offres):
        scellee = any(clause.confidentialite is Confidentialite.PLI for clause in reponse.clauses)
        return list_possibles(reponse, offres) if scellee else frozenset({read_masque(reponse, offres)})

    with pytest.raises(AssertionError):
        check_salle(*build_salle(OUVERTES, [[10] * 5]), lister)
