"""The inputs: npm packages checked by their sum, and files of a folder. Each file read is recorded with its SHA-256."""

import csv
import hashlib
import io
import json
import lzma
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PAQUET = "@etalab/decoupage-administratif"
SOMMES_PAQUETS: Mapping[str, str] = {
    "6.0.0": "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    "0.8.0": "3731209f86aab7c92a7de236caa6c5cc70c2ca0c4e21407e7e132b7483d04fe5",
    "0.7.0": "4643f584e1502d38a9baefe6e5b478aa8d5077bcd7e8972461dbbaceb66559f0",
}


class EntreeInvalide(ValueError):
    """An input is missing or is not what it should be; the message is a French sentence."""


@dataclass(slots=True)
class Entrees:
    """Where the inputs are; ``sommes`` fills up as they are read."""

    paquets: Path
    donnees: Path
    sommes: dict[str, str] = field(default_factory=dict)

    def read_paquet(self, version: str, nom: str) -> list[dict[str, Any]]:
        """Rows of ``data/<nom>.json`` in one version of the package."""
        chemin = self.paquets / version / "package" / "data" / f"{nom}.json"
        return list(json.loads(self._read(chemin, f"{PAQUET}@{version}/data/{nom}.json")))

    def read_csv(self, nom: str, colonnes: frozenset[str]) -> list[dict[str, str]]:
        """Rows of a comma-separated file that has at least these columns."""
        return parse_csv(self._read(self.donnees / nom, nom).decode(), colonnes, nom)

    def read_contours(self, nom: str) -> dict[str, Any]:
        """Coordinates (GeoJSON MultiPolygon) by code of commune."""
        lignes = lzma.decompress(self._read(self.donnees / nom, nom)).decode().splitlines()
        contours = {ligne["code"]: ligne["coordinates"] for ligne in map(json.loads, lignes)}
        if len(contours) != len(lignes):
            raise EntreeInvalide(f"{nom} : une commune y a plusieurs contours.")
        return contours

    def _read(self, chemin: Path, nom: str) -> bytes:
        try:
            octets = chemin.read_bytes()
        except OSError as erreur:
            raise EntreeInvalide(f"Le fichier {chemin} ne peut pas être lu : {erreur.strerror}.") from erreur
        self.sommes[nom] = hashlib.sha256(octets).hexdigest()
        return octets


def parse_csv(texte: str, colonnes: frozenset[str], nom: str) -> list[dict[str, str]]:
    """Rows as dictionaries; EntreeInvalide names the missing columns or the incomplete line."""
    lecteur = csv.DictReader(io.StringIO(texte))
    manquantes = colonnes - set(lecteur.fieldnames or ())
    if manquantes:
        raise EntreeInvalide(f"{nom} : il manque les colonnes {', '.join(sorted(manquantes))}.")
    lignes = list(lecteur)
    for rang, ligne in enumerate(lignes, start=2):
        if None in ligne or None in ligne.values():
            raise EntreeInvalide(f"{nom}, ligne {rang} : le nombre de colonnes n'est pas celui de l'en-tête.")
    return lignes


def fetch_paquets(dossier: Path) -> None:
    """Download each version of the package by the npm client, check its sum, unpack it in ``dossier/<version>``."""
    for version, somme in SOMMES_PAQUETS.items():
        cible = dossier / version
        cible.mkdir(parents=True, exist_ok=True)
        commande = ["npm", "pack", f"{PAQUET}@{version}", "--silent"]
        nom = subprocess.run(commande, cwd=cible, check=True, capture_output=True, text=True).stdout.split()[-1]
        archive = cible / nom
        if hashlib.sha256(archive.read_bytes()).hexdigest() != somme:
            raise EntreeInvalide(
                f"Le paquet {PAQUET}@{version} reçu n'est pas celui attendu (somme SHA-256 différente)."
            )
        with tarfile.open(archive) as contenu:
            contenu.extractall(cible, filter="data")
