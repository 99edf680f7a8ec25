"""Each constraint refuses what it names, with a French sentence."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from tests.plateforme.fabriques import INSTANT
from tests.plateforme.instances.outils import build_table

from communaccord.plateforme.instances.models import (
    Convocation,
    Deliberation,
    Instance,
    InvitePoint,
    MembreInstance,
    Piece,
    Point,
    Pole,
    Presence,
    Releve,
    Reserve,
    Seance,
    Suite,
    SuiviConseil,
)

pytestmark = pytest.mark.django_db
JOUR = date(2026, 11, 23)
VOTE = {"date": JOUR, "en_exercice": 10, "presents": 7, "pour": 4, "contre": 2, "adoptee": True}
SEANCE = {"debut": INSTANT, "lieu": "Salle (fictif)", "creee_le": INSTANT}


def cases(t):
    """Name of the constraint > a row that it refuses."""
    instance = t.open_instance()
    seance = t.open_seance(instance)
    point, mandat, commune = seance.points.get(), t.maires[0].mandat, t.communes[0]
    held = MembreInstance.objects.filter(instance=instance).first()
    pole = Pole.objects.create(demarche=t.demarche, nom="Nord")
    Convocation.objects.create(seance=seance, mandat=mandat, envoyee_le=INSTANT)
    Presence.objects.create(seance=seance, commune=commune, etat="present", notee_le=INSTANT)
    Presence.objects.create(seance=seance, mandat=mandat, etat="present", notee_le=INSTANT)
    SuiviConseil.objects.create(demarche=t.demarche, commune=commune)
    SuiviConseil.objects.create(demarche=t.demarche)
    releve = {"seance": seance, "pdf": b"x", "docx": b"x", "contenu": "{}", "empreinte": "0" * 64, "qui": "x"}
    releve |= {"valide_le": INSTANT, "mandat": mandat}
    Releve.objects.create(version=1, **releve)
    council = {"type": "conseil_municipal", "fonction": "decision", "nom": "CM", "creee_le": INSTANT}
    Instance.objects.create(demarche=t.demarche, commune=commune, **council)
    new = {"demarche": t.demarche, "type": "commission", "fonction": "production", "nom": "x", "creee_le": INSTANT}
    self_prepared = Instance.objects.create(**new)
    self_prepared.prepare_pour = self_prepared
    own = Point.objects.get(pk=point.pk)
    own.prepare_par = own
    convoked = {"seance": seance, "mandat": t.maires[1].mandat, "envoyee_le": INSTANT}
    there = {"seance": seance, "notee_le": INSTANT}
    return {
        "instance_type_connu": Instance(**{**new, "type": "club"}),
        "instance_fonction_connue": Instance(**{**new, "fonction": "x"}),
        "instance_nom_donne": Instance(**{**new, "nom": ""}),
        "instance_commune_si_conseil_municipal": Instance(**new, commune=commune),
        "instance_en_exercice_positif": Instance(**new, en_exercice=0),
        "instance_ne_se_prepare_pas_elle_meme": self_prepared,
        "instance_unique": Instance(**{**new, "type": "copil"}),
        "instance_conseil_municipal_unique": Instance(demarche=t.demarche, commune=commune, **council),
        "pole_nom_unique": Pole(demarche=t.demarche, nom=pole.nom),
        "pole_nom_donne": Pole(demarche=t.demarche, nom=""),
        "membre_qualite_connue": MembreInstance(instance=self_prepared, mandat=mandat, qualite="x", depuis=JOUR),
        "membre_dates_dans_l_ordre": MembreInstance(
            instance=self_prepared, mandat=mandat, depuis=JOUR, jusqu_au=JOUR - timedelta(days=1)
        ),
        "membre_unique": MembreInstance(instance=instance, mandat=held.mandat, depuis=JOUR),
        "piece_pleine": Piece(
            demarche=t.demarche, nom="x", contenu=b"", taille=0, empreinte="0", deposee_le=INSTANT, deposee_par="x"
        ),
        "seance_etat_connu": Seance(instance=instance, etat="x", **SEANCE),
        "seance_lieu_donne": Seance(instance=instance, **{**SEANCE, "lieu": ""}),
        "seance_duree_possible": Seance(instance=instance, duree_minutes=1, **SEANCE),
        "seance_convoquee_datee": Seance(instance=instance, etat="convoquee", **SEANCE),
        "seance_annulee_motivee": Seance(instance=instance, etat="annulee", **SEANCE),
        "seance_urgence_motivee": Seance(instance=instance, urgence=True, **SEANCE),
        "seance_releve_valide_compte": Seance(instance=instance, etat="releve_valide", **SEANCE),
        "seance_comptes_positifs": Seance(instance=instance, en_exercice=0, **SEANCE),
        "convocation_unique": Convocation(seance=seance, mandat=mandat, envoyee_le=INSTANT),
        "convocation_reponse_connue": Convocation(reponse="x", repondue_le=INSTANT, **convoked),
        "convocation_represente_par_quelqu_un": Convocation(reponse="represente", repondue_le=INSTANT, **convoked),
        "convocation_reponse_datee": Convocation(reponse="present", **convoked),
        "presence_etat_connu": Presence(commune=t.communes[1], etat="x", **there),
        "presence_commune_ou_personne": Presence(etat="present", **there),
        "presence_par_commune_unique": Presence(commune=commune, etat="excuse", **there),
        "presence_par_personne_unique": Presence(mandat=mandat, etat="excuse", **there),
        "point_titre_donne": Point(seance=seance, rang=2, titre=""),
        "point_type_connu": Point(seance=seance, rang=2, titre="x", type="x"),
        "point_duree_possible": Point(seance=seance, rang=2, titre="x", duree_minutes=0),
        "point_ne_se_prepare_pas_lui_meme": own,
        "invite_qualite_donnee": InvitePoint(point=point, qualite=""),
        "reserve_ecrite": Reserve(point=point, commune=commune, texte=""),
        "suite_dite": Suite(point=point, action="x", responsable=""),
        "deliberation_modes_connus": Deliberation(point=point, **{**VOTE, "mode": "x"}),
        "deliberation_comptes_positifs": Deliberation(point=point, **{**VOTE, "contre": -1}),
        "deliberation_presents_en_exercice": Deliberation(point=point, **{**VOTE, "exclus": 4}),
        "deliberation_voix_comptees": Deliberation(point=point, **{**VOTE, "pour": 6}),
        "releve_version_unique": Releve(version=1, **releve),
        "releve_version_possible": Releve(version=0, motif="x", **releve),
        "releve_correction_motivee": Releve(version=2, **releve),
        "suivi_conseil_municipal_unique": SuiviConseil(demarche=t.demarche, commune=commune),
        "suivi_conseil_communautaire_unique": SuiviConseil(demarche=t.demarche),
        "suivi_sens_connu": SuiviConseil(demarche=t.demarche, commune=t.communes[1], sens="x"),
    }


def list_constraints():
    return {c.name: c for model in apps.get_app_config("instances").get_models() for c in model._meta.constraints}


def test_chaque_contrainte_est_violee_par_une_ligne():
    refused = cases(build_table(2))
    assert set(refused) == set(list_constraints())
    for name, row in refused.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Model.save(row)
        with pytest.raises(ValidationError) as error:
            row.validate_constraints()
        assert list_constraints()[name].violation_error_message in error.value.messages, name
