"""Official files as they come, in small: recognised by what they hold, nothing kept of another territory."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plateforme.diagnostic.fichiers import TERRITOIRE, build_csv, build_xlsx

from communaccord.plateforme.diagnostic.lecture import archive, dgcl_criteres, tables
from communaccord.plateforme.diagnostic.lecture.publiques import read_publiques
from communaccord.plateforme.diagnostic.lecture.types import EPCI, AnneeManquante, FichierIllisible, TerritoireLu
from communaccord.plateforme.diagnostic.models import ClePublique

A, B, C = TERRITOIRE.communes
INFOS, POTENTIEL = "Informations générales", "Potentiel fiscal et financier des communes"
CRITERES_2026 = (
    f"{INFOS} - Code INSEE de la commune",
    f"{INFOS} - Nom de la commune",
    f"{INFOS} - Population DGF de l'année N",
    f"{INFOS} - Superficie de l'année N (en Ha)",
    f"{POTENTIEL} - Potentiel financier final",
    f"{POTENTIEL} - Potentiel financier par habitant final",
    f"{POTENTIEL} - Potentiel financier par habitant moyen de la strate",
    f"{POTENTIEL} - Potentiel financier superficiaire",
    "Effort fiscal - Effort fiscal final",
    "Dotation forfaitaire - Dotation forfaitaire notifiée N",
    "Dotation de solidarité rurale - Fraction péréquation - Longueur de voirie en mètres",
)
LIGNES_2026 = (
    (A, "Commune A", 1234, 1800.5, 1023456.78, 829.381264, 900, 12, 1.085678, 90000, "12\u00a0345"),
    (B, "Commune B", "n.c", "nd", "n.d", 700, 900, 12, "98,5 %", 0, 1),
    ("01004", "Ambérieu (autre territoire)", 1, 1, 1, 1, 1, 1, 1, 1, 1),
)


def read(contenu, annee=None, territoire=TERRITOIRE):
    return read_publiques(contenu, territoire, annee)


def by_place(lues):
    return {(d.code, str(d.cle), d.annee): d.centiemes for d in lues.donnees}


def test_the_criteria_of_the_communes_are_read_whatever_the_name_of_the_file():
    lues = read(build_xlsx([CRITERES_2026, *LIGNES_2026], "Critères de répartition"), 2026)
    values = by_place(lues)
    assert lues.source == "DGCL, critères de répartition des dotations 2026"
    assert values[A, "population_dgf", 2026] == 123400
    assert values[A, "superficie", 2026] == 180050
    assert values[A, "potentiel_financier", 2026] == 102345678
    assert values[A, "potentiel_financier_habitant", 2026] == 82938
    assert values[A, "effort_fiscal", 2026] == 109
    assert values[A, "longueur_voirie", 2026] == 1234500
    assert values[B, "dotation_forfaitaire", 2026] == 0
    assert values[B, "effort_fiscal", 2026] == 9850
    assert {d.code for d in lues.donnees} == {A, B}
    assert (lues.inconnues, lues.ailleurs, lues.illisibles, lues.rapprochees) == (3, 1, [], [])


def test_titles_on_two_rows_are_read_too():
    groupes = [titre.split(" - ")[0] for titre in CRITERES_2026]
    titres = [titre.split(" - ")[-1] for titre in CRITERES_2026]
    contenu = build_xlsx([["Dotations 2024"], groupes, titres, *LIGNES_2026])
    assert by_place(read(contenu))[A, "potentiel_financier_habitant", 2024] == 82938


def test_the_same_columns_under_the_names_of_other_years():
    titres = ("Code INSEE de la commune", "Population DGF de l'année 2020", "Potentiel financier par habitant 2020")
    assert by_place(read(build_csv([titres, (A, "1 500", "812,75")])))[A, "potentiel_financier_habitant", 2020] == 81275


def test_a_title_that_only_resembles_is_taken_and_told():
    titres = ("Code commune", "Population DGF", "Potentiel financier par habitants corrigé")
    lues = read(build_csv([titres, (A, "10", "812,75")]), 2025)
    assert lues.rapprochees == [(titres[2], ClePublique.POTENTIEL_FINANCIER_HABITANT.label)]
    assert by_place(lues)[A, "potentiel_financier_habitant", 2025] == 81275


@pytest.mark.parametrize(
    ("titre", "connu", "attendu"),
    [
        ("potentiel financier habitant", "potentiel financier par habitant", False),
        ("potentiel financier par habitant moyen strate", "potentiel financier par habitant", False),
        ("potentiel financier superficiaire", "potentiel financier", False),
        ("potentiels financiers", "potentiel financier", True),
        ("effort fiscal retenu", "effort fiscal", False),
        ("longueur voirie en metre", "longueur voirie en metres", True),
    ],
)
def test_what_resembles_is_nearly_the_same_words(titre, connu, attendu):
    assert dgcl_criteres.resembles(titre, connu) is attendu


def test_a_file_that_does_not_tell_its_year_asks_for_it():
    with pytest.raises(AnneeManquante, match="année de répartition"):
        read(build_xlsx([CRITERES_2026, *LIGNES_2026]))
    with pytest.raises(AnneeManquante, match="millésime"):
        read(build_csv([("COM", "PMUN", "PTOT"), (A, 10, 11)]))


CRITERES_EPCI = (
    ("Numéro SIREN EPCI", "Libellé EPCI", "Population DGF de l'année N", "Population INSEE de l'année N", "CIF"),
    ("299999999", "CC fictive", 15806, 15156, "0,423406"),
    ("200000628", "CC d'ailleurs", 1, 1, "0,1"),
)


def test_the_criteria_of_the_epci_give_the_rate_in_percent_and_the_population_of_its_millesime():
    lues = read(build_csv(CRITERES_EPCI), 2025)
    assert by_place(lues) == {
        (EPCI, "population_dgf", 2025): 1580600,
        (EPCI, "population_totale", 2022): 1515600,
        (EPCI, "cif", 2025): 4234,
    }


def test_an_invented_epci_is_recognised_by_its_name():
    territoire = TerritoireLu({}, "", "CC  Fictive")
    assert len(read(build_csv(CRITERES_EPCI), 2025, territoire).donnees) == 3


TITRES_OFGL = ("exer", "com_code", "siren", "lbudg", "agregat", "montant", "montant_bp")
TITRES_LIBELLES = (
    "Exercice",
    "Code Insee 2024 Commune",
    "Code Siren Collectivité",
    "Libellé Budget",
    "Agrégat",
    "Montant",
    "Montant en millions",
)


@pytest.mark.parametrize("titres", [TITRES_OFGL, TITRES_LIBELLES])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_accounts_are_summed_by_commune_and_year(titres, encodage):
    lignes = [
        (2023, A, "111", "A", "Frais de personnel", "345661.125", 0),
        (2023, A, "222", "A ancienne", "Frais de personnel", "0.375", 0),
        (2023, A, "222", "A ancienne", "Frais de personnel", "0.375", 0),
        (2022, B, "333", "B", "Dépenses de fonctionnement", "-1.2E3", 0),
        (2022, B, "333", "B", "Encours de dette", "", 0),
        (2022, B, "333", "B", "Dépenses totales", "5", 0),
        (2022, "01004", "444", "Z", "Frais de personnel", "9", 0),
    ]
    lues = read(build_csv([titres, *lignes], encodage=encodage))
    assert by_place(lues) == {(A, "frais_personnel", 2023): 34566150, (B, "depenses_fonctionnement", 2022): -120000}
    assert lues.ailleurs == 1
    assert lues.remarques == [
        "Plusieurs comptes pour une même commune, additionnés : Commune A.",
        "1\u00a0ligne répétée, comptée une seule fois.",
        "Agrégats laissés de côté : Dépenses totales.",
    ]


def test_annexed_budgets_are_left_out_and_told():
    titres = (*TITRES_OFGL[:6], "type_de_budget")
    lignes = [
        (2023, A, "1", "A", "Frais de personnel", "10", "Budget principal"),
        (2023, A, "1", "Eau", "Frais de personnel", "5", "Budget annexe"),
    ]
    lues = read(build_csv([titres, *lignes]))
    assert by_place(lues) == {(A, "frais_personnel", 2023): 1000}
    assert "Budgets annexes" in lues.remarques[0]


def test_the_accounts_of_the_epci_alone_are_kept():
    titres = ("exer", "epci_code", "siren", "lbudg", "agregat", "montant")
    lignes = [
        (2019, "299999999", "299999999", "CC fictive", "Frais de personnel", "10.5"),
        (2019, "299999999", "200000000", "Syndicat", "Frais de personnel", "3"),
        (2019, "200000628", "200000628", "Autre", "Frais de personnel", "3"),
    ]
    assert by_place(read(build_csv([titres, *lignes]))) == {(EPCI, "frais_personnel", 2019): 1050}


TITRES_EPCICOM = (
    *("dept", "siren", "raison_sociale", "nature_juridique", "mode_financ", "nb_membres", "total_pop_tot"),
    *("total_pop_mun", "dep_com", "insee", "siren_membre", "nom_membre", "ptot_2024", "pmun_2024"),
)


def build_membre(siren, epci, insee, nom, ptot):
    return ("01", siren, epci, "CC", "FPU", 2, 300, 290, "01", insee, 1, nom, ptot, ptot - 10)


def test_the_composition_gives_populations_of_their_millesime_and_compares_the_perimeter():
    lignes = [
        build_membre(299999999, "CC fictive", A, "Commune A", 210),
        build_membre(299999999, "CC fictive", "01999", "Commune nouvelle", 90),
        build_membre(200000628, "Autre", "01004", "Ambérieu", 1),
    ]
    lues = read(build_xlsx([TITRES_EPCICOM, *lignes], "Epcicom2024"))
    assert by_place(lues) == {
        (A, "population_totale", 2021): 21000,
        (A, "population_municipale", 2021): 20000,
        (EPCI, "population_totale", 2021): 30000,
        (EPCI, "population_municipale", 2021): 29000,
    }
    assert lues.remarques == [
        "Membres dans ce fichier, absents de la démarche : Commune nouvelle (01999).",
        "Communes de la démarche, absentes de ce fichier : Commune B (01902) et Commune C (2A903).",
    ]


def test_the_same_perimeter_is_said_to_be_the_same():
    lignes = [build_membre(299999999, "CC fictive", code, nom, 210) for code, nom in TERRITOIRE.communes.items()]
    assert read(build_xlsx([TITRES_EPCICOM, *lignes])).remarques == ["Le périmètre est le même : 3\u00a0communes."]


def test_codes_that_a_spreadsheet_made_numbers_get_their_zero_back():
    lues = read(build_xlsx([("COM", "Commune", "PMUN", "PTOT"), (1901, "Commune A", 100, 102), (C, "C", 7, 8)]), 2023)
    assert by_place(lues)[A, "population_totale", 2023] == 10200
    assert lues.list_communes() == {A, C}


def test_a_cell_that_is_no_figure_is_told_by_its_place():
    lues = read(build_csv([("COM", "PMUN", "PTOT"), (A, "douze", "1.234")]), 2023)
    assert lues.donnees == []
    assert [phrase.split(" : ")[0] for phrase in lues.illisibles] == ["Cellule B2", "Cellule C2"]


ILLISIBLES = {
    "vide": (b"", "vide"),
    "autre tableau": (build_csv([("Nom", "Prénom"), ("a", "b")]), "aucun de ceux que l'on sait lire"),
    "PDF": (b"%PDF-1.7", "document PDF"),
    "ancien Excel": (b"\xd0\xcf\x11\xe0xxxx", "ancien classeur Excel"),
    "image": (b"\x89PNG\r\n\x1a\n\x00\x00", "ni un classeur"),
    "archive": (b"PK\x03\x04 coupee", "abîmé"),
    "trop lourd": (b"x" * 40_000_001, "dépasse 40 Mo"),
}


@pytest.mark.parametrize(("contenu", "phrase"), ILLISIBLES.values(), ids=ILLISIBLES.keys())
def test_another_file_is_told_in_one_sentence(contenu, phrase):
    with pytest.raises(FichierIllisible, match=phrase):
        read(contenu, 2025)


@pytest.mark.parametrize(
    ("nom", "borne"),
    [("MAX_DECOMPRESSE", 2_000), ("MAX_LIGNES", 2), ("MAX_COLONNES", 3), ("MAX_LONGUEUR_TEXTES", 50)],
)
def test_what_would_fill_the_memory_is_refused(monkeypatch, nom, borne):
    contenu = build_xlsx([CRITERES_2026, *LIGNES_2026])
    monkeypatch.setattr(archive, nom, borne)
    with pytest.raises(FichierIllisible, match="démesuré"):
        read(contenu, 2026)


def test_a_table_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_LIGNES_TEXTE", 2)
    with pytest.raises(FichierIllisible, match="démesuré"):
        read(build_csv([("COM", "PMUN", "PTOT"), (A, 1, 1), (B, 1, 1)]), 2023)


def test_a_long_workbook_gives_the_same_as_the_same_text():
    """Rows of others are gone past without being read, once the columns are known: nothing of ours is lost."""
    ailleurs = [(f"{rang:05}", f"Commune {rang}", *range(rang, rang + 9)) for rang in range(2_000, 5_000)]
    lignes = [CRITERES_2026, *ailleurs[:1_500], LIGNES_2026[0], *ailleurs[1_500:], LIGNES_2026[1]]
    lues, texte = read(build_xlsx(lignes), 2026), read(build_csv(lignes, "\t"), 2026)
    assert lues.ailleurs == texte.ailleurs == 3_000
    assert {d.code for d in lues.donnees} == {A, B}
    assert len(lues.donnees) == len(texte.donnees) + len(texte.illisibles)


SPOILT = build_xlsx([CRITERES_2026, *LIGNES_2026]), build_csv([("COM", "PMUN", "PTOT"), (A, 10, 11)], encodage="utf-8")


@settings(max_examples=60, deadline=None)
@given(
    source=st.sampled_from(SPOILT),
    octets=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
    longueur=st.floats(0, 1),
)
def test_a_spoilt_file_is_read_or_refused_and_breaks_nothing(source, octets, longueur):
    contenu = bytearray(source[: int(len(source) * max(longueur, 0.5))] if longueur < 0.9 else source)
    for place, octet in octets:
        contenu[int(place * len(contenu))] = octet
    try:
        lues = read(bytes(contenu), 2026)
    except FichierIllisible:
        return
    assert {d.code for d in lues.donnees} <= set(TERRITOIRE.communes)
