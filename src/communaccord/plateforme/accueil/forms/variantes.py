"""Changing a key or a perimeter from the result page: the rest of the simulation stays as it was in its link."""

from dataclasses import dataclass, replace

from communaccord.plateforme.accueil.forms.criteres import find_incalculables
from communaccord.plateforme.accueil.forms.simulation import AUCUNE, fill_variantes, rebalance_saisie
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import MAX_VARIANTES, Anomalie, Simulation, nest_champs
from communaccord.simulateur.validation.coherence import check_coherence
from communaccord.simulateur.validation.lecteur import Lecteur
from communaccord.simulateur.validation.variantes import describe_cle, read_variantes


@dataclass(frozen=True, slots=True)
class Changement:
    """The new simulation, the variant to show, or what is to be mended."""

    simulation: Simulation | None
    rang: int
    anomalies: tuple[Anomalie, ...] = ()


def change_variantes(simulation: Simulation, saisie: Saisie, rang: int, action: str) -> Changement:
    """Apply what was typed for the variant ``rang``, then the button that was pressed."""
    rang = min(rang, len(simulation.variantes) - 1)
    nouvelle = replace_variante(fill_variantes(simulation), saisie, simulation, rang)
    if action == "recalculer":
        nouvelle = rebalance_saisie(nouvelle, find_incalculables(simulation, rang))
    elif action == "ajouter" and len(simulation.variantes) < MAX_VARIANTES:
        nouvelle, rang = copy_variante(nouvelle, rang, len(simulation.variantes)), len(simulation.variantes)
    elif action == "retirer" and len(simulation.variantes) > 1:
        nouvelle, rang = drop_variante(nouvelle, rang), 0
    elif action == "perimetre" and rang:
        nouvelle = nouvelle.with_listes({f"variantes-{rang}-perimetre": simulation.perimetre})
    if vide := [nom for nom, codes in nouvelle.listes.items() if not codes]:
        return Changement(None, rang, (replace(AUCUNE, ou=vide[0]),))
    changee, anomalies = parse_variantes(simulation, nouvelle)
    return Changement(None if anomalies else changee, rang, anomalies)


def parse_variantes(simulation: Simulation, saisie: Saisie) -> tuple[Simulation, tuple[Anomalie, ...]]:
    """The same simulation with the variants of the form: the rest, already checked, is not read again."""
    lecteur = Lecteur()
    listes = {nom: list(codes) for nom, codes in saisie.listes.items()}
    racine = lecteur.open(nest_champs({**saisie.champs_simulation(), **listes}), "", "")
    changee = replace(simulation, variantes=read_variantes(racine, simulation.communes))
    if not lecteur.anomalies:
        check_coherence(lecteur, changee)
    return changee, tuple(show_ici(anomalie, saisie) for anomalie in lecteur.anomalies)


def show_ici(anomalie: Anomalie, saisie: Saisie) -> Anomalie:
    """The same, leading to a field of the result page: what misses in the data is told under the key that asks it."""
    if anomalie.ou in saisie.champs or anomalie.ou in saisie.listes:
        return anomalie
    rang = next((rang for rang in saisie.rangs("variantes") if anomalie.ou.startswith(f"variantes-{rang}-")), None)
    return replace(anomalie, ou="reglages" if rang is None else f"variantes-{rang}-cle")


def replace_variante(base: Saisie, saisie: Saisie, simulation: Simulation, rang: int) -> Saisie:
    """Put what was typed for one variant in place of what the link said; a name made from the key follows the key."""
    prefixe = f"variantes-{rang}-"
    champs = {nom: valeur for nom, valeur in saisie.champs.items() if nom.startswith(prefixe)}
    listes = {nom: codes for nom, codes in saisie.listes.items() if nom.startswith(prefixe)}
    if not champs:
        return base
    ancienne = simulation.variantes[rang]
    if champs.get(f"{prefixe}nom", "") in ("", describe_cle(ancienne.cle)):
        champs[f"{prefixe}nom"] = ""
    autres = {nom: valeur for nom, valeur in base.champs.items() if not nom.startswith(f"{prefixe}cle-")}
    return Saisie({**autres, **champs}, {**base.listes, **listes})


def copy_variante(saisie: Saisie, rang: int, nouveau: int) -> Saisie:
    """Add a variant that starts as the one shown, without its name."""
    ancien, neuf = f"variantes-{rang}-", f"variantes-{nouveau}-"
    champs = {neuf + nom[len(ancien) :]: v for nom, v in saisie.champs.items() if nom.startswith(f"{ancien}cle-")}
    listes = {neuf + nom[len(ancien) :]: v for nom, v in saisie.listes.items() if nom.startswith(ancien)}
    return saisie.with_champs({**champs, f"{neuf}nom": f"Variante {nouveau + 1}"}).with_listes(listes)


def drop_variante(saisie: Saisie, rang: int) -> Saisie:
    """Take a variant away."""
    prefixe = f"variantes-{rang}-"
    return Saisie(
        {nom: valeur for nom, valeur in saisie.champs.items() if not nom.startswith(prefixe)},
        {nom: codes for nom, codes in saisie.listes.items() if not nom.startswith(prefixe)},
    )
