"""Checks of the composition of the instances of an EPCI (R-3.2, R-3.3, R-3.5, R-3.8, R-3.10)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from communaccord.noyau.droit.regle import Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges.types import Nature
from communaccord.noyau.exact import RegleArrondi, round_exact

_VICE_PRESIDENCES, _CONFERENCE, _DEVELOPPEMENT = get_regle("R-3.2"), get_regle("R-3.3"), get_regle("R-3.8")
PART_VICE_PRESIDENCES = _VICE_PRESIDENCES.get_part("part")
PART_VICE_PRESIDENCES_DEUX_TIERS = _VICE_PRESIDENCES.get_part("part_aux_deux_tiers")
PLAFOND_VICE_PRESIDENCES = _VICE_PRESIDENCES.get_entier("plafond")
PLAFOND_VICE_PRESIDENCES_METROPOLE = _VICE_PRESIDENCES.get_entier("plafond_metropole")
PLANCHER_VICE_PRESIDENCES = _VICE_PRESIDENCES.get_entier("plancher")
PART_SIGNATURES_CONFERENCE = _CONFERENCE.get_part("part_signatures")
DEMANDES_CONFERENCE_PAR_AN = _CONFERENCE.get_entier("demandes_par_an")
ECART_PARITE = _DEVELOPPEMENT.get_entier("ecart_femmes_hommes")
SEUIL_COMITE_SOCIAL = get_regle("R-3.10").get_entier("seuil_agents")
COMITE_CENTRE_DE_GESTION = "centre de gestion"


class EtatControle(Enum):
    """Result of a check; INFORMATION is useful to know and binds nobody."""

    CONFORME = "conforme"
    NON_CONFORME = "non conforme"
    INFORMATION = "pour information"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class Controle:
    """One check: its state, a French sentence, the rule."""

    etat: EtatControle
    phrase: str
    regle: Regle


@dataclass(frozen=True, slots=True)
class LimiteVicePresidences:
    """Greatest number of vice-présidences: in the ordinary way, and with a vote of two thirds."""

    ordinaire: int
    deux_tiers: int
    regle: Regle


def compute_vice_presidences(effectif: int, nature: Nature) -> LimiteVicePresidences:
    """Return the greatest number of vice-présidences for a council of ``effectif`` seats.

    20 % rounded up, at most 15, four always possible; by two thirds 30 % rounded down, at most 15 (never fewer than in
    the ordinary way). A métropole: twenty. Errors: ValueError below one seat. Complexity: O(1).
    Source: CGCT L5211-10 (R-3.2).
    """
    if effectif < 1:
        raise ValueError("Un conseil communautaire compte au moins un siège.")
    trente = round_exact(PART_VICE_PRESIDENCES_DEUX_TIERS * effectif, RegleArrondi.PAR_DEFAUT)
    if nature in (Nature.METRO, Nature.MET69):
        plafond = PLAFOND_VICE_PRESIDENCES_METROPOLE
        return LimiteVicePresidences(plafond, plafond, _VICE_PRESIDENCES)
    vingt = round_exact(PART_VICE_PRESIDENCES * effectif, RegleArrondi.PAR_EXCES)
    ordinaire = max(min(vingt, PLAFOND_VICE_PRESIDENCES), PLANCHER_VICE_PRESIDENCES)
    return LimiteVicePresidences(ordinaire, max(ordinaire, min(trente, PLAFOND_VICE_PRESIDENCES)), _VICE_PRESIDENCES)


def check_vice_presidences(nombre: int, effectif: int, nature: Nature, *, deux_tiers: bool = False) -> Controle:
    """Return whether ``nombre`` vice-présidences are possible in a council of ``effectif`` seats.

    ``deux_tiers``: the number was decided by that majority. Errors: ValueError below one seat. Complexity: O(1).
    Source: CGCT L5211-10 (R-3.2).
    """
    limite = compute_vice_presidences(effectif, nature)
    maximum = limite.deux_tiers if deux_tiers else limite.ordinaire
    if nombre <= maximum:
        phrase = f"{nombre} vice-présidences pour {maximum} au plus."
        return Controle(EtatControle.CONFORME, phrase, limite.regle)
    if nombre <= limite.deux_tiers:
        phrase = f"{nombre} vice-présidences : au-delà de {maximum}, il faut un vote du conseil aux deux tiers."
    else:
        phrase = f"{nombre} vice-présidences dépassent le maximum de {limite.deux_tiers}, même aux deux tiers."
    return Controle(EtatControle.NON_CONFORME, phrase, limite.regle)


def check_conference_maires(maires: Collection[str], bureau: Collection[str]) -> Controle:
    """Say whether the conférence des maires must exist: yes, unless every maire sits in the bureau.

    Shapes: identifiers of persons. To be read again whenever the bureau changes. Complexity: O(n). Source: R-3.3.
    """
    absents = sorted(set(maires) - set(bureau))
    if not absents:
        phrase = "Le bureau comprend tous les maires : la conférence des maires n'est pas obligatoire."
    else:
        phrase = f"La conférence des maires est obligatoire : {len(absents)} maires ne sont pas au bureau."
        if len(absents) == 1:
            phrase = "La conférence des maires est obligatoire : un ou une maire n'est pas au bureau."
    return Controle(EtatControle.INFORMATION, phrase, _CONFERENCE)


def compute_signatures_conference(nombre_maires: int) -> int:
    """Return how many maires must sign to convene the conférence des maires: one third, rounded up (R-3.3). O(1)."""
    return round_exact(PART_SIGNATURES_CONFERENCE * nombre_maires, RegleArrondi.PAR_EXCES)


def check_demande_conference(signataires: int, nombre_maires: int, demandes_de_l_annee: int) -> Controle:
    """Return whether a request of maires is receivable: one third of them, and fewer than four held this year. O(1).

    Errors: ValueError when there are more signatures than maires. Source: CGCT L5211-11-3 (R-3.3).
    """
    if signataires > nombre_maires:
        raise ValueError("Il y a plus de signatures que de maires.")
    requis = compute_signatures_conference(nombre_maires)
    if signataires < requis:
        phrase = f"{signataires} signatures pour {requis} nécessaires (un tiers des {nombre_maires} maires)."
        return Controle(EtatControle.NON_CONFORME, phrase, _CONFERENCE)
    if demandes_de_l_annee >= DEMANDES_CONFERENCE_PAR_AN:
        phrase = "Quatre réunions ont déjà eu lieu cette année à la demande des maires."
        return Controle(EtatControle.NON_CONFORME, phrase, _CONFERENCE)
    phrase = f"Demande recevable : {signataires} signatures pour {requis} nécessaires."
    return Controle(EtatControle.CONFORME, phrase, _CONFERENCE)


def check_communes_representees(communes: Collection[str], representees: Collection[str], instance: str) -> Controle:
    """Say which communes do not sit in an instance: an information, never a rule of law. Complexity: O(n log n)."""
    absentes = sorted(set(communes) - set(representees))
    if absentes:
        phrase = f"Communes sans représentation dans l'instance « {instance} » : {', '.join(absentes)}."
    else:
        phrase = f"Toutes les communes sont représentées dans l'instance « {instance} »."
    return Controle(EtatControle.INFORMATION, phrase, get_regle("R-3.1"))


def check_proportionnelle(groupes: Mapping[str, int], commission: Mapping[str, int]) -> Controle:
    """Say whether each group of the council holds its share of a commission, rounded down or up.

    Shapes: seats in the council, seats in the commission, by group. The text asks for proportional representation and
    gives no formula: the check stays an information. Errors: ValueError for a group unknown to the council or an
    empty council. Complexity: O(n log n). Source: CGCT L2121-22 (R-3.5).
    """
    inconnus = sorted(set(commission) - set(groupes))
    if inconnus:
        raise ValueError(f"Groupe inconnu du conseil : {', '.join(inconnus)}.")
    effectif = sum(groupes.values())
    if effectif < 1:
        raise ValueError("Le conseil ne compte aucun siège.")
    sieges = sum(commission.values())
    eloignes = sorted(
        groupe for groupe, n in groupes.items() if abs(commission.get(groupe, 0) - Fraction(n * sieges, effectif)) >= 1
    )
    if eloignes:
        phrase = f"À regarder : la part de {', '.join(eloignes)} s'éloigne d'un siège ou plus de la proportionnelle."
    else:
        phrase = "Chaque groupe a sa part de la commission, à moins d'un siège près."
    return Controle(EtatControle.INFORMATION, phrase, get_regle("R-3.5"))


def check_conseil_developpement(femmes: int, hommes: int, elus_communautaires: int) -> tuple[Controle, ...]:
    """Check a conseil de développement: at most one person between women and men, no community councillor. O(1).

    Source: CGCT L5211-10-1 (R-3.8).
    """
    ecart = abs(femmes - hommes)
    parite = EtatControle.CONFORME if ecart <= ECART_PARITE else EtatControle.NON_CONFORME
    elus = EtatControle.CONFORME if elus_communautaires == 0 else EtatControle.NON_CONFORME
    membres = f"Conseillers et conseillères communautaires membres : {elus_communautaires} (aucun)."
    return (
        Controle(parite, f"Écart entre femmes et hommes : {ecart} (une personne au plus).", _DEVELOPPEMENT),
        Controle(elus, membres, _DEVELOPPEMENT),
    )


def list_comites_sociaux(effectifs: Mapping[str, int], commun: Collection[str] = ()) -> tuple[str, ...]:
    """Return whose comité social territorial must give its opinion before the délibération.

    Shapes: ``effectifs`` gives the number of agents of each employer that loses or receives agents; ``commun`` names
    those that share one CST. From 50 agents an employer has its own; below, that of the centre de gestion.
    Errors: ValueError for a negative number, or a common CST below 50 agents. Complexity: O(n log n).
    Source: CGFP L251-5, L251-7 (R-3.10).
    """
    negatifs = sorted(nom for nom, agents in effectifs.items() if agents < 0)
    if negatifs:
        raise ValueError(f"Un nombre d'agents ne peut pas être négatif : {', '.join(negatifs)}.")
    ensemble = sorted(set(commun) & set(effectifs))
    if ensemble and sum(effectifs[nom] for nom in ensemble) < SEUIL_COMITE_SOCIAL:
        raise ValueError("Un comité social territorial commun demande au moins 50 agents en tout.")
    isoles = {nom: agents for nom, agents in effectifs.items() if nom not in ensemble}
    propres = sorted(nom for nom, agents in isoles.items() if agents >= SEUIL_COMITE_SOCIAL)
    communs = (f"comité commun ({', '.join(ensemble)})",) if ensemble else ()
    centre = (COMITE_CENTRE_DE_GESTION,) if len(propres) < len(isoles) else ()
    return (*communs, *propres, *centre)
