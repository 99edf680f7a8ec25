"""The invented territory: its shape is real, its borders are exact, it is always the same."""

from collections import Counter
from itertools import pairwise

import pytest

from communaccord.plateforme.demo.bridge import compute_sieges_fictifs
from communaccord.plateforme.demo.territoire import TerritoireFictif, build_territoire
from communaccord.plateforme.demo.territoire.contours import build_contours
from communaccord.plateforme.demo.territoire.mosaique import build_cellules, get_point, get_site
from communaccord.plateforme.socle.cartes import compute_aire, project_contours

TAILLES = {False: 26, True: 158}


@pytest.fixture(scope="module", params=[False, True], ids=["26", "158"])
def territoire(request) -> TerritoireFictif:
    return build_territoire(grande=request.param)


def list_aretes(territoire: TerritoireFictif) -> Counter:
    return Counter(
        frozenset(arete)
        for commune in territoire.communes
        for polygone in commune.contour
        for anneau in polygone
        for arete in pairwise(anneau)
    )


def cross(o, a, b) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def is_croisement(a, b, c, d) -> bool:
    return cross(a, b, c) * cross(a, b, d) < 0 and cross(c, d, a) * cross(c, d, b) < 0


def test_size_codes_and_order():
    for grande, nombre in TAILLES.items():
        territoire = build_territoire(grande=grande)
        assert [c.code for c in territoire.communes] == [f"F{n:03}" for n in range(1, nombre + 1)]
        populations = [c.population_municipale for c in territoire.communes]
        assert populations == sorted(populations, reverse=True)
        assert len({c.nom for c in territoire.communes}) == nombre


def test_populations_of_the_small_one_have_the_shape_asked():
    territoire = build_territoire()
    assert 23_500 < territoire.population_municipale < 24_500
    assert 0.44 < territoire.centre.population_municipale / territoire.population_municipale < 0.46
    assert sum(c.population_municipale < 400 for c in territoire.communes) == 20


def test_populations_of_the_large_one_have_the_shape_of_a_large_agglomeration():
    territoire = build_territoire(grande=True)
    assert 300_000 < territoire.population_municipale < 340_000
    populations = [c.population_municipale for c in territoire.communes]
    assert 0.14 < populations[0] / sum(populations) < 0.18
    assert 70 <= sum(p < 400 for p in populations) <= 90
    assert populations[-1] < 100


def test_population_totale_is_a_few_percent_more(territoire):
    assert all(c.population_totale > c.population_municipale for c in territoire.communes)
    total = sum(c.population_totale for c in territoire.communes)
    assert 1.01 < total / territoire.population_municipale < 1.05


def test_contours_leave_neither_gap_nor_overlap(territoire):
    """Each edge belongs to one commune (the outline) or two; areas sum up to that of the one outline."""
    aretes = list_aretes(territoire)
    assert set(aretes.values()) <= {1, 2}
    pourtour = [arete for arete, fois in aretes.items() if fois == 1]
    degres = Counter(point for arete in pourtour for point in arete)
    assert set(degres.values()) == {2}
    suites: dict = {}
    for depart, arrivee in (a for c in territoire.communes for p in c.contour for r in p for a in pairwise(r)):
        if frozenset((depart, arrivee)) in set(pourtour):
            suites[depart] = arrivee
    point = depart = next(iter(suites))
    tour = [point]
    while (point := suites[point]) != depart:
        tour.append(point)
    assert len(tour) == len(pourtour), "the outline must be of one piece"
    somme = sum(compute_aire(anneau) for c in territoire.communes for polygone in c.contour for anneau in polygone)
    assert compute_aire([*tour, depart]) == pytest.approx(somme, rel=1e-9)


def test_borders_do_not_cross(territoire):
    """No edge of a commune crosses another edge of the same commune."""
    for commune in territoire.communes:
        for polygone in commune.contour:
            aretes = [arete for anneau in polygone for arete in pairwise(anneau)]
            for rang, (a, b) in enumerate(aretes):
                assert not any(is_croisement(a, b, c, d) for c, d in aretes[rang + 1 :]), commune.nom


def test_each_commune_is_closed_and_of_one_piece(territoire):
    for commune in territoire.communes:
        ((anneau,),) = commune.contour
        assert anneau[0] == anneau[-1]
        assert len(set(anneau)) == len(anneau) - 1
        assert compute_aire(anneau) > 0


def test_communes_lie_in_the_open_sea(territoire):
    points = [p for c in territoire.communes for polygone in c.contour for anneau in polygone for p in anneau]
    assert all(-10.5 < x < -7.5 and 45 < y < 47 for x, y in points)


def test_neighbours_are_mutual_and_everything_is_reached_from_the_centre(territoire):
    voisins = territoire.voisins
    assert all(code in voisins[autre] for code, autres in voisins.items() for autre in autres)
    vus, suite = set(), [territoire.centre.code]
    while suite:
        code = suite.pop()
        if code not in vus:
            vus.add(code)
            suite += voisins[code]
    assert len(vus) == len(territoire.communes)


def test_areas_vary_as_in_life(territoire):
    aires = [abs(compute_aire(commune.contour[0][0])) for commune in territoire.communes]
    assert max(aires) > 3 * min(aires)


def test_the_map_draws_every_commune_inside_its_box(territoire):
    fond = project_contours({c.code: c.contour for c in territoire.communes})
    assert set(fond.formes) == {c.code for c in territoire.communes}
    assert all(0 < forme.x < fond.largeur and 0 < forme.y < fond.hauteur for forme in fond.formes.values())


def test_the_same_words_give_the_same_territory():
    poids = [1.0, 2.0, 0.7, 1.2, 1.0]
    assert build_contours(poids) == build_contours(poids)
    assert (
        build_territoire().communes[3].contour[0][0][0] == build_territoire.__wrapped__().communes[3].contour[0][0][0]
    )


def test_a_cell_is_nearer_to_its_site_than_to_any_other():
    """Against the slow definition: each vertex is as near to its three sites, and to no other site nearer."""
    cases = [(i, j) for i in range(-3, 4) for j in range(-3, 4)]
    autour = [(i, j) for i in range(-8, 9) for j in range(-8, 9)]
    for case, cotes in build_cellules(cases).items():
        for cote in cotes:
            x, y = get_point(cote.depart)
            distances = {c: (get_site(c)[0] - x) ** 2 + (get_site(c)[1] - y) ** 2 for c in autour}
            proche = min(distances.values())
            assert case in cote.depart
            assert all(distances[c] == pytest.approx(proche, abs=1e-9) for c in cote.depart)


def test_seats_are_those_of_the_ordinary_rule():
    sieges = compute_sieges_fictifs(build_territoire())
    assert set(sieges) == {c.code for c in build_territoire().communes}
    assert min(sieges.values()) == 1
    assert sieges["F001"] < sum(sieges.values()) / 2
    # 30 seats of the table (20,000 to 29,999 inhabitants) and the guaranteed seats of the small communes.
    assert sum(sieges.values()) == 55


def test_seats_of_the_large_one():
    sieges = compute_sieges_fictifs(build_territoire(grande=True))
    assert len(sieges) == 158
    assert sum(sieges.values()) == 231


def test_secretariats_share_out_the_communes(territoire):
    codes = [code for secretariat in territoire.secretariats for code in secretariat.communes]
    assert sorted(codes) == [c.code for c in territoire.communes]
    assert any(len(secretariat.communes) == 3 for secretariat in territoire.secretariats)
    for secretariat in territoire.secretariats:
        premier = set(secretariat.communes)
        assert all(premier & {*territoire.voisins[code]} for code in premier) or len(premier) == 1


def test_an_unknown_code_is_told():
    with pytest.raises(KeyError):
        build_territoire().get_commune("F999")
    assert build_territoire().get_commune("F001") is build_territoire().centre
