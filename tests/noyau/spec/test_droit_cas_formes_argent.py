"""Money of the forms (CIF, AC, refund at unit cost, ceiling of a fonds de concours) and the acts of each (R-5.11)."""

from fractions import Fraction

import pytest
from droit_tables import Cas, Table, run, spread

from communaccord.noyau.droit.cif import (
    BaseCif,
    compute_cif,
    compute_cout_unitaire,
    compute_effet_ac,
    compute_plafond_fonds,
    compute_remboursement,
    impute_service,
)
from communaccord.noyau.droit.formes import (
    PIECES,
    Condition,
    Exigence,
    Forme,
    Porteur,
    list_conditions,
    list_pieces,
)
from communaccord.noyau.droit.regle import Confiance

FICHE = "exemple de l'étude juridique du projet"
MILLION = 100_000_000  # cents
AUCUN: dict = {}


def tell_cif(recettes, ensemble, ac, dsc, fpu, metropole, impute):
    base = BaseCif(recettes * MILLION, ensemble * MILLION, ac * MILLION, dsc * MILLION, fpu, metropole)
    cif = compute_cif(impute_service(base, impute * MILLION) if impute else base)
    return cif.retenu


def tell_ac(ac, part, impute):
    effet = compute_effet_ac(ac * 100, part * 100, impute=impute)
    return (effet.ac_apres // 100, effet.facture // 100)


def tell_remboursement(cout, unites, siennes):
    unitaire = compute_cout_unitaire(cout * 100, Fraction(unites))
    return (unitaire / 100, Fraction(compute_remboursement(unitaire, Fraction(siennes)), 100))


def tell_pieces(forme, contexte):
    exigences = list_pieces(forme, contexte)
    return tuple(attendue.piece.cle for attendue in exigences if attendue.exigence is Exigence.ATTENDUE)


SANS_AC = {Condition.IMPUTATION_AC: False, Condition.ACCORDS_SYNDICAUX: False, Condition.AGENTS: True}
TABLES = (
    Table(
        "R-5.4",
        "Coefficient d'intégration fiscale",
        (
            "recettes de l'EPCI (M€)",
            "recettes de l'ensemble (M€)",
            "AC versées (M€)",
            "DSC (M€)",
            "fiscalité professionnelle unique",
            "métropole",
            "service commun imputé (M€)",
        ),
        "CIF",
        tell_cif,
        (
            Cas("Avant : environ 0,309", (40, 55, 22, 2, True, False, 0), Fraction(17, 55), FICHE),
            Cas("Trois millions imputés : environ 0,364", (40, 55, 22, 2, True, False, 3), Fraction(4, 11), FICHE),
            Cas(
                "Fiscalité additionnelle, au plafond", (40, 55, 22, 2, False, False, 0), Fraction(3, 5), "CGCT L5211-29"
            ),
            Cas(
                "Fiscalité additionnelle : la moitié de la DSC seule",
                (20, 55, 0, 2, False, False, 0),
                Fraction(19, 55),
                "CGCT L5211-29",
            ),
            Cas("Plafond de 0,6", (50, 55, 1, 0, True, False, 0), Fraction(3, 5), "CGCT L5211-29"),
            Cas("Exactement 0,6", (34, 55, 1, 0, True, False, 0), Fraction(3, 5)),
            Cas("Métropole : multiplié par 1,1", (40, 55, 22, 2, True, True, 0), Fraction(17, 50), "CGCT L5211-29"),
            Cas(
                "Métropole, plafond après le coefficient (notre lecture)",
                (32, 55, 0, 0, True, True, 0),
                Fraction(3, 5),
                "notre lecture du texte",
            ),
        ),
    ),
    Table(
        "R-5.1",
        "Ce que reçoit et paie une commune",
        ("AC (€)", "part du service commun (€)", "imputée sur l'AC"),
        "AC versée, facture (€)",
        tell_ac,
        (
            Cas("Imputée : plus de facture", (500_000, 82_000, True), (418_000, 0), FICHE),
            Cas("Remboursée : l'AC ne change pas", (500_000, 82_000, False), (500_000, 82_000)),
            Cas("Une part plus forte que l'AC : la commune verse", (50_000, 82_000, True), (-32_000, 0)),
        ),
    ),
    Table(
        "R-5.3",
        "Remboursement au coût unitaire",
        ("coût du service (€)", "unités du service", "unités de la commune"),
        "coût unitaire, remboursement (€)",
        tell_remboursement,
        (
            Cas("Instruction : 37 € par acte", (148_000, 4_000, 320), (37, 11_840), FICHE),
            Cas("Un coût qui ne tombe pas juste", (100, 3, 1), (Fraction(100, 3), Fraction(3333, 100))),
            Cas("Aucune unité dans l'année", (148_000, 4_000, 0), (37, 0)),
        ),
    ),
    Table(
        "R-5.8",
        "Plafond des fonds de concours",
        ("coût de l'équipement (€)", "subventions (€)"),
        "total des fonds, au plus (€)",
        lambda cout, subventions: Fraction(compute_plafond_fonds(cout * 100, subventions * 100), 100),
        (
            Cas("Gymnase subventionné", (1_000_000, 400_000), 300_000, FICHE),
            Cas("Sans subvention", (1_000_000, 0), 500_000),
            Cas("Tout est subventionné", (400_000, 400_000), 0),
        ),
    ),
    Table(
        "R-5.11",
        "Actes attendus",
        ("forme", "ce que l'on sait"),
        "actes",
        tell_pieces,
        (
            Cas(
                "Service commun, sans imputation ni accord syndical",
                (Forme.SERVICE_COMMUN, SANS_AC),
                ("fiche_impact", "liste_agents", "avis_cst", "delib_epci", "delib_commune", "convention"),
                FICHE,
            ),
            Cas(
                "Service commun imputé sur l'AC",
                (Forme.SERVICE_COMMUN, SANS_AC | {Condition.IMPUTATION_AC: True}),
                (
                    "fiche_impact",
                    "liste_agents",
                    "avis_cst",
                    "delib_epci",
                    "delib_commune",
                    "convention",
                    "rapport_clect",
                    "delib_ac_epci",
                    "delib_ac_commune",
                ),
                FICHE,
            ),
            Cas(
                "Transfert en fiscalité additionnelle, sans agent",
                (Forme.TRANSFERT, {Condition.FPU: False, Condition.AGENTS: False}),
                ("delib_epci", "delib_commune", "arrete_prefet"),
                FICHE,
            ),
            Cas(
                "Transfert à la carte, effet sur l'AC non établi",
                (Forme.A_LA_CARTE, {Condition.FPU: True, Condition.AGENTS: False}),
                ("delib_epci", "delib_commune", "arrete_prefet"),
                "notre lecture du texte",
            ),
            Cas(
                "Transfert à la carte, effet sur l'AC établi",
                (Forme.A_LA_CARTE, {Condition.EFFET_AC: True, Condition.AGENTS: False}),
                ("delib_epci", "delib_commune", "arrete_prefet", "rapport_clect", "approbation_clect"),
                "notre lecture du texte",
            ),
            Cas(
                "Mise à disposition descendante",
                (Forme.MAD_DESCENDANTE, AUCUN),
                ("avis_cst", "delib_epci", "delib_commune", "convention", "cout_unitaire", "prevision_unites"),
                FICHE,
            ),
            Cas(
                "Prestation de l'intercommunalité",
                (Forme.PRESTATION, {Condition.BUDGET_ANNEXE: True}),
                ("analyse_commande_publique", "delib_epci", "delib_commune", "convention", "budget_annexe"),
                FICHE,
            ),
            Cas("Partage de biens", (Forme.PARTAGE_DE_BIENS, AUCUN), ("delib_epci", "reglement"), FICHE),
            Cas(
                "Groupement sans mandat gratuit",
                (Forme.GROUPEMENT, {Condition.MANDAT_GRATUIT: False}),
                ("delib_epci", "delib_commune", "convention", "regles_cao"),
                FICHE,
            ),
            Cas(
                "Entente",
                (Forme.ENTENTE, AUCUN),
                ("delib_commune", "convention", "designation", "ratification"),
                FICHE,
            ),
            Cas(
                "Fonds de concours",
                (Forme.FONDS_DE_CONCOURS, AUCUN),
                ("plan_financement", "controle_plafond", "delib_epci", "delib_commune"),
                FICHE,
            ),
            Cas(
                "Agent ou agente partagée",
                (Forme.AGENT_PARTAGE, AUCUN),
                ("accord_agent", "convention", "arrete", "information_assemblee"),
                FICHE,
            ),
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_every_form_has_its_acts_and_each_order_names_an_act_of_the_form():
    assert set(PIECES) == set(Forme)
    for pieces in PIECES.values():
        cles = [piece.cle for piece in pieces]
        assert len(cles) == len(set(cles))
        for rang, piece in enumerate(pieces):
            assert set(piece.apres) <= set(cles[:rang]), piece


@pytest.mark.parametrize("forme", Forme, ids=lambda forme: forme.value)
def test_an_unknown_condition_asks_and_a_known_one_answers(forme):
    for attendue in list_pieces(forme, {}):
        assert (attendue.exigence is Exigence.A_PRECISER) is (attendue.piece.condition is not None)
        assert (attendue.motif == "") is (attendue.piece.condition is None)
    for condition in list_conditions(forme):
        siennes = [a for a in list_pieces(forme, {condition: False}) if a.piece.condition is condition]
        assert siennes
        assert all(a.exigence is Exigence.SANS_OBJET and a.motif.endswith(".") for a in siennes)
        siennes = [a for a in list_pieces(forme, {condition: True}) if a.piece.condition is condition]
        assert all(a.exigence is Exigence.ATTENDUE for a in siennes)


def test_what_is_known_from_memory_says_so():
    de_memoire = [piece.cle for pieces in PIECES.values() for piece in pieces if not piece.confiance.est_etablie]
    assert de_memoire == ["information_assemblee"]
    assert PIECES[Forme.AGENT_PARTAGE][-1].confiance is Confiance.MEMOIRE


def test_agents_that_move_by_law_have_their_cst_avis():
    for forme in (Forme.SERVICE_COMMUN, Forme.TRANSFERT, Forme.MAD_ASCENDANTE, Forme.MAD_DESCENDANTE):
        avis = next(piece for piece in PIECES[forme] if piece.cle == "avis_cst")
        assert avis.porteur is Porteur.EMPLOYEURS
        assert "celui du centre de gestion pour un employeur de moins de 50 agents" in avis.libelle
        assert "L251-5" in avis.article


@pytest.mark.parametrize(
    ("calcul", "mots"),
    [
        (lambda: impute_service(BaseCif(4, 5, 1, 0, fpu=False), 1), "remboursement seulement"),
        (lambda: impute_service(BaseCif(4, 5, 1, 0, fpu=True), -1), "négatif"),
        (lambda: compute_cif(BaseCif(4, 0, 0, 0, fpu=True)), "l'ensemble"),
        (lambda: compute_cif(BaseCif(4, 3, 0, 0, fpu=True)), "moindres"),
        (lambda: compute_cif(BaseCif(-1, 3, 0, 0, fpu=True)), "négatives"),
        (lambda: compute_cout_unitaire(100, Fraction(0)), "supérieur à zéro"),
        (lambda: compute_remboursement(Fraction(-1), Fraction(1)), "négatifs"),
        (lambda: compute_plafond_fonds(100, 101), "dépassent"),
        (lambda: compute_plafond_fonds(-1, 0), "négatifs"),
        (lambda: compute_effet_ac(0, -1, impute=True), "négative"),
    ],
)
def test_what_cannot_be_computed_is_said_in_french(calcul, mots):
    with pytest.raises(ValueError, match=mots):
        calcul()


def test_an_odd_cent_never_passes_the_ceiling():
    assert compute_plafond_fonds(101, 0) == 50


def test_the_articles_of_the_acts_hold_for_every_nature_of_intercommunalite():
    """A fonds de concours has an article by nature; a transfer à la carte has its own."""
    for piece in PIECES[Forme.FONDS_DE_CONCOURS]:
        assert all(article in piece.article for article in ("L5214-16 V", "L5215-26", "L5216-5 VI", "L5217-7 I")), piece
    votes = ("delib_epci", "delib_commune", "arrete_prefet")
    assert all("L5211-17-2" in piece.article for piece in PIECES[Forme.A_LA_CARTE] if piece.cle in votes)
    assert not any("L5211-17-2" in piece.article for piece in PIECES[Forme.TRANSFERT])
