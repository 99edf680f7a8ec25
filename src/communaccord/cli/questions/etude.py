"""What every question reads: the dossier, the deal on the table, the time that is left; and what each one answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from communaccord.cli.dossiers import DossierLu
from communaccord.cli.menus import build_menu_fixe
from communaccord.noyau.accord.recherche import Deal, Menu, Paquet, Point
from communaccord.noyau.accord.recherche.arrondi import Cents, round_cents
from communaccord.noyau.partage.erreurs import DonneeInvalide

ORIGINES = {
    "cle_proposee": "la clé proposée",
    "leximin": "l'accord leximin",
    "exemple": "la clé trouvée",
    "cession": "la clé qui demande le moins de céder",
}


@dataclass(frozen=True)
class Etude:
    """`point`: the deal that the questions start from; `origine`: where it comes from, a key of ORIGINES.

    `propositions`: fair deals, when the requests hold together. `should_stop`: of a question, asked anew for each.
    """

    lu: DossierLu
    point: Point
    origine: str
    propositions: Mapping[str, Deal]
    build_stop: Callable[[], Callable[[], bool]]

    @property
    def paquet(self) -> Paquet:
        """The package of the dossier."""
        return self.lu.paquet

    @cached_property
    def cents(self) -> Cents:
        """The bills of the deal, whole cents. Errors: DonneeInvalide."""
        cents = round_cents(self.paquet, self.point)
        if cents is None:
            raise DonneeInvalide("Les parts n'ont pas pu être mises au centime.", "Proposez une clé plus simple.")
        return cents

    @cached_property
    def menu(self) -> Menu:
        """The deal as a menu of one option a service."""
        return build_menu_fixe(self.paquet, self.lu.jeux, self.point)

    @cached_property
    def membres(self) -> dict[int, frozenset[int]]:
        """The members of each service."""
        return {j: service.perimetre for j, service in enumerate(self.paquet.services)}

    @cached_property
    def choix(self) -> dict[int, int]:
        """The only option of each service of the menu."""
        return dict.fromkeys(self.membres, 0)


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer: as data for JSON, and as lines of text."""

    donnees: Mapping[str, object]
    lignes: list[str]
