"""Clauses judged before an offer, and where a commune stands."""

from collections.abc import Sequence

from communaccord.noyau.accord.types import Clause, EtatReponse, Offre, Reponse, Verdict


def check_clause(clause: Clause, offre: Offre, commune: str) -> Verdict:
    """Return the verdict on `clause` of `commune` before `offre`."""
    raise NotImplementedError


def check_reponse(reponse: Reponse, offre: Offre) -> EtatReponse:
    """Return where the commune of `reponse` stands before `offre`."""
    raise NotImplementedError


def build_a_vous_seule(reponse: Reponse, offres: Sequence[Offre]) -> tuple[EtatReponse, ...]:
    """Return, for one commune and for it alone, each offer in the order given, with every clause judged."""
    raise NotImplementedError
