"""Third part: the answers of the communes, each by its own way; the closing; the plis opened by two of three mayors."""

import re
from typing import Any

from tests.navigateur.demarche.fondation import EQUIPE, MAIRE_AU_TELEPHONE, SECRETAIRE, Gens, maire
from tests.navigateur.demarche.monde import Doigt, Monde, expect_text, read_text
from tests.plateforme.fabriques import CODE

GESTES_MAX = 15
PAPIER, SANS_SCRIPT = 3, 5
CONDITION = "2 500"
SECRETES = "Des notes que personne d'autre ne lit (fictif)"


def reach_dossier(page: Any, doigt: Doigt) -> None:
    """From the answer of the commune to its first dossier, when one is not led there at once."""
    page.wait_for_url(re.compile(r"/reponse/(\d+/)?$"))
    if page.url.endswith("/reponse/"):
        doigt.tap(page.get_by_role("link", name="Répondre", exact=True).first)
        page.wait_for_url(re.compile(r"/reponse/\d+/$"))


def prepare_three(monde: Monde, gens: Gens) -> None:
    """The secretary of three communes prepares the three answers, from the one page of the account."""
    page = monde.enter(SECRETAIRE)
    for commune in gens.communes[:3]:
        page.goto("/mes-demarches/")
        monde.look(page)
        page.locator("ul.chapeaux a").filter(has_text=commune).first.click()
        monde.look(page)
        page.get_by_role("link", name="Préparer").first.click()
        reach_dossier(page, Doigt(page))
        monde.look(page)
        page.locator("input[name=position][value=favorable]").check()
        page.get_by_role("button", name="Relire toute la réponse").click()
        monde.look(page)
        page.get_by_role("button", name=re.compile("Envoyer au ou à la maire")).click()
        expect_text(page, "prévenue par courriel")
    monde.sweep()
    for rang in range(3):
        assert monde.read_courriel(maire(rang), "attend votre validation")


def validate_three(monde: Monde, gens: Gens) -> None:
    """Each mayor reads again and validates with the code, on a phone."""
    for rang in range(3):
        page = monde.enter(maire(rang), "telephone")
        page.goto(gens.salle(maire(rang)))
        doigt = Doigt(page)
        doigt.tap(page.get_by_role("link", name="Relire et valider").first)
        monde.look(page)
        doigt.type(page.get_by_label("Votre code personnel"), CODE)
        doigt.tap(page.get_by_role("button", name="Valider ma réponse"))
        expect_text(page, "La réponse est validée")
        assert len(doigt.gestes) == 3


def write_answer(page: Any, doigt: Doigt) -> None:
    """A position, one condition with its amount, a place, notes for oneself."""
    doigt.tap(page.locator("label", has=page.locator("input[name=position][value=sous_conditions]")))
    doigt.tap(page.locator("#c1-demande summary"))
    doigt.choose(page.locator("#c1-type"), page.locator("#c1-type option[value=contribution_max]").inner_text())
    doigt.type(page.locator("#c1-montant"), CONDITION)
    doigt.tap(page.locator("label", has=page.locator("input[name=c1-degre][value=condition_indispensable]")))
    doigt.tap(page.locator("label", has=page.locator("input[name=priorite][value=utile]")))


def answer_alone(monde: Monde, gens: Gens) -> None:
    """A mayor alone on a phone, from one's own page to the end; the gestures are counted."""
    courriel = maire(MAIRE_AU_TELEPHONE)
    page = monde.enter(courriel, "telephone")
    page.goto(gens.salle(courriel))
    monde.look(page)
    doigt = Doigt(page)
    doigt.tap(page.get_by_role("link", name="Répondre").first)
    reach_dossier(page, doigt)
    write_answer(page, doigt)
    doigt.tap(page.get_by_role("button", name="Relire toute la réponse"))
    expect_text(page, CONDITION)
    monde.look(page)
    doigt.type(page.get_by_label("Votre code personnel"), CODE)
    doigt.tap(page.get_by_role("button", name="Valider ma réponse"))
    expect_text(page, "La réponse est validée")
    assert CONDITION not in read_text(page)
    monde.look(page)
    monde.gestes = len(doigt.gestes)
    assert monde.gestes <= GESTES_MAX, doigt.gestes


def answer_sans_script(monde: Monde, gens: Gens) -> None:
    """The same answer in a browser that runs no script."""
    courriel = maire(SANS_SCRIPT)
    page = monde.enter(courriel, "telephone", javascript=False)
    page.goto(gens.salle(courriel))
    page.get_by_role("link", name="Répondre").first.click()
    reach_dossier(page, Doigt(page))
    page.locator("input[name=position][value=sous_conditions]").check(force=True)
    page.locator("#c1-demande summary").click()
    page.locator("#c1-type").select_option("contribution_max")
    page.locator("#c1-montant").fill("deux mille")
    page.get_by_text("Mes notes personnelles").click()
    page.locator("textarea[name=notes]").fill(SECRETES)
    page.get_by_role("button", name="Relire toute la réponse").click()
    assert page.locator("#c1-montant").input_value() == "deux mille"
    assert page.locator("textarea[name=notes]").input_value() == SECRETES
    page.locator("#c1-montant").fill(CONDITION)
    page.get_by_role("button", name="Relire toute la réponse").click()
    page.get_by_label("Votre code personnel").fill(CODE)
    page.get_by_role("button", name="Valider ma réponse").click()
    expect_text(page, "La réponse est validée")


def receive_enveloppe(monde: Monde, gens: Gens) -> None:
    """One commune answers on paper; the others, by the same actions as the pages."""
    page = monde.enter(EQUIPE)
    page.goto(f"{gens.salle(EQUIPE)}table/")
    page.get_by_role("link", name=re.compile("Tour de consultation")).first.click()
    page.get_by_role("link", name="Suivre, commune par commune").click()
    monde.look(page)
    assert CONDITION not in read_text(page)
    paper = page.request.get(page.get_by_role("link", name=re.compile("^Papier")).first.get_attribute("href"))
    assert paper.body().startswith(b"%PDF-")
    page.go_back()
    page.get_by_role("link", name="Enveloppes sur papier").click()
    monde.look(page)
    page.get_by_label("De quelle commune").select_option(label=gens.communes[PAPIER])
    page.get_by_role("button", name=re.compile("Enregistrer l.enveloppe")).click()
    monde.look(page)
    expect_text(page, "Fermées jusqu'à la clôture")
    monde.backstage("repondre", ",".join(gens.communes[6:]))


def close_tour(monde: Monde, gens: Gens) -> None:
    """The clock closes; the envelope is copied by one person, read again by another."""
    monde.advance(jours=22)
    page = monde.enter(EQUIPE)
    page.goto(f"{gens.salle(EQUIPE)}table/tours/1/enveloppes/")
    page.get_by_role("link", name="Ouvrir et recopier").click()
    monde.look(page)
    page.locator("input[name$=position][value=favorable]").check(force=True)
    page.get_by_role("button", name="Enregistrer la copie").click()
    monde.look(page)
    assesseur = list_assesseurs(monde, gens)[0]
    second = monde.enter(assesseur)
    second.goto(f"{gens.salle(assesseur)}table/tours/1/enveloppes/")
    second.get_by_role("link", name=re.compile("Relire")).first.click()
    monde.look(second)
    second.get_by_role("button", name="La copie est fidèle").click()
    expect_text(second, "confirmée")


def list_assesseurs(monde: Monde, gens: Gens) -> list[str]:
    """The mayors whom the clock called at the closing."""
    maires = [maire(rang) for rang in range(len(gens.communes))]
    return [m for m in maires if any("à ouvrir" in str(letter["Subject"]) for letter in monde.list_courriels(m))]


def open_plis(monde: Monde, gens: Gens) -> None:
    """Two of the three assesseurs bring their part; with the second, the result is published."""
    assesseurs = list_assesseurs(monde, gens)
    assert len(assesseurs) == 3
    for rang, courriel in enumerate(assesseurs[:2]):
        page = monde.enter(courriel, "telephone")
        page.goto(gens.salle(courriel))
        page.get_by_role("link", name="Apporter ma part").click()
        monde.look(page)
        page.get_by_label("Votre code personnel").fill(CODE)
        page.get_by_role("button", name="Apporter ma part de la clé").click()
        expect_text(page, "Votre part est apportée : 1 sur 2" if rang == 0 else "Ce qui est publié")
    monde.look(page)
    monde.sweep()
    assert monde.read_courriel(maire(0), "le résultat est publié")


def read_resultat(monde: Monde, gens: Gens) -> None:
    """The table reads counts; each commune, and it alone, reads what would meet its conditions."""
    courriel = maire(MAIRE_AU_TELEPHONE)
    page = monde.enter(courriel, "telephone")
    page.goto(f"{gens.salle(courriel)}table/tours/1/resultat/")
    monde.look(page)
    expect_text(page, "À vous seule", CONDITION)
    for link in page.locator("a[href*='resultat.'], a[href*='tableau.']").all():
        answer = page.request.get(link.get_attribute("href"))
        assert answer.ok
    other = monde.enter(EQUIPE)
    other.goto(f"{gens.salle(EQUIPE)}table/tours/1/resultat/")
    monde.look(other)
    text = read_text(other)
    assert "À vous seule" not in text
    assert CONDITION not in text
    assert SECRETES not in other.content()
