"""From a game file to the cost game of the noyau: players named, amounts in whole cents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from pathlib import Path
from typing import Any

from communaccord.cli.lecture import Lignes, check_noms, read_donnees, refuse
from communaccord.cli.montants import FORME, read_montant
from communaccord.cli.ordre import sort_jeu
from communaccord.cli.refus import REMEDE_MONTANT, count_mots, shorten, suggest
from communaccord.cli.sortie import name_quelques
from communaccord.noyau.accord.recherche import Service
from communaccord.noyau.exact import round_exact
from communaccord.noyau.partage.erreurs import format_euros
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term

# What the comparison of all groups holds: units of workload, members times units, and cents in 64-bit integers.
MAX_ETATS, MAX_PLACES = 2_000_000, 20_000_000
MAX_CENTS = 10**14
ARRONDI = (
    "Le coût d'un pas d'effectif ne tombe pas sur un centime : la dépense de personnel de chaque groupe est arrondie "
    "au centime le plus proche, le demi-centime vers le haut."
)


@dataclass(frozen=True, slots=True)
class JeuLu:
    """A game and its players, numbered in the order of their names; `charge`: workloads, None for a table."""

    joueurs: tuple[str, ...]
    jeu: ServiceGame | TableGame
    charge: tuple[int, ...] | None
    avertissements: tuple[str, ...] = ()
    titre: str = ""


def read_jeu(chemin: Path) -> JeuLu:
    """Read a game file. Errors: ErreurCommande with code 2, one French sentence."""
    donnees = read_donnees(chemin, "jeu", Lignes("couts", is_ligne))
    check_noms({f"« joueurs[{rang}] »": nom for rang, nom in enumerate(donnees["joueurs"])})
    donnees = sort_jeu(donnees)
    joueurs = tuple(donnees["joueurs"])
    lu = build_service(donnees, joueurs) if donnees["type"] == "service" else build_table(donnees, joueurs)
    if donnees.get("fictif"):
        return JeuLu(lu.joueurs, lu.jeu, lu.charge, ("Chiffres fictifs.", *lu.avertissements), lu.titre)
    return lu


def is_ligne(ligne: Any) -> bool:
    """Return whether a row of a table has a group of names and an amount, and nothing else."""
    if not isinstance(ligne, dict) or ligne.keys() != {"groupe", "cout"}:
        return False
    groupe, cout = ligne["groupe"], ligne["cout"]
    is_groupe = isinstance(groupe, list) and bool(groupe)
    return is_groupe and isinstance(cout, str) and bool(FORME.fullmatch(cout)) and all(map(is_nom, groupe))


def is_nom(nom: Any) -> bool:
    """Return whether a value may be a name."""
    return isinstance(nom, str) and 0 < len(nom) <= 200


def read_cents(donnees: Mapping[str, Any], cle: str, ou: str = "") -> int:
    """Return an amount in cents. Errors: ErreurCommande."""
    return read_texte_montant(donnees[cle], f"« {ou}{cle} »")


def read_texte_montant(texte: str, ou: str) -> int:
    """Return an amount in cents. Errors: ErreurCommande that names the place."""
    try:
        return read_montant(texte)
    except ValueError:
        refuse(ou, f"« {shorten(texte)} » n'est pas un montant", REMEDE_MONTANT)


def read_positif(donnees: Mapping[str, Any], cle: str, ou: str = "") -> Fraction:
    """Return a number above zero, whole or decimal text. Errors: ErreurCommande."""
    valeur = Fraction(str(donnees[cle]).strip())
    if valeur <= 0:
        refuse(f"« {ou}{cle} »", "ce nombre doit être plus grand que zéro", 'Donnez par exemple "0.5" ou 300.')
    return valeur


def check_autant(donnees: Mapping[str, Any], cle: str, joueurs: Sequence[str], ou: str = "") -> None:
    """Errors: ErreurCommande unless there is one value a player."""
    nombre = len(donnees[cle])
    if nombre != len(joueurs):
        refuse(
            f"« {ou}{cle} »",
            f"{count_mots(nombre, 'valeur')} pour {count_mots(len(joueurs), 'nom')}",
            "Donnez une valeur par nom, dans l'ordre des noms du fichier (« joueurs », ou « communes »).",
        )


def build_service(donnees: Mapping[str, Any], joueurs: tuple[str, ...]) -> JeuLu:
    """Build a service: fixed cost, cost by member, staff by steps, costs alone. Errors: ErreurCommande."""
    check_autant(donnees, "seul", joueurs)
    seul = tuple(read_texte_montant(texte, f"« seul[{rang}] »") for rang, texte in enumerate(donnees["seul"]))
    jeu, est_arrondi = build_formule(donnees, joueurs, seul)
    charge = tuple(donnees["charge"])
    avertissements = ([ARRONDI] if est_arrondi else []) + list_ramenes(joueurs, jeu, seul)
    return JeuLu(joueurs, jeu, charge, tuple(avertissements), donnees.get("titre", ""))


def list_ramenes(joueurs: Sequence[str], jeu: ServiceGame, seul: Sequence[int]) -> list[str]:
    """Return one sentence that names the costs alone for which the formula is cheaper, if any. O(n)."""
    ramenes = name_ramenes(joueurs, jeu, seul, range(jeu.n))
    return [f"Coût seul ramené à celui de la formule pour un seul membre, moins cher : {ramenes}."] if ramenes else []


def list_moins_chers(joueurs: Sequence[str], jeu: ServiceGame, service: Service) -> list[str]:
    """Return, for a service of a dossier, one sentence that names whom the formula would cost less than alone. O(n)."""
    ramenes = name_ramenes(joueurs, jeu, service.seul, sorted(service.perimetre))
    if not ramenes:
        return []
    return [
        f"« {service.nom} », réduit à un seul membre, coûterait moins que le coût seul donné : {ramenes}. Les gains se "
        "comptent sur le coût donné ; la part de Shapley et le nucléole, sur le moins cher des deux, comme « partage »."
    ]


def name_ramenes(joueurs: Sequence[str], jeu: ServiceGame, seul: Sequence[int], rangs: Iterable[int]) -> str:
    """Return who costs less alone by the game than by the amounts given, as text; empty for nobody. O(n)."""
    return name_quelques(
        [
            f"{joueurs[rang]} (de {format_euros(seul[rang])} à {format_euros(cout)})"
            for rang in rangs
            if (cout := jeu.cost((rang,))) < seul[rang]
        ]
    )


def build_formule(
    donnees: Mapping[str, Any], joueurs: Sequence[str], seul: tuple[int, ...] | None, ou: str = "", marge: int = 0
) -> tuple[ServiceGame, bool]:
    """Build the game of a formula, and say whether a step of staff does not fall on a cent. Errors: ErreurCommande.

    `ou`: place of the formula in the file, to name it in a refusal. `marge`: units of workload that the table holds
    beyond those of all; workloads are then counted one by one, else in the largest unit that divides them all.
    """
    check_autant(donnees, "charge", joueurs, ou)
    n, charge = len(joueurs), tuple(donnees["charge"])
    fixe, par_membre = read_cents(donnees, "fixe", ou), read_cents(donnees, "par_membre", ou)
    pas = read_positif(donnees, "pas_etp", ou)
    prix, marche = read_cents(donnees, "cout_etp", ou) * pas, pas * read_positif(donnees, "productivite", ou)
    unite = 1 if marge else gcd(*charge) or 1
    etats = sum(charge) // unite + marge
    check_taille(n, etats, ou)
    if prix * -(-etats * unite // marche) > MAX_CENTS:
        motif = "pour tous ensemble, le personnel coûterait plus de mille milliards d'euros"
        refuse(f"« {ou}cout_etp »", motif, "Vérifiez « cout_etp », « pas_etp » et « productivite ».")
    # Steps of staff: the least whole number k such that k steps carry the workload.
    personnel = tuple(round_exact(prix * -(-rang * unite // marche)) for rang in range(etats + 1))
    termes = (
        Term("count", (), tuple(fixe + par_membre * membres for membres in range(n + 1))),
        Term("sum", tuple(valeur // unite for valeur in charge), personnel),
    )
    return ServiceGame(n, termes, (0,) * n, seul), prix.denominator > 1


def check_taille(n: int, etats: int, ou: str) -> None:
    """Errors: ErreurCommande when members times units of workload are too many for every group to be compared."""
    places = min(MAX_ETATS, MAX_PLACES // (n + 1))
    if etats > places:
        motif = f"la charge totale compte {etats} unités, plus de {places} pour {n} joueurs"
        refuse(f"« {ou}charge »", motif, "Comptez-la dans une unité plus grande, par exemple en dizaines d'actes.")


def build_table(donnees: Mapping[str, Any], joueurs: tuple[str, ...]) -> JeuLu:
    """Build a game from the cost of each group. Errors: ErreurCommande for a group wrong, given twice or missing."""
    bits = {nom: 1 << rang for rang, nom in enumerate(joueurs)}
    couts: dict[int, int] = {0: 0}
    for rang, ligne in enumerate(donnees["couts"]):
        ou = f"« couts[{rang}].groupe »"
        masque = 0
        for nom in ligne["groupe"]:
            bit = bits.get(nom)
            if bit is None:
                refuse(
                    ou,
                    f"« {shorten(nom)} » n'est pas dans « joueurs »",
                    f"{suggest(nom, joueurs)}Corrigez ce nom, ou ajoutez-le.",
                )
            if masque & bit:
                refuse(ou, f"« {shorten(nom)} » y est deux fois", "Nommez-le une fois.")
            masque |= bit
        if masque in couts:
            refuse(
                ou, f"le groupe {name_groupe(masque, joueurs)} a déjà un coût", "Donnez chaque groupe une seule fois."
            )
        couts[masque] = read_texte_montant(ligne["cout"], f"« couts[{rang}].cout »")
    total = 1 << len(joueurs)
    if len(couts) < total:
        manquant = next(masque for masque in range(total) if masque not in couts)
        motif = f"il manque {total - len(couts)} groupe(s) sur {total - 1}, dont {name_groupe(manquant, joueurs)}"
        refuse("« couts »", motif, "Donnez le coût de chaque groupe, du joueur seul à tous ensemble.")
    return JeuLu(
        joueurs,
        TableGame(len(joueurs), tuple(couts[masque] for masque in range(total))),
        None,
        titre=donnees.get("titre", ""),
    )


def name_groupe(masque: int, joueurs: Sequence[str]) -> str:
    """Return a group as text: {A, B}."""
    return "{" + ", ".join(shorten(nom) for rang, nom in enumerate(joueurs) if masque >> rang & 1) + "}"
