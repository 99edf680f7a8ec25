"""Lines that a package decides by itself, their sentences, and what clauses of a round become."""

from fractions import Fraction

import pytest

from communaccord.noyau.accord import (
    Clause,
    Confidentialite,
    Degre,
    Engagement,
    Position,
    Priorite,
    Reponse,
    TypeClause,
)
from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.clauses import build_lignes
from communaccord.noyau.accord.recherche.fixes import judge_fixe
from communaccord.noyau.accord.recherche.lignes import (
    AvecCommune,
    ContributionMax,
    DistanceMax,
    EngagementPris,
    GainMin,
    HausseMax,
    NiveauMin,
    PasAvant,
    PersonnelGaranti,
    SeulementSi,
)
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Service, Vehicule
from communaccord.noyau.accord.recherche.programme import build_rangs
from communaccord.noyau.accord.recherche.resultats import Conflict
from communaccord.noyau.accord.recherche.vehicules import build_fonds_concours, build_revision_libre
from communaccord.noyau.partage.erreurs import DonneeInvalide

TENU = Priorite.INDISPENSABLE
EGAL = (Critere("parts égales", (1, 1, 1)),)


def build_paquet():
    return Paquet(
        ("Nord", "Sud", "Est"),
        (
            Service("voirie", 900, frozenset({0, 1}), EGAL, (500, 500, 500), niveau=2, distances=(0, 800, 3000)),
            Service("paie", 300, frozenset({0, 1, 2}), EGAL, (200, 200, 200), annee=2029, postes=(50, 0, 0)),
        ),
        annee=2027,
        engagements=frozenset({Engagement.AGENT}),
    )


@pytest.mark.parametrize(
    ("ligne", "tenue"),
    [
        (NiveauMin("Nord", TENU, "voirie", 2), True),
        (NiveauMin("Nord", TENU, "voirie", 3), False),
        (NiveauMin("Est", TENU, "voirie", 3), True),
        (DistanceMax("Sud", TENU, "voirie", 800), True),
        (DistanceMax("Sud", TENU, "voirie", 799), False),
        (PersonnelGaranti("Nord", TENU, "paie", 50), True),
        (PersonnelGaranti("Sud", TENU, "paie", 1), False),
        (SeulementSi("Nord", TENU, "voirie", avec="Sud"), True),
        (SeulementSi("Nord", TENU, "voirie", avec="Est"), False),
        (SeulementSi("Est", TENU, "paie", aussi="voirie"), False),
        (SeulementSi("Sud", TENU, "paie", aussi="voirie"), True),
        (PasAvant("Nord", TENU, 2027), True),
        (PasAvant("Nord", TENU, 2028), False),
        (PasAvant("Nord", TENU, 2029, "paie"), True),
        (PasAvant("Est", TENU, 2028), True),
        (EngagementPris("Est", TENU, Engagement.AGENT), True),
        (EngagementPris("Est", TENU, Engagement.PERMANENCE), False),
        (AvecCommune("Nord", TENU, "Est"), True),
        (ContributionMax("Nord", TENU, 0), True),
    ],
)
def test_a_line_that_is_not_about_money_is_read_in_the_package(ligne, tenue):
    assert judge_fixe(build_paquet(), ligne) is tenue


def test_a_line_refused_by_the_package_is_a_conflict_alone():
    answer = check(build_paquet(), [GainMin("Nord", TENU, -900), NiveauMin("Nord", TENU, "voirie", 3)])
    assert isinstance(answer, Conflict)
    assert (answer.numeros, answer.certificat) == ((1,), None)
    assert list(answer.temoins) == [1]


@pytest.mark.parametrize(
    "ligne",
    [
        NiveauMin("Ouest", TENU, "voirie", 1),
        NiveauMin("Nord", TENU, "cantine", 1),
        ContributionMax("Nord", TENU, 100, "cantine"),
        DistanceMax("Nord", TENU, "paie", 10),
        PersonnelGaranti("Nord", TENU, "voirie", 10),
    ],
)
def test_what_the_package_does_not_know_is_refused_and_never_read_as_zero(ligne):
    with pytest.raises(DonneeInvalide) as refus:
        check(build_paquet(), [ligne])
    assert refus.value.remede


def test_a_year_needs_a_first_year():
    paquet = Paquet(("Nord", "Sud", "Est"), (Service("voirie", 900, frozenset({0, 1}), EGAL, (1, 1, 1)),))
    with pytest.raises(DonneeInvalide, match="année"):
        build_rangs(paquet, [ContributionMax("Nord", TENU, 1, annee=2028)])


def test_sentences_are_said_as_in_the_council_room():
    assert ContributionMax("Nord", TENU, 123450, "voirie", 2028).phrase == (
        "ne pas payer plus de 1\u202f234,50\u00a0€ par an pour le service « voirie » en 2028"
    )
    assert GainMin("Nord", TENU, -500).phrase == "ne pas perdre plus de 5,00\u00a0€ par an"
    assert HausseMax("Nord", TENU, Fraction(1, 50)).phrase.endswith("2\u202f% par an")
    assert PersonnelGaranti("Nord", TENU, "paie", 150).phrase == "garder 1,50 ETP en place pour le service « paie »"
    assert PasAvant("Nord", TENU, 2029).phrase == "ne rien commencer avant 2029"
    assert DistanceMax("Nord", TENU, "paie", 12000).phrase.endswith("12\u202f000 mètres au plus")


@pytest.mark.parametrize(
    "build",
    [
        lambda: Critere("x", (1, -1)),
        lambda: Critere("x", (1, 2), Fraction(1, 2), Fraction(1, 4)),
        lambda: Critere("x", (1, 2), 0.5, Fraction(1)),
        lambda: Service("s", 10, frozenset(), EGAL, (1, 1, 1)),
        lambda: Service("s", 10, frozenset({0}), (Critere("x", (0, 1, 1)),), (1, 1, 1)),
        lambda: Service("s", 10, frozenset({0}), (Critere("x", (1, 1, 1), haut=Fraction(1, 2)),), (1, 1, 1)),
        lambda: Service("s", 10, frozenset({0}), EGAL, (1, 1, 1), montee=(Fraction(3, 2),)),
        lambda: Vehicule("don", "", "", "", (1,), (1,), 1),
        lambda: Paquet(("A", "A"), ()),
        lambda: build_revision_libre([1], [1], 1, fpu=False),
        lambda: build_fonds_concours([100], [200], 10),
        lambda: ContributionMax("A", TENU, 1.5),
        lambda: HausseMax("A", TENU, 0.02),
        lambda: SeulementSi("A", TENU, "voirie"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(build):
    with pytest.raises(DonneeInvalide) as refus:
        build()
    assert refus.value.motif
    assert refus.value.remede


def test_a_fonds_de_concours_pays_half_of_an_equipement_at_most():
    vehicule = build_fonds_concours([100_000, 0], [40_000, 0], 50_000)
    assert (vehicule.donner, vehicule.recevoir, vehicule.regle) == ((0, 0), (30_000, 0), "R-5.8")
    assert "L5214-16" in vehicule.article


def test_clauses_become_lines_but_for_notes_and_free_requests():
    def clause(sorte, degre=Degre.CONDITION, **fields):
        return Clause(sorte, degre, **fields)

    reponse = Reponse(
        "Nord",
        Position.SOUS_CONDITIONS,
        clauses=(
            clause(TypeClause.CONTRIBUTION_MAX, Degre.CONDITION_INDISPENSABLE, montant=100, annee=2028),
            clause(TypeClause.AVEC_COMMUNE, commune="Sud"),
            clause(TypeClause.AUTRE, texte="un bus"),
        ),
    )
    autre = Reponse(
        "Sud",
        Position.SOUS_CONDITIONS,
        clauses=(
            clause(TypeClause.AGENT, Degre.SOUHAIT),
            clause(TypeClause.ANNEE_MIN, annee=2029),
            clause(TypeClause.GAIN_MIN, montant=5, confidentialite=Confidentialite.NOTES),
        ),
    )
    lignes, laissees = build_lignes([reponse, autre], "voirie")
    assert lignes == (
        ContributionMax("Nord", Priorite.INDISPENSABLE, 100, "voirie", 2028),
        SeulementSi("Nord", Priorite.UTILE, "voirie", avec="Sud"),
        EngagementPris("Sud", Priorite.SECONDAIRE, Engagement.AGENT),
        PasAvant("Sud", Priorite.UTILE, 2029, "voirie"),
    )
    assert [code for code, _ in laissees] == ["Nord"]
    tout, _ = build_lignes([reponse])
    assert tout[1] == AvecCommune("Nord", Priorite.UTILE, "Sud")
