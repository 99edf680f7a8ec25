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


def can_ask(acteur: Any, fiche: Any) -> Decision:
    """Ask a question on a line: a mairie, on its own sheet."""
    if acteur.demarche_id == fiche.demarche_id and acteur.role in MAIRIE and acteur.commune_id == fiche.commune_id:
        return PERMIS
    return Refus("La mairie pose ses questions sur sa propre fiche ; l'équipe projet y répond.")


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


# Flows: who reads those of every commune, who reads what a mairie shared.
LISENT_LES_RELEVES = TABLE
SANS_DECLARER = "Les mairies et l'équipe projet déclarent les flux."


def can_read_flux(acteur: Any) -> Decision:
    """The flows one by one: all for the équipe projet and the DRH, its own for a mairie (FluxQuerySet.visible_to)."""
    if acteur.role in LISENT_TOUTES_LES_FICHES | MAIRIE:
        return PERMIS
    return Refus("Chaque mairie lit ses flux, l'équipe projet et la DRH lisent ceux de toutes les communes.")


def can_declare_flux(acteur: Any, demarche_id: int) -> Decision:
    """A mairie what it carries or benefits from; the équipe projet for the intercommunalité."""
    if acteur.demarche_id != demarche_id:
        return Refus(AUTRE_DEMARCHE)
    return PERMIS if acteur.role in CONDUISENT | MAIRIE else Refus(SANS_DECLARER)


def can_edit_flux(acteur: Any, flux: Any, demarche_id: int) -> Decision:
    """Who declared it; the équipe projet what it declared or copied, never what a mairie typed itself."""
    declared = can_declare_flux(acteur, demarche_id)
    if not declared:
        return declared
    if acteur.role in MAIRIE:
        mine = flux.declare_par_id is not None and flux.declare_par_id == acteur.commune_id
        return PERMIS if mine else Refus("Un flux se corrige par qui l'a déclaré ; vous pouvez déclarer le vôtre.")
    if flux.declare_par_id is None or not flux.par_la_mairie:
        return PERMIS
    return Refus("La mairie a déclaré ce flux elle-même : signalez-lui ce qui vous semble à revoir.")


def can_judge_flux(acteur: Any, couple: frozenset[int | None], demarche_id: int) -> Decision:
    """Say that two declarations are one flow, or two: the équipe projet, or either end (``couple``: its communes)."""
    if acteur.demarche_id != demarche_id:
        return Refus(AUTRE_DEMARCHE)
    if acteur.role in CONDUISENT or (acteur.role in MAIRIE and acteur.commune_id in couple):
        return PERMIS
    return Refus("L'équipe projet, qui porte ou qui bénéficie disent si deux déclarations parlent du même flux.")


def reads_releve(acteur: Any, commune_id: int) -> bool:
    """What a commune gives and receives, whole: its mairie first, with the équipe projet and the DRH who prepare it."""
    return reads_fiche(acteur, commune_id)


def reads_releves_partages(acteur: Any) -> bool:
    """What mairies chose to share."""
    return acteur.role in LISENT_LES_RELEVES


def can_share_releve(acteur: Any, commune_id: int, demarche_id: int) -> Decision:
    """Nobody but the mairie shares what its commune gives and receives."""
    if acteur.demarche_id != demarche_id:
        return Refus(AUTRE_DEMARCHE)
    if acteur.role in MAIRIE and acteur.commune_id == commune_id:
        return PERMIS
    return Refus("La mairie décide seule de partager ce que sa commune donne et reçoit.")


def can_vote(acteur: Any, demarche_id: int) -> Decision:
    """Fill in and deposit the ballot of a commune: its mairie, and nobody for it."""
    if acteur.demarche_id != demarche_id:
        return Refus(AUTRE_DEMARCHE)
    if acteur.role in MAIRIE and acteur.commune_id is not None:
        return PERMIS
    return Refus("Chaque commune a un bulletin, que sa mairie remplit ; personne ne le fait à sa place.")


def can_read_priorites(acteur: Any) -> Decision:
    """The options, and the result once it is closed: counts, never the ballot of a commune."""
    if acteur.role in LISENT_LA_SYNTHESE:
        return PERMIS
    return Refus(
        "Le choix des priorités est un document préparatoire, lu par les élus et par qui prépare.", "CRPA L311-2"
    )
