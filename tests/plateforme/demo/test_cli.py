"""``communaccord demo`` runs the commands of the site, as a demo, in the folder of data."""

import sys

import pytest

from communaccord.cli import main
from communaccord.cli.commandes import demo


@pytest.fixture
def lancees(monkeypatch, tmp_path):
    """What would be run, in order; the folder of data is a new one."""
    monkeypatch.setenv("COMMUNACCORD_DONNEES", str(tmp_path / "donnees"))
    calls = []

    def run(commande, environnement):
        calls.append((list(commande), environnement))
        return 0

    monkeypatch.setattr(demo, "run", run)
    return calls


@pytest.mark.parametrize(
    ("argv", "options"),
    [
        (["demo"], []),
        (["demo", "--grande"], ["--grande"]),
        (["demo", "--refaire", "--grande"], ["--grande", "--refaire"]),
    ],
)
def test_it_makes_the_tables_then_loads_the_demo(lancees, tmp_path, argv, options):
    assert main(argv) == 0
    migrate, charger = lancees
    assert migrate[0] == [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    assert charger[0] == [sys.executable, "-m", "django", "charger_demo", *options]
    assert charger[1]["COMMUNACCORD_DEMO"] == "1"
    assert (tmp_path / "donnees").is_dir()


def test_a_failure_stops_there_and_gives_its_code(lancees, monkeypatch):
    monkeypatch.setattr(demo, "run", lambda *_: 3)
    assert main(["demo"]) == 3


def test_a_real_program_is_run_and_its_code_read():
    assert demo.run([sys.executable, "-c", "raise SystemExit(4)"], {}) == 4
