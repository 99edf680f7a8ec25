"""What a document is made of: sections of sentences, figures, pictures and tables, every word and number written.

The page, the PDF and the text file are drawn from the same blocks: what one of them says, the others say.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure that matters: ``precision`` says of what, or what is not known of it."""

    libelle: str
    valeur: str
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Colonne:
    titre: str
    num: bool = False


@dataclass(frozen=True, slots=True)
class Tableau:
    """The first column names the line."""

    titre: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    precision: str = ""

    def list_titres(self) -> list[str]:
        return [colonne.titre for colonne in self.colonnes]


@dataclass(frozen=True, slots=True)
class Barre:
    """A line of a picture: a value for each series (none negative), and the words that say the same."""

    nom: str
    valeurs: tuple[int, ...]
    texte: str


@dataclass(frozen=True, slots=True)
class Image:
    """Bars on one scale, each with its number written. ``description``: what they show, in one sentence."""

    cle: str
    titre: str
    series: tuple[str, ...]
    barres: tuple[Barre, ...]
    titre_nom: str
    titre_valeur: str
    description: str

    @property
    def maximum(self) -> int:
        return max((sum(barre.valeurs) for barre in self.barres), default=0)


@dataclass(frozen=True, slots=True)
class Liste:
    titre: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """Boxes to tick by hand: one line a subject, one column a choice; ``dit`` is what was already said of it."""

    titre: str
    choix: tuple[str, ...]
    lignes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """``phrase`` says the result; ``mention`` what must be known to read it."""

    cle: str
    titre: str
    phrase: str
    chiffres: tuple[Chiffre, ...] = ()
    image: Image | None = None
    tableaux: tuple[Tableau, ...] = ()
    listes: tuple[Liste, ...] = ()
    cases: Cases | None = None
    mention: str = ""

    @property
    def detail(self) -> str:
        """What is behind the sentence and the figures, when it is folded: the titles of what it holds."""
        blocs = (self.image, *self.tableaux, *self.listes, self.cases)
        return " ; ".join(bloc.titre for bloc in blocs if bloc)


@dataclass(frozen=True, slots=True)
class Ouvrage:
    """A whole document: its head, one sentence, its sections."""

    surtitre: str
    titre: str
    contexte: str
    phrase: str
    sections: tuple[Section, ...]
    mentions: tuple[str, ...] = ()

    def find_section(self, cle: str) -> Section:
        return next(section for section in self.sections if section.cle == cle)
