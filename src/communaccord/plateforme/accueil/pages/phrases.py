"""The sentences of the portrait, written from its figures. Pure."""

from collections.abc import Mapping

from communaccord.plateforme.accueil.bridge.portrait import Conseil
from communaccord.plateforme.socle.typographie import accord, enumeration, nombre, pluriel, prose
from communaccord.plateforme.territoires.models import Epci

CAUSES = {
    "ACCORD_LOCAL_PROBABLE": "un accord local",
    "SUPPLEMENT_VI_PROBABLE": "des sièges supplémentaires décidés par les communes",
}
INEXPLIQUE = "un écart que cette règle n'explique pas seule"
MAX_NOMMEES = 3


def name_epci(nom_complet: str, majuscule: bool = True) -> str:
    """The name as one says it in a sentence: « La communauté de communes du Perche », « Bordeaux Métropole »."""
    first, _, rest = nom_complet.partition(" ")
    if first == "Communauté":
        said = f"la communauté {rest}"
    elif first == "Métropole":
        said = f"la métropole {rest}"
    elif first == "Eurométropole":
        said = f"l'eurométropole {rest}"
    else:
        return nom_complet
    return said[0].upper() + said[1:] if majuscule else said


def build_phrase(epci: Epci, conseil: Conseil, noms: Mapping[str, str]) -> str:
    """The one sentence that opens the portrait: who, how many, and the true state of the council."""
    who = (
        f"{name_epci(epci.nom_complet)} réunit {pluriel(epci.nombre_communes, 'commune')} et "
        f"{pluriel(epci.population_municipale_2022, 'habitant')}"
    )
    return prose(f"{who} ; {describe_conseil(conseil, noms)}.")


def describe_conseil(conseil: Conseil, noms: Mapping[str, str]) -> str:
    comparaison = conseil.comparaison
    verdict = conseil.verdict.name
    seats = pluriel(comparaison.total_constate, "siège constaté", "sièges constatés")
    if conseil.ordinaire is None:
        return (
            f"son conseil, {seats}, suit des règles qui lui sont propres"
            if comparaison.total_constate
            else ("son conseil suit des règles qui lui sont propres")
        )
    if verdict == "REGISTRE_INCOMPLET":
        return (
            f"le registre national des élus est incomplet pour son conseil, {seats} ; la règle ordinaire en donnerait "
            f"{nombre(conseil.ordinaire.total)}"
        )
    if verdict == "IDENTIQUE":
        return f"son conseil compte {seats}, exactement ceux que donne la règle ordinaire"
    cause = explain_ecart(conseil, noms)
    if comparaison.total_constate == conseil.ordinaire.total:
        return f"son conseil compte {seats}, autant que la règle ordinaire mais répartis autrement : {cause}"
    total = nombre(conseil.ordinaire.total)
    return f"son conseil compte {seats} quand la règle ordinaire en donne {total} : {cause}"


def explain_ecart(conseil: Conseil, noms: Mapping[str, str]) -> str:
    """The most probable reason, in the words its checks allow: a doubt is named in the same breath."""
    verdict = conseil.verdict.name
    if verdict == "VACANCES_PROBABLES":
        return f"sans doute {count_vacants(conseil.manquants)}"
    if verdict not in CAUSES:
        return INEXPLIQUE
    if conseil.a_verifier:
        names = [noms[code] for code in conseil.a_verifier]
        who = enumeration(names) if len(names) <= MAX_NOMMEES else pluriel(len(names), "commune")
        return f"peut-être {CAUSES[verdict]}, mais {who} {accord(len(names), 'serait', 'seraient')} hors des limites"
    if conseil.est_partiel:
        return f"peut-être {CAUSES[verdict]}, mais il manque des communes au registre"
    return f"sans doute {CAUSES[verdict]}"


def count_vacants(missing: int) -> str:
    return "un siège vacant" if missing == 1 else pluriel(missing, "siège vacant", "sièges vacants")


def explain_conseil(conseil: Conseil, noms: Mapping[str, str]) -> str:
    """Why the council differs from the ordinary rule, with the names of the communes instead of their codes."""
    if conseil.verdict.name == "VACANCES_PROBABLES":
        ecarts = conseil.comparaison.ecarts
        where = enumeration(sorted(noms[code] for code in ecarts))
        return prose(
            f"Il manque {pluriel(conseil.manquants, 'siège')} par rapport aux {nombre(conseil.ordinaire.total)} de la "
            f"règle ordinaire, et aucune commune n'en a plus : sans doute {count_vacants(conseil.manquants)} au jour "
            f"du comptage (une démission, un décès, une élection à venir). C'est à regarder du côté de : {where}."
        )
    if conseil.verdict.name in CAUSES and (conseil.a_verifier or conseil.est_partiel):
        return prose(explain_doute(conseil, noms))
    return prose(conseil.comparaison.phrase)


def explain_doute(conseil: Conseil, noms: Mapping[str, str]) -> str:
    """A likely agreement that something contradicts: what is assumed, what the law allows, whom to look at."""
    controle, verdict = conseil.comparaison.controle, conseil.verdict.name
    assumed = "En supposant la règle ordinaire là où le registre ne compte personne, " if conseil.est_partiel else ""
    verb = "seraient" if conseil.est_partiel else "sont"
    sentences = [
        f"{assumed}{nombre(controle.total)} sièges {verb} comptés, contre {nombre(conseil.ordinaire.total)} par la "
        f"règle ordinaire : peut-être {CAUSES[verdict]}, jusqu'à {nombre(controle.total_maximal)} sièges au total."
    ]
    if conseil.a_verifier:
        names = enumeration([noms[code] for code in conseil.a_verifier])
        sentences.append(f"À vérifier pour {names}, hors des limites que la loi fixe alors.")
    return " ".join([*sentences, "L'arrêté préfectoral fait foi."])


def build_description(epci: Epci) -> str:
    """For search engines and shared links."""
    return prose(
        f"{epci.nom_complet} : {pluriel(epci.nombre_communes, 'commune')}, "
        f"{pluriel(epci.population_municipale_2022, 'habitant')}, le conseil communautaire commune par commune, "
        f"les instances prévues par la loi, le calendrier du mandat."
    )


def describe_constat(sieges: int | None, ordinaires: int | None) -> str:
    """What the map says of one commune."""
    if sieges is None:
        return "aucun siège constaté au registre"
    text = pluriel(sieges, "siège constaté", "sièges constatés")
    if ordinaires is None or ordinaires == sieges:
        return text
    return f"{text}, {nombre(ordinaires)} par la règle ordinaire"
