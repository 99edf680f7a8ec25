"""The solver prints nothing: what a command writes on its output is the answer alone."""

import subprocess
import sys

SUPPORTERS = """
from communaccord.noyau.droit.majorites import MAJORITE_QUALIFIEE
from communaccord.noyau.pouvoir import build_majority, cheapest_supporters
print(cheapest_supporters([30, 20, 10], build_majority(MAJORITE_QUALIFIEE), []).members)
"""


def test_the_solver_says_nothing():
    """Its constructor greets on the standard output, once a process: a fresh one is needed to hear it."""
    done = subprocess.run([sys.executable, "-c", SUPPORTERS], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 2)\n"
    assert done.stderr == ""
