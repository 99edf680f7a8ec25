"""Elements in the safe: the mark says who reads each one, and a pli opens in its own round only."""

from types import SimpleNamespace

import pytest
from tests.plateforme.accords.fabrique import build_elements

from communaccord.plateforme.accords import coffre
from communaccord.plateforme.accords.coffre import CoffreIllisible
from communaccord.plateforme.accords.elements import compute_sceau, read_pli, seal_element
from communaccord.plateforme.accords.enums import NatureElement, Visibilite
from communaccord.plateforme.accords.models import Element


def build(**values):
    return Element(**{"nature": NatureElement.POSITION, "rang": 1, "visibilite": Visibilite.PLI, **values})


def test_the_mark_changes_with_whatever_is_counted():
    marked = compute_sceau(7, 3, [build(pli=b"pli")])
    assert compute_sceau(7, 3, [build(pli=b"pli")]) == marked
    others = [
        compute_sceau(7, 3, [build(pli=b"autre")]),
        compute_sceau(7, 3, [build(pli=b"pli", visibilite=Visibilite.PARTAGE)]),
        compute_sceau(7, 3, [build(pli=b"pli", nature=NatureElement.PRIORITE)]),
        compute_sceau(7, 3, [build(pli=b"pli", rang=2)]),
        compute_sceau(7, 4, [build(pli=b"pli")]),
        compute_sceau(8, 3, [build(pli=b"pli")]),
        compute_sceau(7, 3, []),
    ]
    assert len({marked, *others}) == len(others) + 1


def test_the_notes_are_not_in_the_mark():
    notes = build(nature=NatureElement.NOTES, visibilite=Visibilite.NOTES, contenu=b"notes")
    assert compute_sceau(7, 3, [build(pli=b"pli"), notes]) == compute_sceau(7, 3, [build(pli=b"pli")])


def test_a_pli_opens_for_its_answer_in_its_round_only():
    paire = coffre.create_paire()

    def place(tour, reponse):
        return SimpleNamespace(pk=reponse, tour_id=tour, tour=SimpleNamespace(cle_publique=paire.publique))

    saisi, element = build_elements()[0], build()
    seal_element(element, place(1, 7), saisi, None)
    assert (element.contenu, element.copie) == (None, None)
    assert read_pli(element, place(1, 7), paire.privee) == saisi
    for tour, reponse in ((2, 7), (1, 8)):
        with pytest.raises(CoffreIllisible, match="pas à sa place"):
            read_pli(element, place(tour, reponse), paire.privee)
