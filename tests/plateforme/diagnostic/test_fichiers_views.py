"""The pages of files: who downloads what, a file previewed then recorded, queries counted, nothing half written."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from tests.plateforme.diagnostic.fabrique import build_campagne, build_effectifs, build_fiche, build_reponse
from tests.plateforme.diagnostic.fichiers import build_csv, build_xlsx, make_de, rewrite, zip_de
from tests.plateforme.fabriques import (
    INSTANT,
    build_acteur_de,
    build_demarche,
    client_for,
    list_communes,
    set_horloge,
)

from communaccord.plateforme.comptes.enums import MAIRIE, Role
from communaccord.plateforme.diagnostic.actions.publiques import accept_publiques, import_publiques
from communaccord.plateforme.diagnostic.enums import Origine
from communaccord.plateforme.diagnostic.lecture.types import EPCI, Donnee
from communaccord.plateforme.diagnostic.models import DonneePublique, Reponse
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.envois import EnvoiBorne
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = [pytest.mark.django_db, pytest.mark.base]
VOIRIE = ("Agents et métiers", "voirie_effectifs", "agents")
FICHIERS_DE_FICHE = ("fiche_fichiers", "fiche_xlsx", "fiche_pdf", "fiche_lettre")
INSEE = build_csv([("COM", "PMUN", "PTOT"), ("F001", 6100, 6200), ("F002", "n.d", 300), ("01001", 832, 848)])


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch)


@pytest.fixture
def campagne():
    return build_campagne()


@pytest.fixture
def equipe(campagne):
    return build_acteur_de(campagne.demarche, Role.EQUIPE_PROJET)


@pytest.fixture
def fiche(campagne):
    return build_fiche(campagne, list_communes(campagne.demarche)[0])


@pytest.fixture
def mairie(fiche):
    return build_acteur_de(fiche.campagne.demarche, Role.SECRETAIRE, fiche.commune)


def address(acteur, name, *args):
    return reverse(f"diagnostic:{name}", args=(acteur.mandat_id, *args))


def send(acteur, name, *args, contenu=b"", nom="fichier.bin", **champs):
    fichier = io.BytesIO(contenu)
    fichier.name = nom
    return client_for(acteur).post(address(acteur, name, *args), {"fichier": fichier, **champs})


def find_sceaux(response):
    """What the page carries to the confirmation, one for each button."""
    return re.findall(r'name="scelle" value="([^"]+)"', response.content.decode())


def test_a_mairie_takes_the_files_of_its_own_sheet(fiche, mairie):
    client = client_for(mairie)
    for name, genre in zip(FICHIERS_DE_FICHE[1:], ("spreadsheet", "pdf", "pdf"), strict=True):
        response = client.get(address(mairie, name, fiche.pk))
        assert response.status_code == 200
        assert genre in response.headers["Content-Type"]
        assert "commune-001" in response.headers["Content-Disposition"]
    assert client.get(address(mairie, "fiche_fichiers", fiche.pk)).status_code == 200


READERS = {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.DRH}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_takes_them(campagne, fiche, role):
    """The mairie of another commune, or any other role: as if the sheet did not exist."""
    autre = list_communes(campagne.demarche)[1] if role in MAIRIE | {Role.CONSEILLER_MUNICIPAL} else None
    acteur = build_acteur_de(campagne.demarche, role, autre)
    client = client_for(acteur)
    expected = 200 if role in READERS else 404
    for name in FICHIERS_DE_FICHE:
        assert client.get(address(acteur, name, fiche.pk)).status_code == expected, name
    equipe = role in READERS - {Role.DRH}
    assert client.get(address(acteur, "classeurs_zip", campagne.pk)).status_code == (200 if equipe else 403)
    assert client.get(address(acteur, "classeurs", campagne.pk)).status_code == (200 if equipe else 403)


def test_another_demarche_takes_nothing(campagne, fiche):
    etranger = build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)
    client = client_for(etranger)
    for name in FICHIERS_DE_FICHE:
        assert client.get(address(etranger, name, fiche.pk)).status_code == 404
    assert client.get(address(etranger, "classeurs_zip", campagne.pk)).status_code == 404


def test_no_small_number_of_another_commune_is_in_the_files_of_one(campagne, fiche, mairie):
    autre = build_fiche(campagne, list_communes(campagne.demarche)[1])
    build_effectifs(autre, "voirie", 3, masse_salariale=987654.32)
    build_effectifs(fiche, "voirie", 2, masse_salariale=123456.78)
    with zipfile.ZipFile(io.BytesIO(make_de(fiche))) as archive:
        matter = b"".join(archive.read(nom) for nom in archive.namelist())
    assert b"123456.78" in matter
    assert b"987654.32" not in matter


def test_a_workbook_is_previewed_then_recorded_by_the_mairie(fiche, mairie):
    contenu = rewrite(make_de(fiche), {VOIRIE: 3})
    apercu = send(mairie, "fiche_apercu", fiche.pk, contenu=contenu)
    assert apercu.status_code == 200
    assert not Reponse.objects.exists()
    (scelle,) = find_sceaux(apercu)
    response = client_for(mairie).post(address(mairie, "fiche_reprendre", fiche.pk), {"scelle": scelle})
    assert response.status_code == 302
    reponse = Reponse.objects.get(fiche=fiche)
    assert (reponse.valeurs, reponse.origine) == ({"agents": 300}, Origine.CLASSEUR)
    again = client_for(mairie).post(address(mairie, "fiche_reprendre", fiche.pk), {"scelle": scelle})
    assert again.status_code == 409
    assert Reponse.objects.get(fiche=fiche).version == 1


def test_what_was_read_by_another_or_changed_is_not_recorded(campagne, fiche, mairie, equipe):
    contenu = rewrite(make_de(fiche), {VOIRIE: 3})
    (scelle,) = find_sceaux(send(equipe, "classeurs_apercu", campagne.pk, contenu=contenu))
    for sceau in (scelle, scelle[:-2], "", "n'importe quoi"):
        response = client_for(mairie).post(address(mairie, "fiche_reprendre", fiche.pk), {"scelle": sceau})
        assert response.status_code == 409
    assert not Reponse.objects.exists()


def test_a_file_that_cannot_be_read_is_told_beside_its_field(fiche, mairie):
    response = send(mairie, "fiche_apercu", fiche.pk, contenu=b"%PDF-1.7")
    assert response.status_code == 422
    assert "pas un classeur Excel" in response.content.decode()
    empty = client_for(mairie).post(address(mairie, "fiche_apercu", fiche.pk))
    assert empty.status_code == 422
    assert "Choisissez un fichier." in empty.content.decode()


def test_the_equipe_takes_a_zip_of_several_and_the_zip_it_handed_out_comes_back(campagne, equipe):
    response = client_for(equipe).get(address(equipe, "classeurs_zip", campagne.pk))
    contenu = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        noms = archive.namelist()
    assert sum(nom.startswith("classeurs/") for nom in noms) == 4
    assert sum(nom.startswith("lettres/") for nom in noms) == 3
    untouched = send(equipe, "classeurs_apercu", campagne.pk, contenu=contenu)
    assert untouched.status_code == 200
    assert find_sceaux(untouched) == []
    remplis = {
        f"f{rang}__xlsx": rewrite(make_de(build_fiche(campagne, commune)), {VOIRIE: rang})
        for rang, commune in enumerate(list_communes(campagne.demarche), start=1)
    }
    (scelle,) = find_sceaux(send(equipe, "classeurs_apercu", campagne.pk, contenu=zip_de(**remplis)))
    client_for(equipe).post(address(equipe, "classeurs_reprendre", campagne.pk), {"scelle": scelle})
    assert Reponse.objects.count() == 3


def test_the_pre_filled_workbook_carries_the_public_figure_with_its_source(campagne, fiche, mairie, equipe):
    import_publiques(
        acteur=equipe,
        instant=INSTANT,
        source="INSEE (fictif)",
        donnees=[Donnee("F001", "population_municipale", 2023, 610000)],
    )
    (scelle,) = find_sceaux(send(mairie, "fiche_apercu", fiche.pk, contenu=make_de(fiche)))
    client_for(mairie).post(address(mairie, "fiche_reprendre", fiche.pk), {"scelle": scelle})
    reponse = Reponse.objects.get(fiche=fiche)
    assert (reponse.valeurs, reponse.annee, reponse.source) == ({"valeur": 610000}, 2023, "INSEE (fictif)")


def test_an_official_file_is_previewed_then_recorded_and_taken_again_with_a_notice(equipe, campagne):
    apercu = send(equipe, "publiques_apercu", contenu=INSEE, annee="2023", nom="peu importe.pdf")
    page = apercu.content.decode()
    assert apercu.status_code == 200
    assert "832" not in page
    assert not DonneePublique.objects.exists()
    (scelle,) = find_sceaux(apercu)
    assert client_for(equipe).post(address(equipe, "publiques_reprendre"), {"scelle": scelle}).status_code == 302
    found = {(row.commune.code, row.cle, row.annee): row.centiemes for row in DonneePublique.objects.all()}
    assert found == {
        ("F001", "population_municipale", 2023): 610000,
        ("F001", "population_totale", 2023): 620000,
        ("F002", "population_totale", 2023): 30000,
    }
    client_for(equipe).post(address(equipe, "publiques_reprendre"), {"scelle": scelle})
    assert DonneePublique.objects.count() == 3
    assert Acte.objects.filter(verbe="publiques.reprises").count() == 1
    autre = send(equipe, "publiques_apercu", contenu=INSEE.replace(b"6200", b"6201"), annee="2023")
    assert "6\u202f200 devient 6\u202f201" in autre.content.decode()
    client_for(equipe).post(address(equipe, "publiques_reprendre"), {"scelle": find_sceaux(autre)[0]})
    assert DonneePublique.objects.get(commune__code="F001", cle="population_totale").centiemes == 620100
    assert client_for(equipe).get(address(equipe, "publiques")).status_code == 200


@pytest.mark.parametrize(
    ("contenu", "annee", "phrase"),
    [
        (b"%PDF-1.7", "", "document PDF"),
        (build_xlsx([["Nom", "Prénom"]]), "", "aucun de ceux"),
        (INSEE, "", "ne dit pas de quelle année"),
        (INSEE, "vingt", "quatre chiffres"),
    ],
    # A workbook holds the minute it was made at: it cannot name its own test.
    ids=["pdf", "autres titres", "sans année", "année en lettres"],
)
def test_a_public_file_that_cannot_be_read_is_told_and_nothing_is_written(equipe, contenu, annee, phrase):
    response = send(equipe, "publiques_apercu", contenu=contenu, annee=annee)
    assert response.status_code == 422
    assert phrase in response.content.decode()
    assert not DonneePublique.objects.exists()


def test_only_the_equipe_takes_public_files_and_everybody_reads_them(campagne, mairie, equipe):
    assert client_for(mairie).get(address(mairie, "publiques")).status_code == 200
    assert send(mairie, "publiques_apercu", contenu=INSEE, annee="2023").status_code == 403
    with pytest.raises(ActionRefusee):
        import_publiques(acteur=mairie, instant=INSTANT, source="x", donnees=[Donnee("F001", "cif", 2023, 1)])
    for donnees in ([], [Donnee("01001", "cif", 2023, 1)], [Donnee(EPCI, "inconnue", 2023, 1)]):
        with pytest.raises(Conflit):
            import_publiques(acteur=equipe, instant=INSTANT, source="x", donnees=donnees)


def test_a_large_file_is_protected_like_the_others(campagne, equipe):
    """The seal of the form is checked although the bound of the file is set first."""
    client = client_for(equipe)
    client.handler.enforce_csrf_checks = True
    assert client.post(address(equipe, "publiques_apercu"), {"annee": "2023"}).status_code == 403


@pytest.fixture
def recus(monkeypatch):
    """Names of the files of which something is read."""
    noms, new_file = [], EnvoiBorne.new_file

    def note(handler, field_name, file_name, *args, **kwargs):
        noms.append(file_name)
        return new_file(handler, field_name, file_name, *args, **kwargs)

    monkeypatch.setattr(EnvoiBorne, "new_file", note)
    return noms


@pytest.mark.parametrize("role", [Role.AGENT, Role.SECRETAIRE, Role.CONSEILLER_MUNICIPAL, Role.PRESIDENT])
def test_nothing_is_read_of_the_file_of_whoever_may_not_send_it(campagne, equipe, recus, role):
    acteur = build_acteur_de(campagne.demarche, role, list_communes(campagne.demarche)[0])
    for name, args in (("publiques_apercu", ()), ("classeurs_apercu", (campagne.pk,))):
        assert send(acteur, name, *args, contenu=INSEE).status_code == 403
        assert recus == []
        send(equipe, name, *args, contenu=INSEE)
        assert recus.pop() == "fichier.bin"


@pytest.mark.parametrize("longueur", ["60000000", "-1", "9" * 5_000])
def test_what_says_that_it_is_too_long_is_not_read(campagne, equipe, recus, longueur):
    client, fichier = client_for(equipe), io.BytesIO(INSEE)
    response = client.post(address(equipe, "publiques_apercu"), {"fichier": fichier}, CONTENT_LENGTH=longueur)
    assert (response.status_code, recus) == (413, [])
    assert "40 Mo" in response.content.decode()


def test_accepting_public_data_never_writes_over_an_answer(campagne, fiche, mairie, equipe):
    donnees = [
        Donnee("F001", "population_municipale", 2023, 610000),
        Donnee("F001", "depenses_fonctionnement", 2024, 5),
    ]
    import_publiques(acteur=equipe, instant=INSTANT, source="INSEE (fictif)", donnees=donnees)
    build_reponse(fiche, "depenses", inconnu=True)
    assert accept_publiques(acteur=mairie, instant=INSTANT, fiche=fiche) == 1
    assert accept_publiques(acteur=mairie, instant=INSTANT, fiche=fiche) == 0
    reponse = Reponse.objects.get(fiche=fiche, ligne__cle="population")
    assert (reponse.valeurs, reponse.annee, reponse.origine) == ({"valeur": 610000}, 2023, Origine.PUBLIQUE)
    assert Reponse.objects.get(fiche=fiche, ligne__cle="depenses").inconnu


@pytest.mark.parametrize("communes", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_communes(communes, django_assert_num_queries):
    campagne = build_campagne(communes=communes)
    equipe = build_acteur_de(campagne.demarche, Role.EQUIPE_PROJET)
    donnees = [Donnee(c.code, "population_totale", 2023, 100) for c in list_communes(campagne.demarche)]
    import_publiques(acteur=equipe, instant=INSTANT, source="INSEE (fictif)", donnees=donnees)
    client = client_for(equipe)
    for name, args, queries in (
        ("publiques", (), 5),
        ("classeurs", (campagne.pk,), 5),
        ("classeurs_zip", (campagne.pk,), 8),
        ("fiche_xlsx", (build_fiche(campagne, None).pk,), 8),
    ):
        with django_assert_num_queries(queries):
            assert client.get(address(equipe, name, *args)).status_code == 200
