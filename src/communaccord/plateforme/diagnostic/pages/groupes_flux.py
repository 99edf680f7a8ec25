"""The counted flows by nature, each group with its total; those of one body when it is asked for."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from communaccord.plateforme.diagnostic.calculs.doubles import INTERCOMMUNALITE, Declaration, settle
from communaccord.plateforme.diagnostic.enums import FINANCIERS, NatureFlux
from communaccord.plateforme.diagnostic.models import Flux
from communaccord.plateforme.diagnostic.queries.flux import build_corps
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import pluriel, prose

# Up to so many lines, every group is open.
PEU = 12


def build_groupes(
    lignes: Sequence[Mapping[str, Any]],
    declarations: Sequence[Declaration],
    distincts: Collection[frozenset[int]],
    qui: str,
) -> dict[str, Any]:
    """``lignes``: those of the page; ``qui``: the name of a body, or empty for all.

    A pair that nobody judged yet counts once.
    """
    settled, _ = settle(declarations, distincts)
    counted = {declaration.pk for declaration in settled if declaration.compte}
    noms = sorted({ligne[bout] for ligne in lignes for bout in ("porteur", "beneficiaire")})
    chosen = qui if qui in noms else ""
    kept = [ligne for ligne in lignes if not chosen or chosen in (ligne["porteur"], ligne["beneficiaire"])]
    natures = {nature: [ligne for ligne in kept if ligne["flux"].nature == nature] for nature in NatureFlux}
    return {
        "qui": chosen,
        "corps": [("", "Toutes et tous"), *((nom, prose(nom)) for nom in noms)],
        "groupes": [
            build_groupe(nature, mine, counted, ouvert=len(kept) <= PEU) for nature, mine in natures.items() if mine
        ],
    }


def build_groupe(
    nature: NatureFlux, lignes: Sequence[Mapping[str, Any]], counted: Collection[int], *, ouvert: bool
) -> dict[str, Any]:
    rows = [ligne["flux"] for ligne in lignes if ligne["flux"].pk in counted]
    return {
        "cle": nature.value,
        "nature": f"{nature.label[0].upper()}{nature.label[1:]}",
        "resume": prose(f"{pluriel(len(rows), 'flux', 'flux')} ; {write_sommes(nature, rows)}"),
        "lignes": lignes,
        "ouvert": ouvert,
    }


def write_sommes(nature: NatureFlux, rows: Sequence[Flux]) -> str:
    """The sum one way and the other: what the intercommunalité carries, what the communes carry."""
    verbe = "versé" if nature in FINANCIERS else "porté"
    par_epci = {row.pk: build_corps(row.porteur_id, row.porteur_autre) == INTERCOMMUNALITE for row in rows}
    parts = (
        ([row for row in rows if par_epci[row.pk]], "par l'intercommunalité"),
        ([row for row in rows if not par_epci[row.pk]], "par les communes ou d'autres"),
    )
    return " ; ".join(f"{verbe} {par} : {write_somme(part)}" for part, par in parts if part)


def write_somme(rows: Sequence[Flux]) -> str:
    """What is known; how many amounts are not, a free flow being known."""
    known = [row.montant for row in rows if row.montant is not None]
    inconnus = sum(row.montant is None and not row.gratuit for row in rows)
    manque = pluriel(inconnus, "montant inconnu", "montants inconnus") if inconnus else ""
    if not known:
        return manque or "gratuit"
    return write_montant(sum(known)) + (f", sans {manque}" if manque else "")
