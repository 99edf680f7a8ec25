"""Roles: in what quality a person acts. The role gives the rights; the function is said in words beside it."""

from django.db import models


class Role(models.TextChoices):
    DGS_EPCI = "dgs_epci", "DGS de l'intercommunalité"
    EQUIPE_PROJET = "equipe_projet", "équipe projet"
    PRESIDENT = "president", "présidence de l'intercommunalité"
    VICE_PRESIDENT = "vice_president", "vice-présidence"
    MAIRE = "maire", "maire"
    SECRETAIRE = "secretaire", "secrétariat de mairie"
    DIRECTION = "direction", "direction ou chef de service"
    DRH = "drh", "direction des ressources humaines"
    CONSEILLER_COMMUNAUTAIRE = "conseiller_communautaire", "conseiller ou conseillère communautaire"
    CONSEILLER_MUNICIPAL = "conseiller_municipal", "conseiller ou conseillère municipale"
    REPRESENTANT_PERSONNEL = "representant_personnel", "représentant ou représentante du personnel"
    AGENT = "agent", "agent ou agente"
    CONSULTANT = "consultant", "consultant ou consultante"
    OBSERVATEUR = "observateur", "observateur ou observatrice"


EQUIPE = frozenset({Role.DGS_EPCI, Role.EQUIPE_PROJET})
EXECUTIF = frozenset({Role.PRESIDENT, Role.VICE_PRESIDENT})
# Those who act for a commune: they see its drafts, its figures, what is said "à vous seule".
MAIRIE = frozenset({Role.MAIRE, Role.SECRETAIRE})
ELUS = frozenset(
    {
        Role.PRESIDENT,
        Role.VICE_PRESIDENT,
        Role.MAIRE,
        Role.CONSEILLER_COMMUNAUTAIRE,
        Role.CONSEILLER_MUNICIPAL,
    }
)
# Who sits around the table and sees what is shared there; the others read what is published for them.
TABLE = EQUIPE | EXECUTIF | MAIRIE | {Role.DIRECTION, Role.DRH, Role.CONSULTANT}
# Roles that name the commune they act for.
DANS_UNE_COMMUNE = frozenset({Role.MAIRE, Role.SECRETAIRE, Role.CONSEILLER_MUNICIPAL})
# Roles whose access has an end, always.
A_TERME = frozenset({Role.CONSULTANT})
# Who validates by a personal code: a mayor the answers of the commune, the president a relevé de conclusions.
AVEC_CODE = frozenset({Role.MAIRE, Role.PRESIDENT, Role.VICE_PRESIDENT})
# When these roles are given or end, everybody of the démarche may read it; for the others, the équipe projet.
ROLES_PUBLICS = ELUS | MAIRIE | EQUIPE
