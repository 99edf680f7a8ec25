"""A démarche is opened in a minute, waits, and is confirmed by the letter or by who administers the site."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.plateforme.fabriques import INSTANT, build_compte, client_for_compte, set_horloge
from tests.plateforme.territoires.fabrique import PAYS_BASQUE, load_petite_france

from communaccord.plateforme.comptes.acteurs import build_acteur
from communaccord.plateforme.comptes.actions import (
    confirm_by_administration,
    confirm_by_code,
    draw_code_confirmation,
    found_demarche,
    refuse_by_administration,
)
from communaccord.plateforme.comptes.codes import CodeRefuse
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte, Confirmation, Mandat
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit
from communaccord.plateforme.territoires.enums import EtatDemarche
from communaccord.plateforme.territoires.models import Demarche, Epci

pytestmark = pytest.mark.django_db
OUVRIR = f"/compte/ouvrir/{PAYS_BASQUE}/"


@pytest.fixture
def epci():
    load_petite_france(PAYS_BASQUE)
    return Epci.objects.get(siren=PAYS_BASQUE)


@pytest.fixture
def mandat(epci):
    return found_demarche(compte=build_compte(), instant=INSTANT, epci=epci, nom="Quelqu'un", fonction="DGS")


@pytest.fixture
def admin():
    return build_compte("admin@example.fr", is_staff=True)


def test_the_portrait_leads_to_the_opening(epci):
    assert f'href="{OUVRIR}"' in Client().get(f"/territoires/{PAYS_BASQUE}/").content.decode()
    assert Client().get(OUVRIR)["Location"] == f"/compte/login/?next={OUVRIR}"


def test_opening_by_the_page(epci, monkeypatch):
    set_horloge(monkeypatch)
    client = client_for_compte(build_compte("dgs@example.fr"))
    assert "158" in client.get(OUVRIR).content.decode()
    assert client.post(OUVRIR, {}).status_code == 422
    values = {"nom": "Quelqu'un", "fonction": "DGS", "role": "dgs_epci", "approbation_visee": "2027-12-17"}
    answer = client.post(OUVRIR, values)
    demarche = Demarche.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert "attend d’être confirmée" in page
    assert demarche.approbation_visee.isoformat() == "2027-12-17"
    assert client.get("/compte/ouvrir/000000000/").status_code == 404


def test_sent_twice_it_opens_one(epci):
    client = client_for_compte(build_compte())
    values = {"nom": "Quelqu'un", "fonction": "DGS", "role": "dgs_epci"}
    first, second = (client.post(OUVRIR, values)["Location"] for _ in range(2))
    assert first == f"{second}?fait=ouverte"
    assert Demarche.objects.count() == 1


def test_a_territory_already_taken_says_whom_to_ask(mandat, admin):
    confirm_by_administration(compte=admin, instant=INSTANT, demarche=mandat.personne.demarche, comment="appel")
    answer = client_for_compte(build_compte()).get(OUVRIR)
    assert answer.status_code == 409
    assert "Demandez à son équipe projet" in answer.content.decode()


def test_each_commune_awaits_its_mayor(mandat):
    maires = Mandat.objects.filter(role=Role.MAIRE)
    assert maires.count() == 158
    assert not maires.filter(personne__compte__isnull=False).exists()
    assert maires.get(commune__code="64102").personne.nom == "Maire de Bayonne"
    assert Acte.objects.get().verbe == "found_demarche"


def test_the_code_of_the_letter_confirms(mandat, admin):
    acteur = build_acteur(Mandat.objects.with_personne().get(pk=mandat.pk))
    with pytest.raises(Conflit, match="Aucune lettre"):
        confirm_by_code(acteur=acteur, instant=INSTANT, code="2718 2818")
    code = draw_code_confirmation(compte=admin, instant=INSTANT, demarche=acteur.demarche)
    assert code.replace(" ", "") not in Confirmation.objects.get().code_empreinte
    with pytest.raises(CodeRefuse):
        confirm_by_code(acteur=acteur, instant=INSTANT, code="00000000")
    confirm_by_code(acteur=acteur, instant=INSTANT, code=code)
    demarche = Demarche.objects.get()
    assert (demarche.etat, demarche.confirmee_par) == (EtatDemarche.OUVERTE, "code de la lettre envoyée au siège")
    with pytest.raises(Conflit):
        draw_code_confirmation(compte=admin, instant=INSTANT, demarche=demarche)


def test_five_wrong_codes_close_the_letter(mandat, admin):
    acteur = build_acteur(Mandat.objects.with_personne().get(pk=mandat.pk))
    code = draw_code_confirmation(compte=admin, instant=INSTANT, demarche=acteur.demarche)
    for _ in range(5):
        with pytest.raises(CodeRefuse):
            confirm_by_code(acteur=acteur, instant=INSTANT, code="00000000")
    with pytest.raises(CodeRefuse, match="fermé"):
        confirm_by_code(acteur=acteur, instant=INSTANT, code=code)


def test_who_opens_does_not_administer(mandat):
    compte = mandat.personne.compte
    demarche = mandat.personne.demarche
    client = client_for_compte(compte)
    assert client.get("/compte/administration/").status_code == 403
    for suite in ("", "lettre/"):
        assert client.post(f"/compte/administration/{demarche.pk}/{suite}", {"motif": "moi"}).status_code == 403
    for act in (
        lambda: draw_code_confirmation(compte=compte, instant=INSTANT, demarche=demarche),
        lambda: confirm_by_administration(compte=compte, instant=INSTANT, demarche=demarche, comment="moi"),
        lambda: refuse_by_administration(compte=compte, instant=INSTANT, demarche=demarche, motif="moi"),
    ):
        with pytest.raises(ActionRefusee):
            act()
    assert Demarche.objects.get().etat == EtatDemarche.A_CONFIRMER


def test_the_administration_confirms_refuses_or_prints(mandat, admin):
    client = client_for_compte(admin)
    demarche = mandat.personne.demarche
    page = client.get("/compte/administration/").content.decode()
    assert PAYS_BASQUE in page
    assert mandat.personne.courriel in page
    base = f"/compte/administration/{demarche.pk}/"
    letter = client.post(f"{base}lettre/")
    assert letter.content.startswith(b"%PDF")
    answer = client.post(base, {"motif": ""})
    assert answer.status_code == 422
    assert "le journal le garde" in answer.content.decode()
    assert client.post(base, {"motif": "appel au siège"})["Location"].endswith("?fait=confirmee")
    assert Demarche.objects.get().confirmee_par == "appel au siège"
    assert client.post(base, {"motif": "encore"}).status_code == 404


def test_the_administration_refuses(mandat, admin):
    client = client_for_compte(admin)
    base = f"/compte/administration/{mandat.personne.demarche_id}/"
    assert client.post(base, {"motif": "personne là-bas ne connaît", "refuser": "oui"}).status_code == 302
    assert Demarche.objects.get().etat == EtatDemarche.CLOSE


def test_the_administration_reads_nothing_of_a_demarche(mandat, admin):
    client = client_for_compte(admin)
    for page in ("", "personnes/", "confirmer/"):
        assert client.get(f"/m/{mandat.pk}/{page}").status_code == 404


def test_the_page_of_confirmation_takes_the_code(mandat, admin, monkeypatch):
    set_horloge(monkeypatch)
    client = client_for_compte(mandat.personne.compte)
    adresse = f"/m/{mandat.pk}/confirmer/"
    draw_code_confirmation(compte=admin, instant=INSTANT, demarche=mandat.personne.demarche)
    answer = client.post(adresse, {"code": "0000 0000"})
    assert answer.status_code == 422
    assert "Ce n’est pas le bon code" in re.sub("&#39;|'", "’", answer.content.decode())


def test_an_administrator_is_made_by_the_command(capsys):
    call_command("creer_administrateur", "Admin@Example.fr")
    assert Compte.objects.get(email="admin@example.fr").is_staff
    assert "administre désormais" in capsys.readouterr().out
    call_command("creer_administrateur", "admin@example.fr", "--retirer")
    assert not Compte.objects.get().is_staff
    with pytest.raises(CommandError, match="pas une adresse"):
        call_command("creer_administrateur", "admin")
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("creer_administrateur", "x@example.fr", "--retirer")
