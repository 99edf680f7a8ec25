"""Bad workbooks: each is told in one sentence, by its tab and its cell when it is a cell, and nothing is written."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plateforme.diagnostic.fabrique import QUI, build_campagne, build_fiche
from tests.plateforme.diagnostic.fichiers import build_xlsx, make_de, make_fichier, rewrite, zip_de
from tests.plateforme.fabriques import INSTANT, build_acteur_de, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.actions.classeurs import (
    AUTRE_CAMPAGNE,
    AUTRE_COMMUNE,
    AUTRE_DEMARCHE,
    EtatLigne,
    build_reprise,
    compare_classeurs,
)
from communaccord.plateforme.diagnostic.actions.communs import VALIDEE
from communaccord.plateforme.diagnostic.enums import EtatCampagne, EtatFiche
from communaccord.plateforme.diagnostic.lecture.envois import open_envoi
from communaccord.plateforme.diagnostic.lecture.gabarit import FEUILLE_TAMPON, FEUILLES
from communaccord.plateforme.diagnostic.lecture.types import FichierIllisible
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Reponse

pytestmark = [pytest.mark.django_db, pytest.mark.base]
AGENTS, REPERES, AVIS, PARTAGES = "Agents et métiers", "Repères", "Besoins et avis", "Déjà partagé"
VOIRIE = (AGENTS, "voirie_effectifs")
# Place of each word of the stamp in its hidden tab, as ``rewrite`` names it.
TAMPON = {cle: (FEUILLE_TAMPON, cle, "1") for cle in ("format", "demarche", "campagne", "fiche", "telecharge_le")}


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


REFUSES = {
    "vide": (lambda f: b"", "le fichier est vide"),
    "document PDF": (lambda f: b"%PDF-1.7 fictif", "pas un classeur Excel"),
    "image": (lambda f: b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "pas un classeur Excel"),
    "texte": (lambda f: "Bonjour à tous".encode(), "pas un classeur Excel"),
    "ancien Excel ou mot de passe": (lambda f: b"\xd0\xcf\x11\xe0" + b"x" * 600, "mot de passe"),
    "classeur coupé": (lambda f: make_de(f)[:3000], "abîmé"),
    "macros": (lambda f: put_membre(make_de(f), "xl/vbaProject.bin", b"macro"), "contient des macros"),
    "OpenDocument": (lambda f: zip_de(content__xml=b"<a/>"), "un document OpenDocument (.ods)"),
    "autre classeur": (lambda f: build_xlsx([["Commune", "Montant"], ["A", 3]]), "pas un classeur de fiche"),
    "sans feuille": (lambda f: rewrite(make_de(f), sans=[*FEUILLES.values()]), "aucune ligne à lire"),
    "tampon effacé": (lambda f: rewrite(make_de(f), sans=[FEUILLE_TAMPON]), "pas un classeur de fiche"),
    "titres cachés effacés": (
        lambda f: rewrite(make_de(f), {(REPERES, "cle", "cle"): "", (REPERES, "cle", "version"): ""}),
        "titres cachés de la feuille « Repères »",
    ),
    "format d'un autre temps": (lambda f: rewrite(make_de(f), {TAMPON["format"]: "7"}), "au format 7"),
    "date illisible": (lambda f: rewrite(make_de(f), {TAMPON["telecharge_le"]: "hier"}), "pas un classeur de fiche"),
    "autre démarche": (lambda f: rewrite(make_de(f), {TAMPON["demarche"]: "999999"}), AUTRE_DEMARCHE),
    "autre état des lieux": (lambda f: rewrite(make_de(f), {TAMPON["campagne"]: "999999"}), AUTRE_CAMPAGNE),
    "autre commune": (
        lambda f: make_fichier(f.campagne, list_communes(f.campagne.demarche)[1]),
        AUTRE_COMMUNE,
    ),
    "fiche de l'intercommunalité": (lambda f: make_fichier(f.campagne, None), AUTRE_COMMUNE),
    "bombe": (lambda f: build_bombe(), "démesuré"),
    "trop lourd": (lambda f: b"PK" + b"x" * 5_000_001, "le classeur dépasse 5 Mo"),
    "texte trop lourd": (lambda f: b"x" * 5_000_001, "dépasse 5 Mo"),
    "archive sans classeur": (lambda f: zip_de(lettre__pdf=b"%PDF"), "aucun classeur .xlsx"),
    "archive trop lourde": (lambda f: zip_de(a__xlsx=b"") + b"x" * 20_000_001, "le fichier dépasse 20 Mo"),
    "archive bombe": (lambda f: zip_de(a__xlsx=b"PK" + b" " * 6_000_000), "démesurée"),
    "deux fois la même fiche": (
        lambda f: zip_de(a__xlsx=make_de(f), b__xlsx=make_de(f)),
        "Deux classeurs de la même fiche",
    ),
    "fiche validée": (lambda f: validate(f) or make_de(f), VALIDEE),
    "état des lieux clos": (lambda f: close(f) or make_de(f), "est clos"),
}


def read_refus(acteur, campagne, fiche, contenu):
    """The sentence that refuses a file as a whole; the last one of a ZIP."""
    try:
        envois = open_envoi("fichier", contenu)
    except FichierIllisible as illisible:
        return str(illisible)
    return compare_classeurs(acteur, campagne, envois, fiche)[-1].refus


@pytest.mark.parametrize(("build", "phrase"), REFUSES.values(), ids=REFUSES.keys())
def test_a_bad_file_is_told_in_one_sentence_and_nothing_is_written(campagne, fiche, mairie, build, phrase):
    contenu = build(fiche)
    campagne.refresh_from_db()
    refus = read_refus(mairie, campagne, fiche, contenu)
    assert phrase in refus
    assert len(refus) < 300
    assert refus.strip().endswith(".")
    assert not Reponse.objects.exists()


def test_there_are_more_than_forty_kinds_of_bad_files():
    assert len(REFUSES) + len(CASES_FAUTIVES) >= 40


def validate(fiche):
    Fiche.objects.filter(pk=fiche.pk).update(etat=EtatFiche.VALIDEE, validee_par=QUI, validee_le=INSTANT)


def close(fiche):
    Campagne.objects.filter(pk=fiche.campagne_id).update(etat=EtatCampagne.CLOSE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(octets=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_spoilt_workbook_is_read_or_refused_and_breaks_nothing(campagne, fiche, mairie, octets):
    contenu = bytearray(make_de(fiche))
    for place, octet in octets:
        contenu[int(place * len(contenu))] = octet
    read_refus(mairie, campagne, fiche, bytes(contenu))
    assert not Reponse.objects.exists()
