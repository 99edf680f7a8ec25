"""The room of the état des lieux and its questionnaire: sentences and blocks. Pure: rows in, lines out."""

from collections.abc import Mapping, Sequence
from datetime import date as date_de
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.enums import EtatCampagne, EtatFiche, Volet
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Ligne, PropositionLigne
from communaccord.plateforme.socle.typographie import accord, date, pluriel, prose

SENS = {EtatCampagne.PREPARATION: "attente", EtatCampagne.OUVERTE: "oui", EtatCampagne.CLOSE: "neutre"}


def write_phrase(campagne: Campagne | None, counts: Mapping[str, int], jour: date_de) -> str:
    """Where the état des lieux stands, in one sentence."""
    if campagne is None:
        return prose("L'état des lieux n'a pas commencé.")
    if campagne.etat == EtatCampagne.PREPARATION:
        return prose("Le questionnaire se prépare, avec les mairies.")
    validees, total = counts[EtatFiche.VALIDEE], sum(counts.values())
    fin = ""
    if campagne.etat == EtatCampagne.CLOSE:
        fin = " L'état des lieux est clos."
    elif campagne.echeance:
        sont = "sont" if jour <= campagne.echeance else "étaient"
        fin = f" Les réponses {sont} attendues pour le {date(campagne.echeance, semaine=True)}."
    return prose(write_validees(validees, total) + fin)


def write_validees(validees: int, total: int) -> str:
    if not validees:
        return "Aucune fiche n'est encore validée."
    if validees == total:
        return "Toutes les communes ont validé leur fiche."
    ont_leur = ("a validé sa", "ont validé leur")[validees > 1]
    return f"{pluriel(validees, 'commune')} sur {total} {ont_leur} fiche."


def write_retrait(reponses: int) -> str:
    """What becomes of the answers of a line that is withdrawn."""
    if not reponses:
        return prose("Aucune fiche n'y a encore répondu.")
    ont, les = accord(reponses, "y a répondu", "y ont répondu"), accord(reponses, "sa réponse", "leurs réponses")
    return prose(
        f"{pluriel(reponses, 'fiche')} {ont} : {les} ne se {accord(reponses, 'verra', 'verront')} plus, ni sur les "
        "fiches ni dans la synthèse. Rien n'est effacé : la ligne se remet d'un clic, avec ce qui y était."
    )


def build_compte(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The counts that everybody reads, in neutral words."""
    mots = {EtatFiche.VALIDEE: "validées", EtatFiche.EN_COURS: "en cours", EtatFiche.A_REMPLIR: "à remplir"}
    return [{"valeur": counts[etat], "libelle": f"fiches {mot}"} for etat, mot in mots.items()]


def build_questionnaire(lignes: Sequence[Ligne], propositions: Sequence[PropositionLigne]) -> list[dict[str, Any]]:
    """Part by part: its lines, those withdrawn apart, and what is proposed on each."""
    by_ligne: dict[int | None, list[PropositionLigne]] = {}
    for proposition in propositions:
        by_ligne.setdefault(proposition.ligne_id, []).append(proposition)
    return [build_volet(volet, lignes, by_ligne) for volet in Volet]


def build_volet(
    volet: Volet, lignes: Sequence[Ligne], by_ligne: Mapping[int | None, list[PropositionLigne]]
) -> dict[str, Any]:
    rows = [ligne for ligne in lignes if ligne.volet == volet]
    return {
        "volet": volet.value,
        "titre": volet.label,
        "lignes": [{"ligne": ligne, "propositions": by_ligne.get(ligne.pk, [])} for ligne in rows if not ligne.retiree],
        "retirees": [ligne for ligne in rows if ligne.retiree],
        "propositions": [p for p in by_ligne.get(None, []) if p.volet == volet],
    }


def write_phrase_questionnaire(lignes: Sequence[Ligne], en_attente: int) -> str:
    active = sum(not ligne.retiree for ligne in lignes)
    phrase = f"{pluriel(active, 'ligne')} à remplir par chaque commune."
    if en_attente:
        phrase += f" {pluriel(en_attente, 'proposition')} à examiner."
    return prose(phrase)


def build_actes(acteur: Acteur, campagne: Campagne, fiche: Fiche | None) -> dict[str, bool]:
    """Which acts the page of the room offers."""
    conduit = acteur.est_equipe
    return {
        "conduit": conduit,
        "ouvre": conduit and campagne.etat == EtatCampagne.PREPARATION,
        "clot": conduit and campagne.etat == EtatCampagne.OUVERTE,
        "rouvre": conduit and campagne.etat == EtatCampagne.CLOSE,
        "modifie": conduit and campagne.etat != EtatCampagne.CLOSE,
        "remplit": fiche is not None,
    }
