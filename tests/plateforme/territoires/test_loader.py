"""The loader: whole or nothing, twice is nothing, a new version replaces the old one."""

from dataclasses import replace
from io import StringIO
from types import MappingProxyType

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from tests.plateforme.territoires.fabrique import EMPREINTE, GRAND_PARIS, HORS_EPCI, PAYS_BASQUE, select_france

from communaccord import reference
from communaccord.plateforme.territoires.actions import compute_empreinte, load_reference
from communaccord.plateforme.territoires.actions import reference as chargement
from communaccord.plateforme.territoires.models import (
    Carte,
    ChargementReference,
    Commune,
    Departement,
    Epci,
    Ept,
    Provenance,
)

pytestmark = [pytest.mark.django_db, pytest.mark.base]


def load(france, empreinte=EMPREINTE, progres=lambda *_: None):
    return load_reference(france, reference.sources(), empreinte=empreinte, progres=progres)


def snapshot():
    return [
        list(model.objects.order_by("pk").values()) for model in (Departement, Epci, Ept, Commune, Carte, Provenance)
    ]


def test_what_is_loaded_is_what_is_shipped():
    load(select_france([PAYS_BASQUE, GRAND_PARIS]))
    epci = Epci.objects.get(pk=PAYS_BASQUE)
    shipped = reference.get_epci(PAYS_BASQUE)
    assert (epci.nom, epci.nature, epci.nombre_communes) == (shipped.nom, "CA", 158)
    assert epci.population_municipale_2022 == 325_721
    assert epci.sieges_constates == shipped.sieges_constates
    assert epci.communes.count() == 158
    bayonne = Commune.objects.get(pk="64102")
    assert bayonne.sieges_constates == reference.get_commune("64102").sieges_constates
    assert Commune.objects.filter(epci=None).count() == len(HORS_EPCI)
    assert Commune.objects.get(pk="75056").ept is None
    assert Commune.objects.filter(ept__isnull=False).count() == 129
    assert Epci.objects.get(pk=GRAND_PARIS).raison_hors_champ != ""


def test_the_map_holds_each_member_and_its_neighbours():
    load(select_france())
    carte = Carte.objects.get(pk=PAYS_BASQUE)
    assert len(carte.formes) == len(carte.voisins) == 158
    chemin, x, y = carte.formes["64102"]
    assert chemin.startswith("M")
    assert 0 < x < carte.largeur
    assert 0 < y < carte.hauteur
    assert "64024" in carte.voisins["64102"]  # Anglet touche Bayonne


def test_each_column_keeps_its_origin():
    load(select_france())
    shipped = {(f.nom, c.nom) for f in reference.sources().fichiers for c in f.colonnes}
    assert set(Provenance.objects.values_list("fichier", "colonne")) == shipped


def test_twice_changes_nothing_and_reads_one_row(django_assert_num_queries):
    assert load(select_france()) is True
    before = snapshot()
    with django_assert_num_queries(3):  # savepoint, fingerprint, release
        assert load(select_france()) is False
    assert snapshot() == before


def test_a_new_version_updates_adds_and_removes():
    france = select_france()
    load(france)
    communes = dict(france.communes)
    removed = communes.pop("22016")
    communes["64102"] = replace(communes["64102"], nom="Baiona")
    communes["29083"] = reference.get_commune("29083")
    changed = replace(france, communes=MappingProxyType(communes))
    assert load(changed, empreinte="b" * 64) is True
    assert not Commune.objects.filter(pk=removed.code).exists()
    assert Commune.objects.get(pk="64102").cle_recherche == " baiona"
    assert Commune.objects.filter(pk="29083").exists()
    assert ChargementReference.objects.get().empreinte == "b" * 64


def test_an_epci_that_disappears_goes_with_its_communes_moved():
    load(select_france([PAYS_BASQUE, GRAND_PARIS]))
    load(select_france([PAYS_BASQUE]), empreinte="b" * 64)
    assert list(Epci.objects.values_list("pk", flat=True)) == [PAYS_BASQUE]
    assert not Commune.objects.filter(pk="75056").exists()


def test_a_faulty_version_leaves_the_former_one_whole():
    france = select_france()
    load(france)
    before = snapshot()
    communes = dict(france.communes)
    communes["64102"] = replace(communes["64102"], population_municipale_2022=None)
    with pytest.raises(IntegrityError):
        load(replace(france, communes=MappingProxyType(communes)), empreinte="b" * 64)
    assert snapshot() == before
    assert ChargementReference.objects.get().empreinte == EMPREINTE


def test_progress_is_told_to_the_end_of_each_table():
    steps = []
    load(select_france(), progres=lambda *step: steps.append(step))
    assert ("communes", 161, 161) in steps
    assert ("intercommunalités", 1, 1) in steps


def test_the_fingerprint_changes_with_the_loader(monkeypatch):
    before = compute_empreinte()
    assert len(before) == 64
    assert compute_empreinte() == before
    monkeypatch.setattr(chargement, "VERSION_CHARGEMENT", "essai")
    assert compute_empreinte() != before


def test_the_command_says_what_it_does_then_that_nothing_changes(monkeypatch):
    france = select_france()
    monkeypatch.setattr(reference, "load_france", lambda: france)
    first, second = StringIO(), StringIO()
    call_command("charger_reference", stdout=first)
    call_command("charger_reference", stdout=second)
    assert "communes : 161 sur 161" in first.getvalue()
    assert "en place" in first.getvalue()
    assert "déjà en place" in second.getvalue()
    assert "rien à changer" in second.getvalue()
