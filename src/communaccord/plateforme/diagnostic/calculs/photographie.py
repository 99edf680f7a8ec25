"""The reference picture: staff and running costs of every entity at a date, as one canonical text. Pure, no Django.

Numbers are whole hundredths (agents, full-time equivalents, euros); None is unknown, never zero. Staff is counted where
it is employed: a flow adds nobody, so that a service carried for others counts once, with who carries it.
Basis: CGCT L5211-39-1 (each year's staff and running costs are told beside those of this picture).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from communaccord.plateforme.diagnostic.calculs.masques import (
    COMPTES,
    MONTANTS,
    SANS_GROUPE,
    Lecteurs,
    Masque,
    mask_autres,
    mask_derive,
    mask_tableau,
)
from communaccord.plateforme.diagnostic.calculs.versions import Version, mask_suite
from communaccord.plateforme.diagnostic.enums import FINANCIERS

FORMAT = 1
CHAMPS = ("agents", "etp", "masse_salariale", "autres_couts")
# Counted over the territory, never shown entity by entity: people who leave, know-how held by one person (1 or 0).
FRAGILITES = ("departs", "titulaire_unique")
FIGES = (*CHAMPS, *FRAGILITES)
# What tells of people; the other costs do not.
MASQUABLES = ("agents", "etp", "masse_salariale")
# The code of the intercommunalité among the entities.
EPCI = ""


@dataclass(frozen=True, slots=True)
class ChiffresService:
    """What one entity says of one service, in hundredths; ``qualite`` and ``source`` as it gave them."""

    service: str
    libelle: str
    agents: int | None = None
    etp: int | None = None
    masse_salariale: int | None = None
    autres_couts: int | None = None
    departs: int | None = None
    titulaire_unique: int | None = None
    annee: int | None = None
    qualite: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class EntiteLue:
    """A commune, or the intercommunalité (code ``EPCI``). ``validee``: its sheet was validated, by whom."""

    code: str
    nom: str
    population: int | None = None
    depenses_fonctionnement: int | None = None
    validee: bool = False
    validee_par: str = ""
    services: tuple[ChiffresService, ...] = ()


@dataclass(frozen=True, slots=True)
class FluxPris:
    """A counted flow, by the codes of its ends (``EPCI``) or the name of another body."""

    nature: str
    service: str
    objet: str
    porteur: str
    beneficiaire: str
    porteur_autre: str = ""
    beneficiaire_autre: str = ""
    montant: int | None = None
    temps: int | None = None
    annee: int | None = None
    qualite: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two pictures: the entity, the service (empty: the whole entity), the figure, both values."""

    entite: str
    nom: str
    service: str
    libelle: str
    champ: str
    avant: int | None
    apres: int | None


@dataclass(frozen=True, slots=True)
class Doute:
    """Staff perhaps counted twice: an entity counts agents for a service that another carries for it."""

    code: str
    nom: str
    service: str
    libelle: str
    porteur: str
    agents: int


@dataclass(frozen=True, slots=True)
class MasquesPhotographie:
    """The masks of each figure of people, by column."""

    par_champ: Mapping[str, Masque] = field(default_factory=dict)

    def shows(self, champ: str, code: str, service: str) -> bool:
        """Whether this figure of this entity for this service may be shown."""
        return champ not in self.par_champ or self.par_champ[champ].shows(code, service)

    def shows_total_service(self, champ: str, service: str) -> bool:
        return champ not in self.par_champ or self.par_champ[champ].shows_total_service(service)

    def shows_total_entite(self, champ: str, code: str) -> bool:
        return champ not in self.par_champ or self.par_champ[champ].shows_total_entite(code)

    def shows_total(self, champ: str) -> bool:
        return champ not in self.par_champ or self.par_champ[champ].shows_total()


RIEN_DE_MASQUE = MasquesPhotographie()


def build_contenu(
    *, jour: date, annee: int, entites: Sequence[EntiteLue], flux: Sequence[FluxPris] = (), sel: str = ""
) -> dict[str, Any]:
    """The content to freeze: entities by code (the intercommunalité first), services by key, flows in order.

    ``sel``: random text kept inside, so that the published hash tells nothing of a small figure.
    Errors: ValueError when two entities have one code, or an entity tells a service twice.
    """
    codes = [entite.code for entite in entites]
    if len(set(codes)) != len(codes):
        raise ValueError("Deux entités de la photographie portent le même code.")
    return {
        "format": FORMAT,
        "sel": sel,
        "date": jour.isoformat(),
        "annee": annee,
        "entites": [build_entite(entite) for entite in sorted(entites, key=lambda e: e.code)],
        "flux": sorted((asdict(flow) for flow in flux), key=dump_canonique),
    }


def build_entite(entite: EntiteLue) -> dict[str, Any]:
    """One entity; ``effectif`` is the sum of the agents known, None when none is."""
    keys = [service.service for service in entite.services]
    if len(set(keys)) != len(keys):
        raise ValueError("Une entité de la photographie donne deux fois le même service.")
    return {
        "code": entite.code,
        "nom": entite.nom,
        "population": entite.population,
        "validee": entite.validee,
        "validee_par": entite.validee_par,
        "services": [asdict(service) for service in sorted(entite.services, key=lambda s: s.service)],
        "effectif": sum_connus(service.agents for service in entite.services),
        "depenses_fonctionnement": entite.depenses_fonctionnement,
    }


def sum_connus(values: Any) -> int | None:
    """Sum of the values that are known; None when none is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def dump_canonique(data: Any) -> str:
    """The one text of this data: keys sorted, no space."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def compute_empreinte(contenu: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(dump_canonique(contenu).encode()).hexdigest()


def index_chiffres(contenu: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """The figures by (code of the entity, service)."""
    return {(e["code"], s["service"]): s for e in contenu["entites"] for s in e["services"]}


def list_services(contenu: Mapping[str, Any]) -> dict[str, str]:
    """Labels by key of service, in the order of the keys."""
    found = {s["service"]: s["libelle"] for e in contenu["entites"] for s in e["services"]}
    return dict(sorted(found.items()))


def sum_services(contenu: Mapping[str, Any]) -> dict[str, dict[str, int | None]]:
    """By service, the sum over the entities of each figure known."""
    rows: dict[str, list[Mapping[str, Any]]] = {service: [] for service in list_services(contenu)}
    for (_, service), row in index_chiffres(contenu).items():
        rows[service].append(row)
    return {service: {c: sum_connus(row[c] for row in group) for c in CHAMPS} for service, group in rows.items()}


def mask_contenu(
    contenu: Mapping[str, Any], connus: Sequence[str] = (), lecteurs: Lecteurs = SANS_GROUPE
) -> MasquesPhotographie:
    """What of this picture alone may be shown to who has no privilege: the only version of ``mask_versions``."""
    return mask_versions([contenu], connus, lecteurs)


def mask_versions(
    contenus: Sequence[Mapping[str, Any]], connus: Sequence[str] = (), lecteurs: Lecteurs = SANS_GROUPE
) -> MasquesPhotographie:
    """What of the last of these versions may be shown to who has no privilege and may have read the others.

    ``contenus``: the versions of one campaign, oldest first. ``connus``: codes of the entities the reader knows;
    ``lecteurs``: those that one account knows together. Payroll and time known where the number of people is not are
    hidden: they may be those of one person. Complexity: O(versions squared times cells).
    """
    published: dict[str, list[Version]] = {champ: [] for champ in MASQUABLES}
    masques: dict[str, Masque] = {}
    for contenu in contenus:
        tables = index_champs(contenu)
        masques = mask_seul(tables, lecteurs)
        for champ in MASQUABLES:
            bornes = replace(COMPTES if champ == "agents" else MONTANTS, lecteurs=lecteurs)
            masques[champ] = mask_suite(masques[champ], tables[champ], published[champ], bornes)
            masques[champ] = restrict(masques[champ], masques["agents"])
            published[champ].append(Version(masques[champ], tables[champ]))
        masques["autres_couts"] = mask_autres(masques["agents"], tables["autres_couts"])
    return MasquesPhotographie({champ: masque.for_lecteur(connus) for champ, masque in masques.items()})


def index_champs(contenu: Mapping[str, Any]) -> dict[str, dict[tuple[str, str], int | None]]:
    """Each figure by (code, service); agents as whole people, rounded up."""
    chiffres = index_chiffres(contenu)
    tables = {champ: {key: row[champ] for key, row in chiffres.items()} for champ in CHAMPS}
    people = tables["agents"]
    return {**tables, "agents": {key: None if n is None else -(-n // 100) for key, n in people.items()}}


def mask_seul(tables: Mapping[str, Mapping[tuple[str, str], int | None]], lecteurs: Lecteurs) -> dict[str, Masque]:
    """The masks of the figures on people, as if nothing had been published before."""
    agents = mask_tableau(tables["agents"], lecteurs=lecteurs)
    seuls = [key for key, number in tables["agents"].items() if number is None]
    derived = {c: mask_derive(agents, tables[c], seuls=seuls, lecteurs=lecteurs) for c in MASQUABLES[1:]}
    return {"agents": agents, **derived}


def restrict(masque: Masque, agents: Masque) -> Masque:
    """A figure on people is hidden wherever the people are, its totals too."""
    return replace(
        masque,
        masquees=masque.masquees | agents.masquees,
        totaux_services=masque.totaux_services & agents.totaux_services,
        totaux_entites=masque.totaux_entites & agents.totaux_entites,
        total=masque.total and agents.total and masque.totaux_services <= agents.totaux_services,
    )


def compare_contenus(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> list[Difference]:
    """Every figure that changed, entity by entity, service by service; of a service gone or new, None on one side."""
    noms = {e["code"]: e["nom"] for contenu in (avant, apres) for e in contenu["entites"]}
    libelles = {**list_services(avant), **list_services(apres)}
    before, after = index_chiffres(avant), index_chiffres(apres)
    found = [
        Difference(code, noms[code], service, libelles[service], champ, old, new)
        for code, service in sorted({*before, *after})
        for champ in FIGES
        if (old := before.get((code, service), {}).get(champ)) != (new := after.get((code, service), {}).get(champ))
    ]
    olds, news = ({e["code"]: e for e in contenu["entites"]} for contenu in (avant, apres))
    found += [
        Difference(code, noms[code], "", "", champ, old, new)
        for code in sorted({*olds, *news})
        for champ in ("population", "depenses_fonctionnement")
        if (old := olds.get(code, {}).get(champ)) != (new := news.get(code, {}).get(champ))
    ]
    return sorted(found, key=lambda d: (d.entite, d.service))


def list_doutes(contenu: Mapping[str, Any]) -> list[Doute]:
    """Where agents are counted by who benefits from a service that another carries for it: to check with people."""
    noms = {e["code"]: e["nom"] for e in contenu["entites"]}
    chiffres = index_chiffres(contenu)
    found = {}
    for flow in contenu["flux"]:
        key = (flow["beneficiaire"], flow["service"])
        row = chiffres.get(key)
        if flow["nature"] in FINANCIERS or flow["beneficiaire_autre"] or row is None or not row["agents"]:
            continue
        porteur = flow["porteur_autre"] or noms.get(flow["porteur"], flow["porteur"])
        found[key] = Doute(key[0], noms[key[0]], key[1], row["libelle"], porteur, row["agents"])
    return [found[key] for key in sorted(found)]
