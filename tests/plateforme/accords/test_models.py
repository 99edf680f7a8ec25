"""Invariants that the database holds by itself: each is named, has a French sentence, and is violated here."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.plateforme.accords.fabrique import CLOTURE, INSTANT, build_elements, open_table, prepare

from communaccord.plateforme.accords import models
from communaccord.plateforme.accords.models import (
    Annonce,
    Assesseur,
    AVousSeule,
    Element,
    Enveloppe,
    HistoriqueReponse,
    HistoriqueTour,
    Partage,
    RegleDuJeu,
    Reponse,
    Resultat,
    Tour,
    TourDossier,
    TourScenario,
)
from communaccord.plateforme.socle.figes import EcritureInterdite, Fige

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    table = open_table()
    table.answer(0, build_elements())
    Assesseur.objects.create(tour=table.tour, mandat=table.maires[0].mandat, rang=1, appele_le=INSTANT)
    Enveloppe.objects.create(
        tour=table.tour, commune=table.maires[1].commune, numero=1, recue_le=INSTANT, recue_par=table.equipe.mandat
    )
    Annonce.objects.create(tour=table.tour, cle="ouverture", instant=INSTANT)
    prepare(table, titre="Second tour fictif")
    table.tour = Tour.objects.order_by("numero").first()
    return table


def update(model, **values):
    return lambda table: model.objects.filter(pk=model.objects.first().pk).update(**values)


def copy(model, **values):
    """A second row like the first, but for these values."""

    def write(table):
        row = model.objects.first()
        row.pk, row._state.adding = None, True
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    return write


def write_partage(table):
    element = Element.objects.first()
    return Partage(
        tour=table.tour,
        dossier=table.dossier,
        commune=table.maires[0].commune,
        nature="element",
        element=element,
        contenu={},
        partage_le=INSTANT,
        partage_par="essai",
    )


def save_partage(**values):
    def write(table):
        row = write_partage(table)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    return write


def twice(build):
    def write(table):
        build(table).save()
        build(table).save()

    return write


def build_seule(table):
    return AVousSeule(tour=table.tour, dossier=table.dossier, commune=table.maires[0].commune, contenu=b"x")


def build_partage_seule(table):
    row = write_partage(table)
    row.nature, row.element = "a_vous_seule", None
    return row


VIOLATIONS = {
    "regle_version_unique": copy(RegleDuJeu),
    "regle_mode_connu": update(RegleDuJeu, mode_ouverture="tombola"),
    "regle_seuil_raisonnable": update(RegleDuJeu, seuil=2),
    "regle_conservation_bornee": update(RegleDuJeu, conservation_mois=0),
    "regle_adoption_entiere": update(RegleDuJeu, adoptee_par=""),
    "tour_numero_unique": copy(Tour),
    "tour_etat_connu": update(Tour, etat="perdu", cle_publique=b"x"),
    "tour_mode_connu": update(Tour, mode="tombola", cle_privee=None),
    "tour_titre_donne": update(Tour, titre=""),
    "tour_dates_dans_l_ordre": update(Tour, cloture_le=INSTANT - timedelta(1)),
    "tour_lance_avec_cle": lambda t: Tour.objects.filter(pk=t.tour.pk).update(cle_publique=None),
    "tour_cle_privee_par_horloge": lambda t: Tour.objects.filter(pk=t.tour.pk).update(mode="assesseurs"),
    "tour_depouille_date": lambda t: Tour.objects.filter(pk=t.tour.pk).update(depouille_le=CLOTURE),
    "tour_arret_motive": lambda t: Tour.objects.filter(pk=t.tour.pk).update(etat="abandonne"),
    "tour_validations_positives": update(Tour, validations=-1),
    "tour_dossier_unique": copy(TourDossier),
    "tour_scenario_unique": copy(TourScenario),
    "tour_scenario_fige_entier": lambda t: TourScenario.objects.filter(lien__tour=t.tour).update(empreinte=""),
    "annonce_une_fois": copy(Annonce),
    "assesseur_rang_unique": lambda t: copy(Assesseur, mandat=t.maires[1].mandat)(t),
    "assesseur_une_fois": copy(Assesseur, rang=2),
    "assesseur_etat_connu": update(Assesseur, etat="fatigue"),
    "assesseur_accepte_avec_cle": update(Assesseur, etat="accepte"),
    "reponse_unique": copy(Reponse),
    "reponse_etat_connu": lambda t: Reponse.objects.filter(etat="a_preparer").update(etat="x"),
    "reponse_origine_connue": update(Reponse, origine="pigeon"),
    "reponse_validee_entiere": lambda t: Reponse.objects.filter(etat="validee").update(sceau=""),
    "reponse_validee_par_une_personne": lambda t: Reponse.objects.filter(etat="validee").update(validee_par=None),
    "element_unique": copy(Element),
    "element_nature_connue": lambda t: Element.objects.filter(nature="position").update(nature="chanson"),
    "element_visibilite_connue": lambda t: Element.objects.filter(nature="priorite").update(visibilite="x"),
    "element_trois_clauses": lambda t: Element.objects.filter(nature="clause").update(rang=4),
    "element_notes_seulement_en_notes": lambda t: Element.objects.filter(nature="notes").update(visibilite="partage"),
    "element_ferme_une_seule_fois": lambda t: Element.objects.filter(nature="position").update(contenu=b"x"),
    "enveloppe_numero_unique": lambda t: copy(Enveloppe, commune=t.maires[2].commune)(t),
    "enveloppe_une_par_commune": copy(Enveloppe, numero=2),
    "enveloppe_etat_connu": update(Enveloppe, etat="perdue"),
    "enveloppe_saisie_fermee": update(Enveloppe, saisie=b"x"),
    "enveloppe_relue_par_une_autre_personne": lambda t: Enveloppe.objects.update(
        saisie_par=t.equipe.mandat, confirmee_par=t.equipe.mandat
    ),
    "enveloppe_ecartee_motivee": update(Enveloppe, etat="ecartee"),
    "resultat_empreinte_donnee": lambda t: Resultat.objects.create(
        tour=t.tour,
        calcule_le=INSTANT,
        ouvert_par="essai",
        entrees=b"x",
        empreinte="",
        version_moteur="essai",
        publication={},
    ),
    "a_vous_seule_unique": twice(build_seule),
    "partage_element_dit": save_partage(nature="rumeur"),
    "partage_a_vous_seule_une_fois": twice(build_partage_seule),
}


def list_constraints():
    return [c for name in models.__all__ for c in getattr(models, name)._meta.constraints]


def test_the_database_refuses(table):
    by_name = {constraint.name: constraint for constraint in list_constraints()}
    for name, violate in VIOLATIONS.items():
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            violate(table)
        assert is_named(by_name[name], str(error.value)), (name, str(error.value))


def is_named(constraint, message):
    """SQLite names a broken uniqueness by its columns."""
    if constraint.name in message:
        return True
    fields = getattr(constraint, "fields", ())
    return bool(fields) and all(field in message for field in fields)


def test_every_constraint_is_violated_here_and_speaks_french():
    assert {c.name for c in list_constraints()} == set(VIOLATIONS)
    for constraint in list_constraints():
        assert constraint.violation_error_message.endswith(".")
        assert "%(" not in constraint.violation_error_message


@pytest.mark.parametrize("model", [HistoriqueTour, HistoriqueReponse, Annonce])
def test_what_is_written_once_is_never_rewritten(table, model):
    assert issubclass(model, Fige)
    row = model.objects.first()
    with pytest.raises(EcritureInterdite):
        row.save()
    with pytest.raises(EcritureInterdite):
        row.delete()
    with pytest.raises(EcritureInterdite):
        model.objects.all().update(instant=INSTANT)


def test_rows_say_their_name(table):
    named = [row for name in models.__all__ if (row := getattr(models, name).objects.first()) is not None]
    assert len(named) == 11
    assert all(str(row) for row in named)
