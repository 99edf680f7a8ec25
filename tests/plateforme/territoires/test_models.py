"""Each constraint is violated once: the database refuses, and the message is a French sentence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

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

EPCI = {
    "siren": "200067106",
    "nom": "CA du Pays Basque",
    "nom_complet": "Communauté d'agglomération du Pays Basque",
    "nature": "CA",
    "financement": "FPU",
    "departement_id": "64",
    "nombre_communes": 158,
    "population_municipale_2022": 325721,
    "population_totale_2022": 331000,
    "population_municipale_2023": 327000,
    "sieges_constates": 231,
    "constat_complet": True,
    "cle_recherche": " pays basque",
    "texte_recherche": " pays basque 200067106",
}
COMMUNE = {
    "code": "64102",
    "nom": "Bayonne",
    "departement_id": "64",
    "epci_id": "200067106",
    "population_municipale_2022": 53312,
    "population_totale_2022": 54500,
    "sieges_constates": 22,
    "longitude": -1.47,
    "latitude": 43.49,
    "cle_recherche": " bayonne",
    "texte_recherche": " bayonne 64102",
}
EMPREINTE = "0" * 64
PROVENANCE = {"fichier": "communes", "colonne": "nom", "libelle": "Nom", "millesime": "2026", "source": "Insee"}


@pytest.fixture
def pays_basque():
    Departement.objects.create(code="64", nom="Pyrénées-Atlantiques", code_region="75", nom_region="Nouvelle-Aquitaine")
    Epci.objects.create(**EPCI)
    return Commune.objects.create(**COMMUNE)


VIOLATIONS = [
    ("departement_nom_donne", Departement, {"code": "01", "nom": "", "code_region": "84", "nom_region": "R"}),
    ("epci_siren_neuf_caracteres", Epci, EPCI | {"siren": "20006710"}),
    ("epci_nature_connue", Epci, EPCI | {"siren": "200000001", "nature": "XX"}),
    ("epci_financement_connu", Epci, EPCI | {"siren": "200000001", "financement": ""}),
    ("epci_au_moins_une_commune", Epci, EPCI | {"siren": "200000001", "nombre_communes": 0}),
    ("epci_populations_possibles", Epci, EPCI | {"siren": "200000001", "population_totale_2022": 1}),
    ("epci_populations_possibles", Epci, EPCI | {"siren": "200000001", "population_municipale_2023": -1}),
    ("epci_sieges_positifs", Epci, EPCI | {"siren": "200000001", "sieges_constates": -1}),
    ("ept_siren_neuf_caracteres", Ept, {"siren": "2000", "nom": "T"}),
    ("commune_code_cinq_caracteres", Commune, COMMUNE | {"code": "6410"}),
    ("commune_populations_possibles", Commune, COMMUNE | {"code": "64001", "population_totale_2022": 12}),
    ("commune_populations_possibles", Commune, COMMUNE | {"code": "64001", "population_municipale_2022": -1}),
    ("commune_membre_avec_population", Commune, COMMUNE | {"code": "64001", "population_municipale_2022": None}),
    ("commune_sieges_d_un_membre", Commune, COMMUNE | {"code": "64001", "epci_id": None}),
    ("commune_sieges_d_un_membre", Commune, COMMUNE | {"code": "64001", "sieges_constates": -1}),
    ("commune_point_entier", Commune, COMMUNE | {"code": "64001", "latitude": 91}),
    ("carte_boite_positive", Carte, {"epci_id": "200067106", "largeur": 0, "hauteur": 9, "formes": {}, "voisins": {}}),
    ("chargement_unique", ChargementReference, {"id": 2, "empreinte": EMPREINTE}),
    ("chargement_empreinte_sha256", ChargementReference, {"empreinte": "abc"}),
    ("provenance_source_donnee", Provenance, PROVENANCE | {"source": ""}),
]


@pytest.mark.parametrize(
    ("name", "model", "values"), VIOLATIONS, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(VIOLATIONS)]
)
@pytest.mark.usefixtures("pays_basque")
def test_the_database_refuses(name, model, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.create(**values)


@pytest.mark.parametrize(
    ("name", "model", "values"), VIOLATIONS, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(VIOLATIONS)]
)
@pytest.mark.usefixtures("pays_basque")
def test_the_refusal_is_a_french_sentence(name, model, values):
    constraint = next(c for c in model._meta.constraints if c.name == name)
    with pytest.raises(ValidationError) as refusal:
        constraint.validate(model, model(**values))
    (message,) = refusal.value.messages
    assert message[0].isupper()
    assert message.endswith(".")
    assert name not in message


def test_a_column_has_one_source_only():
    Provenance.objects.create(**PROVENANCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Provenance.objects.create(**PROVENANCE)
    constraint = next(c for c in Provenance._meta.constraints if c.name == "provenance_une_par_colonne")
    with pytest.raises(ValidationError, match="Une colonne n'a qu'une provenance"):
        constraint.validate(Provenance, Provenance(**PROVENANCE))


def test_every_constraint_is_violated_here():
    models = (Departement, Epci, Ept, Commune, Carte, ChargementReference, Provenance)
    names = {constraint.name for model in models for constraint in model._meta.constraints}
    assert names == {name for name, _, _ in VIOLATIONS} | {"provenance_une_par_colonne"}


def test_a_territory_in_use_is_not_removed(pays_basque):
    with pytest.raises(ProtectedError):
        pays_basque.epci.delete()


def test_a_member_without_seat_is_possible(pays_basque):
    pays_basque.sieges_constates = None
    pays_basque.save()
    pays_basque.full_clean()


def test_names_are_said_as_people_say_them(pays_basque):
    assert str(pays_basque) == "Bayonne"
    assert str(pays_basque.epci) == "Communauté d'agglomération du Pays Basque"
    assert str(pays_basque.departement) == "Pyrénées-Atlantiques"
    assert str(Ept(siren="200057867", nom="Plaine Commune")) == "Plaine Commune"
    assert str(ChargementReference(empreinte="ab" * 32)) == "ab" * 6
    assert str(Carte(epci=pays_basque.epci)) == "carte 200067106"
    assert str(Provenance(**PROVENANCE)) == "communes, nom"
