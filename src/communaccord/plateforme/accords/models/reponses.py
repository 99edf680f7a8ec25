"""Answers: one a commune, a dossier and a round, made of elements that are each closed on their own."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from communaccord.plateforme.accords.enums import MAX_CLAUSES, EtatReponse, NatureElement, Origine, Visibilite
from communaccord.plateforme.accords.models.cercles import reads_commune
from communaccord.plateforme.accords.models.tours import Tour
from communaccord.plateforme.socle.figes import Fige, FigeQuerySet


class ReponseQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Those who act for the commune; and the équipe projet, which sees how far each one is, never what it says."""
        mine = self.filter(tour__demarche_id=acteur.demarche_id)
        if acteur.est_equipe or acteur.est_horloge:
            return mine
        return mine.filter(commune_id=acteur.commune_id) if reads_commune(acteur) else mine.none()

    def validated(self) -> Self:
        return self.filter(etat=EtatReponse.VALIDEE)

    def with_tour(self) -> Self:
        return self.select_related("tour__demarche", "tour__regle", "commune", "dossier")


class Reponse(models.Model):
    """The answer of a commune on a dossier. `version` grows with each write: the second of two writers is told.

    Once validated: `sel` is the salt of the owner's copies, `sceau` the mark of this installation on what it holds.
    """

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="reponses")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="reponses")
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, related_name="reponses")
    etat = models.CharField("état", max_length=10, choices=EtatReponse, default=EtatReponse.A_PREPARER)
    origine = models.CharField("comment elle est venue", max_length=10, choices=Origine, default=Origine.EN_LIGNE)
    version = models.IntegerField("version", default=0)
    modifiee_le = models.DateTimeField("modifiée le", null=True, blank=True)
    modifiee_par = models.CharField("modifiée par", max_length=250, blank=True)
    validee_le = models.DateTimeField("validée le", null=True, blank=True)
    validee_par = models.ForeignKey(
        "comptes.Mandat", on_delete=models.PROTECT, null=True, blank=True, related_name="reponses_validees"
    )
    sel = models.BinaryField("sel du code", null=True)
    sceau = models.CharField("sceau de l'installation", max_length=64, blank=True)

    objects = ReponseQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse d'une commune"
        ordering = ("tour", "commune", "dossier")
        indexes = (models.Index(fields=("tour", "etat"), name="reponse_par_etat"),)
        constraints = (
            models.UniqueConstraint(
                fields=("tour", "dossier", "commune"),
                name="reponse_unique",
                violation_error_message="Cette commune a déjà une réponse sur ce dossier.",
            ),
            models.CheckConstraint(
                name="reponse_etat_connu",
                condition=Q(etat__in=EtatReponse.values),
                violation_error_message="État de réponse inconnu.",
            ),
            models.CheckConstraint(
                name="reponse_origine_connue",
                condition=Q(origine__in=Origine.values),
                violation_error_message="Dites comment la réponse est venue.",
            ),
            models.CheckConstraint(
                name="reponse_validee_entiere",
                condition=(Q(etat=EtatReponse.VALIDEE, validee_le__isnull=False) & ~Q(sceau=""))
                | (~Q(etat=EtatReponse.VALIDEE) & Q(validee_le__isnull=True, validee_par__isnull=True, sceau="")),
                violation_error_message="Une réponse validée porte sa date et son sceau ; les autres n'en portent pas.",
            ),
            models.CheckConstraint(
                name="reponse_validee_par_une_personne",
                condition=~Q(etat=EtatReponse.VALIDEE) | Q(validee_par__isnull=False) | Q(origine=Origine.PAPIER),
                violation_error_message="Une réponse en ligne est validée par une personne ; une enveloppe est signée.",
            ),
        )

    def __str__(self) -> str:
        return f"Réponse {self.pk}"


class ElementQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Those who act for the commune, and nobody else: not even that an element exists."""
        if not reads_commune(acteur):
            return self.none()
        return self.filter(reponse__tour__demarche_id=acteur.demarche_id, reponse__commune_id=acteur.commune_id)

    def unshared(self) -> Self:
        """What the key of the commune alone opens: notes, drafts, what was never put on the table."""
        return self.filter(contenu__isnull=False, partage__isnull=True)


class Element(models.Model):
    """A piece of an answer. `contenu` is locked for the commune; once validated, what is sous pli has no `contenu`:
    `pli` is sealed to the round and `copie` is locked by the mayor's code.
    """

    reponse = models.ForeignKey(Reponse, on_delete=models.PROTECT, related_name="elements")
    nature = models.CharField("nature", max_length=10, choices=NatureElement)
    rang = models.IntegerField("rang", default=1)
    visibilite = models.CharField("qui le lit", max_length=10, choices=Visibilite)
    contenu = models.BinaryField("contenu, fermé pour la commune", null=True)
    pli = models.BinaryField("contenu, scellé pour le tour", null=True)
    copie = models.BinaryField("copie, fermée par le code", null=True)

    objects = ElementQuerySet.as_manager()

    class Meta:
        verbose_name = "élément d'une réponse"
        ordering = ("reponse", "nature", "rang")
        constraints = (
            models.UniqueConstraint(
                fields=("reponse", "nature", "rang"),
                name="element_unique",
                violation_error_message="Cet élément est déjà dans la réponse.",
            ),
            models.CheckConstraint(
                name="element_nature_connue",
                condition=Q(nature__in=NatureElement.values),
                violation_error_message="Nature d'élément inconnue.",
            ),
            models.CheckConstraint(
                name="element_visibilite_connue",
                condition=Q(visibilite__in=Visibilite.values),
                violation_error_message="Dites qui lit cet élément : vous, le moteur seul, ou la table.",
            ),
            models.CheckConstraint(
                name="element_trois_clauses",
                condition=Q(rang=1) | Q(nature=NatureElement.CLAUSE, rang__gte=1, rang__lte=MAX_CLAUSES),
                violation_error_message="Une réponse porte trois souhaits ou conditions au plus.",
            ),
            models.CheckConstraint(
                name="element_notes_seulement_en_notes",
                condition=Q(nature=NatureElement.NOTES, visibilite=Visibilite.NOTES)
                | (~Q(nature=NatureElement.NOTES) & ~Q(visibilite=Visibilite.NOTES)),
                violation_error_message="Les notes restent à la commune ; le reste va sous pli ou à la table.",
            ),
            models.CheckConstraint(
                name="element_ferme_une_seule_fois",
                condition=Q(contenu__isnull=False, pli__isnull=True, copie__isnull=True)
                | Q(contenu__isnull=True, pli__isnull=False, visibilite=Visibilite.PLI),
                violation_error_message="Un élément est un brouillon fermé ou un pli scellé, jamais les deux.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_nature_display()} {self.rang}"


class HistoriqueReponseQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        return self.filter(reponse__in=Reponse.objects.visible_to(acteur))


class HistoriqueReponse(Fige):
    """One change of the state of an answer: who, when, from, to. Written once; never what the answer says."""

    reponse = models.ForeignKey(Reponse, on_delete=models.PROTECT, related_name="historique")
    instant = models.DateTimeField("quand")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    qui = models.CharField("en quel nom", max_length=250)
    etat_avant = models.CharField("état d'avant", max_length=10, choices=EtatReponse)
    etat_apres = models.CharField("état d'après", max_length=10, choices=EtatReponse)
    version = models.IntegerField("version")
    motif = models.CharField("pourquoi", max_length=200, blank=True)

    objects = HistoriqueReponseQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d'une réponse"
        ordering = ("reponse", "instant", "pk")

    def __str__(self) -> str:
        return f"{self.etat_avant} → {self.etat_apres}"
