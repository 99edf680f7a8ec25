"""Last part: a COPIL from its agenda to its relevé de conclusions, then an item of the conseil communautaire."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from tests.navigateur.demarche.fondation import EQUIPE, PRESIDENCE, SECRETAIRE, Gens, maire
from tests.navigateur.demarche.monde import Monde, expect_text
from tests.plateforme.fabriques import CODE

CONCLUSION = "Le comité retient le scénario présenté et demande un bilan à un an (fictif)."
LIEU = "Maison commune (fictive)"


def read_jour(monde: Monde) -> date:
    """The day it is on the site, whose clock was moved."""
    decalage = (monde.donnees / "horloge").read_text(encoding="ascii")
    return (datetime.now() + timedelta(seconds=int(decalage))).date()


def create_seance(page: Any, salle: str, instance: str, jour: date) -> None:
    """From the list of instances to a séance to prepare."""
    page.goto(f"{salle}instances/")
    page.locator("table").get_by_role("link", name=re.compile(instance)).first.click()
    page.get_by_role("link", name="Nouvelle séance").click()
    page.get_by_label("Jour", exact=True).fill(jour.isoformat())
    page.get_by_label("Heure").fill("18:30")
    page.get_by_label("Lieu", exact=True).fill(LIEU)


def convoke_copil(monde: Monde, gens: Gens) -> None:
    """An agenda with the dossier and the sentence of the round; a convocation with its calendar file."""
    page = monde.enter(EQUIPE)
    create_seance(page, gens.salle(EQUIPE), "Comité de pilotage", read_jour(monde) + timedelta(days=10))
    monde.look(page)
    page.locator("form.pile button[type=submit], form.pile .bouton").last.click()
    monde.look(page)
    page.get_by_role("link", name="Ajouter un point").click()
    page.get_by_label("Titre").fill("L'instruction des autorisations d'urbanisme")
    page.get_by_label("Ce qui est attendu").select_option("avis")
    page.locator("select[name=dossier]").select_option(index=1)
    page.locator("select[name=tour]").select_option(index=1)
    monde.look(page)
    page.locator("form.pile .bouton").last.click()
    monde.look(page)
    assert "commune" in page.locator(".resultat-tour").inner_text()
    page.get_by_role("button", name="Convoquer les membres").click()
    monde.look(page)
    monde.sweep()
    letter = monde.read_courriel(maire(0), "Convocation")
    names = {piece.get_filename(): piece for piece in letter.iter_attachments()}
    assert names["convocation.pdf"].get_content().startswith(b"%PDF-")
    calendar = names["seance.ics"].get_content()
    assert "BEGIN:VEVENT" in (calendar if isinstance(calendar, str) else calendar.decode())
    assert "METHOD:REQUEST" in (calendar if isinstance(calendar, str) else calendar.decode())


def answer_convocation(monde: Monde, gens: Gens) -> None:
    """Two mayors answer on a phone, one of them without script; the secretary answers for a third."""
    for courriel, commune, javascript in (
        (maire(0), "", True),
        (maire(1), "", False),
        (SECRETAIRE, gens.communes[2], True),
    ):
        page = monde.enter(courriel, "telephone", javascript=javascript)
        page.goto(gens.salle(courriel, commune))
        page.get_by_role("link", name="Répondre").first.click()
        monde.look(page) if javascript else None
        page.locator("input[name=reponse][value=present]").check(force=True)
        page.get_by_role("button", name="Répondre").click()
        expect_text(page, "Vous pouvez la changer")


def note_copil(monde: Monde, gens: Gens) -> None:
    """On the day: the presences start from the answers, the conclusion is a working opinion."""
    monde.advance(jours=10, heures=12)
    page = monde.enter(EQUIPE)
    page.goto(gens.salle(EQUIPE))
    monde.look(page)
    page.get_by_role("link", name="Noter").first.click()
    monde.look(page)
    page.get_by_role("link", name="Noter la séance").click()
    page.get_by_role("link", name="Partir des réponses aux convocations").click()
    monde.look(page)
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect_text(page, "3 sur")
    page.locator("textarea[name$=conclusion]").fill(CONCLUSION)
    page.get_by_role("button", name="Enregistrer ce point").click()
    page.get_by_role("button", name=re.compile("La séance s.est tenue")).click()
    monde.look(page)
    page.goto(page.url.partition("?")[0].replace("releve/", "") + "ecran/")
    monde.look(page)


def validate_releve(monde: Monde, gens: Gens) -> None:
    """The presidency reads again and validates with the code; the relevé leaves, in PDF and in DOCX."""
    page = monde.enter(PRESIDENCE)
    page.goto(gens.salle(PRESIDENCE))
    monde.look(page)
    page.get_by_role("link", name="Relire et valider").first.click()
    page.get_by_role("link", name="Valider le relevé").click()
    monde.look(page)
    expect_text(page, CONCLUSION, "sans valeur de décision")
    page.get_by_label("Votre code personnel").fill(CODE)
    page.get_by_role("button", name="Valider le relevé").click()
    monde.look(page)
    for suffix, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
        href = page.locator(f"a[href$='releve-de-conclusions.{suffix}']").first.get_attribute("href")
        assert page.request.get(href).body().startswith(start)
    monde.sweep()
    letter = monde.read_courriel(maire(0), "Relevé de conclusions")
    assert [piece.get_filename() for piece in letter.iter_attachments()] == ["releve-de-conclusions.pdf"]


def follow_conseil(monde: Monde, gens: Gens) -> None:
    """An item of the conseil communautaire, noted without script: its quorum and its majority are explained."""
    page = monde.enter(EQUIPE, javascript=False)
    create_seance(page, gens.salle(EQUIPE), "Conseil communautaire", read_jour(monde) - timedelta(days=2))
    page.get_by_label(re.compile("déjà tenue")).check()
    page.locator("form.pile .bouton").last.click()
    page.get_by_role("link", name="Ajouter un point").click()
    page.get_by_label("Titre").fill("Création du service commun (fictif)")
    page.get_by_label("Ce qui est attendu").select_option("deliberation")
    page.locator("form.pile .bouton").last.click()
    page.get_by_role("link", name="Noter le vote").first.click()
    page.get_by_label("Date de la délibération").fill((read_jour(monde) - timedelta(days=2)).isoformat())
    for nom, valeur in (("en_exercice", 30), ("presents", 20), ("pour", 15), ("contre", 4), ("abstentions", 1)):
        page.locator(f"input[name={nom}]").fill(str(valeur))
    page.locator("[name=adoptee]").first.select_option("oui")
    page.get_by_role("button", name="Enregistrer le vote").click()
    expect_text(page, "Adoptée", "15 pour, 4 contre")
    page.get_by_text("Quorum et majorité selon la règle").click()
    expect_text(page, "suffrages exprimés")
    seen = monde.enter(EQUIPE)
    seen.goto(page.url)
    monde.look(seen)
