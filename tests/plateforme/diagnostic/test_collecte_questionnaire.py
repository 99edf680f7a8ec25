"""The questionnaire edited together: by the équipe projet, with what the mairies propose."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.plateforme.diagnostic.outils_collecte import build_mairie, build_ouverte, build_preparee, find_ligne, record
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, set_horloge

from communaccord.plateforme.accueil.pages.demarche.collecte import list_collecte
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.actions import ContenuLigne
from communaccord.plateforme.diagnostic.enums import EtatProposition, TypeLigne, Volet
from communaccord.plateforme.diagnostic.models import Ligne, PropositionLigne
from communaccord.plateforme.diagnostic.queries.campagnes import list_lignes
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
CONTENU = ContenuLigne(Volet.AVIS, TypeLigne.CHOIX, "Avec qui d'abord", choix=("voisines", "intercommunalité"))


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    set_horloge(monkeypatch)


def list_cles(campagne, volet):
    return [ligne.cle for ligne in list_lignes(campagne) if ligne.volet == volet]


def add(campagne, equipe, contenu=CONTENU):
    return actions.add_ligne(acteur=equipe, instant=INSTANT, campagne=campagne, contenu=contenu)


def test_a_line_is_added_at_the_end_of_its_part_with_a_key_of_its_own():
    campagne, equipe = build_preparee()
    one, two = add(campagne, equipe), add(campagne, equipe)
    assert (one.cle, two.cle) == ("avis_avec_qui_d_abord", "avis_avec_qui_d_abord_2")
    assert list_cles(campagne, Volet.AVIS)[-2:] == [one.cle, two.cle]


FAUX = (
    ({"libelle": " "}, "donnez son libellé"),
    ({"volet": "ailleurs"}, "partie"),
    ({"type": "effectifs"}, "service"),
    ({"choix": ("un",)}, "deux à vingt"),
)


@pytest.mark.parametrize(("champs", "mot"), FAUX)
def test_a_line_that_asks_nothing_clear_is_refused(champs, mot):
    campagne, equipe = build_preparee()
    with pytest.raises(Conflit, match=mot):
        add(campagne, equipe, replace(CONTENU, **champs))
    assert Ligne.objects.count() == 26


def test_a_service_of_its_own_gives_three_lines_and_is_asked_once():
    campagne, equipe = build_preparee()
    options = {"acteur": equipe, "instant": INSTANT, "campagne": campagne}
    lignes = actions.add_service(nom="Remontées mécaniques", unite="passages par an", **options)
    assert [x.volet for x in lignes] == [Volet.PERSONNEL, Volet.PARTAGES, Volet.POSSIBLES]
    assert {x.service for x in lignes} == {"remontees_mecaniques"}
    assert lignes[0].unite == "passages par an"
    with pytest.raises(Conflit, match="demande déjà"):
        actions.add_service(nom="Remontées mécaniques", **options)
    with pytest.raises(Conflit, match="dans la liste"):
        actions.add_service(cle="inconnu", **options)


@pytest.mark.parametrize(("genre", "cle"), [("besoin", "paie_besoin"), ("maturite", "paie_partage")])
def test_the_need_and_the_sharing_of_a_service_are_asked_once(genre, cle):
    """Two lines would count each commune twice: "6 communes sur 3"."""
    campagne, equipe = build_preparee(services=("paie",))
    first, options = find_ligne(campagne, cle), {"acteur": equipe, "instant": INSTANT}
    twice = ContenuLigne(first.volet, genre, "Paie bis", service="paie")
    with pytest.raises(Conflit, match="compterait deux fois"):
        add(campagne, equipe, twice)
    other = add(campagne, equipe, replace(CONTENU, volet=first.volet))
    with pytest.raises(Conflit, match="compterait deux fois"):
        actions.edit_ligne(ligne=other, version=1, contenu=twice, **options)
    actions.edit_ligne(ligne=first, version=1, contenu=replace(twice, aide="Autre aide."), **options)
    actions.set_retiree(ligne=first, retiree=True, **options)
    actions.edit_ligne(ligne=other, version=1, contenu=twice, **options)
    with pytest.raises(Conflit, match="Paie bis"):
        actions.set_retiree(ligne=first, retiree=False, **options)
    assert Ligne.objects.filter(campagne=campagne, service="paie", type=genre).active().count() == 1


def test_the_table_itself_refuses_two_needs_of_a_service():
    campagne, _ = build_preparee(services=("paie",))
    values = {"campagne": campagne, "service": "paie", "volet": Volet.POSSIBLES, "rang": 90, "libelle": "Paie bis"}
    Ligne.objects.create(type="effectifs", cle="bis_effectifs", **values)
    Ligne.objects.create(type="besoin", cle="bis_retiree", retiree=True, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ligne.objects.create(type="besoin", cle="bis_besoin", **values)


def test_what_is_asked_twice_is_told_on_the_page_and_nothing_typed_is_lost():
    campagne, equipe = build_preparee(services=("paie",))
    champs = {"volet": "possibles", "type": "besoin", "libelle": "Paie bis", "service": "paie"}
    response = client_for(equipe).post(chemin(equipe, "diagnostic:ligne_ajouter", campagne.pk), champs)
    assert response.status_code == 409
    assert "compterait deux fois" in response.content.decode()
    assert "Paie bis" in response.content.decode()


def test_lines_move_in_their_part_until_the_opening():
    campagne, equipe = build_preparee()
    first, second, *_ = list_cles(campagne, Volet.AVIS)
    ligne = find_ligne(campagne, second)
    actions.move_ligne(acteur=equipe, instant=INSTANT, ligne=ligne, vers=-1)
    assert list_cles(campagne, Volet.AVIS)[:2] == [second, first]
    actions.move_ligne(acteur=equipe, instant=INSTANT, ligne=ligne, vers=-1)
    assert list_cles(campagne, Volet.AVIS)[:2] == [second, first]
    actions.open_campagne(acteur=equipe, instant=INSTANT, campagne=campagne)
    with pytest.raises(Conflit, match="ordre"):
        actions.move_ligne(acteur=equipe, instant=INSTANT, ligne=ligne, vers=1)


def test_what_was_answered_is_not_reworded_its_help_may_be():
    campagne, equipe = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    record(secretaire, fiche, "population", valeur=120_000)
    ligne = find_ligne(campagne, "population")
    same = ContenuLigne(ligne.volet, ligne.type, ligne.libelle, "Au 1er janvier.", unite=ligne.unite)
    options = {"acteur": equipe, "instant": INSTANT, "ligne": ligne}
    edited = actions.edit_ligne(version=ligne.version, contenu=same, **options)
    assert (edited.aide, edited.version) == ("Au 1er janvier.", 2)
    with pytest.raises(Conflit, match="pas ce qu'elle demande"):
        actions.edit_ligne(version=2, contenu=replace(same, libelle="Habitants"), **options)
    with pytest.raises(actions.EditionConcurrente):
        actions.edit_ligne(version=1, contenu=replace(same, aide="Autre."), **options)


def test_a_line_withdrawn_keeps_its_answers_and_comes_back():
    campagne, equipe = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    record(secretaire, fiche, "population", valeur=120_000)
    ligne = find_ligne(campagne, "population")
    actions.set_retiree(acteur=equipe, instant=INSTANT, ligne=ligne, retiree=True)
    assert "population" not in list_cles(campagne, Volet.REPERES)
    with pytest.raises(Conflit, match="vient de changer"):
        actions.set_retiree(acteur=equipe, instant=INSTANT, ligne=ligne, retiree=True)
    actions.set_retiree(acteur=equipe, instant=INSTANT, ligne=ligne, retiree=False)
    assert list_cles(campagne, Volet.REPERES)[0] == "population"
    assert fiche.reponses.get().valeurs == {"valeur": 120_000}


def build_proposition(cle=""):
    """A proposal of a mayor: another wording of the line ``cle``, or a new line."""
    campagne, equipe = build_preparee()
    maire = build_acteur_de(campagne.demarche, Role.MAIRE)
    ligne = find_ligne(campagne, cle) if cle else None
    options = {
        "campagne": campagne,
        "volet": Volet.AVIS,
        "libelle": "Nos associations",
        "motif": "le bourg",
        "ligne": ligne,
    }
    return campagne, equipe, maire, actions.propose_ligne(acteur=maire, instant=INSTANT, **options)


def test_a_proposed_line_is_taken_up_on_its_page_with_a_word():
    campagne, equipe, maire, proposition = build_proposition()
    client, adresse = client_for(equipe), chemin(equipe, "diagnostic:proposition", proposition.pk)
    assert "Nos associations" in client.get(adresse).content.decode()
    champs = {"volet": "avis", "type": "texte", "libelle": "Vos associations", "mot": "merci", "suite": "retenir"}
    assert client.post(adresse, {**champs, "libelle": ""}).status_code == 422
    assert client.post(adresse, champs).status_code == 302
    proposition.refresh_from_db()
    assert (proposition.etat, proposition.reponse) == (EtatProposition.ACCEPTEE, "merci")
    assert list_cles(campagne, Volet.AVIS)[-1] == "avis_vos_associations"
    assert client.post(adresse, champs).status_code == 409
    page = client_for(maire).get(chemin(maire, "diagnostic:questionnaire", campagne.pk)).content.decode()
    assert "merci" in page


def test_a_wording_taken_up_rewrites_its_line():
    campagne, equipe, _, proposition = build_proposition("avis_besoins")
    contenu = ContenuLigne(Volet.AVIS, TypeLigne.TEXTE, proposition.libelle)
    options = {"acteur": equipe, "instant": INSTANT, "proposition": proposition}
    actions.accept_proposition(contenu=contenu, **options)
    assert find_ligne(campagne, "avis_besoins").libelle == "Nos associations"


def test_a_proposal_left_aside_has_its_word():
    _, equipe, maire, proposition = build_proposition()
    options = {"instant": INSTANT, "proposition": proposition}
    with pytest.raises(Conflit, match="pourquoi"):
        actions.refuse_proposition(acteur=equipe, mot=" ", **options)
    with pytest.raises(ActionRefusee):
        actions.refuse_proposition(acteur=maire, mot="non", **options)
    actions.refuse_proposition(acteur=equipe, mot="déjà demandé ailleurs", **options)
    assert PropositionLigne.objects.get().reponse == "déjà demandé ailleurs"


def test_only_mairies_propose_and_only_the_equipe_edits():
    campagne, equipe = build_preparee()
    maire, agent = (build_acteur_de(campagne.demarche, role) for role in (Role.MAIRE, Role.AGENT))
    pages = ("campagne_modifier", "ligne_ajouter", "questions")
    for acteur, status in ((equipe, 200), (maire, 403), (agent, 403)):
        client = client_for(acteur)
        for nom in pages:
            assert client.get(chemin(acteur, f"diagnostic:{nom}", campagne.pk)).status_code == status
        assert client.get(chemin(acteur, "diagnostic:questionnaire", campagne.pk)).status_code == 200
    refused = client_for(agent).post(
        chemin(agent, "diagnostic:proposer", campagne.pk), {"libelle": "x", "volet": "avis"}
    )
    assert refused.status_code == 403


def test_a_campaign_is_created_edited_and_opened_on_its_pages():
    campagne, equipe = build_preparee()
    client = client_for(equipe)
    champs = {"titre": "Autre titre", "annee": "25", "echeance": "2026-12-20", "version": "1"}
    adresse = chemin(equipe, "diagnostic:campagne_modifier", campagne.pk)
    assert client.post(adresse, champs).status_code == 422
    assert client.post(adresse, {**champs, "annee": "2025"}).status_code == 302
    concurrent = client.post(adresse, {**champs, "annee": "2025", "titre": "Troisième"})
    assert concurrent.status_code == 409
    assert "Autre titre" in concurrent.content.decode()
    again = client.post(chemin(equipe, "diagnostic:campagne_creer"), {"titre": "Deux", "annee": "2025"})
    assert again.status_code == 409
    assert client.post(chemin(equipe, "diagnostic:campagne_ouvrir", campagne.pk)).status_code == 302
    accueil = client.get(chemin(equipe, "diagnostic:accueil")).content.decode()
    assert "Autre titre" in accueil
    assert client.post(chemin(equipe, "diagnostic:campagne_clore", campagne.pk)).status_code == 302
    reopening = chemin(equipe, "diagnostic:campagne_rouvrir", campagne.pk)
    assert client.post(reopening, {"motif": ""}).status_code == 409
    assert client.post(reopening, {"motif": "il manque deux fiches"}).status_code == 302


def test_lines_are_edited_on_their_page():
    campagne, equipe = build_preparee()
    client = client_for(equipe)
    champs = {"volet": "avis", "type": "choix", "libelle": "Avec qui", "choix": "voisines\nEPCI"}
    assert (
        client.post(chemin(equipe, "diagnostic:ligne_ajouter", campagne.pk), {**champs, "choix": ""}).status_code == 422
    )
    assert client.post(chemin(equipe, "diagnostic:ligne_ajouter", campagne.pk), champs).status_code == 302
    ligne = find_ligne(campagne, "avis_avec_qui")
    assert (ligne.choix, ligne.pour_l_epci) == (["voisines", "EPCI"], False)
    adresse = chemin(equipe, "diagnostic:ligne", campagne.pk, ligne.pk)
    assert client.post(adresse, {**champs, "libelle": "Avec qui ?", "version": "1"}).status_code == 302
    assert client.post(adresse, {**champs, "libelle": "Et avec qui ?", "version": "1"}).status_code == 409
    retrait = client.get(chemin(equipe, "diagnostic:ligne_retirer", campagne.pk, ligne.pk)).content.decode()
    assert "Aucune fiche n'y a encore répondu" in retrait.replace("’", "'")
    for nom, posted in (("ligne_deplacer", {"vers": "haut"}), ("ligne_retirer", {"retiree": "oui"})):
        assert client.post(chemin(equipe, f"diagnostic:{nom}", campagne.pk, ligne.pk), posted).status_code == 302
    service = chemin(equipe, "diagnostic:service_ajouter", campagne.pk)
    assert client.post(service, {"cle": "paie"}).status_code == 302
    again = client.post(service, {"cle": "paie"})
    assert (again.status_code, again.url.endswith("?fait=service_deja")) == (302, True)
    assert client.post(service, {"cle": ""}).status_code == 422


def test_a_line_added_after_a_validation_is_told_to_that_mairie():
    campagne, equipe = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    actions.validate_fiche(acteur=secretaire, instant=INSTANT, fiche=fiche)
    assert list(list_collecte(secretaire, INSTANT.date())) == []
    actions.add_service(acteur=equipe, instant=INSTANT + timedelta(hours=1), campagne=campagne, cle="paie")
    (attente,) = list_collecte(secretaire, INSTANT.date())
    assert "3 lignes ont été ajoutées" in attente.phrase.replace("\u202f", " ").replace("\u00a0", " ")
    page = client_for(secretaire).get(chemin(secretaire, "diagnostic:fiche", fiche.pk)).content.decode()
    assert "rouvrez la fiche pour y répondre" in page
    fiche.refresh_from_db()
    actions.reopen_fiche(acteur=secretaire, instant=INSTANT + timedelta(hours=2), fiche=fiche)
    actions.validate_fiche(acteur=secretaire, instant=INSTANT + timedelta(hours=3), fiche=fiche)
    assert list(list_collecte(secretaire, INSTANT.date())) == []
