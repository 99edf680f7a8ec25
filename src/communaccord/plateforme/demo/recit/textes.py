"""Words of the three dossiers: what each is for, what it changes and does not, how one leaves it."""

from collections.abc import Callable
from dataclasses import dataclass

from communaccord.plateforme.demo.territoire.chiffres import build_informatique, build_secretariat, build_urbanisme
from communaccord.plateforme.demo.territoire.modele import TerritoireFictif
from communaccord.simulateur import Simulation


@dataclass(frozen=True, slots=True)
class DossierRaconte:
    """A dossier of the story. ``textes`` are the fields of a dossier, ``engagements`` those of its scenarios."""

    cle: str
    porteur: str
    textes: dict[str, str]
    engagements: tuple[str, ...]
    build_simulation: Callable[[TerritoireFictif], Simulation]
    sensible: bool = False


URBANISME = DossierRaconte(
    cle="urbanisme",
    porteur="F002",
    sensible=True,
    engagements=("permanence", "siege_suivi"),
    build_simulation=build_urbanisme,
    textes={
        "titre": "Instruction des autorisations d'urbanisme (fictif)",
        "domaine": "urbanisme",
        "objectif": "Rendre une réponse sûre et rapide à chaque projet de construction, dans toutes les communes.",
        "pilote": "Direction de l'urbanisme",
        "service_avant": (
            "Les dossiers sont instruits par la commune-centre pour son compte, et par des conventions dispersées "
            "pour les autres. Les délais varient d'une commune à l'autre."
        ),
        "service_apres": (
            "Une même équipe instruit tous les dossiers, avec un accueil sur rendez-vous dans deux bourgs et un suivi "
            "en ligne pour les personnes qui déposent une demande."
        ),
        "ce_qui_change": (
            "L'instruction est faite par le service commun. Le ou la maire reçoit une proposition de décision dans le "
            "logiciel, avec une date limite."
        ),
        "ce_qui_ne_change_pas": (
            "La décision reste celle du ou de la maire, qui la signe. La mairie reste le lieu où l'on dépose sa "
            "demande, si la commune le souhaite."
        ),
        "sortie": (
            "Préavis d'un an. Les agents et les agentes reviennent selon la convention. Clause de revoyure à deux ans."
        ),
    },
)
SECRETARIAT = DossierRaconte(
    cle="secretariat",
    porteur="F006",
    engagements=("service_min", "permanence", "agent"),
    build_simulation=build_secretariat,
    textes={
        "titre": "Secrétariat de mairie itinérant (fictif)",
        "domaine": "libre",
        "objectif": "Garder chaque mairie ouverte, même pendant un congé, un arrêt ou un poste vacant.",
        "pilote": "Mission mutualisation",
        "service_avant": "Quand le poste est vacant ou l'agent absent, la mairie ferme, parfois plusieurs semaines.",
        "service_apres": "Un remplacement arrive sous trois jours ; chaque mairie garde ses heures d'ouverture.",
        "ce_qui_change": "Des heures convenues à l'avance, assurées par une équipe employée par l'intercommunalité.",
        "ce_qui_ne_change_pas": "L'agent ou l'agente de la commune, quand elle en a, et l'autorité du ou de la maire.",
        "sortie": "À chaque date anniversaire, avec trois mois de préavis. Aucun coût échoué pour la commune.",
    },
)
INFORMATIQUE = DossierRaconte(
    cle="informatique",
    porteur="F001",
    engagements=("service_min", "siege_suivi"),
    build_simulation=build_informatique,
    textes={
        "titre": "Informatique et sauvegardes des mairies (fictif)",
        "domaine": "informatique",
        "objectif": "Mettre chaque mairie à l'abri d'une panne ou d'une attaque, et dépanner sans délai.",
        "pilote": "Direction du numérique",
        "service_avant": "Chaque mairie a son prestataire, ou personne ; les sauvegardes sont rarement essayées.",
        "service_apres": "Un dépannage le jour même, une sauvegarde hors site vérifiée chaque mois.",
        "ce_qui_change": "Le matériel est choisi en commun ; l'assistance répond à un seul numéro.",
        "ce_qui_ne_change_pas": "La commune reste propriétaire de son matériel, de ses fichiers et de ses logiciels.",
        "sortie": "Préavis de six mois ; les fichiers sont rendus dans un format ouvert. Plafond de hausse à convenir.",
    },
)
DOSSIERS = (URBANISME, SECRETARIAT, INFORMATIQUE)
