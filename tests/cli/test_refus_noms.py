"""Refusals that name: whose value it is, the key or the name meant, the command that reads the file, several faults."""

import pytest
from tests.cli.jeux import DOSSIER, MAJORITE, SERVICE, TABLE, VOIX, play, run
from tests.cli.test_accord_commande import put
from tests.cli.test_refus import check_phrase, plain

from communaccord.cli.lecture import MAX_FAUTES

RENOMME = {("cout_fixe" if cle == "fixe" else cle): valeur for cle, valeur in SERVICE.items()}
VAL = ("demandes", 1)

CAS = {
    "workload in quotes": ("partage", SERVICE | {"charge": [120, 80, "3 100", 45]}, "Retirez-les : 3100."),
    "whose workload": (
        "partage",
        SERVICE | {"charge": [120, 80, -1, 45]},
        "« charge[2] » (Commune C, 3e valeur) : -1 est trop petit",
    ),
    "whose value in a service": (
        "accord",
        put(DOSSIER, "services", 0, seul=["1.00", "2.00", "3"]),
        "« services[0].seul[2] » (Droit des sols, Mont, 3e valeur)",
    ),
    "whose request": ("accord", put(DOSSIER, *VAL, montant=5000), "« demandes[1].montant » (Val)"),
    "a key misspelt": ("partage", RENOMME, "« cout_fixe » n'est pas connue. Renommez « cout_fixe » en « fixe »."),
    "a key with a capital": ("vote", {"poids": {"A": 1}, "Quota": 1}, "Quota"),
    "a request whose key is misspelt": (
        "accord",
        put(put(DOSSIER, *VAL, montan="5000.00"), *VAL, montant=None),
        "« demandes[1] » : il manque la clé « montant », et « montan » n'est pas connue. Renommez",
    ),
    "a vote given to partage": ("partage", VOIX, "c'est une règle de vote, que lit une autre commande. Lancez"),
    "a majority given to accord": ("accord", MAJORITE, "« communaccord vote »"),
    "a game given to accord": ("accord", SERVICE, "« communaccord partage »"),
    "a table given to vote": ("vote", TABLE, "« communaccord partage »"),
    "a dossier given to partage": ("partage", DOSSIER, "« communaccord accord »"),
    "a simulation given to accord": ("accord", {"version": 1, "territoire": {}}, "« communaccord simuler »"),
    "seats given to vote": ("vote", {"sieges": {"A": 1}}, "--proposes"),
    "a name with a space at its end": (
        "partage",
        SERVICE | {"joueurs": ["Commune A", "Commune B ", "C", "D"]},
        "« joueurs[1] » : le nom « Commune B  » a un espace de trop, au début, au milieu ou à la fin. Écrivez",
    ),
    "a name in capitals": ("accord", put(DOSSIER, *VAL, commune="VAL"), "Vouliez-vous dire « Val » ?"),
    "a name of which a letter lacks": (
        "accord",
        put(DOSSIER, *VAL, service="Droits des sol"),
        "Vouliez-vous dire « Droit des sols » ?",
    ),
    "a name that is nobody's": ("accord", put(DOSSIER, *VAL, commune="Ailleurs"), "« communes ». Corrigez ce nom."),
    "an opinion's name in capitals": (
        "vote",
        MAJORITE | {"opinions": {"BOURG": "0.5"}},
        "« BOURG » n'a pas de population. Vouliez-vous dire « Bourg » ?",
    ),
    "a player of a table misspelt": (
        "partage",
        {"type": "table", "joueurs": ["Mont"], "couts": [{"groupe": ["mont"], "cout": "1.00"}]},
        "Vouliez-vous dire « Mont » ?",
    ),
    "a list too short": ("partage", SERVICE | {"seul": ["1.00"]}, "dans l'ordre des noms du fichier (« joueurs »"),
    "several keys missing": (
        "accord",
        {"communes": ["A"]},
        "il manque les clés « services », « demandes ». Ajoutez-les.",
    ),
    "a request without its kind": (
        "accord",
        put(put(DOSSIER, *VAL, typ="gain_min"), *VAL, type=None),
        "« typ » n'est pas connue. Renommez « typ » en « type ».",
    ),
    "a kind misspelt": ("accord", put(DOSSIER, *VAL, type="gain min"), "Vouliez-vous dire « gain_min » ? Choisissez"),
    "a rate as a whole number": (
        "accord",
        DOSSIER | {"demandes": [{"commune": "Val", "type": "hausse_max", "taux": 5}]},
        "« demandes[0].taux » (Val) : 5 n'est pas un texte entre guillemets. Écrivez ce nombre entre guillemets",
    ),
    "a comma forgotten": ("vote", '{"quota": 2\n"poids": {"A": 2}}', "à cet endroit, ou juste avant."),
}


@pytest.mark.parametrize("genre", CAS)
def test_a_refusal_says_what_was_meant(capsys, tmp_path, genre):
    commande, donnees, mot = CAS[genre]
    check_phrase(*play(capsys, tmp_path, commande, donnees), mot)


@pytest.mark.parametrize("commande", ["partage", "accord"])
def test_a_duration_with_a_comma_says_what_to_write(capsys, commande):
    code, sortie, erreurs = run(capsys, commande, "fichier.json", "--secondes", "1,5")
    assert (code, sortie) == (2, "")
    assert "--secondes : « 1,5 » n'est pas un nombre ; écrivez par exemple 2 ou 1.5." in plain(erreurs)


def test_hyphens_and_accents_do_not_hide_a_name(capsys, tmp_path):
    noms = ["Saint-Avit", "Œuilly", "Mont"]
    demandes = [{"commune": nom, "type": "gain_min", "montant": "0.00"} for nom in ("Saint Avit", "Oeuilly")]
    for demande, nom in zip(demandes, noms, strict=False):
        donnees = DOSSIER | {"communes": noms, "demandes": [demande]}
        check_phrase(*play(capsys, tmp_path, "accord", donnees), f"Vouliez-vous dire « {nom} » ?")


def test_the_first_faults_are_all_told(capsys, tmp_path):
    donnees = SERVICE | {"fixe": 40000, "charge": ["120", 80, -1, 45], "titre": 3}
    code, sortie, erreurs = play(capsys, tmp_path, "partage", donnees)
    assert (code, sortie) == (2, "")
    lieux = [ligne.split(" :")[0] for ligne in plain(erreurs).splitlines()]
    assert lieux == [
        "« fixe »",
        "« titre »",
        "« charge[0] » (Commune A, 1re valeur)",
        "« charge[2] » (Commune C, 3e valeur)",
    ]


def test_a_missing_kind_is_one_fault(capsys, tmp_path):
    donnees = put(DOSSIER, *VAL, type=None)
    assert play(capsys, tmp_path, "accord", donnees)[2].count("\n") == 1


def test_faults_of_a_list_follow_it(capsys, tmp_path):
    noms = [f"C{rang}" for rang in range(12)]
    donnees = SERVICE | {"joueurs": noms, "seul": ["1.00"] * 12, "charge": [1, 1, "2", *[1] * 7, "10", 1]}
    lignes = plain(play(capsys, tmp_path, "partage", donnees)[2]).splitlines()
    assert [ligne.split(" (")[0] for ligne in lignes] == ["« charge[2] »", "« charge[10] »"]


@pytest.mark.parametrize(("nombre", "fin"), [(6, "Et 1 autre faute."), (9, "Et 4 autres fautes.")])
def test_no_more_than_the_first_faults_are_told(capsys, tmp_path, nombre, fin):
    donnees = {"poids": {f"V{rang}": -1 for rang in range(nombre)}, "quota": 1}
    lignes = plain(play(capsys, tmp_path, "vote", donnees)[2]).splitlines()
    assert (len(lignes), lignes[-1]) == (MAX_FAUTES + 1, fin)


@pytest.mark.parametrize(
    ("nom", "octets", "mot"),
    [
        ("jeu.xlsx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff", "c'est un classeur"),
        ("jeu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "c'est un classeur"),
        ("jeu.csv", "commune;charge\nVal;3\n".encode("utf-8-sig"), "c'est un tableau (CSV)"),
        ("jeu.csv", "commune\nForêt\n".encode("latin-1"), "c'est un tableau (CSV)"),
        ("jeu.json", b"commune,charge\nVal,3\n", "c'est un tableau (CSV)"),
    ],
)
@pytest.mark.parametrize("commande", ["partage", "vote", "accord"])
def test_a_spreadsheet_is_named(capsys, tmp_path, commande, nom, octets, mot):
    (tmp_path / nom).write_bytes(octets)
    check_phrase(*run(capsys, commande, str(tmp_path / nom)), mot)
    check_phrase(*run(capsys, commande, str(tmp_path / nom)), "Donnez un fichier JSON.")
