"""Sheets of what was given: "Hypothèses", one row a field, and "Communes", one row a commune."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.simulateur.classeur.champs import (
    CHAMP_PARTICIPE,
    TITRES_COMMUNES,
    get_libelle,
    to_cellule,
)
from communaccord.simulateur.classeur.plume import Plume
from communaccord.simulateur.format import write_data
from communaccord.simulateur.types import Simulation

LIGNE_TITRES = 2
LIGNE_CHAMPS = 3
PREMIERE_LIGNE = 4


@dataclass(frozen=True, slots=True)
class Reperes:
    """Where the other sheets find a figure: row of each field, row of each commune, column of each field."""

    hypotheses: Mapping[str, int]
    communes: Mapping[str, int]
    colonnes: Mapping[str, int]
    textes: frozenset[tuple[str, str]]


def flatten(donnees: object, racine: str = "") -> dict[str, object]:
    """Flatten nested data into fields named by their id, lists by the rank of their elements."""
    if isinstance(donnees, Mapping):
        couples = [(str(cle), valeur) for cle, valeur in donnees.items()]
    elif isinstance(donnees, list):
        couples = [(str(rang), valeur) for rang, valeur in enumerate(donnees)]
    else:
        return {racine: donnees}
    plat: dict[str, object] = {}
    for cle, valeur in couples:
        plat |= flatten(valeur, f"{racine}-{cle}" if racine else cle)
    return plat


def write_hypotheses(plume: Plume, simulation: Simulation) -> dict[str, int]:
    """Write every field but those of the communes; return the row of each."""
    donnees = write_data(simulation)
    for cle in ("communes", "perimetre"):
        donnees.pop(cle, None)
    variantes = donnees["variantes"]
    if isinstance(variantes, list):
        donnees["variantes"] = [{c: v for c, v in variante.items() if c != "perimetre"} for variante in variantes]
    plume.set_largeurs(32, 48, 28)
    plume.write(0, 0, "Ce qui a été saisi. Ne changez pas la première colonne\u202f: elle sert à relire ce fichier.")
    plume.write_entetes(LIGNE_TITRES, ("Champ", "Libellé", "Valeur"))
    lignes = {}
    for ligne, (identifiant, valeur) in enumerate(flatten(donnees).items(), start=PREMIERE_LIGNE):
        plume.write(ligne, 0, identifiant, plume.styles.champ)
        plume.write(ligne, 1, get_libelle(identifiant))
        plume.write(ligne, 2, to_cellule(identifiant, valeur), plume.styles.nombre)
        lignes[identifiant] = ligne
    return lignes


def write_communes(plume: Plume, simulation: Simulation, hypotheses: Mapping[str, int]) -> Reperes:
    """Write the figures of the communes, in the order of their codes; return where each one is."""
    donnees = write_data(simulation)["communes"]
    lignes = [flatten(commune) for commune in donnees] if isinstance(donnees, list) else []
    lignes.sort(key=lambda ligne: str(ligne["code"]))
    colonnes = {champ: rang for rang, champ in enumerate(_list_champs(simulation))}
    actes = {f"volumes-{acte.code}": acte.libelle for acte in simulation.service.actes}
    plume.write(0, 0, "Une ligne par commune. Une case vide est un chiffre inconnu, pas un zéro.")
    plume.set_largeurs(10, 30, *([14.0] * (len(colonnes) - 2)))
    for champ, colonne in colonnes.items():
        plume.write(LIGNE_TITRES, colonne, _get_titre(champ, actes), plume.styles.entete)
        plume.write(LIGNE_CHAMPS, colonne, champ, plume.styles.champ)
    textes = set()
    reperes = {}
    for rang, ligne in enumerate(lignes, start=PREMIERE_LIGNE):
        code = str(ligne["code"])
        reperes[code] = rang
        for champ, colonne in colonnes.items():
            valeur = _write_participe(simulation, champ, code) or ligne.get(champ)
            cellule = None if valeur is None else to_cellule(champ, valeur)
            plume.write(rang, colonne, cellule, plume.styles.nombre)
            if isinstance(cellule, str):
                textes.add((code, champ))
    plume.feuille.freeze_panes(PREMIERE_LIGNE, 2)
    return Reperes(hypotheses, reperes, colonnes, frozenset(textes))


def _list_champs(simulation: Simulation) -> list[str]:
    champs = list(TITRES_COMMUNES)
    actes = simulation.service.actes
    if len(actes) > 1:
        rang = champs.index("volume")
        champs[rang : rang + 1] = [f"volumes-{acte.code}" for acte in actes]
    propres = [f"{CHAMP_PARTICIPE}-{rang}" for rang, v in enumerate(simulation.variantes) if v.perimetre is not None]
    return [*champs, CHAMP_PARTICIPE, *propres]


def _get_titre(champ: str, actes: Mapping[str, str]) -> str:
    if champ == CHAMP_PARTICIPE:
        return "Participe"
    if champ.startswith(f"{CHAMP_PARTICIPE}-"):
        return f"Participe à la variante {int(champ.rpartition('-')[2]) + 1}"
    return actes.get(champ) or TITRES_COMMUNES[champ]


def _write_participe(simulation: Simulation, champ: str, code: str) -> str | None:
    nom, _, rang = champ.partition("-")
    if nom != CHAMP_PARTICIPE:
        return None
    perimetre = simulation.variantes[int(rang)].perimetre if rang else simulation.perimetre
    return "oui" if code in (perimetre or ()) else "non"
