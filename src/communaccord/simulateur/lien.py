"""The link that holds a whole simulation: canonical JSON, compressed, written in base64url; nothing is kept anywhere.

The figures of the communes are written as columns in the order of the codes; for a real territory the codes, names and
populations of the reference are not repeated, and a sum of control says whether its perimeter has changed since.
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping

from communaccord.reference import TerritoireInconnu, get_communes
from communaccord.simulateur.format import write_data
from communaccord.simulateur.types import Anomalie, Simulation
from communaccord.simulateur.validation import parse_simulation

PREFIXE = "1."
MAX_LIEN = 30_000
MAX_DECODE = 400_000
_ENTIER = re.compile(r"0|[1-9][0-9]{0,14}")

Colonnes = dict[str, list[object]]


class LienInvalide(ValueError):
    """A link that cannot be read; the message is a French sentence."""


def encode_lien(simulation: Simulation) -> str:
    """Return the text of a link that reopens the simulation: letters, digits, ``-``, ``_`` and ``.`` only.

    Complexity: O(communes). 158 communes with three figures each hold in less than 4,000 characters (a test holds it).
    """
    donnees = write_data(simulation)
    lignes = donnees.pop("communes")
    if not isinstance(lignes, list):
        raise TypeError("Les communes d'une simulation sont une liste.")
    codes = [str(ligne["code"]) for ligne in lignes]
    siren = simulation.territoire.siren
    if siren is None:
        donnees["k"] = codes
    else:
        donnees["territoire"] = {"siren": siren}
        donnees["k"] = _control(codes)
        _drop_connus(lignes, siren)
    donnees["c"] = _to_colonnes(lignes, codes)
    donnees["p"] = _to_masque(codes, donnees.pop("perimetre", None))
    texte = json.dumps(donnees, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return PREFIXE + base64.urlsafe_b64encode(zlib.compress(texte.encode(), 9)).decode().rstrip("=")


def decode_lien(lien: str) -> Simulation | list[Anomalie]:
    """Return the simulation that a link holds, or why it cannot be read; never raises, whatever the text.

    Bounds: 30,000 characters, 400,000 bytes once decompressed (what exceeds is refused before being decompressed).
    """
    try:
        donnees = _expand(_decompress(lien.strip()))
    except LienInvalide as erreur:
        message, _, que_faire = str(erreur).partition("|")
        return [Anomalie("lien", "Lien", message, que_faire)]
    return parse_simulation(donnees, strict=True)


ABIME = "il est abîmé ou incomplet.|Recopiez-le en entier : les messageries coupent parfois les liens longs."


def _decompress(lien: str) -> dict[str, object]:
    if not lien.startswith(PREFIXE):
        raise LienInvalide("il ne vient pas de cette version du simulateur.|Demandez le fichier de la simulation.")
    if len(lien) > MAX_LIEN:
        raise LienInvalide("il est trop long pour être un lien du simulateur.|Demandez le fichier de la simulation.")
    corps = lien.removeprefix(PREFIXE)
    if not re.fullmatch(r"[A-Za-z0-9_-]*", corps):
        raise LienInvalide(ABIME)
    try:
        octets = base64.urlsafe_b64decode(corps + "=" * (-len(corps) % 4))
        decompresseur = zlib.decompressobj()
        texte = decompresseur.decompress(octets, MAX_DECODE)
    except (binascii.Error, ValueError, zlib.error) as erreur:
        raise LienInvalide(ABIME) from erreur
    if decompresseur.unconsumed_tail:
        raise LienInvalide("son contenu est démesuré.|Demandez le fichier de la simulation.")
    if not decompresseur.eof or decompresseur.unused_data:
        raise LienInvalide(ABIME)
    try:
        donnees = json.loads(texte, parse_constant=str)
    except (ValueError, RecursionError) as erreur:
        raise LienInvalide(ABIME) from erreur
    if not isinstance(donnees, dict):
        raise LienInvalide(ABIME)
    return donnees


def _expand(donnees: dict[str, object]) -> dict[str, object]:
    """Give back the communes from their columns."""
    repere, colonnes, masque = donnees.pop("k", None), donnees.pop("c", None), donnees.pop("p", None)
    codes = _find_codes(donnees.get("territoire"), repere)
    if not isinstance(colonnes, Mapping) or not all(isinstance(valeurs, list) for valeurs in colonnes.values()):
        raise LienInvalide(ABIME)
    lignes: list[dict[str, object]] = [{"code": code} for code in codes]
    for champ, valeurs in colonnes.items():
        if len(valeurs) > len(lignes):
            raise LienInvalide(ABIME)
        for ligne, valeur in zip(lignes, valeurs, strict=False):
            _put(ligne, champ, valeur)
    donnees["communes"] = lignes
    if masque is not None:
        donnees["perimetre"] = _from_masque(codes, masque)
    return donnees


def _find_codes(territoire: object, repere: object) -> list[str]:
    if isinstance(repere, list) and all(isinstance(code, str) for code in repere):
        return repere
    siren = territoire.get("siren") if isinstance(territoire, Mapping) else None
    try:
        codes = sorted(commune.code for commune in get_communes(str(siren)))
    except TerritoireInconnu as erreur:
        raise LienInvalide(f"le territoire qu'il désigne n'existe pas ou plus.|{erreur}") from erreur
    if repere != _control(codes):
        raise LienInvalide(
            "les communes de ce territoire ont changé depuis que le lien a été fait.|Refaites la simulation."
        )
    return codes


def _put(ligne: dict[str, object], champ: str, valeur: object) -> None:
    """Put a value back in its place: ``volumes.pc`` goes under ``volumes``."""
    if valeur is None:
        return
    groupe, point, code = champ.partition(".")
    if not point:
        ligne[champ] = valeur
        return
    sous_champs = ligne.setdefault(groupe, {})
    if not isinstance(sous_champs, dict):
        raise LienInvalide(ABIME)
    sous_champs[code] = valeur


def _drop_connus(lignes: list[dict[str, object]], siren: str) -> None:
    """Leave out names, and populations that are those of the reference."""
    populations = {commune.code: commune.population_municipale_2023 for commune in get_communes(siren)}
    for ligne in lignes:
        del ligne["nom"]
        if ligne["population"] == populations[str(ligne["code"])]:
            del ligne["population"]


def _to_colonnes(lignes: list[dict[str, object]], codes: list[str]) -> Colonnes:
    """Write the fields as columns, in the order of the codes for a real territory, of the list otherwise."""
    ordre = [_flatten(ligne) for ligne in lignes]
    if lignes and "nom" not in lignes[0]:
        ordre = [plat for _, plat in sorted(zip(codes, ordre, strict=True), key=lambda couple: couple[0])]
    colonnes: Colonnes = {}
    for rang, ligne in enumerate(ordre):
        for champ, valeur in ligne.items():
            colonne = colonnes.setdefault(champ, [])
            colonne += [None] * (rang - len(colonne))
            colonne.append(_shorten(valeur))
    return colonnes


def _flatten(ligne: Mapping[str, object]) -> dict[str, object]:
    plat: dict[str, object] = {}
    for champ, valeur in ligne.items():
        if isinstance(valeur, Mapping):
            plat |= {f"{champ}.{code}": element for code, element in valeur.items()}
        elif champ != "code":
            plat[champ] = valeur
    return plat


def _shorten(valeur: object) -> object:
    """Write a whole number without quotes, which takes less room."""
    return int(valeur) if isinstance(valeur, str) and _ENTIER.fullmatch(valeur) else valeur


def _control(codes: list[str]) -> int:
    return zlib.crc32(",".join(sorted(codes)).encode())


def _to_masque(codes: list[str], perimetre: object) -> str | None:
    """Write a perimeter as one bit a commune, in the order of the codes given back by the reading."""
    if not isinstance(perimetre, list):
        return None
    return format(sum(1 << rang for rang, code in enumerate(sorted(codes)) if code in perimetre), "x")


def _from_masque(codes: list[str], masque: object) -> list[str]:
    if not isinstance(masque, str) or not re.fullmatch(r"[0-9a-f]{1,200}", masque):
        raise LienInvalide(ABIME)
    bits = int(masque, 16)
    return [code for rang, code in enumerate(sorted(codes)) if bits >> rang & 1]
