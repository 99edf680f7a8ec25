"""The order of the acts (R-5.11): which must come before which, and from whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from communaccord.noyau.droit.formes.modele import Forme
from communaccord.noyau.droit.formes.pieces import Condition, Exigence, Piece, Porteur, list_pieces
from communaccord.noyau.droit.texte import ESPACE_FINE


@dataclass(frozen=True, slots=True)
class ActeFourni:
    """An act received: which, given by whom ("" for the intercommunalité or all together), on which day."""

    cle: str
    porteur: str
    jour: date


@dataclass(frozen=True, slots=True)
class AlerteOrdre:
    """An act dated before one that must come first, in French: who, which acts, their days.

    ``jour_avant``: the latest day received, None when there is none. ``manquants``: who has still to give it, in
    alphabetical order; empty when it was enough that one gave it, or when all have.
    """

    porteur: str
    piece: Piece
    avant: Piece
    jour: date
    jour_avant: date | None
    manquants: tuple[str, ...]
    texte: str


def check_ordre(
    forme: Forme,
    contexte: Mapping[Condition, bool],
    actes: Sequence[ActeFourni],
    porteurs: Mapping[str, Collection[str]],
) -> tuple[AlerteOrdre, ...]:
    """Return every act dated before, or without, an act that must come first: the avis of the CST, above all.

    ``porteurs``: by key of act, all who must give it ("" for the intercommunalité or all together), those who need
    not left out; every one of them is waited for. One act is enough for a key that is absent, and where silence is
    worth agreement. The same commune is compared with itself when both acts are given by each commune; otherwise the
    latest of the acts that must come first counts: every competent CST speaks before any council. The same day is
    accepted: the acts do not tell the hour. Acts that are not needed, or whose condition is unknown, ask nothing.
    Total. Complexity: O(acts x given acts). Source: CGFP L253-5, R-3.10, R-5.11.
    """
    attendues = {
        attendue.piece.cle: attendue.piece
        for attendue in list_pieces(forme, contexte)
        if attendue.exigence is Exigence.ATTENDUE
    }
    couples = (
        (acte, piece, attendues[cle])
        for acte in actes
        if (piece := attendues.get(acte.cle)) is not None
        for cle in piece.apres
        if cle in attendues
    )
    alertes = (_compare(acte, piece, avant, actes, porteurs.get(avant.cle)) for acte, piece, avant in couples)
    return tuple(alerte for alerte in alertes if alerte is not None)


def _compare(
    acte: ActeFourni, piece: Piece, avant: Piece, actes: Sequence[ActeFourni], porteurs: Collection[str] | None
) -> AlerteOrdre | None:
    """Return what is out of order between an act and one that must come first; None when nothing is."""
    own = avant.porteur is Porteur.COMMUNES and piece.porteur is Porteur.COMMUNES
    recus = {f.porteur: f.jour for f in actes if f.cle == avant.cle and (not own or f.porteur == acte.porteur)}
    attendus = () if porteurs is None or avant.silence else porteurs
    manquants = tuple(sorted({p for p in attendus if not own or p == acte.porteur} - recus.keys()))
    jour_avant = max(recus.values(), default=None)
    if jour_avant is not None and jour_avant <= acte.jour and not manquants:
        return None
    texte = _write_alerte(piece, avant, acte.jour, jour_avant)
    return AlerteOrdre(acte.porteur, piece, avant, acte.jour, jour_avant, manquants, texte)


def _write_alerte(piece: Piece, avant: Piece, jour: date, jour_avant: date | None) -> str:
    if jour_avant is None:
        fait = "n'est pas encore enregistré"
    elif jour_avant > jour:
        fait = f"est daté du {jour_avant:%d/%m/%Y}, donc après"
    else:
        fait = "n'est pas encore enregistré pour tous"
    texte = f"« {piece.libelle} » est enregistré, mais « {avant.libelle} » {fait}."
    if avant.cle == "avis_cst":
        texte += (
            f" Le comité donne son avis avant la décision{ESPACE_FINE}: une décision prise avant peut être annulée."
        )
    return texte
