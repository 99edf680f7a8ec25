"""Persons and their hats: added one by one or by a whole list, completed, ended. Nothing is ever deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.actions.adresses import change_adresse, link_compte, tell_mairie
from communaccord.plateforme.comptes.enums import EQUIPE, MAIRIE, ROLES_PUBLICS, Role
from communaccord.plateforme.comptes.models import Mandat, MandatQuerySet, Personne
from communaccord.plateforme.comptes.rules import AUTRE_DEMARCHE, may_hold_together, may_manage_personnes
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit, require
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.models import CommuneMembre

DEJA_UN_MAIRE = (
    "{commune} a déjà un ou une maire, {nom} : mettez d'abord fin à ce mandat, ou complétez cette personne au lieu "
    "d'en ajouter une autre."
)
DERNIERE_DE_L_EQUIPE = (
    "C'est le dernier mandat de l'équipe projet : sans elle, plus personne ne tiendrait la démarche. Ouvrez d'abord "
    "celui de la relève."
)
DEJA_FINI = "Ce mandat a déjà une fin, ou finit plus tôt : relisez la page avant de recommencer."


@dataclass(frozen=True, slots=True)
class Entree:
    """What is said of somebody who is added: how to name them, their role and where, their address, their dates."""

    nom: str
    role: Role
    commune: CommuneMembre | None = None
    fonction: str = ""
    courriel: str = ""
    debut: date | None = None
    fin: date | None = None


@transaction.atomic
def add_personne(*, acteur: Acteur, instant: datetime, entree: Entree) -> Mandat:
    """Add somebody with a first mandate; the mayor that a commune awaits is completed, not doubled."""
    require(may_manage_personnes(acteur))
    check_nouvelle(acteur, entree)
    mandat = write_entree(acteur, instant, entree)
    record_mandat(acteur, instant, mandat, "add_personne", f"a fait entrer {describe(mandat)} dans la démarche")
    return mandat


@transaction.atomic
def import_personnes(*, acteur: Acteur, instant: datetime, entrees: Iterable[Entree]) -> list[Mandat]:
    """Add a whole list, or nothing at all: the first impossible line stops everything (Conflit)."""
    require(may_manage_personnes(acteur))
    mandats = [write_entree(acteur, instant, entree) for entree in entrees]
    phrase = f"a fait entrer par une liste {pluriel(len(mandats), 'personne')} dans la démarche"
    record_acte(acteur=acteur, instant=instant, verbe="import_personnes", phrase=phrase, portee=Portee.TABLE)
    for mandat in mandats:
        if mandat.role in MAIRIE:
            phrase = f"a fait entrer {describe(mandat)} dans la démarche"
            record_mandat(acteur, instant, mandat, "add_personne", phrase, Portee.COMMUNE)
    return mandats


@transaction.atomic
def open_mandat(
    *,
    acteur: Acteur,
    instant: datetime,
    personne: Personne,
    role: Role,
    commune: CommuneMembre | None = None,
    fonction: str = "",
    debut: date | None = None,
    fin: date | None = None,
) -> Mandat:
    """Give one more hat to somebody of the démarche."""
    require(may_manage_personnes(acteur))
    check_same_demarche(acteur, personne, commune)
    waiting = find_maire(commune) if role == Role.MAIRE else None
    if waiting is not None:
        raise Conflit(DEJA_UN_MAIRE.format(commune=commune, nom=waiting.personne))
    jour = get_jour(instant, acteur.demarche.fuseau)
    mandat = Mandat(personne=personne, role=role, commune=commune, fonction=fonction, debut=debut or jour, fin=fin)
    save_mandat(mandat)
    check_separation(personne, jour)
    tell_mairie(acteur, instant, mandat)
    record_mandat(acteur, instant, mandat, "open_mandat", f"a donné un mandat de plus à {describe(mandat)}")
    return mandat


@transaction.atomic
def edit_personne(*, acteur: Acteur, instant: datetime, personne: Personne, nom: str, courriel: str) -> None:
    """Name somebody otherwise, or change the address that reaches them: the account of that address is theirs now.

    With the address the personal code goes, and both addresses are told: nobody becomes a mayor by a change of address.
    """
    require(may_manage_personnes(acteur))
    check_same_demarche(acteur, personne)
    had_code = bool(personne.code_empreinte)
    personne.nom = nom
    is_moved = change_adresse(acteur=acteur, instant=instant, personne=personne, courriel=courriel)
    check_separation(personne, get_jour(instant, acteur.demarche.fuseau))
    phrase = f"a changé l'adresse qui joint {nom}" if is_moved else f"a corrigé la fiche de {nom}"
    if is_moved and had_code:
        phrase += ", dont le code personnel est effacé"
    record_fiche(acteur, instant, personne, phrase)


@transaction.atomic
def end_mandat(*, acteur: Acteur, instant: datetime, mandat: Mandat, fin: date) -> None:
    """End a mandate: ``fin`` is its last day. A mandate may be shortened, never given back."""
    require(may_manage_personnes(acteur))
    check_same_demarche(acteur, mandat.personne)
    if fin < mandat.debut:
        raise Conflit(f"Ce mandat commence le {write_date(mandat.debut)} : il ne peut finir avant.")
    check_equipe_stays(acteur, [mandat.pk])
    if not close_mandats(Mandat.objects.filter(pk=mandat.pk), fin):
        raise Conflit(DEJA_FINI)
    phrase = f"a fixé au {write_date(fin)} la fin du mandat de {describe(mandat)}"
    record_mandat(acteur, instant, mandat, "end_mandat", phrase)


@transaction.atomic
def end_mandats_commune(*, acteur: Acteur, instant: datetime, commune: CommuneMembre, fin: date) -> int:
    """Renewal of a commune: all its open mandates end the same day; how many."""
    require(may_manage_personnes(acteur))
    check_same_demarche(acteur, commune)
    mine = Mandat.objects.visible_to(acteur).filter(commune=commune, debut__lte=fin)
    ended = close_mandats(mine, fin)
    if not ended:
        raise Conflit(f"Aucun mandat n'est ouvert à cette date pour {commune.nom}.")
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="end_mandats_commune",
        phrase=f"a fixé au {write_date(fin)} la fin de {pluriel(ended, 'mandat')} ({commune.nom})",
        portee=Portee.TABLE,
        objet=commune,
        commune_id=commune.pk,
    )
    return ended


def close_mandats(mandats: MandatQuerySet, fin: date) -> int:
    return mandats.filter(Q(fin__isnull=True) | Q(fin__gt=fin)).update(fin=fin)


def write_entree(acteur: Acteur, instant: datetime, entree: Entree) -> Mandat:
    known = find_maire(entree.commune) if entree.role == Role.MAIRE else None
    mandat = complete_maire(acteur, instant, known, entree) if known else create_mandat(acteur, instant, entree)
    check_separation(mandat.personne, get_jour(instant, acteur.demarche.fuseau))
    tell_mairie(acteur, instant, mandat)
    return mandat


def check_nouvelle(acteur: Acteur, entree: Entree) -> None:
    """A form sent twice adds one person: the same name, the same address, the same open mandate is somebody known."""
    known = Mandat.objects.visible_to(acteur).filter(
        personne__nom=entree.nom,
        personne__courriel=entree.courriel.lower(),
        role=entree.role,
        commune=entree.commune,
        fin__isnull=entree.fin is None,
    )
    if known.exists():
        raise Conflit(f"{entree.nom} est déjà dans la démarche, avec cette adresse et ce rôle.")


def create_mandat(acteur: Acteur, instant: datetime, entree: Entree) -> Mandat:
    personne = Personne.objects.create(
        demarche=acteur.demarche,
        nom=entree.nom,
        courriel=entree.courriel.lower(),
        compte=link_compte(entree.courriel, acteur.demarche),
    )
    mandat = Mandat(
        personne=personne,
        role=entree.role,
        commune=entree.commune,
        fonction=entree.fonction,
        debut=entree.debut or get_jour(instant, acteur.demarche.fuseau),
        fin=entree.fin,
    )
    save_mandat(mandat)
    return mandat


def complete_maire(acteur: Acteur, instant: datetime, known: Mandat, entree: Entree) -> Mandat:
    """The mayor proposed at the creation has no address yet: the line says who it is; a code made before is erased."""
    personne = known.personne
    if personne.compte_id is not None:
        raise Conflit(DEJA_UN_MAIRE.format(commune=entree.commune, nom=personne))
    personne.nom = entree.nom
    change_adresse(acteur=acteur, instant=instant, personne=personne, courriel=entree.courriel)
    if entree.fonction:
        known.fonction = entree.fonction
        known.save(update_fields=["fonction"])
    return known


def find_maire(commune: CommuneMembre | None) -> Mandat | None:
    """The mandate of mayor without an end, in that commune."""
    open_ones = Mandat.objects.filter(commune=commune, role=Role.MAIRE, fin__isnull=True)
    return open_ones.select_related("personne", "commune").first()


def save_mandat(mandat: Mandat) -> None:
    """Save, or say in the words of the constraints why it cannot be."""
    try:
        mandat.validate_constraints()
    except ValidationError as error:
        raise Conflit(" ".join(error.messages)) from error
    mandat.save()


def check_same_demarche(acteur: Acteur, *objets: Personne | CommuneMembre | None) -> None:
    if any(objet is not None and objet.demarche_id != acteur.demarche_id for objet in objets):
        raise ActionRefusee(AUTRE_DEMARCHE)


def check_separation(personne: Personne, jour: date) -> None:
    """Nobody conducts the démarche and acts for a commune, be it as two persons of one account."""
    who = Q(personne=personne)
    if personne.compte_id is not None:
        who |= Q(personne__compte_id=personne.compte_id)
    held = Mandat.objects.of_demarche(personne.demarche_id).filter(who, Q(fin__isnull=True) | Q(fin__gte=jour))
    require(may_hold_together(personne.nom, frozenset(held.values_list("role", flat=True))))


def check_equipe_stays(acteur: Acteur, ended: list[int]) -> None:
    if not Mandat.objects.filter(pk__in=ended, role__in=EQUIPE).exists():
        return
    others = Mandat.objects.visible_to(acteur).filter(role__in=EQUIPE, fin__isnull=True).exclude(pk__in=ended)
    if not others.filter(personne__compte__isnull=False).exists():
        raise Conflit(DERNIERE_DE_L_EQUIPE)


def describe(mandat: Mandat) -> str:
    """``Jeanne (maire, X)``, ``Maire de X``: the name, then the quality and the commune that it does not say."""
    nom, commune = mandat.personne.nom, mandat.commune.nom if mandat.commune else ""
    parts = [] if str(mandat).casefold() in nom.casefold() else [str(mandat)]
    if commune and not any(commune in part for part in (nom, *parts)):
        parts.append(commune)
    return f"{nom} ({', '.join(parts)})" if parts else nom


def record_mandat(
    acteur: Acteur, instant: datetime, mandat: Mandat, verbe: str, phrase: str, portee: Portee | None = None
) -> None:
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe=verbe,
        phrase=phrase,
        portee=portee or (Portee.TABLE if mandat.role in ROLES_PUBLICS else Portee.EQUIPE),
        objet=mandat,
        commune_id=mandat.commune_id,
    )


def record_fiche(acteur: Acteur, instant: datetime, personne: Personne, phrase: str) -> None:
    """What changes for somebody of a mairie is read by that mairie; for the others, by the équipe projet."""
    communes = {mandat.commune_id for mandat in personne.mandats.all() if mandat.role in MAIRIE}
    for commune_id in sorted(communes) or [None]:
        record_acte(
            acteur=acteur,
            instant=instant,
            verbe="edit_personne",
            phrase=phrase,
            portee=Portee.COMMUNE if commune_id else Portee.EQUIPE,
            objet=personne,
            commune_id=commune_id,
        )
