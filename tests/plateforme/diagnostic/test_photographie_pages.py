"""The reference picture: prepared, frozen, compared; masked for the table, by attack on page and workbook."""

from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.plateforme.diagnostic.fabrique import build_campagne, build_effectifs, build_fiche, build_flux
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, list_communes, set_horloge

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.calculs.photographie import compute_empreinte
from communaccord.plateforme.diagnostic.enums import EtatFiche
from communaccord.plateforme.diagnostic.models import Fiche, Ligne, Photographie, Reponse
from communaccord.plateforme.diagnostic.queries import read_photographie
from communaccord.plateforme.diagnostic.queries.photographies import build_entite
from communaccord.plateforme.diagnostic.rules import LISENT_LA_SYNTHESE, LISENT_TOUTES_LES_FICHES
from communaccord.plateforme.socle.figes import EcritureInterdite

pytestmark = pytest.mark.django_db
NEUTRES = {"\u202f": " ", "\u00a0": " ", "’": "'"}
# The payroll of three people of the first commune, and of the one agent of the second.
SECRETS = ("123 457", "123457", "31 415", "31415", "Mme Z")
LECTEURS = sorted(LISENT_LA_SYNTHESE - LISENT_TOUTES_LES_FICHES - {Role.MAIRE, Role.SECRETAIRE})


@pytest.fixture(autouse=True)
def _horloge(monkeypatch):
    set_horloge(monkeypatch, INSTANT)


@pytest.fixture
def monde() -> dict[str, Any]:
    """Paie: 3 people in the first commune, 1 in the second, 7 and 9 elsewhere; voirie: 12 people in the first."""
    campagne = build_campagne(communes=4)
    communes = list_communes(campagne.demarche)
    fiches = [build_fiche(campagne, commune) for commune in communes]
    build_effectifs(fiches[0], "paie", 3, masse_salariale=123_457)
    build_effectifs(fiches[1], "paie", 1, masse_salariale=31_415)
    Reponse.objects.filter(fiche=fiches[1]).update(source="paie de Mme Z")
    build_effectifs(fiches[2], "paie", 7)
    build_effectifs(build_fiche(campagne, None), "paie", 9)
    build_effectifs(fiches[0], "voirie", 12)
    return {
        "campagne": campagne,
        "communes": communes,
        "fiches": fiches,
        "equipe": build_acteur_de(campagne.demarche, Role.DGS_EPCI),
        "mairies": [build_acteur_de(campagne.demarche, Role.SECRETAIRE, commune) for commune in communes],
    }


def clean(texte: str) -> str:
    for espace, plain in NEUTRES.items():
        texte = texte.replace(espace, plain)
    return texte


def get(acteur: Any, name: str, *args: Any, status: int = 200) -> str:
    response = client_for(acteur).get(chemin(acteur, name, *args))
    assert response.status_code == status
    return clean(response.content.decode())


def freeze(monde: dict[str, Any], *, status: int = 302, lue: int = 0, **data: str) -> str:
    equipe = monde["equipe"]
    data = {"date": "2025-12-31", "lue": str(lue), **data}
    response = client_for(equipe).post(chemin(equipe, "diagnostic:photographie_figer", monde["campagne"].pk), data)
    assert response.status_code == status
    return clean(response.content.decode())


def find_pk(numero: int) -> int:
    return Photographie.objects.get(numero=numero).pk


def read_entites(acteur: Any, monde: dict[str, Any]) -> str:
    """The page, every entity asked for in turn."""
    client, adresse = client_for(acteur), chemin(acteur, "diagnostic:photographie")
    codes = ["", "XXX", *(commune.code for commune in monde["communes"])]
    return clean(" ".join(client.get(adresse, {"entite": code}).content.decode() for code in codes))


def read_classeur(acteur: Any, numero: int) -> str:
    response = client_for(acteur).get(chemin(acteur, "diagnostic:photographie_classeur", find_pk(numero)))
    assert response.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    return clean(" | ".join(cells))


def test_a_picture_is_prepared_frozen_and_never_changes(monde):
    assert "28 affectations" not in get(monde["equipe"], "diagnostic:photographie_apercu", monde["campagne"].pk)
    assert "32 affectations dans les services décrits" in get(
        monde["equipe"], "diagnostic:photographie_apercu", monde["campagne"].pk
    )
    freeze(monde)
    photo = Photographie.objects.get()
    assert photo.empreinte == compute_empreinte(photo.contenu)
    assert read_photographie(monde["campagne"].demarche) == photo
    Reponse.objects.filter(fiche=monde["fiches"][2]).update(valeurs={"agents": 800})
    assert "32 affectations dans les services décrits" in get(monde["equipe"], "diagnostic:photographie")
    assert "33 affectations dans les services décrits" in get(
        monde["equipe"], "diagnostic:photographie_apercu", monde["campagne"].pk
    )
    with pytest.raises(EcritureInterdite):
        photo.save()


def test_a_second_version_says_why_and_what_changed(monde):
    freeze(monde)
    Reponse.objects.filter(fiche=monde["fiches"][2]).update(valeurs={"agents": 800})
    assert "dites pourquoi" in freeze(monde, status=409, lue=1)
    assert "Quelqu'un vient de figer" in freeze(monde, status=409, motif="Correction")
    freeze(monde, lue=1, motif="La commune 3 a recompté ses agents")
    page = get(monde["equipe"], "diagnostic:photographie_version", find_pk(2))
    assert "Ce qui a changé depuis la version 1" in page
    assert "La commune 3 a recompté ses agents" in page
    assert get(monde["equipe"], "diagnostic:photographie_version", find_pk(1))


def test_a_bad_date_or_an_empty_campaign_freezes_nothing(monde):
    assert "Choisissez la date" in freeze(monde, status=422, date="hier")
    Reponse.objects.all().delete()
    assert "rien à figer" in freeze(monde, status=409)
    assert not Photographie.objects.exists()


def test_agents_perhaps_counted_twice_are_told_before_freezing(monde):
    build_flux(monde["campagne"], None, monde["communes"][0], service="paie")
    page = get(monde["equipe"], "diagnostic:photographie_apercu", monde["campagne"].pk)
    assert "vérifiez qu'ils ne sont pas aussi comptés chez qui porte" in page
    assert "32 affectations dans les services décrits" in page


@pytest.mark.parametrize("role", LECTEURS)
def test_the_table_reads_no_figure_on_fewer_than_five_people(monde, role):
    freeze(monde)
    acteur = build_acteur_de(monde["campagne"].demarche, role)
    page, book = read_entites(acteur, monde), read_classeur(acteur, 1)
    for secret in SECRETS:
        assert secret not in page
        assert secret not in book
    assert "non montré" in page
    assert "12" in book
    get(acteur, "diagnostic:photographie_version", find_pk(1), status=404)
    get(acteur, "diagnostic:photographie_apercu", monde["campagne"].pk, status=403)


def test_a_mairie_reads_its_own_row_and_no_other_small_one(monde):
    freeze(monde)
    first, second = monde["mairies"][:2]
    assert "123 457" in get(first, "diagnostic:photographie")
    own, other = read_entites(first, monde), read_entites(second, monde)
    assert "123457" in read_classeur(first, 1)
    for secret in ("31 415", "31415", "Mme Z"):
        assert secret not in own
        assert secret not in read_classeur(first, 1)
    for secret in ("123 457", "123457"):
        assert secret not in other
        assert secret not in read_classeur(second, 1)


@pytest.mark.parametrize("role", sorted({Role.DRH, Role.EQUIPE_PROJET}))
def test_the_drh_and_the_equipe_read_all(monde, role):
    freeze(monde)
    acteur = build_acteur_de(monde["campagne"].demarche, role)
    page, book = read_entites(acteur, monde), read_classeur(acteur, 1)
    assert "31 415" in page
    assert "31415" in book
    assert "non montré" not in page


@pytest.mark.parametrize("role", sorted(set(Role) - LISENT_LA_SYNTHESE))
def test_the_others_read_nothing(monde, role):
    freeze(monde)
    acteur = build_acteur_de(monde["campagne"].demarche, role)
    get(acteur, "diagnostic:photographie", status=403)
    get(acteur, "diagnostic:photographie_classeur", find_pk(1), status=403)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DGS_EPCI, Role.EQUIPE_PROJET}))
def test_nobody_else_freezes(monde, role):
    acteur = build_acteur_de(monde["campagne"].demarche, role)
    adresse = chemin(acteur, "diagnostic:photographie_figer", monde["campagne"].pk)
    response = client_for(acteur).post(adresse, {"date": "2025-12-31"})
    assert response.status_code == 403
    assert not Photographie.objects.exists()


def test_the_table_reads_the_last_version_alone(monde):
    """Two versions side by side would tell what one commune changed."""
    freeze(monde)
    freeze(monde, lue=1, motif="Nouvelle")
    president = build_acteur_de(monde["campagne"].demarche, Role.PRESIDENT)
    page = get(president, "diagnostic:photographie")
    assert "Version 2" in page
    assert "version 1, au" in page
    assert "Nouvelle" not in page.partition("Les versions gardées")[2]
    get(president, "diagnostic:photographie_classeur", find_pk(1), status=404)
    assert read_classeur(president, 2)


@pytest.mark.parametrize("communes", [1, 3])
def test_the_queries_of_the_preview_do_not_grow(communes, django_assert_num_queries):
    campagne = build_campagne(communes=communes)
    for commune in list_communes(campagne.demarche):
        build_effectifs(build_fiche(campagne, commune), "paie", 3)
        build_flux(campagne, None, commune, service="paie")
    equipe = build_acteur_de(campagne.demarche, Role.DGS_EPCI)
    client, adresse = client_for(equipe), chemin(equipe, "diagnostic:photographie_apercu", campagne.pk)
    client.get(adresse)
    with django_assert_num_queries(9):
        client.get(adresse)


def test_flows_are_named_to_those_who_read_them_one_by_one_alone(monde):
    """A flow of one person tells of that person: the others read how many there are of each nature."""
    build_flux(
        monde["campagne"], monde["communes"][0], monde["communes"][1], nature="personnel", service="paie", temps=20
    )
    freeze(monde)
    drh = build_acteur_de(monde["campagne"].demarche, Role.DRH)
    named = "Commune 001 &gt; Commune 002"
    assert named in get(drh, "diagnostic:photographie")
    page = get(build_acteur_de(monde["campagne"].demarche, Role.PRESIDENT), "diagnostic:photographie")
    assert named not in page
    assert "personne mise à disposition : 1" in page


def test_two_lines_of_one_service_are_added_in_the_picture(monde):
    fiche = monde["fiches"][0]
    rows = [
        (pk, {"agents": 100 * pk, "departs": 100, "titulaire_unique": "oui"}, 2025, qualite, f"source {pk}")
        for pk, qualite in ((1, "etabli"), (2, "estime"))
    ]
    effectifs = {pk: Ligne(pk=pk, service="paie", libelle=f"Paie {pk}") for pk in (1, 2)}
    (lu,) = build_entite(fiche, rows, effectifs, "").services
    assert (lu.agents, lu.etp, lu.departs, lu.titulaire_unique) == (300, None, 200, 200)
    assert (lu.libelle, lu.source, lu.qualite) == ("Paie 1", "source 1", "estime")


def test_the_table_names_who_validated_each_sheet_to_who_reads_all(monde):
    Fiche.objects.filter(campagne=monde["campagne"], commune=monde["communes"][0]).update(
        etat=EtatFiche.VALIDEE, validee_par="Mairie d'essai (fictif)", validee_le=INSTANT
    )
    freeze(monde)
    book = read_classeur(monde["equipe"], 1)
    assert "Validé par" in book
    assert "Mairie d’essai (fictif)" in book.replace("'", "’")
    assert "fiche non validée" in book
    assert " | estimé | " in book
    assert " | estime | " not in book
    assert "Mairie d" not in read_classeur(build_acteur_de(monde["campagne"].demarche, Role.PRESIDENT), 1)
    page = client_for(monde["equipe"]).get(
        chemin(monde["equipe"], "diagnostic:photographie_version", find_pk(1)), {"entite": monde["communes"][0].code}
    )
    assert "Validé par : Mairie d’essai" in clean(page.content.decode()).replace("'", "’").replace("&#39;", "’")
