"""The answer of ``communaccord partage`` in French: a summary first, then the shares, the exits and the proofs."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from communaccord.cli.regles_partage import LIBELLES, NOMS, Analyse, find_plus_que_seul, list_ajouts
from communaccord.cli.sortie import measure, name_quelques, print_tableau, print_titre
from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.erreurs import format_euros
from communaccord.noyau.partage.stability import LeastCore

LARGEUR = 120
# A group of many is told by those who are not in it, when they are few.
PETIT, RESTE = 5, 3


def print_analyse(analyse: Analyse, certificat: dict[str, object] | None) -> None:
    """Print the answer. `certificat`: what proves that the core is empty or not (None for one player)."""
    print_titre(analyse.lu.titre or "Partage d'un coût")
    print_resume(analyse, certificat)
    for texte in (*analyse.lu.avertissements, *list_ajouts(analyse.lu)):
        print(f"À savoir : {texte}")
    print_parts(analyse)
    print_verdicts(analyse)
    print_coeur(analyse, certificat)
    print_gardes(analyse)
    for cle, texte in analyse.refus.items():
        print(f"Sans réponse, {NOMS[cle]} : {texte}")


def print_resume(analyse: Analyse, certificat: dict[str, object] | None) -> None:
    """Print what to remember: what all save, the rules that hold, those that do not, what to read next."""
    lu = analyse.lu
    par_an = " par an" if lu.charge is not None else ""
    total, seuls = lu.jeu.cost(range(lu.jeu.n)), sum(lu.jeu.cost((rang,)) for rang in range(lu.jeu.n))
    print("En bref")
    if certificat is None:
        print(f"  Un seul joueur, qui paie {format_euros(total)}{par_an} : rien à partager.")
        return
    print(f"  {tell_economie(total, seuls, par_an)}")
    stables = [NOMS[cle] for cle, verdict in analyse.stabilites.items() if verdict.stable]
    autres = [NOMS[cle] for cle, verdict in analyse.stabilites.items() if not verdict.stable]
    pires = [NOMS[cle] for cle, part in analyse.parts.items() if find_plus_que_seul(lu.jeu, part)]
    if stables:
        print(f"  Règles qui tiennent (personne ne gagne à partir, ni seul ni en groupe) : {', '.join(stables)}.")
    if autres:
        noms = ", ".join(autres if stables else ["toutes", *autres])
        print(f"  Règles qui ne tiennent pas (un groupe, ou un joueur seul, gagne à partir) : {noms}.")
    if pires:
        print(f"  Dont celles où quelqu'un paie plus que seul (* au tableau) : {', '.join(pires)}.")
    print(f"  {tell_suite(analyse, certificat['vide'], par_an)}")


def tell_economie(total: int, seuls: int, par_an: str) -> str:
    """Say what all save together, or plainly what they lose."""
    couts = f"Ensemble : {format_euros(total)}{par_an} ; chacun de son côté : {format_euros(seuls)}."
    if total < seuls:
        return f"{couts} Être ensemble économise {format_euros(seuls - total)}{par_an}."
    if total == seuls:
        return f"{couts} Être ensemble n'économise rien."
    return (
        f"{couts} Être ensemble coûte {format_euros(total - seuls)} de plus{par_an} : quel que soit le partage, "
        "quelqu'un paiera plus que seul."
    )


def tell_suite(analyse: Analyse, vide: object, par_an: str) -> str:
    """Say whether some share holds everybody (`vide`: True, none; None, unknown), and what to read next."""
    if vide is False:
        return "Des partages que personne ne gagne à quitter existent. À lire ensuite : le tableau, puis « Solidité »."
    if vide is None or analyse.cout is None:
        return "On ne sait pas s'il existe un partage solide. À lire ensuite : le tableau, puis « Solidité »."
    combien = format_bornes(analyse.cout.low, analyse.cout.high)
    return (
        f"Aucun partage ne tient tout le monde sans aide : il faudrait trouver ailleurs {combien}{par_an}. À lire "
        "ensuite : « Moindre cœur », puis le tableau."
    )


def print_gardes(analyse: Analyse) -> None:
    """Print each sentence on the figures once, after the rules that it is about."""
    regles: dict[str, list[str]] = {}
    for cle, textes in analyse.gardes.items():
        for texte in textes:
            regles.setdefault(texte, []).append(NOMS[cle])
    for texte, noms in regles.items():
        print(f"À savoir, {', '.join(noms)} : {texte}")


def print_parts(analyse: Analyse) -> None:
    """Print the shares, one line a player, one column a rule, in as many tables as the width asks for."""
    lu, joueurs = analyse.lu, analyse.lu.joueurs
    seuls = [lu.jeu.cost((rang,)) for rang in range(len(joueurs))]
    noms = ["Joueur", *joueurs, "Total"]
    colonnes = [build_colonne("Coût seul", seuls, ())]
    colonnes += [
        build_colonne(NOMS[cle], part.cents, find_plus_que_seul(lu.jeu, part)) for cle, part in analyse.parts.items()
    ]
    for bloc in split_colonnes(noms, colonnes):
        print()
        print_tableau(list(zip(noms, *bloc, strict=True)), droite=frozenset(range(1, len(bloc) + 1)))
    if any(cellule.startswith("*") for colonne in colonnes for cellule in colonne):
        print("* plus que le coût seul")
    print()
    for cle in analyse.parts:
        print(f"  {NOMS[cle]} (« {cle} ») : {LIBELLES[cle]}")


def build_colonne(nom: str, cents: Sequence[int], marques: Collection[int]) -> list[str]:
    """Return a column: its name, one amount a player, those who pay more than alone marked, and the total."""
    cellules = [f"{'* ' * (rang in marques)}{format_euros(part)}" for rang, part in enumerate(cents)]
    return [nom, *cellules, format_euros(sum(cents))]


def split_colonnes(noms: Sequence[str], colonnes: Sequence[list[str]]) -> list[list[list[str]]]:
    """Return the columns in blocks that hold in the width of a page, the first column (costs alone) in each."""
    tete, *reste = colonnes
    largeur = max(map(measure, noms)) + 2 + max(map(measure, tete))
    blocs: list[list[list[str]]] = []
    place = 0
    for colonne in reste:
        large = 2 + max(map(measure, colonne))
        if not blocs or place < large:
            blocs.append([tete])
            place = LARGEUR - largeur
        blocs[-1].append(colonne)
        place -= large
    return blocs


def print_verdicts(analyse: Analyse) -> None:
    """Print, for each rule, whether some group gains by leaving, and who pays more than alone."""
    joueurs = analyse.lu.joueurs
    print("\nSolidité (un groupe, ou un joueur seul, gagnerait-il à partir ?)")
    for cle, verdict in analyse.stabilites.items():
        sortie = verdict.exit
        if sortie is None:
            print(f"  {NOMS[cle]} : stable, il n'y a qu'un joueur.")
            continue
        qui = name_groupe(sortie.group, joueurs)
        if verdict.stable:
            print(
                f"  {NOMS[cle]} : stable. Le groupe le plus près de partir y perdrait {format_euros(-sortie.gain)} : "
                f"{qui}."
            )
            continue
        paie = f"paie {format_euros(sortie.paid)}, coûterait {format_euros(sortie.cost)} sans les autres"
        print(f"  {NOMS[cle]} : instable. Un groupe gagnerait {format_euros(sortie.gain)} à partir ({paie}) : {qui}.")
        surcouts = find_plus_que_seul(analyse.lu.jeu, analyse.parts[cle])
        if surcouts:
            rangs = sorted(surcouts, key=lambda rang: -surcouts[rang])
            textes = [f"{joueurs[rang]} ({format_euros(surcouts[rang])} de plus)" for rang in rangs]
            print(f"    Plus que le coût seul : {name_quelques(textes)}.")
    if len(joueurs) > 1:
        print("Un groupe est nommé par règle ; d'autres peuvent y gagner, ou y perdre, autant.")


def name_groupe(groupe: Collection[int], joueurs: Sequence[str]) -> str:
    """Return a group as text; by those who are not in it when they are few and it is large."""
    dehors = [nom for rang, nom in enumerate(joueurs) if rang not in groupe]
    if len(groupe) > PETIT and 0 < len(dehors) <= RESTE:
        return f"tous, sauf {', '.join(dehors)}"
    return name_quelques([joueurs[rang] for rang in sorted(groupe)])


def print_coeur(analyse: Analyse, certificat: dict[str, object] | None) -> None:
    """Print whether stable shares exist, and what it would cost to hold all together."""
    noyau = analyse.noyau
    if noyau is None:
        return
    print(f"\nMoindre cœur : {describe_ecart(noyau)}.")
    if certificat is not None:
        print(certificat["phrase"])
        print_preuve(analyse, noyau, certificat["vide"])
    if analyse.cout is not None:
        combien = format_bornes(analyse.cout.low, analyse.cout.high)
        print(f"Pour tenir tout le monde, il faudrait trouver ailleurs {combien}.")
        if certificat is not None and certificat["vide"]:
            print("Cette somme dépasse le gain du groupe le plus tenté : elle contente tous les groupes à la fois.")


def print_preuve(analyse: Analyse, noyau: LeastCore, vide: object) -> None:
    """Print what the sentence on the core speaks of: the groups and their weights, or the exact shares (euros)."""
    joueurs = analyse.lu.joueurs
    if vide is False:
        for nom, part in zip(joueurs, noyau.exact, strict=True):
            euros = format_euros(int(part)) if part.denominator == 1 else f"{part / 100}\u00a0€"
            print(f"  {nom} : {euros}")
    elif vide:
        for groupe, poids in noyau.weights:
            print(f"  {poids} fois {format_euros(analyse.lu.jeu.cost(groupe))} : {name_groupe(groupe, joueurs)}")


def describe_ecart(noyau: LeastCore) -> str:
    """Say the best that can be promised to every group at once."""
    if noyau.low >= 0:
        perte = format_bornes(noyau.low, noyau.high)
        return f"dans le meilleur partage, partir coûterait à chaque groupe {perte} ou plus"
    if noyau.high < 0:
        gain = format_bornes(-noyau.high, -noyau.low)
        return f"même dans le meilleur partage, le groupe le plus tenté gagnerait {gain} en partant"
    return f"l'écart que l'on peut promettre à tous les groupes est {format_bornes(noyau.low, noyau.high)}"


def format_bornes(bas: Fraction, haut: Fraction) -> str:
    """Return an interval in euros, rounded outwards to the cent; one amount when the two are the same."""
    moins, plus = round_exact(bas, RegleArrondi.PAR_DEFAUT), round_exact(haut, RegleArrondi.PAR_EXCES)
    return format_euros(plus) if moins == plus else f"entre {format_euros(moins)} et {format_euros(plus)}"
