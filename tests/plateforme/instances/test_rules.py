"""Truth tables: every act of the room, every role."""

from types import SimpleNamespace

import pytest

from communaccord.noyau.droit.regles import get_regle
from communaccord.plateforme.comptes.enums import EQUIPE, EXECUTIF, Role
from communaccord.plateforme.instances import rules
from communaccord.plateforme.instances.enums import CONSEILS, Fonction, TypeInstance, describe_fonction
from communaccord.plateforme.socle.permis import PERMIS

COMMUNE, AUTRE, MANDAT = 7, 8, 70


def build_acteur(role, commune=COMMUNE, mandat=MANDAT, demarche=1):
    return SimpleNamespace(
        role=role,
        demarche_id=demarche,
        mandat_id=mandat,
        commune_id=commune,
        est_equipe=role in EQUIPE,
        est_executif=role in EXECUTIF,
        est_president=role == Role.PRESIDENT,
        est_mairie=role in (Role.MAIRE, Role.SECRETAIRE),
    )


EQUIPE_SEULE = {Role.DGS_EPCI, Role.EQUIPE_PROJET}
MAIRIE = {Role.MAIRE, Role.SECRETAIRE}
# Act > (what the object says, who may).
TABLE = {
    "compose": (rules.may_compose, (), EQUIPE_SEULE),
    "prepare": (rules.may_prepare, (), EQUIPE_SEULE),
    "convoke": (rules.may_convoke, (), EQUIPE_SEULE | {Role.PRESIDENT}),
    "answer own": (rules.may_answer, (MANDAT, None), set(Role)),
    "answer of my commune": (rules.may_answer, (99, COMMUNE), EQUIPE_SEULE | MAIRIE),
    "answer of another": (rules.may_answer, (99, AUTRE), EQUIPE_SEULE),
    "answer of nobody's commune": (rules.may_answer, (99, None), EQUIPE_SEULE),
    "record": (rules.may_record, (None,), EQUIPE_SEULE),
    "record as secretary": (rules.may_record, (MANDAT,), set(Role)),
    "validate releve": (rules.may_validate_releve, (frozenset({99}),), {Role.PRESIDENT}),
    "validate what one presided": (rules.may_validate_releve, (frozenset({MANDAT}),), set(Role)),
    "correct releve": (rules.may_correct_releve, (frozenset({99}),), EQUIPE_SEULE | {Role.PRESIDENT}),
    "follow my council": (rules.may_follow_conseil, (COMMUNE,), EQUIPE_SEULE | MAIRIE),
    "follow another council": (rules.may_follow_conseil, (AUTRE,), EQUIPE_SEULE),
    "follow the conseil communautaire": (rules.may_follow_conseil, (None,), EQUIPE_SEULE),
    "read answers": (rules.may_read_reponses, (), EQUIPE_SEULE | {Role.PRESIDENT, Role.VICE_PRESIDENT}),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", list(TABLE))
def test_qui_peut(act, role):
    rule, facts, allowed = TABLE[act]
    decision = rule(build_acteur(role), *facts)
    assert bool(decision) is (role in allowed)
    assert decision == PERMIS or decision.motif.endswith(".")


@pytest.mark.parametrize(
    ("kind", "votes"),
    [
        (TypeInstance.COPIL, False),
        (TypeInstance.COTECH, False),
        (TypeInstance.BUREAU, True),
        (TypeInstance.COMMISSION, False),
        (TypeInstance.CONFERENCE_DES_MAIRES, False),
        (TypeInstance.GROUPE_DE_TRAVAIL, False),
        (TypeInstance.REUNION_CONCERTATION, False),
        (TypeInstance.REUNION_INFORMATION, False),
        (TypeInstance.CONSEIL_COMMUNAUTAIRE, True),
        (TypeInstance.CONSEIL_MUNICIPAL, True),
        (TypeInstance.CLECT, False),
    ],
)
def test_ou_l_on_vote(kind, votes):
    decision = rules.may_vote(kind)
    assert bool(decision) is votes
    if not votes:
        assert decision.article == rules.ARTICLES_VOTE


def test_les_articles_du_refus_sont_ceux_de_la_regle():
    known = {article.removeprefix("CGCT ") for article in get_regle("R-3.1").articles}
    assert {article.removeprefix("CGCT ") for article in rules.ARTICLES_VOTE.split(", ")} <= known


def test_l_horloge_ne_fait_rien_ici():
    horloge = build_acteur("", commune=None, mandat=None)
    asked = [rules.may_compose(horloge), rules.may_record(horloge, None), rules.may_answer(horloge, 1, None)]
    assert not any(asked)
    assert not rules.may_validate_releve(horloge, {1})


def test_un_autre_territoire_est_hors_de_portee():
    assert rules.belongs(build_acteur(Role.MAIRE), 1)
    assert not rules.belongs(build_acteur(Role.EQUIPE_PROJET), 2)


@pytest.mark.parametrize("type_instance", TypeInstance)
def test_only_a_council_is_said_to_decide_by_itself(type_instance):
    said = describe_fonction(type_instance, Fonction.DECISION)
    assert ("délibérer" in said) is (type_instance in CONSEILS)
    assert ("délégations" in said) is (type_instance == TypeInstance.BUREAU)
    assert ("sans décider en droit" in said) is (type_instance not in CONSEILS | {TypeInstance.BUREAU})
    assert describe_fonction(type_instance, Fonction.PRODUCTION) == Fonction.PRODUCTION.label
