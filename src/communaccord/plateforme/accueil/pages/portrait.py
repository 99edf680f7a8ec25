"""The portrait as a page: figures, sentences, map and table of one EPCI, ready for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.accueil.bridge.portrait import Conseil, read_conseil
from communaccord.plateforme.accueil.pages.phrases import build_phrase, describe_constat
from communaccord.plateforme.accueil.pages.sieges import Ligne, build_lignes
from communaccord.plateforme.accueil.queries.portrait import get_carte, get_epci, list_communes
from communaccord.plateforme.socle.cartes import CommuneCarte, Fond, Forme
from communaccord.plateforme.territoires.models import Commune, Epci

# Highest number of seats of each class of the map, but the last.
CLASSES = ((1, "1 siège"), (2, "2 sièges"), (5, "3 à 5 sièges"), (15, "6 à 15 sièges"))
DERNIERE_CLASSE = "16 sièges et plus"
ETATS_ECARTES = {"TOLERE_PRATIQUE": "admis en pratique, à confirmer", "NON_CONFORME": "à vérifier"}
SANS_SIEGE = ("sans", "aucun siège constaté")


@dataclass(frozen=True, slots=True)
class Territoire:
    """An EPCI read whole: its communes, its council, one line a commune, and mine when it was named."""

    epci: Epci
    communes: tuple[Commune, ...]
    conseil: Conseil
    lignes: tuple[Ligne, ...]
    mienne: Ligne | None

    @property
    def noms(self) -> Mapping[str, str]:
        return {commune.code: commune.nom for commune in self.communes}

    @property
    def nombre_absentes(self) -> int:
        """Communes for which the register counts nobody."""
        return sum(not ligne.constates for ligne in self.lignes)

    @property
    def totaux(self) -> dict[str, int]:
        """Sums of the three columns that add up, by letter of the exported sheet."""
        return {
            "C": sum(ligne.population for ligne in self.lignes),
            "E": sum(ligne.constates or 0 for ligne in self.lignes),
            "F": sum(ligne.ordinaires or 0 for ligne in self.lignes),
        }


@dataclass(frozen=True, slots=True)
class Carte:
    """What the component draws."""

    fond: Fond
    communes: tuple[CommuneCarte, ...]
    legende: tuple[tuple[str, str], ...]
    voisins: Mapping[str, Sequence[str]]


def read_territoire(epci: Epci, code_mienne: str = "") -> Territoire:
    communes = tuple(list_communes(epci.siren))
    conseil = read_conseil(epci, communes)
    ordinaires = None if conseil.ordinaire is None else conseil.ordinaire.sieges
    lignes = build_lignes(communes, ordinaires, code_mienne, comparable=not conseil.est_partiel)
    return Territoire(epci, communes, conseil, lignes, next((ligne for ligne in lignes if ligne.mienne), None))


def choose_classe(sieges: int | None) -> str:
    """Class of a commune on the map, from "1" to "5", by its seats in the register."""
    if not sieges:
        return SANS_SIEGE[0]
    return next((str(rank) for rank, (most, _) in enumerate(CLASSES, 1) if sieges <= most), str(len(CLASSES) + 1))


def build_carte(territoire: Territoire, adresse: str) -> Carte | None:
    """The map of the members, coloured by seats; each commune leads to the same page, pinned."""
    stored = get_carte(territoire.epci.siren)
    if stored is None:
        return None
    communes = tuple(
        CommuneCarte(
            code=ligne.code,
            nom=ligne.nom,
            classe=choose_classe(ligne.constates),
            texte=describe_constat(ligne.constates, ligne.ordinaires),
            adresse=f"{adresse}?commune={ligne.code}",
            mienne=ligne.mienne,
            poids=ligne.population,
        )
        for ligne in territoire.lignes
    )
    return draw_carte(stored, communes, SANS_SIEGE)


def draw_carte(stored: Any, communes: tuple[CommuneCarte, ...], sans: tuple[str, str]) -> Carte:
    """A stored map (``territoires.Carte``, ``demo.CarteFictive``) with its communes coloured by seats.

    ``sans``: the entry of the legend for the communes without a seat; only the classes drawn are in the legend.
    """
    present = {commune.classe for commune in communes}
    labels = [
        *((str(rank), label) for rank, (_, label) in enumerate(CLASSES, 1)),
        (str(len(CLASSES) + 1), DERNIERE_CLASSE),
    ]
    return Carte(
        fond=Fond(stored.largeur, stored.hauteur, {code: Forme(*forme) for code, forme in stored.formes.items()}),
        communes=communes,
        legende=tuple(entry for entry in (*labels, sans) if entry[0] in present),
        voisins=stored.voisins,
    )


def build_groupes(lignes: Sequence[Ligne]) -> list[dict[str, object]]:
    """Groups of the hémicycle: one a commune, from the most seats to the fewest."""
    seated = sorted((ligne for ligne in lignes if ligne.constates), key=lambda ligne: (-ligne.constates, ligne.cle))
    return [{"nom": ligne.nom, "sieges": ligne.constates, "mienne": ligne.mienne} for ligne in seated]


def list_ecartees(conseil: Conseil, noms: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Names of the communes that the check of a local agreement sets apart, by state."""
    controle = conseil.comparaison.controle
    if controle is None:
        return []
    apart: dict[str, list[str]] = {}
    for commune in controle.communes:
        if commune.etat.name != "CONFORME":
            apart.setdefault(ETATS_ECARTES[commune.etat.name], []).append(noms[commune.code])
    return sorted(apart.items())


def read_exemple(siren: str) -> dict[str, object] | None:
    """The true sentence and the outline of one territory, for the entrance; None before the reference is loaded."""
    epci = get_epci(siren)
    if epci is None:
        return None
    territoire = read_territoire(epci)
    phrase = build_phrase(epci, territoire.conseil, territoire.noms)
    return {"epci": epci, "phrase": phrase, "carte": get_carte(siren)}
