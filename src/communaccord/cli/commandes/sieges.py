"""``communaccord sieges``: the council by the ordinary rule beside the seats really held."""

import argparse

from communaccord.cli.choix import find_epci
from communaccord.cli.conseil import ConseilEpci, read_conseil, write_conseil
from communaccord.cli.sortie import ErreurCommande, print_json, print_tableau, print_titre, write_entier
from communaccord.reference import TerritoireInconnu, get_perimetre


def execute(arguments: argparse.Namespace) -> None:
    """Print the council of one EPCI, or of all of them as JSON lines."""
    if arguments.tous == bool(arguments.territoire):
        raise ErreurCommande("Donnez un SIREN ou un nom, ou bien --tous, mais pas les deux.", code=2)
    if arguments.tous:
        _print_tous(arguments)
        return
    perimetre = get_perimetre(arguments.renouvellement)
    texte = arguments.territoire.strip()
    siren = texte if texte in perimetre.epcis else find_epci(texte).siren
    try:
        conseil = read_conseil(perimetre.get_epci(siren), arguments.renouvellement)
    except TerritoireInconnu as erreur:
        raise ErreurCommande(str(erreur)) from erreur
    if arguments.json:
        print_json(write_conseil(conseil))
    else:
        _print_conseil(conseil, arguments.renouvellement, perimetre.millesime_population)


def _print_tous(arguments: argparse.Namespace) -> None:
    if not arguments.json:
        raise ErreurCommande("--tous écrit une ligne JSON par intercommunalité : ajoutez --json.", code=2)
    for epci in get_perimetre(arguments.renouvellement).epcis.values():
        print_json(write_conseil(read_conseil(epci, arguments.renouvellement)), ligne=True)


def _print_conseil(conseil: ConseilEpci, renouvellement: int, millesime: int) -> None:
    epci, ordinaire = conseil.epci, conseil.ordinaire
    print_titre(f"{epci.nom_complet} : conseil de {renouvellement}")
    if ordinaire is None:
        print(conseil.refus)
        return
    print(f"La règle ordinaire donne {ordinaire.total} sièges (population municipale {millesime}).")
    noms = {commune.code: commune.nom for commune in epci.communes}
    if conseil.comparaison is not None:
        print(f"Le registre en compte {write_entier(conseil.comparaison.total_constate)} (automne 2026).")
        print(conseil.comparaison.phrase)
        if conseil.comparaison.communes_a_verifier:
            print(f"À vérifier : {', '.join(noms[code] for code in conseil.comparaison.communes_a_verifier)}.")
    print()
    entete = ("Code", "Commune", "Population", "Règle ordinaire", "Constatés")
    lignes = sorted(ordinaire.lignes, key=lambda ligne: (-ligne.population, ligne.code))
    corps = (
        (ligne.code, noms[ligne.code], write_entier(ligne.population), str(ligne.sieges), _write(conseil, ligne.code))
        for ligne in lignes
    )
    print_tableau([entete, *corps], droite=frozenset({2, 3, 4}))
    for avertissement in ordinaire.avertissements:
        print(f"\nÀ savoir : {avertissement.texte}")
    articles = sorted({article for regle in ordinaire.regles for article in regle.articles})
    print(f"\nRègles : {', '.join(articles)}. L'arrêté préfectoral fait foi.")


def _write(conseil: ConseilEpci, code: str) -> str:
    return str(conseil.constates[code]) if code in conseil.constates else "–"
