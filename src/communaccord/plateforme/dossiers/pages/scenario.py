"""The page of a scenario: every commune on one scale, mine first; how it is computed; a draft before it is frozen."""

from collections.abc import Mapping, Sequence
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.bridge.apercu import Apercu
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.effectifs import tell_effectifs
from communaccord.plateforme.dossiers.pages.manques import write_inconnues
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.totaux import get_sens
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import prose
from communaccord.plateforme.territoires.models import CommuneMembre

# Beyond, a picture says less than the table that follows it.
MAX_BARRES = 40


def build_lignes(acteur: Acteur, effets: Sequence[EffetCommune], plume: Plume) -> list[dict[str, Any]]:
    """One line a commune, mine first, then those that take part; amounts as they are written."""
    lignes = [build_ligne(acteur, effet, plume) for effet in effets]
    return sorted(lignes, key=lambda ligne: (not ligne["mienne"], not ligne["participe"]))


def build_ligne(acteur: Acteur, effet: EffetCommune, plume: Plume) -> dict[str, Any]:
    ecart = plume.compute_ecart(effet)
    return {
        "commune": effet.commune,
        "mienne": effet.commune_id == acteur.commune_id,
        "participe": effet.participe,
        "estime": effet.estime,
        "valeur": ecart,
        "contribution": plume.write(effet.contribution),
        "fourchette": plume.write_fourchette(effet.bas, effet.haut),
        "depense": plume.write(effet.depense),
        "ecart": plume.write_ecart(ecart),
        "sens": get_sens(ecart),
        "par_habitant": plume.write_par_habitant(effet),
        "cout_seul": plume.write(effet.cout_seul),
        "effectifs": tell_effectifs(acteur, effet),
    }


def build_barres(lignes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Bars of the difference from today for the communes that take part; empty when none is known.

    With many communes: mine and the largest differences, in the order of the table.
    """
    kept = [ligne for ligne in lignes if ligne["participe"]]
    if len(kept) > MAX_BARRES:
        largest = sorted(kept, key=lambda ligne: (not ligne["mienne"], -abs(ligne["valeur"] or 0)))[:MAX_BARRES]
        shown = {ligne["commune"].pk for ligne in largest}
        kept = [ligne for ligne in kept if ligne["commune"].pk in shown]
    barres = [
        {
            "nom": ligne["commune"].nom,
            "valeur": ligne["valeur"],
            "estime": ligne["estime"],
            "mienne": ligne["mienne"],
            "filtre": ligne["commune"].nom,
            "texte": ligne["ecart"],
        }
        for ligne in kept
    ]
    return barres if any(barre["valeur"] is not None for barre in barres) else []


def choose_commune(communes: Sequence[CommuneMembre], asked: str) -> int:
    """The commune whose formula is unfolded: the one asked, or the first of the table (mine); 0 without any."""
    chosen = next((commune.pk for commune in communes if str(commune.pk) == asked), None)
    return chosen or (communes[0].pk if communes else 0)


def build_annees(effet: EffetCommune | None, plume: Plume) -> list[dict[str, Any]]:
    """Year by year for one commune."""
    if effet is None:
        return []
    return [
        {
            "annee": annuel["annee"],
            "contribution": plume.write(annuel["contribution"]),
            "depense": plume.write(annuel["depense"]),
            "cout_seul": plume.write(annuel["cout_seul"]),
        }
        for annuel in effet.annees
    ]


def build_calcul(scenario: Scenario, effet: EffetCommune | None) -> dict[str, Any]:
    """What "Comment est-ce calculé ?" unfolds: lines of cost, formula of one commune, source, date, hash."""
    gel = scenario.gel
    return {
        "couts": [
            {"famille": famille, "libelle": libelle, "calcul": calcul, "montant": write_montant(cents, "centime")}
            for famille, libelle, calcul, cents in gel.couts
        ],
        "total": write_montant(gel.cout, "centime"),
        "etapes": [] if effet is None else effet.explication,
        "commune": None if effet is None else effet.commune,
        "avertissements": [prose(texte) for texte in gel.avertissements],
        "gel": gel,
    }


def build_apercu(apercu: Apercu, plume: Plume) -> dict[str, Any]:
    """A draft, computed for those who prepare it: not frozen, nobody else sees it."""
    lignes = []
    for effet in apercu.effets:
        ecart = plume.subtract(effet.contribution, effet.depense)
        lignes.append(
            {
                "nom": effet.nom,
                "valeur": ecart,
                "estime": True,
                "filtre": effet.nom,
                "contribution": plume.write(effet.contribution),
                "depense": plume.write(effet.depense),
                "ecart": plume.write_ecart(ecart),
                "sens": get_sens(ecart),
                "texte": plume.write_ecart(ecart),
            }
        )
    return {
        "phrase": prose(apercu.phrase),
        "cout": plume.write(apercu.cout),
        "annee": apercu.annee,
        "inconnues": write_inconnues(effet.depense for effet in apercu.effets),
        "avertissements": [prose(texte) for texte in apercu.avertissements],
        "lignes": lignes,
        "barres": lignes if len(lignes) <= MAX_BARRES and any(x["valeur"] is not None for x in lignes) else [],
    }
