"""The answer of ``communaccord accord`` in French."""

from collections.abc import Collection
from fractions import Fraction

from communaccord.cli.dossiers import DossierLu
from communaccord.cli.ecriture import format_haut, list_doublons, tell_cle, tell_demande, tell_signature
from communaccord.cli.ecriture_accord import tell_preuve
from communaccord.cli.examen import Examen, find_manque, is_arrondi
from communaccord.cli.factures import (
    Facture,
    build_facture,
    is_silencieuse,
    read_facture,
    tell_facture,
    tell_perdantes,
)
from communaccord.cli.questions import QUESTIONS, Etudie
from communaccord.cli.questions.etude import ORIGINES
from communaccord.cli.refus import count_mots
from communaccord.cli.sortie import name_quelques, print_titre
from communaccord.noyau.accord.recherche import Conflict, Deal, Drop, Feasible, Point, Relaxation, Signature
from communaccord.noyau.partage.erreurs import format_pourcent
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
    for texte in (*lu.avertissements, *list_doublons(lu)):
        print(f"À savoir : {texte}")
    if isinstance(verdict, Feasible):
        print_accord(examen)
    else:
        print_conflit(examen, verdict)
    if examen.signature is not None:
        print_signature(examen, examen.signature)
    if etudie is not None:
        print_questions(etudie)


def print_signature(examen: Examen, signature: Signature) -> None:
    """Print who signs at the deal of departure, and what stands without the others."""
    depart = examen.find_depart()
    suite = f"à {ORIGINES[depart[0]]}" if depart else ""
    if isinstance(examen.verdict, Conflict):
        suite += ", si personne ne cède"
    print(f"\nQui signe, {suite}, et ce qui tient sans les autres")
    for ligne in tell_signature(examen.lu, signature):
        print(ligne)
    muettes = [nom for nom in examen.lu.paquet.communes if is_silencieuse(examen.lu, nom)]
    if signature.etapes and muettes:
        print("  Une commune qui n'a rien dit de ce qu'elle paie au plus est comptée comme acceptant son coût seul,")
        print(f"  pas davantage : {name_quelques(muettes)}.")


def print_accord(examen: Examen) -> None:
    """Print the deals, one table a rule; a deal already printed is told in one line."""
    print("Un accord est possible : toutes les demandes tiennent ensemble.")
    dits: dict[tuple[object, ...], str] = {}
    for cle, deal in examen.propositions.items():
        print(f"\n{LIBELLES[cle]}")
        pareil = dits.setdefault((deal.shares, deal.transfers), cle)
        if pareil == cle:
            print_facture(examen, deal.point, read_facture(deal))
        else:
            print(f"  Le même accord, au centime près, que : {LIBELLES[pareil]}.")
        if deal.status is not Status.OPTIMAL:
            print(f"À savoir : recherche arrêtée avant sa preuve, {describe_distance(deal)}.")
    for cle, texte in examen.refus.items():
        print(f"\nSans réponse, {LIBELLES[cle]} : {texte}")


def print_facture(examen: Examen, point: Point, facture: Facture | None, cedent: Collection[str] = ()) -> None:
    """Print keys, then what each pays, receives and gains, and who would pay more than alone. `cedent`: communes that
    have a request that does not hold."""
    paquet = examen.lu.paquet
    for service, key in zip(paquet.services, point.keys, strict=True):
        print(f"  clé de « {service.nom} » : {tell_cle(service, key)}")
    if facture is not None:
        for ligne in (*tell_facture(paquet, facture), *tell_perdantes(examen.lu, facture, cedent)):
            print(ligne)
        if min(facture.paie) < 0:
            print("  Un montant négatif dans « paie » : la commune reçoit plus qu'elle ne paie.")


def describe_distance(deal: Deal) -> str:
    """Say how far a deal may be from the best one: euros, or the logarithm of a product."""
    if deal.rule == "nash":
        return f"le logarithme du produit est à {float(deal.gap):.6f} au plus du meilleur".replace(".", ",")
    return f"à {format_haut(deal.gap)} au plus de la meilleure valeur"


def print_conflit(examen: Examen, conflit: Conflict) -> None:
    """Print the requests that conflict, the proof, whether there are other conflicts, and what would end them."""
    print("Aucun accord ne satisfait toutes les demandes.", end=" ")
    seule = len(conflit.lignes) == 1
    print("Celle-ci ne peut pas tenir, même seule :" if seule else "Celles-ci ne tiennent pas ensemble :")
    poids = dict(preuve[0]) if (preuve := find_manque(conflit)) else {}
    egaux = len(set(poids.values())) < 2
    for numero, ligne in zip(conflit.numeros, conflit.lignes, strict=True):
        pese = "" if egaux else f", pesée {format_pourcent(poids.get(numero, Fraction(0)))}"
        print(f"  {ligne.commune} : {ligne.phrase} ({ligne.degre.label}{pese})")
    print(tell_preuve(conflit))
    if conflit.irreductible and not seule:
        print("Que l'une d'elles soit retirée, et les autres de cette liste tiennent ensemble.")
    if examen.retrait is not None and conflit.irreductible and examen.retrait.low > 1:
        print(f"Ce conflit n'est pas le seul : il faudrait retirer {examen.retrait.low} demandes au moins en tout.")
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
            print("    (peut-être rien : elle tient au centime près, à l'arrondi de la clé)")
    if cession.gap >= 1:
        print(f"  À savoir : ce total pesé est démontré le plus petit à {format_haut(cession.gap)} près.")
    for rang in cession.fixes:
        print(f"  aucun montant ne suffit pour {tell_demande(lu, rang)}")
    if cession.cents:
        print("  Une réponse de ce total ; d'autres peuvent exister, qui cèdent autrement.")
    print("\nCe que chacune paierait alors, à la clé qui demande le moins de céder")
    cedent = {lu.lignes[rang].commune for rang in (*cession.cents, *cession.fixes)}
    print_facture(examen, cession.point, build_facture(lu.paquet, cession.point), cedent)


def print_retrait(examen: Examen, retrait: Drop) -> None:
    """Print the fewest requests whose withdrawal ends the conflict, and whether others would do."""
    lu, autres, nombre = examen.lu, examen.autres, len(retrait.numeros)
    moins = "le moins possible" if nombre == retrait.low else f"il en faut au moins {retrait.low}"
    print(f"\nOu bien retirer {count_mots(nombre, 'demande')} ; {moins} (à nombre égal, les moins fortes) :")
    for rang in retrait.numeros:
        print(f"  {tell_retirable(lu, rang)}")
    if autres is None:
        print("  Un choix parmi ceux possibles : d'autres demandes, aussi peu nombreuses, suffiraient peut-être.")
    elif autres:
        print("  À sa place, l'une de celles-ci suffirait aussi :")
        for rang in autres:
            print(f"  {tell_retirable(lu, rang)}")
    else:
        print("  Aucune autre demande, retirée seule, ne suffirait.")


def tell_retirable(lu: DossierLu, rang: int) -> str:
    """Return a request as text, with its degree."""
    return f"{tell_demande(lu, rang)} ({lu.lignes[rang].degre.label})"


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
