"""Small fictif précadrages and chartes, made by the same acts as those of people."""

from datetime import date
from typing import Any

from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.projet.actions import cadre as actes
from communaccord.plateforme.projet.actions import charte as actes_charte
from communaccord.plateforme.projet.lecture.charte import compute_empreinte, read_parties
from communaccord.plateforme.projet.models import Cadre, Charte, Objectif, Orientation
from communaccord.plateforme.projet.queries.charte import list_parties
from communaccord.plateforme.territoires.models import Demarche

JOUR = date(2026, 3, 12)
COPIL = "Comité de pilotage"


def build_equipe(demarche: Demarche | None = None) -> Acteur:
    return build_acteur_de(demarche or build_demarche(), Role.EQUIPE_PROJET)


def build_contenu(**fields: Any) -> actes.ContenuCadre:
    """Everything that a frame may say."""
    values: dict[str, Any] = {
        "objectifs": "Un accueil ouvert chaque jour.\nDes agents qui ne sont plus seuls.",
        "services_inclus": ("paie", "informatique"),
        "services_exclus": ("police",),
        "perimetre": "Les petites communes d'abord.",
        "formes_exclues": ("transfert",),
        "exclus": "Aucune mairie ne ferme.",
        "principes_financiers": "Chacun paie ce qu'il utilise.",
        "regle_decision": "Le consensus, puis deux tiers des communes.",
        "annee_debut": 2027,
        "annee_fin": 2030,
        "calendrier": "Un premier service en 2027.",
    }
    return actes.ContenuCadre(**{**values, **fields})


def write_brouillon(acteur: Acteur, **fields: Any) -> Cadre:
    """A draft with its words."""
    cadre = actes.start_cadre(acteur=acteur, instant=INSTANT)
    return actes.edit_cadre(
        acteur=acteur, instant=INSTANT, cadre=cadre, version=cadre.version, contenu=build_contenu(**fields)
    )


def propose(acteur: Acteur, **fields: Any) -> Cadre:
    return actes.propose_cadre(acteur=acteur, instant=INSTANT, cadre=write_brouillon(acteur, **fields))


def validate(acteur: Acteur, cadre: Cadre, jour: date = JOUR, instance: str = COPIL) -> Cadre:
    return actes.validate_cadre(
        acteur=acteur, instant=INSTANT, cadre=cadre, version=cadre.version, jour=jour, instance=instance
    )


def build_valide(acteur: Acteur, **fields: Any) -> Cadre:
    """A frame that an instance validated on 12 March 2026."""
    return validate(acteur, propose(acteur, **fields))


def build_plan(demarche: Demarche) -> Objectif:
    """One orientation and its objectif."""
    orientation = Orientation.objects.create(demarche=demarche, rang=1, titre="Vivre bien partout (fictif)")
    return Objectif.objects.create(
        demarche=demarche, orientation=orientation, rang=1, titre="Un accueil près de chez soi (fictif)"
    )


def read_projet(acteur: Acteur, charte: Charte) -> str:
    """The hash of the project of charte as it reads now."""
    parties = read_parties(actes_charte.read_proposees(acteur), list_parties(acteur, charte))
    return compute_empreinte({partie.cle: partie.texte for partie in parties})


def build_projet(acteur: Acteur) -> Charte:
    """A project of charte, fed by a validated frame and a plan."""
    build_valide(acteur)
    build_plan(acteur.demarche)
    return actes_charte.start_charte(acteur=acteur, instant=INSTANT)


def adopt(acteur: Acteur, charte: Charte, jour: date = JOUR) -> Charte:
    lu = read_projet(acteur, charte)
    return actes_charte.adopt_charte(
        acteur=acteur, instant=INSTANT, charte=charte, lu=lu, jour=jour, instance="Conférence des maires"
    )


def build_adoptee(acteur: Acteur, jour: date = JOUR) -> Charte:
    return adopt(acteur, build_projet(acteur), jour)
