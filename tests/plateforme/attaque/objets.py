"""What an act is tried on: objects of commune F001 or of the démarche, by the name of its parameter."""

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from tests.plateforme.attaque.monde import MAINTENANT, Monde, cut_territoire

from communaccord.plateforme.accords.models import AVousSeule, Element, Enveloppe, Reponse
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.demo.recit.textes import DOSSIERS
from communaccord.plateforme.diagnostic.actions.flux import ContenuFlux
from communaccord.plateforme.diagnostic.models import (
    Campagne,
    Fiche,
    Flux,
    Ligne,
    Priorisation,
    PropositionLigne,
    QuestionLigne,
)
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.instances.enums import TypeInstance
from communaccord.plateforme.instances.models import Convocation, Instance, MembreInstance, Point, Seance
from communaccord.plateforme.projet.models import Cadre, Charte, Orientation
from communaccord.plateforme.rapports.models import VersionRapport

COMMUNE = "F001"


class Objets:
    """What an act is tried on, by the name of its parameter; all of commune F001 or of the démarche."""

    def __init__(self, monde: Monde) -> None:
        self.monde = monde
        gens, demarche = monde.gens, monde.demarche
        tour = monde.get_tour(2)
        reponse = Reponse.objects.with_tour().filter(tour=tour, commune__code=COMMUNE).first()
        copil = Instance.objects.filter(demarche=demarche, type=TypeInstance.COPIL).get()
        dossier = Dossier.objects.filter(demarche=demarche).first()
        seance = Seance.objects.select_related("instance__demarche").filter(instance=copil).latest("debut")
        convocation = Convocation.objects.filter(seance=seance, mandat=gens.maire(COMMUNE).mandat)
        self.preparation = self.list_preparation()
        self.par_nom: dict[str, Any] = {
            "instant": MAINTENANT,
            "tour": tour,
            "regle": tour.regle,
            "reponse": reponse,
            "reponses": [(reponse, reponse.version)],
            "assesseur": tour.assesseurs.exclude(mandat__commune__code=COMMUNE).first(),
            "enveloppe": Enveloppe.objects.select_related("tour", "commune", "saisie_par").filter(tour=tour).get(),
            "a_vous_seule": AVousSeule.objects.select_related("tour").get(commune__code=COMMUNE),
            "element": Element.objects.filter(reponse__commune__code=COMMUNE, pli__isnull=False).first(),
            "commune": gens.communes[COMMUNE],
            "personne": gens.maire("F002").mandat.personne,
            "mandat": gens.maire("F002").mandat,
            "dossier": dossier,
            "scenario": Scenario.objects.select_related("dossier__demarche").filter(dossier=dossier).first(),
            "instance": copil,
            "membre": MembreInstance.objects.select_related("instance").filter(instance=copil).last(),
            "seance": seance,
            "vers": seance,
            "point": Point.objects.select_related("seance__instance__demarche").filter(seance=seance).first(),
            "convocation": convocation.select_related("seance__instance__demarche", "mandat").get(),
            "role": Role.AGENT,
            "type": TypeInstance.GROUPE_DE_TRAVAIL,
            "fin": MAINTENANT.date(),
            "cloture_le": tour.cloture_le + timedelta(days=1),
            "ouvre_le": MAINTENANT,
            "debut": MAINTENANT + timedelta(days=20),
            "adoptee_le": date(2026, 11, 1),
            "elements": (),
            "scenarios": [],
            "articles": [],
            "lignes": [],
            "mot": "non",
            "entrees": [],
            "communes": [],
            "choix": [],
            "valeurs": {},
            "contenu": SimpleNamespace(),
            "entree": SimpleNamespace(),
            "saisie": SimpleNamespace(),
            "simulation": DOSSIERS[0].build_simulation(cut_territoire()),
            "chiffres": SimpleNamespace(),
            **self.preparation,
        }

    def list_preparation(self) -> dict[str, Any]:
        """The projet de territoire, the état des lieux and the rapport: what their acts are tried on."""
        demarche, commune = self.monde.demarche, self.monde.gens.communes[COMMUNE]
        campagne = Campagne.objects.select_related("demarche").get(demarche=demarche)
        lignes = Ligne.objects.select_related("campagne__demarche").filter(campagne=campagne)
        flux = Flux.objects.with_corps().select_related("campagne__demarche")
        verse = flux.filter(campagne=campagne, nature="ac", beneficiaire=commune).get()
        contenu = ContenuFlux("ac", "Attribution de compensation", beneficiaire_id=commune.pk)
        propositions = PropositionLigne.objects.select_related("campagne__demarche", "ligne")
        return {
            "campagne": campagne,
            "fiche": Fiche.objects.with_commune().get(campagne=campagne, commune=commune),
            "ligne": lignes.first(),
            "question": QuestionLigne.objects.select_related("fiche__campagne", "ligne").first(),
            "proposition": propositions.get(campagne=campagne),
            "flux": verse,
            "priorisation": Priorisation.objects.with_campagne().get(campagne=campagne),
            **dict.fromkeys(("gardee", "autre", "one", "other"), verse),
            "contenus": [contenu],
            "cadre": Cadre.objects.select_related("demarche").get(demarche=demarche, etat="brouillon"),
            "charte": Charte.objects.select_related("demarche").get(demarche=demarche),
            "contenu_flux": contenu,
        }

    def build(self, act: str, function: Callable[..., Any]) -> dict[str, Any]:
        """Arguments of an act: its objects, and something empty where it takes words or figures."""
        values = {}
        for name, parameter in inspect.signature(function).parameters.items():
            if name == "acteur" or parameter.default is not parameter.empty:
                continue
            values[name] = self.par_nom.get(name, 0 if name in ("version", "seuil", "conservation_mois") else "")
        if act == "instances.answer_convocation":
            values["reponse"] = "present"
        if act == "instances.record_deliberation":
            conseil = Point.objects.select_related("seance__instance__demarche")
            values["point"] = conseil.get(seance__instance__type=TypeInstance.CONSEIL_COMMUNAUTAIRE)
        if act == "accords.enter_enveloppe":
            values["reponses"] = {}
        if act in ("diagnostic.declare_flux", "diagnostic.edit_flux"):
            values["contenu"] = self.par_nom["contenu_flux"]
        if act.startswith("projet.") and "element" in values:
            values |= {"niveau": "orientations", "element": Orientation.objects.get(rang=1)}
        if act in ("rapports.validate_version", "rapports.withdraw_validation"):
            values["version"] = VersionRapport.objects.select_related("rapport__demarche").get()
        return values
