"""A flow: who carries, who benefits, what, for how much. The direction is stored, words come second."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.diagnostic.enums import FINANCIERS, NatureFlux, Origine, Qualite
from communaccord.plateforme.diagnostic.models.campagne import Campagne
from communaccord.plateforme.diagnostic.rules import LISENT_LES_RELEVES, LISENT_TOUTES_LES_FICHES


class FluxQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """All for the équipe projet and the DRH; those of its commune for a mairie; none for the others."""
        mine = self.filter(campagne__demarche_id=acteur.demarche_id)
        if acteur.role in LISENT_TOUTES_LES_FICHES:
            return mine
        if acteur.role not in MAIRIE:
            return mine.none()
        commune = acteur.commune_id
        return mine.filter(Q(porteur_id=commune) | Q(beneficiaire_id=commune) | Q(declare_par_id=commune))

    def counted(self) -> Self:
        """Each flow once: not those found to be the same as another, nor those set aside."""
        return self.filter(double_de__isnull=True, ecarte=False)

    def with_corps(self) -> Self:
        return self.select_related("porteur", "beneficiaire", "declare_par")


class Flux(models.Model):
    """``porteur`` and ``beneficiaire``: a commune; another body (``…_autre``); both empty, the intercommunalité.

    For money, who pays carries and who receives benefits. ``declare_par`` empty: declared by the intercommunalité.
    ``par_la_mairie``: typed by that commune, not copied for it by the équipe projet.
    ``double_de``: the same flow as that other one, declared from its other end: counted once, both figures kept.
    ``montant`` in cents a year, ``temps`` in hundredths of a full-time equivalent; empty: unknown, never zero.
    """

    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="flux")
    nature = models.CharField("nature", max_length=20, choices=NatureFlux)
    service = models.CharField("service", max_length=40, blank=True)
    objet = models.CharField("objet", max_length=200)
    porteur = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="flux_portes"
    )
    porteur_autre = models.CharField("autre organisme qui porte", max_length=150, blank=True)
    beneficiaire = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="flux_recus"
    )
    beneficiaire_autre = models.CharField("autre organisme qui bénéficie", max_length=150, blank=True)
    forme = models.CharField("convention ou usage", max_length=200, blank=True)
    gratuit = models.BooleanField("gratuit", null=True, blank=True)
    montant = models.BigIntegerField("montant annuel, en centimes", null=True, blank=True)
    temps = models.IntegerField("temps de travail, en centièmes d'équivalent temps plein", null=True, blank=True)
    annee = models.IntegerField("année", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    qualite = models.CharField("qualité", max_length=8, choices=Qualite, default=Qualite.ESTIME)
    origine = models.CharField("origine", max_length=10, choices=Origine, default=Origine.SAISIE)
    declare_par = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="flux_declares"
    )
    par_la_mairie = models.BooleanField("déclaré par la mairie elle-même", default=False)
    double_de = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="doubles")
    ecarte = models.BooleanField("écarté du compte", default=False)
    motif_ecart = models.CharField("pourquoi il est écarté", max_length=200, blank=True)
    version = models.IntegerField("version", default=1)
    saisi_par = models.CharField("saisi par", max_length=250)
    saisi_le = models.DateTimeField("saisi le")

    objects = FluxQuerySet.as_manager()

    class Meta:
        verbose_name = "flux"
        ordering = ("campagne", "service", "pk")
        constraints = (
            models.CheckConstraint(
                name="flux_choix_connus",
                condition=Q(nature__in=NatureFlux.values, qualite__in=Qualite.values, origine__in=Origine.values),
                violation_error_message="Nature du flux ou qualité inconnues.",
            ),
            models.CheckConstraint(
                name="flux_objet_dit",
                condition=~Q(objet=""),
                violation_error_message="Dites ce qui est partagé.",
            ),
            models.CheckConstraint(
                name="flux_un_porteur",
                condition=Q(porteur__isnull=True) | Q(porteur_autre=""),
                violation_error_message="Qui porte est une commune ou un autre organisme, pas les deux.",
            ),
            models.CheckConstraint(
                name="flux_un_beneficiaire",
                condition=Q(beneficiaire__isnull=True) | Q(beneficiaire_autre=""),
                violation_error_message="Qui bénéficie est une commune ou un autre organisme, pas les deux.",
            ),
            models.CheckConstraint(
                name="flux_de_l_un_a_l_autre",
                condition=Q(porteur__isnull=True) | Q(beneficiaire__isnull=True) | ~Q(porteur=F("beneficiaire")),
                violation_error_message="Un flux va de l'un à l'autre : qui porte et qui bénéficie sont différents.",
            ),
            models.CheckConstraint(
                name="flux_de_l_epci_a_un_autre",
                condition=Q(porteur__isnull=False)
                | Q(beneficiaire__isnull=False)
                | (~Q(porteur_autre="") & Q(beneficiaire_autre=""))
                | (Q(porteur_autre="") & ~Q(beneficiaire_autre="")),
                violation_error_message="Un flux part du territoire ou y arrive, et va de l'un à l'autre.",
            ),
            models.CheckConstraint(
                name="flux_montants_positifs",
                condition=(Q(montant__isnull=True) | Q(montant__gte=0)) & (Q(temps__isnull=True) | Q(temps__gte=0)),
                violation_error_message="Un montant ou un temps n'est jamais négatif : le sens du flux le dit.",
            ),
            models.CheckConstraint(
                name="flux_financier_sans_service",
                condition=~Q(nature__in=sorted(FINANCIERS)) | Q(service=""),
                violation_error_message="Un flux financier (AC, DSC, FPIC…) ne se rattache pas à un service.",
            ),
            models.CheckConstraint(
                name="flux_annee_possible",
                condition=Q(annee__isnull=True) | Q(annee__gte=2000, annee__lte=2100),
                violation_error_message="Écrivez l'année sur quatre chiffres.",
            ),
        )

    def __str__(self) -> str:
        return self.objet


class DeFluxQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        seen = Flux.objects.visible_to(acteur)
        return self.filter(premier__in=seen, second__in=seen)


class FluxDistincts(models.Model):
    """Two flows that looked alike and that people said to be two. ``premier`` is the older; said once."""

    premier = models.ForeignKey(Flux, on_delete=models.CASCADE, related_name="distincts")
    second = models.ForeignKey(Flux, on_delete=models.CASCADE, related_name="distincts_apres")
    dit_par = models.CharField("dit par", max_length=250)
    dit_le = models.DateTimeField("dit le")

    objects = DeFluxQuerySet.as_manager()

    class Meta:
        verbose_name = "flux distincts"
        ordering = ("dit_le", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("premier", "second"),
                name="flux_distincts_dits_une_fois",
                violation_error_message="Ces deux flux sont déjà dits distincts.",
            ),
            models.CheckConstraint(
                name="flux_distincts_dans_l_ordre",
                condition=Q(premier__lt=F("second")),
                violation_error_message="Un flux ne se distingue pas de lui-même.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.premier_id}, {self.second_id}"


class ReleveQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """What a mairie shared is shared with the table (rules.reads_releves_partages)."""
        mine = self.filter(campagne__demarche_id=acteur.demarche_id)
        return mine if acteur.role in LISENT_LES_RELEVES else mine.none()


class RelevePartage(models.Model):
    """« Ce que je donne, ce que je reçois », as its mairie chose to share it: what it had read, not what came later.

    ``contenu``: the lines that others read (diagnostic/calculs/echanges.py), figures on fewer than five people out.
    Taking it back deletes the row; the journal keeps both acts.
    """

    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="releves")
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, related_name="releves_de_flux")
    contenu = models.JSONField("ce qui est partagé")
    partage_par = models.CharField("partagé par", max_length=250)
    partage_le = models.DateTimeField("partagé le")

    objects = ReleveQuerySet.as_manager()

    class Meta:
        verbose_name = "relevé de flux partagé"
        ordering = ("campagne", "commune__cle_tri", "commune__code")
        constraints = (
            models.UniqueConstraint(
                fields=("campagne", "commune"),
                name="releve_partage_unique",
                violation_error_message="Ce relevé vient d'être partagé.",
            ),
        )

    def __str__(self) -> str:
        return f"relevé {self.commune_id}"
