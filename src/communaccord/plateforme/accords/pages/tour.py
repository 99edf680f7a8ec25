"""One round: its dates, its dossiers, who opens its plis; for the équipe projet, what prevents the next act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communaccord.plateforme.accords.enums import (
    NOMBRE_ASSESSEURS,
    RECUEILLIES,
    EtatAssesseur,
    EtatEnveloppe,
    EtatReponse,
    EtatTour,
    ModeOuverture,
    PhaseTour,
)
from communaccord.plateforme.accords.models import Assesseur, Enveloppe, HistoriqueTour, Reponse, Tour, TourScenario
from communaccord.plateforme.accords.pages.lectures import list_scenarios
from communaccord.plateforme.accords.pages.table import (
    Act,
    choose_acte,
    describe_mienne,
    describe_phase,
    read_assesseur,
)
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.dossiers.enums import EtatDossier
from communaccord.plateforme.socle.saisie import majuscule
from communaccord.plateforme.socle.typographie import moment, prose

MOTS_ASSESSEUR = {
    EtatAssesseur.TIRE: ("attente", "réponse attendue"),
    EtatAssesseur.ACCEPTE: ("oui", "a accepté"),
    EtatAssesseur.DECLINE: ("neutre", "a décliné"),
}


@dataclass(frozen=True, slots=True)
class AssesseurAffiche:
    """One of those drawn: name, where they stand."""

    identifiant: int
    nom: str
    genre: str
    mot: str
    est_appele: bool
    a_contribue: bool


@dataclass(frozen=True, slots=True)
class PageTour:
    """The page. ``empechement``: why the round cannot be launched yet, or ""."""

    tour: Tour
    phase: str
    phrase: str
    acte: Act | None
    ouverture: str
    cloture: str
    dossiers: Sequence[tuple[Any, Sequence[str]]]
    assesseurs: Sequence[AssesseurAffiche]
    historique: Sequence[tuple[str, str, str, str]]
    empechement: str
    tirage_fait: bool

    @property
    def parts(self) -> int:
        """How many parts of the key were brought."""
        return sum(assesseur.a_contribue for assesseur in self.assesseurs)

    @property
    def avec_assesseurs(self) -> bool:
        return self.tour.mode == ModeOuverture.ASSESSEURS


def build_tour(acteur: Acteur, tour: Tour, instant: datetime) -> PageTour:
    """Compose the page of a round: five requests at most."""
    phase = tour.get_phase(instant)
    etats = read_etats_tour(acteur, tour)
    assesseurs = list(Assesseur.objects.visible_to(acteur).filter(tour=tour).select_related("mandat__personne"))
    mine = read_assesseur(acteur).get(tour.pk)
    scenarios = list_scenarios(acteur, tour)
    fuseau = tour.demarche.fuseau
    phrase = majuscule(prose(describe_phase(tour, phase)))
    mienne = prose(describe_mienne(etats, phase)) if etats else ""
    return PageTour(
        tour=tour,
        phase=phase,
        phrase=" ".join(part for part in (phrase, mienne, tell_mine(mine, phase, tour)) if part),
        acte=choose_page_acte(acteur, tour, phase, etats, mine),
        ouverture=moment(tour.ouvre_le, fuseau, semaine=True),
        cloture=moment(tour.cloture_le, fuseau, semaine=True),
        dossiers=group_scenarios(scenarios),
        assesseurs=[tell_assesseur(assesseur) for assesseur in assesseurs],
        historique=[tell_changement(change, fuseau) for change in list_historique(acteur, tour)],
        empechement=prose(find_empechement(tour, scenarios, assesseurs, instant)),
        tirage_fait=bool(tour.graine),
    )


def tell_mine(mine: Assesseur | None, phase: PhaseTour, tour: Tour) -> str:
    """What one of those drawn has accepted, or has to say, and until when; "" for everybody else."""
    if mine is None:
        return ""
    fuseau = tour.demarche.fuseau
    if mine.etat == EtatAssesseur.TIRE:
        ouverture = moment(tour.ouvre_le, fuseau, semaine=True, annee=False)
        return prose(f"Le sort vous désigne comme assesseur : répondez avant l'ouverture, le {ouverture}.")
    if phase in (PhaseTour.PREPARATION, PhaseTour.A_VENIR, PhaseTour.OUVERT):
        cloture = moment(tour.cloture_le, fuseau, semaine=True, annee=False)
        return prose(f"Vous avez accepté d'être assesseur : votre part de la clé vous sera demandée le {cloture}.")
    return ""


def read_etats_tour(acteur: Acteur, tour: Tour) -> Mapping[str, int]:
    if not acteur.est_mairie:
        return {}
    counts: dict[str, int] = {}
    rows = Reponse.objects.visible_to(acteur).filter(tour=tour, commune_id=acteur.commune_id)
    for etat in rows.values_list("etat", flat=True):
        counts[etat] = counts.get(etat, 0) + 1
    return counts


def choose_page_acte(
    acteur: Acteur, tour: Tour, phase: PhaseTour, etats: Mapping[str, int], mine: Assesseur | None
) -> Act | None:
    """The act of the list, but for the équipe projet, whose acts are written out on this page."""
    if acteur.est_equipe and phase != PhaseTour.DEPOUILLE:
        return None
    return choose_acte(acteur, tour, phase, etats, mine)


def list_historique(acteur: Acteur, tour: Tour) -> list[HistoriqueTour]:
    return list(HistoriqueTour.objects.visible_to(acteur).filter(tour=tour).order_by("instant", "pk"))


def tell_changement(change: HistoriqueTour, fuseau: str) -> tuple[str, str, str, str]:
    """When, what, why, who."""
    if change.etat_avant == change.etat_apres:
        quoi = "clôture reportée"
    elif change.etat_apres == EtatTour.OUVERT:
        quoi = "lancé"
    else:
        quoi = change.get_etat_apres_display()
    return moment(change.instant, fuseau), prose(quoi), prose(change.motif), change.qui


def group_scenarios(places: Sequence[TourScenario]) -> list[tuple[Any, list[str]]]:
    """Each dossier with the names of its scenarios."""
    grouped: dict[int, tuple[Any, list[str]]] = {}
    for place in places:
        scenario = place.scenario
        entry = grouped.setdefault(scenario.dossier_id, (scenario.dossier, []))
        entry[1].append(f"Scénario {scenario.lettre} : {scenario.libelle}")
    return list(grouped.values())


def tell_assesseur(assesseur: Assesseur) -> AssesseurAffiche:
    genre, mot = MOTS_ASSESSEUR[EtatAssesseur(assesseur.etat)]
    if assesseur.contribuee_le:
        genre, mot = "oui", "a apporté sa part"
    return AssesseurAffiche(
        identifiant=assesseur.pk,
        nom=assesseur.mandat.personne.nom,
        genre=genre,
        mot=mot,
        est_appele=assesseur.etat != EtatAssesseur.DECLINE,
        a_contribue=assesseur.contribuee_le is not None,
    )


def find_empechement(
    tour: Tour, scenarios: Sequence[TourScenario], assesseurs: Sequence[Assesseur], instant: datetime
) -> str:
    """Why the round cannot be launched, told beside the button; the act checks again."""
    if tour.regle.adoptee_le is None:
        return "La règle du jeu n'est pas encore adoptée : enregistrez la date de la conférence des maires."
    absent = [p.scenario.dossier.titre for p in scenarios if p.scenario.dossier.etat != EtatDossier.PRESENTE]
    if absent:
        return f"Le dossier « {absent[0]} » n'est pas présenté."
    accepted = sum(assesseur.etat == EtatAssesseur.ACCEPTE for assesseur in assesseurs)
    if tour.mode == ModeOuverture.ASSESSEURS and accepted != NOMBRE_ASSESSEURS:
        return f"Trois maires assesseurs doivent avoir accepté ; à ce jour : {accepted}."
    if tour.cloture_le <= instant:
        return "La date de clôture est passée : choisissez-en une autre."
    return ""


@dataclass(frozen=True, slots=True)
class Suivi:
    """One commune, for the équipe projet: how far its answer is, never what it says."""

    commune_id: int
    nom: str
    genre: str
    mot: str
    origine: str
    est_complete: bool
    est_attendue: bool
    est_recueillable: bool

    @property
    def de(self) -> str:
        """« des Sables », « d'Agen »: the name as it follows « la mairie »."""
        return prose(write_de(self.nom))


def build_suivi(acteur: Acteur, tour: Tour) -> list[Suivi]:
    """One line a commune. Two requests."""
    envelopes = Enveloppe.objects.visible_to(acteur).filter(tour=tour).exclude(etat=EtatEnveloppe.RENDUE)
    received = dict(envelopes.values_list("commune_id", "numero"))
    rows = Reponse.objects.visible_to(acteur).filter(tour=tour).select_related("commune")
    grouped: dict[int, list[Reponse]] = {}
    for row in rows.order_by("commune__cle_tri", "commune__code", "pk"):
        grouped.setdefault(row.commune_id, []).append(row)
    return [tell_suivi(reponses, received.get(commune)) for commune, reponses in grouped.items()]


def tell_suivi(reponses: Sequence[Reponse], enveloppe: int | None) -> Suivi:
    """Neutral words: what is done, never what is late."""
    commune = reponses[0].commune
    validees = sum(r.etat == EtatReponse.VALIDEE for r in reponses)
    begun = any(r.etat in (EtatReponse.BROUILLON, EtatReponse.SOUMISE) for r in reponses)
    if validees == len(reponses):
        genre, mot = "oui", "validée"
    elif validees:
        genre, mot = "attente", f"validée sur {validees} dossiers sur {len(reponses)}"
    elif any(r.etat == EtatReponse.SOUMISE for r in reponses):
        genre, mot = "attente", "à valider en mairie"
    else:
        genre, mot = ("attente", "commencée") if begun else ("neutre", "à venir")
    if enveloppe is not None and not validees:
        genre, mot = "oui", f"enveloppe n° {enveloppe} reçue"
    origines = sorted({r.get_origine_display() for r in reponses if r.etat != EtatReponse.A_PREPARER})
    online = any(r.etat != EtatReponse.A_PREPARER and r.origine not in RECUEILLIES for r in reponses)
    return Suivi(
        commune_id=commune.pk,
        nom=commune.nom,
        genre=genre,
        mot=prose(mot),
        origine=", ".join(origines),
        est_complete=validees == len(reponses),
        est_attendue=validees < len(reponses) and enveloppe is None,
        est_recueillable=not online,
    )
