"""The territory and its communes: a real EPCI of the reference, or a list of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from communaccord.reference import TerritoireInconnu, get_communes, get_epci, normalize_nom
from communaccord.reference.noms import normalize_noms
from communaccord.simulateur.nombres import quote
from communaccord.simulateur.types import CommuneSimulee, Service, Territoire
from communaccord.simulateur.validation.lecteur import (
    Borne,
    Lecteur,
    Zone,
    clean_texte,
    is_blanc,
    is_sans_reponse,
    is_vide,
    list_elements,
)
from communaccord.simulateur.validation.service import EUROS

MAX_COMMUNES = 300
SOURCE_REFERENCE = "Insee, population municipale 2023"

POPULATION = Borne(0, 3_000_000, "Aucune commune de France ne compte trois millions d'habitants.", entier=True)
VOLUME = Borne(0, 10**7, "C'est un nombre d'actes ou d'unités par an.")
HEURES = Borne(0, 10**6, "C'est un nombre d'heures par an, tous agents réunis.")
POTENTIEL = Borne(0, 10**10, "C'est un montant en euros.")

# Label and bounds of each figure of a commune; the amounts are in euros.
BORNES_COMMUNE: Mapping[str, tuple[str, Borne]] = {
    "population": ("population", POPULATION),
    "volume": ("volume", VOLUME),
    "temps": ("temps convenu", HEURES),
    "potentiel_fiscal": ("potentiel fiscal", POTENTIEL),
    "depense_actuelle": ("dépense actuelle", EUROS),
    "heures_actuelles": ("heures des agents aujourd'hui", HEURES),
    "valeur_temps": ("valeur du temps des agents", EUROS),
    "cout_seul": ("coût seule pour le même service", EUROS),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A commune before its figures: code, name, population known from the reference (None: to be given)."""

    code: str
    nom: str
    population: int | None


def read_territoire(zone: Zone) -> tuple[Territoire, tuple[Place, ...]]:
    """Read the territory; its communes come with it when it is a real EPCI, none otherwise."""
    siren = "".join(zone.read_texte("siren", "SIREN", maximum=30).split())
    nom = zone.read_texte("nom", "nom")
    fictif = zone.read_oui("fictif", "territoire fictif")
    source = zone.read_texte("source_population", "source des populations", defaut="saisie")
    if not siren:
        return Territoire(nom or "Territoire sans nom", None, fictif, source), ()
    try:
        epci = get_epci(siren)
    except TerritoireInconnu as erreur:
        zone.refuse("siren", "SIREN", "ce territoire est inconnu.", str(erreur))
        return Territoire(nom or siren), ()
    if fictif:
        zone.refuse(
            "fictif",
            "territoire fictif",
            f"{epci.nom_complet} existe.",
            "Retirez le SIREN pour un territoire inventé, ou retirez « fictif ».",
        )
    places = tuple(
        Place(commune.code, commune.nom, commune.population_municipale_2023 or 0) for commune in get_communes(siren)
    )
    return Territoire(epci.nom_complet, siren, False, SOURCE_REFERENCE), places


def read_communes(racine: Zone, places: tuple[Place, ...], service: Service) -> tuple[CommuneSimulee, ...]:
    """Read the communes, in the order of the reference for a real EPCI, in the order given otherwise."""
    lecteur = racine.lecteur
    elements = list_elements(racine.get("communes") or [])
    if elements is None or len(elements) > MAX_COMMUNES:
        racine.refuse("communes", "communes", "la liste ne se lit pas ou dépasse 300 communes.", "Corrigez la liste.")
        return ()
    index = _index_places(places)
    lues: dict[str, CommuneSimulee] = {}
    for rang, (cle, element) in enumerate(elements, start=1):
        if is_blanc(element):
            continue
        place, ou = _find_place(lecteur, element, (cle, rang), places, index)
        if place is None:
            continue
        if place.code in lues:
            lecteur.refuse(ou, place.nom, "cette commune est écrite deux fois.", "Gardez une seule ligne par commune.")
            continue
        zone = lecteur.open(element, ou, place.nom)
        lues[place.code] = _read_commune(zone, place, service)
    if not places:
        return tuple(lues.values())
    vide = (None,) * len(service.actes)
    return tuple(lues.get(p.code) or CommuneSimulee(p.code, p.nom, p.population or 0, vide) for p in places)


def _index_places(places: tuple[Place, ...]) -> dict[str, Place]:
    """Communes of a real territory by normalized name and by code."""
    cles = normalize_noms(place.nom for place in places)
    return dict(zip(cles, places, strict=False)) | {place.code: place for place in places}


def _find_place(
    lecteur: Lecteur, element: object, rangs: tuple[str, int], places: tuple[Place, ...], index: Mapping[str, Place]
) -> tuple[Place | None, str]:
    """Find the commune that an element of the list names, by code or by name; refuse what is not of the territory."""
    cle, rang = rangs
    champs: Mapping[object, object] = element if isinstance(element, Mapping) else {}
    code = str(champs.get("code") or "").strip()[:20]
    nom = clean_texte(str(champs.get("nom") or ""))[:200]
    if not places:
        return _place_libre(lecteur, code, nom, cle, rang)
    if not code and not nom:
        code = cle
    place = index.get(code.zfill(5) if code.isdigit() else code.upper()) or index.get(normalize_nom(nom))
    if place is not None:
        return place, f"communes-{place.code}"
    ou = f"communes-{cle}"
    proches = lecteur.propose_proches(nom, [p.nom for p in places]) if nom else ""
    lecteur.refuse(
        ou,
        f"Communes, ligne {rang}",
        f"{quote(nom or code or cle)} n'est pas une commune de ce territoire.",
        proches or "Vérifiez le nom ou le code Insee.",
    )
    return None, ou


def _place_libre(lecteur: Lecteur, code: str, nom: str, cle: str, rang: int) -> tuple[Place | None, str]:
    """Make the place of a commune of a list of one's own; its code is its rank when it has none."""
    code = code or (f"C{int(cle) + 1:02d}" if cle.isascii() and cle.isdigit() else cle)
    ou = f"communes-{code}"
    if not nom:
        lecteur.refuse(f"{ou}-nom", f"Communes, ligne {rang}", "le nom manque.", "Écrivez le nom de la commune.")
        return None, ou
    if not (code.isascii() and code.replace("_", "").isalnum()):
        lecteur.refuse(
            ou, nom, f"le code {quote(code)} ne convient pas.", "N'utilisez que des lettres et des chiffres."
        )
        return None, ou
    return Place(code, nom, None), ou


def _read_commune(zone: Zone, place: Place, service: Service) -> CommuneSimulee:
    zone.lus |= {"code", "nom"}
    population = zone.read_nombre("population", *BORNES_COMMUNE["population"])
    if population is None and place.population is not None:
        population = Fraction(place.population)
    if population is None and not zone.is_refused("population"):
        zone.refuse("population", "population", "elle manque.", "Écrivez le nombre d'habitants de la commune.")
    return CommuneSimulee(
        code=place.code,
        nom=place.nom,
        population=int(population or 0),
        volumes=read_volumes(zone, service),
        temps=zone.read_nombre("temps", *BORNES_COMMUNE["temps"]),
        potentiel_fiscal=zone.read_montant("potentiel_fiscal", *BORNES_COMMUNE["potentiel_fiscal"]),
        depense_actuelle=zone.read_montant("depense_actuelle", *BORNES_COMMUNE["depense_actuelle"]),
        heures_actuelles=zone.read_nombre("heures_actuelles", *BORNES_COMMUNE["heures_actuelles"]),
        valeur_temps=zone.read_montant("valeur_temps", *BORNES_COMMUNE["valeur_temps"]),
        cout_seul=zone.read_montant("cout_seul", *BORNES_COMMUNE["cout_seul"]),
    )


def read_volumes(
    zone: Zone, service: Service, simple: str = "volume", detail: str = "volumes"
) -> tuple[Fraction | None, ...]:
    """Read volumes, one an act: ``volume`` when there is one act, or ``volumes`` with the code of each act.

    When at least one act is filled in, an act left blank counts for zero; "je ne sais pas" stays unknown.
    """
    if len(service.actes) == 1 and detail not in zone.donnees:
        return (zone.read_nombre(simple, "volume", VOLUME),)
    actes = zone.open(detail)
    valeurs = [actes.read_nombre(acte.code, f"volume « {acte.libelle} »", VOLUME) for acte in service.actes]
    if all(valeur is None for valeur in valeurs):
        return tuple(valeurs)
    bruts = [actes.donnees.get(acte.code) for acte in service.actes]
    return tuple(
        Fraction(0) if valeur is None and is_vide(brut) and not is_sans_reponse(brut) else valeur
        for valeur, brut in zip(valeurs, bruts, strict=True)
    )


def read_codes(zone: Zone, cle: str, libelle: str, communes: tuple[CommuneSimulee, ...]) -> tuple[str, ...] | None:
    """Read a list of communes by code or name, in the order of the territory; None without the field."""
    valeur = zone.get(cle)
    if is_vide(valeur):
        return None
    elements = list_elements(valeur)
    if elements is None:
        zone.refuse(cle, libelle, "une liste de communes est attendue.", "Donnez leurs codes Insee ou leurs noms.")
        return None
    par_cle = {normalize_nom(commune.nom): commune.code for commune in communes}
    par_cle |= {commune.code.lower(): commune.code for commune in communes}
    retenus = set()
    for _, element in elements[:1000]:
        texte = str(element).strip()[:200]
        code = par_cle.get(texte.lower()) or par_cle.get(normalize_nom(texte))
        if code is None:
            proches = zone.lecteur.propose_proches(texte, [commune.nom for commune in communes])
            message = f"{quote(texte)} n'est pas une commune de ce territoire."
            zone.refuse(cle, libelle, message, proches or "Vérifiez le nom ou le code Insee.")
        else:
            retenus.add(code)
    return tuple(commune.code for commune in communes if commune.code in retenus)
