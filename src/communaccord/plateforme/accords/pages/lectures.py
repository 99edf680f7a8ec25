"""What the pages read, always through what the actor may see. Named requests: a view starts from one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from communaccord.plateforme.accords.elements import read_brouillon
from communaccord.plateforme.accords.enums import EtatTour
from communaccord.plateforme.accords.forms.elements import read_elements
from communaccord.plateforme.accords.forms.reponse import SaisieReponse
from communaccord.plateforme.accords.models import (
    Assesseur,
    AVousSeule,
    Element,
    Enveloppe,
    RegleDuJeu,
    Reponse,
    Resultat,
    Tour,
    TourDossier,
    TourScenario,
)
from communaccord.plateforme.accords.pages.effets import EffetScenario
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.enums import EtatDossier
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario
from communaccord.plateforme.territoires.models import CommuneMembre


def select_tours(acteur: Acteur) -> QuerySet[Tour]:
    return Tour.objects.visible_to(acteur).with_regle()


def select_communes(acteur: Acteur) -> QuerySet[CommuneMembre]:
    return CommuneMembre.objects.visible_to(acteur)


def list_reponses(acteur: Acteur, tour: Tour, commune_id: int) -> list[Reponse]:
    """The answers of a commune, in the order of the dossiers of the round."""
    rows = Reponse.objects.visible_to(acteur).with_tour().filter(tour=tour, commune_id=commune_id)
    return list(rows.filter(dossier__liens_tours__tour=tour).order_by("dossier__liens_tours__ordre", "pk"))


def has_precedente(acteur: Acteur, reponse: Reponse) -> bool:
    """Whether the commune validated an answer on this dossier in the round before: what this one may start from."""
    if reponse.tour.precedent_id is None:
        return False
    rows = Reponse.objects.visible_to(acteur).validated().filter(tour_id=reponse.tour.precedent_id)
    return rows.filter(dossier_id=reponse.dossier_id, commune_id=reponse.commune_id).exists()


def list_liens(acteur: Acteur, tour: Tour) -> list[TourDossier]:
    return list(TourDossier.objects.visible_to(acteur).filter(tour=tour).select_related("dossier").order_by("ordre"))


def list_scenarios(acteur: Acteur, tour: Tour) -> list[TourScenario]:
    """The scenarios put to a round, dossier by dossier, with the summary of what was frozen."""
    rows = TourScenario.objects.visible_to(acteur).filter(lien__tour=tour)
    rows = rows.select_related("lien", "scenario__dossier", "scenario__gel")
    hidden = ("offre", "scenario__leviers", "scenario__gel__entree", "scenario__gel__resultat")
    return list(rows.defer(*hidden).order_by("lien__ordre", "ordre"))


def list_effets(acteur: Acteur, tour: Tour, commune_id: int) -> dict[int, list[EffetScenario]]:
    """By dossier: what each scenario of the round changes for this commune. Two requests."""
    rows = EffetCommune.objects.visible_to(acteur).filter(scenario__liens_tours__lien__tour=tour, commune_id=commune_id)
    effets = {row.scenario_id: row for row in rows.defer("explication")}
    result: dict[int, list[EffetScenario]] = {}
    for place in list_scenarios(acteur, tour):
        effet = build_effet(place, effets.get(place.scenario_id))
        result.setdefault(place.lien.dossier_id, []).append(effet)
    return result


def build_effet(place: TourScenario, effet: EffetCommune | None) -> EffetScenario:
    """One scenario for one commune; without a row, it is out of its perimeter."""
    scenario = place.scenario
    nom = f"Scénario {scenario.lettre} : {scenario.libelle}"
    annee = scenario.gel.annee_reference
    if effet is None or not effet.participe:
        return EffetScenario(nom, annee, None, participe=False)
    dearest = min(effet.annees, key=lambda row: (-row["contribution"], row["annee"]), default={})
    return EffetScenario(
        nom=nom,
        annee=annee,
        contribution=effet.contribution,
        aujourd_hui=effet.depense,
        bas=effet.bas,
        haut=effet.haut,
        estimation=effet.estime,
        annee_chere=dearest.get("annee"),
        plus_haute=dearest.get("contribution"),
    )


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier of the answer of a commune: the row, what is readable of it, what is sealed."""

    rang: int
    reponse: Reponse
    saisie: SaisieReponse
    scelles: Sequence[Element]

    @property
    def est_repondu(self) -> bool:
        return bool(self.saisie.position) or bool(self.scelles)


def list_dossiers(acteur: Acteur, tour: Tour, commune_id: int) -> list[Dossier]:
    """The whole answer of a commune, as those who act for it may read it now. Two requests."""
    reponses = list_reponses(acteur, tour, commune_id)
    by_reponse: dict[int, list[Element]] = {}
    for element in Element.objects.visible_to(acteur).filter(reponse__in=reponses):
        by_reponse.setdefault(element.reponse_id, []).append(element)
    return [build_dossier(rang, reponse, by_reponse.get(reponse.pk, [])) for rang, reponse in enumerate(reponses, 1)]


def build_dossier(rang: int, reponse: Reponse, elements: Sequence[Element]) -> Dossier:
    sealed = [element for element in elements if element.contenu is None]
    return Dossier(rang, reponse, read_elements(read_brouillon(reponse, elements)), sealed)


def select_regles(acteur: Acteur) -> QuerySet[RegleDuJeu]:
    return RegleDuJeu.objects.visible_to(acteur).select_related("demarche")


def select_precedents(acteur: Acteur) -> QuerySet[Tour]:
    """Rounds that another one may follow: those that are over."""
    over = (EtatTour.DEPOUILLE, EtatTour.NON_DEPOUILLABLE, EtatTour.ABANDONNE)
    return Tour.objects.visible_to(acteur).filter(etat__in=over).order_by("-numero")


def select_scenarios(acteur: Acteur) -> QuerySet[Scenario]:
    """Frozen scenarios of the presented dossiers, in their order: what a round may be about."""
    rows = Scenario.objects.visible_to(acteur).frozen().filter(dossier__etat=EtatDossier.PRESENTE)
    return rows.with_gel().order_by("dossier__titre", "dossier", "rang", "numero")


def select_assesseurs(acteur: Acteur, tour: Tour) -> QuerySet[Assesseur]:
    rows = Assesseur.objects.visible_to(acteur).filter(tour=tour)
    return rows.select_related("mandat__personne", "mandat__commune", "tour").order_by("rang")


def select_enveloppes(acteur: Acteur, tour: Tour) -> QuerySet[Enveloppe]:
    rows = Enveloppe.objects.visible_to(acteur).filter(tour=tour)
    return rows.select_related("commune", "tour", "saisie_par__personne").order_by("numero")


def select_resultats(acteur: Acteur) -> QuerySet[Resultat]:
    return Resultat.objects.visible_to(acteur)


def select_seules(acteur: Acteur, tour: Tour) -> QuerySet[AVousSeule]:
    return AVousSeule.objects.visible_to(acteur).filter(tour=tour).select_related("tour", "dossier")


def list_partageables(acteur: Acteur, tour: Tour, dossier_id: int) -> list[Element]:
    """Elements of my commune that are still sous pli and that a code can open."""
    rows = Element.objects.visible_to(acteur).filter(reponse__tour=tour, reponse__dossier=dossier_id)
    return list(rows.filter(copie__isnull=False, partage__isnull=True).order_by("nature", "rang"))
