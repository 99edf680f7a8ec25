"""Keys, limits, phase-in, rests, effects, explanations, posted prices."""

from fractions import Fraction

import pytest

from communaccord.noyau.exact import EgaliteReste
from communaccord.noyau.partage import (
    Bareme,
    CleForfait,
    CleMixte,
    ClePopulation,
    ClePotentielFiscal,
    CleTemps,
    CleUsage,
    CoutFixe,
    DonneeInvalide,
    Effectif,
    Impossible,
    Indexation,
    LimiteAppliquee,
    Limites,
    Lissage,
    Membre,
    ModeleCout,
    MotifReste,
    ReglesPartage,
    Tarif,
    compute_cout,
    compute_effets,
    compute_partage,
    compute_partage_tarif,
    compute_prix,
    compute_simulation,
    explain,
)
from communaccord.noyau.partage.erreurs import format_euros, format_pourcent

DOSSIER = CleUsage(Bareme({"dossier": 1}, "dossiers"))
A = Membre("A", 100, "Commune A", {"dossier": 10}, 1, 500, depense_actuelle=3000, temps_actuel=1000)
B = Membre("B", 300, "Commune B", {"dossier": 10}, 4, 500, depense_actuelle=0, temps_actuel=2000)
C = Membre("C", 600, "Commune C", {"dossier": 20}, 5, 1000, depense_actuelle=2000, temps_actuel=0)
TOUS = (A, B, C)


def build_cout(montant=10000, membres=TOUS, annees=(2027,)):
    return compute_cout(ModeleCout(Indexation(2027), (CoutFixe("Service", montant),)), membres, annees)


def share(regles, montant=10000, membres=TOUS):
    return compute_partage(build_cout(montant, membres), membres, regles).annees[0]


def list_contributions(regles, montant=10000, membres=TOUS):
    annuel = share(regles, montant, membres)
    return tuple(annuel.contributions[membre.code] for membre in membres)


@pytest.mark.parametrize(
    ("cle", "attendu"),
    [
        (ClePopulation(), (1000, 3000, 6000)),
        (DOSSIER, (2500, 2500, 5000)),
        (CleForfait(), (3334, 3333, 3333)),
        (CleTemps(), (1000, 4000, 5000)),
        (ClePotentielFiscal(), (2500, 2500, 5000)),
        (CleMixte(((Fraction(1, 2), ClePopulation()), (Fraction(1, 2), DOSSIER))), (1750, 2750, 5500)),
    ],
)
def test_each_key(cle, attendu):
    assert list_contributions(ReglesPartage(cle)) == attendu


def test_the_tie_met_by_the_last_cent_is_told():
    assert share(ReglesPartage(CleForfait())).egalite == EgaliteReste(("A", "B", "C"), ("A",))
    assert share(ReglesPartage(ClePopulation())).egalite is None


def test_the_solidarity_key_is_marked():
    cle = CleMixte(((Fraction(1, 2), ClePotentielFiscal()), (Fraction(1, 2), ClePopulation())))
    for regles in (ReglesPartage(cle), ReglesPartage(ClePotentielFiscal())):
        (avertissement,) = compute_partage(build_cout(), TOUS, regles).avertissements
        assert "clé de solidarité, à valider" in avertissement
    assert compute_partage(build_cout(), TOUS, ReglesPartage(ClePopulation())).avertissements == ()


@pytest.mark.parametrize(
    ("limites", "attendu"),
    [
        (Limites(minimum=2000), (2000, 2667, 5333)),
        (Limites(maximum=5000), (1250, 3750, 5000)),
        (Limites(minimum=1500, maximum=5000), (1500, 3500, 5000)),
        (Limites(minimum_par_habitant=Fraction(25, 2)), (1250, 3750, 7500)),
        (Limites(maximum_par_habitant=11), (1000, 3000, 6000)),
        (Limites(minimum=1100, minimum_par_habitant=Fraction(1, 3)), (1100, 2967, 5933)),
    ],
)
def test_limits_shift_the_rest_in_proportion(limites, attendu):
    montant = sum(attendu)
    assert list_contributions(ReglesPartage(ClePopulation(), limites), montant) == attendu


def test_an_exact_amount_above_the_maximum_by_less_than_a_cent_meets_it():
    """100 cents for 1 and 2 inhabitants: 66.67 is above 66, even though no whole cent separates them."""
    petits = (Membre("A", 1, "Commune A"), Membre("B", 2, "Commune B"))
    assert list_contributions(ReglesPartage(ClePopulation(), Limites(maximum=66)), 100, petits) == (34, 66)
    assert list_contributions(ReglesPartage(ClePopulation(), Limites(maximum=67)), 100, petits) == (33, 67)
    assert list_contributions(ReglesPartage(ClePopulation(), Limites(minimum=34)), 100, petits) == (34, 66)


@pytest.mark.parametrize(
    ("limites", "dossiers", "attendu"),
    [
        # 100 inhabitants x 1/3 cent = 33.33: a minimum is reached, so 34; a maximum is not passed, so 33.
        (Limites(minimum_par_habitant=Fraction(1, 3)), (1, 9), (34, 66)),
        (Limites(maximum_par_habitant=Fraction(1, 3)), (9, 1), (33, 66)),
    ],
)
def test_limits_by_inhabitant_are_rounded_within_themselves(limites, dossiers, attendu):
    petite, grande = dossiers
    membres = (
        Membre("A", 100, "Commune A", {"dossier": petite}),
        Membre("B", 198, "Commune B", {"dossier": grande}),
    )
    montant = sum(attendu)
    assert list_contributions(ReglesPartage(DOSSIER, limites), montant, membres) == attendu


def test_maximums_that_cannot_cover_the_cost_name_the_bearer_or_are_refused():
    limites = Limites(maximum=2000)
    annuel = share(ReglesPartage(ClePopulation(), limites, porteur_du_reste="EPCI"))
    assert annuel.contributions == {"A": 2000, "B": 2000, "C": 2000}
    assert annuel.restes == ((4000, "EPCI", MotifReste.MAXIMUMS),)
    with pytest.raises(Impossible, match=r"maximales.*2027.*40,00\u00a0€.*Relevez"):
        share(ReglesPartage(ClePopulation(), limites))


def test_a_key_nobody_uses_names_the_bearer_or_is_refused():
    vides = tuple(Membre(c, 100, volumes={"dossier": 0}) for c in "AB")
    moitie = CleMixte(((Fraction(1, 2), ClePopulation()), (Fraction(1, 2), DOSSIER)))
    annuel = share(ReglesPartage(moitie, porteur_du_reste="EPCI"), 10001, vides)
    assert annuel.contributions == {"A": 2500, "B": 2500}
    assert annuel.restes == ((5001, "EPCI", MotifReste.USAGE_NUL),)
    with pytest.raises(Impossible, match="usage"):
        share(ReglesPartage(moitie), 10000, vides)
    seul = ReglesPartage(DOSSIER, Limites(minimum=1000), porteur_du_reste="EPCI")
    annuel = share(seul, 10000, vides)
    assert annuel.contributions == {"A": 1000, "B": 1000}
    assert annuel.restes == ((8000, "EPCI", MotifReste.USAGE_NUL),)


def test_both_rests_at_once_sum_to_what_is_not_paid():
    membres = (Membre("A", 100, volumes={}), Membre("B", 100, volumes={}))
    moitie = CleMixte(((Fraction(1, 2), ClePopulation()), (Fraction(1, 2), DOSSIER)))
    annuel = share(ReglesPartage(moitie, Limites(maximum=2000), porteur_du_reste="EPCI"), 10000, membres)
    assert [(reste.cents, reste.motif) for reste in annuel.restes] == [
        (5000, MotifReste.USAGE_NUL),
        (1000, MotifReste.MAXIMUMS),
    ]


def test_minimums_above_the_cost_are_refused():
    with pytest.raises(Impossible, match=r"minimales font 150,00\u00a0€.*100,00\u00a0€"):
        share(ReglesPartage(ClePopulation(), Limites(minimum=5000)))


def test_a_minimum_above_the_maximum_names_the_commune():
    with pytest.raises(Impossible, match=r"Commune A.*10,00\u00a0€.*1,00\u00a0€"):
        share(ReglesPartage(ClePopulation(), Limites(minimum=1000, maximum_par_habitant=1)))


def test_phase_in_goes_from_the_split_of_today_to_the_key():
    annees = (2027, 2028, 2029, 2030)
    regles = ReglesPartage(ClePopulation(), lissage=Lissage(2))
    partage = compute_partage(build_cout(8000, TOUS, annees), TOUS, regles)
    # Today: 4000, 2000, 2000 of 8000; by population: 800, 2400, 4800.
    attendus = [(4000, 2000, 2000), (2400, 2200, 3400), (800, 2400, 4800), (800, 2400, 4800)]
    assert [tuple(annuel.contributions.values()) for annuel in partage.annees] == attendus
    depart = ReglesPartage(ClePopulation(), lissage=Lissage(2, Fraction(1, 2)))
    premier = compute_partage(build_cout(8000, TOUS, annees), TOUS, depart).annees[0]
    assert tuple(premier.contributions.values()) == attendus[1]


@pytest.mark.parametrize(
    ("membres", "regles", "message"),
    [
        ((A, Membre("D", 5, "Commune D")), ReglesPartage(ClePopulation(), lissage=Lissage(3)), "Commune D"),
        ((Membre("D", 5, depense_actuelle=0, temps_actuel=0),), ReglesPartage(CleForfait(), lissage=Lissage(3)), "nul"),
        ((A, Membre("D", 5, "Commune D")), ReglesPartage(DOSSIER), "usage.*Commune D"),
        ((A, Membre("D", 5, "Commune D")), ReglesPartage(CleTemps()), "temps.*Commune D"),
        ((A, Membre("D", 5, "Commune D")), ReglesPartage(ClePotentielFiscal()), "fiscal.*Commune D"),
        ([Membre(f"D{i}", 5) for i in range(9)], ReglesPartage(CleTemps()), "D4 et 4 autres"),
    ],
)
def test_unknown_figures_are_refused_by_name_never_read_as_zero(membres, regles, message):
    with pytest.raises(Impossible, match=message):
        share(regles, 10000, membres)


def test_the_members_must_be_those_of_the_cost():
    with pytest.raises(DonneeInvalide, match="autre périmètre"):
        compute_partage(build_cout(), (A, B), ReglesPartage(ClePopulation()))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: CleMixte(((Fraction(1, 2), ClePopulation()),)), "50\u202f%"),
        (lambda: CleMixte(((Fraction(3, 2), ClePopulation()), (Fraction(-1, 2), CleForfait()))), "négatif"),
        (lambda: CleMixte(()), "0\u202f%"),
        (lambda: Lissage(0), "lissage"),
        (lambda: Lissage(2, Fraction(2)), "lissage"),
        (lambda: Limites(minimum=-1), "négatif"),
        (lambda: Limites(maximum_par_habitant=0.5), "exact"),
        (lambda: Tarif(par_acte={"PC": -1}), "négatif"),
    ],
)
def test_absurd_rules_are_refused(build, message):
    with pytest.raises(DonneeInvalide, match=message):
        build()


def test_effects_against_both_baselines_and_in_three_parts():
    indexation = Indexation(2026, aujourd_hui=Fraction(1, 10))
    partage = compute_partage(build_cout(), TOUS, ReglesPartage(ClePopulation()))
    effet = compute_effets(TOUS, partage, {"A": (9000,), "B": None, "C": (100,)}, indexation)["A"][0]
    assert (effet.contribution, effet.cout_actuel, effet.cout_seul) == (1000, 4400, 9000)
    assert (effet.ecart_aujourd_hui, effet.ecart_seul) == (-3400, -8000)
    assert (effet.depense_evitee, effet.temps_libere, effet.service_nouveau) == (2300, 1100, 4600)
    assert effet.benefice_seul == 8000
    assert (effet.par_habitant, effet.par_acte) == (10, 100)


def test_unknown_stays_unknown_in_effects():
    membre = Membre("A", 0, depense_actuelle=500)
    partage = compute_partage(build_cout(membres=(membre,)), (membre,), ReglesPartage(CleForfait()))
    effet = compute_effets((membre,), partage, {"A": None}, Indexation(2027))["A"][0]
    assert effet.depense_evitee == 500 - 10000
    inconnus = (effet.cout_actuel, effet.ecart_aujourd_hui, effet.ecart_seul, effet.benefice_seul)
    assert inconnus == (None,) * 4
    assert (effet.service_nouveau, effet.par_habitant, effet.par_acte, effet.temps_libere) == (None,) * 4


def test_simulation_holds_the_four_parts_together():
    personnel = (Effectif(4000000, productivite=20),)
    modele = ModeleCout(Indexation(2027), personnel=personnel)
    simulation = compute_simulation(modele, TOUS, ReglesPartage(DOSSIER), (2027, 2028))
    assert simulation.cout.a_repartir == (8000000, 8000000)
    assert simulation.couts_seuls["C"] == (4000000, 4000000)
    assert [effet.contribution for effet in simulation.effets["C"]] == [4000000, 4000000]
    assert simulation.effets["C"][0].ecart_seul == 0


def test_explanation_with_phase_in_and_limit():
    cle = CleMixte(((Fraction(1, 4), ClePopulation()), (Fraction(3, 4), DOSSIER)))
    regles = ReglesPartage(cle, Limites(minimum=3000), Lissage(2, Fraction(1, 2)))
    cout = build_cout(10000, TOUS, (2027, 2028))
    fiche = explain(cout, TOUS, regles, "C", 2027)
    population, usage = fiche.criteres
    assert (population.base, population.base_totale, population.prix_unitaire) == (600, 1000, Fraction(5, 2))
    assert (usage.unite, usage.part, usage.prix_unitaire) == ("dossiers", Fraction(3, 8), Fraction(375, 2))
    assert fiche.part_cle == Fraction(21, 40)
    assert (fiche.poids_aujourd_hui, fiche.part_aujourd_hui) == (Fraction(1, 2), Fraction(1, 4))
    assert fiche.part == Fraction(31, 80)
    assert fiche.montant_cle == 3875
    # B pays its minimum; A (35.625 %) and C (38.75 %) share the 7000 that are left in proportion.
    partage = compute_partage(cout, TOUS, regles).annees[0]
    assert partage.contributions["B"] == 3000
    assert fiche.montant_exact == fiche.coefficient * fiche.montant_cle == Fraction(7000 * 62, 57 + 62)
    assert fiche.contribution == partage.contributions["C"] == fiche.montant_exact + fiche.arrondi
    limite = explain(cout, TOUS, regles, "B", 2027)
    assert (limite.limite, limite.montant_exact, limite.arrondi) == (LimiteAppliquee.MINIMUM, 3000, 0)


def test_explanation_out_of_the_simulation_is_refused():
    for code, annee in (("Z", 2027), ("A", 2050)):
        with pytest.raises(DonneeInvalide, match="hors de la simulation"):
            explain(build_cout(), TOUS, ReglesPartage(CleForfait()), code, annee)


def test_posted_prices_leave_a_surplus_to_the_bearer():
    tarif = Tarif(forfait=5000, par_habitant=Fraction(1, 3))
    assert compute_prix(TOUS, tarif) == {"A": 5033, "B": 5100, "C": 5200}
    annuel = compute_partage_tarif(build_cout(), TOUS, tarif, "EPCI").annees[0]
    assert annuel.restes == ((-5333, "EPCI", MotifReste.TARIF),)
    assert compute_partage_tarif(build_cout(15333), TOUS, tarif, "EPCI").annees[0].restes == ()
    with pytest.raises(Impossible, match=r"temps.*D"):
        compute_prix((Membre("D", 1),), Tarif(par_temps=100))


def test_amounts_and_ratios_are_written_in_french():
    assert format_euros(-123456789) == "-1\u202f234\u202f567,89\u00a0€"
    assert format_pourcent(Fraction(1, 3)) == "33,33\u202f%"
    assert format_pourcent(Fraction(1)) == "100\u202f%"
