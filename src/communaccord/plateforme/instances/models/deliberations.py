"""The vote of a council on one item, as it was recorded. The rule is computed beside it, never instead of it."""

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.instances.enums import Majorite, ModeScrutin, Voix
from communaccord.plateforme.instances.models.pieces import Piece
from communaccord.plateforme.instances.models.points import DePointQuerySet, Point

COMPTES = ("presents", "pouvoirs", "exclus", "pour", "contre", "abstentions", "blancs")


class Deliberation(models.Model):
    """Counts and recorded result of a vote. No voice of a person is kept, but that of the presidency for a tie."""

    point = models.OneToOneField(Point, on_delete=models.PROTECT, related_name="deliberation")
    numero = models.CharField("numéro", max_length=40, blank=True)
    date = models.DateField("date de la délibération")
    en_exercice = models.IntegerField("membres en exercice")
    presents = models.IntegerField("membres présents")
    pouvoirs = models.IntegerField("pouvoirs", default=0)
    exclus = models.IntegerField("membres qui n'ont pas pris part (intérêt à l'affaire)", default=0)
    pour = models.IntegerField("pour")
    contre = models.IntegerField("contre")
    abstentions = models.IntegerField("abstentions", default=0)
    blancs = models.IntegerField("bulletins blancs ou nuls", default=0)
    mode = models.CharField("mode de scrutin", max_length=10, choices=ModeScrutin, default=ModeScrutin.ORDINAIRE)
    majorite = models.CharField("majorité requise", max_length=20, choices=Majorite, default=Majorite.ABSOLUE)
    vote_presidence = models.CharField("voix de la présidence", max_length=10, choices=Voix, blank=True)
    adoptee = models.BooleanField("adoptée, d'après le procès-verbal")
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, null=True, blank=True, related_name="deliberations")
    version = models.IntegerField("version", default=1)

    objects = DePointQuerySet.as_manager()

    class Meta:
        verbose_name = "délibération"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="deliberation_modes_connus",
                condition=Q(
                    mode__in=ModeScrutin.values, majorite__in=Majorite.values, vote_presidence__in=["", *Voix.values]
                ),
                violation_error_message="Mode de scrutin, majorité ou voix inconnus.",
            ),
            models.CheckConstraint(
                name="deliberation_comptes_positifs",
                condition=Q(en_exercice__gte=1, **{f"{nom}__gte": 0 for nom in COMPTES}),
                violation_error_message="Un nombre de membres ou de voix ne peut être négatif.",
            ),
            models.CheckConstraint(
                name="deliberation_presents_en_exercice",
                condition=Q(presents__lte=F("en_exercice") - F("exclus")),
                violation_error_message="Il y a plus de membres présents que de membres à compter.",
            ),
            models.CheckConstraint(
                name="deliberation_voix_comptees",
                condition=Q(
                    presents__gte=F("pour") + F("contre") + F("abstentions") + F("blancs") - F("pouvoirs"),
                ),
                violation_error_message="Il y a plus de voix que de membres présents et de pouvoirs.",
            ),
        )

    def __str__(self) -> str:
        return self.numero or f"point {self.point_id}"
