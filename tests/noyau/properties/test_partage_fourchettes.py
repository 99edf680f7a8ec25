"""Ranges are those of their definition, written here slowly: one fraction at a time, one corner at a time."""

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.noyau.properties.test_partage_properties import (
    ANNEES,
    BAREME,
    cles,
    fewer,
    modeles,
    montants,
    perimetres,
    regles_partage,
)

from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage import (
    CleForfait,
    ClePopulation,
    CleTemps,
    CleUsage,
    Effectif,
    Impossible,
    Incertitude,
    Indexation,
    ModeleCout,
    ReglesPartage,
    build_extremes,
    build_modele_seul,
    compute_cout,
    compute_couts_seuls,
    compute_fourchettes,
    compute_partage,
    share_extremes,
)

marges = st.fractions(0, Fraction(1, 4), max_denominator=20)
ARRONDIS = {-1: (floor, RegleArrondi.PAR_DEFAUT), 1: (ceil, RegleArrondi.PAR_EXCES)}


def scale_membres(membres, incertitude, sens):
    """Members with every volume at one end, or only those of a code when `sens` maps codes to ends."""
    resultat = []
    for membre in membres:
        bout = sens[membre.code] if isinstance(sens, dict) else sens
        propre = 1 + bout * incertitude.volumes_propres.get(membre.code, 0)
        commun = 1 + bout * incertitude.volumes
        volumes = {acte: volume * propre * commun for acte, volume in membre.volumes.items()}
        resultat.append(replace(membre, volumes=volumes))
    return resultat


def scale_modele(modele, incertitude, sens):
    facteur, regle = 1 + sens * incertitude.couts, ARRONDIS[sens][1]

    def cut(cents):
        return round_exact(cents * facteur, regle)

    return replace(
        modele,
        couts_fixes=tuple(replace(f, montant=cut(f.montant)) for f in modele.couts_fixes),
        personnel=tuple(replace(e, cout_etp=cut(e.cout_etp)) for e in modele.personnel),
        couts_unitaires={acte: prix * facteur for acte, prix in modele.couts_unitaires.items()},
        cout_adhesion=cut(modele.cout_adhesion),
        mises_en_place=tuple(replace(m, montant=cut(m.montant)) for m in modele.mises_en_place),
    )


def read_base(cle, membre):
    match cle:
        case ClePopulation():
            return Fraction(membre.population)
        case CleForfait():
            return Fraction(1)
        case CleTemps():
            return Fraction(membre.temps)
        case CleUsage():
            return sum((volume * cle.bareme.poids[acte] for acte, volume in membre.volumes.items()), Fraction(0))


def compute_part(regles, membres, rang, annee):
    """Part of one member: each criterion of the key, then today's split while the phase-in lasts."""
    alpha = regles.lissage.poids_aujourd_hui(annee - ANNEES[0]) if regles.lissage else Fraction(0)
    termes = [
        (poids * (1 - alpha), [read_base(cle, m) for m in membres]) for poids, cle in regles.cle.composantes if poids
    ]
    termes.append((alpha, [Fraction(m.cout_actuel) for m in membres]))
    return sum((poids * bases[rang] / sum(bases) for poids, bases in termes if sum(bases)), Fraction(0))


def list_parts_extremes(regles, membres, incertitude, sens, annee):
    """Part of each member with its own count at one end and those of all the others at the other end."""
    propres = replace(incertitude, volumes=Fraction(0))  # what moves all together changes no part
    return [
        compute_part(
            regles,
            scale_membres(membres, propres, {m.code: sens if m is membre else -sens for m in membres}),
            rang,
            annee,
        )
        for rang, membre in enumerate(membres)
    ]


@fewer
@given(modeles(), perimetres(), cles(), st.booleans(), marges, marges, marges, st.data())
def test_without_limits_a_range_is_the_extreme_cost_times_the_extreme_part(
    modele, membres, cle, lisse, volumes, couts, aujourd_hui, data
):
    propres = {membre.code: data.draw(marges) for membre in membres if data.draw(st.booleans())}
    incertitude = Incertitude(volumes, couts, aujourd_hui, propres)
    lissage = data.draw(regles_partage()).lissage if lisse else None
    regles = ReglesPartage(cle, lissage=lissage, porteur_du_reste="EPCI")
    try:
        fourchettes = compute_fourchettes(modele, membres, regles, ANNEES, incertitude)
    except Impossible:
        assume(False)
    for sens, borne in ((-1, "bas"), (1, "haut")):
        arrondi, _ = ARRONDIS[sens]
        a_repartir = compute_cout(
            scale_modele(modele, incertitude, sens), scale_membres(membres, incertitude, sens), ANNEES
        ).a_repartir
        for rang_annee, (annee, montant) in enumerate(zip(ANNEES, a_repartir, strict=True)):
            centrales = [compute_part(regles, membres, rang, annee) for rang in range(len(membres))]
            paye = montant - round_exact(montant * (1 - sum(centrales)))
            extremes = list_parts_extremes(regles, membres, incertitude, sens, annee)
            for membre, extreme in zip(membres, extremes, strict=True):
                attendu = arrondi(extreme * paye / sum(centrales)) if any(centrales) else 0
                assert getattr(fourchettes[membre.code][rang_annee].contribution, borne) == attendu


@fewer
@given(modeles(), perimetres(), marges, marges, marges, st.data())
def test_baselines_are_those_of_the_extreme_figures(modele, membres, volumes, couts, aujourd_hui, data):
    propres = {membre.code: data.draw(marges) for membre in membres if data.draw(st.booleans())}
    membres[0] = replace(membres[0], cout_seul=data.draw(st.none() | montants))
    incertitude = Incertitude(volumes, couts, aujourd_hui, propres)
    extremes = build_extremes(modele, membres, ANNEES, incertitude)
    seul, base = build_modele_seul(modele, membres), modele.indexation.annee_base
    for sens in (-1, 1):
        arrondi, _ = ARRONDIS[sens]
        vrais = scale_membres(membres, incertitude, sens)
        vrai_modele = scale_modele(modele, incertitude, sens)
        assert extremes.a_repartir[sens] == compute_cout(vrai_modele, vrais, ANNEES).a_repartir
        seuls = compute_couts_seuls(vrai_modele, vrais, ANNEES, scale_modele(seul, incertitude, sens))
        for rang, membre in enumerate(membres):
            bornes = [plage[max(sens, 0)] for plage in extremes.couts_seuls[rang]]
            assert tuple(bornes) == seuls[membre.code]
            for annee, plage in zip(ANNEES, extremes.couts_actuels[rang], strict=True):
                indice = (1 + modele.indexation.aujourd_hui) ** (annee - base) * (1 + sens * aujourd_hui)
                attendu = arrondi(membre.depense_actuelle * indice) + arrondi(membre.temps_actuel * indice)
                assert plage[max(sens, 0)] == attendu


def find_taux(total, parts, bornes):
    """Least and greatest rate for which the amounts rate x part, held within the limits, sum to the total."""

    def pay(taux):
        return sum(max(bas, taux * part if haut is None else min(haut, taux * part)) for part, (bas, haut) in bornes_de)

    bornes_de = [(part, borne) for part, borne in zip(parts, bornes, strict=True) if part]
    seuils = sorted({Fraction(0), *(b / part for part, bas_haut in bornes_de for b in bas_haut if b is not None)})
    bas = max((seuil for seuil in seuils if pay(seuil) < total), default=None)
    haut = min((seuil for seuil in seuils if pay(seuil) > total), default=None)
    solutions = [seuil for seuil in seuils if pay(seuil) == total]
    if solutions:
        return solutions[0], solutions[-1] if haut is not None else None
    libres = [
        part
        for part, (minimum, maximum) in bornes_de
        if minimum <= (bas or 0) * part and (maximum is None or (bas or 0) * part < maximum)
    ]
    taux = (bas or 0) + (total - pay(bas or Fraction(0))) / sum(libres)
    return taux, taux


@fewer
@given(modeles(), perimetres(2), regles_partage(), marges, st.data())
def test_with_limits_a_range_holds_the_extreme_rate_times_the_extreme_part(modele, membres, regles, couts, data):
    limites = regles.limites
    assume(limites.minimum or limites.maximum or limites.maximum_par_habitant)
    propres = {membre.code: data.draw(marges) for membre in membres}
    assume(any(propres.values()))
    incertitude = Incertitude(couts=couts, volumes_propres=propres)
    try:
        fourchettes = compute_fourchettes(modele, membres, regles, ANNEES, incertitude)
    except Impossible:
        assume(False)
    bornes = [(limites.minimum or 0, find_maximum(limites, membre)) for membre in membres]
    for sens, borne in ((-1, "bas"), (1, "haut")):
        arrondi, _ = ARRONDIS[sens]
        vrais = scale_membres(membres, incertitude, sens)
        cout = compute_cout(scale_modele(modele, incertitude, sens), vrais, ANNEES)
        partage = compute_partage(cout, membres, regles)
        for rang_annee, annuel in enumerate(partage.annees):
            paye = sum(annuel.contributions.values())
            centrales = [compute_part(regles, membres, rang, annuel.annee) for rang in range(len(membres))]
            obtenues = [getattr(fourchettes[m.code][rang_annee].contribution, borne) for m in membres]
            if not any(centrales):
                continue
            parts, contraires = (
                list_parts_extremes(regles, membres, incertitude, bout, annuel.annee) for bout in (sens, -sens)
            )
            unite = paye / sum(centrales)
            if all(holds(unite * part, b) for p in (parts, contraires) for part, b in zip(p, bornes, strict=True)):
                assert obtenues == [arrondi(unite * part) for part in parts]
                continue
            sans_part = sum(bas for part, (bas, _) in zip(contraires, bornes, strict=True) if not part)
            taux = find_taux(paye - sans_part, contraires, bornes)[max(sens, 0)]
            assert obtenues == [hold(part, taux, b, arrondi) for part, b in zip(parts, bornes, strict=True)]


def find_maximum(limites, membre):
    habitants = limites.maximum_par_habitant
    maximums = [limites.maximum, None if habitants is None else habitants * membre.population]
    return min((m for m in maximums if m is not None), default=None)


def holds(montant, borne):
    bas, haut = borne
    return bas <= montant and (haut is None or montant <= haut)


def hold(part, taux, borne, arrondi):
    bas, haut = borne
    if not part:
        return bas
    if taux is None:
        return bas if haut is None else haut
    montant = max(bas, arrondi(taux * part))
    return montant if haut is None else min(haut, montant)


@fewer
@given(modeles(), perimetres(), st.lists(cles(), min_size=2, max_size=3), marges, st.data())
def test_extremes_are_read_once_for_all_keys(modele, membres, cles_comparees, volumes, data):
    incertitude = Incertitude(volumes, volumes_propres={membres[0].code: data.draw(marges)})
    extremes = build_extremes(modele, membres, ANNEES, incertitude)
    for cle in cles_comparees:
        regles = ReglesPartage(cle, porteur_du_reste="EPCI")
        assert share_extremes(extremes, regles) == compute_fourchettes(modele, membres, regles, ANNEES, incertitude)


@fewer
@given(perimetres(), st.integers(0, 5_000_000), st.fractions(0, 20, max_denominator=4).filter(bool))
def test_posts_imposed_keep_their_productivity_for_the_cost_alone(membres, cout_etp, etp):
    assume(any(sum(membre.volumes.values()) for membre in membres))
    incertitude = Incertitude(volumes=Fraction(1, 10))
    modele = ModeleCout(Indexation(2027), personnel=(Effectif(cout_etp, etp_impose=etp, bareme=BAREME),))
    extremes = build_extremes(modele, membres, ANNEES, incertitude)
    assert extremes.a_repartir[-1] == extremes.a_repartir[1] == compute_cout(modele, membres, ANNEES).a_repartir
    for sens in (-1, 1):
        vrais = scale_membres(membres, incertitude, sens)
        seuls = compute_couts_seuls(modele, vrais, ANNEES, build_modele_seul(modele, membres))
        for rang, membre in enumerate(membres):
            assert tuple(plage[max(sens, 0)] for plage in extremes.couts_seuls[rang]) == seuls[membre.code]
