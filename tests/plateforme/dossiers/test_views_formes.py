"""The pages of the legal form as their readers see them."""

import re

import pytest
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_presente, build_scenario
from tests.plateforme.dossiers.test_formes import BASE, JOUR, REPONSES, answer, record
from tests.plateforme.dossiers.test_views import get, read
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.actions import LignePiece, record_base
from communaccord.plateforme.dossiers.models import BaseFinanciere, PieceForme, ReponsesForme, Scenario, SuiviForme

pytestmark = pytest.mark.django_db


@pytest.fixture
def presente():
    return build_presente()


def post(acteur, name, *args, **data):
    return client_for(acteur).post(chemin(acteur, name, *args), data)


def test_the_advisor_from_the_first_question_to_the_chosen_form(presente):
    dossier, equipe = presente
    page = read(get(equipe, "dossiers:formes", dossier.pk))
    assert "Répondez à quelques questions" in page
    assert page.count("Je ne sais pas") == 13
    response = post(equipe, "dossiers:formes", dossier.pk, version="0", **REPONSES, economique="non")
    assert response.status_code == 302
    page = read(get(equipe, "dossiers:formes", dossier.pk))
    assert "0 forme est possible, 4 restent à préciser, 8 sont exclues." in page
    assert "À décider par : Le service ferait-il ce que le centre de gestion" in page
    assert "Un groupement de commandes ne partage que des achats. CCP L2113-6" in page
    assert "c'est notre lecture du texte" not in page
    assert "La forme d'un scénario figé ne change plus" in page
    brouillon = build_scenario(dossier, equipe, "En cours")
    page = read(get(equipe, "dossiers:formes", dossier.pk))
    assert "Mise à disposition descendante (à préciser)" in page
    response = post(equipe, "dossiers:scenario_forme", dossier.pk, brouillon.pk, version="1", forme="mad_descendante")
    assert response["Location"].endswith(f"scenarios/{brouillon.pk}/?fait=forme_choisie")
    assert Scenario.objects.get(pk=brouillon.pk).forme == "mad_descendante"


def test_what_must_be_checked_elsewhere_is_said_under_the_form(presente):
    dossier, equipe = presente
    reponses = {**REPONSES, "mission": "fonctionnelle", "missions_cdg": "oui", "affiliation": "oui"}
    post(equipe, "dossiers:formes", dossier.pk, version="0", **reponses, economique="non")
    page = read(get(equipe, "dossiers:formes", dossier.pk))
    assert "0 forme est possible, 3 restent à préciser, 9 sont exclues." in page
    assert page.count("à vérifier avec lui avant de retenir cette forme. CGFP L452-14, L452-35") == 3


def test_two_people_answer_and_nothing_is_lost(presente):
    dossier, equipe = presente
    answer(equipe, dossier)
    response = post(equipe, "dossiers:formes", dossier.pk, version="0", objet="achats")
    assert response.status_code == 409
    page = response.content.decode()
    assert 'value="achats" id="objet-4" checked' in page
    assert "Un service\u202f: des agents et leur travail" in page
    assert ReponsesForme.objects.get().reponses["objet"] == "service"


def test_readers_read_the_advice_and_change_nothing(presente):
    dossier, equipe = presente
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    assert "n'a pas encore décrit le partage" in read(get(maire, "dossiers:formes", dossier.pk))
    answer(equipe, dossier)
    autres = [build_acteur_de(dossier.demarche, role) for role in (Role.AGENT, Role.CONSEILLER_MUNICIPAL)]
    for acteur in (maire, *autres):
        page = read(get(acteur, "dossiers:formes", dossier.pk))
        assert "Lire ce qui a été répondu" in page
        assert "Choisir une forme" not in page
        assert "Enregistrer" not in read(get(acteur, "dossiers:actes", dossier.pk, "service_commun"))
        assert post(acteur, "dossiers:formes", dossier.pk, version="1", objet="achats").status_code == 403
        assert post(acteur, "dossiers:actes", dossier.pk, "entente", version="0").status_code == 403
        assert get(acteur, "dossiers:acte", dossier.pk, "entente", "convention").status_code == 403


def test_every_link_inside_the_page_leads_somewhere(presente):
    dossier, equipe = presente
    answer(equipe, dossier)
    for acteur in (equipe, build_acteur_de(dossier.demarche, Role.MAIRE)):
        page = get(acteur, "dossiers:formes", dossier.pk).content.decode()
        cibles = set(re.findall(r'href="#([^"]+)"', page))
        assert cibles
        assert cibles <= set(re.findall(r'id="([^"]+)"', page))


def test_a_dossier_in_preparation_tells_nothing_of_its_form():
    dossier = build_dossier()
    equipe, maire = build_equipe(dossier.demarche), build_acteur_de(dossier.demarche, Role.MAIRE)
    brouillon = build_scenario(dossier, equipe)
    for name, args in (("formes", ()), ("actes", ("entente",)), ("acte", ("entente", "convention"))):
        assert get(maire, f"dossiers:{name}", dossier.pk, *args).status_code == 404
        assert get(equipe, f"dossiers:{name}", dossier.pk, *args).status_code == 200
    assert get(equipe, "dossiers:compensation", dossier.pk, brouillon.pk).status_code == 404


def test_an_unknown_form_or_act_has_no_page(presente):
    dossier, equipe = presente
    for args in (("autre",), ("a_choisir",), ("n_importe",)):
        assert get(equipe, "dossiers:actes", dossier.pk, *args).status_code == 404
    assert get(equipe, "dossiers:acte", dossier.pk, "entente", "avis_cst").status_code == 404


def test_acts_are_typed_in_a_table_that_comes_back_whole(presente):
    dossier, equipe = presente
    first, second, _ = list_communes(dossier.demarche)
    args = (dossier.pk, "service_commun", "delib_commune")
    typed = {f"jour-{first.pk}": "12/09/2026", f"numero-{first.pk}": "2026-45", f"jour-{second.pk}": "demain"}
    response = post(equipe, "dossiers:acte", *args, version="0", **typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="demain"' in page
    assert 'value="2026-45"' in page
    assert not PieceForme.objects.exists()
    response = post(equipe, "dossiers:acte", *args, version="0", **typed | {f"jour-{second.pk}": "2026-09-13"})
    assert response.status_code == 302
    assert PieceForme.objects.count() == 2
    response = post(equipe, "dossiers:acte", *args, version="0", **typed | {f"jour-{second.pk}": ""})
    assert response.status_code == 409
    assert PieceForme.objects.count() == 2
    page = read(get(equipe, "dossiers:actes", dossier.pk, "service_commun"))
    assert "2 sur 3, 1 à venir" in page
    assert "Des actes ne sont pas dans l'ordre" in page
    assert "Commune 001 : « Délibération du conseil municipal » est enregistré, mais « Avis du comité" in page
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    assert "2 sur 3" in read(get(maire, "dossiers:actes", dossier.pk, "service_commun"))


def test_conditions_are_answered_on_the_page_of_the_acts(presente):
    dossier, equipe = presente
    page = read(get(equipe, "dossiers:actes", dossier.pk, "service_commun"))
    assert "0 acte est enregistré sur 10 attendus ; 5 autres dépendent d'une réponse" in page
    data = {"version": "0", "imputation_ac": "non", "accords_syndicaux": "non", "agents": "oui"}
    assert post(equipe, "dossiers:actes", dossier.pk, "service_commun", **data).status_code == 302
    assert SuiviForme.objects.get().conditions == {"imputation_ac": False, "accords_syndicaux": False, "agents": True}
    page = read(get(equipe, "dossiers:actes", dossier.pk, "service_commun"))
    assert "La part des communes n'est pas imputée sur l'attribution de compensation." in page
    assert post(equipe, "dossiers:actes", dossier.pk, "service_commun", **data).status_code == 409


def test_the_order_of_magnitude_is_never_a_promise(presente):
    dossier, equipe = presente
    scenario = Scenario.objects.get(dossier=dossier)
    args = (dossier.pk, scenario.pk)
    page = read(get(equipe, "dossiers:compensation", *args))
    assert "Il manque les montants de l'intercommunalité" in page
    assert "Simulation d'ordre de grandeur" in page
    data = {"version": "0", "recettes": "40 000 000", "recettes_ensemble": "55 000 000 €", "ac": "", "dsc": "2 000 000"}
    data |= {"annee": "2025", "source": "compte administratif (fictif)"}
    response = post(equipe, "dossiers:compensation", *args, **data)
    assert response.status_code == 422
    assert "Ce montant manque." in response.content.decode()
    response = post(equipe, "dossiers:compensation", *args, **data | {"ac": "22 000 000"})
    assert response.status_code == 302
    assert BaseFinanciere.objects.get().ac == BASE.ac
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    page = read(get(maire, "dossiers:compensation", *args))
    assert "passerait d'environ 0,309 à environ 0,310" in page
    assert "compte administratif (fictif), 2025" in page
    assert "Les montants de l'intercommunalité" not in page
    assert post(maire, "dossiers:compensation", *args, **data).status_code == 403
    stale = post(equipe, "dossiers:compensation", *args, **data | {"ac": "1", "version": "0"})
    assert stale.status_code == 409
    assert 'value="1"' in stale.content.decode()
    agent = build_acteur_de(dossier.demarche, Role.AGENT)
    assert "Commune 001" not in read(get(agent, "dossiers:compensation", *args))
    type(dossier.demarche).objects.filter(pk=dossier.demarche_id).update(financement="FA")
    page = read(get(maire, "dossiers:compensation", *args))
    assert "pas d'attribution de compensation : remboursement seulement" in page
    assert "passerait" not in page


@pytest.mark.parametrize("communes", [3, 158])
def test_the_pages_ask_the_same_queries_whatever_the_number_of_communes(communes, django_assert_num_queries):
    dossier, equipe = build_presente(communes)
    scenario = Scenario.objects.get(dossier=dossier)
    answer(equipe, dossier)
    lignes = {c.pk: LignePiece(JOUR) for c in list_communes(dossier.demarche)}
    record(equipe, dossier, lignes)
    record_base(acteur=equipe, instant=INSTANT, version=0, contenu=BASE)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    for name, args, pour_equipe, pour_maire in (
        ("formes", (), 7, 6),
        ("actes", ("service_commun",), 7, 7),
        ("acte", ("service_commun", "delib_commune"), 7, None),
        ("compensation", (scenario.pk,), 8, 8),
    ):
        for acteur, nombre in ((equipe, pour_equipe), (maire, pour_maire)):
            if nombre is not None:
                client = client_for(acteur)
                adresse = chemin(acteur, f"dossiers:{name}", dossier.pk, *args)
                with django_assert_num_queries(nombre):
                    assert client.get(adresse).status_code == 200


def test_two_communes_are_not_told_by_their_total():
    """Where fewer than three communes take part, the total would tell one of them the amount of the other."""
    dossier, equipe = build_presente(2)
    scenario = Scenario.objects.get(dossier=dossier)
    record_base(acteur=equipe, instant=INSTANT, version=0, contenu=BASE)
    for role, told in ((Role.CONSEILLER_MUNICIPAL, False), (Role.AGENT, False), (Role.MAIRE, True)):
        acteur = build_acteur_de(dossier.demarche, role)
        page = read(get(acteur, "dossiers:compensation", dossier.pk, scenario.pk))
        assert ("42 000 €" in page) is told
        assert ("Moins de trois communes" in page) is not told
