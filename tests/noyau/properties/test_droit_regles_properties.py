"""What must hold of delays, quorum, ballots and majorities, whatever the figures."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from communaccord.noyau.droit.avis import CONSULTATIONS, EtatAvis, compute_etat_avis
from communaccord.noyau.droit.calendrier import FaitsMandat, build_calendrier, build_retroplannings
from communaccord.noyau.droit.composition import compute_vice_presidences
from communaccord.noyau.droit.delais import add_months, compute_depart_utile, compute_envoi_max, compute_seance_min
from communaccord.noyau.droit.majorites import (
    MAJORITE_ACCORD_LOCAL,
    MAJORITE_CLECT,
    MAJORITE_QUALIFIEE,
    CommunePopulation,
    check_majorite,
)
from communaccord.noyau.droit.quorum import check_quorum, compute_quorum
from communaccord.noyau.droit.scrutins import Decompte, ModeScrutin, Voix, compute_resultat
from communaccord.noyau.droit.sieges import Nature

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
months = st.integers(0, 24)


@given(days, st.integers(0, 30), st.booleans())
def test_days_between_sending_and_meeting(seance, jours, francs):
    envoi = compute_envoi_max(seance, jours, francs=francs)
    assert compute_seance_min(envoi, jours, francs=francs) == seance
    if francs:
        entre = [envoi + timedelta(days=n) for n in range(1, (seance - envoi).days)]
        assert len(entre) == jours


@given(days, months)
def test_months_keep_the_day_or_take_the_last_one(jour, mois):
    arrivee = add_months(jour, mois)
    assert (arrivee.year * 12 + arrivee.month) - (jour.year * 12 + jour.month) == mois
    assert arrivee.day == jour.day or (arrivee.day < jour.day and (arrivee + timedelta(days=1)).day == 1)


@given(days, months)
def test_last_useful_departure_is_the_last(limite, mois):
    depart = compute_depart_utile(limite, mois)
    assert add_months(depart, mois) <= limite < add_months(depart + timedelta(days=1), mois)


@given(st.sampled_from(sorted(CONSULTATIONS)), days, st.integers(0, 200))
def test_silence_speaks_only_after_the_last_day(identifiant, recu, ecoules):
    consultation = CONSULTATIONS[identifiant]
    jour = recu + timedelta(days=ecoules)
    suivi = compute_etat_avis(consultation, recu, None, jour)
    ouvert = suivi.echeance is None or jour <= suivi.echeance
    assert (suivi.etat is EtatAvis.EN_ATTENTE) == ouvert
    assert suivi.jours_restants is None or 0 <= suivi.jours_restants <= 92


@given(st.integers(1, 400), st.data())
def test_quorum_is_more_than_half(en_exercice, data):
    requis = compute_quorum(en_exercice)
    assert 2 * requis > en_exercice >= 2 * (requis - 1)
    presents = data.draw(st.integers(0, en_exercice))
    assert check_quorum(en_exercice, presents).atteint == (2 * presents > en_exercice)


@given(
    st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.sampled_from(ModeScrutin), st.sampled_from(Voix)
)
def test_abstentions_never_change_the_result(pour, contre, abstentions, mode, presidence):
    sans = compute_resultat(Decompte(pour, contre), mode=mode, vote_presidence=presidence)
    avec = compute_resultat(Decompte(pour, contre, abstentions, abstentions), mode=mode, vote_presidence=presidence)
    assert sans == avec
    prevaut = pour == contre > 0 and mode is not ModeScrutin.SECRET and presidence is Voix.POUR
    assert sans.adoptee == (pour > contre or prevaut)


populations = st.lists(st.integers(0, 40), min_size=1, max_size=9).filter(any)


def judge(majorite, membres, favorables):
    communes = [CommunePopulation(f"C{i}", population, population) for i, population in enumerate(membres)]
    return check_majorite(majorite, communes, {f"C{i}" for i in favorables})


@given(populations, st.data())
def test_majority_is_the_text_in_fractions(membres, data):
    favorables = data.draw(st.sets(st.integers(0, len(membres) - 1)))
    part_conseils = Fraction(len(favorables), len(membres))
    part_population = Fraction(sum(membres[i] for i in favorables), sum(membres))
    voie_1 = part_conseils >= Fraction(2, 3) and part_population > Fraction(1, 2)
    for majorite, large in ((MAJORITE_QUALIFIEE, True), (MAJORITE_CLECT, True), (MAJORITE_ACCORD_LOCAL, False)):
        deux_tiers = part_population >= Fraction(2, 3) if large else part_population > Fraction(2, 3)
        resultat = judge(majorite, membres, favorables)
        assert (resultat.voie_1, resultat.voie_2) == (voie_1, part_conseils >= Fraction(1, 2) and deux_tiers)
        refusantes = {f"C{i}" for i, p in enumerate(membres) if p == max(membres) and i not in favorables}
        veto = majorite.clause_quart and 4 * max(membres) > sum(membres)
        assert set(resultat.vetos) == (refusantes if veto else set())
        assert resultat.atteinte == ((resultat.voie_1 or resultat.voie_2) and not resultat.vetos)


@given(populations, st.data())
def test_one_more_agreement_never_breaks_a_majority(membres, data):
    favorables = data.draw(st.sets(st.integers(0, len(membres) - 1)))
    une_de_plus = favorables | {data.draw(st.integers(0, len(membres) - 1))}
    for majorite in (MAJORITE_QUALIFIEE, MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT):
        assert judge(majorite, membres, une_de_plus).atteinte >= judge(majorite, membres, favorables).atteinte


@given(populations, st.data())
def test_accord_local_is_never_easier_than_the_ordinary_majority(membres, data):
    favorables = data.draw(st.sets(st.integers(0, len(membres) - 1)))
    assert (
        judge(MAJORITE_QUALIFIEE, membres, favorables).atteinte
        >= judge(MAJORITE_ACCORD_LOCAL, membres, favorables).atteinte
    )


@given(st.integers(1, 300))
def test_vice_presidences_stay_within_the_ceilings(effectif):
    limite = compute_vice_presidences(effectif, Nature.CC)
    assert 4 <= limite.ordinaire <= limite.deux_tiers <= 15
    assert limite.ordinaire == 4 or 5 * (limite.ordinaire - 1) < effectif


@given(days.filter(lambda jour: jour >= date(2026, 4, 1)), days)
def test_plan_leaves_three_whole_months_to_every_commune(seance, aujourd_hui):
    (plan,) = build_retroplannings(FaitsMandat(seance_approbation=seance), aujourd_hui)
    depart = plan.depart_rapport.jour
    assert add_months(depart, 3) < seance
    assert add_months(depart + timedelta(days=1), 3) >= seance
    assert [etape.jour for etape in plan.etapes] == sorted(etape.jour for etape in plan.etapes)


@given(days)
def test_calendar_of_any_day_has_the_same_dates(jour):
    jours = {e.identifiant: e.limites for e in build_calendrier(FaitsMandat(), jour).echeances}
    assert jours == {e.identifiant: e.limites for e in build_calendrier(FaitsMandat(), date(2026, 11, 23)).echeances}
