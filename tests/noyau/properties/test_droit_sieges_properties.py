"""The fast distribution of seats against the slow definition, word for word; and what must always hold."""

import random
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from communaccord.noyau.droit.effectifs import compute_effectif_conseil
from communaccord.noyau.droit.sieges import (
    LECTURES_LARGES,
    CommuneMembre,
    EtatCommune,
    Nature,
    check_accord_local,
    compute_nombre_tableau,
    compute_sieges,
)

# Small numbers make ties frequent; large ones exercise the table, the cap and the size of the councils.
populations_possibles = st.one_of(st.integers(0, 12), st.integers(1, 3_000), st.integers(1, 400_000))
councils = st.lists(populations_possibles, min_size=2, max_size=14).filter(any)
natures = st.sampled_from([Nature.CC, Nature.CA, Nature.CU, Nature.METRO])
tailles = st.lists(st.one_of(st.none(), st.integers(1, 12)), min_size=14, max_size=14)


def slow_moyenne(populations, sieges, nombre, exclus=()):
    """Plus forte moyenne with Fractions and no cleverness: the seats left go to every commune at the top."""
    sieges = list(sieges)
    restants = nombre
    while restants > 0:
        moyennes = {
            i: Fraction(population, sieges[i] + 1) for i, population in enumerate(populations) if i not in exclus
        }
        plus_forte = max(moyennes.values())
        gagnants = [i for i, moyenne in moyennes.items() if moyenne == plus_forte]
        for i in gagnants:
            sieges[i] += 1
        restants -= len(gagnants)
    return sieges


def slow_moitie(populations, sieges):
    total = sum(sieges)
    for i, nombre in enumerate(sieges):
        if 2 * nombre > total:
            reduits = list(sieges)
            reduits[i] = total // 2
            return slow_moyenne(populations, reduits, nombre - total // 2, (i,))
    return list(sieges)


def slow_droit_commun(populations, nature, effectifs):
    """The text of L5211-6-1 II to V, in its order."""
    tableau = n = compute_nombre_tableau(sum(populations))
    while True:
        s1 = slow_moyenne(populations, [0] * len(populations), n)
        s = slow_moitie(populations, [x or 1 for x in s1])
        if not any(x > e for x, e in zip(s, effectifs, strict=True)):
            break
        n -= 1
    if nature is not Nature.METRO and 10 * s1.count(0) > 3 * tableau:
        for v in range(sum(s) // 10, -1, -1):
            a = slow_moitie(populations, slow_moyenne(populations, s, v))
            if v == 0 or not any(x > e for x, e in zip(a, effectifs, strict=True)):
                return s1, a if v else s
    return s1, s


def build_communes(populations, effectifs=None):
    tailles_communes = effectifs or [None] * len(populations)
    return [
        CommuneMembre(f"C{i:02}", population, taille)
        for i, (population, taille) in enumerate(zip(populations, tailles_communes, strict=False))
    ]


@settings(max_examples=60)
@given(councils, natures, tailles)
def test_fast_equals_slow_definition(populations, nature, effectifs):
    communes = build_communes(populations, effectifs)
    legaux = [commune.effectif_conseil or compute_effectif_conseil(commune.population) for commune in communes]
    s1, attendus = slow_droit_commun(populations, nature, legaux)
    resultat = compute_sieges(communes, nature)
    assert [ligne.sieges for ligne in resultat.lignes] == attendus
    assert [ligne.sieges_1 for ligne in resultat.lignes] == s1


@given(councils, natures, st.randoms(use_true_random=False))
def test_order_of_communes_never_matters(populations, nature, hasard: random.Random):
    communes = build_communes(populations)
    melange = list(communes)
    hasard.shuffle(melange)
    assert compute_sieges(melange, nature) == compute_sieges(communes, nature)


@given(councils, natures)
def test_what_the_law_promises(populations, nature):
    resultat = compute_sieges(build_communes(populations), nature)
    assert all(1 <= ligne.sieges <= ligne.effectif_conseil for ligne in resultat.lignes)
    assert resultat.total == resultat.total_iv + resultat.supplement
    assert resultat.supplement >= 0
    meme_population: dict[int, set[int]] = {}
    for ligne in resultat.lignes:
        meme_population.setdefault(ligne.population, set()).add(ligne.sieges)
    plafond_franchi = resultat.plafonnees or any(
        a.code in {"REDUCTION_4", "CONFLIT_4_V"} for a in resultat.avertissements
    )
    assert plafond_franchi or all(len(sieges) == 1 for sieges in meme_population.values())
    au_dessus = [ligne.code for ligne in resultat.lignes if 2 * ligne.sieges > resultat.total]
    assert bool(au_dessus) == any(a.code == "MOITIE_DEPASSEE" for a in resultat.avertissements)


@given(councils)
def test_v_never_reaches_metropoles_and_is_ten_percent_at_most(populations):
    communes = build_communes(populations)
    assert compute_sieges(communes, Nature.METRO).supplement == 0
    resultat = compute_sieges(communes, Nature.CC)
    egalites = sum(len(egalite) for egalite in resultat.egalites)
    assert resultat.supplement <= resultat.total_iv // 10 + egalites
    assert resultat.v_applicable == (10 * resultat.garantis > 3 * resultat.nombre_tableau)


@given(councils)
def test_ordinary_council_without_v_is_always_a_lawful_accord(populations):
    resultat = compute_sieges(build_communes(populations), Nature.CC)
    if resultat.v_applicable or any(a.code == "MOITIE_DEPASSEE" for a in resultat.avertissements):
        return
    controle = check_accord_local(resultat, resultat.sieges, lectures=LECTURES_LARGES)
    assert controle.list_communes(EtatCommune.NON_CONFORME) == ()
    assert all(condition.remplie for condition in controle.conditions)
