"""Time of the search at fixed perimeter: four services, three or four criteria, with and without transfers (fictif)."""

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.instances import list_tailles
from bench.packages import build_lignes, build_paquet

from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.equite import leximin, maxmin
from communaccord.noyau.accord.recherche.flip import flip
from communaccord.noyau.accord.recherche.nash import nash
from communaccord.noyau.accord.recherche.regret import min_regret
from communaccord.noyau.accord.recherche.relax import drop_fewest, relax
from communaccord.noyau.accord.recherche.resultats import Conflict, Deal, Drop, Feasible, Relaxation


def measure(run: Callable[[], object], times: int = 3) -> tuple[float, object]:
    """Best time in milliseconds of CPU, and the answer."""
    best, answer = float("inf"), None
    for _ in range(times):
        start = process_time()
        answer = run()
        best = min(best, 1000 * (process_time() - start))
    return best, answer


def describe(answer: object) -> str:
    """What the answer proves."""
    match answer:
        case Feasible():
            return f"feasible, margin {float(answer.marge or 0) / 100:,.2f} EUR"
        case Conflict():
            return f"conflict of {len(answer.numeros)}, irreducible: {answer.irreductible}"
        case Relaxation():
            return f"{len(answer.cents)} lines, gap {float(answer.gap):.1e} cents"
        case Drop():
            return f"{answer.total} lines, bound {answer.low}, proved {answer.certified}, {answer.status.value}"
        case Deal():
            levels = max((float(n.high - n.value) for n in answer.levels), default=float(answer.gap))
            return f"{answer.rule}, {len(answer.levels)} levels, gap {levels:.1e}"
        case tuple():
            return ", ".join(f"{c.levier.value} {c.status.value} {float(c.ampleur or 0):.4g}" for c in answer)
        case _:
            return repr(answer)


def main() -> None:
    for n in list_tailles(*(int(text) for text in sys.argv[1:])):
        for budget in (0, 3):
            paquet = build_paquet(n, budget=budget)
            loose, tight = build_lignes(paquet, -1.0), build_lignes(paquet, -0.3)
            cheap = build_paquet(n, budget=budget, part=0.25)
            found = check(paquet, loose)
            runs: dict[str, Callable[[], object]] = {
                "check": lambda p=paquet, lines=loose: check(p, lines),
                "conflict": lambda p=paquet, lines=tight: check(p, lines),
                "relax": lambda p=paquet, lines=tight: relax(p, lines),
                "leximin": lambda p=paquet: leximin(p, ()),
                "maxmin": lambda p=paquet: maxmin(p, ()),
                "nash": lambda p=cheap: nash(p, ()),
                "regret": lambda p=paquet: min_regret(p, ()),
                "drop": lambda p=paquet, lines=tight: drop_fewest(p, lines),
            }
            if isinstance(found, Feasible):
                wanted = tight[0].commune
                runs["flip"] = lambda p=paquet, lines=tight, x=found.point, c=wanted: flip(p, lines, x, c)
            for name, run in runs.items():
                time, answer = measure(run, 1 if name in ("drop", "regret") else 3)
                print(f"n={n:3d} transfers={budget} % {name:9s} {time:9.1f} ms  {describe(answer)[:90]}")


if __name__ == "__main__":
    main()
