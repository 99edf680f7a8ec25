"""What holds of the forms whatever the answers, the amounts and the acts."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from communaccord.noyau.droit.cif import (
    BaseCif,
    compute_cif,
    compute_effet_ac,
    compute_plafond_fonds,
    impute_service,
)
from communaccord.noyau.droit.formes import (
    PIECES,
    QUESTIONS,
    ActeFourni,
    Condition,
    Exigence,
    Forme,
    Reponses,
    Verdict,
    advise,
    check_ordre,
    list_pieces,
    parse_reponses,
)

CENTS = st.integers(min_value=0, max_value=10**13)
REPONSES = st.builds(
    Reponses, **{cle: st.one_of(st.none(), st.sampled_from(question.valeurs)) for cle, question in QUESTIONS.items()}
)


@st.composite
def bases(draw, *, fpu):
    recettes = draw(CENTS)
    ensemble = recettes + draw(CENTS) + 1
    return BaseCif(recettes, ensemble, draw(CENTS), draw(CENTS), fpu, draw(st.booleans()))


@given(REPONSES, st.sampled_from(sorted(QUESTIONS)), st.data())
def test_an_answer_more_never_contradicts_what_was_said(reponses, cle, data):
    """What is possible or excluded with an unknown stays so once it is known; what is unsure names what decides."""
    avant = advise(replace(reponses, **{cle: None}))
    apres = advise(replace(reponses, **{cle: data.draw(st.sampled_from(QUESTIONS[cle].valeurs))}))
    for before, after in zip(avant.avis, apres.avis, strict=True):
        if before.verdict is not Verdict.A_PRECISER:
            assert after.verdict is before.verdict
        elif cle not in before.inconnues:
            assert after.inconnues == before.inconnues
        assert (before.verdict is Verdict.A_PRECISER) is bool(before.inconnues or before.reserves)
        assert set(before.reserves) <= set(after.reserves) or after.verdict is Verdict.EXCLUE
        assert (before.verdict is Verdict.EXCLUE) is bool(before.raisons)


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=6))
def test_any_text_reads_as_answers(textes):
    assert len(advise(parse_reponses(textes)).avis) == len(Forme)


@given(REPONSES)
def test_answers_come_back_from_their_codes(reponses):
    codes = {cle: valeur.value for cle in QUESTIONS if (valeur := reponses.get(cle)) is not None}
    assert parse_reponses(codes) == reponses


@given(bases(fpu=True), CENTS)
def test_imputing_never_lowers_the_cif_and_never_passes_the_cap(base, montant):
    avant, apres = compute_cif(base), compute_cif(impute_service(base, montant))
    assert avant.retenu <= apres.retenu <= Fraction(3, 5)
    assert apres.brut - avant.brut == Fraction(montant, base.recettes_ensemble)


@given(bases(fpu=False), CENTS)
def test_without_fpu_the_ac_counts_for_nothing(base, ac):
    assert compute_cif(base) == compute_cif(replace(base, ac=ac))


@given(st.integers(min_value=-(10**12), max_value=10**12), CENTS, st.booleans())
def test_a_commune_pays_the_same_by_invoice_or_by_its_ac(ac, part, impute):
    effet = compute_effet_ac(ac, part, impute=impute)
    assert effet.ac_apres - effet.facture == ac - part


@given(CENTS, CENTS)
def test_the_beneficiary_always_keeps_the_larger_half(cout, subventions):
    subventions = min(cout, subventions)
    fonds = compute_plafond_fonds(cout, subventions)
    assert 0 <= fonds <= cout - subventions - fonds
    assert cout - subventions - (fonds + 1) < fonds + 1


JOURS = st.integers(min_value=0, max_value=40).map(lambda n: date(2027, 1, 1) + timedelta(days=n))


@given(st.sampled_from(Forme), st.dictionaries(st.sampled_from(Condition), st.booleans()), st.data())
def test_the_order_told_is_the_slow_definition(forme, contexte, data):
    """An act is out of order when an act that must come first is missing, for one who must give it, or comes later."""
    cles = st.sampled_from([piece.cle for piece in PIECES[forme]])
    tirage = st.builds(ActeFourni, cles, st.sampled_from(["", "A", "B"]), JOURS)
    actes = data.draw(st.lists(tirage, max_size=6, unique_by=lambda acte: (acte.cle, acte.porteur)))
    attendues = {a.piece.cle: a.piece for a in list_pieces(forme, contexte) if a.exigence is Exigence.ATTENDUE}
    qui = st.sets(st.sampled_from(["", "A", "B", "C"]))
    porteurs = data.draw(st.dictionaries(cles, qui))
    expected = set()
    for acte in actes:
        if acte.cle not in attendues:
            continue
        for cle in attendues[acte.cle].apres:
            if cle not in attendues:
                continue
            own = {attendues[cle].porteur.name, attendues[acte.cle].porteur.name} == {"COMMUNES"}
            recus = {a.porteur: a.jour for a in actes if a.cle == cle and (not own or a.porteur == acte.porteur)}
            tacite = attendues[cle].silence
            attendus = {p for p in porteurs.get(cle, ()) if not tacite and (not own or p == acte.porteur)}
            if not recus or any(jour > acte.jour for jour in recus.values()) or not attendus <= set(recus):
                expected.add((acte.cle, acte.porteur, cle))
    alertes = check_ordre(forme, contexte, actes, porteurs)
    assert {(a.piece.cle, a.porteur, a.avant.cle) for a in alertes} == expected
