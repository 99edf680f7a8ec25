"""Declarations that look alike: said to be one flow or two, by the équipe projet or by either end."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.flux import check_ouvert, record_flux
from communaccord.plateforme.diagnostic.calculs.doubles import UNIQUES, list_paires
from communaccord.plateforme.diagnostic.models import Flux, FluxDistincts
from communaccord.plateforme.diagnostic.queries.flux import build_declarations
from communaccord.plateforme.diagnostic.rules import can_judge_flux
from communaccord.plateforme.socle.permis import Conflit, require

UN_SEUL = (
    "Une commune n'a qu'un flux « {nature} » par an avec l'intercommunalité : réunissez ces deux déclarations en "
    "gardant le bon chiffre, ou écartez celle qui est fausse."
)
A_BOUGE = "L'une de ces déclarations vient de changer : relisez-les avant de conclure."


def lock_paire(acteur: Acteur, gardee: Flux, autre: Flux) -> None:
    """Both rows held until the end of the transaction, when this actor may judge them and they are still a pair."""
    couple = frozenset((gardee.porteur_id, gardee.beneficiaire_id)) - {None}
    require(can_judge_flux(acteur, couple, gardee.campagne.demarche_id))
    check_ouvert(gardee.campagne)
    pks = (gardee.pk, autre.pk)
    rows = Flux.objects.select_for_update().filter(Q(pk__in=pks) | Q(double_de__in=pks), campagne=gardee.campagne_id)
    if not list_paires(build_declarations(rows)):
        raise Conflit(A_BOUGE)


@transaction.atomic
def join_flux(*, acteur: Acteur, instant: datetime, gardee: Flux, autre: Flux) -> None:
    """Say that both declarations are of one flow: ``gardee`` counts, the other keeps its figures beside it."""
    lock_paire(acteur, gardee, autre)
    Flux.objects.filter(double_de=autre).update(double_de=gardee)
    Flux.objects.filter(pk=autre.pk).update(double_de=gardee, version=F("version") + 1)
    record_flux(acteur, instant, gardee, "flux.reunis", "a réuni deux déclarations d'un même flux")


@transaction.atomic
def tell_distincts(*, acteur: Acteur, instant: datetime, one: Flux, other: Flux) -> None:
    """Say that they are two flows: both count, and they are not proposed again.

    Errors: Conflit where the law knows one flow a year.
    """
    lock_paire(acteur, one, other)
    if one.nature in UNIQUES:
        raise Conflit(UN_SEUL.format(nature=one.get_nature_display()))
    premier, second = sorted((one.pk, other.pk))
    FluxDistincts.objects.get_or_create(
        premier_id=premier, second_id=second, defaults={"dit_par": acteur.nom[:250], "dit_le": instant}
    )
    record_flux(acteur, instant, one, "flux.distingues", "a distingué deux flux qui se ressemblaient")


@transaction.atomic
def separate_flux(*, acteur: Acteur, instant: datetime, flux: Flux) -> None:
    """Undo a joining: this declaration counts again."""
    couple = frozenset((flux.porteur_id, flux.beneficiaire_id)) - {None}
    require(can_judge_flux(acteur, couple, flux.campagne.demarche_id))
    check_ouvert(flux.campagne)
    rows = Flux.objects.filter(pk=flux.pk, double_de__isnull=False)
    if not rows.update(double_de=None, version=F("version") + 1):
        raise Conflit("Ce flux compte déjà pour lui-même.")
    record_flux(acteur, instant, flux, "flux.separes", "a séparé deux déclarations réunies")
