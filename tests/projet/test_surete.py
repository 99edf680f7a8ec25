"""What protects every page: the policy of contents, the names of the site, what is kept out of caches, no writing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from tests.projet.test_acces import ADDRESSES

from communaccord.simulateur import build_exemple, encode_lien

LIEN = encode_lien(build_exemple())
SIREN, COMMUNE = "200000628", "C02"
RESULTAT = f"{reverse('accueil:simulateur_resultat')}?s={LIEN}"
PAGES = ["/", f"/territoires/{SIREN}/", RESULTAT, "/adresse-inconnue/"]
POLITIQUE = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; script-src 'self'; style-src 'self'"
)
ECRITURES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "TRUNCATE")
# What stands for each kind of parameter of an address.
VALEURS = {"<str:siren>": SIREN, "<siren:siren>": SIREN, "<code:code>": COMMUNE}


NUMEROS = re.compile(r"<int:\w+>")
MOTS = re.compile(r"<str:\w+>")


def fill_adresse(modele: str) -> str:
    for parametre, valeur in VALEURS.items():
        modele = modele.replace(parametre, valeur)
    return "/" + MOTS.sub("x", NUMEROS.sub("1", modele))


@pytest.fixture(autouse=True)
def static_root():
    """The folder of collected files exists, as in an installation: whitenoise warns when it does not."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", PAGES, ids=["entree", "portrait", "resultat", "inconnue"])
def test_the_whole_policy_is_on_every_page(client, adresse):
    directives = client.get(adresse).headers["Content-Security-Policy"].split("; ")
    assert "; ".join(sorted(directives)) == POLITIQUE


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", ["/", RESULTAT], ids=["entree", "resultat"])
def test_another_name_of_the_site_is_refused(client, adresse):
    assert client.get(adresse, headers={"host": "evil.invalid"}).status_code == 400


def test_names_and_origins_may_be_written_with_spaces():
    environnement = {
        **os.environ,
        "COMMUNACCORD_HOTES": " accord.exemple.invalid , www.accord.exemple.invalid,, ",
        "COMMUNACCORD_ORIGINES": "https://accord.exemple.invalid , ",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    demande = "from communaccord.plateforme.config import settings as s; print(s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS)"
    sortie = subprocess.run([sys.executable, "-c", demande], env=environnement, capture_output=True, text=True)
    attendu = "['accord.exemple.invalid', 'www.accord.exemple.invalid'] ['https://accord.exemple.invalid']\n"
    assert sortie.stdout == attendu, sortie.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse",
    [
        RESULTAT,
        RESULTAT.replace("resultat/", f"fiche/{COMMUNE}/"),
        RESULTAT.replace("resultat/", f"fiche/{COMMUNE}.pdf"),
        RESULTAT.replace("resultat/", "fichier.json"),
        RESULTAT.replace("resultat/", "classeur.xlsx"),
        f"/simulateur/{SIREN}/?s={LIEN}",
        f"{reverse('accueil:simulateur_resultat')}?s=abime",
    ],
)
def test_no_shared_cache_keeps_what_somebody_typed(client, adresse):
    assert client.get(adresse).headers["Cache-Control"] == "private"


@pytest.mark.django_db
def test_an_answer_to_a_form_is_private_too(client):
    assert client.post(f"/simulateur/{SIREN}/", {"volume_total": "abc"}).headers["Cache-Control"] == "private"
    assert "Cache-Control" not in client.get("/").headers


def refuse_writing(execute, sql, params, many, context):
    assert not sql.lstrip().upper().startswith(ECRITURES), f"un GET a voulu écrire : {sql[:200]}"
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_the_guard_against_writing_does_refuse():
    with connection.execute_wrapper(refuse_writing), pytest.raises(AssertionError, match="voulu écrire"):
        connection.cursor().execute("DELETE FROM territoires_commune")


@pytest.mark.django_db
def test_opening_an_address_writes_nothing(client):
    for modele, _view in ADDRESSES:
        adresse = fill_adresse(modele)
        assert "<" not in adresse, f"donnez une valeur d'essai au paramètre de « {modele} »"
        with connection.execute_wrapper(refuse_writing):
            for parametres in ({}, {"q": "pau", "commune": COMMUNE}, {"s": LIEN}):
                response = client.get(adresse, parametres)
                assert response.status_code in (200, 302, 404, 405, 422), (modele, parametres)
