"""Who takes part, by function only: nobody is invented by name. Addresses end in `.example`, which reaches nobody.

One person may hold several hats: the présidence is also a mairie, a secretary works in three communes. One mairie
keeps a shared mailbox, which leads to both its mayor and its secretary.
"""

from dataclasses import dataclass, replace

from communaccord.plateforme.demo.territoire.modele import CommuneFictive, Secretariat, TerritoireFictif
from communaccord.reference.noms import normalize_nom

DOMAINE = "{}.example"
COMMUNE_PRESIDENCE = 2
COMMUNES_VICE_PRESIDENCES = (1, 0, 5)
BOITE_PARTAGEE = 7


@dataclass(frozen=True, slots=True)
class Chapeau:
    """One mandate: a role (comptes.Role), its words, the commune by code when the role has one."""

    role: str
    fonction: str
    commune: str = ""


@dataclass(frozen=True, slots=True)
class PersonneFictive:
    """Somebody, by function, with an address and one hat or more."""

    nom: str
    courriel: str
    chapeaux: tuple[Chapeau, ...]


def build_personnes(territoire: TerritoireFictif) -> tuple[PersonneFictive, ...]:
    """Everybody of the démarche: the EPCI first, then the mayors and the secretaries of mairie."""
    domaine = DOMAINE.format("arvelle-sorvane" if len(territoire.communes) > 100 else "val-arvelle")
    boite = f"mairie.{_slug(territoire.communes[BOITE_PARTAGEE].nom)}@{domaine}"
    maires = [_build_maire(territoire, rang, domaine) for rang in range(len(territoire.communes))]
    maires[BOITE_PARTAGEE] = replace(maires[BOITE_PARTAGEE], courriel=boite)
    secretaires = [_build_secretaire(territoire, s, domaine, boite) for s in territoire.secretariats]
    return (*_build_epci(territoire, domaine), *maires, *secretaires)


def _build_epci(territoire: TerritoireFictif, domaine: str) -> list[PersonneFictive]:
    centre = territoire.centre
    metiers = [
        ("Direction générale des services de l'intercommunalité", "dgs", "dgs_epci"),
        ("Mission mutualisation", "mutualisation", "equipe_projet"),
        ("Direction de l'urbanisme", "urbanisme", "direction"),
        ("Direction du numérique", "numerique", "direction"),
        ("Direction des ressources humaines", "rh", "drh"),
        ("Représentation du personnel", "cst", "representant_personnel"),
        ("Instruction du droit des sols", "instruction", "agent"),
        ("Cabinet d'accompagnement", "cabinet", "consultant"),
        ("Centre de gestion", "centre-de-gestion", "observateur"),
        (f"Conseil communautaire, élection à {centre.nom}", "conseil", "conseiller_communautaire"),
    ]
    personnes = [PersonneFictive(nom, f"{boite}@{domaine}", (Chapeau(role, nom),)) for nom, boite, role in metiers]
    nom = f"Conseil municipal de {centre.nom}"
    chapeau = Chapeau("conseiller_municipal", nom, centre.code)
    return [*personnes, PersonneFictive(nom, f"conseil.municipal@{domaine}", (chapeau,))]


def _build_maire(territoire: TerritoireFictif, rang: int, domaine: str) -> PersonneFictive:
    commune = territoire.communes[rang]
    mairie = Chapeau("maire", f"Maire {write_de(commune.nom)}", commune.code)
    courriel = f"maire.{_slug(commune.nom)}@{domaine}"
    if rang == COMMUNE_PRESIDENCE:
        nom = "Présidence de l'intercommunalité"
        return PersonneFictive(nom, f"presidence@{domaine}", (Chapeau("president", nom), mairie))
    if rang in COMMUNES_VICE_PRESIDENCES:
        place = COMMUNES_VICE_PRESIDENCES.index(rang) + 1
        vice = Chapeau("vice_president", f"{place}{'re' if place == 1 else 'e'} vice-présidence")
        return PersonneFictive(mairie.fonction, courriel, (mairie, vice))
    return PersonneFictive(mairie.fonction, courriel, (mairie,))


def _build_secretaire(
    territoire: TerritoireFictif, secretariat: Secretariat, domaine: str, boite: str
) -> PersonneFictive:
    communes = [territoire.get_commune(code) for code in secretariat.communes]
    nom = f"Secrétariat {_write_mairies(communes)}"
    if communes == [territoire.centre]:
        nom = f"Direction générale des services {write_de(territoire.centre.nom)}"
    courriel = f"secretariat.{_slug(communes[0].nom)}@{domaine}"
    if territoire.communes[BOITE_PARTAGEE] in communes:
        courriel = boite
    chapeaux = tuple(Chapeau("secretaire", f"Secrétariat de mairie {write_de(c.nom)}", c.code) for c in communes)
    return PersonneFictive(nom, courriel, chapeaux)


def _write_mairies(communes: list[CommuneFictive]) -> str:
    suite = [write_de(commune.nom) for commune in communes]
    if len(suite) == 1:
        return f"de la mairie {suite[0]}"
    return f"des mairies {', '.join(suite[:-1])} et {suite[-1]}"


def write_de(nom: str) -> str:
    """The name after "de": de Rivecombe, d'Aubremont, du Mesnil, des Landelles, de La Neuvelande, de L'Hôpital."""
    if nom.startswith("Le "):
        return f"du {nom[3:]}"
    if nom.startswith("Les "):
        return f"des {nom[4:]}"
    if normalize_nom(nom)[0] in "aeiouh":
        return f"d'{nom}"
    return f"de {nom}"


def _slug(nom: str) -> str:
    return normalize_nom(nom).replace(" ", "-")
