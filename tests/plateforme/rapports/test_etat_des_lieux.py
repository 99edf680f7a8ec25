"""The reference picture in the rapport: what the page shows to who reads no sheet, and not one figure more."""

from datetime import date

import pytest
from tests.plateforme.fabriques import INSTANT, build_demarche

from communaccord.plateforme.diagnostic.calculs.photographie import (
    EPCI,
    ChiffresService,
    EntiteLue,
    FluxPris,
    build_contenu,
    compute_empreinte,
    mask_contenu,
)
from communaccord.plateforme.diagnostic.models import Campagne, Photographie
from communaccord.plateforme.diagnostic.pages.photographie import MASQUE, build_page
from communaccord.plateforme.rapports.pages.contenu import build_blocs, list_manques_partie
from communaccord.plateforme.rapports.pages.contenu.etat_des_lieux import PAS_FIGE
from communaccord.plateforme.rapports.queries import Sources

pytestmark = pytest.mark.django_db


def build_service(agents, salaires):
    return (ChiffresService("paie", "Paie", agents=100 * agents, masse_salariale=salaires, autres_couts=123_400),)


def freeze_photographie(demarche):
    entites = [
        EntiteLue(EPCI, demarche.nom_epci, services=build_service(12, 48_000_000)),
        EntiteLue("F001", "Commune 001", 6_000, services=build_service(9, 36_000_000), validee=True),
        EntiteLue("F002", "Commune 002", 137, services=build_service(3, 11_111_100)),
    ]
    flux = [FluxPris("service", "paie", "", EPCI, "F001"), FluxPris("service", "paie", "", EPCI, "F002")]
    contenu = build_contenu(jour=date(2026, 11, 1), annee=2025, entites=entites, flux=flux, sel="sel")
    campagne = Campagne.objects.create(demarche=demarche, titre="Essai (fictif)", annee=2025, creee_le=INSTANT)
    Photographie.objects.create(
        campagne=campagne,
        numero=1,
        date_reference=date(2026, 11, 1),
        contenu=contenu,
        empreinte=compute_empreinte(contenu),
        figee_par="essai",
        figee_le=INSTANT,
    )
    return contenu


def test_without_a_picture_the_part_says_so():
    sources = Sources(build_demarche(2))
    assert build_blocs(sources, "etat_des_lieux") == [{"type": "paragraphe", "texte": PAS_FIGE}]
    assert list_manques_partie(sources, "etat_des_lieux", "") == ["il n'est pas encore figé"]


def test_the_part_is_the_masked_page_of_the_picture():
    demarche = build_demarche(2)
    contenu = freeze_photographie(demarche)
    sources = Sources(demarche)
    blocs = build_blocs(sources, "etat_des_lieux")
    page = build_page(contenu, mask_contenu(contenu))
    tables = [bloc for bloc in blocs if bloc["type"] == "tableau"]
    assert blocs[0]["texte"] == page["phrase"]
    assert tables[0]["lignes"] == [["Paie", *page["services"][0]["cellules"]]]
    assert [ligne[1:] for ligne in tables[1]["lignes"]] == [[*e["totaux"], e["depenses"]] for e in page["entites"]]
    assert tables[2]["lignes"] == [["service rendu", "2"]]
    assert list_manques_partie(sources, "etat_des_lieux", "") == []


def test_a_figure_on_three_people_is_nowhere_in_the_part():
    demarche = build_demarche(2)
    freeze_photographie(demarche)
    blocs = build_blocs(Sources(demarche), "etat_des_lieux")
    (ligne,) = [x for b in blocs if b["type"] == "tableau" for x in b["lignes"] if x[0] == "Commune 002"]
    assert ligne[1] == ligne[3] == MASQUE
    assert "111\u202f111" not in str(blocs)
