"""Reads of people: the hats of an account, the persons of a démarche, who was invited and who came."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet

from communaccord.plateforme.comptes.acces import is_in_force
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import EQUIPE
from communaccord.plateforme.comptes.models import Compte, Mandat, Personne
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.horloge import read_jour
from communaccord.plateforme.territoires.enums import EtatDemarche
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche
from communaccord.plateforme.territoires.queries import list_a_confirmer
from communaccord.reference import normalize_nom

SANS_ADRESSE = "sans adresse"
A_INVITER = "à inviter"
INVITEE = "invitée"
VENUE = "venue"
ETATS = (SANS_ADRESSE, A_INVITER, INVITEE, VENUE)


@dataclass(frozen=True, slots=True)
class Filtre:
    """What is looked for in the list: words of a name or of a commune, a role, a state."""

    texte: str = ""
    role: str = ""
    etat: str = ""
    passes: bool = False


def list_mandats(compte: Compte) -> list[Mandat]:
    """Mandates that this account holds and that are in force, démarche by démarche."""
    held = Mandat.objects.filter(personne__compte=compte).with_personne()
    ordered = held.order_by("personne__demarche__nom_epci", "personne__demarche_id", "commune__cle_tri", "pk")
    return [mandat for mandat in ordered if is_in_force(mandat)]


def group_by_demarche(mandats: list[Mandat]) -> list[tuple[Demarche, list[Mandat]]]:
    return [(demarche, list(group)) for demarche, group in groupby(mandats, key=lambda m: m.personne.demarche)]


def list_personnes(acteur: Acteur, filtre: Filtre) -> list[Mandat]:
    """Mandates of the démarche that answer the filter: the équipe projet first, then commune by commune."""
    rows = Mandat.objects.visible_to(acteur).select_related("personne__compte", "commune")
    rows = rows.annotate(a_agi=Exists(Acte.objects.filter(mandat__personne=OuterRef("personne"))))
    rows = rows.order_by("commune__cle_tri", "personne__nom", "pk")
    if filtre.role:
        rows = rows.filter(role=filtre.role)
    mots = normalize_nom(filtre.texte).split()
    jour = read_jour(acteur.demarche.fuseau)
    kept = [
        mandat
        for mandat in rows
        if (filtre.passes or mandat.fin is None or mandat.fin >= jour)
        and (not filtre.etat or get_etat_mandat(mandat) == filtre.etat)
        and has_words(mandat, mots)
    ]
    return sorted(
        kept, key=lambda m: (m.commune_id is not None, m.role not in EQUIPE if m.commune_id is None else False)
    )


def has_words(mandat: Mandat, mots: list[str]) -> bool:
    if not mots:
        return True
    texte = normalize_nom(f"{mandat.personne.nom} {mandat.fonction} {mandat.commune or ''} {mandat.personne.courriel}")
    return all(mot in texte for mot in mots)


def get_etat(personne: Personne, *, a_agi: bool) -> str:
    """Whether somebody can be reached, was invited, came (or acted): ``compte`` must be loaded."""
    if a_agi or (personne.compte is not None and personne.compte.last_login is not None):
        return VENUE
    if personne.compte is None:
        return SANS_ADRESSE
    return INVITEE if personne.invitee_le else A_INVITER


def get_etat_mandat(mandat: Mandat) -> str:
    """The same, of a mandate read by ``list_personnes``."""
    return get_etat(mandat.personne, a_agi=mandat.a_agi)


def has_acted(personne: Personne) -> bool:
    return Acte.objects.filter(mandat__personne=personne).exists()


def count_etats(mandats: list[Mandat]) -> dict[str, int]:
    """How many persons in each state, each counted once."""
    etats = list({mandat.personne_id: get_etat_mandat(mandat) for mandat in mandats}.values())
    return {etat: etats.count(etat) for etat in ETATS}


def select_personnes(acteur: Acteur) -> QuerySet:
    return Personne.objects.visible_to(acteur).with_mandats()


def select_a_inviter(acteur: Acteur) -> QuerySet:
    """Those who have an address, no invitation yet, and never came."""
    mine = Personne.objects.visible_to(acteur)
    return mine.filter(invitee_le__isnull=True, compte__isnull=False, compte__last_login__isnull=True)


def select_mandats(acteur: Acteur) -> QuerySet:
    return Mandat.objects.visible_to(acteur).with_personne()


def select_communes(acteur: Acteur) -> QuerySet:
    return CommuneMembre.objects.visible_to(acteur)


def find_personne_courante(acteur: Acteur) -> Personne:
    """The person who acts, read anew (their code may have changed)."""
    return select_personnes(acteur).get(pk=acteur.personne_id)


def list_partages(personne: Personne) -> list[Personne]:
    """Other persons of the démarche that the same address reaches."""
    if personne.compte_id is None:
        return []
    same = Personne.objects.filter(demarche_id=personne.demarche_id, compte_id=personne.compte_id)
    return list(same.exclude(pk=personne.pk))


def find_mandat_en_attente(compte: Compte, siren: str) -> Mandat | None:
    """The mandate of somebody who already opened a démarche on this territory, still to be confirmed."""
    waiting = {"personne__demarche__siren": siren, "personne__demarche__etat": EtatDemarche.A_CONFIRMER}
    return Mandat.objects.filter(personne__compte=compte, role__in=EQUIPE, **waiting).first()


@dataclass(frozen=True, slots=True)
class AConfirmer:
    """A démarche that waits, and who opened it."""

    demarche: Demarche
    fondateur: str
    adresse: str


def list_demarches_a_confirmer() -> list[AConfirmer]:
    """For the administration: the first person of each démarche is the one who opened it."""
    rows = []
    for demarche in list_a_confirmer():
        equipe = [p for p in demarche.personnes.all() if p.compte_id and any(m.role in EQUIPE for m in p.mandats.all())]
        first = min(equipe, key=lambda p: p.pk) if equipe else None
        fonction = first.mandats.all()[0].fonction if first else ""
        nom = ", ".join(part for part in (first.nom, fonction) if part) if first else "personne inconnue"
        rows.append(AConfirmer(demarche, nom, first.courriel if first else ""))
    return rows
