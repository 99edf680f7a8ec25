"""Who may: a permission granted, or a refusal that gives its reason and, where the law says so, its article."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permis:
    """The act is open to this person."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Refus:
    """The act is closed to this person: why, in one French sentence, and the article when it is the law."""

    motif: str
    article: str = ""

    def __bool__(self) -> bool:
        return False


Decision = Permis | Refus
PERMIS = Permis()


class ActionRefusee(Exception):
    """Somebody tried what is not theirs to do: answered 403, with the reason."""

    def __init__(self, refus: Refus) -> None:
        super().__init__(refus.motif)
        self.refus = refus


class Conflit(Exception):
    """The state has moved, or is not the one the act needs: answered 409, with what to do. Nothing was written."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def require(decision: Decision) -> None:
    """Go on when it is permitted; raise ActionRefusee otherwise."""
    if isinstance(decision, Refus):
        raise ActionRefusee(decision)
