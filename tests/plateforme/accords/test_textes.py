"""The règle du jeu never says other than its settings, unless people wrote it so."""

from communaccord.plateforme.accords.enums import ModeOuverture
from communaccord.plateforme.accords.textes import build_articles, follow_reglages

AVANT, APRES = (ModeOuverture.HORLOGE, 5, 24), (ModeOuverture.ASSESSEURS, 7, 36)


def test_proposed_articles_follow_the_settings():
    assert follow_reglages(build_articles(*AVANT), AVANT, APRES) == build_articles(*APRES)


def test_what_people_wrote_stays():
    mine = {"titre": "L'ouverture des plis", "texte": "Comme il se doit (fictif)."}
    renamed = {**build_articles(*AVANT)[2], "titre": "Qui ouvre"}
    kept = follow_reglages([mine, renamed], AVANT, APRES)
    assert kept[0] == mine
    assert kept[1] == {"titre": "Qui ouvre", "texte": build_articles(*APRES)[2]["texte"]}
