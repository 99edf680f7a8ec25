"""Real processes and threads on a real database: the file of SQLite, or the server of DATABASE_URL.

A round closes while ten people answer; one answer is validated ten times at once; a process is killed at the worst
moment.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.plateforme.accords.fabrique import SECRET_PLI

RACINE = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.base, pytest.mark.xdist_group("installations")]


def start(environment, *commands):
    command = [sys.executable, "-m", "tests.plateforme.accords.ouvrier", *commands]
    return subprocess.Popen(
        command, cwd=RACINE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def read(process):
    """What each command of this process said."""
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors[-3000:]
    return json.loads(output)


def run(environment, *commands):
    return read(start(environment, *commands))


def run_to_death(environment, *commands):
    process = start(environment, *commands)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL, errors[-3000:]


def test_a_round_closes_while_ten_people_answer(site):
    run(site, "build:10")
    people, clock = start(site, "answer_all"), start(site, "sweep")
    ((told,), (swept,)) = read(people), read(clock)
    (found,) = run(site, "tell")
    acknowledged = [s for s in told["dits"] if s["etat"] == "validee"]
    refused = [s for s in told["dits"] if s["etat"] != "validee"]
    assert len(told["dits"]) == 10
    assert swept["faits"] >= 1
    assert all(s["texte_rendu"] for s in refused), told
    assert found["tour"] == "depouille"
    assert found["comptees"] == found["validations"] == found["validees"] == len(acknowledged)
    assert found["publiees"] == [len(acknowledged)]


def test_ten_validations_of_one_answer_at_once_count_one(site):
    _, said, found = run(site, "build:1", "validate_ten", "tell")
    assert sorted(said["dits"]) == ["refusee"] * 9 + ["validee"]
    assert (found["etat"], found["validations"], found["version"]) == ("validee", 1, 2)
    assert found["textes"] == [SECRET_PLI]


def test_of_eight_who_write_one_draft_one_is_kept_whole_and_the_others_have_their_text_back(site):
    _, told = run(site, "build:1", "write_two")
    written = [s for s in told["dits"] if s["ecrit"]]
    assert len(written) == 1
    assert told["garde"] == [f"texte {written[0]['rang']}"]
    assert all(s["texte_rendu"] for s in told["dits"] if not s["ecrit"])


def test_a_process_killed_at_the_worst_moments_loses_nothing_acknowledged(site):
    run_to_death(site, "build:5", "die_validating")
    (found,) = run(site, "tell")
    assert (found["etat"], found["version"], found["validations"]) == ("brouillon", 1, 0)
    assert found["textes"] == [SECRET_PLI]
    run_to_death(site, "die_after")
    (found,) = run(site, "tell")
    assert (found["etat"], found["version"], found["validations"]) == ("validee", 2, 1)
    assert found["textes"] == [SECRET_PLI]
    run_to_death(site, "die_opening")
    before, _, found = run(site, "tell", "close", "tell")
    assert (before["tour"], before["publiees"]) == ("ouvert", [])
    assert (found["tour"], found["comptees"], found["publiees"]) == ("depouille", 1, [1])
