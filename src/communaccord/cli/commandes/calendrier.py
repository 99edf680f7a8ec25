"""``communaccord calendrier``: the dates of the mandate, and backwards those of a schéma, which is a faculty."""

import argparse
from datetime import date

from communaccord.cli.choix import find_epci
from communaccord.cli.sortie import ErreurCommande, print_json, print_titre
from communaccord.noyau.droit.calendrier import (
    Echeance,
    Etape,
    FaitsMandat,
    Retroplanning,
    build_calendrier,
    build_faits,
    build_retroplannings,
)
from communaccord.noyau.droit.texte import format_mois
from communaccord.reference import Epci, get_communes


def execute(arguments: argparse.Namespace) -> None:
    """Print the calendar of one EPCI as seen on a day (today by default)."""
    epci = find_epci(arguments.territoire)
    if not epci.est_epci:
        raise ErreurCommande(
            f"Hors champ : {epci.nom_complet} n'est pas une intercommunalité mais une collectivité ; le calendrier du "
            "mandat d'une intercommunalité (schéma, pacte de gouvernance, séances) ne la concerne pas."
        )
    jour = _read_jour(arguments.date)
    faits = read_faits(epci)
    echeances, plans = build_calendrier(faits, jour).echeances, build_retroplannings(faits, jour)
    if arguments.json:
        print_json(
            {
                "siren": epci.siren,
                "nom": epci.nom_complet,
                "vu_le": jour.isoformat(),
                "echeances": [_write_echeance(echeance) for echeance in echeances],
                "retroplannings": [_write_plan(plan) for plan in plans],
            }
        )
        return
    print_titre(f"{epci.nom_complet} : calendrier du mandat, vu le {write_date(jour)}")
    for echeance in echeances:
        _print_echeance(echeance)
    for plan in plans:
        _print_plan(plan)


def read_faits(epci: Epci) -> FaitsMandat:
    """Facts that the reference data tell."""
    populations = [commune.population_municipale_2023 or 0 for commune in get_communes(epci.siren)]
    return build_faits(populations, fpu=epci.financement == "FPU")


def _read_jour(texte: str | None) -> date:
    if texte is None:
        return date.today()
    try:
        return date.fromisoformat(texte)
    except ValueError as erreur:
        raise ErreurCommande(f"« {texte} » n'est pas une date : écrivez par exemple 2026-11-23.", code=2) from erreur


def write_date(jour: date) -> str:
    """Write a date in French: 1er mars 2027."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme} {format_mois(jour)}"


def _print_echeance(echeance: Echeance) -> None:
    fins = " ou ".join(f"{write_date(limite.jour)} {limite.condition}".rstrip() for limite in echeance.limites)
    print(f"\n{fins}")
    print(f"  {echeance.libelle} ({echeance.statut.label}, {echeance.etat.label})")
    print(f"  {', '.join(echeance.articles)} — {echeance.fiabilite}")


def _print_plan(plan: Retroplanning) -> None:
    condition = f", {plan.condition}" if plan.condition else ""
    print()
    print_titre(f"Pour approuver un schéma le {write_date(plan.seance)} (une faculté){condition}")
    for etape in plan.etapes:
        print(f"{write_date(etape.jour)} : {etape.libelle} ({etape.statut.label}, {etape.etat.label})")
    for avertissement in plan.avertissements:
        print(f"À savoir : {avertissement.texte}")


def _write_echeance(echeance: Echeance) -> dict[str, object]:
    return {
        "identifiant": echeance.identifiant,
        "libelle": echeance.libelle,
        "debut": None if echeance.debut is None else echeance.debut.isoformat(),
        "limites": [{"jour": limite.jour.isoformat(), "condition": limite.condition} for limite in echeance.limites],
        "statut": echeance.statut.label,
        "etat": echeance.etat.label,
        "articles": list(echeance.articles),
        "confiance": echeance.confiance.value,
        "explication": echeance.explication,
    }


def _write_plan(plan: Retroplanning) -> dict[str, object]:
    return {
        "seance": plan.seance.isoformat(),
        "condition": plan.condition,
        "etapes": [_write_etape(etape) for etape in plan.etapes],
        "avertissements": [avertissement.texte for avertissement in plan.avertissements],
    }


def _write_etape(etape: Etape) -> dict[str, object]:
    return {
        "identifiant": etape.identifiant,
        "libelle": etape.libelle,
        "jour": etape.jour.isoformat(),
        "statut": etape.statut.label,
        "etat": etape.etat.label,
        "articles": list(etape.articles),
        "confiance": etape.confiance.value,
    }
