"""A simulation too long for an address: nothing is lost at any of the three doors, and its files are at hand."""

import hashlib
import io
import json

import pytest
from django.urls import reverse
from tests.plateforme.accueil.outils_simulateur import EXEMPLE, OUVRIR, RESULTAT, check_page, donnees

from communaccord.simulateur import Simulation, encode_lien, parse_simulation, write_data, write_json

AUTRE = reverse("accueil:simulateur_autre")
CODES = [f"C{rang:03d}" for rang in range(150)]


def name_commune(code: str) -> str:
    """A name that no compression shortens."""
    return f"Fictive {hashlib.sha256(code.encode()).hexdigest()}"


def build_longue():
    simulation = parse_simulation(
        {
            "territoire": {"nom": "Pays fictif", "fictif": True},
            "service": {"domaine": "paie"},
            "volume_total": "900",
            "personnel": {"etp": "2", "cout_etp": "46000"},
            "communes": [{"code": code, "nom": name_commune(code), "population": "300"} for code in CODES],
            "variantes": [{"cle": {"population": "100"}}],
        }
    )
    assert isinstance(simulation, Simulation), simulation
    return simulation


@pytest.fixture(scope="module")
def longue():
    simulation = build_longue()
    assert 8000 < len(encode_lien(simulation)) < 30_000
    return simulation


def build_envoi(**champs):
    communes = {f"communes-{code}-nom": name_commune(code) for code in CODES}
    communes |= {f"communes-{code}-population": "300" for code in CODES}
    return donnees(perimetre=CODES, **{"territoire-nom": "Pays fictif", **communes, **champs})


def check_refus(response):
    html = check_page(response, 422)
    assert "trop longue pour tenir dans un lien" in html
    assert 'name="action" value="fichier"' in html
    assert f'action="{AUTRE}"' in html
    assert all(name_commune(code) in html for code in CODES)


def test_the_form_gives_the_file_to_keep_and_the_workbook(client):
    check_refus(client.post(AUTRE, build_envoi()))
    fichier = client.post(AUTRE, build_envoi(action="fichier"))
    assert fichier.headers["Content-Disposition"] == 'attachment; filename="simulation-pays-fictif-paie.json"'
    assert len(json.loads(fichier.content)["communes"]) == len(CODES)
    check_refus(client.post(OUVRIR, {"fichier": io.BytesIO(fichier.content)}))
    classeur = client.post(AUTRE, build_envoi(action="classeur"))
    assert classeur.content.startswith(b"PK")


def test_a_fault_is_said_before_any_file_is_given(client):
    html = check_page(client.post(AUTRE, build_envoi(action="fichier", **{"personnel-etp": "deux"})), 422)
    assert "n’est pas un nombre" in html


def test_the_opening_page_gives_the_form_filled(client, longue):
    check_refus(client.post(OUVRIR, {"fichier": io.BytesIO(write_json(longue).encode())}))
    check_refus(client.post(OUVRIR, {"lien": encode_lien(longue)}))


def test_a_change_of_key_gives_the_form_or_says_it_in_place(client, longue):
    envoi = {"s": encode_lien(longue), "v": "0", "variantes-0-cle-forfait": "100", "action": "appliquer"}
    check_refus(client.post(RESULTAT, envoi))
    fragment = client.post(RESULTAT, envoi, headers={"HX-Request": "true"})
    assert fragment.status_code == 422
    assert "HX-Push-Url" not in fragment.headers
    assert "trop longue pour tenir dans un lien" in fragment.content.decode()


def test_an_address_that_fits_is_followed(client):
    response = client.post(OUVRIR, {"lien": EXEMPLE})
    assert response.status_code == 303
    assert response.url == f"{RESULTAT}?s={EXEMPLE}"


@pytest.mark.parametrize(("nom", "extension"), [("classeur", "xlsx"), ("json", "json"), ("csv", "csv")])
def test_a_download_bears_the_names_of_the_territory_and_of_the_service(client, nom, extension):
    response = client.get(reverse(f"accueil:simulateur_{nom}"), {"s": EXEMPLE})
    attendu = f'attachment; filename="simulation-cc-de-la-fictive-exemple-fictif-urbanisme.{extension}"'
    assert response.headers["Content-Disposition"] == attendu


def test_names_that_hold_no_letter_still_make_a_file_name(client):
    contenu = write_data(build_longue())
    contenu |= {"communes": contenu["communes"][:2], "territoire": {"nom": "???", "fictif": True}}
    contenu["service"] |= {"domaine": "libre", "nom": "🙂"}
    lien = encode_lien(parse_simulation(contenu))
    response = client.get(reverse("accueil:simulateur_json"), {"s": lien})
    assert response.headers["Content-Disposition"] == 'attachment; filename="simulation.json"'
