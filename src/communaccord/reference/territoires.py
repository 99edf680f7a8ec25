"""The France of 2026: EPCI, communes, EPT, départements. Nothing is parsed before it is asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from communaccord.reference.models import Commune, Departement, Epci, Ept, France, TerritoireInconnu
from communaccord.reference.tables import (
    COMMUNES,
    DEPARTEMENTS,
    EPCIS,
    EPTS,
    parse_decimal,
    parse_entier,
    read_colonnes,
    read_lignes,
)


class ColonnesCommunes(NamedTuple):
    """The table of communes by columns, in the order of codes; an empty text is an unknown figure."""

    code: Sequence[str]
    nom: Sequence[str]
    code_departement: Sequence[str]
    code_arrondissement: Sequence[str]
    siren: Sequence[str]
    siren_epci: Sequence[str]
    siren_ept: Sequence[str]
    population_municipale_2022: Sequence[str]
    population_totale_2022: Sequence[str]
    population_municipale_2023: Sequence[str]
    sieges_constates: Sequence[str]
    longitude: Sequence[str]
    latitude: Sequence[str]


class ColonnesEpcis(NamedTuple):
    """The table of EPCI by columns, in the order of SIREN."""

    siren: Sequence[str]
    nom: Sequence[str]
    nature: Sequence[str]
    financement: Sequence[str]
    constat_complet: Sequence[str]


COLONNES_EPTS = ("siren", "nom", "codes_communes")
COLONNES_DEPARTEMENTS = ("code", "nom", "code_region", "nom_region")


def load_france() -> France:
    """Everything of 2026, in the order of codes, for the database loader. About 35,000 records."""
    return France(
        departements=_departements(),
        epcis=MappingProxyType({epci.siren: epci for epci in list_epcis()}),
        epts=_epts(),
        communes=MappingProxyType({code: get_commune(code) for code in read_communes().code}),
    )


def list_epcis() -> tuple[Epci, ...]:
    """The 1,252 EPCI of 1 January 2026 and the Métropole de Lyon, by SIREN."""
    return tuple(get_epci(siren) for siren in read_epcis().siren)


@cache
def get_epci(siren: str) -> Epci:
    """The EPCI (or Métropole de Lyon) of this SIREN; TerritoireInconnu otherwise."""
    communes = get_communes(siren)
    table = read_epcis()
    rang = table.siren.index(siren)
    populations: defaultdict[str, int] = defaultdict(int)
    for commune in communes:
        populations[commune.code_departement] += commune.population_municipale_2022 or 0
    return Epci(
        siren=siren,
        nom=table.nom[rang],
        nature=table.nature[rang],
        financement=table.financement[rang],
        codes_departements=tuple(sorted(populations, key=lambda code: (-populations[code], code))),
        codes_communes=tuple(commune.code for commune in communes),
        population_municipale_2022=sum(commune.population_municipale_2022 or 0 for commune in communes),
        population_totale_2022=sum(commune.population_totale_2022 or 0 for commune in communes),
        population_municipale_2023=sum(commune.population_municipale_2023 or 0 for commune in communes),
        sieges_constates=sum(commune.sieges_constates or 0 for commune in communes),
        constat_complet=table.constat_complet[rang] == "1",
    )


def get_communes(siren_epci: str) -> tuple[Commune, ...]:
    """Member communes of an EPCI, from the most to the least populated (municipale 2022, then code)."""
    codes = _codes_by_epci().get(siren_epci)
    if codes is None:
        raise TerritoireInconnu(_describe_siren_inconnu(siren_epci))
    communes = [get_commune(code) for code in codes]
    return tuple(sorted(communes, key=lambda commune: (-(commune.population_municipale_2022 or 0), commune.code)))


@cache
def get_commune(code: str) -> Commune:
    """The commune of this INSEE code (official geographic code of 2026); TerritoireInconnu otherwise."""
    rang = _index_communes().get(code)
    if rang is None:
        raise TerritoireInconnu(
            f"Aucune commune ne porte le code INSEE « {code} » dans le code officiel géographique de 2026. "
            "Vérifiez les cinq caractères, ou cherchez la commune par son nom."
        )
    table = read_communes()
    return Commune(
        code=code,
        nom=table.nom[rang],
        code_departement=table.code_departement[rang],
        code_arrondissement=table.code_arrondissement[rang] or None,
        siren=table.siren[rang] or None,
        siren_epci=table.siren_epci[rang] or None,
        siren_ept=table.siren_ept[rang] or None,
        population_municipale_2022=parse_entier(table.population_municipale_2022[rang]),
        population_totale_2022=parse_entier(table.population_totale_2022[rang]),
        population_municipale_2023=parse_entier(table.population_municipale_2023[rang]),
        sieges_constates=parse_entier(table.sieges_constates[rang]),
        longitude=parse_decimal(table.longitude[rang]),
        latitude=parse_decimal(table.latitude[rang]),
    )


def get_epci_of(code_commune: str) -> Epci | None:
    """The EPCI a commune belongs to, None when it belongs to none; TerritoireInconnu for an unknown commune."""
    siren = get_commune(code_commune).siren_epci
    return None if siren is None else get_epci(siren)


def get_departement(code: str) -> Departement:
    """The département (or overseas collectivité) of this code; TerritoireInconnu otherwise."""
    try:
        return _departements()[code]
    except KeyError:
        raise TerritoireInconnu(f"Aucun département ne porte le code « {code} ».") from None


def get_ept(siren: str) -> Ept:
    """The établissement public territorial of this SIREN; TerritoireInconnu otherwise."""
    try:
        return _epts()[siren]
    except KeyError:
        raise TerritoireInconnu(
            f"Aucun établissement public territorial du Grand Paris ne porte le SIREN « {siren} »."
        ) from None


@cache
def read_communes() -> ColonnesCommunes:
    """Raw columns of the communes (shared with the search and the perimeters)."""
    return ColonnesCommunes(*read_colonnes(COMMUNES, ColonnesCommunes._fields))


@cache
def read_epcis() -> ColonnesEpcis:
    """Raw columns of the EPCI (shared with the search and the perimeters)."""
    return ColonnesEpcis(*read_colonnes(EPCIS, ColonnesEpcis._fields))


@cache
def _index_communes() -> Mapping[str, int]:
    return {code: rang for rang, code in enumerate(read_communes().code)}


@cache
def _codes_by_epci() -> Mapping[str, list[str]]:
    table = read_communes()
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for code, siren in zip(table.code, table.siren_epci, strict=True):
        codes[siren].append(code)
    del codes[""]
    return dict(codes)


@cache
def _departements() -> Mapping[str, Departement]:
    departements = (Departement(*ligne) for ligne in read_lignes(DEPARTEMENTS, COLONNES_DEPARTEMENTS))
    return MappingProxyType({departement.code: departement for departement in departements})


@cache
def _epts() -> Mapping[str, Ept]:
    lignes = read_lignes(EPTS, COLONNES_EPTS)
    return MappingProxyType({siren: Ept(siren, nom, tuple(codes.split(" "))) for siren, nom, codes in lignes})


def _describe_siren_inconnu(siren: str) -> str:
    return (
        f"Aucune intercommunalité à fiscalité propre ne porte le SIREN « {siren} » au 1er janvier 2026. "
        "Vérifiez les neuf chiffres, ou cherchez-la par son nom ou celui d'une de ses communes."
    )
