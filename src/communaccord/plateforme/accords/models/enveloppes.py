"""Paper answers: an envelope is registered closed, opened after the closing, copied and read again by two persons."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from communaccord.plateforme.accords.enums import ENVELOPPES_EN_ATTENTE, EtatAssesseur, EtatEnveloppe
from communaccord.plateforme.accords.models.assesseurs import Assesseur
from communaccord.plateforme.accords.models.cercles import reads_commune
from communaccord.plateforme.accords.models.tours import Tour


class EnveloppeQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The équipe projet, the commune that gave it, and the assesseurs of the round."""
        mine = self.filter(tour__demarche_id=acteur.demarche_id)
        if acteur.est_equipe or acteur.est_horloge or acteur.est_executif:
            return mine
        own = Q(commune_id=acteur.commune_id) if reads_commune(acteur) else Q(pk__in=())
        called = Assesseur.objects.filter(tour=OuterRef("tour"), mandat_id=acteur.mandat_id, etat=EtatAssesseur.ACCEPTE)
        return mine.filter(own | Exists(called))

    def waiting(self) -> Self:
        return self.filter(etat__in=ENVELOPPES_EN_ATTENTE)


class Enveloppe(models.Model):
    """One envelope of one commune, for all the dossiers of the round. `saisie`: what was copied, to be read again."""

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="enveloppes")
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, related_name="enveloppes")
    numero = models.IntegerField("numéro")
    etat = models.CharField("état", max_length=10, choices=EtatEnveloppe, default=EtatEnveloppe.RECUE)
    recue_le = models.DateTimeField("reçue le")
    recue_par = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, related_name="enveloppes_recues")
    saisie = models.BinaryField("contenu recopié, fermé", null=True)
    saisie_le = models.DateTimeField("recopiée le", null=True, blank=True)
    saisie_par = models.ForeignKey(
        "comptes.Mandat", on_delete=models.PROTECT, null=True, blank=True, related_name="enveloppes_saisies"
    )
    confirmee_le = models.DateTimeField("relue le", null=True, blank=True)
    confirmee_par = models.ForeignKey(
        "comptes.Mandat", on_delete=models.PROTECT, null=True, blank=True, related_name="enveloppes_relues"
    )
    motif = models.CharField("pourquoi elle est écartée", max_length=300, blank=True)

    objects = EnveloppeQuerySet.as_manager()

    class Meta:
        verbose_name = "enveloppe"
        ordering = ("tour", "numero")
        constraints = (
            models.UniqueConstraint(
                fields=("tour", "numero"),
                name="enveloppe_numero_unique",
                violation_error_message="Une autre enveloppe vient de prendre ce numéro : réessayez.",
            ),
            models.UniqueConstraint(
                fields=("tour", "commune"),
                condition=~Q(etat=EtatEnveloppe.RENDUE),
                name="enveloppe_une_par_commune",
                violation_error_message="Une enveloppe de cette commune est déjà reçue : rendez-la d'abord.",
            ),
            models.CheckConstraint(
                name="enveloppe_etat_connu",
                condition=Q(etat__in=EtatEnveloppe.values),
                violation_error_message="État d'enveloppe inconnu.",
            ),
            models.CheckConstraint(
                name="enveloppe_saisie_fermee",
                condition=(Q(etat=EtatEnveloppe.SAISIE, saisie__isnull=False, saisie_par__isnull=False))
                | (~Q(etat=EtatEnveloppe.SAISIE) & Q(saisie__isnull=True)),
                violation_error_message="Le contenu recopié n'est gardé que jusqu'à sa relecture.",
            ),
            models.CheckConstraint(
                name="enveloppe_relue_par_une_autre_personne",
                condition=Q(confirmee_par__isnull=True) | ~Q(confirmee_par=models.F("saisie_par")),
                violation_error_message="Une enveloppe est relue par une autre personne que celle qui l'a recopiée.",
            ),
            models.CheckConstraint(
                name="enveloppe_ecartee_motivee",
                condition=~Q(etat=EtatEnveloppe.ECARTEE) | ~Q(motif=""),
                violation_error_message="Dites pourquoi cette enveloppe est écartée.",
            ),
        )

    def __str__(self) -> str:
        return f"Enveloppe n° {self.numero}"
