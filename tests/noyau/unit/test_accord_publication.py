"""What a round publishes, in its own words: small cases worked by hand."""

from dataclasses import replace

import pytest

from communaccord.noyau.accord import (
    Clause,
    Confidentialite,
    Degre,
    Offre,
    OffreCommune,
    Position,
    Reponse,
    TourPublie,
    TypeClause,
    publish_tour,
)

PARTAGE = Confidentialite.PARTAGE
FINE = "\u202f"


def list_codes(nombre):
    return [f"C{rang:03}" for rang in range(nombre)]


def build_offre(nom, montants):
    codes = list_codes(len(montants))
    return Offre(nom, 2027, {c: OffreCommune(True, {2027: m}) for c, m in zip(codes, montants, strict=True)})


def limit(code, montant, confidentialite=Confidentialite.PLI):
    """One limit and its position, both sealed or both shared (and then declared to be all that there is)."""
    clause = Clause(TypeClause.CONTRIBUTION_MAX, Degre.CONDITION, montant=montant, confidentialite=confidentialite)
    declaree = confidentialite is PARTAGE
    return Reponse(code, Position.SOUS_CONDITIONS, None, (clause,), confidentialite, entierement_partagee=declaree)


def limit_all(montants, confidentialite=Confidentialite.PLI):
    return [limit(c, m, confidentialite) for c, m in zip(list_codes(len(montants)), montants, strict=True)]


def tell(reunies, total):
    """Sentence for one scenario at 10 and `reunies` communes of `total` that accept it."""
    reponses = limit_all([10] * reunies + [9] * (total - reunies))
    return publish_tour(reponses, [build_offre("S", [10] * total)]).scenarios["S"].phrase


@pytest.mark.parametrize(
    ("reunies", "total", "phrase"),
    [
        (24, 26, "Les conditions sont réunies pour au moins 22 communes sur 26."),
        (26, 26, "Les conditions sont réunies pour au moins 22 communes sur 26."),
        (22, 26, "Les conditions sont réunies pour au moins 22 communes sur 26."),
        (21, 26, "Les conditions sont réunies pour 21 communes sur 26."),
        (5, 26, "Les conditions sont réunies pour 5 communes sur 26."),
        (4, 26, "Les conditions sont réunies pour moins de 5 communes sur 26."),
        (0, 26, "Les conditions sont réunies pour moins de 5 communes sur 26."),
        (5, 10, "Les conditions sont réunies pour 5 communes sur 10."),
        (6, 10, "Les conditions sont réunies pour au moins 6 communes sur 10."),
        (5, 9, "Les conditions sont réunies pour au moins 5 communes sur 9."),
    ],
)
def test_a_count_is_exact_only_between_two_groups_of_five(reunies, total, phrase):
    assert tell(reunies, total) == phrase


def test_from_five_to_eight_sealed_answers_no_count_is_told_and_the_reason_is():
    for total in range(5, 9):
        for reunies in range(total + 1):
            assert tell(reunies, total).startswith(
                f"Nombre non publié{FINE}: moins de 9 réponses peuvent encore cacher quelque chose"
            )


def test_fewer_than_five_answers_tell_nothing_at_all():
    publication = publish_tour(limit_all([10] * 4), [build_offre("S", [10] * 4)])
    assert publication.motif.startswith(f"Rien n'est publié{FINE}: moins de 5 communes ont répondu")
    assert (publication.scenarios, publication.ouvertes, publication.positions) == ({}, None, {})


def test_answers_declared_wholly_shared_are_counted_exactly_even_in_small_groups():
    publication = publish_tour(limit_all([10] * 6 + [9], PARTAGE), [build_offre("S", [10] * 7)])
    assert publication.scenarios["S"].phrase == "Les conditions sont réunies pour 6 communes sur 7."
    favorables = f"Position «{FINE}favorable sous conditions{FINE}»{FINE}: 7 communes sur 7."
    assert publication.positions[Position.SOUS_CONDITIONS].phrase == favorables
    defavorables = publication.positions[Position.DEFAVORABLE]
    assert (defavorables.bas, defavorables.haut, defavorables.publie) == (0, 0, True)


def seal(montant, degre=Degre.CONDITION):
    return Clause(TypeClause.CONTRIBUTION_MAX, degre, montant=montant)


def answer_favorable(code, *clauses, declaree=False):
    return Reponse(code, Position.FAVORABLE, None, clauses, PARTAGE, entierement_partagee=declaree)


@pytest.mark.parametrize("scellees", [[seal(0)], [seal(10)], [seal(9), seal(8)], [seal(0, Degre.SOUHAIT)]])
def test_a_shared_position_does_not_tell_whether_a_clause_is_sealed_beside_it(scellees):
    """Twelve shared positions, one sealed clause or none: the very same publication."""
    offres = [build_offre("A", [10] * 12), build_offre("B", [9, *[10] * 11])]
    codes = list_codes(12)
    sans = publish_tour([answer_favorable(c) for c in codes], offres)
    avec = publish_tour([answer_favorable(codes[0], *scellees), *map(answer_favorable, codes[1:])], offres)
    assert avec == sans
    assert sans.scenarios["A"].phrase == "Les conditions sont réunies pour au moins 8 communes sur 12."
    assert not sans.scenarios["B"].publie


def test_the_reason_of_a_near_scenario_does_not_tell_whether_a_clause_is_sealed():
    """Only X shows its position, and B differs from A for X alone: the words do not name X."""
    offres = [build_offre("A", [10] * 12), build_offre("B", [9, *[10] * 11])]
    codes = list_codes(12)
    autres = [Reponse(c, Position.FAVORABLE) for c in codes[1:]]
    vues = [publish_tour([answer_favorable(codes[0], *c), *autres], offres) for c in ((), (seal(9),), (seal(5),))]
    assert vues[0] == vues[1] == vues[2]
    assert [c.publie for c in vues[0].scenarios.values()] == [True, False]


def test_a_closed_position_or_three_shared_clauses_leave_nothing_to_hide():
    """Known without any declaration: nobody can seal a fourth clause, and no clause opens a closed position."""
    codes = list_codes(7)
    offre = build_offre("S", [10] * 7)
    partagee = replace(seal(10), confidentialite=PARTAGE)
    pleines = [answer_favorable(c, partagee, partagee, partagee) for c in codes[:6]]
    contre = Reponse(codes[6], Position.DEFAVORABLE, None, (seal(99),), PARTAGE)
    compte = publish_tour([*pleines, contre], [offre]).scenarios["S"]
    assert compte.phrase == "Les conditions sont réunies pour 6 communes sur 7."
    presque = [answer_favorable(c, partagee, partagee) for c in codes[:6]]
    assert not publish_tour([*presque, contre], [offre]).scenarios["S"].publie


def test_a_declaration_that_is_not_true_is_refused():
    notes = replace(seal(1), confidentialite=Confidentialite.NOTES)
    assert answer_favorable("C", notes, declaree=True).entierement_partagee
    for clauses in ([seal(1)], [seal(1, Degre.SOUHAIT)]):
        with pytest.raises(ValueError, match="entièrement partagée"):
            answer_favorable("C", *clauses, declaree=True)
    with pytest.raises(ValueError, match="entièrement partagée"):
        Reponse("C", Position.FAVORABLE, entierement_partagee=True)


def test_shared_answers_do_not_hide_sealed_ones():
    """Ten shared answers and four sealed: whoever subtracts the shared ones must learn nothing."""
    codes = list_codes(14)
    reponses = [limit(c, 10, PARTAGE) for c in codes[:10]] + [limit(c, 10) for c in codes[10:]]
    assert not publish_tour(reponses, [build_offre("S", [10] * 14)]).scenarios["S"].publie


def test_a_band_stands_above_what_everybody_can_count():
    codes = list_codes(22)
    reponses = [limit(c, 10, PARTAGE) for c in codes[:10]] + [limit(c, 9) for c in codes[10:]]
    compte = publish_tour(reponses, [build_offre("S", [10] * 22)], avec_positions=False).scenarios["S"]
    assert (compte.bas, compte.haut) == (10, 14)
    assert compte.phrase == "Les conditions sont réunies pour 10 à 14 communes sur 22."


def test_a_commune_out_of_the_perimeter_is_not_in_the_total():
    offre = Offre("S", 2027, {c: OffreCommune(True, {2027: 10}) for c in list_codes(12)})
    compte = publish_tour(limit_all([10] * 6 + [9] * 9), [offre]).scenarios["S"]
    assert compte.phrase == "Les conditions sont réunies pour 6 communes sur 12."


def test_a_position_kept_in_the_notes_is_not_an_answer():
    notes = Reponse("C011", Position.FAVORABLE, confidentialite_position=Confidentialite.NOTES)
    publication = publish_tour([*limit_all([10] * 11), notes], [build_offre("S", [10] * 12)])
    assert publication.reponses == 11
    assert publication.scenarios["S"].sur == 11


def test_the_later_of_two_near_scenarios_is_not_counted_and_says_why():
    loin, pres = [7] * 26, [10] * 22 + [11] * 4
    premiere = replace(build_offre("A", [10] * 26), libelle="Socle")
    offres = [premiere, build_offre("B", pres), build_offre("C", loin)]
    scenarios = publish_tour(limit_all([8] * 13 + [10] * 13), offres).scenarios
    assert [compte.publie for compte in scenarios.values()] == [True, False, True]
    assert scenarios["B"].phrase == (
        f"Nombre non publié{FINE}: ce scénario est trop proche du scénario «{FINE}Socle{FINE}», et l'écart de leurs "
        "comptes dirait quelque chose d'un groupe de moins de 5 communes."
    )


def test_a_scenario_of_an_earlier_round_counts_as_a_neighbour():
    reponses = limit_all([8] * 13 + [10] * 13)
    offre = build_offre("A", [10] * 26)
    tour = TourPublie((offre,), tuple(reponses), publish_tour(reponses, [offre]))
    encore = publish_tour(reponses, [offre], anterieurs=[tour]).scenarios["A"]
    assert encore.phrase == (
        f"Nombre non publié{FINE}: ce scénario est trop proche du scénario «{FINE}A{FINE}» d'un tour précédent, et "
        "l'écart de leurs comptes dirait quelque chose d'un groupe de moins de 5 communes."
    )
    autre = publish_tour(reponses, [build_offre("B", [8] * 26)], anterieurs=[tour]).scenarios["B"]
    assert autre.phrase == "Les conditions sont réunies pour au moins 22 communes sur 26."


def test_a_cheaper_scenario_never_tells_that_few_communes_changed_their_mind():
    """Everybody pays less in B: its count is at least the 10 of A, and how many moved, under five, is not told."""
    reponses = limit_all([10] * 10 + [8] * 2 + [5] * 14)
    scenarios = publish_tour(reponses, [build_offre("A", [10] * 26), build_offre("B", [8] * 26)]).scenarios
    assert (scenarios["A"].bas, scenarios["A"].haut) == (10, 10)
    assert scenarios["B"].phrase == "Les conditions sont réunies pour 10 à 14 communes sur 26."


def test_answers_that_contradict_an_earlier_count_do_not_stop_the_publication():
    """Twenty accepted A; sixteen now share a limit under it: the earlier count is set aside and the new one is told."""
    offre_a, offre_b = build_offre("A", [10] * 26), build_offre("B", [8] * 26)
    avant = limit_all([10] * 20 + [5] * 6)
    tour = TourPublie((offre_a,), tuple(avant), publish_tour(avant, [offre_a]))
    codes = list_codes(26)
    maintenant = [limit(c, 5, PARTAGE) for c in codes[:16]] + [limit(c, 5) for c in codes[16:]]
    compte = publish_tour(maintenant, [offre_b], anterieurs=[tour]).scenarios["B"]
    assert compte.phrase == "Les conditions sont réunies pour moins de 5 communes sur 26."


def test_an_earlier_count_refuses_the_same_way_whatever_the_new_answers_are():
    """A was told 20 and B costs less: seven values are left, nothing is told, were everybody to have changed or not."""
    offre_a, offre_b = build_offre("A", [10] * 26), build_offre("B", [8] * 26)
    avant = limit_all([10] * 20 + [5] * 6)
    tour = TourPublie((offre_a,), tuple(avant), publish_tour(avant, [offre_a]))
    vus = {
        publish_tour(limit_all([montant] * 26), [offre_b], anterieurs=[tour]).scenarios["B"] for montant in (5, 8, 10)
    }
    assert [compte.publie for compte in vus] == [False]


def test_positions_are_told_one_after_the_other_and_the_rest_is_kept():
    positions = [Position.FAVORABLE] * 14 + [Position.SOUS_CONDITIONS] * 4 + [Position.DEFAVORABLE] * 22
    reponses = [Reponse(c, p) for c, p in zip(list_codes(40), positions, strict=True)]
    publication = publish_tour(reponses, [])
    dites = {p: (c.bas, c.haut) if c.publie else None for p, c in publication.positions.items()}
    assert publication.ouvertes.bas == publication.ouvertes.haut == 18
    assert dites[Position.FAVORABLE] == (14, 18)
    assert dites[Position.SOUS_CONDITIONS] is None
    assert dites[Position.DEFAVORABLE] == (18, 22)


def test_a_count_out_of_the_budget_of_the_audit_is_not_told():
    """158 communes and four scenarios that everybody may answer apart."""
    codes = list_codes(158)
    montants = [[10, 20, 15, 12], [20, 10, 12, 15]]
    offres = [
        Offre(
            "ABCD"[rang],
            2027,
            {c: OffreCommune(True, {2027: montants[i % 2][rang]}) for i, c in enumerate(codes)},
        )
        for rang in range(4)
    ]
    publication = publish_tour(limit_all([13] * 158), offres)
    assert [c.publie for c in publication.scenarios.values()] == [True, True, True, False]
    assert "il y en aurait trop" in publication.scenarios["D"].phrase
    assert not publication.ouvertes.publie
    assert all(not compte.publie for compte in publication.positions.values())


def test_what_does_not_hold_together_is_refused():
    with pytest.raises(ValueError, match="deux réponses"):
        publish_tour(limit_all([1]) * 2, [])
    with pytest.raises(ValueError, match="même identifiant"):
        publish_tour([], [build_offre("A", [1]), build_offre("A", [2])])
    with pytest.raises(ValueError, match="ne protège personne"):
        publish_tour([], [], seuil=2)
