"""Persons and their hats: added one by one or by a whole list, completed, ended. Nothing is ever deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import EQUIPE, ROLES_PUBLICS, Role
from communaccord.plateforme.comptes.models import Compte, Mandat, MandatQuerySet, Personne
from communaccord.plateforme.comptes.rules import AUTRE_DEMARCHE, may_manage_personnes
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit, require
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

DEJA_UN_MAIRE = (
    "{commune} a déjà un ou une maire, {nom} : mettez d'abord fin à ce mandat, ou complétez cette personne au lieu "
    "d'en ajouter une autre."
)
DERNIERE_DE_L_EQUIPE = (
    "C'est le dernier mandat de l'équipe projet : sans elle, plus personne ne tiendrait la démarche. Ouvrez d'abord "
    "celui de la relève."
)
ADMINISTRATION_FICTIVE = (
    "Cette adresse est celle d'une personne qui administre le site : elle n'entre pas dans une démarche fictive. "
    "Donnez une autre adresse."
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
    record_mandat(acteur, instant, mandat, "open_mandat", f"a donné un mandat de plus à {describe(mandat)}")
    return mandat


@transaction.atomic
def edit_personne(*, acteur: Acteur, instant: datetime, personne: Personne, nom: str, courriel: str) -> None:
    """Name somebody otherwise, or change the address that reaches them: the account of that address is theirs now."""
    require(may_manage_personnes(acteur))
    check_same_demarche(acteur, personne)
    before = personne.courriel
    personne.nom, personne.courriel = nom, courriel.lower()
    personne.compte = link_compte(courriel, acteur.demarche)
    personne.save(update_fields=["nom", "courriel", "compte"])
    changed = f"adresse {before or 'absente'} remplacée par {personne.courriel or 'aucune'}"
    detail = changed if personne.courriel != before else "nom corrigé"
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="edit_personne",
        phrase=f"a modifié la fiche de {nom} : {detail}",
        portee=Portee.EQUIPE,
        objet=personne,
    )


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
    jour = entree.debut or get_jour(instant, acteur.demarche.fuseau)
    known = find_maire(entree.commune) if entree.role == Role.MAIRE else None
    if known is not None:
        return complete_maire(known, entree)
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
        debut=jour,
        fin=entree.fin,
    )
    save_mandat(mandat)
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


def complete_maire(known: Mandat, entree: Entree) -> Mandat:
    """The mayor proposed at the creation has no address yet: the line says who it is."""
    personne = known.personne
    if personne.compte_id is not None:
        raise Conflit(DEJA_UN_MAIRE.format(commune=entree.commune, nom=personne))
    personne.nom = entree.nom
    personne.courriel = entree.courriel.lower()
    personne.compte = link_compte(entree.courriel, personne.demarche)
    personne.save(update_fields=["nom", "courriel", "compte"])
    if entree.fonction:
        known.fonction = entree.fonction
        known.save(update_fields=["fonction"])
    return known


def find_maire(commune: CommuneMembre | None) -> Mandat | None:
    """The mandate of mayor without an end, in that commune."""
    open_ones = Mandat.objects.filter(commune=commune, role=Role.MAIRE, fin__isnull=True)
    return open_ones.select_related("personne", "commune").first()


def link_compte(courriel: str, demarche: Demarche) -> Compte | None:
    """The account of an address, made when there is none: without a password, opened by the code sent there."""
    if not courriel:
        return None
    compte = Compte.objects.filter(email=courriel.lower()).first()
    if compte is None:
        return Compte.objects.create_user(courriel)
    if compte.is_staff and demarche.fictive:
        raise Conflit(ADMINISTRATION_FICTIVE)
    if not compte.is_staff:
        forget_keys_unproved(compte)
    return compte


def forget_keys_unproved(compte: Compte) -> None:
    """While no code received at the address was ever given, a password or a key may be those of anybody: they go."""
    if compte.emailaddress_set.filter(verified=True).exists():
        return
    compte.set_unusable_password()  # sessions are signed with it: those that are open end too
    compte.save(update_fields=["password"])
    Authenticator.objects.filter(user=compte).delete()


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


def check_equipe_stays(acteur: Acteur, ended: list[int]) -> None:
    if not Mandat.objects.filter(pk__in=ended, role__in=EQUIPE).exists():
        return
    others = Mandat.objects.visible_to(acteur).filter(role__in=EQUIPE, fin__isnull=True).exclude(pk__in=ended)
    if not others.filter(personne__compte__isnull=False).exists():
        raise Conflit(DERNIERE_DE_L_EQUIPE)


def describe(mandat: Mandat) -> str:
    """``Maire de X (maire, X)``: the name, the role, the commune when there is one."""
    parts = [mandat.fonction or mandat.get_role_display()]
    if mandat.commune is not None:
        parts.append(mandat.commune.nom)
    return f"{mandat.personne.nom} ({', '.join(parts)})"


def record_mandat(acteur: Acteur, instant: datetime, mandat: Mandat, verbe: str, phrase: str) -> None:
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe=verbe,
        phrase=phrase,
        portee=Portee.TABLE if mandat.role in ROLES_PUBLICS else Portee.EQUIPE,
        objet=mandat,
        commune_id=mandat.commune_id,
    )
