"""Lawful agreements by trying every distribution, each judged by the proof module alone."""

from itertools import pairwise, product

from communaccord.noyau.droit.sieges import LectureOrdre, LectureSiegeUnique, LectureTunnel
from communaccord.noyau.preuves.quotients import FaitsAccord, check_accord

REFUS = {"refus", "réserve"}


def build_faits(ordinaire, sieges, lectures):
    lignes = ordinaire.lignes
    return FaitsAccord(
        [ligne.population for ligne in lignes],
        [ligne.sieges_1 for ligne in lignes],
        [ligne.sieges_iv for ligne in lignes],
        [sieges[ligne.code] for ligne in lignes],
        unique_toujours=lectures.siege_unique is LectureSiegeUnique.TOUJOURS,
        croissant=lectures.ordre is LectureOrdre.CROISSANT,
    )


def is_lawful(ordinaire, sieges, lectures):
    """Whether an agreement is admitted under these readings, and whether no commune leans on the tolerance."""
    fautes, motifs = check_accord(build_faits(ordinaire, sieges, lectures))
    if fautes or REFUS & set(motifs):
        return False, False
    conforme = "toléré" not in motifs
    return conforme or lectures.tunnel is LectureTunnel.PRATIQUE, conforme


def enumerate_sieges(n, total):
    """Every distribution of a total of seats, one at least each, none above half."""
    for parts in product(range(1, total // 2 + 1), repeat=n - 1):
        if 1 <= total - sum(parts) <= total // 2:
            yield (*parts, total - sum(parts))


def list_slow(ordinaire, lectures, totaux=None):
    """Every lawful agreement, by definition: (seats in the order of the codes, conforme)."""
    codes = [ligne.code for ligne in ordinaire.lignes]
    trouves = {}
    for total in totaux or range(len(codes), 5 * ordinaire.total_iv // 4 + 1):
        for parts in enumerate_sieges(len(codes), total):
            admis, conforme = is_lawful(ordinaire, dict(zip(codes, parts, strict=True)), lectures)
            if admis:
                trouves[parts] = conforme
    return trouves


def is_sorted(accords, lignes):
    """Whether agreements come in the announced order: total, then seats from the most populous commune."""
    rangs = sorted(lignes, key=lambda ligne: (-ligne.population, ligne.code))
    cles = [(sum(a.values()), *(a[ligne.code] for ligne in rangs)) for a in accords]
    return all(premiere < seconde for premiere, seconde in pairwise(cles))
