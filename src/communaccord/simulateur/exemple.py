"""An example on an invented territory: plainly invented names, figures marked *fictif*, read by the usual validator."""

from functools import cache

from communaccord.simulateur.types import Simulation
from communaccord.simulateur.validation import parse_simulation

# Name, population, acts a year (in equivalent permits), spending today in euros, hours of agents today.
_COMMUNES = (
    ("Commune-centre", 9200, 210, "68 000", "400"),
    ("Bourg-Neuf-sur-Fictive", 3400, 92, "14 500", "310"),
    ("Val-Imaginé", 2100, 61, "16 500", "220"),
    ("Saint-Exemple", 1450, 38, "4 200", "180"),
    ("Le Modèle", 980, 27, "2 500", "150"),
    ("Roche-Inventée", 610, 15, "je ne sais pas", "90"),
    ("Hameau-Témoin", 340, 9, "600", "70"),
    ("La Fiction-Haute", 120, 3, "0", "35"),
)

DONNEES: dict[str, object] = {
    "version": 1,
    "titre": "Exemple fictif : un service commun d'instruction des autorisations d'urbanisme",
    "territoire": {"nom": "Communauté de communes de la Fictive (exemple fictif)", "fictif": True},
    "service": {"domaine": "urbanisme", "unite": "acte pondéré"},
    "communes": [
        {
            "nom": nom,
            "population": population,
            "volume": volume,
            "depense_actuelle": depense,
            "heures_actuelles": heures,
        }
        for nom, population, volume, depense, heures in _COMMUNES
    ],
    "personnel": {"productivite": "220", "pas": "1/2", "cout_etp": "46 000"},
    "couts": {
        "fixes": [
            {"libelle": "Logiciel et maintenance", "montant": "9 500"},
            {"libelle": "Locaux", "montant": "4 000"},
        ],
        "mise_en_place": "18 000",
        "mise_en_place_annees": "3",
        "indexation_personnel": "2 %",
        "indexation_autres": "1,5 %",
        "part_epci_taux": "10 %",
    },
    "cout_horaire": "28",
    "marges": {"volumes": "10 %", "couts": "5 %"},
    "annees": {"premiere": 2027, "horizon": 6},
    "variantes": [
        {"nom": "Usage et population", "cle": {"population": "30 %", "usage": "70 %"}},
        {"nom": "Population seule", "cle": {"population": "100 %"}},
        {"nom": "Usage seul", "cle": {"usage": "100 %"}},
    ],
}


@cache
def build_exemple() -> Simulation:
    """Return the example simulation; ValueError if the example itself were invalid (a test holds it)."""
    simulation = parse_simulation(DONNEES, strict=True)
    if isinstance(simulation, list):
        raise ValueError(" ".join(str(anomalie) for anomalie in simulation))
    return simulation
