"""powerindex (Python): Banzhaf and Shapley-Shubik of weighted votes."""

from powerindex import Game


def prepare_banzhaf(request):
    game = Game(request["quota"], list(request["poids"]))

    def run():
        game.calc_banzhaf()
        return game.banzhaf

    return run


def prepare_shapley_shubik(request):
    game = Game(request["quota"], list(request["poids"]))

    def run():
        game.calc_shapley_shubik()
        return game.shapley_shubik

    return run


FONCTIONS = {"banzhaf": prepare_banzhaf, "shapley_shubik": prepare_shapley_shubik}
