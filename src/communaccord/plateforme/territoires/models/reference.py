"""Territories of France as they are: public reference data, loaded as a whole and never edited by hand.

The search columns are stored, not computed by the database, and begin with a space: " pau" finds the beginning of
any word (index.py). Every figure says its vintage in its name.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from communaccord.plateforme.territoires.enums import Financement, Nature

POPULATIONS_IMPOSSIBLES = (
    "Une population n'est jamais négative, et la population totale n'est jamais inférieure à la population municipale."
)


class EpciQuerySet(models.QuerySet):
    def with_departement(self) -> Self:
        return self.select_related("departement")


class CommuneQuerySet(models.QuerySet):
    def with_territoire(self) -> Self:
        """Each commune with its département and its EPCI, in the same query."""
        return self.select_related("departement", "epci")

    def in_epci(self, siren: str) -> Self:
        """Members, from the most to the least populated."""
        return self.filter(epci_id=siren).order_by("-population_municipale_2022", "code")


class Departement(models.Model):
    """A département or an overseas collectivité, with its region."""

    code = models.CharField("code", primary_key=True, max_length=3)
    nom = models.CharField("nom", max_length=100)
    code_region = models.CharField("code de la région", max_length=3)
    nom_region = models.CharField("région", max_length=100)

    class Meta:
        verbose_name = "département"
        constraints = (
            models.CheckConstraint(
                name="departement_nom_donne",
                condition=~Q(nom=""),
                violation_error_message="Un département porte un nom : donnez-le.",
            ),
        )

    def __str__(self) -> str:
        return self.nom


class Epci(models.Model):
    """An intercommunalité à fiscalité propre of the current perimeter (or the Métropole de Lyon)."""

    siren = models.CharField("numéro SIREN", primary_key=True, max_length=9)
    nom = models.CharField("nom", max_length=200)
    nom_complet = models.CharField("nom avec la nature en toutes lettres", max_length=250)
    nature = models.CharField("nature juridique", max_length=5, choices=Nature)
    financement = models.CharField("régime fiscal", max_length=3, choices=Financement)
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, verbose_name="département le plus peuplé", related_name="epcis"
    )
    nombre_communes = models.IntegerField("nombre de communes")
    population_municipale_2022 = models.IntegerField("population municipale 2022")
    population_totale_2022 = models.IntegerField("population totale 2022")
    population_municipale_2023 = models.IntegerField("population municipale 2023")
    sieges_constates = models.IntegerField("sièges constatés au registre national des élus")
    constat_complet = models.BooleanField("au moins un siège constaté pour chaque commune")
    raison_hors_champ = models.CharField("pourquoi la règle ordinaire ne s'applique pas", max_length=300, blank=True)
    cle_recherche = models.CharField("nom seul, pour la recherche", max_length=250)
    texte_recherche = models.CharField("tout ce qui se cherche", max_length=500)

    objects = EpciQuerySet.as_manager()

    class Meta:
        verbose_name = "intercommunalité"
        ordering = ("nom", "siren")
        constraints = (
            models.CheckConstraint(
                name="epci_siren_neuf_caracteres",
                condition=Exact(Length("siren"), 9),
                violation_error_message="Un numéro SIREN compte neuf chiffres : vérifiez-le.",
            ),
            models.CheckConstraint(
                name="epci_nature_connue",
                condition=Q(nature__in=Nature.values),
                violation_error_message="Nature juridique inconnue : choisissez CC, CA, CU, METRO ou MET69.",
            ),
            models.CheckConstraint(
                name="epci_financement_connu",
                condition=Q(financement__in=Financement.values),
                violation_error_message="Régime fiscal inconnu : choisissez FPU ou FA.",
            ),
            models.CheckConstraint(
                name="epci_au_moins_une_commune",
                condition=Q(nombre_communes__gte=1),
                violation_error_message="Une intercommunalité réunit au moins une commune.",
            ),
            models.CheckConstraint(
                name="epci_populations_possibles",
                condition=Q(
                    population_municipale_2022__gte=0,
                    population_totale_2022__gte=F("population_municipale_2022"),
                    population_municipale_2023__gte=0,
                ),
                violation_error_message=POPULATIONS_IMPOSSIBLES,
            ),
            models.CheckConstraint(
                name="epci_sieges_positifs",
                condition=Q(sieges_constates__gte=0),
                violation_error_message="Un nombre de sièges ne peut être négatif.",
            ),
        )

    def __str__(self) -> str:
        return self.nom_complet


class Ept(models.Model):
    """An établissement public territorial of Grand Paris."""

    siren = models.CharField("numéro SIREN", primary_key=True, max_length=9)
    nom = models.CharField("nom", max_length=200)

    class Meta:
        verbose_name = "établissement public territorial"
        constraints = (
            models.CheckConstraint(
                name="ept_siren_neuf_caracteres",
                condition=Exact(Length("siren"), 9),
                violation_error_message="Un numéro SIREN compte neuf chiffres : vérifiez-le.",
            ),
        )

    def __str__(self) -> str:
        return self.nom


class Commune(models.Model):
    """A commune of the official geographic code; outside any EPCI when `epci` is empty."""

    code = models.CharField("code INSEE", primary_key=True, max_length=5)
    nom = models.CharField("nom", max_length=200)
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, verbose_name="département", related_name="communes"
    )
    epci = models.ForeignKey(
        Epci, on_delete=models.PROTECT, null=True, blank=True, verbose_name="intercommunalité", related_name="communes"
    )
    ept = models.ForeignKey(
        Ept,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="établissement public territorial",
        related_name="communes",
    )
    population_municipale_2022 = models.IntegerField("population municipale 2022", null=True, blank=True)
    population_totale_2022 = models.IntegerField("population totale 2022", null=True, blank=True)
    population_municipale_2023 = models.IntegerField("population municipale 2023", null=True, blank=True)
    population_recherche = models.IntegerField("population qui classe les réponses de la recherche", default=0)
    sieges_constates = models.IntegerField("sièges constatés au registre national des élus", null=True, blank=True)
    est_recensement_2017 = models.BooleanField("populations du recensement de 2017 (Mayotte)", default=False)
    longitude = models.FloatField("longitude d'un point intérieur", null=True, blank=True)
    latitude = models.FloatField("latitude d'un point intérieur", null=True, blank=True)
    cle_recherche = models.CharField("nom seul, pour la recherche", max_length=250)
    texte_recherche = models.CharField("tout ce qui se cherche", max_length=300)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune"
        ordering = ("code",)
        # Covering: each process reads all the names once from this index alone, without the table.
        indexes = (
            models.Index(
                name="commune_recherche", fields=("texte_recherche", "cle_recherche", "population_recherche", "code")
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="commune_code_cinq_caracteres",
                condition=Exact(Length("code"), 5),
                violation_error_message="Un code INSEE compte cinq caractères : vérifiez-le.",
            ),
            models.CheckConstraint(
                name="commune_populations_possibles",
                condition=Q(population_municipale_2022__isnull=True)
                | Q(population_municipale_2022__gte=0, population_totale_2022__gte=F("population_municipale_2022")),
                violation_error_message=POPULATIONS_IMPOSSIBLES,
            ),
            models.CheckConstraint(
                name="commune_membre_avec_population",
                condition=Q(epci__isnull=True) | Q(population_municipale_2022__isnull=False),
                violation_error_message="Il manque la population municipale 2022 de cette commune membre : donnez-la.",
            ),
            models.CheckConstraint(
                name="commune_sieges_d_un_membre",
                condition=Q(sieges_constates__isnull=True) | Q(sieges_constates__gte=0, epci__isnull=False),
                violation_error_message="Les sièges se constatent pour une commune membre, jamais en nombre négatif.",
            ),
            models.CheckConstraint(
                name="commune_point_entier",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                violation_error_message="Un point se donne par sa longitude et sa latitude, en degrés.",
            ),
        )

    def __str__(self) -> str:
        return self.nom


class Carte(models.Model):
    """The map of an EPCI, projected once at loading: paths ready for SVG, in a box `largeur` x `hauteur`.

    `formes` maps a commune code to [path, x, y] (a point inside, for its label), `voisins` to its neighbours.
    """

    epci = models.OneToOneField(
        Epci, primary_key=True, on_delete=models.CASCADE, verbose_name="intercommunalité", related_name="carte"
    )
    largeur = models.IntegerField("largeur de la boîte")
    hauteur = models.IntegerField("hauteur de la boîte")
    formes = models.JSONField("tracés par code de commune")
    voisins = models.JSONField("communes voisines par code de commune")

    class Meta:
        verbose_name = "carte"
        constraints = (
            models.CheckConstraint(
                name="carte_boite_positive",
                condition=Q(largeur__gt=0, hauteur__gt=0),
                violation_error_message="Une carte a une largeur et une hauteur.",
            ),
        )

    def __str__(self) -> str:
        return f"carte {self.epci_id}"


class ChargementReference(models.Model):
    """The one data version now in the tables: the fingerprint of the shipped files it was read from."""

    UNIQUE = 1

    id = models.SmallIntegerField(primary_key=True, default=UNIQUE)
    empreinte = models.CharField("empreinte des fichiers de référence", max_length=64)

    class Meta:
        verbose_name = "chargement des données de référence"
        constraints = (
            models.CheckConstraint(
                name="chargement_unique",
                condition=Q(id=1),
                violation_error_message="Une seule version des données de référence est en place à la fois.",
            ),
            models.CheckConstraint(
                name="chargement_empreinte_sha256",
                condition=Exact(Length("empreinte"), 64),
                violation_error_message="L'empreinte d'un chargement est un SHA-256 de 64 caractères.",
            ),
        )

    def __str__(self) -> str:
        return self.empreinte[:12]


class Provenance(models.Model):
    """Where each loaded column comes from: source, vintage, licence, date."""

    fichier = models.CharField("fichier", max_length=100)
    colonne = models.CharField("colonne", max_length=100)
    libelle = models.TextField("libellé")
    millesime = models.CharField("millésime", max_length=200)
    source = models.TextField("source")
    licence = models.TextField("licence")
    date = models.CharField("date de la source", max_length=100)
    precaution = models.TextField("précaution", blank=True)

    class Meta:
        verbose_name = "provenance"
        ordering = ("fichier", "colonne")
        constraints = (
            models.UniqueConstraint(
                name="provenance_une_par_colonne",
                fields=("fichier", "colonne"),
                violation_error_message="Une colonne n'a qu'une provenance.",
            ),
            models.CheckConstraint(
                name="provenance_source_donnee",
                condition=~Q(source=""),
                violation_error_message="Aucun chiffre sans sa source : donnez-la.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fichier}, {self.colonne}"
