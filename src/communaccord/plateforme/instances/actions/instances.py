"""Creating, adjusting and closing instances, their members, the poles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.instances.enums import FONCTIONS, Fonction, Qualite, TypeInstance
from communaccord.plateforme.instances.gens import write_qui
from communaccord.plateforme.instances.models import Instance, MembreInstance, Pole, PoleCommune
from communaccord.plateforme.instances.rules import belongs, may_compose
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.models import CommuneMembre

Membre = tuple[Mandat, Qualite]
EN_DOUBLE = "Cette démarche a déjà cette instance, ou cette personne y siège déjà : rechargez la page."


@transaction.atomic
def create_instance(
    *,
    acteur: Any,
    instant: datetime,
    type: TypeInstance | str,
    nom: str = "",
    commune: CommuneMembre | None = None,
    membres: Sequence[Membre] = (),
    fonction: Fonction | str = "",
    presidence: Mandat | None = None,
    prepare_pour: Instance | None = None,
    ouverte_aux_municipaux: bool = False,
    en_exercice: int | None = None,
) -> Instance:
    """An instance with its first members; its name and what it serves are those of its type when not told."""
    require(may_compose(acteur))
    kind = TypeInstance(type)
    instance = Instance(
        demarche_id=acteur.demarche_id,
        type=kind,
        fonction=fonction or FONCTIONS[kind],
        nom=nom or build_nom(kind, commune),
        commune=commune,
        presidence=presidence,
        prepare_pour=prepare_pour,
        ouverte_aux_municipaux=ouverte_aux_municipaux,
        en_exercice=en_exercice,
        creee_le=instant,
    )
    save_or_conflict(instance)
    jour = get_jour(instant, acteur.demarche.fuseau)
    MembreInstance.objects.bulk_create(
        MembreInstance(instance=instance, mandat=mandat, qualite=qualite, depuis=jour) for mandat, qualite in membres
    )
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="create_instance",
        phrase=f"a installé l'instance « {instance.nom} »",
        portee=Portee.TABLE,
        objet=instance,
    )
    return instance


def build_nom(kind: TypeInstance, commune: CommuneMembre | None) -> str:
    label = kind.label[:1].upper() + kind.label[1:]
    return f"{label} de {commune.nom}"[:150] if commune else label


def save_or_conflict(row: Any) -> None:
    """Save, and turn a constraint met into a sentence."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflit(EN_DOUBLE) from error


@transaction.atomic
def update_instance(
    *,
    acteur: Any,
    instant: datetime,
    instance: Instance,
    nom: str,
    fonction: Fonction | str,
    presidence: Mandat | None,
    prepare_pour: Instance | None,
    ouverte_aux_municipaux: bool,
    adjoint_admis: bool,
    en_exercice: int | None,
) -> Instance:
    """Change what an instance says of itself."""
    require(may_compose(acteur))
    require(belongs(acteur, instance.demarche_id))
    instance.nom, instance.fonction, instance.presidence = nom, fonction, presidence
    instance.prepare_pour, instance.ouverte_aux_municipaux = prepare_pour, ouverte_aux_municipaux
    instance.adjoint_admis, instance.en_exercice = adjoint_admis, en_exercice
    save_or_conflict(instance)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="update_instance",
        phrase=f"a modifié l'instance « {instance.nom} »",
        portee=Portee.TABLE,
        objet=instance,
    )
    return instance


@transaction.atomic
def close_instance(*, acteur: Any, instant: datetime, instance: Instance) -> None:
    """Close an instance: its past séances stay."""
    require(may_compose(acteur))
    require(belongs(acteur, instance.demarche_id))
    if not Instance.objects.filter(pk=instance.pk, close_le__isnull=True).update(close_le=instant):
        raise Conflit("Cette instance est déjà close.")
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="close_instance",
        phrase=f"a clos l'instance « {instance.nom} »",
        portee=Portee.TABLE,
        objet=instance,
    )


@transaction.atomic
def add_membre(
    *,
    acteur: Any,
    instant: datetime,
    instance: Instance,
    mandat: Mandat,
    qualite: Qualite | str = Qualite.MEMBRE,
    pole: Pole | None = None,
) -> MembreInstance:
    """Make somebody sit in an instance from today; ``pole``: they speak for its communes."""
    require(may_compose(acteur))
    require(belongs(acteur, instance.demarche_id))
    require(belongs(acteur, mandat.personne.demarche_id))
    jour = get_jour(instant, acteur.demarche.fuseau)
    membre = MembreInstance(instance=instance, mandat=mandat, qualite=qualite, pole=pole, depuis=jour)
    save_or_conflict(membre)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="add_membre",
        phrase=f"a fait entrer {write_qui(mandat)} dans l'instance « {instance.nom} »",
        portee=Portee.TABLE,
        objet=instance,
    )
    return membre


@transaction.atomic
def remove_membre(*, acteur: Any, instant: datetime, membre: MembreInstance) -> None:
    """End a seat today; the line stays, with its dates."""
    require(may_compose(acteur))
    require(belongs(acteur, membre.instance.demarche_id))
    jour = get_jour(instant, acteur.demarche.fuseau)
    rows = MembreInstance.objects.filter(pk=membre.pk, jusqu_au__isnull=True)
    if not rows.update(jusqu_au=max(jour, membre.depuis)):
        raise Conflit("Cette personne a déjà quitté l'instance.")
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="remove_membre",
        phrase=f"a mis fin au siège de {write_qui(membre.mandat)} dans l'instance « {membre.instance.nom} »",
        portee=Portee.TABLE,
        objet=membre.instance,
    )


@transaction.atomic
def create_pole(*, acteur: Any, instant: datetime, nom: str, communes: Sequence[CommuneMembre]) -> Pole:
    """A group of communes; a commune of another pole comes to this one."""
    require(may_compose(acteur))
    for commune in communes:
        require(belongs(acteur, commune.demarche_id))
    pole = Pole(demarche_id=acteur.demarche_id, nom=nom)
    try:
        with transaction.atomic():
            pole.save()
    except IntegrityError as error:
        raise Conflit("Un pôle porte déjà ce nom, ou le nom manque.") from error
    PoleCommune.objects.filter(commune__in=communes).delete()
    PoleCommune.objects.bulk_create(PoleCommune(pole=pole, commune=commune) for commune in communes)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="create_pole",
        phrase=f"a formé le pôle « {nom} » ({pluriel(len(communes), 'commune')})",
        portee=Portee.TABLE,
        objet=pole,
    )
    return pole


@transaction.atomic
def delete_pole(*, acteur: Any, instant: datetime, pole: Pole) -> None:
    """Undo a pole; its representatives keep their seat, for themselves."""
    require(may_compose(acteur))
    require(belongs(acteur, pole.demarche_id))
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="delete_pole",
        phrase=f"a défait le pôle « {pole.nom} »",
        portee=Portee.TABLE,
    )
    pole.delete()
