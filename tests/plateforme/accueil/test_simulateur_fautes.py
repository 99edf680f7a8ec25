"""Bad input of every kind: a clear sentence, nothing typed lost, nothing planted run, and never a 500."""

import base64
import io
import json
import re
import zipfile
import zlib

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plateforme.accueil.outils_simulateur import (
    CINQ,
    EXEMPLE,
    GRAND,
    OUVRIR,
    RESULTAT,
    check_page,
    donnees,
    formulaire,
    get_lien,
)

from communaccord.reference import get_communes

# What a person may get wrong: the field, what was typed, a word of the answer.
FAUTES = [
    ("volume_total", "abc", "n’est pas un nombre"),
    ("volume_total", "-5", "négatif"),
    ("volume_total", "1e999", "nombre"),
    ("volume_total", "NaN", "n’est pas un nombre"),
    ("volume_total", "9" * 400, "nombre"),
    ("volume_total", "=SOMME(A1)", "formule"),
    ("personnel-etp", "6000", "trop grand"),
    ("personnel-etp", "1.234", "deux façons"),
    ("personnel-cout_etp", "", "il manque"),
    ("personnel-cout_etp", "12", "trop petit"),
    ("personnel-productivite", "230", "déjà imposé"),
    ("variantes-0-cle-population", "50", "au lieu de 100"),
    ("variantes-0-cle-population", "abc", "n’est pas un nombre"),
    ("variantes-0-cle-temps", "-10", "négatif"),
    ("couts-part_epci_taux", "140", "trop grand"),
    ("couts-subventions-0-montant", "douze", "n’est pas un nombre"),
    ("conditions-lissage", "2,5", "nombre entier"),
    ("marges-couts", "95", "trop grand"),
    ("annees-premiere", "20270", "trop grand"),
    ("annees-horizon", "0", "trop petit"),
    ("service-domaine", "jardins", "n’est pas un domaine"),
    ("service-nom", "x" * 300, "caractères"),
    ("cout_horaire", "0,1", "trop petit"),
    ("couts-fixes-0-montant", "1/0", "divise par zéro"),
]


@pytest.mark.parametrize(("champ", "saisie", "mot"), FAUTES, ids=[f"{c}={s[:12]}" for c, s, _ in FAUTES])
def test_what_is_wrong_is_said_beside_what_was_typed(client, champ, saisie, mot):
    codes = [commune.code for commune in get_communes(CINQ)]
    tout = donnees(**{champ: saisie, f"communes-{codes[3]}-depense_actuelle": "7 777,70", "titre": "gardé <b>"})
    html = check_page(client.post(formulaire(), tout), 422)
    assert "resume-erreurs" in html
    assert mot in html
    assert "7 777,70" in html
    assert "gardé &lt;b&gt;" in html
    assert f'href="#{champ.split("-")[0]}' in html


def test_a_faulty_cell_among_158_rows_keeps_all_the_others(client):
    codes = [commune.code for commune in get_communes(GRAND)]
    champs = {f"communes-{code}-depense_actuelle": str(5000 + rang) for rang, code in enumerate(codes)}
    champs[f"communes-{codes[80]}-depense_actuelle"] = "douze mille"
    html = check_page(client.post(formulaire(GRAND), donnees(GRAND, **champs)), 422)
    assert f'href="#communes-{codes[80]}-depense_actuelle"' in html
    assert "douze mille" in html
    assert all(f'value="{5000 + rang}"' in html for rang in range(158) if rang != 80)


def test_no_commune_ticked_is_refused(client):
    html = check_page(client.post(formulaire(), donnees(perimetre=[])), 422)
    assert "Cochez-en au moins une" in html


LIENS_CASSES = ["x", "1.", "1.AAAA", "2.zzz", EXEMPLE[:-20], EXEMPLE + "A"]
LIENS_CASSES += ["1." + "A" * 40_000, "1.%00", "<script>", "é" * 50]


@pytest.mark.parametrize("lien", LIENS_CASSES, ids=range(len(LIENS_CASSES)))
@pytest.mark.parametrize("nom", ["resultat", "classeur", "json", "csv"])
def test_a_broken_link_gets_a_sentence(client, nom, lien):
    html = check_page(client.get(reverse(f"accueil:simulateur_{nom}"), {"s": lien}), 422)
    assert "Ce lien ne peut pas être lu" in html


FICHIERS_CASSES = [b"", b"{", b"[]", b'{"version": 99}', b"PK\x05\x06", b"\xff\xfe\x00", b'{"a":' * 5000]


@pytest.mark.parametrize("contenu", FICHIERS_CASSES, ids=range(len(FICHIERS_CASSES)))
def test_an_unreadable_file_gets_a_sentence(client, contenu):
    fichier = io.BytesIO(contenu)
    fichier.name = "simulation.json"
    html = check_page(client.post(OUVRIR, {"fichier": fichier, "lien": ""}), 422)
    assert "resume-erreurs" in html


def test_a_form_too_big_is_refused_without_a_crash(client):
    assert client.post(formulaire(), donnees(collage="x" * 7_000_000)).status_code in (400, 413)
    many = {f"champ{rang}": "1" for rang in range(6000)}
    assert client.post(formulaire(), many).status_code in (400, 413)


def test_the_form_is_protected_against_forgery():
    client = Client(enforce_csrf_checks=True)
    assert client.post(formulaire(), donnees()).status_code == 403
    page = client.get(formulaire()).content.decode()
    jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert client.post(formulaire(), donnees(csrfmiddlewaretoken=jeton)).status_code == 303


PIEGE = '=cmd|"x"!A1<script>alert(1)</script>'


def test_what_is_planted_in_names_is_shown_and_never_run(client):
    champs = donnees(perimetre=["C01"], **{"territoire-nom": PIEGE, "service-nom": PIEGE, "titre": PIEGE})
    champs |= {"communes-C01-nom": PIEGE, "communes-C01-population": "10", "couts-fixes-0-libelle": PIEGE}
    response = client.post(reverse("accueil:simulateur_autre"), champs)
    lien = get_lien(response)
    for adresse in (
        f"{RESULTAT}?s={lien}",
        reverse("accueil:fiche_maire", kwargs={"code": "C01"}) + f"?s={lien}",
        reverse("accueil:simulateur_autre") + f"?s={lien}",
        RESULTAT + "?s=" + lien + "&filtre=<script>alert(1)</script>&tri=<script>",
    ):
        html = check_page(client.get(adresse))
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html
    classeur = client.get(reverse("accueil:simulateur_classeur"), {"s": lien}).content
    with zipfile.ZipFile(io.BytesIO(classeur)) as archive:
        feuilles = [archive.read(nom).decode() for nom in archive.namelist() if "worksheets/" in nom]
    assert feuilles
    assert not any("cmd" in formule for feuille in feuilles for formule in re.findall(r"<f>(.*?)</f>", feuille))
    csv = client.get(reverse("accueil:simulateur_csv"), {"s": lien}).content.decode("utf-8-sig")
    assert not any(cell.startswith("=") for line in csv.splitlines() for cell in line.replace('"', "").split(";"))
    pdf = client.get(reverse("accueil:fiche_maire_pdf", kwargs={"code": "C01"}), {"s": lien})
    assert pdf.content.startswith(b"%PDF")


def test_downloads_say_what_they_are(client):
    for nom, genre in (("classeur", "spreadsheetml"), ("json", "json"), ("csv", "csv")):
        response = client.get(reverse(f"accueil:simulateur_{nom}"), {"s": EXEMPLE})
        assert response.status_code == 200
        assert genre in response["Content-Type"]
        assert response["Content-Disposition"].startswith("attachment")
    modele = client.get(reverse("accueil:simulateur_modele"), {"siren": CINQ})
    assert modele.content.startswith(b"PK")
    assert client.get(reverse("accueil:simulateur_modele"), {"siren": "000000000"}).status_code == 404


TEXTE = st.text(max_size=60)
NOMS = """volume_total personnel-etp variantes-0-cle-usage variantes-2-cle-temps communes-64102-volume perimetre
service-actes-0-poids service-actes-1-code couts-fixes-0 a-b-c-d-e-f-g - variantes territoire-nom"""
CHAMPS = st.one_of(st.sampled_from(NOMS.split()), TEXTE.filter(bool))


@settings(max_examples=40)
@given(
    st.dictionaries(st.one_of(CHAMPS, TEXTE.filter(bool)), TEXTE, max_size=8),
    st.sampled_from(["", "recalculer", "actes"]),
)
def test_no_form_makes_the_site_fall(champs, action):
    response = Client().post(formulaire(), {**donnees(), **champs, "action": action})
    assert response.status_code in (200, 303, 422)


@settings(max_examples=40)
@given(TEXTE, st.dictionaries(st.sampled_from(["v", "annee", "tri", "filtre", "commune", "toutes"]), TEXTE))
def test_no_address_makes_the_site_fall(fin, parametres):
    for lien in (fin, "1." + fin, EXEMPLE):
        assert Client().get(RESULTAT, {"s": lien, **parametres}).status_code in (200, 302, 422)


FEUILLES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTE, st.lists(TEXTE, max_size=3))
DONNEES = st.recursive(FEUILLES, lambda dedans: st.dictionaries(TEXTE, dedans, max_size=4), max_leaves=12)
GROUPES = """territoire service communes c k p variantes couts
personnel annees marges conditions titre"""
CLES = st.sampled_from(GROUPES.split())


@settings(max_examples=60)
@given(st.dictionaries(CLES, DONNEES, max_size=5), st.booleans())
def test_no_forged_link_makes_the_site_fall(forge, mele):
    """A link well compressed but whose content was made by hand."""
    contenu = json.loads(zlib.decompress(base64.urlsafe_b64decode(EXEMPLE.removeprefix("1.") + "==="))) if mele else {}
    octets = zlib.compress(json.dumps({**contenu, **forge}).encode())
    lien = "1." + base64.urlsafe_b64encode(octets).decode().rstrip("=")
    for adresse in (RESULTAT, reverse("accueil:fiche_maire_pdf", kwargs={"code": "C02"}), formulaire()):
        assert Client().get(adresse, {"s": lien}).status_code in (200, 404, 422)


@pytest.mark.parametrize("commune", ["a\nb", "a\r\nSet-Cookie: x=1", "é&v=2", '"><b>'])
def test_what_was_chosen_to_see_never_breaks_an_address(client, commune):
    envoi = {"s": EXEMPLE, "v": "0", "commune": commune, "variantes-0-cle-population": "100"}
    for entetes in ({}, {"HX-Request": "true"}):
        response = client.post(RESULTAT, envoi, headers=entetes)
        assert response.status_code in (200, 303)
        assert "x" not in response.cookies
    assert client.post(formulaire(), donnees(commune=commune)).status_code == 303
