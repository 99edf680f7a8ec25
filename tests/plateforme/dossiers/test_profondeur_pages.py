"""The pages of a scenario in depth as their readers see them: what is told, masked, summed, compared."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from tests.plateforme.dossiers.fabrique import (
    build_dossier,
    build_equipe,
    build_presente,
    build_scenario,
    give_chiffres,
)
from tests.plateforme.dossiers.profondeur_outils import (
    CLAUSES,
    COUTS,
    SERVICE,
    tell_all,
    tell_clauses,
    tell_couts,
    tell_effectif,
    tell_maire,
    tell_service,
)
from tests.plateforme.dossiers.test_views import get, read
from tests.plateforme.dossiers.test_views_formes import post
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.actions import LigneCout, LigneMaire, freeze_scenario, present_dossier
from communaccord.plateforme.dossiers.bridge.budget import read_budget
from communaccord.plateforme.dossiers.models import (
    ChangementMaire,
    ClausesScenario,
    CoutOublie,
    CritereService,
    EffectifEmployeur,
    Scenario,
)
from communaccord.plateforme.dossiers.pages.couts import compute_budget
from communaccord.plateforme.dossiers.queries import read_resultat

pytestmark = pytest.mark.django_db


def build_profond(communes=3, scenarios=1):
    """A presented dossier whose scenarios say everything."""
    demarche = build_demarche(communes)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    give_chiffres(dossier, equipe)
    for rang in range(scenarios):
        scenario = tell_all(equipe, build_scenario(dossier, equipe, f"Variante {rang + 1}"), list_communes(demarche))
        freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=scenario.version)
    return present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier), equipe


def find(dossier):
    return Scenario.objects.with_gel().filter(dossier=dossier, fige_le__isnull=False).first()


def test_the_page_tells_what_is_said_and_counts_what_is_not():
    dossier, _equipe = build_profond()
    scenario = find(dossier)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    page = read(get(maire, "dossiers:profondeur", dossier.pk, scenario.pk))
    assert "Sur 7 coûts souvent oubliés, 2 ne sont pas encore chiffrés ; 2 clauses ne sont pas fixées sur 6." in page
    assert "12 000 € , chaque année" not in page
    assert "12 000 €, chaque année, payé par les communes qui participent, comme leurs contributions" in page
    assert "sans objet, parce que : Le service reste dans ses murs." in page
    assert "déjà compté dans le coût du scénario (Dans les postes du scénario)" in page
    assert page.count("pas encore chiffré") == 3
    assert "le 30 juin 2029 : Le coût par journée." in page
    assert "Période d'essai pas fixé" in page
    assert "90 agents avant, 90 après : autant." in page
    assert "mieux pour 1 critère, pareil pour 1 critère et moins bien pour 1 critère" in page
    assert "Écrire ou corriger" not in page


def test_a_scenario_that_says_nothing_says_so():
    dossier, _ = build_presente()
    scenario = find(dossier)
    page = read(get(build_acteur_de(dossier.demarche, Role.AGENT), "dossiers:profondeur", dossier.pk, scenario.pk))
    assert "Sur 7 coûts souvent oubliés, 7 ne sont pas encore chiffrés ; 5 clauses ne sont pas fixées sur 6." in page


def test_every_part_is_typed_and_read_back():
    dossier = build_dossier()
    equipe = build_equipe(dossier.demarche)
    scenario = build_scenario(dossier, equipe)
    ids = (dossier.pk, scenario.pk)
    for name in ("profondeur", "profondeur_service", "profondeur_maire", "profondeur_couts", "profondeur_clauses"):
        assert get(equipe, f"dossiers:{name}", *ids).status_code == 200
    typed = {"version": "0", "critere-0": "lieu", "libelle-0": "", "avant-0": "Mairie", "apres-0": "Bus", "avis-0": ""}
    assert post(equipe, "dossiers:profondeur_service", *ids, **typed).status_code == 302
    assert CritereService.objects.get().apres == "Bus"
    stale = post(equipe, "dossiers:profondeur_service", *ids, **typed)
    assert stale.status_code == 409
    assert 'value="Bus"' in stale.content.decode()
    wrong = typed | {
        "version": "1",
        "critere-1": "autre",
        "libelle-1": "",
        "avant-1": "Oui",
        "apres-1": "",
        "avis-1": "",
    }
    page = post(equipe, "dossiers:profondeur_service", *ids, **wrong)
    assert page.status_code == 422
    assert "Il n&#39;a pas de nom" in page.content.decode().replace("’", "&#39;")
    maire = {"version": "0", "theme-0": "signature", "sens-0": "ne_change_pas", "texte-0": "Vous signez."}
    maire |= {
        "theme-1": "decision",
        "sens-1": "",
        "texte-1": "Le conseil municipal garde ses compétences et ses choix.",
    }
    assert post(equipe, "dossiers:profondeur_maire", *ids, **maire).status_code == 302
    assert [c.texte for c in ChangementMaire.objects.all()] == ["Vous signez."]
    couts = {
        "version": "0",
        "etat-alignement": "chiffre",
        "montant-alignement": "1 200,50",
        "rythme-alignement": "par_an",
    }
    page = post(equipe, "dossiers:profondeur_couts", *ids, **couts)
    assert page.status_code == 422
    assert 'value="1 200,50"' in page.content.decode()
    commune = list_communes(dossier.demarche)[1]
    assert (
        post(
            equipe, "dossiers:profondeur_couts", *ids, **couts | {"porteur-alignement": f"commune-{commune.pk}"}
        ).status_code
        == 302
    )
    assert (CoutOublie.objects.get().montant, CoutOublie.objects.get().commune) == (120_050, commune)
    assert 'value="1200,50"' in get(equipe, "dossiers:profondeur_couts", *ids).content.decode().replace(
        "\u202f", ""
    ).replace('1200,5"', '1200,50"')
    clauses = {"version": "0", "preavis_mois": "12", "revoyure_le": "demain"}
    assert post(equipe, "dossiers:profondeur_clauses", *ids, **clauses).status_code == 422
    assert (
        post(equipe, "dossiers:profondeur_clauses", *ids, **clauses | {"revoyure_le": "30/06/2029"}).status_code == 302
    )
    assert ClausesScenario.objects.get().revoyure_le == date(2029, 6, 30)


def test_staff_is_typed_employer_by_employer():
    dossier = build_dossier()
    equipe = build_equipe(dossier.demarche)
    scenario = build_scenario(dossier, equipe)
    commune = list_communes(dossier.demarche)[0]
    ids = (dossier.pk, scenario.pk)
    assert commune.nom in read(get(equipe, "dossiers:employeurs", *ids))
    typed = {"version": "0", "avant": "8", "partent": "9", "avant_etp": "7,5"}
    assert post(equipe, "dossiers:effectif", *ids, commune.pk, **typed).status_code == 422
    assert post(equipe, "dossiers:effectif", *ids, commune.pk, **typed | {"partent": "deux"}).status_code == 422
    assert post(equipe, "dossiers:effectif", *ids, commune.pk, **typed | {"partent": "6"}).status_code == 302
    assert post(equipe, "dossiers:effectif", *ids, 0, **typed | {"partent": "", "version": "0"}).status_code == 409
    assert post(equipe, "dossiers:effectif", *ids, 0, version="1", avant="5", arrivent="6").status_code == 302
    assert EffectifEmployeur.objects.get(commune=commune).avant_etp == 750
    assert 'value="7,5"' in get(equipe, "dossiers:effectif", *ids, commune.pk).content.decode()
    page = read(get(equipe, "dossiers:profondeur", *ids))
    assert "13 agents avant, 13 après : autant." in page
    assert "8 (7,5 ETP)" in page


def test_buttons_that_take_up_what_exists():
    dossier = build_dossier()
    equipe = build_equipe(dossier.demarche)
    give_chiffres(dossier, equipe)
    source = tell_all(equipe, build_scenario(dossier, equipe), list_communes(dossier.demarche))
    autre = build_scenario(dossier, equipe, "Autre")
    assert "Partir de ce que dit un autre scénario" in read(get(equipe, "dossiers:profondeur", dossier.pk, autre.pk))
    ids = (dossier.pk, autre.pk)
    assert post(equipe, "dossiers:profondeur_reprendre", *ids, source=str(source.pk)).status_code == 302
    assert post(equipe, "dossiers:profondeur_reprendre", *ids, source="x").status_code == 404
    assert CoutOublie.objects.filter(scenario=autre).count() == len(COUTS)
    dossier.donnees.update(agents=12, agents_concernes=6)
    neuf = build_scenario(dossier, equipe, "Neuf")
    assert post(equipe, "dossiers:effectifs_reprendre", dossier.pk, neuf.pk, version="0").status_code == 302
    assert EffectifEmployeur.objects.get(scenario=neuf, commune=None).arrivent == 18


def test_nothing_is_typed_on_what_is_frozen_nor_by_readers():
    dossier, equipe = build_profond()
    scenario = find(dossier)
    names = [f"profondeur_{part}" for part in ("service", "maire", "couts", "clauses")]
    for name in (*names, "employeurs"):
        assert get(equipe, f"dossiers:{name}", dossier.pk, scenario.pk).status_code == 404
    brouillon = build_scenario(dossier, equipe)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    assert get(maire, "dossiers:profondeur", dossier.pk, brouillon.pk).status_code == 404
    assert get(equipe, "dossiers:budget", dossier.pk, brouillon.pk).status_code == 404
    for name in names:
        assert post(maire, f"dossiers:{name}", dossier.pk, brouillon.pk, version="0").status_code == 403


def test_the_budget_of_my_commune_and_of_all():
    dossier, equipe = build_profond()
    scenario = find(dossier)
    commune = list_communes(dossier.demarche)[0]
    maire = build_acteur_de(dossier.demarche, Role.MAIRE, commune)
    page = read(get(maire, "dossiers:budget", dossier.pk, scenario.pk, montants="exacts"))
    budget = compute_budget(read_budget(read_resultat(scenario)), CoutOublie.objects.select_related("commune"))
    rang = budget.fige.annees.index(scenario.gel.annee_reference)
    total = budget.fige.communes[commune.code][rang].contribution + budget.oublies[commune.code][rang]
    assert f"{commune.nom} paierait {total // 100:,}".replace(",", " ") + f",{total % 100:02d} €" in page
    assert "Dépense vraiment évitée" in page
    assert "Commune 002" in page
    conseiller = build_acteur_de(dossier.demarche, Role.CONSEILLER_MUNICIPAL, commune)
    page = read(get(conseiller, "dossiers:budget", dossier.pk, scenario.pk))
    assert "Commune 002" not in page
    assert "Les communes ensemble" in page
    page = read(get(build_acteur_de(dossier.demarche, Role.AGENT), "dossiers:budget", dossier.pk, scenario.pk))
    assert commune.nom not in page
    assert "le scénario A répartit" in page
    assert "Reste à la charge" in read(get(equipe, "dossiers:budget", dossier.pk, scenario.pk))


def test_what_one_commune_bears_is_not_told_by_a_sum():
    dossier = build_dossier()
    equipe = build_equipe(dossier.demarche)
    give_chiffres(dossier, equipe)
    first, second, _ = list_communes(dossier.demarche)
    scenario = build_scenario(dossier, equipe)
    tell_couts(equipe, scenario, {"locaux": LigneCout("chiffre", 7_654_300, "par_an", None, "commune", second.pk)})
    scenario = Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=scenario.version)
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    conseiller = build_acteur_de(dossier.demarche, Role.CONSEILLER_MUNICIPAL, first)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE, first)
    for name, args in (("budget", (scenario.pk,)), ("profondeur", (scenario.pk,)), ("comparaison", ())):
        for acteur, told in ((conseiller, False), (maire, True)):
            page = read(get(acteur, f"dossiers:{name}", dossier.pk, *args, montants="exacts"))
            assert ("76 543,00 €" in page) is told, name
            assert ("Les communes ensemble" in page) is (told and name == "budget")


def test_scenarios_stand_side_by_side():
    dossier, equipe = build_profond(scenarios=2)
    brouillon = build_scenario(dossier, equipe, "Troisième")
    tell_service(equipe, brouillon, SERVICE[:1])
    tell_maire(equipe, brouillon, [LigneMaire("budget", "change", "Une contribution chaque année.")])
    tell_clauses(equipe, brouillon, replace(CLAUSES, preavis_mois=None))
    tell_effectif(equipe, brouillon, None, avant=2)
    row = Scenario.objects.select_related("dossier__demarche").get(pk=brouillon.pk)
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=row, version=row.version)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    page = read(get(maire, "dossiers:comparaison", dossier.pk))
    assert "3 scénarios côte à côte" in page
    assert "Deux demi-journées → Chaque matin (mieux)" in page
    assert "Une contribution chaque année." in page
    assert "Les totaux ne sont pas montrés." in page
    assert "7 ne sont pas encore chiffrés" in page
    response = get(maire, "dossiers:comparaison_classeur", dossier.pk)
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    lignes = {row[1]: row[2:] for row in rows if len(row) > 2 and row[1]}
    assert lignes["Préavis pour partir"] == ["12\u202fmois", "12\u202fmois", "pas fixé"] or lignes[
        "Préavis pour partir"
    ] == ["12\u00a0mois", "12\u00a0mois", "pas fixé"]
    assert lignes["Coût à répartir (€ par an)"] == [round(find(dossier).gel.cout / 100)] * 3
    vide = build_dossier(dossier.demarche, equipe)
    assert "rien à comparer" in read(get(equipe, "dossiers:comparaison", vide.pk))
    assert get(equipe, "dossiers:comparaison_classeur", vide.pk).status_code == 404


@pytest.mark.parametrize(("communes", "scenarios"), [(3, 1), (3, 3), (158, 2)])
def test_the_pages_ask_the_same_queries_whatever_the_numbers(communes, scenarios, django_assert_num_queries):
    dossier, equipe = build_profond(communes, scenarios)
    scenario = find(dossier)
    brouillon = build_scenario(dossier, equipe)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    for acteur, name, args, nombre in (
        (maire, "profondeur", (scenario.pk,), 11),
        (maire, "budget", (scenario.pk,), 9),
        (maire, "comparaison", (), 13),
        (equipe, "comparaison", (), 13),
        (equipe, "comparaison_classeur", (), 13),
        (equipe, "profondeur", (brouillon.pk,), 13),
        (equipe, "profondeur_couts", (brouillon.pk,), 8),
        (equipe, "employeurs", (brouillon.pk,), 7),
        (equipe, "effectif", (brouillon.pk, 0), 7),
    ):
        client = client_for(acteur)
        adresse = chemin(acteur, f"dossiers:{name}", dossier.pk, *args)
        with django_assert_num_queries(nombre):
            assert client.get(adresse).status_code == 200
