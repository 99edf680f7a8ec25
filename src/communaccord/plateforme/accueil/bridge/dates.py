"""The dates that matter to a sharing project, as they stand on a given day: from the calendar of the mandate."""

from collections.abc import Sequence
from datetime import date

from communaccord.noyau.droit.calendrier import (
    EtatEcheance,
    FaitsMandat,
    Retroplanning,
    StatutEcheance,
    build_retroplannings,
)
from communaccord.noyau.droit.regle import Confiance
from communaccord.plateforme.accueil.bridge.fiche_textes import Enonce
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import enumeration

ETAPES = ("envoi_rapport", "seance_cst", "approbation")
ORDRE = Enonce(
    "Si la forme retenue est un service commun, dans l'ordre : fiche d'impact, avis des comités sociaux territoriaux, "
    "délibérations du conseil communautaire et de la commune, signature.",
    "CGCT, art. L. 5211-4-2",
    "V",
)
# What is from memory is not here: it is never shown as established.
CONFIANCES = {Confiance.TEXTE_LU: "V", Confiance.SOURCE_SECONDAIRE: "S", Confiance.CALCULE: "C"}


def list_dates(aujourd_hui: date) -> tuple[Enonce, ...]:
    """Dates still to come, then the order of the acts; what is over is not repeated.

    Both dates are given where they depend on the second round of the elections, which is not known here.
    """
    plans = build_retroplannings(FaitsMandat(), aujourd_hui)
    enonces = (write_etape(plans, identifiant) for identifiant in ETAPES)
    return (*(enonce for enonce in enonces if enonce is not None), ORDRE)


def write_etape(plans: Sequence[Retroplanning], identifiant: str) -> Enonce | None:
    """One step with its date, or its two dates; None when it is over or not planned."""
    etapes = [
        etape
        for plan in plans
        for etape in plan.etapes
        if etape.identifiant == identifiant and etape.confiance in CONFIANCES
    ]
    restantes = [etape for etape in etapes if etape.etat is not EtatEcheance.PASSEE]
    if not restantes:
        return None
    etape = restantes[0]
    jours = write_jours([e.jour for e in restantes])
    faculte = " (une faculté, pas une obligation)" if etape.statut is StatutEcheance.FACULTE else ""
    article = etape.regle.articles[0].removeprefix("CGCT ").removeprefix("CGFP ")
    code = "CGFP" if etape.regle.articles[0].startswith("CGFP") else "CGCT"
    source = f"{code}, art. {article[0]}. {article[1:]}"
    return Enonce(f"{jours} : {lower(etape.libelle)}{faculte}.", source, CONFIANCES[etape.confiance])


def write_jours(jours: Sequence[date]) -> str:
    """``14 ou 21 décembre 2026``; both in full when the months differ."""
    distincts = sorted(set(jours))
    derniers = [write_date(jour) for jour in distincts]
    if len({(jour.year, jour.month) for jour in distincts}) == 1:
        derniers[:-1] = [texte.split("\u00a0")[0] for texte in derniers[:-1]]
    return enumeration(derniers, "ou")


def lower(libelle: str) -> str:
    """The label with a small letter at its beginning."""
    return libelle[:1].lower() + libelle[1:]
