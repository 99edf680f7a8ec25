"""The figures of a scenario beyond its key: staff by employer, forgotten costs, clauses. Frozen with the scenario."""

from django.db import models
from django.db.models import F, Q

from communaccord.plateforme.dossiers.models.profondeur import (
    DuScenario,
    EtatCout,
    PorteurCout,
    PosteOublie,
    Rythme,
)

# The moves of staff, in agents and in hundredths of a full-time equivalent.
MOUVEMENTS = ("avant", "partent", "arrivent", "crees", "supprimes", "mis_a_disposition")


def build_positifs(suffixe: str) -> Q:
    condition = Q()
    for nom in MOUVEMENTS:
        condition &= Q(**{f"{nom}{suffixe}__gte": 0})
    return condition


def build_apres_possible(suffixe: str) -> Q:
    """Those who leave and those who work elsewhere are among those who are there."""
    partis = F(f"partent{suffixe}") + F(f"supprimes{suffixe}") + F(f"mis_a_disposition{suffixe}")
    return Q(**{f"avant{suffixe}__gte": partis - F(f"arrivent{suffixe}") - F(f"crees{suffixe}")})


class EffectifEmployeur(DuScenario):
    """Staff of one employer before and after; ``commune`` empty: the EPCI. ETP in hundredths.

    After = before - leaving + arriving + created - cut. ``mis_a_disposition``: of those who are there afterwards, how
    many work for the service and stay employed here. ``partent``: transferred de plein droit to another employer.
    """

    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    avant = models.IntegerField("agents aujourd'hui", default=0)
    partent = models.IntegerField("transférés de plein droit vers un autre employeur", default=0)
    arrivent = models.IntegerField("accueillis d'un autre employeur", default=0)
    crees = models.IntegerField("postes créés", default=0)
    supprimes = models.IntegerField("postes supprimés", default=0)
    mis_a_disposition = models.IntegerField("mis à disposition", default=0)
    avant_etp = models.IntegerField("aujourd'hui, en centièmes d'ETP", default=0)
    partent_etp = models.IntegerField("transférés, en centièmes d'ETP", default=0)
    arrivent_etp = models.IntegerField("accueillis, en centièmes d'ETP", default=0)
    crees_etp = models.IntegerField("créés, en centièmes d'ETP", default=0)
    supprimes_etp = models.IntegerField("supprimés, en centièmes d'ETP", default=0)
    mis_a_disposition_etp = models.IntegerField("mis à disposition, en centièmes d'ETP", default=0)

    class Meta:
        verbose_name = "effectif d'un employeur"
        verbose_name_plural = "effectifs des employeurs"
        ordering = ("scenario", F("commune__cle_tri").asc(nulls_first=True), "commune__code")
        constraints = (
            models.UniqueConstraint(
                fields=("scenario", "commune"),
                condition=Q(commune__isnull=False),
                name="effectif_un_par_commune",
                violation_error_message="Les agents de cette commune sont déjà dits.",
            ),
            models.UniqueConstraint(
                fields=("scenario",),
                condition=Q(commune__isnull=True),
                name="effectif_un_pour_epci",
                violation_error_message="Les agents de l'intercommunalité sont déjà dits.",
            ),
            models.CheckConstraint(
                name="effectif_positif",
                condition=build_positifs("") & build_positifs("_etp"),
                violation_error_message="Un nombre d'agents ou d'ETP ne peut être négatif.",
            ),
            models.CheckConstraint(
                name="effectif_apres_possible",
                condition=build_apres_possible("") & build_apres_possible("_etp"),
                violation_error_message="Il part, ou il est mis à disposition, plus de monde qu'il n'y en a.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scenario_id}, {self.commune_id or 'EPCI'}"

    def compute_apres(self, suffixe: str = "") -> int:
        """Agents, or hundredths of ETP with ``_etp``, once the scenario is in force."""
        avant, partent, arrivent, crees, supprimes = (getattr(self, f"{nom}{suffixe}") for nom in MOUVEMENTS[:5])
        return avant - partent + arrivent + crees - supprimes


class CoutOublie(DuScenario):
    """One of the costs often forgotten, in whole cents; without a row it is not told yet.

    ``annee``: of a cost paid once; empty: the first year of the scenario.
    """

    poste = models.CharField("coût", max_length=14, choices=PosteOublie)
    etat = models.CharField("état", max_length=12, choices=EtatCout)
    montant = models.BigIntegerField("montant", null=True, blank=True)
    rythme = models.CharField("rythme", max_length=10, choices=Rythme, blank=True)
    annee = models.IntegerField("année", null=True, blank=True)
    porteur = models.CharField("payé par", max_length=14, choices=PorteurCout, blank=True)
    commune = models.ForeignKey(
        "territoires.CommuneMembre", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    motif = models.CharField("parce que, ou précision", max_length=300, blank=True)

    class Meta:
        verbose_name = "coût souvent oublié"
        verbose_name_plural = "coûts souvent oubliés"
        ordering = ("scenario", "poste")
        constraints = (
            models.UniqueConstraint(
                fields=("scenario", "poste"),
                name="cout_oublie_unique",
                violation_error_message="Ce coût est déjà dit.",
            ),
            models.CheckConstraint(
                name="cout_oublie_connu",
                condition=Q(poste__in=PosteOublie.values, etat__in=EtatCout.values),
                violation_error_message="Coût inconnu.",
            ),
            models.CheckConstraint(
                name="cout_oublie_chiffre_ou_dit",
                condition=Q(
                    etat=EtatCout.CHIFFRE,
                    montant__gte=0,
                    rythme__in=Rythme.values,
                    porteur__in=PorteurCout.values,
                )
                | (~Q(etat=EtatCout.CHIFFRE) & Q(montant__isnull=True, rythme="", porteur="", annee__isnull=True)),
                violation_error_message="Un coût chiffré a un montant, un rythme et quelqu'un qui le paie.",
            ),
            models.CheckConstraint(
                name="cout_oublie_sans_objet_motive",
                condition=~Q(etat=EtatCout.SANS_OBJET) | ~Q(motif=""),
                violation_error_message="Dites pourquoi ce coût est sans objet.",
            ),
            models.CheckConstraint(
                name="cout_oublie_commune_nommee",
                condition=Q(porteur=PorteurCout.COMMUNE, commune__isnull=False)
                | (~Q(porteur=PorteurCout.COMMUNE) & Q(commune__isnull=True)),
                violation_error_message="Dites quelle commune paie.",
            ),
        )

    def __str__(self) -> str:
        return self.poste


class ClausesScenario(DuScenario):
    """How one leaves, and what protects: what is empty is not fixed, and said so. One row a scenario."""

    preavis_mois = models.IntegerField("préavis, en mois", null=True, blank=True)
    retour_agents = models.CharField("retour des agents et des agentes", max_length=500, blank=True)
    couts_restants = models.CharField("coûts qui restent après un départ, et qui les paie", max_length=500, blank=True)
    essai_mois = models.IntegerField("période d'essai, en mois", null=True, blank=True)
    revoyure_le = models.DateField("date de la clause de revoyure", null=True, blank=True)
    revoyure_objet = models.CharField("ce qui sera regardé", max_length=500, blank=True)
    service_nouveau = models.CharField("service nouveau reçu", max_length=500, blank=True)

    class Meta:
        verbose_name = "clauses d'un scénario"
        verbose_name_plural = "clauses d'un scénario"
        constraints = (
            models.UniqueConstraint(
                fields=("scenario",),
                name="clauses_uniques",
                violation_error_message="Les clauses de ce scénario viennent d'être écrites par quelqu'un d'autre.",
            ),
            models.CheckConstraint(
                name="clauses_durees_possibles",
                condition=(Q(preavis_mois__isnull=True) | Q(preavis_mois__gte=0, preavis_mois__lte=120))
                & (Q(essai_mois__isnull=True) | Q(essai_mois__gte=0, essai_mois__lte=120)),
                violation_error_message="Une durée va de 0 à 120 mois.",
            ),
        )

    def __str__(self) -> str:
        return f"clauses {self.scenario_id}"
