"""The legal form of a dossier: who answers, who reads, what is kept, what is told out of order."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige, build_presente, build_scenario
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import (
    ContenuBase,
    EditionConcurrente,
    LignePiece,
    SaisieRefusee,
    choose_forme,
    conclude_dossier,
    record_base,
    record_conditions,
    record_pieces,
    record_reponses,
    withdraw_dossier,
)
from communaccord.plateforme.dossiers.bridge.formes import CODES, CONDITIONS
from communaccord.plateforme.dossiers.enums import FORMES_DE_LA_LOI, Forme, Lecture
from communaccord.plateforme.dossiers.models import BaseFinanciere, PieceForme, ReponsesForme, Scenario, SuiviForme
from communaccord.plateforme.dossiers.pages.formes import (
    build_compensation,
    build_suivi,
    write_cif,
    write_manquants,
    write_rond,
)
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.queries import list_communes_parties, list_pieces
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
REPONSES = {"objet": "service", "competence": "non", "sens": "epci_vers_communes", "mission": ""}
BASE = ContenuBase(4_000_000_000, 5_500_000_000, 2_200_000_000, 200_000_000, 2025, "compte administratif (fictif)")
JOUR = date(2026, 9, 12)


@pytest.fixture
def presente():
    return build_presente()


def answer(equipe, dossier, version=0, **reponses):
    common = {"acteur": equipe, "instant": INSTANT, "dossier": dossier, "version": version}
    return record_reponses(**common, reponses={**REPONSES, **reponses})


def record(equipe, dossier, lignes, *, cle="delib_commune", version=0, forme="service_commun"):
    common = {"acteur": equipe, "instant": INSTANT, "dossier": dossier, "version": version}
    return record_pieces(**common, forme=forme, cle=cle, lignes=lignes)


def test_the_codes_of_the_rows_are_those_of_the_law():
    assert set(FORMES_DE_LA_LOI) == CODES
    anciennes = {"service_commun", "mise_a_disposition", "partage_de_biens", "prestation", "groupement", "entente"}
    assert anciennes | {"transfert", "autre", "a_choisir"} <= set(Forme.values)
    assert set(CONDITIONS) == {
        *("imputation_ac", "accords_syndicaux", "budget_annexe", "mandat_gratuit", "fpu", "effet_ac", "agents")
    }
    assert max(map(len, Forme.values)) <= Scenario._meta.get_field("forme").max_length


def test_only_those_who_prepare_write(presente):
    dossier, equipe = presente
    scenario = build_scenario(dossier, equipe, "En cours")
    for role in set(Role) - {Role.EQUIPE_PROJET, Role.DGS_EPCI, Role.CONSULTANT}:
        acteur = build_acteur_de(dossier.demarche, role)
        for act in (
            lambda a: answer(a, dossier),
            lambda a: choose_forme(acteur=a, instant=INSTANT, scenario=scenario, version=1, forme="entente"),
            lambda a: record(a, dossier, {}),
            lambda a: record_base(acteur=a, instant=INSTANT, version=0, contenu=BASE),
            lambda a: record_conditions(
                acteur=a, instant=INSTANT, dossier=dossier, forme="entente", version=0, conditions={}
            ),
        ):
            with pytest.raises(ActionRefusee):
                act(acteur)
    etrangere = build_equipe(build_demarche())
    with pytest.raises(ActionRefusee):
        answer(etrangere, dossier)
    with pytest.raises(ActionRefusee):
        record(etrangere, dossier, {})
    assert not ReponsesForme.objects.exists()
    assert not SuiviForme.objects.exists()


def test_answers_are_kept_once_and_never_written_over_unawares(presente):
    dossier, equipe = presente
    kept = answer(equipe, dossier, inventee="x", objet="nimporte")
    assert kept.reponses == {"competence": "non", "sens": "epci_vers_communes"}
    with pytest.raises(EditionConcurrente):
        answer(equipe, dossier)
    with pytest.raises(EditionConcurrente):
        answer(equipe, dossier, version=7)
    assert answer(equipe, dossier, version=1).reponses["objet"] == "service"
    assert ReponsesForme.objects.get().version == 2
    assert Acte.objects.filter(verbe="forme.repondue").count() == 2


def test_a_draft_takes_a_form_and_a_frozen_scenario_keeps_its_own(presente):
    dossier, equipe = presente
    fige = Scenario.objects.get(dossier=dossier)
    brouillon = build_scenario(dossier, equipe, "En cours")
    common = {"acteur": equipe, "instant": INSTANT}
    changed = choose_forme(**common, scenario=brouillon, version=1, forme="prestation")
    assert (changed.forme, changed.version, changed.leviers) == ("prestation", 2, brouillon.leviers)
    with pytest.raises(EditionConcurrente):
        choose_forme(**common, scenario=brouillon, version=1, forme="entente")
    with pytest.raises(Conflit, match="inconnue"):
        choose_forme(**common, scenario=brouillon, version=2, forme="association")
    with pytest.raises(Conflit, match="figé"):
        choose_forme(**common, scenario=fige, version=fige.version, forme="entente")


def test_acts_are_recorded_body_by_body(presente):
    dossier, equipe = presente
    first, second, third = list_communes(dossier.demarche)
    record(equipe, dossier, {first.pk: LignePiece(JOUR, "2026-45"), second.pk: LignePiece(sans_objet="n'entre pas")})
    suivi = SuiviForme.objects.get()
    page = build_suivi("service_commun", suivi, (first, second, third), list_pieces(equipe, suivi))
    ligne = next(x for x in page.lignes if x["cle"] == "delib_commune")
    assert (ligne["attendus"], ligne["recus"], ligne["inutiles"], ligne["reste"]) == (3, 1, 1, 1)
    assert ligne["etat"] == "1 sur 3, 1 à venir"
    assert "n'entre pas" in ligne["motifs"][0]
    # What is not given stays; an empty line takes back.
    record(equipe, dossier, {first.pk: LignePiece()}, version=1)
    assert [(p.commune_id, p.sans_objet) for p in PieceForme.objects.all()] == [(second.pk, "n'entre pas")]
    with pytest.raises(EditionConcurrente):
        record(equipe, dossier, {first.pk: LignePiece(JOUR)}, version=1)


def test_what_has_not_changed_keeps_its_author(presente):
    dossier, equipe = presente
    first, second, _ = list_communes(dossier.demarche)
    record(equipe, dossier, {first.pk: LignePiece(JOUR), second.pk: LignePiece(JOUR)})
    consultant = build_acteur_de(dossier.demarche, Role.CONSULTANT)
    record(consultant, dossier, {first.pk: LignePiece(JOUR), second.pk: LignePiece(JOUR, "2026-46")}, version=1)
    auteurs = dict(PieceForme.objects.values_list("commune_id", "saisi_par"))
    assert auteurs == {first.pk: equipe.nom, second.pk: consultant.nom}


@pytest.mark.parametrize(("communes", "nombre"), [(3, (11, 11)), (158, (12, 11))])
def test_recording_asks_few_queries_whatever_the_number_of_communes(communes, nombre, django_assert_num_queries):
    """One more with 158 communes on SQLite, which writes rows by batches."""
    dossier, equipe = build_presente(communes)
    pks = [commune.pk for commune in list_communes(dossier.demarche)]
    record(equipe, dossier, {pk: LignePiece(JOUR) for pk in pks[1:]})
    lignes = {pks[0]: LignePiece(JOUR), pks[1]: LignePiece()} | {pk: LignePiece(JOUR, "n° 1") for pk in pks[2:]}
    with django_assert_num_queries(nombre[connection.vendor == "postgresql"]):
        record(equipe, dossier, lignes, version=1)


def test_an_act_given_before_the_cst_is_told(presente):
    dossier, equipe = presente
    first, second, third = communes = list_communes(dossier.demarche)
    record(equipe, dossier, {None: LignePiece(JOUR)}, cle="fiche_impact")
    record(equipe, dossier, {first.pk: LignePiece(JOUR)}, version=1)
    page = build_page(equipe, communes)
    assert len(page.alertes) == 1
    assert first.nom in page.alertes[0]
    assert "peut être annulée" in page.alertes[0]
    record(equipe, dossier, {None: LignePiece(JOUR + timedelta(days=1))}, cle="avis_cst", version=2)
    assert "donc après" in build_page(equipe, communes).alertes[0]
    record(equipe, dossier, {None: LignePiece(JOUR)}, cle="avis_cst", version=3)
    (alerte,) = build_page(equipe, communes).alertes
    assert alerte.endswith(f"Manque encore\u202f: {first.nom}, {second.nom} et {third.nom}.")
    sans_agent = LignePiece(sans_objet="n'a pas d'agent dans ce service")
    record(equipe, dossier, {second.pk: sans_agent, third.pk: LignePiece(JOUR)}, cle="avis_cst", version=4)
    assert build_page(equipe, communes).alertes[0].endswith(f"Manque encore\u202f: {first.nom}.")
    record(equipe, dossier, {first.pk: LignePiece(JOUR)}, cle="avis_cst", version=5)
    assert build_page(equipe, communes).alertes == []


def test_the_names_of_those_who_have_not_given_an_act_are_three_at_most():
    assert write_manquants([], {}) == ""
    assert write_manquants(["", "a", "b", "c", "d"], {"a": "A", "b": "B", "c": "C", "d": "D"}) == (
        " Manque encore : L'intercommunalité, A, B et 2\u00a0autres."
    )


def build_page(equipe, communes):
    suivi = SuiviForme.objects.get()
    return build_suivi(suivi.forme, suivi, communes, list_pieces(equipe, suivi))


@pytest.mark.parametrize(
    ("ligne", "mots"),
    [
        (LignePiece(date(2027, 1, 1)), "déjà pris"),
        (LignePiece(date(1999, 12, 31)), "déjà pris"),
        (LignePiece(JOUR, sans_objet="pas concernée"), "à la fois"),
        (LignePiece(numero="2026-45"), "sans la date"),
        (LignePiece(JOUR, "x" * 61), "trop long"),
        (LignePiece(sans_objet="x" * 301), "trop long"),
    ],
)
def test_what_cannot_be_an_act_is_told_and_nothing_is_written(presente, ligne, mots):
    dossier, equipe = presente
    first, second, _ = list_communes(dossier.demarche)
    with pytest.raises(SaisieRefusee, match=mots):
        record(equipe, dossier, {first.pk: LignePiece(JOUR), second.pk: ligne})
    assert not PieceForme.objects.exists()
    assert not SuiviForme.objects.exists()


def test_a_body_gives_only_its_own_acts(presente):
    dossier, equipe = presente
    ailleurs = list_communes(build_demarche())[0]
    commune = list_communes(dossier.demarche)[0]
    for cle, porteur in (("delib_commune", None), ("delib_epci", commune.pk), ("delib_commune", ailleurs.pk)):
        with pytest.raises(SaisieRefusee, match="pas le sien"):
            record(equipe, dossier, {porteur: LignePiece(JOUR)}, cle=cle)
    with pytest.raises(Conflit, match="pas de ceux"):
        record(equipe, dossier, {None: LignePiece(JOUR)}, cle="reglement")
    with pytest.raises(Conflit, match="pas connus"):
        record(equipe, dossier, {None: LignePiece(JOUR)}, forme="autre")


def test_acts_follow_a_concluded_dossier_but_not_a_withdrawn_one(presente):
    dossier, equipe = presente
    conclude_dossier(acteur=equipe, instant=INSTANT, dossier=dossier, motif="Retenu (fictif).")
    commune = list_communes(dossier.demarche)[0]
    record(equipe, dossier, {commune.pk: LignePiece(JOUR)})
    with pytest.raises(Conflit, match="terminé"):
        answer(equipe, dossier)
    other = build_dossier(dossier.demarche, equipe)
    withdraw_dossier(acteur=equipe, instant=INSTANT, dossier=other, motif="Plus d'objet.")
    with pytest.raises(Conflit, match="retiré"):
        record(equipe, other, {commune.pk: LignePiece(JOUR)})


def test_conditions_decide_which_acts_are_expected(presente):
    dossier, equipe = presente
    communes = list_communes(dossier.demarche)

    def exigences(suivi):
        return {x["cle"]: x["exigence"] for x in build_suivi("service_commun", suivi, communes, []).lignes}

    assert exigences(None)["rapport_clect"] == "a_preciser"
    common = {"acteur": equipe, "instant": INSTANT, "dossier": dossier, "forme": "service_commun"}
    suivi = record_conditions(**common, version=0, conditions={"imputation_ac": False, "fpu": True, "x": True})
    assert suivi.conditions == {"imputation_ac": False}
    assert exigences(suivi)["rapport_clect"] == "sans_objet"
    suivi = record_conditions(**common, version=1, conditions={"imputation_ac": True})
    assert exigences(suivi)["rapport_clect"] == "attendue"


def test_the_communes_asked_are_those_of_the_scenario():
    demarche = build_demarche(4)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    assert len(list_communes_parties(equipe, dossier, "service_commun")) == 4
    codes = [commune.code for commune in list_communes(demarche)[:2]]
    build_fige(dossier, equipe, perimetre=codes)
    assert [c.code for c in list_communes_parties(equipe, dossier, "service_commun")] == codes
    assert len(list_communes_parties(equipe, dossier, "entente")) == 4


@pytest.mark.parametrize(
    ("champs", "mots"),
    [
        ({"recettes": -1}, "négatives"),
        ({"recettes_ensemble": 1}, "moindres"),
        ({"annee": 25}, "pas une année"),
        ({"source": "  "}, "manque"),
    ],
)
def test_a_base_that_does_not_hold_is_refused(presente, champs, mots):
    _, equipe = presente
    with pytest.raises(SaisieRefusee, match=mots):
        record_base(acteur=equipe, instant=INSTANT, version=0, contenu=replace(BASE, **champs))
    assert not BaseFinanciere.objects.exists()


def test_the_order_of_magnitude_is_that_of_the_law(presente):
    dossier, equipe = presente
    scenario = Scenario.objects.with_gel().select_related("dossier__demarche").get(dossier=dossier)
    base = record_base(acteur=equipe, instant=INSTANT, version=0, contenu=BASE)
    page = build_compensation(dossier, scenario, base, [], Lecture.TOUT, Plume())
    assert page["cif_avant"] == "environ 0,309"
    assert page["cif_apres"] == "environ 0,310"
    assert page["ac_avant"] == "environ 22\u202f000\u202f000\u00a0€"
    assert not page["refus"]
    assert build_compensation(dossier, scenario, None, [], Lecture.TOUT, Plume())["cif_avant"] == ""
    scenario.gel.participantes = 2
    assert build_compensation(dossier, scenario, base, [], Lecture.TEXTES, Plume())["cif_apres"] == ""
    assert build_compensation(dossier, scenario, base, [], Lecture.TOUT, Plume())["cif_apres"] == "environ 0,310"
    dossier.demarche.financement = "FA"
    page = build_compensation(dossier, scenario, base, [], Lecture.TOUT, Plume())
    assert "remboursement seulement" in page["refus"]
    assert page["cif_apres"] == ""
    dossier.demarche.financement = "FPU"
    scenario.forme = "prestation"
    assert "prestation de services" in build_compensation(dossier, scenario, base, [], Lecture.TOUT, Plume())["refus"]


def test_writing_an_order_of_magnitude():
    assert write_cif(Fraction(4, 11)) == "environ 0,364"
    assert write_rond(-1_004_999_999) == "environ −10\u202f050\u202f000\u00a0€"
