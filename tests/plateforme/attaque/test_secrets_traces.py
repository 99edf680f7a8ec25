"""What is left behind: the database and its dump, files, mails, journal, sessions, logs, errors."""

import sys
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from tests.plateforme.attaque.gens import PROCHES, SALLES, build_acteur, explore, list_adresses
from tests.plateforme.attaque.monde import MAINTENANT, Monde, copy_enveloppe
from tests.plateforme.attaque.robot import post_all, visit
from tests.plateforme.attaque.traces import read_response
from tests.plateforme.fabriques import client_for, set_horloge

from communaccord.plateforme.accords import elements
from communaccord.plateforme.accords.models import Element
from communaccord.plateforme.courrier.models import Courriel, PieceJointe
from communaccord.plateforme.demo.reglages import CODE
from communaccord.plateforme.journal.models import Acte

pytestmark = pytest.mark.django_db


def dump_tables() -> dict[str, str]:
    """Every cell of every table, as text and, for what is closed, in hexadecimal too."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = "\n".join(write_cell(cell) for row in cursor.fetchall() for cell in row)
    return found


def write_cell(cell: object) -> str:
    if not isinstance(cell, bytes | memoryview):
        return str(cell)
    raw = bytes(cell)
    return f"{raw.decode('utf-8', 'replace')}\n{raw.decode('utf-16-le', 'replace')}"


# What mairies tell of themselves before any round lies in clear, there only: masks and rights protect it, no key does.
EN_CLAIR = {"diagnostic_reponse", "diagnostic_questionligne", "diagnostic_flux", "diagnostic_photographie"}


def find_in(monde: Monde, texts: dict[str, str]) -> dict[str, set[str]]:
    """What is found, table by table; the secrets of the preparation only where they should not be."""
    prepares = monde.list_prepares()
    admis = {name: prepares if name in EN_CLAIR else set() for name in texts}
    return {name: found for name, text in texts.items() if (found := monde.plantes.find([text]) - admis[name])}


def test_the_database_and_its_dump_hold_no_secret(monde, monkeypatch):
    """Every column of every table: sessions, cache, journal, accounts, mails, documents included."""
    cloture = monde.get_tour(2).cloture_le
    for code in ("F001", "F002"):
        list(explore(monde.gens.maire(code), SALLES))
    copy_enveloppe(monde, cloture + timedelta(minutes=20))
    tables = dump_tables()
    assert len(tables) > 50
    assert find_in(monde, tables) == {}
    if connection.vendor == "sqlite":
        assert monde.plantes.find(connection.connection.iterdump()) <= monde.list_prepares()
    # The same search finds what does lie in clear: what was marked to be shared, since the opening.
    monde.plantes.plant_mot(1, "partage", "F001")
    assert find_in(monde, dump_tables()) == {"accords_partage": {"zx1partagef001"}}


def test_the_files_of_the_installation_hold_no_secret(monde, settings):
    files = [path for path in settings.DOSSIER_DONNEES.rglob("*") if path.is_file()]
    assert files
    raw = b"\n".join(path.read_bytes() for path in files)
    assert monde.plantes.find([raw.decode("latin-1")]) == set()


def test_mails_and_journal_hold_no_secret(monde):
    rows = [f"{c.adresse} {c.sujet} {c.corps} {c.erreur} {c.cle}" for c in Courriel.objects.all()]
    files = [text for piece in PieceJointe.objects.all() for text in read_response(FauxFichier(piece))]
    acts = [f"{a.qui} {a.phrase} {a.verbe}" for a in Acte.objects.all()]
    assert min(map(len, (rows, files, acts))) > 5
    assert monde.plantes.find([*rows, *files, *acts]) == set()
    assert mail.outbox == []


class FauxFichier:
    """An attachment, read as an answer is."""

    def __init__(self, piece: PieceJointe) -> None:
        self.streaming = False
        self.headers: dict[str, str] = {"nom": piece.nom}
        self.cookies: dict[str, str] = {}
        self.content = bytes(piece.contenu)


# --- Errors -----------------------------------------------------------------------------------------------------------


def list_saisies(monde: Monde) -> list[dict[str, str]]:
    """Forms filled with secrets: right, with an amount that cannot be read, on an old version."""
    form = {
        "position": "defavorable",
        "motif": f"Motif {monde.plantes.plant_mot(3, 'motif', 'F002')}",
        "c1-type": "contribution_max",
        "c1-degre": "condition",
        "c1-montant": "83 456,78",
        "c2-type": "autre",
        "c2-texte": f"Demande {monde.plantes.plant_mot(3, 'clause', 'F002')}",
        "notes": f"Notes {monde.plantes.plant_mot(3, 'notes', 'F002')}",
        "version": "1",
        "version-1": "1",
        "version-2": "1",
        "geste": "relire",
        "code": CODE,
    }
    monde.plantes.plant_montant(3, "limite", "F002", 8_345_678)
    return [form, {**form, "c1-montant": "83 456,78 ou plus"}, {**form, "version": "0", "version-1": "0"}]


@pytest.mark.parametrize("quand", ["ouvert", "clos"])
def test_what_the_owner_types_is_left_in_no_log_nor_journal(monde, monkeypatch, caplog, quand):
    """Accepted, refused, overtaken or too late: the text comes back to its owner, and to nobody else."""
    caplog.set_level("DEBUG")
    if quand == "clos":
        set_horloge(monkeypatch, monde.get_tour(2).cloture_le + timedelta(minutes=5))
    maire = monde.gens.maire("F002")
    tour = monde.get_tour(2).pk
    adresses = [a for a in list_adresses(maire, ["table/"]) if f"/tours/{tour}/reponse/" in a]
    back = set()
    for form in list_saisies(monde):
        for visite in post_all(client_for(maire), adresses, form):
            back |= monde.plantes.find(visite.textes)
            assert visite.statut < 500, visite.adresse
    assert "zx3motiff002" in back
    assert monde.plantes.find([caplog.text]) == set()
    assert monde.plantes.find(f"{a.phrase}" for a in Acte.objects.all()) == set()


def test_an_error_500_says_nothing_in_its_page_nor_in_the_log(monde, monkeypatch, caplog):
    """The page breaks while it holds everything in clear: the visitor and the log are told where, never what."""
    caplog.set_level("DEBUG")

    def break_down(*_args, **_options):
        raise RuntimeError("panne provoquée")

    for name, module in list(sys.modules.items()):
        if name.startswith("communaccord.plateforme.accords.views.") and hasattr(module, "render"):
            monkeypatch.setattr(module, "render", break_down)
    maire = monde.gens.maire("F002")
    client = client_for(maire)
    client.raise_request_exception = False
    tour = monde.get_tour(2).pk
    adresses = [a for a in list_adresses(maire, ["table/"]) if f"/tours/{tour}/" in a]
    broken = [v for v in (visit(client, adresse) for adresse in adresses) if v.statut == 500]
    for form in list_saisies(monde):
        broken += [v for v in post_all(client, adresses, form) if v.statut == 500]
    assert len(broken) > 10
    assert monde.plantes.find(texte for visite in broken for texte in visite.textes) == set()
    assert "panne provoquée" in caplog.text
    assert monde.plantes.find([caplog.text]) == set()


def test_a_damaged_content_says_nothing(monde, caplog, monkeypatch):
    """A row changed by hand, a content that is no JSON once opened: no message shows it."""
    caplog.set_level("DEBUG")
    maire = monde.gens.maire("F002")
    client = client_for(maire)
    client.raise_request_exception = False
    tour = monde.get_tour(2).pk
    adresses = [a for a in list_adresses(maire, ["table/"]) if f"/tours/{tour}/reponse/" in a]
    kept = elements.coffre.unlock
    monkeypatch.setattr(elements.coffre, "unlock", lambda *args: kept(*args)[:-1])
    broken = [visit(client, adresse) for adresse in adresses]
    assert {v.statut for v in broken} & {409, 422, 500}
    monkeypatch.setattr(elements.coffre, "unlock", kept)
    Element.objects.filter(reponse__commune=maire.commune, contenu__isnull=False).update(contenu=b"x" * 64)
    broken += [visit(client, adresse) for adresse in adresses]
    assert monde.plantes.find(texte for visite in broken for texte in visite.textes) == set()
    assert monde.plantes.find([caplog.text]) == set()


def test_those_who_are_refused_leave_nothing_either(monde, caplog):
    """Somebody else posts to the addresses of an answer: refused, and the secret is not in the refusal."""
    caplog.set_level("DEBUG")
    for qui in PROCHES:
        acteur = build_acteur(monde, qui)
        adresses = [a for a in list_adresses(acteur, ["table/"]) if "/reponse/" in a or "/partager/" in a]
        visites = list(post_all(client_for(acteur), adresses, {"code": CODE, "geste": "relire", "choix": "seule"}))
        admis = monde.list_secrets(acteur.commune.code) if acteur.est_mairie else set()
        assert {mot for v in visites for mot in monde.plantes.find(v.textes)} <= admis
    assert monde.plantes.find([caplog.text]) == set()
    assert monde.get_tour(2).cloture_le > MAINTENANT
