"""The variants: a key whose weights sum to 100 %, and a perimeter."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from communaccord.simulateur.ecriture import FINE, format_nombre
from communaccord.simulateur.types import MAX_VARIANTES, CommuneSimulee, Critere, Variante
from communaccord.simulateur.validation.lecteur import MAX_TEXTE, Borne, Zone, is_blanc
from communaccord.simulateur.validation.territoire import read_codes

POIDS = Borne(0, 100, "C'est une part de la clé, en pourcentage.")


def read_variantes(racine: Zone, communes: tuple[CommuneSimulee, ...]) -> tuple[Variante, ...]:
    """Read one to three variants; a key alone (``cle``) stands for a single variant."""
    zones = list(racine.open_suite("variantes", "Variante", MAX_VARIANTES))
    if not zones:
        if is_blanc(racine.get("variantes")):
            return (_read_variante(racine, "Clé de répartition", communes, seule=True),)
        return ()
    return _name_apart([_read_variante(zone, f"Variante {rang}", communes) for rang, zone in enumerate(zones, start=1)])


def _name_apart(variantes: Sequence[Variante]) -> tuple[Variante, ...]:
    """Give each variant a name of its own: totals by name would otherwise count twice."""
    nommees: list[Variante] = []
    for variante in variantes:
        pris = {nommee.nom for nommee in nommees}
        court = variante.nom[: MAX_TEXTE - len(" (2)")]
        noms = (variante.nom, *(f"{court} ({rang})" for rang in range(2, MAX_VARIANTES + 1)))
        nommees.append(replace(variante, nom=next(nom for nom in noms if nom not in pris)))
    return tuple(nommees)


def _read_variante(zone: Zone, lieu: str, communes: tuple[CommuneSimulee, ...], *, seule: bool = False) -> Variante:
    nom = "" if seule else zone.read_texte("nom", "nom")
    perimetre = None if seule else read_codes(zone, "perimetre", "périmètre", communes)
    cle = _read_cle(zone.open("cle", lieu))
    return Variante(nom=nom or describe_cle(cle), cle=cle, perimetre=perimetre or None)


def _read_cle(zone: Zone) -> tuple[tuple[Critere, Fraction], ...]:
    poids = [(critere, zone.read_nombre(critere, critere.label, POIDS)) for critere in Critere]
    retenus = tuple((critere, valeur / 100) for critere, valeur in poids if valeur)
    total = sum((valeur for _, valeur in retenus), Fraction(0))
    if any(anomalie.ou.startswith(f"{zone.ou}-") for anomalie in zone.lecteur.anomalies):
        return retenus
    if not retenus:
        zone.lecteur.refuse(
            f"{zone.ou}-{Critere.POPULATION}",
            zone.lieu,
            "aucun critère n'est choisi.",
            f"Donnez un poids à un critère au moins ; la somme doit faire 100{FINE}%.",
        )
    elif total != 1:
        ecart = (1 - total) * 100
        reste = f"Il manque {format_nombre(ecart)}" if ecart > 0 else f"Il y a en trop {format_nombre(-ecart)}"
        zone.lecteur.refuse(
            f"{zone.ou}-{retenus[0][0]}",
            zone.lieu,
            f"les poids font {format_nombre(total * 100)}{FINE}% au lieu de 100{FINE}%.",
            f"{reste} point{'s' if abs(ecart) >= 2 else ''} de pourcentage.",
        )
    return retenus


def describe_cle(cle: tuple[tuple[Critere, Fraction], ...]) -> str:
    """Name a key by its criteria: ``population 30 %, usage du service 70 %``."""
    noms = {Critere.POTENTIEL_FISCAL: "potentiel fiscal"}
    parts = (f"{noms.get(critere, critere.label)} {format_nombre(poids * 100)}{FINE}%" for critere, poids in cle)
    return ", ".join(parts).capitalize()
