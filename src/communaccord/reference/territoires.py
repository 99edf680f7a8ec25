"""The France of 2026: EPCI, communes, EPT, départements. Nothing is parsed before it is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from communaccord.reference.models import Commune, Departement, Epci, Ept, France, TerritoireInconnu
from communaccord.reference.tables import (
    COMMUNES,
    DEPARTEMENTS,
    EPCIS,
    EPTS,
    parse_decimal,
    parse_entier,
    read_table,
)

COLONNES_COMMUNES = (
    "code",
    "nom",
    "code_departement",
    "code_arrondissement",
    "siren",
    "siren_epci",
    "siren_ept",
    "population_municipale_2022",
    "population_totale_2022",
    "population_municipale_2023",
    "sieges_constates",
    "longitude",
    "latitude",
)
COLONNES_EPCIS = ("siren", "nom", "nature", "financement", "constat_complet")
COLONNES_EPTS = ("siren", "nom", "codes_communes")
COLONNES_DEPARTEMENTS = ("code", "nom", "code_region", "nom_region")


def load_france() -> France:
    """Everything of 2026, in the order of codes, for the database loader. About 35,000 records."""
    return France(
        departements=_departements(),
        epcis=MappingProxyType({epci.siren: epci for epci in list_epcis()}),
        epts=_epts(),
        communes=MappingProxyType({ligne[0]: get_commune(ligne[0]) for ligne in read_communes()}),
    )


def list_epcis() -> tuple[Epci, ...]:
    """The 1,252 EPCI of 1 January 2026 and the Métropole de Lyon, by SIREN."""
    return tuple(get_epci(siren) for siren in _rows_epcis())


@cache
def get_epci(siren: str) -> Epci:
    """The EPCI (or Métropole de Lyon) of this SIREN; TerritoireInconnu otherwise."""
    ligne = _rows_epcis().get(siren)
    if ligne is None:
        raise TerritoireInconnu(_describe_siren_inconnu(siren))
    _, nom, nature, financement, constat_complet = ligne
    communes = get_communes(siren)
    populations: defaultdict[str, int] = defaultdict(int)
    for commune in communes:
        populations[commune.code_departement] += commune.population_municipale_2022 or 0
    return Epci(
        siren=siren,
        nom=nom,
        nature=nature,
        financement=financement,
        codes_departements=tuple(sorted(populations, key=lambda code: (-populations[code], code))),
        codes_communes=tuple(commune.code for commune in communes),
        population_municipale_2022=sum(commune.population_municipale_2022 or 0 for commune in communes),
        population_totale_2022=sum(commune.population_totale_2022 or 0 for commune in communes),
        population_municipale_2023=sum(commune.population_municipale_2023 or 0 for commune in communes),
        sieges_constates=sum(commune.sieges_constates or 0 for commune in communes),
        constat_complet=constat_complet == "1",
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
    ligne = _rows_communes().get(code)
    if ligne is None:
        raise TerritoireInconnu(
            f"Aucune commune ne porte le code INSEE « {code} » dans le code officiel géographique de 2026. "
            "Vérifiez les cinq caractères, ou cherchez la commune par son nom."
        )
    return Commune(
        code=ligne[0],
        nom=ligne[1],
        code_departement=ligne[2],
        code_arrondissement=ligne[3] or None,
        siren=ligne[4] or None,
        siren_epci=ligne[5] or None,
        siren_ept=ligne[6] or None,
        population_municipale_2022=parse_entier(ligne[7]),
        population_totale_2022=parse_entier(ligne[8]),
        population_municipale_2023=parse_entier(ligne[9]),
        sieges_constates=parse_entier(ligne[10]),
        longitude=parse_decimal(ligne[11]),
        latitude=parse_decimal(ligne[12]),
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


def read_communes() -> Sequence[list[str]]:
    """Raw rows of the communes, in the order of codes (shared with the search)."""
    return read_table(COMMUNES, COLONNES_COMMUNES)


def read_epcis() -> Sequence[list[str]]:
    """Raw rows of the EPCI, in the order of SIREN (shared with the search)."""
    return read_table(EPCIS, COLONNES_EPCIS)


@cache
def _rows_communes() -> Mapping[str, list[str]]:
    return {ligne[0]: ligne for ligne in read_communes()}


@cache
def _rows_epcis() -> Mapping[str, list[str]]:
    return {ligne[0]: ligne for ligne in read_epcis()}


@cache
def _codes_by_epci() -> Mapping[str, list[str]]:
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for ligne in read_communes():
        if ligne[5]:
            codes[ligne[5]].append(ligne[0])
    return dict(codes)


@cache
def _departements() -> Mapping[str, Departement]:
    return _index(Departement(*ligne) for ligne in read_table(DEPARTEMENTS, COLONNES_DEPARTEMENTS))


@cache
def _epts() -> Mapping[str, Ept]:
    return MappingProxyType(
        {siren: Ept(siren, nom, tuple(codes.split(" "))) for siren, nom, codes in read_table(EPTS, COLONNES_EPTS)}
    )


def _index(departements: Iterable[Departement]) -> Mapping[str, Departement]:
    return MappingProxyType({departement.code: departement for departement in departements})


def _describe_siren_inconnu(siren: str) -> str:
    return (
        f"Aucune intercommunalité à fiscalité propre ne porte le SIREN « {siren} » au 1er janvier 2026. "
        "Vérifiez les neuf chiffres, ou cherchez-la par son nom ou celui d'une de ses communes."
    )
