"""Clauses, answers, offers: what is refused, what is judged, what is told, what would meet it."""

from fractions import Fraction

import pytest

from communaccord.noyau.accord import (
    Ajustement,
    Clause,
    Confidentialite,
    Degre,
    Engagement,
    EtatConditions,
    Offre,
    OffreCommune,
    Position,
    Reponse,
    Sens,
    TypeClause,
    UniteAjustement,
    build_a_vous_seule,
    check_clause,
    check_reponse,
)

CONDITION = Degre.CONDITION
MAX_300 = Clause(TypeClause.CONTRIBUTION_MAX, CONDITION, montant=30000)
MAX_200 = Clause(TypeClause.CONTRIBUTION_MAX, CONDITION, montant=20000)
LIBRE = Clause(TypeClause.AUTRE, CONDITION, texte="Garder le nom du service.")


def build_offre(contributions=None, gains=None, **champs):
    locale = OffreCommune(True, contributions or {2027: 10000, 2028: 25000, 2029: 25000}, gains)
    communes = {"A": locale, "B": OffreCommune(True, {2027: 1}), "C": OffreCommune(False)}
    return Offre("S", champs.pop("annee_debut", 2027), champs.pop("communes", communes), **champs)


def judge(clause, offre):
    verdict = check_clause(clause, offre, "A")
    return verdict.sens, verdict.explication, verdict.ajustement, verdict.annee


@pytest.mark.parametrize(
    ("champs", "extrait"),
    [
        ({"type": TypeClause.CONTRIBUTION_MAX}, "il manque un montant"),
        ({"type": TypeClause.ANNEE_MIN}, "il manque une année"),
        ({"type": TypeClause.HAUSSE_MAX}, "il manque un taux"),
        ({"type": TypeClause.AVEC_COMMUNE}, "il manque une commune"),
        ({"type": TypeClause.AVEC_COMMUNE, "commune": ""}, "la commune est vide"),
        ({"type": TypeClause.AUTRE, "texte": "  "}, "le texte est vide"),
        ({"type": TypeClause.PERMANENCE, "montant": 3}, "elle ne lit pas un montant"),
        ({"type": TypeClause.GAIN_MIN, "montant": -1}, "le montant est négatif"),
        ({"type": TypeClause.GAIN_MIN, "montant": 1.5}, "n'est pas un nombre entier"),
        ({"type": TypeClause.GAIN_MIN, "montant": True}, "n'est pas un nombre entier"),
        ({"type": TypeClause.ANNEE_MIN, "annee": 28}, "n'est pas une année"),
        ({"type": TypeClause.HAUSSE_MAX, "taux": 0.02}, "le taux doit être exact"),
        ({"type": TypeClause.HAUSSE_MAX, "taux": Fraction(-1, 50)}, "le taux doit être exact et positif"),
    ],
)
def test_a_clause_that_does_not_hold_together_is_refused(champs, extrait):
    with pytest.raises(ValueError, match=extrait):
        Clause(degre=CONDITION, **champs)


def test_an_answer_that_does_not_hold_together_is_refused():
    with pytest.raises(ValueError, match="au plus trois clauses, celle-ci en a 4"):
        Reponse("A", Position.SOUS_CONDITIONS, None, (LIBRE,) * 4)
    with pytest.raises(ValueError, match="désigne la commune qui répond"):
        Reponse("A", Position.FAVORABLE, None, (Clause(TypeClause.AVEC_COMMUNE, CONDITION, commune="A"),))
    with pytest.raises(ValueError, match="n'a pas de commune"):
        Reponse("", Position.FAVORABLE)


@pytest.mark.parametrize(
    ("build", "extrait"),
    [
        (lambda: OffreCommune(True), "n'a aucune contribution"),
        (lambda: OffreCommune(True, {2027: -1}), "est négative"),
        (lambda: OffreCommune(True, {2027: 1, 2029: 1}), "Il manque une année"),
        (lambda: Offre("", 2027, {}), "n'a pas d'identifiant"),
        (lambda: Offre("S", 2028, {"A": OffreCommune(True, {2027: 1})}), "précède le début"),
        (lambda: build_offre(hausse_max=0.02), "doit être exact"),
    ],
)
def test_an_offer_that_does_not_hold_together_is_refused(build, extrait):
    with pytest.raises(ValueError, match=extrait):
        build()


def test_a_maximum_is_judged_on_the_dearest_year_and_says_which():
    assert judge(MAX_300, build_offre())[0] is Sens.REUNIE
    sens, phrase, ajustement, annee = judge(MAX_200, build_offre())
    assert (sens, annee) == (Sens.NON_REUNIE, 2028)
    assert ajustement == Ajustement(UniteAjustement.CENTIMES_EN_MOINS, cents=5000)
    assert phrase == (
        "En 2028, l'année la plus élevée, la contribution serait de 250,00\u00a0€, soit 50,00\u00a0€ de plus que le "
        "maximum de 200,00\u00a0€."
    )


def test_a_maximum_of_a_year_reads_that_year_only():
    en_2027 = Clause(TypeClause.CONTRIBUTION_MAX, CONDITION, montant=20000, annee=2027)
    assert judge(en_2027, build_offre())[0] is Sens.REUNIE
    en_2040 = Clause(TypeClause.CONTRIBUTION_MAX, CONDITION, montant=20000, annee=2040)
    assert judge(en_2040, build_offre())[:2] == (
        Sens.A_APPRECIER,
        "Le scénario ne donne pas de contribution pour 2040.",
    )


def test_a_limit_reached_exactly_is_met():
    assert judge(Clause(TypeClause.CONTRIBUTION_MAX, CONDITION, montant=25000), build_offre())[0] is Sens.REUNIE
    assert judge(Clause(TypeClause.CONTRIBUTION_MAX, CONDITION, montant=24999), build_offre())[0] is Sens.NON_REUNIE


def test_a_gain_is_judged_in_regime_de_croisiere():
    gain = Clause(TypeClause.GAIN_MIN, CONDITION, montant=5000)
    gains = {2027: -9000, 2028: 5000, 2029: 4000}
    assert judge(gain, build_offre(gains=gains, annee_croisiere=2028))[0] is Sens.REUNIE
    sens, phrase, ajustement, annee = judge(gain, build_offre(gains=gains))
    assert (sens, annee) == (Sens.NON_REUNIE, 2029)
    assert ajustement == Ajustement(UniteAjustement.CENTIMES_EN_PLUS, cents=1000)
    assert phrase.startswith("En 2029, en régime de croisière, le gain serait de 40,00\u00a0€")
    en_2027 = Clause(TypeClause.GAIN_MIN, CONDITION, montant=0, annee=2027)
    sens, phrase, ajustement, _ = judge(en_2027, build_offre(gains=gains))
    assert "coûterait 90,00\u00a0€ de plus qu'aujourd'hui" in phrase
    assert ajustement.cents == 9000


def test_an_unknown_gain_is_never_read_as_zero():
    gain = Clause(TypeClause.GAIN_MIN, CONDITION, montant=0)
    assert judge(gain, build_offre())[0] is Sens.A_APPRECIER
    assert "n'est pas connu" in judge(gain, build_offre())[1]
    assert "ne le donne pas" in judge(gain, build_offre(gains={2027: 5}))[1]


def test_with_a_commune_and_not_before_a_year():
    assert judge(Clause(TypeClause.AVEC_COMMUNE, CONDITION, commune="B"), build_offre())[0] is Sens.REUNIE
    for absente in ("C", "D"):
        clause = Clause(TypeClause.AVEC_COMMUNE, CONDITION, commune=absente)
        sens, _, ajustement, _ = judge(clause, build_offre())
        assert (sens, ajustement) == (Sens.NON_REUNIE, Ajustement(UniteAjustement.COMMUNE, commune=absente))
    assert judge(Clause(TypeClause.ANNEE_MIN, CONDITION, annee=2027), build_offre())[0] is Sens.REUNIE
    sens, phrase, ajustement, _ = judge(Clause(TypeClause.ANNEE_MIN, CONDITION, annee=2029), build_offre())
    assert (sens, ajustement) == (Sens.NON_REUNIE, Ajustement(UniteAjustement.ANNEES, annees=2))
    assert phrase == "Le service commencerait en 2027, soit 2 ans avant l'année 2029 demandée."


def test_a_cap_on_rise_asks_for_an_undertaking_and_for_figures_that_keep_it():
    plafond = Clause(TypeClause.HAUSSE_MAX, CONDITION, taux=Fraction(1, 10))
    plat = {2027: 100, 2028: 110, 2029: 120}
    assert judge(plafond, build_offre(plat, hausse_max=Fraction(1, 10)))[0] is Sens.REUNIE
    sens, phrase, ajustement, _ = judge(plafond, build_offre(plat))
    assert sens is Sens.NON_REUNIE
    assert "ne s'engage sur aucun plafond" in phrase
    assert ajustement == Ajustement(UniteAjustement.TAUX, taux=Fraction(1, 10))
    assert "à 20\u202f% par an" in judge(plafond, build_offre(plat, hausse_max=Fraction(1, 5)))[1]
    raide = build_offre({2027: 100, 2028: 125}, hausse_max=Fraction(1, 10))
    sens, phrase, _, annee = judge(plafond, raide)
    assert (sens, annee) == (Sens.NON_REUNIE, 2028)
    assert "augmenterait de 25\u202f%" in phrase
    de_zero = judge(plafond, build_offre({2027: 0, 2028: 1}, hausse_max=Fraction(1, 10)))
    assert de_zero[0] is Sens.NON_REUNIE
    assert de_zero[2] is None


@pytest.mark.parametrize("engagement", Engagement)
def test_an_undertaking_meets_its_clause_and_silence_is_left_to_people(engagement):
    clause = Clause(TypeClause(engagement.value), CONDITION)
    assert judge(clause, build_offre(engagements=frozenset({engagement})))[0] is Sens.REUNIE
    sens, _, ajustement, _ = judge(clause, build_offre(engagements=frozenset(Engagement) - {engagement}))
    assert (sens, ajustement) == (
        Sens.A_APPRECIER,
        Ajustement(UniteAjustement.ENGAGEMENT, engagement=engagement),
    )


def test_a_free_request_is_always_left_to_people():
    assert judge(LIBRE, build_offre(engagements=frozenset(Engagement)))[0] is Sens.A_APPRECIER


@pytest.mark.parametrize(
    ("clause", "ajuster"),
    [
        (MAX_200, lambda a: build_offre({2027: 10000, 2028: 25000 - a.cents, 2029: 25000 - a.cents})),
        (
            Clause(TypeClause.GAIN_MIN, CONDITION, montant=700, annee=2028),
            lambda a: build_offre(gains={2028: 500 + a.cents}),
        ),
        (
            Clause(TypeClause.HAUSSE_MAX, CONDITION, taux=Fraction(2)),
            lambda a: build_offre(hausse_max=a.taux),
        ),
    ],
)
def test_the_adjustment_meets_the_clause_and_one_step_less_does_not(clause, ajuster):
    ajustement = check_clause(clause, build_offre(gains={2028: 500}), "A").ajustement
    assert check_clause(clause, ajuster(ajustement), "A").sens is Sens.REUNIE
    if ajustement.cents:
        moins = Ajustement(ajustement.unite, cents=ajustement.cents - 1)
    else:
        moins = Ajustement(ajustement.unite, taux=ajustement.taux + Fraction(1, 10**9))
    assert check_clause(clause, ajuster(moins), "A").sens is Sens.NON_REUNIE


R, N, P = EtatConditions.REUNIES, EtatConditions.NON_REUNIES, EtatConditions.A_APPRECIER
SANS_OBJET = EtatConditions.SANS_OBJET


@pytest.mark.parametrize(
    ("position", "sans", "reunie", "non_reunie", "libre", "les_deux"),
    [
        (Position.FAVORABLE, R, R, N, P, N),
        (Position.SOUS_CONDITIONS, P, R, N, P, N),
        (Position.COMPLEMENT, P, P, N, P, N),
        (Position.CONSEIL_D_ABORD, P, P, N, P, N),
        (Position.DEFAVORABLE, N, N, N, N, N),
        (Position.NON_CONCERNEE, SANS_OBJET, SANS_OBJET, SANS_OBJET, SANS_OBJET, SANS_OBJET),
    ],
)
def test_the_table_of_states(position, sans, reunie, non_reunie, libre, les_deux):
    """The table of docs/moteur/conditions.md: position by worst verdict of the conditions."""
    offre = build_offre()
    for clauses, attendu in (
        ((), sans),
        ((MAX_300,), reunie),
        ((MAX_200,), non_reunie),
        ((MAX_300, LIBRE), libre),
        ((MAX_200, LIBRE), les_deux),
    ):
        assert check_reponse(Reponse("A", position, None, clauses), offre).etat is attendu


def test_souhaits_and_notes_are_judged_apart_and_never_count():
    souhait = Clause(TypeClause.CONTRIBUTION_MAX, Degre.SOUHAIT, montant=1)
    note = Clause(
        TypeClause.CONTRIBUTION_MAX,
        Degre.CONDITION_INDISPENSABLE,
        montant=1,
        confidentialite=Confidentialite.NOTES,
    )
    etat = check_reponse(Reponse("A", Position.FAVORABLE, None, (souhait, note, MAX_300)), build_offre())
    assert etat.etat is R
    assert [v.clause for v in etat.conditions] == [MAX_300]
    assert [(v.clause, v.sens) for v in etat.souhaits] == [(souhait, Sens.NON_REUNIE)]
    assert [(v.clause, v.sens) for v in etat.notes] == [(note, Sens.NON_REUNIE)]


def test_an_essential_condition_counts_as_a_condition():
    clause = Clause(TypeClause.CONTRIBUTION_MAX, Degre.CONDITION_INDISPENSABLE, montant=20000)
    etat = check_reponse(Reponse("A", Position.SOUS_CONDITIONS, None, (clause, LIBRE)), build_offre())
    assert (etat.etat, etat.motif) == (N, "1 condition n'est pas réunie à ce jour.")


def test_out_of_the_perimeter_or_kept_in_the_notes_is_neither_met_nor_unmet():
    for code in ("C", "D"):
        reponse = Reponse(code, Position.FAVORABLE, None, (MAX_300,))
        etat = check_reponse(reponse, build_offre())
        assert etat.etat is EtatConditions.HORS_PERIMETRE
        assert etat.conditions[0].sens is Sens.A_APPRECIER
    notes = Reponse("A", Position.FAVORABLE, confidentialite_position=Confidentialite.NOTES)
    assert check_reponse(notes, build_offre()).etat is EtatConditions.SANS_REPONSE


def test_a_vous_seule_keeps_the_order_of_the_offers():
    offres = [build_offre(), build_offre({2027: 1})]
    etats = build_a_vous_seule(Reponse("A", Position.SOUS_CONDITIONS, None, (MAX_200,)), offres)
    assert [etat.etat for etat in etats] == [N, R]


def test_every_code_has_a_label_and_is_found_by_its_code():
    for famille in (TypeClause, Degre, Position, Engagement, EtatConditions, Sens, UniteAjustement, Confidentialite):
        for membre in famille:
            assert membre.label
            assert famille(membre.value) is membre
