"""How many local agreements the law admits under each reading, and the best by a stated objective (R-2.6)."""

import pytest
from droit_tables import Cas, Table, run, spread

from communaccord.noyau.droit.sieges import (
    LECTURES_LARGES,
    LECTURES_PRUDENTES,
    POINTS_OUVERTS,
    CauseEtat,
    CommuneMembre,
    EtatCommune,
    LectureMoitie,
    LectureOrdre,
    Lectures,
    LectureSiegeUnique,
    LectureTunnel,
    Nature,
    Objectif,
    check_accord_local,
    check_supplement_vi,
    compute_sieges,
    count_accords,
    find_meilleur_accord,
    list_accords,
)

TROIS = (2_900, 2_000, 1_100)
ARDECHE = (1241, 1207, 1207, 1100, 953, 855, 571, 412, 409, 397, 368, 261, 249, 207, 140, 50)
CONSTATE = (3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1)


def build_ordinaire(populations, nature=Nature.CC):
    return compute_sieges([CommuneMembre(f"commune {i + 1:02}", p) for i, p in enumerate(populations)], nature)


def count(populations, *lectures):
    return count_accords(build_ordinaire(populations), lectures=Lectures(*lectures, ADMISE)).nombre


def find_best(objectif, lectures=LECTURES_PRUDENTES):
    meilleur = find_meilleur_accord(build_ordinaire(TROIS), [objectif], lectures=lectures)
    return meilleur.nombre, tuple(meilleur.accords[0].values())


STRICTE, PRATIQUE = LectureTunnel
TOUJOURS, MINIMUM = LectureSiegeUnique
LIBRE, CROISSANT = LectureOrdre
INTERDITE, ADMISE = LectureMoitie
COLONNES = ("populations", "les 20 %", "le siège unique", "l'ordre des populations")
TABLES = (
    Table(
        "R-2.6",
        "Nombre d'accords admis selon la lecture des points ouverts (communes fictives, puis Ardèche des Sources et "
        "Volcans en 2020)",
        COLONNES,
        "nombre d'accords",
        count,
        (
            Cas("Trois communes : lecture la plus prudente", (TROIS, STRICTE, MINIMUM, CROISSANT), 51),
            Cas("Seize communes : lecture la plus prudente", (ARDECHE, STRICTE, MINIMUM, CROISSANT), 3),
            Cas("Seize communes : tolérance de la pratique", (ARDECHE, PRATIQUE, MINIMUM, CROISSANT), 62),
            Cas("Seize communes : ordre des populations libre", (ARDECHE, STRICTE, MINIMUM, LIBRE), 3),
            Cas("Seize communes : un siège toujours admis", (ARDECHE, STRICTE, TOUJOURS, CROISSANT), 27),
        ),
    ),
    Table(
        "R-2.6",
        "Meilleur accord pour trois communes fictives (2 900, 2 000 et 1 100 habitants), lecture la plus prudente",
        ("objectif",),
        "nombre d'accords à égalité, premier d'entre eux",
        find_best,
        (
            Cas("Au plus près des populations", (Objectif.PROPORTION,), (1, (13, 9, 5))),
            Cas("Le conseil le plus petit", (Objectif.MOINS_DE_SIEGES,), (1, (2, 2, 1))),
            Cas("Le conseil le plus grand", (Objectif.PLUS_DE_SIEGES,), (3, (12, 10, 5))),
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_real_council_of_ardeche_is_listed_only_where_practice_is_read():
    ordinaire = build_ordinaire(ARDECHE)
    constate = dict(zip(ordinaire.sieges, CONSTATE, strict=True))
    assert constate in list_accords(ordinaire, lectures=Lectures(PRATIQUE, MINIMUM, CROISSANT, ADMISE))
    assert constate not in list_accords(ordinaire, lectures=Lectures(STRICTE, MINIMUM, CROISSANT, ADMISE))


def test_a_large_commune_brought_to_one_seat_is_an_open_point():
    """One seat far below the share of population: admitted by one reading only, which the result can tell apart."""
    ordinaire = build_ordinaire(TROIS)
    proposes = {"commune 01": 2, "commune 02": 1, "commune 03": 1}
    larges = check_accord_local(ordinaire, proposes, lectures=LECTURES_LARGES)
    prudentes = check_accord_local(ordinaire, proposes, lectures=LECTURES_PRUDENTES)
    assert larges.communes[1].etat is EtatCommune.CONFORME
    assert prudentes.list_communes(EtatCommune.NON_CONFORME) == ("commune 02",)


def test_reversed_order_is_a_condition_only_where_it_is_read_so():
    ordinaire = build_ordinaire((1_000, 980, 960))
    proposes = dict(zip(ordinaire.sieges, (5, 6, 6), strict=True))
    libre = Lectures(STRICTE, MINIMUM, LIBRE, INTERDITE)
    assert check_accord_local(ordinaire, proposes, lectures=libre).etat is EtatCommune.CONFORME
    refuse = check_accord_local(ordinaire, proposes, lectures=LECTURES_PRUDENTES)
    assert [c.nom for c in refuse.conditions if not c.remplie] == ["b"]


def test_a_closed_way_gives_nothing_and_says_so():
    compte = count_accords(build_ordinaire(TROIS, Nature.METRO), lectures=LECTURES_LARGES)
    assert (compte.ouverte, compte.nombre) == (False, 0)
    assert (
        find_meilleur_accord(build_ordinaire(TROIS, Nature.METRO), [Objectif.PROPORTION], lectures=LECTURES_LARGES)
        is None
    )


def test_each_open_point_names_its_article_and_at_least_two_readings():
    assert {point.nom for point in POINTS_OUVERTS} == set(Lectures.__dataclass_fields__)
    for point in POINTS_OUVERTS:
        assert point.article.startswith("CGCT L5211-6-1")
        assert len({lecture.value for lecture in point.lectures}) >= 2


@pytest.mark.parametrize(
    ("objectifs", "cible", "phrase"),
    [([], None, "au moins un objectif"), ([Objectif.PROCHE], {"commune 01": 3}, "chaque commune")],
)
def test_refuses_an_unstated_objective(objectifs, cible, phrase):
    with pytest.raises(ValueError, match=phrase):
        find_meilleur_accord(build_ordinaire(TROIS), objectifs, lectures=LECTURES_LARGES, cible=cible)


def test_refuses_a_negative_number_of_agreements():
    with pytest.raises(ValueError, match="négatif"):
        list_accords(build_ordinaire(TROIS), lectures=LECTURES_LARGES, limite=-1)


def test_an_only_seat_far_below_its_share_is_told_where_a_reading_admits_it():
    ordinaire = build_ordinaire(TROIS)
    proposes = {"commune 01": 2, "commune 02": 1, "commune 03": 1}
    larges = check_accord_local(ordinaire, proposes, lectures=LECTURES_LARGES)
    assert [(a.code, a.communes) for a in larges.avertissements] == [("SIEGE_UNIQUE", ("commune 02",))]
    assert check_accord_local(ordinaire, proposes, lectures=LECTURES_PRUDENTES).avertissements == ()


def test_the_reserve_on_second_seats_refuses_in_an_agreement_and_warns_in_the_supplement():
    """Whether it binds VI was not read anywhere: nothing is refused there, nor silently admitted."""
    ordinaire = build_ordinaire(ARDECHE)
    moins_peuplee, plus_peuplee = "commune 11", "commune 10"
    proposes = {**ordinaire.sieges, moins_peuplee: 2}
    accord = check_accord_local(ordinaire, proposes, lectures=LECTURES_LARGES)
    assert plus_peuplee in accord.list_communes(EtatCommune.NON_CONFORME)
    supplement = check_supplement_vi(ordinaire, proposes, lectures=LECTURES_LARGES)
    assert supplement.list_communes(EtatCommune.NON_CONFORME) == ()
    reserve = next(a for a in supplement.avertissements if a.code == "RESERVE")
    assert plus_peuplee in reserve.communes
    assert moins_peuplee not in reserve.communes
    suivie = check_supplement_vi(ordinaire, {**ordinaire.sieges, "commune 07": 2}, lectures=LECTURES_LARGES)
    assert all(a.code != "RESERVE" for a in suivie.avertissements)


def test_only_a_metropole_or_a_cu_passes_half_by_the_supplement_whatever_the_reading():
    """13 of 24 seats, 11 by the ordinary rule: a condition under one reading, a warning under the other, or nothing."""
    proposes = dict(zip(("commune 01", "commune 02", "commune 03"), (13, 7, 4), strict=True))
    etroites, admises = (Lectures(STRICTE, MINIMUM, CROISSANT, moitie) for moitie in (INTERDITE, ADMISE))
    for nature in (Nature.CC, Nature.CA):
        ordinaire = build_ordinaire(TROIS, nature)
        refus = check_supplement_vi(ordinaire, proposes, lectures=etroites)
        assert [(c.nom, c.communes) for c in refus.conditions if not c.remplie] == [("moitié", ("commune 01",))]
        assert refus.etat is EtatCommune.NON_CONFORME
        admis = check_supplement_vi(ordinaire, proposes, lectures=admises)
        assert [(a.code, a.communes) for a in admis.avertissements] == [("MOITIE", ("commune 01",))]
        assert admis.etat is EtatCommune.CONFORME
    for nature in (Nature.METRO, Nature.CU):
        for lectures in (etroites, admises):
            controle = check_supplement_vi(build_ordinaire(TROIS, nature), proposes, lectures=lectures)
            assert (controle.etat, controle.avertissements) == (EtatCommune.CONFORME, ())


def list_conditions(controle):
    return {c.nom: c.communes for c in controle.conditions if not c.remplie}


def test_the_condition_that_fails_is_in_the_list_with_its_communes():
    """The real council of Ardèche: out of the 20 % by the others only, which the strict reading refuses by e)."""
    ordinaire = build_ordinaire(ARDECHE)
    constate = dict(zip(ordinaire.sieges, CONSTATE, strict=True))
    stricte = check_accord_local(ordinaire, constate, lectures=LECTURES_PRUDENTES)
    assert [c.nom for c in stricte.conditions] == ["nature", "a", "b", "c", "d", "e", "réserve"]
    assert stricte.etat is EtatCommune.TOLERE_PRATIQUE
    assert list_conditions(stricte) == {"e": stricte.list_communes(EtatCommune.TOLERE_PRATIQUE)}
    pratique = check_accord_local(ordinaire, constate, lectures=LECTURES_LARGES)
    assert list_conditions(pratique) == {}
    assert {c.nom: c.communes for c in pratique.conditions}["e"] == pratique.list_communes(EtatCommune.TOLERE_PRATIQUE)


def test_no_refusal_stands_without_a_condition_that_fails():
    ordinaire = build_ordinaire(ARDECHE)
    refuse = check_accord_local(ordinaire, {**ordinaire.sieges, "commune 11": 2}, lectures=LECTURES_LARGES)
    assert list(list_conditions(refuse)) == ["réserve"]
    assert "commune 10" in list_conditions(refuse)["réserve"]
    loin = check_accord_local(ordinaire, {**ordinaire.sieges, "commune 01": 5}, lectures=LECTURES_LARGES)
    assert list_conditions(loin) == {"e": ("commune 01",)}


def test_a_commune_that_loses_a_seat_under_the_supplement_is_refused_on_its_own_line():
    ordinaire = build_ordinaire((2_900, 2_500, 2_400))
    un, deux, trois = ordinaire.sieges
    proposes = {**ordinaire.sieges, un: ordinaire.sieges[un] - 1}
    controle = check_supplement_vi(ordinaire, proposes, lectures=LECTURES_LARGES)
    assert list_conditions(controle) == {"supplément": (un,)}
    assert controle.list_communes(EtatCommune.NON_CONFORME) == (un,)
    assert controle.communes[0].cause is CauseEtat.DIMINUEE
    assert {c.cause for c in controle.communes[1:]} == {CauseEtat.PROPORTION}
    assert {deux, trois} == set(controle.list_communes(EtatCommune.CONFORME))


def test_a_commune_above_half_is_refused_on_its_own_line():
    ordinaire = build_ordinaire(TROIS)
    proposes = dict(zip(ordinaire.sieges, (13, 7, 4), strict=True))
    accord = check_accord_local(ordinaire, proposes, lectures=LECTURES_LARGES)
    assert list_conditions(accord) == {"d": ("commune 01",)}
    assert accord.communes[0].cause is CauseEtat.MOITIE
    supplement = check_supplement_vi(ordinaire, proposes, lectures=LECTURES_PRUDENTES)
    assert supplement.communes[0].cause is CauseEtat.MOITIE
