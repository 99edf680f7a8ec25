"""What a fictif scenario says in depth."""

from datetime import date

from tests.plateforme.fabriques import INSTANT

from communaccord.plateforme.dossiers.actions import (
    ContenuClauses,
    LigneCout,
    LigneMaire,
    LigneService,
    Mouvements,
    record_clauses,
    record_couts,
    record_effectif,
    record_maire,
    record_service,
)
from communaccord.plateforme.dossiers.models import Scenario, Volet

SERVICE = (
    LigneService("horaires", avant="Deux demi-journées", apres="Chaque matin", avis="mieux"),
    LigneService("lieu", avant="En mairie", apres="En mairie", avis="pareil"),
    LigneService("autre", libelle="Urgences", avant="Le jour même", apres="Sous deux jours", avis="moins_bien"),
)
MAIRE = (
    LigneMaire("signature", "ne_change_pas", "Vous signez vos actes."),
    LigneMaire("organisation", "change", "Le planning est partagé."),
)
COUTS = {
    "alignement": LigneCout("chiffre", 1_200_000, "par_an", None, "cle"),
    "migration": LigneCout("chiffre", 600_001, "une_fois", 2028, "parts_egales"),
    "encadrement": LigneCout("compris", motif="Dans les postes du scénario"),
    "locaux": LigneCout("sans_objet", motif="Le service reste dans ses murs."),
    "indirects": LigneCout("chiffre", 90_000, "par_an", None, "epci"),
}
CLAUSES = ContenuClauses(
    preavis_mois=12,
    retour_agents="Chaque agent retrouve un poste de son grade.",
    revoyure_le=date(2029, 6, 30),
    revoyure_objet="Le coût par journée.",
)


def common(acteur, scenario, nom):
    volet = Volet.objects.filter(scenario=scenario, nom=nom).first()
    version = volet.version if volet else 0
    return {"acteur": acteur, "instant": INSTANT, "scenario": scenario, "version": version}


def tell_service(acteur, scenario, lignes=SERVICE):
    return record_service(**common(acteur, scenario, "service"), lignes=lignes)


def tell_maire(acteur, scenario, lignes=MAIRE):
    return record_maire(**common(acteur, scenario, "maire"), lignes=lignes)


def tell_couts(acteur, scenario, lignes=None):
    return record_couts(**common(acteur, scenario, "couts"), lignes=COUTS if lignes is None else lignes)


def tell_clauses(acteur, scenario, contenu=CLAUSES):
    return record_clauses(**common(acteur, scenario, "clauses"), contenu=contenu)


def tell_effectif(acteur, scenario, commune, etp=None, **agents):
    etp = etp or {nom: 100 * nombre for nom, nombre in agents.items()}
    moves = {"agents": Mouvements(**agents), "etp": Mouvements(**etp)}
    return record_effectif(**common(acteur, scenario, "effectifs"), commune=commune, **moves)


def tell_all(acteur, scenario, communes) -> Scenario:
    """Every part; each commune of ten agents lets six go to the EPCI."""
    tell_service(acteur, scenario)
    tell_maire(acteur, scenario)
    tell_couts(acteur, scenario)
    tell_clauses(acteur, scenario)
    for commune in communes:
        tell_effectif(acteur, scenario, commune, avant=20, partent=6)
    tell_effectif(acteur, scenario, None, avant=30, arrivent=6 * len(communes))
    return Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)
