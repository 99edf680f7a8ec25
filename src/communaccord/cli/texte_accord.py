"""The answer of ``communaccord accord`` in French."""

from communaccord.cli.ecriture import format_haut, tell_cle, tell_demande, tell_signature
from communaccord.cli.ecriture_accord import tell_preuve
from communaccord.cli.examen import Examen, is_arrondi
from communaccord.cli.questions import QUESTIONS, Etudie
from communaccord.cli.sortie import print_tableau, print_titre
from communaccord.noyau.accord.recherche import Conflict, Deal, Drop, Feasible, Relaxation
from communaccord.noyau.partage.erreurs import format_euros
from communaccord.noyau.solver import Status

LIBELLES = {
    "leximin": "Le moins bien servi d'abord, puis le suivant (leximin)",
    "maxmin": "Le plus petit gain aussi grand que possible",
    "nash": "Le produit des gains aussi grand que possible (Nash)",
    "regret_min": "Le plus grand regret aussi petit que possible",
}


def print_examen(examen: Examen, etudie: Etudie | None) -> None:
    """Print the whole answer."""
    lu, verdict = examen.lu, examen.verdict
    print_titre(lu.titre or "Un accord est-il possible ?")
    for texte in lu.avertissements:
        print(f"À savoir : {texte}")
    if isinstance(verdict, Feasible):
        print_accord(examen)
    else:
        print_conflit(examen, verdict)
    if examen.signature is not None:
        suite = "à cet accord"
        if examen.signature.etapes:
            suite = "à la clé qui demande le moins de céder, si personne ne cède"
        print(f"\nQui signe, {suite}, et ce qui tient sans les autres")
        for ligne in tell_signature(lu, examen.signature):
            print(ligne)
    if etudie is not None:
        print_questions(etudie)


def print_accord(examen: Examen) -> None:
    """Print the deals, one column a rule."""
    paquet = examen.lu.paquet
    print("Un accord est possible : toutes les demandes tiennent ensemble.")
    for cle, deal in examen.propositions.items():
        print(f"\n{LIBELLES[cle]}")
        for service, key in zip(paquet.services, deal.point.keys, strict=True):
            print(f"  clé de « {service.nom} » : {tell_cle(service, key)}")
        lignes = [("Commune", "paie", "gagne")]
        lignes += [
            (nom, format_euros(paie), format_euros(gagne))
            for nom, paie, gagne in zip(paquet.communes, deal.contributions, deal.gains, strict=True)
        ]
        print_tableau(lignes, droite=frozenset({1, 2}))
        if deal.status is not Status.OPTIMAL:
            print(f"À savoir : recherche arrêtée avant sa preuve, {describe_distance(deal)}.")
    for cle, texte in examen.refus.items():
        print(f"\nSans réponse, {LIBELLES[cle]} : {texte}")


def describe_distance(deal: Deal) -> str:
    """Say how far a deal may be from the best one: euros, or the logarithm of a product."""
    if deal.rule == "nash":
        return f"le logarithme du produit est à {float(deal.gap):.6f} au plus du meilleur".replace(".", ",")
    return f"à {format_haut(deal.gap)} au plus de la meilleure valeur"


def print_conflit(examen: Examen, conflit: Conflict) -> None:
    """Print the requests that conflict, the proof, and what would end it."""
    print("Aucun accord ne satisfait toutes les demandes. Celles-ci ne tiennent pas ensemble :")
    for ligne in conflit.lignes:
        print(f"  {ligne.commune} : {ligne.phrase} ({ligne.degre.label})")
    print(tell_preuve(conflit))
    if conflit.irreductible and len(conflit.lignes) > 1:
        print("Que l'une d'elles soit retirée, et les autres de cette liste tiennent ensemble.")
    if examen.cession is not None:
        print_cession(examen, examen.cession)
    if examen.retrait is not None:
        print_retrait(examen, examen.retrait)


def print_cession(examen: Examen, cession: Relaxation) -> None:
    """Print the least that requests on money give up."""
    lu = examen.lu
    print("\nCe qu'il suffirait de céder en argent, au total le moins possible (une demande plus forte pèse plus) :")
    for rang, cents in sorted(cession.cents.items()):
        print(f"  {lu.lignes[rang].commune} cède {format_haut(cents)} par an sur : {lu.lignes[rang].phrase}")
        if is_arrondi(lu, cession, rang):
            print("    (peut-être rien : ce montant ne dépasse pas ce que l'écriture de la clé arrondit)")
    if cession.gap >= 1:
        print(f"  À savoir : ce total pesé est démontré le plus petit à {format_haut(cession.gap)} près.")
    for rang in cession.fixes:
        print(f"  aucun montant ne suffit pour {tell_demande(lu, rang)}")
    if cession.cents:
        print("  Une réponse de ce total ; d'autres peuvent exister, qui cèdent autrement.")


def print_retrait(examen: Examen, retrait: Drop) -> None:
    """Print the fewest requests whose withdrawal ends the conflict, and whether others would do."""
    lu, autres = examen.lu, examen.autres
    print(f"\nOu bien retirer {len(retrait.numeros)} demande(s) ; il en faut au moins {retrait.low} :")
    for rang in retrait.numeros:
        print(f"  {tell_demande(lu, rang)}")
    if autres is None:
        print("  Un choix parmi ceux possibles : d'autres demandes, aussi peu nombreuses, suffiraient peut-être.")
    elif autres:
        print("  D'autres choix sont aussi petits ; à sa place, l'une de celles-ci suffirait :")
        for rang in autres:
            print(f"  {tell_demande(lu, rang)}")
    else:
        print("  Aucune autre demande, retirée seule, ne suffirait.")


def print_questions(etudie: Etudie) -> None:
    """Print the answer to each question, and why others have none."""
    if etudie.depart is not None and etudie.depart.lignes:
        print()
        for ligne in etudie.depart.lignes:
            print(ligne)
    for nom, reponse in etudie.reponses.items():
        print(f"\n{QUESTIONS[nom][0]}")
        for ligne in reponse.lignes:
            print(ligne)
    for nom, texte in etudie.refus.items():
        print(f"\nSans réponse, {nom} : {texte}")
