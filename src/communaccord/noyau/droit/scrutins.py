"""Ballots of a council: thresholds to ask for one, adoption, majority of two thirds (R-4.7, R-4.8)."""

from dataclasses import dataclass
from enum import Enum

from communaccord.noyau.droit.regle import Avertissement, Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.exact import RegleArrondi, round_exact

PART_SCRUTIN_PUBLIC = get_regle("R-4.7").get_part("part_scrutin_public")
PART_SCRUTIN_SECRET = get_regle("R-4.7").get_part("part_scrutin_secret")
DEUX_TIERS = get_regle("R-4.8").get_part("majorite_qualifiee")


class ModeScrutin(Enum):
    """How the council votes."""

    ORDINAIRE = "à main levée"
    PUBLIC = "scrutin public"
    SECRET = "scrutin secret"  # noqa: S105 (a ballot, not a password)

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class Voix(Enum):
    """What the person who presides voted."""

    POUR = "pour"
    CONTRE = "contre"
    ABSTENTION = "abstention"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class BaseMajorite(Enum):
    """What a majority of two thirds is counted on."""

    SUFFRAGES_EXPRIMES = "suffrages exprimés"
    MEMBRES = "membres en exercice"
    CONSEIL_STATUANT = "conseil « statuant », sans autre précision"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class Decompte:
    """Votes of a ballot; abstentions, blank or void papers and refusals to vote are not suffrages exprimés."""

    pour: int
    contre: int
    abstentions: int = 0
    blancs_et_nuls: int = 0

    def __post_init__(self) -> None:
        """Refuse negative counts."""
        if min(self.pour, self.contre, self.abstentions, self.blancs_et_nuls) < 0:
            raise ValueError("Un nombre de voix ne peut pas être négatif.")

    @property
    def exprimes(self) -> int:
        """Number of suffrages exprimés."""
        return self.pour + self.contre


@dataclass(frozen=True, slots=True)
class ResultatScrutin:
    """Whether the délibération is adopted, and why in French."""

    adoptee: bool
    motif: str
    regle: Regle
    avertissements: tuple[Avertissement, ...] = ()


def compute_demandes_scrutin_public(presents: int) -> int:
    """Return how many members present must ask for a public ballot: one quarter, rounded up (R-4.7). O(1)."""
    return round_exact(PART_SCRUTIN_PUBLIC * presents, RegleArrondi.PAR_EXCES)


def compute_demandes_scrutin_secret(presents: int) -> int:
    """Return how many members present must ask for a secret ballot: one third, rounded up (R-4.7). O(1)."""
    return round_exact(PART_SCRUTIN_SECRET * presents, RegleArrondi.PAR_EXCES)


def find_mode_scrutin(presents: int, *, demandes_public: int = 0, demandes_secret: int = 0) -> ModeScrutin:
    """Return how the council votes, given the requests; when both are receivable the secret ballot prevails.

    Errors: ValueError when there are more requests than members present, or nobody. Complexity: O(1).
    Source: CGCT L2121-21 (R-4.7; precedence of the secret ballot: secondary source).
    """
    if presents < 1:
        raise ValueError("Aucun membre présent : il n'y a pas de vote.")
    if max(demandes_public, demandes_secret) > presents:
        raise ValueError("Il y a plus de demandes de scrutin que de membres présents.")
    if demandes_secret >= compute_demandes_scrutin_secret(presents):
        return ModeScrutin.SECRET
    if demandes_public >= compute_demandes_scrutin_public(presents):
        return ModeScrutin.PUBLIC
    return ModeScrutin.ORDINAIRE


def compute_resultat(
    decompte: Decompte, *, mode: ModeScrutin = ModeScrutin.ORDINAIRE, vote_presidence: Voix | None = None
) -> ResultatScrutin:
    """Return whether a délibération is adopted: absolute majority of the suffrages exprimés.

    A tie is decided by the vote of the person who presides, except in a secret ballot or when that person did not
    vote for (then it is rejected). ``vote_presidence``: None when unknown. Complexity: O(1).
    Source: CGCT L2121-20 (R-4.8).
    """
    regle = get_regle("R-4.8")
    pour, contre = decompte.pour, decompte.contre
    if decompte.exprimes == 0:
        return ResultatScrutin(False, "Aucun suffrage exprimé : la délibération n'est pas adoptée.", regle)
    if pour != contre:
        mot = "adoptée" if pour > contre else "rejetée"
        return ResultatScrutin(pour > contre, f"Délibération {mot} : {pour} pour, {contre} contre.", regle)
    return _resolve_partage(pour, mode, vote_presidence, regle)


def _resolve_partage(pour: int, mode: ModeScrutin, vote_presidence: Voix | None, regle: Regle) -> ResultatScrutin:
    """Decide a tie."""
    partage = f"Partage égal des voix ({pour} contre {pour})"
    if mode is ModeScrutin.SECRET:
        return ResultatScrutin(False, f"{partage} au scrutin secret : la délibération est rejetée.", regle)
    if vote_presidence is Voix.POUR:
        motif = f"{partage} : la voix de la présidence, pour, est prépondérante. Délibération adoptée."
        return ResultatScrutin(True, motif, regle)
    if vote_presidence is Voix.CONTRE:
        motif = f"{partage} : la voix de la présidence, contre, est prépondérante. Délibération rejetée."
        return ResultatScrutin(False, motif, regle)
    if vote_presidence is Voix.ABSTENTION:
        motif = f"{partage} et abstention de la présidence : pas de voix prépondérante. Délibération rejetée."
        return ResultatScrutin(False, motif, regle)
    avertissement = Avertissement(
        "VOIX_PRESIDENCE_INCONNUE", "Indiquez la voix de la présidence : elle décide du partage."
    )
    return ResultatScrutin(False, f"{partage} : la voix de la présidence n'est pas connue.", regle, (avertissement,))


def compute_resultat_deux_tiers(decompte: Decompte, base: BaseMajorite, *, membres: int) -> ResultatScrutin:
    """Return whether two thirds are reached, on the base that the text gives.

    ``membres``: members in exercise. CONSEIL_STATUANT (the text says no more) is counted on the suffrages exprimés
    and a warning tells when the members would decide otherwise. Errors: ValueError when there are more votes than
    members. Complexity: O(1). Source: R-4.8 (L5211-57: members; L5211-28-4, L5216-5 III: suffrages exprimés).
    """
    if decompte.exprimes + decompte.abstentions + decompte.blancs_et_nuls > membres:
        raise ValueError(f"Il y a plus de voix que de membres en exercice ({membres}) : vérifiez le décompte.")
    sur_membres = decompte.pour >= DEUX_TIERS * membres and membres > 0
    sur_exprimes = decompte.pour >= DEUX_TIERS * decompte.exprimes and decompte.exprimes > 0
    adoptee = sur_membres if base is BaseMajorite.MEMBRES else sur_exprimes
    total = membres if base is BaseMajorite.MEMBRES else decompte.exprimes
    denominateur = BaseMajorite.MEMBRES.label if base is BaseMajorite.MEMBRES else BaseMajorite.SUFFRAGES_EXPRIMES.label
    requis = round_exact(DEUX_TIERS * total, RegleArrondi.PAR_EXCES)
    mot = "atteints" if adoptee else "non atteints"
    avertissements: tuple[Avertissement, ...] = ()
    if base is BaseMajorite.CONSEIL_STATUANT and sur_membres != sur_exprimes:
        texte = (
            "Le texte ne dit pas sur quoi se comptent les deux tiers : sur les membres en exercice, le résultat "
            "serait différent. Rapprochez-vous de la préfecture."
        )
        avertissements = (Avertissement("BASE_INCERTAINE", texte),)
    motif = f"Deux tiers {mot} : {decompte.pour} pour, {requis} nécessaires sur {total} ({denominateur})."
    return ResultatScrutin(adoptee, motif, get_regle("R-4.8"), avertissements)
