"""Measure what it costs to publish a round: 26, 60 and 158 communes, one to four scenarios that everybody may answer.

Run: python bench/bench_publication.py
     python bench/bench_publication.py --mondes 500   (then plays the rule in all the worlds of 500 small rooms: long)
"""

import argparse
import os
import sys
from pathlib import Path
from time import process_time

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from communaccord.noyau import accord as a

RACINE = Path(__file__).resolve().parent.parent
MONTANTS = ((1000, 2000, 1500, 1200), (2000, 1000, 1200, 1500))
ESSAI = "tests/noyau/properties/test_accord_mondes.py"


def build_offres(communes: int, nombre: int) -> list[a.Offre]:
    """Invented scenarios (fictif): two kinds of communes, each with its own order of preference."""
    return [
        a.Offre(
            f"S{rang}", 2027, {f"C{i:03}": a.OffreCommune(True, {2027: MONTANTS[i % 2][rang]}) for i in range(communes)}
        )
        for rang in range(nombre)
    ]


def build_reponses(communes: int, visibilite: a.Confidentialite) -> list[a.Reponse]:
    """Invented answers (fictif): a sealed limit each, spread by an arithmetic rule, no randomness."""
    return [
        a.Reponse(
            f"C{i:03}",
            a.Position.SOUS_CONDITIONS,
            None,
            (a.Clause(a.TypeClause.CONTRIBUTION_MAX, a.Degre.CONDITION, montant=900 + (i * 397) % 1200),),
            visibilite,
        )
        for i in range(communes)
    ]


def measure(communes: int, nombre: int, visibilite: a.Confidentialite) -> float:
    """Print and return the CPU time in milliseconds, with what was told."""
    reponses, offres = build_reponses(communes, visibilite), build_offres(communes, nombre)
    debut = process_time()
    publication = a.publish_tour(reponses, offres)
    duree = (process_time() - debut) * 1000
    dits = sum(compte.publie for compte in publication.scenarios.values())
    positions = "dites" if publication.ouvertes and publication.ouvertes.publie else "tues"
    print(
        f"{communes:>4} communes, positions {visibilite.label:<24} {nombre} scénarios dont {dits} comptés, "
        f"positions {positions} {duree:9.1f} ms"
    )
    return duree


def main() -> None:
    """Measure each size, then play the worlds when asked."""
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--mondes", type=int, default=0, metavar="SALLES", help="salles à énumérer, tous mondes joués")
    salles = lecteur.parse_args().mondes
    for communes in (26, 60, 158):
        for nombre in (1, 2, 3, 4):
            measure(communes, nombre, a.Confidentialite.PLI)
        measure(communes, 3, a.Confidentialite.PARTAGE)
    if salles:
        os.chdir(RACINE)
        os.environ["COMMUNACCORD_MONDES"] = str(salles)
        sys.exit(pytest.main([ESSAI, "-q"]))


if __name__ == "__main__":
    main()
