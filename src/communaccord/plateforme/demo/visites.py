"""Through whose eyes the demo may be visited: one account a role, and what is worth seeing there."""

from dataclasses import dataclass

from communaccord.plateforme.comptes.enums import Role


@dataclass(frozen=True, slots=True)
class Visite:
    """A role, in the commune of this rank when the role has one (0: the centre, -1: the smallest), what is seen."""

    role: Role
    a_voir: str
    rang: int | None = None


VISITES = (
    Visite(Role.EQUIPE_PROJET, "Conduire la démarche : tours, séances, suivi des réponses, papiers."),
    Visite(Role.DGS_EPCI, "Suivre la démarche du côté de la direction générale."),
    Visite(Role.PRESIDENT, "Valider un relevé de conclusions ; répondre aussi comme maire d'une commune."),
    Visite(Role.MAIRE, "La commune-centre : ses conditions ne sont pas réunies au premier tour.", 0),
    Visite(Role.MAIRE, "Une petite commune : lire ce qui change pour elle, répondre au tour ouvert.", -1),
    Visite(Role.MAIRE, "Une mairie dont la boîte aux lettres électronique est partagée avec le secrétariat.", 7),
    Visite(Role.VICE_PRESIDENT, "Suivre où en est l'accord, avant l'arbitrage."),
    Visite(Role.SECRETAIRE, "Agir pour plusieurs communes avec un seul compte.", -1),
    Visite(Role.DIRECTION, "Préparer le COTECH."),
    Visite(Role.DRH, "Voir les effets sur les agents."),
    Visite(Role.CONSEILLER_COMMUNAUTAIRE, "Être informé avant un vote du conseil communautaire."),
    Visite(Role.CONSEILLER_MUNICIPAL, "Être informé avant un vote de son conseil municipal.", 0),
    Visite(Role.REPRESENTANT_PERSONNEL, "Lire ce qui est destiné aux agents et à leurs représentants."),
    Visite(Role.AGENT, "Lire ce qui est destiné aux agents."),
    Visite(Role.CONSULTANT, "Un accès daté, pour un cabinet d'accompagnement."),
    Visite(Role.OBSERVATEUR, "Un accès en lecture."),
)
