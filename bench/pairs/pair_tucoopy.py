"""tucoopy (Python, NumPy, SciPy): values of explicit games, indices of weighted votes."""

from jeux import build_costs
from tucoopy import Game
from tucoopy.power.banzhaf import banzhaf_index_weighted_voting
from tucoopy.power.shapley_shubik import shapley_shubik_index_weighted_voting
from tucoopy.solutions.least_core import least_core
from tucoopy.solutions.nucleolus import prenucleolus
from tucoopy.solutions.shapley import shapley_value_fast
from tucoopy.solutions.tau import tau_value


def prepare(function):
    def build(request):
        values = dict(enumerate((-build_costs(request)).tolist()))
        game = Game(n_players=len(request["charge"]), v=values)
        return lambda: [-value for value in function(game)]

    return build


def prepare_vote(function):
    def build(request):
        return lambda: function(list(request["poids"]), request["quota"])

    return build


FONCTIONS = {
    "shapley": prepare(shapley_value_fast),
    "tau": prepare(tau_value),
    "nucleolus": prepare(lambda game: prenucleolus(game).x),
    "moindre_coeur": prepare(lambda game: [least_core(game).epsilon]),
    "banzhaf": prepare_vote(banzhaf_index_weighted_voting),
    "shapley_shubik": prepare_vote(shapley_shubik_index_weighted_voting),
}
