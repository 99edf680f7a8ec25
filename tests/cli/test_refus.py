"""Wrong files of every kind: a French sentence a fault (what, where, what to do), code 2, nothing on the output."""

import json

import pytest
from tests.cli.jeux import MAJORITE, SERVICE, TABLE, VOIX, play, run

from communaccord.cli.lecture import MAX_FAUTES, MAX_OCTETS


def change(donnees, **cles):
    """Return the file with other values; None takes the key away."""
    return {cle: valeur for cle, valeur in (donnees | cles).items() if valeur is not None}


def put(donnees, rang, **cles):
    """Return the table with another line."""
    couts = list(donnees["couts"])
    couts[rang] = change(couts[rang], **cles)
    return donnees | {"couts": couts}


TEXTE = json.dumps(SERVICE)
SEIZE = [f"J{rang}" for rang in range(17)]

JEUX = {
    "empty": ("", "est vide"),
    "blank": (" \n", "est vide"),
    "truncated": (TEXTE[:-20], "ligne 1, colonne"),
    "not json": ("type: service", "ligne 1, colonne 1"),
    "trailing comma": (TEXTE[:-1] + ",}", "ligne 1"),
    "two objects": (TEXTE + TEXTE, "ligne 1"),
    "a list": ("[]", "À la racine"),
    "a number": ("3", "À la racine"),
    "null": ("null", "À la racine"),
    "duplicate key": (TEXTE[:-1] + ', "fixe": "1.00"}', "« fixe » est donnée deux fois"),
    "NaN": (TEXTE.replace('"40000.00"', "NaN"), "NaN"),
    "infinity": (TEXTE.replace("300", "-Infinity"), "-Infinity"),
    "deep nesting": ("[" * 100_000, "emboîtés"),
    "deep objects": ('{"a":' * 30 + "1" + "}" * 30, "emboîtés"),
    "half a surrogate": (TEXTE.replace("Commune A", "\\ud800"), "caractère incomplet"),
    "no type": (change(SERVICE, type=None), "« type »"),
    "unknown type": (change(SERVICE, type="ferme"), "Choisissez parmi « service », « table »"),
    "no players": (change(SERVICE, joueurs=[]), "« joueurs »"),
    "players as text": (change(SERVICE, joueurs="Commune A"), "« joueurs »"),
    "duplicate player": (change(SERVICE, joueurs=["A", "B", "C", "A"]), "déjà donné"),
    "same player, accent typed apart": (change(SERVICE, joueurs=["A", "B", "Pré", "Pre\u0301"]), "déjà donné"),
    "step of staff with a line break": (change(SERVICE, pas_etp="0.5\n"), "« pas_etp »"),
    "blank player": (change(SERVICE, joueurs=["A", "B", "C", " "]), "« joueurs[3] »"),
    "empty player": (change(SERVICE, joueurs=["A", "B", "C", ""]), "« joueurs[3] »"),
    "player with a control character": (change(SERVICE, joueurs=["A", "B", "C", "D\x1b"]), "invisibles"),
    "player that is a number": (change(SERVICE, joueurs=["A", "B", "C", 4]), "« joueurs[3] »"),
    "too many players": (change(SERVICE, joueurs=[f"c{rang}" for rang in range(301)]), "300"),
    "missing key": (change(SERVICE, fixe=None), "il manque la clé « fixe »"),
    "mistyped key": (change(SERVICE, productivité=300, productivite=None), "productivite"),
    "unknown key": (change(SERVICE, couts=[]), "« couts » n'est pas connue"),
    "amount as a number": (change(SERVICE, fixe=40000.00), "« fixe »"),
    "amount as a whole number": (change(SERVICE, fixe=40000), "deux décimales"),
    "amount without decimals": (change(SERVICE, fixe="40000"), "« 40000 » n'est pas un montant"),
    "amount with one decimal": (change(SERVICE, par_membre="400.5"), "« par_membre »"),
    "amount with three decimals": (change(SERVICE, cout_etp="48000.005"), "« cout_etp »"),
    "amount with a comma": (change(SERVICE, fixe="40000,00"), "avec un point"),
    "amount with spaces": (change(SERVICE, fixe="40 000.00"), "« fixe »"),
    "amount with a line break": (change(SERVICE, fixe="40000.00\n"), "« fixe »"),
    "amount in other digits": (change(SERVICE, fixe="٤٠.00"), "« fixe »"),
    "negative amount": (change(SERVICE, fixe="-1.00"), "« -1.00 » est négatif"),
    "exponent": (change(SERVICE, fixe="4e4"), "« 4e4 »"),
    "huge amount": (change(SERVICE, fixe="9" * 40 + ".00"), "dépasse mille milliards"),
    "choice that is a list": (change(SERVICE, type=["service"]), "une liste n'est pas une valeur prévue"),
    "amount alone": (change(SERVICE, seul=["1.00", "2.00", "x", "3.00"]), "« seul[2] »"),
    "null amount": (change(SERVICE, fixe=[None]), "« fixe »"),
    "too few costs alone": (change(SERVICE, seul=["1.00"]), "1 valeur pour 4 noms"),
    "too many workloads": (change(SERVICE, charge=[1, 2, 3, 4, 5]), "5 valeurs pour 4 noms"),
    "negative workload": (change(SERVICE, charge=[1, 2, -3, 4]), "« charge[2] »"),
    "workload with a fraction": (change(SERVICE, charge=[1, 2, 3.5, 4]), "« charge[2] »"),
    "workload 3.0": (change(SERVICE, charge=[1, 2, 3.0, 4]), "entier"),
    "workload as text": (change(SERVICE, charge=[1, 2, "3", 4]), "« charge[2] »"),
    "workload true": (change(SERVICE, charge=[1, 2, True, 4]), "« charge[2] »"),
    "workload too large": (change(SERVICE, charge=[10**9 - 1, 10**9, 3, 4]), "unité plus grande"),
    "workload too large for so many players": (
        SERVICE | {"joueurs": [f"c{k}" for k in range(100)], "charge": [20_000] * 99 + [1], "seul": ["1.00"] * 100},
        "« charge » : la charge totale compte 1980001 unités",
    ),
    "amounts beyond any service": (
        change(SERVICE, cout_etp="999999999999.99", pas_etp="999999999", productivite=1),
        "« cout_etp »",
    ),
    "workload endless": (TEXTE.replace("120", "1" * 5000), "« charge[0] »"),
    "step of staff as a number": (change(SERVICE, pas_etp=0.5), "entre guillemets"),
    "step of staff zero": (change(SERVICE, pas_etp="0"), "plus grand que zéro"),
    "step of staff as a fraction": (change(SERVICE, pas_etp="1/2"), "« 1/2 »"),
    "productivity zero": (change(SERVICE, productivite=0), "plus grand que 0"),
    "productivity zero in text": (change(SERVICE, productivite="0.0"), "plus grand que zéro"),
    "productivity negative": (change(SERVICE, productivite=-300), "« productivite »"),
    "productivity null": (SERVICE | {"productivite": None}, "« productivite »"),
    "fictif in words": (change(SERVICE, fictif="oui"), "« fictif »"),
    "missing group": (change(TABLE, couts=TABLE["couts"][:2]), "{A, B}"),
    "duplicate group": (change(TABLE, couts=[*TABLE["couts"], TABLE["couts"][2]]), "a déjà un coût"),
    "no group": (change(TABLE, couts=[]), "il manque 3 groupe(s) sur 3"),
    "no costs": (change(TABLE, couts=None), "« couts »"),
    "empty group": (put(TABLE, 0, groupe=[]), "« couts[0].groupe »"),
    "stranger in a group": (put(TABLE, 1, groupe=["Z"]), "« Z » n'est pas dans « joueurs »"),
    "player twice in a group": (put(TABLE, 2, groupe=["A", "A"]), "y est deux fois"),
    "group as text": (put(TABLE, 2, groupe="AB"), "« couts[2].groupe »"),
    "line that is a list": (change(TABLE, couts=[["A"], "10.00"]), "« couts[0] »"),
    "cost as a number": (put(TABLE, 1, cout=8.5), "« couts[1].cout »"),
    "second row wrong after a good one": (put(put(TABLE, 2, cout=1), 1, groupe=["Z"]), "« couts[2].cout »"),
    "cost missing": (put(TABLE, 1, cout=None), "« couts[1] »"),
    "cost negative": (put(TABLE, 1, cout="-8.00"), "« couts[1].cout »"),
    "more than 16 players in a table": (change(TABLE, joueurs=SEIZE), "pas plus de 16"),
}

VOTES = {
    "empty object": ({}, "« poids » ou « regle »"),
    "no quota": (change(VOIX, quota=None), "« quota »"),
    "quota zero": (change(VOIX, quota=0), "« quota »"),
    "quota above all": (change(VOIX, quota=18), "il n'y en a que 17"),
    "quota as text": (change(VOIX, quota="12"), "« quota »"),
    "quota with a fraction": (change(VOIX, quota=12.5), "« quota »"),
    "nobody": (change(VOIX, poids={}), "« poids »"),
    "votes as a list": (change(VOIX, poids=[1, 2]), "« poids »"),
    "negative votes": (change(VOIX, poids={"A": -1, "B": 20}), "« poids.A »"),
    "votes with a fraction": (change(VOIX, poids={"A": 1.5, "B": 20}), "« poids.A »"),
    "votes true": (change(VOIX, poids={"A": True, "B": 20}), "« poids.A »"),
    "a nameless voter": (change(VOIX, poids={"": 1, "B": 20}), "« poids »"),
    "two names alike but for a space": (change(VOIX, poids={"A": 1, " A": 20}), "espace de trop"),
    "a voter twice": ('{"poids": {"A": 1, "A": 2}, "quota": 2}', "« A » est donnée deux fois"),
    "no votes at all": (change(VOIX, poids={"A": 0}), "« poids » : toutes les voix sont nulles"),
    "unknown rule": (change(MAJORITE, regle="majorite_simple"), "majorite_qualifiee"),
    "no populations": (change(MAJORITE, populations=None), "« populations »"),
    "populations without a rule": (change(MAJORITE, regle=None), "« poids » ou « regle »"),
    "nobody lives there": (change(MAJORITE, populations={"A": 0, "B": 0}), "« populations » : toutes"),
    "too many communes": (change(MAJORITE, populations={f"c{k}": 9 for k in range(256)}), "« populations » : 256 noms"),
    "more inhabitants than a country": (
        change(MAJORITE, populations={"A": 10**8 + 1, "B": 1}),
        "« populations.A » : 100000001 est trop grand",
    ),
    "votes and a rule": (MAJORITE | VOIX, "ou bien"),
    "opinion above one": (change(MAJORITE, opinions=dict.fromkeys(MAJORITE["populations"], "1.5")), "0 à 1"),
    "opinion as a number": (change(MAJORITE, opinions=dict.fromkeys(MAJORITE["populations"], 0.5)), "guillemets"),
    "opinion over zero": (change(MAJORITE, opinions=dict.fromkeys(MAJORITE["populations"], "1/0")), "0 à 1"),
    "opinion missing": (change(MAJORITE, opinions={"Bourg": "0.5"}), "il manque l'opinion de « Val »"),
    "opinion of a stranger": (change(MAJORITE, opinions={"Ailleurs": "0.5"}), "« Ailleurs »"),
    "opinions with a quota": (VOIX | {"opinions": {"D": "0.5"}}, "« regle »"),
}


def plain(texte):
    """Return a text whose no-break spaces are plain."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def check_phrase(code, sortie, erreurs, mot):
    assert (code, sortie) == (2, "")
    assert mot in plain(erreurs)
    phrases = erreurs.removesuffix("\n").split("\n")
    assert len(phrases) <= 1 + MAX_FAUTES
    assert all(plain(phrase).isprintable() and phrase.endswith(".") and len(phrase) < 400 for phrase in phrases)
    assert not {"is", "not", "required", "Error", "None"} & set(erreurs.split())


@pytest.mark.parametrize("genre", JEUX)
def test_a_wrong_game(capsys, tmp_path, genre):
    donnees, mot = JEUX[genre]
    check_phrase(*play(capsys, tmp_path, "partage", donnees, "--json"), mot)


@pytest.mark.parametrize("genre", VOTES)
def test_a_wrong_vote(capsys, tmp_path, genre):
    donnees, mot = VOTES[genre]
    check_phrase(*play(capsys, tmp_path, "vote", donnees, "--json"), mot)


@pytest.mark.parametrize(
    ("octets", "mot"),
    [
        (b"\xef\xbb\xbf" + TEXTE.encode(), "sans BOM"),
        (TEXTE.encode("utf-16"), "UTF-16"),
        (TEXTE.replace("Commune A", "Forêt").replace("\\u00ea", "ê").encode() + b"\xff", "UTF-8"),
        ('{"type": "forêt"}'.encode("latin-1"), "l'octet 14"),
        (b"\x00\x01\x02", "ligne 1"),
        (b" " * (MAX_OCTETS + 1), "20 Mo"),
        (b"PK\x03\x04", "c'est un classeur"),
    ],
    # Not the bytes themselves: a name of twenty megabytes would travel with each report.
    ids=["bom", "utf-16", "utf-8 cut", "latin-1", "binary", "too large", "zip"],
)
@pytest.mark.parametrize("commande", ["partage", "vote"])
def test_bytes_that_are_no_text(capsys, tmp_path, commande, octets, mot):
    fichier = tmp_path / "fichier.json"
    fichier.write_bytes(octets)
    check_phrase(*run(capsys, commande, str(fichier)), mot)


@pytest.mark.parametrize("commande", ["partage", "vote"])
def test_a_file_that_is_none(capsys, tmp_path, commande):
    check_phrase(*run(capsys, commande, str(tmp_path / "rien.json")), "n'existe pas")
    check_phrase(*run(capsys, commande, str(tmp_path)), "dossier")
    check_phrase(*run(capsys, commande, "a\x00b"), "ne peut pas être lu")
