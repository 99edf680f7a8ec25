"""Installing what was proposed, in one act."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from communaccord.plateforme.instances.actions.instances import save_or_conflict
from communaccord.plateforme.instances.enums import FONCTIONS, TypeInstance
from communaccord.plateforme.instances.models import Instance, MembreInstance
from communaccord.plateforme.instances.propositions import Proposition, build_propositions, load_gens
from communaccord.plateforme.instances.rules import may_compose
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel

CONSEILS_MUNICIPAUX = "conseils_municipaux"
# How many are named in the journal.
NOMMEES = 3
DEUX_FORMES = "Choisissez une seule forme pour une même instance."


@transaction.atomic
def accept_propositions(*, acteur: Any, instant: datetime, choix: Collection[str]) -> list[Instance]:
    """Install the propositions of these keys (``conseils_municipaux``: one a commune) with the members known today.

    The COTECH prepares the COPIL when both are there. What is already installed is left as it is.
    """
    require(may_compose(acteur))
    jour = get_jour(instant, acteur.demarche.fuseau)
    offered = build_propositions(load_gens(acteur.demarche, jour))
    chosen = [p for p in offered if not p.deja and (p.cle in choix or p.groupe in set(choix) & {CONSEILS_MUNICIPAUX})]
    groups = [p.groupe for p in chosen if p.groupe != CONSEILS_MUNICIPAUX]
    if len(groups) != len(set(groups)):
        raise Conflit(DEUX_FORMES)
    if not chosen:
        raise Conflit("Rien à installer : choisissez au moins une instance qui n'est pas encore dans la démarche.")
    made = [write_instance(acteur, proposition, instant) for proposition in chosen]
    MembreInstance.objects.bulk_create(
        MembreInstance(instance=instance, mandat=mandat, qualite=qualite, depuis=jour)
        for instance, proposition in zip(made, chosen, strict=True)
        for mandat, qualite in proposition.membres
    )
    link_cotech(acteur.demarche_id)
    noms = ", ".join(instance.nom for instance in made[:NOMMEES]) + ("…" if len(made) > NOMMEES else "")
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="accept_propositions",
        phrase=f"a installé {pluriel(len(made), 'instance')} : {noms}",
        portee=Portee.TABLE,
    )
    return made


def write_instance(acteur: Any, proposition: Proposition, instant: datetime) -> Instance:
    instance = Instance(
        demarche_id=acteur.demarche_id,
        type=proposition.type,
        fonction=FONCTIONS[proposition.type],
        nom=proposition.nom,
        commune=proposition.commune,
        presidence=proposition.presidence,
        ouverte_aux_municipaux=proposition.ouverte_aux_municipaux,
        en_exercice=proposition.en_exercice,
        creee_le=instant,
    )
    save_or_conflict(instance)
    return instance


def link_cotech(demarche_id: int) -> None:
    """The COTECH prepares the COPIL (S10)."""
    active = Instance.objects.filter(demarche_id=demarche_id, close_le__isnull=True)
    copil = active.filter(type=TypeInstance.COPIL).first()
    if copil is not None:
        active.filter(type=TypeInstance.COTECH, prepare_pour__isnull=True).update(prepare_pour=copil)
