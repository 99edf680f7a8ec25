"""Markers met in practice, each with its source and its date: shown beside a field, never put in it.

None is a norm. What has no source says so, and carries no figure that a person could take for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from communaccord.simulateur.types import Domaine


@dataclass(frozen=True, slots=True)
class Repere:
    """A figure met somewhere: ``champ`` is the field it stands beside, ``date`` that of the source (year at least).

    ``source`` and ``url`` are empty for a common use without source: ``precaution`` then says so.
    """

    champ: str
    texte: str
    source: str
    url: str
    date: str
    precaution: str = ""


REPERES: Mapping[Domaine, tuple[Repere, ...]] = MappingProxyType(
    {
        Domaine.URBANISME: (
            Repere(
                "service-actes",
                "Poids souvent employés\u202f: permis de construire 1, déclaration préalable 0,7, "
                "permis d'aménager 1,2, permis de démolir 0,8, "
                "certificat d'urbanisme opérationnel 0,4, d'information 0,2.",
                "",
                "",
                "",
                "Usage courant, à paramétrer par convention, non sourcé.",
            ),
            Repere(
                "service-actes",
                "Tarifs d'une communauté de communes\u202f: permis de construire d'une habitation 200\u00a0€, "
                "autre permis 300\u00a0€, permis d'aménager 300\u00a0€, "
                "certificat 120\u00a0€, permis de démolir 40\u00a0€.",
                "Grand Pic Saint-Loup et Sauteyrargues, La Gazette des communes",
                "https://www.lagazettedescommunes.com/587403/"
                "une-commune-facture-linstruction-des-permis-de-construire-aux-petitionnaires",
                "deuxième trimestre 2017",
                "Un exemple\u202f: rapportés au permis, ces tarifs s'éloignent des poids souvent employés.",
            ),
            Repere(
                "service-actes",
                "Coût d'un équivalent permis de construire\u202f: de 150\u00a0€ à 800\u00a0€ selon les territoires.",
                "Landot et associés",
                "https://blog.landot-avocats.net/2017/06/14/quelle-compensation-au-titre-de-lads/",
                "14/06/2017",
                "Ordre de grandeur ancien, très variable.",
            ),
        ),
        Domaine.PAIE: (
            Repere(
                "service-actes",
                "12,80\u00a0€ par bulletin, en plus d'un abonnement.",
                "Agence publique de gestion locale (Pyrénées-Atlantiques)",
                "http://www.apgl64.fr/service-informatique/actions/travail-a-facon/",
                "2018",
                "Tarif d'un prestataire public, pas un coût de revient.",
            ),
            Repere(
                "personnel-etp",
                "En dessous de 50 agents, une politique de ressources humaines propre «\u202fn'est pas viable\u202f».",
                "ADGCF",
                "https://www.adgcf.fr/62-1082-79-mutualisation-des-ressources-humaines-les-propositions-choc-des-"
                "intercommunalites.html",
                "2021",
                "Position d'une association, pas une norme.",
            ),
        ),
        Domaine.INFORMATIQUE: (
            Repere(
                "service-unite",
                "L'unité usuelle est le poste\u202f; aucun coût par poste n'est sourcé.",
                "",
                "",
                "",
                "Usage professionnel, non sourcé.",
            ),
        ),
        Domaine.COMMANDE_PUBLIQUE: (
            Repere(
                "communes-depense_actuelle",
                "Gains de groupement cités\u202f: 10\u202f% à 15\u202f% des achats.",
                "Rapport Malvy-Lambert, cité en séance à l'Assemblée nationale",
                "https://2012-2017.nosdeputes.fr/14/intervention/520258",
                "législature 2012-2017",
                "Le rapport lui-même n'a pas été lu.",
            ),
        ),
        Domaine.LIBRE: (
            Repere(
                "communes-volume",
                "Conseil en énergie partagé\u202f: 1\u00a0€ par habitant et par an, "
                "un poste pour 40\u202f000 habitants.",
                "Cornouaille, Banque des territoires",
                "https://www.banquedesterritoires.fr/conseil-en-energie-partage-en-cornouaille-29",
                "date non précisée",
                "Un exemple.",
            ),
        ),
    }
)
