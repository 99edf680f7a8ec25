"""Second part: a dossier made from a simulation, written, frozen, presented; the règle du jeu; a round launched."""

import re
from datetime import date, timedelta

from tests.navigateur.demarche.fondation import EQUIPE, SIREN, Gens, maire
from tests.navigateur.demarche.monde import Monde, expect_text
from tests.navigateur.test_parcours import fill_five_figures
from tests.plateforme.fabriques import CODE

DUREE = timedelta(days=21)
TEXTES = {
    "Objectif du projet de territoire servi": "Un accueil ouvert chaque jour dans chaque bassin de vie (fictif).",
    "Le service aujourd'hui": "Deux demi-journées par semaine (fictif).",
    "Le service demain": "Un remplacement sous trois jours (fictif).",
    "Ce qui change": "Le planning est partagé.",
    "Ce qui ne change pas": "Vous signez vos actes.",
    "Comment une commune en sort": "Préavis d'un an.",
}


def simulate(monde: Monde) -> str:
    """Anybody, on the public simulator: the link to bring to the dossier."""
    page = monde.open()
    page.goto(f"/simulateur/{SIREN}/")
    fill_five_figures(page)
    page.get_by_role("button", name="Voir le résultat").click()
    page.wait_for_url(re.compile(r"/simulateur/resultat/\?s="))
    return page.url


def prepare_dossier(monde: Monde, gens: Gens) -> None:
    """From the link to a dossier that the mayors read."""
    lien = simulate(monde)
    page = monde.enter(EQUIPE)
    page.goto(f"{gens.salle(EQUIPE)}dossiers/")
    monde.look(page)
    page.get_by_role("link", name="Ouvrir le premier dossier").click()
    page.get_by_text(re.compile("Partir d.une simulation déjà faite")).click()
    monde.look(page)
    page.get_by_label("Lien de la simulation").fill(lien)
    page.get_by_role("button", name="Reprendre cette simulation").click()
    page.wait_for_url(re.compile(r"/dossiers/\d+/"))
    monde.look(page)
    page.get_by_role("link", name="Modifier les textes").click()
    for libelle, texte in TEXTES.items():
        page.get_by_label(re.compile("^" + libelle.replace("'", "."))).first.fill(texte)
    page.get_by_label("Porté politiquement par").select_option(index=1)
    monde.look(page)
    page.get_by_role("button", name="Enregistrer").click()
    page.locator("section[aria-labelledby=scenarios] li a").first.click()
    monde.look(page)
    page.get_by_role("button", name="Figer ce scénario").click()
    monde.look(page)
    page.goto(re.match(r".*/dossiers/\d+/", page.url)[0])
    page.get_by_role("button", name="Présenter ce dossier").click()
    monde.look(page)
    expect_text(page, "présenté")


def adopt_regle(monde: Monde, gens: Gens) -> None:
    """The règle du jeu is prepared, then its adoption is recorded."""
    page = monde.enter(EQUIPE)
    page.goto(f"{gens.salle(EQUIPE)}table/")
    monde.look(page)
    page.get_by_role("button", name="Préparer la règle du jeu").click()
    monde.look(page)
    page.locator("input[name=mode][value=assesseurs]").check()
    page.get_by_role("button", name="Enregistrer").click()
    monde.look(page)
    expect_text(page, "Trois maires assesseurs sont tirés au sort")
    page.get_by_label(re.compile("Jour de l.adoption")).fill(date.today().isoformat())
    page.get_by_label("Adoptée par").fill("la conférence des maires")
    page.get_by_role("button", name=re.compile("Enregistrer l.adoption")).click()
    expect_text(page, "ne change plus")


def launch_tour(monde: Monde, gens: Gens) -> None:
    """A round of three weeks, which two of three mayors drawn by lot will open."""
    page = monde.enter(EQUIPE)
    page.goto(f"{gens.salle(EQUIPE)}table/preparer/")
    monde.look(page)
    jour = date.fromisoformat(page.get_by_label("Ouverture, jour").input_value()) - timedelta(days=7)
    page.locator("input[name=scenarios]").first.check()
    page.get_by_label("Ouverture, jour").fill((jour - timedelta(days=1)).isoformat())
    page.get_by_label("Clôture, jour").fill((jour + DUREE).isoformat())
    page.locator("input[name=mode][value=assesseurs]").check()
    page.get_by_role("button", name="Enregistrer").click()
    monde.look(page)
    page.get_by_label("Texte du tirage au sort").fill("Dit en conférence des maires (fictif)")
    page.get_by_role("button", name="Tirer au sort trois assesseurs").click()
    monde.look(page)
    accept_one(monde, gens, page.url)
    monde.backstage("assesseurs")
    page.reload()
    page.get_by_role("button", name="Lancer le tour").click()
    page.wait_for_url(re.compile("fait=lance"))
    monde.look(page)
    monde.sweep()
    for rang in range(len(gens.communes)):
        assert monde.read_courriel(maire(rang), "le tour est ouvert")


def accept_one(monde: Monde, gens: Gens, adresse: str) -> None:
    """The first mayor called accepts with the code; the two others do the same backstage."""
    monde.sweep()
    called = [m for m in gens.mandats if m[0].startswith("maire") and has_letter(monde, m[0])]
    assert len(called) == 3
    page = monde.enter(called[0][0], "telephone")
    page.goto(gens.salle(*called[0]))
    page.get_by_role("link", name="Répondre").first.click()
    monde.look(page)
    page.get_by_label("Votre code personnel").fill(CODE)
    page.get_by_role("button", name="Accepter").click()
    expect_text(page, "C'est accepté")


def has_letter(monde: Monde, courriel: str) -> bool:
    return any("maire assesseur" in str(message["Subject"]) for message in monde.list_courriels(courriel))
