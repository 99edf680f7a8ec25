"""The workbook read back as a simulation, by the names of its fields; a spreadsheet may have changed its figures."""

from collections.abc import Mapping, Sequence

from communaccord.simulateur.classeur.champs import CHAMP_PARTICIPE, FEUILLE_COMMUNES, FEUILLE_HYPOTHESES
from communaccord.simulateur.tableau.grille import read_feuilles
from communaccord.simulateur.tableau.lecture import write_cellule
from communaccord.simulateur.tableau.types import Feuille, FichierIllisible
from communaccord.simulateur.types import Anomalie, Simulation
from communaccord.simulateur.validation import nest_champs, parse_simulation

AUTRE_CLASSEUR = FichierIllisible(
    "ce classeur ne vient pas du simulateur\u202f: il lui manque les feuilles Hypothèses et Communes.",
    "Pour un tableau de chiffres, importez-le depuis la page de la simulation.",
)


def read_classeur(contenu: bytes) -> Simulation | list[Anomalie]:
    """Read a workbook that ``build_classeur`` wrote; whatever the bytes, anomalies and no exception.

    Numbers changed in the sheets "Hypothèses" and "Communes" are taken; the other sheets are not read.
    """
    try:
        feuilles = {feuille.nom: feuille for feuille in read_feuilles(contenu)}
        if FEUILLE_HYPOTHESES not in feuilles or FEUILLE_COMMUNES not in feuilles:
            raise AUTRE_CLASSEUR
        donnees = nest_champs(_read_hypotheses(feuilles[FEUILLE_HYPOTHESES]))
        lignes = _read_communes(feuilles[FEUILLE_COMMUNES])
    except FichierIllisible as erreur:
        return [Anomalie("fichier", "Classeur", erreur.message, erreur.que_faire)]
    _put_perimetres(donnees, lignes)
    donnees["communes"] = [
        nest_champs({champ: valeur for champ, valeur in ligne.items() if not champ.startswith(CHAMP_PARTICIPE)})
        for ligne in lignes
    ]
    return parse_simulation(donnees, strict=True)


def _read_hypotheses(feuille: Feuille) -> dict[str, object]:
    """Values by id of field: the rows whose first cell is one word in the manner of an id."""
    champs: dict[str, object] = {}
    for ligne in feuille.lignes:
        identifiant = write_cellule(ligne[0]) if ligne else ""
        if len(ligne) > 2 and identifiant and " " not in identifiant and identifiant == identifiant.lower():
            champs[identifiant] = _clean(ligne[2])
    return champs


def _read_communes(feuille: Feuille) -> list[dict[str, object]]:
    titres: Sequence[str] | None = None
    lignes: list[dict[str, object]] = []
    for ligne in feuille.lignes:
        textes = [write_cellule(valeur) for valeur in ligne]
        if titres is None:
            titres = textes if textes[:2] == ["code", "nom"] else None
        elif any(textes):
            lignes.append({titre: _clean(valeur) for titre, valeur in zip(titres, ligne, strict=False) if titre})
    if titres is None:
        raise AUTRE_CLASSEUR
    return lignes


def _clean(valeur: object) -> object:
    """Value for the validator: a whole number without its useless decimal, a text otherwise as typed."""
    if isinstance(valeur, float) and not isinstance(valeur, bool):
        return int(valeur) if valeur.is_integer() and abs(valeur) < 10**15 else round(valeur, 9)
    return valeur if isinstance(valeur, str | int) else write_cellule(valeur)


def _put_perimetres(donnees: dict[str, object], lignes: Sequence[Mapping[str, object]]) -> None:
    """Give back the perimeters from the columns "participe"."""
    donnees["perimetre"] = _list_participants(lignes, CHAMP_PARTICIPE)
    variantes = donnees.get("variantes")
    if not isinstance(variantes, dict):
        return
    for rang, variante in variantes.items():
        champ = f"{CHAMP_PARTICIPE}-{rang}"
        if isinstance(variante, dict) and lignes and champ in lignes[0]:
            variante["perimetre"] = _list_participants(lignes, champ)


def _list_participants(lignes: Sequence[Mapping[str, object]], champ: str) -> list[object]:
    oui = {"oui", "o", "x", "1", "vrai"}
    return [ligne.get("code") for ligne in lignes if str(ligne.get(champ, "oui")).strip().casefold() in oui]
