"""OFGL, accounts of communes or of EPCI (CSV of the site): one row for a collectivité, an exercice and an agrégat.

Titles are technical names (``exer``, ``com_code``) or labels in which a year changes (« Code Insee 2024 Commune »);
decimals are dots. A commune nouvelle has one row for each former SIREN: they are summed.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from communaccord.plateforme.diagnostic.lecture.archive import Ligne
from communaccord.plateforme.diagnostic.lecture.tables import Table
from communaccord.plateforme.diagnostic.lecture.types import EPCI, Lues, TerritoireLu
from communaccord.plateforme.diagnostic.lecture.valeurs import ANNEE, clean_titre, read_valeur
from communaccord.plateforme.diagnostic.models import ClePublique
from communaccord.plateforme.socle.typographie import enumeration, pluriel
from communaccord.reference import normalize_nom

COMMUNES, INTERCOMMUNALITES = "Comptes des communes (OFGL)", "Comptes des intercommunalités (OFGL)"
EXERCICES, AGREGATS, MONTANTS = ("exer", "exercice"), ("agregat",), ("montant",)
CODES = ("com code", "code insee commune", "code commune", "insee", "code insee collectivite")
SIRENS_EPCI, NOMS_EPCI = ("epci code", "code siren epci"), ("epci name", "nom epci")
SIRENS, BUDGETS, TYPES = ("siren", "code siren collectivite"), ("lbudg", "libelle budget"), ("type budget",)
CATEGORIES = ("categ", "categorie")
CLES: Mapping[str, ClePublique] = {
    "depenses de fonctionnement": ClePublique.DEPENSES_FONCTIONNEMENT,
    "recettes de fonctionnement": ClePublique.RECETTES_FONCTIONNEMENT,
    "frais de personnel": ClePublique.FRAIS_PERSONNEL,
    "achats et charges externes": ClePublique.ACHATS_CHARGES,
    "depenses d investissement": ClePublique.DEPENSES_INVESTISSEMENT,
    "epargne brute": ClePublique.EPARGNE_BRUTE,
    "encours de dette": ClePublique.ENCOURS_DETTE,
}
# Bodies that live in a commune or around it, and are not it.
ORGANISMES = ("ccas", "cias", "synd", "caisse", "etab")


@dataclass(frozen=True, slots=True)
class Colonnes:
    """Column of each thing; None when the file has it not."""

    exercice: int
    agregat: int
    montant: int
    commune: int | None
    epci: int | None
    nom_epci: int | None
    siren: int | None
    budget: int | None
    type_budget: int | None
    categorie: int | None

    def find_code(self, territoire: TerritoireLu, ligne: Ligne) -> str | None:
        """Whose row it is: the code of one of our communes, ``EPCI``, or None."""
        if any(mot in normalize_nom(ligne.get(self.categorie)) for mot in ORGANISMES):
            return None
        if self.commune is not None:
            return territoire.find_commune(ligne.get(self.commune))
        epci, siren = ligne.get(self.epci), ligne.get(self.siren)
        if not territoire.is_epci(epci, ligne.get(self.nom_epci)) or (siren and epci and siren != epci):
            return None
        return EPCI


Place = tuple[str, ClePublique, int]


@dataclass(slots=True)
class Cumul:
    """Amounts summed by commune, key and year; each account (SIREN, budget) counts once."""

    sommes: dict[Place, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    comptes: dict[Place, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    autres: set[str] = field(default_factory=set)
    repetees: int = 0
    annexes: int = 0

    def read_ligne(self, lues: Lues, colonnes: Colonnes, ligne: Ligne, code: str) -> None:
        agregat, exercice = ligne.get(colonnes.agregat).strip(), ligne.get(colonnes.exercice).strip()[:4]
        cle = CLES.get(normalize_nom(agregat))
        if cle is None or ANNEE.fullmatch(exercice) is None:
            self.autres.add(agregat)
        elif "annexe" in normalize_nom(ligne.get(colonnes.type_budget)):
            self.annexes += 1
        else:
            self.add(lues, colonnes, ligne, (code, cle, int(exercice)))

    def add(self, lues: Lues, colonnes: Colonnes, ligne: Ligne, place: Place) -> None:
        compte = (ligne.get(colonnes.siren), ligne.get(colonnes.budget))
        montant = read_valeur(lues, ligne, colonnes.montant, point=True)
        if montant is not None and compte in self.comptes[place]:
            self.repetees += 1
        elif montant is not None:
            self.comptes[place].add(compte)
            self.sommes[place] += montant

    def write_remarques(self, territoire: TerritoireLu) -> list[str]:
        """What was done on the way, in sentences."""
        nouvelles = {code for (code, _, _), comptes in self.comptes.items() if len(comptes) > 1 and code != EPCI}
        remarques = []
        if nouvelles:
            noms = enumeration(sorted(territoire.communes[code] for code in nouvelles))
            remarques.append(f"Plusieurs comptes pour une même commune, additionnés : {noms}.")
        if self.repetees:
            remarques.append(
                f"{pluriel(self.repetees, 'ligne répétée, comptée', 'lignes répétées, comptées')} une seule fois."
            )
        if self.annexes:
            annexes = pluriel(self.annexes, "ligne", "lignes")
            remarques.append(f"Budgets annexes laissés de côté ({annexes}) : le budget principal est repris.")
        if self.autres:
            remarques.append(f"Agrégats laissés de côté : {enumeration(sorted(self.autres)[:8])}.")
        return remarques


def read_ofgl(table: Table, territoire: TerritoireLu, annee: int | None) -> Lues | None:
    """The accounts of our communes, or of our EPCI; None when the table is another one. The year is in each row."""
    del annee
    colonnes = find_colonnes(table)
    if colonnes is None:
        return None
    nom, qui = (INTERCOMMUNALITES, "intercommunalités") if colonnes.commune is None else (COMMUNES, "communes")
    lues, cumul = Lues(nom, f"OFGL, comptes des {qui}"), Cumul()
    for ligne in table.lignes:
        code = colonnes.find_code(territoire, ligne)
        if code is None:
            lues.ailleurs += 1
        else:
            cumul.read_ligne(lues, colonnes, ligne, code)
    for (code, cle, exercice), somme in cumul.sommes.items():
        lues.add(code, cle, exercice, somme)
    lues.remarques += cumul.write_remarques(territoire)
    return lues


def find_colonnes(table: Table) -> Colonnes | None:
    """The columns of the first row; None when they are not those of the OFGL."""
    if not table.debut:
        return None
    titres = {clean_titre(texte): colonne for colonne, texte in reversed(table.debut[0].cellules.items())}

    def find(noms: tuple[str, ...]) -> int | None:
        return next((titres[nom] for nom in noms if nom in titres), None)

    exercice, agregat, montant = find(EXERCICES), find(AGREGATS), find(MONTANTS)
    commune, epci = find(CODES), find(SIRENS_EPCI)
    if exercice is None or agregat is None or montant is None or (commune is None and epci is None):
        return None
    table.skip_titres(0)
    autres = (find(noms) for noms in (NOMS_EPCI, SIRENS, BUDGETS, TYPES, CATEGORIES))
    return Colonnes(exercice, agregat, montant, commune, epci, *autres)
