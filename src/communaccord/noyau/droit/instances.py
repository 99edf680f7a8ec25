"""The instances that the law expects of an EPCI, and those that are only usage (R-3.1 to R-3.10)."""

from dataclasses import dataclass
from enum import Enum

from communaccord.noyau.droit.composition import SEUIL_COMITE_SOCIAL
from communaccord.noyau.droit.regle import Confiance, Regle
from communaccord.noyau.droit.regles import get_regle

SEUIL_CONSEIL_DEVELOPPEMENT = get_regle("R-3.8").get_entier("seuil_habitants")


class StatutInstance(Enum):
    """What the law says of an instance. Only OBLIGATOIRE may be shown as such."""

    OBLIGATOIRE = "obligatoire"
    OBLIGATOIRE_SAUF = "obligatoire, sauf exception à vérifier"
    FACULTATIF = "facultative"
    PRATIQUE = "usage de travail, sans base légale"
    SANS_OBJET = "sans objet"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class PouvoirInstance(Enum):
    """What an instance can do."""

    DECIDE = "décide"
    DECIDE_PAR_DELEGATION = "décide dans la limite de ses délégations"
    AVIS = "donne un avis"
    ETUDE = "étudie et prépare"
    AUCUN = "travaille, sans valeur de décision"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class FaitsEpci:
    """Facts on an EPCI; None means unknown, and the answer then says on what it depends.

    ``population``: population of the EPCI (inhabitants). ``agents``: staff of the EPCI. ``maires_tous_au_bureau``:
    every maire sits in the bureau. ``fpu``: fiscalité professionnelle unique.
    """

    population: int | None = None
    agents: int | None = None
    maires_tous_au_bureau: bool | None = None
    fpu: bool | None = None
    pacte_adopte: bool | None = None


@dataclass(frozen=True, slots=True)
class InstanceAttendue:
    """An instance, or a debate, with its legal base, its status, what it can decide, the condition and why."""

    identifiant: str
    nom: str
    base_legale: str | None
    statut: StatutInstance
    pouvoir: PouvoirInstance
    condition: str
    explication: str
    regle: Regle
    confiance: Confiance


def list_instances_attendues(faits: FaitsEpci) -> tuple[InstanceAttendue, ...]:
    """Return the instances of an EPCI à fiscalité propre, from what decides to what prepares.

    Unknown facts are allowed: the status is then OBLIGATOIRE_SAUF and ``condition`` says what to check. COPIL and
    COTECH are usage: they have no legal base and decide nothing. Errors: ValueError for a negative figure.
    Complexity: O(1). Source: R-3.1 to R-3.10.
    """
    if min(faits.population or 0, faits.agents or 0) < 0:
        raise ValueError("La population et le nombre d'agents ne peuvent pas être négatifs.")
    return (
        *_INSTANCES_DE_DECISION,
        _build_conference(faits.maires_tous_au_bureau),
        _build_conseil_developpement(faits.population),
        _build_comite_social(faits.agents),
        _build_clect(faits.fpu),
        _DEBAT_PACTE,
        _build_conferences_territoriales(faits.pacte_adopte),
        *_INSTANCES_D_APPUI,
    )


def _build(
    identifiant: str,
    nom: str,
    base_legale: str | None,
    statut: StatutInstance,
    pouvoir: PouvoirInstance,
    *,
    explication: str,
    condition: str = "",
    regle: str = "R-3.1",
    confiance: Confiance | None = None,
) -> InstanceAttendue:
    """Build an instance; its confidence is that of its rule unless told."""
    source = get_regle(regle)
    return InstanceAttendue(
        identifiant,
        nom,
        base_legale,
        statut,
        pouvoir,
        condition,
        explication,
        source,
        source.confiance if confiance is None else confiance,
    )


_INSTANCES_DE_DECISION = (
    _build(
        "conseil_communautaire",
        "Conseil communautaire",
        "CGCT L5211-6, L5211-11",
        StatutInstance.OBLIGATOIRE,
        PouvoirInstance.DECIDE,
        explication="Il délibère, approuve le schéma de mutualisation et vote le budget.",
    ),
    _build(
        "presidence",
        "Présidence",
        "CGCT L5211-9, L5211-10",
        StatutInstance.OBLIGATOIRE,
        PouvoirInstance.DECIDE_PAR_DELEGATION,
        explication="Elle exécute les décisions et rend compte de ses délégations à chaque conseil.",
        confiance=Confiance.MEMOIRE,
    ),
    _build(
        "bureau",
        "Bureau",
        "CGCT L5211-10",
        StatutInstance.OBLIGATOIRE,
        PouvoirInstance.DECIDE_PAR_DELEGATION,
        explication="Présidence, vice-présidences et, au choix du conseil, d'autres membres. Sept matières ne se "
        "délèguent pas, dont le budget et les conditions initiales de fonctionnement.",
        regle="R-3.2",
    ),
    _build(
        "conseils_municipaux",
        "Conseils municipaux",
        "CGCT L2121-7 et suivants",
        StatutInstance.OBLIGATOIRE,
        PouvoirInstance.DECIDE,
        explication="Chacun donne son avis sur le projet de schéma et délibère sur les conventions de sa commune.",
    ),
)

_DEBAT_PACTE = _build(
    "debat_pacte",
    "Débat sur le pacte de gouvernance",
    "CGCT L5211-11-2",
    StatutInstance.OBLIGATOIRE,
    PouvoirInstance.DECIDE,
    explication="Après chaque renouvellement général, le débat et la délibération sont obligatoires ; adopter un pacte "
    "est un choix du conseil. Il peut contenir des orientations de mutualisation.",
    regle="R-3.4",
)

_INSTANCES_D_APPUI = (
    _build(
        "commissions",
        "Commissions thématiques",
        "CGCT L2121-22, L5211-40-1",
        StatutInstance.FACULTATIF,
        PouvoirInstance.ETUDE,
        condition="Si le conseil en forme, la représentation proportionnelle s'impose.",
        explication="Elles étudient les dossiers et peuvent s'ouvrir aux conseillers et conseillères municipaux.",
        regle="R-3.5",
    ),
    _build(
        "comite_consultatif",
        "Comité consultatif",
        "CGCT L5211-49-1",
        StatutInstance.FACULTATIF,
        PouvoirInstance.AVIS,
        explication="Sur toute affaire de l'intercommunalité ; ses membres sont désignés pour une année.",
        regle="R-3.8",
    ),
    _build(
        "copil",
        "Comité de pilotage (COPIL)",
        None,
        StatutInstance.PRATIQUE,
        PouvoirInstance.AUCUN,
        explication="Un usage : ses conclusions sont un avis ou un consensus de travail, sans valeur de décision.",
    ),
    _build(
        "cotech",
        "Comité technique de projet (COTECH)",
        None,
        StatutInstance.PRATIQUE,
        PouvoirInstance.AUCUN,
        explication="Un usage entre directions et secrétariats de mairie : il prépare, il ne décide rien.",
    ),
)


def _build_conference(tous_au_bureau: bool | None) -> InstanceAttendue:
    statut, condition = {
        None: (StatutInstance.OBLIGATOIRE_SAUF, "Sauf si le bureau comprend déjà l'ensemble des maires."),
        False: (StatutInstance.OBLIGATOIRE, "Le bureau ne comprend pas l'ensemble des maires."),
        True: (StatutInstance.FACULTATIF, "Le bureau comprend déjà l'ensemble des maires : elle n'est pas exigée."),
    }[tous_au_bureau]
    return _build(
        "conference_maires",
        "Conférence des maires",
        "CGCT L5211-11-3",
        statut,
        PouvoirInstance.AVIS,
        condition=condition,
        explication="Présidence de l'EPCI et maires. Un tiers des maires peut demander sa réunion, quatre fois par an "
        "au plus. Ses avis vont à tous les conseillers et conseillères municipaux.",
        regle="R-3.3",
    )


def _build_conseil_developpement(population: int | None) -> InstanceAttendue:
    if population is None:
        statut, condition = StatutInstance.OBLIGATOIRE_SAUF, "Sauf si l'EPCI ne dépasse pas 50 000 habitants."
    elif population > SEUIL_CONSEIL_DEVELOPPEMENT:
        statut, condition = StatutInstance.OBLIGATOIRE, "L'EPCI dépasse 50 000 habitants."
    else:
        statut, condition = StatutInstance.FACULTATIF, "L'EPCI ne dépasse pas 50 000 habitants."
    return _build(
        "conseil_developpement",
        "Conseil de développement",
        "CGCT L5211-10-1",
        statut,
        PouvoirInstance.AVIS,
        condition=condition,
        explication="Habitants, habitantes et milieux du territoire, sans conseillers communautaires. Aucun texte "
        "n'impose de le consulter sur le schéma ; on peut le faire.",
        regle="R-3.8",
    )


def _build_comite_social(agents: int | None) -> InstanceAttendue:
    if agents is None:
        condition = "Propre à l'EPCI à partir de 50 agents, celui du centre de gestion en deçà."
    elif agents >= SEUIL_COMITE_SOCIAL:
        condition = "L'EPCI emploie au moins 50 agents : il a son propre comité."
    else:
        condition = "L'EPCI emploie moins de 50 agents : le comité du centre de gestion est compétent."
    return _build(
        "comite_social_territorial",
        "Comité social territorial (CST)",
        "CGFP L251-5, L253-5",
        StatutInstance.OBLIGATOIRE,
        PouvoirInstance.AVIS,
        condition=condition,
        explication="Son avis précède la délibération sur l'organisation des services, chez chaque employeur concerné.",
        regle="R-3.10",
    )


def _build_clect(fpu: bool | None) -> InstanceAttendue:
    statut, condition = {
        None: (StatutInstance.OBLIGATOIRE_SAUF, "Sauf si l'EPCI n'est pas en fiscalité professionnelle unique."),
        True: (StatutInstance.OBLIGATOIRE, "L'EPCI est en fiscalité professionnelle unique."),
        False: (StatutInstance.SANS_OBJET, "L'EPCI n'est pas en fiscalité professionnelle unique."),
    }[fpu]
    return _build(
        "clect",
        "Commission locale d'évaluation des charges transférées (CLECT)",
        "CGI 1609 nonies C IV",
        statut,
        PouvoirInstance.ETUDE,
        condition=condition,
        explication="Elle évalue les charges transférées ; son rapport est approuvé par les conseils municipaux.",
        regle="R-6.3",
    )


def _build_conferences_territoriales(pacte_adopte: bool | None) -> InstanceAttendue:
    sans_objet = pacte_adopte is False
    return _build(
        "conferences_territoriales",
        "Conférences territoriales des maires",
        "CGCT L5211-11-2 II-5°",
        StatutInstance.SANS_OBJET if sans_objet else StatutInstance.FACULTATIF,
        PouvoirInstance.AVIS,
        condition="Seulement si un pacte de gouvernance les prévoit.",
        explication="Par secteur du territoire, sur les affaires qui le concernent.",
        regle="R-3.4",
    )
