"""``communaccord sieges``: the council by the ordinary rule beside the seats really held, and what may be agreed on."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from communaccord.cli.accords_locaux.etude import (
    Demande,
    SeuilsMajorite,
    compute_seuils,
    is_total_exclu,
    list_echeances,
    read_lectures,
    study_voies,
)
from communaccord.cli.accords_locaux.proposition import Proposition, read_proposition
from communaccord.cli.accords_locaux.reponse import build_reponse
from communaccord.cli.accords_locaux.texte import (
    Cadre,
    print_controle,
    print_points,
    print_procedure,
    print_total_exclu,
    print_voie,
)
from communaccord.cli.choix import find_epci
from communaccord.cli.conseil import ConseilEpci, read_conseil, write_conseil
from communaccord.cli.sortie import ErreurCommande, name_quelques, print_json, print_tableau, print_titre, write_entier
from communaccord.reference import TerritoireInconnu, get_communes, get_perimetre

MAX_ACCORDS = 1_000
PREMIERS = 3


def execute(arguments: argparse.Namespace) -> None:
    """Print the council of one EPCI, or of all of them as JSON lines."""
    if arguments.tous == bool(arguments.territoire):
        raise ErreurCommande("Donnez un SIREN ou un nom, ou bien --tous, mais pas les deux.", code=2)
    is_etude = arguments.accords or arguments.verifier or arguments.proposes is not None
    _check_options(arguments, is_etude)
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
    if is_etude:
        _print_etude(conseil, arguments)
    elif arguments.json:
        print_json(write_conseil(conseil))
    else:
        _print_conseil(conseil, arguments.renouvellement, perimetre.millesime_population)


def _check_options(arguments: argparse.Namespace, is_etude: bool) -> None:
    """Refuse options that say nothing together. Errors: ErreurCommande with code 2."""
    if is_etude and arguments.tous:
        raise ErreurCommande("--accords, --proposes et --verifier demandent un territoire, pas --tous.", code=2)
    if arguments.verifier and arguments.proposes is not None:
        raise ErreurCommande("Donnez --proposes ou --verifier, mais pas les deux.", code=2)
    lectures = [
        option for option in ("tunnel", "siege_unique", "ordre", "moitie") if getattr(arguments, option) is not None
    ]
    if lectures and not is_etude:
        option = f"--{lectures[0].replace('_', '-')}"
        raise ErreurCommande(f"{option} va avec --accords, --proposes ou --verifier.", code=2)
    if (arguments.total is not None or arguments.premiers is not None) and not arguments.accords:
        raise ErreurCommande("--total et --premiers vont avec --accords.", code=2)
    if arguments.premiers is not None and not 0 <= arguments.premiers <= MAX_ACCORDS:
        raise ErreurCommande(f"--premiers : donnez un nombre de 0 à {MAX_ACCORDS}.", code=2)


def _print_etude(conseil: ConseilEpci, arguments: argparse.Namespace) -> None:
    """Print what the communes may agree on, or what is to be said of the seats proposed."""
    epci, ordinaire = conseil.epci, conseil.ordinaire
    if ordinaire is None:
        raise ErreurCommande(f"{epci.nom_complet} : {conseil.refus}")
    noms = {commune.code: commune.nom for commune in epci.communes}
    proposition = _read_proposition(conseil, noms, arguments)
    demande = Demande(
        lectures=read_lectures(arguments, ordinaire.nature),
        compte=arguments.accords,
        premiers=PREMIERS if arguments.premiers is None else arguments.premiers,
        total=arguments.total,
        proposes=None if proposition is None else proposition.sieges,
    )
    voies, seuils = study_voies(ordinaire, demande), _compute_seuils(conseil, arguments.renouvellement)
    echeances = list_echeances(arguments.renouvellement)
    if arguments.json:
        print_json(write_conseil(conseil) | build_reponse(ordinaire, demande, voies, seuils, echeances, proposition))
        return
    print_titre(f"{epci.nom_complet} : ce que les communes peuvent décider pour leurs sièges")
    print(f"La règle ordinaire donne {ordinaire.total} sièges pour {arguments.renouvellement}.\n")
    is_exclu = is_total_exclu((etude for voie in voies for etude in voie.etudes), demande.total)
    if demande.total is not None and is_exclu and proposition is None:
        print_total_exclu(voies, demande.total)
        return
    print_points(demande, ordinaire.nature)
    cadre = Cadre(ordinaire, noms, conseil.constates)
    if arguments.accords:
        for voie in voies:
            print_voie(voie, cadre, demande.total)
    if proposition is not None:
        print_controle(voies, cadre, proposition)
    print_procedure(seuils, echeances, noms)


def _compute_seuils(conseil: ConseilEpci, renouvellement: int) -> dict[str, SeuilsMajorite]:
    """Return the thresholds of the majority by population municipale, and by population totale where it is known."""
    municipales = {commune.code: commune.population_municipale or 0 for commune in conseil.epci.communes}
    seuils = {"municipale": compute_seuils(municipales)}
    membres = get_communes(conseil.epci.siren) if renouvellement == 2026 else ()
    totales = {c.code: c.population_totale_2022 for c in membres if c.population_totale_2022 is not None}
    if set(totales) == set(municipales):
        seuils["totale"] = compute_seuils(totales)
    return seuils


def _read_proposition(
    conseil: ConseilEpci, noms: Mapping[str, str], arguments: argparse.Namespace
) -> Proposition | None:
    """Return the seats to check: those of a file, or those counted in the register; None without any."""
    if arguments.proposes is not None:
        return read_proposition(Path(arguments.proposes), noms)
    if not arguments.verifier:
        return None
    if not conseil.constates:
        raise ErreurCommande("Les sièges constatés ne sont pas connus ici : donnez les sièges avec --proposes.")
    manquantes = [nom for code, nom in noms.items() if not conseil.constates.get(code)]
    if manquantes:
        qui = name_quelques(manquantes)
        raise ErreurCommande(f"Le registre ne compte personne pour {qui} : donnez les sièges avec --proposes.")
    return Proposition(conseil.constates, "sièges constatés au registre, automne 2026")


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
