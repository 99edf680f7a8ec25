"""The picture of a dossier: every commune on one scale for one scenario, mine first; nothing of what is not theirs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige, build_presente, give_chiffres
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.actions import present_dossier
from communaccord.plateforme.dossiers.models import DonneesCommune
from communaccord.plateforme.dossiers.pages.barres import rank_ligne


def get(acteur, dossier, **parametres):
    response = client_for(acteur).get(chemin(acteur, "dossiers:dossier", dossier.pk), parametres)
    assert response.status_code == 200
    return response.content.decode()


def read_barres(page, id="barres-communes"):
    """Lines of the picture: (name, amount as written)."""
    figure = page.split(f'<figure id="{id}">')[1].split("</figure>")[0]
    rows = figure.split("<tbody")[1].split("<tr")[1:]
    cells = [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows
    ]
    return [(nom, texte) for nom, _, texte in cells]


def read_ecart(texte):
    return int(re.sub(r"[^\d−+]", "", texte).replace("−", "-"))


@pytest.mark.django_db
def test_all_communes_on_one_scale_mine_first_then_by_amount():
    dossier, equipe = build_presente(communes=6, scenarios=2)
    mine = list_communes(dossier.demarche)[3]
    barres = read_barres(get(build_acteur_de(dossier.demarche, Role.MAIRE, mine), dossier))
    assert len(barres) == 6
    assert barres[0][0] == f"{mine.nom} (ma commune)"
    others = [read_ecart(texte) for _, texte in barres[1:]]
    assert others == sorted(others)
    assert len(set(others)) > 1
    everyone = [read_ecart(texte) for _, texte in read_barres(get(equipe, dossier))]
    assert everyone == sorted(everyone)


@pytest.mark.django_db
def test_tabs_change_the_scenario_and_keep_the_amounts_asked():
    dossier, _ = build_presente(scenarios=2)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    first, second = get(maire, dossier), get(maire, dossier, scenario="B")
    assert read_barres(first) != read_barres(second)
    assert "Scénario A, écart" in first
    assert "Scénario B, écart" in second
    assert '<a href="?scenario=B#image">' in first
    assert '<a href="?scenario=B#image" aria-current="true">' in second
    assert 'href="?scenario=B&amp;montants=exacts"' in second
    exact = get(maire, dossier, scenario="B", montants="exacts")
    assert '<a href="?montants=exacts#image">' in exact
    assert re.search(r",\d\d\u00a0€", read_barres(exact)[0][1])
    assert read_barres(get(maire, dossier, scenario="Z<script>")) == read_barres(first)


@pytest.mark.django_db
def test_one_scenario_needs_no_tab():
    dossier, equipe = build_presente()
    assert "Scénario montré" not in get(equipe, dossier)


@pytest.mark.django_db
def test_each_reader_has_the_picture_of_what_they_read():
    dossier, _ = build_presente(scenarios=2)
    commune = list_communes(dossier.demarche)[0]
    for role in Role:
        page = get(build_acteur_de(dossier.demarche, role, commune), dossier)
        assert page.count("<figure") == (role not in {Role.REPRESENTANT_PERSONNEL, Role.AGENT, Role.OBSERVATEUR})
    municipal = build_acteur_de(dossier.demarche, Role.CONSEILLER_MUNICIPAL, commune)
    noms = [nom for nom, _ in read_barres(get(municipal, dossier), "barres-miennes")]
    assert noms == ["A. Variante 1", "B. Variante 2"]


@pytest.mark.django_db
def test_the_table_is_folded_when_the_picture_says_it():
    dossier, equipe = build_presente()
    assert '<details class="deplier"><summary>Lire le tableau' in get(equipe, dossier)


@pytest.mark.django_db
def test_unknown_spending_and_absent_communes_are_told():
    demarche = build_demarche(4)
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    give_chiffres(dossier, equipe)
    communes = list_communes(demarche)
    unknown = DonneesCommune.objects.get(commune=communes[0])
    unknown.valeurs.pop("depense_actuelle")
    DonneesCommune.objects.filter(pk=unknown.pk).update(valeurs=unknown.valeurs)
    build_fige(dossier, equipe, perimetre=[c.code for c in communes[:3]])
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    page = get(equipe, dossier)
    barres = read_barres(page)
    assert barres[-1] == (communes[0].nom, "non connu")
    assert len(barres) == 3
    assert "3\u00a0communes sur 4" in page
    absent = read_barres(get(build_acteur_de(demarche, Role.MAIRE, communes[3]), dossier))
    assert absent[0] == (f"{communes[3].nom} (ma commune)", "ne participe pas")
    assert len(absent) == 4


@pytest.mark.django_db
def test_without_any_known_spending_the_table_stands_open():
    demarche = build_demarche()
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe)
    give_chiffres(dossier, equipe)
    for donnees in DonneesCommune.objects.all():
        donnees.valeurs.pop("depense_actuelle")
        DonneesCommune.objects.filter(pk=donnees.pk).update(valeurs=donnees.valeurs)
    build_fige(dossier, equipe)
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    page = get(equipe, dossier)
    assert "<figure" not in page
    assert "Lire le tableau" not in page
    assert 'id="toutes"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(("communes", "filtre", "cadre"), [(12, 0, 0), (13, 2, 0), (41, 2, 1)])
def test_long_lists_are_filtered_and_kept_in_a_frame(communes, filtre, cadre):
    dossier, equipe = build_presente(communes=communes)
    page = get(equipe, dossier)
    assert page.count("data-filtre-de=") == filtre
    assert page.count('class="barres-longues"') == cadre
    assert page.count("data-filtre=") == 2 * communes


@given(st.lists(st.tuples(st.booleans(), st.none() | st.integers(-10, 10))))
def test_order_of_the_bars(lignes):
    ordered = sorted(lignes, key=lambda ligne: rank_ligne(*ligne))
    assert [mine for mine, _ in ordered] == sorted((mine for mine, _ in lignes), reverse=True)
    for group in ([v for m, v in ordered if m], [v for m, v in ordered if not m]):
        known = [v for v in group if v is not None]
        assert group == sorted(known) + [None] * (len(group) - len(known))
