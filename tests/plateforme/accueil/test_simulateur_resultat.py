"""The result page compares money with money; time is beside; nothing stands for what is unknown."""

import re

from tests.plateforme.accueil.outils_simulateur import CINQ, EXEMPLE, RESULTAT, build_simulation, check_page

from communaccord.plateforme.accueil.bridge.lignes import build_lignes
from communaccord.plateforme.accueil.pages.resultat import Vue, build_page
from communaccord.reference import get_communes
from communaccord.simulateur import build_exemple, compute_resultat, encode_lien
from communaccord.simulateur.ecriture import round_montant


def show(client, simulation, **demande):
    html = check_page(client.get(RESULTAT, {"s": encode_lien(simulation), **demande}))
    return re.sub(r"\s+", " ", html)


def build_connue(**connues):
    codes = [commune.code for commune in get_communes(CINQ)]
    return build_simulation(communes=dict.fromkeys(codes, connues), cout_horaire="28")


def test_hours_alone_make_nobody_pay_less(client):
    simulation = build_connue(depense_actuelle="0", heures_actuelles="500")
    html = show(client, simulation)
    assert "aucune ne paierait moins qu’aujourd’hui sur le budget" in html
    assert "2\u202f500\u202fh" in html or "2 500 h" in html
    assert "pas de l’argent" in html
    page = build_page(compute_resultat(simulation), Vue())
    assert page.genre_barres == "ecart"
    assert all(barre["valeur"] > 0 for barre in page.barres)
    assert 'class="num moins"' not in html


def test_without_spending_the_sentence_and_the_table_say_the_contribution_alone(client):
    simulation = build_simulation(communes={})
    html = show(client, simulation, commune=simulation.communes[0].code)
    phrase = re.search(r'<p class="phrase[^>]*>(.*?)</p>', html)[1]
    assert "la contribution" in phrase
    assert "seule" not in phrase
    assert 'data-titre="Écart sur le budget"' not in html
    assert "sans total" in html
    assert "en trois parts" not in html
    assert "en supposant pour chacune au moins un demi-poste" in html


def test_each_difference_shown_is_exact_and_rounded_once():
    resultat = compute_resultat(build_exemple())
    lignes = build_lignes(resultat.variantes[0], 2027, estime=True)
    for ligne, effet in zip(lignes, resultat.variantes[0].communes, strict=True):
        annuel = effet.get_annee(2027)
        assert ligne.ecart_seul == round_montant(annuel.contribution - annuel.cout_seul, estime=True)
        if ligne.depense is None:
            assert ligne.ecart_budget is None
        else:
            assert ligne.ecart_budget == round_montant(annuel.contribution - annuel.depense_actuelle, estime=True)
    apercu = build_page(resultat, Vue()).apercus[0]
    assert apercu.moins == sum((ligne.ecart_budget or 0) < 0 for ligne in lignes)


def test_the_years_say_why_they_are_alike_or_not(client):
    assert "Aucune hausse n’a été saisie" in show(client, build_simulation())
    html = check_page(client.get(RESULTAT, {"s": EXEMPLE}))
    assert "une hausse de 2" in html
    assert "la mise en place, étalée sur 3" in html


def test_variants_are_compared_with_todays_spending_and_named_by_their_key(client):
    variantes = [{"cle": {"population": "100"}}, {"nom": "Variante 2", "cle": {"usage": "70", "population": "30"}}]
    html = show(client, build_simulation(variantes=variantes))
    assert re.search(r"<h2 id=\"variante-1\">Population 30.%, usage du service 70.%</h2>", html)
    comparaison = html.split("Contribution selon la variante")[1]
    assert re.search(r"Dépense aujourd.hui</th>", comparaison)


def test_a_cost_by_act_never_shows_its_code(client):
    actes = [{"code": "unite", "libelle": "acte pondéré", "cout_unitaire": "80"}]
    html = show(client, build_simulation(service={"domaine": "urbanisme", "actes": actes}))
    lignes = html.split("Lignes du coût")[1].split("</table>")[0]
    assert "acte pondéré" in lignes
    assert "unite" not in lignes
