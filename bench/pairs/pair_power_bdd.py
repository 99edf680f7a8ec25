"""power_bdd (Python, decision diagrams): indices of weighted votes joined by AND and OR.

It changes the list of weights that it is given: each game receives its own copy.
"""

from power_bdd.bdd import BDD, WeightedGame


def build_game(quota, weights):
    return BDD(WeightedGame(quota, list(weights)))


def normalise(swings):
    return [value / sum(swings) for value in swings]


def prepare_banzhaf(request):
    return lambda: normalise(build_game(request["quota"], request["poids"]).calc_banzhaf())


def prepare_shapley_shubik(request):
    return lambda: build_game(request["quota"], request["poids"]).calc_shapley()


def build_majority(request):
    """A member and an inhabitant each count; one route is enough; members of `veto` must accept."""
    populations = request["populations"]
    n = len(populations)
    routes = [build_game(members, [1] * n) & build_game(people, populations) for members, people in request["besoins"]]
    game = routes[0]
    for route in routes[1:]:
        game = game | route
    for member in request["veto"]:
        game = game & build_game(1, [int(other == member) for other in range(n)])
    return game


def prepare_double(request):
    """Both indices, one after the other: first all parts of swings, then all Shapley-Shubik."""

    def run():
        game = build_majority(request)
        return [*normalise(game.calc_banzhaf()), *game.calc_shapley()]

    return run


FONCTIONS = {"banzhaf": prepare_banzhaf, "shapley_shubik": prepare_shapley_shubik, "double": prepare_double}
