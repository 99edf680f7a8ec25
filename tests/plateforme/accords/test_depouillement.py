"""The opening of the envelopes: by the clock, by two of three, with paper; frozen, replayable, and never twice."""

import json
from datetime import timedelta

import pytest
from tests.plateforme.accords.fabrique import (
    APRES,
    CLOTURE,
    CODE,
    INSTANT,
    MONTANT_SECRET,
    SECRET_PLI,
    build_element,
    build_elements,
    list_assesseurs,
    open_table,
    prepare,
)
from tests.plateforme.fabriques import give_code

from communaccord.plateforme.accords import actions, bridge, coffre, queries
from communaccord.plateforme.accords.actions import assesseurs
from communaccord.plateforme.accords.actions.assesseurs import read_part
from communaccord.plateforme.accords.actions.cles import join_cle, read_cle_horloge
from communaccord.plateforme.accords.coffre import CoffreIllisible
from communaccord.plateforme.accords.enums import (
    EtatTour,
    ModeOuverture,
    NatureElement,
    NaturePartage,
    Visibilite,
)
from communaccord.plateforme.accords.models import (
    Assesseur,
    AVousSeule,
    Element,
    Partage,
    Reponse,
    Resultat,
    Tour,
)
from communaccord.plateforme.comptes.acteurs import build_horloge
from communaccord.plateforme.comptes.codes import CodeRefuse, normalize_code
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


def contribute(table, maire, **values):
    return actions.contribute_part(**{"acteur": maire, "instant": APRES, "tour": table.tour, "code": CODE, **values})


def test_the_clock_opens_at_the_closing_and_publishes_counts_only():
    table = open_table(12)
    for rang in range(11):
        table.answer(rang, build_elements(montant=200_000 if rang < 6 else 1))
    assert actions.veiller(CLOTURE - timedelta(seconds=1)) >= 1
    assert not Resultat.objects.exists()
    actions.veiller(CLOTURE)
    resultat = Resultat.objects.get()
    tour = Tour.objects.get()
    assert tour.etat == EtatTour.DEPOUILLE
    assert tour.depouille_le == CLOTURE
    assert resultat.ouvert_par == "l'horloge"
    publication = resultat.publication["dossiers"][str(table.dossier.pk)]
    assert publication["reponses"] == 11
    text = json.dumps(resultat.publication, ensure_ascii=False)
    assert SECRET_PLI not in text
    assert "200000" not in text
    (line,) = publication["scenarios"]
    assert line["bas"] <= 6 <= line["haut"]


def test_a_round_is_opened_once():
    table = open_table()
    table.answer(0)
    actions.veiller(APRES)
    assert actions.veiller(APRES) == 0
    with pytest.raises(Conflit, match="dépouillé"):
        actions.depouiller(acteur=build_horloge(table.demarche), instant=APRES, tour=table.tour)
    assert Resultat.objects.count() == 1


def test_nobody_opens_in_the_name_of_the_clock():
    table = open_table()
    for acteur in (table.equipe, table.maires[0]):
        with pytest.raises(ActionRefusee):
            actions.depouiller(acteur=acteur, instant=APRES, tour=table.tour)
    with pytest.raises(Conflit, match="avant la clôture"):
        actions.depouiller(acteur=build_horloge(table.demarche), instant=INSTANT, tour=table.tour)


def test_what_the_engine_read_is_frozen_and_plays_again_the_same():
    table = open_table(6)
    for rang in range(6):
        table.answer(rang)
    actions.veiller(APRES)
    resultat, tour = Resultat.objects.get(), Tour.objects.get()
    entrees = coffre.unseal(read_cle_horloge(tour), bytes(resultat.entrees), f"entrees:{tour.pk}")
    assert bridge.compute_empreinte(entrees) == resultat.empreinte
    replayed = bridge.compute_tour(entrees)
    assert {str(d): r.publication for d, r in replayed.items()} == resultat.publication["dossiers"]
    assert len(json.loads(entrees)["nonce"]) == 64
    assert SECRET_PLI not in json.dumps(json.loads(entrees)["dossiers"][0]["reponses"][0]["position"])


def test_what_a_commune_alone_is_shown_is_read_by_it_alone():
    table = open_table(6)
    for rang in range(6):
        table.answer(rang, build_elements(montant=50_000))
    actions.veiller(APRES)
    for acteur in (table.maires[2], table.secretaires[2]):
        seules = queries.read_seules(acteur, table.tour)
        (verdict,) = seules[table.dossier.pk]["scenarios"][0]["conditions"]
        assert verdict["sens"] == "non_reunie"
        assert verdict["ajustement"]["cents"] == 50_000
    assert queries.read_seules(table.equipe, table.tour) == {}
    assert AVousSeule.objects.count() == 6
    foreign = AVousSeule.objects.exclude(commune_id=table.maires[2].commune_id)
    assert not AVousSeule.objects.visible_to(table.maires[2]).filter(pk__in=foreign).exists()


def test_what_is_marked_as_shared_comes_on_the_table_at_the_opening_only():
    table = open_table(5)
    for rang in range(5):
        table.answer(rang, build_elements("favorable", visibilite=Visibilite.PARTAGE, motif="Dit à tous"))
    assert not Partage.objects.exists()
    actions.veiller(APRES)
    shared = Partage.objects.visible_to(table.maires[0])
    assert {p.contenu.get("motif") for p in shared if p.element.nature == NatureElement.POSITION} == {"Dit à tous"}
    assert shared.filter(element__nature=NatureElement.CLAUSE).count() == 0
    assert shared.count() == 10


def test_a_draft_is_never_counted():
    table = open_table(6)
    for rang in range(5):
        table.answer(rang)
    reponse = table.get_reponse(5)
    actions.save_brouillon(
        acteur=table.secretaires[5], instant=INSTANT, reponse=reponse, version=0, elements=build_elements()
    )
    actions.veiller(APRES)
    assert Resultat.objects.get().publication["dossiers"][str(table.dossier.pk)]["reponses"] == 5
    assert AVousSeule.objects.count() == 5


def test_an_answer_changed_in_the_database_stops_the_opening(caplog):
    table = open_table()
    first, second = table.answer(0), table.answer(1)
    stolen = Element.objects.get(reponse=second, nature=NatureElement.POSITION).pli
    Element.objects.filter(reponse=first, nature=NatureElement.POSITION).update(pli=stolen)
    assert [actions.veiller(APRES) for _ in range(2)] == [1, 0]
    assert "sceau" in caplog.text
    assert "sceau" in Courriel.objects.get(cle__contains="arret").corps
    assert Tour.objects.get().etat == EtatTour.OUVERT
    actions.declare_non_depouillable(
        acteur=table.equipe, instant=APRES, tour=table.tour, motif="Une réponse a été altérée dans la base"
    )
    tour = Tour.objects.get()
    assert tour.etat == EtatTour.NON_DEPOUILLABLE
    assert tour.cle_privee is None
    assert Courriel.objects.filter(cle__contains="non-depouillable").count() == 7


def test_a_round_still_open_is_not_declared_impossible_to_open():
    table = open_table()
    with pytest.raises(Conflit, match="Seul un tour clos"):
        actions.declare_non_depouillable(acteur=table.equipe, instant=INSTANT, tour=table.tour, motif="essai")


def test_another_master_key_takes_no_answer_that_could_never_be_opened():
    table = open_table()
    coffre.get_chemin().unlink()
    reponse = table.get_reponse(0)
    draft = actions.save_brouillon(
        acteur=table.secretaires[0], instant=INSTANT, reponse=reponse, version=0, elements=build_elements()
    )
    with pytest.raises(CoffreIllisible, match="cle-du-coffre"):
        actions.validate_reponse(acteur=table.maires[0], instant=INSTANT, reponse=draft, version=1, code=CODE)


def test_an_answer_acknowledged_while_the_engine_computes_is_counted_by_the_next_try(monkeypatch):
    table = open_table(6)
    for rang in range(5):
        table.answer(rang)
    compute = bridge.compute_tour

    def compute_late(entrees):
        monkeypatch.setattr(bridge, "compute_tour", compute)
        table.answer(5, instant=CLOTURE - timedelta(microseconds=1))
        return compute(entrees)

    monkeypatch.setattr(bridge, "compute_tour", compute_late)
    assert actions.veiller(APRES) == 0
    assert not Resultat.objects.exists()
    actions.veiller(APRES)
    assert Resultat.objects.get().publication["dossiers"][str(table.dossier.pk)]["reponses"] == 6


# --- Assesseurs -------------------------------------------------------------------------------------------------------


@pytest.fixture
def table():
    table = open_table(6, mode=ModeOuverture.ASSESSEURS)
    for rang in range(6):
        table.answer(rang)
    return table


@pytest.mark.parametrize("pair", [(0, 1), (2, 0), (1, 2)])
def test_any_two_assesseurs_open_and_one_does_not(table, pair):
    (_, first), (_, second) = (list_assesseurs(table)[i] for i in pair)
    assert actions.veiller(APRES) == 1
    assert contribute(table, first) is None
    assert contribute(table, first) is None
    assert Tour.objects.get().etat == EtatTour.OUVERT
    resultat = contribute(table, second)
    assert resultat.publication["dossiers"][str(table.dossier.pk)]["reponses"] == 6
    assert first.commune.nom in resultat.ouvert_par
    assert not Assesseur.objects.filter(part_en_attente__isnull=False).exists()
    with pytest.raises(Conflit):
        contribute(table, second)


def test_two_assesseurs_at_the_same_instant_open_together(table, monkeypatch):
    """Each looks, sees nobody, then keeps the part: the second finds the first and opens; two parts never lie there."""
    (_, first), (_, second), _ = list_assesseurs(table)
    assert contribute(table, first) is None
    answers = iter([lambda *_: None])
    find = assesseurs.find_waiting
    monkeypatch.setattr(assesseurs, "find_waiting", lambda *place: next(answers, find)(*place))
    assert contribute(table, second) is not None
    assert not Assesseur.objects.filter(part_en_attente__isnull=False).exists()


def test_parts_are_refused_before_the_closing_and_from_others(table):
    (_, first), *_ = list_assesseurs(table)
    with pytest.raises(Conflit, match="avant la clôture"):
        contribute(table, first, instant=CLOTURE - timedelta(seconds=1))
    called = {m.mandat_id for _, m in list_assesseurs(table)}
    outsider = next(m for m in table.maires if m.mandat_id not in called)
    for acteur in (outsider, table.equipe, table.secretaires[0]):
        with pytest.raises(ActionRefusee):
            contribute(table, acteur)


def test_a_wrong_code_is_refused_and_counted(table):
    (assesseur, first), *_ = list_assesseurs(table)
    with pytest.raises(CodeRefuse):
        contribute(table, first, code="0000 1111")
    assert Personne.objects.get(pk=first.personne_id).code_essais == 1
    assert Assesseur.objects.get(pk=assesseur.pk).part_en_attente is None


def test_an_assesseur_whose_code_changed_gives_the_old_one_or_leaves_it_to_the_others(table):
    (_, first), (_, second), (_, third) = list_assesseurs(table)
    give_code(first, "1618 0339")
    with pytest.raises(CoffreIllisible, match="deux autres assesseurs suffisent"):
        contribute(table, first, code="1618 0339")
    assert contribute(table, second) is None
    assert contribute(table, third) is not None


def test_an_old_code_still_opens_the_part_that_it_closed(table):
    (_, first), (_, second), _ = list_assesseurs(table)
    give_code(first, "1618 0339")
    assert contribute(table, first, code="1618 0339", ancien_code=CODE) is None
    assert contribute(table, second) is not None


def test_the_frozen_inputs_of_a_round_of_assesseurs_are_replayed_by_two_of_them(table):
    (one, first), (two, second), _ = list_assesseurs(table)
    contribute(table, first)
    resultat = contribute(table, second)
    tour = Tour.objects.get()
    code = normalize_code(CODE)
    privee = join_cle(tour, [read_part(tour, one, [code]), read_part(tour, two, [code])])
    entrees = coffre.unseal(privee, bytes(resultat.entrees), f"entrees:{tour.pk}")
    replayed = bridge.compute_tour(entrees)
    assert {str(d): r.publication for d, r in replayed.items()} == resultat.publication["dossiers"]


def test_the_clock_never_opens_a_round_of_assesseurs(table):
    actions.veiller(APRES)
    with pytest.raises(ActionRefusee):
        actions.depouiller(acteur=build_horloge(table.demarche), instant=APRES, tour=table.tour)
    assert not Resultat.objects.exists()


def test_after_the_time_of_keeping_nothing_opens_any_more(table):
    (one, first), (_, second), _ = list_assesseurs(table)
    contribute(table, first)
    contribute(table, second)
    assert actions.veiller(APRES + timedelta(days=600)) == 0
    assert actions.veiller(APRES + timedelta(days=731)) == 1
    assert actions.veiller(APRES + timedelta(days=731)) == 0
    one.refresh_from_db()
    with pytest.raises(CoffreIllisible, match="détruite"):
        read_part(table.tour, one, [normalize_code(CODE)])
    assert not Element.objects.filter(copie__isnull=False).exists()
    assert Resultat.objects.count() == 1


# --- After the opening ------------------------------------------------------------------------------------------------


def test_a_mayor_may_share_what_was_sealed_or_shown_to_the_commune_alone():
    table = open_table(5)
    for rang in range(5):
        table.answer(rang)
    element = Element.objects.get(reponse=table.get_reponse(0), nature=NatureElement.CLAUSE)
    call = {"acteur": table.maires[0], "instant": APRES, "element": element, "code": CODE}
    with pytest.raises(Conflit, match="avant l'ouverture"):
        actions.share_element(**{**call, "instant": INSTANT})
    actions.veiller(APRES)
    for acteur in (table.secretaires[0], table.maires[1], table.equipe):
        with pytest.raises(ActionRefusee):
            actions.share_element(**{**call, "acteur": acteur})
    shared = actions.share_element(**call)
    assert shared.contenu["texte"] == SECRET_PLI
    with pytest.raises(Conflit, match="déjà partagé"):
        actions.share_element(**call)
    row = AVousSeule.objects.visible_to(table.maires[0]).get()
    done = actions.share_a_vous_seule(acteur=table.maires[0], instant=APRES, a_vous_seule=row, code=CODE)
    assert done.nature == NaturePartage.A_VOUS_SEULE
    (verdict,) = done.contenu["scenarios"][0]["conditions"]
    assert (verdict["type"], verdict["sens"]) == ("contribution_max", "reunie")
    assert str(MONTANT_SECRET) not in json.dumps(done.contenu)
    with pytest.raises(Conflit, match="déjà partagé"):
        actions.share_a_vous_seule(acteur=table.maires[0], instant=APRES, a_vous_seule=row, code=CODE)
    assert Partage.objects.visible_to(table.maires[3]).filter(pk__in=(shared.pk, done.pk)).count() == 2


def test_the_notes_are_never_shared():
    table = open_table()
    table.answer(0)
    actions.veiller(APRES)
    notes = Element.objects.get(nature=NatureElement.NOTES)
    with pytest.raises(Conflit, match="sous pli"):
        actions.share_element(acteur=table.maires[0], instant=APRES, element=notes, code=CODE)


def test_the_next_round_knows_of_the_first_what_the_table_knows(monkeypatch):
    table = open_table(12)
    for rang in range(12):
        table.answer(rang, build_elements(visibilite=Visibilite.PARTAGE if rang < 3 else Visibilite.PLI))
    actions.veiller(APRES)
    table.tour.refresh_from_db()
    later = APRES + timedelta(days=7)
    prepare(table, precedent=table.tour, titre="Second tour fictif", ouvre_le=APRES, cloture_le=later)
    table.tour = actions.open_tour(acteur=table.equipe, instant=APRES, tour=table.tour)
    for rang in range(6):
        table.answer(rang, instant=APRES)
    seen = []
    compute = bridge.compute_tour
    monkeypatch.setattr(bridge, "compute_tour", lambda entrees: seen.append(entrees) or compute(entrees))
    actions.veiller(later)
    assert Resultat.objects.count() == 2
    (earlier,) = json.loads(seen[0])["dossiers"][0]["anterieurs"]
    assert len(earlier["reponses"]) == 12
    positions = [r["confidentialite_position"] for r in earlier["reponses"]]
    assert positions.count("partage") == 3
    assert {c["texte"] for r in earlier["reponses"] for c in r["clauses"]} == {"sous pli"}
    assert "987654321" not in json.dumps(earlier)


def test_a_shared_answer_without_position_of_another_nature_is_read_whole():
    elements = (
        build_element(NatureElement.POSITION, Visibilite.PARTAGE, position="favorable", motif=""),
        build_element(
            NatureElement.CLAUSE, Visibilite.PARTAGE, type="hausse_max", degre="condition", taux="1/50", texte=""
        ),
    )
    reponse = bridge.build_reponse("F001", elements)
    assert reponse.clauses[0].taux.denominator == 50
    assert reponse.priorite is None


def test_the_answers_of_another_demarche_are_never_read():
    table, other = open_table(5), open_table(5)
    for rang in range(5):
        table.answer(rang)
        other.answer(rang)
    actions.veiller(APRES)
    assert Resultat.objects.count() == 2
    for one in (table, other):
        published = Resultat.objects.visible_to(one.equipe).get().publication["dossiers"]
        assert list(published) == [str(one.dossier.pk)]
        assert published[str(one.dossier.pk)]["reponses"] == 5
    assert Reponse.objects.visible_to(table.maires[0]).count() == 1
