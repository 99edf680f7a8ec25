"""How a commune is named after "de": a matter of French articles."""

CONTRACTIONS = (("Le ", "du "), ("Les ", "des "), ("L'", "de L'"), ("L’", "de L’"))
FEMININS = ("Communauté", "Métropole", "CC", "CA", "CU")
VOYELLES = "AÀÂÄÆEÉÈÊËIÎÏOÔÖŒUÙÛÜ"


def write_de(nom: str) -> str:
    """``d'Agen``, ``du Havre``, ``des Sables``, ``de Pau``; the H of a name is left aspirated."""
    for article, contraction in CONTRACTIONS:
        if nom.startswith(article):
            return contraction + nom.removeprefix(article)
    return f"d'{nom}" if nom[:1] in VOYELLES else f"de {nom}"


def write_de_territoire(nom: str) -> str:
    """``de la Communauté de communes du Val``, ``de la Métropole du Grand Lyon``; otherwise as a commune."""
    return f"de la {nom}" if nom.split()[:1] and nom.split()[0] in FEMININS else write_de(nom)


def write_maire(nom: str) -> str:
    return f"Maire {write_de(nom)}"


def say_once(nom: str, qualite: str) -> str:
    """The name, then in what quality, when it says more: a name is often a function already.

    ``Maire de Pau`` + ``maire``: ``Maire de Pau``; ``Secrétariat des mairies de A et B`` + ``Secrétariat de mairie de
    A``: the second, which says for whom one acts.
    """
    if not qualite or qualite.casefold() in nom.casefold():
        return nom
    if nom.split()[:1] == qualite.split()[:1]:
        return qualite
    return f"{nom}, {qualite}"
