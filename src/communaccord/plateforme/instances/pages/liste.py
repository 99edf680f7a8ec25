"""The list of instances: the sentence, the composition of each, the checks with their article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.instances.bridge import ControleVu, Faits, build_controles
from communaccord.plateforme.instances.enums import CONSEILS, PAR_COMMUNE, TypeInstance
from communaccord.plateforme.instances.models import Instance, MembreInstance, PoleCommune, Seance
from communaccord.plateforme.instances.queries import list_instances, list_prochaines
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.typographie import moment, pluriel
from communaccord.plateforme.territoires.enums import Financement
from communaccord.plateforme.territoires.models import CommuneMembre

SURVEILLEES = PAR_COMMUNE | {TypeInstance.BUREAU}
ETATS = {
    "conforme": ("oui", "conforme"),
    "non_conforme": ("non", "à regarder"),
    "a_faire": ("attente", "à inscrire"),
    "information": ("neutre", "pour information"),
}


@dataclass(frozen=True, slots=True)
class InstanceVue:
    """A line of the list; ``sieges``: those of a council, which counts more members than those registered here."""

    instance: Instance
    nombre: int
    sieges: int | None
    communes: int
    prochaine: Seance | None


@dataclass(frozen=True, slots=True)
class PageListe:
    phrase: str
    lignes: list[InstanceVue]
    municipaux: list[InstanceVue]
    controles: list[ControleVu]
    prochaines: list[Seance]


def build_liste(acteur: Any, instant: datetime) -> PageListe:
    """Everything of the page in six queries, whatever the number of communes and instances."""
    jour = get_jour(instant, acteur.demarche.fuseau)
    instances = list(list_instances(acteur))
    mandats = list(Mandat.objects.of_demarche(acteur.demarche_id).active_on(jour))
    membres = list(MembreInstance.objects.visible_to(acteur).active_on(jour).select_related("mandat"))
    poles = list(PoleCommune.objects.filter(pole__demarche_id=acteur.demarche_id).values_list("pole_id", "commune_id"))
    communes = list(acteur.demarche.communes.all())
    prochaines = list_prochaines(acteur, instant)
    sits = group_communes(membres, mandats, poles)
    controles = build_controles(build_faits(acteur.demarche, instances, mandats, membres, communes, sits))
    rows = build_lignes(instances, membres, sits, prochaines, acteur.demarche.sieges_total)
    return PageListe(
        phrase=write_phrase(instances, controles, prochaines, lit_tout=acteur.est_equipe),
        lignes=[row for row in rows if row.instance.type != TypeInstance.CONSEIL_MUNICIPAL],
        municipaux=[row for row in rows if row.instance.type == TypeInstance.CONSEIL_MUNICIPAL],
        controles=controles,
        prochaines=prochaines,
    )


def group_communes(
    membres: Sequence[MembreInstance], mandats: Sequence[Mandat], poles: Sequence[tuple[int, int]]
) -> dict[int, set[int]]:
    """Communes that sit in each instance: by a mandate of somebody who sits there, or by the pole they speak for."""
    of_person: dict[int, set[int]] = {}
    for mandat in mandats:
        if mandat.commune_id:
            of_person.setdefault(mandat.personne_id, set()).add(mandat.commune_id)
    of_pole: dict[int, set[int]] = {}
    for pole, commune in poles:
        of_pole.setdefault(pole, set()).add(commune)
    sits: dict[int, set[int]] = {}
    for membre in membres:
        seated = sits.setdefault(membre.instance_id, set())
        seated |= of_person.get(membre.mandat.personne_id, set())
        seated |= of_pole.get(membre.pole_id or 0, set())
    return sits


def build_faits(
    demarche: Any,
    instances: Sequence[Instance],
    mandats: Sequence[Mandat],
    membres: Sequence[MembreInstance],
    communes: Sequence[CommuneMembre],
    sits: dict[int, set[int]],
) -> Faits:
    persons: dict[int, set[str]] = {}
    for membre in membres:
        persons.setdefault(membre.instance_id, set()).add(str(membre.mandat.personne_id))
    bureau = next((i for i in instances if i.type == TypeInstance.BUREAU), None)
    vices = {m.personne_id for m in mandats if m.role == Role.VICE_PRESIDENT}
    return Faits(
        nature=demarche.nature,
        fpu=demarche.financement == Financement.FPU,
        population=sum(commune.population_municipale for commune in communes),
        sieges=demarche.sieges_total,
        vice_presidences=len(vices),
        communes={commune.pk: commune.nom for commune in communes},
        maires=frozenset(str(m.personne_id) for m in mandats if m.role == Role.MAIRE),
        bureau=frozenset(persons.get(bureau.pk, set())) if bureau else None,
        types=frozenset(instance.type for instance in instances),
        representees={
            instance.nom: frozenset(sits.get(instance.pk, set()))
            for instance in instances
            if instance.type in SURVEILLEES
        },
    )


def build_lignes(
    instances: Sequence[Instance],
    membres: Sequence[MembreInstance],
    sits: dict[int, set[int]],
    prochaines: Sequence[Seance],
    sieges: int,
) -> list[InstanceVue]:
    counts: dict[int, int] = {}
    for membre in membres:
        counts[membre.instance_id] = counts.get(membre.instance_id, 0) + 1
    following = {seance.instance_id: seance for seance in reversed(prochaines)}
    return [
        InstanceVue(i, counts.get(i.pk, 0), count_sieges(i, sieges), len(sits.get(i.pk, ())), following.get(i.pk))
        for i in instances
    ]


def count_sieges(instance: Instance, sieges: int) -> int | None:
    """Seats of a council when they are known; None elsewhere."""
    if instance.type == TypeInstance.CONSEIL_COMMUNAUTAIRE:
        return instance.en_exercice or sieges
    return instance.en_exercice if instance.type in CONSEILS else None


def write_phrase(
    instances: Sequence[Instance],
    controles: Sequence[ControleVu],
    prochaines: Sequence[Seance],
    *,
    lit_tout: bool = True,
) -> str:
    """The one sentence of the page; ``lit_tout``: whether this reader sees every séance."""
    if not instances:
        return "Aucune instance n'est encore installée."
    todo = sum(controle.etat in ("a_faire", "non_conforme") for controle in controles)
    first = f"{pluriel(len(instances), 'instance')} dans la démarche"
    regard = f"{pluriel(todo, 'point')} de composition à regarder" if todo else "rien à corriger dans leur composition"
    if not prochaines:
        return f"{first}, {regard}. Aucune séance à venir{'' if lit_tout else ' qui vous soit ouverte'}."
    first_one = prochaines[0]
    return f"{first}, {regard}. Prochaine séance le {moment(first_one.debut, first_one.instance.demarche.fuseau)}."
