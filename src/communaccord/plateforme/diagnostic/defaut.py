"""The sound default questionnaire: a start that the équipe projet and the mairies then edit together.

Three parts asked by the CNFPT (staff and trades, what is shared, what could be), between the marks that public files
already tell and the words: needs, conditions of success, reservations of principle. Short on purpose: with the services
ticked at first, twenty-seven lines, one screen a part. The columns of staff, the scale of sharing and the quality asked
of each figure are those that real cases needed; no national questionnaire exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.diagnostic.enums import TypeLigne, Volet
from communaccord.plateforme.projet.catalogue import CATALOGUE, PAR_CLE, Service

# What is most often shared first (informatique, marchés, urbanisme), and where the agents of a small commune are.
SERVICES_PAR_DEFAUT = ("secretariat", "informatique", "commande_publique", "urbanisme", "voirie", "ecoles")

AIDE_EFFECTIFS = (
    "Comptez les agents de la commune qui y travaillent, même une partie de leur temps. Laissez vide ce que vous ne "
    "savez pas ; zéro veut dire « aucun ». En dessous de cinq personnes, ces chiffres ne sont montrés qu'à la commune, "
    "à la DRH et à l'équipe projet."
)
AIDE_MATURITE = (
    "Ce qui existe aujourd'hui, avec qui que ce soit : une autre commune, l'intercommunalité, un syndicat, le centre "
    "de gestion. Cette échelle est d'usage, elle ne juge personne."
)
AIDE_BESOIN = "Ce que la commune attendrait d'un service partagé ; votre réponse n'engage pas le conseil municipal."


@dataclass(frozen=True, slots=True)
class LigneParDefaut:
    """One line as it is proposed, its rank being its place in the list."""

    volet: Volet
    cle: str
    type: TypeLigne
    libelle: str
    aide: str = ""
    service: str = ""
    unite: str = ""
    publique: str = ""
    pour_l_epci: bool = True


REPERES = (
    LigneParDefaut(
        Volet.REPERES,
        "population",
        TypeLigne.NOMBRE,
        "Population municipale",
        "Celle que l'Insee publie chaque année ; proposée d'après les fichiers publics.",
        unite="habitants",
        publique="population_municipale",
    ),
    LigneParDefaut(
        Volet.REPERES,
        "potentiel_financier",
        TypeLigne.MONTANT,
        "Potentiel financier par habitant",
        "Il figure sur la fiche de calcul de la dotation globale de fonctionnement.",
        unite="€ par habitant",
        publique="potentiel_financier_habitant",
        pour_l_epci=False,
    ),
    LigneParDefaut(
        Volet.REPERES,
        "depenses_fonctionnement",
        TypeLigne.MONTANT,
        "Dépenses réelles de fonctionnement",
        "Total de l'année, budget principal, au compte financier unique ou au compte administratif.",
        unite="€",
        publique="depenses_fonctionnement",
    ),
    LigneParDefaut(
        Volet.REPERES,
        "frais_personnel",
        TypeLigne.MONTANT,
        "Frais de personnel",
        "Chapitre 012 du même compte.",
        unite="€",
        publique="frais_personnel",
    ),
)
PARTAGE_AUTRE = LigneParDefaut(
    Volet.PARTAGES,
    "partages_autres",
    TypeLigne.TEXTE,
    "Autres partages, et avec qui",
    "Écrivez qui porte, puis qui bénéficie : « Commune A > Commune B : la balayeuse, deux jours par mois, sans "
    "convention ». Le chiffrage se donne ensuite, flux par flux.",
)
AVIS = (
    LigneParDefaut(
        Volet.AVIS,
        "avis_besoins",
        TypeLigne.TEXTE,
        "Le besoin le plus pressant",
        "Ce qui manque, ce qui ne tient qu'à une personne, ce que l'on ne parvient plus à recruter.",
    ),
    LigneParDefaut(
        Volet.AVIS,
        "avis_conditions",
        TypeLigne.TEXTE,
        "Ce qui ferait réussir un service partagé",
        "Proximité, délais, coût, place des élus et des élues, retour possible…",
    ),
    LigneParDefaut(
        Volet.AVIS,
        "avis_reserves",
        TypeLigne.TEXTE,
        "Réserves de principe",
        "Ce que la commune souhaite garder en propre, et pourquoi. Cela se dit tôt, et peut évoluer.",
        pour_l_epci=False,
    ),
)


def build_lignes(services: Sequence[str]) -> list[LigneParDefaut]:
    """The lines of a questionnaire on these services of the catalogue, part by part, in the order of the catalogue.

    Errors: KeyError on a service that the catalogue does not know.
    """
    kept = {cle: PAR_CLE[cle] for cle in services}
    known = [service for service in CATALOGUE if service.cle in kept]
    par_service = [build_lignes_de_service(service) for service in known]
    personnel, partages, besoins = zip(*par_service, strict=True) if par_service else ((), (), ())
    return [*REPERES, *personnel, *partages, PARTAGE_AUTRE, *besoins, *AVIS]


def build_lignes_de_service(service: Service) -> tuple[LigneParDefaut, LigneParDefaut, LigneParDefaut]:
    """What is asked of one service: its people and costs, how far it is shared, the need."""
    cle, libelle = service.cle, service.libelle
    return (
        LigneParDefaut(
            Volet.PERSONNEL,
            f"{cle}_effectifs",
            TypeLigne.EFFECTIFS,
            libelle,
            AIDE_EFFECTIFS,
            service=cle,
            unite=service.unite,
        ),
        LigneParDefaut(Volet.PARTAGES, f"{cle}_partage", TypeLigne.MATURITE, libelle, AIDE_MATURITE, service=cle),
        LigneParDefaut(
            Volet.POSSIBLES, f"{cle}_besoin", TypeLigne.BESOIN, libelle, AIDE_BESOIN, service=cle, pour_l_epci=False
        ),
    )
