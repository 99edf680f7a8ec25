"""Sums, masks and shares of a scenario in depth: conservation of staff, what small numbers hide, exact cents."""

import pytest
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige
from tests.plateforme.fabriques import build_acteur_de, build_demarche

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.bridge.budget import AnneeCommune, BudgetFige, read_budget, share_montant
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import CoutOublie, EffectifEmployeur
from communaccord.plateforme.dossiers.pages.budget import list_lignes_epci
from communaccord.plateforme.dossiers.pages.couts import compute_budget
from communaccord.plateforme.dossiers.pages.employeurs import (
    PAS_MONTREES,
    Bilan,
    build_employeurs,
    compute_bilan,
    list_masquees,
    write_bilan,
)
from communaccord.plateforme.dossiers.queries import read_resultat
from communaccord.plateforme.territoires.models import CommuneMembre

pytestmark = pytest.mark.django_db


def flatten(texte):
    """Without the spaces of French typography."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def build_lignes(*agents):
    """Lines that are not saved: the first is the EPCI."""
    communes = [None, *(CommuneMembre(pk=rang, code=f"F{rang:03}", nom=f"C{rang}") for rang in range(1, len(agents)))]
    return [
        EffectifEmployeur(pk=rang + 1, commune=c, **a) for rang, (c, a) in enumerate(zip(communes, agents, strict=True))
    ]


def test_lamballe_keeps_its_agents():
    """T7 of the practice: 220 and 200 before, 120 and 300 after, 100 transferred; 420 = 420."""
    lignes = build_lignes({"avant": 200, "arrivent": 100}, {"avant": 220, "partent": 100})
    assert [ligne.compute_apres() for ligne in lignes] == [300, 120]
    bilan = compute_bilan(lignes)
    assert (bilan.avant, bilan.apres, bilan.manquants) == (420, 420, 0)
    (phrase,) = write_bilan(bilan, compute_bilan(lignes, "_etp"), entier=True)
    assert flatten(phrase) == "420 agents avant, 420 après : autant."


@pytest.mark.parametrize(
    ("epci", "commune", "told"),
    [
        (
            {"avant": 200, "arrivent": 98},
            {"avant": 220, "partent": 100},
            "100 quitteraient un employeur et 98 seraient",
        ),
        ({"avant": 9, "crees": 2}, {"avant": 9}, "18 agents avant, 20 après : 2 postes créés, 0 poste supprimé."),
        ({"avant": 9}, {"avant": 9, "supprimes": 1}, "18 agents avant, 17 après : 0 poste créé, 1 poste supprimé."),
    ],
)
def test_what_does_not_balance_is_told(epci, commune, told):
    lignes = build_lignes(epci, commune)
    phrase = write_bilan(compute_bilan(lignes), compute_bilan(lignes, "_etp"), entier=True)[0]
    assert told in flatten(phrase)


def test_small_numbers_and_what_gives_them_away_are_masked():
    lignes = build_lignes(
        {"avant": 30, "arrivent": 11}, {"avant": 20, "partent": 3}, {"avant": 20, "partent": 8}, {"avant": 12}
    )
    assert list_masquees(lignes) == {1, 2}
    demarche = build_demarche(1)
    maire = build_acteur_de(demarche, Role.PRESIDENT)
    table = build_employeurs(maire, Lecture.TOUT, lignes)
    assert [ligne["cellules"][1] for ligne in table["lignes"]] == ["masqué", "masqué", "8", "0"]
    assert table["total"] == []
    assert not any(char.isdigit() for phrase in table["phrases"] for char in phrase)
    assert build_employeurs(build_equipe(demarche), Lecture.TOUT, lignes)["total"][0] == "82"
    agent = build_acteur_de(demarche, Role.AGENT)
    assert [ligne["nom"] for ligne in build_employeurs(agent, Lecture.TEXTES, lignes)["lignes"]] == ["Intercommunalité"]


def test_the_total_is_that_of_the_lines_shown():
    agent = build_acteur_de(build_demarche(1), Role.AGENT)
    many = build_lignes({"avant": 0, "arrivent": 18}, *[{"avant": 20, "partent": 6}] * 3)
    table = build_employeurs(agent, Lecture.TEXTES, many)
    assert [ligne["nom"] for ligne in table["lignes"]] == ["Intercommunalité", "3 communes, ensemble"]
    for rang, total in enumerate(table["total"]):
        assert sum(int(ligne["cellules"][rang]) for ligne in table["lignes"]) == int(total)
    few = build_employeurs(agent, Lecture.TEXTES, build_lignes({"avant": 0, "arrivent": 6}, {"avant": 6, "partent": 6}))
    assert [ligne["nom"] for ligne in few["lignes"]] == ["Intercommunalité"]
    assert few["total"] == []
    assert PAS_MONTREES in few["phrases"]
    everybody = build_employeurs(agent, Lecture.TOUT, many)
    assert (len(everybody["lignes"]), everybody["total"][1]) == (4, "18")


def test_full_time_equivalents_without_people_are_masked_too():
    assert list_masquees(build_lignes({"avant": 10}, {"avant_etp": 80})) == {2}
    assert list_masquees(build_lignes({"avant": 10}, {"avant": 8, "avant_etp": 300})) == set()


def build_petit_budget():
    communes = {code: (AnneeCommune(c, 5_000, None, None, None),) * 2 for code, c in (("a", 100), ("b", 0), ("c", 50))}
    lignes = (("Personnel", "Postes", (200, 200)), ("Subventions", "Aide", (-50, -50)))
    return BudgetFige((2027, 2028), lignes, (150, 150), (0, 0), communes)


def test_costs_are_shared_to_the_cent():
    couts = [
        CoutOublie(poste="alignement", etat="chiffre", montant=100, rythme="par_an", porteur="cle"),
        CoutOublie(
            poste="migration", etat="chiffre", montant=100, rythme="une_fois", annee=2028, porteur="parts_egales"
        ),
        CoutOublie(poste="locaux", etat="chiffre", montant=7, rythme="une_fois", porteur="epci"),
        CoutOublie(poste="residuels", etat="chiffre", montant=9, rythme="une_fois", annee=2040, porteur="epci"),
        CoutOublie(poste="indirects", etat="sans_objet", motif="x"),
    ]
    budget = compute_budget(build_petit_budget(), couts)
    assert budget.oublies == {"a": (67, 101), "b": (0, 33), "c": (33, 66)}
    assert [budget.sum_oublies(rang) for rang in (0, 1)] == [100, 200]
    assert budget.oublies_epci == (7, 0)
    assert budget.hors == ("Coûts qui restent dans les communes (2040)",)
    assert share_montant(5, {"a": 0, "b": 0}) == {"a": 3, "b": 2}
    lignes = {ligne.libelle: ligne.montants for ligne in list_lignes_epci(budget)}
    assert lignes["Dépenses"] == (207, 200)
    assert lignes["Recettes"] == (200, 200)
    assert lignes["Reste à la charge de l'intercommunalité"] == (7, 0)


@pytest.mark.parametrize(
    "couts",
    [
        {"fixes": [{"libelle": "Logiciel", "montant": "2 000"}]},
        {"part_epci_taux": "10", "subventions": [{"libelle": "Aide", "montant": "5 000"}]},
        {"mise_en_place": "9 000", "mise_en_place_annees": "2"},
    ],
)
def test_the_frozen_years_add_up(couts):
    """What the EPCI spends is what it receives and what it takes on itself, every year, to the cent."""
    dossier = build_dossier()
    equipe = build_equipe(dossier.demarche)
    fige = read_budget(read_resultat(build_fige(dossier, equipe, couts=couts)))
    budget = compute_budget(fige, [])
    lignes = {ligne.libelle: ligne.montants for ligne in list_lignes_epci(budget)}
    for rang, total in enumerate(fige.a_repartir):
        assert budget.sum_contributions(rang) + fige.restes[rang] == total
        part = -sum(m[rang] for famille, _, m in fige.lignes if famille == "Part de l'EPCI")
        assert lignes["Reste à la charge de l'intercommunalité"][rang] == part
        assert (part > 0) == ("part_epci_taux" in couts)


def test_what_the_service_really_has_is_said_beside_the_posts_of_each_employer():
    agents, etp = Bilan(11, 0, 0, 0, 0, 11), Bilan(1100, 0, 0, 0, 0, 1100, mis_a_disposition=200)
    detail = write_bilan(agents, etp, entier=True)[1]
    assert flatten(detail) == "En équivalents temps plein : 11 avant, 11 après, dont 2 mis à disposition du service."
