"""A filled workbook read back: whose it is, then each line typed as the page types it, every fault told by its cell.

A number of the spreadsheet is taken at the cent, as its cell shows it; a formula by the result that was recorded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from communaccord.plateforme.diagnostic.calculs.valeurs import (
    ANNEE_ILLISIBLE,
    ANNEES,
    ReponseSaisie,
    Valeur,
    ValeurRefusee,
    check_nombre,
    check_reponse,
    is_nombre,
    parse_valeur,
)
from communaccord.plateforme.diagnostic.enums import NON, OUI, Qualite, TypeLigne
from communaccord.plateforme.diagnostic.lecture import gabarit
from communaccord.plateforme.diagnostic.lecture.envois import REPARTEZ
from communaccord.plateforme.diagnostic.lecture.types import round_centiemes
from communaccord.plateforme.diagnostic.models import Ligne
from communaccord.simulateur.nombres import is_inconnu, quote
from communaccord.simulateur.tableau.balises import SANS_VALEUR
from communaccord.simulateur.tableau.grille import read_feuilles
from communaccord.simulateur.tableau.lecture import REENREGISTRER, write_cellule
from communaccord.simulateur.tableau.lettres import to_lettre
from communaccord.simulateur.tableau.types import Feuille, FichierIllisible

OUIS = frozenset({OUI, "o", "x", "1", "vrai", "true"})
NONS = frozenset({"", NON, "n", "0", "faux", "false"})
TEXTES = frozenset({gabarit.SOURCE, gabarit.COMMENTAIRE})
MAX_TEXTE = 32_000
VIDES = b"\x00 \t\r\n"
# A zip, or an old workbook, of which more can be told.
DE_CLASSEUR = (b"PK", b"\xd0\xcf\x11\xe0")
PAS_UN_CLASSEUR = "ce n'est pas un classeur Excel (.xlsx), quel que soit le nom du fichier."
PAS_LE_NOTRE = "ce n'est pas un classeur de fiche : il lui manque ce qui dit de quelle commune il est."


@dataclass(frozen=True, slots=True)
class Case:
    """One cell: its reference (``F12``), its value, why it is not to be taken (empty: it is)."""

    reference: str
    brut: object
    piege: str = ""

    @property
    def texte(self) -> str:
        """As a person sees it, its own line breaks kept."""
        if isinstance(self.brut, str):
            return self.brut[:MAX_TEXTE].replace("\r\n", "\n").strip()
        return write_cellule(self.brut)


@dataclass(frozen=True, slots=True)
class LigneBrute:
    """One row of a tab: the key of its line, the version of the answer that it held, its cells by column."""

    feuille: str
    numero: int
    cle: str
    version: int
    cases: Mapping[str, Case]


@dataclass(frozen=True, slots=True)
class ClasseurLu:
    """Whose workbook it is, when it was made, its rows."""

    campagne: int
    fiche: int
    demarche: int
    telecharge_le: datetime
    lignes: tuple[LigneBrute, ...]


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One line typed; ``fautes``: sentences that tell the tab and the cell. With a fault nothing of it is taken."""

    brute: LigneBrute
    ligne: Ligne | None
    reponse: ReponseSaisie = field(default_factory=ReponseSaisie)
    fautes: tuple[str, ...] = ()


def read_classeur(contenu: bytes) -> ClasseurLu:
    """Open a workbook that documents/classeur.py wrote and a person filled. Errors: FichierIllisible."""
    if contenu.strip(VIDES) and not contenu.startswith(DE_CLASSEUR):
        raise FichierIllisible(PAS_UN_CLASSEUR, REPARTEZ)
    try:
        feuilles = {feuille.nom: feuille for feuille in read_feuilles(contenu)}
    except FichierIllisible as illisible:
        enregistrer = "Enregistrez-le en .xlsx, sans mot de passe. " if "mot de passe" in illisible.message else ""
        raise FichierIllisible(illisible.message, f"{enregistrer}{REPARTEZ}") from illisible
    tampon = read_tampon(feuilles.get(gabarit.FEUILLE_TAMPON))
    lignes = [ligne for nom in gabarit.FEUILLES.values() if nom in feuilles for ligne in read_feuille(feuilles[nom])]
    if not lignes:
        raise FichierIllisible("il ne reste aucune ligne à lire dans ce classeur.", REPARTEZ)
    return ClasseurLu(
        int(tampon["campagne"]),
        int(tampon["fiche"]),
        int(tampon["demarche"]),
        datetime.fromisoformat(tampon["telecharge_le"]),
        tuple(lignes),
    )


def read_tampon(feuille: Feuille | None) -> dict[str, str]:
    """What the workbook says of itself. Errors: FichierIllisible when it is another one, or of another format."""
    if feuille is None:
        raise FichierIllisible(PAS_LE_NOTRE, REPARTEZ)
    tampon = {write_cellule(ligne[0]): write_cellule(ligne[1]) for ligne in feuille.lignes if len(ligne) > 1}
    entiers = [tampon.get(cle, "") for cle in ("format", "demarche", "campagne", "fiche")]
    if not all(texte.isascii() and texte.isdigit() and len(texte) < 16 for texte in entiers):
        raise FichierIllisible(PAS_LE_NOTRE, REPARTEZ)
    if int(tampon["format"]) != gabarit.FORMAT:
        raise FichierIllisible(
            f"ce classeur est au format {tampon['format']}, celui que l'on sait lire est le {gabarit.FORMAT}.", REPARTEZ
        )
    try:
        instant = datetime.fromisoformat(tampon.get("telecharge_le", ""))
    except ValueError as erreur:
        raise FichierIllisible(PAS_LE_NOTRE, REPARTEZ) from erreur
    if instant.tzinfo is None:
        raise FichierIllisible(PAS_LE_NOTRE, REPARTEZ)
    return tampon


def read_feuille(feuille: Feuille) -> Iterator[LigneBrute]:
    """Rows of a tab that name a line, wherever they were moved. Errors: FichierIllisible when the titles are gone."""
    noms: dict[str, int] = {}
    for numero, ligne in enumerate(feuille.lignes, start=1):
        textes = [write_cellule(valeur) for valeur in ligne]
        if not noms:
            if gabarit.CLE in textes and gabarit.VERSION in textes:
                noms = {texte: rang for rang, texte in enumerate(textes) if texte}
            continue
        cle = textes[noms[gabarit.CLE]]
        if not cle or cle == gabarit.CLE:
            continue
        version = textes[noms[gabarit.VERSION]]
        cases = {nom: build_case(feuille, numero, rang, ligne[rang]) for nom, rang in noms.items()}
        yield LigneBrute(feuille.nom, numero, cle, read_version(version), cases)
    if not noms:
        raise FichierIllisible(f"les titres cachés de la feuille « {feuille.nom} » ont été effacés.", REPARTEZ)


def read_version(texte: str) -> int:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


def build_case(feuille: Feuille, numero: int, rang: int, brut: object) -> Case:
    reference = f"{to_lettre(rang + 1)}{numero}"
    piege = feuille.pieges.get(reference, "")
    if piege == SANS_VALEUR and write_cellule(brut):
        piege = ""
    return Case(reference, brut, piege)


def type_lignes(classeur: ClasseurLu, lignes: Sequence[Ligne], cette_annee: int = ANNEES[1]) -> list[LigneLue]:
    """Each row as an answer to the line of its key; ``lignes``: those that this sheet answers today."""
    par_cle = {ligne.cle: ligne for ligne in lignes}
    lues, vues = [], set[str]()
    for brute in classeur.lignes:
        ligne = par_cle.get(brute.cle)
        if ligne is None:
            fautes: tuple[str, ...] = (locate(brute, None, "cette ligne n'est plus au questionnaire."),)
            lues.append(LigneLue(brute, None, fautes=fautes))
        elif brute.cle in vues:
            lues.append(LigneLue(brute, ligne, fautes=(locate(brute, None, "cette ligne est déjà plus haut."),)))
        else:
            lues.append(type_ligne(brute, ligne, cette_annee))
        vues.add(brute.cle)
    return lues


def locate(brute: LigneBrute, case: Case | None, phrase: str) -> str:
    """The sentence, with its tab and its cell."""
    lieu = f"cellule {case.reference}" if case else f"ligne {brute.numero}"
    return f"Feuille « {brute.feuille} », {lieu} : {phrase}"


def type_ligne(brute: LigneBrute, ligne: Ligne, cette_annee: int) -> LigneLue:
    """One row typed; faults of its cells, else what the whole answer cannot be."""
    fautes: list[str] = []
    valeurs: dict[str, Valeur] = {}
    dites: dict[str, object] = {}
    inconnues = False
    for colonne, case in brute.cases.items():
        if colonne in gabarit.FIXES or not (case.texte or case.piege):
            continue
        try:
            if not gabarit.is_ouverte(ligne, colonne):
                raise ValeurRefusee("rien n'est demandé dans cette case grise : effacez-la.")
            if colonne in gabarit.DITES:
                dites[colonne] = type_dite(colonne, case)
            elif (valeur := type_valeur(ligne, colonne, case)) is not None:
                valeurs[colonne] = valeur
            else:
                inconnues = True
        except ValeurRefusee as refusee:
            fautes.append(locate(brute, case, lower_initiale(str(refusee))))
    reponse = ReponseSaisie(
        valeurs,
        bool(dites.get(gabarit.INCONNU)) or (inconnues and not valeurs),
        dites.get(gabarit.ANNEE) if ligne.est_chiffree else None,  # type: ignore[arg-type]
        str(dites.get(gabarit.SOURCE, "")),
        str(dites.get(gabarit.QUALITE, Qualite.ESTIME)),
        str(dites.get(gabarit.COMMENTAIRE, "")),
    )
    if not fautes:
        fautes = [
            locate(brute, brute.cases.get(colonne), lower_initiale(phrase))
            for colonne, phrase in check_reponse(ligne, reponse, cette_annee).items()
        ]
    return LigneLue(brute, ligne, reponse, tuple(fautes))


def type_valeur(ligne: Ligne, colonne: str, case: Case) -> Valeur | None:
    """A figure or a word; None when it says "unknown". Errors: ValeurRefusee."""
    check_piege(case, chiffre=is_nombre(ligne, colonne))
    if is_nombre(ligne, colonne):
        return type_nombre(ligne, colonne, case)
    if isinstance(case.brut, bool):
        return parse_valeur(ligne, colonne, OUI if case.brut else NON)
    if ligne.type == TypeLigne.TEXTE or not is_inconnu(case.texte):
        return parse_valeur(ligne, colonne, case.texte)
    return None


def check_piege(case: Case, *, chiffre: bool) -> None:
    """Errors: ValeurRefusee for a formula without a result, or in error; for a figure shown as a percentage, a date."""
    if case.piege and (chiffre or "pourcentage" not in case.piege):
        que_faire = REENREGISTRER if case.piege == SANS_VALEUR else "Écrivez la valeur, au format standard."
        raise ValeurRefusee(f"{case.piege} {que_faire}")
    if isinstance(case.brut, date | datetime | time | timedelta):
        raise ValeurRefusee(f"{quote(case.texte)} est une date. Écrivez la valeur, au format standard.")


def type_nombre(ligne: Ligne, colonne: str, case: Case) -> int | None:
    if isinstance(case.brut, bool):
        raise ValeurRefusee("Un nombre est attendu ici, pas « vrai » ou « faux ».")
    if isinstance(case.brut, int | float):
        return check_nombre(colonne, round_centiemes(Fraction(Decimal(repr(case.brut)))))
    valeur = parse_valeur(ligne, colonne, case.texte)
    return valeur if isinstance(valeur, int) else None


def type_dite(colonne: str, case: Case) -> object:
    """What goes with a figure: its year, its source, how sure it is, a comment. Errors: ValeurRefusee."""
    check_piege(case, chiffre=colonne == gabarit.ANNEE)
    texte = case.texte
    if colonne in TEXTES:
        return texte
    if colonne == gabarit.INCONNU:
        if texte.casefold() in OUIS | NONS:
            return texte.casefold() in OUIS
        raise ValeurRefusee(f"{quote(texte)} : écrivez « oui », ou laissez vide.")
    if colonne == gabarit.ANNEE:
        if texte.isascii() and texte.isdigit() and len(texte) == 4:
            return int(texte)
        raise ValeurRefusee(ANNEE_ILLISIBLE)
    for valeur, mot in Qualite.choices:
        if texte.casefold() in (valeur, mot.casefold(), mot.split(" (")[0].casefold()):
            return valeur
    raise ValeurRefusee(f"{quote(texte)} n'est pas un choix proposé : « estimé » ou « établi ».")


def lower_initiale(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]
