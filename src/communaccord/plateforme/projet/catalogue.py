"""The services that communes and their intercommunalité run, as the product proposes them: a start, edited by people.

Sources: functions counted by the surveys of AdCF and Mairie-conseils (2010, 2014), the state of play asked by the CNFPT
(staff and trades, what is shared, what could be). A démarche may add its own; the key never changes once used.
"""

from dataclasses import dataclass
from enum import StrEnum


class Famille(StrEnum):
    FONCTIONNEL = "fonctionnel"
    TECHNIQUE = "technique"
    POPULATION = "population"


FAMILLES = {
    Famille.FONCTIONNEL: "Services fonctionnels",
    Famille.TECHNIQUE: "Services techniques",
    Famille.POPULATION: "Services à la population",
}


@dataclass(frozen=True, slots=True)
class Service:
    """``domaine``: the kind of service of the simulator, if it knows it; ``unite``: what its activity counts."""

    cle: str
    libelle: str
    famille: Famille
    unite: str = ""
    domaine: str = ""


CATALOGUE = (
    Service("direction", "Direction générale", Famille.FONCTIONNEL),
    Service("secretariat", "Secrétariat, accueil et état civil", Famille.FONCTIONNEL, "heures d'ouverture par semaine"),
    Service("finances", "Finances et comptabilité", Famille.FONCTIONNEL, "mandats et titres par an"),
    Service("ressources_humaines", "Ressources humaines", Famille.FONCTIONNEL, "agents gérés"),
    Service("paie", "Paie", Famille.FONCTIONNEL, "bulletins par an", "paie"),
    Service(
        "commande_publique", "Commande publique et achats", Famille.FONCTIONNEL, "marchés par an", "commande_publique"
    ),
    Service("juridique", "Juridique et assurances", Famille.FONCTIONNEL, "affaires par an"),
    Service("informatique", "Informatique et téléphonie", Famille.FONCTIONNEL, "postes", "informatique"),
    Service("archives", "Archives", Famille.FONCTIONNEL, "mètres linéaires"),
    Service("communication", "Communication", Famille.FONCTIONNEL),
    Service("urbanisme", "Urbanisme (instruction des autorisations)", Famille.TECHNIQUE, "actes par an", "urbanisme"),
    Service("batiments", "Bâtiments et énergie", Famille.TECHNIQUE, "mètres carrés"),
    Service("voirie", "Voirie", Famille.TECHNIQUE, "kilomètres"),
    Service("espaces_verts", "Espaces verts et propreté", Famille.TECHNIQUE, "hectares"),
    Service("materiel", "Garage et matériel", Famille.TECHNIQUE, "véhicules et engins"),
    Service("ingenierie", "Ingénierie de projets et subventions", Famille.TECHNIQUE, "projets suivis"),
    Service("ecoles", "Écoles et périscolaire", Famille.POPULATION, "enfants accueillis"),
    Service("restauration", "Restauration scolaire", Famille.POPULATION, "repas par an"),
    Service("petite_enfance", "Petite enfance", Famille.POPULATION, "places"),
    Service("social", "Action sociale", Famille.POPULATION, "ménages suivis"),
    Service("culture", "Culture et bibliothèques", Famille.POPULATION, "heures d'ouverture par semaine"),
    Service("sport", "Sport et équipements", Famille.POPULATION, "équipements"),
    Service("police", "Police municipale et garde champêtre", Famille.POPULATION),
)
PAR_CLE = {service.cle: service for service in CATALOGUE}
