"""The territory of the démarche: its communes, their weight in the council, who speaks for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from communaccord.plateforme.accueil.pages.portrait import Carte, choose_classe, draw_carte
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.socle.cartes import CommuneCarte
from communaccord.plateforme.socle.tableur import write_xlsx
from communaccord.plateforme.socle.typographie import insecables, pluriel
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

SANS_SIEGE = ("sans", "aucun siège")


@dataclass(frozen=True, slots=True)
class LigneCommune:
    """One commune as a row of the table."""

    commune: CommuneMembre
    part_population: Fraction
    part_sieges: Fraction
    maire: str
    mienne: bool


def build_lignes(
    demarche: Demarche, communes: Sequence[CommuneMembre], maires: Iterable[Mandat], mienne: int | None
) -> list[LigneCommune]:
    """Own commune first, then from the most to the least populated."""
    population = sum(c.population_municipale for c in communes) or 1
    noms = {mandat.commune_id: mandat.personne.nom for mandat in maires}
    ordered = sorted(communes, key=lambda c: (c.pk != mienne, -c.population_municipale, c.cle_tri))
    return [
        LigneCommune(
            commune,
            Fraction(commune.population_municipale, population),
            Fraction(commune.sieges, demarche.sieges_total or 1),
            noms.get(commune.pk, ""),
            commune.pk == mienne,
        )
        for commune in ordered
    ]


def build_carte(stored: Any, lignes: Sequence[LigneCommune]) -> Carte | None:
    """The map coloured by seats; None without a map, or when the stored one is not of exactly these communes."""
    if stored is None or stored.formes.keys() != {ligne.commune.code for ligne in lignes}:
        return None
    communes = tuple(
        CommuneCarte(
            code=ligne.commune.code,
            nom=ligne.commune.nom,
            classe=choose_classe(ligne.commune.sieges),
            texte=describe_commune(ligne.commune),
            mienne=ligne.mienne,
            poids=ligne.commune.population_municipale,
        )
        for ligne in lignes
    )
    return draw_carte(stored, communes, SANS_SIEGE)


def describe_commune(commune: CommuneMembre) -> str:
    return f"{pluriel(commune.sieges, 'siège')}, {pluriel(commune.population_municipale, 'habitant')}"


def build_phrase(demarche: Demarche, communes: Sequence[CommuneMembre]) -> str:
    """What this territory is, in one sentence."""
    population = sum(c.population_municipale for c in communes)
    return insecables(
        f"{pluriel(len(communes), 'commune')} et {pluriel(population, 'habitant')} autour d'un conseil de "
        f"{pluriel(demarche.sieges_total, 'siège')}."
    )


def build_xlsx(demarche: Demarche, lignes: Sequence[LigneCommune]) -> bytes:
    titres = ("Commune", "Code", "Population municipale", "Population totale", "Millésime", "Sièges", "Maire")
    rows = (
        (
            ligne.commune.nom,
            ligne.commune.code,
            ligne.commune.population_municipale,
            ligne.commune.population_totale,
            str(ligne.commune.millesime),
            ligne.commune.sieges,
            ligne.maire,
        )
        for ligne in lignes
    )
    mentions = ("Territoire fictif : noms et chiffres inventés.",) if demarche.fictive else ()
    return write_xlsx(f"Communes : {demarche.nom_epci}", titres, rows, mentions=mentions)
