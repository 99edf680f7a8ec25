"""What a person wrote, on its way to the safe; and how it is given back when it cannot be taken.

Contents are kept out of every `repr` and of every message: a log or an error page never shows them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from communaccord.plateforme.accords.enums import NatureElement, Visibilite
from communaccord.plateforme.socle.permis import Conflit


@dataclass(frozen=True, slots=True)
class ElementSaisi:
    """One element of an answer, in clear.

    `contenu` by nature: POSITION {"position", "motif"}; CLAUSE {"type", "degre", and by type "montant" (whole cents),
    "annee", "taux" ("p/q"), "commune" (code), "texte"}; PRIORITE {"priorite"}; NOTES {"texte"}. Codes are those of the
    noyau. Only clauses have a `rang` beyond 1.
    """

    nature: NatureElement
    visibilite: Visibilite
    contenu: Mapping[str, Any] = field(repr=False)
    rang: int = 1


Saisie = Sequence[ElementSaisi]


class SaisieInvalide(Conflit):
    """What was written cannot be an answer: `anomalies` gives, by (nature, rang), one French sentence each."""

    def __init__(self, anomalies: Mapping[tuple[str, int], str]) -> None:
        super().__init__("Cette réponse est à compléter ou à corriger avant d'être enregistrée.")
        self.anomalies = dict(anomalies)


class ReponseRefusee(Conflit):
    """Nothing was written; `saisie` is what the person had typed, to be given back whole."""

    def __init__(self, message: str, saisie: Saisie = ()) -> None:
        super().__init__(message)
        self.saisie = tuple(saisie)


class ReponseDepassee(ReponseRefusee):
    """Somebody else wrote this answer in the meantime: who and when. The page shows both and lets choose."""

    def __init__(self, message: str, saisie: Saisie, *, modifiee_par: str, modifiee_le: datetime | None) -> None:
        super().__init__(message, saisie)
        self.modifiee_par = modifiee_par
        self.modifiee_le = modifiee_le
