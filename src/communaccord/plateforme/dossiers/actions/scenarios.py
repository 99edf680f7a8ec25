"""Scenarios: written as drafts, frozen once, replaced by a new version."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.actions.communs import (
    EditionConcurrente,
    SaisieRefusee,
    check_demarche,
    lock_modifiable,
    sign,
)
from communaccord.plateforme.dossiers.actions.dossiers import journalise
from communaccord.plateforme.dossiers.actions.profondeur_copie import copy_profondeur, snapshot_profondeur
from communaccord.plateforme.dossiers.bridge.gel import MOTEUR, Calcul, SansReponse, compute_gel
from communaccord.plateforme.dossiers.bridge.simulation import index_valeurs, is_chiffres, parse_leviers
from communaccord.plateforme.dossiers.enums import Engagement, Forme, Qualite
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier, EffetCommune, Gel, Scenario
from communaccord.plateforme.dossiers.rules import may_prepare
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import Anomalie, Simulation

FIGE = "Ce scénario est figé : ouvrez-en une nouvelle version pour le changer."


@dataclass(frozen=True, slots=True)
class ContenuScenario:
    """A draft: ``leviers`` as the simulator reads them (bridge.simulation.LEVIERS), texts as typed.

    ``hausse_max``: cap on the yearly rise that the scenario undertakes, in hundredths of a percent (200 is 2 %).
    """

    libelle: str
    leviers: Mapping[str, Any] = field(default_factory=dict)
    forme: str = Forme.A_CHOISIR
    forme_precision: str = ""
    engagements: tuple[str, ...] = ()
    hausse_max: int | None = None


def list_valeurs(dossier: Dossier, contenu: ContenuScenario) -> dict[str, Any]:
    """The columns to write. Errors: SaisieRefusee, unless only figures of the communes are still missing."""
    if not contenu.libelle.strip():
        anomalie = Anomalie("libelle", "Nom du scénario", "il manque.", "Donnez-lui un nom court.")
        raise SaisieRefusee([anomalie])
    if not set(contenu.engagements) <= set(Engagement.values):
        raise Conflit("Engagement inconnu : choisissez dans la liste.")
    lue = read_simulation(dossier, contenu.leviers, contenu.libelle)
    if isinstance(lue, list) and (fautes := [anomalie for anomalie in lue if not is_chiffres(anomalie)]):
        raise SaisieRefusee(fautes)
    return {
        "libelle": contenu.libelle.strip()[:80],
        "leviers": dict(contenu.leviers),
        "forme": contenu.forme,
        "forme_precision": contenu.forme_precision,
        "engagements": sorted(contenu.engagements),
        "hausse_max": contenu.hausse_max,
    }


def read_simulation(dossier: Dossier, leviers: Mapping[str, Any], libelle: str) -> Simulation | list[Anomalie]:
    """The simulation of these levers with the figures that the communes have given: two queries."""
    donnees = DonneesCommune.objects.filter(dossier=dossier).select_related("commune")
    communes = CommuneMembre.objects.filter(demarche_id=dossier.demarche_id)
    return parse_leviers(dossier, communes, index_valeurs(donnees), leviers, libelle)


@transaction.atomic
def create_scenario(*, acteur: Acteur, instant: datetime, dossier: Dossier, contenu: ContenuScenario) -> Scenario:
    """Add a draft after the others. Errors: SaisieRefusee."""
    require(may_prepare(acteur))
    check_demarche(acteur, dossier)
    actuel = lock_modifiable(dossier)
    rang = (Scenario.objects.filter(dossier=actuel).aggregate(dernier=Max("rang"))["dernier"] or 0) + 1
    scenario = Scenario.objects.create(
        dossier=actuel,
        rang=rang,
        **list_valeurs(actuel, contenu),
        cree_par=acteur.nom[:250],
        cree_le=instant,
        **sign(acteur, instant),
    )
    note(acteur, instant, scenario, "scenario.cree", "a préparé")
    return scenario


@transaction.atomic
def edit_scenario(
    *, acteur: Acteur, instant: datetime, scenario: Scenario, version: int, contenu: ContenuScenario
) -> Scenario:
    """Write a draft over the version that was read. Errors: EditionConcurrente, SaisieRefusee, Conflit if frozen."""
    require(may_prepare(acteur))
    check_demarche(acteur, scenario.dossier)
    dossier = lock_modifiable(scenario.dossier)
    refuse_fige(scenario)
    valeurs = list_valeurs(dossier, contenu)
    rows = Scenario.objects.filter(pk=scenario.pk, version=version, fige_le__isnull=True)
    written = rows.update(**valeurs, **sign(acteur, instant), version=F("version") + 1)
    actuel = Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)
    if not written:
        raise EditionConcurrente(actuel, actuel.modifie_par)
    note(acteur, instant, actuel, "scenario.modifie", "a modifié")
    return actuel


@transaction.atomic
def delete_scenario(*, acteur: Acteur, instant: datetime, scenario: Scenario) -> None:
    """Throw a draft away; what is frozen stays."""
    require(may_prepare(acteur))
    check_demarche(acteur, scenario.dossier)
    lock_modifiable(scenario.dossier)
    refuse_fige(scenario)
    note(acteur, instant, scenario, "scenario.supprime", "a supprimé, encore en brouillon,")
    scenario.delete()


def refuse_fige(scenario: Scenario) -> None:
    if Scenario.objects.filter(pk=scenario.pk, fige_le__isnull=False).exists():
        raise Conflit(FIGE)


def freeze_scenario(*, acteur: Acteur, instant: datetime, scenario: Scenario, version: int) -> Gel:
    """Compute the scenario and freeze it with the figures of the day: it never changes any more.

    ``version``: that of the draft that was read. Errors: SaisieRefusee when figures are missing, Conflit when the
    simulation has no answer or when the scenario is already frozen, EditionConcurrente when the draft has moved.
    """
    require(may_prepare(acteur))
    check_demarche(acteur, scenario.dossier)
    refuse_fige(scenario)
    draft = Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)
    if draft.version != version:
        raise EditionConcurrente(draft, draft.modifie_par)
    donnees = list(DonneesCommune.objects.filter(dossier=draft.dossier).select_related("commune"))
    communes = list(CommuneMembre.objects.filter(demarche_id=draft.dossier.demarche_id))
    calcul = compute_scenario(draft, communes, donnees)
    with transaction.atomic():
        lock_modifiable(draft.dossier)
        rows = Scenario.objects.filter(pk=draft.pk, version=version, fige_le__isnull=True)
        if not rows.update(fige_le=instant, **sign(acteur, instant)):
            raise Conflit("Ce scénario vient d'être modifié ou figé : relisez-le.")
        gel = Gel.objects.create(
            scenario_id=draft.pk,
            instant=instant,
            mandat_id=acteur.mandat_id,
            qui=acteur.nom[:250],
            moteur=MOTEUR,
            entree=calcul.entree,
            empreinte=calcul.empreinte,
            resultat=calcul.resultat,
            **calcul.resume,
        )
        EffetCommune.objects.bulk_create(build_effets(draft, calcul, communes, donnees))
        note(acteur, instant, draft, "scenario.fige", "a figé, avec ses chiffres,")
    return gel


def compute_scenario(draft: Scenario, communes: list[CommuneMembre], donnees: list[DonneesCommune]) -> Calcul:
    lue = parse_leviers(draft.dossier, communes, index_valeurs(donnees), draft.leviers, draft.libelle)
    if isinstance(lue, list):
        raise SaisieRefusee(lue)
    contexte = {
        "dossier": draft.dossier.titre,
        "scenario": {
            "libelle": draft.libelle,
            "forme": draft.forme,
            "forme_precision": draft.forme_precision,
            "engagements": draft.engagements,
            "hausse_max": draft.hausse_max,
            "version": draft.numero,
        },
        "origine": {donnee.commune.code: write_origine(donnee) for donnee in donnees},
    }
    if profondeur := snapshot_profondeur(draft):
        contexte["profondeur"] = profondeur
    try:
        return compute_gel(lue, sel=secrets.token_hex(16), contexte=contexte)
    except SansReponse as sans:
        raise Conflit(f"Ce scénario n'a pas de réponse. {sans}") from sans


def write_origine(donnee: DonneesCommune) -> dict[str, Any]:
    """Where the figures of a commune come from, frozen with them."""
    return {
        "annee": donnee.annee,
        "source": donnee.source,
        "qualite": donnee.qualite,
        "origine": donnee.origine,
        "saisi_par": donnee.saisi_par,
        "saisi_le": donnee.saisi_le.isoformat(),
    }


def build_effets(
    scenario: Scenario, calcul: Calcul, communes: list[CommuneMembre], donnees: list[DonneesCommune]
) -> list[EffetCommune]:
    """One row a commune of the démarche, whether it takes part or not."""
    by_commune = {donnee.commune_id: donnee for donnee in donnees}
    rows = []
    for commune in communes:
        donnee = by_commune.get(commune.pk)
        effet = calcul.effets.get(commune.code, {"participe": False})
        rows.append(
            EffetCommune(
                scenario=scenario,
                commune=commune,
                population=commune.population_municipale,
                estime=donnee is None or donnee.qualite == Qualite.ESTIME,
                **count_agents(donnee, participe=effet["participe"]),
                **effet,
            )
        )
    return rows


def count_agents(donnee: DonneesCommune | None, *, participe: bool) -> dict[str, int | None]:
    """Staff of the commune before and after: only a commune that takes part sees agents join the service."""
    if donnee is None or donnee.agents is None:
        return {"agents_avant": None, "agents_concernes": None, "agents_apres": None}
    concernes = donnee.agents_concernes if participe else 0
    apres = None if concernes is None else donnee.agents - concernes
    return {"agents_avant": donnee.agents, "agents_concernes": concernes, "agents_apres": apres}


@transaction.atomic
def open_version(*, acteur: Acteur, instant: datetime, scenario: Scenario) -> Scenario:
    """Start the next version of a frozen scenario, as a draft; the frozen one stays shown until the new one is."""
    require(may_prepare(acteur))
    check_demarche(acteur, scenario.dossier)
    dossier = lock_modifiable(scenario.dossier)
    if not scenario.est_fige:
        raise Conflit("Ce scénario n'est pas figé : modifiez-le directement.")
    try:
        with transaction.atomic():
            suivant = Scenario.objects.create(
                dossier=dossier,
                rang=scenario.rang,
                numero=scenario.numero + 1,
                remplace=scenario,
                **{nom: getattr(scenario, nom) for nom in ContenuScenario.__slots__},
                cree_par=acteur.nom[:250],
                cree_le=instant,
                **sign(acteur, instant),
            )
    except IntegrityError as error:
        raise Conflit("Une nouvelle version de ce scénario est déjà en préparation : ouvrez-la.") from error
    copy_profondeur(scenario, suivant)
    note(acteur, instant, suivant, "scenario.nouvelle_version", f"a repris, dans une version {suivant.numero},")
    return suivant


def note(acteur: Acteur, instant: datetime, scenario: Scenario, verbe: str, phrase: str) -> None:
    quoi = f"le scénario {scenario.lettre} « {scenario.libelle} » du dossier « {scenario.dossier.titre} »"
    journalise(acteur, instant, scenario.dossier, verbe, f"{phrase} {quoi}")
