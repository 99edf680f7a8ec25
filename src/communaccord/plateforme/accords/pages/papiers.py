"""From rows to the papers of a round: the answer to fill by hand, the rule, the published result."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from communaccord.plateforme.accords.documents import types
from communaccord.plateforme.accords.enums import ModeOuverture
from communaccord.plateforme.accords.forms.vocabulaire import CLAUSES, DEGRES, POSITIONS, PRIORITES
from communaccord.plateforme.accords.models import RegleDuJeu, Tour, TourDossier
from communaccord.plateforme.accords.pages.effets import EffetScenario
from communaccord.plateforme.accords.pages.resultat import Compte, PageResultat, count_reponses
from communaccord.plateforme.documents.papier import Contact, EnTete
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

OUVERTURES = {
    ModeOuverture.HORLOGE: "Les plis sont ensuite ouverts par l'horloge.",
    ModeOuverture.ASSESSEURS: "Les plis sont ensuite ouverts par deux des trois maires assesseurs.",
}
RETOUR = Contact("l'équipe projet de l'intercommunalité")


def build_entete(demarche: Demarche, instant: datetime) -> EnTete:
    return EnTete(
        territoire=demarche.nom_epci,
        demarche="Schéma de mutualisation",
        edite_le=instant.astimezone(ZoneInfo(demarche.fuseau)),
        fictif=demarche.fictive,
    )


def build_tour_papier(tour: Tour) -> types.TourPapier:
    zone = tour.demarche.zone
    return types.TourPapier(
        titre=tour.titre,
        ouvre_le=tour.ouvre_le.astimezone(zone),
        cloture_le=tour.cloture_le.astimezone(zone),
        ouverture_des_plis=OUVERTURES[ModeOuverture(tour.mode)],
    )


def build_reponse_papier(
    tour: Tour,
    commune: CommuneMembre,
    liens: Sequence[TourDossier],
    effets: dict[int, list[EffetScenario]],
    instant: datetime,
) -> types.ReponsePapier:
    """The pages that one commune fills by hand."""
    return types.ReponsePapier(
        entete=build_entete(tour.demarche, instant),
        tour=build_tour_papier(tour),
        commune=commune.nom,
        reference=f"T{tour.numero}-{commune.code}",
        dossiers=tuple(build_dossier_papier(lien, effets.get(lien.dossier_id, [])) for lien in liens),
        vocabulaire=build_vocabulaire(),
        seuil=tour.regle.seuil,
        retour=RETOUR,
    )


def build_vocabulaire() -> types.Vocabulaire:
    """The same words as on the screen."""
    return types.Vocabulaire(
        positions=tuple(mot.libelle for mot in POSITIONS.values()),
        clauses=tuple(lower_first(mot.libelle.removesuffix("…").rstrip()) for mot in CLAUSES.values()),
        degres=tuple(mot.libelle for mot in DEGRES.values()),
        priorites=tuple(mot.libelle for mot in PRIORITES.values()),
    )


def lower_first(texte: str) -> str:
    return texte[:1].lower() + texte[1:]


def build_dossier_papier(lien: TourDossier, effets: Sequence[EffetScenario]) -> types.DossierPapier:
    dossier = lien.dossier
    return types.DossierPapier(
        titre=dossier.titre,
        objectif=dossier.objectif,
        effet_service=dossier.service_apres,
        scenarios=tuple(
            types.ScenarioCommune(
                nom=effet.nom,
                annee=effet.annee,
                contribution=effet.contribution,
                depense_actuelle=effet.aujourd_hui,
                estimation=effet.estimation,
                participe=effet.participe,
            )
            for effet in effets
        ),
    )


def build_regle_papier(regle: RegleDuJeu, instant: datetime) -> types.RegleDuJeu:
    return types.RegleDuJeu(
        entete=build_entete(regle.demarche, instant),
        version=regle.version,
        articles=tuple(types.Article(article["titre"], article["texte"]) for article in regle.articles),
        adoptee_le=regle.adoptee_le,
        adoptee_par=regle.adoptee_par,
    )


def build_resultat_papier(page: PageResultat, instant: datetime) -> types.ResultatTour:
    """What the page publishes, and nothing more."""
    tour, zone = page.tour, page.tour.demarche.zone
    return types.ResultatTour(
        entete=build_entete(tour.demarche, instant),
        tour=build_tour_papier(tour),
        depouille_le=page.resultat.calcule_le.astimezone(zone),
        depouille_par=f"par {page.resultat.ouvert_par}",
        reponses=count_reponses(page),
        dossiers=tuple(
            types.ResultatDossier(
                titre=dossier.titre,
                phrase=dossier.phrase,
                scenarios=tuple(write_scenario(compte) for compte in dossier.scenarios),
                positions=tuple(types.Compte(compte.titre, compte.bande) for compte in dossier.positions),
            )
            for dossier in page.dossiers
        ),
        regle_publication=tuple(page.regle),
        empreinte=page.resultat.empreinte,
        version_moteur=page.resultat.version_moteur,
    )


def write_scenario(compte: Compte) -> types.ResultatScenario:
    counts = (types.Compte("Conditions réunies", compte.bande),) if compte.publie else ()
    return types.ResultatScenario(nom=compte.titre, phrase=compte.phrase, comptes=counts)
