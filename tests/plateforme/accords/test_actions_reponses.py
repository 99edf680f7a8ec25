"""From a draft to the validated answer and back, with what each person is told."""

from datetime import timedelta

import pytest
from tests.plateforme.accords.fabrique import (
    APRES,
    CLOTURE,
    CODE,
    INSTANT,
    SECRET_NOTES,
    SECRET_PLI,
    build_element,
    build_elements,
    open_table,
    prepare,
)
from tests.plateforme.fabriques import give_code

from communaccord.plateforme.accords import actions, queries
from communaccord.plateforme.accords.coffre import CoffreIllisible
from communaccord.plateforme.accords.enums import EtatReponse, NatureElement, Origine, Visibilite
from communaccord.plateforme.accords.models import Element, HistoriqueReponse, Tour
from communaccord.plateforme.accords.saisies import ReponseDepassee, ReponseRefusee, SaisieInvalide
from communaccord.plateforme.comptes.codes import CodeRefuse
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return open_table()


POSITION = build_elements()[:1]


def save(table, rang=0, acteur=None, elements=None, **values):
    reponse = table.get_reponse(rang)
    return actions.save_brouillon(
        **{
            "acteur": acteur or table.secretaires[rang],
            "instant": INSTANT,
            "reponse": reponse,
            "version": reponse.version,
            "elements": build_elements() if elements is None else elements,
            **values,
        }
    )


def read(table, acteur, rang=0):
    return {(e.nature, e.rang): e.contenu for e in queries.read_reponse(acteur, table.get_reponse(rang))}


def count_validations(table):
    return Tour.objects.get(pk=table.tour.pk).validations


def test_a_draft_is_read_again_by_both_hats_of_the_commune(table):
    fresh = save(table)
    assert fresh.etat == EtatReponse.BROUILLON
    assert fresh.version == 1
    for acteur in (table.secretaires[0], table.maires[0]):
        assert read(table, acteur)[NatureElement.NOTES, 1] == {"texte": SECRET_NOTES}
        assert read(table, acteur)[NatureElement.POSITION, 1]["motif"] == SECRET_PLI
    assert read(table, table.maires[1]) == {}
    assert read(table, table.equipe) == {}


def test_the_second_writer_is_told_and_its_text_given_back(table):
    save(table)
    typed = build_elements("favorable")
    with pytest.raises(ReponseDepassee, match="modifiée entre-temps") as refusal:
        save(table, acteur=table.maires[0], elements=typed, version=0)
    assert refusal.value.saisie == typed
    assert refusal.value.modifiee_par == table.secretaires[0].nom
    assert SECRET_PLI not in str(refusal.value)
    assert SECRET_PLI not in repr(refusal.value.saisie)
    assert read(table, table.maires[0])[NatureElement.POSITION, 1]["position"] == "sous_conditions"


def test_a_draft_after_the_closing_is_refused_with_its_text(table):
    typed = build_elements()
    with pytest.raises(ReponseRefusee, match="clos") as refusal:
        save(table, elements=typed, instant=CLOTURE)
    assert refusal.value.saisie == typed
    assert not Element.objects.exists()


def test_a_draft_before_the_opening_date_is_refused(table):
    Tour.objects.filter(pk=table.tour.pk).update(ouvre_le=INSTANT + timedelta(days=1))
    with pytest.raises(ReponseRefusee, match="pas encore ouvert"):
        save(table)


@pytest.mark.parametrize(
    ("elements", "place"),
    [
        ([build_element(NatureElement.POSITION, Visibilite.PLI, position="inventee")], ("position", 1)),
        ([build_element(NatureElement.POSITION, Visibilite.NOTES, position="favorable")], ("position", 1)),
        ([build_element(NatureElement.NOTES, Visibilite.PARTAGE, texte="x")], ("notes", 1)),
        ([build_element(NatureElement.PRIORITE, Visibilite.PLI, priorite="")], ("priorite", 1)),
        ([build_element(NatureElement.CLAUSE, Visibilite.PLI, 4, type="autre", degre="souhait")], ("clause", 4)),
        ([build_element(NatureElement.CLAUSE, Visibilite.PLI, type="gain_min", degre="souhait")], ("clause", 1)),
        (
            [build_element(NatureElement.CLAUSE, Visibilite.PLI, type="hausse_max", degre="souhait", taux="1/0")],
            ("clause", 1),
        ),
        (
            [build_element(NatureElement.CLAUSE, Visibilite.PLI, type="avec_commune", degre="souhait", commune="Z9")],
            ("clause", 1),
        ),
        (
            [build_element(NatureElement.CLAUSE, Visibilite.PLI, type="avec_commune", degre="souhait", commune="F001")],
            ("clause", 1),
        ),
        ([build_element(NatureElement.NOTES, Visibilite.NOTES, texte="x" * 4001)], ("notes", 1)),
        ([build_element(NatureElement.NOTES, Visibilite.NOTES, texte="x")] * 2, ("notes", 1)),
        ([build_element(NatureElement.NOTES, Visibilite.NOTES, texte=["x"])], ("notes", 1)),
        ([build_element(NatureElement.PRIORITE, Visibilite.PLI, priorite="utile", autre="x" * 9)], ("priorite", 1)),
        ([build_element(NatureElement.POSITION, Visibilite.PLI, position=["favorable"])], ("position", 1)),
    ],
)
def test_what_cannot_be_an_answer_is_told_element_by_element(table, elements, place):
    with pytest.raises(SaisieInvalide) as refusal:
        save(table, elements=elements)
    assert list(refusal.value.anomalies) == [place]
    assert refusal.value.anomalies[place].endswith(".")
    assert table.get_reponse(0).version == 0


def test_the_mayor_is_told_that_an_answer_awaits_and_not_what_it_says(table):
    draft = save(table)
    fresh = actions.submit_au_maire(acteur=table.secretaires[0], instant=INSTANT, reponse=draft, version=draft.version)
    assert fresh.etat == EtatReponse.SOUMISE
    letter = Courriel.objects.get(cle__contains="soumise")
    assert letter.mandat_id == table.maires[0].mandat_id
    assert SECRET_PLI not in letter.corps
    assert SECRET_NOTES not in letter.corps


def test_a_draft_without_position_is_not_submitted(table):
    draft = save(table, elements=[build_element(NatureElement.NOTES, Visibilite.NOTES, texte="x")])
    with pytest.raises(SaisieInvalide):
        actions.submit_au_maire(acteur=table.secretaires[0], instant=INSTANT, reponse=draft, version=draft.version)
    with pytest.raises(SaisieInvalide):
        actions.validate_reponse(
            acteur=table.maires[0], instant=INSTANT, reponse=draft, version=draft.version, code=CODE
        )
    assert table.get_reponse(0).etat == EtatReponse.BROUILLON
    assert count_validations(table) == 0


def test_validation_seals_what_is_sous_pli_and_leaves_the_rest_to_the_commune(table):
    fresh = table.answer(0)
    assert fresh.etat == EtatReponse.VALIDEE
    assert count_validations(table) == 1
    seen = read(table, table.secretaires[0])
    assert set(seen) == {(NatureElement.PRIORITE, 1), (NatureElement.NOTES, 1)}
    sealed = Element.objects.filter(visibilite=Visibilite.PLI)
    assert sealed.count() == 2
    assert all(e.contenu is None and e.pli and e.copie for e in sealed)
    states = list(HistoriqueReponse.objects.values_list("etat_avant", "etat_apres", "version"))
    assert states == [("a_preparer", "brouillon", 1), ("brouillon", "validee", 2)]
    assert Acte.objects.filter(verbe="validate_reponse", commune=table.maires[0].commune).count() == 1


def test_validation_asks_the_right_code_and_counts_the_misses(table):
    draft = save(table)
    for _ in range(2):
        with pytest.raises(CodeRefuse):
            actions.validate_reponse(
                acteur=table.maires[0], instant=INSTANT, reponse=draft, version=draft.version, code="0000 1111"
            )
    table.maires[0].mandat.personne.refresh_from_db()
    assert table.maires[0].mandat.personne.code_essais == 2
    assert table.get_reponse(0).etat == EtatReponse.BROUILLON


def test_two_validations_count_once_and_the_second_is_told(table):
    fresh = table.answer(0)
    with pytest.raises(ReponseDepassee):
        actions.validate_reponse(
            acteur=table.maires[0], instant=INSTANT, reponse=fresh, version=fresh.version - 1, code=CODE
        )
    with pytest.raises(ReponseRefusee, match="validée"):
        actions.validate_reponse(
            acteur=table.maires[0], instant=INSTANT, reponse=fresh, version=fresh.version, code=CODE
        )
    assert count_validations(table) == 1


def test_a_draft_over_a_validated_answer_is_refused_with_its_text(table):
    fresh = table.answer(0)
    with pytest.raises(ReponseRefusee, match="validée") as refusal:
        save(table, version=fresh.version)
    assert refusal.value.saisie == build_elements()


def test_validation_after_the_closing_keeps_the_draft(table):
    draft = save(table)
    with pytest.raises(ReponseRefusee, match="clos"):
        actions.validate_reponse(
            acteur=table.maires[0], instant=CLOTURE, reponse=draft, version=draft.version, code=CODE
        )
    assert read(table, table.maires[0])[NatureElement.POSITION, 1]["motif"] == SECRET_PLI


def test_the_mayor_alone_reads_the_plis_again_with_the_code(table):
    fresh = table.answer(0)
    for instant in (INSTANT, APRES):
        plis = actions.reread_plis(acteur=table.maires[0], instant=instant, reponse=fresh, code=CODE)
        assert {p.contenu.get("motif") or p.contenu.get("texte") for p in plis} == {SECRET_PLI}
    for acteur in (table.secretaires[0], table.maires[1], table.equipe):
        with pytest.raises(ActionRefusee):
            actions.reread_plis(acteur=acteur, instant=INSTANT, reponse=fresh, code=CODE)


def test_a_changed_code_asks_the_old_one_as_well(table):
    fresh = table.answer(0)
    give_code(table.maires[0], "1618 0339")
    call = {"acteur": table.maires[0], "instant": INSTANT, "reponse": fresh, "code": "1618 0339"}
    with pytest.raises(CoffreIllisible, match="ancien"):
        actions.reread_plis(**call)
    assert len(actions.reread_plis(**call, ancien_code=CODE)) == 2
    with pytest.raises(CodeRefuse):
        actions.reread_plis(**{**call, "code": CODE})


def test_a_validated_answer_is_taken_back_whole_until_the_closing(table):
    fresh = table.answer(0)
    back = actions.reopen_reponse(
        acteur=table.maires[0], instant=INSTANT, reponse=fresh, version=fresh.version, code=CODE
    )
    assert back.etat == EtatReponse.BROUILLON
    assert count_validations(table) == 0
    seen = read(table, table.secretaires[0])
    assert {(n, r): dict(c) for (n, r), c in seen.items()} == {
        (e.nature, e.rang): dict(e.contenu) for e in build_elements()
    }
    again = actions.validate_reponse(
        acteur=table.maires[0], instant=INSTANT, reponse=back, version=back.version, code=CODE
    )
    with pytest.raises(ReponseRefusee, match="clos"):
        actions.reopen_reponse(acteur=table.maires[0], instant=APRES, reponse=again, version=again.version, code=CODE)
    assert count_validations(table) == 1
    assert not Element.objects.filter(visibilite=Visibilite.PLI, pli__isnull=True).exists()


def test_a_withdrawn_answer_leaves_nothing_but_the_notes(table):
    fresh = table.answer(0)
    gone = actions.withdraw_reponse(
        acteur=table.maires[0], instant=INSTANT, reponse=fresh, version=fresh.version, code=CODE
    )
    assert gone.etat == EtatReponse.A_PREPARER
    assert count_validations(table) == 0
    assert set(read(table, table.maires[0])) == {(NatureElement.NOTES, 1)}
    save(table, version=gone.version)


def test_what_the_equipe_takes_down_is_validated_by_the_mayor(table):
    fresh = save(table, acteur=table.equipe, origine=Origine.VISITE, elements=build_elements()[:3])
    assert fresh.origine == Origine.VISITE
    assert read(table, table.equipe) == {}
    completed = save(table, version=fresh.version)
    assert completed.origine == Origine.VISITE
    done = actions.validate_reponse(
        acteur=table.maires[0], instant=INSTANT, reponse=completed, version=completed.version, code=CODE
    )
    assert done.validee_par_id == table.maires[0].mandat_id


def test_the_equipe_never_writes_over_what_the_mairie_began(table):
    fresh = save(table)
    with pytest.raises(ReponseRefusee, match="La mairie a déjà écrit"):
        save(table, acteur=table.equipe, origine=Origine.TELEPHONE, version=fresh.version, elements=POSITION)


def test_the_equipe_corrects_what_it_took_down_until_the_mairie_writes_in_it(table):
    taken = {"acteur": table.equipe, "origine": Origine.VISITE}
    first = save(table, **taken, elements=POSITION)
    second = save(table, **taken, elements=build_elements("favorable")[:1], version=first.version)
    (act,) = Acte.objects.filter(verbe="replace_brouillon")
    assert (act.portee, act.commune_id) == (Portee.COMMUNE, table.maires[0].commune_id)
    completed = save(table, version=second.version)
    with pytest.raises(ReponseRefusee, match="La mairie a déjà écrit"):
        save(table, **taken, elements=POSITION, version=completed.version)
    assert len(read(table, table.maires[0])) == 4
    assert Acte.objects.filter(verbe="replace_brouillon").count() == 1


def test_the_equipe_starts_again_after_a_withdrawal_and_leaves_the_notes_of_the_mairie(table):
    done = table.answer(0)
    gone = actions.withdraw_reponse(
        acteur=table.maires[0], instant=INSTANT, reponse=done, version=done.version, code=CODE
    )
    taken = {"acteur": table.equipe, "origine": Origine.TELEPHONE}
    first = save(table, **taken, elements=POSITION, version=gone.version)
    save(table, **taken, elements=POSITION, version=first.version)
    kept = read(table, table.maires[0])
    assert kept[NatureElement.NOTES, 1]["texte"] == SECRET_NOTES
    assert set(kept) == {(NatureElement.NOTES, 1), (NatureElement.POSITION, 1)}


def test_the_equipe_writes_no_notes_in_the_name_of_a_mairie(table):
    with pytest.raises(ReponseRefusee, match="celles de la mairie"):
        save(table, acteur=table.equipe, origine=Origine.VISITE)
    assert table.get_reponse(0).etat == EtatReponse.A_PREPARER


def test_answers_of_several_dossiers_are_validated_together_or_not_at_all(table):
    draft = save(table)
    other = table.get_reponse(1)
    with pytest.raises(ActionRefusee):
        actions.validate_reponses(
            acteur=table.maires[0],
            instant=INSTANT,
            reponses=[(draft, draft.version), (other, other.version)],
            code=CODE,
        )
    with pytest.raises(Conflit):
        actions.validate_reponses(acteur=table.maires[0], instant=INSTANT, reponses=[], code=CODE)
    assert table.get_reponse(0).etat == EtatReponse.BROUILLON


def test_the_next_round_starts_from_the_answer_of_the_one_before(table):
    first = table.answer(0)
    actions.veiller(APRES)
    table.tour.refresh_from_db()
    prepare(table, precedent=table.tour, titre="Second tour fictif", ouvre_le=APRES, cloture_le=APRES + timedelta(7))
    table.tour = actions.open_tour(acteur=table.equipe, instant=APRES, tour=table.tour)
    reponse = table.get_reponse(0)
    assert reponse.pk != first.pk
    fresh = actions.resume_precedente(
        acteur=table.maires[0], instant=APRES, reponse=reponse, version=reponse.version, code=CODE
    )
    assert fresh.etat == EtatReponse.BROUILLON
    assert read(table, table.maires[0])[NatureElement.POSITION, 1]["motif"] == SECRET_PLI
    other = table.get_reponse(1)
    with pytest.raises(Conflit, match="pas de réponse validée"):
        actions.resume_precedente(
            acteur=table.maires[1], instant=APRES, reponse=other, version=other.version, code=CODE
        )
