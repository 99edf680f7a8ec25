"""The answer of a commune on one dossier, as it is typed: every text comes back as it was written, right or wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from communaccord.plateforme.accords.enums import MAX_CLAUSES
from communaccord.plateforme.accords.forms.vocabulaire import CLAUSES, DEGRES, POSITIONS, PRIORITES

LONGUEUR_TEXTE = 600
LONGUEUR_NOTES = 4_000
LONGUEUR_VALEUR = 40
PARTAGEABLES = ("pli", "partage")
DEFAUT = "pli"


@dataclass(frozen=True, slots=True)
class SaisieClause:
    """One request as typed. Only the value that the type asks is read; the others are kept while one hesitates."""

    type: str = ""
    degre: str = "condition"
    montant: str = ""
    annee: str = ""
    taux: str = ""
    commune: str = ""
    texte: str = ""
    visibilite: str = DEFAUT

    @property
    def est_vide(self) -> bool:
        return not self.type

    @property
    def valeur(self) -> str:
        """Name of the value that this type asks."""
        return CLAUSES[self.type].valeur if self.type in CLAUSES else ""


VIDE = SaisieClause()


@dataclass(frozen=True, slots=True)
class SaisieReponse:
    """One dossier as typed: three places for requests, filled or not."""

    position: str = ""
    position_visibilite: str = DEFAUT
    motif: str = ""
    priorite: str = ""
    priorite_visibilite: str = DEFAUT
    clauses: tuple[SaisieClause, ...] = field(default=(VIDE,) * MAX_CLAUSES)
    notes: str = ""

    @property
    def est_vide(self) -> bool:
        return not (self.position or self.motif or self.priorite or self.notes or self.demandes)

    @property
    def demandes(self) -> tuple[SaisieClause, ...]:
        """The requests that are filled."""
        return tuple(clause for clause in self.clauses if not clause.est_vide)

    def without_clause(self, rang: int) -> "SaisieReponse":
        """The same without the request of this rank (1 to 3)."""
        left = [clause for place, clause in enumerate(self.clauses, 1) if place != rang]
        return replace(self, clauses=fill_places(left))


def fill_places(clauses: list[SaisieClause]) -> tuple[SaisieClause, ...]:
    filled = [clause for clause in clauses if not clause.est_vide]
    return tuple(filled + [VIDE] * (MAX_CLAUSES - len(filled)))[:MAX_CLAUSES]


def read_saisie(donnees: Mapping[str, str], prefixe: str = "") -> SaisieReponse:
    """Read a form; an unknown choice is no choice. Texts are cut far beyond what the form lets in."""

    def texte(nom: str, longueur: int = LONGUEUR_VALEUR) -> str:
        return donnees.get(prefixe + nom, "").replace("\r\n", "\n").strip()[:longueur]

    def choix(nom: str, admis: Mapping[str, object] | tuple[str, ...], defaut: str = "") -> str:
        given = donnees.get(prefixe + nom, "")
        return given if given in admis else defaut

    def clause(rang: int) -> SaisieClause:
        tete = f"c{rang}-"
        return SaisieClause(
            type=choix(tete + "type", CLAUSES),
            degre=choix(tete + "degre", DEGRES, VIDE.degre),
            montant=texte(tete + "montant"),
            annee=texte(tete + "annee"),
            taux=texte(tete + "taux"),
            commune=texte(tete + "commune"),
            texte=texte(tete + "texte", LONGUEUR_TEXTE),
            visibilite=choix(tete + "visibilite", PARTAGEABLES, DEFAUT),
        )

    return SaisieReponse(
        position=choix("position", POSITIONS),
        position_visibilite=choix("position-visibilite", PARTAGEABLES, DEFAUT),
        motif=texte("motif", LONGUEUR_TEXTE),
        priorite=choix("priorite", PRIORITES),
        priorite_visibilite=choix("priorite-visibilite", PARTAGEABLES, DEFAUT),
        clauses=fill_places([clause(rang) for rang in range(1, MAX_CLAUSES + 1)]),
        notes=texte("notes", LONGUEUR_NOTES),
    )


def write_champs(saisie: SaisieReponse, prefixe: str = "") -> list[tuple[str, str]]:
    """The fields of a form that ``read_saisie`` reads back: what a page carries along, hidden."""
    champs = [
        ("position", saisie.position),
        ("position-visibilite", saisie.position_visibilite),
        ("motif", saisie.motif),
        ("priorite", saisie.priorite),
        ("priorite-visibilite", saisie.priorite_visibilite),
        ("notes", saisie.notes),
    ]
    for rang, clause in enumerate(saisie.clauses, 1):
        champs += [(f"c{rang}-{nom}", getattr(clause, nom)) for nom in SaisieClause.__dataclass_fields__]
    return [(prefixe + nom, valeur) for nom, valeur in champs]
