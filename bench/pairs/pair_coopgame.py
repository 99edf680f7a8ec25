"""coopgame-py (Rust): values of explicit games. A cost game is given as the game of the opposites of its costs."""

import coopgame
from jeux import build_costs


def build_game(request):
    return coopgame.Game(-build_costs(request)[1:].astype(float))


def prepare(function, *, opposite=True):
    def build(request):
        game = build_game(request)
        return lambda: [-value if opposite else value for value in function(game)]

    return build


def prepare_deegan_packel(request):
    game = coopgame.Game.weighted_voting(list(map(float, request["poids"])), float(request["quota"]))
    return lambda: coopgame.power_indices(game)["deegan_packel"]


FONCTIONS = {
    "shapley": prepare(coopgame.shapley),
    "tau": prepare(coopgame.tau_value),
    "nucleolus": prepare(lambda game: coopgame.prenucleolus(game)["allocation"]),
    "moindre_coeur": prepare(lambda game: [coopgame.least_core(game, "preimputation")["epsilon"]]),
    "deegan_packel": prepare_deegan_packel,
}
