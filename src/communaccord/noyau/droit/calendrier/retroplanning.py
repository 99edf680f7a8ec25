"""Backwards from the approval of the schéma: the last useful date of each step. A faculty, never an obligation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from communaccord.noyau.droit.calendrier.types import (
    EtatEcheance,
    FaitsMandat,
    Limite,
    StatutEcheance,
    compute_fenetre_schema,
    compute_renouvellement,
    find_etat,
)
from communaccord.noyau.droit.delais import JOURS_FRANCS_EPCI, compute_depart_utile, compute_envoi_max
from communaccord.noyau.droit.regle import Avertissement, Confiance, Regle, describe_fiabilite
from communaccord.noyau.droit.regles import get_regle

_COMITE = get_regle("R-3.10")
MOIS_AVIS_RAPPORT = get_regle("R-1.2").get_entier("mois_rapport_mutualisation")
JOURS_CONVOCATION_CST = _COMITE.get_entier("jours_convocation")
JOURS_DOCUMENTS_CST = _COMITE.get_entier("jours_documents")
JOURS_REEXAMEN_CST = _COMITE.get_entier("jours_reexamen_min")


@dataclass(frozen=True, slots=True)
class Etape:
    """A step and its last useful day; ``jours_restants`` is None when that day is past; ``articles``: of this step."""

    identifiant: str
    libelle: str
    jour: date
    statut: StatutEcheance
    etat: EtatEcheance
    jours_restants: int | None
    explication: str
    regle: Regle
    articles: tuple[str, ...]
    confiance: Confiance

    @property
    def fiabilite(self) -> str:
        """How far the rule of this step is known, in French and in lower case."""
        return describe_fiabilite(self.confiance, self.regle.texte_au)

    @property
    def est_prudente(self) -> bool:
        """Whether the day is computed backwards, by prudence: no text sets it."""
        return self.statut is StatutEcheance.USAGE


@dataclass(frozen=True, slots=True)
class Retroplanning:
    """Steps that lead to the approval on ``seance``, ascending; ``condition`` says in which case (empty: always).

    ``dans_la_fenetre``: the meeting falls within the year that L5211-39-1 speaks of.
    """

    seance: date
    condition: str
    dans_la_fenetre: bool
    etapes: tuple[Etape, ...]
    avertissements: tuple[Avertissement, ...]

    @property
    def depart_rapport(self) -> Etape:
        """The last useful departure of the report for three months of opinions."""
        return next(etape for etape in self.etapes if etape.identifiant == "envoi_rapport")


def build_retroplannings(faits: FaitsMandat, aujourd_hui: date) -> tuple[Retroplanning, ...]:
    """Return the steps backwards from the approval of the schéma, as seen on ``aujourd_hui``.

    The meeting is ``faits.seance_approbation`` or, when unknown, the last day of the window: then one plan for each
    case of the second round. The three months of each commune run from its own reception and their last day is still
    open, so that the meeting comes at the earliest the day after. Nothing here is an obligation to draw up a schéma.
    Errors: ValueError when the meeting precedes the renewal. Complexity: O(1). Source: R-1.1, R-1.2, R-4.1, R-3.10.
    """
    fenetres = compute_fenetre_schema(faits)
    if faits.seance_approbation is None:
        return tuple(_build_plan(fenetre.jour, fenetre.condition, fenetres, aujourd_hui) for fenetre in fenetres)
    if faits.seance_approbation < compute_renouvellement(faits)[0].jour:
        raise ValueError("La séance d'approbation est datée d'avant le renouvellement : vérifiez la date saisie.")
    return (_build_plan(faits.seance_approbation, "", fenetres, aujourd_hui),)


def _build_plan(seance: date, condition: str, fenetres: tuple[Limite, ...], aujourd_hui: date) -> Retroplanning:
    """Build one plan."""
    toutes = (*_list_etapes_schema(seance, aujourd_hui), *_list_etapes_cst(seance, aujourd_hui))
    etapes = sorted(toutes, key=lambda etape: (etape.jour, etape.identifiant))
    dans_la_fenetre = seance <= fenetres[-1].jour
    return Retroplanning(
        seance,
        condition,
        dans_la_fenetre,
        tuple(etapes),
        tuple(_check_plan(seance, () if condition else fenetres, etapes)),
    )


def _build_etape(
    identifiant: str,
    libelle: str,
    jour: date,
    statut: StatutEcheance,
    regle: str,
    explication: str,
    aujourd_hui: date,
    articles: tuple[str, ...] = (),
) -> Etape:
    """Build one step as seen on ``aujourd_hui``."""
    etat, restants = find_etat(None, (Limite(jour),), aujourd_hui)
    source = get_regle(regle)
    propres = articles or source.articles
    return Etape(identifiant, libelle, jour, statut, etat, restants, explication, source, propres, source.confiance)


def _list_etapes_schema(seance: date, aujourd_hui: date) -> Iterator[Etape]:
    """The steps between the communes and the council, from the meeting backwards."""
    convocation = compute_envoi_max(seance, JOURS_FRANCS_EPCI)
    depart = compute_depart_utile(seance - timedelta(days=1), MOIS_AVIS_RAPPORT)
    depart_note = compute_depart_utile(convocation - timedelta(days=1), MOIS_AVIS_RAPPORT)
    yield _build_etape(
        "approbation",
        "Approbation du schéma par le conseil communautaire",
        seance,
        StatutEcheance.FACULTE,
        "R-1.1",
        "Dernier jour de l'année qui suit le renouvellement, ou séance que vous avez indiquée. Majorité ordinaire.",
        aujourd_hui,
    )
    yield _build_etape(
        "convocation",
        "Convocation du conseil communautaire, avec la note explicative de synthèse",
        convocation,
        StatutEcheance.SOUS_CONDITION,
        "R-4.1",
        "Si la séance se tient : cinq jours francs, ni le jour de l'envoi ni celui de la séance ne comptent.",
        aujourd_hui,
        ("CGCT L5211-1", "CGCT L2121-12"),
    )
    yield _build_etape(
        "envoi_rapport",
        "Dernier départ utile du rapport pour trois mois d'avis",
        depart,
        StatutEcheance.FACULTE,
        "R-1.2",
        "Reçu ce jour par la dernière commune, le rapport laisse trois mois entiers, terminés la veille de la séance. "
        "Le silence vaut alors avis favorable.",
        aujourd_hui,
        ("CGCT L5211-39-1",),
    )
    yield _build_etape(
        "envoi_rapport_note",
        "Départ conseillé du rapport : tous les avis connus dans la note de synthèse",
        depart_note,
        StatutEcheance.USAGE,
        "R-1.2",
        "Les trois mois se terminent la veille de la convocation : la note peut dire l'avis de chaque commune.",
        aujourd_hui,
        ("CGCT L5211-39-1", "CGCT L2121-12"),
    )


def _list_etapes_cst(seance: date, aujourd_hui: date) -> Iterator[Etape]:
    """The steps of the comité social territorial, from its meeting backwards."""
    comite = seance - timedelta(days=1 + JOURS_REEXAMEN_CST)
    yield _build_etape(
        "seance_cst",
        "Avis du comité social territorial",
        comite,
        StatutEcheance.USAGE,
        "R-3.10",
        "L'avis précède toute délibération sur l'organisation des services ; cette date laisse les huit jours d'un "
        "réexamen. Pour le schéma lui-même c'est une prudence, pour les conventions une nécessité.",
        aujourd_hui,
        ("CGFP L253-5", "CGFP R254-68"),
    )
    yield _build_etape(
        "documents_cst",
        "Documents au comité social territorial",
        comite - timedelta(days=JOURS_DOCUMENTS_CST),
        StatutEcheance.USAGE,
        "R-3.10",
        "Huit jours avant la séance du comité.",
        aujourd_hui,
        ("CGFP R254-39",),
    )
    yield _build_etape(
        "convocation_cst",
        "Convocation du comité social territorial",
        comite - timedelta(days=JOURS_CONVOCATION_CST),
        StatutEcheance.USAGE,
        "R-3.10",
        "Quinze jours avant la séance du comité (huit en urgence). Le centre de gestion a son propre calendrier.",
        aujourd_hui,
        ("CGFP R254-38",),
    )


def _check_plan(seance: date, fenetres: tuple[Limite, ...], etapes: list[Etape]) -> Iterator[Avertissement]:
    """Say what is late, and what falls outside the window."""
    if fenetres and seance > fenetres[-1].jour:
        yield Avertissement(
            "HORS_FENETRE",
            "La séance tombe après l'année qui suit le renouvellement : un schéma volontaire reste possible, la "
            "procédure est alors choisie.",
        )
    elif fenetres and seance > fenetres[0].jour:
        yield Avertissement(
            "FENETRE_SELON_SECOND_TOUR",
            "La séance tombe dans l'année seulement si une commune a voté au second tour : vérifiez-le.",
        )
    if any(etape.identifiant == "envoi_rapport" and etape.etat is EtatEcheance.PASSEE for etape in etapes):
        yield Avertissement(
            "DEPART_PASSE",
            "Le rapport ne peut plus laisser trois mois entiers avant cette séance : il faudrait que chaque conseil "
            "municipal rende son avis plus tôt, ou choisir une séance plus tardive.",
        )
