"""What the benchmark of the engine measures: a call, how its answer is read again, its targets, the peers beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from bench.pairs.chrono import measure
from bench.pairs.dehors import Demande, Reponse, ask

from communaccord.noyau import partage, pouvoir

# CPU seconds after which a search is asked to end with its best answer.
BUDGET = 60.0
# (peer, function): communes with which it did not answer.
EN_RETARD: dict[tuple[str, str], int] = {}


@dataclass(frozen=True, slots=True)
class Lecture:
    """What was read again of an answer. `faits`: each proof and whether it holds; `detail`: a figure in French."""

    faits: dict[str, bool]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Tache:
    """A function of the engine on one EPCI. `cibles`: target in ms by number of communes."""

    nom: str
    run: Callable[[], Any]
    lire: Callable[[Any], Lecture]
    cibles: dict[int, float] = field(default_factory=dict)
    demander: Callable[[Any], Sequence[Demande]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A peer on the same data: its answer, and the largest difference with ours, in `unite` (None: no answer)."""

    reponse: Reponse
    ecart: float | None
    tolerance: float
    unite: str

    @property
    def echoue(self) -> bool:
        return self.ecart is not None and self.ecart > self.tolerance


@dataclass(frozen=True, slots=True)
class Mesure:
    """A line of the table."""

    n: int
    nom: str
    ms: float | None
    cible: float | None
    faits: dict[str, bool]
    detail: str
    pairs: tuple[Pair, ...]

    @property
    def manquee(self) -> bool:
        return self.cible is not None and (self.ms is None or self.ms > self.cible)

    @property
    def prouvee(self) -> bool:
        return all(self.faits.values())


def limit_time(seconds: float = BUDGET) -> Callable[[], bool]:
    """A `should_stop` that ends a search after so many CPU seconds."""
    end = process_time() + seconds
    return lambda: process_time() > end


def play(tache: Tache, n: int, *, seconds: int) -> Mesure:
    """Measure a function, read its answer again, ask the peers (`seconds` each; 0: no peer)."""
    try:
        ms, answer = measure(tache.run)
    except (partage.DonneeInvalide, pouvoir.DonneeInvalide) as refusal:
        return Mesure(n, tache.nom, None, tache.cibles.get(n), {}, f"refus : {refusal}", ())
    lecture = tache.lire(answer)
    asked = tache.demander(answer) if seconds else ()
    pairs = tuple(compare(demande, ask_once(demande, n, seconds)) for demande in asked)
    return Mesure(n, tache.nom, ms, tache.cibles.get(n), lecture.faits, lecture.detail, pairs)


def ask_once(demande: Demande, n: int, seconds: int) -> Reponse:
    """A peer that did not answer in time on fewer communes is not asked again."""
    late = EN_RETARD.get((demande.pair, demande.fonction))
    if late is not None:
        return Reponse(demande.pair, None, (), f"sans réponse en {seconds} s dès n = {late}")
    reponse = ask(demande, n, seconds)
    if reponse.motif.startswith("sans réponse"):
        EN_RETARD[demande.pair, demande.fonction] = n
    return reponse


def compare(demande: Demande, reponse: Reponse) -> Pair:
    """The largest difference between the peer and us."""
    ecart = None
    if reponse.ms is not None:
        ecart = max(abs(a - b) for a, b in zip(demande.attendu, reponse.valeurs, strict=True))
    return Pair(reponse, ecart, demande.tolerance, demande.unite)
