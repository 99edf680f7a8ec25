"""Pages of the simulator in each state: public, stateless, whole without JavaScript."""

import io
import re

import pytest
from django.urls import reverse
from tests.plateforme.accueil.outils_simulateur import (
    CINQ,
    EXEMPLE,
    GRAND,
    OUVRIR,
    RESULTAT,
    build_simulation,
    check_page,
    donnees,
    formulaire,
    get_lien,
)
from tests.plateforme.territoires.fabrique import load_petite_france

from communaccord.reference import get_communes
from communaccord.simulateur import Simulation, decode_lien, encode_lien, write_json

ADRESSES = [
    reverse("accueil:simulateur"),
    OUVRIR,
    reverse("accueil:simulateur_autre"),
    formulaire(),
    formulaire(GRAND),
    formulaire() + "?service=informatique",
    formulaire() + f"?s={EXEMPLE}",
    f"{RESULTAT}?s={EXEMPLE}",
    f"{RESULTAT}?s={EXEMPLE}&v=2&annee=2030&tri=-ecart_seul&filtre=bourg&commune=C02&toutes=oui",
    f"{RESULTAT}?s={EXEMPLE}&v=99&annee=1&tri=zzz&filtre=%00%25_&commune=inconnue",
    reverse("accueil:fiche_maire", kwargs={"code": "C02"}) + f"?s={EXEMPLE}",
    reverse("accueil:fiche_maire", kwargs={"code": "C06"}) + f"?s={EXEMPLE}&v=1",
]


@pytest.mark.parametrize("adresse", ADRESSES, ids=range(len(ADRESSES)))
def test_each_page_answers_without_account_nor_database(client, adresse):
    response = client.get(adresse)
    check_page(response)
    assert "sessionid" not in response.cookies


@pytest.mark.django_db
def test_the_search_is_that_of_the_entrance_and_leads_to_the_form(client):
    load_petite_france()
    adresse = reverse("accueil:simulateur")
    html = check_page(client.get(adresse, {"q": "pays basque", "service": "paie"}))
    assert f'href="{formulaire(GRAND)}?service=paie"' in html
    assert 'hx-get="/simulateur/?service=paie"' in html
    assert f'href="{formulaire(GRAND)}?commune=64102"' in check_page(client.get(adresse, {"q": "bayonne"}))
    html = check_page(client.get(adresse, {"q": "bayonne", "service": "paie"}))
    assert f'href="{formulaire(GRAND)}?commune=64102&amp;service=paie"' in html
    assert "Cherchiez-vous" in check_page(client.get(adresse, {"q": "bayone"}))
    assert "trop long" in check_page(client.get(adresse, {"q": "a" * 400, "service": "zzz"}))
    fragment = client.get(adresse, {"q": "pays basque"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert f'href="{formulaire(GRAND)}"' in fragment


def test_the_example_is_marked_invented_and_opens_on_a_sentence(client):
    html = check_page(client.get(reverse("accueil:simulateur_exemple"), follow=True))
    assert "fictif" in html
    assert re.search(r'<p class="phrase[^>]*>En 2027, sur 8 communes', html)


def test_my_commune_is_kept_from_the_search_to_the_result(client):
    code = get_communes(CINQ)[1].code
    assert f'name="commune" value="{code}"' in check_page(client.get(formulaire() + f"?commune={code}"))
    refusee = check_page(client.post(formulaire(), donnees(commune=code, titre="x" * 999)), 422)
    assert f'name="commune" value="{code}"' in refusee
    assert client.post(formulaire(), donnees(commune=code)).url.endswith(f"&commune={code}")


def test_an_unknown_territory_is_not_found(client):
    assert client.get(formulaire("999999999")).status_code == 404


def test_a_valid_form_leads_to_a_link_that_gives_it_back(client):
    response = client.post(formulaire(), donnees())
    assert response.status_code == 303
    simulation = decode_lien(get_lien(response))
    assert isinstance(simulation, Simulation)
    assert simulation.territoire.siren == CINQ
    check_page(client.get(response.url))
    html = check_page(client.get(formulaire() + f"?s={get_lien(response)}"))
    assert 'name="volume_total" value="1200"' in html
    assert client.post(formulaire(), donnees()).url == response.url, "rien n'a été gardé entre les deux"


def test_the_largest_territory_stays_under_eight_thousand_characters(client):
    champs = {}
    for rang, commune in enumerate(get_communes(GRAND)):
        champs[f"communes-{commune.code}-volume"] = str(37 + rang * 13)
        champs[f"communes-{commune.code}-depense_actuelle"] = str(1017 + rang * 271)
        champs[f"communes-{commune.code}-heures_actuelles"] = str(11 + rang * 7 % 500)
    response = client.post(formulaire(GRAND), donnees(GRAND, volume_total="", **champs))
    assert response.status_code == 303
    assert len(response.url) < 8000


@pytest.mark.parametrize("action", ["toutes", "aucune", "recalculer", "actes", "actualiser", "apercu", "appliquer"])
def test_each_side_button_gives_the_form_back(client, action):
    html = check_page(client.post(formulaire(), donnees(action=action, collage="x", titre="gardé")))
    assert "gardé" in html


def test_sliders_are_recalculated_without_javascript(client):
    champs = donnees(recalculer="oui", **{"variantes-0-cle-population": "30", "variantes-0-cle-usage": "30"})
    html = check_page(client.post(formulaire(), champs))
    assert 'id="variantes-0-cle-population" name="variantes-0-cle-population" value="50"' in html


def test_a_file_is_previewed(client):
    premiere = get_communes(CINQ)[0]
    fichier = io.BytesIO(f"Commune;Volume\n{premiere.nom};abc\n".encode())
    fichier.name = "tableau.csv"
    html = check_page(client.post(formulaire(), donnees(action="apercu", fichier=fichier)))
    assert "Cellule B2" in html
    assert "pas encore placé" in html


def test_the_preview_says_what_each_column_becomes(client):
    nom = get_communes(CINQ)[0].nom
    html = check_page(client.post(formulaire(), donnees(action="apercu", collage=f"Ville;Coût\n{nom};12\n")))
    assert re.search(r"Coût →</span> Dépense d’aujourd’hui", html)
    assert 'name="colonne"' not in html
    html = check_page(client.post(formulaire(), donnees(action="apercu", collage=f"{nom};12\n")))
    assert '<option value="depense_actuelle" selected>Dépense d’aujourd’hui' in html
    html = check_page(client.post(formulaire(), donnees(action="apercu", collage=f"{nom};12\n", colonne="volume")))
    assert '<option value="volume" selected>Volume' in html


def test_a_territory_of_ones_own(client):
    adresse = reverse("accueil:simulateur_autre")
    html = check_page(client.post(adresse, {"action": "ajouter", "liste": "Bourg-Fictif ; 1 200\nVal-Fictif ; 300"}))
    assert "Bourg-Fictif" in html
    champs = donnees(perimetre=["C01", "C02"])
    champs |= {"territoire-nom": "Pays fictif", "territoire-fictif": "oui"}
    champs |= {"communes-C01-nom": "Bourg-Fictif", "communes-C01-population": "1 200"}
    champs |= {"communes-C02-nom": "Val-Fictif", "communes-C02-population": "300"}
    response = client.post(adresse, champs)
    assert response.status_code == 303
    assert "fictif" in check_page(client.get(response.url))


def test_a_refusal_says_why_and_what_to_do(client):
    lien = encode_lien(build_simulation(conditions={"maximum": "100"}))
    html = check_page(client.get(RESULTAT, {"s": lien}))
    assert "Cette répartition est impossible" in html
    assert "Que faire" in html


def test_who_bears_the_rest_is_said(client):
    lien = encode_lien(build_simulation(conditions={"maximum": "100", "porteur_du_reste": "l'intercommunalité"}))
    assert "porté par l’intercommunalité" in check_page(client.get(RESULTAT, {"s": lien}))


def test_without_todays_cost_contributions_are_drawn(client):
    simulation = build_simulation(communes={}, variantes=[{"cle": {"forfait": "100"}}])
    html = check_page(client.get(RESULTAT, {"s": encode_lien(simulation)}))
    assert "Contribution de chaque commune" in html


def test_ranges_are_drawn_when_there_are_margins(client):
    simulation = build_simulation(communes={}, marges={"couts": "10"})
    html = check_page(client.get(RESULTAT, {"s": encode_lien(simulation)}))
    assert "de la valeur basse à la valeur haute" in html


def test_a_slider_answers_by_a_fragment_that_is_part_of_the_page(client):
    envoi = {
        "s": EXEMPLE,
        "v": "0",
        "commune": "C02",
        "variantes-0-cle-population": "100",
        "variantes-0-cle-usage": "0",
    }
    fragment = client.post(RESULTAT, envoi, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    adresse = fragment.headers["HX-Push-Url"]
    page = check_page(client.get(adresse))
    haut = fragment.content.decode().split('<div class="reponse-bas"')[0].strip()
    assert haut in page
    plain = client.post(RESULTAT, envoi)
    assert plain.status_code == 303
    assert plain.url == adresse


def change(client, lien, **champs):
    response = client.post(RESULTAT, {"s": lien, "v": "0", **champs})
    assert response.status_code == 303, response.status_code
    return response.url, decode_lien(get_lien(response))


def test_variants_are_added_changed_and_taken_away(client):
    lien = encode_lien(build_simulation())
    adresse, deux = change(client, lien, action="ajouter", **{"variantes-0-cle-population": "100"})
    assert len(deux.variantes) == 2
    assert "v=1" in adresse
    lien = encode_lien(deux)
    _, avec = change(client, lien, v="1", action="perimetre", **{"variantes-1-cle-population": "100"})
    assert avec.variantes[1].perimetre == avec.perimetre
    codes = list(avec.perimetre)
    restreint = {
        "variantes-1-cle-forfait": "100",
        "variantes-1-perimetre": ["", *codes[:2]],
        "variantes-1-nom": "À deux",
    }
    adresse, trois = change(client, encode_lien(avec), v="1", action="appliquer", **restreint)
    assert set(trois.variantes[1].perimetre) == set(codes[:2])
    assert trois.variantes[1].nom == "À deux"
    check_page(client.get(adresse))
    _, une = change(client, encode_lien(trois), v="1", action="retirer", **{"variantes-1-cle-population": "100"})
    assert len(une.variantes) == 1


def test_an_empty_variant_is_refused_in_place(client):
    _, deux = change(client, encode_lien(build_simulation()), action="ajouter", **{"variantes-0-cle-population": "100"})
    envoi = {"s": encode_lien(deux), "v": "1", "variantes-1-cle-population": "100", "variantes-1-perimetre": [""]}
    html = check_page(client.post(RESULTAT, {**envoi, "action": "appliquer"}), 422)
    assert "aucune n’est cochée" in html


def test_no_link_at_all_leads_to_the_start(client):
    assert client.get(RESULTAT).url == reverse("accueil:simulateur")


def test_opening_a_file_a_workbook_and_a_link(client):
    simulation = build_simulation()
    classeur = client.get(reverse("accueil:simulateur_classeur"), {"s": encode_lien(simulation)}).content
    for contenu in (write_json(simulation).encode(), classeur):
        response = client.post(OUVRIR, {"fichier": io.BytesIO(contenu)})
        assert response.status_code == 303, response.content.decode()[:500]
        assert decode_lien(get_lien(response)).variantes == simulation.variantes
    assert client.post(OUVRIR, {"lien": f"http://x{RESULTAT}?s={EXEMPLE}"}).status_code == 303


def test_a_key_that_lacks_its_data_is_told_in_place(client):
    lien = encode_lien(build_simulation())
    envoi = {"s": lien, "v": "0", "variantes-0-cle-temps": "100", "action": "appliquer"}
    html = check_page(client.post(RESULTAT, envoi), 422)
    assert "le temps convenu manque pour 5 communes" in html
    fragment = client.post(RESULTAT, envoi, headers={"HX-Request": "true"})
    assert fragment.status_code == 422
    assert "Cette clé ne peut pas être calculée" in fragment.content.decode()
    assert "HX-Push-Url" not in fragment.headers


def test_the_table_is_sorted_and_filtered_and_mine_stays_first(client):
    def noms(**parametres):
        html = client.get(RESULTAT, {"s": EXEMPLE, "commune": "C06", **parametres}).content.decode()
        return re.findall(r'/simulateur/fiche/(C\d+)/">', html.split('id="tableau-resultat"')[1])

    assert noms(tri="-population")[:3] == ["C06", "C01", "C02"]
    assert noms(tri="nom")[:2] == ["C06", "C02"]
    assert noms(filtre="imagine") == ["C06", "C03"]
    assert noms(tri="-population") != noms(tri="population")


def test_the_largest_territory_draws_the_strongest_bars_and_can_draw_all(client):
    lien = encode_lien(build_simulation(GRAND))
    peu = client.get(RESULTAT, {"s": lien}).content.decode()
    tout = client.get(RESULTAT, {"s": lien, "toutes": "oui"}).content.decode()
    assert peu.count('class="barres-svg"') == 24
    assert tout.count('class="barres-svg"') == 158
