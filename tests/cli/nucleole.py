"""The proof of a nucleolus read by a stranger: the answer of the command line, the costs of the groups, no engine."""

from fractions import Fraction
from itertools import combinations

import numpy as np

LIMITES = "personne au-dessus de son coût seul"


def slack(parts, cost, groupe):
    return cost(groupe) - sum(parts[nom] for nom in groupe)


def rank(vecteurs):
    return int(np.linalg.matrix_rank(np.array(vecteurs, float))) if vecteurs else 0


def multiply(normale, vecteur):
    return sum(valeur * vecteur.get(nom, 0) for nom, valeur in normale.items())


def list_porteurs(niveau, parts, cost, joueurs):
    """What carries weight at a level, each thing checked to be just reached: (vector by name, weight)."""
    porteurs = []
    for ligne in niveau["groupes"]:
        assert slack(parts, cost, set(ligne["groupe"])) == 100 * Fraction(niveau["ecart"])
        porteurs.append((dict.fromkeys(ligne["groupe"], 1), ligne["poids"]))
    for ligne in niveau["plafonds"]:
        assert parts[ligne["joueur"]] == cost({ligne["joueur"]})
        porteurs.append(({ligne["joueur"]: 1}, ligne["poids"]))
    for ligne in niveau["paires"]:
        premier, second = ligne["paire"]
        difference = 100 * Fraction(ligne["difference"])
        assert parts[second] - parts[premier] == difference
        autres = [nom for nom in joueurs if nom not in ligne["paire"]]
        for groupe in (set(g) for taille in range(len(joueurs) - 1) for g in combinations(autres, taille)):
            assert cost(groupe | {second}) - cost(groupe | {premier}) >= difference
        porteurs.append(({premier: 1, second: -1}, ligne["poids"]))
    assert all(poids > 0 for _, poids in porteurs)
    return porteurs


def check_nucleole(preuve, joueurs, cost, groupes):
    """Every level holds what the ones before leave free, until nothing is (Kohlberg 1971)."""
    assert preuve["relu"] is True
    parts = {nom: 100 * Fraction(texte) for nom, texte in preuve["parts_exactes"].items()}
    assert sum(parts.values()) == cost(set(joueurs))
    limite = preuve["partages_compares"] == LIMITES
    assert not limite or all(parts[nom] <= cost({nom}) for nom in joueurs)
    decides = [dict.fromkeys(joueurs, 1)]
    for niveau in preuve["niveaux"]:
        normales = niveau["normales"]
        assert not any(multiply(normale, vecteur) for normale in normales for vecteur in decides)
        assert rank(to_rows(decides, joueurs)) + rank(to_rows(normales, joueurs)) == len(joueurs)
        libres = [g for g in groupes if any(multiply(normale, dict.fromkeys(g, 1)) for normale in normales)]
        assert all(slack(parts, cost, groupe) >= 100 * Fraction(niveau["ecart"]) for groupe in libres)
        porteurs = list_porteurs(niveau, parts, cost, joueurs)
        assert limite or not niveau["plafonds"]
        assert porteurs
        assert not any(sum(poids * multiply(normale, v) for v, poids in porteurs) for normale in normales)
        decides += [vecteur for vecteur, _ in porteurs]
    assert rank(to_rows(decides, joueurs)) == len(joueurs)


def to_rows(vecteurs, joueurs):
    return [[vecteur.get(nom, 0) for nom in joueurs] for vecteur in vecteurs]
