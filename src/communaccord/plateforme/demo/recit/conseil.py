"""One item of the conseil communautaire: convened in time, voted, its délibération kept."""

from pathlib import Path

from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.seances import SIEGE, convoke
from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.instances.actions import (
    SaisieVote,
    add_point,
    create_seance,
    hold_seance,
    record_comptes,
    record_deliberation,
)
from communaccord.plateforme.instances.enums import TypePoint, Voix
from communaccord.plateforme.instances.models import Instance, Point, Seance

GABARIT = Path(__file__).parents[1] / "typst" / "deliberation.typ"
JOUR = -23
OBJET = "Organisation des instances de la démarche de mutualisation"
# Of a council of any size, in hundredths: present, for, against; the rest abstains.
PRESENTS, POUR, CONTRE = 85, 92, 4
POUVOIRS = 3


def follow_conseil(gens: Gens, calendrier: Calendrier, conseil: Instance) -> None:
    """Convene the council, note who was there, record the vote with the file of the délibération."""
    seance, point = prepare_seance(gens, calendrier, conseil)
    vote = build_vote(gens, calendrier)
    record_comptes(
        acteur=gens.equipe,
        instant=calendrier.at(JOUR, "18:40"),
        seance=seance,
        en_exercice=vote.en_exercice,
        presents=vote.presents,
        pouvoirs=vote.pouvoirs,
    )
    hold_seance(acteur=gens.equipe, instant=calendrier.at(JOUR, "20:30"), seance=seance)
    record_deliberation(
        acteur=gens.equipe,
        instant=calendrier.at(JOUR + 3),
        point=point,
        saisie=vote,
        nom_fichier="deliberation-fictive.pdf",
        contenu=render_deliberation(gens, calendrier, vote),
    )


def prepare_seance(gens: Gens, calendrier: Calendrier, conseil: Instance) -> tuple[Seance, Point]:
    """The séance and its one item, convened in time."""
    seance = create_seance(
        acteur=gens.equipe,
        instant=calendrier.at(JOUR - 12),
        instance=conseil,
        debut=calendrier.at(JOUR, "18:30"),
        lieu=SIEGE,
    )
    point = add_point(
        acteur=gens.equipe,
        instant=calendrier.at(JOUR - 12, "11:00"),
        seance=seance,
        titre=OBJET,
        type=TypePoint.DELIBERATION,
        presente_par="Présidence de l'intercommunalité",
        duree_minutes=30,
    )
    return convoke(gens, calendrier, seance, JOUR - 9), point


def build_vote(gens: Gens, calendrier: Calendrier) -> SaisieVote:
    """Counts in the proportions of the heading, for the seats of this council."""
    total = gens.demarche.sieges_total
    presents = total * PRESENTS // 100
    voix = presents + POUVOIRS
    pour, contre = voix * POUR // 100, voix * CONTRE // 100
    jour = calendrier.get_jour(JOUR)
    return SaisieVote(
        date=jour,
        en_exercice=total,
        presents=presents,
        pouvoirs=POUVOIRS,
        pour=pour,
        contre=contre,
        abstentions=voix - pour - contre,
        adoptee=True,
        vote_presidence=Voix.POUR,
        numero=f"{jour.year}-FICTIF-07",
    )


def render_deliberation(gens: Gens, calendrier: Calendrier, vote: SaisieVote) -> bytes:
    """The extract of the register, an invented one and saying so."""
    entete = EnTete(gens.demarche.nom_epci, "Conseil communautaire", calendrier.at(JOUR + 2), fictif=True)
    data = {
        "objet": OBJET,
        "numero": f"Délibération n° {vote.numero}",
        "texte": (
            "Le conseil communautaire approuve l'organisation des instances de la démarche : comité de pilotage, "
            "comité technique, groupe de travail, conférence des maires."
        ),
        "vote": (
            f"Membres en exercice : {vote.en_exercice}. Présents : {vote.presents}. Pouvoirs : {vote.pouvoirs}. "
            f"Pour : {vote.pour}. Contre : {vote.contre}. Abstentions : {vote.abstentions}. Délibération adoptée."
        ),
        "mention": "Document fictif, pour la démonstration : il ne vient d'aucune assemblée.",
    }
    return render_papier(GABARIT, OBJET, entete, data)
