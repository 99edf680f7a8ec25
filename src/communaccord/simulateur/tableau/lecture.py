"""Reading of a table of communes into a preview: sheet, titles, communes, figures; every fault is named by its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from communaccord.reference import normalize_nom
from communaccord.simulateur.ecriture import format_exact, pluralize
from communaccord.simulateur.nombres import is_inconnu, quote
from communaccord.simulateur.tableau.balises import SANS_VALEUR
from communaccord.simulateur.tableau.entetes import describe_champ, find_entete
from communaccord.simulateur.tableau.grille import read_feuilles, read_texte
from communaccord.simulateur.tableau.lettres import to_lettre
from communaccord.simulateur.tableau.types import (
    Apercu,
    CelluleLue,
    ColonneLue,
    Feuille,
    FichierIllisible,
    LigneLue,
)
from communaccord.simulateur.types import Anomalie
from communaccord.simulateur.validation.lecteur import Lecteur, clean_texte
from communaccord.simulateur.validation.territoire import BORNES_COMMUNE, VOLUME

_TOTAUX = frozenset({"total", "totaux", "ensemble", "total general", "somme", "moyenne"})
# Rows that fill no commune are read to be mended: a few for each commune, beyond which the file is another one.
_ECARTEES_PAR_COMMUNE, _COMMUNES_MINIMUM = 4, 50
_LONGUEUR_CELLULE = 1_000
REENREGISTRER = "Ouvrez le fichier dans votre tableur et enregistrez-le, ou écrivez le nombre."
_SANS_ENTETE = "Aucune ligne de titres n'a été reconnue"


@dataclass(slots=True)
class _Lecture:
    """State of the reading of one sheet."""

    feuille: Feuille
    communes: Mapping[str, str]
    cles: Mapping[str, str]
    champs: dict[int, str]
    lecteur: Lecteur
    remarques: list[str] = field(default_factory=list)
    vues: dict[str, int] = field(default_factory=dict)
    totaux: int = 0
    ecartees: int = 0
    premiere_laissee: int = 0

    @property
    def laissees(self) -> int:
        """Number of rows that fill no commune and were not read, beyond the first ones."""
        return max(0, self.ecartees - _ECARTEES_PAR_COMMUNE * max(len(self.communes), _COMMUNES_MINIMUM))


def read_tableau(
    contenu: bytes,
    nom_fichier: str,
    communes: Mapping[str, str],
    *,
    actes: Mapping[str, str] | None = None,
    champ_defaut: str = "depense_actuelle",
) -> Apercu:
    """Read a file of figures by commune; whatever the bytes, a preview comes back and no exception.

    ``communes``: names by code, those that rows may name (by code or by name, accent-blind). ``actes``: labels by code.
    ``champ_defaut``: field of the only column of figures of a table without titles. Bounds: 5 MB, 20,000 rows,
    60 columns. Complexity: O(cells).
    """
    fichier = clean_texte(nom_fichier)[:120]
    try:
        feuilles = read_feuilles(contenu)
    except FichierIllisible as erreur:
        return _refuse(fichier, erreur)
    return _read_best(fichier, feuilles, communes, actes or {}, champ_defaut)


def read_collage(
    texte: str,
    communes: Mapping[str, str],
    *,
    actes: Mapping[str, str] | None = None,
    champ_defaut: str = "depense_actuelle",
) -> Apercu:
    """Read cells pasted from a spreadsheet; same rules as :func:`read_tableau`."""
    try:
        feuille = read_texte(texte)
    except FichierIllisible as erreur:
        return _refuse("", erreur)
    return _read_best("", [feuille], communes, actes or {}, champ_defaut)


def _refuse(fichier: str, erreur: FichierIllisible) -> Apercu:
    anomalie = Anomalie("fichier", fichier or "Tableau", erreur.message, erreur.que_faire)
    return Apercu(fichier, "", (), (), (anomalie,))


def _read_best(
    fichier: str,
    feuilles: Sequence[Feuille],
    communes: Mapping[str, str],
    actes: Mapping[str, str],
    champ_defaut: str,
) -> Apercu:
    """Read each sheet and keep the one that names the most communes, then fills the most cells, then the first."""
    if not feuilles:
        return _refuse(fichier, FichierIllisible("le classeur n'a aucune feuille.", "Choisissez un autre fichier."))
    retenue = feuilles[0]
    if len(feuilles) > 1:
        # To look for close names is slow: it is done for the sheet kept only.
        essais = [_read_feuille(fichier, f, communes, actes, champ_defaut, Lecteur.build_muet()) for f in feuilles]
        retenue = feuilles[max(range(len(feuilles)), key=lambda rang: _score(essais[rang]))]
    retenu = _read_feuille(fichier, retenue, communes, actes, champ_defaut, Lecteur())
    if len(feuilles) > 1 and retenu.feuille:
        remarque = f"Le classeur compte {len(feuilles)} feuilles\u202f: « {retenu.feuille} » a été lue."
        retenu = replace(retenu, remarques=(remarque, *retenu.remarques))
    return retenu


def _score(apercu: Apercu) -> tuple[int, int]:
    return (
        sum(ligne.code is not None for ligne in apercu.lignes),
        sum(len(ligne.cellules) for ligne in apercu.lignes),
    )


def _read_feuille(
    fichier: str,
    feuille: Feuille,
    communes: Mapping[str, str],
    actes: Mapping[str, str],
    champ_defaut: str,
    lecteur: Lecteur,
) -> Apercu:
    trouve = find_entete(feuille.lignes, actes)
    lecture = _Lecture(feuille, communes, _index_communes(communes), {}, lecteur)
    debut, titres = 0, tuple[object, ...]()
    if trouve is None:
        lecture.champs = _guess_champs(feuille, lecture.cles, champ_defaut)
        if not lecture.champs:
            return _refuse(fichier, _sans_titres(feuille))
        libelle = quote(describe_champ(champ_defaut, actes))
        lecture.remarques.append(f"{_SANS_ENTETE}\u202f: la colonne de nombres est prise pour {libelle}.")
    else:
        debut, titres = trouve[0] + 1, feuille.lignes[trouve[0]]
        lecture.champs = trouve[1]
        lecture.remarques += _describe_ignorees(titres, lecture.champs)
    lignes = [_read_ligne(lecture, rang) for rang in range(debut, len(feuille.lignes))]
    if lecture.totaux:
        totaux = pluralize(lecture.totaux, "ligne de total laissée", "lignes de total laissées")
        lecture.remarques.append(f"{totaux} de côté.")
    if lecture.laissees:
        laissees = pluralize(lecture.laissees, "ligne laissée", "lignes laissées")
        lecture.remarques.append(
            f"{laissees} de côté à partir de la ligne {lecture.premiere_laissee}\u202f: "
            "trop de lignes ne remplissent aucune commune de la simulation."
        )
    if lecture.lecteur.est_plein:
        lecture.remarques.append(
            f"{pluralize(lecture.lecteur.total, 'anomalie')} en tout\u202f: seules les premières sont nommées."
        )
    colonnes = tuple(
        ColonneLue(to_lettre(rang + 1), write_cellule(titres[rang]) if rang < len(titres) else "", champ)
        for rang, champ in sorted(lecture.champs.items())
    )
    return Apercu(
        fichier,
        feuille.nom,
        colonnes,
        tuple(ligne for ligne in lignes if ligne is not None),
        tuple(lecture.lecteur.anomalies),
        tuple(lecture.remarques),
        "" if trouve else champ_defaut,
    )


def _sans_titres(feuille: Feuille) -> FichierIllisible:
    lieu = f" dans la feuille « {feuille.nom} »" if feuille.nom else ""
    return FichierIllisible(
        f"aucune colonne de communes n'est reconnue{lieu}.",
        "Mettez une ligne de titres, par exemple\u202f: Commune, Volume, Dépense actuelle. "
        "Le modèle à télécharger est déjà rempli avec vos communes.",
    )


def _describe_ignorees(titres: Sequence[object], champs: Mapping[int, str]) -> list[str]:
    ignorees = [write_cellule(t) for rang, t in enumerate(titres) if rang not in champs and write_cellule(t)]
    if not ignorees:
        return []
    return [f"Colonnes non utilisées\u202f: {', '.join(quote(titre, 30) for titre in ignorees[:10])}."]


def _guess_champs(feuille: Feuille, cles: Mapping[str, str], champ_defaut: str) -> dict[int, str]:
    """Without titles: the first column that names communes, and the only other column with figures."""
    largeur = max((len(ligne) for ligne in feuille.lignes), default=0)
    for rang in range(largeur):
        nommees = [ligne for ligne in feuille.lignes if len(ligne) > rang and _find_code(ligne[rang], cles)]
        if not nommees:
            continue
        remplies = {c for ligne in nommees for c, v in enumerate(ligne) if c != rang and write_cellule(v)}
        noms = {c for c in remplies if all(_find_code(ligne[c], cles) for ligne in nommees if len(ligne) > c)}
        figures = remplies - noms
        return {rang: "nom", figures.pop(): champ_defaut} if len(figures) == 1 else {}
    return {}


def _index_communes(communes: Mapping[str, str]) -> dict[str, str]:
    return {normalize_nom(nom): code for code, nom in communes.items()} | {code.lower(): code for code in communes}


def _find_code(cellule: object, cles: Mapping[str, str]) -> str | None:
    """Code of the commune that a cell names; a code that a spreadsheet made a number gets its zero back."""
    texte = write_cellule(cellule)
    if not texte:
        return None
    return cles.get(texte.lower()) or cles.get(texte.zfill(5)) or cles.get(normalize_nom(texte))


def _read_ligne(lecture: _Lecture, rang: int) -> LigneLue | None:
    """Read one row; None when it is empty or a total."""
    brutes = lecture.feuille.lignes[rang]
    cellules = {champ: brutes[colonne] for colonne, champ in lecture.champs.items() if colonne < len(brutes)}
    if not any(write_cellule(valeur) for valeur in cellules.values()):
        return None
    nom = write_cellule(cellules.get("nom")) or write_cellule(cellules.get("code"))
    if normalize_nom(nom) in _TOTAUX:
        lecture.totaux += 1
        return None
    code = _find_code(cellules.get("code"), lecture.cles) or _find_code(cellules.get("nom"), lecture.cles)
    if code is not None and code not in lecture.vues:
        lecture.vues[code] = rang + 1
    else:
        lecture.ecartees += 1
        if lecture.laissees:
            lecture.premiere_laissee = lecture.premiere_laissee or rang + 1
            return None
        _refuse_ligne(lecture, rang, nom, code)
        code = None
    lues = {
        champ: _read_cellule(lecture, champ, brutes[colonne], f"{to_lettre(colonne + 1)}{rang + 1}", nom)
        for colonne, champ in lecture.champs.items()
        if champ not in {"code", "nom"} and colonne < len(brutes)
    }
    return LigneLue(rang + 1, code, nom, lues)


def _refuse_ligne(lecture: _Lecture, rang: int, nom: str, code: str | None) -> None:
    """Say why a row fills no commune: unknown, without name, or already met (``code``)."""
    if code is not None:
        message = f"{lecture.communes[code]} est déjà à la ligne {lecture.vues[code]}."
        que_faire = "Gardez une seule ligne par commune."
    elif nom:
        proches = lecture.lecteur.propose_proches(nom, list(lecture.communes.values()))
        message = f"{quote(nom)} n'est pas une commune de la simulation."
        que_faire = proches or "Vérifiez le nom ou le code Insee."
    else:
        message, que_faire = "aucune commune n'est nommée.", "Écrivez son nom sur chaque ligne."
    lecture.lecteur.refuse(f"ligne-{rang + 1}", f"Ligne {rang + 1}", message, que_faire)


def _read_cellule(lecture: _Lecture, champ: str, brute: object, reference: str, nom: str) -> CelluleLue:
    """Read a figure; a faulty cell keeps what was typed."""
    saisie, piege = write_cellule(brute), lecture.feuille.pieges.get(reference)
    if saisie and piege == SANS_VALEUR:
        piege = None
    if piege is None and (not saisie or is_inconnu(saisie)):
        return CelluleLue(reference, saisie, None)
    avant = len(lecture.lecteur.anomalies)
    if isinstance(brute, date | datetime | time | timedelta):
        piege = f"{quote(saisie)} est une date."
    if piege is not None:
        que_faire = REENREGISTRER if piege == SANS_VALEUR else "Écrivez le nombre, au format nombre."
        lecture.lecteur.refuse(f"cellule-{reference}", f"Cellule {reference}, {nom}", piege, que_faire)
    else:
        valeur: object = round(brute, 6) if isinstance(brute, float) else brute
        zone = lecture.lecteur.open({reference: valeur}, "cellule", f"Cellule {reference}")
        libelle, borne = BORNES_COMMUNE.get(champ, ("volume", VOLUME))
        nombre = zone.read_nombre(reference, f"{nom}, {libelle}" if nom else libelle, borne)
        if nombre is not None:
            return CelluleLue(reference, saisie, format_exact(nombre))
    anomalies = lecture.lecteur.anomalies[avant:]
    return CelluleLue(reference, saisie, None, anomalies[0] if anomalies else None)


def write_cellule(valeur: object) -> str:
    """Write a raw cell as a person sees it, on one line."""
    if valeur is None or isinstance(valeur, bool):
        return {None: "", True: "vrai", False: "faux"}[valeur]
    if isinstance(valeur, float) and valeur.is_integer() and abs(valeur) < 10**15:
        return str(int(valeur))
    if isinstance(valeur, float):
        return f"{round(valeur, 6)}".replace(".", ",")
    return clean_texte(str(valeur)[:_LONGUEUR_CELLULE].replace("\n", " "))
