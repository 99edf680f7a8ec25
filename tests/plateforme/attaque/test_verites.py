"""Who may do what, for every act of every room and every role: one table, held against the acts themselves.

Each act is tried for real, in the name of each role, on objects of commune F001; whatever it writes is undone. It is
refused by `ActionRefusee` and by nothing else: a role that may not act is told so before anything else is looked at.
A new act without its line here fails.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from tests.plateforme.attaque.droits import (
    AILLEURS,
    DANS_LA_COMMUNE,
    EN_SON_NOM,
    INTERIEURS,
    PAR_COMPTE,
    SANS_OBJET,
    TABLE,
)
from tests.plateforme.attaque.monde import Monde
from tests.plateforme.attaque.objets import COMMUNE, Objets
from tests.plateforme.fabriques import build_acteur_de, build_demarche

from communaccord import plateforme
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import EXECUTIF, MAIRIE, Role
from communaccord.plateforme.socle.permis import ActionRefusee

pytestmark = pytest.mark.django_db


def list_actes() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every function of the write side that acts in somebody's name."""
    for module in pkgutil.walk_packages(plateforme.__path__, f"{plateforme.__name__}."):
        parts = module.name.split(".")
        if len(parts) < 4 or parts[3] != "actions":
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_own = function.__module__ == module.name
            if is_own and {"acteur", "compte"} & list_noms(function):
                yield f"{parts[2]}.{name}", function


def list_noms(function: Callable[..., Any]) -> set[str]:
    return {n for n, p in inspect.signature(function).parameters.items() if p.kind == p.KEYWORD_ONLY}


ACTES = dict(list_actes())


def test_every_act_has_its_line():
    assert set(ACTES) == set(TABLE) | PAR_COMPTE | INTERIEURS | set(AILLEURS)
    assert len(TABLE) + len(PAR_COMPTE) + len(INTERIEURS) + len(AILLEURS) == len(ACTES)


def test_no_view_reaches_an_act_that_checks_no_right():
    names = {act.split(".")[1] for act in INTERIEURS}
    views = [m for m in pkgutil.walk_packages(plateforme.__path__, f"{plateforme.__name__}.") if ".views" in m.name]
    assert len(views) > 20
    for module in views:
        assert not names & set(vars(importlib.import_module(module.name))), module.name


@pytest.fixture
def objets(monde):
    return Objets(monde)


def build_acteur(monde: Monde, role: Role) -> Acteur:
    return monde.gens.get(role, COMMUNE if role in DANS_LA_COMMUNE else "")


def is_refused(function: Callable[..., Any], acteur: Acteur, values: dict[str, Any]) -> bool:
    """Whether the right was refused; anything else that an act says comes after the right."""
    motif = ""
    with transaction.atomic():
        try:
            with transaction.atomic():
                function(acteur=acteur, **values)
        except ActionRefusee as error:
            motif = error.refus.motif
        except Exception:
            motif = ""
        transaction.set_rollback(True)
    return motif.endswith(".")


@pytest.mark.parametrize("act", TABLE)
def test_who_may(monde, objets, act):
    function = ACTES[act]
    values = objets.build(act, function)
    allowed = {role for role in Role if not is_refused(function, build_acteur(monde, role), values)}
    assert allowed == set(TABLE[act])


@pytest.mark.parametrize("act", [act for act in TABLE if act not in SANS_OBJET])
def test_nobody_acts_on_another_demarche(monde, objets, act):
    """Whatever the role, an object of another démarche is out of reach, though no page shows it."""
    other = build_demarche(1)
    for role in (Role.EQUIPE_PROJET, Role.PRESIDENT, Role.MAIRE):
        acteur = build_acteur_de(other, role)
        assert is_refused(ACTES[act], acteur, objets.build(act, ACTES[act])), role


PAR_COMMUNE = [act for act, roles in TABLE.items() if roles & MAIRIE and act not in SANS_OBJET | EN_SON_NOM]


@pytest.mark.parametrize("act", PAR_COMMUNE)
def test_nobody_acts_for_another_commune(monde, objets, act):
    values = objets.build(act, ACTES[act])
    for role in sorted(MAIRIE | EXECUTIF):
        acteur = monde.gens.get(role, "F007" if role in MAIRIE else "")
        assert is_refused(ACTES[act], acteur, values) == (role not in TABLE[act] or role in MAIRIE), role
