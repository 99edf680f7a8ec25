"""The maires assesseurs: drawn by lot, accepting with their code, bringing their part of the key after the closing."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from communaccord.plateforme.accords import bridge, coffre, rules
from communaccord.plateforme.accords.actions.cles import join_cle
from communaccord.plateforme.accords.actions.communs import check_code_acteur, check_ouverte, get_codes
from communaccord.plateforme.accords.actions.depouillement import (
    check_opening,
    compute_ouverture,
    publish_ouverture,
)
from communaccord.plateforme.accords.actions.lettres import list_mandats, post_lettres
from communaccord.plateforme.accords.enums import (
    ASSESSEURS_REQUIS,
    NOMBRE_ASSESSEURS,
    TRANSITIONS_ASSESSEUR,
    EtatAssesseur,
    EtatTour,
    ModeOuverture,
)
from communaccord.plateforme.accords.models import Assesseur, Resultat, Tour
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle import typographie
from communaccord.plateforme.socle.permis import Conflit, require

# Shorter, a text is a mere word that nobody said.
LONGUEUR_GRAINE = 8
AUTRE_CODE = (
    "Votre part de la clé a été fermée avec un autre code. Si votre code a changé depuis, donnez aussi l'ancien ; "
    "sinon, les deux autres assesseurs suffisent pour ouvrir."
)


@transaction.atomic
def draw_assesseurs(*, acteur: Acteur, instant: datetime, tour: Tour, graine: str) -> list[Assesseur]:
    """Draw the three assesseurs among the mayors in office, once for all.

    ``graine`` is a text said aloud before; the server adds characters that nobody chose, so that nobody can prepare the
    draw. The whole text is kept with the round and shown on its page: anybody can do the draw again.
    """
    require(rules.can_conduct(acteur, tour.demarche_id))
    check_ouverte(tour.demarche)
    said = " ".join(graine.split())
    if len(said) < LONGUEUR_GRAINE:
        raise Conflit(
            f"Écrivez le texte dit à voix haute avant le tirage ({LONGUEUR_GRAINE} caractères au moins) : une phrase "
            "choisie en séance, par exemple."
        )
    whole = f"{said[:150]} {secrets.token_hex(8)}"
    waiting = Tour.objects.filter(pk=tour.pk, etat=EtatTour.PREPARATION, mode=ModeOuverture.ASSESSEURS, graine="")
    if not waiting.update(graine=whole):
        raise Conflit("Le tirage a déjà eu lieu, ou ce tour n'attend pas d'assesseurs.")
    fresh = Tour.objects.with_regle().get(pk=tour.pk)
    ranked = rank_maires(fresh, instant)
    if len(ranked) < NOMBRE_ASSESSEURS:
        raise Conflit("Il faut au moins trois maires en exercice, enregistrés dans la démarche, pour tirer au sort.")
    called = [call_maire(fresh, mandat, rang, instant) for rang, mandat in enumerate(ranked[:NOMBRE_ASSESSEURS], 1)]
    names = typographie.enumeration(assesseur.mandat.commune.nom for assesseur in called)
    phrase = f"a tiré au sort les maires assesseurs du tour « {fresh.titre} » : {names}"
    journal(acteur, instant, fresh, "draw_assesseurs", phrase)
    return called


def rank_maires(tour: Tour, instant: datetime) -> list[Mandat]:
    """The mayors in office, in the order of the draw; a commune is known by its code."""
    by_code = {m.commune.code: m for m in list_mandats(tour, instant, {Role.MAIRE})}
    return [by_code[code] for code in bridge.rank_candidats(tour.graine, sorted(by_code))]


def call_maire(tour: Tour, mandat: Mandat, rang: int, instant: datetime) -> Assesseur:
    assesseur = Assesseur.objects.create(tour=tour, mandat=mandat, rang=rang, appele_le=instant)
    post_lettres(
        tour=tour,
        instant=instant,
        cle="assesseur",
        sujet=f"{tour.titre} : le sort vous désigne maire assesseur",
        corps=(
            "Vous tiendriez une part de la clé qui ouvre les plis de ce tour. Acceptez, avec votre code personnel, ou "
            "déclinez : la personne suivante du tirage sera appelée.",
        ),
        mandats=[mandat],
    )
    return assesseur


def accept_assesseur(*, acteur: Acteur, instant: datetime, assesseur: Assesseur, code: str) -> None:
    """Accept to hold a part: a key pair is made, its private half closed by the personal code."""
    require(rules.can_answer_draw(acteur, assesseur))
    typed = check_code_acteur(acteur, code, instant)
    sel, paire = coffre.create_sel(), coffre.create_paire()
    locked = coffre.lock(coffre.derive_cle_code(typed, sel), paire.privee.hex(), f"assesseur:{assesseur.pk}")
    with transaction.atomic():
        called = Assesseur.objects.filter(
            pk=assesseur.pk, etat__in=list_avant(EtatAssesseur.ACCEPTE), tour__etat=EtatTour.PREPARATION
        )
        if not called.update(
            etat=EtatAssesseur.ACCEPTE,
            repondu_le=instant,
            cle_publique=paire.publique,
            cle_privee=locked,
            sel=sel,
        ):
            raise Conflit("Cette désignation n'attend plus de réponse : rechargez la page.")
        tour = Tour.objects.with_regle().get(pk=assesseur.tour_id)
        phrase = f"a accepté de tenir une part de la clé du tour « {tour.titre} »"
        journal(acteur, instant, tour, "accept_assesseur", phrase)


@transaction.atomic
def decline_assesseur(*, acteur: Acteur, instant: datetime, assesseur: Assesseur) -> Assesseur | None:
    """Decline while the round is prepared (or the équipe projet records it): the next mayor of the draw is called."""
    if not rules.can_answer_draw(acteur, assesseur):
        require(rules.can_conduct(acteur, assesseur.tour.demarche_id))
    # Hold the round, so that two who decline together call two different mayors.
    held = Tour.objects.filter(pk=assesseur.tour_id, etat=EtatTour.PREPARATION).update(etat=EtatTour.PREPARATION)
    called = Assesseur.objects.filter(pk=assesseur.pk, etat__in=list_avant(EtatAssesseur.DECLINE))
    if not held or not called.update(
        etat=EtatAssesseur.DECLINE, repondu_le=instant, cle_publique=None, cle_privee=None, sel=None
    ):
        raise Conflit("Le tour est lancé, ou cette personne a déjà décliné : rechargez la page.")
    tour = Tour.objects.with_regle().get(pk=assesseur.tour_id)
    part = f"de tenir une part de la clé du tour « {tour.titre} »"
    nom = assesseur.mandat.commune.nom
    phrase = f"a refusé {part}" if acteur.mandat_id == assesseur.mandat_id else f"a noté le refus, par {nom}, {part}"
    journal(acteur, instant, tour, "decline_assesseur", phrase)
    rows = Assesseur.objects.filter(tour=tour)
    already = set(rows.values_list("mandat_id", flat=True))
    following = next((mandat for mandat in rank_maires(tour, instant) if mandat.pk not in already), None)
    if following is None:
        return None
    return call_maire(tour, following, rows.aggregate(m=Max("rang"))["m"] + 1, instant)


def contribute_part(
    *, acteur: Acteur, instant: datetime, tour: Tour, code: str, ancien_code: str = ""
) -> Resultat | None:
    """Bring one's part of the key after the closing. The first waits, closed; with the second the plis are opened.

    Returns the result when this part opened the round, None when it waits for another. A wrong code is refused and
    counted; bringing one's part twice changes nothing.
    """
    assesseur = Assesseur.objects.filter(tour=tour, mandat_id=acteur.mandat_id).first()
    require(rules.can_contribute(acteur, tour, assesseur))
    check_opening(tour, instant)
    check_code_acteur(acteur, code, instant)
    part = read_part(tour, assesseur, get_codes(code, ancien_code))
    fresh = Tour.objects.with_regle().get(pk=tour.pk)
    if find_waiting(fresh, assesseur) is None and keep_first(acteur, instant, fresh, assesseur, part):
        return None
    return open_with(acteur, instant, fresh, assesseur, part)


def list_avant(etat: EtatAssesseur) -> list[EtatAssesseur]:
    """The states from which one comes to this one."""
    return [avant for avant, suivants in TRANSITIONS_ASSESSEUR.items() if etat in suivants]


def find_waiting(tour: Tour, assesseur: Assesseur) -> Assesseur | None:
    """The other assesseur whose part waits."""
    waiting = Assesseur.objects.filter(tour=tour, part_en_attente__isnull=False).exclude(pk=assesseur.pk)
    return waiting.select_related("mandat__commune").first()


@transaction.atomic
def keep_first(acteur: Acteur, instant: datetime, tour: Tour, assesseur: Assesseur, part: str) -> bool:
    """Keep the first part, closed; False when another came at the same moment: two parts are never kept together."""
    if not Tour.objects.closed(instant).filter(pk=tour.pk).update(validations=F("validations")):
        raise Conflit("Ce tour n'attend plus de part de la clé : rechargez la page.")
    if find_waiting(tour, assesseur) is not None:
        return False
    locked = coffre.lock(coffre.derive_cle("part", str(tour.pk)), part, f"attente:{assesseur.pk}")
    Assesseur.objects.filter(pk=assesseur.pk).update(part_en_attente=locked, contribuee_le=instant)
    phrase = f"a apporté sa part de la clé du tour « {tour.titre} » (1 sur {ASSESSEURS_REQUIS})"
    journal(acteur, instant, tour, "contribute_part", phrase)
    return True


def open_with(acteur: Acteur, instant: datetime, tour: Tour, assesseur: Assesseur, part: str) -> Resultat:
    """With the second part the key is made again, in memory, and the plis are opened."""
    waiting = find_waiting(tour, assesseur)
    if waiting is None:
        raise Conflit("Ce tour n'attend plus de part de la clé : rechargez la page.")
    ouverture = compute_ouverture(tour, join_cle(tour, [part, read_part_en_attente(tour, waiting)]))
    par = typographie.enumeration(a.mandat.commune.nom for a in (waiting, assesseur))
    with transaction.atomic():
        Assesseur.objects.filter(pk=assesseur.pk).update(contribuee_le=instant)
        phrase = f"a apporté sa part de la clé du tour « {tour.titre} » ({ASSESSEURS_REQUIS} sur {ASSESSEURS_REQUIS})"
        journal(acteur, instant, tour, "contribute_part", phrase)
        return publish_ouverture(
            acteur=acteur, instant=instant, tour=tour, ouverture=ouverture, ouvert_par=f"maires de {par}"
        )


def read_part(tour: Tour, assesseur: Assesseur, codes: list[str]) -> str:
    """The part of this assesseur, opened by the first of these codes that opens it."""
    if assesseur.cle_privee is None or assesseur.part_scellee is None:
        raise coffre.CoffreIllisible("Cette part de la clé a été détruite.")
    for code in codes:
        cle = coffre.derive_cle_code(code, bytes(assesseur.sel))
        try:
            privee = bytes.fromhex(coffre.unlock(cle, assesseur.cle_privee, f"assesseur:{assesseur.pk}"))
        except coffre.CoffreIllisible:
            continue
        return coffre.unseal(privee, bytes(assesseur.part_scellee), f"part:{tour.pk}:{assesseur.pk}")
    raise coffre.CoffreIllisible(AUTRE_CODE)


def read_part_en_attente(tour: Tour, assesseur: Assesseur) -> str:
    key = coffre.derive_cle("part", str(tour.pk))
    return coffre.unlock(key, assesseur.part_en_attente, f"attente:{assesseur.pk}")


def journal(acteur: Acteur, instant: datetime, tour: Tour, verbe: str, phrase: str) -> None:
    record_acte(acteur=acteur, instant=instant, verbe=verbe, phrase=phrase, portee=Portee.TABLE, objet=tour)
