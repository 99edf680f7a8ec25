"""The figures of a commune, and tables of figures of several: typed, pasted, imported after a preview."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.dossiers.actions import Chiffres
from communaccord.plateforme.dossiers.enums import Qualite
from communaccord.plateforme.dossiers.forms.champs import Texte, check_textes, read_entier
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import Anomalie, Apercu, read_collage, read_tableau

MAX_VALEURS = 400_000
SOURCE = Texte("source", "Source", 200)


@dataclass(frozen=True, slots=True)
class Champ:
    """A figure of a commune: the field of the simulator, its question, its unit, its help."""

    nom: str
    libelle: str
    unite: str
    aide: str = ""


ARGENT_ET_TEMPS = (
    Champ(
        "depense_actuelle",
        "Ce que la commune paie aujourd'hui pour ce service et ne paierait plus",
        "€ par an",
        "Prestataire, logiciel, adhésion… Zéro si elle ne paie rien ; vide si vous ne savez pas.",
    ),
    Champ("heures_actuelles", "Heures que des agents de la commune y passent", "heures par an"),
    Champ("valeur_temps", "Valeur de ces heures, si vous la connaissez", "€ par an"),
)
AUTRES = (
    Champ("temps", "Temps convenu, pour une clé au temps", "heures par an"),
    Champ("potentiel_fiscal", "Potentiel fiscal, pour une clé de solidarité", "€"),
    Champ("cout_seul", "Coût du même service si la commune l'avait seule", "€ par an"),
)


def list_volumes(dossier: Dossier) -> list[Champ]:
    """What the commune asks of the service in a year: one figure, or one an act."""
    unite = dossier.unite or "unités"
    if len(dossier.actes) < 2:
        return [Champ("volume", "Volume par an", unite)]
    return [Champ(f"volumes-{a['code']}", a.get("libelle", a["code"]), "par an") for a in dossier.actes]


def list_champs(dossier: Dossier) -> list[Champ]:
    return [*list_volumes(dossier), *ARGENT_ET_TEMPS, *AUTRES]


def fill_saisie(dossier: Dossier, donnees: DonneesCommune | None) -> Saisie:
    """The form of a commune, with what it gave."""
    if donnees is None:
        return Saisie({"qualite": Qualite.ESTIME})
    champs = {champ.nom: read_valeur(donnees.valeurs, champ.nom) for champ in list_champs(dossier)}
    return Saisie(
        {
            **champs,
            "agents": write_nombre(donnees.agents),
            "agents_concernes": write_nombre(donnees.agents_concernes),
            "annee": write_nombre(donnees.annee),
            "source": donnees.source,
            "qualite": donnees.qualite,
        }
    )


def read_valeur(valeurs: Mapping[str, Any], nom: str) -> str:
    """The text of a figure; ``volumes-pc`` is under ``volumes``."""
    groupe, tiret, acte = nom.partition("-")
    valeur = valeurs.get(groupe, "")
    if tiret:
        valeur = valeur.get(acte, "") if isinstance(valeur, Mapping) else ""
    return str(valeur)


def write_nombre(nombre: int | None) -> str:
    return "" if nombre is None else str(nombre)


def parse_saisie(dossier: Dossier, saisie: Saisie) -> Chiffres | list[Anomalie]:
    """The figures as the action takes them; those of the simulator are checked by it."""
    anomalies = check_textes(saisie, [SOURCE])
    valeurs: dict[str, Any] = {}
    for champ in list_champs(dossier):
        texte = saisie.texte(champ.nom).strip()
        groupe, tiret, acte = champ.nom.partition("-")
        if texte and tiret:
            valeurs.setdefault(groupe, {})[acte] = texte
        elif texte:
            valeurs[champ.nom] = texte
    agents = read_entier(saisie, "agents", "Agents", anomalies)
    concernes = read_entier(saisie, "agents_concernes", "Agents qui rejoindraient le service", anomalies)
    annee = read_entier(saisie, "annee", "Année", anomalies)
    if saisie.texte("qualite") not in Qualite.values:
        anomalies.append(Anomalie("qualite", "Qualité", "elle n'est pas dite.", "Choisissez : estimés ou établis."))
    if anomalies:
        return anomalies
    return Chiffres(
        valeurs=valeurs,
        agents=agents,
        agents_concernes=concernes,
        annee=annee,
        source=saisie.texte("source").strip(),
        qualite=saisie.texte("qualite"),
    )


def locate(anomalies: Sequence[Anomalie], commune: CommuneMembre) -> list[Anomalie]:
    """The same, leading to the fields of the form of one commune."""
    prefixe = f"communes-{commune.code}-"
    return [Anomalie(a.ou.removeprefix(prefixe), a.libelle, a.message, a.que_faire) for a in anomalies]


def list_changements(dossier: Dossier, saisie: Saisie, actuelles: DonneesCommune) -> list[tuple[str, str]]:
    """(label, recorded now) where somebody else wrote something else meanwhile."""
    recorded = fill_saisie(dossier, actuelles)
    noms = [(champ.nom, champ.libelle) for champ in list_champs(dossier)]
    noms += [("agents", "Agents"), ("agents_concernes", "Agents qui rejoindraient le service")]
    noms += [("annee", "Année"), ("source", "Source")]
    return [
        (libelle, recorded.texte(nom) or "(vide)")
        for nom, libelle in noms
        if recorded.texte(nom).strip() != saisie.texte(nom).strip()
    ]


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table to import: what was read, what will be taken (as text, given back by the page), what was typed beside."""

    apercu: Apercu | None
    valeurs: str
    saisie: Saisie


def preview_tableau(
    dossier: Dossier, communes: Sequence[CommuneMembre], saisie: Saisie, fichier: tuple[bytes, str] | None
) -> Tableau:
    """Read the file, or else the pasted cells; nothing is recorded yet."""
    noms = {commune.code: commune.nom for commune in communes}
    actes = {acte["code"]: acte.get("libelle", acte["code"]) for acte in dossier.actes}
    champ = saisie.texte("colonne") or "depense_actuelle"
    if fichier is not None:
        apercu = read_tableau(fichier[0], fichier[1], noms, actes=actes, champ_defaut=champ)
    else:
        apercu = read_collage(saisie.texte("collage"), noms, actes=actes, champ_defaut=champ)
    valeurs = {code: champs for code, champs in drop_identite(apercu.to_communes()).items() if champs}
    return Tableau(apercu, json.dumps(valeurs, ensure_ascii=False, sort_keys=True), saisie)


def drop_identite(communes: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Figures only: the name and the population of a commune are those of the démarche."""
    identite = {"code", "nom", "population"}
    return {code: {nom: v for nom, v in champs.items() if nom not in identite} for code, champs in communes.items()}


def read_valeurs(saisie: Saisie, codes: Sequence[str]) -> dict[str, dict[str, Any]] | None:
    """What the page gives back of a preview; None when it cannot be read. Its figures are checked again."""
    texte = saisie.texte("valeurs")
    if len(texte) > MAX_VALEURS:
        return None
    try:
        data = json.loads(texte)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not all(isinstance(champs, dict) for champs in data.values()):
        return None
    return drop_identite({code: champs for code, champs in data.items() if code in set(codes)})
