"""Ranges when the figures are estimates: bounds that hold for every value within the margins.

The cost of a perimeter grows with every volume and every amount; an exact contribution grows with the amount to share
and with the part of the commune, and falls when the part of another grows. So the extremes are read at the corners:
everything low or high for the cost, and, when the communes' own counts are uncertain, the commune high and all others
low (and the reverse). All in integers: a bound is a quotient of integers, rounded outwards once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from operator import add

from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.bases import read_bases
from communaccord.noyau.partage.coins import BAS, HAUT, bound_montants, build_coins
from communaccord.noyau.partage.cout import build_modele_seul, check_perimetre, sum_couts_seuls
from communaccord.noyau.partage.erreurs import Impossible
from communaccord.noyau.partage.indices import compute_indices
from communaccord.noyau.partage.lignes import Horizon, build_horizon
from communaccord.noyau.partage.modele import Membre, ModeleCout
from communaccord.noyau.partage.parts import Critere, mix_parts
from communaccord.noyau.partage.regles import Incertitude, ReglesPartage
from communaccord.noyau.partage.repartition import Cadre, allocate, build_cadre, weigh_criteres
from communaccord.noyau.partage.resultats import Fourchette, Intervalle
from communaccord.noyau.partage.totaux import build_totaux

_ARRONDI = {BAS: RegleArrondi.PAR_DEFAUT, HAUT: RegleArrondi.PAR_EXCES}

Intervalles = tuple[Intervalle | None, ...]


@dataclass(frozen=True, slots=True)
class Extremes:
    """What a perimeter costs at both ends of the margins, in cents: the same for every key compared.

    `a_repartir`: lowest and highest cost to share, by year. `couts_seuls`, `couts_actuels`: ranges by member, in their
    order, then by year. `marges`: margin of each member's own count.
    """

    membres: Sequence[Membre]
    annees: tuple[int, ...]
    marges: tuple[Fraction, ...]
    a_repartir: Mapping[int, tuple[int, ...]]
    couts_seuls: tuple[Intervalles, ...]
    couts_actuels: tuple[Intervalles, ...]


def compute_fourchettes(
    modele: ModeleCout,
    membres: Sequence[Membre],
    regles: ReglesPartage,
    annees: Sequence[int],
    incertitude: Incertitude,
    modele_seul: ModeleCout | None = None,
) -> dict[str, tuple[Fourchette, ...]]:
    """Return, by code, the range of each year: contribution, cost alone, today's cost, in whole cents.

    To compare keys, call `build_extremes` once, then `share_extremes` for each key. Errors and complexity: theirs.
    Source: interval arithmetic on functions that only grow or only fall with each figure (head of this module).
    """
    return share_extremes(build_extremes(modele, membres, annees, incertitude, modele_seul), regles)


def build_extremes(
    modele: ModeleCout,
    membres: Sequence[Membre],
    annees: Sequence[int],
    incertitude: Incertitude,
    modele_seul: ModeleCout | None = None,
) -> Extremes:
    """Return the costs of a perimeter at both ends of the margins.

    Grants, posts imposed and amounts given for the cost alone have no margin; posts that do not follow the workload
    keep, for the cost alone, the productivity of the central figures. Errors: those of `compute_cout`. Complexity: two
    costs, two costs alone.
    """
    check_perimetre(membres)
    horizon = build_horizon(modele, annees)
    marges = tuple([incertitude.volumes_propres.get(membre.code, Fraction(0)) for membre in membres])
    seul = modele_seul or build_modele_seul(modele, membres)
    seuls = _bound_seuls(seul, membres, horizon, incertitude, marges)
    bases, echelle = read_bases(modele, membres), lcm(*(marge.denominator for marge in marges))
    a_repartir = {}
    for sens in (BAS, HAUT):
        extreme = _scale_modele(modele, incertitude, echelle, sens)
        agregats = bases.scale(_scale_marges(marges, echelle, sens)).aggregate(membres)
        a_repartir[sens] = build_totaux(extreme, horizon).compute(agregats)
    actuels = _bound_actuels(modele, membres, annees, incertitude.aujourd_hui)
    return Extremes(membres, horizon.annees, marges, a_repartir, seuls, actuels)


def share_extremes(extremes: Extremes, regles: ReglesPartage) -> dict[str, tuple[Fourchette, ...]]:
    """Return, by code, the range of each year for one key.

    Meaning: whatever the true figures within the margins (activity of the territory as a whole, costs, and count of
    each commune separately), the contribution computed from them lies in the range. With margins on activity and costs
    only, and linear costs, the bounds are reached to the cent; with own margins they are safe but may be wide, for the
    highest total cost and the lowest use of the others do not come together. Errors: `Impossible`, saying at which
    end, if the limits cannot hold there. Complexity: two sharings.
    """
    cadre = build_cadre(extremes.membres, regles)
    bas, haut = (_bound_contributions(cadre, extremes, sens) for sens in (BAS, HAUT))
    annees = range(len(extremes.annees))
    return {
        membre.code: tuple(
            [
                Fourchette(membre.code, extremes.annees[j], Intervalle(bas[j][i], haut[j][i]), seuls[j], actuels[j])
                for j in annees
            ]
        )
        for i, (membre, seuls, actuels) in enumerate(
            zip(extremes.membres, extremes.couts_seuls, extremes.couts_actuels, strict=True)
        )
    }


def _bound_contributions(cadre: Cadre, extremes: Extremes, sens: int) -> list[list[int]]:
    """Lowest or highest contribution of each member, for each year; a year like the one before is not done again."""
    resultat: list[list[int]] = []
    criteres: tuple[Critere, ...] = ()
    dernier: int | None = None
    for annee, montant in zip(extremes.annees, extremes.a_repartir[sens], strict=True):
        precedents, criteres = criteres, weigh_criteres(cadre, annee - extremes.annees[0])
        if criteres is not precedents:
            parts = mix_parts(criteres)
            coins = build_coins(criteres, extremes.marges, sens) if any(extremes.marges) else None
        elif montant == dernier:
            resultat.append(resultat[-1])
            continue
        try:
            allocation = allocate(cadre, parts, montant, annee)
        except Impossible as erreur:
            bout = "basse" if sens == BAS else "haute"
            raise Impossible(f"Dans l'hypothèse {bout} : {erreur.motif}", erreur.remede) from erreur
        if coins is not None and any(parts.numerateurs):
            resultat.append(bound_montants(cadre, allocation, coins, sens))
        else:
            resultat.append([allocation.bound(rang, _ARRONDI[sens]) for rang in range(len(cadre.membres))])
        dernier = montant
    return resultat


def _bound_seuls(
    seul: ModeleCout | None,
    membres: Sequence[Membre],
    horizon: Horizon,
    incertitude: Incertitude,
    marges: Sequence[Fraction],
) -> tuple[Intervalles, ...]:
    """Ranges of the costs alone, by member then by year."""
    couts = []
    bases, echelle = None if seul is None else read_bases(seul, membres), lcm(*(marge.denominator for marge in marges))
    for sens in (BAS, HAUT):
        extreme = None if seul is None else _scale_modele(seul, incertitude, echelle, sens)
        extremes = None if bases is None else bases.scale(_scale_marges(marges, echelle, sens))
        couts.append(sum_couts_seuls(extreme, extremes, membres, horizon))
    bas, haut = couts
    return tuple(_pair(bas[membre.code], haut[membre.code], len(horizon.annees)) for membre in membres)


def _bound_actuels(
    modele: ModeleCout, membres: Sequence[Membre], annees: Sequence[int], marge: Fraction
) -> tuple[Intervalles, ...]:
    """Ranges of today's costs carried to each year; spending and time are rounded apart, as in the effects."""
    indices = compute_indices(modele.indexation.aujourd_hui, modele.indexation.annee_base, annees)
    bas, haut = indices.scale(1 - marge), indices.scale(1 + marge)
    resultat = []
    for membre in membres:
        depense, temps = membre.depense_actuelle, membre.temps_actuel
        if depense is None or temps is None:
            resultat.append(_pair(None, None, len(annees)))
        else:
            bornes = (bas.floor_cents, haut.ceil_cents)
            basse, haute = (tuple(map(add, borne(depense), borne(temps))) for borne in bornes)
            resultat.append(_pair(basse, haute, len(annees)))
    return tuple(resultat)


def _pair(bas: tuple[int, ...] | None, haut: tuple[int, ...] | None, annees: int) -> Intervalles:
    if bas is None or haut is None:
        return (None,) * annees
    return tuple(map(Intervalle, bas, haut))


def _scale_marges(marges: Sequence[Fraction], echelle: int, sens: int) -> list[int]:
    """Factors that put each member's own count at one end, in `1 / echelle`."""
    return [echelle + sens * marge.numerator * (echelle // marge.denominator) for marge in marges]


def _scale_modele(modele: ModeleCout, incertitude: Incertitude, echelle: int, sens: int) -> ModeleCout:
    """Model with its costs at one end of the margin, rounded outwards to the cent, reading volumes given in `1 /
    echelle` and common to all at one end.

    Grants and posts imposed are left as they are.
    """
    facteur, regle = 1 + sens * incertitude.couts, _ARRONDI[sens]
    unite = (1 + sens * incertitude.volumes) / echelle
    return replace(
        modele,
        couts_fixes=tuple(replace(f, montant=round_exact(f.montant * facteur, regle)) for f in modele.couts_fixes),
        personnel=tuple(
            replace(
                effectif,
                cout_etp=round_exact(effectif.cout_etp * facteur, regle),
                productivite=None if effectif.productivite is None else effectif.productivite / unite,
            )
            for effectif in modele.personnel
        ),
        couts_unitaires={acte: prix * facteur * unite for acte, prix in modele.couts_unitaires.items()},
        cout_adhesion=round_exact(modele.cout_adhesion * facteur, regle),
        mises_en_place=tuple(
            replace(m, montant=round_exact(m.montant * facteur, regle)) for m in modele.mises_en_place
        ),
    )
