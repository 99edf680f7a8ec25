"""Odd figures are told and kept; a sheet is read again before it is validated; the population is proposed."""

import html

import pytest
from tests.plateforme.diagnostic.outils_collecte import (
    build_mairie,
    build_ouverte,
    find_ligne,
    name,
    post_volet,
    read_form,
    record,
)
from tests.plateforme.fabriques import build_acteur_de, client_for, set_horloge

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.actions.publiques import list_proposees
from communaccord.plateforme.diagnostic.calculs.vraisemblance import list_doutes
from communaccord.plateforme.diagnostic.enums import EtatFiche
from communaccord.plateforme.diagnostic.lecture.classeur import read_classeur
from communaccord.plateforme.diagnostic.queries.campagnes import list_lignes_de, map_reponses
from communaccord.plateforme.diagnostic.queries.publiques import find_proposees
from communaccord.simulateur.tableau.types import FichierIllisible

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    set_horloge(monkeypatch)


def read(response):
    return html.unescape(response.content.decode()).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def tell(fiche):
    lignes = list_lignes_de(fiche)
    found = list_doutes(lignes, map_reponses(fiche), find_proposees(fiche))
    return {ligne.cle: found[ligne.pk] for ligne in lignes if ligne.pk in found}


@pytest.mark.parametrize(
    ("dite", "doute"),
    [(17_400, False), (34_800, False), (34_900, True), (8_700, False), (8_600, True), (0, True)],
)
def test_a_population_far_from_the_public_one_is_told_and_kept(dite, doute):
    _, fiche = build_mairie(build_ouverte()[0], 1)
    assert fiche.commune.population_municipale == 137
    fiche.commune.population_municipale = 174
    secretaire, _ = build_mairie(fiche.campagne, 1)
    assert record(secretaire, fiche, "population", valeur=dite).valeurs == {"valeur": dite}
    told = tell(fiche)
    assert bool(told) is doute
    if doute:
        (phrase,) = told["population"]
        assert "174 habitants en 2022 (population retenue par la démarche)" in phrase


def test_staff_costs_above_all_spending_and_more_time_than_people_are_told_and_kept():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    record(secretaire, fiche, "depenses_fonctionnement", valeur=10_000_000)
    record(secretaire, fiche, "frais_personnel", valeur=10_000_000)
    record(secretaire, fiche, "voirie_effectifs", agents=200, etp=200)
    assert tell(fiche) == {}
    record(secretaire, fiche, "frais_personnel", version=1, valeur=10_000_001)
    record(secretaire, fiche, "voirie_effectifs", version=1, agents=200, etp=250)
    told = {
        cle: " ".join(phrases).replace("\u202f", " ").replace("\u00a0", " ") for cle, phrases in tell(fiche).items()
    }
    assert told == {
        "frais_personnel": "Les frais de personnel dépassent les dépenses de fonctionnement (100 000 €) : à vérifier.",
        "voirie_effectifs": "Il y a plus d'équivalents temps plein (2,5) que d'agents (2) : à vérifier.",
    }
    page = read(client_for(secretaire).get(chemin(secretaire, "diagnostic:volet", fiche.pk, "personnel")))
    assert "À vérifier : Il y a plus d'équivalents temps plein (2,5)" in page.replace("</strong>", "")


def test_the_population_of_the_demarche_is_proposed_when_no_public_file_tells_it():
    _, fiche = build_mairie(build_ouverte()[0], 1)
    (proposee,) = [r for r in list_proposees(fiche) if r.ligne.cle == "population"]
    said = proposee.reponse
    assert (said.valeurs, said.annee, said.source) == ({"valeur": 13_700}, 2022, "population retenue par la démarche")


def test_a_sheet_is_read_again_before_it_is_validated():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    client, adresse = client_for(secretaire), chemin(secretaire, "diagnostic:fiche_valider", fiche.pk)
    page = client.get(chemin(secretaire, "diagnostic:fiche", fiche.pk)).content.decode()
    assert f'href="{adresse}"' in page
    assert f'action="{adresse}"' not in page
    vide = read(client.get(adresse))
    assert "0 ligne répondue, 26 vides." in vide
    assert "Cette fiche est vide" in vide
    record(secretaire, fiche, "voirie_effectifs", agents=200, etp=250)
    record(secretaire, fiche, "population", valeur=600_000)
    bilan = read(client.get(adresse))
    assert "2 lignes répondues, 24 vides." in bilan
    assert "Cette fiche est vide" not in bilan
    assert f"#ligne-{find_ligne(campagne, 'voirie_effectifs').pk}" in bilan
    assert "par le secrétariat de mairie" in bilan
    fiche.refresh_from_db()
    assert fiche.etat == EtatFiche.EN_COURS
    assert client.post(adresse).status_code == 302
    assert client.get(adresse)["Location"] == chemin(secretaire, "diagnostic:fiche", fiche.pk)


def test_only_the_mairie_reads_what_it_is_about_to_validate():
    campagne, equipe = build_ouverte()
    _, fiche = build_mairie(campagne)
    drh = build_acteur_de(campagne.demarche, Role.DRH)
    for acteur, status in ((equipe, 403), (drh, 403), (build_mairie(campagne, 1)[0], 404)):
        assert client_for(acteur).get(chemin(acteur, "diagnostic:fiche_valider", fiche.pk)).status_code == status


@pytest.mark.parametrize("contenu", [b"\x89PNG\r\n\x1a\nIHDR", b"Commune;Agents\nUne;3\n"], ids=["image", "texte"])
def test_what_is_no_workbook_is_told_so_whatever_its_name(contenu):
    with pytest.raises(FichierIllisible, match="ce n'est pas un classeur Excel"):
        read_classeur(contenu)


def test_a_fault_names_the_box_that_it_leads_to():
    secretaire, fiche = build_mairie(build_ouverte()[0])
    champs = read_form(fiche, "personnel")
    response = post_volet(
        client_for(secretaire), secretaire, fiche, "personnel", champs, voirie_effectifs__agents="9" * 12
    )
    page = read(response)
    assert response.status_code == 422
    lien = page.partition(f'<a href="#{name(fiche, "voirie_effectifs", "agents")}">')[2].partition("</a>")[0]
    assert ", agents : Ce nombre est démesuré" in lien


def test_a_refused_page_does_not_speak_of_what_was_written():
    campagne, equipe = build_ouverte()
    client = client_for(equipe)
    adresse = chemin(equipe, "diagnostic:fiche_valider", build_mairie(campagne)[1].pk)
    lue, postee = read(client.get(adresse)), read(client.post(adresse))
    assert "Cette page ne vous est pas ouverte" in lue
    assert "Rien n'a été enregistré" not in lue
    assert "Cet acte ne vous est pas ouvert" in postee
    assert "Rien n'a été enregistré" in postee
