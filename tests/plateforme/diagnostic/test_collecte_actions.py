"""A campaign from its preparation to its closing; a sheet written line by line, validated, taken up again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.plateforme.diagnostic.fabrique import build_campagne
from tests.plateforme.diagnostic.outils_collecte import (
    CONTENU,
    build_mairie,
    build_ouverte,
    build_preparee,
    find_ligne,
    record,
)
from tests.plateforme.fabriques import INSTANT, build_acteur_de, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.actions import ReponseAEcrire, ReponseSaisie
from communaccord.plateforme.diagnostic.enums import Colonne, EtatCampagne, EtatFiche, Origine, Volet
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, HistoriqueCampagne, Reponse
from communaccord.plateforme.diagnostic.queries.campagnes import count_etats, find_campagne, list_lignes, list_reponses
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


def test_the_default_questionnaire_is_short_and_told_part_by_part():
    campagne, _ = build_preparee()
    lignes = list_lignes(campagne)
    assert len(lignes) == 26
    assert [ligne.volet for ligne in lignes] == sorted((x.volet for x in lignes), key=Volet.values.index)
    assert all(ligne.aide for ligne in lignes)
    assert find_campagne(campagne.demarche).pk == campagne.pk


def test_one_campaign_at_a_time():
    campagne, equipe = build_preparee()
    with pytest.raises(Conflit, match="déjà en cours"):
        actions.create_campagne(acteur=equipe, instant=INSTANT, contenu=CONTENU)
    assert Campagne.objects.get().pk == campagne.pk


def test_opening_gives_each_commune_its_sheet_and_tells_each_mairie_once():
    campagne, equipe = build_preparee()
    maire, _ = build_acteur_de(campagne.demarche, Role.MAIRE), build_acteur_de(campagne.demarche, Role.DRH)
    actions.open_campagne(acteur=equipe, instant=INSTANT, campagne=campagne)
    assert Fiche.objects.filter(campagne=campagne).count() == 4
    assert Fiche.objects.filter(campagne=campagne, commune=None).count() == 1
    assert count_etats(campagne) == {"a_remplir": 3, "en_cours": 0, "validee": 0}
    lettre = Courriel.objects.get()
    assert lettre.mandat_id == maire.mandat_id
    assert "18 décembre 2026" in lettre.corps.replace("\u00a0", " ")
    with pytest.raises(Conflit, match="déjà ouverte"):
        actions.open_campagne(acteur=equipe, instant=INSTANT, campagne=campagne)
    assert [h.etat_apres for h in HistoriqueCampagne.objects.filter(campagne=campagne)] == ["preparation", "ouverte"]


def test_a_passed_date_is_told_before_the_opening():
    campagne, equipe = build_preparee()
    late = replace(CONTENU, echeance=date(2026, 11, 1))
    campagne = actions.edit_campagne(
        acteur=equipe, instant=INSTANT, campagne=campagne, version=campagne.version, contenu=late
    )
    with pytest.raises(Conflit, match="passée"):
        actions.open_campagne(acteur=equipe, instant=INSTANT, campagne=campagne)
    assert not Fiche.objects.exists()


def test_two_writers_of_the_presentation_are_told():
    campagne, equipe = build_preparee()
    options = {"acteur": equipe, "instant": INSTANT, "campagne": campagne, "version": campagne.version}
    actions.edit_campagne(contenu=replace(CONTENU, titre="Un"), **options)
    with pytest.raises(actions.EditionConcurrente) as told:
        actions.edit_campagne(contenu=replace(CONTENU, titre="Deux"), **options)
    assert told.value.actuel.titre == "Un"
    assert Campagne.objects.get().titre == "Un"


def test_closed_nothing_is_written_then_opened_again_with_a_reason():
    campagne, equipe = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    actions.close_campagne(acteur=equipe, instant=INSTANT, campagne=campagne)
    with pytest.raises(Conflit, match="clos"):
        record(secretaire, fiche, "population", valeur=120_000)
    with pytest.raises(Conflit, match="pourquoi"):
        actions.reopen_campagne(acteur=equipe, instant=INSTANT, campagne=campagne, motif=" ")
    actions.reopen_campagne(acteur=equipe, instant=INSTANT, campagne=campagne, motif="deux fiches manquent")
    assert record(secretaire, fiche, "population", valeur=120_000).valeurs == {"valeur": 120_000}
    assert find_campagne(campagne.demarche).etat == EtatCampagne.OUVERTE


def test_an_answer_is_kept_with_its_year_source_and_writer():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    reponse = record(secretaire, fiche, "voirie_effectifs", agents=200, etp=150, masse_salariale=6_512_345)
    assert reponse.valeurs == {"agents": 200, "etp": 150, "masse_salariale": 6_512_345}
    assert (reponse.annee, reponse.source, reponse.qualite) == (2025, "compte financier unique", "estime")
    assert (reponse.version, reponse.saisie_par, reponse.saisie_le) == (1, secretaire.nom, INSTANT)
    fiche.refresh_from_db()
    assert fiche.etat == EtatFiche.EN_COURS
    assert list_reponses(campagne)[0]["valeurs"] == reponse.valeurs
    acte = Acte.objects.filter(verbe="fiche.completee").get()
    assert (acte.portee, acte.commune_id) == ("commune", fiche.commune_id)
    assert acte.phrase == "a complété la fiche d'état des lieux de Commune 001 : 1\u00a0ligne"


def test_the_same_answer_again_writes_nothing():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    record(secretaire, fiche, "population", valeur=120_000)
    again = record(secretaire, fiche, "population", 0, INSTANT + timedelta(hours=1), valeur=120_000)
    assert (again.version, again.saisie_le) == (1, INSTANT)
    assert record(secretaire, fiche, "frais_personnel") is None
    assert Acte.objects.filter(verbe="fiche.completee").count() == 1


def test_the_second_of_two_writers_is_told_and_nothing_is_overwritten():
    campagne, equipe = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    record(secretaire, fiche, "population", valeur=120_000)
    with pytest.raises(actions.EditionConcurrente, match="Rien n'a été écrasé") as told:
        record(equipe, fiche, "population", valeur=130_000)
    assert told.value.actuel.valeurs == {"valeur": 120_000}
    assert record(equipe, fiche, "population", 1, valeur=130_000).version == 2


def test_of_several_answers_the_good_ones_are_kept_and_the_others_told():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    good, bad = find_ligne(campagne, "population"), find_ligne(campagne, "voirie_effectifs")
    lot = [
        ReponseAEcrire(good, 0, ReponseSaisie({Colonne.VALEUR: 120_000})),
        ReponseAEcrire(bad, 0, ReponseSaisie({Colonne.AGENTS: 200, Colonne.DEPARTS: 300})),
    ]
    ecriture = actions.record_reponses(
        acteur=secretaire, instant=INSTANT, fiche=fiche, reponses=lot, origine=Origine.CLASSEUR
    )
    assert ecriture.ecrites == [good.pk]
    assert list(ecriture.refusees) == [bad.pk]
    assert "plus que d'agents" in ecriture.refusees[bad.pk]["departs"]
    assert Reponse.objects.get().origine == Origine.CLASSEUR


def test_an_answer_taken_back_is_no_longer_counted():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    record(secretaire, fiche, "population", valeur=120_000)
    assert len(list_reponses(campagne)) == 1
    assert record(secretaire, fiche, "population", 1).version == 2
    assert list_reponses(campagne) == []


def test_a_sheet_is_validated_by_its_mairie_then_taken_up_again():
    campagne, equipe = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    other, _ = build_mairie(campagne, 1)
    for stranger in (equipe, other):
        with pytest.raises(ActionRefusee):
            actions.validate_fiche(acteur=stranger, instant=INSTANT, fiche=fiche)
    actions.validate_fiche(acteur=secretaire, instant=INSTANT, fiche=fiche)
    fiche.refresh_from_db()
    par = f"le secrétariat de mairie ({secretaire.nom})"
    assert (fiche.etat, fiche.validee_par, fiche.validee_le) == (EtatFiche.VALIDEE, par, INSTANT)
    with pytest.raises(Conflit, match="rouvrez-la"):
        record(secretaire, fiche, "population", valeur=120_000)
    with pytest.raises(Conflit, match="pourquoi"):
        actions.reopen_fiche(acteur=equipe, instant=INSTANT, fiche=fiche)
    actions.reopen_fiche(acteur=equipe, instant=INSTANT, fiche=fiche, motif="un chiffre manque")
    fiche.refresh_from_db()
    assert (fiche.etat, fiche.validee_par, fiche.validee_le) == (EtatFiche.EN_COURS, "", None)


def test_a_withdrawn_line_or_that_of_another_campaign_is_refused():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    foreign = build_campagne().lignes.first()
    withdrawn = find_ligne(campagne, "population")
    withdrawn.retiree = True
    for ligne in (foreign, withdrawn):
        lot = [ReponseAEcrire(ligne, 0, ReponseSaisie({Colonne.VALEUR: 100}))]
        with pytest.raises(Conflit, match="plus au questionnaire"):
            actions.record_reponses(acteur=secretaire, instant=INSTANT, fiche=fiche, reponses=lot)


def list_adresses():
    return sorted(Courriel.objects.exclude(cle__contains="ouverture").values_list("adresse", flat=True))


def test_the_clock_reminds_once_seven_days_before_those_not_validated():
    campagne, _ = build_ouverte()
    (done, fiche), (waiting, _) = build_mairie(campagne), build_mairie(campagne, 1)
    actions.validate_fiche(acteur=done, instant=INSTANT, fiche=fiche)
    eve = INSTANT.replace(month=12, day=10, hour=12)
    assert actions.veiller(eve) == 0
    assert actions.veiller(eve.replace(day=11, hour=5)) == 0
    assert actions.veiller(eve.replace(day=11)) == 1
    assert actions.veiller(eve.replace(day=11)) == 0
    assert actions.veiller(eve.replace(day=14)) == 0
    assert list_adresses() == [waiting.mandat.personne.courriel]


def test_a_campaign_opened_within_the_week_is_its_own_reminder():
    campagne, equipe = build_preparee()
    build_mairie_only = build_acteur_de(campagne.demarche, Role.MAIRE)
    late = INSTANT.replace(month=12, day=13)
    actions.open_campagne(acteur=equipe, instant=late, campagne=campagne)
    assert actions.veiller(late + timedelta(days=2)) == 0
    assert Courriel.objects.get().adresse == build_mairie_only.mandat.personne.courriel


def test_the_equipe_reminds_by_hand_once_a_week_at_most():
    campagne, equipe = build_ouverte()
    waiting, _ = build_mairie(campagne)
    assert actions.remind_mairies(acteur=equipe, instant=INSTANT, campagne=campagne) == 1
    with pytest.raises(Conflit, match="sept jours"):
        actions.remind_mairies(acteur=equipe, instant=INSTANT + timedelta(days=6), campagne=campagne)
    assert actions.remind_mairies(acteur=equipe, instant=INSTANT + timedelta(days=7), campagne=campagne) == 1
    assert list_adresses() == [waiting.mandat.personne.courriel] * 2
    with pytest.raises(ActionRefusee):
        actions.remind_mairies(acteur=waiting, instant=INSTANT + timedelta(days=30), campagne=campagne)


def test_a_secretary_of_three_communes_is_written_to_once():
    campagne, equipe = build_preparee()
    un, deux, trois = list_communes(campagne.demarche)
    secretaire = build_acteur_de(campagne.demarche, Role.SECRETAIRE, un)
    for commune in (deux, trois):
        build_acteur_de(campagne.demarche, Role.SECRETAIRE, commune, personne=secretaire.mandat.personne)
    actions.open_campagne(acteur=equipe, instant=INSTANT, campagne=campagne)
    lettre = Courriel.objects.get()
    assert "Commune 001, Commune 002 et Commune 003" in lettre.corps.replace("\u00a0", " ")
