"""Workbooks: the same sheet comes back identical, and what it would change is told before anything is written."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plateforme.diagnostic.fabrique import QUI, build_campagne, build_effectifs, build_fiche, build_reponse
from tests.plateforme.diagnostic.fichiers import make_de, make_fichier, rewrite, zip_de
from tests.plateforme.fabriques import INSTANT, build_acteur_de, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.actions.classeurs import (
    EtatLigne,
    build_reprise,
    compare_classeurs,
    import_classeurs,
)
from communaccord.plateforme.diagnostic.enums import EtatFiche, Origine, TypeLigne, Volet
from communaccord.plateforme.diagnostic.lecture.envois import open_envoi
from communaccord.plateforme.diagnostic.lecture.gabarit import FEUILLE_TAMPON
from communaccord.plateforme.diagnostic.models import Fiche, Ligne, Reponse
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

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


def validate(fiche):
    Fiche.objects.filter(pk=fiche.pk).update(etat=EtatFiche.VALIDEE, validee_par=QUI, validee_le=INSTANT)


def test_a_line_withdrawn_or_added_since_is_told(campagne, fiche, mairie):
    contenu = rewrite(make_de(fiche), {(AVIS, "reserves", "valeur"): "Garder l'école", (*VOIRIE, "agents"): 3})
    Ligne.objects.filter(campagne=campagne, cle="reserves").update(retiree=True)
    Ligne.objects.create(
        campagne=campagne, volet=Volet.AVIS, rang=99, cle="neuve", type=TypeLigne.TEXTE, libelle="Neuve"
    )
    lue = compare(mairie, campagne, contenu, fiche)
    (refusee,) = lue.list_etat(EtatLigne.REFUSEE)
    assert "n'est plus au questionnaire" in refusee.lue.fautes[0]
    assert lue.remarques == ["1\u00a0ligne du questionnaire manque dans ce classeur."]
    assert len(lue.list_etat(EtatLigne.NOUVELLE)) == 1


def test_a_line_repeated_is_taken_once(campagne, fiche, mairie):
    contenu = rewrite(make_de(fiche), {(AGENTS, "paie_effectifs", "cle"): "voirie_effectifs", (*VOIRIE, "agents"): 3})
    (refusee,) = compare(mairie, campagne, contenu, fiche).list_etat(EtatLigne.REFUSEE)
    assert "déjà plus haut" in refusee.lue.fautes[0]


def test_a_workbook_older_than_the_page_never_writes_over_it_unless_asked(campagne, fiche, mairie):
    build_reponse(fiche, "depenses", valeur=1000)
    contenu = rewrite(make_de(fiche), {(REPERES, "depenses", "valeur"): 1500, (*VOIRIE, "agents"): 3})
    Reponse.objects.filter(fiche=fiche).update(valeurs={"valeur": 200000}, version=2)
    lue = compare(mairie, campagne, contenu, fiche)
    assert [ligne.lue.ligne.cle for ligne in lue.list_etat(EtatLigne.PERIMEE)] == ["depenses"]
    import_classeurs(acteur=mairie, instant=INSTANT, campagne=campagne, reprises=[build_reprise(lue, remplacer=False)])
    assert Reponse.objects.get(fiche=fiche, ligne__cle="depenses").valeurs == {"valeur": 200000}
    lue = compare(mairie, campagne, contenu, fiche)
    import_classeurs(acteur=mairie, instant=INSTANT, campagne=campagne, reprises=[build_reprise(lue, remplacer=True)])
    assert Reponse.objects.get(fiche=fiche, ligne__cle="depenses").valeurs == {"valeur": 150000}


def test_a_cell_left_empty_erases_nothing(campagne, fiche, mairie):
    fill(fiche)
    contenu = rewrite(make_de(fiche), {(REPERES, "depenses", "valeur"): None})
    lue = compare(mairie, campagne, contenu, fiche)
    assert "depenses" in [ligne.lue.ligne.cle for ligne in lue.list_etat(EtatLigne.VIDE)]
    assert build_reprise(lue, remplacer=True) is None


def test_when_a_line_moved_since_the_preview_nothing_at_all_is_written(campagne, fiche, mairie):
    contenu = rewrite(make_de(fiche), {(REPERES, "depenses", "valeur"): 1500, (*VOIRIE, "agents"): 3})
    reprise = build_reprise(compare(mairie, campagne, contenu, fiche), remplacer=False)
    build_reponse(fiche, "depenses", valeur=7)
    with pytest.raises(Conflit, match="Rien n'a été enregistré"):
        import_classeurs(acteur=mairie, instant=INSTANT, campagne=campagne, reprises=[reprise])
    assert Reponse.objects.get(fiche=fiche).valeurs == {"valeur": 700}
    assert not Acte.objects.exists()


def test_several_workbooks_are_taken_together_or_not_at_all(campagne):
    equipe = build_acteur_de(campagne.demarche, Role.EQUIPE_PROJET)
    contenus = [
        rewrite(make_fichier(campagne, commune), {(*VOIRIE, "agents"): 3})
        for commune in list_communes(campagne.demarche)[:2]
    ]
    envois = open_envoi("retours.zip", zip_de(a__xlsx=contenus[0], b__xlsx=contenus[1], lisez__txt=b"x"))
    assert [envoi.nom for envoi in envois] == ["a.xlsx", "b.xlsx"]
    lues = compare_classeurs(equipe, campagne, envois)
    reprises = [build_reprise(lue, remplacer=False) for lue in lues]
    validate(lues[1].fiche)
    with pytest.raises(Conflit):
        import_classeurs(acteur=equipe, instant=INSTANT, campagne=campagne, reprises=reprises)
    assert not Reponse.objects.exists()
    Fiche.objects.update(etat=EtatFiche.EN_COURS)
    assert import_classeurs(acteur=equipe, instant=INSTANT, campagne=campagne, reprises=reprises) == 2


def test_a_mairie_writes_no_other_sheet_even_with_what_was_read_by_somebody_else(campagne, mairie):
    autre = build_fiche(campagne, list_communes(campagne.demarche)[1])
    equipe = build_acteur_de(campagne.demarche, Role.EQUIPE_PROJET)
    contenu = rewrite(make_de(autre), {(*VOIRIE, "agents"): 3})
    reprise = build_reprise(compare(equipe, campagne, contenu), remplacer=False)
    with pytest.raises((ActionRefusee, Conflit)):
        import_classeurs(acteur=mairie, instant=INSTANT, campagne=campagne, reprises=[reprise])
    assert not Reponse.objects.exists()


def test_the_workbook_has_no_formula_and_locks_all_but_its_answers(fiche):
    with zipfile.ZipFile(io.BytesIO(make_de(fiche))) as archive:
        feuilles = [archive.read(nom).decode() for nom in archive.namelist() if nom.startswith("xl/worksheets/sheet")]
        etats = archive.read("xl/workbook.xml").decode()
    assert not any("<f>" in feuille for feuille in feuilles)
    assert sum("<sheetProtection" in feuille for feuille in feuilles) == 6
    assert sum("<dataValidation " in feuille for feuille in feuilles) >= 3
    assert etats.count('state="veryHidden"') == 2
