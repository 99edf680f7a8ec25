"""The dates that matter to a sharing project, as they stand on a given day: from the calendar of the mandate."""

from collections.abc import Sequence
from datetime import date, timedelta

from communaccord.noyau.droit.calendrier import (
    Etape,
    EtatEcheance,
    FaitsMandat,
    Retroplanning,
    StatutEcheance,
    build_retroplannings,
)
from communaccord.noyau.droit.calendrier.retroplanning import MOIS_AVIS_RAPPORT
from communaccord.noyau.droit.delais import compute_depart_utile
from communaccord.noyau.droit.regle import Confiance
from communaccord.plateforme.accueil.bridge.fiche_textes import Enonce, interpret
from communaccord.plateforme.socle.typographie import date as write_date

ETAPES = ("envoi_rapport", "seance_cst", "approbation")
ORDRE = interpret(
    "Si la forme retenue est un service commun, dans l'ordre : fiche d'impact, avis des comités sociaux territoriaux, "
    "délibérations du conseil communautaire et de la commune, signature.",
    "R-5.1",
)
SECOND_TOUR = "si une commune de l'intercommunalité a voté au second tour"


def compute_dernier_depart(seance: date) -> date:
    """The last day on which the rapport may reach a commune to leave it its months before ``seance`` (R-1.2)."""
    return compute_depart_utile(seance - timedelta(days=1), MOIS_AVIS_RAPPORT)


def list_dates(aujourd_hui: date) -> tuple[Enonce, ...]:
    """Dates still to come, then the order of the acts; what is over is not repeated.

    Both dates are given where they depend on the second round of the elections, which is not known here.
    """
    plans = build_retroplannings(FaitsMandat(), aujourd_hui)
    enonces = (write_etape(plans, identifiant) for identifiant in ETAPES)
    return (*(enonce for enonce in enonces if enonce is not None), ORDRE)


def write_etape(plans: Sequence[Retroplanning], identifiant: str) -> Enonce | None:
    """One step with its date in each case; None when it is over, or only remembered: never shown as established."""
    tot, tard = (find_etape(plan, identifiant) for plan in plans)
    if tard.etat is EtatEcheance.PASSEE or tard.confiance is Confiance.MEMOIRE:
        return None
    jours = write_jours(None if tot.etat is EtatEcheance.PASSEE else tot.jour, tard.jour)
    libelle = tard.libelle[:1].lower() + tard.libelle[1:]
    return Enonce(f"{jours} : {libelle}{write_portee(tard)}.", tard.regle.identifiant, tard.articles, tard.fiabilite)


def find_etape(plan: Retroplanning, identifiant: str) -> Etape:
    return next(etape for etape in plan.etapes if etape.identifiant == identifiant)


def write_portee(etape: Etape) -> str:
    """What must be said of a date that no text sets, or of a step that nothing imposes."""
    if etape.est_prudente:
        return " (date prudente, calculée)"
    return " (une faculté, pas une obligation)" if etape.statut is StatutEcheance.FACULTE else ""


def write_jours(tot: date | None, tard: date) -> str:
    """``14 décembre 2026, ou 21 si…``: the second in full when the months differ; ``tot`` is None when it is over."""
    if tot is None:
        return f"{write_date(tard)}, {SECOND_TOUR}"
    same_month = (tot.year, tot.month) == (tard.year, tard.month)
    second = str(tard.day) if same_month else write_date(tard)
    return f"{write_date(tot)}, ou {second} {SECOND_TOUR}"
