"""From the rows of a séance to the plain data of its papers and of its calendar file."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.documents.ics import Adresse, Methode, RendezVous, build_invitation
from communaccord.plateforme.documents.papier import Contact, EnTete, write_moment
from communaccord.plateforme.instances.documents import types
from communaccord.plateforme.instances.enums import (
    AVIS_DE_TRAVAIL,
    DE_TRAVAIL,
    LA,
    EtatPresence,
    TypeInstance,
    TypePoint,
)
from communaccord.plateforme.instances.gens import write_qui
from communaccord.plateforme.instances.models import Convocation, MembreInstance, Point, Presence, Seance
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import pluriel

DEMARCHE = "Schéma de mutualisation"
PRESIDENCE_A_DIRE = "présidence à désigner"
ORGANISATION = "ne-pas-repondre@communaccord.invalid"
AVIS = frozenset({TypeInstance.CONFERENCE_DES_MAIRES, TypeInstance.COMMISSION, TypeInstance.CLECT})


def get_portee(type_instance: str, type_point: str = "") -> types.Portee:
    """What a conclusion of this instance is worth (R-3.1); a council that informs itself decides nothing."""
    if type_instance in DE_TRAVAIL:
        return types.Portee.TRAVAIL
    if type_instance in AVIS or type_point in (TypePoint.INFORMATION, TypePoint.AVIS):
        return types.Portee.AVIS
    return types.Portee.DECISION


def write_mention(type_instance: str) -> str:
    """The words always beside a conclusion of work; nothing where the law gives a power."""
    return AVIS_DE_TRAVAIL if type_instance in DE_TRAVAIL else ""


def write_mandat(mandat: Mandat) -> str:
    """A person as ``write_qui`` says, with the commune when the words do not name it."""
    commune, label = mandat.commune, write_qui(mandat)
    return f"{label}, {commune.nom}" if commune and commune.nom not in label else label


def build_entete(seance: Seance, instant: datetime) -> EnTete:
    demarche = seance.instance.demarche
    return EnTete(
        territoire=demarche.nom_epci,
        demarche=DEMARCHE,
        edite_le=instant.astimezone(demarche.zone),
        fictif=demarche.fictive,
    )


def build_seance(seance: Seance) -> types.Seance:
    presidence = seance.presidence
    return types.Seance(
        instance=seance.instance.nom,
        debut=seance.debut_local,
        lieu=seance.lieu,
        presidence=write_mandat(presidence) if presidence else PRESIDENCE_A_DIRE,
        portee=get_portee(seance.instance.type),
        duree_minutes=seance.duree_minutes,
        visioconference=seance.visioconference,
    )


def build_ordre(points: Sequence[Point]) -> tuple[types.PointOrdreDuJour, ...]:
    return tuple(
        types.PointOrdreDuJour(
            titre=point.titre,
            presente_par=point.presente_par,
            attendu=point.get_type_display(),
            resultat_tour=point.resultat_tour,
            duree_minutes=point.duree_minutes,
        )
        for point in points
    )


def build_invites(membres: Sequence[MembreInstance | Convocation]) -> tuple[types.Invite, ...]:
    rows = [membre.mandat for membre in membres]
    return tuple(types.Invite(write_qui(row), row.commune.nom if row.commune else "") for row in rows)


def build_convocation(
    seance: Seance,
    points: Sequence[Point],
    membres: Sequence[MembreInstance | Convocation],
    *,
    instant: datetime,
    adresse: str = "",
) -> types.Convocation:
    """The same paper for everybody: it names no reader and holds no personal address."""
    return types.Convocation(
        entete=build_entete(seance, instant),
        seance=build_seance(seance),
        points=build_ordre(points),
        invites=build_invites(membres),
        signataire="Pour la présidence, l'équipe projet",
        contact=Contact(service="équipe projet de l'intercommunalité"),
        reponse_avant=seance.reponse_avant,
        adresse_reponse=adresse,
        prepare_par=", ".join(sorted({point.prepare_par.seance.instance.nom for point in points if point.prepare_par})),
    )


def build_feuille(
    seance: Seance, membres: Sequence[MembreInstance | Convocation], instant: datetime
) -> types.FeuillePresence:
    return types.FeuillePresence(build_entete(seance, instant), build_seance(seance), build_invites(membres))


def build_rendez_vous(seance: Seance, adresse: str = "") -> RendezVous:
    """The meeting in a calendar: the same identifier whatever changes, a version that grows."""
    zone = ZoneInfo(seance.instance.demarche.fuseau)
    return RendezVous(
        identifiant=f"seance-{seance.pk}",
        titre=f"{seance.instance.nom} ({seance.instance.demarche.nom_epci})",
        debut=seance.debut.astimezone(zone),
        fin=seance.fin.astimezone(zone),
        lieu=seance.lieu,
        url=adresse,
        version=seance.agenda_version,
    )


def build_ics_invite(seance: Seance, *, nom: str, courriel: str, methode: Methode, instant: datetime) -> bytes:
    """The calendar file of one person: no other address is in it."""
    return build_invitation(
        build_rendez_vous(seance),
        methode=methode,
        organisation=Adresse(seance.instance.demarche.nom_epci, ORGANISATION),
        invite=Adresse(nom, courriel),
        horodatage=instant,
    )


def build_releve(
    seance: Seance,
    points: Sequence[Point],
    presences: Sequence[Presence],
    *,
    communes_total: int,
    instant: datetime,
    quorum: str = "",
    comptes: str = "",
    validation: types.Validation | None = None,
) -> types.ReleveConclusions:
    """The relevé from its rows, ``points`` loaded with their reservations, follow-ups and vote."""
    return types.ReleveConclusions(
        entete=build_entete(seance, instant),
        seance=build_seance(seance),
        communes_presentes=list_communes(presences, LA),
        communes_excusees=list_communes(presences, {EtatPresence.EXCUSE}),
        communes_total=communes_total,
        points=tuple(build_point(point, seance.instance.type) for point in points),
        autres_presences=tuple(write_mandat(p.mandat) for p in presences if p.mandat and p.etat in LA),
        secretariat=write_mandat(seance.secretaire) if seance.secretaire else "",
        quorum=quorum,
        comptes=comptes,
        validation=validation,
    )


def list_communes(presences: Sequence[Presence], etats: object) -> tuple[types.CommuneSeance, ...]:
    kept = [p for p in presences if p.commune and p.etat in etats]
    kept.sort(key=lambda p: (p.commune.cle_tri, p.commune.code))
    return tuple(types.CommuneSeance(p.commune.nom, p.par_qui) for p in kept)


def build_point(point: Point, type_instance: str) -> types.PointReleve:
    return types.PointReleve(
        titre=point.titre,
        presentation=point.presentation,
        conclusion="\n".join(part for part in (write_vote(point), point.conclusion) if part) or "Sans conclusion.",
        resultat_tour=point.resultat_tour,
        reserves=tuple(types.Reserve(r.commune.nom, r.texte) for r in point.reserves.all()),
        suites=tuple(types.Suite(s.action, s.responsable, s.echeance) for s in point.suites.all()),
        portee=get_portee(type_instance, point.type),
    )


def write_vote(point: Point) -> str:
    """What the procès-verbal says of the vote; nothing when there was none."""
    vote = getattr(point, "deliberation", None)
    if vote is None:
        return ""
    numero = f" {vote.numero}" if vote.numero else ""
    resultat = "adoptée" if vote.adoptee else "rejetée"
    return (
        f"Délibération{numero} {resultat} : {vote.pour} pour, {vote.contre} contre, "
        f"{pluriel(vote.abstentions, 'abstention')}, {vote.blancs} blancs ou nuls ({vote.get_mode_display()})."
    )


def write_quand(seance: Seance) -> str:
    """``jeudi 17 décembre 2026 à 18 h 30``, where the people live."""
    return write_moment(seance.debut_local)


def write_seance(seance: Seance) -> str:
    """``la séance du 17 décembre 2026 (Comité de pilotage)``, inside a sentence of the journal."""
    return f"la séance du {write_date(seance.debut_local.date())} ({seance.instance.nom})"
