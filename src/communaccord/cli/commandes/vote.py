"""``communaccord vote``: the weight of each in a vote, by seats and quota or by a majority of the law."""

import argparse
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from communaccord.cli.lecture import check_noms, read_donnees, refuse
from communaccord.cli.ordre import sort_vote
from communaccord.cli.refus import count_mots, shorten, suggest
from communaccord.cli.sortie import print_json, write_entier
from communaccord.cli.texte_vote import Indice, Pesee, list_avertissements, print_pesee
from communaccord.noyau.droit.majorites import MAJORITE_ACCORD_LOCAL, MAJORITE_CLECT, MAJORITE_QUALIFIEE
from communaccord.noyau.pouvoir import (
    DonneeInvalide,
    Interval,
    Majority,
    banzhaf_absolute,
    banzhaf_index,
    bracket_power,
    build_majority,
    deegan_packel_index,
    holler_index,
    majority_power,
    pass_probability,
    pivotal_probabilities,
    shapley_shubik_index,
)
from communaccord.noyau.pouvoir.majorite import build_staircase

MAJORITES = {
    "majorite_qualifiee": MAJORITE_QUALIFIEE,
    "majorite_accord_local": MAJORITE_ACCORD_LOCAL,
    "majorite_clect": MAJORITE_CLECT,
}
# These count groups by their size too, or minimal groups: they may pass what can be counted where Banzhaf does not.
COMPTES = {"shapley_shubik": shapley_shubik_index, "deegan_packel": deegan_packel_index, "holler": holler_index}
SANS_SEUIL = "Cet indice lit des voix et un quota, et cette majorité compte les communes et les habitants."


def execute(arguments: argparse.Namespace) -> None:
    """Print the power of each voter."""
    donnees = read_donnees(Path(arguments.fichier), "regle")
    if "regle" in donnees and "poids" in donnees:
        refuse("À la racine", "« poids » et « regle » sont donnés", "Gardez les poids, ou bien la règle de la loi.")
    try:
        pesee = weigh_majorite(donnees) if "regle" in donnees else weigh_voix(donnees)
    except DonneeInvalide as erreur:
        motif = f"{erreur.motif[:1].lower()}{erreur.motif[1:].removesuffix('.')}"
        refuse("« populations »" if "regle" in donnees else "« poids »", motif, erreur.remede)
    if arguments.json:
        print_json(build_reponse(pesee))
    else:
        print_pesee(pesee)


def weigh_voix(donnees: Mapping[str, Any]) -> Pesee:
    """Weigh votes and a quota. Errors: ErreurCommande, DonneeInvalide."""
    poids: dict[str, int] = donnees["poids"]
    check_noms({f"« poids », nom {rang}": nom for rang, nom in enumerate(poids, 1)})
    poids = sort_vote(donnees)["poids"]
    quota, total = donnees["quota"], sum(poids.values())
    if not total:
        refuse("« poids »", "toutes les voix sont nulles", "Donnez au moins un votant qui ait des voix.")
    if quota > total:
        refuse("« quota »", f"{quota} voix à réunir, et il n'y en a que {total}", f"Donnez de 1 à {total}.")
    voix = list(poids.values())
    indices: dict[str, Indice] = {
        "banzhaf": name_parts(poids, banzhaf_index(voix, quota)),
    }
    refus: dict[str, str] = {}
    for cle, index in COMPTES.items():
        try:
            indices[cle] = name_parts(poids, index(voix, quota))
        except DonneeInvalide as erreur:
            refus[cle] = str(erreur)
    indices["decisif"] = name_parts(poids, banzhaf_absolute(voix, quota))
    chance = count_passing(voix, quota)
    adoption = Interval(chance, chance)
    titre = donnees.get("titre", f"{count_mots(len(poids), 'votant')}, {write_entier(quota)} voix pour décider")
    return Pesee(titre, poids, indices, adoption, refus, bool(donnees.get("fictif")), quota=quota)


def count_passing(voix: Sequence[int], quota: int) -> Fraction:
    """Return the part of the 2^n answers that pass: one more voter, whose votes make the quota by themselves, swings
    exactly the answers that fail. Exact."""
    echecs = banzhaf_absolute([*voix, quota], quota)[-1]
    return 1 - echecs


def weigh_majorite(donnees: Mapping[str, Any]) -> Pesee:
    """Weigh the communes in a majority of the law. Errors: ErreurCommande, DonneeInvalide."""
    populations: dict[str, int] = donnees["populations"]
    check_noms({f"« populations », nom {rang}": nom for rang, nom in enumerate(populations, 1)})
    populations = sort_vote(donnees)["populations"]
    regle = MAJORITES[donnees["regle"]]
    majorite, habitants = build_majority(regle), list(populations.values())
    indices, chance = weigh_populations(populations, majorite)
    opinions: dict[str, Fraction] = {}
    if "opinions" in donnees:
        lues = read_opinions(donnees["opinions"], donnees["populations"])
        opinions = {nom: lues[nom] for nom in populations}
        chances = list(opinions.values())
        indices["decisif"] = dict(zip(populations, pivotal_probabilities(habitants, chances, majorite), strict=True))
        chance = pass_probability(habitants, chances, majorite)
    refus = {"deegan_packel": SANS_SEUIL, "holler": SANS_SEUIL}
    titre = donnees.get("titre", f"Majorité des communes : {count_mots(len(populations), 'commune')}")
    fictif = bool(donnees.get("fictif"))
    marches = build_staircase(habitants, majorite)
    return Pesee(titre, populations, indices, chance, refus, fictif, regle=regle, marches=marches, opinions=opinions)


def weigh_populations(populations: Mapping[str, int], majorite: Majority) -> tuple[dict[str, Indice], Interval]:
    """Return the indices and the chance to pass, at the toss of a coin.

    Exact, or between proven bounds for very large populations.
    """
    habitants = list(populations.values())
    try:
        exact = majority_power(habitants, majorite)
    except DonneeInvalide:
        large = bracket_power(habitants, majorite)
        return {
            "banzhaf": dict(zip(populations, large.banzhaf, strict=True)),
            "shapley_shubik": dict(zip(populations, large.shapley_shubik, strict=True)),
            "decisif": dict(zip(populations, large.banzhaf_absolute, strict=True)),
        }, large.passing
    return {
        "banzhaf": name_parts(populations, exact.banzhaf),
        "shapley_shubik": name_parts(populations, exact.shapley_shubik),
        "decisif": name_parts(populations, exact.banzhaf_absolute),
    }, Interval(exact.passing, exact.passing)


def read_opinions(opinions: Mapping[str, str], populations: Mapping[str, int]) -> dict[str, Fraction]:
    """Return the chance that each commune accepts. Errors: ErreurCommande, at the first fault of the file."""
    for nom in opinions:
        if nom not in populations:
            remede = f"{suggest(nom, populations)}Corrigez ce nom, ou ajoutez-la."
            refuse("« opinions »", f"« {shorten(nom)} » n'a pas de population", remede)
    for nom in populations:
        if nom not in opinions:
            refuse("« opinions »", f"il manque l'opinion de « {shorten(nom)} »", 'Donnez-la, par exemple "0.5".')
    return {nom: read_chance(opinions[nom], f"« opinions.{shorten(nom)} »") for nom in populations}


def read_chance(texte: str, ou: str) -> Fraction:
    """Return an exact number from 0 to 1. Errors: ErreurCommande."""
    try:
        chance = Fraction(texte)
    except (ValueError, ZeroDivisionError):
        chance = Fraction(-1)
    if not 0 <= chance <= 1:
        refuse(ou, f"« {shorten(texte)} » n'est pas un nombre de 0 à 1", 'Écrivez par exemple "0.6" ou "3/5".')
    return chance


def name_parts(noms: Mapping[str, int], parts: Sequence[Fraction]) -> dict[str, Fraction]:
    """Return the parts by name."""
    return dict(zip(noms, parts, strict=True))


def build_reponse(pesee: Pesee) -> dict[str, object]:
    """Return the answer of docs/moteur/formats.md: fractions as text, {"bas", "haut"} for an interval."""
    reponse: dict[str, object] = {
        cle: {nom: write_part(valeur) for nom, valeur in indice.items()} for cle, indice in pesee.indices.items()
    }
    reponse["adoption"] = write_part(pesee.adoption)
    if pesee.regle is not None and pesee.marches is not None:
        reponse["article"] = pesee.regle.regle.articles[0]
        reponse["regle"] = pesee.regle.regle.identifiant
        reponse["seuils"] = [{"conseils": membres, "habitants": nombre} for membres, nombre in pesee.marches.needs]
        reponse["indispensables"] = pesee.list_indispensables()
    if pesee.opinions:
        reponse["opinions"] = {nom: str(chance) for nom, chance in pesee.opinions.items()}
    reponse["non_definies"] = pesee.refus
    reponse["avertissements"] = list_avertissements(pesee)
    return reponse


def write_part(valeur: Fraction | Interval) -> str | dict[str, str]:
    """Return an exact fraction as text, or the two bounds of an interval (decimal text, rounded outwards)."""
    if isinstance(valeur, Fraction):
        return str(valeur)
    if valeur.low == valeur.high:
        return str(valeur.low)
    return {"bas": write_decimal(valeur.low, haut=False), "haut": write_decimal(valeur.high, haut=True)}


def write_decimal(valeur: Fraction, *, haut: bool) -> str:
    """Return a number from 0 to 1 with twelve decimals, cut downwards or upwards."""
    unite = 10**12
    entier = (
        -(-valeur.numerator * unite // valeur.denominator) if haut else valeur.numerator * unite // valeur.denominator
    )
    return f"{entier // unite}.{entier % unite:012d}"
