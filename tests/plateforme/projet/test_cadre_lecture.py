"""What leaves the frame, what changed between two versions: pure, without any base."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.dossiers.enums import Domaine, Forme
from communaccord.plateforme.projet.catalogue import CATALOGUE, PAR_CLE
from communaccord.plateforme.projet.enums.cadre import FormeEcartee
from communaccord.plateforme.projet.lecture import list_ecarts, list_ecarts_plan, list_ecarts_services
from communaccord.plateforme.projet.lecture.cadre import (
    AJOUTE,
    EGAL,
    RETIRE,
    build_contenu,
    compare_cadres,
    compare_textes,
    compute_empreinte,
    normalize,
    read_champs,
    write_annees,
)


@dataclass(frozen=True)
class Commune:
    code: str
    nom: str


@dataclass(frozen=True)
class Cadre:
    """What a version says, without a table."""

    objectifs: str = "Un accueil chaque jour."
    services_inclus: list[str] = field(default_factory=list)
    services_exclus: list[str] = field(default_factory=list)
    perimetre: str = ""
    formes_exclues: list[str] = field(default_factory=list)
    exclus: str = ""
    toutes_communes: bool = True
    codes_communes: list[str] = field(default_factory=list)
    principes_financiers: str = ""
    regle_decision: str = ""
    annee_debut: int | None = None
    annee_fin: int | None = None
    calendrier: str = ""
    valide_le: date = date(2026, 3, 12)


COMMUNES = tuple(Commune(f"F{rang:03}", f"Commune {rang:03}") for rang in range(1, 10))
VALIDE = "cadre validé le 12\u00a0mars 2026"


def test_without_a_frame_nothing_leaves_it():
    assert list_ecarts(None, service="police", annee=1900, communes=COMMUNES, forme="transfert") == []


def test_a_frame_that_says_nothing_is_never_left():
    assert list_ecarts(Cadre(), service="police", annee=1900, communes=COMMUNES, forme="transfert") == []


@pytest.mark.parametrize(
    ("cadre", "service", "phrase"),
    [
        (
            Cadre(services_exclus=["police"]),
            "police",
            f"Police municipale et garde champêtre\u202f» est exclu du {VALIDE}.",
        ),
        (Cadre(services_inclus=["paie"]), "voirie", f"Voirie\u202f» n’est pas dans le périmètre du {VALIDE}."),
        (Cadre(services_inclus=["paie"]), "paie", ""),
        (Cadre(services_exclus=["police"]), "paie", ""),
        (Cadre(services_inclus=["paie"], services_exclus=["police"]), "police", "est exclu du"),
        (Cadre(services_inclus=["paie"]), "un_service_du_pays", ""),
        (Cadre(services_inclus=["paie"]), "", ""),
    ],
)
def test_services(cadre, service, phrase):
    found = list_ecarts(cadre, service=service)
    assert len(found) == bool(phrase)
    assert phrase in "".join(found)


@pytest.mark.parametrize(
    ("debut", "fin", "annee", "dit"),
    [
        (2027, 2030, 2026, "(de 2027 à 2030)"),
        (2027, 2030, 2027, ""),
        (2027, 2030, 2030, ""),
        (2027, 2030, 2031, "(de 2027 à 2030)"),
        (2027, None, 2026, "(à partir de 2027)"),
        (2027, None, 2099, ""),
        (None, 2030, 2031, "(jusqu’à 2030)"),
        (None, 2030, 1999, ""),
        (2028, 2028, 2027, "(en 2028)"),
        (None, None, 2031, ""),
        (2027, 2030, None, ""),
    ],
)
def test_years(debut, fin, annee, dit):
    found = list_ecarts(Cadre(annee_debut=debut, annee_fin=fin), annee=annee)
    assert len(found) == bool(dit)
    assert dit in "".join(found)


@pytest.mark.parametrize(
    ("dehors", "phrase"),
    [
        (0, ""),
        (1, "1\u00a0commune n’est pas dans le périmètre du"),
        (2, "Commune 002 et Commune 003."),
        (6, "Commune 006 et une autre."),
        (8, "Commune 006 et 3 autres."),
    ],
)
def test_communes(dehors, phrase):
    cadre = Cadre(toutes_communes=False, codes_communes=["F001"])
    found = list_ecarts(cadre, communes=COMMUNES[: dehors + 1])
    assert len(found) == bool(phrase)
    assert phrase in "".join(found)


def test_a_legal_form_ruled_out():
    found = list_ecarts(Cadre(formes_exclues=["transfert"]), forme="transfert")
    assert found == [f"La forme «\u202ftransfert de compétence\u202f» est exclue du {VALIDE}."]
    assert list_ecarts(Cadre(formes_exclues=["transfert"]), forme="service_commun") == []


def test_several_are_told_in_order():
    cadre = Cadre(
        services_exclus=["police"],
        formes_exclues=["transfert"],
        annee_fin=2027,
        toutes_communes=False,
        codes_communes=["x"],
    )
    found = list_ecarts(cadre, service="police", annee=2030, communes=COMMUNES[:1], forme="transfert")
    assert [phrase[:2] for phrase in found] == ["Le", "L’", "1\u00a0", "La"]


def test_forms_that_a_frame_rules_out_are_forms_of_a_scenario():
    assert set(FormeEcartee.values) <= set(Forme.values)


def test_kinds_of_services_of_a_dossier_are_in_the_catalogue():
    known = {service.domaine for service in CATALOGUE if service.domaine}
    assert known == set(Domaine.values) - {Domaine.LIBRE}


TEXTES = st.text(alphabet="abc éà.\n ", max_size=60)


@given(TEXTES, TEXTES)
def test_the_runs_give_back_both_texts(avant, apres):
    runs = compare_textes(avant, apres)
    assert "".join(r.texte for r in runs if r.genre in (EGAL, RETIRE)) == normalize(avant)
    assert "".join(r.texte for r in runs if r.genre in (EGAL, AJOUTE)) == normalize(apres)


@given(TEXTES)
def test_a_text_does_not_differ_from_itself(texte):
    assert all(run.genre == EGAL for run in compare_textes(texte, texte))


def test_only_what_changed_is_compared():
    avant = Cadre(services_inclus=["paie"], annee_debut=2027)
    apres = replace(avant, services_inclus=["paie", "voirie"], annee_debut=2028, objectifs="Un accueil chaque matin.")
    changed = {champ.cle: champ.morceaux for champ in compare_cadres(avant, apres, COMMUNES)}
    assert list(changed) == ["objectifs", "services_inclus", "annees"]
    assert [(m.genre, m.texte) for m in changed["services_inclus"]] == [(EGAL, "Paie"), (AJOUTE, "Voirie")]
    assert [(m.genre, m.texte) for m in changed["objectifs"]][1:] == [(RETIRE, "jour."), (AJOUTE, "matin.")]
    assert compare_cadres(avant, avant, COMMUNES) == ()


def test_line_ends_of_a_browser_are_no_change():
    avant, apres = Cadre(exclus="a\nb"), Cadre(exclus="a\r\nb")
    assert all(m.genre == EGAL for champ in compare_cadres(avant, apres, COMMUNES) for m in champ.morceaux)


def test_the_hash_does_not_depend_on_the_order_of_lists():
    keys = [service.cle for service in CATALOGUE]
    one = Cadre(services_inclus=keys, formes_exclues=["transfert", "entente"])
    two = Cadre(services_inclus=keys[::-1], formes_exclues=["entente", "transfert"])
    assert compute_empreinte(build_contenu(one)) == compute_empreinte(build_contenu(two))
    assert compute_empreinte(build_contenu(one)) != compute_empreinte(build_contenu(Cadre()))


@given(st.lists(st.sampled_from(sorted(PAR_CLE)), unique=True), st.sampled_from(sorted(PAR_CLE)))
def test_a_service_leaves_the_frame_when_and_only_when_it_says_so(inclus, service):
    left = bool(list_ecarts(Cadre(services_inclus=inclus), service=service))
    assert left is (bool(inclus) and service not in inclus)


def test_every_field_is_read_with_its_label():
    champs = read_champs(Cadre(toutes_communes=False, codes_communes=["F002"], annee_debut=2027), COMMUNES)
    by_key = {champ.cle: champ for champ in champs}
    assert by_key["communes"].elements == ("Commune 002",)
    assert by_key["annees"].texte == write_annees(Cadre(annee_debut=2027)) == "à partir de 2027"
    assert all(champ.libelle for champ in champs)


@pytest.mark.parametrize(
    ("services", "phrase"),
    [
        ((), ""),
        (("paie", "voirie"), ""),
        (
            ("police", "paie"),
            "1\u00a0service est exclu du cadre validé le 12\u00a0mars 2026\u202f: «\u202fPolice municipale",
        ),
        (("police", "social"), "2\u00a0services sont exclus du"),
    ],
)
def test_a_questionnaire_that_asks_of_what_is_excluded(services, phrase):
    cadre = Cadre(services_inclus=["paie"], services_exclus=["social", "police"])
    found = list_ecarts_services(cadre, services)
    assert len(found) == bool(phrase)
    assert phrase in "".join(found)
    assert list_ecarts_services(None, services) == []


@pytest.mark.parametrize(
    ("titre", "echeance", "dit"),
    [
        ("Un service de police municipale partagé", "2028", "semble parler de"),
        ("Un GARDE CHAMPÊTRE pour quatre communes", "", "semble parler de"),
        ("Une action de politique culturelle", "2028", ""),
        ("Une paie commune", "fin 2031", "hors du calendrier"),
        ("Une paie commune", "de 2027 à 2030", ""),
        ("Une paie commune", "bientôt", ""),
    ],
)
def test_the_plan_tells_what_leaves_the_frame(titre, echeance, dit):
    cadre = Cadre(services_exclus=["police"], annee_debut=2027, annee_fin=2030)
    phrases = list_ecarts_plan(cadre, [(titre, echeance)])
    assert (dit in phrases[0] and titre in phrases[0] and VALIDE in phrases[0]) if dit else phrases == []
    assert list_ecarts_plan(None, [(titre, echeance)]) == []
