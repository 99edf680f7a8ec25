"""What a commune gives and what it receives, by year and by nature: two columns, never one sum of unlike things.

Money (AC, DSC, FPIC, fonds de concours) and services are summed apart: a service has a cost, not always a price. What
is said of fewer than five people is left out of what the others read, with the totals that would give it back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.diagnostic.calculs.doubles import INTERCOMMUNALITE, Corps, Declaration, Somme
from communaccord.plateforme.diagnostic.enums import FINANCIERS, PETIT_EFFECTIF, NatureFlux, Qualite

FORMAT = 1
ARGENT, SERVICES = "argent", "services"


@dataclass(frozen=True, slots=True)
class LigneEchange:
    """One nature, one year, with one kind of partner. ``prive``: tells of fewer than five people.

    ``etablis`` counts the flows whose figure is established, ``sources`` where they come from. ``departager``: by flow
    told twice and not judged yet, the amount that counts, then the others.
    """

    annee: int | None
    nature: str
    donne: Somme
    recu: Somme
    etablis: int = 0
    sources: tuple[str, ...] = ()
    prive: bool = False
    departager: tuple[tuple[int | None, ...], ...] = ()

    @property
    def groupe(self) -> str:
        return ARGENT if self.nature in FINANCIERS else SERVICES

    @property
    def net(self) -> int | None:
        """Received less given, in cents; None when an amount is unknown."""
        return None if self.donne.inconnus or self.recu.inconnus else self.recu.montant - self.donne.montant


@dataclass(frozen=True, slots=True)
class Echanges:
    """The lines between a commune and the intercommunalité (FPIC included), and those with others."""

    lignes: tuple[LigneEchange, ...]
    autres: tuple[LigneEchange, ...] = ()

    def list_annees(self) -> list[int | None]:
        """The latest year first, the unknown one last."""
        years = {ligne.annee for ligne in self.lignes}
        return sorted(years, key=lambda annee: (annee is None, -(annee or 0)))


def is_prive(declaration: Declaration) -> bool:
    """Whether its figures tell of fewer than five people, in full-time equivalents, or of an unknown number."""
    if declaration.nature in FINANCIERS:
        return False
    if declaration.temps is None:
        return declaration.nature in (NatureFlux.SERVICE, NatureFlux.PERSONNEL)
    return declaration.temps < 100 * PETIT_EFFECTIF and (
        declaration.temps > 0 or declaration.nature == NatureFlux.PERSONNEL
    )


def is_avec_epci(declaration: Declaration, commune: Corps) -> bool:
    """Whether it is between this commune and the intercommunalité; the FPIC is, whoever pays it in the end."""
    ends = {declaration.porteur, declaration.beneficiaire}
    return ends == {commune, INTERCOMMUNALITE} or (declaration.nature == NatureFlux.FPIC and commune in ends)


def build_echanges(
    declarations: Iterable[Declaration],
    commune: Corps,
    sources: Mapping[int, str] | None = None,
    attentes: Mapping[int, Sequence[Declaration]] | None = None,
) -> Echanges:
    """The counted flows of a commune, by year and nature. O(n log n).

    ``sources``: words by pk of declaration. ``attentes``: by pk, the declarations that wait to be judged beside it.
    """
    groups: dict[tuple[bool, int | None, str], list[Declaration]] = defaultdict(list)
    for declaration in declarations:
        if declaration.compte and commune in (declaration.porteur, declaration.beneficiaire):
            groups[is_avec_epci(declaration, commune), declaration.annee, declaration.nature].append(declaration)
    order = {nature: rang for rang, nature in enumerate(NatureFlux.values)}
    keys = sorted(groups, key=lambda k: (k[1] is None, -(k[1] or 0), order[k[2]]))
    lines = {key: build_ligne(key[1], key[2], groups[key], commune, sources or {}, attentes or {}) for key in keys}
    return Echanges(
        tuple(line for key, line in lines.items() if key[0]), tuple(line for key, line in lines.items() if not key[0])
    )


def build_ligne(
    annee: int | None,
    nature: str,
    group: Sequence[Declaration],
    commune: Corps,
    sources: Mapping[int, str],
    attentes: Mapping[int, Sequence[Declaration]],
) -> LigneEchange:
    ways = {True: Somme(), False: Somme()}
    for declaration in group:
        ways[declaration.porteur == commune] += Somme(declaration.montant or 0, 1, declaration.montant is None)
    return LigneEchange(
        annee,
        nature,
        donne=ways[True],
        recu=ways[False],
        etablis=sum(d.qualite == Qualite.ETABLI for d in group),
        sources=tuple(sorted({sources[d.pk] for d in group if sources.get(d.pk)})),
        prive=any(is_prive(d) for d in (*group, *(autre for d in group for autre in attentes.get(d.pk, ())))),
        departager=tuple((d.montant, *(autre.montant for autre in attentes[d.pk])) for d in group if d.pk in attentes),
    )


def sum_groupe(lignes: Iterable[LigneEchange], groupe: str, annee: int | None) -> LigneEchange:
    """The total of a group for one year, private when one of its lines is."""
    kept = [ligne for ligne in lignes if ligne.groupe == groupe and ligne.annee == annee]
    nature = NatureFlux.AC if groupe == ARGENT else NatureFlux.SERVICE
    return LigneEchange(
        annee,
        nature,
        donne=sum((ligne.donne for ligne in kept), Somme()),
        recu=sum((ligne.recu for ligne in kept), Somme()),
        etablis=sum(ligne.etablis for ligne in kept),
        prive=any(ligne.prive for ligne in kept),
    )


def dump_partage(echanges: Echanges) -> dict[str, Any]:
    """What a mairie shares: the lines with the intercommunalité, amounts of private ones left out for good."""
    return {"format": FORMAT, "lignes": [dump_ligne(ligne) for ligne in echanges.lignes]}


def dump_ligne(ligne: LigneEchange) -> dict[str, Any]:
    row: dict[str, Any] = {"annee": ligne.annee, "nature": str(ligne.nature), "prive": ligne.prive}
    for sens, somme in (("donne", ligne.donne), ("recu", ligne.recu)):
        known = {} if ligne.prive else {"montant": somme.montant, "inconnus": int(somme.inconnus)}
        row[sens] = {"nombre": somme.nombre, **known}
    told = [] if ligne.prive else [list(montants) for montants in ligne.departager]
    return {
        **row,
        "etablis": ligne.etablis,
        "sources": [] if ligne.prive else list(ligne.sources),
        **({"departager": told} if told else {}),
    }


def load_partage(contenu: Mapping[str, Any]) -> Echanges:
    """The lines as they were shared; of a private one, how many flows and nothing else."""
    lines = []
    for row in contenu["lignes"]:
        lines.append(
            LigneEchange(
                row["annee"],
                row["nature"],
                load_somme(row["donne"]),
                load_somme(row["recu"]),
                row["etablis"],
                tuple(row["sources"]),
                row["prive"],
                tuple(tuple(montants) for montants in row.get("departager", ())),
            )
        )
    return Echanges(tuple(lines))


def load_somme(row: Mapping[str, int]) -> Somme:
    return Somme(row.get("montant", 0), row["nombre"], row.get("inconnus", row["nombre"]))
