"""Truth table of the advisor of forms (R-5.0): every row, every exclusion, and what an unknown answer leaves open."""

from dataclasses import replace
from itertools import product

import pytest
from droit_tables import Cas, Table, run, spread
from formes_cas import CAS, COMPLETES, DOMAINES

from communaccord.noyau.droit.formes import (
    CRITERES,
    FICHES,
    MODALITES,
    QUESTIONS,
    RESERVES,
    Competence,
    Fiscalite,
    Forme,
    Mission,
    Objet,
    OuiNon,
    Reponses,
    Sens,
    Verdict,
    advise,
    list_accords,
)
from communaccord.noyau.droit.regles import REGLES

ARTICLE = "table des formes de l'étude juridique du projet"


def find_avis(forme, reponses):
    return next(avis for avis in advise(reponses).avis if avis.forme is forme)


def build_compute(forme, cles):
    """The answer told in a table: the verdict, then the articles that exclude, or the questions that would
    decide and the articles of what must be checked."""

    def compute(*reponses):
        avis = find_avis(forme, Reponses(**dict(zip(cles, reponses, strict=True))))
        if avis.verdict is Verdict.EXCLUE:
            return (avis.verdict, *(raison.article for raison in avis.raisons))
        suites = (*avis.inconnues, *(f"réserve : {reserve.article}" for reserve in avis.reserves))
        return (avis.verdict, *suites) if suites else avis.verdict

    return compute


def build_table(forme, cles, cas):
    columns = tuple(QUESTIONS[cle].texte.rstrip(" ?\u202f") for cle in cles)
    rows = tuple(Cas(titre, reponses, attendu, ARTICLE) for titre, reponses, attendu in cas)
    return Table("R-5.0", f"{forme.label.capitalize()} : la forme est-elle ouverte ?", columns, "réponse",
                 build_compute(forme, cles), rows)  # fmt: skip


def find_modalite(forme, rang, **reponses):
    return find_avis(forme, Reponses(**reponses)).modalites[rang].verdict


TABLES = (
    *(build_table(forme, cles, cas) for forme, (cles, cas) in CAS.items()),
    Table(
        "R-5.0",
        "Service commun : imputer la part sur l'attribution de compensation",
        ("régime fiscal",),
        "réponse",
        lambda fiscalite: find_modalite(Forme.SERVICE_COMMUN, 0, fiscalite=fiscalite),
        (
            Cas("En fiscalité professionnelle unique", (Fiscalite.FPU,), Verdict.POSSIBLE, "CGCT L5211-4-2"),
            Cas("En fiscalité additionnelle", (Fiscalite.FA,), Verdict.EXCLUE, "CGCT L5211-4-2"),
            Cas("On ne sait pas", (None,), Verdict.A_PRECISER),
        ),
    ),
    Table(
        "R-5.6",
        "L'intercommunalité peut-elle acheter gratuitement pour ses communes ?",
        ("clause expresse dans les statuts",),
        "réponse",
        lambda clause: find_modalite(Forme.GROUPEMENT, 0, mandat_statuts=clause),
        (
            Cas("Clause expresse", (OuiNon.OUI,), Verdict.POSSIBLE, "CGCT L5211-4-4"),
            Cas("Sans clause", (OuiNon.NON,), Verdict.EXCLUE, "CGCT L5211-4-4"),
            Cas("On ne sait pas", (None,), Verdict.A_PRECISER),
        ),
    ),
    Table(
        "R-5.0",
        "Prestation : se passer de budget annexe",
        ("qui porte le service",),
        "réponse",
        lambda sens: find_modalite(Forme.PRESTATION, 0, sens=sens),
        (
            Cas("L'intercommunalité sert des communes", (Sens.EPCI_VERS_COMMUNES,), Verdict.EXCLUE, "CGCT L5211-56"),
            Cas("Une commune sert l'intercommunalité", (Sens.COMMUNE_VERS_EPCI,), Verdict.POSSIBLE, "CGCT L5211-56"),
        ),
    ),
    Table(
        "R-5.0",
        "Combien d'accords faut-il ?",
        ("forme", "fiscalité professionnelle unique"),
        "manières de donner l'accord",
        lambda forme, fpu: tuple(accord.majorite for accord in list_accords(forme, fpu=fpu)),
        tuple(
            Cas(f"{forme.label.capitalize()}, {'unique' if fpu else 'additionnelle'}", (forme, fpu), attendu)
            for forme, fpu, attendu in COMPLETES
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_every_form_and_every_exclusion_has_its_case():
    """Each criterion closes alone in at least one case of the table, each form is open in one and unsure in one."""
    assert set(CAS) == set(Forme) == set(FICHES) == set(CRITERES)
    for forme, (cles, cas) in CAS.items():
        verdicts, seuls, reserves = set(), set(), set()
        for _, reponses, _attendu in cas:
            avis = find_avis(forme, Reponses(**dict(zip(cles, reponses, strict=True))))
            verdicts.add(avis.verdict)
            if len(avis.raisons) == 1:
                seuls.add(avis.raisons[0].texte)
            reserves |= {reserve.texte for reserve in avis.reserves}
        assert verdicts == set(Verdict), forme
        assert seuls == {critere.motif for critere in CRITERES[forme]}, forme
        assert reserves == {critere.motif for critere in RESERVES.get(forme, ())}, forme


@pytest.mark.parametrize("forme", Forme, ids=lambda forme: forme.value)
def test_the_verdict_is_exact_on_every_partial_answer(forme):
    """EXCLUE when every completion is, POSSIBLE when all are, A_PRECISER otherwise: by listing them all."""
    cles = tuple(dict.fromkeys(cle for critere in CRITERES[forme] for cle in critere.questions))
    check_exact(cles, lambda reponses: merge(CRITERES[forme], reponses))


@pytest.mark.parametrize("forme", RESERVES, ids=lambda forme: forme.value)
def test_a_reserve_alone_is_exact_on_every_partial_answer(forme):
    for reserve in RESERVES[forme]:
        check_exact(reserve.questions, reserve.judge)


def check_exact(cles, judge):
    domaines = [QUESTIONS[cle].valeurs for cle in cles]

    def find(reponses):
        return judge(Reponses(**dict(zip(cles, reponses, strict=True))))

    open_ = {complete: find(complete) is Verdict.POSSIBLE for complete in product(*domaines)}
    for partielle in product(*[(*domaine, None) for domaine in domaines]):
        issues = {ok for c, ok in open_.items() if all(p is None or p is x for p, x in zip(partielle, c, strict=True))}
        expected = Verdict.A_PRECISER if len(issues) == 2 else Verdict.POSSIBLE if True in issues else Verdict.EXCLUE
        assert find(partielle) is expected, partielle


def merge(criteres, reponses):
    verdicts = {critere.judge(reponses) for critere in criteres}
    if Verdict.EXCLUE in verdicts:
        return Verdict.EXCLUE
    return Verdict.A_PRECISER if Verdict.A_PRECISER in verdicts else Verdict.POSSIBLE


def test_what_must_be_checked_never_opens_nor_closes_a_form():
    """Missions of the centre de gestion: the service commun is closed, the others are not promised."""
    conseil = advise(
        Reponses(
            objet=Objet.SERVICE,
            competence=Competence.NON,
            mission=Mission.FONCTIONNELLE,
            sens=Sens.EPCI_VERS_COMMUNES,
            economique=OuiNon.NON,
            missions_cdg=OuiNon.OUI,
            affiliation=OuiNon.OUI,
        )
    )
    floues = conseil.list_par_verdict(Verdict.A_PRECISER)
    assert {avis.forme for avis in floues} == {Forme.MAD_DESCENDANTE, Forme.PRESTATION, Forme.ENTENTE}
    assert all(not avis.inconnues and avis.reserves for avis in floues)
    assert not conseil.list_par_verdict(Verdict.POSSIBLE)


def test_a_closed_transfer_says_which_answer_closed_it():
    transferee = find_avis(Forme.TRANSFERT, Reponses(competence=Competence.TRANSFEREE)).raisons
    gardee = find_avis(Forme.TRANSFERT, Reponses(competence=Competence.NON)).raisons
    assert ["gardent" in raison.texte for raison in (*transferee, *gardee)] == [False, True]


def test_without_any_answer_nothing_is_excluded_nor_promised():
    conseil = advise(Reponses())
    assert {avis.verdict for avis in conseil.avis} == {Verdict.A_PRECISER}
    assert conseil.questions_decisives[:2] == ("objet", "competence")
    assert "fiscalite" not in conseil.questions_decisives


def test_a_support_service_of_the_intercommunalite():
    """The usual case: payroll for some communes, non-economic, FPU."""
    conseil = advise(
        Reponses(
            objet=Objet.SERVICE,
            competence=Competence.NON,
            mission=Mission.FONCTIONNELLE,
            sens=Sens.EPCI_VERS_COMMUNES,
            economique=OuiNon.NON,
            missions_cdg=OuiNon.NON,
        )
    )
    ouvertes = {avis.forme for avis in conseil.list_par_verdict(Verdict.POSSIBLE)}
    assert ouvertes == {Forme.SERVICE_COMMUN, Forme.MAD_DESCENDANTE, Forme.PRESTATION, Forme.ENTENTE}
    assert not conseil.list_par_verdict(Verdict.A_PRECISER)


def test_a_new_answer_never_opens_what_was_excluded():
    depart = Reponses(objet=Objet.SERVICE, competence=Competence.TRANSFEREE)
    fermees = {avis.forme for avis in advise(depart).list_par_verdict(Verdict.EXCLUE)}
    assert Forme.SERVICE_COMMUN in fermees
    for cle, valeurs in DOMAINES.items():
        if depart.get(cle) is None:
            for valeur in valeurs:
                suite = advise(replace(depart, **{cle: valeur}))
                assert fermees <= {avis.forme for avis in suite.list_par_verdict(Verdict.EXCLUE)}


def test_nothing_is_said_obligatoire_and_all_is_sourced():
    for fiche in FICHES.values():
        textes = (fiche.objet, fiche.actes, fiche.agents_precision, fiche.argent, *fiche.points_ouverts)
        assert not any("obligatoire" in texte for texte in textes)
        assert all(texte.endswith(".") for texte in textes)
        assert fiche.articles
        assert all(accord.regle in REGLES for accord in fiche.accords)
    for criteres in (*CRITERES.values(), *RESERVES.values(), *((m.critere for m in ms) for ms in MODALITES.values())):
        assert all(critere.motif.endswith(".") and critere.article for critere in criteres)


def test_an_exclusion_that_the_text_does_not_give_is_told_as_our_reading():
    """R-5.0 excludes transferred compétences from a service commun, not from conventions between communes."""
    lues = {
        (forme, critere.questions) for forme, criteres in CRITERES.items() for critere in criteres if critere.lecture
    }
    assert lues == {
        (Forme.TRANSFERT, ("mission",)),
        (Forme.A_LA_CARTE, ("mission",)),
        (Forme.ENTRE_COMMUNES, ("competence",)),
        (Forme.ENTENTE, ("competence",)),
    }
    assert all(critere.lecture for reserves in RESERVES.values() for critere in reserves)


def test_a_transfer_a_la_carte_says_nothing_established_of_its_effect_on_the_ac():
    fiche = FICHES[Forme.A_LA_CARTE]
    assert "reste à établir" in fiche.argent
    assert "coût évalué par la CLECT est retiré" in FICHES[Forme.TRANSFERT].argent
    assert not any(accord.regle == "R-6.3" for accord in fiche.accords)
