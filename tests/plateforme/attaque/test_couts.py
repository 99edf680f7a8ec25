"""What each page costs in queries, page by page and role by role, and that the number of rows changes nothing to it.

``bench/bench_demarche.py`` measures the same pages on 158 communes, with their CPU time.
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.plateforme.accords.fabrique import build_scenarios, open_table
from tests.plateforme.attaque.couts import COUTS
from tests.plateforme.attaque.monde import Monde
from tests.plateforme.attaque.robot import TROU, Route, list_routes
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_mandat, client_for, set_horloge
from tests.plateforme.instances.outils import Table as TableInstances

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.models import Enveloppe
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.enums import Volet
from communaccord.plateforme.diagnostic.models import (
    Campagne,
    Fiche,
    Flux,
    Ligne,
    Priorisation,
    PropositionLigne,
    QuestionLigne,
)
from communaccord.plateforme.diagnostic.queries import read_photographie
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.instances.enums import TypeInstance
from communaccord.plateforme.instances.models import Convocation, Instance, MembreInstance, Piece, Point, Seance
from communaccord.plateforme.projet.enums.cadre import Partie
from communaccord.plateforme.projet.models import ActionProjet, Cadre, Charte, Objectif, Orientation
from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.models import VersionRapport

pytestmark = pytest.mark.django_db

MAXIMUM = 15
# The relevé shows the séance and the draft of its relevé, each read on its own.
PLUS_CHERES = {"instances/seances/<int:pk>/releve/"}
ROLES = ((Role.EQUIPE_PROJET, ""), (Role.MAIRE, "F002"), (Role.PRESIDENT, ""), (Role.CONSEILLER_MUNICIPAL, "F001"))


def list_numeros(monde: Monde) -> dict[str, object]:
    """One number by name of hole, or by the literal part before it."""
    dossier = Dossier.objects.filter(demarche=monde.demarche).first()
    copil = Instance.objects.get(demarche=monde.demarche, type=TypeInstance.COPIL)
    seance = Seance.objects.filter(instance=copil).latest("debut")
    tour = monde.get_tour(2)
    return {
        "tour": tour.pk,
        "rang": 1,
        "enveloppe": Enveloppe.objects.filter(tour=tour).first().pk,
        "assesseur": tour.assesseurs.first().pk,
        "regle": tour.regle_id,
        "dossier": dossier.pk,
        "scenario": Scenario.objects.filter(dossier=dossier).first().pk,
        "personne": monde.gens.maire("F002").personne_id,
        "forme": "csv",
        "fichier": "seance.ics",
        "instances": copil.pk,
        "seances": seance.pk,
        "points": Point.objects.filter(seance=seance).first().pk,
        "convocations": Convocation.objects.filter(seance=seance).first().pk,
        "membres": MembreInstance.objects.filter(instance=copil).first().pk,
        "pieces": Piece.objects.first().pk,
        "mandats": monde.gens.maire("F002").mandat_id,
        "communes": monde.gens.communes["F002"].pk,
        "poles": 0,
        "organisation": 0,
        **list_numeros_preparation(monde),
    }


def list_numeros_preparation(monde: Monde) -> dict[str, object]:
    """Of the projet de territoire, the état des lieux, the forms and the rapport; sheet and flow are those of F002."""
    campagne = Campagne.objects.get(demarche=monde.demarche)
    flux = Flux.objects.filter(campagne=campagne, beneficiaire__code="F002")
    return {
        "campagne": campagne.pk,
        "ligne": Ligne.objects.filter(campagne=campagne).first().pk,
        "proposition": PropositionLigne.objects.get(campagne=campagne).pk,
        "question": QuestionLigne.objects.filter(reponse="").first().pk,
        "fiche": Fiche.objects.get(campagne=campagne, commune__code="F002").pk,
        "volet": Volet.PERSONNEL,
        "flux": flux.filter(par_la_mairie=True).first().pk,
        "autre": flux.filter(par_la_mairie=False).first().pk,
        "photographie": read_photographie(monde.demarche).pk,
        "priorisation": Priorisation.objects.get(campagne=campagne).pk,
        "orientations": Orientation.objects.first().pk,
        "objectifs": Objectif.objects.first().pk,
        "actions": ActionProjet.objects.first().pk,
        "cadre": Cadre.objects.get(demarche=monde.demarche, etat="brouillon").pk,
        "charte": Charte.objects.get(demarche=monde.demarche).pk,
        "code": "service_commun",
        "actes": "avis_cst",
        "version": VersionRapport.objects.get(rapport__demarche=monde.demarche).pk,
        "fabrication": 0,
    }


def fill_one(route: Route, acteur: Acteur, monde: Monde, numeros: dict[str, object]) -> str:
    """The address of this page for this actor; a page of result is that of the round which is published."""

    def choose(hole: str, head: str) -> object:
        if hole == "mandat" and head == "m/":
            return acteur.mandat_id
        if hole == "commune":
            return acteur.commune_id or numeros["communes"]
        if hole == "cle" and "parties" in route.chemin:
            return ClePartie.MOT if "rapport/" in route.chemin else Partie.values[0]
        if hole == "tour" and "resultat" in route.chemin:
            return monde.get_tour(1).pk
        return numeros[hole] if hole in numeros else numeros[head.rstrip("/").split("/")[-1]]

    address = route.chemin
    while hole := TROU.search(address):
        head = address[: hole.start()]
        address = f"{head}{choose(hole[1], head)}{address[hole.end() :]}"
    return f"/{address}"


def count_queries(client: Client, adresse: str) -> int | None:
    """Queries of a page once what is cached is; None when it is not for this actor."""
    if client.get(adresse).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as queries:
        client.get(adresse)
    return len(queries)


def list_pages() -> list[Route]:
    return [route for route in list_routes() if route.est_de_demarche]


def test_each_page_costs_what_its_line_says(monde):
    numeros = list_numeros(monde)
    clients = [(acteur, client_for(acteur)) for acteur in (monde.gens.get(*role) for role in ROLES)]
    measured = {}
    for route in list_pages():
        counts = tuple(count_queries(c, fill_one(route, acteur, monde, numeros)) for acteur, c in clients)
        if any(count is not None for count in counts):
            measured[route.chemin.removeprefix("m/<int:mandat>/")] = counts
    assert measured == COUTS


def test_every_line_is_under_the_maximum():
    above = {page for page, counts in COUTS.items() if max(count or 0 for count in counts) >= MAXIMUM}
    assert above == PLUS_CHERES
    assert len(COUTS) > 50


LISTES = (
    "",
    "journal/",
    "territoire/",
    "personnes/",
    "instances/",
    "instances/{instance}/",
    "instances/{instance}/modifier/",
    "instances/poles/",
    "instances/seances/{seance}/",
    "instances/seances/{seance}/preparer/",
    "instances/seances/{seance}/ecran/",
    "dossiers/",
    "dossiers/{dossier}/",
    "dossiers/{dossier}/chiffres/",
    "table/",
    "table/preparer/",
    "table/tours/{tour}/",
    "table/tours/{tour}/suivi/",
    "table/tours/{tour}/enveloppes/",
    "table/tours/{tour}/reponse/",
)


def build_rows(nombre: int) -> tuple[Acteur, Acteur, dict[str, int]]:
    """As many communes, dossiers, scenarios, rounds, envelopes, instances, séances, items, persons as ``nombre``."""
    table = open_table(nombre, scenarios=nombre)
    for rang in range(1, nombre):
        build_scenarios(table.demarche, nombre, titre=f"Autre dossier fictif {rang}")
    president = build_acteur_de(table.demarche, Role.PRESIDENT)
    for maire in table.maires:
        actions.register_enveloppe(acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=maire.commune)
        build_mandat(table.demarche, Role.AGENT)
    communes = [maire.commune for maire in table.maires]
    room = TableInstances(table.demarche, table.equipe, president, table.maires, communes)
    kinds = (TypeInstance.COPIL, TypeInstance.COTECH, TypeInstance.BUREAU)[:nombre]
    instances = [room.open_instance(kind) for kind in kinds]
    seances = [room.convoke(room.open_seance(instances[0], points=nombre)) for _ in range(nombre)]
    numbers = {
        "instance": instances[0].pk,
        "seance": seances[0].pk,
        "dossier": table.dossier.pk,
        "tour": table.tour.pk,
    }
    return table.equipe, table.maires[0], numbers


def count_lists(nombre: int) -> Iterator[tuple[str, int | None]]:
    equipe, maire, numbers = build_rows(nombre)
    for qui, acteur in (("équipe projet", equipe), ("maire", maire)):
        client = client_for(acteur)
        for page in LISTES:
            yield f"{qui} {page}", count_queries(client, f"/m/{acteur.mandat_id}/{page.format(**numbers)}")


def test_a_list_costs_the_same_with_one_row_and_with_three(monkeypatch):
    set_horloge(monkeypatch)
    one, three = dict(count_lists(1)), dict(count_lists(3))
    assert sum(count is not None for count in one.values()) > 30
    assert three == one
