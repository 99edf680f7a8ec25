"""Ranges when the figures are estimates: bounds that hold for every value within the margins.

The cost of a perimeter grows with every volume and every amount; an exact contribution grows with the amount to share
and with the part of the commune, and falls when the part of another grows. So the extremes are read at the corners:
everything low or high for the cost, and, when the communes' own counts are uncertain, the commune high and all others
low (and the reverse).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.cout import build_modele_seul, compute_cout, compute_couts_seuls, compute_indices
from communaccord.noyau.partage.erreurs import Impossible
from communaccord.noyau.partage.modele import Indexation, Membre, ModeleCout
from communaccord.noyau.partage.parts import Critere, Parts, mix_parts
from communaccord.noyau.partage.regles import Incertitude, ReglesPartage
from communaccord.noyau.partage.repartition import Allocation, Cadre, allocate, build_cadre, fill, weigh_criteres
from communaccord.noyau.partage.resultats import Fourchette, Intervalle

BAS, HAUT = -1, 1
_SENS = {BAS: RegleArrondi.PAR_DEFAUT, HAUT: RegleArrondi.PAR_EXCES}


def compute_fourchettes(
    modele: ModeleCout,
    membres: Sequence[Membre],
    regles: ReglesPartage,
    annees: Sequence[int],
    incertitude: Incertitude,
    modele_seul: ModeleCout | None = None,
) -> dict[str, tuple[Fourchette, ...]]:
    """Return, by code, the range of each year: contribution, cost alone, today's cost, in whole cents.

    Meaning: whatever the true figures within the margins (activity of the territory as a whole, costs, and count of
    each commune separately), the contribution computed from them lies in the range. With margins on activity and costs
    only, and linear costs, the bounds are reached to the cent; with own margins they are safe but may be wide, for the
    highest total cost and the lowest use of the others do not come together. Grants, posts imposed and amounts given
    for the cost alone have no margin. Errors: `Impossible`, saying at which end, if the limits cannot hold there.
    Complexity: two costs, two sharings, and with own margins and limits O(members^2) a year.
    """
    seul = modele_seul or build_modele_seul(modele, membres)
    cadre = build_cadre(membres, regles)
    marges = [incertitude.volumes_propres.get(membre.code, Fraction(0)) for membre in membres]
    bornes = {sens: _compute_extremes(modele, cadre, annees, incertitude, marges, sens) for sens in (BAS, HAUT)}
    seuls = {sens: _compute_seuls(modele, seul, membres, annees, incertitude, sens) for sens in (BAS, HAUT)}
    actuels = {sens: _compute_actuels(modele.indexation, membres, annees, incertitude, sens) for sens in (BAS, HAUT)}
    return {
        membre.code: tuple(
            Fourchette(
                membre.code,
                annee,
                Intervalle(bornes[BAS][j][i], bornes[HAUT][j][i]),
                _pair(seuls[BAS][membre.code], seuls[HAUT][membre.code], j),
                _pair(actuels[BAS][i], actuels[HAUT][i], j),
            )
            for j, annee in enumerate(annees)
        )
        for i, membre in enumerate(membres)
    }


def _pair(bas: tuple[int, ...] | None, haut: tuple[int, ...] | None, rang: int) -> Intervalle | None:
    return None if bas is None or haut is None else Intervalle(bas[rang], haut[rang])


def _compute_extremes(
    modele: ModeleCout,
    cadre: Cadre,
    annees: Sequence[int],
    incertitude: Incertitude,
    marges: Sequence[Fraction],
    sens: int,
) -> list[list[int]]:
    """Lowest or highest contribution of each member, for each year."""
    membres = _scale_membres(cadre.membres, incertitude, sens)
    cout = compute_cout(_scale_modele(modele, incertitude.couts, sens), membres, annees)
    resultat = []
    for annee, montant in zip(cout.annees, cout.a_repartir, strict=True):
        criteres = weigh_criteres(cadre, annee - cout.annees[0])
        try:
            allocation = allocate(cadre, mix_parts(criteres), montant, annee)
        except Impossible as erreur:
            bout = "basse" if sens == BAS else "haute"
            raise Impossible(f"Dans l'hypothèse {bout} : {erreur.motif}", erreur.remede) from erreur
        if any(marges):
            exacts = _compute_exacts_propres(cadre, allocation, criteres, marges, sens)
        else:
            exacts = [allocation.exact(rang) for rang in range(len(membres))]
        resultat.append([round_exact(exact, _SENS[sens]) for exact in exacts])
    return resultat


def _compute_exacts_propres(
    cadre: Cadre, allocation: Allocation, criteres: Sequence[Critere], marges: Sequence[Fraction], sens: int
) -> list[Fraction]:
    """Extreme exact amounts when each commune's own count may be off: it at one end, the others at the other."""
    total = allocation.libre + sum(cents for cents, _ in allocation.fixes.values())
    extremes = _compute_parts_propres(criteres, marges, sens)
    somme = sum(allocation.parts.numerateurs)
    if not somme:
        return [allocation.exact(rang) for rang in range(len(marges))]
    utile = Fraction(somme, allocation.parts.denominateur)
    if not any(borne.bas or borne.haut is not None for borne in cadre.bornes):
        return [total * part / utile for part in extremes]
    contraires = _compute_parts_propres(criteres, marges, -sens)
    exacts = []
    for rang, part in enumerate(extremes):
        parts = _to_entiers([*contraires[:rang], part, *contraires[rang + 1 :]])
        fixes, libre, poids_libre = fill(total, parts.numerateurs, cadre.bornes)
        exacts.append(Allocation(parts, fixes, libre, poids_libre, ()).exact(rang))
    return exacts


def _compute_parts_propres(criteres: Sequence[Critere], marges: Sequence[Fraction], sens: int) -> list[Fraction]:
    """Extreme part of each member: in each use criterion, its own base at one end, the others at the other."""
    parts = [Fraction(0)] * len(marges)
    for critere in criteres:
        if not critere.totale:
            continue
        if not critere.usage:
            parts = [p + critere.poids * Fraction(b, critere.totale) for p, b in zip(parts, critere.bases, strict=True)]
            continue
        memes = [base * (1 + sens * marge) for base, marge in zip(critere.bases, marges, strict=True)]
        contraires = [base * (1 - sens * marge) for base, marge in zip(critere.bases, marges, strict=True)]
        somme = sum(contraires, Fraction(0))
        parts = [
            part + critere.poids * meme / (somme - contraire + meme) if meme else part
            for part, meme, contraire in zip(parts, memes, contraires, strict=True)
        ]
    return parts


def _to_entiers(parts: Sequence[Fraction]) -> Parts:
    echelle = lcm(*(part.denominator for part in parts))
    return Parts(tuple(part.numerator * (echelle // part.denominator) for part in parts), echelle)


def _compute_seuls(
    modele: ModeleCout,
    modele_seul: ModeleCout | None,
    membres: Sequence[Membre],
    annees: Sequence[int],
    incertitude: Incertitude,
    sens: int,
) -> Mapping[str, tuple[int, ...] | None]:
    """Costs alone with everything low or high; posts that do not follow the workload keep those of the central
    figures.
    """
    extremes = _scale_membres(membres, incertitude, sens)
    if modele_seul is None:
        return compute_couts_seuls(modele, membres, annees)
    return compute_couts_seuls(modele, extremes, annees, _scale_modele(modele_seul, incertitude.couts, sens))


def _compute_actuels(
    indexation: Indexation, membres: Sequence[Membre], annees: Sequence[int], incertitude: Incertitude, sens: int
) -> list[tuple[int, ...] | None]:
    """Today's costs with their margin, carried to each year; spending and time are rounded apart, as in the effects."""
    facteur = 1 + sens * incertitude.aujourd_hui
    indices = compute_indices(indexation.aujourd_hui, indexation.annee_base, annees)
    return [
        None
        if membre.depense_actuelle is None or membre.temps_actuel is None
        else tuple(
            round_exact(membre.depense_actuelle * facteur * indice, _SENS[sens])
            + round_exact(membre.temps_actuel * facteur * indice, _SENS[sens])
            for indice in indices
        )
        for membre in membres
    ]


def _scale_membres(membres: Sequence[Membre], incertitude: Incertitude, sens: int) -> list[Membre]:
    """Members with all volumes at one end of both margins."""
    resultat = []
    for membre in membres:
        facteur = (1 + sens * incertitude.volumes) * (1 + sens * incertitude.volumes_propres.get(membre.code, 0))
        volumes = membre.volumes
        if volumes is not None and facteur != 1:
            volumes = {acte: volume * facteur for acte, volume in volumes.items()}
        resultat.append(replace(membre, volumes=volumes))
    return resultat


def _scale_modele(modele: ModeleCout, marge: Fraction, sens: int) -> ModeleCout:
    """Model with all its costs at one end of the margin, rounded outwards to the cent; grants are left as they are."""
    facteur, regle = 1 + sens * marge, _SENS[sens]
    return replace(
        modele,
        couts_fixes=tuple(replace(f, montant=round_exact(f.montant * facteur, regle)) for f in modele.couts_fixes),
        personnel=tuple(replace(e, cout_etp=round_exact(e.cout_etp * facteur, regle)) for e in modele.personnel),
        couts_unitaires={acte: prix * facteur for acte, prix in modele.couts_unitaires.items()},
        cout_adhesion=round_exact(modele.cout_adhesion * facteur, regle),
        mises_en_place=tuple(
            replace(m, montant=round_exact(m.montant * facteur, regle)) for m in modele.mises_en_place
        ),
    )
