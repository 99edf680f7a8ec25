"""The world of the journey: a site, its clock, its sweep, its letters, and the browsers of its people."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError

from tests.navigateur.conftest import LARGEURS, RACINE

SEPARATEUR = re.compile(rb"^-{79}$", re.MULTILINE)
CODE_RECU = re.compile(r"\b\d{6}\b")
LANCEUR = "import django; django.setup(); from tests.navigateur.demarche.coulisses import main; main()"
ETROIT = {"width": 320, "height": 640}


@contextmanager
def open_coulisses(environnement: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The process beside the site that obeys ``Monde.backstage``."""
    command = [sys.executable, "-c", LANCEUR]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=RACINE, env=environnement, **pipes) as process:
        yield process
        process.stdin.close()


def read_text(page: Any, place: str = "main") -> str:
    """What is read there, with ordinary spaces and apostrophes."""
    return re.sub(r"[\u00a0\u202f]", " ", page.locator(place).first.inner_text()).replace("’", "'")


def expect_text(page: Any, *expected: str) -> None:
    """Wait until all of this is read on the page, whatever it is loading."""
    deadline, text = time.monotonic() + 15, ""
    while time.monotonic() < deadline:
        with suppress(PlaywrightError):
            text = read_text(page)
            if all(part in text for part in expected):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url} : {expected} attendu, lu :\n{text}")


@dataclass
class Doigt:
    """Counts what a person does on a phone: each tap, each field that is typed in, each choice of a list."""

    page: Any
    gestes: list[str] = field(default_factory=list)

    @property
    def tactile(self) -> bool:
        return self.page.viewport_size["width"] < LARGEURS["bureau"]["width"]

    def tap(self, place: Any) -> None:
        self.gestes.append("toucher")
        place.tap() if self.tactile else place.click()

    def type(self, place: Any, texte: str) -> None:
        self.gestes.append("écrire")
        place.tap()
        place.press_sequentially(texte)

    def choose(self, place: Any, libelle: str) -> None:
        """A list opens by one tap, its line is another."""
        self.gestes += ["toucher", "toucher"]
        place.select_option(label=libelle)


@dataclass
class Monde:
    """``vues``: kinds of pages looked at; ``erreurs``: what scripts complained of; ``gestes``: of the answer."""

    browser: Any
    adresse: str
    donnees: Path
    coulisses: subprocess.Popen[str]
    check_axe: Callable[[Any], None]
    check_reflow: Callable[[Any], None]
    sessions: dict[str, str] = field(default_factory=dict)
    contextes: list[Any] = field(default_factory=list)
    vues: list[str] = field(default_factory=list)
    erreurs: list[str] = field(default_factory=list)
    gestes: int = 0

    def open(self, largeur: str = "bureau", *, javascript: bool = True, cookie: str = "") -> Any:
        """A browser of its own; a phone is touched."""
        context = self.browser.new_context(
            viewport=LARGEURS[largeur],
            locale="fr-FR",
            timezone_id="Europe/Paris",
            base_url=self.adresse,
            java_script_enabled=javascript,
            has_touch=largeur == "telephone",
        )
        if cookie:
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.adresse}])
        self.contextes.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.erreurs.append(str(error)))
        page.on("console", lambda m: self.erreurs.append(m.text) if m.type == "error" and "422" not in m.text else None)
        return page

    def enter(self, courriel: str, largeur: str = "bureau", *, javascript: bool = True) -> Any:
        """The browser of somebody already signed in."""
        if courriel not in self.sessions:
            self.sessions = self.backstage("sessions")
        return self.open(largeur, javascript=javascript, cookie=self.sessions[courriel])

    def manage(self, *command: str) -> None:
        """A command of the site, as somebody would type it."""
        assert not (told := self.backstage("commande", *command)), told

    def backstage(self, acte: str, *arguments: str) -> Any:
        """What was already walked by the pages once is done again by the same actions."""
        self.coulisses.stdin.write(json.dumps([acte, *arguments]) + "\n")
        self.coulisses.stdin.flush()
        return json.loads(self.coulisses.stdout.readline())

    def sweep(self) -> None:
        self.manage("veiller")

    def advance(self, **pas: int) -> None:
        """Move the clock of the site forward, then let it do what the hour calls for."""
        self.manage("avancer_horloge", *(f"--{nom}={valeur}" for nom, valeur in pas.items()))
        self.sweep()

    def list_courriels(self, adresse: str) -> list[EmailMessage]:
        """Messages received at this address, the oldest first."""
        found = []
        for path in sorted((self.donnees / "courriels").glob("*.log")):
            for text in SEPARATEUR.split(path.read_bytes()):
                message = message_from_bytes(text.strip(), policy=policy.default)
                if message["To"] == adresse:
                    found.append(message)
        return found

    def read_courriel(self, adresse: str, sujet: str = "") -> EmailMessage:
        """The last message to this address whose subject holds ``sujet``."""
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            found = [m for m in self.list_courriels(adresse) if sujet in str(m["Subject"])]
            if found:
                return found[-1]
            time.sleep(0.1)
        subjects = [str(m["Subject"]) for m in self.list_courriels(adresse)]
        raise AssertionError(f"aucun message « {sujet} » pour {adresse} : {subjects}")

    def read_code(self, adresse: str) -> str:
        """The code of six digits of the last message."""
        text = self.read_courriel(adresse).get_body(("plain",)).get_content()
        found = CODE_RECU.search(text)
        assert found, text
        return found[0]

    def look(self, page: Any) -> None:
        """Axe at 1280 and 390 pixels, no sideways scroll at 320; each kind of page once."""
        kind = re.sub(r"\d+", "n", page.url.removeprefix(self.adresse).partition("?")[0]) + " " + page.title()
        if kind in self.vues:
            return
        self.vues.append(kind)
        before = page.viewport_size
        for largeur in LARGEURS.values():
            page.set_viewport_size(largeur)
            self.check_axe(page)
        page.set_viewport_size(ETROIT)
        self.check_reflow(page)
        page.set_viewport_size(before)

    def close(self) -> None:
        """Everybody leaves."""
        while self.contextes:
            self.contextes.pop().close()
