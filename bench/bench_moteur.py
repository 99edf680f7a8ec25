"""Time and proof of each function of the engine, real EPCI, invented costs (fictif), beside the libraries that answer.

`python bench/bench_moteur.py [--tailles 10 24] [--secondes 0] [--page FICHIER]`. Writes docs/moteur/mesures.md when
every size is played. Exit code 1 when a peer gives another answer.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RACINE))
# One thread, as one process that serves: threads that wait for a product of matrices would be counted as work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bench.instances import Instance, build_instance  # noqa: E402
from bench.moteur.accord import list_accord  # noqa: E402
from bench.moteur.page import build_page, list_failures, print_mesure  # noqa: E402
from bench.moteur.partage import list_partage  # noqa: E402
from bench.moteur.taches import Mesure, Tache, play  # noqa: E402
from bench.moteur.vote import list_vote  # noqa: E402
from bench.pairs.dehors import SECONDES  # noqa: E402

TAILLES = (10, 24, 40, 60, 81, 104, 128, 158)
PAGE = RACINE / "docs/moteur/mesures.md"
PARTIES = {"partage": list_partage, "vote": list_vote, "accord": list_accord}


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tailles", type=int, nargs="+", choices=TAILLES, default=list(TAILLES))
    parser.add_argument("--parties", nargs="+", choices=list(PARTIES), default=list(PARTIES))
    parser.add_argument(
        "--secondes", type=int, default=SECONDES, help="temps laissé à chaque autre bibliothèque (0 : ne pas l'appeler)"
    )
    parser.add_argument("--page", type=Path, help="où écrire la page (docs/moteur/mesures.md quand tout est mesuré)")
    return parser.parse_args()


def list_taches(instance: Instance, parties: list[str]) -> Iterator[Tache]:
    for partie in parties:
        yield from PARTIES[partie](instance)


def describe_machine() -> str:
    """In general words: what a reader needs to compare, and how busy it is."""
    load = f"{os.getloadavg()[0]:.1f}".replace(".", ",")
    python = f"{os.cpu_count()} cœurs {platform.machine()}, un seul employé, Python {platform.python_version()}"
    return f"{python}, charge {load} au début (1 par programme qui calcule)"


def main() -> int:
    arguments = read_arguments()
    machine = describe_machine()
    print(machine)
    noms: dict[int, str] = {}
    mesures: list[Mesure] = []
    for n in arguments.tailles:
        instance = build_instance(n)
        noms[n] = instance.nom
        print(f"\n{instance.nom}, {n} communes", flush=True)
        for tache in list_taches(instance, arguments.parties):
            mesure = play(tache, n, seconds=arguments.secondes)
            mesures.append(mesure)
            print_mesure(mesure)
    whole = set(arguments.tailles) == set(TAILLES) and set(arguments.parties) == set(PARTIES)
    page = arguments.page or (PAGE if whole and arguments.secondes else None)
    if page is not None:
        told = {"jour": date.today().strftime("%d/%m/%Y"), "machine": machine, "secondes": arguments.secondes}
        page.write_text(build_page(mesures, noms, told), encoding="utf-8")
    return int(any(list_failures(mesure) for mesure in mesures))


if __name__ == "__main__":
    sys.exit(main())
