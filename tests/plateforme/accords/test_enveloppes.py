"""Paper answers: received closed, copied after the closing by two persons, counted like the others."""

from datetime import date, timedelta

import pytest
from tests.plateforme.accords.fabrique import (
    APRES,
    CLOTURE,
    CODE,
    INSTANT,
    SECRET_PLI,
    build_elements,
    list_assesseurs,
    open_table,
)
from tests.plateforme.fabriques import build_acteur_de

from communaccord.plateforme.accords import actions, bridge
from communaccord.plateforme.accords.actions.lettres import get_adresse
from communaccord.plateforme.accords.enums import (
    EtatEnveloppe,
    EtatReponse,
    EtatTour,
    ModeOuverture,
    Origine,
)
from communaccord.plateforme.accords.models import Enveloppe, Resultat, Tour
from communaccord.plateforme.comptes.acteurs import build_acteur, build_horloge
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
JUSTE_AVANT = CLOTURE - timedelta(microseconds=1)


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


def read_letters(adresse):
    letters = Courriel.objects.filter(adresse=adresse, sujet__contains="enveloppe").order_by("pk")
    return [(letter.sujet, letter.corps) for letter in letters]


def test_an_answer_online_gives_the_envelope_back_unopened_and_says_so():
    table = open_table()
    enveloppe = register(table)
    with pytest.raises(Conflit, match="rendez-la"):
        register(table)
    reponse = table.get_reponse(0)
    draft = actions.save_brouillon(
        acteur=table.secretaires[0], instant=INSTANT, reponse=reponse, version=0, elements=build_elements()
    )
    Courriel.objects.all().delete()
    actions.validate_reponse(acteur=table.maires[0], instant=INSTANT, reponse=draft, version=1, code=CODE)
    enveloppe.refresh_from_db()
    assert enveloppe.etat == EtatEnveloppe.RENDUE
    act = Acte.objects.get(verbe="return_enveloppe")
    assert (act.commune_id, act.mandat_id) == (table.maires[0].commune_id, table.maires[0].mandat_id)
    assert "sans l'ouvrir l'enveloppe n° 1" in act.phrase
    for acteur in (table.maires[0], table.secretaires[0], table.equipe):
        ((sujet, corps),) = read_letters(get_adresse(acteur.mandat))
        assert "rendue" in sujet
        assert SECRET_PLI not in corps
    assert not read_letters(get_adresse(table.maires[1].mandat))
    with pytest.raises(Conflit, match="déjà validé"):
        register(table)
    actions.veiller(APRES)
    assert Tour.objects.get().etat == EtatTour.DEPOUILLE


def test_the_mairie_is_told_of_each_envelope_registered_given_back_or_set_aside_in_its_name():
    table = open_table()
    adresse = get_adresse(table.maires[0].mandat)
    first = register(table)
    actions.return_enveloppe(acteur=table.equipe, instant=INSTANT, enveloppe=first)
    second = register(table)
    actions.discard_enveloppe(acteur=table.equipe, instant=APRES, enveloppe=second, motif="Enveloppe vide")
    letters = read_letters(adresse)
    assert [sujet.split()[-1] for sujet, _ in letters] == ["reçue", "rendue", "reçue", "écartée"]
    assert "ne vient pas de votre commune" in letters[0][1]
    assert "Enveloppe vide" in letters[3][1]
    told = set(Courriel.objects.filter(sujet__contains="enveloppe").values_list("adresse", flat=True))
    assert told == {adresse, get_adresse(table.secretaires[0].mandat)}


def test_the_envelope_of_another_commune_stays():
    table = open_table()
    enveloppe = register(table, 1)
    table.answer(0)
    enveloppe.refresh_from_db()
    assert enveloppe.etat == EtatEnveloppe.RECUE


@pytest.mark.parametrize("lien", ["personne", "compte"])
def test_one_person_or_one_account_is_never_both_readers(lien):
    table = open_table()
    copyist = table.equipe.mandat.personne
    if lien == "personne":
        mandat = Mandat.objects.create(personne=copyist, role=Role.VICE_PRESIDENT, debut=date(2026, 1, 1))
        other = build_acteur(Mandat.objects.with_personne().get(pk=mandat.pk))
    else:
        other = build_acteur_de(table.demarche, Role.VICE_PRESIDENT, compte=copyist.compte)
    enveloppe = register(table)
    enter(table, enveloppe)
    for act in (actions.confirm_enveloppe, actions.reject_saisie):
        with pytest.raises(ActionRefusee, match="autre personne"):
            act(acteur=other, instant=APRES, enveloppe=enveloppe)
    with pytest.raises(ActionRefusee, match="autre personne"):
        actions.reread_enveloppe(acteur=other, enveloppe=enveloppe)
    another = build_acteur_de(table.demarche, Role.VICE_PRESIDENT)
    actions.confirm_enveloppe(acteur=another, instant=APRES, enveloppe=enveloppe)
    assert Enveloppe.objects.get().etat == EtatEnveloppe.CONFIRMEE


def test_no_envelope_comes_in_after_the_closing():
    table = open_table()
    with pytest.raises(Conflit, match="clos"):
        actions.register_enveloppe(acteur=table.equipe, instant=APRES, tour=table.tour, commune=table.maires[0].commune)


def test_an_envelope_acknowledged_while_the_engine_computes_stops_the_publication(monkeypatch):
    table = open_table(5)
    compute = bridge.compute_tour

    def compute_late(entrees):
        monkeypatch.setattr(bridge, "compute_tour", compute)
        actions.register_enveloppe(
            acteur=table.equipe, instant=JUSTE_AVANT, tour=table.tour, commune=table.maires[0].commune
        )
        return compute(entrees)

    monkeypatch.setattr(bridge, "compute_tour", compute_late)
    with pytest.raises(Conflit, match="enveloppe vient d'être enregistrée"):
        actions.depouiller(acteur=build_horloge(table.demarche), instant=APRES, tour=table.tour)
    assert Tour.objects.get().etat == EtatTour.OUVERT
    assert not Resultat.objects.exists()


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
