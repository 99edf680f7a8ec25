"""Load the reference data of France as a whole, or not at all."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial

from django.db import models, transaction

from communaccord import reference
from communaccord.plateforme.socle.cartes import project_contours
from communaccord.plateforme.territoires.models import (
    Carte,
    ChargementReference,
    Commune,
    Departement,
    Epci,
    Ept,
    Provenance,
)
from communaccord.plateforme.territoires.recherche import build_nom_court, build_texte_commune, build_texte_epci
from communaccord.reference.tables import DOSSIER

# To change when the loader itself writes something else from the same files.
VERSION_CHARGEMENT = "1"
PAR_LOT = 5_000
PAR_SUPPRESSION = 500

Progres = Callable[[str, int, int], None]


def compute_empreinte() -> str:
    """SHA-256 of the shipped files, names and contents, and of the version of this loader."""
    digest = hashlib.sha256(VERSION_CHARGEMENT.encode())
    for path in sorted(DOSSIER.iterdir()):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_en_place(empreinte: str) -> bool:
    """Whether this very version is the one in the tables."""
    return ChargementReference.objects.filter(empreinte=empreinte).exists()


def load_reference(france: reference.France, sources: reference.Sources, *, empreinte: str, progres: Progres) -> bool:
    """Put this version of the data in place; False, and nothing written, when it is already there.

    Inserts what is new, updates what changed, removes what no longer exists. All or nothing.
    """
    with transaction.atomic():
        if is_en_place(empreinte):
            return False
        tables = [
            ("départements", Departement, [build_departement(d) for d in france.departements.values()]),
            ("établissements publics territoriaux", Ept, [Ept(siren=e.siren, nom=e.nom) for e in france.epts.values()]),
            ("intercommunalités", Epci, [build_epci(e) for e in france.epcis.values()]),
            ("communes", Commune, [build_commune(c) for c in france.communes.values()]),
            ("cartes", Carte, [carte for e in france.epcis.values() if (carte := build_carte(e)) is not None]),
        ]
        for libelle, model, rows in tables:
            upsert(model, rows, partial(progres, libelle))
        for _, model, rows in reversed(tables):
            delete_others(model, {row.pk for row in rows})
        replace_provenances(sources)
        ChargementReference.objects.update_or_create(pk=ChargementReference.UNIQUE, defaults={"empreinte": empreinte})
    return True


def upsert(model: type[models.Model], rows: Sequence[models.Model], progres: Callable[[int, int], None]) -> None:
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    done = 0
    for batch in split(rows, PAR_LOT):
        model._default_manager.bulk_create(batch, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
        done += len(batch)
        progres(done, len(rows))


def delete_others(model: type[models.Model], kept: set[str]) -> None:
    """Remove the rows that the new data no longer has; a row still used elsewhere stops the whole load."""
    gone = set(model._default_manager.values_list("pk", flat=True)) - kept
    for batch in split(sorted(gone), PAR_SUPPRESSION):
        model._default_manager.filter(pk__in=batch).delete()


def replace_provenances(sources: reference.Sources) -> None:
    Provenance.objects.all().delete()
    Provenance.objects.bulk_create(
        Provenance(fichier=fichier.nom, colonne=colonne.nom, **{k: v for k, v in asdict(colonne).items() if k != "nom"})
        for fichier in sources.fichiers
        for colonne in fichier.colonnes
    )


def build_departement(departement: reference.Departement) -> Departement:
    return Departement(**asdict(departement))


def build_epci(epci: reference.Epci) -> Epci:
    return Epci(
        siren=epci.siren,
        nom=epci.nom,
        nom_complet=epci.nom_complet,
        nature=epci.nature,
        financement=epci.financement,
        departement_id=epci.codes_departements[0],
        nombre_communes=len(epci.codes_communes),
        population_municipale_2022=epci.population_municipale_2022,
        population_totale_2022=epci.population_totale_2022,
        population_municipale_2023=epci.population_municipale_2023,
        sieges_constates=epci.sieges_constates,
        constat_complet=epci.constat_complet,
        raison_hors_champ=epci.raison_hors_champ or "",
        cle_recherche=f" {build_nom_court(epci.nom)}",
        texte_recherche=build_texte_epci(epci),
    )


def build_commune(commune: reference.Commune) -> Commune:
    return Commune(
        code=commune.code,
        nom=commune.nom,
        departement_id=commune.code_departement,
        epci_id=commune.siren_epci,
        ept_id=commune.siren_ept,
        population_municipale_2022=commune.population_municipale_2022,
        population_totale_2022=commune.population_totale_2022,
        population_municipale_2023=commune.population_municipale_2023,
        population_recherche=commune.population_municipale_2022 or commune.population_municipale_2023 or 0,
        sieges_constates=commune.sieges_constates,
        est_recensement_2017=commune.est_recensement_2017,
        longitude=commune.longitude,
        latitude=commune.latitude,
        cle_recherche=f" {reference.normalize_nom(commune.nom)}",
        texte_recherche=build_texte_commune(commune),
    )


def build_carte(epci: reference.Epci) -> Carte | None:
    """Project the contours of the members; None when the sources draw none of them."""
    contours = reference.get_contours(epci.codes_communes)
    if not contours:
        return None
    fond = project_contours(contours)
    return Carte(
        epci_id=epci.siren,
        largeur=fond.largeur,
        hauteur=fond.hauteur,
        formes={code: [forme.chemin, forme.x, forme.y] for code, forme in fond.formes.items()},
        voisins=reference.get_voisins(epci.siren),
    )


def split(rows: Sequence, size: int) -> Iterable[Sequence]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
