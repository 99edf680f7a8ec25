"""The table: the rounds open, to come and past, each told in one sentence for the one who reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from communaccord.plateforme.accords.enums import EtatAssesseur, EtatReponse, PhaseTour
from communaccord.plateforme.accords.models import Assesseur, RegleDuJeu, Reponse, Tour
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle.typographie import moment, pluriel, prose

EN_COURS = (PhaseTour.OUVERT, PhaseTour.CLOS)
A_VENIR = (PhaseTour.A_VENIR, PhaseTour.PREPARATION)


@dataclass(frozen=True, slots=True)
class Act:
    """The first thing to do: a word on a button, an address."""

    libelle: str
    adresse: str


@dataclass(frozen=True, slots=True)
class TourAffiche:
    """One round told to one person. ``mienne``: where the answer of my commune stands, or ""."""

    identifiant: int
    titre: str
    phase: str
    phrase: str
    mienne: str
    acte: Act | None
    adresse: str


@dataclass(frozen=True, slots=True)
class Table:
    """The page: the sentence, the rounds by time, the rule in force and the one being written."""

    phrase: str
    en_cours: Sequence[TourAffiche]
    a_venir: Sequence[TourAffiche]
    passes: Sequence[TourAffiche]
    regle: RegleDuJeu | None
    projet: RegleDuJeu | None

    @property
    def est_vide(self) -> bool:
        return not (self.en_cours or self.a_venir or self.passes)


def build_table(acteur: Acteur, instant: datetime) -> Table:
    """Four requests, whatever the number of rounds."""
    tours = list(Tour.objects.visible_to(acteur).with_regle().order_by("-numero"))
    etats = read_etats(acteur)
    called = read_assesseur(acteur)
    regles = list(RegleDuJeu.objects.visible_to(acteur).order_by("-version"))
    told = [tell_tour(acteur, tour, etats.get(tour.pk, {}), called.get(tour.pk), instant) for tour in tours]
    en_cours = [tour for tour in told if tour.phase in EN_COURS]
    a_venir = [tour for tour in told if tour.phase in A_VENIR]
    return Table(
        phrase=describe_table(en_cours, a_venir, est_de_la_table=acteur.est_de_la_table),
        en_cours=en_cours,
        a_venir=a_venir,
        passes=[tour for tour in told if tour.phase not in (*EN_COURS, *A_VENIR)],
        regle=next((regle for regle in regles if regle.adoptee_le), None),
        projet=next((regle for regle in regles if not regle.adoptee_le), None),
    )


def read_etats(acteur: Acteur) -> dict[int, dict[str, int]]:
    """By round, how many answers of my commune are in each state; empty for whoever acts for none."""
    if not acteur.est_mairie:
        return {}
    rows = Reponse.objects.visible_to(acteur).filter(commune_id=acteur.commune_id).values_list("tour_id", "etat")
    result: dict[int, dict[str, int]] = {}
    for tour, etat in rows:
        counts = result.setdefault(tour, {})
        counts[etat] = counts.get(etat, 0) + 1
    return result


def read_assesseur(acteur: Acteur) -> dict[int, Assesseur]:
    """The rounds in which this person was drawn."""
    if not acteur.est_maire:
        return {}
    rows = Assesseur.objects.visible_to(acteur).filter(mandat_id=acteur.mandat_id)
    return {row.tour_id: row for row in rows.exclude(etat=EtatAssesseur.DECLINE)}


def describe_table(
    en_cours: Sequence[TourAffiche], a_venir: Sequence[TourAffiche], *, est_de_la_table: bool = True
) -> str:
    """The one sentence of the room: the first thing that waits, or what this room is for.

    Whoever is not of the table sees published results only: nothing is said of a round that is going on.
    """
    if not est_de_la_table:
        return prose("Aucun tour en cours ne vous est ouvert : vous lisez ici les résultats, dès qu'ils sont publiés.")
    first = next((tour for tour in (*en_cours, *a_venir)), None)
    if first is None:
        return prose("Aucun tour de consultation n'est en cours.")
    begin = "Un tour" if first.phrase.startswith("s") else "Un tour est"
    return prose(f"{begin} {first.phrase}") + (f" {first.mienne}" if first.mienne else "")


def tell_tour(
    acteur: Acteur, tour: Tour, etats: Mapping[str, int], assesseur: Assesseur | None, instant: datetime
) -> TourAffiche:
    phase = tour.get_phase(instant)
    return TourAffiche(
        identifiant=tour.pk,
        titre=tour.titre,
        phase=phase,
        phrase=prose(describe_phase(tour, phase)),
        mienne=prose(describe_mienne(etats, phase)) if etats else "",
        acte=choose_acte(acteur, tour, phase, etats, assesseur),
        adresse=chemin(acteur, "accords:tour", tour.pk),
    )


def describe_phase(tour: Tour, phase: PhaseTour) -> str:
    """Where the round stands, with the date that matters."""
    fuseau = tour.demarche.fuseau
    ouverture = moment(tour.ouvre_le, fuseau, semaine=True, annee=False)
    cloture = moment(tour.cloture_le, fuseau, semaine=True, annee=False)
    depouille = moment(tour.depouille_le, fuseau) if tour.depouille_le else ""
    return {
        PhaseTour.PREPARATION: f"en préparation, ouverture prévue le {ouverture}.",
        PhaseTour.A_VENIR: f"s'ouvre le {ouverture}, se clôt le {cloture}.",
        PhaseTour.OUVERT: f"ouvert jusqu'au {cloture}.",
        PhaseTour.CLOS: f"clos depuis le {cloture} ; les plis sont à ouvrir.",
        PhaseTour.DEPOUILLE: f"dépouillé le {depouille}.",
        PhaseTour.NON_DEPOUILLABLE: f"n'a pas pu être dépouillé. {tour.motif}",
        PhaseTour.ABANDONNE: f"abandonné. {tour.motif}",
    }[phase]


def describe_mienne(etats: Mapping[str, int], phase: PhaseTour) -> str:
    """Where the answer of my commune stands, in one short sentence."""
    total, validees = sum(etats.values()), etats.get(EtatReponse.VALIDEE, 0)
    if total == validees:
        return "Votre réponse est validée."
    if phase != PhaseTour.OUVERT:
        if phase in A_VENIR:
            return ""
        return f"Votre commune a validé {pluriel(validees, 'réponse')} sur {pluriel(total, 'dossier')}."
    if etats.get(EtatReponse.SOUMISE):
        return "Votre réponse est prête à valider."
    if etats.get(EtatReponse.BROUILLON):
        return "Votre réponse est commencée."
    return f"Votre réponse est attendue sur {pluriel(total - validees, 'dossier')}."


def choose_acte(
    acteur: Acteur, tour: Tour, phase: PhaseTour, etats: Mapping[str, int], assesseur: Assesseur | None
) -> Act | None:
    """The one button of a round, for this person, now."""
    if assesseur is not None and waits_for(assesseur, phase):
        words = "Apporter ma part de la clé" if phase == PhaseTour.CLOS else "Accepter ou décliner d'être assesseur"
        return Act(prose(words), chemin(acteur, "accords:assesseur", tour.pk))
    if phase == PhaseTour.DEPOUILLE:
        return Act(prose("Lire le résultat"), chemin(acteur, "accords:resultat", tour.pk))
    if acteur.est_equipe:
        words = "Préparer et lancer" if phase == PhaseTour.PREPARATION else "Suivre"
        return Act(words, chemin(acteur, "accords:tour", tour.pk))
    if etats:
        return choose_acte_mairie(acteur, tour, phase, etats)
    return None


def waits_for(assesseur: Assesseur, phase: PhaseTour) -> bool:
    """Whether this assesseur has something to do now."""
    if phase == PhaseTour.PREPARATION:
        return assesseur.etat == EtatAssesseur.TIRE
    return phase == PhaseTour.CLOS and assesseur.etat == EtatAssesseur.ACCEPTE and assesseur.contribuee_le is None


def choose_acte_mairie(acteur: Acteur, tour: Tour, phase: PhaseTour, etats: Mapping[str, int]) -> Act | None:
    adresse = chemin(acteur, "accords:reponse", tour.pk)
    if phase != PhaseTour.OUVERT:
        return Act("Relire notre réponse", adresse) if etats.get(EtatReponse.VALIDEE) else None
    if etats.get(EtatReponse.SOUMISE) or etats.get(EtatReponse.BROUILLON):
        return Act("Relire et valider" if acteur.est_maire else "Relire et envoyer", adresse)
    if etats.get(EtatReponse.A_PREPARER) == sum(etats.values()):
        return Act("Répondre", chemin(acteur, "accords:repondre", tour.pk, 1))
    return Act("Relire notre réponse", adresse)
