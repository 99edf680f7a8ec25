"""First part of the journey: an account, the démarche of a real territory, its people, its instances."""

import re
from dataclasses import dataclass
from typing import Any

from tests.navigateur.demarche.monde import Monde, expect_text
from tests.plateforme.fabriques import CODE

SIREN = "200035848"
EQUIPE, PRESIDENCE, ADMIN = "equipe@example.fr", "presidence@example.fr", "administration@example.fr"
SECRETAIRE = "secretaire@example.fr"
MAIRE_AU_TELEPHONE = 4
ENTETE = "Nom ou fonction\tRôle\tCommune\tFonction\tCourriel"


@dataclass(frozen=True)
class Gens:
    """The communes in the order of the list, and the number of the mandate of each address and commune."""

    communes: list[str]
    mandats: dict[tuple[str, str], int]

    def salle(self, courriel: str, commune: str = "") -> str:
        """One's own page; ``commune`` for the secretary, who has three hats."""
        return f"/m/{self.mandats[courriel, commune]}/"


def maire(rang: int) -> str:
    """The address of the mayor of the commune of this rank, from 0."""
    return f"maire{rang + 1}@example.fr"


def sign_up(monde: Monde) -> None:
    """A new account: an address, then the code that it receives."""
    page = monde.open()
    page.goto("/compte/signup/")
    monde.look(page)
    page.get_by_label("Votre adresse électronique").fill(EQUIPE)
    page.get_by_role("button", name="Créer mon compte").click()
    monde.look(page)
    page.get_by_label("Code de six chiffres").fill(monde.read_code(EQUIPE))
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url(re.compile("/mes-demarches/"))
    monde.look(page)


def sign_in(monde: Monde, courriel: str, largeur: str = "bureau") -> Any:
    """By the code received by e-mail."""
    page = monde.open(largeur)
    page.goto("/mes-demarches/")
    monde.look(page)
    page.get_by_label("Votre adresse électronique").fill(courriel)
    page.get_by_role("button", name="Continuer", exact=True).click()
    monde.look(page)
    page.get_by_label("Code de six chiffres").fill(monde.read_code(courriel))
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url(re.compile("/mes-demarches/|/m/"))
    return page


def open_demarche(monde: Monde) -> None:
    """From the portrait of the territory, in a minute."""
    page = monde.enter(EQUIPE)
    page.goto(f"/territoires/{SIREN}/")
    page.get_by_role("link", name=re.compile("Ouvrir la démarche")).first.click()
    monde.look(page)
    page.get_by_label("Votre nom").fill("Chargée de mission (fictif)")
    page.get_by_label("Votre fonction").fill("Chargée de mission mutualisation")
    page.get_by_label("Votre place dans la démarche").select_option("equipe_projet")
    page.get_by_role("button", name="Ouvrir la démarche").click()
    page.wait_for_url(re.compile("fait=ouverte"))
    monde.look(page)
    expect_text(page, "attend d'être confirmée")


def confirm_demarche(monde: Monde) -> None:
    """Who administers the installation confirms, and reads nothing of the démarche."""
    monde.manage("creer_administrateur", ADMIN)
    page = sign_in(monde, ADMIN)
    page.goto("/compte/administration/")
    monde.look(page)
    page.get_by_label(re.compile("Comment vous l.avez vérifié")).fill("appel au siège (fictif)")
    page.get_by_role("button", name="Confirmer").click()
    expect_text(page, "confirmée")


def write_liste(communes: list[str]) -> str:
    """A small table as it is copied from a spreadsheet: the presidency, each mayor, a secretary of three communes."""
    lines = [ENTETE, f"Présidence (fictif)\tprésident\t\tPrésidence\t{PRESIDENCE}"]
    lines += [f"Maire de {c} (fictif)\tmaire\t{c}\t\t{maire(rang)}" for rang, c in enumerate(communes)]
    lines += [f"Secrétariat partagé (fictif)\tsecrétaire\t{c}\t\t{SECRETAIRE}" for c in communes[:3]]
    return "\n".join(lines)


def import_personnes(monde: Monde) -> None:
    """A list is pasted, read, then enters whole."""
    page = monde.enter(EQUIPE)
    page.goto("/mes-demarches/")
    page.get_by_role("link", name="Territoire").click()
    monde.look(page)
    communes = [texte.strip() for texte in page.locator("tbody tr th").all_inner_texts()]
    page.get_by_role("link", name="Personnes", exact=True).click()
    monde.look(page)
    page.get_by_role("link", name="Coller ou importer une liste").click()
    monde.look(page)
    page.get_by_label(re.compile("Cellules copiées")).fill(write_liste(communes))
    page.get_by_role("button", name="Lire la liste").click()
    monde.look(page)
    page.get_by_role("button", name="Faire entrer ces personnes").click()
    page.wait_for_url(re.compile("fait=importees"))


def read_gens(monde: Monde) -> Gens:
    """Who came in, with their mandates."""
    rows = monde.backstage("mandats")
    maires = {row["courriel"]: row["commune"] for row in rows if row["role"] == "maire"}
    shared = {SECRETAIRE}
    mandats = {(row["courriel"], row["commune"] if row["courriel"] in shared else ""): row["pk"] for row in rows}
    return Gens([maires[maire(rang)] for rang in range(len(maires))], mandats)


def invite_personnes(monde: Monde, gens: Gens) -> None:
    """Once confirmed: everybody is written to, by the sweep."""
    page = monde.enter(EQUIPE)
    page.goto(f"{gens.salle(EQUIPE)}personnes/")
    page.get_by_role("button", name=re.compile(r"^Inviter \d+")).click()
    page.wait_for_url(re.compile("fait=invitees"))
    monde.sweep()
    invitation = monde.read_courriel(SECRETAIRE)
    assert monde.adresse in invitation.get_body(("plain",)).get_content()


def give_code(monde: Monde, gens: Gens) -> None:
    """One code is given by hand, then replaced by the mayor on the phone; the others are given backstage."""
    courriel = maire(MAIRE_AU_TELEPHONE)
    page = monde.enter(EQUIPE)
    page.goto(f"{gens.salle(EQUIPE)}personnes/")
    page.get_by_label("Nom, commune ou adresse").fill(courriel)
    page.get_by_role("button", name="Filtrer").click()
    page.locator("tbody a").first.click()
    monde.look(page)
    page.get_by_role("button", name=re.compile("Montrer un code")).click()
    monde.look(page)
    provisional = page.locator(".code-montre").inner_text()
    phone = sign_in(monde, courriel, "telephone")
    monde.look(phone)
    phone.get_by_role("link", name="Choisir mon code").click()
    monde.look(phone)
    phone.get_by_label("Code de la lettre").fill(provisional)
    phone.get_by_label("Code que vous choisissez").fill(CODE)
    phone.get_by_label("Le même, une seconde fois").fill(CODE)
    phone.get_by_role("button", name="Garder ce code").click()
    expect_text(phone, "Votre code est choisi")
    monde.backstage("codes", courriel)


def install_instances(monde: Monde, gens: Gens) -> None:
    """What is proposed is accepted."""
    page = monde.enter(EQUIPE)
    page.goto(f"{gens.salle(EQUIPE)}instances/")
    monde.look(page)
    page.get_by_role("link", name="Installer les instances proposées").click()
    monde.look(page)
    page.get_by_role("button", name="Installer les instances choisies").click()
    monde.look(page)
    expect_text(page, "Comité de pilotage", "Conseil communautaire")
