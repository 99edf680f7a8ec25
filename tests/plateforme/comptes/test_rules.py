"""Truth table: who may do what among people, for every role; every refusal gives its reason."""

import pytest

from communaccord.plateforme.comptes import rules
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte, Mandat, Personne
from communaccord.plateforme.socle.permis import Refus
from communaccord.plateforme.territoires import rules as regles_territoire
from communaccord.plateforme.territoires.enums import EtatDemarche, Nature
from communaccord.plateforme.territoires.models import Demarche, Epci

EQUIPE = {"dgs_epci", "equipe_projet"}
# action: (rule, the roles that may; all the others may not)
TABLE = {
    "tenir les personnes": (rules.may_manage_personnes, EQUIPE),
    "remettre un code": (
        lambda acteur: rules.may_reset_code(acteur, roles=frozenset({Role.MAIRE}), compte_id=99),
        EQUIPE,
    ),
    "choisir son code": (rules.may_replace_code, {"maire", "president", "vice_president"}),
    "confirmer par la lettre": (rules.may_confirm_by_code, EQUIPE),
    "ajuster les phases": (regles_territoire.may_set_phases, EQUIPE),
}


def build(role: str) -> Acteur:
    demarche = Demarche(pk=1, nom_epci="Communauté fictive", etat=EtatDemarche.OUVERTE)
    personne = Personne(pk=1, demarche=demarche, nom="Quelqu'un", compte=Compte(pk=1, email="x@example.fr"))
    return Acteur(demarche=demarche, nom="Quelqu'un", mandat=Mandat(pk=1, personne=personne, role=role))


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("action", TABLE)
def test_who_may(action, role):
    rule, allowed = TABLE[action]
    decision = rule(build(role))
    assert bool(decision) is (role in allowed)
    if not decision:
        assert isinstance(decision, Refus)
        assert decision.motif.endswith(".")
        assert len(decision.motif) > 30


@pytest.mark.parametrize("rule", [rule for rule, _ in TABLE.values()])
def test_the_clock_and_the_administration_may_do_none_of_it(rule):
    assert not rule(Acteur(demarche=Demarche(pk=1), nom="L'horloge"))


@pytest.mark.parametrize("role", [r for r in Role.values if r not in ("maire", "president", "vice_president")])
def test_a_role_that_validates_nothing_gets_no_code(role):
    decision = rules.may_reset_code(build("equipe_projet"), roles=frozenset({role}), compte_id=99)
    assert decision == rules.CODE_SANS_OBJET


def test_nobody_makes_the_code_that_their_own_mailbox_uses():
    decision = rules.may_reset_code(build("equipe_projet"), roles=frozenset({"maire"}), compte_id=1)
    assert decision == rules.CODE_A_SOI
    assert rules.may_reset_code(build("equipe_projet"), roles=frozenset({"maire"}), compte_id=None)


@pytest.mark.parametrize(("is_staff", "is_active", "attendu"), [(1, 1, 1), (0, 1, 0), (1, 0, 0), (0, 0, 0)])
def test_who_administers(is_staff, is_active, attendu):
    decision = rules.may_administer(Compte(is_staff=bool(is_staff), is_active=bool(is_active)))
    assert bool(decision) is bool(attendu)


@pytest.mark.parametrize(("etat", "attendu"), [(e, e == EtatDemarche.OUVERTE) for e in EtatDemarche])
def test_nobody_is_invited_nor_given_a_code_but_in_an_open_demarche(etat, attendu):
    assert bool(regles_territoire.may_give_code(Demarche(etat=etat))) is attendu
    assert bool(regles_territoire.may_invite(Demarche(etat=etat))) is attendu


@pytest.mark.parametrize(("nature", "attendu"), [(n, n != Nature.MET69) for n in Nature])
def test_a_demarche_opens_on_an_epci_only(nature, attendu):
    assert bool(regles_territoire.may_open_on(Epci(nature=nature))) is attendu
