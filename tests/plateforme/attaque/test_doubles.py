"""A form sent twice by a double click: the second is told, or changes nothing; nothing is counted nor sent twice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from tests.plateforme.attaque.monde import Monde
from tests.plateforme.fabriques import client_for

from communaccord.plateforme.accords.models import Reponse
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.demo.reglages import CODE
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.instances.enums import EtatSeance, TypeInstance
from communaccord.plateforme.instances.models import Convocation, Instance, Point, Seance

pytestmark = pytest.mark.django_db

Envoi = tuple[Acteur, str, dict[str, Any]]
# Clear answers to a second sending: done already (redirected), not possible any more, to be read again.
CLAIRES = {302, 303, 403, 404, 409, 422}


def build_valider(monde: Monde) -> Envoi:
    maire = monde.gens.maire("F003")
    versions = Reponse.objects.filter(tour=monde.get_tour(2), commune=maire.commune).order_by("dossier_id")
    data = {f"version-{rang}": row.version for rang, row in enumerate(versions, 1)}
    return maire, f"table/tours/{monde.get_tour(2).pk}/reponse/valider/", {**data, "code": CODE}


def build_soumettre(monde: Monde) -> Envoi:
    tour = monde.get_tour(2).pk
    return monde.gens.secretaire("F002"), f"table/tours/{tour}/reponse/soumettre/", {"version-1": 1, "version-2": 1}


def build_repondre(monde: Monde) -> Envoi:
    data = {"position": "favorable", "version": 1, "motif": "Essai", "priorite": "utile"}
    return monde.gens.maire("F002"), f"table/tours/{monde.get_tour(2).pk}/reponse/1/", data


def build_retirer(monde: Monde) -> Envoi:
    data = {"geste": "retirer", "code": CODE, "version": 2}
    return monde.gens.maire("F001"), f"table/tours/{monde.get_tour(2).pk}/reponse/1/plis/", data


def build_relancer(monde: Monde) -> Envoi:
    commune = monde.gens.communes["F002"].pk
    return monde.gens.equipe, f"table/tours/{monde.get_tour(2).pk}/communes/{commune}/rappeler/", {}


def build_enveloppe(monde: Monde) -> Envoi:
    data = {"commune": monde.gens.communes["F002"].pk}
    return monde.gens.equipe, f"table/tours/{monde.get_tour(2).pk}/enveloppes/", data


def build_partager(monde: Monde) -> Envoi:
    tour = monde.get_tour(1)
    dossier = tour.dossiers.get().pk
    return (
        monde.gens.maire("F002"),
        f"table/tours/{tour.pk}/resultat/{dossier}/partager/",
        {"choix": "seule", "code": CODE},
    )


def build_abandonner(monde: Monde) -> Envoi:
    return monde.gens.equipe, f"table/tours/{monde.get_tour(2).pk}/abandonner/", {"motif": "Essai de double envoi."}


def get_seance(monde: Monde) -> Seance:
    copil = Instance.objects.get(demarche=monde.demarche, type=TypeInstance.COPIL)
    return Seance.objects.filter(instance=copil).latest("debut")


def build_convoquer(monde: Monde) -> Envoi:
    seance = get_seance(monde)
    Seance.objects.filter(pk=seance.pk).update(etat=EtatSeance.PREPARATION)
    return monde.gens.equipe, f"instances/seances/{seance.pk}/convoquer/", {"agenda": seance.agenda_version}


def build_convoquer_de_nouveau(monde: Monde) -> Envoi:
    seance = get_seance(monde)
    return monde.gens.equipe, f"instances/seances/{seance.pk}/convoquer/", {"agenda": seance.agenda_version}


def build_annuler(monde: Monde) -> Envoi:
    return monde.gens.equipe, f"instances/seances/{get_seance(monde).pk}/annuler/", {"motif": "Essai."}


def build_reponse_convocation(monde: Monde) -> Envoi:
    maire = monde.gens.maire("F001")
    convocation = Convocation.objects.filter(seance=get_seance(monde), mandat=maire.mandat).get()
    return maire, f"instances/convocations/{convocation.pk}/repondre/", {"reponse": "present", "par_qui": ""}


def build_retrait_point(monde: Monde) -> Envoi:
    point = Point.objects.filter(seance=get_seance(monde)).last()
    return monde.gens.equipe, f"instances/points/{point.pk}/retirer/", {}


def build_clore(monde: Monde) -> Envoi:
    groupe = Instance.objects.filter(demarche=monde.demarche, type=TypeInstance.GROUPE_DE_TRAVAIL).get()
    return monde.gens.equipe, f"instances/{groupe.pk}/clore/", {}


def build_version(monde: Monde) -> Envoi:
    scenario = Scenario.objects.frozen().filter(dossier__demarche=monde.demarche).last()
    return monde.gens.equipe, f"dossiers/{scenario.dossier_id}/scenarios/{scenario.pk}/version/", {}


def build_conclure(monde: Monde) -> Envoi:
    dossier = Dossier.objects.filter(demarche=monde.demarche).last()
    return monde.gens.equipe, f"dossiers/{dossier.pk}/retirer/", {"motif": "Essai de double envoi."}


def build_personne(monde: Monde) -> Envoi:
    data = {
        "nom": "Fonction fictive",
        "role": "agent",
        "commune": "",
        "fonction": "Agent",
        "courriel": "a@fictif.example",
    }
    return monde.gens.equipe, "personnes/ajouter/", data


def build_vu(monde: Monde) -> Envoi:
    return monde.gens.equipe, "vu/", {}


ENVOIS: dict[str, Callable[[Monde], Envoi]] = {
    "valider les réponses": build_valider,
    "soumettre au ou à la maire": build_soumettre,
    "enregistrer un brouillon": build_repondre,
    "retirer une réponse": build_retirer,
    "rappeler une commune": build_relancer,
    "recevoir une enveloppe": build_enveloppe,
    "partager ce qui est à soi": build_partager,
    "abandonner un tour": build_abandonner,
    "convoquer": build_convoquer,
    "convoquer de nouveau": build_convoquer_de_nouveau,
    "annuler une séance": build_annuler,
    "répondre à une convocation": build_reponse_convocation,
    "retirer un point": build_retrait_point,
    "clore une instance": build_clore,
    "ouvrir une version d'un scénario": build_version,
    "retirer un dossier": build_conclure,
    "ajouter une personne": build_personne,
    "dire que l'on a vu": build_vu,
}


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("envoi", ENVOIS)
def test_a_form_sent_twice_counts_once(monde, envoi):
    acteur, lieu, data = ENVOIS[envoi](monde)
    client = client_for(acteur)
    adresse = f"/m/{acteur.mandat_id}/{lieu}"
    before = count_rows()
    first = client.post(adresse, data)
    assert first.status_code in {302, 303}, first.content.decode()[:3000]
    once = count_rows()
    second = client.post(adresse, data)
    assert second.status_code in CLAIRES
    assert {label: n - once[label] for label, n in count_rows().items() if n != once[label]} == {}
    assert before.keys() == once.keys()
