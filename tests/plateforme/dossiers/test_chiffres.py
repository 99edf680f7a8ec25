"""Figures of the communes: who gives them, what is kept, what an import never writes over; simulations taken in."""

import pytest
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige, build_simulation
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import (
    Chiffres,
    EditionConcurrente,
    SaisieRefusee,
    import_chiffres,
    import_simulation,
    open_collecte,
    record_chiffres,
    start_dossier,
)
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier, Scenario
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit
from communaccord.simulateur import decode_lien, encode_lien, read_json, write_json

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    dossier = build_dossier()
    open_collecte(acteur=build_equipe(dossier.demarche), instant=INSTANT, dossier=dossier)
    dossier.refresh_from_db()
    return dossier


def record(acteur, dossier, commune, version=0, **fields):
    return record_chiffres(
        acteur=acteur, instant=INSTANT, dossier=dossier, commune=commune, version=version, chiffres=Chiffres(**fields)
    )


def test_a_mairie_gives_its_own_figures_and_unknown_is_not_zero(dossier):
    mine, other, _ = list_communes(dossier.demarche)
    secretaire = build_acteur_de(dossier.demarche, Role.SECRETAIRE, mine)
    row = record(
        secretaire,
        dossier,
        mine,
        valeurs={"volume": "12,5", "depense_actuelle": "1 234,50 €", "heures_actuelles": "je ne sais pas"},
        agents=2,
        agents_concernes=1,
        annee=2025,
        source="compte administratif",
        qualite="etabli",
    )
    assert row.valeurs == {"volume": "12,5", "depense_actuelle": "1234,5"}
    assert (row.par_la_commune, row.saisi_par, row.qualite, row.agents) == (True, secretaire.nom, "etabli", 2)
    with pytest.raises(ActionRefusee):
        record(secretaire, dossier, other)


def test_faults_are_located_and_nothing_is_written(dossier):
    commune = list_communes(dossier.demarche)[0]
    equipe = build_equipe(dossier.demarche)
    with pytest.raises(SaisieRefusee) as caught:
        record(
            equipe, dossier, commune, valeurs={"depense_actuelle": "beaucoup"}, agents=1, agents_concernes=2, annee=25
        )
    assert {a.ou for a in caught.value.anomalies} == {"agents_concernes", "annee", "communes-F001-depense_actuelle"}
    with pytest.raises(SaisieRefusee, match="négatif"):
        record(equipe, dossier, commune, agents=-1)
    assert not DonneesCommune.objects.exists()


@pytest.mark.parametrize("version", [0, 1])
def test_two_people_enter_the_same_commune(dossier, version):
    commune = list_communes(dossier.demarche)[0]
    equipe, maire = build_equipe(dossier.demarche), build_acteur_de(dossier.demarche, Role.MAIRE, commune)
    for rang in range(version + 1):
        record(maire, dossier, commune, version=rang, valeurs={"volume": "10"})
    with pytest.raises(EditionConcurrente) as caught:
        record(equipe, dossier, commune, version=version, valeurs={"volume": "20"})
    assert maire.nom in caught.value.message
    assert DonneesCommune.objects.get().valeurs == {"volume": "10"}
    assert record(equipe, dossier, commune, version=version + 1, valeurs={"volume": "20"}).version == version + 2


def test_a_direction_proposes_an_estimate(dossier):
    mine, other, _ = list_communes(dossier.demarche)
    direction = build_acteur_de(dossier.demarche, Role.DIRECTION)
    assert record(direction, dossier, other, valeurs={"volume": "3"}, qualite="etabli").qualite == "estime"
    record(build_acteur_de(dossier.demarche, Role.MAIRE, mine), dossier, mine, valeurs={"volume": "4"})
    with pytest.raises(ActionRefusee, match="elle-même"):
        record(direction, dossier, mine, version=1, valeurs={"volume": "5"})


def test_an_import_completes_and_never_writes_over_a_mairie(dossier):
    first, second, third = list_communes(dossier.demarche)
    equipe = build_equipe(dossier.demarche)
    record(build_acteur_de(dossier.demarche, Role.MAIRE, first), dossier, first, valeurs={"volume": "1"})
    record(equipe, dossier, second, valeurs={"volume": "2"}, agents=3, source="entretien")
    table = {c.code: {"volume": "9", "depense_actuelle": "100"} for c in (first, second, third)}
    assert import_chiffres(
        acteur=equipe, instant=INSTANT, dossier=dossier, valeurs=table, annee=2024, source="tableau"
    ) == (2, [first.nom])
    rows = {d.commune_id: d for d in DonneesCommune.objects.all()}
    assert rows[first.pk].valeurs == {"volume": "1"}
    assert rows[second.pk].valeurs == {"volume": "2", "depense_actuelle": "100"}
    assert (rows[second.pk].agents, rows[second.pk].source) == (3, "entretien ; tableau")
    assert rows[third.pk].valeurs == {"volume": "9", "depense_actuelle": "100"}
    assert import_chiffres(
        acteur=equipe, instant=INSTANT, dossier=dossier, valeurs=table, source="tableau", remplacer=True
    ) == (2, [first.nom])
    assert DonneesCommune.objects.get(commune=second).valeurs["volume"] == "9"


def test_a_faulty_import_writes_nothing(dossier):
    equipe = build_equipe(dossier.demarche)
    table = {"F001": {"volume": "3"}, "F002": {"volume": "-4"}}
    with pytest.raises(SaisieRefusee) as caught:
        import_chiffres(acteur=equipe, instant=INSTANT, dossier=dossier, valeurs=table)
    assert [a.ou for a in caught.value.anomalies] == ["communes-F002-volume"]
    assert not DonneesCommune.objects.exists()


def test_only_those_who_prepare_import(dossier):
    for role in (Role.MAIRE, Role.DIRECTION, Role.PRESIDENT):
        with pytest.raises(ActionRefusee):
            import_chiffres(
                acteur=build_acteur_de(dossier.demarche, role), instant=INSTANT, dossier=dossier, valeurs={}
            )


@pytest.mark.parametrize("door", [lambda s: decode_lien(encode_lien(s)), lambda s: read_json(write_json(s))])
def test_a_simulation_becomes_a_dossier(door):
    demarche = build_demarche()
    equipe = build_equipe(demarche)
    taken = start_dossier(acteur=equipe, instant=INSTANT, simulation=door(build_simulation(demarche)))
    assert (taken.dossier.titre, taken.dossier.domaine, taken.dossier.unite) == ("Paie", "paie", "bulletin")
    assert [(s.lettre, s.libelle) for s in taken.scenarios] == [("A", "Population"), ("B", "Usage")]
    assert taken.communes == 3
    assert DonneesCommune.objects.get(commune__code="F002").valeurs == {"volume": "24"}
    assert build_fige(taken.dossier, equipe, "C").gel.participantes == 3


def test_a_simulation_without_figures_of_communes_becomes_a_dossier_too():
    """A visitor of the simulator knows the total; the figures of each commune are collected later."""
    demarche = build_demarche()
    communes = [{"code": c.code, "nom": c.nom, "population": c.population_municipale} for c in list_communes(demarche)]
    simulation = build_simulation(
        demarche, communes=communes, volume_total="600", variantes=[{"nom": "Population", "cle": {"population": "100"}}]
    )
    taken = start_dossier(acteur=build_equipe(demarche), instant=INSTANT, simulation=simulation)
    assert (taken.communes, len(taken.scenarios)) == (0, 1)
    assert not DonneesCommune.objects.exists()


def test_communes_are_matched_by_name_when_codes_differ():
    demarche = build_demarche()
    equipe = build_equipe(demarche)
    communes = [
        {"code": f"X{rang}", "nom": nom, "population": 100, "volume": "5"}
        for rang, nom in enumerate(("commune 002", "COMMUNE 003"))
    ]
    taken = start_dossier(acteur=equipe, instant=INSTANT, simulation=build_simulation(demarche, communes=communes))
    assert {s.leviers["perimetre"] == ["F002", "F003"] for s in taken.scenarios} == {True}
    assert set(DonneesCommune.objects.values_list("commune__code", flat=True)) == {"F002", "F003"}


def test_a_simulation_of_elsewhere_is_refused_and_names_the_communes():
    demarche = build_demarche()
    communes = [{"nom": "Commune d'ailleurs (fictive)", "population": 100, "volume": "5"}]
    with pytest.raises(SaisieRefusee, match="Commune d'ailleurs"):
        start_dossier(
            acteur=build_equipe(demarche),
            instant=INSTANT,
            simulation=build_simulation(demarche, communes=communes),
        )
    assert not Dossier.objects.exists()
    assert not Scenario.objects.exists()


def test_acts_of_a_dossier_are_adopted_then_kept():
    demarche = build_demarche()
    equipe = build_equipe(demarche)
    actes = [{"code": "pc", "libelle": "Permis"}, {"code": "dp", "libelle": "Déclaration", "poids": "0,7"}]
    communes = [
        {"code": c.code, "nom": c.nom, "population": 10, "volumes": {"pc": "3", "dp": "8"}}
        for c in list_communes(demarche)
    ]
    simulation = build_simulation(demarche, service={"domaine": "urbanisme", "actes": actes}, communes=communes)
    dossier = start_dossier(acteur=equipe, instant=INSTANT, simulation=simulation).dossier
    assert [acte["code"] for acte in dossier.actes] == ["pc", "dp"]
    assert DonneesCommune.objects.get(commune__code="F001").valeurs == {"volumes": {"pc": "3", "dp": "8"}}
    assert import_simulation(acteur=equipe, instant=INSTANT, dossier=dossier, simulation=simulation).communes == 0
    with pytest.raises(Conflit, match="mêmes actes"):
        import_simulation(acteur=equipe, instant=INSTANT, dossier=dossier, simulation=build_simulation(demarche))


@pytest.mark.parametrize("champ", ["agents", "agents_concernes"])
def test_a_number_of_people_beyond_reason_is_told_not_written(dossier, champ):
    """Beyond 2³¹ PostgreSQL would answer by a fault of ours."""
    commune = list_communes(dossier.demarche)[0]
    equipe = build_equipe(dossier.demarche)
    with pytest.raises(SaisieRefusee, match="démesuré") as caught:
        record(equipe, dossier, commune, **{champ: 999_999_999_999})
    assert [anomalie.ou for anomalie in caught.value.anomalies] == [champ]
    assert not DonneesCommune.objects.exists()
