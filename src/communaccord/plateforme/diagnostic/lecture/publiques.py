"""A file of public data recognised by what it holds, whatever its name; only our territory is kept of it."""

from communaccord.plateforme.diagnostic.lecture.dgcl_criteres import read_criteres
from communaccord.plateforme.diagnostic.lecture.dgcl_perimetre import read_perimetre
from communaccord.plateforme.diagnostic.lecture.insee import read_insee
from communaccord.plateforme.diagnostic.lecture.ofgl import read_ofgl
from communaccord.plateforme.diagnostic.lecture.tables import open_tables
from communaccord.plateforme.diagnostic.lecture.types import FichierIllisible, Lues, TerritoireLu

LECTEURS = (read_perimetre, read_ofgl, read_insee, read_criteres)


def read_publiques(contenu: bytes, territoire: TerritoireLu, annee: int | None = None) -> Lues:
    """Read the first table that is one of the known formats. ``annee``: told by the person, where the file is mute.

    Errors: FichierIllisible (not a table, unknown format, spoilt, too large), AnneeManquante. Complexity: O(cells).
    """
    for table in open_tables(contenu):
        for read in LECTEURS:
            lues = read(table, territoire, annee)
            if lues is not None:
                return lues
    raise FichierIllisible(
        "ce fichier n'est aucun de ceux que l'on sait lire : ses titres de colonnes ne sont pas reconnus.",
        "Choisissez, tel que téléchargé, un fichier de la DGCL (critères de répartition, composition des EPCI), "
        "de l'OFGL (comptes) ou de l'INSEE (populations légales).",
    )
