"""``communaccord sieges --accords``: what the communes may decide for their seats, under readings they choose."""

from itertools import product

import pytest
from tests.cli.jeux import run
from tests.cli.jeux_sieges import FICTIF, LAMASTRE, PROPOSES, answer, write
from tests.noyau.lentes.accords_sieges import is_lawful

from communaccord.cli.accords_locaux.etude import compute_seuils
from communaccord.cli.commandes.sieges import MAX_ACCORDS
from communaccord.noyau.droit.majorites import MAJORITE_ACCORD_LOCAL, CommunePopulation, check_majorite
from communaccord.noyau.droit.sieges import (
    POINTS_OUVERTS,
    CommuneMembre,
    LectureMoitie,
    LectureOrdre,
    Lectures,
    LectureSiegeUnique,
    LectureTunnel,
    Nature,
    compute_sieges,
    count_accords,
)
from communaccord.reference import get_perimetre

PAYS_BASQUE = "200067106"
ARDECHE = "200073245"
METROPOLE = "243500139"


def build_ordinaire(siren):
    epci = get_perimetre(2026).get_epci(siren)
    membres = [CommuneMembre(c.code, c.population_municipale) for c in epci.communes]
    return compute_sieges(membres, Nature(epci.nature), siren=siren)


def read_lectures(points):
    return Lectures(
        LectureTunnel[points["tunnel"].upper()],
        LectureSiegeUnique[points["siege_unique"].upper()],
        LectureOrdre[points["ordre"].upper()],
        LectureMoitie[points["moitie"].upper()],
    )


def test_both_readings_are_counted_when_nobody_chose(capsys):
    reponse = answer(capsys, "--accords")
    accord, supplement = reponse["voies"]
    assert [point["retenue"] for point in reponse["points_ouverts"]] == [None] * 4
    assert [(v["voie"], v["ouverte"]) for v in reponse["voies"]] == [("accord_local", True), ("supplement_vi", True)]
    for voie in (accord, supplement):
        prudente, large = voie["lectures"]
        assert (prudente["nom"], large["nom"]) == ("prudente", "large")
        assert 0 < prudente["nombre"] < large["nombre"]
        for lecture in voie["lectures"]:
            assert lecture["nombre"] == sum(t["nombre"] for t in lecture["par_total"].values())
            assert lecture["nombre"] == lecture["conformes"] + lecture["toleres"]


def test_each_accord_shown_is_lawful_for_the_proof(capsys):
    ordinaire = build_ordinaire(LAMASTRE)
    lectures_vues = answer(capsys, "--accords", "--premiers", "40")["voies"][0]["lectures"]
    montres = 0
    for lecture in lectures_vues:
        accords = lecture["premiers"] + [a for m in lecture["meilleurs"] for a in m["accords"]]
        for accord in accords:
            admis, conforme = is_lawful(ordinaire, accord["sieges"], read_lectures(lecture["points"]))
            assert admis
            assert accord["etat"] == ("conforme" if conforme else "tolere_pratique")
            montres += 1
    assert montres > 60


def test_a_reading_that_is_chosen_is_the_only_one(capsys):
    for point, choix in zip(POINTS_OUVERTS, product(*(p.lectures for p in POINTS_OUVERTS)), strict=False):
        noms = [lecture.name.lower() for lecture in choix]
        options = ("--tunnel", noms[0], "--siege-unique", noms[1], "--ordre", noms[2], "--moitie", noms[3])
        reponse = answer(capsys, "--accords", *options)
        (lecture,) = reponse["voies"][0]["lectures"]
        assert lecture["nom"] == "choisie"
        assert lecture["nombre"] == count_accords(build_ordinaire(LAMASTRE), lectures=Lectures(*choix)).nombre
        assert all(p["retenue"] in p["lectures"] for p in reponse["points_ouverts"]), point.nom


@pytest.mark.parametrize("point", POINTS_OUVERTS, ids=lambda point: point.nom)
def test_each_open_point_is_an_option_with_its_readings(capsys, point):
    _, aide, _ = run(capsys, "sieges", "--aide")
    noms = ",".join(sorted((lecture.name.lower() for lecture in point.lectures), key=aide.find))
    assert f"--{point.nom.replace('_', '-')} {{{noms}}}" in aide


def test_the_text_names_open_points_articles_majority_and_dates(capsys):
    code, sortie, _ = run(capsys, "sieges", LAMASTRE, "--accords")
    assert code == 0
    for point in POINTS_OUVERTS:
        assert point.question in sortie
        assert point.article in sortie
        assert all(lecture.label in sortie for lecture in point.lectures)
    for mot in (
        "Lecture prudente",
        "Lecture large",
        "31 sièges au plus",
        "R-2.7",
        "R-2.8",
        "31 août 2025",
        "31 août 2031",
    ):
        assert mot in sortie
    assert sortie.count("vérifié le 23 novembre 2026") == 4
    assert "obligatoire" not in sortie


def test_a_chosen_total_lists_councils_of_that_size(capsys):
    lecture = answer(capsys, "--accords", "--total", "28", "--ordre", "libre")["voies"][0]["lectures"][1]
    assert [sum(accord["sieges"].values()) for accord in lecture["premiers"]] == [28, 28, 28]
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--accords", "--total", "99")
    assert "Aucune répartition de 99 sièges" in sortie


def test_the_largest_communaute_has_its_supplement_closed_by_the_v(capsys):
    accord, supplement = answer(capsys, "--accords", "--premiers", "0", siren=PAYS_BASQUE)["voies"]
    prudente, large = accord["lectures"]
    assert (prudente["nombre"], large["nombre"]) == (1, 835_058_050_076_113_984_136)
    assert large["conformes"] == 130_123_502_860_631_892_824
    assert (supplement["ouverte"], supplement["lectures"][1]["nombre"]) == (False, 0)
    assert "V" in supplement["motif"]


def test_a_metropole_has_no_local_agreement(capsys):
    code, sortie, _ = run(capsys, "sieges", METROPOLE, "--accords", "--premiers", "1")
    assert code == 0
    assert "L'accord local est fermé à une métropole." in sortie
    assert "Supplément de 10 %" in sortie
    assert "1 répartition admise, de 101 sièges." in sortie


def test_an_out_of_scope_epci_says_why(capsys):
    code, sortie, erreurs = run(capsys, "sieges", "200054781", "--accords")
    assert (code, sortie) == (1, "")
    assert "Grand Paris" in erreurs


def test_proposed_seats_get_a_verdict_and_a_reason_per_commune(capsys, tmp_path):
    reponse = answer(capsys, "--proposes", write(tmp_path, FICTIF))
    assert reponse["proposition"]["fictif"] is True
    assert "premiers" not in reponse["voies"][0]["lectures"][0]
    for lecture in reponse["voies"][0]["lectures"]:
        controle = lecture["controle"]
        admis, conforme = is_lawful(build_ordinaire(LAMASTRE), PROPOSES, read_lectures(lecture["points"]))
        assert controle["admise"] == admis
        assert controle["etat"] == ("conforme" if conforme else "tolere_pratique" if admis else "non_conforme")
        assert set(controle["communes"]) == set(PROPOSES)
        assert all(commune["motif"].endswith(".") for commune in controle["communes"].values())


def test_the_three_states_are_said_with_their_reason(capsys, tmp_path):
    refuses = PROPOSES | {"07129": 5}
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--proposes", write(tmp_path, {"sieges": refuses}))
    assert "Accord local, lecture prudente : non conforme." in sortie
    assert "Part de sièges à plus de 20 % de la part de population" in sortie
    assert "Une commune aurait moins de sièges que par la règle ordinaire (Lamastre)" in sortie


def test_a_tolerated_accord_is_said_so_wherever_it_is_read(capsys, tmp_path):
    options = ("--tunnel", "pratique", "--siege-unique", "minimum", "--ordre", "croissant")
    lecture = answer(capsys, "--accords", "--premiers", "100", *options)["voies"][0]["lectures"][0]
    tolere = next(accord["sieges"] for accord in lecture["premiers"] if accord["etat"] == "tolere_pratique")
    fichier = write(tmp_path, {"sieges": tolere, "fictif": True})
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--proposes", fichier)
    assert "Accord local, lecture large : admis en pratique, à confirmer avec la préfecture." in sortie
    phrase = "Accord local, lecture prudente : non admis par cette lecture ; admis en pratique, à confirmer avec la"
    assert phrase in sortie
    prudente, large = sortie.split("Accord local, lecture ")[1:3]
    assert "e) 20 % d'écart au plus : non. Part de sièges à plus de 20 %" in prudente
    assert "e) 20 % d'écart au plus : oui. Hors des 20 % par l'effet des autres" in large
    assert "chiffres fictifs" in sortie
    assert "en pratique (" in sortie


def test_each_refusal_names_its_condition_and_its_communes(capsys, tmp_path):
    """A commune that loses a seat under the supplement is refused on its own line, for that reason."""
    fichier = write(tmp_path, {"sieges": PROPOSES | {"07129": 8}})
    _, supplement = answer(capsys, "--proposes", fichier)["voies"]
    for lecture in supplement["lectures"]:
        controle = lecture["controle"]
        refus = {c["nom"]: c["communes"] for c in controle["conditions"] if not c["remplie"]}
        assert refus["supplément"] == ["07129"]
        assert controle["communes"]["07129"]["etat"] == "non_conforme"
        assert controle["communes"]["07129"]["cause"] == "diminuee"
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--proposes", fichier)
    assert "Moins de sièges que par la règle ordinaire : le supplément n'en retire à personne." in sortie
    conditions = [ligne.strip()[:2] for ligne in sortie.split("Accord local, lecture ")[1].splitlines()]
    assert [c for c in conditions if c.endswith(")")] == ["a)", "b)", "c)", "d)", "e)"]


def test_the_closest_agreement_to_the_seats_proposed_is_looked_for(capsys, tmp_path):
    fichier = write(tmp_path, {"sieges": PROPOSES | {"07129": 5}})
    (meilleur,) = [
        m
        for m in answer(capsys, "--accords", "--proposes", fichier)["voies"][0]["lectures"][1]["meilleurs"]
        if m["objectif"] == "proche"
    ]
    deplaces = {
        sum(abs(accord["sieges"][code] - n) for code, n in (PROPOSES | {"07129": 5}).items())
        for accord in meilleur["accords"]
    }
    assert deplaces == {int(meilleur["valeur"])}


def test_the_seats_of_the_register_are_checked(capsys):
    reponse = answer(capsys, "--verifier")
    assert reponse["proposition"]["sieges"] == reponse["constates"]
    assert reponse["voies"][0]["lectures"][0]["controle"]["etat"] == "conforme"
    code, _, erreurs = run(capsys, "sieges", LAMASTRE, "--verifier", "--renouvellement", "2020")
    assert code == 1
    assert "--proposes" in erreurs


@pytest.mark.parametrize(
    ("argv", "mot"),
    [
        (("--tous", "--json", "--accords"), "--tous"),
        ((LAMASTRE, "--tunnel", "stricte"), "--tunnel va avec"),
        ((LAMASTRE, "--siege-unique", "minimum"), "--siege-unique va avec"),
        ((LAMASTRE, "--verifier", "--proposes", "a.json"), "pas les deux"),
        ((LAMASTRE, "--total", "3"), "--accords"),
        ((LAMASTRE, "--verifier", "--premiers", "3"), "--accords"),
        ((LAMASTRE, "--accords", "--premiers", "-1"), f"de 0 à {MAX_ACCORDS}"),
        ((LAMASTRE, "--accords", "--premiers", str(MAX_ACCORDS + 1)), f"de 0 à {MAX_ACCORDS}"),
        ((LAMASTRE, "--accords", "--premiers", "x"), "ne convient pas"),
        ((LAMASTRE, "--accords", "--ordre", "aucun"), "n'existe pas"),
        ((LAMASTRE, "--proposes"), "attend une valeur"),
    ],
)
def test_options_that_say_nothing_together_are_refused(capsys, argv, mot):
    code, sortie, erreurs = run(capsys, "sieges", *argv)
    assert (code, sortie) == (2, "")
    assert mot in erreurs


@pytest.mark.parametrize("siren", [LAMASTRE, ARDECHE, PAYS_BASQUE])
def test_the_majority_is_just_reached_at_its_thresholds(siren):
    """A route is met by its number of councils and of inhabitants, and missed with one fewer of either."""
    ordinaire = build_ordinaire(siren)
    populations_reelles = {ligne.code: ligne.population for ligne in ordinaire.lignes}
    seuils, n, total = compute_seuils(populations_reelles), len(ordinaire.lignes), ordinaire.population

    def passes(conseils, habitants):
        """As many communes agree; one of them holds all their inhabitants, another those of all the others."""
        populations = [habitants, *[0] * (conseils - 1), total - habitants, *[0] * (n - conseils - 1)]
        communes = [CommunePopulation(f"{i:03}", p) for i, p in enumerate(populations)]
        resultat = check_majorite(MAJORITE_ACCORD_LOCAL, communes, [f"{i:03}" for i in range(conseils)])
        return resultat.voie_1, resultat.voie_2

    for rang, (conseils, habitants) in enumerate(seuils.voies):
        assert passes(conseils, habitants)[rang]
        assert not passes(conseils - 1, habitants)[rang]
        assert not passes(conseils, habitants - 1)[rang]
    plus = max(ordinaire.lignes, key=lambda ligne: ligne.population)
    assert seuils.indispensables == ((plus.code,) if 4 * plus.population > total else ())


DEMBENI = "200060457"


def test_half_of_the_seats_by_the_supplement_is_an_open_point_in_a_communaute(capsys):
    """Dembéni-Mamoudzou: the prudent reading refuses the supplements that give Mamoudzou more than half."""
    _, supplement = answer(capsys, "--accords", "--premiers", "50", siren=DEMBENI)["voies"]
    prudente, large = supplement["lectures"]
    assert (prudente["points"]["moitie"], large["points"]["moitie"]) == ("interdite", "admise")
    assert (prudente["nombre"], large["nombre"]) == (3, 9)
    for lecture, depasse in ((prudente, False), (large, True)):
        montres = [a["sieges"] for a in lecture["premiers"]]
        assert len(montres) == lecture["nombre"]
        assert any(2 * max(s.values()) > sum(s.values()) for s in montres) is depasse
    _, sortie, _ = run(capsys, "sieges", DEMBENI, "--accords")
    assert "ordre : croissant, moitié : interdite)" in sortie.split("Supplément de 10 %")[1]
    assert ", moitié : " not in sortie.split("Supplément de 10 %")[0]


def test_half_is_no_open_point_for_a_metropole(capsys):
    _, sortie, _ = run(capsys, "sieges", METROPOLE, "--accords", "--premiers", "0")
    assert ", moitié : " not in sortie
    assert "--moitie" not in sortie
    options = ("--tunnel", "stricte", "--siege-unique", "minimum", "--ordre", "libre", "--moitie", "interdite")
    for choisies in (options, options[:-2]):
        reponse = answer(capsys, "--accords", "--premiers", "0", *choisies, siren=METROPOLE)
        (lecture,) = reponse["voies"][1]["lectures"]
        assert (lecture["nom"], lecture["points"]["moitie"]) == ("choisie", "admise")


def test_population_and_seats_held_stand_beside_each_agreement(capsys):
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--accords", "--premiers", "0")
    epci, constates = get_perimetre(2026).get_epci(LAMASTRE), answer(capsys)["constates"]
    for tableau in sortie.split("Code   Commune")[1:]:
        assert tableau.split()[:3] == ["Population", "Ordinaire", "Constatés"]
        for commune in epci.communes:
            (ligne,) = [x for x in tableau.splitlines() if x.startswith(commune.code)]
            apres = ligne.split(commune.nom)[1].replace("\u202f", "").split()
            assert apres[0] == str(commune.population_municipale)
            assert apres[2] == str(constates[commune.code])
    _, ancienne, _ = run(capsys, "sieges", LAMASTRE, "--accords", "--renouvellement", "2020", "--premiers", "0")
    assert "Constatés" not in ancienne


def test_the_majority_is_given_by_both_populations(capsys):
    majorite = answer(capsys, "--accords", "--premiers", "0")["majorite"]
    par_population = majorite["par_population"]
    assert list(par_population) == ["municipale", "totale"]
    assert par_population["municipale"]["seuils"] == majorite["seuils"]
    for (un, autre), part in zip(
        zip(majorite["seuils"], par_population["totale"]["seuils"], strict=True), ("deux tiers", "moitié"), strict=True
    ):
        assert un["conseils"] == autre["conseils"], part
        assert un["habitants"] < autre["habitants"], part
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--accords", "--premiers", "0")
    assert "Ici, population municipale : au moins" in sortie
    assert "Ici, population totale : au moins" in sortie
    assert "calculez les deux" not in sortie
    assert "population totale :" not in run(capsys, "sieges", LAMASTRE, "--accords", "--renouvellement", "2020")[1]


def test_the_reserve_on_second_seats_is_told_with_the_supplements(capsys):
    """A second seat in the supplement that a commune as populous does not get: named, with the columns."""
    _, sortie, _ = run(capsys, "sieges", "200070373", "--accords", "--premiers", "1")
    accord, supplement = sortie.split("\nSupplément de 10 %")
    assert "La réserve du Conseil constitutionnel" not in accord
    (ligne,) = [x for x in supplement.splitlines() if x.startswith("À savoir, ")]
    assert ligne.startswith("À savoir, Petites, Plus : Un deuxième siège")
    assert "Marçon" in ligne
    _, voie = answer(capsys, "--accords", siren="200070373")["voies"]
    petites = next(m for m in voie["lectures"][1]["meilleurs"] if m["objectif"] == "petites")
    assert "72183" in petites["accords"][0]["avertissements"]["RESERVE"]


def test_a_council_that_leaves_the_populations_aside_is_told_in_words(capsys):
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--accords", "--premiers", "0")
    assert "le moins de sièges (11 sièges). Un siège par commune, quelle que soit sa population." in sortie
    prudente = sortie.split("Lecture large")[0]
    assert "quelle que soit sa population" not in prudente


def test_a_total_that_nothing_admits_gets_one_sentence(capsys):
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--accords", "--total", "90")
    assert "Aucune répartition de 90 sièges n'est admise, par aucune lecture." in sortie
    assert "Au plus : accord local 31 sièges, supplément de 10 % 27 sièges." in sortie
    assert len(sortie.splitlines()) < 8
    _, sortie, _ = run(capsys, "sieges", LAMASTRE, "--accords", "--total", "12")
    prudente, large = sortie.split("Supplément de 10 % (")[0].split("Lecture large")
    assert "Aucune répartition de 12 sièges n'est admise." in prudente
    assert "Code   Commune" not in prudente
    assert "Répartitions de 12 sièges" in large
