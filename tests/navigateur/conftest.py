"""A real server, as `make run` starts it, and a real browser; axe reads every page in French."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

RACINE = Path(__file__).resolve().parents[2]
VENDOR = Path(__file__).parent / "vendor"
BIN = Path(sys.executable).parent
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LARGEURS = {"bureau": {"width": 1280, "height": 900}, "telephone": {"width": 390, "height": 844}}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """One worker for the pages, one for each journey: what shares a site stays together."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.navigateur)
            item.add_marker(pytest.mark.xdist_group(f"navigateur-{item.path.parent.name}"))


@pytest.fixture(autouse=True, scope="session")
def together(request):
    """On several workers, pytest-xdist writes the group after the name of each test: groups are really held."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        ours = [item.nodeid for item in request.session.items if item.get_closest_marker("navigateur")]
        assert all("@navigateur-" in name for name in ours), (
            "les essais d'un même site sont dispersés (--dist loadgroup)"
        )


@pytest.fixture(scope="session")
def executable():
    if os.environ.get("COMMUNACCORD_SANS_NAVIGATEUR") == "1":
        pytest.skip("navigateur écarté à votre demande (COMMUNACCORD_SANS_NAVIGATEUR=1)")
    found = os.environ.get("COMMUNACCORD_NAVIGATEUR") or shutil.which("chromium")
    assert found, "Chromium est introuvable : lancez « make test », qui l'installe."
    return found


def build_demo(folder: Path) -> dict[str, str]:
    """A demo in this folder, its letters in files."""
    return build_environnement(
        folder,
        COMMUNACCORD_DEMO="1",
        COMMUNACCORD_COURRIEL="django.core.mail.backends.filebased.EmailBackend",
        DJANGO_SETTINGS_MODULE="communaccord.plateforme.config.settings",
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_served(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "le serveur s'est arrêté au démarrage"
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError("le serveur ne répond pas au bout d'une minute")


def build_environnement(folder: Path, **values: str) -> dict[str, str]:
    """The product as somebody installs it, in this folder."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return {
        **kept,
        "COMMUNACCORD_DONNEES": str(folder),
        "COMMUNACCORD_SECRET_KEY": "seulement-pour-le-navigateur-" + "0123456789" * 4,
        "PYTHONPATH": os.pathsep.join([str(RACINE / "src"), str(RACINE)]),
        **values,
    }


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills. The workers of one run share it: the first to come makes it, the others wait."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    ready = folder.with_name(f"{name}-pret")
    try:
        folder.mkdir()
    except FileExistsError:
        wait_for(ready)
        return folder
    make(folder)
    ready.touch()
    return folder


@pytest.fixture(scope="session")
def fonds(tmp_path_factory):
    """A folder with the tables, the reference data of France and the static files: made once, copied by each site."""
    commands = ["migrate", "--verbosity", "0"], ["charger_reference"], ["collectstatic", "--noinput", "-v", "0"]

    def make(folder: Path) -> None:
        for command in commands:
            run_manage(build_environnement(folder), *command)

    return make_once(tmp_path_factory, "fonds", make)


@pytest.fixture(scope="session")
def fonds_demo(tmp_path_factory, fonds):
    """The same with the story of the demo, told once, its letters in files; copied by each demo."""

    def make(folder: Path) -> None:
        run_manage(build_demo(copy_fonds(fonds, folder)), "charger_demo")

    return make_once(tmp_path_factory, "fonds-demo", make)


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 300
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} n'est pas venu : un autre essai a échoué avant nous"
        time.sleep(0.2)


def run_manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=RACINE, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def copy_fonds(fonds: Path, folder: Path) -> Path:
    """A site of its own on the same reference data."""
    shutil.copytree(fonds, folder, dirs_exist_ok=True)
    return folder


@contextmanager
def serve(environment: dict[str, str]):
    """Granian on a free port, until the end of the block; gives its address."""
    port = free_port()
    command = [BIN / "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "1", "--log-level", "error", "communaccord.plateforme.config.wsgi:application"]
    process = subprocess.Popen(command, cwd=RACINE, env=environment)
    try:
        wait_until_served(f"http://localhost:{port}/", process)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def site(tmp_path_factory, fonds):
    """Address of the product served by granian on a fresh SQLite database with the reference data of France."""
    with serve(build_environnement(copy_fonds(fonds, tmp_path_factory.mktemp("site")))) as address:
        yield address


@pytest.fixture(scope="session")
def site_demo(tmp_path_factory, fonds_demo):
    """Address of the demo, its invented territory loaded."""
    with serve(build_demo(copy_fonds(fonds_demo, tmp_path_factory.mktemp("demo")))) as address:
        yield address


@pytest.fixture(scope="session")
def browser(executable):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(params=LARGEURS)
def largeur(request):
    return request.param


@pytest.fixture
def open_page(browser, site):
    """Open pages that fail the test on any JavaScript error or console error; closed at the end."""
    contexts, errors = [], []

    def note(message):
        errors.append(f"{message.text} ({message.location['url']})")

    def build(largeur="bureau", **options):
        context = browser.new_context(
            viewport=LARGEURS[largeur], locale="fr-FR", timezone_id="Europe/Paris", base_url=site, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: note(message) if message.type == "error" else None)
        return page

    yield build
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture(scope="session")
def check_axe():
    """Run axe (WCAG 2.1 A and AA, best practices) on a page; any violation is told in French with its place.

    `only`: the names of the rules to run, when the page was read whole already (the dark palette, for one).
    """
    axe = (VENDOR / "axe.min.js").read_text(encoding="utf-8")
    locale = json.loads((VENDOR / "axe.fr.json").read_text(encoding="utf-8"))

    def check(page, only=None):
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(axe)
        page.evaluate("locale => axe.configure({locale})", locale)
        options = {"resultTypes": ["violations"], **({"runOnly": only} if only else {})}
        violations = page.evaluate("async options => (await axe.run(document, options)).violations", options)
        told = [
            f"{v['id']} : {v['help']} — " + " ; ".join(" ".join(n["target"]) for n in v["nodes"][:5])
            for v in violations
        ]
        assert not told, f"{page.url} ({page.viewport_size['width']} px)\n" + "\n".join(told)

    return check


# What goes past the right edge and is not in a part that scrolls by itself, outermost first.
DEBORDENT = """() => {
    const alone = e => getComputedStyle(e).overflowX !== 'visible';
    const scrolls = e => e && e !== document.body && (alone(e) || scrolls(e.parentElement));
    return [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .filter(e => !scrolls(e.parentElement)).slice(0, 5).map(e => e.outerHTML.slice(0, 300));
}"""


@pytest.fixture(scope="session")
def check_reflow():
    """No page scrolls sideways, whatever the width of the window."""

    def check(page):
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 1, f"{page.url} déborde de {overflow} px en largeur : {page.evaluate(DEBORDENT)}"

    return check
