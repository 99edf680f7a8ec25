"""The rapport and the kit say what the dossier says in depth: staff by employer, forgotten costs, the budget."""

from dataclasses import replace

import pytest
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_scenario, give_chiffres
from tests.plateforme.dossiers.profondeur_outils import tell_couts, tell_effectif
from tests.plateforme.fabriques import INSTANT, build_demarche, list_communes
from tests.plateforme.rapports.fabrique import CHIFFRES, settle

from communaccord.plateforme.dossiers.actions import LigneCout, freeze_scenario, present_dossier
from communaccord.plateforme.dossiers.bridge.budget import read_budget
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.budget import list_lignes_epci
from communaccord.plateforme.dossiers.pages.couts import compute_budget
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.rapports.actions import Choix, record_choix
from communaccord.plateforme.rapports.pages.contenu import build_blocs, list_manques_partie
from communaccord.plateforme.rapports.queries import Sources

pytestmark = pytest.mark.django_db
PLUME = Plume()


def build_profond(moves=(), couts=None, communes=3):
    """A presented dossier whose scenario says who moves, and what its forgotten costs are."""
    demarche = build_demarche(communes)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    give_chiffres(dossier, equipe)
    scenario = build_scenario(dossier, equipe)
    rows = {None: None, **dict(enumerate(list_communes(demarche)))}
    for rang, agents in moves:
        tell_effectif(equipe, scenario, rows[rang], **agents)
    if couts:
        tell_couts(equipe, scenario, couts)
    version = Scenario.objects.get(pk=scenario.pk).version
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=version)
    return demarche, present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier), equipe


def find_lignes(demarche, cle, debut):
    blocs = [bloc for bloc in build_blocs(Sources(demarche), cle) if bloc["type"] == "tableau"]
    return next(bloc["lignes"] for bloc in blocs if bloc["titre"].startswith(debut))


def read_notes(demarche, cle):
    return " ".join(bloc["texte"] for bloc in build_blocs(Sources(demarche), cle) if bloc["type"] == "note")


SIX = ((0, {"avant": 6, "partent": 6}), (None, {"avant": 0, "arrivent": 6}))
CLE = {"locaux": LigneCout("chiffre", 380_007, "par_an", None, "cle")}


def test_the_staff_of_the_dossier_is_in_the_rapport():
    demarche, *_ = build_profond(SIX)
    epci, first, second, *_ = find_lignes(demarche, "actions", "Effectifs et")
    assert epci[1:3] == ["0", "6"]
    assert first[1:3] == ["6", "0"]
    assert second[1:3] == ["non connu", "non connu"]
    manques = " ".join(list_manques_partie(Sources(demarche), "impact", ""))
    assert "les effectifs de l'intercommunalité" not in manques
    assert "les effectifs de 2\u00a0communes" in manques
    assert "ceux du scénario, employeur par employeur" in read_notes(demarche, "actions")


def test_what_is_typed_by_hand_prevails_and_says_so():
    demarche, dossier, equipe = build_profond(SIX)
    record_choix(
        acteur=equipe,
        instant=INSTANT,
        dossier=dossier,
        version=0,
        choix=Choix(agents_apres=9, depense_apres=100, source="compte 2025 (fictif)"),
    )
    epci, *_ = find_lignes(demarche, "actions", "Effectifs et")
    assert epci[1:3] == ["0", "9"]
    assert epci[4] == "1\u00a0€"
    notes = read_notes(demarche, "actions")
    assert "Saisi à la main dans le rapport, pour l'intercommunalité : agents ensuite et dépense ensuite" in notes
    assert "Source : compte 2025 (fictif)." in notes
    assert "Le budget du scénario donne " in notes


@pytest.mark.parametrize("lent", [{"partent": 3}, {"mis_a_disposition": 2}])
def test_small_staff_of_the_dossier_is_masked_with_what_gives_it_away(lent):
    partent = lent.get("partent", 0)
    moves = (
        (0, {"avant": 20, **lent}),
        (1, {"avant": 30, "partent": 10}),
        (None, {"avant": 8, "arrivent": 10 + partent}),
    )
    demarche, *_ = build_profond(moves)
    epci, first, second, _, total = find_lignes(demarche, "actions", "Effectifs et")
    assert epci[1:3] == ["8", "non publié (petits effectifs)"]
    assert first[1:3] == ["5 ou plus", "5 ou plus"]
    assert second[1:3] == ["30", "20"]
    assert total[1:3] == ["au moins 35", "au moins 25"]


def test_the_budget_gives_what_the_epci_spends():
    demarche, *_ = build_profond(couts={"indirects": LigneCout("chiffre", 90_000, "par_an", None, "epci")})
    gel = Scenario.objects.get().gel
    action = Sources(demarche).actions[0]
    budget = compute_budget(read_budget(gel.resultat), action.couts)
    rang = budget.fige.annees.index(gel.annee_reference)
    depenses = next(ligne for ligne in list_lignes_epci(budget) if ligne.libelle == "Dépenses").montants[rang]
    epci, *_ = find_lignes(demarche, "actions", "Effectifs et")
    assert epci[4] == PLUME.write(depenses)
    assert "le budget du scénario, dont 900\u00a0€ de coûts souvent oubliés" in read_notes(demarche, "actions")


def test_forgotten_costs_are_in_what_a_commune_pays():
    demarche, *_ = build_profond(couts=CLE)
    first, *_ = list_communes(demarche)
    budget = compute_budget(read_budget(Scenario.objects.get().gel.resultat), Sources(demarche).actions[0].couts)
    effet = EffetCommune.objects.get(commune=first)
    oublie = budget.oublies[first.code][-1]
    assert oublie > 0
    attendu = PLUME.write(effet.contribution + oublie)
    _, ligne, *_, total = find_lignes(demarche, "actions", "Effectifs et")
    assert ligne[4] == attendu
    assert ligne[5] == PLUME.write_ecart(PLUME.subtract(effet.contribution + oublie, effet.depense))
    everybody = sum(row.contribution for row in EffetCommune.objects.all()) + 380_007
    assert total[4] == PLUME.write(everybody)
    assert find_lignes(demarche, "impact", "Dépenses de fonctionnement")[-1][3] == PLUME.write(everybody)
    (annexe,) = find_lignes(demarche, "annexes", first.nom)
    assert annexe[4] == attendu
    assert f"coûts souvent oubliés {PLUME.write(oublie)}" in read_notes(demarche, "annexes")


def test_a_partial_total_says_so_in_its_own_row():
    demarche, dossier, equipe = build_profond()
    settle(dossier, equipe)
    assert find_lignes(demarche, "impact", "Dépenses de fonctionnement")[-1][0] == "Ensemble"
    other = build_dossier(demarche, equipe, titre="Paie (fictif)")
    give_chiffres(other, equipe)
    for libelle in ("Un", "Deux"):
        scenario = build_scenario(other, equipe, libelle)
        freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=scenario.version)
    other = present_dossier(acteur=equipe, instant=INSTANT, dossier=other)
    assert len(Sources(demarche).retenues) == 2
    row = find_lignes(demarche, "impact", "Dépenses de fonctionnement")[-1]
    assert row[0] == "Ensemble, total partiel : 1\u00a0action sur 2 chiffrée"
    assert ["Paie (fictif)", "pas encore chiffrée", "", "", "", ""] in find_lignes(demarche, "impact", "L'interco")
    first, *_ = list_communes(demarche)
    assert ["Paie (fictif)", "pas encore chiffrée", *[""] * 5] in find_lignes(demarche, "annexes", first.nom)
    texte = str(build_blocs(Sources(demarche), "impact"))
    assert "les sommes ne comptent que celles-là" in texte
    choix = Choix(**CHIFFRES, retenue=False)
    record_choix(acteur=equipe, instant=INSTANT, dossier=other, version=0, choix=replace(choix, scenario=None))
    assert find_lignes(demarche, "impact", "Dépenses de fonctionnement")[-1][0] == "Ensemble"
