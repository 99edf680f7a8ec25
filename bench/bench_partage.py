"""Measure the sharing room at the size of the largest real case: 158 communes, 6 years, 3 keys, cost alone of all.

Run: python bench/bench_partage.py
"""

import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from communaccord.noyau import partage as p

ANNEES = tuple(range(2027, 2033))
BAREME = p.Bareme({"PC": 1, "DP": Fraction(7, 10), "CU": Fraction(1, 5), "PA": Fraction(6, 5)}, "équivalent-PC")


def build_membres(nombre: int = 158) -> list[p.Membre]:
    """Invented communes (fictif): sizes and volumes spread by an arithmetic rule, no randomness."""
    return [
        p.Membre(
            code=f"X{i:04d}",
            population=120 + (i * i * 37) % 9000,
            volumes={"PC": 3 + i % 17, "DP": 5 + (i * 7) % 40, "CU": 4 + (i * 3) % 25, "PA": i % 3},
            temps=i % 5 + 1,
            potentiel_fiscal=10_000_000 + i * 123_457,
            depense_actuelle=150_000 + (i * 7919) % 900_000,
            temps_actuel=(i * 104_729) % 400_000,
        )
        for i in range(nombre)
    ]


def build_modele() -> p.ModeleCout:
    """Invented costs (fictif) with every kind of line."""
    return p.ModeleCout(
        indexation=p.Indexation(2026, Fraction(2, 100), Fraction(15, 1000)),
        couts_fixes=(p.CoutFixe("Logiciel", 4_000_000), p.CoutFixe("Locaux", 1_250_000)),
        personnel=(p.Effectif(4_800_000, productivite=300, pas=Fraction(1, 2), bareme=BAREME),),
        couts_unitaires={"PC": 1250, "DP": 640},
        cout_adhesion=40_000,
        mises_en_place=(p.MiseEnPlace("Reprise des dossiers", 3_000_001, 2027, 3),),
        subventions=(p.Subvention("Aide au démarrage", 1_000_000, frozenset({2027, 2028})),),
        part_epci=p.PartEpci(Fraction(1, 10)),
    )


def build_regles() -> list[p.ReglesPartage]:
    """Three keys: use with a phase-in, a mix, a mix with limits."""
    usage = p.CleUsage(BAREME)
    mixte = p.CleMixte(
        ((Fraction(1, 2), p.ClePopulation()), (Fraction(3, 10), usage), (Fraction(1, 5), p.CleForfait()))
    )
    limites = p.Limites(minimum=100_000, maximum=3_000_000, maximum_par_habitant=1500)
    return [
        p.ReglesPartage(usage, lissage=p.Lissage(3)),
        p.ReglesPartage(mixte),
        p.ReglesPartage(mixte, limites=limites, porteur_du_reste="EPCI"),
    ]


def measure(titre: str, calcul: Callable[[], object], fois: int = 15) -> float:
    """Print and return the best CPU time in milliseconds."""
    durees = []
    for _ in range(fois):
        debut = process_time()
        calcul()
        durees.append((process_time() - debut) * 1000)
    print(f"{titre:<62} {min(durees):8.2f} ms")
    return min(durees)


def evaluate() -> None:
    """One full evaluation: cost, cost alone of all, three sharings and their effects."""
    modele, membres = build_modele(), MEMBRES
    cout = p.compute_cout(modele, membres, ANNEES)
    seuls = p.compute_couts_seuls(modele, membres, ANNEES)
    for regles in build_regles():
        partage = p.compute_partage(cout, membres, regles)
        p.compute_effets(membres, partage, seuls, modele.indexation)


MEMBRES = build_membres()


def main() -> None:
    """Measure each part, then the whole."""
    modele, regles = build_modele(), build_regles()
    cout = p.compute_cout(modele, MEMBRES, ANNEES)
    seuls = p.compute_couts_seuls(modele, MEMBRES, ANNEES)
    partage = p.compute_partage(cout, MEMBRES, regles[0])
    propres = p.Incertitude(volumes_propres={m.code: Fraction(1, 10) for m in MEMBRES})
    communes = p.Incertitude(volumes=Fraction(1, 10), couts=Fraction(1, 20))
    measure("coût du périmètre (158 communes, 6 ans)", lambda: p.compute_cout(modele, MEMBRES, ANNEES))
    measure("coût seul des 158 communes", lambda: p.compute_couts_seuls(modele, MEMBRES, ANNEES))
    for nom, regle in zip(("usage, lissage", "clé mixte", "clé mixte, limites"), regles, strict=True):
        measure(f"partage : {nom}", lambda regle=regle: p.compute_partage(cout, MEMBRES, regle))
    measure("effets d'une clé", lambda: p.compute_effets(MEMBRES, partage, seuls, modele.indexation))
    measure("évaluation complète (3 clés, coût seul de toutes)", evaluate)
    measure("explication d'une commune", lambda: p.explain(cout, MEMBRES, regles[2], "X0042", 2029))
    measure(
        "fourchettes, marges communes", lambda: p.compute_fourchettes(modele, MEMBRES, regles[1], ANNEES, communes), 5
    )
    measure(
        "fourchettes, marges propres", lambda: p.compute_fourchettes(modele, MEMBRES, regles[1], ANNEES, propres), 5
    )
    measure(
        "fourchettes, marges propres et limites",
        lambda: p.compute_fourchettes(modele, MEMBRES, regles[2], ANNEES, propres),
        2,
    )


if __name__ == "__main__":
    main()
