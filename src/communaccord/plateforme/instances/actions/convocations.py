"""Convening the members, by the presidency, and their answers."""

from datetime import datetime
from typing import Any

from django.db import transaction

from communaccord.plateforme.instances.actions.avis_de_seance import post_convocation
from communaccord.plateforme.instances.actions.etats import advance_seance, lock_seance, require_seance
from communaccord.plateforme.instances.documents.papiers import render_convocation
from communaccord.plateforme.instances.enums import A_VENIR, EtatSeance, Reponse
from communaccord.plateforme.instances.gens import write_qui
from communaccord.plateforme.instances.models import Convocation, Seance
from communaccord.plateforme.instances.papiers import build_convocation, write_seance
from communaccord.plateforme.instances.queries import list_membres, list_points
from communaccord.plateforme.instances.rules import may_answer, may_convoke
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.enums import EtatDemarche

SANS_POINT = "L'ordre du jour est vide : ajoutez au moins un point avant de convoquer."
SANS_MEMBRE = "Cette instance n'a pas de membre : complétez sa composition avant de convoquer."
PAS_CONFIRMEE = (
    "La démarche n'est pas encore confirmée : tout se prépare, mais personne n'est convoqué avant sa confirmation."
)
DEJA_PARTIE = "La convocation est déjà partie depuis que cette page a été ouverte : rien n'a été envoyé de plus."
GESTES = {
    Reponse.PRESENT: "viendra à",
    Reponse.EXCUSE: "ne viendra pas à",
    Reponse.REPRESENTE: "se fera représenter à",
}


@transaction.atomic
def convoke_seance(*, acteur: Any, instant: datetime, seance: Seance, adresse: str = "", lue: int | None = None) -> int:
    """Convene the members of the day, by e-mail with the paper and a calendar file; number of messages asked for.

    Again on a convened séance: a modified convocation, the answers kept. ``adresse``: where one answers. ``lue``: the
    ``agenda_version`` of the page from which it is sent, so that a form sent twice convenes once. A late convocation
    of a council is flagged where it is shown, never refused.
    """
    require_seance(acteur, seance, may_convoke(acteur))
    if lue is not None and lock_seance(seance).agenda_version != lue:
        raise Conflit(DEJA_PARTIE)
    if acteur.demarche.etat == EtatDemarche.A_CONFIRMER:
        raise Conflit(PAS_CONFIRMEE)
    if seance.debut <= instant:
        raise Conflit("L'heure de cette séance est passée : changez-la, ou notez que la séance s'est tenue.")
    points = list_points(seance)
    membres = list_membres(seance.instance, get_jour(instant, acteur.demarche.fuseau))
    if not points or not membres:
        raise Conflit(SANS_MEMBRE if points else SANS_POINT)
    rectifie = seance.etat == EtatSeance.CONVOQUEE
    advance_seance(
        acteur=acteur,
        instant=instant,
        seance=seance,
        to=EtatSeance.CONVOQUEE,
        raison="convocation modifiée" if rectifie else "",
        convoquee_le=instant,
        agenda_version=seance.agenda_version + 1,
    )
    pdf = render_convocation(build_convocation(seance, points, membres, instant=instant, adresse=adresse))
    sent = write_convocations(seance, membres, pdf=pdf, instant=instant, adresse=adresse, rectifie=rectifie)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="convoke_seance",
        phrase=f"{'a convoqué' if acteur.est_president else 'a envoyé, au nom de la présidence, la convocation à'} "
        f"{write_seance(seance)} : {pluriel(len(membres), 'personne')}, dont {sent} par courriel",
        portee=Portee.TABLE,
        objet=seance,
    )
    return sent


def write_convocations(
    seance: Seance, membres: Any, *, pdf: bytes, instant: datetime, adresse: str, rectifie: bool
) -> int:
    """One line a member, new or kept, then one message each that has an address."""
    known = set(seance.convocations.values_list("mandat_id", flat=True))
    Convocation.objects.bulk_create(
        Convocation(seance=seance, mandat=membre.mandat, envoyee_le=instant)
        for membre in membres
        if membre.mandat_id not in known
    )
    sits = {membre.mandat_id for membre in membres}
    rows = [row for row in seance.convocations.with_mandat() if row.mandat_id in sits]
    for row in rows:
        row.envoyee_le = instant
        row.par_courriel = post_convocation(row, seance, pdf=pdf, instant=instant, adresse=adresse, rectifie=rectifie)
    Convocation.objects.bulk_update(rows, ["envoyee_le", "par_courriel"])
    return sum(row.par_courriel for row in rows)


@transaction.atomic
def answer_convocation(
    *, acteur: Any, instant: datetime, convocation: Convocation, reponse: Reponse | str, par_qui: str = ""
) -> Convocation:
    """Say whether one comes; by the person, their mairie, or the équipe projet who notes what it was told."""
    seance = convocation.seance
    mandat = convocation.mandat
    require_seance(acteur, seance, may_answer(acteur, mandat.pk, mandat.commune_id))
    if reponse == Reponse.ATTENDUE or reponse not in Reponse.values:
        raise Conflit("Choisissez une réponse : vous serez là, absent ou absente, représenté ou représentée.")
    if reponse == Reponse.REPRESENTE and not par_qui.strip():
        raise Conflit("Dites par qui vous serez représenté ou représentée : sa fonction suffit.")
    if reponse == Reponse.REPRESENTE and not seance.instance.adjoint_admis:
        raise Conflit("Le règlement de cette instance n'admet pas de remplacement : répondez présent ou absent.")
    values = {
        "reponse": reponse,
        "par_qui": par_qui.strip()[:150] if reponse == Reponse.REPRESENTE else "",
        "repondue_le": instant,
        "notee_par_id": acteur.mandat_id if acteur.mandat_id != mandat.pk else None,
    }
    rows = Convocation.objects.filter(pk=convocation.pk, seance__etat__in=sorted(A_VENIR))
    said = {name: value for name, value in values.items() if name != "repondue_le"}
    if rows.filter(**said).exists():
        return convocation
    if not rows.update(**values):
        raise Conflit("Cette séance s'est tenue ou est annulée : on n'y répond plus.")
    convocation.refresh_from_db()
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="answer_convocation",
        phrase=write_reponse(acteur, convocation),
        portee=Portee.EQUIPE,
        objet=seance,
        commune_id=mandat.commune_id,
    )
    return convocation


def write_reponse(acteur: Any, convocation: Convocation) -> str:
    """In the first voice when the person answers; otherwise somebody noted it for them."""
    phrase = f"{GESTES[Reponse(convocation.reponse)]} {write_seance(convocation.seance)}"
    own = acteur.mandat_id == convocation.mandat_id
    return phrase if own else f"a noté que {write_qui(convocation.mandat)} {phrase}"
