"""Nothing sealed is deduced from what a round publishes: checked by running the rule in every world there could be.

The slow definition: an outsider holds every world whose publication is the one read. A state is deduced when it is the
same in all of them. An answering commune does the same among the worlds where its own answer is its own.
"""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.noyau.properties.deduction import check_mondes

from communaccord.noyau.accord import (
    Clause,
    Compte,
    Confidentialite,
    Degre,
    Engagement,
    Offre,
    OffreCommune,
    Position,
    Reponse,
    TourPublie,
    TypeClause,
    depouillement,
    publish_tour,
)
from communaccord.noyau.accord.audit import Classe, split_classes
from communaccord.noyau.accord.depouillement import Depouillement, publish_offre, publish_ouvertes
from communaccord.noyau.accord.positions import publish_positions
from communaccord.noyau.accord.possibles import list_possibles, read_masque
from communaccord.noyau.accord.types import CLAUSES_MAX

SEUIL = 3
LENT = settings(max_examples=8, deadline=None)


@pytest.fixture(autouse=True)
def _keep_audits(monkeypatch):
    """The audit reads nothing of the true world: the same question is asked once."""
    for nom in ("find_classes", "find_attendu"):
        monkeypatch.setattr(depouillement, nom, lru_cache(maxsize=None)(getattr(depouillement, nom)))


def publish(possibles, vrais, offres, anciennes=(), publiees=()):
    """What the rule publishes in one world: the classes told, in the order of the coordinates."""
    salle = Depouillement(SEUIL, list(offres), list(anciennes), possibles, vrais, dict(publiees))
    comptes = [publish_offre(salle, rang, len(possibles)) for rang in range(len(offres))]
    comptes.append(publish_ouvertes(salle, len(possibles)))
    return tuple((compte.bas, compte.haut, compte.publie) for compte in comptes)


def group_mondes(possibles, publier):
    mondes = defaultdict(list)
    for monde in product(*(sorted(ensemble) for ensemble in possibles)):
        mondes[publier(monde)].append(monde)
    return mondes


@st.composite
def salles(draw, coordonnees, communes=(5, 6), masques=3):
    ensemble = st.frozensets(st.integers(0, 2**coordonnees - 1), min_size=1, max_size=masques)
    sortes = draw(st.lists(ensemble, min_size=1, max_size=3))
    return tuple(draw(st.sampled_from(sortes)) for _ in range(draw(st.integers(*communes))))


@LENT
@given(salles(3))
def test_no_state_is_deduced_from_two_scenarios_and_the_positions(possibles):
    mondes = group_mondes(possibles, lambda monde: publish(possibles, monde, ("A", "B")))
    check_mondes(possibles, mondes, 3)


@LENT
@given(salles(4))
def test_no_state_is_deduced_from_three_scenarios_and_the_positions(possibles):
    mondes = group_mondes(possibles, lambda monde: publish(possibles, monde, ("A", "B", "C")))
    check_mondes(possibles, mondes, 4)


@LENT
@given(salles(3))
def test_no_state_is_deduced_from_an_earlier_round_with_the_same_answers(possibles):
    """Coordinate 1 was told in an earlier round; 0 is told now, then the position (2)."""

    def publier(monde):
        ancien = Depouillement(SEUIL, ["Z", "A"], [], possibles, monde)
        publish_offre(ancien, 1, len(possibles))
        return ancien.publiees.get(1), publish(possibles, monde, ("A",), ("Z",), ancien.publiees.items())

    check_mondes(possibles, group_mondes(possibles, publier), 3)


# What the clauses of true answers make of two scenarios (bits 0 and 1); bit 2, the position, goes with every clause.
VRAIES = tuple(
    frozenset({0} | {masque | 4 for masque in masques})
    for masques in ((0, 1, 3), (0, 2, 3), (0, 1, 2, 3), (0, 3), (0, 1))
)


@settings(max_examples=2, deadline=None)
@given(st.lists(st.sampled_from(VRAIES), min_size=5, max_size=5))
def test_no_masked_count_is_deduced_from_the_others(possibles):
    """What is not told exactly keeps at least as many values as the threshold, all publications put together."""
    for dites, mondes in group_mondes(possibles, lambda monde: publish(possibles, monde, ("A", "B"))).items():
        for coordonnee, (bas, haut, publie) in enumerate(dites):
            if not publie or bas < haut:
                valeurs = {sum(masque >> coordonnee & 1 for masque in monde) for monde in mondes}
                possible = sum(any(m >> coordonnee & 1 for m in ensemble) for ensemble in possibles) + 1
                assert len(valeurs) >= min(SEUIL, possible)


def test_a_rule_that_tells_exact_counts_betrays(monkeypatch):
    """The check above can fail: telling every count exactly lets states be deduced."""
    monkeypatch.setattr(
        depouillement, "find_classes", lambda salle, seuil: tuple(Classe(n, n) for n in range(len(salle.possibles) + 1))
    )
    possibles = (frozenset({0, 4, 7}),) * 6
    mondes = group_mondes(possibles, lambda monde: publish(possibles, monde, ("A", "B")))
    with pytest.raises(AssertionError):
        check_mondes(possibles, mondes, 3)


def test_pairwise_distance_is_not_enough_and_the_audit_sees_it():
    """Four scenarios, each far from each other one, whose counts isolate one commune by sums: n(AB) - n(A) - n(B)."""
    pas = frozenset({0, 0b11111})
    premiers, seconds, seule = frozenset({0, 0b10101, 0b11111}), frozenset({0, 0b10110, 0b11111}), pas
    possibles = (premiers,) * 3 + (seconds,) * 3 + (seule,)
    mondes = group_mondes(possibles, lambda monde: publish(possibles, monde, ("A", "B", "AB", "rien")))
    check_mondes(possibles, mondes, 5)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 10), st.integers(3, 7))
def test_classes_cover_every_count_and_hide_every_small_group(bas, largeur, marge, seuil):
    haut = bas + largeur
    total = haut + marge
    classes = split_classes(bas, haut, total, seuil)
    assert [n for c in classes for n in range(c.bas, c.haut + 1)] == list(range(total + 1))
    for classe in classes:
        if len(classes) > 1 and classe.bas == classe.haut:
            assert bas + seuil <= classe.bas <= haut - seuil
        else:
            assert min(classe.haut, haut) - max(classe.bas, bas) + 1 >= min(seuil, largeur + 1)


FAMILLE = frozenset({Position.FAVORABLE, Position.SOUS_CONDITIONS})


def list_compositions(total, parts):
    if parts == 1:
        yield (total,)
        return
    for premier in range(total + 1):
        for reste in list_compositions(total - premier, parts - 1):
            yield (premier, *reste)


@pytest.mark.parametrize(("total", "seuil"), [(5, 3), (6, 3), (8, 3), (9, 4), (10, 5)])
def test_no_masked_position_is_had_by_subtraction(total, seuil):
    """Every way to spread the answers over the six positions; same publication, at least `seuil` values or exact."""
    vues = defaultdict(list)
    for comptes in list_compositions(total, len(Position)):
        reponses = [Reponse(f"{i}{p.value}", p) for p, n in zip(Position, comptes, strict=True) for i in range(n)]
        ouvertes = comptes[0] + comptes[1]
        classe = next(c for c in split_classes(0, total, total, seuil) if c.bas <= ouvertes <= c.haut)
        publie = classe != Classe(0, total)
        dites = publish_positions(reponses, Compte(*classe, total, publie, ""), seuil)
        vues[classe, tuple((c.bas, c.haut, c.publie) for c in dites.values())].append(comptes)
    for (_, dites), memes in vues.items():
        for rang, (bas, haut, publie) in enumerate(dites):
            valeurs = {comptes[rang] for comptes in memes}
            if publie and bas == haut:
                assert seuil <= bas <= total - seuil
            else:
                assert len(valeurs) >= seuil
                assert not publie or valeurs <= set(range(bas, haut + 1))


@pytest.mark.parametrize(("total", "seuil"), [(5, 3), (6, 3)])
def test_no_masked_position_is_had_from_the_scenario_either(total, seuil):
    """As above, one scenario being told first: each commune is favorable or not, its conditions réunies or not."""
    sortes = [
        (Position.FAVORABLE, 2),
        (Position.FAVORABLE, 3),
        (Position.SOUS_CONDITIONS, 2),
        (Position.SOUS_CONDITIONS, 3),
        *((position, 0) for position in Position if position not in FAMILLE),
    ]
    vues = defaultdict(list)
    for effectifs in list_compositions(total, len(sortes)):
        masques = [masque for (_, masque), n in zip(sortes, effectifs, strict=True) for _ in range(n)]
        salle = Depouillement(seuil, ["A"], [], (frozenset({0, 2, 3}),) * total, masques)
        scenario, ouvertes = publish_offre(salle, 0, total), publish_ouvertes(salle, total)
        positions = [position for (position, _), n in zip(sortes, effectifs, strict=True) for _ in range(n)]
        reponses = [Reponse(str(i), position) for i, position in enumerate(positions)]
        dites = publish_positions(reponses, ouvertes, seuil)
        lues = (scenario, ouvertes, *dites.values())
        comptes = [sum(m & 1 for m in masques), sum(m >> 1 for m in masques)]
        comptes += [positions.count(position) for position in Position]
        vues[tuple((c.bas, c.haut, c.publie) for c in lues)].append(comptes)
    for lues, memes in vues.items():
        for rang, (bas, haut, publie) in enumerate(lues):
            valeurs = {comptes[rang] for comptes in memes}
            if publie and bas == haut:
                assert seuil <= bas <= total - seuil
            else:
                assert len(valeurs) >= seuil
                assert not publie or valeurs <= set(range(bas, haut + 1))


ANNEES = (2027, 2028)
TAUX = tuple(Fraction(n, 2) for n in range(6))
montants = st.integers(0, 3)


@st.composite
def offres_pour(draw, code, nombre):
    """Small offers for one commune, and two others that come and go."""
    offres = []
    for rang in range(nombre):
        debut = draw(st.sampled_from((2027, 2028)))
        annees = range(debut, 2029)
        gains = draw(st.none() | st.fixed_dictionaries({a: st.integers(-1, 2) for a in annees}))
        locale = OffreCommune(draw(st.integers(0, 5)) > 0, {a: draw(montants) for a in annees}, gains)
        communes = {code: locale} | {
            autre: OffreCommune(draw(st.booleans()), dict.fromkeys(annees, 1)) for autre in ("Y", "Z")
        }
        engagements = draw(st.frozensets(st.sampled_from(Engagement), max_size=2))
        plafond = draw(st.none() | st.sampled_from(TAUX))
        offres.append(Offre(f"S{rang}", debut, communes, engagements, plafond))
    return offres


def list_toutes_clauses():
    """Every clause that small offers can tell apart."""
    degre = Degre.CONDITION
    for annee in (None, 2026, *ANNEES):
        for montant in range(5):
            yield Clause(TypeClause.CONTRIBUTION_MAX, degre, montant=montant, annee=annee)
            yield Clause(TypeClause.GAIN_MIN, degre, montant=montant, annee=annee)
    for annee in (2026, 2027, 2028, 2029):
        yield Clause(TypeClause.ANNEE_MIN, degre, annee=annee)
    for autre in ("Y", "Z", "W"):
        yield Clause(TypeClause.AVEC_COMMUNE, degre, commune=autre)
    for taux in TAUX:
        yield Clause(TypeClause.HAUSSE_MAX, degre, taux=taux)
    for engagement in Engagement:
        yield Clause(TypeClause(engagement.value), degre)
    yield Clause(TypeClause.AUTRE, degre, texte="autre")


TOUTES = tuple(list_toutes_clauses())
PARTAGE = Confidentialite.PARTAGE


def list_reponses(position, connues, scellables):
    """Every answer that shows `position` (None: sealed) and the clauses `connues`, and seals some of `scellables`."""
    visibilite = Confidentialite.PLI if position is None else PARTAGE
    for nombre in range(CLAUSES_MAX - len(connues) + 1):
        for scellees in combinations_with_replacement(scellables, nombre):
            for vraie in Position if position is None else (position,):
                yield Reponse("X", vraie, None, (*connues, *scellees), visibilite)


@settings(max_examples=12, deadline=None)
@given(offres_pour("X", 2), st.none() | st.sampled_from(Position), st.data())
def test_possible_states_are_those_of_every_answer_that_shows_the_same(offres, position, data):
    """Whatever is sealed, and whether anything is: the same set, that of all the answers that look the same."""
    montrees = st.builds(
        replace, st.sampled_from(TOUTES), degre=st.sampled_from(Degre), confidentialite=st.just(PARTAGE)
    )
    connues = data.draw(st.lists(montrees, max_size=3))
    seules = {read_masque(Reponse("X", Position.SOUS_CONDITIONS, None, (c,)), offres): c for c in TOUTES}
    reponses = list(list_reponses(position, connues, seules.values()))
    attendus = {read_masque(reponse, offres) for reponse in reponses}
    for reponse in (reponses[0], reponses[len(reponses) // 2], reponses[-1]):
        assert list_possibles(reponse, offres) == attendus


@settings(max_examples=25, deadline=None)
@given(offres_pour("X", 3), st.sampled_from(TOUTES), st.sampled_from(Position))
def test_what_is_shared_narrows_what_is_possible_and_never_excludes_the_truth(offres, clause, position):
    partagee = replace(clause, confidentialite=PARTAGE)
    pli = Clause(TypeClause.CONTRIBUTION_MAX, Degre.CONDITION, montant=1)
    tout_pli = Reponse("X", position, None, (clause, pli))
    mixte = Reponse("X", position, None, (partagee, pli), PARTAGE)
    declaree = Reponse("X", position, None, (partagee,), PARTAGE, entierement_partagee=True)
    assert read_masque(tout_pli, offres) in list_possibles(tout_pli, offres)
    assert read_masque(mixte, offres) in list_possibles(mixte, offres)
    assert list_possibles(mixte, offres) <= list_possibles(tout_pli, offres)
    assert list_possibles(declaree, offres) == {read_masque(declaree, offres)}


def build_salle(contributions, limites, position=Position.SOUS_CONDITIONS):
    codes = [f"C{i:02}" for i in range(len(limites))]
    offres = [
        Offre(f"S{rang}", 2027, {c: OffreCommune(True, {2027: m}) for c, m in zip(codes, ligne, strict=True)})
        for rang, ligne in enumerate(contributions)
    ]
    reponses = [
        Reponse(c, position, None, (Clause(TypeClause.CONTRIBUTION_MAX, Degre.CONDITION, montant=limite),))
        for c, limite in zip(codes, limites, strict=True)
    ]
    return reponses, offres


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_publication_does_not_depend_on_the_order_of_the_answers(data):
    limites = data.draw(st.lists(st.integers(0, 9), min_size=5, max_size=14))
    ligne = st.lists(st.integers(0, 9), min_size=len(limites), max_size=len(limites))
    reponses, offres = build_salle(data.draw(st.lists(ligne, min_size=1, max_size=2)), limites)
    assert publish_tour(data.draw(st.permutations(reponses)), offres) == publish_tour(reponses, offres)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=10, max_size=14), st.integers(0, 13), st.integers(1, 4))
def test_a_scenario_changed_for_fewer_communes_than_the_threshold_is_never_counted(limites, depart, nombre):
    """The attack by difference: the same scenario, another amount for a few communes, in this round or the next."""
    assume(depart + nombre <= len(limites))
    base = [5] * len(limites)
    autre = [9 if depart <= rang < depart + nombre else 5 for rang in range(len(limites))]
    reponses, offres = build_salle([base, autre], limites)
    ensemble = publish_tour(reponses, offres)
    assert ensemble.scenarios["S0"].publie
    assert not ensemble.scenarios["S1"].publie
    premier = publish_tour(reponses, offres[:1])
    ensuite = publish_tour(reponses, offres[1:], anterieurs=[TourPublie(tuple(offres[:1]), tuple(reponses), premier)])
    assert not ensuite.scenarios["S1"].publie
