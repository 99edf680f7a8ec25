"""The slow definition of a secret: what is the same in every world of one publication is deduced."""

from collections import defaultdict


def list_deduits(possibles, mondes, coordonnees):
    """States (commune, coordinate) that were open and are the same in all `mondes`."""
    return [
        (rang, c)
        for rang, ensemble in enumerate(possibles)
        for c in range(coordonnees)
        if len({m >> c & 1 for m in ensemble}) > 1 and len({monde[rang] >> c & 1 for monde in mondes}) == 1
    ]


def check_secret(possibles, mondes, coordonnees):
    """Neither an outsider nor one of the communes deduces a state of another."""
    assert list_deduits(possibles, mondes, coordonnees) == []
    for observatrice in range(len(possibles)):
        par_reponse = defaultdict(list)
        for monde in mondes:
            par_reponse[monde[observatrice]].append(monde)
        for vus in par_reponse.values():
            deduits = list_deduits(possibles, vus, coordonnees)
            assert [d for d in deduits if d[0] != observatrice] == []


def check_mondes(possibles, mondes, coordonnees):
    """Whatever is published (keys of `mondes`), nothing open in `possibles` is deduced."""
    for memes in mondes.values():
        check_secret(possibles, memes, coordonnees)
