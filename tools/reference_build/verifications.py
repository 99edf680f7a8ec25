"""What must be true of the tables before they are written. Each check gives French sentences, none when all is well."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from communaccord.reference.contours import decode_departement
from communaccord.reference.models import SIREN_METROPOLE_LYON
from reference_build.formes import group_departements
from reference_build.topologie import ECHELLE, Anneau, Forme

NOMBRE_EPCIS = 1_252
NOMBRE_MEMBRES = 34_871
COMMUNES_SANS_EPCI = frozenset({"22016", "29083", "29155", "85113"})
COMMUNES_SANS_HABITANT = frozenset({"55039", "55050", "55139", "55189", "55239", "55307"})
LIMITE_OCTETS = 5_000_000
PREFIXES_OUTRE_MER = ("975", "977", "978", "984", "986", "987", "988", "989")


def check_communes(communes: Sequence[Sequence[str]], epcis: Sequence[Sequence[str]]) -> Iterator[str]:
    """Counts, members, order of the two populations of 2022, communes without EPCI or inhabitant, points."""
    codes = Counter(ligne[0] for ligne in communes)
    if doubles := [code for code, nombre in codes.items() if nombre > 1]:
        yield f"Communes en double : {doubles[:5]}."
    sirens = {ligne[0] for ligne in epcis}
    if len(sirens - {SIREN_METROPOLE_LYON}) != NOMBRE_EPCIS or SIREN_METROPOLE_LYON not in sirens:
        yield f"{len(sirens)} intercommunalités et métropole de Lyon, au lieu de {NOMBRE_EPCIS + 1}."
    membres = [ligne for ligne in communes if ligne[5]]
    if len(membres) != NOMBRE_MEMBRES or {ligne[5] for ligne in membres} != sirens:
        yield f"{len(membres)} communes membres, au lieu de {NOMBRE_MEMBRES}, ou des intercommunalités sans commune."
    if incompletes := [ligne[0] for ligne in membres if "" in (*ligne[7:13], ligne[4])]:
        yield f"Communes membres dont un chiffre manque : {incompletes[:5]}."
    if inverses := [ligne[0] for ligne in membres if int(ligne[8]) < int(ligne[7])]:
        yield f"Population totale inférieure à la population municipale : {inverses[:5]}."
    if {ligne[0] for ligne in membres if ligne[7] == "0"} != COMMUNES_SANS_HABITANT:
        yield "Les communes sans habitant ne sont pas les six attendues."
    seules = {ligne[0] for ligne in communes if not ligne[5] and not ligne[0].startswith(PREFIXES_OUTRE_MER)}
    if seules != COMMUNES_SANS_EPCI:
        yield f"Communes hors intercommunalité inattendues : {sorted(seules ^ COMMUNES_SANS_EPCI)}."


def check_totaux(communes: Sequence[Sequence[str]], epcis: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Sums over the unchanged EPCI equal those of the source, and so does the sum over France."""
    municipales: Counter[str] = Counter()
    totales: Counter[str] = Counter()
    membres: dict[str, set[str]] = {}
    for ligne in communes:
        if ligne[5]:
            municipales[ligne[5]] += int(ligne[7])
            totales[ligne[5]] += int(ligne[8])
            membres.setdefault(ligne[5], set()).add(ligne[0])
    for epci in epcis:
        siren = epci["code"]
        inchange = membres.get(siren) == {membre["code"] for membre in epci["membres"]}
        if inchange and (municipales[siren], totales[siren]) != (
            epci["populationMunicipale"],
            epci["populationTotale"],
        ):
            yield f"Les populations des communes de {siren} n'ont pas pour somme celles de l'intercommunalité."
    if sum(totales.values()) != sum(epci["populationTotale"] for epci in epcis):
        yield "La population totale de la France des intercommunalités n'est pas celle de la source."


def check_perimetre_2020(lignes: Sequence[Sequence[str]], epcis: Sequence[Sequence[str]]) -> Iterator[str]:
    """No commune twice, every EPCI with members."""
    if max(Counter(ligne[1] for ligne in lignes).values()) > 1:
        yield "Une commune est dans deux intercommunalités en 2020."
    if {ligne[0] for ligne in lignes} != {ligne[0] for ligne in epcis}:
        yield "Les intercommunalités de 2020 et leurs membres ne correspondent pas."


def check_contours(
    codes_attendus: set[str], formes: Mapping[str, Forme], departements: Mapping[str, bytes]
) -> Iterator[str]:
    """Every commune expected has a contour, and each is read back exactly (rings may start elsewhere)."""
    if ecart := set(formes) ^ codes_attendus:
        yield f"Communes sans contour, ou contours sans commune : {sorted(ecart)[:5]}."
    for departement, groupe in group_departements(formes).items():
        relus = decode_departement(departement, departements[departement])
        if list(relus) != list(groupe):
            yield f"Les communes du département {departement} ne sont pas relues à l'identique."
        for code, forme in groupe.items():
            relue = [[[(round(x * ECHELLE), round(y * ECHELLE)) for x, y in a] for a in p] for p in relus[code]]
            if not is_same_forme(forme, relue):
                yield f"Le contour de {code} n'est pas relu à l'identique."


def is_same_forme(forme: Forme, autre: Forme) -> bool:
    """True when rings are the same, wherever each starts."""
    return [[rotate_anneau(anneau) for anneau in polygone] for polygone in forme] == [
        [rotate_anneau(anneau) for anneau in polygone] for polygone in autre
    ]


def rotate_anneau(anneau: Anneau) -> Anneau:
    """The same ring, from its smallest rotation (a vertex may come twice)."""
    ouvert = anneau[:-1]
    petit = min(ouvert)
    return min(ouvert[rang:] + ouvert[:rang] for rang, sommet in enumerate(ouvert) if sommet == petit)


def check_taille(fichiers: Mapping[str, bytes]) -> Iterator[str]:
    """Total weight of what is shipped."""
    total = sum(map(len, fichiers.values()))
    if total >= LIMITE_OCTETS:
        yield f"Les fichiers pèsent {total} octets, plus que la limite de {LIMITE_OCTETS}."
