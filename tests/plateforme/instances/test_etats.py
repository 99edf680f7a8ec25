"""The machine of a séance: its table, its drawing, and that nothing else moves it."""

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from tests.plateforme.fabriques import INSTANT
from tests.plateforme.instances.outils import build_table

from communaccord.plateforme.instances.actions.etats import advance_seance
from communaccord.plateforme.instances.enums import TRANSITIONS_SEANCE, EtatSeance
from communaccord.plateforme.instances.models import HistoriqueSeance, Seance
from communaccord.plateforme.socle.permis import Conflit

DESSIN = Path(__file__).parents[3] / "docs" / "etats" / "seance.md"


def draw_machine():
    lines = [
        "# Les états d'une séance",
        "",
        "Tiré de `TRANSITIONS_SEANCE` (`plateforme/instances/enums.py`) ; un test compare les deux.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "  [*] --> preparation",
        *(
            f"  {before.value} --> {after.value}"
            for before, following in TRANSITIONS_SEANCE.items()
            for after in EtatSeance
            if after in following
        ),
        "```",
        "",
        *(f"- `{etat.value}` : {etat.label}" for etat in EtatSeance),
        "",
    ]
    return "\n".join(lines)


def test_le_dessin_est_celui_de_la_table():
    assert DESSIN.read_text(encoding="utf-8") == draw_machine()


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), list(itertools.product(EtatSeance, EtatSeance)))
def test_seuls_les_passages_de_la_table_existent(before, after):
    table = build_table(1)
    seance = table.open_seance()
    values = {"convoquee_le": INSTANT, "motif": "essai", "releve_version": 1}
    Seance.objects.filter(pk=seance.pk).update(etat=before, **values)
    seance.refresh_from_db()
    known = HistoriqueSeance.objects.filter(seance=seance).count()
    move = {"acteur": table.equipe, "instant": INSTANT + timedelta(hours=1), "seance": seance, "to": after}
    if after in TRANSITIONS_SEANCE[before]:
        advance_seance(**move)
        assert seance.etat == after
        last = HistoriqueSeance.objects.filter(seance=seance).latest("pk")
        assert (last.etat_avant, last.etat_apres) == (before, after)
        return
    with pytest.raises(Conflit):
        advance_seance(**move)
    assert HistoriqueSeance.objects.filter(seance=seance).count() == known
