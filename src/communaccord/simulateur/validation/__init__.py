"""One validator for JSON files, forms and spreadsheets: a simulation, or the list of what is to be mended."""

from collections.abc import Mapping

from communaccord.simulateur.nombres import quote
from communaccord.simulateur.types import VERSION, Anomalie, Simulation
from communaccord.simulateur.validation.coherence import check_coherence
from communaccord.simulateur.validation.lecteur import Borne, Lecteur, Zone
from communaccord.simulateur.validation.service import (
    ANNEE,
    COUT_HORAIRE,
    HORIZON,
    read_conditions,
    read_couts,
    read_marges,
    read_personnel,
    read_service,
)
from communaccord.simulateur.validation.territoire import read_codes, read_communes, read_territoire, read_volumes
from communaccord.simulateur.validation.variantes import read_variantes

__all__ = ["nest_champs", "parse_simulation"]

PREMIERE_ANNEE = 2027
HORIZON_DEFAUT = 6
MAX_PROFONDEUR = 6


def parse_simulation(data: Mapping[str, object], *, strict: bool = False) -> Simulation | list[Anomalie]:
    """Return the simulation written in ``data``, or everything there is to mend, each thing located.

    ``data``: the nested mapping of docs/guides/format-simulation.md; leaves may be texts as typed ("1 234,50 €") or
    JSON numbers. ``strict``: also refuse fields that nobody reads (a misspelt name in a file). Never raises for what
    a person typed. Complexity: linear in the size of ``data``.
    """
    lecteur = Lecteur(strict=strict)
    racine = lecteur.open(data, "", "")
    _check_version(racine)
    annees = racine.open("annees", "Années")
    premiere = annees.read_entier("premiere", "première année", ANNEE, PREMIERE_ANNEE)
    horizon = annees.read_entier("horizon", "nombre d'années", HORIZON, HORIZON_DEFAUT)
    territoire, places = read_territoire(racine.open("territoire", "Territoire"))
    service = read_service(racine.open("service", "Service"))
    communes = read_communes(racine, places, service)
    codes = read_codes(racine, "perimetre", "communes participantes", communes)
    simulation = Simulation(
        territoire=territoire,
        service=service,
        communes=communes,
        perimetre=tuple(commune.code for commune in communes) if codes is None else codes,
        variantes=read_variantes(racine, communes),
        volumes_totaux=read_volumes(racine, service, "volume_total", "volumes_totaux"),
        personnel=read_personnel(racine.open("personnel", "Personnel")),
        couts=read_couts(racine.open("couts", "Coûts"), (premiere, premiere + horizon - 1)),
        conditions=read_conditions(racine.open("conditions", "Conditions")),
        cout_horaire=racine.read_montant("cout_horaire", "coût d'une heure", COUT_HORAIRE),
        marges=read_marges(racine.open("marges", "Marges")),
        premiere_annee=premiere,
        horizon=horizon,
        titre=racine.read_texte("titre", "titre"),
    )
    lecteur.check_champs_inconnus()
    if not lecteur.anomalies:
        check_coherence(lecteur, simulation)
    return lecteur.anomalies or simulation


def _check_version(racine: Zone) -> None:
    version = racine.read_entier("version", "version", Borne(0, 10**6, entier=True), VERSION)
    if version != VERSION:
        que_faire = "Mettez à jour Commun Accord." if version > VERSION else "Refaites l'export."
        racine.refuse("version", "version", f"la version {quote(version)} du format n'est pas connue ici.", que_faire)


def nest_champs(champs: Mapping[str, object]) -> dict[str, object]:
    """Nest flat fields named by their id: ``{"communes-64102-volume": "12"}`` becomes nested mappings.

    The name of a field is the id that an :class:`Anomalie` tells, so a form needs no other correspondence. A field
    whose path goes through another field's value is left out (it cannot come from the form itself).
    """
    racine: dict[str, object] = {}
    for nom, valeur in champs.items():
        chemin = nom.split("-")
        if len(chemin) > MAX_PROFONDEUR:
            continue
        noeud = racine
        for partie in chemin[:-1]:
            suivant = noeud.setdefault(partie, {})
            if not isinstance(suivant, dict):
                break
            noeud = suivant
        else:
            noeud.setdefault(chemin[-1], valeur)
    return racine
