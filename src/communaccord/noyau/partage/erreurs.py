"""Refusals of the sharing room: always a reason and what to do, in French."""


class Impossible(ValueError):
    """The sharing asked for has no answer.

    `motif` says what is wrong and where, `remede` what to do; both are French sentences meant to be printed as they
    are.
    """

    def __init__(self, motif: str, remede: str) -> None:
        super().__init__(f"{motif} {remede}")
        self.motif = motif
        self.remede = remede


class DonneeInvalide(Impossible):
    """A figure given cannot be what it claims to be (negative population, weights that do not sum to 1...)."""
