"""Count the lawful local agreements of every CC and CA of France, under each reading; prove every ordinary council.

Run: python bench/bench_sieges.py [2020|2026] [--meilleurs] (populations are real; --meilleurs also looks for the best
agreements by each objective, under the prudent reading and the widest ones, for the forty of most communes).
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from communaccord.noyau.droit import sieges as s
from communaccord.reference import get_perimetre

PLUS_GRANDES = 40


def list_ordinaires(renouvellement: int) -> Iterator[tuple[str, s.SiegesDroitCommun]]:
    """Yield the ordinary council of each EPCI whose populations are known."""
    for epci in get_perimetre(renouvellement).epcis.values():
        membres = [s.CommuneMembre(c.code, c.population_municipale or 0) for c in epci.communes]
        calcul = s.compute_sieges(membres, s.Nature(epci.nature), siren=epci.siren)
        connus = all(c.population_municipale is not None for c in epci.communes)
        if connus and isinstance(calcul, s.SiegesDroitCommun):
            yield epci.nom_complet, calcul


def measure(lectures: s.Lectures, ordinaires: list[tuple[str, s.SiegesDroitCommun]]) -> None:
    """Print the counts of one reading and its times: all the communautés, and the slowest one."""
    mesures = []
    for nom, ordinaire in ordinaires:
        debut = process_time()
        compte = s.count_accords(ordinaire, lectures=lectures)
        mesures.append((process_time() - debut, compte.nombre, nom))
    nombres = sorted(nombre for _, nombre, _ in mesures)
    lente, plus = max(mesures), max(mesures, key=lambda mesure: mesure[1])
    print(f"\n{lectures.tunnel.name}, {lectures.siege_unique.name}, {lectures.ordre.name}")
    print(f"  {len(mesures)} communautés en {sum(m[0] for m in mesures):.1f} s, au plus {lente[0]:.2f} s ({lente[2]})")
    print(
        f"  médiane {median(nombres):.0f}, 9e décile {nombres[len(nombres) * 9 // 10]}, maximum {plus[1]} ({plus[2]})"
    )


def measure_meilleurs(lectures: s.Lectures, ordinaires: list[tuple[str, s.SiegesDroitCommun]]) -> None:
    """Print the times of the best agreements by each objective: all of these, and the slowest one."""
    noms = f"{lectures.tunnel.name}, {lectures.siege_unique.name}, {lectures.ordre.name}"
    print(f"\n{noms} : les meilleurs, {len(ordinaires)} communautés")
    for objectif in s.Objectif:
        mesures = []
        for nom, ordinaire in ordinaires:
            debut = process_time()
            s.find_meilleur_accord(ordinaire, [objectif], lectures=lectures, cible=ordinaire.sieges, limite=1)
            mesures.append((process_time() - debut, nom))
        lente = max(mesures)
        print(f"  {objectif.name} : {sum(m[0] for m in mesures):.1f} s, au plus {lente[0]:.2f} s ({lente[1]})")


def main(renouvellement: int, *, meilleurs: bool) -> None:
    """Measure one renewal."""
    debut = process_time()
    tous = list(list_ordinaires(renouvellement))
    print(f"Règle ordinaire {renouvellement} : {len(tous)} conseils en {process_time() - debut:.2f} s")
    debut = process_time()
    fautes = sum(bool(etape.fautes) for _, ordinaire in tous for etape in s.prove_sieges(ordinaire))
    egalites = sum(bool(ordinaire.egalites) for _, ordinaire in tous)
    print(f"Relus par leurs quotients en {process_time() - debut:.2f} s : {fautes} faute, {egalites} égalités")
    ouverts = [(nom, ordinaire) for nom, ordinaire in tous if ordinaire.nature in (s.Nature.CC, s.Nature.CA)]
    for choix in product(s.LectureTunnel, s.LectureSiegeUnique, s.LectureOrdre):
        measure(s.Lectures(*choix, s.LectureMoitie.ADMISE), ouverts)
    if meilleurs:
        croissantes = replace(s.LECTURES_LARGES, ordre=s.LectureOrdre.CROISSANT)
        grandes = sorted(ouverts, key=lambda un: -len(un[1].lignes))[:PLUS_GRANDES]
        for lectures in (s.LECTURES_PRUDENTES, croissantes, s.LECTURES_LARGES):
            measure_meilleurs(lectures, grandes)


if __name__ == "__main__":
    annees = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(annees[0] if annees else 2026, meilleurs="--meilleurs" in sys.argv)
