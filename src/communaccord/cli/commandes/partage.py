"""``communaccord partage``: a cost shared by every rule, and the groups that would gain by leaving."""

import argparse
from collections.abc import Collection, Sequence
from fractions import Fraction
from pathlib import Path

from communaccord.cli.jeux import JeuLu, read_jeu
from communaccord.cli.montants import write_bas, write_haut, write_montant
from communaccord.cli.regles_partage import Analyse, analyse_jeu, find_plus_que_seul, list_ajouts
from communaccord.cli.sortie import ErreurCommande, print_json
from communaccord.cli.texte_partage import print_analyse
from communaccord.noyau.partage.erreurs import DonneeInvalide, format_euros
from communaccord.noyau.partage.game import Allocation, to_plain
from communaccord.noyau.partage.stability import LeastCore, Nucleolus, Stability
from communaccord.noyau.preuves.equilibre import check_noyau_vide
from communaccord.noyau.preuves.kohlberg import find_defauts_nucleole
from communaccord.noyau.solver import Status


def execute(arguments: argparse.Namespace) -> None:
    """Print the shares, the verdicts and the proofs."""
    if not arguments.secondes > 0:
        raise ErreurCommande("--secondes : donnez une durée plus grande que zéro.", code=2)
    try:
        analyse = analyse_jeu(read_jeu(Path(arguments.fichier)), arguments.secondes)
    except DonneeInvalide as erreur:
        raise ErreurCommande(str(erreur), code=2) from erreur
    if arguments.json:
        print_json(build_reponse(analyse))
    else:
        print_analyse(analyse, write_certificat(analyse))


def build_reponse(analyse: Analyse) -> dict[str, object]:
    """Return the answer of docs/moteur/formats.md: amounts in euros, as text."""
    joueurs, jeu = analyse.lu.joueurs, analyse.lu.jeu
    total = jeu.cost(range(jeu.n))
    return {
        "cout_total": write_montant(total),
        "economie": write_montant(sum(jeu.cost((rang,)) for rang in range(jeu.n)) - total),
        "parts": {
            cle: dict(zip(joueurs, map(write_montant, part.cents), strict=True)) for cle, part in analyse.parts.items()
        },
        "seul": {nom: write_montant(jeu.cost((rang,))) for rang, nom in enumerate(joueurs)},
        "plus_que_seul": {cle: write_surcouts(analyse.lu, part) for cle, part in analyse.parts.items()},
        "non_definies": analyse.refus,
        "mises_en_garde": {cle: " ".join(textes) for cle, textes in analyse.gardes.items()},
        "stabilite": {cle: write_stabilite(verdict, joueurs) for cle, verdict in analyse.stabilites.items()},
        "moindre_coeur": write_moindre_coeur(analyse.noyau),
        "cout_de_stabilite": write_cout(analyse),
        "certificats": {"coeur": write_certificat(analyse), **write_nucleoles(analyse)},
        "avertissements": [*analyse.lu.avertissements, *list_ajouts(analyse.lu)],
    }


def name_membres(groupe: Collection[int], joueurs: Sequence[str]) -> list[str]:
    """Return the names of a group, in the order of the players."""
    return [joueurs[rang] for rang in sorted(groupe)]


def write_surcouts(lu: JeuLu, part: Allocation) -> dict[str, str]:
    """Return who pays more than alone, and by how much."""
    return {lu.joueurs[rang]: write_montant(cents) for rang, cents in find_plus_que_seul(lu.jeu, part).items()}


def write_stabilite(verdict: Stability, joueurs: Sequence[str]) -> dict[str, object]:
    """Return a verdict: the most profitable exit, whose gain is negative when leaving would cost."""
    sortie = verdict.exit
    return {
        "stable": verdict.stable,
        "groupe": [] if sortie is None else name_membres(sortie.group, joueurs),
        "gain": write_montant(0 if sortie is None else sortie.gain),
    }


def write_moindre_coeur(noyau: LeastCore | None) -> dict[str, object]:
    """Return the interval of the greatest least slack, rounded outwards to the cent; nulls for one player."""
    if noyau is None:
        return {"bas": None, "haut": None}
    return {"bas": write_bas(noyau.low), "haut": write_haut(noyau.high)}


def write_cout(analyse: Analyse) -> dict[str, str]:
    """Return the interval of the subsidy that makes every exit unprofitable, rounded outwards to the cent."""
    if analyse.cout is None:
        return {"bas": "0.00", "haut": "0.00"}
    return {"bas": write_bas(analyse.cout.low), "haut": write_haut(analyse.cout.high)}


def write_euros(centimes: Fraction) -> str:
    """Return an exact amount in euros, as a fraction: 100/3."""
    return str(centimes / 100)


def write_certificat(analyse: Analyse) -> dict[str, object] | None:
    """Return what proves that the core is empty (balanced groups) or not (a share), read again by the checkers."""
    noyau, jeu, joueurs = analyse.noyau, analyse.lu.jeu, analyse.lu.joueurs
    if noyau is None:
        return None
    if noyau.low >= 0:
        parts = dict(zip(joueurs, map(write_euros, noyau.exact), strict=True))
        return {
            "vide": False,
            "parts": parts,
            "phrase": "Ces parts exactes ne laissent à aucun groupe un gain à partir.",
        }
    if not check_noyau_vide(jeu.cost, jeu.n, noyau.weights):
        return {"vide": None, "phrase": "Le calcul n'a pas établi s'il existe des parts stables."}
    groupes = [
        {"groupe": name_membres(groupe, joueurs), "cout": write_montant(jeu.cost(groupe)), "poids": poids}
        for groupe, poids in noyau.weights
    ]
    poids = noyau.weights
    fois = sum(valeur for groupe, valeur in poids if 0 in groupe)
    pese = sum(valeur * jeu.cost(groupe) for groupe, valeur in poids)
    phrase = (
        f"Chaque joueur est couvert {fois} fois par ces groupes ; ensemble ils coûtent {format_euros(pese)}, moins que "
        f"{fois} fois le coût de tous, {format_euros(fois * jeu.cost(range(jeu.n)))} : aucun partage n'est stable."
    )
    return {"vide": True, "groupes": groupes, "couverture": fois, "phrase": phrase}


def write_nucleoles(analyse: Analyse) -> dict[str, object]:
    """Return the proof of the nucleolus (None: not proved), and of the pre-nucleolus when it is another share."""
    preuve = analyse.preuve
    prouve = preuve is not None and preuve.status is Status.OPTIMAL
    textes: dict[str, object] = {"nucleolus": write_niveaux(preuve, analyse.lu) if preuve and prouve else None}
    if preuve is not None and preuve.pre_nucleolus is not None:
        textes["pre_nucleolus"] = write_niveaux(preuve.pre_nucleolus, analyse.lu)
    return textes


def write_niveaux(preuve: Nucleolus, lu: JeuLu) -> dict[str, object]:
    """Return the levels that prove shares (Kohlberg), with all that is needed to read them again."""
    joueurs, parts = lu.joueurs, preuve.shares
    manques = find_defauts_nucleole(to_plain(lu.jeu), parts, preuve.levels, imputations=preuve.imputations)
    return {
        "parts_exactes": dict(zip(joueurs, map(write_euros, parts), strict=True)),
        "individuellement_rationnel": preuve.rational,
        "partages_compares": "personne au-dessus de son coût seul" if preuve.imputations else "tous",
        "relu": not manques,
        "niveaux": [
            {
                "ecart": write_euros(niveau.slack),
                "groupes": [{"groupe": name_membres(groupe, joueurs), "poids": w} for groupe, w in niveau.groups],
                "paires": [
                    {"paire": [joueurs[i], joueurs[j]], "difference": write_euros(parts[j] - parts[i]), "poids": w}
                    for (i, j), w in niveau.pairs
                ],
                "plafonds": [{"joueur": joueurs[rang], "poids": w} for rang, w in niveau.limits],
                "normales": [
                    {joueurs[rang]: valeur for rang, valeur in enumerate(normale) if valeur}
                    for normale in niveau.normals
                ],
            }
            for niveau in preuve.levels
        ],
    }
