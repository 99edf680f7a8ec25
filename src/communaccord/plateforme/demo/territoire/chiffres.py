"""Figures of three services to pool, all *fictif*, in the form of a simulation and read by the usual validator."""

from collections.abc import Callable, Mapping
from math import floor

from communaccord.plateforme.demo.territoire.hasard import draw_entre
from communaccord.plateforme.demo.territoire.modele import CommuneFictive, TerritoireFictif
from communaccord.simulateur import Simulation, parse_simulation

Donnees = dict[str, object]

# Code, words, weight against a permit, number a year for a thousand inhabitants.
ACTES = (
    ("pc", "Permis de construire", "1", 4.2),
    ("dp", "Déclaration préalable", "0,7", 13.5),
    ("pa", "Permis d'aménager", "1,2", 0.35),
    ("pd", "Permis de démolir", "0,8", 0.6),
    ("cub", "Certificat d'urbanisme opérationnel", "0,4", 4.4),
)
POPULATION_SECRETARIAT = 1_500
ANNEES = {"premiere": 2027, "horizon": 6}


def build_urbanisme(territoire: TerritoireFictif) -> Simulation:
    """Instruction of planning permissions, all communes, acts by kind."""

    def describe(commune: CommuneFictive) -> Donnees:
        volumes = {code: _draw_volume(commune, code, pour_mille) for code, _, _, pour_mille in ACTES}
        return {
            "volumes": volumes,
            "depense_actuelle": _draw_rond(commune, "urbanisme", 1.8, 5.2),
            "heures_actuelles": round(sum(volumes.values()) * draw_entre(0.6, 1.4, "h", commune.code)),
        }

    return _parse(
        territoire,
        "l'instruction des autorisations d'urbanisme",
        describe,
        service={
            "domaine": "urbanisme",
            "nom": "Instruction des autorisations d'urbanisme",
            "actes": [{"code": code, "libelle": libelle, "poids": poids} for code, libelle, poids, _ in ACTES],
        },
        personnel={"productivite": "220", "pas": "1/2", "cout_etp": "46 000"},
        couts=_couts({"Logiciel et maintenance": "9 500", "Locaux": "4 000"}, mise_en_place="18 000", part_epci="10 %"),
        variantes=[
            {"nom": "Usage et population", "cle": {"population": "30 %", "usage": "70 %"}},
            {"nom": "Population seule", "cle": {"population": "100 %"}},
            {"nom": "Usage seul", "cle": {"usage": "100 %"}},
        ],
    )


def build_secretariat(territoire: TerritoireFictif) -> Simulation:
    """A travelling secretary of mairie, for the small communes only, counted in hours a year."""
    petites = [c.code for c in territoire.communes if c.population_municipale < POPULATION_SECRETARIAT]

    def describe(commune: CommuneFictive) -> Donnees:
        if commune.code not in petites:
            return {"volume": 0, "depense_actuelle": 0, "heures_actuelles": 0}
        heures = 40 + round(commune.population_municipale * draw_entre(0.25, 0.55, "secrétariat", commune.code))
        return {
            "volume": heures,
            "depense_actuelle": _draw_rond(commune, "remplacement", 6, 16),
            "heures_actuelles": round(heures * draw_entre(0.3, 0.8, "h secrétariat", commune.code)),
        }

    return _parse(
        territoire,
        "un secrétariat de mairie itinérant",
        describe,
        service={"domaine": "libre", "nom": "Secrétariat de mairie itinérant", "unite": "heure de secrétariat"},
        perimetre=petites,
        personnel={"productivite": "1 480", "pas": "1/2", "cout_etp": "41 500"},
        couts=_couts({"Déplacements et véhicule": "6 200", "Formation": "1 500"}, mise_en_place="7 000"),
        variantes=[
            {"nom": "Heures convenues", "cle": {"usage": "100 %"}},
            {"nom": "Heures et part égale", "cle": {"usage": "70 %", "forfait": "30 %"}},
        ],
    )


def build_informatique(territoire: TerritoireFictif) -> Simulation:
    """Care of computers and backups, all communes, counted in workstations."""

    def describe(commune: CommuneFictive) -> Donnees:
        return {
            "volume": 2 + round(commune.population_municipale / draw_entre(85, 130, "postes", commune.code)),
            "depense_actuelle": _draw_rond(commune, "informatique", 4, 9),
            "heures_actuelles": 10 + round(commune.population_municipale * draw_entre(0.02, 0.06, "i", commune.code)),
        }

    return _parse(
        territoire,
        "l'informatique et les sauvegardes des mairies",
        describe,
        service={"domaine": "informatique", "nom": "Informatique et sauvegardes"},
        personnel={"productivite": "110", "pas": "1/2", "cout_etp": "48 500"},
        couts=_couts(
            {"Sauvegardes et messagerie": "16 500", "Sécurité des accès": "8 200"},
            mise_en_place="32 000",
            part_epci="15 %",
        ),
        variantes=[
            {"nom": "Nombre de postes", "cle": {"usage": "100 %"}},
            {"nom": "Postes et population", "cle": {"usage": "60 %", "population": "40 %"}},
            {"nom": "Postes et part égale", "cle": {"usage": "80 %", "forfait": "20 %"}},
        ],
    )


def _couts(fixes: Mapping[str, str], *, mise_en_place: str, part_epci: str = "0 %") -> Donnees:
    return {
        "fixes": [{"libelle": libelle, "montant": montant} for libelle, montant in fixes.items()],
        "mise_en_place": mise_en_place,
        "mise_en_place_annees": "3",
        "indexation_personnel": "2 %",
        "indexation_autres": "1,5 %",
        "part_epci_taux": part_epci,
    }


def _parse(
    territoire: TerritoireFictif, objet: str, describe: Callable[[CommuneFictive], Donnees], **reste: object
) -> Simulation:
    donnees: Donnees = {
        "version": 1,
        "titre": f"{objet[0].upper()}{objet[1:]} (chiffres fictifs)",
        "territoire": {"nom": territoire.nom, "fictif": True, "source_population": "fictif"},
        "communes": [
            {"code": c.code, "nom": c.nom, "population": c.population_municipale, **describe(c)}
            for c in territoire.communes
        ],
        "cout_horaire": "28",
        "marges": {"volumes": "10 %", "couts": "5 %"},
        "annees": ANNEES,
        **reste,
    }
    simulation = parse_simulation(donnees, strict=True)
    if isinstance(simulation, list):
        raise ValueError(" ".join(map(str, simulation)))
    return simulation


def _draw_volume(commune: CommuneFictive, code: str, pour_mille: float) -> int:
    """Acts of one kind in a year: in a village, most rare acts are missing."""
    attendu = commune.population_municipale * pour_mille / 1000 * draw_entre(0.7, 1.3, "acte", code, commune.code)
    return floor(attendu + draw_entre(0, 1, "reste", code, commune.code))


def _draw_rond(commune: CommuneFictive, objet: str, bas: float, haut: float) -> int:
    """A yearly spending in whole tens of euros, so many euros an inhabitant."""
    return 10 * round(commune.population_municipale * draw_entre(bas, haut, objet, commune.code) / 10)
