"""The tools that hold the rules: style, types, import contracts, dead code, dependencies, locks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
VERROUS = sorted((RACINE / "requirements").glob("*.txt"))


def run_tool(*command: str) -> None:
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(RACINE / "src")}
    result = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=RACINE, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
        ("vulture",),
        ("deptry", "src"),
    ],
    ids=lambda command: command[0] + "-" + (command[1] if len(command) > 1 else "tout"),
)
def test_tool_finds_nothing(command):
    run_tool(*command)


def test_django_finds_nothing_to_say():
    run_tool("python", "manage.py", "check", "--fail-level", "WARNING")


def test_no_migration_is_missing():
    run_tool("python", "manage.py", "makemigrations", "--check", "--dry-run")


@pytest.mark.parametrize("path", VERROUS, ids=lambda path: path.name)
def test_locks_hold_hashes_and_no_address(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    pinned = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
    assert pinned
    assert all(line.rstrip().endswith("\\") for line in pinned), "chaque bibliothèque a ses empreintes"


def test_nothing_of_the_workplace_is_in_the_project():
    """A clone must not speak of the machine where it was written."""
    listed = subprocess.run(["git", "ls-files"], cwd=RACINE, capture_output=True, text=True, check=False).stdout.split()
    words = ("/" + "work/main", "/" + "root/", ".library" + "/")
    for name in listed:
        path = RACINE / name
        if path.suffix in {".py", ".md", ".html", ".toml", ".yml", ".txt", ".css", ".js", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not any(word in text for word in words), name
