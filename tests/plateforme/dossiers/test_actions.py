"""The acts on a dossier: their rights, their phases, their traces; two people who write at once lose nothing."""

from dataclasses import replace

import pytest
from tests.plateforme.dossiers.fabrique import build_contenu, build_dossier, build_equipe, build_fige, build_presente
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, build_mandat

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import (
    ContenuDossier,
    EditionConcurrente,
    close_collecte,
    conclude_dossier,
    create_dossier,
    edit_dossier,
    open_collecte,
    present_dossier,
    reopen_dossier,
    withdraw_dossier,
)
from communaccord.plateforme.dossiers.enums import TRANSITIONS_DOSSIER, EtatDossier
from communaccord.plateforme.dossiers.models import Dossier, HistoriqueDossier
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
PREPARENT = {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.CONSULTANT}


@pytest.mark.parametrize("role", Role)
def test_only_those_who_prepare_create(role):
    demarche = build_demarche()
    acteur = build_acteur_de(demarche, role)
    if role in PREPARENT:
        assert create_dossier(acteur=acteur, instant=INSTANT, contenu=ContenuDossier("Paie (fictif)")).version == 1
        return
    with pytest.raises(ActionRefusee):
        create_dossier(acteur=acteur, instant=INSTANT, contenu=ContenuDossier("Paie (fictif)"))
    assert not Dossier.objects.exists()


def test_a_title_is_needed_and_the_porter_is_an_elu_of_the_demarche():
    demarche = build_demarche()
    acteur = build_equipe(demarche)
    for contenu, mot in (
        (ContenuDossier("  "), "titre"),
        (ContenuDossier("Paie", porteur=build_mandat(demarche, Role.AGENT)), "élu"),
        (ContenuDossier("Paie", porteur=build_mandat(build_demarche(), Role.MAIRE)), "élu"),
    ):
        with pytest.raises(Conflit, match=mot):
            create_dossier(acteur=acteur, instant=INSTANT, contenu=contenu)


def test_two_people_edit_one_dossier_the_second_is_told_and_nothing_is_lost():
    dossier = build_dossier()
    first, second = build_equipe(dossier.demarche), build_equipe(dossier.demarche)
    contenu = build_contenu(dossier.demarche)
    edit_dossier(
        acteur=first, instant=INSTANT, dossier=dossier, version=1, contenu=replace(contenu, objectif="Le premier")
    )
    with pytest.raises(EditionConcurrente) as caught:
        edit_dossier(
            acteur=second, instant=INSTANT, dossier=dossier, version=1, contenu=replace(contenu, objectif="Le second")
        )
    assert first.nom in caught.value.message
    assert caught.value.actuel.objectif == "Le premier"
    assert Dossier.objects.get().objectif == "Le premier"
    edit_dossier(
        acteur=second, instant=INSTANT, dossier=dossier, version=2, contenu=replace(contenu, objectif="Les deux")
    )
    assert (Dossier.objects.get().objectif, Dossier.objects.get().version) == ("Les deux", 3)


def test_a_stranger_edits_nothing():
    dossier = build_dossier()
    stranger = build_equipe(build_demarche())
    for act in (
        lambda: edit_dossier(
            acteur=stranger, instant=INSTANT, dossier=dossier, version=1, contenu=ContenuDossier("Pris")
        ),
        lambda: open_collecte(acteur=stranger, instant=INSTANT, dossier=dossier),
        lambda: present_dossier(acteur=stranger, instant=INSTANT, dossier=dossier),
        lambda: withdraw_dossier(acteur=stranger, instant=INSTANT, dossier=dossier, motif="Parce que."),
    ):
        with pytest.raises(ActionRefusee):
            act()
    assert Dossier.objects.get().titre == dossier.titre


def test_presented_only_when_whole():
    demarche = build_demarche()
    acteur = build_equipe(demarche)
    dossier = create_dossier(acteur=acteur, instant=INSTANT, contenu=ContenuDossier("Paie (fictif)"))
    with pytest.raises(Conflit) as caught:
        present_dossier(acteur=acteur, instant=INSTANT, dossier=dossier)
    for mot in ("aujourd'hui", "demain", "change", "sortir", "objectif", "porte", "scénario figé"):
        assert mot in caught.value.message
    edit_dossier(acteur=acteur, instant=INSTANT, dossier=dossier, version=1, contenu=build_contenu(demarche))
    with pytest.raises(Conflit, match="il manque : au moins un scénario figé"):
        present_dossier(acteur=acteur, instant=INSTANT, dossier=dossier)
    build_fige(dossier, acteur)
    assert present_dossier(acteur=acteur, instant=INSTANT, dossier=dossier).etat == EtatDossier.PRESENTE


def test_a_presented_dossier_is_changed_but_not_emptied():
    dossier, acteur = build_presente()
    contenu = build_contenu(dossier.demarche)
    with pytest.raises(Conflit, match="il garde"):
        edit_dossier(
            acteur=acteur, instant=INSTANT, dossier=dossier, version=1, contenu=replace(contenu, service_avant="")
        )
    edited = edit_dossier(
        acteur=acteur, instant=INSTANT, dossier=dossier, version=1, contenu=replace(contenu, service_avant="Rien.")
    )
    assert edited.service_avant == "Rien."
    assert Acte.objects.filter(verbe="dossier.modifie").get().portee == "elus"


MOVES = {
    EtatDossier.PRESENTE: lambda **k: present_dossier(acteur=k["acteur"], instant=INSTANT, dossier=k["dossier"]),
    EtatDossier.CONCLU: lambda **k: conclude_dossier(**k, instant=INSTANT, motif="Avis du COPIL."),
    EtatDossier.RETIRE: lambda **k: withdraw_dossier(**k, instant=INSTANT, motif="Faute de moyens."),
}


@pytest.mark.parametrize("avant", EtatDossier)
@pytest.mark.parametrize("apres", MOVES)
def test_moves_are_those_of_the_table(avant, apres):
    dossier, acteur = build_presente()
    Dossier.objects.filter(pk=dossier.pk).update(etat=avant)
    dossier.refresh_from_db()
    count = HistoriqueDossier.objects.count()
    if apres in TRANSITIONS_DOSSIER[avant] and not (avant == EtatDossier.CONCLU and apres == EtatDossier.PRESENTE):
        MOVES[apres](acteur=acteur, dossier=dossier)
        change = HistoriqueDossier.objects.order_by("-pk")[0]
        assert (change.etat_avant, change.etat_apres, change.qui) == (avant, apres, acteur.nom)
    else:
        with pytest.raises(Conflit):
            MOVES[apres](acteur=acteur, dossier=dossier)
        assert HistoriqueDossier.objects.count() == count
        assert Dossier.objects.get().etat == avant


@pytest.mark.parametrize(
    ("avant", "apres"), [(EtatDossier.CONCLU, EtatDossier.PRESENTE), (EtatDossier.RETIRE, EtatDossier.BROUILLON)]
)
def test_reopened_with_a_reason(avant, apres):
    dossier, acteur = build_presente()
    Dossier.objects.filter(pk=dossier.pk).update(etat=avant)
    dossier.refresh_from_db()
    with pytest.raises(Conflit, match="pourquoi"):
        reopen_dossier(acteur=acteur, instant=INSTANT, dossier=dossier, motif=" ")
    assert reopen_dossier(acteur=acteur, instant=INSTANT, dossier=dossier, motif="Une donnée a changé.").etat == apres


def test_moving_from_a_stale_page_is_told():
    dossier, acteur = build_presente()
    stale = Dossier.objects.get()
    conclude_dossier(acteur=acteur, instant=INSTANT, dossier=dossier, motif="Avis du COPIL.")
    with pytest.raises(Conflit, match="vient de changer"):
        withdraw_dossier(acteur=acteur, instant=INSTANT, dossier=stale, motif="Faute de moyens.")


def test_collecte_opens_once_and_is_told_to_the_mairies():
    dossier = build_dossier()
    acteur = build_equipe(dossier.demarche)
    open_collecte(acteur=acteur, instant=INSTANT, dossier=dossier)
    with pytest.raises(Conflit):
        open_collecte(acteur=acteur, instant=INSTANT, dossier=dossier)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    assert Acte.objects.visible_to(maire).filter(phrase__contains="a ouvert la collecte").count() == 1
    assert list(Dossier.objects.visible_to(maire)) == [dossier]
    close_collecte(acteur=acteur, instant=INSTANT, dossier=dossier)
    assert not Dossier.objects.visible_to(maire).exists()
    maire_acts = Acte.objects.visible_to(maire)
    assert not maire_acts.filter(verbe="dossier.cree").exists()
