"""One call of one peer, in its own process and environment: a request in JSON on the input, the answer on the output.

`{"pair": module, "fonction": name, ...data}` gives `{"ms": CPU of the call alone, "valeurs": [...]}`. What must be
built before (2^n costs) is not counted in the time.
"""

import json
import sys
from importlib import import_module

from chrono import measure


def main() -> None:
    request = json.load(sys.stdin)
    module = import_module(request["pair"])
    run = module.FONCTIONS[request["fonction"]](request)
    spent, values = measure(run)
    json.dump({"ms": spent, "valeurs": [float(value) for value in values]}, sys.stdout)


if __name__ == "__main__":
    main()
