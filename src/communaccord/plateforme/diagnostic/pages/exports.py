"""The synthèse as one table for a spreadsheet: a line a service; what the page masks is masked here."""

from communaccord.plateforme.diagnostic.calculs.maturite import build_profil
from communaccord.plateforme.diagnostic.calculs.releve import SOMMEES
from communaccord.plateforme.diagnostic.calculs.valeurs import to_decimal
from communaccord.plateforme.diagnostic.enums import Colonne
from communaccord.plateforme.diagnostic.pages.comptes_synthese import (
    ECHELLE,
    EXPRIMES,
    count_besoins,
    group_contributions,
    write_compte_de,
    write_moyenne,
)
from communaccord.plateforme.diagnostic.pages.matiere import Matiere
from communaccord.plateforme.diagnostic.pages.mesures import (
    EN_ATTENTE,
    EN_EUROS,
    INCONNU,
    MASQUE,
    RAISON_MASQUE,
    to_euros,
)
from communaccord.plateforme.diagnostic.pages.synthese import count_sources
from communaccord.plateforme.diagnostic.queries.restitution import Service
from communaccord.plateforme.socle.tableur import Cellule, write_csv, write_xlsx
from communaccord.plateforme.socle.typographie import prose

TITRES = (
    "Service",
    "Agents",
    "ETP",
    "Salaires chargés (€)",
    "Autres dépenses (€)",
    "Fiches qui le disent",
    *(f"Besoin : {choix.label} (communes)" for choix in EXPRIMES),
    "Niveau moyen de partage (0 à 5)",
    "Départs d'ici cinq ans",
    "Une seule personne sait faire",
)


def list_lignes(matiere: Matiere) -> list[list[Cellule]]:
    """One line a service; a masked or unknown figure says so in words."""
    departs, uniques = (group_contributions(matiere, c) for c in (Colonne.DEPARTS, Colonne.TITULAIRE_UNIQUE))
    vide = build_profil(())
    return [
        [
            prose(service.libelle),
            *(write_cellule(matiere, colonne, service) for colonne in SOMMEES),
            count_sources(matiere, service),
            *count_besoins(matiere, service),
            write_moyenne(matiere.profils.get(service.cle, vide)),
            write_compte_de(matiere, departs, service.cle),
            write_compte_de(matiere, uniques, service.cle),
        ]
        for service in matiere.cadre.services
    ]


def write_cellule(matiere: Matiere, colonne: str, service: Service) -> Cellule:
    """Whole euros, whole agents; full-time equivalents with their decimals."""
    if matiere.photo is None:
        return EN_ATTENTE
    total = matiere.totaux.get((colonne, service.cle))
    if total is None:
        return INCONNU
    if total.valeur is None:
        return MASQUE
    if colonne in EN_EUROS:
        return to_euros(total.valeur)
    return to_decimal(total.valeur)


def list_mentions(matiere: Matiere) -> list[str]:
    demarche = matiere.cadre.campagne.demarche
    fictif = " Territoire et chiffres fictifs." if demarche.fictive else ""
    return [prose(f"{demarche.nom_epci}.{fictif} Document préparatoire."), prose(RAISON_MASQUE), prose(ECHELLE)]


def build_xlsx(matiere: Matiere) -> bytes:
    titre = prose(f"Synthèse : {matiere.cadre.campagne.titre}, {matiere.cadre.campagne.annee}")
    return write_xlsx(titre, [prose(mot) for mot in TITRES], list_lignes(matiere), mentions=list_mentions(matiere))


def build_csv(matiere: Matiere) -> bytes:
    return write_csv([prose(mot) for mot in TITRES], list_lignes(matiere))


def name_fichier(matiere: Matiere, extension: str) -> str:
    """``synthese-etat-des-lieux-2025.xlsx``; what is invented says so in its name."""
    fictif = "-fictif" if matiere.cadre.campagne.demarche.fictive else ""
    return f"synthese-etat-des-lieux-{matiere.cadre.campagne.annee}{fictif}.{extension}"
