"""What awaits an actor, gathered from every room: a line says why, before when, and leads where it is done."""

from collections.abc import Iterator
from datetime import datetime, time

from communaccord.plateforme.accords.models import Tour
from communaccord.plateforme.accords.queries import list_attentes as list_attentes_table
from communaccord.plateforme.accueil.pages.demarche.charte import list_charte
from communaccord.plateforme.accueil.pages.demarche.chez_moi import Attente
from communaccord.plateforme.accueil.pages.demarche.collecte import list_collecte
from communaccord.plateforme.accueil.pages.demarche.conduite import list_conduite
from communaccord.plateforme.accueil.pages.demarche.priorites import list_priorites
from communaccord.plateforme.accueil.pages.demarche.rapport import list_rapport
from communaccord.plateforme.accueil.queries.conduite import read_conduite
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.instances.queries import list_a_valider, list_a_venir
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.typographie import accord, moment, pluriel, prose


def list_attentes(acteur: Acteur, instant: datetime) -> Iterator[Attente]:
    """Next acts of this actor, in no order."""
    yield from list_acces(acteur)
    yield from list_table(acteur, instant)
    yield from list_seances(acteur, instant)
    yield from list_charte(acteur)
    yield from list_collecte(acteur, get_jour(instant, acteur.demarche.fuseau))
    yield from list_priorites(acteur, instant)
    yield from list_rapport(acteur, instant.astimezone(acteur.demarche.zone).date())
    if acteur.est_equipe:
        yield from list_conduite(acteur, read_conduite(acteur), instant)


def list_acces(acteur: Acteur) -> Iterator[Attente]:
    """A provisional code is replaced by one's own before the day it is needed."""
    if acteur.mandat and acteur.mandat.personne.code_provisoire:
        phrase = "Choisissez votre code personnel : celui de la lettre est provisoire."
        yield Attente(prose(phrase), "Choisir mon code", chemin(acteur, "comptes:mon_code"))


def list_table(acteur: Acteur, instant: datetime) -> Iterator[Attente]:
    """Rounds: an answer to prepare or to validate, a draw to answer, a part of the key to bring."""
    table = list_attentes_table(acteur, instant)
    for designation in table.designations:
        phrase = f"Le sort vous a désigné ou désignée maire assesseur du tour « {designation.tour.titre} »."
        adresse = chemin(acteur, "accords:assesseur", designation.tour.pk)
        yield Attente(prose(phrase), "Répondre", adresse, pressee=True)
    for tour in table.parts:
        phrase = f"Le tour « {tour.titre} » est clos : ses plis attendent votre part de la clé."
        yield Attente(prose(phrase), "Apporter ma part", chemin(acteur, "accords:assesseur", tour.pk), pressee=True)
    for tour in table.tours:
        yield from list_reponses(acteur, tour, table.a_preparer.get(tour.pk, 0), table.a_valider.get(tour.pk, 0))


def list_reponses(acteur: Acteur, tour: Tour, a_preparer: int, a_valider: int) -> Iterator[Attente]:
    """One line a round, and the act that comes next for this role."""
    if acteur.commune is None:
        return
    adresse = chemin(acteur, "accords:reponse", tour.pk)
    if a_valider and acteur.est_maire:
        sont = accord(a_valider, "est prête", "sont prêtes")
        phrase = f"{pluriel(a_valider, 'réponse')} au tour « {tour.titre} » {sont} à relire et à valider."
        yield Attente(prose(phrase), "Relire et valider", adresse, tour.cloture_le, pressee=True)
    elif a_preparer:
        phrase = f"{acteur.commune.nom} n'a pas encore répondu sur {pluriel(a_preparer, 'dossier')} : « {tour.titre} »."
        yield Attente(prose(phrase), "Répondre" if acteur.est_maire else "Préparer", adresse, tour.cloture_le)


def list_seances(acteur: Acteur, instant: datetime) -> Iterator[Attente]:
    """Convocations without an answer, relevés to validate."""
    for convocation in list_a_venir(acteur, instant):
        seance = convocation.seance
        quand = moment(seance.debut, acteur.demarche.fuseau, semaine=True)
        phrase = f"{seance.instance.nom}, {quand} : dites si vous venez."
        adresse = chemin(acteur, "instances:seance", seance.pk)
        jour = seance.reponse_avant
        echeance = datetime.combine(jour, time(), acteur.demarche.zone) if jour else seance.debut
        yield Attente(prose(phrase), "Répondre", adresse, echeance, jour_entier=jour is not None)
    for seance in list_a_valider(acteur):
        quand = moment(seance.debut, acteur.demarche.fuseau)
        phrase = f"Le relevé de conclusions de la séance du {quand} attend votre validation."
        yield Attente(prose(phrase), "Relire et valider", chemin(acteur, "instances:seance", seance.pk), pressee=True)
