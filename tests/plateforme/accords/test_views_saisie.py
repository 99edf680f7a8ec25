"""What is typed comes back as it was, becomes elements, and is told in words."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.noyau.accord import Degre, EtatConditions, Position, Priorite, Sens, TypeClause
from communaccord.noyau.accord.types import CHAMPS
from communaccord.plateforme.accords.enums import NatureElement
from communaccord.plateforme.accords.forms.elements import build_elements, read_elements
from communaccord.plateforme.accords.forms.phrases import list_lignes
from communaccord.plateforme.accords.forms.reponse import (
    VIDE,
    SaisieClause,
    SaisieReponse,
    fill_places,
    read_saisie,
    write_champs,
)
from communaccord.plateforme.accords.forms.vocabulaire import CLAUSES, DEGRES, POSITIONS, PRIORITES
from communaccord.plateforme.accords.pages.conflit import merge_saisies
from communaccord.plateforme.accords.pages.effets import EffetScenario, describe_effets, describe_jugement
from communaccord.plateforme.accords.pages.seule import ETATS, SENS, read_scenario, read_verdict, tell_ajustement
from communaccord.plateforme.dossiers.models import EffetCommune
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.phrases import write_comparaison
from communaccord.plateforme.socle.typographie import prose

COMMUNES = {"F002": "Commune 002", "F003": "Commune 003"}


def codes(choix):
    return {member.value for member in choix}


def ordinaire(texte):
    return texte.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


class TestVocabulaire:
    def test_the_words_are_those_of_the_engine(self):
        assert set(POSITIONS) == codes(Position)
        assert set(CLAUSES) == codes(TypeClause)
        assert set(DEGRES) == codes(Degre)
        assert set(PRIORITES) == codes(Priorite)
        assert set(ETATS) == codes(EtatConditions)
        assert set(SENS) == codes(Sens)

    @pytest.mark.parametrize("type_clause", TypeClause)
    def test_each_kind_asks_the_value_that_the_engine_reads(self, type_clause):
        requis = CHAMPS.get(type_clause, (frozenset(), frozenset()))[0]
        assert {CLAUSES[type_clause.value].valeur} - {"texte"} == set(requis)


textes = st.text(alphabet="abcdéè '-\n", max_size=20).map(str.strip)
clauses = st.one_of(
    st.builds(
        SaisieClause,
        type=st.sampled_from(["contribution_max", "gain_min"]),
        degre=st.sampled_from(sorted(DEGRES)),
        montant=st.integers(0, 10**6).map(lambda euros: f"{euros:,}".replace(",", "\u202f")),
        visibilite=st.sampled_from(["pli", "partage"]),
    ),
    st.builds(SaisieClause, type=st.just("annee_min"), annee=st.integers(2020, 2060).map(str)),
    st.builds(SaisieClause, type=st.just("hausse_max"), taux=st.sampled_from(["0", "2", "1,5", "100"])),
    st.builds(SaisieClause, type=st.just("avec_commune"), commune=st.sampled_from(sorted(COMMUNES))),
    st.builds(SaisieClause, type=st.just("autre"), texte=st.just("une demande")),
    st.builds(SaisieClause, type=st.sampled_from(["service_min", "agent"]), texte=textes),
)
saisies = st.builds(
    SaisieReponse,
    position=st.sampled_from(sorted(POSITIONS)),
    position_visibilite=st.sampled_from(["pli", "partage"]),
    motif=textes,
    priorite=st.sampled_from(["", *PRIORITES]),
    clauses=st.lists(clauses, max_size=3).map(fill_places),
    notes=textes,
)


class TestAllerRetour:
    @given(saisies)
    def test_what_is_kept_fills_the_form_again(self, saisie):
        elements, anomalies = build_elements(saisie, COMMUNES)
        assert anomalies == []
        assert read_elements(elements) == saisie

    @given(saisies)
    def test_hidden_fields_carry_everything(self, saisie):
        assert read_saisie(dict(write_champs(saisie))) == saisie
        assert read_saisie(dict(write_champs(saisie, "d2-")), "d2-") == saisie

    @given(saisies)
    def test_each_element_is_told_once_with_who_reads_it(self, saisie):
        elements, _ = build_elements(saisie, COMMUNES)
        lignes = list_lignes(saisie, COMMUNES)
        assert len(lignes) == len(elements)
        assert sorted(ligne.visibilite for ligne in lignes) == sorted(str(e.visibilite) for e in elements)

    @given(saisies, saisies)
    def test_choosing_one_version_everywhere_gives_that_version(self, mienne, autre):
        groupes = ("position", "c1", "c2", "c3", "priorite", "notes")
        assert merge_saisies({f"garder-{nom}": "autre" for nom in groupes}, mienne, autre) == autre
        assert merge_saisies({f"garder-{nom}": "mienne" for nom in groupes}, mienne, autre) == mienne


class TestFautes:
    @pytest.mark.parametrize(
        ("clause", "champ", "mots"),
        [
            (SaisieClause("contribution_max"), "c1-montant", "donnez un montant en euros par an"),
            (SaisieClause("contribution_max", montant="beaucoup"), "c1-montant", "beaucoup"),
            (SaisieClause("gain_min", montant="-3"), "c1-montant", "zéro ou plus"),
            (SaisieClause("gain_min", montant="1/3"), "c1-montant", "zéro ou plus"),
            (SaisieClause("annee_min", annee="28"), "c1-annee", "quatre chiffres"),
            (SaisieClause("annee_min", annee="2028,5"), "c1-annee", "quatre chiffres"),
            (SaisieClause("hausse_max", taux="250"), "c1-taux", "entre 0 et 100 %"),
            (SaisieClause("avec_commune", commune="F999"), "c1-commune", "dans la liste"),
            (SaisieClause("autre"), "c1-texte", "en une phrase"),
        ],
    )
    def test_a_value_that_cannot_be_read_is_told_at_its_field(self, clause, champ, mots):
        saisie = SaisieReponse(position="favorable", clauses=(clause, VIDE, VIDE))
        elements, anomalies = build_elements(saisie, COMMUNES)
        assert [e.nature for e in elements] == [NatureElement.POSITION]
        assert [a.id for a in anomalies] == [champ]
        assert mots in ordinaire(anomalies[0].message)

    def test_a_wrong_request_leaves_no_hole_in_the_ranks(self):
        wrong, right = SaisieClause("annee_min", annee="?"), SaisieClause("annee_min", annee="2030")
        elements, anomalies = build_elements(
            SaisieReponse(position="favorable", clauses=(wrong, right, VIDE)), COMMUNES
        )
        assert [e.rang for e in elements if e.nature == NatureElement.CLAUSE] == [1]
        assert [a.id for a in anomalies] == ["c1-annee"]

    @given(saisies)
    def test_nothing_recorded_is_erased_by_what_cannot_be_read(self, saisie):
        wrong = [replace(clause, montant="?", annee="?", taux="?", commune="?") for clause in saisie.demandes]
        elements, _ = build_elements(replace(saisie, clauses=fill_places(wrong)), COMMUNES, saisie)
        assert read_elements(elements) == saisie

    def test_of_two_requests_the_wrong_one_keeps_the_one_of_its_kind(self):
        un, deux = SaisieClause("annee_min", annee="2030"), SaisieClause("gain_min", montant="500")
        before = SaisieReponse(clauses=(un, deux, VIDE))
        typed = SaisieReponse(clauses=fill_places([replace(deux, montant="?")]))
        assert read_elements(build_elements(typed, COMMUNES, before)[0]).demandes == (deux,)
        other = SaisieReponse(clauses=fill_places([SaisieClause("hausse_max", taux="?")]))
        assert build_elements(other, COMMUNES, before)[0] == []
        changed = SaisieReponse(clauses=(un, SaisieClause("hausse_max", taux="?"), VIDE))
        assert read_elements(build_elements(changed, COMMUNES, before)[0]).demandes == (un, deux)

    def test_a_reason_without_position_is_told(self):
        elements, anomalies = build_elements(SaisieReponse(motif="parce que"), COMMUNES)
        assert elements == []
        assert [a.id for a in anomalies] == ["position"]

    def test_unknown_choices_are_no_choice(self):
        saisie = read_saisie({"position": "hostile", "priorite": "x", "c1-type": "x", "position-visibilite": "notes"})
        assert saisie == SaisieReponse()

    def test_rates_are_exact(self):
        clause = SaisieClause("hausse_max", taux="1,5")
        elements, _ = build_elements(SaisieReponse(clauses=(clause, VIDE, VIDE)), COMMUNES)
        assert Fraction(elements[0].contenu["taux"]) == Fraction(3, 200)

    def test_removing_a_request_brings_the_next_ones_forward(self):
        un, deux = SaisieClause("annee_min", annee="2030"), SaisieClause("autre", texte="b")
        saisie = SaisieReponse(clauses=(un, deux, VIDE))
        assert saisie.without_clause(1).clauses == (deux, VIDE, VIDE)


EFFET = EffetScenario("Scénario A", 2028, 124_000, aujourd_hui=155_000, bas=100_000, haut=150_000)


class TestEffets:
    def test_one_scenario(self):
        assert ordinaire(describe_effets("Val-Inventé", [EFFET])) == (
            "Val-Inventé paierait environ 1 200 € par an, 310 € de moins qu'aujourd'hui (2028)."
        )

    def test_several_scenarios_give_the_range(self):
        autre = replace(EFFET, nom="Scénario B", contribution=200_000)
        assert ordinaire(describe_effets("Val-Inventé", [EFFET, autre])) == (
            "Val-Inventé paierait de 1 200 € à 2 000 € par an selon le scénario (2 scénarios) ; "
            "aujourd'hui, le service lui coûte 1 600 €."
        )

    def test_a_commune_outside_says_so(self):
        hors = EffetScenario("Scénario A", 2028, None, participe=False)
        assert describe_effets("Val-Inventé", [hors]) == "Val-Inventé ne participe à aucun des scénarios."
        assert "Scénario A" in describe_effets("Val-Inventé", [hors, replace(EFFET, nom="Scénario A")])

    def test_unknown_is_never_zero(self):
        inconnu = replace(EFFET, contribution=None)
        assert describe_effets("Val-Inventé", [inconnu]) == "Val-Inventé n’a pas encore de montant connu."
        assert replace(EFFET, aujourd_hui=None).comparaison == ""
        assert ordinaire(replace(EFFET, aujourd_hui=EFFET.contribution).comparaison) == "autant qu'aujourd'hui"

    @given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**8))
    def test_the_difference_and_the_range_are_those_of_the_amounts_shown(self, un, deux, trois):
        """One rounding for a commune, the one of the pages of the dossier."""
        bas, contribution, haut = sorted((un, deux, trois))
        told = replace(EFFET, contribution=contribution, aujourd_hui=un, bas=bas, haut=haut)
        shown = EffetCommune(contribution=contribution, depense=un, bas=bas, haut=haut)
        plume = Plume()
        assert told.comparaison == prose(write_comparaison(plume.compute_ecart(shown), plume))
        assert told.fourchette == plume.write_fourchette(bas, haut)
        assert plume.write(contribution) in told.payee

    def test_a_maximum_is_judged_on_the_dearest_year(self):
        one = replace(EFFET, annee_chere=2032, plus_haute=34_250)
        assert ordinaire(describe_jugement([one])) == (
            "Un maximum est jugé sur l'année la plus chère : 2032, environ 340 € (respecté à partir de "
            "343 €). Une économie est jugée en année de croisière, 2028."
        )
        two = replace(one, nom="Scénario B : usage", annee_chere=2030, plus_haute=100_000)
        assert "scénario a, 2032" not in ordinaire(describe_jugement([one, two]))
        assert "scénario B, 2030, environ 1 000 €" in ordinaire(describe_jugement([one, two]))
        assert describe_jugement([EFFET]) == ""

    def test_the_range_is_told_when_there_is_one(self):
        assert ordinaire(EFFET.fourchette) == "entre 1 000 € et 1 500 €"
        assert replace(EFFET, haut=100_000).fourchette == ""


def ajustement(**values):
    return {"cents": None, "annees": None, "taux": None, "commune": None, "engagement": None, **values}


class TestAjustement:
    @pytest.mark.parametrize(
        ("donnees", "phrase"),
        [
            (
                ajustement(unite="centimes_en_moins", cents=4_500),
                "Elle serait réunie avec 45 € de moins à payer par an.",
            ),
            (
                ajustement(unite="centimes_en_plus", cents=50),
                "Elle serait réunie avec 1 € d'économie de plus par an.",
            ),
            (ajustement(unite="annees", annees=2), "Elle serait réunie en attendant 2 ans."),
            (
                ajustement(unite="taux", taux="3/200"),
                "Elle serait réunie si le scénario plafonne la hausse à 1,50 % par an.",
            ),
            (ajustement(unite="commune", commune="F002"), "Elle serait réunie si Commune 002 participe."),
            (
                ajustement(unite="engagement", engagement="agent"),
                "Elle serait réunie si le scénario s'y engage : le devenir des agents et des agentes des communes est "
                "garanti.",
            ),
        ],
    )
    def test_the_smallest_change_is_said_in_words(self, donnees, phrase):
        assert ordinaire(tell_ajustement(donnees, COMMUNES)) == phrase

    def test_the_title_of_a_clause_holds_its_amount(self):
        row = {"type": "contribution_max", "degre": "condition", "sens": "reunie", "explication": "", "annee": 2032}
        told = read_verdict({**row, "montant": 34_000, "ajustement": None}, COMMUNES)
        assert ordinaire(told.titre) == "Condition : Ma commune ne paie pas plus de 340 € par an"
        earlier = read_verdict({**row, "ajustement": None}, COMMUNES)
        assert ordinaire(earlier.titre) == "Condition : Ma commune ne paie pas plus de…"

    def test_no_condition_is_said_of_the_commune(self):
        data = {"scenario": 1, "etat": "reunies", "motif": "Autre.", "conditions": [], "souhaits": []}
        told = ordinaire(read_scenario(data, COMMUNES, {}).motif)
        assert told == "Votre commune n'a posé aucune condition : rien ne s'y oppose de sa part."

    def test_no_change_says_nothing(self):
        assert tell_ajustement(None, COMMUNES) == ""
