"""What holds for every sharing: exact sums, limits, order, scale, phase-in, split in three, ranges that enclose."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from communaccord.noyau.exact import share_total
from communaccord.noyau.partage import (
    Bareme,
    CleForfait,
    CleMixte,
    ClePopulation,
    CleTemps,
    CleUsage,
    CoutFixe,
    Effectif,
    Impossible,
    Incertitude,
    Indexation,
    Limites,
    Lissage,
    Membre,
    MiseEnPlace,
    ModeleCout,
    PartEpci,
    ReglesPartage,
    Subvention,
    build_modele_seul,
    compute_cout,
    compute_couts_seuls,
    compute_fourchettes,
    compute_partage,
    compute_simulation,
    explain,
)

ANNEES = (2027, 2028, 2030)
BAREME = Bareme({"PC": 1, "DP": Fraction(7, 10)})
montants = st.integers(0, 2_000_000)
fewer = settings(max_examples=50)
ratios = st.fractions(0, 1, max_denominator=12)
taux = st.fractions(Fraction(-1, 20), Fraction(1, 10), max_denominator=100)


@st.composite
def perimetres(draw, minimum=1):
    nombre = draw(st.integers(minimum, 7))
    return [
        Membre(
            code=f"C{i}",
            population=draw(st.integers(0, 5000)),
            volumes={"PC": draw(st.integers(0, 60)), "DP": draw(st.fractions(0, 60, max_denominator=4))},
            temps=draw(st.fractions(0, 10, max_denominator=6)),
            depense_actuelle=draw(montants),
            temps_actuel=draw(montants),
        )
        for i in range(nombre)
    ]


@st.composite
def modeles(draw):
    pas = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 5), Fraction(1, 10)]))
    return ModeleCout(
        indexation=Indexation(2026, draw(taux), draw(taux), draw(taux)),
        couts_fixes=(CoutFixe("Licence", draw(montants)),),
        personnel=(
            Effectif(draw(st.integers(0, 6_000_000)), productivite=draw(st.integers(1, 200)), pas=pas, bareme=BAREME),
        ),
        couts_unitaires={"PC": draw(st.fractions(0, 5000, max_denominator=3))},
        cout_adhesion=draw(st.integers(0, 50000)),
        mises_en_place=(MiseEnPlace("Reprise", draw(montants), 2027, draw(st.integers(1, 4))),),
        subventions=(Subvention("Aide", draw(montants), frozenset({2028})),),
        part_epci=PartEpci(draw(ratios), draw(st.integers(0, 100000))),
    )


@st.composite
def cles(draw):
    poids = draw(st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(any))
    simples = (ClePopulation(), CleUsage(BAREME), CleForfait(), CleTemps())
    return CleMixte(tuple((Fraction(p, sum(poids)), cle) for p, cle in zip(poids, simples, strict=True)))


@st.composite
def regles_partage(draw):
    limites = Limites(
        minimum=draw(st.none() | st.integers(0, 3000)),
        maximum=draw(st.none() | st.integers(3000, 2_000_000)),
        maximum_par_habitant=draw(st.none() | st.integers(3000, 20000)),
    )
    lissage = draw(st.none() | st.builds(Lissage, st.integers(1, 4), ratios))
    return ReglesPartage(draw(cles()), limites, lissage, draw(st.none() | st.just("EPCI")))


def share_or_skip(cout, membres, regles):
    try:
        return compute_partage(cout, membres, regles)
    except Impossible:
        assume(False)
        raise


@fewer
@given(modeles(), perimetres(), regles_partage())
def test_shares_sum_to_the_cent_and_hold_their_limits(modele, membres, regles):
    cout = compute_cout(modele, membres, ANNEES)
    partage = share_or_skip(cout, membres, regles)
    for annuel, montant in zip(partage.annees, cout.a_repartir, strict=True):
        paye = sum(annuel.contributions.values())
        assert paye + sum(reste.cents for reste in annuel.restes) == annuel.a_repartir == montant
        assert all(reste.cents > 0 and reste.porteur == "EPCI" for reste in annuel.restes)
        for membre in membres:
            contribution = annuel.contributions[membre.code]
            assert contribution >= (regles.limites.minimum or 0)
            assert regles.limites.maximum is None or contribution <= regles.limites.maximum
            plafond = regles.limites.maximum_par_habitant
            assert plafond is None or contribution <= plafond * membre.population


@fewer
@given(modeles(), perimetres())
def test_cost_is_the_sum_of_its_lines(modele, membres):
    cout = compute_cout(modele, membres, ANNEES)
    for rang in range(len(ANNEES)):
        total = sum(ligne.cents[rang] for ligne in cout.lignes)
        assert total == cout.a_repartir[rang] - cout.excedent[rang]
        assert cout.a_repartir[rang] >= 0
        assert not (cout.a_repartir[rang] and cout.excedent[rang])


@fewer
@given(modeles(), perimetres())
def test_set_up_years_sum_to_the_total_and_posts_hold_the_work(modele, membres):
    (mise,), effectif = modele.mises_en_place, modele.personnel[0]
    annees = range(mise.debut - 1, mise.debut + mise.duree + 1)
    cout = compute_cout(modele, membres, annees)
    (cents,) = (ligne.cents for ligne in cout.lignes if ligne.libelle == mise.libelle)
    assert sum(cents) == mise.montant
    assert max(cents[1:-1]) - min(cents[1:-1]) <= 1
    poste = cout.postes[0]
    assert (poste.etp / effectif.pas).denominator == 1
    assert poste.etp - effectif.pas < poste.besoin <= poste.etp


@fewer
@given(modeles(), perimetres(2), regles_partage(), st.randoms(use_true_random=False))
def test_order_of_the_members_changes_nothing(modele, membres, regles, hasard):
    melanges = list(membres)
    hasard.shuffle(melanges)
    couts = [compute_cout(modele, liste, ANNEES) for liste in (membres, melanges)]
    assert couts[0].a_repartir == couts[1].a_repartir
    partage = share_or_skip(couts[0], membres, regles)
    assert partage == compute_partage(couts[1], melanges, regles)


@fewer
@given(modeles(), perimetres(), cles(), st.integers(2, 9))
def test_the_unit_of_the_bases_changes_nothing(modele, membres, cle, facteur):
    cout = compute_cout(modele, membres, ANNEES)
    regles = ReglesPartage(cle, porteur_du_reste="EPCI")
    agrandis = [
        replace(
            m,
            population=m.population * facteur,
            temps=m.temps * facteur,
            volumes={acte: volume * facteur for acte, volume in m.volumes.items()},
        )
        for m in membres
    ]
    assert compute_partage(cout, membres, regles) == compute_partage(cout, agrandis, regles)


@fewer
@given(perimetres(), cles(), st.integers(0, 10**7), st.integers(2, 9))
def test_a_cost_times_k_makes_exact_amounts_times_k(membres, cle, montant, facteur):
    regles = ReglesPartage(cle, porteur_du_reste="EPCI")
    annee = 2027
    simple, multiple = (
        explain(
            compute_cout(ModeleCout(Indexation(annee), (CoutFixe("Service", total),)), membres, [annee]),
            membres,
            regles,
            membres[0].code,
            annee,
        )
        for total in (montant, montant * facteur)
    )
    assert multiple.part == simple.part
    assert multiple.montant_cle == simple.montant_cle * facteur
    assert abs(multiple.contribution - simple.contribution * facteur) <= facteur + 1


@fewer
@given(modeles(), perimetres(), regles_partage())
def test_explanation_rebuilds_the_contribution(modele, membres, regles):
    cout = compute_cout(modele, membres, ANNEES)
    partage = share_or_skip(cout, membres, regles)
    for annuel in partage.annees:
        for membre in membres:
            fiche = explain(cout, membres, regles, membre.code, annuel.annee)
            assert fiche.contribution == annuel.contributions[membre.code]
            alpha = fiche.poids_aujourd_hui
            assert fiche.part == (1 - alpha) * fiche.part_cle + alpha * (fiche.part_aujourd_hui or 0)
            assert fiche.montant_cle == fiche.part * annuel.a_repartir
            assert abs(fiche.arrondi) < 1
            if fiche.limite is None:
                assert fiche.montant_exact == fiche.coefficient * fiche.montant_cle
            else:
                assert fiche.montant_exact == fiche.contribution


@fewer
@given(modeles(), perimetres(), cles(), st.integers(1, 4), ratios)
def test_phase_in_starts_from_today_and_ends_with_the_key(modele, membres, cle, duree, depart):
    assume(any(m.cout_actuel for m in membres))
    cout = compute_cout(modele, membres, range(2027, 2027 + duree + 2))
    lisse = compute_partage(cout, membres, ReglesPartage(cle, lissage=Lissage(duree), porteur_du_reste="EPCI"))
    sans = compute_partage(cout, membres, ReglesPartage(cle, porteur_du_reste="EPCI"))
    assert lisse.annees[duree:] == sans.annees[duree:]
    aujourd_hui = share_total(cout.a_repartir[0], {m.code: m.cout_actuel for m in membres})
    assert lisse.annees[0].contributions == aujourd_hui.parts
    poids = [Lissage(duree, depart).poids_aujourd_hui(rang) for rang in range(duree + 2)]
    assert poids[0] == depart
    assert poids[duree:] == [0, 0]
    assert all(a >= b for a, b in pairwise(poids))


@fewer
@given(perimetres(), cles(), st.integers(0, 10**7))
def test_cents_follow_the_named_rule(membres, cle, montant):
    """Same parts, same tie as `exact.share_total`, the slow definition of the plus fort reste."""
    assume(any(m.population for m in membres))
    assume(any(m.temps for m in membres))
    assume(any(sum(m.volumes.values()) for m in membres))
    cout = compute_cout(ModeleCout(Indexation(2027), (CoutFixe("Service", montant),)), membres, [2027])
    regles = ReglesPartage(cle)
    annuel = compute_partage(cout, membres, regles).annees[0]
    parts = {m.code: explain(cout, membres, regles, m.code, 2027).part for m in membres}
    attendu = share_total(montant, parts)
    assert (annuel.contributions, annuel.egalite) == (attendu.parts, attendu.egalite)


@fewer
@given(modeles(), perimetres(), regles_partage())
def test_benefit_splits_in_three_exactly(modele, membres, regles):
    try:
        simulation = compute_simulation(modele, membres, regles, ANNEES)
    except Impossible:
        assume(False)
    for effets in simulation.effets.values():
        for effet in effets:
            trois = effet.depense_evitee + effet.temps_libere + effet.service_nouveau
            assert effet.cout_seul - effet.contribution == effet.benefice_seul == trois
            assert effet.ecart_aujourd_hui == effet.contribution - effet.depense_actuelle - effet.temps_libere


@fewer
@given(modeles(), perimetres())
def test_cost_alone_is_the_cost_of_a_perimeter_of_one(modele, membres):
    seul = build_modele_seul(modele, membres)
    couts = compute_couts_seuls(modele, membres, ANNEES)
    assert couts == {m.code: compute_cout(seul, (m,), ANNEES).a_repartir for m in membres}


def scale_modele(modele, facteur):
    """The model with its costs times an exact ratio, rounded to the cent."""

    def cut(montant):
        return round(montant * facteur)

    return replace(
        modele,
        couts_fixes=tuple(replace(f, montant=cut(f.montant)) for f in modele.couts_fixes),
        personnel=tuple(replace(e, cout_etp=cut(e.cout_etp)) for e in modele.personnel),
        couts_unitaires={acte: prix * facteur for acte, prix in modele.couts_unitaires.items()},
        cout_adhesion=cut(modele.cout_adhesion),
        mises_en_place=tuple(replace(m, montant=cut(m.montant)) for m in modele.mises_en_place),
    )


@fewer
@given(
    modeles(),
    perimetres(),
    regles_partage(),
    st.fractions(0, Fraction(1, 4), max_denominator=20),
    st.fractions(0, Fraction(1, 4), max_denominator=20),
    st.fractions(0, Fraction(1, 4), max_denominator=20),
    st.data(),
)
def test_ranges_enclose_every_scenario_within_the_margins(modele, membres, regles, volumes, couts, propre, data):
    estimees = data.draw(st.sets(st.sampled_from([m.code for m in membres])))
    marges = dict.fromkeys(estimees, propre)
    incertitude = Incertitude(volumes, couts, Fraction(0), marges)
    seul = build_modele_seul(modele, membres)
    try:
        fourchettes = compute_fourchettes(modele, membres, regles, ANNEES, incertitude)
    except Impossible:
        assume(False)

    def draw_ratio(marge):
        return 1 + marge * data.draw(st.fractions(-1, 1, max_denominator=4))

    commun, cher = draw_ratio(volumes), draw_ratio(couts)
    vrais = []
    for membre in membres:
        facteur = commun * (draw_ratio(propre) if membre.code in estimees else 1)
        vrais.append(replace(membre, volumes={acte: volume * facteur for acte, volume in membre.volumes.items()}))
    vrai_modele = scale_modele(modele, cher)
    partage = share_or_skip(compute_cout(vrai_modele, vrais, ANNEES), vrais, regles)
    seuls = compute_couts_seuls(vrai_modele, vrais, ANNEES, scale_modele(seul, cher))
    for rang, annuel in enumerate(partage.annees):
        for code, contribution in annuel.contributions.items():
            fourchette = fourchettes[code][rang]
            assert fourchette.contribution.bas <= contribution <= fourchette.contribution.haut
            assert fourchette.cout_seul.bas <= seuls[code][rang] <= fourchette.cout_seul.haut
            assert fourchette.ecart_seul.bas <= contribution - seuls[code][rang] <= fourchette.ecart_seul.haut


@fewer
@given(modeles(), perimetres(), regles_partage(), st.fractions(0, Fraction(1, 4), max_denominator=20))
def test_no_margin_no_width_and_today_has_its_own(modele, membres, regles, marge):
    try:
        simulation = compute_simulation(modele, membres, regles, ANNEES)
        fourchettes = compute_fourchettes(modele, membres, regles, ANNEES, Incertitude(aujourd_hui=marge))
    except Impossible:
        assume(False)
    for code, effets in simulation.effets.items():
        for effet, fourchette in zip(effets, fourchettes[code], strict=True):
            assert fourchette.contribution.haut - fourchette.contribution.bas <= 1
            assert fourchette.cout_seul == (effet.cout_seul, effet.cout_seul)
            assert fourchette.cout_actuel.bas <= effet.cout_actuel <= fourchette.cout_actuel.haut
            assert fourchette.ecart_aujourd_hui.bas <= effet.ecart_aujourd_hui <= fourchette.ecart_aujourd_hui.haut


def test_a_limit_that_breaks_at_one_end_of_the_range_says_which():
    membres = [Membre("A", 100), Membre("B", 100)]
    modele = ModeleCout(Indexation(2027), (CoutFixe("Service", 10000),))
    marges = Incertitude(couts=Fraction(1, 10))
    with pytest.raises(Impossible, match="Dans l'hypothèse haute"):
        compute_fourchettes(modele, membres, ReglesPartage(CleForfait(), Limites(maximum=5000)), [2027], marges)
    with pytest.raises(Impossible, match="Dans l'hypothèse basse"):
        compute_fourchettes(modele, membres, ReglesPartage(CleForfait(), Limites(minimum=5000)), [2027], marges)
    (fourchette,) = compute_fourchettes(modele, membres, ReglesPartage(CleForfait()), [2027], marges)["A"]
    assert fourchette.contribution == (4500, 5500)


@pytest.mark.parametrize(
    ("limites", "attendu"),
    [
        (Limites(), (2076, 4091)),  # 7.5 of 32.5 acts, 12.5 of 27.5
        (Limites(maximum=5000), (2076, 4091)),  # no scenario reaches the limit
        (Limites(maximum=4000), (1523, 4000)),  # safe bound: lowest rate 9000 / (3 x 12.5/27.5) times 7.5/32.5
    ],
)
def test_range_when_each_commune_may_have_miscounted(limites, attendu):
    membres = [Membre(code, 100, volumes={"PC": 10}) for code in "ABC"]
    modele = ModeleCout(Indexation(2027), (CoutFixe("Service", 9000),))
    marges = Incertitude(volumes_propres=dict.fromkeys("ABC", Fraction(1, 4)))
    fourchettes = compute_fourchettes(modele, membres, ReglesPartage(CleUsage(BAREME), limites), [2027], marges)
    assert {fourchette.contribution for (fourchette,) in fourchettes.values()} == {attendu}
