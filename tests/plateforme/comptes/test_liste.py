"""A list of people, pasted or from a file: read line by line, each fault at its place, written whole or not at all."""

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.plateforme.fabriques import build_acteur_de, build_demarche, build_mandat, client_for, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.forms.liste import read_liste
from communaccord.plateforme.comptes.models import Mandat, Personne
from communaccord.plateforme.territoires.models import CommuneMembre

COMMUNES = [CommuneMembre(pk=1, nom="Commune 001"), CommuneMembre(pk=2, nom="L'Île-Fictive")]
ENTETE = "Nom\tRôle\tCommune\tCourriel\tÀ partir du\tJusqu'au\n"


def read(texte, mandats=()):
    return read_liste(texte=texte, contenu=None, communes=COMMUNES, mandats=mandats)


@pytest.mark.parametrize("text", ["secrétariat", "secrétariat de mairie", "secrétaire générale de mairie"])
def test_the_office_of_a_mairie_is_read_in_its_words(text):
    liste = read(ENTETE + f"Secrétariat\t{text}\tCommune 001\tmairie@example.fr\t\t\n")
    assert [entree.role for entree in liste.nouvelles] == [Role.SECRETAIRE]


def test_a_list_is_read_as_people_write_it():
    liste = read(
        ENTETE
        + "Maire de la 001\tMaire\tcommune 001\tMairie@Example.fr\t\t\n"
        + "Secrétariat\tsecrétaire de mairie\tL’île Fictive\tmairie@example.fr\t01/04/2026\t\n"
        + "\n"
        + "Bureau d'études\tConsultante\t\tb@example.fr\t2026-05-01\t31.12.2027\n"
        + "Direction\tDGS\t\td@example.fr\t\t\n"
        + "Direction\tDGS\tCommune 001\td@example.fr\t\t\n"
    )
    assert liste.est_prete, [ligne.fautes for ligne in liste.fautives]
    roles = [entree.role for entree in liste.nouvelles]
    assert roles == [Role.MAIRE, Role.SECRETAIRE, Role.CONSULTANT, Role.DGS_EPCI, Role.SECRETAIRE]
    first, second, third, *_ = liste.nouvelles
    assert (first.commune.pk, first.courriel) == (1, "mairie@example.fr")
    assert (second.commune.pk, second.debut.isoformat()) == (2, "2026-04-01")
    assert third.fin.isoformat() == "2027-12-31"
    assert [ligne.numero for ligne in liste.lignes] == [2, 3, 5, 6, 7]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_recognized_by_its_own_words(role):
    liste = read(ENTETE + f"X\t{role.label}\tCommune 001\t\t\t31/12/2027\n")
    assert [entree.role for entree in liste.nouvelles] == [role]


@pytest.mark.parametrize(
    ("ligne", "mot"),
    [
        ("X\tmaire\tInconnue\t\t\t", "n'est pas une commune"),
        ("X\tmaire\t\t\t\t", "choisissez-la"),
        ("X\tchef cuisinier\t\t\t\t", "inconnu"),
        ("X\tmaire\tCommune 001\tmairie\t\t", "nom@commune.fr"),
        ("X\tagent\t\t\t31/02/2026\t", "n'existe pas"),
        ("X\tagent\t\t\t01/02/2026\t01/01/2026", "avant le début"),
        ("X\tconsultant\t\t\t\t", "a une fin"),
        ("\tagent\t\t\t\t", "Le nom manque"),
    ],
)
def test_each_fault_is_told_at_its_line(ligne, mot):
    liste = read(ENTETE + "Y\tagent\t\t\t\t\n" + ligne)
    assert not liste.est_prete
    assert [f.numero for f in liste.fautives] == [3]
    assert mot in " ".join(liste.fautives[0].fautes)


def test_two_mayors_of_one_commune_are_a_fault():
    liste = read(ENTETE + "A\tmaire\tCommune 001\t\t\t\nB\tmaire\tCommune 001\t\t\t")
    assert "Déjà dit à la ligne 2" in liste.fautives[0].fautes[0]


@pytest.mark.parametrize("texte", ["", "   \n", "bonjour", "Prénom;Ville\nA;B", ENTETE])
def test_what_is_no_list_is_one_sentence(texte):
    liste = read(texte)
    assert liste.faute
    assert not liste.lignes
    assert not liste.est_prete


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_answered(texte):
    for contenu in (None, texte.encode("utf-8", "surrogatepass")):
        liste = read_liste(texte=texte, contenu=contenu, communes=COMMUNES, mandats=())
        assert liste.faute or liste.lignes


@given(st.lists(st.text(alphabet="ab;\t\"'=@1/", max_size=12), min_size=1, max_size=40))
def test_whatever_is_under_the_titles_is_told_line_by_line(cells):
    liste = read(ENTETE + "\t".join(cells))
    assert liste.faute or all(ligne.entree is not None or ligne.fautes for ligne in liste.lignes)


def test_what_is_confirmed_is_what_was_shown():
    liste = read(ENTETE + "A\tmaire\tCommune 001\ta@example.fr\t\t\nSecrétariat\tsecrétaire\tCommune 001\t\t\t")
    again = read(liste.texte)
    assert again.nouvelles == liste.nouvelles


def build_xlsx(rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


@pytest.fixture
def equipe(db):
    return build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)


def test_our_own_model_is_read_back_with_what_is_missing(equipe):
    client = client_for(equipe)
    modele = client.get(f"/m/{equipe.mandat_id}/personnes/modele.xlsx").content
    liste = read_liste(texte="", contenu=modele, communes=list_communes(equipe.demarche), mandats=())
    assert [ligne.fautes for ligne in liste.lignes] == [("Le nom manque : écrivez un nom, ou une fonction.",)] * 3


def test_a_file_is_shown_then_written(equipe):
    client = client_for(equipe)
    adresse = f"/m/{equipe.mandat_id}/personnes/importer/"
    envoi = io.BytesIO(
        build_xlsx([["Nom", "Rôle", "Commune", "Courriel"], ["A", "Maire", "Commune 002", "a@example.fr"]])
    )
    envoi.name = "liste.xlsx"
    answer = client.post(adresse, {"fichier": envoi, "texte": ""})
    assert answer.status_code == 200
    assert "Rien n’est encore écrit" in answer.content.decode()
    assert Personne.objects.count() == 1
    texte = "Nom\tRôle\tCommune\tCourriel\nA\tMaire\tCommune 002\ta@example.fr"
    answer = client.post(adresse, {"texte": texte, "confirmer": "oui"})
    assert answer["Location"].endswith("?fait=importees")
    assert Mandat.objects.get(role=Role.MAIRE).personne.compte.email == "a@example.fr"
    page = client.post(adresse, {"texte": texte, "confirmer": "oui"}).content.decode()
    assert "Toutes ces personnes sont déjà là" in page
    assert Mandat.objects.count() == 2


def test_a_faulty_list_confirmed_by_force_writes_nothing(equipe):
    texte = "Nom\tRôle\nA\tAgent\nB\tChef cuisinier"
    client = client_for(equipe)
    answer = client.post(f"/m/{equipe.mandat_id}/personnes/importer/", {"texte": texte, "confirmer": "oui"})
    assert answer.status_code == 422
    assert Personne.objects.count() == 1


def test_a_mayor_already_there_is_told(equipe):
    commune = list_communes(equipe.demarche)[0]
    known = build_mandat(equipe.demarche, Role.MAIRE, commune)
    liste = read_liste(
        texte=f"Nom\tRôle\tCommune\tCourriel\nB\tmaire\t{commune.nom}\tb@example.fr",
        contenu=None,
        communes=[commune],
        mandats=[known],
    )
    assert "mettez d'abord fin à ce mandat" in liste.fautives[0].fautes[0]
