"""What is typed comes back as typed: flattening, keys, tables, opening."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.plateforme.accueil.outils_simulateur import build_simulation

from communaccord.plateforme.accueil.forms.actions import ACTIONS
from communaccord.plateforme.accueil.forms.criteres import find_incalculables
from communaccord.plateforme.accueil.forms.envoi import Envoi, Etat
from communaccord.plateforme.accueil.forms.simulation import fill_saisie, parse_saisie, rebalance_saisie, start_saisie
from communaccord.plateforme.accueil.forms.tableau import write_euros
from communaccord.plateforme.accueil.forms.variantes import change_variantes
from communaccord.plateforme.socle import typographie
from communaccord.plateforme.socle.montants import write_ecart, write_montant
from communaccord.plateforme.socle.ouverture import extract_lien, read_ouverture
from communaccord.plateforme.socle.saisie import Saisie, build_saisie, build_saisie_from
from communaccord.reference import get_communes
from communaccord.simulateur import (
    Anomalie,
    Critere,
    Simulation,
    build_classeur,
    build_exemple,
    compute_resultat,
    encode_lien,
    protect_texte,
    write_data,
)

CINQ = "200000628"


def test_a_simulation_survives_the_form():
    exemple = build_exemple()
    assert parse_saisie(fill_saisie(exemple)) == exemple


def test_a_simulation_of_a_real_territory_survives_the_form():
    codes = [commune.code for commune in get_communes(CINQ)]
    saisie = start_saisie(codes, "paie").with_champs(
        {
            "territoire-siren": CINQ,
            "volume_total": "1 200",
            "personnel-etp": "1,5",
            "personnel-cout_etp": "45 000 €",
            "service-actes-0-cout_unitaire": "3,20",
            f"communes-{codes[0]}-depense_actuelle": "je ne sais pas",
            f"communes-{codes[1]}-depense_actuelle": "1 234,50",
        }
    )
    simulation = parse_saisie(saisie)
    assert isinstance(simulation, Simulation), simulation
    assert simulation.service.actes[0].libelle == "bulletin"
    assert simulation.communes[1].depense_actuelle == 123_450
    assert simulation.communes[0].depense_actuelle is None
    assert parse_saisie(fill_saisie(simulation)) == simulation


def test_nobody_is_added_behind_ones_back():
    anomalies = parse_saisie(Saisie({"territoire-siren": CINQ, "variantes-0-cle-population": "100"}))
    assert isinstance(anomalies, list)
    assert anomalies[0].ou == "perimetre"


def test_a_posted_form_is_taken_as_it_is():
    saisie = build_saisie(
        QueryDict(
            "perimetre=64102&perimetre=64024&volume_total=+abc+&csrfmiddlewaretoken=x&action=calculer&titre=a&titre=b"
        )
    )
    assert saisie.codes("perimetre") == ("64102", "64024")
    assert saisie.champs == {"volume_total": " abc ", "titre": "b"}


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [(True, "oui"), (False, ""), (3, "3"), (2.5, "2,5"), ("à voir", "à voir"), (Decimal("4.20"), "4.20")],
)
def test_values_of_a_file_are_written_as_typed(valeur, attendu):
    assert build_saisie_from({"champ": valeur}).texte("champ") == attendu


def test_flattening_names_a_commune_by_its_code():
    saisie = build_saisie_from(write_data(build_exemple()))
    assert saisie.texte("communes-C02-nom") == "Bourg-Neuf-sur-Fictive"
    assert saisie.rangs("couts-fixes") == [0, 1]


def test_errors_are_found_by_field_and_by_group():
    anomalie = Anomalie("couts-fixes-0-montant", "Montant", "« abc » n'est pas un nombre.", "Écrivez 12.")
    saisie = Saisie().with_anomalies([anomalie])
    assert saisie.erreur("couts-fixes-0-montant") == "«\u202fabc\u202f» n’est pas un nombre. Écrivez 12."
    assert saisie.erreur("couts-fixes-0") == ""
    assert saisie.has_erreur("couts-fixes")
    assert not saisie.has_erreur("couts-f")
    assert saisie.erreurs_de("couts") == saisie.erreur("couts-fixes-0-montant")


poids = st.integers(0, 100)


@given(st.tuples(poids, poids, poids, poids, poids), st.booleans())
def test_recalculating_gives_a_hundred_and_keeps_what_is_locked(valeurs, verrou):
    noms = [f"variantes-0-cle-{c}" for c in ("population", "usage", "forfait", "temps", "potentiel_fiscal")]
    champs = {nom: str(valeur) for nom, valeur in zip(noms, valeurs, strict=True)}
    if verrou:
        champs[f"{noms[0]}-verrou"] = "oui"
    saisie = rebalance_saisie(Saisie(champs))
    apres = [int(saisie.texte(nom)) for nom in noms]
    assert sum(apres) == 100
    if verrou:
        assert apres[0] == valeurs[0]


def test_the_rest_of_a_key_goes_to_what_can_be_computed():
    vides = {f"variantes-0-cle-{c}": "0" for c in ("population", "usage", "forfait", "temps", "potentiel_fiscal")}
    sans = rebalance_saisie(Saisie(vides)).champs
    assert [sans[nom] for nom in vides] == ["34", "33", "33", "0", "0"]
    avec = rebalance_saisie(Saisie({**vides, "communes-64102-temps": "2"})).champs
    assert [avec[nom] for nom in vides] == ["25", "25", "25", "25", "0"]


def test_on_the_result_what_lacks_its_figures_gets_nothing_by_itself():
    simulation = build_simulation(volume_total="", communes={})
    assert find_incalculables(simulation, 0) == {Critere.USAGE, Critere.TEMPS, Critere.POTENTIEL_FISCAL}
    vides = {f"variantes-0-cle-{critere}": "0" for critere in Critere}
    changement = change_variantes(simulation, Saisie(vides), 0, "recalculer")
    assert changement.anomalies == ()
    assert changement.simulation.variantes[0].cle == (
        (Critere.POPULATION, Fraction(1, 2)),
        (Critere.FORFAIT, Fraction(1, 2)),
    )


def test_a_weight_that_cannot_be_read_is_left_as_typed():
    champs = {"variantes-0-cle-population": "abc", "variantes-0-cle-usage": "70"}
    assert rebalance_saisie(Saisie(champs)).champs == champs


@given(st.integers(-(10**12), 10**12), st.sampled_from(["centime", "euro", "centaine"]))
def test_fast_amounts_are_those_of_the_house(centimes, precision):
    assert write_montant(centimes, precision) == typographie.montant(centimes, precision)
    assert write_ecart(centimes, precision) == typographie.ecart(centimes, precision)


def etat(saisie=None, **envoi):
    codes = [commune.code for commune in get_communes(CINQ)]
    return Etat(saisie or start_saisie(codes), CINQ, Envoi(**envoi))


def test_all_and_none():
    codes = {commune.code for commune in get_communes(CINQ)}
    vide = ACTIONS["aucune"](etat())
    assert vide.saisie.codes("perimetre") == ()
    assert set(ACTIONS["toutes"](vide).saisie.codes("perimetre")) == codes


def test_a_table_is_previewed_then_applied_and_faulty_cells_are_kept():
    premiere, deuxieme = get_communes(CINQ)[:2]
    collage = f"Commune;Volume;Dépense\n{premiere.nom};12;3 400,50\n{deuxieme.nom};abc;=1+1\nAilleurs;3;4\n"
    vu = ACTIONS["apercu"](etat(collage=collage))
    assert vu.apercu is not None
    lieux = " | ".join(a.libelle for a in vu.apercu.anomalies)
    assert all(lieu in lieux for lieu in ("Cellule B3", "Cellule C3", "Ligne 4")), lieux
    assert vu.saisie == etat().saisie, "rien n'est placé avant l'accord"
    place = ACTIONS["appliquer"](vu)
    assert place.saisie.texte(f"communes-{premiere.code}-volume") == "12"
    assert place.saisie.texte(f"communes-{deuxieme.code}-volume") == "abc"
    assert place.saisie.texte(f"communes-{deuxieme.code}-depense_actuelle") == "=1+1"
    refuse = parse_saisie(place.saisie.with_champs({"territoire-siren": CINQ}))
    assert f"communes-{deuxieme.code}-volume" in {a.ou for a in refuse}


def test_rows_left_aside_are_named_when_figures_are_placed():
    nom = get_communes(CINQ)[0].nom
    un = ACTIONS["appliquer"](etat(collage=f"Commune;Volume\n{nom};12\nOrigny;3\n"))
    assert "1 ligne laissée de côté : Origny." in un.message
    deux = ACTIONS["appliquer"](etat(collage=f"Commune;Volume\n{nom};12\nOrigny;3\n;4\n"))
    assert "2 lignes laissées de côté : Origny, ligne 4." in deux.message
    assert "côté" not in ACTIONS["appliquer"](etat(collage=f"Commune;Volume\n{nom};12\n")).message


def test_the_column_of_a_table_without_titles_is_asked():
    premiere, deuxieme = get_communes(CINQ)[:2]
    vu = ACTIONS["apercu"](etat(collage=f"{premiere.nom}\t150\n{deuxieme.nom}\t20\n"))
    assert vu.apercu.champ_devine == "depense_actuelle"
    assert "Dépense d'aujourd'hui" in " ".join(vu.apercu.remarques)
    relu = ACTIONS["apercu"](replace(vu, envoi=replace(vu.envoi, champ="volume")))
    assert relu.apercu.champ_devine == "volume"
    place = ACTIONS["appliquer"](replace(relu, envoi=replace(relu.envoi, champ="volume"))).saisie
    assert place.texte(f"communes-{premiere.code}-volume") == "150"
    assert place.texte(f"communes-{premiere.code}-depense_actuelle") == ""
    forge = ACTIONS["apercu"](replace(vu, envoi=replace(vu.envoi, champ="potentiel_fiscal")))
    assert forge.apercu.champ_devine == "depense_actuelle"


def test_the_workbook_of_a_simulation_is_recognised_at_the_door_of_tables():
    classeur = build_classeur(compute_resultat(build_exemple()), etabli_le=date(2026, 11, 23))
    lu = ACTIONS["apercu"](etat(fichier=classeur, nom_fichier="simulation.xlsx"))
    assert lu.apercu.est_vide
    assert "Ouvrir une simulation" in lu.apercu.anomalies[0].que_faire


@pytest.mark.parametrize("contenu", [b"", b"PK\x03\x04garbage", b"\x00\x01\x02", "é;".encode("utf-16"), b"%PDF-1.7"])
def test_an_unreadable_table_changes_nothing(contenu):
    avant = etat(fichier=contenu, nom_fichier="a.xlsx", collage="gardé")
    apres = ACTIONS["appliquer"](avant)
    assert apres.saisie == avant.saisie
    assert apres.apercu is None or apres.apercu.anomalies or apres.apercu.est_vide


def test_communes_of_ones_own_are_added_once():
    envoi = Envoi(liste="Bourg-Fictif ; 1 200\nVal-Fictif\t300\n\nbourg-fictif;5\n=cmd()")
    ajout = ACTIONS["ajouter"](Etat(Saisie(), "", envoi))
    assert ajout.saisie.codes("perimetre") == ("C01", "C02", "C03")
    assert ajout.saisie.texte("communes-C01-population") == "1 200"
    assert ajout.saisie.texte("communes-C03-nom") == "=cmd()"


@pytest.mark.parametrize("texte", ["=1+1", "+33", "-2", "@somme", "\tx"])
def test_a_csv_cell_is_never_a_formula(texte):
    assert protect_texte(texte) == f"'{texte}"
    assert protect_texte("Saint-Jean") == "Saint-Jean"


@pytest.mark.parametrize(("centimes", "attendu"), [(None, ""), (0, "0,00"), (-5, "-0,05"), (123_456, "1234,56")])
def test_euros_for_a_spreadsheet(centimes, attendu):
    assert write_euros(centimes) == attendu


@pytest.mark.parametrize(
    "texte", ["LIEN", "http://x/simulateur/resultat/?s=LIEN&commune=1", "s=LIEN", "?s=LIEN", "http://x/?a=1&s=LIEN"]
)
def test_a_pasted_address_or_link_is_understood(texte):
    assert extract_lien(texte) == "LIEN"


def test_opening_reads_a_link_and_refuses_nothing_at_all():
    exemple = build_exemple()
    assert read_ouverture(encode_lien(exemple), None).simulation == exemple
    assert read_ouverture("  ", None).anomalies[0].ou == "lien"


@given(st.text(max_size=300))
def test_opening_never_raises(texte):
    ouverture = read_ouverture(texte, None)
    assert ouverture.simulation is None
    assert ouverture.anomalies


@pytest.mark.parametrize(
    "contenu", [b"\x89PNG\r\n\x1a\n\x00", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"%PDF-1.7\n", b"GIF89a\x01"]
)
def test_opening_an_image_says_what_is_expected(contenu):
    (anomalie,) = read_ouverture("", BytesIO(contenu)).anomalies
    assert "fichier de simulation (.json)" in anomalie.message


@pytest.mark.parametrize("contenu", [b"", b"{", b'{"a"\t:\r\n 1'])
def test_a_text_that_is_cut_keeps_its_own_sentence(contenu):
    (anomalie, *_) = read_ouverture("", BytesIO(contenu)).anomalies
    assert "fichier de simulation (.json)" not in anomalie.message


def test_a_figure_out_of_all_measure_is_said_and_not_refused():
    def avertissements(etp):
        simulation = build_simulation(personnel={"etp": etp, "cout_etp": "46000"})
        return " ".join(compute_resultat(simulation).variantes[0].avertissements)

    assert "Vérifiez l'unité" in avertissements("5000")
    assert "Vérifiez l'unité" not in avertissements("20")
