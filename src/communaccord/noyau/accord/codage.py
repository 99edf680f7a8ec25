"""Canonical data (then JSON) of answers, offers and publications: exact round trip, cents as integers, rates "p/q"."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from communaccord.noyau.accord.comptes import Compte
from communaccord.noyau.accord.publication import Publication
from communaccord.noyau.accord.types import (
    Clause,
    Confidentialite,
    Degre,
    Engagement,
    Offre,
    OffreCommune,
    Position,
    Priorite,
    Reponse,
    TypeClause,
)
from communaccord.noyau.partage.erreurs import DonneeInvalide

VERSION = "accord-1"
Donnees = dict[str, Any]


def write_reponse(reponse: Reponse) -> Donnees:
    """Return `reponse` as data that `json.dumps` writes; what is sealed is in it. O(clauses)."""
    return {
        "version": VERSION,
        "commune": reponse.commune,
        "position": reponse.position.value,
        "priorite": None if reponse.priorite is None else reponse.priorite.value,
        "clauses": [_write_clause(clause) for clause in reponse.clauses],
        "confidentialite_position": reponse.confidentialite_position.value,
        "confidentialite_priorite": reponse.confidentialite_priorite.value,
        "entierement_partagee": reponse.entierement_partagee,
    }


def read_reponse(donnees: Mapping[str, Any]) -> Reponse:
    """Return the answer that `write_reponse` wrote. Errors: DonneeInvalide for another version. O(clauses)."""
    _check_version(donnees)
    return Reponse(
        commune=donnees["commune"],
        position=Position(donnees["position"]),
        priorite=None if donnees["priorite"] is None else Priorite(donnees["priorite"]),
        clauses=tuple(_read_clause(clause) for clause in donnees["clauses"]),
        confidentialite_position=Confidentialite(donnees["confidentialite_position"]),
        confidentialite_priorite=Confidentialite(donnees["confidentialite_priorite"]),
        entierement_partagee=donnees.get("entierement_partagee", False),
    )


def _write_clause(clause: Clause) -> Donnees:
    return {
        "type": clause.type.value,
        "degre": clause.degre.value,
        "montant": clause.montant,
        "annee": clause.annee,
        "taux": _write_taux(clause.taux),
        "commune": clause.commune,
        "texte": clause.texte,
        "confidentialite": clause.confidentialite.value,
    }


def _read_clause(donnees: Mapping[str, Any]) -> Clause:
    return Clause(
        type=TypeClause(donnees["type"]),
        degre=Degre(donnees["degre"]),
        montant=donnees["montant"],
        annee=donnees["annee"],
        taux=_read_taux(donnees["taux"]),
        commune=donnees["commune"],
        texte=donnees["texte"],
        confidentialite=Confidentialite(donnees["confidentialite"]),
    )


def write_offre(offre: Offre) -> Donnees:
    """Return `offre` as data that `json.dumps` writes; years become text keys. O(communes x years)."""
    return {
        "version": VERSION,
        "identifiant": offre.identifiant,
        "libelle": offre.libelle,
        "annee_debut": offre.annee_debut,
        "annee_croisiere": offre.annee_croisiere,
        "hausse_max": _write_taux(offre.hausse_max),
        "engagements": sorted(engagement.value for engagement in offre.engagements),
        "communes": {
            code: {
                "participe": locale.participe,
                "contributions": _write_annees(locale.contributions),
                "gains": None if locale.gains is None else _write_annees(locale.gains),
            }
            for code, locale in sorted(offre.communes.items())
        },
    }


def read_offre(donnees: Mapping[str, Any]) -> Offre:
    """Return the offer that `write_offre` wrote. Errors: DonneeInvalide for another version. O(communes x years)."""
    _check_version(donnees)
    return Offre(
        identifiant=donnees["identifiant"],
        libelle=donnees.get("libelle", ""),
        annee_debut=donnees["annee_debut"],
        annee_croisiere=donnees["annee_croisiere"],
        hausse_max=_read_taux(donnees["hausse_max"]),
        engagements=frozenset(Engagement(code) for code in donnees["engagements"]),
        communes={
            code: OffreCommune(
                participe=locale["participe"],
                contributions=_read_annees(locale["contributions"]),
                gains=None if locale["gains"] is None else _read_annees(locale["gains"]),
            )
            for code, locale in donnees["communes"].items()
        },
    )


def write_publication(publication: Publication) -> Donnees:
    """Return `publication` as data that `json.dumps` writes; scenarios keep their order. O(scenarios)."""
    return {
        "version": VERSION,
        "reponses": publication.reponses,
        "seuil": publication.seuil,
        "motif": publication.motif,
        "scenarios": [{"identifiant": nom, **_write_compte(c)} for nom, c in publication.scenarios.items()],
        "ouvertes": None if publication.ouvertes is None else _write_compte(publication.ouvertes),
        "positions": {position.value: _write_compte(c) for position, c in publication.positions.items()},
    }


def read_publication(donnees: Mapping[str, Any]) -> Publication:
    """Return the publication that `write_publication` wrote. Errors: DonneeInvalide for another version. O(n)."""
    _check_version(donnees)
    return Publication(
        reponses=donnees["reponses"],
        seuil=donnees["seuil"],
        motif=donnees["motif"],
        scenarios={ligne["identifiant"]: _read_compte(ligne) for ligne in donnees["scenarios"]},
        ouvertes=None if donnees["ouvertes"] is None else _read_compte(donnees["ouvertes"]),
        positions={Position(code): _read_compte(compte) for code, compte in donnees["positions"].items()},
    )


def dump_canonique(donnees: Mapping[str, Any]) -> str:
    """Return the one canonical JSON text of `donnees` (sorted keys, no space), fit to be hashed and frozen. O(size)."""
    return json.dumps(donnees, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _write_compte(compte: Compte) -> Donnees:
    return {
        "bas": compte.bas,
        "haut": compte.haut,
        "sur": compte.sur,
        "publie": compte.publie,
        "phrase": compte.phrase,
    }


def _read_compte(donnees: Mapping[str, Any]) -> Compte:
    return Compte(donnees["bas"], donnees["haut"], donnees["sur"], donnees["publie"], donnees["phrase"])


def _write_annees(montants: Mapping[int, int]) -> Donnees:
    return {str(annee): montants[annee] for annee in sorted(montants)}


def _read_annees(montants: Mapping[str, int]) -> dict[int, int]:
    return {int(annee): cents for annee, cents in montants.items()}


def _write_taux(taux: Fraction | None) -> str | None:
    return None if taux is None else f"{taux.numerator}/{taux.denominator}"


def _read_taux(texte: str | None) -> Fraction | None:
    return None if texte is None else Fraction(texte)


def _check_version(donnees: Mapping[str, Any]) -> None:
    if donnees.get("version") != VERSION:
        raise DonneeInvalide(
            f"Données d'une autre version du modèle : « {donnees.get('version')} ».", f"Rejouez-les avec {VERSION}."
        )
