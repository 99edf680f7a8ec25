"""Who may do what in the état des lieux, who reads what: pure functions, without any query."""

from typing import Any

from communaccord.plateforme.comptes.enums import EQUIPE, MAIRIE, TABLE, Role
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus

# Who conducts the campaign, and reads every sheet.
CONDUISENT = EQUIPE
LISENT_TOUTES_LES_FICHES = EQUIPE | {Role.DRH}
LISENT_LA_SYNTHESE = TABLE | {Role.CONSEILLER_COMMUNAUTAIRE, Role.CONSEILLER_MUNICIPAL}

SANS_CONDUIRE = "L'équipe projet conduit l'état des lieux ; vous pouvez lui poser une question sur chaque ligne."
SANS_PROPOSER = "Les mairies proposent des lignes ; l'équipe projet tient le questionnaire."
SANS_SUIVRE = "L'équipe projet suit les fiches une à une ; chacun lit combien sont validées."
AUTRE_DEMARCHE = "Cette fiche est celle d'une autre démarche."


def can_conduct(acteur: Any, demarche_id: int) -> Decision:
    """Prepare the questionnaire, open, close, answer questions, freeze the reference picture."""
    if acteur.demarche_id != demarche_id:
        return Refus(AUTRE_DEMARCHE)
    return PERMIS if acteur.role in CONDUISENT else Refus(SANS_CONDUIRE)


def can_fill(acteur: Any, fiche: Any) -> Decision:
    """A mairie its own sheet; the équipe projet that of the intercommunalité, and what comes on paper."""
    if acteur.demarche_id != fiche.demarche_id:
        return Refus(AUTRE_DEMARCHE)
    if acteur.role in CONDUISENT or (acteur.role in MAIRIE and acteur.commune_id == fiche.commune_id):
        return PERMIS
    return Refus("La mairie remplit sa fiche ; l'équipe projet recopie celles qui arrivent sur papier.")


def can_validate(acteur: Any, fiche: Any) -> Decision:
    """A sheet is validated in the name of whom it tells: the mairie, or the équipe projet for the intercommunalité."""
    if acteur.demarche_id != fiche.demarche_id:
        return Refus(AUTRE_DEMARCHE)
    if fiche.commune_id is None:
        return PERMIS if acteur.role in CONDUISENT else Refus("L'équipe projet valide la fiche de l'intercommunalité.")
    if acteur.role in MAIRIE and acteur.commune_id == fiche.commune_id:
        return PERMIS
    return Refus("La mairie valide sa fiche elle-même.")


def can_reopen(acteur: Any, fiche: Any) -> Decision:
    """Take up again a validated sheet: who validates it, or the équipe projet, which says why."""
    if acteur.demarche_id == fiche.demarche_id and acteur.role in CONDUISENT:
        return PERMIS
    return can_validate(acteur, fiche)


def can_propose(acteur: Any, demarche_id: int) -> Decision:
    """Propose a line of the questionnaire, or another wording."""
    if acteur.demarche_id != demarche_id:
        return Refus(AUTRE_DEMARCHE)
    return PERMIS if acteur.role in MAIRIE else Refus(SANS_PROPOSER)


def can_follow(acteur: Any) -> Decision:
    """Where each sheet stands, commune by commune; the others read the counts."""
    return PERMIS if acteur.role in LISENT_TOUTES_LES_FICHES else Refus(SANS_SUIVRE)


def reads_fiche(acteur: Any, commune_id: int | None) -> bool:
    """Whether this actor reads the sheet of this commune (None: of the intercommunalité) whatever its figures."""
    if acteur.role in LISENT_TOUTES_LES_FICHES:
        return True
    return commune_id is not None and acteur.role in MAIRIE and acteur.commune_id == commune_id


def can_read_synthese(acteur: Any) -> Decision:
    """The totals of the territory, small numbers masked."""
    if acteur.role in LISENT_LA_SYNTHESE:
        return PERMIS
    return Refus(
        "La synthèse de l'état des lieux est un document préparatoire, lu par les élus et par qui prépare.",
        "CRPA L311-2",
    )
