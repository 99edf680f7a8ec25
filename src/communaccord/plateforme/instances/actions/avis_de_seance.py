"""Messages about a séance: they say that something awaits and where; the paper and the calendar file go with them."""

from datetime import datetime

from communaccord.plateforme.courrier.actions import Piece, post_courriel
from communaccord.plateforme.documents.ics import Methode
from communaccord.plateforme.instances.models import Convocation, Seance
from communaccord.plateforme.instances.papiers import build_ics_invite, write_quand

TYPE_PDF = "application/pdf"
TYPES_ICS = {Methode.INVITATION: "text/calendar", Methode.ANNULATION: "text/calendar"}
SALLE = "Répondez sur Commun Accord, salle « Instances » : vous serez là, absent ou absente, représenté ou représentée."


def get_adresse(convocation: Convocation) -> str:
    personne = convocation.mandat.personne
    return personne.courriel or (personne.compte.email if personne.compte else "")


def build_ics_piece(convocation: Convocation, seance: Seance, methode: Methode, instant: datetime) -> Piece:
    contenu = build_ics_invite(
        seance,
        nom=convocation.mandat.personne.nom,
        courriel=get_adresse(convocation),
        methode=methode,
        instant=instant,
    )
    return Piece("seance.ics", TYPES_ICS[methode], contenu)


def post_convocation(
    convocation: Convocation, seance: Seance, *, pdf: bytes, instant: datetime, adresse: str, rectifie: bool
) -> bool:
    """Ask for the message of one person; False when they have no address (a letter is then given by hand)."""
    courriel = get_adresse(convocation)
    if not courriel:
        return False
    objet = "Convocation modifiée" if rectifie else "Convocation"
    lines = [
        f"La présidence vous convoque : {seance.instance.nom}, {write_quand(seance)}, {seance.lieu}.",
        "L'ordre du jour est joint, avec un fichier pour votre agenda.",
        SALLE,
        adresse,
    ]
    pieces = (
        Piece("convocation.pdf", TYPE_PDF, pdf),
        build_ics_piece(convocation, seance, Methode.INVITATION, instant),
    )
    post_courriel(
        cle=f"seance:{seance.pk}:convocation:{seance.agenda_version}:{convocation.mandat_id}",
        adresse=courriel,
        sujet=f"{objet} : {seance.instance.nom}, {write_quand(seance)}",
        corps="\n\n".join(line for line in lines if line),
        instant=instant,
        demarche_id=seance.instance.demarche_id,
        mandat_id=convocation.mandat_id,
        pieces=pieces,
    )
    return True


def post_annulation(*, seance: Seance, instant: datetime) -> None:
    """Tell those convened, with the file that takes the meeting out of their calendar."""
    for convocation in seance.convocations.with_mandat():
        courriel = get_adresse(convocation)
        if not courriel:
            continue
        post_courriel(
            cle=f"seance:{seance.pk}:annulation:{convocation.mandat_id}",
            adresse=courriel,
            sujet=f"Séance annulée : {seance.instance.nom}, {write_quand(seance)}",
            corps=f"La séance prévue {write_quand(seance)} est annulée.\n\nMotif : {seance.motif}",
            instant=instant,
            demarche_id=seance.instance.demarche_id,
            mandat_id=convocation.mandat_id,
            pieces=(build_ics_piece(convocation, seance, Methode.ANNULATION, instant),),
        )


def post_rappel(convocation: Convocation, *, instant: datetime) -> bool:
    """The one reminder before the séance to somebody who did not answer; False when it was already asked."""
    seance = convocation.seance
    asked = post_courriel(
        cle=f"seance:{seance.pk}:rappel:{seance.agenda_version}:{convocation.mandat_id}",
        adresse=get_adresse(convocation),
        sujet=f"Rappel : {seance.instance.nom}, {write_quand(seance)}",
        corps=f"{seance.instance.nom} se réunit {write_quand(seance)}, {seance.lieu}.\n\n{SALLE}",
        instant=instant,
        demarche_id=seance.instance.demarche_id,
        mandat_id=convocation.mandat_id,
    )
    return asked is not None


def post_releve(convocation: Convocation, seance: Seance, *, pdf: bytes, version: int, instant: datetime) -> None:
    """Send the validated relevé, or its corrected version."""
    objet = "Relevé de conclusions" if version == 1 else f"Relevé de conclusions corrigé (version {version})"
    post_courriel(
        cle=f"seance:{seance.pk}:releve:{version}:{convocation.mandat_id}",
        adresse=get_adresse(convocation),
        sujet=f"{objet} : {seance.instance.nom}, {write_quand(seance)}",
        corps=f"Le relevé de conclusions de la séance tenue {write_quand(seance)} est validé. Il est joint.",
        instant=instant,
        demarche_id=seance.instance.demarche_id,
        mandat_id=convocation.mandat_id,
        pieces=(Piece("releve-de-conclusions.pdf", TYPE_PDF, pdf),),
    )
