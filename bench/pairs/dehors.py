"""Peers seen from outside: each call is a process of .venv-pairs, with its limits of time and memory."""

import json
import resource
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[2]
PYTHON = RACINE / ".venv-pairs/bin/python"
APPEL = Path(__file__).resolve().parent / "appel.py"
SECONDES, MEMOIRE = 60, 6 << 30
ECRITURE_MAX = 26


@dataclass(frozen=True, slots=True)
class Reponse:
    """What a peer said: CPU milliseconds and values, or why it did not."""

    pair: str
    ms: float | None
    valeurs: tuple[float, ...]
    motif: str = ""


@dataclass(frozen=True, slots=True)
class Demande:
    """A question to a peer. `ecrit`: it needs the 2^n costs; `tolerance`: what a difference may not pass."""

    pair: str
    fonction: str
    data: dict[str, Any]
    attendu: Sequence[float]
    tolerance: float
    unite: str
    ecrit: bool = False


def limit_process(seconds: int) -> None:
    """CPU and memory of the call; building the costs is part of it."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))


def ask(demande: Demande, n: int, seconds: int = SECONDES) -> Reponse:
    """The answer of the peer in so many CPU seconds, or a sentence in French."""
    if not PYTHON.exists():
        return Reponse(demande.pair, None, (), "non installé")
    if demande.ecrit and n > ECRITURE_MAX:
        return Reponse(demande.pair, None, (), f"demande les 2^{n} coûts")
    request = json.dumps({"pair": f"pair_{demande.pair}", "fonction": demande.fonction, **demande.data})
    late = f"sans réponse en {seconds} s"
    try:
        done = subprocess.run(
            [PYTHON, APPEL], input=request, capture_output=True, text=True, check=False,
            timeout=5 * seconds, preexec_fn=partial(limit_process, seconds),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Reponse(demande.pair, None, (), late)
    if done.returncode < 0:
        return Reponse(demande.pair, None, (), late)
    if done.returncode:
        return Reponse(demande.pair, None, (), read_error(done.stderr))
    answer = json.loads(done.stdout)
    return Reponse(demande.pair, answer["ms"], tuple(answer["valeurs"]))


def read_error(text: str) -> str:
    last = (text.strip().splitlines() or [""])[-1]
    if last.startswith("ModuleNotFoundError"):
        return "non installé"
    if last.startswith("MemoryError") or "allocate" in last:
        return f"mémoire au-delà de {MEMOIRE >> 30} Go"
    return f"refus : {last.split(':')[0]}"
