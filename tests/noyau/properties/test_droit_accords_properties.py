"""Lawful agreements found without trying them all: the same as by trying them all, each proved apart."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.accords_sieges import is_lawful, is_sorted, list_slow

from communaccord.noyau.droit.sieges import (
    LECTURES_LARGES,
    LECTURES_PRUDENTES,
    CommuneMembre,
    EtatCommune,
    LectureMoitie,
    LectureOrdre,
    Lectures,
    LectureSiegeUnique,
    LectureTunnel,
    Nature,
    Objectif,
    Voie,
    check_accord_local,
    check_supplement_vi,
    compute_sieges,
    count_accords,
    find_meilleur_accord,
    list_accords,
)
from communaccord.noyau.droit.sieges.comptage import count_repartitions
from communaccord.noyau.droit.sieges.objectifs import Couts
from communaccord.noyau.droit.sieges.parcours import Parcours, list_suivantes
from communaccord.noyau.droit.sieges.possibles import Choix, build_possibles

TOUTES = [Lectures(*choix) for choix in product(LectureTunnel, LectureSiegeUnique, LectureOrdre, LectureMoitie)]
lectures_possibles = st.sampled_from(TOUTES)
# Few distinct sizes make equal populations frequent; zero is a commune without inhabitants.
tailles = st.one_of(st.sampled_from([0, 40, 60, 120, 400]), st.integers(1, 1_100))
petits = st.lists(tailles, min_size=2, max_size=4).filter(any)
moyens = st.lists(st.one_of(tailles, st.integers(1, 30_000)), min_size=2, max_size=9).filter(any)


def build(populations, nature=Nature.CC):
    return compute_sieges([CommuneMembre(f"{i:02}", p) for i, p in enumerate(populations)], nature)


@settings(max_examples=12, deadline=None)
@given(populations=petits, lectures=lectures_possibles)
def test_counts_and_lists_are_those_of_the_enumeration(populations, lectures):
    ordinaire = build(populations)
    lents = list_slow(ordinaire, lectures)
    accords = list(list_accords(ordinaire, lectures=lectures))
    assert {tuple(a[ligne.code] for ligne in ordinaire.lignes) for a in accords} == set(lents)
    assert len(accords) == len(lents)
    assert is_sorted(accords, ordinaire.lignes)
    compte = count_accords(ordinaire, lectures=lectures)
    assert (compte.nombre, compte.conformes) == (len(lents), sum(lents.values()))


@pytest.mark.parametrize("lectures", [LECTURES_PRUDENTES, LECTURES_LARGES])
def test_five_communes_are_those_of_the_enumeration(lectures):
    ordinaire = build((900, 700, 420, 420, 60))
    lents = list_slow(ordinaire, lectures, totaux=[18])
    accords = [tuple(a[x.code] for x in ordinaire.lignes) for a in list_accords(ordinaire, lectures=lectures, total=18)]
    assert lents
    assert sorted(accords) == sorted(lents)


@settings(max_examples=60, deadline=None)
@given(populations=moyens, lectures=lectures_possibles, nature=st.sampled_from([Nature.CC, Nature.CA]))
def test_each_accord_is_lawful_for_the_check_and_for_the_proof(populations, lectures, nature):
    ordinaire = build(populations, nature)
    for sieges in list_accords(ordinaire, lectures=lectures, limite=40):
        controle = check_accord_local(ordinaire, sieges, lectures=lectures)
        assert is_lawful(ordinaire, sieges, lectures) == (True, controle.etat is EtatCommune.CONFORME)
        assert controle.etat is not EtatCommune.NON_CONFORME
        assert max(sieges.values()) * 2 <= sum(sieges.values()) <= 5 * ordinaire.total_iv // 4


@settings(max_examples=60, deadline=None)
@given(populations=moyens, data=st.data(), lectures=lectures_possibles)
def test_check_and_proof_agree_on_any_distribution(populations, data, lectures):
    ordinaire = build(populations)
    autour = [st.integers(max(ligne.sieges_iv - 2, 1), ligne.sieges_iv + 2) for ligne in ordinaire.lignes]
    proposes = dict(zip(ordinaire.sieges, data.draw(st.tuples(*autour)), strict=True))
    controle = check_accord_local(ordinaire, proposes, lectures=lectures)
    admis, conforme = is_lawful(ordinaire, proposes, lectures)
    assert conforme == (controle.etat is EtatCommune.CONFORME)
    assert admis == conforme or controle.etat is EtatCommune.TOLERE_PRATIQUE
    if controle.etat is EtatCommune.TOLERE_PRATIQUE:
        assert admis == (lectures.tunnel is LectureTunnel.PRATIQUE)


@settings(max_examples=40, deadline=None)
@given(populations=moyens, lectures=lectures_possibles)
def test_each_reading_stands_between_the_prudent_and_the_wide_one(populations, lectures):
    ordinaire = build(populations)
    nombres = [count_accords(ordinaire, lectures=x).nombre for x in (LECTURES_PRUDENTES, lectures, LECTURES_LARGES)]
    assert nombres == sorted(nombres)


@settings(max_examples=30, deadline=None)
@given(populations=moyens, lectures=lectures_possibles, data=st.data())
def test_permuting_the_communes_changes_nothing(populations, lectures, data):
    ordre = data.draw(st.permutations(range(len(populations))))
    membres = [CommuneMembre(f"{i:02}", p) for i, p in enumerate(populations)]
    autre = compute_sieges([membres[i] for i in ordre], Nature.CC)
    premier = list(list_accords(build(populations), lectures=lectures, limite=30))
    assert premier == list(list_accords(autre, lectures=lectures, limite=30))


def value(ordinaire, objectif, sieges, cible):
    """What an objective says of a distribution, from its words."""
    total = sum(sieges.values())
    if objectif is Objectif.PROPORTION:
        ecarts = (
            abs(Fraction(sieges[x.code], total) - Fraction(x.population, ordinaire.population))
            for x in ordinaire.lignes
        )
        return sum(ecarts) / 2
    if objectif is Objectif.PETITES:
        return sum(sieges[x.code] for x in ordinaire.lignes if x.sieges_iv == 1)
    if objectif is Objectif.PROCHE:
        return sum(abs(sieges[code] - cible[code]) for code in sieges)
    return total


@settings(max_examples=40, deadline=None)
@given(
    populations=petits,
    lectures=lectures_possibles,
    objectifs=st.lists(st.sampled_from(Objectif), min_size=1, max_size=2, unique=True),
)
def test_best_is_the_best_of_all_and_equals_are_all_counted(populations, lectures, objectifs):
    ordinaire = build(populations)
    cible = ordinaire.sieges
    tous = list(list_accords(ordinaire, lectures=lectures))
    meilleur = find_meilleur_accord(ordinaire, objectifs, lectures=lectures, cible=cible, limite=3)
    if not tous:
        assert meilleur is None
        return
    signes = [-1 if o in (Objectif.PETITES, Objectif.PLUS_DE_SIEGES) else 1 for o in objectifs]

    def rank(sieges):
        return tuple(s * value(ordinaire, o, sieges, cible) for s, o in zip(signes, objectifs, strict=True))

    moindre = min(map(rank, tous))
    egaux = [sieges for sieges in tous if rank(sieges) == moindre]
    assert meilleur.nombre == len(egaux)
    assert list(meilleur.accords) == egaux[:3]
    assert tuple(s * v for s, v in zip(signes, meilleur.valeurs, strict=True)) == moindre


@settings(max_examples=60, deadline=None)
@given(populations=petits, lectures=lectures_possibles, nature=st.sampled_from(list(Nature)[:4]))
@example(
    [60, 60, 400, 400],
    Lectures(LectureTunnel.STRICTE, LectureSiegeUnique.TOUJOURS, LectureOrdre.LIBRE, LectureMoitie.ADMISE),
    Nature.CC,
)
@example([1_000, 60, 40], LECTURES_PRUDENTES, Nature.CC)
@example([1_000, 60, 40], LECTURES_PRUDENTES, Nature.METRO)
def test_supplement_of_ten_percent_is_that_of_the_enumeration(populations, lectures, nature):
    ordinaire = build(populations, nature)
    libres = [range(ligne.sieges, ligne.sieges + ordinaire.total_iv // 10 + 1) for ligne in ordinaire.lignes]
    attendus = []
    for parts in product(*libres):
        proposes = dict(zip(ordinaire.sieges, parts, strict=True))
        etat = check_supplement_vi(ordinaire, proposes, lectures=lectures).etat
        if etat is EtatCommune.CONFORME or (
            etat is EtatCommune.TOLERE_PRATIQUE and lectures.tunnel is LectureTunnel.PRATIQUE
        ):
            attendus.append(parts)
    trouves = [
        tuple(a[x.code] for x in ordinaire.lignes)
        for a in list_accords(ordinaire, lectures=lectures, voie=Voie.SUPPLEMENT_VI)
    ]
    assert sorted(trouves) == sorted(attendus)


@settings(max_examples=60, deadline=None)
@given(populations=moyens, lectures=lectures_possibles, nature=st.sampled_from(list(Nature)[:4]))
def test_the_supplement_brings_no_commune_of_a_communaute_above_half_where_it_is_read_so(populations, lectures, nature):
    """The definition, apart from the check: half passed by a gain, in a CC or a CA, under that reading only."""
    ordinaire = build(populations, nature)
    larges = Lectures(lectures.tunnel, lectures.siege_unique, lectures.ordre, LectureMoitie.ADMISE)
    etroites = Lectures(lectures.tunnel, lectures.siege_unique, lectures.ordre, LectureMoitie.INTERDITE)
    tous = list(list_accords(ordinaire, lectures=larges, voie=Voie.SUPPLEMENT_VI, limite=300))
    if len(tous) == 300:
        return
    gardes = [
        sieges
        for sieges in tous
        if nature not in (Nature.CC, Nature.CA)
        or not any(2 * n > sum(sieges.values()) and n > ordinaire.sieges[code] for code, n in sieges.items())
    ]
    assert list(list_accords(ordinaire, lectures=etroites, voie=Voie.SUPPLEMENT_VI)) == gardes
    assert count_accords(ordinaire, lectures=etroites, voie=Voie.SUPPLEMENT_VI).nombre == len(gardes)


def test_published_count_is_that_of_the_enumeration():
    assert len(list_slow(build((2_900, 2_000, 1_100)), LECTURES_PRUDENTES)) == 51


def build_liste(nombres, marque):
    """Choices of one commune; ``marque``: whether the reserve looks at its one seat and its second seat."""
    return tuple(Choix(n, False, marque and n == 2, marque and n == 1) for n in sorted(nombres))


choix_possibles = st.builds(build_liste, st.sets(st.integers(1, 5), min_size=1, max_size=4), st.booleans())
communes_quelconques = st.lists(st.tuples(st.integers(1, 3), choix_possibles), min_size=1, max_size=5)


def respects_reserve(populations, choix):
    """Whether no second seat given by exception leaves a commune at least as populous with one seat."""
    servies = [p for p, c in zip(populations, choix, strict=True) if c.deuxieme]
    seules = [p for p, c in zip(populations, choix, strict=True) if c.seul]
    return not any(seule >= servie for seule in seules for servie in servies)


def respects_ordre(populations, choix):
    paires = list(zip(populations, choix, strict=True))
    return not any(p > q and c.sieges < d.sieges for p, c in paires for q, d in paires)


@settings(max_examples=120, deadline=None)
@given(communes=communes_quelconques, total=st.integers(1, 25), croissant=st.booleans())
def test_counting_and_listing_agree_with_the_definition(communes, total, croissant):
    """On choices that no law gives too: the packed polynomials and the search are two ways to the same number."""
    communes.sort(key=lambda commune: -commune[0])
    populations, listes = [p for p, _ in communes], [liste for _, liste in communes]
    attendus = {
        tuple(c.sieges for c in choix)
        for choix in product(*listes)
        if sum(c.sieges for c in choix) == total
        and respects_reserve(populations, choix)
        and (not croissant or respects_ordre(populations, choix))
    }
    assert count_repartitions(populations, listes, total, croissant=croissant) == len(attendus)
    trouves = list(Parcours(listes, list_suivantes(populations), total, croissant=croissant).list_sieges())
    assert set(trouves) == attendus
    assert len(trouves) == len(attendus)


@settings(max_examples=40, deadline=None)
@given(populations=moyens, lectures=lectures_possibles, voie=st.sampled_from(Voie))
def test_no_distribution_does_better_than_the_bound_of_its_total(populations, lectures, voie):
    ordinaire = build(populations)
    lignes = tuple(sorted(ordinaire.lignes, key=lambda ligne: (-ligne.population, ligne.code)))
    possibles = [build_possibles(ordinaire, ligne, voie, lectures) for ligne in lignes]
    for sieges in list_accords(ordinaire, lectures=lectures, voie=voie, limite=40):
        total = sum(sieges.values())
        choix = [possible.list_choix(total) for possible in possibles]
        pris = [next(c for c in tous if c.sieges == sieges[x.code]) for tous, x in zip(choix, lignes, strict=True)]
        for objectif in Objectif:
            couts = Couts(ordinaire, lignes, (objectif,), total, ordinaire.sieges, lectures.ordre)
            obtenu = sum(couts.compute(rang, un)[0] for rang, un in enumerate(pris))
            assert couts.scale((obtenu,)) >= couts.bound(choix)
