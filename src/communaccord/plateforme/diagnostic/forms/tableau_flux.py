"""A table of flows, pasted or from a file: each line read as the form is, faults told by line, nothing recorded yet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import combining, normalize

from communaccord.plateforme.diagnostic.actions.flux import ContenuFlux
from communaccord.plateforme.diagnostic.calculs.doubles import INTERCOMMUNALITE
from communaccord.plateforme.diagnostic.enums import NatureFlux, Qualite
from communaccord.plateforme.diagnostic.forms.flux import AUTRE, CHAMPS, LIBELLES, parse_flux
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur.tableau.grille import read_feuilles, read_texte
from communaccord.simulateur.tableau.lecture import write_cellule
from communaccord.simulateur.tableau.lettres import to_lettre
from communaccord.simulateur.tableau.types import Feuille, FichierIllisible

MAX_LIGNES = 3_000
MAX_RENVOI = 2_000_000
COLONNES = {
    "nature": "Nature",
    "service": "Service",
    "objet": "Objet",
    "porteur": "Qui porte",
    "beneficiaire": "Qui bénéficie",
    "montant": "Montant annuel (€)",
    "temps": "Temps (ETP)",
    "annee": "Année",
    "forme": "Convention ou usage",
    "gratuit": "Gratuit",
    "source": "Source",
    "qualite": "Estimé ou établi",
}
# Other titles that people write, once folded.
SYNONYMES = {
    "porteur": "porteur",
    "de": "porteur",
    "beneficiaire": "beneficiaire",
    "vers": "beneficiaire",
    "a": "beneficiaire",
    "montant": "montant",
    "montant annuel": "montant",
    "euros": "montant",
    "etp": "temps",
    "temps": "temps",
    "convention": "forme",
    "qualite": "qualite",
    "libelle": "objet",
    "type": "nature",
}
ATTENDUES = ("nature", "porteur", "beneficiaire")
MOTS_EPCI = frozenset({"epci", "intercommunalite", "l intercommunalite", "communaute", "la communaute"})


@dataclass(frozen=True, slots=True)
class LigneTableau:
    """One row: its number in the file, the fields as they were read, the flow or what is to be mended."""

    numero: int
    champs: Mapping[str, str]
    contenu: ContenuFlux | None
    fautes: tuple[str, ...] = ()
    remarque: str = ""


@dataclass(frozen=True, slots=True)
class TableauFlux:
    """The preview; ``refus``: why nothing could be read. ``renvoi``: fields of the good rows, given back by a page."""

    lignes: tuple[LigneTableau, ...] = ()
    refus: str = ""
    renvoi: str = ""

    @property
    def bonnes(self) -> list[LigneTableau]:
        return [ligne for ligne in self.lignes if ligne.contenu is not None]

    @property
    def fautives(self) -> list[LigneTableau]:
        return [ligne for ligne in self.lignes if ligne.contenu is None]


@dataclass(frozen=True, slots=True)
class Reperes:
    """What names in a table may mean: communes, the intercommunalité, services."""

    communes: Sequence[CommuneMembre]
    nom_epci: str
    services: Mapping[str, str]


def fold(texte: str) -> str:
    """Without accents, capitals nor punctuation, for comparing names."""
    plain = "".join(c for c in normalize("NFKD", texte) if not combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain.casefold()).split())


def read_tableau(reperes: Reperes, fichier: bytes | None, collage: str) -> TableauFlux:
    """Read the file, or else the pasted cells; of a workbook, the first sheet that has the titles."""
    try:
        feuilles = read_feuilles(fichier) if fichier is not None else [read_texte(collage)]
    except FichierIllisible as illisible:
        return TableauFlux(refus=f"{illisible.message[:1].upper()}{illisible.message[1:]} {illisible.que_faire}")
    for feuille in feuilles:
        rang, titres = find_titres(feuille)
        if titres:
            return read_feuille(reperes, feuille, rang, titres)
    attendus = ", ".join(f"« {COLONNES[nom]} »" for nom in ATTENDUES)
    return TableauFlux(refus=f"Aucune ligne de titres n'a été reconnue. Il faut au moins les colonnes {attendus}.")


def find_titres(feuille: Feuille) -> tuple[int, dict[int, str]]:
    """The first row that names the expected columns: its rank, the field of each column."""
    titles = {fold(titre): nom for nom, titre in COLONNES.items()} | SYNONYMES | {fold(n): n for n in COLONNES}
    for rang, ligne in enumerate(feuille.lignes[:30]):
        words = [fold(write_cellule(cell)) for cell in ligne]
        found = {place: titles[word] for place, word in enumerate(words) if word in titles}
        if set(ATTENDUES) <= set(found.values()):
            return rang, found
    return 0, {}


def read_feuille(reperes: Reperes, feuille: Feuille, rang: int, titres: Mapping[int, str]) -> TableauFlux:
    rows = []
    for numero, ligne in enumerate(feuille.lignes[rang + 1 :], start=rang + 2):
        cells = {nom: write_cellule(ligne[place]).strip() for place, nom in titres.items() if place < len(ligne)}
        references = [f"{to_lettre(place + 1)}{numero}" for place in titres]
        traps = [f"{ref} : {feuille.pieges[ref]}" for ref in references if ref in feuille.pieges]
        if traps:
            rows.append(LigneTableau(numero, cells, None, tuple(traps)))
        elif any(cells.values()):
            rows.append(read_ligne(reperes, numero, cells))
    if not rows:
        return TableauFlux(refus="Le tableau n'a que ses titres : ajoutez une ligne par flux.")
    if len(rows) > MAX_LIGNES:
        return TableauFlux(refus=f"Le tableau dépasse {MAX_LIGNES} flux : partagez-le en plusieurs.")
    good = [row.champs for row in rows if row.contenu is not None]
    return TableauFlux(tuple(rows), renvoi=json.dumps(good, ensure_ascii=False))


def read_ligne(reperes: Reperes, numero: int, cells: Mapping[str, str]) -> LigneTableau:
    """One flow: names become those of the lists, then the form's reading applies."""
    champs, remarques = dict.fromkeys(CHAMPS, ""), []
    champs.update({nom: cells.get(nom, "") for nom in CHAMPS})
    champs["nature"] = find_cle(cells.get("nature", ""), dict(NatureFlux.choices))
    champs["service"] = find_cle(cells.get("service", ""), reperes.services)
    champs["qualite"] = find_cle(cells.get("qualite", ""), {**dict(Qualite.choices), "etabli": "établi"})
    champs["gratuit"] = fold(cells.get("gratuit", ""))
    champs["annee"] = cells.get("annee", "").removesuffix(".0").removesuffix(",0")
    for nom in ("porteur", "beneficiaire"):
        champs[nom], champs[f"{nom}_autre"], remarque = find_corps(reperes, cells.get(nom, ""))
        remarques += [remarque] if remarque else []
    champs["objet"] = champs["objet"] or dict(NatureFlux.choices).get(champs["nature"], "")
    return finish_ligne(reperes, numero, champs, " ".join(remarques))


def finish_ligne(reperes: Reperes, numero: int, champs: Mapping[str, str], remarque: str = "") -> LigneTableau:
    lu = parse_flux(champs, reperes.communes, reperes.services)
    if isinstance(lu, ContenuFlux):
        return LigneTableau(numero, champs, lu, remarque=remarque)
    return LigneTableau(numero, champs, None, tuple(f"{LIBELLES.get(nom, nom)} : {mot}" for nom, mot in lu.items()))


def find_cle(texte: str, choix: Mapping[str, str]) -> str:
    """The key of a choice by its key or its words; the text itself when none is found, so that its fault is told."""
    by_word = {fold(mot): cle for cle, mot in choix.items()} | {fold(cle): cle for cle in choix}
    return by_word.get(fold(texte), texte)


def find_corps(reperes: Reperes, texte: str) -> tuple[str, str, str]:
    """(option, name of another body, remark) of a name as people write it."""
    folded = fold(texte)
    if not folded:
        return "", "", ""
    if folded in MOTS_EPCI or folded == fold(reperes.nom_epci):
        return INTERCOMMUNALITE, "", ""
    names = {fold(commune.nom): commune for commune in reperes.communes}
    found = names.get(folded) or next((c for c in reperes.communes if fold(c.code) == folded), None)
    if found is not None:
        return f"c{found.pk}", "", ""
    near = get_close_matches(folded, names, n=1, cutoff=0.8)
    question = f" Vouliez-vous dire {names[near[0]].nom} ?" if near else ""
    return AUTRE, texte, f"« {texte[:60]} » est noté comme un autre organisme.{question}"


def read_renvoi(reperes: Reperes, texte: str) -> list[ContenuFlux] | None:
    """The flows that the page gives back after a preview, checked again; None when they cannot be read."""
    if len(texte) > MAX_RENVOI:
        return None
    try:
        data = json.loads(texte)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, list) or not data or len(data) > MAX_LIGNES:
        return None
    found = []
    for champs in data:
        if not isinstance(champs, dict) or not all(isinstance(v, str) for v in champs.values()):
            return None
        ligne = finish_ligne(reperes, 0, champs)
        if ligne.contenu is None:
            return None
        found.append(ligne.contenu)
    return found
