"""The rapport relatif aux mutualisations: its words, the scenario it keeps, a first frozen version."""

from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.dossiers import DossierPret
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.textes_projet import CONTEXTE, MOT_DE_LA_PRESIDENCE
from communaccord.plateforme.dossiers.models import Scenario
from communaccord.plateforme.rapports.actions import Choix, freeze_version, record_choix, record_partie
from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.pages.contenu import build_blocs, compute_empreinte
from communaccord.plateforme.rapports.queries import Sources

ECRIT, FIGE = -12, -9


def tell_rapport(gens: Gens, calendrier: Calendrier, dossiers: dict[str, DossierPret], revu: Scenario) -> None:
    """Two parts written beside their figures, a scenario for each dossier, the version that the COPIL will read."""
    sources = Sources(gens.demarche)
    for rang, (cle, texte) in enumerate(((ClePartie.MOT, MOT_DE_LA_PRESIDENCE), (ClePartie.CONTEXTE, CONTEXTE))):
        record_partie(
            acteur=gens.equipe,
            instant=calendrier.at(ECRIT, f"{9 + rang}:30"),
            cle=cle,
            texte=texte,
            empreinte=compute_empreinte(build_blocs(sources, cle)),
            version=0,
        )
    retenus = {"urbanisme": revu, "informatique": dossiers["informatique"].scenarios[0]}
    for rang, (cle, scenario) in enumerate(retenus.items()):
        record_choix(
            acteur=gens.equipe,
            instant=calendrier.at(ECRIT + 1, f"{9 + rang}:00"),
            dossier=dossiers[cle].dossier,
            version=0,
            choix=Choix(scenario=scenario, source="Simulation du dossier (fictif)"),
        )
    freeze_version(acteur=gens.equipe, instant=calendrier.at(FIGE), motif="Version lue avant le prochain COPIL")
