"""Reading of one field at a time, each refusal located: the id of the field, where in words, what is wrong, what to do.

An id joins the path of a field with hyphens (``communes-64102-depense_actuelle``): it is at once the name of the field
in a form, its HTML id and the place told by an :class:`Anomalie`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

from communaccord.noyau.exact import round_exact
from communaccord.reference import normalize_nom
from communaccord.simulateur.ecriture import format_nombre
from communaccord.simulateur.nombres import NombreInvalide, is_inconnu, parse_nombre, quote
from communaccord.simulateur.types import Anomalie

_CONTROLES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ESPACES = re.compile(r" {2,}")
MAX_ANOMALIES = 200
MAX_TEXTE = 200
MAX_RAPPROCHEMENTS = 30
MAX_RAPPROCHE = 80
MIN_DEBUT = 3


@dataclass(frozen=True, slots=True)
class Borne:
    """Bounds of a figure, with the reason told when they are passed; ``entier``: whole; ``annee``: a year."""

    minimum: int | Fraction = 0
    maximum: int | Fraction = 10**9
    raison: str = ""
    entier: bool = False
    annee: bool = False

    def write(self, nombre: int | Fraction) -> str:
        """Write a number in a message: a year without thousands separator."""
        return str(nombre) if self.annee else format_nombre(nombre)


def is_vide(valeur: object) -> bool:
    """Whether nothing at all was typed (unlike "je ne sais pas", which is an answer)."""
    return valeur is None or (isinstance(valeur, str) and not valeur.strip())


@dataclass(slots=True)
class Lecteur:
    """Collects the anomalies of a whole reading; ``strict`` also refuses fields nobody reads (a file typed by hand)."""

    strict: bool = False
    anomalies: list[Anomalie] = field(default_factory=list)
    zones: list["Zone"] = field(default_factory=list)
    total: int = 0
    rapprochements: int = 0

    @classmethod
    def build_muet(cls) -> "Lecteur":
        """A reading that proposes no close name."""
        return cls(rapprochements=MAX_RAPPROCHEMENTS)

    @property
    def est_plein(self) -> bool:
        """Whether the anomalies to come are counted only."""
        return len(self.anomalies) >= MAX_ANOMALIES

    def refuse(self, ou: str, libelle: str, message: str, que_faire: str) -> None:
        """Record one thing to mend; beyond 200 they are only counted."""
        self.total += 1
        if not self.est_plein:
            self.anomalies.append(Anomalie(ou, libelle, message, que_faire))

    def propose_proches(self, texte: str, candidats: Sequence[str], nombre: int = 3) -> str:
        """Return a French sentence with the closest candidates, empty when none is close.

        A candidate that begins with the text comes before those spelt nearly the same: "Origny" may mean
        "Origny-en-Thiérache" as well as a shorter name close to it.
        To compare costs time: only the first faults of a reading get a proposal, by the beginning of their text.
        """
        if self.rapprochements >= MAX_RAPPROCHEMENTS:
            return ""
        self.rapprochements += 1
        court = texte[:MAX_RAPPROCHE]
        debut = f"{normalize_nom(court)} "
        commencent = [nom for nom in candidats if len(debut) > MIN_DEBUT and normalize_nom(nom).startswith(debut)]
        proches = get_close_matches(court, candidats, n=nombre, cutoff=0.6)
        trouves = list(dict.fromkeys([*commencent, *proches]))[:nombre]
        return f"Vouliez-vous dire {' ou '.join(quote(nom) for nom in trouves)} ?" if trouves else ""

    def open(self, donnees: object, ou: str, lieu: str) -> "Zone":
        """Open a zone on a mapping; anything else is refused and read as empty."""
        if donnees is not None and not isinstance(donnees, Mapping):
            self.refuse(ou or "simulation", lieu or "Simulation", "un groupe de champs est attendu ici.", MODELE)
            donnees = None
        zone = Zone(self, {str(cle): valeur for cle, valeur in (donnees or {}).items()}, ou, lieu)
        if self.strict:
            self.zones.append(zone)
        return zone

    def check_champs_inconnus(self) -> None:
        """In a strict reading, refuse the fields that nobody has read: a misspelt name must not be lost in silence."""
        for zone in self.zones if self.strict else ():
            for cle in sorted(zone.donnees.keys() - zone.lus):
                proches = self.propose_proches(cle, sorted(zone.lus))
                que_faire = proches or "Retirez-le, ou voyez le guide du format."
                self.refuse(
                    zone.get_ou(cle[:60]), zone.lieu or "Fichier", f"le champ {quote(cle)} est inconnu.", que_faire
                )


MODELE = "Partez du fichier d'exemple : communaccord simuler --exemple."


@dataclass(slots=True)
class Zone:
    """A group of fields: its data, the id that begins theirs, its place in words."""

    lecteur: Lecteur
    donnees: Mapping[str, object]
    ou: str
    lieu: str
    lus: set[str] = field(default_factory=set)

    def get_ou(self, cle: str) -> str:
        """Id of a field of this zone."""
        return f"{self.ou}-{cle}" if self.ou else cle

    def get(self, cle: str) -> object:
        """Raw value of a field, None when absent."""
        self.lus.add(cle)
        return self.donnees.get(cle)

    def refuse(self, cle: str, libelle: str, message: str, que_faire: str) -> None:
        """Record an anomaly on a field of this zone."""
        lieu = f"{self.lieu}, {libelle}" if self.lieu and libelle else self.lieu or libelle.capitalize()
        self.lecteur.refuse(self.get_ou(cle), lieu, message, que_faire)

    def is_refused(self, cle: str) -> bool:
        """Whether an anomaly already stands on a field of this zone."""
        ou = self.get_ou(cle)
        return any(anomalie.ou == ou for anomalie in self.lecteur.anomalies)

    def open(self, cle: str, lieu: str = "") -> "Zone":
        """Open the zone written under ``cle``."""
        return self.lecteur.open(self.get(cle), self.get_ou(cle), lieu or self.lieu)

    def open_suite(self, cle: str, lieu: str, maximum: int) -> Iterator["Zone"]:
        """Open each element of a list (or of a mapping of numbered rows, as a form gives); blank rows are skipped."""
        valeur = self.get(cle)
        if is_vide(valeur):
            return
        elements = list_elements(valeur)
        if elements is None:
            self.refuse(cle, lieu, "une liste est attendue ici.", MODELE)
            return
        pleins = [(rang, element) for rang, element in elements if not is_blanc(element)]
        if len(pleins) > maximum:
            self.refuse(
                cle, lieu, f"il y en a {len(pleins)}, le maximum est {maximum}.", "Retirez-en ou regroupez-les."
            )
            return
        for numero, (rang, element) in enumerate(pleins, start=1):
            yield self.lecteur.open(element, f"{self.get_ou(cle)}-{rang}", f"{lieu} {numero}")

    def read_texte(self, cle: str, libelle: str, *, defaut: str = "", maximum: int = MAX_TEXTE) -> str:
        """Read a short text on one line."""
        valeur = self.get(cle)
        if is_vide(valeur):
            return defaut
        if not isinstance(valeur, str | int) or isinstance(valeur, bool):
            self.refuse(cle, libelle, "un texte est attendu ici.", "Écrivez quelques mots.")
            return defaut
        texte = clean_texte(str(valeur))
        if len(texte) > maximum:
            self.refuse(cle, libelle, f"le texte compte {len(texte)} caractères.", f"Gardez-en au plus {maximum}.")
            return texte[:maximum]
        return texte

    def read_nombre(self, cle: str, libelle: str, borne: Borne) -> Fraction | None:
        """Read a figure within its bounds; None when unknown or refused (then an anomaly says so)."""
        try:
            nombre = parse_nombre(self.get(cle))
        except NombreInvalide as erreur:
            self.refuse(cle, libelle, erreur.message, erreur.que_faire)
            return None
        if nombre is None:
            return None
        if borne.entier and nombre.denominator != 1:
            self.refuse(
                cle, libelle, f"{format_nombre(nombre)} n'est pas un nombre entier.", "Écrivez un nombre entier."
            )
            return None
        return nombre if self._check_borne(cle, libelle, nombre, borne) else None

    def _check_borne(self, cle: str, libelle: str, nombre: Fraction, borne: Borne) -> bool:
        if borne.minimum <= nombre <= borne.maximum:
            return True
        ecrit = borne.write(nombre)
        if nombre < 0 and borne.minimum == 0:
            self.refuse(cle, libelle, f"{ecrit} est négatif.", "Écrivez zéro ou un nombre positif.")
            return False
        if nombre < borne.minimum:
            message, limite = f"{ecrit} est trop petit.", f"Le minimum est {borne.write(borne.minimum)}."
        else:
            message, limite = f"{ecrit} est trop grand.", f"Le maximum est {borne.write(borne.maximum)}."
        self.refuse(cle, libelle, message, f"{limite} {borne.raison}".strip())
        return False

    def read_entier(self, cle: str, libelle: str, borne: Borne, defaut: int) -> int:
        """Read a whole number, ``defaut`` when nothing is known."""
        nombre = self.read_nombre(cle, libelle, borne)
        return defaut if nombre is None else int(nombre)

    def read_montant(self, cle: str, libelle: str, borne: Borne) -> int | None:
        """Read an amount in euros and return whole cents (nearest cent, a half goes up)."""
        nombre = self.read_nombre(cle, libelle, borne)
        return None if nombre is None else round_exact(nombre * 100)

    def read_taux(self, cle: str, libelle: str, borne: Borne) -> Fraction:
        """Read a percentage ("2 %" or "2") and return the rate 1/50; nothing is zero."""
        nombre = self.read_nombre(cle, libelle, borne)
        return Fraction(0) if nombre is None else nombre / 100

    def read_oui(self, cle: str, libelle: str) -> bool:
        """Read a yes or no: true, "oui", "on", "1"; nothing is no."""
        valeur = self.get(cle)
        if valeur is None or isinstance(valeur, bool):
            return bool(valeur)
        mot = str(valeur).strip().casefold()
        if mot in {"oui", "on", "true", "vrai", "1", "x"}:
            return True
        if mot not in {"", "non", "off", "false", "faux", "0"}:
            self.refuse(cle, libelle, f"{quote(valeur)} n'est ni oui ni non.", "Répondez par oui ou par non.")
        return False


def list_elements(valeur: object) -> list[tuple[str, object]] | None:
    """Elements of a list with their rank, or of a mapping of rows in the order of their numbers; None otherwise."""
    if isinstance(valeur, Mapping):
        return sorted(((str(cle), element) for cle, element in valeur.items()), key=lambda paire: _rank(paire[0]))
    if isinstance(valeur, Sequence) and not isinstance(valeur, str | bytes):
        return [(str(rang), element) for rang, element in enumerate(valeur)]
    return None


def clean_texte(texte: str) -> str:
    """Put a text on one line: control characters become spaces, runs of spaces one; no-break spaces are kept."""
    if texte.isprintable():
        return _ESPACES.sub(" ", texte).strip(" ")
    sans_controle = "".join(" " if unicodedata.category(c) in _CONTROLES else c for c in texte)
    return _ESPACES.sub(" ", sans_controle).strip(" ")


def is_blanc(valeur: object) -> bool:
    """Whether an element of a list holds nothing at all, at any depth."""
    if isinstance(valeur, Mapping):
        return all(is_blanc(element) for element in valeur.values())
    if isinstance(valeur, list | tuple):
        return all(is_blanc(element) for element in valeur)
    return is_vide(valeur)


def is_sans_reponse(valeur: object) -> bool:
    """Whether a field says "unknown" in words, unlike a blank."""
    return isinstance(valeur, str) and bool(valeur.strip()) and is_inconnu(valeur)


def _rank(cle: str) -> tuple[int, int, str]:
    return (0, int(cle), "") if cle.isascii() and cle.isdigit() and len(cle) < 10 else (1, 0, cle)
