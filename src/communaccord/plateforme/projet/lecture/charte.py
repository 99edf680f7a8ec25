"""The words that the charte takes from the validated précadrage and from the plan, part by part. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from communaccord.plateforme.projet.enums.cadre import Partie
from communaccord.plateforme.projet.lecture.cadre import ChampLu, Commune, normalize, read_champs
from communaccord.plateforme.socle.typographie import date as write_date

OUVERTURE = "{epci} et ses communes choisissent de mutualiser pour :"
SUITE_DU_PROJET = "Cette charte prolonge le projet de territoire, dont les orientations sont :"


class Element(Protocol):
    """An orientation or an objectif of the plan, by its title."""

    titre: str


class Orientation(Protocol):
    """An orientation and its objectifs."""

    titre: str
    objectifs: Sequence[Element]


def write_parties(
    cadre: Any, orientations: Sequence[Orientation], communes: Sequence[Commune], epci: str
) -> dict[str, str]:
    """The proposed text of each part; empty where nothing feeds it yet (no validated frame, no plan)."""
    champs = {champ.cle: champ for champ in read_champs(cadre, communes)} if cadre else {}
    return {
        Partie.SENS: write_sens(champs, epci),
        Partie.PROJET: write_projet(orientations),
        Partie.ORIENTATIONS: write_orientations(champs),
        Partie.METHODE: write_methode(champs, cadre),
    }


def write_sens(champs: Mapping[str, ChampLu], epci: str) -> str:
    if not champs or champs["objectifs"].est_vide:
        return ""
    return f"{OUVERTURE.format(epci=epci)}\n{normalize(champs['objectifs'].texte)}"


def write_projet(orientations: Sequence[Orientation]) -> str:
    lines = []
    for orientation in orientations:
        lines.append(f"– {orientation.titre}")
        lines.extend(f"   – {objectif.titre}" for objectif in orientation.objectifs)
    return "\n".join([SUITE_DU_PROJET, *lines]) if lines else ""


def write_orientations(champs: Mapping[str, ChampLu]) -> str:
    """What is studied, for whom, and what is not."""
    if not champs:
        return ""
    lines = [write_liste("Services étudiés", champs["services_inclus"])]
    lines.append(normalize(champs["perimetre"].texte))
    lines.append(write_liste("Communes concernées", champs["communes"]))
    lines.append(write_liste("Services qui restent hors de la démarche", champs["services_exclus"]))
    lines.append(write_liste("Formes juridiques écartées", champs["formes_exclues"]))
    lines.append(normalize(champs["exclus"].texte))
    return "\n".join(line for line in lines if line)


def write_liste(libelle: str, champ: ChampLu) -> str:
    said = " ; ".join(champ.elements)
    return f"{libelle} : {said}." if said else ""


def write_methode(champs: Mapping[str, ChampLu], cadre: Any) -> str:
    """How one pays, how one decides, when; and where the frame comes from."""
    if not champs:
        return ""
    blocks = [
        f"{libelle} : {normalize(champs[cle].texte)}"
        for cle, libelle in (
            ("principes_financiers", "Principes financiers"),
            ("regle_decision", "Règle de décision"),
            ("annees", "Années"),
            ("calendrier", "Calendrier"),
        )
        if not champs[cle].est_vide
    ]
    origine = f"Ces règles sont celles du précadrage validé le {write_date(cadre.valide_le)} ({cadre.instance})."
    return "\n".join([*blocks, origine])


@dataclass(frozen=True, slots=True)
class PartieLue:
    """A part as it is read: its text; written by people or not; the proposed text when it has moved since."""

    cle: str
    titre: str
    texte: str
    propose: str
    ecrite_par: str = ""
    version: int = 0
    a_bouge: bool = False


def read_parties(proposees: Mapping[str, str], ecrites: Mapping[str, Any]) -> tuple[PartieLue, ...]:
    """The four parts of a project, in order: what people wrote, otherwise the proposed text."""
    return tuple(read_partie(partie, proposees[partie], ecrites.get(partie)) for partie in Partie)


def read_partie(partie: Partie, propose: str, ecrite: Any) -> PartieLue:
    if ecrite is None:
        return PartieLue(partie.value, partie.label, propose, propose)
    moved = normalize(ecrite.source) != normalize(propose)
    return PartieLue(
        partie.value, partie.label, ecrite.texte, propose, ecrite.modifie_par, ecrite.version, a_bouge=moved
    )


def read_adoptees(contenu: Mapping[str, str]) -> tuple[PartieLue, ...]:
    """The four parts as they were adopted."""
    return tuple(PartieLue(p.value, p.label, contenu.get(p, ""), "") for p in Partie)


def compute_empreinte(contenu: Mapping[str, str]) -> str:
    """SHA-256 of the canonical JSON of the adopted text."""
    written = json.dumps(dict(contenu), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()
