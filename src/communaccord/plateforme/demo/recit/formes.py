"""The legal form of the dossiers: what was answered to the advisor, the first acts received, the financial base."""

from collections import Counter

from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.dossiers import DossierPret
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.diagnostic.enums import NatureFlux
from communaccord.plateforme.diagnostic.models import Flux
from communaccord.plateforme.diagnostic.queries.flux import read_compte
from communaccord.plateforme.dossiers.actions import (
    ContenuBase,
    LignePiece,
    record_base,
    record_conditions,
    record_pieces,
    record_reponses,
)
from communaccord.plateforme.dossiers.enums import Forme

DECRITE, ACTES = -60, -24
REPONSES = {"objet": "service", "competence": "non", "sens": "epci_vers_communes", "missions_cdg": "non"}
PAR_DOSSIER = {
    "urbanisme": {"mission": "operationnelle", "membres": "toutes"},
    "secretariat": {"mission": "fonctionnelle", "membres": "certaines"},
    "informatique": {"mission": "fonctionnelle", "membres": "toutes"},
}


def tell_formes(gens: Gens, calendrier: Calendrier, dossiers: dict[str, DossierPret]) -> None:
    """Every dossier is described; the urbanisme, the most advanced, has its staff committee consulted."""
    equipe, forme = gens.equipe, Forme.SERVICE_COMMUN
    for rang, (cle, propres) in enumerate(PAR_DOSSIER.items()):
        record_reponses(
            acteur=equipe,
            instant=calendrier.at(DECRITE + rang),
            dossier=dossiers[cle].dossier,
            version=0,
            reponses={**REPONSES, **propres},
        )
    tell_base(gens, calendrier)
    urbanisme = dossiers["urbanisme"].dossier
    suivi = record_conditions(
        acteur=equipe,
        instant=calendrier.at(ACTES),
        dossier=urbanisme,
        forme=forme,
        version=0,
        conditions={"imputation_ac": True, "accords_syndicaux": False, "budget_annexe": False},
    )
    jour = calendrier.get_jour(ACTES - 2)
    record_pieces(
        acteur=equipe,
        instant=calendrier.at(ACTES, "11:00"),
        dossier=urbanisme,
        forme=forme,
        cle="avis_cst",
        version=suivi.version,
        lignes={None: LignePiece(jour, "CST 2026-3 (fictif)"), gens.communes["F001"].pk: LignePiece(jour)},
    )


def tell_base(gens: Gens, calendrier: Calendrier) -> None:
    """What the orders of magnitude of AC and CIF start from: revenues, and the AC and DSC of the flows, in cents."""
    campagne = gens.demarche.campagnes.get()
    rows = list(Flux.objects.filter(campagne=campagne))
    sommes: Counter[str] = Counter()
    for flux in read_compte(campagne.pk, rows).keep(rows):
        sommes[flux.nature] += flux.montant or 0
    contenu = ContenuBase(
        recettes=720_000_000,
        recettes_ensemble=1_980_000_000,
        ac=sommes[NatureFlux.AC],
        dsc=sommes[NatureFlux.DSC],
        annee=calendrier.maintenant.year - 1,
        source="Comptes administratifs (fictif)",
    )
    record_base(acteur=gens.equipe, instant=calendrier.at(DECRITE, "16:00"), version=0, contenu=contenu)
