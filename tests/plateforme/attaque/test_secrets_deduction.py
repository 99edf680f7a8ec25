"""Nothing is deduced: the site looks the same to everybody else, whatever a commune answers under its envelope.

Two worlds are told that differ by one commune's answer alone (another position, another limit, more or fewer requests,
put under envelope or to be shared). Before the opening, every page, mail and act of everybody else is the same, letter
for letter. After it, they are the same as long as the publication is.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from difflib import unified_diff
from typing import Any

import pytest
from django.db import transaction
from tests.plateforme.attaque.gens import COMPLETE, SALLES, build_acteur, explore
from tests.plateforme.attaque.monde import Monde, build_element, copy_enveloppe, list_assesseurs, open_second_tour
from tests.plateforme.fabriques import set_horloge

from communaccord.plateforme.accords.actions import (
    confirm_enveloppe,
    save_brouillon,
    submit_au_maire,
    validate_reponses,
)
from communaccord.plateforme.accords.enums import NatureElement, Visibilite
from communaccord.plateforme.accords.models import Reponse, Resultat
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.demo.reglages import CODE
from communaccord.plateforme.journal.models import Acte

pytestmark = pytest.mark.django_db

JETON = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|(?:sessionid|csrftoken)=[^;]*|expires=[^;]*'
    # A spreadsheet is stamped with the second when it is made.
    r"|(?:Expires|Last-Modified|ETag|Content-Length): [^\n]*|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
)
EMPREINTE = re.compile(r"[0-9a-f]{12,64}")
LECTEURS = ("équipe projet", "maire d'une autre commune")
PLI, PARTAGE = Visibilite.PLI, Visibilite.PARTAGE


def answer(position: str, visibilite: Visibilite, priorite: str, *montants: int, motif: str = "") -> list[ElementSaisi]:
    clauses = [
        build_element(
            NatureElement.CLAUSE, visibilite, rang, type="contribution_max", degre="condition", montant=montant
        )
        for rang, montant in enumerate(montants, 1)
    ]
    return [
        build_element(NatureElement.POSITION, visibilite, position=position, motif=motif),
        build_element(NatureElement.PRIORITE, visibilite, priorite=priorite),
        *clauses,
    ]


def give_answer(monde: Monde, code: str, elements: list[ElementSaisi]) -> None:
    """The commune answers on both dossiers, through its secretary then its mayor."""
    instant = monde.get_tour(2).cloture_le - timedelta(days=3)
    rows = Reponse.objects.with_tour().filter(tour=monde.get_tour(2), commune__code=code).order_by("dossier_id")
    values = {"acteur": monde.gens.secretaire(code), "instant": instant}
    drafts = []
    for row in rows:
        draft = save_brouillon(**values, reponse=row, version=row.version, elements=elements)
        drafts.append(submit_au_maire(**values, reponse=draft, version=draft.version))
    validate_reponses(
        acteur=monde.gens.maire(code), instant=instant, reponses=[(r, r.version) for r in drafts], code=CODE
    )


# Two worlds are walked twice by two people: the whole of the rooms only on demand (gens.COMPLETE).
LUES = SALLES if COMPLETE else ("table/tours/<int:tour>/resultat", "table/tours/<int:tour>/suivi", "journal")
QUAND = ("ouvert", "clos") if COMPLETE else ("clos",)


def look(monde: Monde) -> dict[str, Any]:
    """Everything that the others receive, without what is drawn at random in each answer."""
    seen: dict[str, Any] = {}
    for qui in LECTEURS:
        for visite in explore(build_acteur(monde, qui), LUES):
            texts = "\n".join(visite.textes)
            seen[f"{qui} {visite.adresse}"] = EMPREINTE.sub("", JETON.sub("", texts))
    seen["courriels"] = list(Courriel.objects.order_by("pk").values_list("adresse", "sujet", "corps", "cree_le"))
    acts = Acte.objects.order_by("pk").values_list("instant", "qui", "phrase", "portee", "commune")
    seen["actes"] = [EMPREINTE.sub("", str(act)) for act in acts]
    return seen


def compare(monde: Monde, one: Callable[[], None], other: Callable[[], None]) -> list[str]:
    """Where the two worlds look different."""
    looks = []
    for tell in (one, other):
        with transaction.atomic():
            tell()
            looks.append(look(monde))
            transaction.set_rollback(True)
    first, second = looks
    assert len(first) > (60 if COMPLETE else 10)
    return [
        f"{key} : {list(unified_diff(str(first.get(key)).split(), str(second.get(key)).split(), n=2))[:40]}"
        for key in sorted(first.keys() | second.keys())
        if first.get(key) != second.get(key)
    ]


PEU = answer("favorable", PLI, "indispensable")
BEAUCOUP = answer("defavorable", PARTAGE, "secondaire", 100, 200, 300, motif="Un motif bien plus long. " * 10)


@pytest.mark.parametrize("quand", QUAND)
def test_before_the_opening_an_answer_changes_nothing_that_the_others_receive(monde, monkeypatch, quand):
    jours = timedelta(days=-1) if quand == "ouvert" else timedelta(minutes=30)
    set_horloge(monkeypatch, monde.get_tour(2).cloture_le + jours)
    different = compare(monde, lambda: give_answer(monde, "F002", PEU), lambda: give_answer(monde, "F002", BEAUCOUP))
    assert different == []


def test_the_comparison_sees_a_difference_when_there_is_one(monde, monkeypatch):
    """Positive control: a commune that answers is counted, one that does not is not."""
    set_horloge(monkeypatch, monde.get_tour(2).cloture_le - timedelta(days=1))
    different = compare(monde, lambda: give_answer(monde, "F002", PEU), lambda: None)
    assert any("équipe projet" in line and "/suivi/" in line for line in different)


def publish(monde: Monde, elements: list[ElementSaisi]) -> Any:
    cloture = monde.get_tour(2).cloture_le
    give_answer(monde, "F002", elements)
    enveloppe = copy_enveloppe(monde, cloture + timedelta(minutes=20))
    confirm_enveloppe(acteur=list_assesseurs(monde)[0], instant=cloture + timedelta(minutes=25), enveloppe=enveloppe)
    open_second_tour(monde, cloture + timedelta(minutes=30))
    return Resultat.objects.get(tour=monde.get_tour(2)).publication


def test_after_the_opening_only_the_publication_tells(monde, monkeypatch):
    """Two limits, two reasons, two priorities under envelope: one publication, so one site."""
    set_horloge(monkeypatch, monde.get_tour(2).cloture_le + timedelta(minutes=50))
    published = []

    def tell(*args: Any, **options: Any) -> Callable[[], None]:
        return lambda: published.append(publish(monde, answer(*args, **options)))

    one = tell("sous_conditions", PLI, "utile", 200, motif="Court.")
    other = tell("sous_conditions", PLI, "secondaire", 300, 900, motif="Bien plus long que l'autre. " * 5)
    different = compare(monde, one, other)
    assert published[0] == published[1]
    assert different == []
