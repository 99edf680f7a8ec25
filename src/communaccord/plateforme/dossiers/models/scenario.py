"""A scenario: its levers while it is a draft; once frozen, its input, its result and its effects, written once."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.dossiers.enums import FORMES_DE_LA_LOI, Forme
from communaccord.plateforme.dossiers.models.dossier import Dossier
from communaccord.plateforme.dossiers.rules import LISENT_LES_BROUILLONS, LISENT_LEUR_COMMUNE, LISENT_TOUT
from communaccord.plateforme.socle.figes import EcritureInterdite, Fige, FigeQuerySet

LETTRES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ScenarioQuerySet(models.QuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Drafts for those who prepare; what is frozen for those who read the dossier."""
        mine = self.filter(dossier__in=Dossier.objects.presented_to(acteur))
        return mine if acteur.role in LISENT_LES_BROUILLONS else mine.filter(fige_le__isnull=False)

    def current(self) -> Self:
        """The last version of each scenario."""
        return self.filter(remplacement__isnull=True)

    def frozen(self) -> Self:
        """What may be shown and put to a round: frozen, and not replaced by another frozen version."""
        return self.filter(Q(remplacement__isnull=True) | Q(remplacement__fige_le__isnull=True), fige_le__isnull=False)

    def with_gel(self) -> Self:
        """With the summary of the frozen result, without its long texts."""
        return self.select_related("dossier", "gel").defer("gel__entree", "gel__resultat", "leviers")

    def update(self, **values: Any) -> int:
        if self.filter(fige_le__isnull=False).exists():
            raise EcritureInterdite(self.model.__name__)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.filter(fige_le__isnull=False).exists():
            raise EcritureInterdite(self.model.__name__)
        return super().delete()


class Scenario(models.Model):
    """One version of a scenario. ``fige_le`` empty: a draft; otherwise nothing of it changes any more.

    ``leviers``: what the simulator reads beside the territory and the figures of the communes (service, staff, costs,
    key, limits, years, perimeter). ``hausse_max``: cap on the yearly rise, in hundredths of a percent.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="scenarios")
    rang = models.IntegerField("rang")
    numero = models.IntegerField("version", default=1)
    remplace = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="remplacement", verbose_name="remplace"
    )
    libelle = models.CharField("libellé", max_length=80)
    forme = models.CharField("forme juridique", max_length=20, choices=Forme, default=Forme.A_CHOISIR)
    forme_precision = models.CharField("précision sur la forme", max_length=200, blank=True)
    leviers = models.JSONField("leviers", default=dict)
    engagements = models.JSONField("engagements", default=list, blank=True)
    hausse_max = models.IntegerField("plafond de hausse annuelle, en centièmes de pour cent", null=True, blank=True)
    version = models.IntegerField("version de la saisie", default=1)
    cree_par = models.CharField("créé par", max_length=250)
    cree_le = models.DateTimeField("créé le")
    modifie_par = models.CharField("modifié par", max_length=250)
    modifie_le = models.DateTimeField("modifié le")
    fige_le = models.DateTimeField("figé le", null=True, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = "scénario"
        ordering = ("dossier", "rang", "numero")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "rang", "numero"),
                name="scenario_version_unique",
                violation_error_message="Cette version du scénario vient d'être créée par quelqu'un d'autre.",
            ),
            models.CheckConstraint(
                name="scenario_libelle_donne",
                condition=~Q(libelle=""),
                violation_error_message="Un scénario porte un libellé : donnez-le.",
            ),
            models.CheckConstraint(
                name="scenario_rang_positif",
                condition=Q(rang__gte=1, numero__gte=1),
                violation_error_message="Le rang et la version d'un scénario commencent à un.",
            ),
            models.CheckConstraint(
                name="scenario_forme_connue",
                condition=Q(forme__in=Forme.values),
                violation_error_message="Forme juridique inconnue : choisissez-en une dans la liste.",
            ),
            models.CheckConstraint(
                name="scenario_hausse_possible",
                condition=Q(hausse_max__isnull=True) | Q(hausse_max__gte=0, hausse_max__lte=10_000),
                violation_error_message="Un plafond de hausse va de 0 à 100 % par an.",
            ),
            models.CheckConstraint(
                name="scenario_remplace_la_precedente",
                condition=Q(numero=1, remplace__isnull=True) | Q(numero__gt=1, remplace__isnull=False),
                violation_error_message="Une nouvelle version remplace la précédente.",
            ),
        )

    def __str__(self) -> str:
        return f"scénario {self.lettre}"

    def save(self, *args: Any, **options: Any) -> None:
        self.refuse_if_frozen()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        self.refuse_if_frozen()
        return super().delete(*args, **options)

    @property
    def lettre(self) -> str:
        """A, B, C…; beyond Z, a number."""
        return LETTRES[self.rang - 1] if self.rang <= len(LETTRES) else str(self.rang)

    @property
    def forme_de_la_loi(self) -> bool:
        """Whether the law says which acts the form needs."""
        return self.forme in FORMES_DE_LA_LOI

    @property
    def est_fige(self) -> bool:
        return self.fige_le is not None

    def refuse_if_frozen(self) -> None:
        """What is frozen in the table is not rewritten, whatever this instance says."""
        rows = type(self).objects.filter(pk=self.pk, fige_le__isnull=False)
        if not self._state.adding and rows.exists():
            raise EcritureInterdite(type(self).__name__)


class GelQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """The summary, for whoever sees the scenario, without the long texts that tell each commune's figures."""
        return self.filter(scenario__in=Scenario.objects.visible_to(acteur)).defer("entree", "resultat")


class Gel(Fige):
    """What was frozen: the input (canonical JSON, salted), its hash, the engine, the result; and the summary of it.

    ``etp``: posts of the service, as text. ``couts``: lines of [famille, libellé, calcul, cents]. Amounts are whole
    cents of the year ``annee_reference``.
    """

    scenario = models.OneToOneField(Scenario, on_delete=models.PROTECT, related_name="gel")
    instant = models.DateTimeField("figé le")
    mandat = models.ForeignKey("comptes.Mandat", on_delete=models.PROTECT, null=True, related_name="+")
    qui = models.CharField("figé par", max_length=250)
    entree = models.TextField("données figées")
    empreinte = models.CharField("SHA-256 des données", max_length=64)
    moteur = models.CharField("version du moteur", max_length=80)
    resultat = models.TextField("résultat figé")
    phrase = models.TextField("phrase du résultat")
    estime = models.BooleanField("chiffres estimés")
    annee_debut = models.IntegerField("première année")
    annee_fin = models.IntegerField("dernière année")
    annee_reference = models.IntegerField("année de croisière")
    participantes = models.IntegerField("communes qui participent")
    moins = models.IntegerField("communes qui paieraient moins", null=True)
    cout = models.BigIntegerField("coût à répartir")
    etp = models.CharField("postes du service", max_length=40, blank=True)
    cle = models.CharField("clé de répartition", max_length=300, blank=True)
    temps = models.TextField("temps d'agents libéré", blank=True)
    couts = models.JSONField("lignes de coût et leur formule", default=list)
    avertissements = models.JSONField("avertissements", default=list)

    objects = GelQuerySet.as_manager()

    class Meta:
        verbose_name = "scénario figé"
        constraints = (
            models.CheckConstraint(
                name="gel_annees_dans_l_ordre",
                condition=Q(annee_debut__lte=F("annee_reference"), annee_reference__lte=F("annee_fin")),
                violation_error_message="L'année de croisière est l'une des années simulées.",
            ),
        )

    def __str__(self) -> str:
        return self.empreinte[:12]


class EffetQuerySet(FigeQuerySet):
    def visible_to(self, acteur: Any) -> Self:
        """Every commune's, or one's own commune's, as rules.reads_commune says."""
        seen = self.filter(scenario__in=Scenario.objects.visible_to(acteur))
        if acteur.role in LISENT_TOUT:
            return seen
        condition = Q(pk__in=())
        if acteur.mandat_id is not None:
            condition |= Q(scenario__dossier__porteur_id=acteur.mandat_id)
        if acteur.role in LISENT_LEUR_COMMUNE:
            condition |= Q(commune_id=acteur.commune_id)
        return seen.filter(condition)


class EffetCommune(Fige):
    """The effect of a frozen scenario on one commune, in cents of the year of reference; None is *unknown*.

    ``ecart``: contribution minus today's spending. ``bas``, ``haut``: range of the contribution. ``annees``: one entry
    a year (annee, contribution, depense, cout_seul, bas, haut). ``explication``: the formula with its numbers.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="effets")
    commune = models.ForeignKey("territoires.CommuneMembre", on_delete=models.PROTECT, related_name="effets")
    participe = models.BooleanField("participe")
    population = models.IntegerField("population")
    contribution = models.BigIntegerField("contribution", null=True)
    depense = models.BigIntegerField("dépense d'aujourd'hui", null=True)
    ecart = models.BigIntegerField("écart par rapport à aujourd'hui", null=True)
    cout_seul = models.BigIntegerField("coût seule pour le même service", null=True)
    bas = models.BigIntegerField("bas de la fourchette", null=True)
    haut = models.BigIntegerField("haut de la fourchette", null=True)
    estime = models.BooleanField("chiffres estimés", default=False)
    agents_avant = models.IntegerField("agents de la commune aujourd'hui", null=True)
    agents_concernes = models.IntegerField("agents qui rejoindraient le service", null=True)
    agents_apres = models.IntegerField("agents de la commune ensuite", null=True)
    annees = models.JSONField("effets par année", default=list)
    explication = models.JSONField("explication", default=dict)

    objects = EffetQuerySet.as_manager()

    class Meta:
        verbose_name = "effet sur une commune"
        ordering = ("scenario", "commune__cle_tri", "commune__code")
        constraints = (
            models.UniqueConstraint(
                fields=("scenario", "commune"),
                name="effet_commune_unique",
                violation_error_message="L'effet sur cette commune est déjà écrit.",
            ),
            models.CheckConstraint(
                name="effet_contribution_si_participe",
                condition=Q(participe=True, contribution__isnull=False, contribution__gte=0)
                | Q(participe=False, contribution__isnull=True),
                violation_error_message="Une commune paie si et seulement si elle participe.",
            ),
            models.CheckConstraint(
                name="effet_ecart_exact",
                condition=Q(ecart__isnull=True)
                | Q(contribution__isnull=False, depense__isnull=False, ecart=F("contribution") - F("depense")),
                violation_error_message="L'écart est la contribution moins la dépense d'aujourd'hui.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scenario_id}, {self.commune_id}"
