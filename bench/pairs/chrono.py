"""CPU time of a call. The clock may tick by 4 ms only: short calls are repeated between two readings."""

from collections.abc import Callable
from time import process_time
from typing import TypeVar

T = TypeVar("T")
LECTURE, LONG, APPELS_MAX = 0.12, 3.0, 4096


def measure(run: Callable[[], T]) -> tuple[float, T]:
    """CPU milliseconds of one call, and its answer.

    A long first call is the measure. Else it is forgotten (it may pay for imports), and the best of two readings is
    kept, each of enough calls for the clock.
    """
    spent, answer = read(run, 1)
    if spent >= LONG:
        return 1000 * spent, answer
    calls = 1
    while (spent := read(run, calls)[0]) < LECTURE and calls < APPELS_MAX:
        calls *= 4
    return 1000 * min(spent, read(run, calls)[0]) / calls, answer


def read(run: Callable[[], T], calls: int) -> tuple[float, T]:
    """CPU seconds of so many calls, and the last answer."""
    start = process_time()
    for _ in range(calls - 1):
        run()
    answer = run()
    return process_time() - start, answer
