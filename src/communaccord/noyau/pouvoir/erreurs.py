"""Refusals of the weighing of votes: always a reason and what to do, in French."""

from communaccord.noyau.droit.texte import ESPACE_FINE


class DonneeInvalide(ValueError):
    """Weights, populations or a rule that cannot be what they claim to be, or a question too large for memory.

    `motif` says what is wrong and where, `remede` what to do; both are French sentences meant to be printed as they
    are.
    """

    def __init__(self, motif: str, remede: str) -> None:
        self.motif = motif.replace(" :", f"{ESPACE_FINE}:").replace(" ;", f"{ESPACE_FINE};")
        self.remede = remede.replace(" :", f"{ESPACE_FINE}:").replace(" ;", f"{ESPACE_FINE};")
        super().__init__(f"{self.motif} {self.remede}")
