"""Speed of the simulator, from the request to the bytes, for the largest intercommunalité (158 communes).

Run: python bench/bench_simulateur.py. CPU time of the process, median of the runs, pages served in-process without
network. Budget: 50 ms for a full answer. The figures are invented by a fixed formula; nothing is drawn at random.
"""

import importlib
import os
import statistics
import sys
import time
from pathlib import Path

from django.test import Client
from django.urls import reverse

from communaccord.reference import get_communes
from communaccord.simulateur import Simulation, compute_resultat, decode_lien, encode_lien, parse_simulation

RACINE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RACINE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
# As served: the entry point of the server also sets when memory is collected.
importlib.import_module("communaccord.plateforme.config.wsgi")

SIREN = "200067106"
BUDGET_MS = 50.0
PASSES = 15


def build_simulation(variantes: int = 1, *, marges: bool = False) -> Simulation:
    """A simulation where every figure of every commune is given, as exact figures or with margins."""
    communes = {
        commune.code: {
            "volume": str(1 + (commune.population_municipale_2023 or 0) // 45),
            "depense_actuelle": str((commune.population_municipale_2023 or 0) * (3 + rang % 7)),
            "heures_actuelles": str(10 + 13 * rang % 390),
        }
        for rang, commune in enumerate(get_communes(SIREN))
    }
    cles = [{"population": "30", "usage": "70"}, {"population": "100"}, {"usage": "100"}]
    simulation = parse_simulation(
        {
            "territoire": {"siren": SIREN},
            "service": {"domaine": "urbanisme"},
            "communes": communes,
            "personnel": {"productivite": "230", "cout_etp": "46 000"},
            "couts": {"fixes": [{"libelle": "Logiciel", "montant": "9 500"}], "part_epci_taux": "10"},
            "cout_horaire": "28",
            "marges": {"volumes": "10", "couts": "5"} if marges else {},
            "variantes": [{"cle": cle} for cle in cles[:variantes]],
        }
    )
    if not isinstance(simulation, Simulation):
        raise SystemExit(f"La simulation de mesure est refusée : {[str(a) for a in simulation]}")
    return simulation


def measure(nom: str, action) -> float:
    """Median CPU time of an action, in milliseconds."""
    action()
    durees = []
    for _ in range(PASSES):
        debut = time.process_time()
        action()
        durees.append((time.process_time() - debut) * 1000)
    mediane = statistics.median(durees)
    print(f"{nom:<58} {mediane:7.1f} ms   (min {min(durees):.1f}, max {max(durees):.1f})")
    return mediane


def measure_resultat(client: Client, titre: str, simulation: Simulation) -> float:
    """Time of each step and of the whole answer for one simulation."""
    adresse = reverse("accueil:simulateur_resultat")
    lien = encode_lien(simulation)
    page = {"s": lien, "commune": "64102"}
    curseurs = {**page, "v": "0", "variantes-0-cle-population": "40", "variantes-0-cle-usage": "60"}
    reponse = client.get(adresse, page)
    if reponse.status_code != 200:
        raise SystemExit(f"La page répond {reponse.status_code}.")
    print(f"\n{titre} : lien de {len(lien)} caractères, page de {len(reponse.content) / 1000:.0f} ko compressés")
    measure("  lecture du lien", lambda: decode_lien(lien))
    measure("  calcul seul", lambda: compute_resultat(simulation))
    measure("  curseur déplacé (fragment)", lambda: client.post(adresse, curseurs, headers={"HX-Request": "true"}))
    return measure("  réponse complète, de la demande aux octets", lambda: client.get(adresse, page))


def main() -> None:
    client = Client(headers={"Accept-Encoding": "gzip"}, SERVER_NAME="localhost")
    duree = measure_resultat(client, "Chiffres exacts", build_simulation())
    measure_resultat(client, "Avec des marges", build_simulation(marges=True))
    measure_resultat(client, "Trois clés, avec des marges", build_simulation(3, marges=True))
    lien = encode_lien(build_simulation())
    fiche = reverse("accueil:fiche_maire", kwargs={"code": "64102"})
    pdf = reverse("accueil:fiche_maire_pdf", kwargs={"code": "64102"})
    formulaire = reverse("accueil:simulateur_formulaire", kwargs={"siren": SIREN})
    print()
    measure("fiche maire, page", lambda: client.get(fiche, {"s": lien}))
    measure("fiche maire, PDF", lambda: client.get(pdf, {"s": lien}))
    measure("formulaire rempli", lambda: client.get(formulaire, {"s": lien}))
    verdict = "tenu" if duree <= BUDGET_MS else "dépassé (la machine est-elle occupée ?)"
    print(f"\nBudget d'une réponse complète : {BUDGET_MS:.0f} ms ; mesuré : {duree:.1f} ms, {verdict}.")


if __name__ == "__main__":
    main()
