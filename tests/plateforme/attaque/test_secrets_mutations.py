"""The search is worth something: when a filter or a right is broken on purpose, it finds what comes out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.plateforme.attaque.gens import SALLES, build_acteur, explore, find_fuites
from tests.plateforme.attaque.monde import Monde, copy_enveloppe
from tests.plateforme.fabriques import set_horloge

from communaccord.plateforme.accords.actions import enveloppes
from communaccord.plateforme.accords.models import resultats
from communaccord.plateforme.accords.views import reponse, validation
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import PERMIS

pytestmark = pytest.mark.django_db

Casse = Callable[[Monde, pytest.MonkeyPatch], None]


def break_a_vous_seule(_monde: Monde, patch: pytest.MonkeyPatch) -> None:
    """`visible_to` forgets the commune."""
    forget = lambda self, acteur: self.filter(tour__demarche_id=acteur.demarche_id)  # noqa: E731
    patch.setattr(resultats.AVousSeuleQuerySet, "visible_to", forget)


def break_reponse(monde: Monde, patch: pytest.MonkeyPatch) -> None:
    """The page of one's own answer reads that of F001."""
    other = monde.gens.maire("F001")
    kept = validation.list_dossiers
    for module in (validation, reponse):
        patch.setattr(module, "list_dossiers", lambda _acteur, tour, _commune: kept(other, tour, other.commune_id))


def break_relecture(monde: Monde, patch: pytest.MonkeyPatch) -> None:
    """Whoever sees that an envelope exists may read its copy."""
    copy_enveloppe(monde, monde.get_tour(2).cloture_le + timedelta(minutes=20))
    set_horloge(patch, monde.get_tour(2).cloture_le + timedelta(minutes=30))
    patch.setattr(enveloppes.rules, "can_reread_enveloppe", lambda *_args, **_options: PERMIS)


def break_journal(monde: Monde, _patch: pytest.MonkeyPatch) -> None:
    """An act of the journal says what an answer says."""
    record_acte(
        acteur=monde.gens.maire("F001"),
        instant=monde.get_tour(2).ouvre_le,
        verbe="essai",
        phrase="Réponse validée : zx2motiff001.",
        portee=Portee.TABLE,
    )


CASSES: dict[str, tuple[Casse, str]] = {
    "à vous seule, sans la commune": (break_a_vous_seule, "maire d'une autre commune"),
    "la réponse d'une autre commune": (break_reponse, "maire d'une autre commune"),
    "la relecture ouverte à toute personne": (break_relecture, "équipe projet"),
    "un journal bavard": (break_journal, "équipe projet"),
}


@pytest.mark.parametrize("casse", CASSES)
def test_what_is_broken_is_found(monde, monkeypatch, casse):
    breaks, qui = CASSES[casse]
    acteur = build_acteur(monde, qui)
    breaks(monde, monkeypatch)
    assert find_fuites(monde, acteur, explore(acteur, SALLES)) != {}
