"""The figures of the communes: typed by a mairie or by those who prepare, or taken from a table after its preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import MAIRIE, Role
from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.dossiers.actions.communs import EditionConcurrente, SaisieRefusee
from communaccord.plateforme.dossiers.bridge.simulation import check_valeurs
from communaccord.plateforme.dossiers.enums import Origine, Qualite
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier
from communaccord.plateforme.dossiers.rules import may_enter, may_prepare, may_replace
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import Anomalie
from communaccord.simulateur.ecriture import pluralize

ANNEES = (2000, 2100)
AGENTS_MAX = 100_000
DEMESURE = "ce nombre est démesuré."


@dataclass(frozen=True, slots=True)
class Chiffres:
    """Figures of one commune as typed: ``valeurs`` are the simulator's fields, what is absent is unknown."""

    valeurs: Mapping[str, Any] = field(default_factory=dict)
    agents: int | None = None
    agents_concernes: int | None = None
    annee: int | None = None
    source: str = ""
    qualite: str = Qualite.ESTIME


def check_chiffres(chiffres: Chiffres) -> list[Anomalie]:
    """What the simulator does not check: people and the year."""
    fautes = []
    agents, concernes = chiffres.agents, chiffres.agents_concernes
    comptes = (("agents", "Agents", agents), ("agents_concernes", "Agents qui rejoindraient le service", concernes))
    for champ, libelle, nombre in comptes:
        if nombre is not None and nombre > AGENTS_MAX:
            fautes.append(Anomalie(champ, libelle, DEMESURE, "Comptez des personnes, pas des heures ni des euros."))
    if (agents is not None and agents < 0) or (concernes is not None and concernes < 0):
        fautes.append(Anomalie("agents", "Agents", "un nombre d'agents ne peut être négatif.", "Corrigez-le."))
    elif agents is not None and concernes is not None and concernes > agents:
        message = "ils sont plus nombreux que les agents qui y travaillent aujourd'hui."
        fautes.append(Anomalie("agents_concernes", "Agents qui rejoindraient le service", message, "Corrigez-les."))
    if chiffres.annee is not None and not ANNEES[0] <= chiffres.annee <= ANNEES[1]:
        fautes.append(Anomalie("annee", "Année", f"« {chiffres.annee} » n'est pas une année.", "Écrivez 2025."))
    return fautes


def normalize_chiffres(
    dossier: Dossier, communes: list[CommuneMembre], chiffres: Mapping[str, Chiffres]
) -> dict[str, Chiffres]:
    """Figures by code, their values as the simulator keeps them. Errors: SaisieRefusee with what is to be mended."""
    fautes = [faute for propres in chiffres.values() for faute in check_chiffres(propres)]
    lues = check_valeurs(dossier, communes, {code: propres.valeurs for code, propres in chiffres.items()})
    if isinstance(lues, list):
        raise SaisieRefusee([*fautes, *lues])
    if fautes:
        raise SaisieRefusee(fautes)
    return {code: replace(propres, valeurs=lues.get(code, {})) for code, propres in chiffres.items()}


def list_colonnes(acteur: Acteur, instant: datetime, chiffres: Chiffres, origine: Origine) -> dict[str, Any]:
    """The columns to write; what a direction proposes stays an estimate."""
    qualite = Qualite.ESTIME if acteur.role == Role.DIRECTION else chiffres.qualite
    return {
        "valeurs": dict(chiffres.valeurs),
        "agents": chiffres.agents,
        "agents_concernes": chiffres.agents_concernes,
        "annee": chiffres.annee,
        "source": chiffres.source[:200],
        "qualite": qualite,
        "origine": origine,
        "par_la_commune": acteur.role in MAIRIE,
        "saisi_par": acteur.nom[:250],
        "saisi_le": instant,
    }


@transaction.atomic
def record_chiffres(
    *, acteur: Acteur, instant: datetime, dossier: Dossier, commune: CommuneMembre, version: int, chiffres: Chiffres
) -> DonneesCommune:
    """Write the figures of one commune over the version that was read (0: none yet).

    Errors: SaisieRefusee when something is to be mended, EditionConcurrente when somebody else wrote meanwhile.
    """
    require(may_enter(acteur, dossier, commune.pk))
    actuelles = DonneesCommune.objects.filter(dossier=dossier, commune=commune).first()
    if actuelles is not None:
        require(may_replace(acteur, actuelles))
    propres = normalize_chiffres(dossier, [commune], {commune.code: chiffres})[commune.code]
    colonnes = list_colonnes(acteur, instant, propres, Origine.SAISIE)
    if not write_chiffres(dossier, commune, version, colonnes):
        actuelles = DonneesCommune.objects.get(dossier=dossier, commune=commune)
        raise EditionConcurrente(actuelles, actuelles.saisi_par)
    phrase = f"a saisi les chiffres {write_de(commune.nom)} pour le dossier « {dossier.titre} »"
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="chiffres.saisis",
        phrase=phrase,
        portee=Portee.COMMUNE,
        objet=dossier,
        commune_id=commune.pk,
    )
    return DonneesCommune.objects.select_related("commune").get(dossier=dossier, commune=commune)


def write_chiffres(dossier: Dossier, commune: CommuneMembre, version: int, colonnes: dict[str, Any]) -> bool:
    """False, and nothing written, when the row is not at this version."""
    if version:
        rows = DonneesCommune.objects.filter(dossier=dossier, commune=commune, version=version)
        return bool(rows.update(**colonnes, version=F("version") + 1))
    try:
        with transaction.atomic():
            DonneesCommune.objects.create(dossier=dossier, commune=commune, **colonnes)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def import_chiffres(
    *,
    acteur: Acteur,
    instant: datetime,
    dossier: Dossier,
    valeurs: Mapping[str, Mapping[str, Any]],
    annee: int | None = None,
    source: str = "",
    qualite: str = Qualite.ESTIME,
    remplacer: bool = False,
    origine: Origine = Origine.IMPORT,
) -> tuple[int, list[str]]:
    """Write the figures of several communes at once, by code; how many, and the names of those left as they were.

    What a mairie gave itself is never written over; what others entered is completed, and written over only with
    ``remplacer``; a figure that the table does not give stays as it was. Errors: SaisieRefusee when a figure is to be
    mended: nothing is written.
    """
    require(may_prepare(acteur))
    require(may_enter(acteur, dossier, 0))
    communes = list(CommuneMembre.objects.filter(demarche_id=dossier.demarche_id, code__in=valeurs))
    existing = {d.commune_id: d for d in DonneesCommune.objects.filter(dossier=dossier).select_for_update()}
    changed, kept = {}, []
    for commune in communes:
        actuelles = existing.get(commune.pk)
        nouveaux = Chiffres(valeurs[commune.code], annee=annee, source=source, qualite=qualite)
        merged = merge_chiffres(actuelles, nouveaux, remplacer=remplacer)
        if merged is None:
            kept.append(commune.nom)
        else:
            changed[commune.code] = merged
    propres = normalize_chiffres(dossier, communes, changed)
    for commune in communes:
        if commune.code in propres:
            actuelles = existing.get(commune.pk)
            colonnes = list_colonnes(acteur, instant, propres[commune.code], origine)
            write_chiffres(dossier, commune, actuelles.version if actuelles else 0, colonnes)
    phrase = f"a repris les chiffres de {pluralize(len(propres), 'commune')} pour le dossier « {dossier.titre} »"
    record_acte(
        acteur=acteur, instant=instant, verbe="chiffres.importes", phrase=phrase, portee=Portee.EQUIPE, objet=dossier
    )
    return len(propres), kept


def merge_chiffres(actuelles: DonneesCommune | None, nouveaux: Chiffres, *, remplacer: bool) -> Chiffres | None:
    """What the commune will have: the old figures completed, or replaced; None when they stay as they are."""
    if actuelles is None:
        return nouveaux
    if actuelles.par_la_commune:
        return None
    anciennes = actuelles.valeurs
    valeurs = {**anciennes, **nouveaux.valeurs} if remplacer else {**nouveaux.valeurs, **anciennes}
    if valeurs == anciennes and not remplacer:
        return None
    sources = [nouveaux.source] if remplacer else [actuelles.source, nouveaux.source]
    return replace(
        nouveaux,
        valeurs=valeurs,
        agents=actuelles.agents,
        agents_concernes=actuelles.agents_concernes,
        source=" ; ".join(source for source in dict.fromkeys(sources) if source),
    )
