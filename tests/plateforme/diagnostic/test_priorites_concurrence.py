"""Real threads on a real database: a commune counts once, whoever clicks and however often; a choice closes once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.base, pytest.mark.xdist_group("installations")]


def test_a_commune_counts_once_and_a_choice_closes_once(site):
    command = [sys.executable, "-m", "tests.plateforme.diagnostic.ouvrier_priorites"]
    done = subprocess.run(command, cwd=RACINE, env=site, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["clics"] == [[2, 1, 0]] * 6
    written = [said for said in told["ecritures"][1:] if isinstance(said, list)]
    assert written == [told["garde"]]
    assert told["ecritures"].count("EditionConcurrente") == 4
    assert told["version"] == 2
    closed = [said for said in told["clotures"][1:] if isinstance(said, int)]
    assert closed == told["comptes"]
    assert len(closed) == 1
    assert told["comptes"] == [told["bulletins"]]
