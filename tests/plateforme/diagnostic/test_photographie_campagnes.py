"""The reference picture from one campaign to the next: it stays, it is corrected, the next one is frozen beside it."""

from typing import Any

import pytest
from tests.plateforme.diagnostic import test_photographie_pages as pages
from tests.plateforme.diagnostic.fabrique import build_campagne, build_effectifs, build_fiche
from tests.plateforme.diagnostic.test_photographie_pages import find_pk, freeze, get, read_classeur
from tests.plateforme.fabriques import build_acteur_de

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.models import Campagne, Photographie
from communaccord.plateforme.diagnostic.rules import LISENT_TOUTES_LES_FICHES

pytestmark = pytest.mark.django_db
monde = pages.monde
_horloge = pages._horloge


def prepare_suivante(monde: dict[str, Any]) -> Campagne:
    """The campaign of the next years, which nobody has answered yet."""
    Campagne.objects.update(etat="close")
    options = {"titre": "État des lieux 2028", "annee": 2028, "etat": "preparation"}
    return build_campagne(monde["campagne"].demarche, **options)


@pytest.mark.parametrize("role", sorted({Role.DRH, Role.DGS_EPCI, Role.PRESIDENT, Role.CONSEILLER_MUNICIPAL}))
def test_the_picture_outlives_the_preparation_of_the_next_campaign(monde, role):
    freeze(monde)
    acteur = build_acteur_de(monde["campagne"].demarche, role)
    book = read_classeur(acteur, 1)
    prepare_suivante(monde)
    page = get(acteur, "diagnostic:photographie")
    assert "État des lieux (fictif)" in page
    assert "Version 1" in page
    assert read_classeur(acteur, 1) == book
    if role in LISENT_TOUTES_LES_FICHES:
        assert get(acteur, "diagnostic:photographie_version", find_pk(1))


def test_a_closed_campaign_is_corrected_and_the_next_one_photographed(monde):
    """Each in its own address: what is frozen is what was read."""
    freeze(monde)
    suivante, equipe = prepare_suivante(monde), monde["equipe"]
    page = get(equipe, "diagnostic:photographie")
    for campagne in (monde["campagne"], suivante):
        assert chemin(equipe, "diagnostic:photographie_apercu", campagne.pk) in page
    freeze(monde, lue=1, motif="Correction")
    build_effectifs(build_fiche(suivante, monde["communes"][0]), "paie", 8)
    freeze(monde | {"campagne": suivante})
    photos = Photographie.objects.order_by("pk")
    assert [(p.campagne, p.numero) for p in photos] == [
        (monde["campagne"], 1),
        (monde["campagne"], 2),
        (suivante, 1),
    ]
    page = get(equipe, "diagnostic:photographie")
    for photo in photos:
        assert chemin(equipe, "diagnostic:photographie_version", photo.pk) in page


def test_nobody_reads_the_picture_of_another_demarche(monde):
    freeze(monde)
    stranger = build_acteur_de(build_campagne().demarche, Role.DGS_EPCI)
    for name in ("photographie_version", "photographie_classeur"):
        get(stranger, f"diagnostic:{name}", find_pk(1), status=404)
    get(stranger, "diagnostic:photographie_apercu", monde["campagne"].pk, status=404)
