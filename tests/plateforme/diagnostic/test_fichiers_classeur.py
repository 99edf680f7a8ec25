"""Workbooks: the same sheet comes back identical; what cannot be read is told by its cell, and nothing is written."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plateforme.diagnostic.fabrique import QUI, build_campagne, build_effectifs, build_fiche, build_reponse
from tests.plateforme.diagnostic.fichiers import make_de, rewrite
from tests.plateforme.fabriques import INSTANT, build_acteur_de, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.actions.classeurs import (
    EtatLigne,
    build_reprise,
    compare_classeurs,
    import_classeurs,
)
from communaccord.plateforme.diagnostic.enums import Origine, TypeLigne
from communaccord.plateforme.diagnostic.lecture.envois import open_envoi
from communaccord.plateforme.diagnostic.models import Ligne, Reponse

pytestmark = [pytest.mark.django_db, pytest.mark.base]
AGENTS, REPERES, AVIS, PARTAGES = "Agents et métiers", "Repères", "Besoins et avis", "Déjà partagé"
VOIRIE = (AGENTS, "voirie_effectifs")


@pytest.fixture
def campagne():
    return build_campagne()


@pytest.fixture
def fiche(campagne):
    return build_fiche(campagne, list_communes(campagne.demarche)[0])


@pytest.fixture
def mairie(fiche):
    return build_acteur_de(fiche.campagne.demarche, Role.SECRETAIRE, fiche.commune)


def compare(acteur, campagne, contenu, attendue=None):
    return compare_classeurs(acteur, campagne, open_envoi("fiche.xlsx", contenu), attendue)[0]


def read_lignes(fiche):
    """What a sheet says, without who wrote it nor when."""
    names = ("ligne__cle", "valeurs", "inconnu", "annee", "source", "qualite", "commentaire")
    return sorted(Reponse.objects.filter(fiche=fiche).values_list(*names), key=str)


def fill(fiche):
    build_effectifs(fiche, "voirie", 7, etp=6.35, titulaire_unique="oui", volume=123.5)
    build_effectifs(fiche, "paie", 2)
    build_reponse(fiche, "population", valeur=6000)
    build_reponse(fiche, "depenses", valeur=1234567.89, qualite="etabli")
    build_reponse(fiche, "voirie_maturite", texte="3")
    build_reponse(fiche, "urbanisme_besoin", texte="indispensable")
    build_reponse(fiche, "conditions", texte="=1+1\nsur deux lignes")
    build_reponse(fiche, "urbanisme_effectifs", inconnu=True)
    # What is no figure has neither year nor source (as the page keeps it).
    Reponse.objects.filter(fiche=fiche).exclude(
        ligne__type__in=(TypeLigne.EFFECTIFS, TypeLigne.NOMBRE, TypeLigne.MONTANT)
    ).update(annee=None, source="")


def test_the_same_sheet_comes_back_unchanged(fiche, mairie):
    fill(fiche)
    lue = compare(mairie, fiche.campagne, make_de(fiche), fiche)
    assert not lue.refus
    assert {ligne.etat for ligne in lue.lignes} == {EtatLigne.INCHANGEE, EtatLigne.VIDE}
    assert len(lue.list_etat(EtatLigne.INCHANGEE)) == 8
    assert build_reprise(lue, remplacer=True) is None


def test_a_sheet_filled_from_the_workbook_of_another_is_its_copy(campagne, fiche, mairie):
    """Written by XLSX in an empty sheet, the answers are those of the full one, to the last hundredth."""
    fill(fiche)
    attendues, contenu = read_lignes(fiche), make_de(fiche)
    Reponse.objects.filter(fiche=fiche).delete()
    lue = compare(mairie, campagne, contenu, fiche)
    reprise = build_reprise(lue, remplacer=False)
    ecrites = import_classeurs(acteur=mairie, instant=INSTANT, campagne=campagne, reprises=[reprise])
    assert ecrites == 8
    assert read_lignes(fiche) == attendues
    assert set(Reponse.objects.values_list("origine", flat=True)) == {Origine.CLASSEUR}


CENTIEMES = st.one_of(st.none(), st.integers(0, 10**6), st.integers(0, 10**13))
PERSONNES = st.one_of(st.none(), st.integers(0, 10**5).map(lambda n: 100 * n))
TEXTES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=60).map(str.strip)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    agents=PERSONNES,
    etp=st.one_of(st.none(), st.integers(0, 10**8)),
    masse=CENTIEMES,
    montant=CENTIEMES,
    texte=TEXTES,
    source=TEXTES,
    annee=st.one_of(st.none(), st.integers(2000, 2100)),
    qualite=st.sampled_from(["estime", "etabli"]),
)
def test_whatever_the_answers_they_come_back_identical(
    fiche, mairie, agents, etp, masse, montant, texte, source, annee, qualite
):
    Reponse.objects.filter(fiche=fiche).delete()
    effectifs = {"agents": agents, "etp": etp, "masse_salariale": masse}
    signe = {"saisie_par": QUI, "saisie_le": INSTANT}
    chiffre = {"annee": annee, "source": source, "qualite": qualite, **signe}
    for cle, valeurs, dites in (
        ("voirie_effectifs", {nom: v for nom, v in effectifs.items() if v is not None}, chiffre),
        ("depenses", {} if montant is None else {"valeur": montant}, chiffre),
        ("conditions", {"valeur": texte} if texte else {}, signe),
    ):
        ligne = Ligne.objects.get(campagne=fiche.campagne, cle=cle)
        if valeurs:
            Reponse.objects.create(fiche=fiche, ligne=ligne, valeurs=valeurs, **dites)
    lue = compare(mairie, fiche.campagne, make_de(fiche), fiche)
    assert not lue.refus
    assert {ligne.etat for ligne in lue.lignes} <= {EtatLigne.INCHANGEE, EtatLigne.VIDE}
    assert len(lue.list_etat(EtatLigne.INCHANGEE)) == Reponse.objects.filter(fiche=fiche).count()


@pytest.mark.parametrize(
    ("colonne", "saisie", "attendu"),
    [
        ("masse_salariale", "1 234,5", 123450),
        ("masse_salariale", "1\u202f234,50 €", 123450),
        ("masse_salariale", 1234.5, 123450),
        ("masse_salariale", ("=1000+234.5", 1234.5), 123450),
        ("etp", ("=10/3", 10 / 3), 333),
        ("etp", "0,8", 80),
        ("agents", 4, 400),
        ("titulaire_unique", "Oui", "oui"),
        ("titulaire_unique", True, "oui"),
        ("titulaire_unique", "non", "non"),
    ],
)
def test_a_cell_is_read_as_a_person_means_it(fiche, mairie, colonne, saisie, attendu):
    contenu = rewrite(make_de(fiche), {(*VOIRIE, colonne): saisie})
    (nouvelle,) = compare(mairie, fiche.campagne, contenu, fiche).list_etat(EtatLigne.NOUVELLE)
    assert nouvelle.lue.reponse.valeurs == {colonne: attendu}
    assert nouvelle.lue.reponse.annee == fiche.campagne.annee


@pytest.mark.parametrize(
    ("colonne", "saisie"), [("etp", "je ne sais pas"), ("agents", "n.c."), ("inconnu", "oui"), ("inconnu", "X")]
)
def test_je_ne_sais_pas_is_an_answer(fiche, mairie, colonne, saisie):
    contenu = rewrite(make_de(fiche), {(*VOIRIE, colonne): saisie})
    (nouvelle,) = compare(mairie, fiche.campagne, contenu, fiche).list_etat(EtatLigne.NOUVELLE)
    assert (nouvelle.lue.reponse.valeurs, nouvelle.lue.reponse.inconnu) == ({}, True)


CASES_FAUTIVES = {
    "texte pour un nombre": ("agents", "trois", "n'est pas un nombre"),
    "nombre négatif": ("agents", -2, "ne peut pas être négatif"),
    "demi-personne": ("agents", 2.5, "nombre entier"),
    "nombre ambigu": ("masse_salariale", "1.234", "peut se lire de deux façons"),
    "nombre démesuré": ("masse_salariale", 10**13, "démesuré"),
    "trop de décimales": ("etp", "1,234", "deux chiffres au plus"),
    "formule sans résultat": ("agents", ("=A1", ""), "formule sans valeur enregistrée"),
    "formule en erreur": ("agents", ("=1/0", "#DIV/0!"), "formule donne une erreur"),
    "pourcentage": ("etp", ("%", 0.8), "pourcentage"),
    "date": ("agents", datetime(2026, 1, 3), "est une date"),
    "vrai pour un nombre": ("agents", True, "pas « vrai » ou « faux »"),
    "autre mot": ("titulaire_unique", "peut-être", "n'est pas un choix proposé"),
    "année en lettres": ("annee", "l'an dernier", "quatre chiffres"),
    "année impossible": ("annee", 1789, "quatre chiffres"),
    "qualité inconnue": ("qualite", "à peu près", "n'est pas un choix proposé"),
    "je ne sais pas et un nombre": ("inconnu", "oui", "gardez l'un des deux"),
    "ne sait pas, autre mot": ("inconnu", "bof", "écrivez « oui »"),
    "plus de départs que d'agents": ("departs", 9, "plus que d'agents"),
    "source trop longue": ("source", "x" * 300, "caractères au plus"),
}


@pytest.mark.parametrize(("colonne", "saisie", "phrase"), CASES_FAUTIVES.values(), ids=CASES_FAUTIVES.keys())
def test_a_faulty_cell_is_told_by_its_place_and_nothing_of_its_line_is_taken(fiche, mairie, colonne, saisie, phrase):
    contenu = rewrite(make_de(fiche), {(*VOIRIE, "agents"): 3, (*VOIRIE, colonne): saisie})
    lue = compare(mairie, fiche.campagne, contenu, fiche)
    (refusee,) = lue.list_etat(EtatLigne.REFUSEE)
    assert len(refusee.lue.fautes) == 1
    assert phrase in refusee.lue.fautes[0]
    assert refusee.lue.fautes[0].startswith(f"Feuille « {AGENTS} », cellule ")
    assert build_reprise(lue, remplacer=True) is None


def test_a_grey_cell_that_was_filled_is_told(fiche, mairie):
    contenu = rewrite(make_de(fiche), {(AVIS, "conditions", "annee"): 2025})
    (refusee,) = compare(mairie, fiche.campagne, contenu, fiche).list_etat(EtatLigne.REFUSEE)
    assert "case grise" in refusee.lue.fautes[0]


def put_membre(contenu, nom, octets):
    out = io.BytesIO(contenu)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(nom, octets)
    return out.getvalue()


def build_bombe():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/_rels/workbook.xml.rels", b"<Relationships/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 80_000_000)
    return out.getvalue()


def zip_de(**membres):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in membres.items():
            archive.writestr(nom.replace("__", "."), octets)
    return out.getvalue()
