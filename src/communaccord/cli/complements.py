"""What a dossier may add for the questions: a key proposed, shares aimed at, neighbours, uncertainty, populations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from communaccord.cli.jeux import check_autant, read_texte_montant
from communaccord.cli.lecture import check_connu, refuse
from communaccord.cli.refus import shorten
from communaccord.noyau.accord.recherche import Paquet, Point
from communaccord.noyau.partage.erreurs import format_euros, format_pourcent


@dataclass(frozen=True, slots=True)
class Complements:
    """`populations`: what each commune counts (1 when not given). `voisins`: of each commune, None when not given.

    `incertitude`: part of a cost alone that the data do not know. `cibles`: by service, the share aimed at, cents.
    `proposee`: the key on the table, without transfers.
    """

    populations: tuple[int, ...]
    comptees: bool
    voisins: tuple[frozenset[int], ...] | None
    incertitude: Fraction | None
    cibles: Mapping[int, tuple[int, ...]]
    proposee: Point | None


def read_complements(donnees: Mapping[str, Any], paquet: Paquet, rangs: Sequence[int]) -> Complements:
    """Read the optional keys. `rangs`: place in the file of each service of the package. Errors: ErreurCommande."""
    communes = paquet.communes
    if "populations" in donnees:
        check_autant(donnees, "populations", communes)
        if not any(donnees["populations"]):
            refuse("« populations »", "toutes sont nulles", "Donnez le nombre d'habitants de chaque commune.")
    incertitude = Fraction(donnees["incertitude"]) if "incertitude" in donnees else None
    if incertitude is not None and incertitude > 1:
        texte = f"« {donnees['incertitude']} » dépasse 1, c'est-à-dire 100 %"
        refuse("« incertitude »", texte, 'Écrivez par exemple "0.05" pour 5 %.')
    lus = {j: donnees["services"][rang] for j, rang in enumerate(rangs)}
    return Complements(
        tuple(donnees.get("populations", (1,) * len(communes))),
        "populations" in donnees,
        read_voisins(donnees["voisins"], communes) if "voisins" in donnees else None,
        incertitude,
        {j: read_cible(lu, paquet, j, f"services[{rangs[j]}].") for j, lu in lus.items() if "cible" in lu},
        read_proposee(lus, paquet, rangs),
    )


def read_voisins(paires: Sequence[Sequence[str]], communes: Sequence[str]) -> tuple[frozenset[int], ...]:
    """Return the neighbours of each commune. Errors: ErreurCommande for a stranger, or a commune next to itself."""
    voisins: list[set[int]] = [set() for _ in communes]
    for rang, (une, autre) in enumerate(paires):
        ou = f"« voisins[{rang}] »"
        for nom in (une, autre):
            check_connu(nom, communes, ou, "communes")
        if une == autre:
            refuse(ou, f"« {shorten(une)} » y est deux fois", "Nommez deux communes qui se touchent.")
        i, k = communes.index(une), communes.index(autre)
        voisins[i].add(k)
        voisins[k].add(i)
    return tuple(map(frozenset, voisins))


def read_cible(lu: Mapping[str, Any], paquet: Paquet, j: int, ou: str) -> tuple[int, ...]:
    """Return the share aimed at for a service, cents. Errors: ErreurCommande when it is not a share of its cost."""
    service, communes = paquet.services[j], paquet.communes
    check_autant(lu, "cible", communes, ou)
    parts = tuple(read_texte_montant(texte, f"« {ou}cible[{rang}] »") for rang, texte in enumerate(lu["cible"]))
    for i, part in enumerate(parts):
        if part and i not in service.perimetre:
            refuse(f"« {ou}cible »", f"« {shorten(communes[i])} » n'est pas membre du service", 'Donnez-lui "0.00".')
    if sum(parts) != service.cout:
        motif = f"ces parts font {format_euros(sum(parts))}, et le service coûte {format_euros(service.cout)}"
        refuse(f"« {ou}cible »", motif, "Donnez des parts dont la somme est le coût.")
    return parts


def read_proposee(lus: Mapping[int, Mapping[str, Any]], paquet: Paquet, rangs: Sequence[int]) -> Point | None:
    """Return the key on the table, None when no criterion has a weight. Errors: ErreurCommande for a part of one."""
    donnees = {j: [critere.get("poids") for critere in lu["criteres"]] for j, lu in lus.items()}
    if not any(poids is not None for table in donnees.values() for poids in table):
        return None
    cles = []
    for j, service in enumerate(paquet.services):
        ou = f"services[{rangs[j]}].criteres"
        for rang, poids in enumerate(donnees[j]):
            if poids is None:
                motif = "ce critère n'a pas de poids proposé, et d'autres en ont un"
                refuse(f"« {ou}[{rang}] »", motif, "Donnez « poids » à tous les critères de tous les services.")
        noms = {critere["nom"]: Fraction(critere["poids"]) for critere in lus[j]["criteres"]}
        if sum(noms.values()) != 1:
            motif = f"les poids proposés font {format_pourcent(sum(noms.values(), Fraction(0)))}"
            refuse(f"« {ou} »", motif, "Donnez des poids de somme 1.")
        for rang, critere in enumerate(lus[j]["criteres"]):
            borne = next(c for c in service.criteres if c.nom == critere["nom"])
            if not borne.bas <= noms[borne.nom] <= borne.haut:
                refuse(f"« {ou}[{rang}].poids »", "ce poids sort de « bas » et « haut »", "Corrigez l'un des trois.")
        cles.append(tuple(noms[critere.nom] for critere in service.criteres))
    return Point(tuple(cles), tuple((Fraction(0),) * paquet.n for _ in paquet.vehicules))
