"""Conflicts and relaxations against every point of a grid; certificates read again; conflicts with no line to spare."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.noyau.lentes.recherche import hold_all, lack, lignes_de, list_points, paquets, permute

from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.points import Lecture, find_fautes
from communaccord.noyau.accord.recherche.programme import Espace, build_rangs
from communaccord.noyau.accord.recherche.relax import drop_fewest, relax, weigh_lignes
from communaccord.noyau.accord.recherche.resultats import Conflict, Drop, Feasible, Relaxation
from communaccord.noyau.preuves.farkas import is_impossible
from communaccord.noyau.solver import Status

CAS = st.shared(paquets(), key="paquet").flatmap(lambda p: st.tuples(st.just(p), lignes_de(p)))


@settings(max_examples=20, deadline=None)
@given(CAS)
def test_check_agrees_with_every_point_of_the_grid(cas):
    paquet, lignes = cas
    answer = check(paquet, lignes)
    assert isinstance(answer, Feasible | Conflict)
    if isinstance(answer, Feasible):
        assert hold_all(paquet, answer.point, lignes)
        assert not find_fautes(paquet, lignes, answer.point)
    else:
        assert not any(hold_all(paquet, point, answer.lignes) for point in list_points(paquet))


@settings(max_examples=20, deadline=None)
@given(CAS)
def test_a_conflict_is_proved_and_has_no_line_to_spare(cas):
    paquet, lignes = cas
    answer = check(paquet, lignes)
    if isinstance(answer, Feasible):
        return
    assert answer.irreductible
    certificat = answer.certificat
    assert certificat is not None
    assert is_impossible(certificat.boxes, certificat.rows, certificat.equalities)
    assert set(certificat.lignes) == set(answer.numeros) == set(answer.temoins)
    for numero in answer.numeros:
        reste = tuple(lignes[k] for k in answer.numeros if k != numero)
        assert hold_all(paquet, answer.temoins[numero], reste)
        assert isinstance(check(paquet, reste), Feasible)


@settings(max_examples=20, deadline=None)
@given(CAS)
def test_rows_read_a_line_as_its_definition_does(cas):
    paquet, lignes = cas
    rangs = build_rangs(paquet, lignes)
    espace = Espace(paquet)
    for point in [p for p, _ in zip(list_points(paquet), range(6), strict=False)]:
        lecture = Lecture(paquet, point)
        manques = [Fraction(0)] * len(lignes)
        for rang in rangs:
            manques[rang.ligne] = max(manques[rang.ligne], -lecture.measure(rang))
            values = [w * espace.prix[k] for k, w in enumerate(w for key in point.keys for w in key)]
            values += [max(Fraction(0), signe * point.transfers[v][i]) for v, i, signe in espace.flux]
            row = espace.build_row(rang)
            assert sum(c * values[k] for k, c in row.coefficients.items()) - row.bound == lecture.measure(rang)
        assert manques == [lack(paquet, point, ligne) for ligne in lignes]


@settings(max_examples=20, deadline=None)
@given(CAS, st.randoms())
def test_the_verdict_does_not_depend_on_the_order(cas, draws):
    paquet, lignes = cas
    order = list(range(paquet.n))
    draws.shuffle(order)
    autres = list(lignes)
    draws.shuffle(autres)
    assert type(check(paquet, lignes)) is type(check(permute(paquet, tuple(order)), tuple(autres)))


@settings(max_examples=20, deadline=None)
@given(CAS)
def test_relax_gives_up_the_least(cas):
    paquet, lignes = cas
    poids = weigh_lignes(lignes)
    answer = relax(paquet, lignes)
    assert isinstance(answer, Relaxation)
    for k, ligne in enumerate(lignes):
        assert lack(paquet, answer.point, ligne) == answer.cents.get(k, 0)
    assert answer.total == sum(poids[k] * cents for k, cents in answer.cents.items())
    assert 0 <= answer.low <= answer.total
    # A tenth of a cent is given for a key that spares lines a cent of writing; the rest is that of the floats.
    assert answer.gap < Fraction(1, 10) + Fraction(1, 100)
    for point in list_points(paquet):
        assert sum(p * lack(paquet, point, ligne) for p, ligne in zip(poids, lignes, strict=True)) >= answer.low
    assert (answer.total == 0) == isinstance(check(paquet, lignes), Feasible)


@settings(max_examples=20, deadline=None)
@given(CAS)
def test_drop_fewest_is_the_least_of_all_subsets(cas):
    paquet, lignes = cas
    answer = drop_fewest(paquet, lignes)
    assert isinstance(answer, Drop)
    least = next(
        size
        for size in range(len(lignes) + 1)
        for out in combinations(range(len(lignes)), size)
        if isinstance(check(paquet, [ligne for k, ligne in enumerate(lignes) if k not in out]), Feasible)
    )
    assert answer.status is Status.OPTIMAL
    assert answer.certified <= answer.low == answer.total == least == len(answer.numeros)
    assert hold_all(paquet, answer.point, tuple(line for k, line in enumerate(lignes) if k not in answer.numeros))
    numeros = [k for conflit in answer.conflits for k in conflit.numeros]
    assert len(numeros) == len(set(numeros))
