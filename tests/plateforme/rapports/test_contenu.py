"""The matter of the rapport: the figures of the pages, no more and no less; small numbers told to nobody."""

from dataclasses import replace

import pytest
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige
from tests.plateforme.fabriques import INSTANT, build_demarche, client_for, list_communes
from tests.plateforme.rapports.fabrique import build_matiere, settle

from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.actions import Chiffres, present_dossier, record_chiffres
from communaccord.plateforme.dossiers.models import DonneesCommune, EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.rapports.actions import Choix, record_choix
from communaccord.plateforme.rapports.pages.contenu import build_blocs, build_contenu, list_manques_partie
from communaccord.plateforme.rapports.pages.contenu.effectifs import (
    INCONNU,
    NON_PUBLIE,
    Effectif,
    tell_commune,
    tell_epci,
    tell_total,
)
from communaccord.plateforme.rapports.pages.contenu.montants import (
    ARRONDIS,
    ARRONDIS_ECART,
    list_arrondis,
    read_montant,
)
from communaccord.plateforme.rapports.queries import Sources
from communaccord.plateforme.socle.typographie import prose

pytestmark = pytest.mark.django_db


def list_tableaux(blocs):
    return {bloc["titre"]: bloc for bloc in blocs if bloc["type"] == "tableau"}


def find_tableau(demarche, cle, debut):
    tables = list_tableaux(build_blocs(Sources(demarche), cle))
    return next(bloc for titre, bloc in tables.items() if titre.startswith(debut))


def test_every_amount_of_an_action_is_on_the_page_of_its_scenario():
    demarche, dossier, equipe, _ = build_matiere(8)
    scenario = Scenario.objects.get()
    page = client_for(equipe).get(chemin(equipe, "dossiers:scenario", dossier.pk, scenario.pk)).content.decode()
    table = find_tableau(demarche, "actions", "Effectifs et dépenses")
    communes = table["lignes"][1:-1]
    assert len(communes) == 8
    for nom, _avant, _apres, depense, contribution, ecart in communes:
        for texte in (nom, depense, contribution, ecart):
            assert f">{texte}<" in page or texte in page, (nom, texte)
    lines = page.split("<tr")
    for nom, *_, contribution, ecart in communes:
        assert any(nom in line and contribution in line and ecart in line for line in lines), nom


def test_the_annex_of_a_commune_is_what_its_fiche_says():
    demarche, dossier, equipe, _ = build_matiere(4)
    for commune in list_communes(demarche):
        page = client_for(equipe).get(chemin(equipe, "dossiers:fiche", dossier.pk, commune.pk)).content.decode()
        bloc = find_tableau(demarche, "annexes", commune.nom)
        assert bloc["commune"] == commune.code
        (ligne,) = bloc["lignes"]
        for texte in ligne[3:]:
            assert prose(texte) in page, (commune.nom, texte)


def read_somme(demarche, column):
    """The exact sum of a column of the effects, as an amount shown."""
    scenarios = [action.scenario.pk for action in Sources(demarche).chiffrees]
    found = sum(getattr(effet, column) for effet in EffetCommune.objects.filter(scenario__in=scenarios, participe=True))
    return Plume().write(found)


@pytest.mark.parametrize(("cle", "debut"), [("impact", "Dépenses de fonctionnement"), ("actions", "Effectifs et")])
def test_a_total_is_the_rounding_of_the_exact_total_and_the_note_says_so(cle, debut):
    # Six contributions whose roundings do not add up to that of their sum.
    demarche, *_ = build_matiere(6)
    *lignes, total = find_tableau(demarche, cle, debut)["lignes"]
    assert total[-2] == read_somme(demarche, "contribution")
    assert total[-3] == read_somme(demarche, "depense")
    communes = [ligne for ligne in lignes if ligne[0] != "Intercommunalité"]
    shown = sum(read_montant(ligne[-2]) for ligne in communes)
    notes = [bloc["texte"] for bloc in build_blocs(Sources(demarche), cle) if bloc["type"] == "note"]
    assert shown != read_montant(total[-2])
    assert ARRONDIS in notes


def test_the_note_on_rounding_is_there_only_where_it_is_needed():
    euro = "\u00a0€"
    juste = [("A", f"100{euro}", f"200{euro}", f"+100{euro}"), ("B", "sans objet", "sans objet", "sans objet")]
    assert list_arrondis([*juste, ("Ensemble", f"100{euro}", f"200{euro}", f"+100{euro}")]) == []
    assert list_arrondis([*juste, ("Ensemble", f"100{euro}", f"300{euro}", f"+200{euro}")]) == [ARRONDIS]
    assert list_arrondis([*juste, ("Ensemble", "non connu", f"200{euro}", "non connu")]) == []
    off = ("A", f"1\u202f200{euro}", f"1\u202f100{euro}", f"−90{euro}")
    assert list_arrondis([off, ("Ensemble", *off[1:])]) == [ARRONDIS_ECART]


def test_each_action_says_which_of_the_two_contents_it_lacks():
    demarche, dossier, equipe, _ = build_matiere()
    manques = list_manques_partie(Sources(demarche), "impact", "")
    assert [manque.partition(" : ")[2] for manque in manques] == [
        "les effectifs de l'intercommunalité, avant et après",
        "la dépense d'aujourd'hui de l'intercommunalité",
        "les effectifs de 3\u00a0communes",
    ]
    settle(dossier, equipe)
    assert len(list_manques_partie(Sources(demarche), "impact", "")) == 1
    DonneesCommune.objects.update(agents=6, agents_concernes=0)
    table = find_tableau(demarche, "impact", "L'intercommunalité")
    assert table["lignes"] == [
        [dossier.titre, "12", "14", "12\u202f000\u00a0€", "54\u202f000\u00a0€", "+42\u202f000\u00a0€"]
    ]


def test_an_unknown_spending_is_never_a_zero():
    demarche = build_demarche(3)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    for rang, commune in enumerate(list_communes(demarche)):
        valeurs = {"volume": "10"} | ({"depense_actuelle": "1000"} if rang else {})
        record_chiffres(
            acteur=equipe,
            instant=INSTANT,
            dossier=dossier,
            commune=commune,
            version=0,
            chiffres=Chiffres(valeurs, agents=6, agents_concernes=0),
        )
    build_fige(dossier, equipe)
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    *_, total = find_tableau(demarche, "impact", "Dépenses de fonctionnement")["lignes"]
    assert (total[2], total[4]) == ("non connu", "non connu")
    assert "la dépense d'aujourd'hui de 1\u00a0commune" in " ".join(
        list_manques_partie(Sources(demarche), "impact", "")
    )


def build_effectif(avant, concernes, commune=1, **flags):
    return Effectif(commune, avant, concernes, None if avant is None else avant - concernes, **flags)


def build_epci(avant, apres):
    return Effectif(None, avant, None, apres)


def test_a_small_number_is_told_by_ranges_and_no_total_gives_it_away():
    small, large = build_effectif(7, 3), build_effectif(20, 6, 2)
    assert tell_commune(small) == ("5 ou plus", "moins de 5")
    assert tell_commune(large) == ("20", "14")
    assert tell_commune(build_effectif(None, None)) == (INCONNU, INCONNU)
    assert tell_total([large, large]) == ("40", "28")
    # 20 + at least 5, 14 + at least 1: nothing but what the ranges already say.
    assert tell_total([small, large]) == ("au moins 25", "au moins 15")
    # Small in the dossier (people lent, created posts): told by ranges too; the one that receives is not told.
    assert tell_commune(build_effectif(20, 6, petit=True)) == ("5 ou plus", "5 ou plus")
    assert tell_commune(build_effectif(20, 0, receveur=True)) == ("20", NON_PUBLIE)
    assert tell_total([large, build_effectif(30, 0, receveur=True)]) == ("50", "au moins 14")


def test_the_rise_of_the_epci_does_not_tell_what_one_small_commune_brings():
    small, large = build_effectif(7, 3), build_effectif(20, 6, 2)
    assert tell_epci(build_epci(30, 36), [large]) == ("30", "36")
    assert tell_epci(build_epci(30, 39), [small, large]) == ("30", NON_PUBLIE)
    # Three small communes: even the one that knows what it brings cannot tell what the two others do.
    three = [small, build_effectif(9, 2, 3), build_effectif(8, 4, 4), large]
    assert tell_epci(build_epci(30, 45), three) == ("30", "45")
    # Two: the one that knows what it brings would know the other.
    assert tell_epci(build_epci(30, 41), [small, build_effectif(9, 2, 3), large]) == ("30", NON_PUBLIE)
    # Two people from two communes: one each, surely.
    assert tell_epci(build_epci(30, 32), [build_effectif(7, 1), build_effectif(9, 1, 3)]) == ("30", NON_PUBLIE)
    assert tell_epci(build_epci(3, 9), []) == ("moins de 5", "5 ou plus")


def test_the_scenario_is_the_one_that_people_chose_and_none_when_several_wait():
    demarche, dossier, equipe, _ = build_matiere(scenarios=2)
    assert Sources(demarche).actions[0].scenario is None
    assert list_manques_partie(Sources(demarche), "actions", "")
    second = Scenario.objects.get(rang=2)
    choix = Choix(scenario=second)
    record_choix(acteur=equipe, instant=INSTANT, dossier=dossier, version=0, choix=choix)
    assert Sources(demarche).actions[0].scenario == second
    record_choix(acteur=equipe, instant=INSTANT, dossier=dossier, version=1, choix=replace(choix, retenue=False))
    assert Sources(demarche).retenues == ()
    assert Sources(demarche).chiffrees == ()


def test_the_document_says_plainly_what_is_not_there_yet():
    demarche = build_demarche(2)
    contenu = build_contenu(Sources(demarche), {"mot": "  Bonjour.  "})
    textes = str(contenu)
    assert contenu["parties"][0] == {
        "cle": "mot",
        "titre": "Le mot de la présidence",
        "blocs": [],
        "ecrit": "Bonjour.",
    }
    assert "L'état des lieux n'est pas encore figé." in textes
    assert "Le projet de territoire n'a pas encore d'orientation." in textes
    assert "Le précadrage politique n'est pas encore validé." in textes
    assert "obligatoire" not in textes
    assert build_contenu(Sources(demarche), {})["parties"][0]["cle"] == "contexte"


def test_the_matter_is_read_in_a_bounded_number_of_queries(django_assert_num_queries):
    demarche, *_ = build_matiere(6)
    # One query each, the plan in three: communes, instances, plan, cadre, photographie, dossiers, scénarios, choix,
    # effets, agents, coûts oubliés, phases, présences.
    with django_assert_num_queries(15):
        build_contenu(Sources(demarche), {})
