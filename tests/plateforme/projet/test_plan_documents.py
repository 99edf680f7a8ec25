"""The tree on paper: every word of it, in its order, tagged for a screen reader, whatever was typed."""

import re

import pytest
from tests.plateforme.documents.lecture import read_pages, says
from tests.plateforme.fabriques import INSTANT

from communaccord.plateforme.projet.documents.plan import build_data, render_plan
from communaccord.plateforme.projet.queries.plan import ActionLue, Arbre, ObjectifLu, OrientationLue
from communaccord.plateforme.territoires.models import Demarche

DEMARCHE = Demarche(nom_epci="Pays d'Exemple (fictif)", fictive=True)


def build_action(rang: int, **fields: str) -> ActionLue:
    words = {"texte": "", "porteur": "", "pilote": "", "echeance": "", **fields}
    return ActionLue(
        rang,
        rang,
        f"Action {rang}",
        words["texte"],
        words["porteur"],
        words["pilote"],
        words["echeance"],
        "en_cours",
        "en cours",
    )


def build_arbre(actions: int = 2, titre: str = "Vivre partout") -> Arbre:
    rows = tuple(build_action(n, porteur="Mme Une", pilote="Direction", echeance="2028") for n in range(1, actions + 1))
    objectifs = (ObjectifLu(1, 1, "Un accueil ouvert", "Chaque jour.\nPartout.", rows), ObjectifLu(2, 2, "Seul", ""))
    vide = OrientationLue(2, 2, "Sans objectif", "")
    return Arbre((OrientationLue(1, 1, titre, "Pourquoi.", objectifs), vide), (build_action(99),))


def test_every_word_of_the_tree_is_there_in_its_order():
    text = "".join(read_pages(render_plan(DEMARCHE, build_arbre(), INSTANT)))
    words = (
        "2 orientations, 2 objectifs, 3 actions ; 1 objectif n'a pas encore d'action",
        "1. Vivre partout",
        "Pourquoi.",
        "1.1 Un accueil ouvert",
        "en cours · portée par Mme Une · pilotée par Direction · échéance : 2028",
        "1.2 Seul",
        "Aucune action pour l'instant.",
        "2. Sans objectif",
        "Aucun objectif pour l'instant.",
        "Actions qui ne servent encore aucun objectif",
        "Action 99",
    )
    assert [word for word in words if not says(text, word)] == []
    places = [text.index(re.sub(r"\s", "", word).replace("'", "’")) for word in words]
    assert places == sorted(places)
    assert "FICTIF" in text


def test_it_is_tagged_and_archivable():
    pdf = render_plan(DEMARCHE, build_arbre(), INSTANT)
    for mark in (b"/StructTreeRoot", b"/Lang", b"pdfuaid:part", b"pdfaid:part"):
        assert mark in pdf, mark
    assert pdf == render_plan(DEMARCHE, build_arbre(), INSTANT)


@pytest.mark.parametrize("actions", [0, 400])
def test_a_plan_of_any_length_is_printed(actions):
    pages = read_pages(render_plan(DEMARCHE, build_arbre(actions), INSTANT))
    assert len(pages) >= 1 + actions // 40
    assert says("".join(pages), f"Action {actions or 99}")


def test_an_empty_plan_is_printed_too():
    assert build_data(Arbre())["phrase"] == "Le plan n'est pas encore écrit."
    assert says("".join(read_pages(render_plan(DEMARCHE, Arbre(), INSTANT))), "Le plan n'est pas encore écrit.")
