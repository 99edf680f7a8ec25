"""The communes choose priorities: one ballot each but two, closed, the result frozen."""

from math import floor

from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.territoire.hasard import draw
from communaccord.plateforme.diagnostic.actions.priorites import (
    ContenuPriorisation,
    close_priorisation,
    create_priorisation,
    open_priorisation,
    record_bulletin,
)
from communaccord.plateforme.diagnostic.enums import MENTIONS, ModePriorisation
from communaccord.plateforme.diagnostic.models import Campagne, OptionPriorite
from communaccord.plateforme.projet.catalogue import PAR_CLE

PREPAREES, OUVERTES, BULLETINS, DERNIER_JOUR, CLOSES = -62, -61, -60, -52, -51
SERVICES = ("secretariat", "informatique", "urbanisme", "commande_publique", "voirie", "ecoles")
AJOUTEE = "Remplacements d'agents techniques"
SANS_BULLETIN = ("F007", "F024")
# Added to the chance of an option: what the story then studies comes out first.
PENCHANTS = {"secretariat": 0.35, "informatique": 0.25, "urbanisme": 0.15}


def tell_priorites(gens: Gens, calendrier: Calendrier, campagne: Campagne) -> None:
    """Options from the services of the état des lieux and one more; ballots by the mayors; closed by the équipe."""
    options = ((PAR_CLE[cle].libelle, cle) for cle in SERVICES)
    contenu = ContenuPriorisation(
        titre="Par quoi commencer (fictif)",
        question="Pour votre commune, partager ce service serait-il indispensable, utile ou secondaire ?",
        mode=ModePriorisation.MENTIONS,
        fin=calendrier.get_jour(DERNIER_JOUR),
        options=(*options, (AJOUTEE, "")),
    )
    equipe = gens.equipe
    created = create_priorisation(acteur=equipe, instant=calendrier.at(PREPAREES), campagne=campagne, contenu=contenu)
    opened = open_priorisation(acteur=equipe, instant=calendrier.at(OUVERTES), priorisation=created)
    rows = list(OptionPriorite.objects.filter(priorisation=opened))
    for rang, code in enumerate(code for code in gens.communes if code not in SANS_BULLETIN):
        record_bulletin(
            acteur=gens.maire(code),
            instant=calendrier.at(BULLETINS + rang % 8, f"{9 + rang // 8}:20"),
            priorisation=opened,
            version=0,
            choix={option.pk: choose_note(option, code) for option in rows},
            depose=True,
        )
    close_priorisation(acteur=equipe, instant=calendrier.at(CLOSES), priorisation=opened)


def choose_note(option: OptionPriorite, code: str) -> int:
    """The place of a mention on the scale, drawn from the words."""
    chance = draw("priorité", option.libelle, code) + PENCHANTS.get(option.service, 0)
    return min(floor(chance * len(MENTIONS)), len(MENTIONS) - 1)
