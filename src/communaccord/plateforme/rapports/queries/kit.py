"""What the kit of the conseil municipal is made of: rounds, their dossiers, what each scenario changes for a commune.

Nothing sealed is read here, and nothing "à vous seule": the kit is made to be handed out in a council.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communaccord.plateforme.accords.enums import EtatTour
from communaccord.plateforme.accords.models import Partage, Resultat, Tour, TourDossier, TourScenario
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import DANS_UNE_COMMUNE, EQUIPE, MAIRIE
from communaccord.plateforme.dossiers.models import CoutOublie, EffectifEmployeur, EffetCommune, Scenario
from communaccord.plateforme.dossiers.models.profondeur import EtatCout
from communaccord.plateforme.rapports.queries.sources import LONGS, group_rows
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus
from communaccord.plateforme.territoires.models import CommuneMembre

SANS_KIT = Refus(
    "Le kit d'une commune est remis à sa mairie, à son conseil municipal et à l'équipe projet.", "CRPA L311-2"
)
# Before a round is launched, its dates and its dossiers may still move: mairies and the équipe projet alone.
LANCES = (EtatTour.OUVERT, EtatTour.DEPOUILLE)
LUS = (EtatTour.PREPARATION, *LANCES)


def may_read_kits(acteur: Acteur) -> Decision:
    """Mairies, conseils municipaux, équipe projet."""
    if acteur.role in EQUIPE or (acteur.role in DANS_UNE_COMMUNE and acteur.commune_id is not None):
        return PERMIS
    return SANS_KIT


def list_communes_du_kit(acteur: Acteur) -> list[CommuneMembre]:
    """All for the équipe projet, one's own commune for the others. One query."""
    if not may_read_kits(acteur):
        return []
    rows = CommuneMembre.objects.visible_to(acteur)
    return list(rows if acteur.role in EQUIPE else rows.filter(pk=acteur.commune_id))


def list_tours_du_kit(acteur: Acteur) -> list[Tour]:
    """Rounds that have a kit for this actor, the last first: a conseil municipal reads those that are launched."""
    if not may_read_kits(acteur):
        return []
    etats = LUS if acteur.role in EQUIPE | MAIRIE else LANCES
    rows = Tour.objects.filter(demarche_id=acteur.demarche_id, etat__in=etats)
    return list(rows.select_related("demarche", "regle").order_by("-numero"))


def find_tour_du_kit(acteur: Acteur, pk: int) -> Tour | None:
    return next((tour for tour in list_tours_du_kit(acteur) if tour.pk == pk), None)


@dataclass(frozen=True, slots=True)
class MatiereKit:
    """A round, its dossiers in order, their scenarios, what each changes for the communes asked for, what came out.

    ``effets``: by (scenario, commune). ``resultat``: None before the opening of the plis. By scenario:
    ``contributions``, of every commune that takes part, by code; ``employeurs``, ``couts``, what the dossier says.
    """

    tour: Tour
    liens: Sequence[TourDossier]
    scenarios: dict[int, list[Scenario]]
    effets: dict[tuple[int, int], EffetCommune]
    contributions: dict[int, dict[str, int]]
    employeurs: dict[int, tuple[EffectifEmployeur, ...]]
    couts: dict[int, tuple[CoutOublie, ...]]
    resultat: Resultat | None
    suivant: Tour | None
    communes: int


def read_matiere(acteur: Acteur, tour: Tour, communes: Sequence[CommuneMembre]) -> MatiereKit:
    """Eight queries, nine with forgotten costs, whatever the communes. ``tour``, ``communes``: that the actor reads."""
    liens = list(TourDossier.objects.filter(tour=tour).select_related("dossier").order_by("ordre"))
    scenarios: dict[int, list[Scenario]] = {lien.dossier_id: [] for lien in liens}
    places = TourScenario.objects.filter(lien__tour=tour).select_related("lien", "scenario__gel")
    hidden = ("offre", "scenario__leviers", "scenario__gel__entree", "scenario__gel__resultat")
    for place in places.defer(*hidden).order_by("lien__ordre", "ordre"):
        scenarios[place.lien.dossier_id].append(place.scenario)
    all_scenarios = [scenario for rows in scenarios.values() for scenario in rows]
    seen = EffetCommune.objects.visible_to(acteur).filter(scenario__in=all_scenarios, commune__in=list(communes))
    pks = [scenario.pk for scenario in all_scenarios]
    couts = group_rows(pks, CoutOublie.objects.filter(etat=EtatCout.CHIFFRE))
    depouille = tour.etat == EtatTour.DEPOUILLE
    return MatiereKit(
        tour=tour,
        liens=liens,
        scenarios=scenarios,
        effets={(effet.scenario_id, effet.commune_id): effet for effet in seen.select_related("commune").defer(*LONGS)},
        contributions=read_contributions(pks, couts),
        employeurs=group_rows(pks, EffectifEmployeur.objects.all()),
        couts=couts,
        resultat=Resultat.objects.filter(tour=tour).defer("entrees").first() if depouille else None,
        suivant=Tour.objects.filter(precedent=tour, etat__in=LANCES).first() if depouille else None,
        communes=CommuneMembre.objects.filter(demarche_id=tour.demarche_id).count(),
    )


def read_contributions(scenarios: list[int], couts: Mapping[int, Sequence[CoutOublie]]) -> dict[int, dict[str, int]]:
    """By scenario, what every commune that takes part pays, by code: the shares of a forgotten cost follow them.

    Nothing for a scenario without such a cost. One query, none when no scenario has one.
    """
    found: dict[int, dict[str, int]] = {pk: {} for pk in scenarios}
    shared = [pk for pk in scenarios if couts[pk]]
    if not shared:
        return found
    rows = EffetCommune.objects.filter(scenario__in=shared, participe=True).order_by("scenario", "commune__code")
    for scenario, code, contribution in rows.values_list("scenario_id", "commune__code", "contribution"):
        found[scenario][code] = contribution
    return found


def list_demandes(acteur: Acteur, tour: Tour, commune: CommuneMembre) -> list[Partage]:
    """What this commune put on the table itself, for its mayor alone: nothing that stayed sealed. One query."""
    if not (acteur.est_maire and acteur.commune_id == commune.pk):
        return []
    rows = Partage.objects.visible_to(acteur).filter(tour=tour, commune=commune).select_related("dossier")
    return list(rows.order_by("dossier__liens_tours__ordre", "pk").distinct())
