"""Cost of a perimeter: lines, posts, indexation, grants, part of the EPCI, cost alone, marginal cost, refusals."""

from dataclasses import replace
from fractions import Fraction

import pytest

from communaccord.noyau.partage import (
    Bareme,
    CoutFixe,
    DonneeInvalide,
    Effectif,
    Famille,
    Impossible,
    Indexation,
    Membre,
    MiseEnPlace,
    ModeleCout,
    PartEpci,
    Subvention,
    build_modele_seul,
    compute_cout,
    compute_cout_marginal,
    compute_couts_seuls,
)

ANNEES = (2027, 2028, 2029)
BAREME = Bareme({"PC": 1, "DP": Fraction(7, 10)}, "équivalent-PC")
A = Membre("A", 1000, "Commune A", volumes={"PC": 100, "DP": 100})
B = Membre("B", 3000, "Commune B", volumes={"PC": 200, "DP": 50})
MODELE = ModeleCout(
    indexation=Indexation(2027, personnel=Fraction(1, 50), autres=Fraction(1, 100)),
    couts_fixes=(CoutFixe("Logiciel", 1000000),),
    personnel=(Effectif(5000000, productivite=300, pas=Fraction(1, 2), bareme=BAREME),),
    couts_unitaires={"PC": 1000},
    cout_adhesion=20000,
    mises_en_place=(MiseEnPlace("Reprise", 1000000, 2027, 3),),
    subventions=(Subvention("Aide", 300000, frozenset({2028})),),
    part_epci=PartEpci(Fraction(1, 10), 50000),
)


def sum_lines(cout, famille):
    return tuple(map(sum, zip(*(ligne.cents for ligne in cout.lignes if ligne.famille is famille), strict=True)))


def test_each_line_of_the_cost():
    cout = compute_cout(MODELE, (A, B), ANNEES)
    assert (cout.postes[0].charge, cout.postes[0].besoin) == (405, Fraction(27, 20))
    assert cout.etp == Fraction(3, 2)
    assert sum_lines(cout, Famille.PERSONNEL) == (7500000, 7650000, 7803000)
    assert sum_lines(cout, Famille.FIXE) == (1000000, 1010000, 1020100)
    assert sum_lines(cout, Famille.UNITAIRE) == (300000, 303000, 306030)
    assert sum_lines(cout, Famille.ADHESION) == (40000, 40400, 40804)
    assert sum_lines(cout, Famille.MISE_EN_PLACE) == (333334, 333333, 333333)
    assert sum_lines(cout, Famille.SUBVENTION) == (0, -300000, 0)
    bruts = (9173334, 9036733, 9503267)
    assert sum_lines(cout, Famille.PART_EPCI) == tuple(-((b + 5) // 10) - 50000 for b in bruts)
    assert cout.a_repartir == tuple(b - (b + 5) // 10 - 50000 for b in bruts)
    assert (cout.excedent, cout.avertissements) == ((0, 0, 0), ())


def test_the_formula_of_each_line_gives_its_amount():
    for ligne in compute_cout(MODELE, (A, B), ANNEES).lignes:
        produit = Fraction(1)
        for facteur in ligne.formule:
            produit *= facteur.valeur
        for multiplicateur, cents in zip(ligne.multiplicateurs, ligne.cents, strict=True):
            tolerance = 1 if ligne.famille is Famille.MISE_EN_PLACE else Fraction(1, 2)
            assert abs(produit * multiplicateur - cents) <= tolerance


def test_volumes_may_be_fractions():
    moitie = replace(A, volumes={"PC": Fraction(201, 2), "DP": Fraction(1, 3)})
    assert compute_cout(MODELE, (moitie,), ANNEES).postes[0].charge == Fraction(201, 2) + Fraction(7, 30)


def test_grants_beyond_the_cost_leave_nothing_to_share_and_say_so():
    modele = replace(MODELE, subventions=(Subvention("Aide", 99999999, frozenset({2028})),))
    cout = compute_cout(modele, (A, B), ANNEES)
    assert cout.a_repartir[1] == 0
    assert cout.excedent == (0, 99999999 - 9336733, 0)
    assert sum(ligne.cents[1] for ligne in cout.lignes) == -cout.excedent[1]
    assert len(cout.avertissements) == 1
    assert "2028" in cout.avertissements[0]


def test_part_of_the_epci_is_never_more_than_the_cost():
    cout = compute_cout(replace(MODELE, part_epci=PartEpci(Fraction(1, 2), 10**12)), (A, B), ANNEES)
    assert cout.a_repartir == (0, 0, 0)
    assert cout.excedent == (0, 0, 0)


def test_cost_alone_is_the_same_model_without_fee_grant_nor_epci():
    seul = build_modele_seul(MODELE, (A, B))
    couts = compute_couts_seuls(MODELE, (A, B), ANNEES)
    assert couts == {m.code: compute_cout(seul, (m,), ANNEES).a_repartir for m in (A, B)}
    # A alone: 170 weighted acts over 300 by post, one post by halves; licence, 100 PC at 10 EUR, a third of the set-up.
    assert couts["A"][0] == 5000000 + 1000000 + 100000 + 333334


def test_a_model_for_the_cost_alone_and_an_amount_given_replace_the_default():
    seul = replace(build_modele_seul(MODELE, (A, B)), couts_fixes=())
    given = replace(B, cout_seul=700000)
    couts = compute_couts_seuls(MODELE, (A, given), ANNEES, seul)
    assert couts["A"][0] == 5000000 + 100000 + 333334
    assert couts["B"] == (700000, 707000, 714070)


def test_imposed_posts_become_the_productivity_they_imply():
    modele = replace(MODELE, personnel=(Effectif(5000000, etp_impose=2, pas=Fraction(1, 10), bareme=BAREME),))
    assert compute_cout(modele, (A, B), ANNEES).etp == 2
    seul = build_modele_seul(modele, (A, B))
    assert seul.personnel[0].productivite == Fraction(405, 2)
    assert compute_cout(seul, (A,), ANNEES).etp == Fraction(9, 10)  # 170 / 202.5 = 0.84


def test_cost_alone_stays_unknown_when_it_cannot_be_deduced():
    modele = ModeleCout(Indexation(2027), personnel=(Effectif(5000000, etp_impose=2),))
    sans = [Membre("A", 10), Membre("B", 20, cout_seul=1000)]
    assert build_modele_seul(modele, sans) is None
    assert compute_couts_seuls(modele, sans, [2027]) == {"A": None, "B": (1000,)}
    assert compute_couts_seuls(MODELE, (A, replace(B, volumes=None)), ANNEES)["B"] is None


def test_marginal_cost_of_a_commune():
    marginal = compute_cout_marginal(MODELE, (A, B), "A", ANNEES)
    avec, sans = (compute_cout(MODELE, perimetre, ANNEES).a_repartir for perimetre in ((A, B), (B,)))
    assert marginal == tuple(x - y for x, y in zip(avec, sans, strict=True))
    assert compute_cout_marginal(MODELE, (A,), "A", ANNEES) == compute_cout(MODELE, (A,), ANNEES).a_repartir
    with pytest.raises(DonneeInvalide, match="ne fait pas partie du périmètre"):
        compute_cout_marginal(MODELE, (A, B), "Z", ANNEES)


def test_what_the_model_does_not_read_may_be_unknown():
    modele = ModeleCout(Indexation(2027), couts_fixes=(CoutFixe("Licence", 100),))
    assert compute_cout(modele, (Membre("A", 1),), [2027]).a_repartir == (100,)
    assert compute_couts_seuls(modele, (Membre("A", 1),), [2027]) == {"A": (100,)}
    assert compute_cout(ModeleCout(Indexation(2027)), (Membre("A", 1),), [2027]).a_repartir == (0,)


@pytest.mark.parametrize(
    ("membres", "annees", "message"),
    [
        ((), ANNEES, "aucune commune"),
        ((A, replace(B, code="A")), ANNEES, "deux fois.*\u202f: A"),
        ((A,), (), "années"),
        ((A,), (2028, 2027), "années"),
        ((A, replace(B, volumes=None)), ANNEES, "volumes d'actes.*Commune B"),
        ((A, replace(B, volumes={"CU": 3})), ANNEES, "Commune B.*«\u202fCU\u202f»"),
    ],
)
def test_refusals_say_what_and_where(membres, annees, message):
    with pytest.raises(Impossible, match=message) as refus:
        compute_cout(MODELE, membres, annees)
    assert refus.value.motif.endswith(".")
    assert refus.value.remede.endswith(".")


@pytest.mark.parametrize(
    "build",
    [
        lambda: Membre("", 1),
        lambda: Membre("A", -1),
        lambda: Membre("A", 1, volumes={"PC": -1}),
        lambda: Membre("A", 1, volumes={"PC": 0.5}),
        lambda: Membre("A", 1, depense_actuelle=True),
        lambda: Membre("A", 1, depense_actuelle=Fraction(1, 2)),
        lambda: Membre("A", 1, temps=-1),
        lambda: Bareme({"PC": -1}),
        lambda: CoutFixe("Licence", -1),
        lambda: Effectif(100, productivite=0),
        lambda: Effectif(100, productivite=10, pas=Fraction(0)),
        lambda: Effectif(100),
        lambda: Effectif(100, productivite=10, etp_impose=1),
        lambda: Effectif(100, etp_impose=-1),
        lambda: MiseEnPlace("Reprise", 100, 2027, 0),
        lambda: Subvention("Aide", -1, frozenset()),
        lambda: PartEpci(Fraction(3, 2)),
        lambda: Indexation(2027, personnel=Fraction(-1)),
        lambda: Indexation(2027, autres=Fraction(-2)),
        lambda: ModeleCout(Indexation(2027), couts_unitaires={"PC": -1}),
    ],
)
def test_absurd_figures_are_refused_in_french(build):
    with pytest.raises(DonneeInvalide) as refus:
        build()
    assert refus.value.remede.endswith(".")
