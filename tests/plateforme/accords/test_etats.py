"""The diagrams of docs/etats are those of the transition tables."""

import pytest
from tools.build_docs_etats import DOSSIER, MACHINES, build_page


@pytest.mark.parametrize("name", MACHINES)
def test_the_diagram_is_drawn_from_the_table(name):
    page = (DOSSIER / f"{name}.md").read_text(encoding="utf-8")
    assert page == build_page(*MACHINES[name]), "relancez tools/build_docs_etats.py"
