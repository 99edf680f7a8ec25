"""The first scenario of each dossier told in depth: the service, the mayor, forgotten costs, staff, exit."""

from datetime import date
from math import ceil

from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.textes import DossierRaconte
from communaccord.plateforme.dossiers.actions.profondeur import (
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
from communaccord.plateforme.dossiers.models import Scenario
from communaccord.plateforme.dossiers.models.profondeur import (
    Avis,
    Critere,
    EtatCout,
    PorteurCout,
    PosteOublie,
    Rythme,
    Sens,
    ThemeMaire,
)
from communaccord.simulateur import Simulation, compute_resultat

SERVICE = (
    LigneService(Critere.HORAIRES, "", "ceux de chaque mairie", "ceux de chaque mairie", Avis.PAREIL),
    LigneService(Critere.DELAIS, "", "variables d'une commune à l'autre", "les mêmes partout, affichés", Avis.MIEUX),
    LigneService(Critere.LIEU, "", "la mairie", "la mairie, et un accueil dans deux bourgs", Avis.MIEUX),
    LigneService(Critere.INTERLOCUTEUR, "", "une personne connue", "une équipe, avec un nom par commune", ""),
)
MAIRE = (
    LigneMaire(ThemeMaire.SIGNATURE, Sens.NE_CHANGE_PAS, "Les actes restent signés par le ou la maire."),
    LigneMaire(ThemeMaire.ORGANISATION, Sens.CHANGE, "Les priorités du service se fixent à plusieurs, chaque année."),
)
COUTS = {
    PosteOublie.ENCADREMENT: LigneCout(EtatCout.COMPRIS),
    PosteOublie.MIGRATION: LigneCout(
        EtatCout.CHIFFRE, 650_000, Rythme.UNE_FOIS, annee=2027, porteur=PorteurCout.EPCI, motif="Devis à confirmer"
    ),
    PosteOublie.INDIRECTS: LigneCout(EtatCout.CHIFFRE, 380_000, Rythme.PAR_AN, porteur=PorteurCout.CLE),
    PosteOublie.LOCAUX: LigneCout(EtatCout.SANS_OBJET, motif="Les locaux existent déjà."),
}
CLAUSES = ContenuClauses(
    preavis_mois=12,
    retour_agents="Chaque agent retrouve un emploi de même grade dans la commune qui sort, s'il le souhaite.",
    couts_restants="La commune qui sort paie sa part jusqu'à la fin des contrats signés, deux ans au plus.",
    essai_mois=12,
    revoyure_le=date(2029, 1, 15),
    revoyure_objet="Prix, délais et place de chaque commune.",
)
# Of the urbanisme only: agents who give it part of their time, at least, in the centre town and in the EPCI.
AGENTS_MIN = {"F001": 6, "": 5}
QUART = 25


def tell_profondeur(
    gens: Gens,
    calendrier: Calendrier,
    raconte: DossierRaconte,
    simulation: Simulation,
    scenario: Scenario,
    jour: int,
) -> Scenario:
    """Write the parts of a draft and return it as it is then."""
    par = {"acteur": gens.equipe, "instant": calendrier.at(jour, "14:00"), "scenario": scenario, "version": 0}
    record_service(**par, lignes=SERVICE)
    record_maire(**par, lignes=MAIRE)
    record_couts(**par, lignes=COUTS)
    record_clauses(**par, contenu=CLAUSES)
    if raconte.cle == "urbanisme":
        for version, (code, etp) in enumerate(share_postes(simulation).items()):
            agents = max(AGENTS_MIN[code], ceil(etp / 100))
            record_effectif(
                **{**par, "version": version},
                commune=gens.communes.get(code),
                agents=Mouvements(avant=agents, mis_a_disposition=agents),
                etp=Mouvements(avant=100 * agents, mis_a_disposition=etp),
            )
    return Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)


def share_postes(simulation: Simulation) -> dict[str, int]:
    """The posts of the service in hundredths, by employer: what the centre town pays today, the EPCI for the rest."""
    cout = compute_resultat(simulation).variantes[0].cout
    centre = next(commune for commune in simulation.communes if commune.code == "F001")
    if cout is None or cout.etp is None or simulation.personnel is None:
        return {}
    part = int((centre.depense_actuelle or 0) * 100 / simulation.personnel.cout_etp) // QUART * QUART
    return {"F001": part, "": int(cout.etp * 100) - part}
