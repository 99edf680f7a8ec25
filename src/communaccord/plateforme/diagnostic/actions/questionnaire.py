"""The questionnaire, edited together: lines added, reworded, moved, withdrawn; what mairies propose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.campagnes import journalise
from communaccord.plateforme.diagnostic.actions.communs import EditionConcurrente, lock_campagne
from communaccord.plateforme.diagnostic.defaut import LigneParDefaut, build_lignes_de_service
from communaccord.plateforme.diagnostic.enums import UNE_PAR_SERVICE, EtatCampagne, EtatProposition, TypeLigne, Volet
from communaccord.plateforme.diagnostic.models import Campagne, Ligne, PropositionLigne, Reponse
from communaccord.plateforme.diagnostic.rules import can_conduct, can_propose
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.projet.catalogue import PAR_CLE, Famille, Service
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.reference import normalize_nom

CLOSE = "Cet état des lieux est clos : son questionnaire ne change plus."
DEJA_OUVERTE = "Les communes répondent déjà : l'ordre des lignes ne change plus."
DEJA_REPONDUE = (
    "Des communes ont répondu à cette ligne : son aide peut changer, pas ce qu'elle demande. Retirez-la et ajoutez-en "
    "une autre."
)
LIGNES_MAX = 200
DEMANDE = {TypeLigne.MATURITE: "le niveau de partage", TypeLigne.BESOIN: "le besoin"}
D_UN_SERVICE = frozenset({TypeLigne.EFFECTIFS, TypeLigne.MATURITE, TypeLigne.BESOIN})


class ServiceDeja(Conflit):
    """This service is asked already: nothing to do, a second click says no more."""


@dataclass(frozen=True, slots=True)
class ContenuLigne:
    """What a line asks. ``service``: a key of the catalogue, or one of this campaign; ``choix``: of a line CHOIX."""

    volet: str
    type: str
    libelle: str
    aide: str = ""
    service: str = ""
    unite: str = ""
    choix: tuple[str, ...] = field(default=())
    pour_l_epci: bool = True


def list_fautes(contenu: ContenuLigne) -> dict[str, str]:
    """What is to be mended, a sentence by field; empty when the line may be kept."""
    fautes = {}
    if not contenu.libelle.strip():
        fautes["libelle"] = "Une ligne dit ce qu'elle demande : donnez son libellé."
    elif len(contenu.libelle) > 200:
        fautes["libelle"] = f"Ce libellé compte {len(contenu.libelle)} caractères : gardez-en 200 au plus."
    if contenu.volet not in Volet.values:
        fautes["volet"] = "Choisissez une partie du questionnaire."
    if contenu.type not in TypeLigne.values:
        fautes["type"] = "Choisissez ce que la ligne demande."
    if contenu.type in D_UN_SERVICE and not contenu.service:
        fautes["service"] = "Dites de quel service parle cette ligne."
    if len(contenu.unite) > 80:
        fautes["unite"] = "Gardez 80 caractères au plus."
    if contenu.type == TypeLigne.CHOIX and not 2 <= len(set(contenu.choix)) <= 20:
        fautes["choix"] = "Donnez de deux à vingt choix différents, un par ligne."
    return fautes


def lock_modifiable(campagne: Campagne) -> Campagne:
    locked = lock_campagne(campagne)
    if locked.etat == EtatCampagne.CLOSE:
        raise Conflit(CLOSE)
    return locked


def list_colonnes(contenu: ContenuLigne) -> dict[str, Any]:
    """The columns of a line. Errors: Conflit, with what is to be mended."""
    if fautes := list_fautes(contenu):
        raise Conflit(" ".join(fautes.values()))
    service = contenu.service if contenu.type in D_UN_SERVICE else ""
    choix = list(dict.fromkeys(contenu.choix)) if contenu.type == TypeLigne.CHOIX else []
    columns = {nom: getattr(contenu, nom) for nom in ContenuLigne.__slots__}
    return {**columns, "libelle": contenu.libelle.strip(), "service": service, "choix": choix}


def check_unique(campagne: Campagne, genre: str, service: str, pk: int | None = None) -> None:
    """Errors: Conflit when another line (not ``pk``) asks the same of this service: communes would count twice."""
    if genre not in UNE_PAR_SERVICE:
        return
    rows = Ligne.objects.filter(campagne=campagne, type=genre, service=service).active().exclude(pk=pk)
    if (other := rows.first()) is not None:
        raise Conflit(
            f"La ligne « {other.libelle} » demande déjà {DEMANDE[TypeLigne(genre)]} de ce service, et chaque commune "
            "compterait deux fois : modifiez cette ligne, ou retirez-la d'abord."
        )


@transaction.atomic
def add_ligne(*, acteur: Acteur, instant: datetime, campagne: Campagne, contenu: ContenuLigne) -> Ligne:
    """Add a line at the end of its part; possible as long as the campaign is not closed."""
    require(can_conduct(acteur, campagne.demarche_id))
    locked = lock_modifiable(campagne)
    columns = list_colonnes(contenu)
    check_unique(locked, columns["type"], columns["service"])
    (ligne,) = append_lignes(locked, [columns], instant)
    tell(acteur, instant, locked, "ligne.ajoutee", f"a ajouté la ligne « {ligne.libelle} » au questionnaire")
    return ligne


@transaction.atomic
def add_service(
    *, acteur: Acteur, instant: datetime, campagne: Campagne, cle: str = "", nom: str = "", unite: str = ""
) -> list[Ligne]:
    """Ask about one more service: its staff, how far it is shared, the need. ``cle`` of the catalogue, or a ``nom``."""
    require(can_conduct(acteur, campagne.demarche_id))
    locked = lock_modifiable(campagne)
    service = find_service(cle, nom, unite)
    if Ligne.objects.filter(campagne=locked, service=service.cle).active().exists():
        raise ServiceDeja(f"Le questionnaire demande déjà « {service.libelle} ».")
    columns = [read_defaut(ligne) for ligne in build_lignes_de_service(service)]
    lignes = append_lignes(locked, columns, instant)
    phrase = f"a ajouté le service « {service.libelle} » au questionnaire"
    tell(acteur, instant, locked, "service.ajoute", phrase)
    return lignes


def find_service(cle: str, nom: str, unite: str) -> Service:
    """A service of the catalogue, or one that the démarche names. Errors: Conflit."""
    nom = nom.strip()
    if cle in PAR_CLE:
        return PAR_CLE[cle]
    if not nom or not write_cle(nom):
        raise Conflit("Choisissez un service dans la liste, ou donnez le nom du vôtre.")
    if len(nom) > 100:
        raise Conflit("Ce nom de service est trop long : gardez 100 caractères au plus.")
    return Service(write_cle(nom)[:40], nom, Famille.FONCTIONNEL, unite.strip()[:80])


def read_defaut(ligne: LigneParDefaut) -> dict[str, Any]:
    return {nom: getattr(ligne, nom) for nom in LigneParDefaut.__slots__}


def write_cle(texte: str) -> str:
    """``Écoles et cantines`` → ``ecoles_et_cantines``."""
    return "_".join(normalize_nom(texte).split())


def append_lignes(campagne: Campagne, columns: list[Mapping[str, Any]], instant: datetime) -> list[Ligne]:
    """New lines after the others, each with a key that no line ever had. Errors: Conflit when there are too many."""
    known = set(Ligne.objects.filter(campagne=campagne).values_list("cle", flat=True))
    if len(known) + len(columns) > LIGNES_MAX:
        raise Conflit(f"Un questionnaire compte {LIGNES_MAX} lignes au plus, lignes retirées comprises.")
    quand = instant if campagne.etat == EtatCampagne.OUVERTE else None
    last = Ligne.objects.filter(campagne=campagne).aggregate(dernier=Max("rang"))["dernier"] or 0
    lignes = []
    for rang, values in enumerate(columns, start=last + 1):
        cle = find_cle(values, known)
        known.add(cle)
        lignes.append(Ligne.objects.create(campagne=campagne, rang=rang, ajoutee_le=quand, **{**values, "cle": cle}))
    return lignes


def find_cle(values: Mapping[str, Any], known: set[str]) -> str:
    """A key that is free: that of the words, numbered when it is taken."""
    base = str(values.get("cle") or f"{values['volet']}_{write_cle(values['libelle'])}")[:55]
    rang, cle = 2, base
    while cle in known:
        cle, rang = f"{base}_{rang}", rang + 1
    return cle


@transaction.atomic
def edit_ligne(*, acteur: Acteur, instant: datetime, ligne: Ligne, version: int, contenu: ContenuLigne) -> Ligne:
    """Reword a line over the version that was read; once answered, its help only. Errors: EditionConcurrente."""
    require(can_conduct(acteur, ligne.campagne.demarche_id))
    locked = lock_modifiable(ligne.campagne)
    actuelle = Ligne.objects.get(pk=ligne.pk)
    columns = list_colonnes(contenu)
    if any(getattr(actuelle, nom) != columns[nom] for nom in columns if nom != "aide") and has_reponses(ligne):
        raise Conflit(DEJA_REPONDUE)
    if not actuelle.retiree:
        check_unique(locked, columns["type"], columns["service"], ligne.pk)
    rows = Ligne.objects.filter(pk=ligne.pk, version=version)
    if not rows.update(**columns, version=F("version") + 1):
        raise EditionConcurrente(actuelle, "quelqu'un d'autre de l'équipe projet")
    tell(acteur, instant, locked, "ligne.modifiee", f"a reformulé la ligne « {columns['libelle']} » du questionnaire")
    return Ligne.objects.get(pk=ligne.pk)


def has_reponses(ligne: Ligne) -> bool:
    return Reponse.objects.filter(ligne=ligne).exists()


@transaction.atomic
def move_ligne(*, acteur: Acteur, instant: datetime, ligne: Ligne, vers: int) -> None:
    """One place up (``vers`` −1) or down (+1) in its part, while the questionnaire is being prepared."""
    require(can_conduct(acteur, ligne.campagne.demarche_id))
    locked = lock_modifiable(ligne.campagne)
    if locked.etat != EtatCampagne.PREPARATION:
        raise Conflit(DEJA_OUVERTE)
    lignes = list(Ligne.objects.filter(campagne=locked, volet=ligne.volet).active().order_by("rang", "pk"))
    place = next((rang for rang, row in enumerate(lignes) if row.pk == ligne.pk), None)
    if place is None or not 0 <= place + vers < len(lignes):
        return
    rangs = [row.rang for row in lignes]
    lignes[place], lignes[place + vers] = lignes[place + vers], lignes[place]
    for row, rang in zip(lignes, rangs, strict=True):
        if row.rang != rang:
            Ligne.objects.filter(pk=row.pk).update(rang=rang)
    tell(acteur, instant, locked, "ligne.deplacee", "a changé l'ordre des lignes du questionnaire")


@transaction.atomic
def set_retiree(*, acteur: Acteur, instant: datetime, ligne: Ligne, retiree: bool) -> None:
    """Withdraw a line, or put it back; the answers already given are kept, and no longer shown."""
    require(can_conduct(acteur, ligne.campagne.demarche_id))
    locked = lock_modifiable(ligne.campagne)
    if not retiree:
        actuelle = Ligne.objects.get(pk=ligne.pk)
        check_unique(locked, actuelle.type, actuelle.service, ligne.pk)
    rows = Ligne.objects.filter(pk=ligne.pk, retiree=not retiree)
    if not rows.update(retiree=retiree, version=F("version") + 1):
        raise Conflit("Quelqu'un vient de changer cette ligne : relisez le questionnaire.")
    geste, mot = ("retiré", "du") if retiree else ("remis", "au")
    tell(acteur, instant, locked, "ligne.retiree", f"a {geste} la ligne « {ligne.libelle} » {mot} questionnaire")


@transaction.atomic
def propose_ligne(
    *,
    acteur: Acteur,
    instant: datetime,
    campagne: Campagne,
    volet: str,
    libelle: str,
    motif: str = "",
    ligne: Ligne | None = None,
) -> PropositionLigne:
    """Propose a line, or another wording of ``ligne``, in the name of a commune."""
    require(can_propose(acteur, campagne.demarche_id))
    locked = lock_modifiable(campagne)
    libelle, motif = libelle.strip(), motif.strip()
    if not libelle:
        raise Conflit("Écrivez ce que la ligne demanderait.")
    if len(libelle) > 200 or len(motif) > 500:
        raise Conflit("C'est trop long : 200 caractères au plus pour la ligne, 500 pour la raison.")
    if volet not in Volet.values or (ligne is not None and ligne.campagne_id != locked.pk):
        raise Conflit("Choisissez une partie du questionnaire.")
    proposition = PropositionLigne.objects.create(
        campagne=locked,
        ligne=ligne,
        volet=ligne.volet if ligne else volet,
        libelle=libelle,
        motif=motif,
        commune=acteur.commune,
        proposee_par=acteur.nom[:250],
        proposee_le=instant,
    )
    tell(acteur, instant, locked, "ligne.proposee", f"a proposé pour le questionnaire : « {libelle} »")
    return proposition


@transaction.atomic
def accept_proposition(
    *, acteur: Acteur, instant: datetime, proposition: PropositionLigne, contenu: ContenuLigne, mot: str = ""
) -> Ligne:
    """Take up a proposal: the line is added or reworded as ``contenu`` says; ``mot`` is read by the mairie."""
    decide(acteur, instant, proposition, EtatProposition.ACCEPTEE, mot)
    ligne = proposition.ligne
    if ligne is None:
        return add_ligne(acteur=acteur, instant=instant, campagne=proposition.campagne, contenu=contenu)
    return edit_ligne(acteur=acteur, instant=instant, ligne=ligne, version=ligne.version, contenu=contenu)


@transaction.atomic
def refuse_proposition(*, acteur: Acteur, instant: datetime, proposition: PropositionLigne, mot: str) -> None:
    """Leave a proposal aside, and say why."""
    if not mot.strip():
        raise Conflit("Dites en un mot pourquoi : la mairie qui propose le lira.")
    decide(acteur, instant, proposition, EtatProposition.REFUSEE, mot)


def decide(acteur: Acteur, instant: datetime, proposition: PropositionLigne, etat: EtatProposition, mot: str) -> None:
    require(can_conduct(acteur, proposition.campagne.demarche_id))
    locked = lock_modifiable(proposition.campagne)
    rows = PropositionLigne.objects.filter(pk=proposition.pk, etat=EtatProposition.PROPOSEE)
    signature = {"tranchee_par": acteur.nom[:250], "tranchee_le": instant}
    if not rows.update(etat=etat, reponse=mot.strip()[:500], **signature):
        raise Conflit("Quelqu'un vient de répondre à cette proposition : relisez le questionnaire.")
    geste = "a retenu" if etat == EtatProposition.ACCEPTEE else "n'a pas retenu"
    phrase = f"{geste} pour le questionnaire : « {proposition.libelle} »"
    tell(acteur, instant, locked, f"proposition.{etat}", phrase)


def tell(acteur: Acteur, instant: datetime, campagne: Campagne, verbe: str, phrase: str) -> None:
    """Those who hold the table read how the questionnaire changes."""
    journalise(acteur, instant, campagne, verbe, phrase, Portee.ELUS)
