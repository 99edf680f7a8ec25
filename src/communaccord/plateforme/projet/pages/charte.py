"""The page of the charte: its sentence, its parts, who joined it, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.projet.actions.charte import read_proposees
from communaccord.plateforme.projet.lecture.cadre import Morceau, compare_textes
from communaccord.plateforme.projet.lecture.charte import (
    PartieLue,
    compute_empreinte,
    read_adoptees,
    read_parties,
)
from communaccord.plateforme.projet.models import Charte, PartieCharte
from communaccord.plateforme.projet.queries.charte import Adhesions, list_parties, read_adhesions
from communaccord.plateforme.projet.rules.cadre import may_join, may_validate, may_write
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.typographie import accord, enumeration, nombre, prose
from communaccord.plateforme.socle.typographie import date as write_date

FAITS = {
    "charte_ouverte": "Projet de charte ouvert : relisez chaque partie.",
    "partie_ecrite": "Partie enregistrée.",
    "partie_gardee": "Votre texte est gardé.",
    "partie_reprise": "Le texte proposé est repris : il suivra le précadrage.",
    "charte_adoptee": "Adoption notée : le texte ne change plus, les élus et les élues peuvent le rejoindre.",
    "charte_rejointe": "Vous avez rejoint la charte. Vous pouvez y renoncer à tout moment.",
    "charte_quittee": "Votre adhésion est retirée.",
}
PROJET = "Projet de charte, version {numero}, en relecture : {suite}"


@dataclass(frozen=True, slots=True)
class PartieVue:
    """A part, and what changed in the proposed text since people wrote theirs."""

    partie: PartieLue
    changements: tuple[Morceau, ...]


@dataclass(frozen=True, slots=True)
class PageCharte:
    """One version as a reader sees it. ``lu``: the hash of the text that is shown."""

    charte: Charte
    phrase: str
    parties: tuple[PartieVue, ...]
    versions: list[Charte]
    adhesions: Adhesions | None
    totaux: str
    lu: str
    manques: list[str]
    ecrit: bool
    adopte: bool
    rejoint: bool
    peut_ouvrir: bool


def build_page(acteur: Acteur, charte: Charte, versions: Sequence[Charte], instant: datetime) -> PageCharte:
    """``versions``: those that the actor reads, the last first."""
    ecrites = {} if charte.est_adoptee else list_parties(acteur, charte)
    parties = read_texte(acteur, charte, ecrites)
    adhesions = None
    if charte.est_adoptee:
        adhesions = read_adhesions(acteur, charte, get_jour(instant, acteur.demarche.fuseau))
    manques = [f"« {partie.titre} »" for partie in parties if not partie.texte]
    writes = bool(may_write(acteur, charte.demarche_id))
    last_adopted = next((other for other in versions if other.est_adoptee), None)
    return PageCharte(
        charte=charte,
        phrase=prose(write_phrase(charte, manques)),
        parties=tuple(PartieVue(partie, compare_source(partie, ecrites.get(partie.cle))) for partie in parties),
        versions=list(versions),
        adhesions=adhesions,
        totaux=prose(write_totaux(adhesions)) if adhesions else "",
        lu=compute_empreinte({partie.cle: partie.texte for partie in parties}),
        manques=manques,
        ecrit=writes,
        adopte=bool(may_validate(acteur, charte.demarche_id)),
        rejoint=bool(may_join(acteur, charte)) and charte == last_adopted,
        peut_ouvrir=writes and all(other.est_adoptee for other in versions),
    )


def read_texte(acteur: Acteur, charte: Charte, ecrites: dict[str, PartieCharte]) -> tuple[PartieLue, ...]:
    """The four parts as they are now, or as they were adopted."""
    if charte.est_adoptee:
        return read_adoptees(charte.contenu)
    return read_parties(read_proposees(acteur), ecrites)


def compare_source(partie: PartieLue, ecrite: PartieCharte | None) -> tuple[Morceau, ...]:
    """What changed in the proposed text since people wrote theirs; empty when nothing did."""
    if ecrite is None or not partie.a_bouge:
        return ()
    return compare_textes(ecrite.source, partie.propose)


def write_phrase(charte: Charte, manques: Sequence[str]) -> str:
    if charte.est_adoptee:
        quand = write_date(charte.adoptee_le)
        return f"Adoptée le {quand} ({charte.instance}), version {charte.numero} : son texte ne change plus."
    suite = f"il reste à écrire {enumeration(manques)}." if manques else "une instance peut l'adopter."
    return PROJET.format(numero=charte.numero, suite=suite)


def write_totaux(adhesions: Adhesions) -> str:
    """``31 élus et élues sur 47 l'ont rejointe``: never who did not."""
    if not adhesions.elus:
        return "Aucun élu ni aucune élue n'est encore dans la démarche."
    if not adhesions.nombre:
        return f"Personne ne l'a encore rejointe, sur {nombre(adhesions.elus)} {write_elus(adhesions.elus)}."
    verbe = accord(adhesions.nombre, "l'a rejointe", "l'ont rejointe")
    return f"{nombre(adhesions.nombre)} {write_elus(adhesions.nombre)} sur {nombre(adhesions.elus)} {verbe}."


def write_elus(combien: int) -> str:
    return accord(combien, "élu ou élue", "élus et élues")
