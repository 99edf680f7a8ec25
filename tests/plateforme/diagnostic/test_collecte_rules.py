"""Who may do what in the collecte: truth tables, every role; what a line accepts."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic import rules
from communaccord.plateforme.diagnostic.calculs.valeurs import (
    NOMBRE_MAX,
    ReponseSaisie,
    ValeurRefusee,
    check_reponse,
    parse_valeur,
    write_valeur,
)
from communaccord.plateforme.diagnostic.defaut import REPERES, SERVICES_PAR_DEFAUT, build_lignes
from communaccord.plateforme.diagnostic.enums import TypeLigne, Volet
from communaccord.plateforme.diagnostic.models import ClePublique, Ligne
from communaccord.plateforme.projet.catalogue import CATALOGUE

MIENNE, AUTRE, EPCI = 7, 8, None
EQUIPE = {Role.DGS_EPCI, Role.EQUIPE_PROJET}
MAIRIE = {Role.MAIRE, Role.SECRETAIRE}


@dataclass
class Acteur:
    role: str
    demarche_id: int = 1
    commune_id: int | None = MIENNE


@dataclass
class Fiche:
    commune_id: int | None
    demarche_id: int = 1


# Right: the roles that have it on the sheet of their commune, of another, of the intercommunalité.
SUR_UNE_FICHE = {
    rules.can_fill: (EQUIPE | MAIRIE, EQUIPE, EQUIPE),
    rules.can_validate: (MAIRIE, set(), EQUIPE),
    rules.can_reopen: (EQUIPE | MAIRIE, EQUIPE, EQUIPE),
    rules.can_ask: (MAIRIE, set(), set()),
}


@pytest.mark.parametrize("right", SUR_UNE_FICHE, ids=lambda right: right.__name__)
@pytest.mark.parametrize("role", Role)
def test_rights_on_a_sheet(right, role):
    for commune_id, allowed in zip((MIENNE, AUTRE, EPCI), SUR_UNE_FICHE[right], strict=True):
        assert bool(right(Acteur(role), Fiche(commune_id))) is (role in allowed), (role, commune_id)
        assert not right(Acteur(role), Fiche(commune_id, demarche_id=2))


@pytest.mark.parametrize("role", Role)
def test_rights_on_a_campaign(role):
    acteur = Acteur(role)
    assert bool(rules.can_conduct(acteur, 1)) is (role in EQUIPE)
    assert bool(rules.can_propose(acteur, 1)) is (role in MAIRIE)
    assert bool(rules.can_follow(acteur)) is (role in EQUIPE | {Role.DRH})
    assert not rules.can_conduct(acteur, 2)
    assert not rules.can_propose(acteur, 2)
    readers = [commune for commune in (MIENNE, AUTRE, EPCI) if rules.reads_fiche(acteur, commune)]
    assert readers == ([MIENNE, AUTRE, EPCI] if role in EQUIPE | {Role.DRH} else [MIENNE] if role in MAIRIE else [])


def build_ligne(genre, **fields):
    return Ligne(volet=Volet.REPERES, type=genre, libelle="Une ligne", **fields)


NOMBRES = (
    ("1 234,5", 123_450),
    ("1\u202f234,50 €", 123_450),
    ("0", 0),
    ("", None),
    ("n.c.", None),
    ("je ne sais pas", None),
)


@pytest.mark.parametrize(("texte", "attendu"), NOMBRES)
def test_a_french_number_is_kept_in_hundredths(texte, attendu):
    assert parse_valeur(build_ligne(TypeLigne.MONTANT), "valeur", texte) == attendu


REFUSES = (
    (TypeLigne.NOMBRE, "valeur", "beaucoup", "nombre"),
    (TypeLigne.NOMBRE, "valeur", "-3", "négatif"),
    (TypeLigne.NOMBRE, "valeur", "1,234", "deux chiffres"),
    (TypeLigne.EFFECTIFS, "agents", "2,5", "nombre entier"),
    (TypeLigne.EFFECTIFS, "agents", "40000000", "démesuré"),
    (TypeLigne.EFFECTIFS, "titulaire_unique", "peut-être", "oui, non"),
    (TypeLigne.BESOIN, "valeur", "vital", "indispensable, utile"),
    (TypeLigne.MATURITE, "valeur", "6", "n'est pas un choix"),
    (TypeLigne.CHOIX, "valeur", "vert", "rouge, bleu"),
    (TypeLigne.TEXTE, "valeur", "x" * 2_001, "2001 caractères"),
)


@pytest.mark.parametrize(("genre", "colonne", "texte", "mot"), REFUSES)
def test_what_cannot_be_kept_is_told(genre, colonne, texte, mot):
    with pytest.raises(ValeurRefusee, match=mot):
        parse_valeur(build_ligne(genre, choix=["rouge", "bleu"]), colonne, texte)


FAUTES = (
    (TypeLigne.EFFECTIFS, ReponseSaisie({"agents": 200, "departs": 300}), "departs"),
    (TypeLigne.NOMBRE, ReponseSaisie({"agents": 200}), "agents"),
    (TypeLigne.NOMBRE, ReponseSaisie({"valeur": "deux"}), "valeur"),
    (TypeLigne.TEXTE, ReponseSaisie({"valeur": 200}), "valeur"),
    (TypeLigne.TEXTE, ReponseSaisie({"valeur": ""}), "valeur"),
    (TypeLigne.NOMBRE, ReponseSaisie({"valeur": 200}, inconnu=True), "valeur"),
    (TypeLigne.NOMBRE, ReponseSaisie({"valeur": 200}, annee=1999), "annee"),
    (TypeLigne.NOMBRE, ReponseSaisie({"valeur": 200}, source="x" * 201), "source"),
    (TypeLigne.NOMBRE, ReponseSaisie({"valeur": 200}, qualite="sûre"), "qualite"),
    (TypeLigne.NOMBRE, ReponseSaisie({"valeur": 200}, commentaire="x" * 2_001), "commentaire"),
)


@pytest.mark.parametrize(("genre", "reponse", "champ"), FAUTES)
def test_a_typed_answer_is_checked_whichever_way_it_came(genre, reponse, champ):
    assert list(check_reponse(build_ligne(genre), reponse)) == [champ]


@given(st.integers(0, NOMBRE_MAX))
def test_a_number_written_in_its_field_is_read_back(centiemes):
    ligne = build_ligne(TypeLigne.NOMBRE)
    assert parse_valeur(ligne, "valeur", write_valeur(ligne, "valeur", centiemes)) == centiemes


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(texte):
    for genre in TypeLigne:
        ligne = build_ligne(genre, choix=["rouge", "bleu"])
        for colonne in ligne.colonnes:
            try:
                valeur = parse_valeur(ligne, colonne, texte)
            except ValeurRefusee:
                continue
            assert valeur is None or not check_reponse(ligne, ReponseSaisie({colonne: valeur}))


def test_the_default_lines_are_sound():
    lignes = build_lignes([service.cle for service in CATALOGUE])
    assert len({ligne.cle for ligne in lignes}) == len(lignes) == 3 * len(CATALOGUE) + 8
    assert len(build_lignes(SERVICES_PAR_DEFAUT)) == 26
    assert {ligne.publique for ligne in REPERES} <= set(ClePublique.values)
    assert build_lignes([]) == [ligne for ligne in lignes if not ligne.service]
    words = " ".join(f"{ligne.libelle} {ligne.aide}".lower() for ligne in lignes)
    assert "ligne rouge" not in words
    assert "lignes rouges" not in words
    assert "obligatoire" not in words
