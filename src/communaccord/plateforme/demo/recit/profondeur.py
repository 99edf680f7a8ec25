"""The first scenario of each dossier told in depth: the service, the mayor, forgotten costs, staff, exit."""

from datetime import date

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
# Employer ("" is the intercommunalité) -> agents today, who leave, who come; of the urbanisme only.
AGENTS_URBANISME = {"F001": (6, 6, 0), "": (0, 0, 6)}


def tell_profondeur(
    gens: Gens, calendrier: Calendrier, raconte: DossierRaconte, scenario: Scenario, jour: int
) -> Scenario:
    """Write the parts of a draft and return it as it is then."""
    par = {"acteur": gens.equipe, "instant": calendrier.at(jour, "14:00"), "scenario": scenario, "version": 0}
    record_service(**par, lignes=SERVICE)
    record_maire(**par, lignes=MAIRE)
    record_couts(**par, lignes=COUTS)
    record_clauses(**par, contenu=CLAUSES)
    if raconte.cle == "urbanisme":
        for version, (code, (avant, partent, arrivent)) in enumerate(AGENTS_URBANISME.items()):
            record_effectif(
                **{**par, "version": version},
                commune=gens.communes.get(code),
                agents=Mouvements(avant, partent, arrivent),
                etp=Mouvements(100 * avant, 100 * partent, 100 * arrivent),
            )
    return Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)
