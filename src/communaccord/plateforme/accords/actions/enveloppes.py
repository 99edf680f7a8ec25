"""Paper answers: received closed, given back until the closing, copied after it and read again by a second person."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from communaccord.plateforme.accords import bridge, rules
from communaccord.plateforme.accords.actions.communs import (
    MODIFIABLES,
    check_coffre,
    claim_reponse,
    claim_tour,
)
from communaccord.plateforme.accords.actions.lettres import post_enveloppe
from communaccord.plateforme.accords.elements import (
    build_element,
    compute_sceau,
    derive_cle_commune,
    lock_enveloppe,
    read_enveloppe,
    seal_element,
)
from communaccord.plateforme.accords.enums import (
    TRANSITIONS_ENVELOPPE,
    EtatAssesseur,
    EtatEnveloppe,
    EtatReponse,
    NatureElement,
    Origine,
    Visibilite,
)
from communaccord.plateforme.accords.models import Assesseur, Element, Enveloppe, Reponse, Tour
from communaccord.plateforme.accords.saisies import ElementSaisi, Saisie
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import CommuneMembre

RENDUE = "Elle n'est pas comptée et doit être remise à la commune, fermée."
DEPLACEE = "Cette enveloppe a changé d'état entre-temps : rechargez la page."


@transaction.atomic
def register_enveloppe(*, acteur: Acteur, instant: datetime, tour: Tour, commune: CommuneMembre) -> Enveloppe:
    """Record, before the closing, that a closed and signed envelope came: a number, a date; nobody opens it."""
    require(rules.can_conduct(acteur, tour.demarche_id))
    require(rules.check_demarche(acteur, commune.demarche_id))
    claim_tour(tour.pk, instant)
    if Reponse.objects.filter(tour=tour, commune=commune).validated().exists():
        raise Conflit("Cette commune a déjà validé une réponse en ligne : elle doit d'abord la retirer.")
    rows = Enveloppe.objects.filter(tour=tour)
    if rows.filter(commune=commune).exclude(etat=EtatEnveloppe.RENDUE).exists():
        raise Conflit("Une enveloppe de cette commune est déjà reçue : rendez-la d'abord.")
    enveloppe = Enveloppe.objects.create(
        tour=tour,
        commune=commune,
        numero=(rows.aggregate(m=Max("numero"))["m"] or 0) + 1,
        recue_le=instant,
        recue_par_id=acteur.mandat_id,
    )
    journal(acteur, instant, enveloppe, "register_enveloppe", "a reçu, fermée,")
    post_enveloppe(
        enveloppe,
        instant,
        "reçue",
        "Elle reste fermée jusqu'à la clôture.",
        "Si elle ne vient pas de votre commune, dites-le à l'équipe projet. Jusqu'à la clôture, le ou la maire peut "
        "aussi valider une réponse en ligne, avec son code personnel : l'enveloppe est alors rendue sans être ouverte.",
    )
    return enveloppe


@transaction.atomic
def return_enveloppe(*, acteur: Acteur, instant: datetime, enveloppe: Enveloppe) -> None:
    """Give an envelope back, closed, before the closing: the commune changes its mind, as online."""
    require(rules.can_conduct(acteur, enveloppe.tour.demarche_id))
    claim_tour(enveloppe.tour_id, instant)
    move(enveloppe, EtatEnveloppe.RECUE, etat=EtatEnveloppe.RENDUE)
    journal(acteur, instant, enveloppe, "return_enveloppe", "a rendu à la commune")
    post_enveloppe(enveloppe, instant, "rendue", RENDUE)


def return_unopened(acteur: Acteur, instant: datetime, reponse: Reponse) -> None:
    """Inside the transaction of an answer online: the envelope received in the name of this commune counts no more.

    So that nobody keeps a mayor from answering by registering an envelope that never came.
    """
    received = Enveloppe.objects.filter(tour=reponse.tour_id, commune=reponse.commune_id, etat=EtatEnveloppe.RECUE)
    enveloppe = received.select_related("tour__demarche", "commune").first()
    if enveloppe is None:
        return
    move(enveloppe, EtatEnveloppe.RECUE, etat=EtatEnveloppe.RENDUE)
    journal(acteur, instant, enveloppe, "return_enveloppe", "a répondu en ligne, ce qui rend sans l'ouvrir")
    en_ligne = "Le ou la maire vient de valider une réponse en ligne : c'est elle qui compte."
    post_enveloppe(enveloppe, instant, "rendue", en_ligne, RENDUE, avec_equipe=True)


@transaction.atomic
def enter_enveloppe(*, acteur: Acteur, instant: datetime, enveloppe: Enveloppe, reponses: Mapping[int, Saisie]) -> None:
    """Copy an opened envelope after the closing: elements by dossier. Kept closed until a second person reads it."""
    require(rules.can_conduct(acteur, enveloppe.tour.demarche_id))
    hold_closed(enveloppe.tour, instant)
    if not reponses:
        raise Conflit("Recopiez la réponse d'un dossier au moins, ou écartez l'enveloppe en disant pourquoi.")
    known = set(enveloppe.tour.dossiers.values_list("pk", flat=True))
    codes = list(acteur.demarche.communes.values_list("code", flat=True))
    for dossier, saisie in reponses.items():
        if dossier not in known:
            raise Conflit("Ce dossier n'est pas dans le tour.")
        bridge.check_saisie(saisie, enveloppe.commune.code, codes)
        bridge.build_reponse(enveloppe.commune.code, saisie)
    move(
        enveloppe,
        EtatEnveloppe.RECUE,
        etat=EtatEnveloppe.SAISIE,
        saisie=lock_enveloppe(enveloppe, reponses),
        saisie_le=instant,
        saisie_par_id=acteur.mandat_id,
    )
    journal(acteur, instant, enveloppe, "enter_enveloppe", "a ouvert et recopié")


def reread_enveloppe(*, acteur: Acteur, enveloppe: Enveloppe) -> dict[int, tuple[ElementSaisi, ...]]:
    """What was copied from an envelope, shown to the second person who compares it with the paper. Writes nothing."""
    fresh = require_second(acteur, enveloppe)
    return read_enveloppe(require_copied(fresh))


def require_copied(enveloppe: Enveloppe) -> Enveloppe:
    if enveloppe.etat != EtatEnveloppe.SAISIE:
        raise Conflit(DEPLACEE)
    return enveloppe


def require_second(acteur: Acteur, enveloppe: Enveloppe) -> Enveloppe:
    fresh = Enveloppe.objects.select_related("tour__demarche", "commune", "saisie_par__personne").get(pk=enveloppe.pk)
    called = Assesseur.objects.filter(tour=fresh.tour, mandat_id=acteur.mandat_id, etat=EtatAssesseur.ACCEPTE)
    require(rules.can_reread_enveloppe(acteur, fresh, mode=fresh.tour.mode, est_assesseur=called.exists()))
    return fresh


@transaction.atomic
def confirm_enveloppe(*, acteur: Acteur, instant: datetime, enveloppe: Enveloppe) -> None:
    """Say that the copy is the paper: its answers are sealed to the round like the others, and counted."""
    fresh = require_second(acteur, enveloppe)
    hold_closed(fresh.tour, instant)
    check_coffre(fresh.tour)
    copied = read_enveloppe(require_copied(fresh))
    move(
        fresh,
        EtatEnveloppe.SAISIE,
        etat=EtatEnveloppe.CONFIRMEE,
        saisie=None,
        confirmee_le=instant,
        confirmee_par_id=acteur.mandat_id,
    )
    for dossier, saisie in copied.items():
        seal_paper(acteur, instant, fresh, dossier, saisie)
    Tour.objects.filter(pk=fresh.tour_id).update(validations=F("validations") + len(copied))
    journal(acteur, instant, fresh, "confirm_enveloppe", "a relu et confirmé")


def seal_paper(acteur: Acteur, instant: datetime, enveloppe: Enveloppe, dossier: int, saisie: Saisie) -> None:
    """An answer from paper: no code, no owner's copy (the commune has the paper); its notes online stay."""
    reponse = Reponse.objects.with_tour().get(tour=enveloppe.tour, commune=enveloppe.commune, dossier_id=dossier)
    Element.objects.filter(reponse=reponse).exclude(nature=NatureElement.NOTES).delete()
    key = derive_cle_commune(reponse.commune_id)
    rows = [build_element(reponse, saisi, key) for saisi in saisie if saisi.nature != NatureElement.NOTES]
    for row, saisi in zip(rows, (s for s in saisie if s.nature != NatureElement.NOTES), strict=True):
        if row.visibilite == Visibilite.PLI:
            seal_element(row, reponse, saisi, None)
    Element.objects.bulk_create(rows)
    claim_reponse(
        acteur=acteur,
        instant=instant,
        reponse=reponse,
        version=reponse.version,
        etats=MODIFIABLES,
        etat=EtatReponse.VALIDEE,
        origine=Origine.PAPIER,
        validee_le=instant,
        sceau=compute_sceau(reponse.pk, reponse.version + 1, rows),
        motif=f"enveloppe n° {enveloppe.numero}",
    )


@transaction.atomic
def reject_saisie(*, acteur: Acteur, instant: datetime, enveloppe: Enveloppe) -> None:
    """Say that the copy is not the paper: it is destroyed, the envelope is to be copied again."""
    fresh = require_second(acteur, enveloppe)
    hold_closed(fresh.tour, instant)
    move(fresh, EtatEnveloppe.SAISIE, etat=EtatEnveloppe.RECUE, saisie=None, saisie_le=None, saisie_par=None)
    journal(acteur, instant, fresh, "reject_saisie", "a demandé de recopier")


@transaction.atomic
def discard_enveloppe(*, acteur: Acteur, instant: datetime, enveloppe: Enveloppe, motif: str) -> None:
    """Set aside, after the closing, an envelope that cannot be read or is empty: it is not counted, and why is kept."""
    require(rules.can_conduct(acteur, enveloppe.tour.demarche_id))
    if not motif.strip():
        raise Conflit("Dites pourquoi cette enveloppe est écartée : la commune le lira.")
    hold_closed(enveloppe.tour, instant)
    move(enveloppe, EtatEnveloppe.RECUE, etat=EtatEnveloppe.ECARTEE, motif=motif.strip()[:300])
    journal(acteur, instant, enveloppe, "discard_enveloppe", f"a écarté ({motif.strip()[:200]})")
    post_enveloppe(enveloppe, instant, "écartée", "Elle n'est pas comptée.", f"Motif : {motif.strip()[:300]}")


def hold_closed(tour: Tour, instant: datetime) -> None:
    """Hold a closed and unopened round for the time of the transaction."""
    if not Tour.objects.closed(instant).filter(pk=tour.pk).update(validations=F("validations")):
        raise Conflit("Une enveloppe s'ouvre entre la clôture du tour et son dépouillement, jamais avant ni après.")


def move(enveloppe: Enveloppe, avant: EtatEnveloppe, *, etat: EtatEnveloppe, **values: object) -> None:
    allowed = etat in TRANSITIONS_ENVELOPPE[avant]
    if not allowed or not Enveloppe.objects.filter(pk=enveloppe.pk, etat=avant).update(etat=etat, **values):
        raise Conflit(DEPLACEE)


def journal(acteur: Acteur, instant: datetime, enveloppe: Enveloppe, verbe: str, phrase: str) -> None:
    """For the commune: that its envelope moved."""
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe=verbe,
        phrase=f"{phrase} l'enveloppe n° {enveloppe.numero} de {enveloppe.commune.nom}",
        portee=Portee.COMMUNE,
        objet=enveloppe,
        commune_id=enveloppe.commune_id,
    )
