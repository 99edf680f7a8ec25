"""Who may, when: truth tables, written whole. A line changed here is a decision, not a repair."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from communaccord.plateforme.accords import phases, rules
from communaccord.plateforme.accords.enums import (
    TRANSITIONS_ASSESSEUR,
    TRANSITIONS_ENVELOPPE,
    TRANSITIONS_REPONSE,
    TRANSITIONS_TOUR,
    EtatAssesseur,
    EtatEnveloppe,
    EtatReponse,
    EtatTour,
    ModeOuverture,
    Origine,
    PhaseTour,
)
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import DANS_UNE_COMMUNE, Role
from communaccord.plateforme.comptes.models import Mandat, Personne
from communaccord.plateforme.socle.permis import Refus
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

ICI, AILLEURS = Demarche(pk=1), Demarche(pk=2)
MIENNE, AUTRE = CommuneMembre(pk=10), CommuneMembre(pk=11)
ROLES = list(Role)


def build(role, demarche=ICI, commune=MIENNE, pk=100, personne=None, compte=None):
    mandat = Mandat(pk=pk, role=role, personne=Personne(pk=pk if personne is None else personne, compte_id=compte))
    return Acteur(demarche=demarche, nom="essai", mandat=mandat, commune=commune if role in DANS_UNE_COMMUNE else None)


HORLOGE = Acteur(demarche=ICI, nom="L'horloge")
TOUR = SimpleNamespace(demarche_id=1, mode=ModeOuverture.HORLOGE)
TOUR_ASSESSEURS = SimpleNamespace(demarche_id=1, mode=ModeOuverture.ASSESSEURS)
REPONSE = SimpleNamespace(tour=TOUR, commune_id=10)
ENVELOPPE = SimpleNamespace(
    tour=TOUR, saisie_par_id=500, saisie_par=build(Role.EQUIPE_PROJET, pk=500, compte=900).mandat
)
ASSESSEUR = SimpleNamespace(mandat_id=100, etat=EtatAssesseur.ACCEPTE)

EQUIPE = {Role.DGS_EPCI, Role.EQUIPE_PROJET}
MAIRIE = {Role.MAIRE, Role.SECRETAIRE}
ACTS = {
    "conduct": (lambda a: rules.can_conduct(a, 1), EQUIPE),
    "save en ligne": (lambda a: rules.can_save(a, REPONSE, Origine.EN_LIGNE), MAIRIE),
    "save visite": (lambda a: rules.can_save(a, REPONSE, Origine.VISITE), EQUIPE),
    "save telephone": (lambda a: rules.can_save(a, REPONSE, Origine.TELEPHONE), EQUIPE),
    "save papier": (lambda a: rules.can_save(a, REPONSE, Origine.PAPIER), set()),
    "submit": (lambda a: rules.can_submit(a, REPONSE), MAIRIE),
    "validate": (lambda a: rules.can_validate(a, REPONSE), {Role.MAIRE}),
    "share": (lambda a: rules.can_share(a, 1, 10), {Role.MAIRE}),
    "open plis": (lambda a: rules.can_open_plis(a, TOUR), set()),
    "reread enveloppe": (
        lambda a: rules.can_reread_enveloppe(a, ENVELOPPE, mode=ModeOuverture.HORLOGE, est_assesseur=False),
        {Role.MAIRE, Role.PRESIDENT, Role.VICE_PRESIDENT},
    ),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
def test_who_may(act, role):
    decide, allowed = ACTS[act]
    decision = decide(build(role))
    assert bool(decision) == (role in allowed)
    assert decision or (decision.motif.endswith(".") and decision.article == "")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
def test_nobody_of_another_demarche_may_anything(act, role):
    assert not ACTS[act][0](build(role, demarche=AILLEURS))


@pytest.mark.parametrize("role", sorted(DANS_UNE_COMMUNE))
@pytest.mark.parametrize("act", ["save en ligne", "submit", "validate", "share"])
def test_nobody_acts_for_another_commune(act, role):
    assert not ACTS[act][0](build(role, commune=AUTRE))


def test_the_clock_alone_opens_and_only_where_the_rule_says_so():
    assert rules.can_open_plis(HORLOGE, TOUR)
    assert not rules.can_open_plis(HORLOGE, TOUR_ASSESSEURS)
    for act in set(ACTS) - {"open plis"}:
        assert not ACTS[act][0](HORLOGE)


@pytest.mark.parametrize("role", ROLES)
def test_parts_are_brought_by_those_who_accepted_them(role):
    acteur = build(role)
    assert rules.can_contribute(acteur, TOUR_ASSESSEURS, ASSESSEUR)
    assert not rules.can_contribute(acteur, TOUR, ASSESSEUR)
    assert not rules.can_contribute(acteur, TOUR_ASSESSEURS, None)
    assert not rules.can_contribute(build(role, pk=101), TOUR_ASSESSEURS, ASSESSEUR)
    assert not rules.can_contribute(build(role, demarche=AILLEURS), TOUR_ASSESSEURS, ASSESSEUR)
    for etat in (EtatAssesseur.TIRE, EtatAssesseur.DECLINE):
        drawn = SimpleNamespace(mandat_id=100, etat=etat)
        assert not rules.can_contribute(acteur, TOUR_ASSESSEURS, drawn)


def test_the_draw_is_answered_by_the_one_it_called():
    assert rules.can_answer_draw(build(Role.MAIRE), ASSESSEUR)
    assert not rules.can_answer_draw(build(Role.MAIRE, pk=101), ASSESSEUR)
    assert not rules.can_answer_draw(HORLOGE, SimpleNamespace(mandat_id=None))


def test_an_envelope_is_read_again_by_an_assesseur_where_there_are_some_and_never_by_who_copied_it():
    def reread(acteur, est_assesseur):
        return rules.can_reread_enveloppe(acteur, ENVELOPPE, mode=ModeOuverture.ASSESSEURS, est_assesseur=est_assesseur)

    assert reread(build(Role.MAIRE), True)
    assert not reread(build(Role.MAIRE), False)
    assert not reread(build(Role.PRESIDENT), False)
    assert not reread(build(Role.MAIRE, pk=500), True)
    # Another mandate of the same person, or another person behind the same account.
    assert not reread(build(Role.MAIRE, pk=501, personne=500), True)
    assert not reread(build(Role.MAIRE, compte=900), True)
    assert reread(build(Role.MAIRE, compte=901), True)


MOMENTS = {
    # phase: (answers accepted, draft of a BROUILLON written, plis opened)
    PhaseTour.PREPARATION: (False, False, False),
    PhaseTour.A_VENIR: (False, False, False),
    PhaseTour.OUVERT: (True, True, False),
    PhaseTour.CLOS: (False, False, True),
    PhaseTour.DEPOUILLE: (False, False, False),
    PhaseTour.NON_DEPOUILLABLE: (False, False, False),
    PhaseTour.ABANDONNE: (False, False, False),
}


@pytest.mark.parametrize("phase", PhaseTour)
def test_when(phase):
    decisions = (
        phases.check_accepts(phase),
        phases.check_modifiable(phase, EtatReponse.BROUILLON),
        phases.check_depouillable(phase, 0),
    )
    assert tuple(map(bool, decisions)) == MOMENTS[phase]
    assert all(isinstance(d, Refus) and d.motif.endswith(".") for d in decisions if not d)
    assert not phases.check_modifiable(phase, EtatReponse.VALIDEE)
    assert not phases.check_depouillable(phase, 1)


OUVERTURE, CLOTURE = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize("etat", EtatTour)
@pytest.mark.parametrize(
    ("instant", "phase"),
    [
        (datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), PhaseTour.A_VENIR),
        (OUVERTURE, PhaseTour.OUVERT),
        (datetime(2026, 12, 7, 23, 59, 59, tzinfo=UTC), PhaseTour.OUVERT),
        (CLOTURE, PhaseTour.CLOS),
    ],
)
def test_the_phase_of_an_open_round_comes_from_its_dates_and_the_others_from_their_state(etat, instant, phase):
    expected = phase if etat == EtatTour.OUVERT else PhaseTour(etat)
    assert phases.get_phase(etat, OUVERTURE, CLOTURE, instant) == expected


@pytest.mark.parametrize(
    ("transitions", "etats", "finals"),
    [
        (TRANSITIONS_TOUR, EtatTour, {"depouille", "non_depouillable", "abandonne"}),
        (TRANSITIONS_REPONSE, EtatReponse, set()),
        (TRANSITIONS_ASSESSEUR, EtatAssesseur, {"decline"}),
        (TRANSITIONS_ENVELOPPE, EtatEnveloppe, {"rendue", "confirmee", "ecartee"}),
    ],
)
def test_machines_say_every_state_and_end_where_they_must(transitions, etats, finals):
    assert set(transitions) == set(etats)
    assert {etat.value for etat, following in transitions.items() if not following} == finals
