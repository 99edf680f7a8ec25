"""Delays: jours francs before a meeting (R-4.2), months from quantième to quantième (R-1.2)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from communaccord.noyau.droit.regle import Avertissement, Regle
from communaccord.noyau.droit.regles import get_regle

_EPCI, _COMMUNE = get_regle("R-4.1"), get_regle("R-4.2")
JOURS_FRANCS_EPCI = _EPCI.get_entier("jours_francs")
JOURS_FRANCS_EPCI_URGENCE = _EPCI.get_entier("jours_francs_urgence")
SEUIL_GRANDE_COMMUNE = _COMMUNE.get_entier("seuil_habitants")
JOURS_FRANCS_GRANDE_COMMUNE = _COMMUNE.get_entier("jours_francs_a_partir_du_seuil")
JOURS_FRANCS_PETITE_COMMUNE = _COMMUNE.get_entier("jours_francs_sous_le_seuil")
JOURS_FRANCS_URGENCE = _COMMUNE.get_entier("jours_francs_urgence")
JOURS_ALSACE_MOSELLE = _COMMUNE.get_entier("jours_alsace_moselle")
JOURS_ALSACE_MOSELLE_URGENCE = _COMMUNE.get_entier("jours_alsace_moselle_urgence")
INTERVALLE_SECONDE_CONVOCATION = get_regle("R-4.5").get_entier("jours_seconde_convocation")


class Assemblee(Enum):
    """Which council is convened."""

    EPCI = "conseil communautaire"
    COMMUNE = "conseil municipal"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class DelaiConvocation:
    """Days between sending and meeting: how many, francs or not, note de synthèse due or not, and the rule."""

    jours: int
    francs: bool
    note_synthese: bool
    regle: Regle
    avertissements: tuple[Avertissement, ...] = ()

    @property
    def label(self) -> str:
        """French label of the delay ("5 jours francs")."""
        pluriel = "s" if self.jours > 1 else ""
        return f"{self.jours} jour{pluriel}{f' franc{pluriel}' if self.francs else ' (non francs)'}"


def add_months(jour: date, mois: int) -> date:
    """Return the date ``mois`` months after ``jour`` (before, if negative), from quantième to quantième.

    When the month has no such day, its last day: 30 November + 3 months = 28 February. Complexity: O(1).
    Source: R-1.2 (usual computation of delays in months).
    """
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, index = divmod(rang, 12)
    return date(annee, index + 1, min(jour.day, monthrange(annee, index + 1)[1]))


def compute_depart_utile(limite: date, mois: int) -> date:
    """Return the last day from which ``mois`` months lead to ``limite`` at the latest.

    It is the greatest date d with add_months(d, mois) <= limite, which is not always limite minus the months: from
    30 and 31 November both lead to the end of February. Complexity: O(1). Source: R-1.2.
    """
    depart = add_months(limite, -mois)
    while add_months(depart + timedelta(days=1), mois) <= limite:
        depart += timedelta(days=1)
    return depart


def compute_envoi_max(seance: date, jours: int, *, francs: bool = True) -> date:
    """Return the last day to send a convocation for a meeting on ``seance``.

    Jours francs: neither the day of sending nor that of the meeting counts, all others do, so that the date is
    seance - (jours + 1); not francs: seance - jours. Errors: ValueError for a negative number of days.
    Complexity: O(1). Source: CGCT L2121-11, L2121-12; counting by CE 13/10/1993 d'André (R-4.2).
    """
    if jours < 0:
        raise ValueError("Un délai de convocation ne peut pas être négatif.")
    return seance - timedelta(days=jours + 1 if francs else jours)


def compute_seance_min(envoi: date, jours: int, *, francs: bool = True) -> date:
    """Return the first day a meeting may be held when the convocation is sent on ``envoi``.

    The reverse of :func:`compute_envoi_max`. Errors: ValueError for a negative number of days. Complexity: O(1).
    Source: CGCT L2121-11, L2121-12; counting by CE 13/10/1993 d'André (R-4.2).
    """
    if jours < 0:
        raise ValueError("Un délai de convocation ne peut pas être négatif.")
    return envoi + timedelta(days=jours + 1 if francs else jours)


def find_delai_convocation(
    assemblee: Assemblee,
    *,
    population: int | None = None,
    alsace_moselle: bool = False,
    urgence: bool = False,
    premiere_reunion: bool = False,
) -> DelaiConvocation:
    """Return the delay of convocation of a council.

    ``population``: population municipale of the commune (needed for a conseil municipal, ignored for an EPCI).
    ``alsace_moselle``: commune of 57, 67 or 68. ``premiere_reunion``: first meeting of a conseil municipal after its
    renewal. Every EPCI, even small, follows the five jours francs of communes of 3,500 inhabitants and more.
    Errors: ValueError when the population of a commune is missing. Complexity: O(1).
    Source: CGCT L5211-1, L2121-7, L2121-11, L2121-12, L2541-2 (R-4.1, R-4.2).
    """
    if assemblee is Assemblee.EPCI:
        return _find_delai_epci(alsace_moselle, urgence)
    if population is None:
        raise ValueError("Indiquez la population municipale de la commune : le délai de convocation en dépend.")
    grande = population >= SEUIL_GRANDE_COMMUNE
    if alsace_moselle:
        jours = JOURS_ALSACE_MOSELLE_URGENCE if urgence else JOURS_ALSACE_MOSELLE
        return DelaiConvocation(jours, False, False, _COMMUNE, (_ALSACE_MOSELLE,))
    if urgence:
        return DelaiConvocation(JOURS_FRANCS_URGENCE, True, grande, _COMMUNE, (_URGENCE,))
    jours = JOURS_FRANCS_GRANDE_COMMUNE if grande and not premiere_reunion else JOURS_FRANCS_PETITE_COMMUNE
    return DelaiConvocation(jours, True, grande, _COMMUNE)


def _find_delai_epci(alsace_moselle: bool, urgence: bool) -> DelaiConvocation:
    """Return the delay of a conseil communautaire."""
    avertissements = []
    if alsace_moselle:
        avertissements.append(
            Avertissement(
                "EPCI_ALSACE_MOSELLE",
                "Pour un EPCI d'Alsace ou de Moselle, les cinq jours francs ordinaires sont retenus par prudence.",
            )
        )
    if urgence:
        avertissements.append(_URGENCE)
    jours = JOURS_FRANCS_EPCI_URGENCE if urgence else JOURS_FRANCS_EPCI
    return DelaiConvocation(jours, True, True, _EPCI, tuple(avertissements))


_URGENCE = Avertissement(
    "URGENCE",
    "L'urgence se justifie à l'ouverture de la séance : le conseil se prononce et peut renvoyer à une autre séance.",
)
_ALSACE_MOSELLE = Avertissement(
    "ALSACE_MOSELLE",
    "Commune d'Alsace ou de Moselle : trois jours non francs, la veille en urgence (L2541-2). La note de synthèse "
    "n'a pas été vérifiée pour ces communes : l'envoyer reste prudent.",
)


def compute_seconde_seance_min(premiere: date) -> date:
    """Return the first day of a second meeting, without quorum, when it was missed on ``premiere``.

    Three days at least between the two. Complexity: O(1). Source: CGCT L2121-17 (R-4.5).
    """
    return premiere + timedelta(days=INTERVALLE_SECONDE_CONVOCATION)
