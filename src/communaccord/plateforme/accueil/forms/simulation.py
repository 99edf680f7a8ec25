"""The form of a simulation: from fields to a simulation, and what its side buttons do without JavaScript."""

from collections.abc import Collection, Sequence

from communaccord.plateforme.accueil.forms.criteres import find_sans_donnees
from communaccord.plateforme.socle.curseurs import rebalance_parts
from communaccord.plateforme.socle.saisie import VERROU, Saisie, build_saisie_from
from communaccord.simulateur import (
    DOMAINES,
    MAX_VARIANTES,
    Anomalie,
    Critere,
    Domaine,
    NombreInvalide,
    Simulation,
    nest_champs,
    parse_nombre,
    parse_simulation,
    write_data,
)
from communaccord.simulateur.ecriture import format_exact

CENT = 100
AUCUNE = Anomalie("perimetre", "Communes qui participent", "aucune n'est cochée.", "Cochez-en au moins une.")


def start_saisie(codes: Sequence[str], domaine: str = "") -> Saisie:
    """An empty form: everybody takes part, nothing is assumed; only the key, which must sum to 100, has a start."""
    champs = {"variantes-0-cle-population": "100"}
    if domaine in DOMAINES:
        champs["service-domaine"] = domaine
    return Saisie(champs, {"perimetre": tuple(codes)})


def fill_saisie(simulation: Simulation) -> Saisie:
    """The form filled with a simulation, every commune that takes part being ticked."""
    saisie = build_saisie_from(write_data(simulation))
    return saisie.with_listes({"perimetre": simulation.perimetre})


def fill_variantes(simulation: Simulation) -> Saisie:
    """The fields of the variants alone: all that the result page lets one change."""
    champs: dict[str, str] = {}
    listes: dict[str, tuple[str, ...]] = {}
    for rang, variante in enumerate(simulation.variantes):
        prefixe = f"variantes-{rang}"
        champs[f"{prefixe}-nom"] = variante.nom
        champs |= {f"{prefixe}-cle-{critere}": format_exact(poids * 100) for critere, poids in variante.cle}
        if variante.perimetre is not None:
            listes[f"{prefixe}-perimetre"] = variante.perimetre
    return Saisie(champs, listes)


def parse_saisie(saisie: Saisie) -> Simulation | list[Anomalie]:
    """Validate the form. A form where no commune is ticked is refused: nobody is added behind one's back."""
    champs = name_acte(saisie.champs_simulation())
    data = nest_champs({**champs, **{nom: list(codes) for nom, codes in saisie.listes.items()}})
    lue = parse_simulation(data)
    if saisie.codes("perimetre") or not saisie.champs:
        return lue
    return [AUCUNE, *(lue if isinstance(lue, list) else [])]


def name_acte(champs: dict[str, str]) -> dict[str, str]:
    """Give its name to the single act of a service that has a cost by unit but no table of acts."""
    prefixe = "service-actes-0"
    if champs.get(f"{prefixe}-cout_unitaire", "").strip() and not champs.get(f"{prefixe}-libelle", "").strip():
        domaine = champs.get("service-domaine", "")
        proposee = DOMAINES[Domaine(domaine)].unite if domaine in DOMAINES else "unité"
        unite = champs.get("service-unite", "").strip() or proposee
        return {**champs, f"{prefixe}-code": "unite", f"{prefixe}-libelle": unite}
    return champs


def rebalance_saisie(saisie: Saisie, sans_donnees: Collection[Critere] | None = None) -> Saisie:
    """Bring every key back to 100 %, the locked weights keeping what they were given.

    ``sans_donnees``: criteria that get nothing by themselves; None: those without any figure in the form.
    """
    if sans_donnees is None:
        sans_donnees = find_sans_donnees(saisie)
    for rang in range(MAX_VARIANTES):
        saisie = saisie.with_champs(rebalance_cle(saisie, f"variantes-{rang}-cle", sans_donnees))
    return saisie


def rebalance_cle(saisie: Saisie, prefixe: str, sans_donnees: Collection[Critere]) -> dict[str, str]:
    """New weights of one key; empty when it is not in the form or when a weight cannot be read (it will be refused)."""
    noms = [f"{prefixe}-{critere}" for critere in Critere]
    if not any(nom in saisie.champs for nom in noms):
        return {}
    try:
        exacts = {nom: parse_nombre(saisie.texte(nom)) or 0 for nom in noms}
    except NombreInvalide:
        return {}
    if any(not 0 <= valeur <= CENT for valeur in exacts.values()) or sum(exacts.values()) == CENT:
        return {}
    verrous = [nom for nom in noms if saisie.texte(f"{nom}{VERROU}")]
    sans = [f"{prefixe}-{critere}" for critere in sans_donnees]
    parts = rebalance_parts({nom: round(valeur) for nom, valeur in exacts.items()}, locked=verrous, unfit=sans)
    return {nom: str(part) for nom, part in parts.items()}
