"""The staff and the costs of a campaign as one table, and what of it may be read by everybody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communaccord.plateforme.diagnostic.calculs.masques import Masque
from communaccord.plateforme.diagnostic.enums import NON, OUI, Colonne

# The pk of a commune, None for the intercommunalité; in what a picture froze, the code, empty for it.
Entite = int | str | None
Cle = tuple[Entite, str]
# Figures that are summed: those on people, and those that are not.
SOMMEES = (Colonne.AGENTS, Colonne.ETP, Colonne.MASSE_SALARIALE, Colonne.AUTRES_COUTS)
COLONNES = (*SOMMEES, Colonne.VOLUME, Colonne.DEPARTS, Colonne.TITULAIRE_UNIQUE)
SEULS = {OUI: 100, NON: 0}


@dataclass(frozen=True, slots=True)
class Releve:
    """``colonnes``: for each column, (entity, service) to hundredths; an unknown figure has no key."""

    colonnes: Mapping[str, Mapping[Cle, int]]

    def find(self, colonne: str, entite: Entite, service: str) -> int | None:
        return self.colonnes[colonne].get((entite, service))


def count_personnes(centiemes: int | None) -> int:
    """People of a cell; where only their cost or their time is told (None), one: they are some, and may be few."""
    return 1 if centiemes is None else -(-centiemes // 100)


def build_releve(lignes: Iterable[tuple[Entite, str, Mapping[str, int | str]]]) -> Releve:
    """The table of the answers (entity, service, values in hundredths); two lines of one service are added. O(n).

    A know-how held by one person counts one person.
    """
    colonnes: dict[str, dict[Cle, int]] = {colonne.value: {} for colonne in COLONNES}
    for entite, service, valeurs in lignes:
        cle = (entite, service)
        for colonne, valeur in valeurs.items():
            nombre = SEULS.get(valeur) if isinstance(valeur, str) else valeur
            if nombre is not None and colonne in colonnes:
                cells = colonnes[colonne]
                cells[cle] = cells[cle] + nombre if cle in cells else nombre
    return Releve(colonnes)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in hundredths over ``entites`` that gave it; ``valeur`` None: it may not be told."""

    valeur: int | None
    entites: int


def compute_totaux(releve: Releve, masques: Mapping[str, Masque]) -> dict[tuple[str, str], Total]:
    """Sums over the territory as everybody may read them, by (column, service); no key where nobody answered. O(n)."""
    return {
        (colonne, service): Total(None, len(valeurs))
        if colonne in masques and not masques[colonne].shows_total_service(service)
        else Total(sum(valeurs.values()), len(valeurs))
        for colonne in SOMMEES
        for service, valeurs in group_par_service(releve, colonne).items()
    }


def group_par_service(releve: Releve, colonne: str) -> dict[str, dict[Entite, int]]:
    """A column as service to (entity to hundredths). O(n)."""
    found: dict[str, dict[Entite, int]] = defaultdict(dict)
    for (entite, service), valeur in releve.colonnes[colonne].items():
        found[service][entite] = valeur
    return dict(found)


def sum_par_entite(releve: Releve, colonne: str) -> dict[Entite, int]:
    """The sum of a column over the services, by entity that told one. O(n)."""
    sums: dict[Entite, int] = {}
    for (entite, _), valeur in releve.colonnes[colonne].items():
        sums[entite] = sums.get(entite, 0) + valeur
    return sums
