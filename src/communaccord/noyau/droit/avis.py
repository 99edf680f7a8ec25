"""State of a consultation of the conseils municipaux: one clock for each commune (R-1.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from communaccord.noyau.droit.delais import add_months
from communaccord.noyau.droit.regle import Avertissement, Confiance, Regle
from communaccord.noyau.droit.regles import get_regle


class Silence(Enum):
    """What the silence of a conseil municipal means at the end of the delay."""

    FAVORABLE = "réputé favorable"
    DEFAVORABLE = "réputé défavorable"
    SANS_AVIS = "aucun avis ; la procédure peut continuer"
    PAS_D_ACCORD = "aucun accord tacite : une délibération est nécessaire"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class SensAvis(Enum):
    """Sense of an opinion given by délibération."""

    FAVORABLE = "favorable"
    FAVORABLE_RESERVES = "favorable avec réserves"
    DEFAVORABLE = "défavorable"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class EtatAvis(Enum):
    """Where the opinion of one commune stands."""

    NON_TRANSMIS = "pas encore transmis"
    EN_ATTENTE = "en attente"
    FAVORABLE = "favorable"
    FAVORABLE_RESERVES = "favorable avec réserves"
    DEFAVORABLE = "défavorable"
    REPUTE_FAVORABLE = "réputé favorable"
    REPUTE_DEFAVORABLE = "réputé défavorable"
    SANS_AVIS = "aucun avis dans le délai"
    PAS_D_ACCORD = "pas d'accord"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class TypeConsultation:
    """One kind of consultation: object, article, delay in months (None: no delay in the text), meaning of silence."""

    identifiant: str
    objet: str
    article: str
    delai_mois: int | None
    silence: Silence
    confiance: Confiance = Confiance.TEXTE_LU

    @property
    def label(self) -> str:
        """French label."""
        return self.objet


_REGLE = get_regle("R-1.2")


def _build(
    identifiant: str, objet: str, article: str, silence: Silence, *, sans_delai: bool = False
) -> TypeConsultation:
    """Build a consultation; its delay is the ``mois_<identifiant>`` of R-1.2, unless its text sets none."""
    delai = None if sans_delai else _REGLE.get_entier(f"mois_{identifiant}")
    return TypeConsultation(identifiant, objet, article, delai, silence)


_F, _D, _A = Silence.FAVORABLE, Silence.DEFAVORABLE, Silence.PAS_D_ACCORD
_CONSULTATIONS = (
    _build("rapport_mutualisation", "Rapport de mutualisation", "CGCT L5211-39-1", _F),
    _build("pacte_gouvernance", "Pacte de gouvernance", "CGCT L5211-11-2", Silence.SANS_AVIS),
    _build("commune_seule", "Décision qui ne touche qu'une commune", "CGCT L5211-57", _F),
    _build("creation_perimetre", "Création ou périmètre", "CGCT L5211-5", _F),
    _build("transfert_competence", "Transfert de compétence", "CGCT L5211-17", _F),
    _build("transfert_a_la_carte", "Transfert de compétence à la carte", "CGCT L5211-17-2", _F),
    _build("restitution_competence", "Restitution de compétence", "CGCT L5211-17-1", _D),
    _build("retrait_commune", "Retrait d'une commune", "CGCT L5211-19", _D),
    _build("modification_statuts", "Autre modification des statuts", "CGCT L5211-20", _F),
    _build("rapport_clect", "Rapport de la CLECT", "CGI 1609 nonies C IV", _A),
    _build(
        "revision_libre_ac",
        "Révision libre de l'attribution de compensation",
        "CGI 1609 nonies C V 1° bis",
        _A,
        sans_delai=True,
    ),
    _build(
        "convention",
        "Convention de service commun ou de mise à disposition",
        "CGCT L5211-4-1 et L5211-4-2",
        _A,
        sans_delai=True,
    ),
)
CONSULTATIONS: Mapping[str, TypeConsultation] = {
    consultation.identifiant: consultation for consultation in _CONSULTATIONS
}

_ETAT_DU_SILENCE = {
    Silence.FAVORABLE: EtatAvis.REPUTE_FAVORABLE,
    Silence.DEFAVORABLE: EtatAvis.REPUTE_DEFAVORABLE,
    Silence.SANS_AVIS: EtatAvis.SANS_AVIS,
    Silence.PAS_D_ACCORD: EtatAvis.PAS_D_ACCORD,
}
_ETAT_DU_SENS = {
    SensAvis.FAVORABLE: EtatAvis.FAVORABLE,
    SensAvis.FAVORABLE_RESERVES: EtatAvis.FAVORABLE_RESERVES,
    SensAvis.DEFAVORABLE: EtatAvis.DEFAVORABLE,
}


@dataclass(frozen=True, slots=True)
class AvisRendu:
    """An opinion received: its sense, the date of the délibération and its number (empty: no délibération)."""

    sens: SensAvis
    jour: date
    numero_deliberation: str


@dataclass(frozen=True, slots=True)
class SuiviAvis:
    """State of one commune on a day: last open day, days left (None when no clock runs), what must be said."""

    etat: EtatAvis
    echeance: date | None
    jours_restants: int | None
    avertissements: tuple[Avertissement, ...]
    regle: Regle


def get_consultation(identifiant: str) -> TypeConsultation:
    """Return the kind of consultation named ``identifiant``; KeyError, in French, when unknown. O(1)."""
    try:
        return CONSULTATIONS[identifiant]
    except KeyError:
        raise KeyError(f"Aucune consultation ne porte l'identifiant {identifiant}.") from None


def compute_etat_avis(
    consultation: TypeConsultation, transmission: date | None, avis: AvisRendu | None, aujourd_hui: date
) -> SuiviAvis:
    """Return where the opinion of one commune stands on ``aujourd_hui``.

    ``transmission``: the day this commune received the file (None: not yet). The last day of the delay is still open;
    silence counts from the day after. A late opinion, or one without a délibération, does not count: it is said.
    Errors: ValueError when the opinion is dated before the transmission. Complexity: O(1). Source: R-1.2.
    """
    if transmission is None:
        return SuiviAvis(EtatAvis.NON_TRANSMIS, None, None, (), _REGLE)
    if avis is not None and avis.jour < transmission:
        raise ValueError("L'avis est daté d'avant la transmission du dossier à la commune : vérifiez les deux dates.")
    echeance = None if consultation.delai_mois is None else add_months(transmission, consultation.delai_mois)
    avertissements = _check_avis(avis, echeance)
    if avis is not None and avis.jour <= aujourd_hui and not avertissements:
        reserves = (_RESERVES,) if avis.sens is SensAvis.FAVORABLE_RESERVES else ()
        return SuiviAvis(_ETAT_DU_SENS[avis.sens], echeance, None, reserves, _REGLE)
    if echeance is None:
        return SuiviAvis(EtatAvis.EN_ATTENTE, None, None, avertissements, _REGLE)
    if aujourd_hui <= echeance:
        restants = (echeance - max(aujourd_hui, transmission)).days
        return SuiviAvis(EtatAvis.EN_ATTENTE, echeance, restants, avertissements, _REGLE)
    return SuiviAvis(_ETAT_DU_SILENCE[consultation.silence], echeance, None, avertissements, _REGLE)


_RESERVES = Avertissement(
    "RESERVES",
    "Un avis favorable avec réserves est favorable, sauf si les réserves sont des conditions : à qualifier par une "
    "personne.",
)


def _check_avis(avis: AvisRendu | None, echeance: date | None) -> tuple[Avertissement, ...]:
    """Return the reasons why the opinion received does not count."""
    motifs = []
    if avis is not None and not avis.numero_deliberation.strip():
        motifs.append(
            Avertissement(
                "SANS_DELIBERATION",
                "Aucun numéro de délibération : l'avis du ou de la maire n'est pas celui du conseil municipal.",
            )
        )
    if avis is not None and echeance is not None and avis.jour > echeance:
        motifs.append(
            Avertissement("HORS_DELAI", "L'avis a été rendu après le délai : le silence a déjà produit effet.")
        )
    return tuple(motifs)
