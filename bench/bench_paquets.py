"""Time of the search for packages on menus more and more contested (fictif): `python bench/bench_paquets.py [n...]`."""

import sys
from fractions import Fraction
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.instances import build_instance
from bench.moteur.accord import PAQUET, build_menu

from communaccord.noyau.accord.recherche.paquets import search_packages

# Name, what each commune caps (parts of what it pays today), gain that it wants (of what it pays for a service), draw.
FAMILLE = {
    24: (
        ("usual", (0.7, 1.1), 0.15, 24),
        ("wide", (1.0, 1.6), 0.15, 24),
        ("wide, gains wanted", (1.0, 1.6), 0.5, 24),
        ("wide, other draw", (1.1, 1.5), 0.3, 3),
    ),
    158: (
        ("usual", (0.7, 1.1), 0.15, 158),
        ("tight", (0.6, 1.0), 0.15, 158),
        ("gains wanted", (0.7, 1.1), 0.5, 158),
        ("contested", (0.6, 0.9), 0.5, 3),
        ("most contested", (0.5, 0.9), 1.0, 3),
    ),
}


def main() -> None:
    for n in [int(text) for text in sys.argv[1:]] or list(FAMILLE):
        seconds, gap = PAQUET[n]
        instance = build_instance(n)
        for nom, caps, wanted, seed in FAMILLE[n]:
            for percent in (0, 3):
                menu, lignes = build_menu(instance, Fraction(percent, 100), caps, wanted, seed)
                start = process_time()

                def is_late(end: float = start + seconds) -> bool:
                    return process_time() > end

                found = search_packages(menu, lignes, gap=gap, should_stop=is_late)
                print(
                    f"n={n:3d} transfers={percent} % {nom:18s} {process_time() - start:6.2f} s  {found.value} of "
                    f"{found.bound} (proved {found.proved}), gap {100 * float(found.gap):.2f} %, {found.nodes} nodes",
                    flush=True,
                )


if __name__ == "__main__":
    main()
