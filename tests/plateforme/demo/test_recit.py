"""The story of the demo, told once for the whole module: each act was that of its person, in its day."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from nacl import pwhash
from tests.plateforme.fabriques import build_demarche

from communaccord.plateforme.accords import coffre
from communaccord.plateforme.accords.enums import EtatEnveloppe, EtatReponse, EtatTour, ModeOuverture, Origine
from communaccord.plateforme.accords.models import Assesseur, Enveloppe, Reponse, Resultat, Tour
from communaccord.plateforme.accords.queries import read_seules
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte
from communaccord.plateforme.courrier.enums import EtatCourriel
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.demo.effacement import erase_demarche
from communaccord.plateforme.demo.management.commands import charger_demo
from communaccord.plateforme.demo.models import CarteFictive
from communaccord.plateforme.demo.queries import list_portes
from communaccord.plateforme.demo.recit import tell_demo
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.reponses import Voie, plan_premier_tour, plan_second_tour
from communaccord.plateforme.demo.reglages import MOT_DE_PASSE
from communaccord.plateforme.demo.territoire import build_territoire
from communaccord.plateforme.demo.territoire.noms import EPCI, EPCI_GRANDE
from communaccord.plateforme.demo.visites import VISITES
from communaccord.plateforme.diagnostic.calculs.photographie import compute_empreinte, mask_contenu
from communaccord.plateforme.diagnostic.enums import Colonne, EtatFiche
from communaccord.plateforme.diagnostic.enums import Origine as OrigineReponse
from communaccord.plateforme.diagnostic.models import (
    Fiche,
    Flux,
    FluxDistincts,
    Photographie,
    RelevePartage,
    ResultatPriorites,
)
from communaccord.plateforme.diagnostic.models import Reponse as ReponseFiche
from communaccord.plateforme.diagnostic.queries.flux import read_compte
from communaccord.plateforme.dossiers.enums import EtatDossier
from communaccord.plateforme.dossiers.models import Dossier, EffectifEmployeur, PieceForme, Scenario, Volet
from communaccord.plateforme.instances.bridge import build_resultat
from communaccord.plateforme.instances.enums import EtatSeance, TypeInstance
from communaccord.plateforme.instances.models import Deliberation, Releve, Seance
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.projet.enums.cadre import EtatCadre, EtatCharte
from communaccord.plateforme.projet.models import ActionProjet, Adhesion, Cadre, Charte, Objectif, Orientation
from communaccord.plateforme.rapports.models import ChoixAction, VersionRapport
from communaccord.plateforme.territoires.enums import EtatDemarche, Phase
from communaccord.plateforme.territoires.models import Demarche

# Told by one worker, for all.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("recit")]
MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """Told once, then erased: nothing of it may be left."""
    # The cost of a code is tested with the safe; here it would only be slow.
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(coffre, "ARGON2_PASSES", pwhash.argon2id.OPSLIMIT_MIN)
        patch.setattr(coffre, "ARGON2_MEMOIRE", pwhash.argon2id.MEMLIMIT_MIN)
        before = count_rows()
        demarche = tell_demo(maintenant=MAINTENANT)
        yield demarche
        erase_demarche(demarche)
        connection.check_constraints()
        assert count_rows() == before


@pytest.fixture
def gens(demo) -> Gens:
    return Gens(demo)


def get_tour(numero: int) -> Tour:
    return Tour.objects.with_regle().get(numero=numero)


def test_the_demarche_is_open_confirmed_and_says_it_is_fictif(demo):
    demo.refresh_from_db()
    assert demo.fictive
    assert demo.nom_epci == EPCI
    assert demo.etat == EtatDemarche.OUVERTE
    assert demo.sieges_total == 55
    assert demo.communes.count() == 26
    assert CarteFictive.objects.get(demarche=demo).formes.keys() == set(demo.communes.values_list("code", flat=True))


def test_nothing_is_told_of_the_future(demo):
    acts = Acte.objects.filter(demarche=demo)
    assert acts.count() > 200
    assert acts.order_by("-instant").first().instant <= MAINTENANT
    assert acts.order_by("instant").first().verbe == "found_demarche"


def test_every_act_is_told_in_one_voice(demo):
    phrases = Acte.objects.filter(demarche=demo).values_list("phrase", flat=True)
    assert [phrase for phrase in phrases if not phrase[:1].islower() or phrase.endswith(".")] == []


def test_what_is_done_to_one_thing_is_done_in_its_order(demo):
    seen: dict = {}
    for acte in Acte.objects.filter(demarche=demo).exclude(objet="").order_by("pk"):
        place = (acte.objet, acte.objet_id)
        assert seen.get(place, acte.instant) <= acte.instant, acte.phrase
        seen[place] = acte.instant


def test_three_dossiers_presented_with_two_or_three_frozen_scenarios(demo):
    dossiers = Dossier.objects.filter(demarche=demo)
    assert {dossier.etat for dossier in dossiers} == {EtatDossier.PRESENTE}
    assert all("fictif" in dossier.titre for dossier in dossiers)
    frozen = Counter(Scenario.objects.frozen().filter(dossier__in=dossiers).values_list("dossier_id", flat=True))
    assert len(frozen) == 3
    assert set(frozen.values()) <= {2, 3}


def test_the_closed_round_publishes_what_its_rule_allows(demo):
    tour = get_tour(1)
    assert tour.etat == EtatTour.DEPOUILLE
    (publication,) = Resultat.objects.get(tour=tour).publication["dossiers"].values()
    assert publication["reponses"] == 25
    assert [scenario["bas"] for scenario in publication["scenarios"]] == [21, 21, 21]


def test_the_centre_alone_reads_that_its_conditions_are_not_met(gens):
    (seule,) = read_seules(gens.maire("F001"), get_tour(1)).values()
    assert [scenario["etat"] for scenario in seule["scenarios"]] == ["non_reunies"] * 3
    assert read_seules(gens.equipe, get_tour(1)) == {}


def test_a_commune_misses_its_sealed_limit_by_a_little(gens):
    (seule,) = read_seules(gens.maire("F009"), get_tour(1)).values()
    premier = seule["scenarios"][0]
    assert premier["etat"] == "non_reunies"
    (condition,) = [c for c in premier["conditions"] if c["sens"] == "non_reunie"]
    assert 0 < condition["ajustement"]["cents"] <= 5_000
    assert "reunies" in {scenario["etat"] for scenario in seule["scenarios"]}


def test_answers_came_by_every_way(demo):
    reponses = Reponse.objects.filter(tour=get_tour(1))
    assert reponses.get(commune__code="F020").origine == Origine.PAPIER
    assert reponses.get(commune__code="F016").origine == Origine.VISITE
    assert reponses.get(commune__code="F024").etat == EtatReponse.A_PREPARER
    assert Enveloppe.objects.get(tour=get_tour(1)).etat == EtatEnveloppe.CONFIRMEE


def test_the_open_round_takes_answers_today_and_waits_for_two_of_three_assesseurs(demo):
    tour = Tour.objects.accepting(MAINTENANT).get(demarche=demo)
    assert tour.mode == ModeOuverture.ASSESSEURS
    assert tour.precedent == get_tour(1)
    assert Assesseur.objects.filter(tour=tour, part_scellee__isnull=False).count() == 3
    etats = Counter(Reponse.objects.filter(tour=tour).values_list("etat", flat=True))
    assert set(etats) == set(EtatReponse.values)
    assert Reponse.objects.filter(tour=tour, commune__code="F026", etat=EtatReponse.A_PREPARER).count() == 2


def test_a_copil_was_held_and_its_releve_validated_by_the_presidence(demo):
    seance = Seance.objects.get(instance__type=TypeInstance.COPIL, etat=EtatSeance.RELEVE_VALIDE)
    releve = Releve.objects.get(seance=seance)
    assert bytes(releve.pdf).startswith(b"%PDF-")
    assert "Présidence" in releve.qui
    point = seance.points.get(tour=get_tour(1))
    assert "au moins 21 communes sur 25" in point.resultat_tour
    assert point.conclusion
    assert point.reserves.get().commune.code == "F001"


def test_a_copil_is_to_come_with_its_agenda_and_convocations(demo):
    seance = Seance.objects.get(instance__type=TypeInstance.COPIL, etat=EtatSeance.CONVOQUEE)
    assert seance.debut > MAINTENANT
    assert seance.points.count() == 2
    reponses = Counter(seance.convocations.values_list("reponse", flat=True))
    assert {"present", "excuse", "represente", "attendue"} == set(reponses)


def test_one_vote_of_the_council_is_followed_and_agrees_with_the_rule(demo):
    vote = Deliberation.objects.get(point__seance__instance__demarche=demo)
    assert vote.piece is not None
    assert vote.adoptee == build_resultat(vote, seconde=False).adoptee
    assert vote.pour + vote.contre + vote.abstentions == vote.presents + vote.pouvoirs


def test_every_door_opens_on_somebody(demo):
    assert [porte.visite for porte in list_portes(demo)] == list(VISITES)


def test_the_password_of_the_entrance_opens_the_usual_sign_in_page(demo):
    client = Client()
    answer = client.post("/compte/login/", {"login": "dgs@val-arvelle.example", "password": MOT_DE_PASSE})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(Compte.objects.get(email="dgs@val-arvelle.example").pk)


def test_no_message_of_the_story_is_left_to_send(demo):
    messages = Courriel.objects.filter(demarche=demo)
    assert messages.count() > 50
    assert set(messages.values_list("etat", flat=True)) == {EtatCourriel.ENVOYE}
    assert all(adresse.endswith(".example") for adresse in messages.values_list("adresse", flat=True))


def test_the_command_leaves_the_demo_in_place_as_it_is(demo, settings, capsys):
    settings.DEMO = True
    call_command("charger_demo")
    assert "déjà en place" in capsys.readouterr().out
    assert list(Demarche.objects.values_list("pk", flat=True)) == [demo.pk]


def test_the_command_tells_it_anew_when_asked(demo, settings, capsys, monkeypatch):
    settings.DEMO = True
    told = []

    def tell(**options):
        told.append(options)
        return build_demarche(nom_epci=EPCI)

    monkeypatch.setattr(charger_demo, "tell_demo", tell)
    call_command("charger_demo", refaire=True)
    assert [options["grande"] for options in told] == [False]
    assert not Demarche.objects.filter(pk=demo.pk).exists()
    assert "en place" in capsys.readouterr().out


def test_the_command_refuses_where_the_site_is_not_a_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="COMMUNACCORD_DEMO"):
        call_command("charger_demo", grande=True)
    assert not Demarche.objects.filter(nom_epci=EPCI_GRANDE).exists()


def test_the_phase_reached_is_the_one_whose_dates_hold_today(demo):
    phases = {phase.phase: phase for phase in demo.phases.all()}
    reached = phases[Demarche.objects.get(pk=demo.pk).phase]
    assert reached.debut <= MAINTENANT.date() <= reached.fin
    ordered = sorted(phases.values(), key=lambda phase: phase.debut)
    assert [phase.phase for phase in ordered] == Phase.values
    assert all(before.fin < after.debut for before, after in pairwise(ordered[:4]))
    assert str(reached.debut) in str(Acte.objects.get(demarche=demo, verbe="enter_demarche_en_cours").instant)


def test_who_came_and_who_presided_is_noted_for_each_seance_held(demo):
    held = Seance.objects.filter(instance__demarche=demo, debut__lt=MAINTENANT)
    cotech, copil = (held.get(instance__type=type) for type in (TypeInstance.COTECH, TypeInstance.COPIL))
    assert cotech.presences.exists()
    assert copil.presences.exists()
    assert cotech.presidence.role == Role.DGS_EPCI
    conseil = held.get(instance__type=TypeInstance.CONSEIL_COMMUNAUTAIRE)
    vote = Deliberation.objects.get(point__seance=conseil)
    assert vote.pour + vote.contre + vote.abstentions == conseil.presents + conseil.pouvoirs


def test_the_projet_de_territoire_leaves_something_to_find_in_its_matrix(demo):
    counts = [model.objects.filter(demarche=demo).count() for model in (Orientation, Objectif, ActionProjet)]
    assert counts == [3, 8, 18]
    assert Objectif.objects.filter(demarche=demo, actions__isnull=True).count() == 1
    assert ActionProjet.objects.filter(demarche=demo, objectif__isnull=True).count() == 1
    assert not ActionProjet.objects.filter(demarche=demo, porteur__isnull=True).exists()
    assert {d.objectifs.count() for d in Dossier.objects.filter(demarche=demo)} == {1}


def test_the_frame_is_validated_and_a_second_version_is_being_written(demo):
    premier, second = Cadre.objects.filter(demarche=demo).order_by("numero")
    assert (premier.etat, premier.instance) == (EtatCadre.VALIDE, "Comité de pilotage")
    assert (second.etat, second.objectifs.startswith(premier.objectifs)) == (EtatCadre.BROUILLON, True)
    charte = Charte.objects.get(demarche=demo)
    assert (charte.etat, charte.cadre) == (EtatCharte.ADOPTEE, premier)
    assert Adhesion.objects.in_force().filter(charte=charte).count() == 6


def test_the_etat_des_lieux_is_nearly_whole_and_came_by_every_way(demo):
    fiches = Fiche.objects.filter(campagne__demarche=demo)
    assert Counter(fiches.values_list("etat", flat=True)) == {EtatFiche.VALIDEE: 25, EtatFiche.EN_COURS: 2}
    reponses = ReponseFiche.objects.filter(fiche__in=fiches)
    ways = {OrigineReponse.SAISIE, OrigineReponse.CLASSEUR, OrigineReponse.PAPIER}
    assert set(reponses.values_list("origine", flat=True)) == ways
    assert 10 < reponses.filter(inconnu=True).count() < 60
    assert set(reponses.exclude(annee=None).values_list("qualite", flat=True)) == {"etabli", "estime"}
    assert fiches.get(commune=None).reponses.filter(inconnu=True).count() == 0


def test_figures_hold_together_and_some_are_masked(demo):
    """Pay is within staff costs, staff costs within running costs; small services are hidden from the others."""
    for fiche in Fiche.objects.filter(campagne__demarche=demo, etat=EtatFiche.VALIDEE):
        values = dict(fiche.reponses.values_list("ligne__cle", "valeurs"))
        frais, depenses = (values[cle].get("valeur") for cle in ("frais_personnel", "depenses_fonctionnement"))
        paie = sum(v.get(Colonne.MASSE_SALARIALE, 0) for v in values.values())
        assert frais is None or paie <= frais
        assert None in (frais, depenses) or frais < depenses
    photo = Photographie.objects.get(campagne__demarche=demo)
    assert photo.empreinte == compute_empreinte(photo.contenu)
    masques = mask_contenu(photo.contenu)
    assert not masques.shows("agents", "F006", "secretariat")
    assert masques.shows("agents", "F001", "secretariat")


def test_flows_count_once_and_a_double_is_left_to_judge(demo):
    flux = Flux.objects.filter(campagne__demarche=demo)
    assert flux.filter(nature="ac", declare_par__isnull=True).count() == 26
    assert flux.filter(nature="ac", declare_par__isnull=False).count() == 3
    assert flux.exclude(double_de=None).count() == 1
    # There is one AC a year: nobody may say that two declarations of it are two flows.
    assert not FluxDistincts.objects.filter(premier__in=flux).exists()
    counted = read_compte(demo.campagnes.get().pk, flux)
    assert sum(d.compte and d.nature == "ac" for d in counted.declarations) == 26
    assert len(counted.attentes) == 2
    shared = RelevePartage.objects.filter(campagne__demarche=demo).values_list("commune__code", flat=True)
    assert set(shared) == {"F002", "F003"}


def test_priorities_are_chosen_by_ballots_of_which_nobody_reads_one(demo):
    resultat = ResultatPriorites.objects.get(priorisation__campagne__demarche=demo)
    assert (resultat.bulletins, resultat.communes) == (24, 26)
    medianes = {mesure["mediane"] for mesure in resultat.contenu["options"].values()}
    assert len(medianes) > 1


def test_a_scenario_is_told_in_depth_and_its_next_version_keeps_it(demo):
    scenarios = Scenario.objects.filter(dossier__demarche=demo, fige_le__isnull=False)
    told = {volet.scenario_id for volet in Volet.objects.filter(scenario__in=scenarios)}
    assert len(told) == 4
    assert EffectifEmployeur.objects.filter(scenario__in=scenarios).count() == 4


def test_a_form_is_followed_and_a_rapport_is_frozen(demo):
    dossiers = Dossier.objects.filter(demarche=demo)
    assert all(dossier.reponses_forme.reponses for dossier in dossiers)
    assert PieceForme.objects.filter(suivi__dossier__in=dossiers, cle="avis_cst").count() == 2
    version = VersionRapport.objects.get(rapport__demarche=demo)
    assert version.numero == 1
    assert {p["cle"] for p in version.contenu["parties"]} >= {"mot", "projet", "cadre", "etat_des_lieux", "actions"}
    assert ChoixAction.objects.filter(rapport=version.rapport, scenario__isnull=False).count() == 2


@pytest.mark.parametrize("grande", [False, True])
def test_plans_give_each_commune_one_way(grande):
    codes = [commune.code for commune in build_territoire(grande=grande).communes]
    contributions = [{code: 100_000 + 1_000 * rang for rang, code in enumerate(codes)}] * 2
    premier = Counter(avis.voie for avis in plan_premier_tour(contributions).values())
    assert sum(premier.values()) == len(codes)
    assert premier[Voie.PAPIER] == 1
    assert 1 <= premier[Voie.RIEN] <= len(codes) // 10
    second = Counter(avis.voie for avis in plan_second_tour(codes).values())
    assert set(second) == set(Voie)
