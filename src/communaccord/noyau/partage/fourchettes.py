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
from operator import add

from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.cout import build_modele_seul, compute_cout, compute_couts_seuls
from communaccord.noyau.partage.erreurs import Impossible
from communaccord.noyau.partage.indices import compute_indices
from communaccord.noyau.partage.modele import Indexation, Membre, ModeleCout
from communaccord.noyau.partage.parts import Critere, mix_parts
from communaccord.noyau.partage.regles import Incertitude, ReglesPartage
from communaccord.noyau.partage.repartition import Allocation, Borne, Cadre, allocate, build_cadre, fill, weigh_criteres
from communaccord.noyau.partage.resultats import Fourchette, Intervalle, LimiteAppliquee

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
    Complexity: two costs, two sharings, two costs alone.
    """
    seul = modele_seul or build_modele_seul(modele, membres)
    cadre = build_cadre(membres, regles)
    bornes = {sens: _compute_extremes(modele, cadre, annees, incertitude, sens) for sens in (BAS, HAUT)}
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
    modele: ModeleCout, cadre: Cadre, annees: Sequence[int], incertitude: Incertitude, sens: int
) -> list[list[int]]:
    """Lowest or highest contribution of each member, for each year."""
    membres, echelle = _scale_membres(cadre.membres, incertitude, sens)
    cout = compute_cout(_scale_modele(modele, incertitude.couts, echelle, sens), membres, annees)
    marges = [incertitude.volumes_propres.get(membre.code, Fraction(0)) for membre in membres]
    resultat = []
    for annee, montant in zip(cout.annees, cout.a_repartir, strict=True):
        criteres = weigh_criteres(cadre, annee - cout.annees[0])
        try:
            allocation = allocate(cadre, mix_parts(criteres), montant, annee)
        except Impossible as erreur:
            bout = "basse" if sens == BAS else "haute"
            raise Impossible(f"Dans l'hypothèse {bout} : {erreur.motif}", erreur.remede) from erreur
        if any(marges) and any(allocation.parts.numerateurs):
            exacts = _compute_exacts_propres(cadre, allocation, criteres, marges, sens)
        else:
            exacts = [allocation.exact(rang) for rang in range(len(membres))]
        resultat.append([round_exact(exact, _SENS[sens]) for exact in exacts])
    return resultat


def _compute_exacts_propres(
    cadre: Cadre, allocation: Allocation, criteres: Sequence[Critere], marges: Sequence[Fraction], sens: int
) -> list[Fraction]:
    """Bounds of the exact amounts when each commune's own count may be off, for the total of `allocation`.

    Where no limit can apply, the total times the extreme part. Else an amount is the part times a common rate, held
    within the limits; the rate is highest when all parts are lowest, so that the extreme rate times the extreme part
    bounds it.
    """
    total = allocation.libre + sum(cents for cents, _ in allocation.fixes.values())
    extremes = _compute_parts_propres(criteres, marges, sens)
    contraires = _compute_parts_propres(criteres, marges, -sens)
    unite = Fraction(total * allocation.parts.denominateur, sum(allocation.parts.numerateurs))
    libres = [unite * part for part in extremes]
    opposes = [unite * part for part in contraires]
    if all(map(_holds, libres, cadre.bornes)) and all(map(_holds, opposes, cadre.bornes)):
        return libres
    taux = _compute_taux(total, contraires, cadre.bornes, sens)
    return [_hold(part, taux, borne) for part, borne in zip(extremes, cadre.bornes, strict=True)]


def _holds(montant: Fraction, borne: Borne) -> bool:
    return borne.bas <= montant and (borne.haut is None or montant <= borne.haut)


def _compute_taux(total: int, parts: Sequence[Fraction], bornes: Sequence[Borne], sens: int) -> Fraction | None:
    """Extreme rate t for which the amounts t x part, held within the limits, sum to `total`; None: no upper end."""
    echelle = lcm(*(part.denominator for part in parts))
    fixes, libre, poids = fill(total, [part.numerator * (echelle // part.denominator) for part in parts], bornes)
    if poids:
        return Fraction(libre * echelle, poids)
    cote = LimiteAppliquee.MINIMUM if sens == HAUT else LimiteAppliquee.MAXIMUM
    seuils = [cents / parts[rang] for rang, (cents, limite) in fixes.items() if limite is cote and parts[rang]]
    return min(seuils, default=None) if sens == HAUT else max(seuils, default=Fraction(0))


def _hold(part: Fraction, taux: Fraction | None, borne: Borne) -> Fraction:
    """Amount of a member at the rate `taux`, within its limits."""
    if not part:
        return Fraction(borne.bas)
    if borne.haut is not None and (taux is None or taux * part > borne.haut):
        return Fraction(borne.haut)
    return max(Fraction(borne.bas), part * (taux or 0))


def _compute_parts_propres(criteres: Sequence[Critere], marges: Sequence[Fraction], sens: int) -> list[Fraction]:
    """Extreme part of each member: in each use criterion, its own base at one end, the others at the other."""
    echelle = lcm(*(marge.denominator for marge in marges))
    ecarts = [int(sens * marge * echelle) for marge in marges]
    parts = [Fraction(0)] * len(marges)
    for critere in criteres:
        if not critere.totale:
            continue
        haut, bas = critere.poids.numerator, critere.poids.denominator
        if critere.usage:
            memes = [base * (echelle + ecart) for base, ecart in zip(critere.bases, ecarts, strict=True)]
            contraires = [base * (echelle - ecart) for base, ecart in zip(critere.bases, ecarts, strict=True)]
            somme = sum(contraires)
            totaux = [somme - contraire + meme for meme, contraire in zip(memes, contraires, strict=True)]
        else:
            memes, totaux = list(critere.bases), [critere.totale] * len(parts)
        parts = [
            part + Fraction(haut * meme, bas * totale) for part, meme, totale in zip(parts, memes, totaux, strict=True)
        ]
    return parts


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
    if modele_seul is None:
        return compute_couts_seuls(modele, membres, annees)
    extremes, echelle = _scale_membres(membres, incertitude, sens)
    return compute_couts_seuls(modele, extremes, annees, _scale_modele(modele_seul, incertitude.couts, echelle, sens))


def _compute_actuels(
    indexation: Indexation, membres: Sequence[Membre], annees: Sequence[int], incertitude: Incertitude, sens: int
) -> list[tuple[int, ...] | None]:
    """Today's costs with their margin, carried to each year; spending and time are rounded apart, as in the effects."""
    facteur = 1 + sens * incertitude.aujourd_hui
    indices = compute_indices(indexation.aujourd_hui, indexation.annee_base, annees)
    bound = indices.floor_cents if sens == BAS else indices.ceil_cents
    return [
        None
        if membre.depense_actuelle is None or membre.temps_actuel is None
        else tuple(map(add, bound(membre.depense_actuelle * facteur), bound(membre.temps_actuel * facteur)))
        for membre in membres
    ]


def _scale_membres(membres: Sequence[Membre], incertitude: Incertitude, sens: int) -> tuple[Sequence[Membre], Fraction]:
    """Members whose volumes are at one end, up to a common factor, and that factor: true volume = volume x factor.

    The factor goes to the model, so that whole volumes stay whole.
    """
    commun = 1 + sens * incertitude.volumes
    propres = [1 + sens * incertitude.volumes_propres.get(membre.code, Fraction(0)) for membre in membres]
    echelle = lcm(*(propre.denominator for propre in propres))
    if echelle == 1:
        return membres, commun
    resultat = []
    for membre, propre in zip(membres, propres, strict=True):
        facteur = int(propre * echelle)
        volumes = None if membre.volumes is None else {a: volume * facteur for a, volume in membre.volumes.items()}
        resultat.append(replace(membre, volumes=volumes))
    return resultat, commun / echelle


def _scale_modele(modele: ModeleCout, marge: Fraction, echelle: Fraction, sens: int) -> ModeleCout:
    """Model with its costs at one end of the margin, rounded outwards to the cent, reading volumes in units of
    `echelle`.

    Grants and posts imposed are left as they are.
    """
    facteur, regle = 1 + sens * marge, _SENS[sens]
    return replace(
        modele,
        couts_fixes=tuple(replace(f, montant=round_exact(f.montant * facteur, regle)) for f in modele.couts_fixes),
        personnel=tuple(
            replace(
                effectif,
                cout_etp=round_exact(effectif.cout_etp * facteur, regle),
                productivite=None if effectif.productivite is None else effectif.productivite / echelle,
            )
            for effectif in modele.personnel
        ),
        couts_unitaires={acte: prix * facteur * echelle for acte, prix in modele.couts_unitaires.items()},
        cout_adhesion=round_exact(modele.cout_adhesion * facteur, regle),
        mises_en_place=tuple(
            replace(m, montant=round_exact(m.montant * facteur, regle)) for m in modele.mises_en_place
        ),
    )
