"""Who may do what, for every act of every room and every role: one table, held against the acts themselves.

Each act is tried for real, in the name of each role, on objects of commune F001; whatever it writes is undone. It is
refused by `ActionRefusee` and by nothing else: a role that may not act is told so before anything else is looked at.
A new act without its line here fails.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from tests.plateforme.attaque.monde import MAINTENANT, Monde, cut_territoire
from tests.plateforme.fabriques import build_acteur_de, build_demarche

from communaccord import plateforme
from communaccord.plateforme.accords.models import AVousSeule, Element, Enveloppe, Reponse
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import EQUIPE, EXECUTIF, MAIRIE, Role
from communaccord.plateforme.demo.recit.textes import DOSSIERS
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.instances.enums import TypeInstance
from communaccord.plateforme.instances.models import Convocation, Instance, MembreInstance, Point, Seance
from communaccord.plateforme.socle.permis import ActionRefusee

pytestmark = pytest.mark.django_db

COMMUNE = "F001"
TOUS = frozenset(Role)
PERSONNE: frozenset[Role] = frozenset()
MAIRE, PRESIDENT = frozenset({Role.MAIRE}), frozenset({Role.PRESIDENT})
PREPARENT = EQUIPE | {Role.CONSULTANT}
DANS_LA_COMMUNE = MAIRIE | {Role.CONSEILLER_MUNICIPAL}

# By room: act -> the roles that may, in the commune that the act is about.
TABLE: dict[str, frozenset[Any]] = {
    **dict.fromkeys(
        (
            "accords.prepare_regle_du_jeu",
            "accords.write_regle_du_jeu",
            "accords.adopt_regle_du_jeu",
            "accords.prepare_tour",
            "accords.change_tour",
            "accords.draw_assesseurs",
            "accords.open_tour",
            "accords.extend_cloture",
            "accords.abandon_tour",
            "accords.declare_non_depouillable",
            "accords.remind_commune",
            "accords.register_enveloppe",
            "accords.return_enveloppe",
            "accords.enter_enveloppe",
            "accords.discard_enveloppe",
            "comptes.add_personne",
            "comptes.edit_personne",
            "comptes.end_mandat",
            "comptes.end_mandats_commune",
            "comptes.import_personnes",
            "comptes.open_mandat",
            "comptes.invite_mandats",
            "comptes.invite_personne",
            "comptes.reset_code",
            "comptes.confirm_by_code",
            "dossiers.conclude_dossier",
            "dossiers.reopen_dossier",
            "dossiers.withdraw_dossier",
            "instances.accept_propositions",
            "instances.add_membre",
            "instances.close_instance",
            "instances.create_instance",
            "instances.create_pole",
            "instances.remove_membre",
            "instances.update_instance",
            "instances.submit_organisation",
            "instances.add_point",
            "instances.carry_point",
            "instances.delete_point",
            "instances.move_point",
            "instances.update_point",
            "instances.cancel_seance",
            "instances.create_seance",
            "instances.update_seance",
            "instances.hold_seance",
            "instances.record_comptes",
            "instances.record_presences",
            "instances.record_conclusion",
            "instances.record_deliberation",
            "territoires.enter_demarche_en_cours",
            "territoires.set_phases",
        ),
        EQUIPE,
    ),
    **dict.fromkeys(
        (
            "dossiers.create_dossier",
            "dossiers.edit_dossier",
            "dossiers.open_collecte",
            "dossiers.close_collecte",
            "dossiers.present_dossier",
            "dossiers.import_simulation",
            "dossiers.start_dossier",
            "dossiers.create_scenario",
            "dossiers.edit_scenario",
            "dossiers.delete_scenario",
            "dossiers.freeze_scenario",
            "dossiers.open_version",
            "dossiers.import_chiffres",
        ),
        PREPARENT,
    ),
    **dict.fromkeys(
        (
            "accords.validate_reponse",
            "accords.validate_reponses",
            "accords.reopen_reponse",
            "accords.withdraw_reponse",
            "accords.reread_plis",
            "accords.resume_precedente",
            "accords.share_element",
            "accords.share_a_vous_seule",
        ),
        MAIRE,
    ),
    "accords.save_brouillon": MAIRIE,
    "accords.submit_au_maire": MAIRIE,
    # The copy of an envelope is read again by an assesseur (here F001's mayor is none); the draw is another's.
    "accords.reread_enveloppe": PERSONNE,
    "accords.confirm_enveloppe": PERSONNE,
    "accords.reject_saisie": PERSONNE,
    "accords.accept_assesseur": PERSONNE,
    "accords.decline_assesseur": EQUIPE,
    "accords.contribute_part": PERSONNE,
    "accords.depouiller": PERSONNE,
    "comptes.replace_code": MAIRE | EXECUTIF,
    "dossiers.record_chiffres": PREPARENT | MAIRIE | {Role.DIRECTION},
    "instances.convoke_seance": EQUIPE | PRESIDENT,
    "instances.answer_convocation": EQUIPE | MAIRIE,
    "instances.validate_releve": PRESIDENT,
    "instances.reopen_releve": EQUIPE | PRESIDENT,
    "journal.mark_vu": TOUS,
}
# Open to no role of a démarche: the administration of the installation, by its account (comptes/test_rules.py).
PAR_COMPTE = {
    "comptes.confirm_by_administration",
    "comptes.draw_code_confirmation",
    "comptes.found_demarche",
    "comptes.refuse_by_administration",
}
# Called by other acts once the right is checked: no view may import them (held below).
INTERIEURS = {
    # Called by edit_personne, which checks the right.
    "comptes.change_adresse",
    "accords.claim_reponse",
    "accords.publish_ouverture",
    "accords.record_tour",
    "instances.advance_seance",
    "instances.store_piece",
    "instances.write_releve",
    "journal.record_acte",
    "territoires.close_demarche",
    "territoires.confirm_demarche",
}
# Tables of which the story holds no row: their lines are held by the tests of their own room.
AILLEURS = {"instances.delete_pole": EQUIPE, "instances.record_suivi": EQUIPE | MAIRIE}


def list_actes() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every function of the write side that acts in somebody's name."""
    for module in pkgutil.walk_packages(plateforme.__path__, f"{plateforme.__name__}."):
        parts = module.name.split(".")
        if len(parts) < 4 or parts[3] != "actions":
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_own = function.__module__ == module.name
            if is_own and {"acteur", "compte"} & list_noms(function):
                yield f"{parts[2]}.{name}", function


def list_noms(function: Callable[..., Any]) -> set[str]:
    return {n for n, p in inspect.signature(function).parameters.items() if p.kind == p.KEYWORD_ONLY}


ACTES = dict(list_actes())


def test_every_act_has_its_line():
    assert set(ACTES) == set(TABLE) | PAR_COMPTE | INTERIEURS | set(AILLEURS)
    assert len(TABLE) + len(PAR_COMPTE) + len(INTERIEURS) + len(AILLEURS) == len(ACTES)


def test_no_view_reaches_an_act_that_checks_no_right():
    names = {act.split(".")[1] for act in INTERIEURS}
    views = [m for m in pkgutil.walk_packages(plateforme.__path__, f"{plateforme.__name__}.") if ".views" in m.name]
    assert len(views) > 20
    for module in views:
        assert not names & set(vars(importlib.import_module(module.name))), module.name


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
            "entrees": [],
            "communes": [],
            "choix": [],
            "valeurs": {},
            "contenu": SimpleNamespace(),
            "entree": SimpleNamespace(),
            "saisie": SimpleNamespace(),
            "simulation": DOSSIERS[0].build_simulation(cut_territoire()),
            "chiffres": SimpleNamespace(),
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
        return values


@pytest.fixture
def objets(monde):
    return Objets(monde)


def build_acteur(monde: Monde, role: Role) -> Acteur:
    return monde.gens.get(role, COMMUNE if role in DANS_LA_COMMUNE else "")


def is_refused(function: Callable[..., Any], acteur: Acteur, values: dict[str, Any]) -> bool:
    """Whether the right was refused; anything else that an act says comes after the right."""
    motif = ""
    with transaction.atomic():
        try:
            with transaction.atomic():
                function(acteur=acteur, **values)
        except ActionRefusee as error:
            motif = error.refus.motif
        except Exception:
            motif = ""
        transaction.set_rollback(True)
    return motif.endswith(".")


@pytest.mark.parametrize("act", TABLE)
def test_who_may(monde, objets, act):
    function = ACTES[act]
    values = objets.build(act, function)
    allowed = {role for role in Role if not is_refused(function, build_acteur(monde, role), values)}
    assert allowed == set(TABLE[act])


SANS_OBJET = {
    "accords.prepare_regle_du_jeu",
    "comptes.add_personne",
    "comptes.import_personnes",
    "comptes.invite_mandats",
    "comptes.confirm_by_code",
    "comptes.replace_code",
    "dossiers.create_dossier",
    "dossiers.start_dossier",
    "instances.accept_propositions",
    "instances.create_instance",
    "instances.create_pole",
    "instances.submit_organisation",
    "territoires.enter_demarche_en_cours",
    "territoires.set_phases",
    "journal.mark_vu",
}


@pytest.mark.parametrize("act", [act for act in TABLE if act not in SANS_OBJET])
def test_nobody_acts_on_another_demarche(monde, objets, act):
    """Whatever the role, an object of another démarche is out of reach, though no page shows it."""
    other = build_demarche(1)
    for role in (Role.EQUIPE_PROJET, Role.PRESIDENT, Role.MAIRE):
        acteur = build_acteur_de(other, role)
        assert is_refused(ACTES[act], acteur, objets.build(act, ACTES[act])), role


PAR_COMMUNE = [act for act, roles in TABLE.items() if roles & MAIRIE and act not in SANS_OBJET]


@pytest.mark.parametrize("act", PAR_COMMUNE)
def test_nobody_acts_for_another_commune(monde, objets, act):
    values = objets.build(act, ACTES[act])
    for role in sorted(MAIRIE | EXECUTIF):
        acteur = monde.gens.get(role, "F007" if role in MAIRIE else "")
        assert is_refused(ACTES[act], acteur, values) == (role not in TABLE[act] or role in MAIRIE), role
