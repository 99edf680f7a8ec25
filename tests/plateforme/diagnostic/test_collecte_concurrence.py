"""Real threads on a real database: of several who write one line of a sheet at once, one is kept whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.base, pytest.mark.xdist_group("installations")]


def test_of_six_who_write_one_line_one_is_kept_and_the_others_are_told(site):
    command = [sys.executable, "-m", "tests.plateforme.diagnostic.ouvrier_collecte"]
    done = subprocess.run(command, cwd=RACINE, env=site, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    for name, version in (("creation", 1), ("reecriture", 2)):
        race = told[name]
        written = [said for said in race["dits"] if isinstance(said, int)]
        assert written == [race["garde"]]
        assert race["dits"].count("EditionConcurrente") == 5
        assert race["version"] == version
    assert sorted(told["validation"]["dits"]) == ["Conflit"] * 5 + ["validee"]
    assert told["validations"] == 1
