"""Paper answers: received closed, copied after the closing by two persons, counted like the others."""

import pytest
from tests.plateforme.accords.fabrique import (
    APRES,
    CODE,
    INSTANT,
    SECRET_PLI,
    build_elements,
    list_assesseurs,
    open_table,
)

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.enums import (
    EtatEnveloppe,
    EtatReponse,
    EtatTour,
    ModeOuverture,
    Origine,
)
from communaccord.plateforme.accords.models import Enveloppe, Resultat, Tour
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


def register(table, rang=0):
    return actions.register_enveloppe(
        acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=table.maires[rang].commune
    )


def enter(table, enveloppe, elements=None, instant=APRES):
    actions.enter_enveloppe(
        acteur=table.equipe,
        instant=instant,
        enveloppe=enveloppe,
        reponses={table.dossier.pk: build_elements()[:2] if elements is None else elements},
    )


def test_an_envelope_waits_closed_then_is_copied_by_two_persons_and_counted():
    table = open_table(5)
    for rang in range(1, 5):
        table.answer(rang)
    enveloppe = register(table)
    assert enveloppe.numero == 1
    with pytest.raises(Conflit, match="jamais avant"):
        enter(table, enveloppe, instant=INSTANT)
    actions.veiller(APRES)
    assert Tour.objects.get().etat == EtatTour.OUVERT
    enter(table, enveloppe)
    shown = actions.reread_enveloppe(acteur=table.maires[1], enveloppe=enveloppe)
    assert shown[table.dossier.pk][0].contenu["motif"] == SECRET_PLI
    for acteur in (table.equipe, table.secretaires[1]):
        with pytest.raises(ActionRefusee):
            actions.confirm_enveloppe(acteur=acteur, instant=APRES, enveloppe=enveloppe)
    actions.confirm_enveloppe(acteur=table.maires[1], instant=APRES, enveloppe=enveloppe)
    fresh = Enveloppe.objects.get()
    assert (fresh.etat, fresh.saisie) == (EtatEnveloppe.CONFIRMEE, None)
    reponse = table.get_reponse(0)
    assert (reponse.etat, reponse.origine) == (EtatReponse.VALIDEE, Origine.PAPIER)
    assert Tour.objects.get().validations == 5
    actions.veiller(APRES)
    assert Resultat.objects.get().publication["dossiers"][str(table.dossier.pk)]["reponses"] == 5


def test_a_wrong_copy_is_destroyed_and_done_again():
    table = open_table()
    enveloppe = register(table)
    enter(table, enveloppe)
    actions.reject_saisie(acteur=table.maires[1], instant=APRES, enveloppe=enveloppe)
    assert Enveloppe.objects.get().etat == EtatEnveloppe.RECUE
    with pytest.raises(Conflit, match="changé d'état"):
        actions.confirm_enveloppe(acteur=table.maires[1], instant=APRES, enveloppe=enveloppe)
    enter(table, enveloppe)
    assert Enveloppe.objects.get().etat == EtatEnveloppe.SAISIE


def test_an_envelope_nobody_can_read_is_set_aside_with_its_reason():
    table = open_table()
    enveloppe = register(table)
    with pytest.raises(Conflit, match="pourquoi"):
        actions.discard_enveloppe(acteur=table.equipe, instant=APRES, enveloppe=enveloppe, motif="")
    actions.discard_enveloppe(acteur=table.equipe, instant=APRES, enveloppe=enveloppe, motif="Enveloppe vide")
    actions.veiller(APRES)
    assert Tour.objects.get().etat == EtatTour.DEPOUILLE


def test_an_envelope_and_an_answer_online_exclude_each_other():
    table = open_table()
    register(table)
    with pytest.raises(Conflit, match="rendez-la"):
        register(table)
    reponse = table.get_reponse(0)
    draft = actions.save_brouillon(
        acteur=table.secretaires[0], instant=INSTANT, reponse=reponse, version=0, elements=build_elements()
    )
    call = {"acteur": table.maires[0], "instant": INSTANT, "reponse": draft, "version": 1, "code": CODE}
    with pytest.raises(Conflit, match="n° 1"):
        actions.validate_reponse(**call)
    actions.return_enveloppe(acteur=table.equipe, instant=INSTANT, enveloppe=Enveloppe.objects.get())
    actions.validate_reponse(**call)
    with pytest.raises(Conflit, match="déjà validé"):
        register(table)


def test_no_envelope_comes_in_after_the_closing():
    table = open_table()
    with pytest.raises(Conflit, match="clos"):
        actions.register_enveloppe(acteur=table.equipe, instant=APRES, tour=table.tour, commune=table.maires[0].commune)


def test_where_there_are_assesseurs_one_of_them_reads_the_copy_again():
    table = open_table(6, mode=ModeOuverture.ASSESSEURS)
    table.answer(0)
    (_, assesseur), *_ = list_assesseurs(table)
    maire = table.maires[0]
    fresh = table.get_reponse(0)
    actions.withdraw_reponse(acteur=maire, instant=INSTANT, reponse=fresh, version=fresh.version, code=CODE)
    enveloppe = register(table)
    enter(table, enveloppe)
    called = {m.mandat_id for _, m in list_assesseurs(table)}
    outsider = next(m for m in table.maires if m.mandat_id not in called)
    with pytest.raises(ActionRefusee, match="assesseurs"):
        actions.confirm_enveloppe(acteur=outsider, instant=APRES, enveloppe=enveloppe)
    with pytest.raises(Conflit, match="recopier"):
        actions.contribute_part(acteur=assesseur, instant=APRES, tour=table.tour, code=CODE)
    actions.confirm_enveloppe(acteur=assesseur, instant=APRES, enveloppe=enveloppe)
    assert actions.contribute_part(acteur=assesseur, instant=APRES, tour=table.tour, code=CODE) is None
