"""Legal forms: answers by radio, acts line by line, amounts of the financial base."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from communaccord.plateforme.dossiers.actions import ContenuBase, LignePiece
from communaccord.plateforme.dossiers.bridge.formes import list_codes_conditions, list_questions
from communaccord.plateforme.dossiers.forms.champs import Texte, check_textes, find_refus, read_entier
from communaccord.plateforme.dossiers.models import BaseFinanciere, PieceForme
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie, NombreInvalide, parse_nombre
from communaccord.simulateur.ecriture import format_nombre

MONTANTS = (
    ("recettes", "Recettes fiscales de l'intercommunalité", "Impôts, taxes et compensations retenus pour le CIF."),
    (
        "recettes_ensemble",
        "Recettes fiscales de l'ensemble",
        "Les mêmes, pour l'intercommunalité, ses communes et les syndicats.",
    ),
    ("ac", "Attributions de compensation versées aux communes", "Zéro en fiscalité additionnelle."),
    ("dsc", "Dotation de solidarité communautaire", "Zéro s'il n'y en a pas."),
)
SOURCE = Texte("source", "Source", 200)
MAXIMUM = 10**15
OUI, NON = "oui", "non"


def read_reponses(saisie: Saisie) -> dict[str, str]:
    """Answers by key of question, as they were sent: what is unknown is dropped by the action."""
    return {question.cle: saisie.texte(question.cle) for question in list_questions()}


def read_conditions(saisie: Saisie, forme: str) -> dict[str, bool]:
    """Conditions answered by yes or no; the others stay unknown."""
    codes = [code for code, _ in list_codes_conditions(forme)]
    return {code: saisie.texte(code) == OUI for code in codes if saisie.texte(code) in (OUI, NON)}


def fill_pieces(pieces: Iterable[PieceForme]) -> Saisie:
    """The table of one act, as it is recorded."""
    champs = {}
    for piece in pieces:
        cle = piece.commune_id or 0
        champs[f"jour-{cle}"] = f"{piece.jour:%d/%m/%Y}" if piece.jour else ""
        champs[f"numero-{cle}"] = piece.numero
        champs[f"sans_objet-{cle}"] = piece.sans_objet
    return Saisie(champs)


@dataclass(frozen=True, slots=True)
class LigneSaisie:
    """One line of the table of an act, as typed: a hundred and fifty-eight of them are written in one page."""

    cle: int
    nom: str
    jour: str
    numero: str
    sans_objet: str
    erreur: str


def list_lignes(saisie: Saisie, porteurs: Mapping[int, str]) -> list[LigneSaisie]:
    """The lines of the table, with what is to be mended in each."""
    fautives = {anomalie.ou for anomalie in saisie.anomalies}
    return [
        LigneSaisie(
            cle,
            nom,
            *(saisie.texte(f"{champ}-{cle}") for champ in ("jour", "numero", "sans_objet")),
            saisie.erreur(f"jour-{cle}") if f"jour-{cle}" in fautives else "",
        )
        for cle, nom in porteurs.items()
    ]


def parse_pieces(saisie: Saisie, porteurs: Mapping[int, str]) -> dict[int | None, LignePiece] | list[Anomalie]:
    """The lines by body (0 in the form, None for the action: the EPCI), or what is to be mended."""
    lignes: dict[int | None, LignePiece] = {}
    anomalies: list[Anomalie] = []
    for cle, nom in porteurs.items():
        jour = read_jour(saisie, f"jour-{cle}", nom, anomalies)
        numero, motif = (saisie.texte(f"{champ}-{cle}").strip() for champ in ("numero", "sans_objet"))
        lignes[cle or None] = LignePiece(jour, numero, motif)
    return anomalies or lignes


def read_jour(saisie: Saisie, champ: str, nom: str, anomalies: list[Anomalie]) -> date | None:
    """A day, as a browser sends it or as it is written by hand; None when empty."""
    texte = saisie.texte(champ).strip()
    if not texte:
        return None
    try:
        if "/" not in texte:
            return date.fromisoformat(texte)
        jour, mois, annee = (int(part) for part in texte.split("/"))
        return date(annee, mois, jour)
    except ValueError:
        message = f"« {texte} » n'est pas une date."
        anomalies.append(Anomalie(champ, nom, message, "Écrivez par exemple 17/03/2027."))
        return None


def fill_base(base: BaseFinanciere | None) -> Saisie:
    """The form of the financial base, in euros."""
    if base is None:
        return Saisie({})
    champs = {nom: format_nombre(Fraction(getattr(base, nom), 100)) for nom, _, _ in MONTANTS}
    return Saisie({**champs, "annee": str(base.annee), "source": base.source})


def parse_base(saisie: Saisie) -> ContenuBase | list[Anomalie]:
    """The financial base in cents, or what is to be mended: every amount is needed, zero is written."""
    anomalies = check_textes(saisie, [SOURCE])
    montants = {nom: read_montant(saisie, nom, libelle, anomalies) for nom, libelle, _ in MONTANTS}
    annee = read_entier(saisie, "annee", "Année", anomalies)
    if annee is None and not saisie.texte("annee").strip():
        anomalies.append(Anomalie("annee", "Année", "elle manque.", "Écrivez l'année de ces montants."))
    if anomalies or annee is None:
        return anomalies
    return ContenuBase(**montants, annee=annee, source=saisie.texte("source").strip())


def read_montant(saisie: Saisie, nom: str, libelle: str, anomalies: list[Anomalie]) -> int:
    """An amount in whole cents; what is empty, unknown or out of reach is told, and zero stands for it meanwhile."""
    texte = saisie.texte(nom).replace("€", "").strip()
    try:
        valeur = parse_nombre(texte) if texte else None
    except NombreInvalide as invalide:
        anomalies.append(Anomalie(nom, libelle, invalide.message, invalide.que_faire))
        return 0
    if valeur is None:
        anomalies.append(Anomalie(nom, libelle, "ce montant manque.", "Écrivez 0 s'il n'y en a pas."))
        return 0
    refus = find_refus(abs(valeur) if nom == "ac" else valeur, MAXIMUM)
    if refus:
        anomalies.append(Anomalie(nom, libelle, *refus))
        return 0
    return int(valeur * 100)
