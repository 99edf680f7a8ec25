"""The restitution as its readers see it: one sentence, the same figures everywhere, nothing of what is not theirs."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from python_calamine import CalamineWorkbook
from tests.plateforme.diagnostic.fabrique import QUI, build_campagne, build_effectifs, build_fiche, build_reponse
from tests.plateforme.diagnostic.monde_restitution import build_monde
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for

from communaccord.plateforme.comptes.enums import DANS_UNE_COMMUNE, Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.demo.models import CarteFictive
from communaccord.plateforme.diagnostic.enums import EtatCampagne
from communaccord.plateforme.diagnostic.models import Campagne, Ligne, Reponse
from communaccord.plateforme.diagnostic.pages.carnet import build_carnet
from communaccord.plateforme.diagnostic.pages.carnet_matiere import read_matiere_carnet
from communaccord.plateforme.diagnostic.pages.matiere import read_matiere
from communaccord.plateforme.diagnostic.pages.synthese import build_synthese
from communaccord.plateforme.diagnostic.queries.restitution import find_campagne_restituee, read_cadre
from communaccord.plateforme.documents import papier
from communaccord.plateforme.socle.typographie import prose

pytestmark = pytest.mark.django_db
LISENT_LES_CARNETS = {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.DRH, Role.MAIRE, Role.SECRETAIRE}
SANS_SYNTHESE = {Role.REPRESENTANT_PERSONNEL, Role.AGENT, Role.OBSERVATEUR}


def get(acteur, name, *args, **parametres):
    return client_for(acteur).get(chemin(acteur, name, *args), parametres)


def flatten(text: str) -> str:
    return re.sub(r"[ \u00a0\u202f\n]+", " ", text).replace("&#39;", "'").replace("’", "'").replace("&gt;", ">")


def read(response) -> str:
    assert response.status_code == 200, response
    return flatten(re.sub(r"<[^>]+>", " ", response.content.decode()))


def list_mots(ouvrage) -> list[str]:
    """Every sentence, figure and cell of a document."""
    words = [ouvrage.titre, ouvrage.phrase, *ouvrage.mentions]
    for section in ouvrage.sections:
        words += [section.titre, section.phrase, section.mention]
        words += [mot for chiffre in section.chiffres for mot in (chiffre.libelle, chiffre.valeur, chiffre.precision)]
        words += [mot for tableau in section.tableaux for ligne in tableau.lignes for mot in ligne]
        words += [mot for liste in section.listes for mot in liste.elements]
        words += [mot for mots in (section.cases.lignes if section.cases else ()) for mot in mots]
    return [flatten(prose(mot)) for mot in words if mot]


def list_textes(value) -> list[str]:
    """Every text of the data of a paper."""
    if isinstance(value, str):
        return [flatten(value)]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for child in children for text in list_textes(child)]


@pytest.fixture
def campagne():
    return build_monde()


@pytest.fixture
def commune(campagne):
    return campagne.demarche.communes.get(code="F002")


@pytest.fixture
def maire(campagne, commune):
    return build_acteur_de(campagne.demarche, Role.MAIRE, commune)


def build_ouvrage(acteur, commune):
    cadre = read_cadre(find_campagne_restituee(acteur))
    fiche = next(fiche for fiche in cadre.fiches if fiche.commune_id == commune.pk)
    return build_carnet(read_matiere_carnet(acteur, cadre, fiche))


def test_the_synthese_says_its_result_first(campagne):
    page = read(get(build_acteur_de(campagne.demarche, Role.PRESIDENT), "diagnostic:synthese"))
    assert "5 communes sur 9 ont validé leur fiche" in page
    assert "Paie, indispensable pour 3 communes sur 9" in page
    assert "Échelle de 0 à 5, d'usage : elle n'est publiée par personne" in page


def test_page_note_and_tables_of_the_synthese_say_the_same(campagne):
    acteur = build_acteur_de(campagne.demarche, Role.PRESIDENT)
    ouvrage = build_synthese(read_matiere(read_cadre(campagne)))
    page = read(get(acteur, "diagnostic:synthese"))
    assert [mot for mot in list_mots(ouvrage) if mot not in page] == []
    note = Document(BytesIO(get(acteur, "diagnostic:synthese_note").content))
    told = {flatten(paragraph.text) for paragraph in note.paragraphs}
    assert {flatten(prose(section.phrase)) for section in ouvrage.sections} <= told
    cells = {flatten(cell.text) for table in note.tables for row in table.rows for cell in row.cells}
    assert cells <= set(list_mots(ouvrage)) | {
        flatten(t) for s in ouvrage.sections for x in s.tableaux for t in x.list_titres()
    }
    assert all(table._tbl.tblPr.find("{*}tblCaption") is not None for table in note.tables)
    assert [p.style.name for p in note.paragraphs].count("Heading 1") == len(ouvrage.sections)


def test_the_spreadsheet_holds_the_figures_of_the_page(campagne):
    acteur = build_acteur_de(campagne.demarche, Role.PRESIDENT)
    ouvrage = build_synthese(read_matiere(read_cadre(campagne)))
    rows = CalamineWorkbook.from_filelike(BytesIO(get(acteur, "diagnostic:synthese_classeur").content))
    sheet = {row[0]: row for row in rows.get_sheet_by_index(0).to_python()}
    csv = get(acteur, "diagnostic:synthese_csv").content.decode("utf-8-sig")
    for ligne in ouvrage.find_section("effectifs").tableaux[0].lignes:
        told = [re.sub(r"[^\d,a-zé]", "", mot) for mot in ligne[1:5]]
        kept = [re.sub(r"[^\d,a-zé]", "", f"{v:.0f}" if isinstance(v, float) else v) for v in sheet[ligne[0]][1:5]]
        assert kept == told
        assert f"{ligne[0]};" in csv


def test_page_and_paper_of_a_carnet_say_the_same(maire, commune, monkeypatch):
    kept = {}
    monkeypatch.setattr(papier, "render_pdf", lambda _gabarit, data, date: kept.update(data) or b"%PDF")
    get(maire, "diagnostic:carnet_pdf", commune.pk)
    page, words = read(get(maire, "diagnostic:carnet", commune.pk)), list_mots(build_ouvrage(maire, commune))
    assert [mot for mot in words if mot not in page] == []
    assert set(words) <= set(list_textes(kept))


def test_the_carnet_on_paper_is_a_real_document(maire, commune):
    response = get(maire, "diagnostic:carnet_pdf", commune.pk)
    assert response.content.startswith(b"%PDF")
    assert b"pdfuaid" in response.content
    assert response["Content-Disposition"] == 'attachment; filename="carnet-commune-002-fictif.pdf"'


def test_a_mairie_reads_its_own_figures_beside_those_of_its_size(maire, commune):
    ouvrage = build_ouvrage(maire, commune)
    assert (
        ouvrage.phrase
        == "Commune 002 décrit 3 services, 8\u00a0affectations. Indispensable à partager : Paie.".replace(
            "3 services", "3\u00a0services"
        )
    )
    compared = ouvrage.find_section("services").tableaux[1]
    urbanisme = next(ligne for ligne in compared.lignes if ligne[0].startswith("Urbanisme"))
    # Seven others of fewer than 500 inhabitants: 6, 7, 8, 9, 6, 5, 5.
    assert urbanisme[1:4] == ("5", "6,6", "6")
    depenses = ouvrage.find_section("reperes").tableaux[0].lignes[-1]
    assert depenses[-1] == "7"
    assert "classement" in ouvrage.find_section("reperes").phrase


def test_who_carries_and_who_benefits(maire, commune):
    flux = build_ouvrage(maire, commune).find_section("flux")
    assert flux.phrase == "Vous portez 1\u00a0partage et vous bénéficiez de 1."
    directions = {ligne[1] for ligne in flux.tableaux[0].lignes}
    assert "Votre commune > Commune 003" in directions
    assert flux.chiffres[0].valeur == "50\u202f000\u00a0€"


def test_what_is_unknown_is_said_as_unknown(campagne):
    last = campagne.demarche.communes.get(code="F009")
    maire = build_acteur_de(campagne.demarche, Role.MAIRE, last)
    inconnus = build_ouvrage(maire, last).find_section("inconnus")
    assert inconnus.listes[0].elements == ("Conditions de réussite",)
    assert "Paie (besoin)" in inconnus.listes[1].elements
    services = build_ouvrage(maire, last).find_section("services").tableaux[0]
    assert all(ligne[5] == "non connu" for ligne in services.lignes)


def test_too_few_communes_are_not_compared():
    campagne = build_campagne(build_demarche(4))
    first = campagne.demarche.communes.get(code="F001")
    build_effectifs(build_fiche(campagne, first), "paie", 7)
    maire = build_acteur_de(campagne.demarche, Role.MAIRE, first)
    services = build_ouvrage(maire, first).find_section("services")
    assert "trop peu de communes" in services.tableaux[1].precision
    assert services.tableaux[1].lignes == (("Paie", "7", *["pas encore figé"] * 3, "moins de 5 réponses", "0"),)


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_what(campagne, role):
    communes = list(campagne.demarche.communes.order_by("code"))
    acteur = build_acteur_de(campagne.demarche, role, communes[1] if role in DANS_UNE_COMMUNE else None)
    assert get(acteur, "diagnostic:synthese").status_code == (403 if role in SANS_SYNTHESE else 200)
    own = get(acteur, "diagnostic:carnet", communes[1].pk).status_code
    assert own == (200 if role in LISENT_LES_CARNETS else 404)
    other = get(acteur, "diagnostic:carnet", communes[2].pk).status_code
    assert other == (200 if role in LISENT_LES_CARNETS - DANS_UNE_COMMUNE else 404)
    listed = get(acteur, "diagnostic:carnets").status_code
    assert listed == (
        200 if role in LISENT_LES_CARNETS - DANS_UNE_COMMUNE else 302 if role in LISENT_LES_CARNETS else 404
    )


def test_the_map_and_its_table_say_the_same(campagne):
    codes = campagne.demarche.communes.values_list("code", flat=True)
    CarteFictive.objects.create(
        demarche=campagne.demarche,
        largeur=100,
        hauteur=100,
        formes={code: ["M0 0l9 0 0 9z", 5, 5] for code in codes},
        voisins={},
    )
    acteur = build_acteur_de(campagne.demarche, Role.PRESIDENT)
    html = get(acteur, "diagnostic:synthese", indicateur="agents").content.decode()
    assert 'aria-label="Commune 002 : non communiqué"' in html.replace("\u202f:", " :")
    page = get(acteur, "diagnostic:synthese", indicateur="inconnu").content.decode()
    assert 'aria-label="Commune 002 : non communiqué"' in page.replace("\u202f:", " :")


def test_before_any_campaign_the_pages_teach():
    campagne = build_campagne(etat=EtatCampagne.PREPARATION)
    first = campagne.demarche.communes.get(code="F001")
    maire = build_acteur_de(campagne.demarche, Role.MAIRE, first)
    assert "n'est pas encore ouvert" in read(get(maire, "diagnostic:synthese"))
    assert "n'est pas encore ouvert" in read(get(maire, "diagnostic:carnet", first.pk))
    assert get(maire, "diagnostic:carnet_pdf", first.pk).status_code == 404
    assert get(maire, "diagnostic:synthese_note").status_code == 404


def test_an_open_campaign_without_answer_says_so():
    campagne = build_campagne()
    page = read(get(build_acteur_de(campagne.demarche, Role.PRESIDENT), "diagnostic:synthese"))
    assert "Les agents et leurs coûts se liront quand la photographie sera figée." in page
    assert "Paie 0 sur 4" in page
    assert "Aucun chiffre n'est encore donné." in page


def test_a_need_told_equally_names_all_that_are_equal(campagne):
    for code in ("F001", "F003", "F004"):
        fiche = build_fiche(campagne, campagne.demarche.communes.get(code=code))
        build_reponse(fiche, "voirie_besoin", texte="indispensable")
    page = read(get(build_acteur_de(campagne.demarche, Role.PRESIDENT), "diagnostic:synthese"))
    assert "Paie et Voirie, indispensable pour 3 communes sur 9" in page


def test_the_carnet_says_its_year_once(campagne, maire, commune):
    assert build_ouvrage(maire, commune).surtitre.endswith("État des lieux (fictif) 2025")
    Campagne.objects.filter(pk=campagne.pk).update(titre="État des lieux 2025 (fictif)")
    assert build_ouvrage(maire, commune).surtitre.endswith("· État des lieux 2025 (fictif)")


def draw_fond(campagne):
    codes = campagne.demarche.communes.values_list("code", flat=True)
    CarteFictive.objects.create(
        demarche=campagne.demarche,
        largeur=1000,
        hauteur=600,
        formes={code: [f"M{90 * rang} 0l80 0 0 500z", 90 * rang + 40, 250] for rang, code in enumerate(codes)},
        voisins={},
    )


def read_note(campagne):
    acteur = build_acteur_de(campagne.demarche, Role.PRESIDENT)
    return Document(BytesIO(get(acteur, "diagnostic:synthese_note").content))


def test_the_note_shows_the_map_and_the_needs_and_says_them_in_words(campagne):
    draw_fond(campagne)
    note = read_note(campagne)
    alternatives = [flatten(shape._inline.docPr.get("descr")) for shape in note.inline_shapes]
    assert len(alternatives) == 2
    assert "Paie : 3 indispensable, 3 utile, 1 secondaire" in alternatives[0]
    assert alternatives[1].startswith("Carte. Communes teintées selon leur niveau moyen de partage")
    assert "non communiqué : 9" in alternatives[1]
    images = [part for part in note.part.package.iter_parts() if part.partname.endswith(".png")]
    assert {part.blob[:8] for part in images} == {b"\x89PNG\r\n\x1a\n"}
    assert any("Contours inventés." in flatten(p.text) for p in note.paragraphs)


def test_the_note_without_a_map_keeps_its_bars(campagne):
    assert len(read_note(campagne).inline_shapes) == 1


def test_the_note_dates_its_figures_and_explains_what_it_masks_only(campagne):
    texts = [flatten(p.text) for p in read_note(campagne).paragraphs]
    assert any(t.startswith("Date des chiffres : agents, coûts et fragilités au ") and "version 1" in t for t in texts)
    assert any(t.startswith("Fiches lues le ") for t in texts)
    masked = any("non montré" in t for t in texts if not t.startswith("«"))
    assert any(t.startswith("« non montré »") for t in texts) == masked
    sans = [flatten(p.text) for p in read_note(build_campagne(build_demarche(4))).paragraphs]
    assert not any("non montré" in t for t in sans)


def test_the_numbers_of_the_note_are_at_the_right(campagne):
    table = next(t for t in read_note(campagne).tables if t.rows[0].cells[0].text == "Service")
    for row in table.rows:
        alignments = [cell.paragraphs[0].alignment for cell in row.cells]
        assert alignments == [None, *[WD_ALIGN_PARAGRAPH.RIGHT] * (len(alignments) - 1)]


def test_what_communes_say_is_counted_never_copied(campagne):
    page = read(get(build_acteur_de(campagne.demarche, Role.PRESIDENT), "diagnostic:synthese"))
    assert "Ce que disent les communes 1 commune sur 9 répond à au moins une" in page
    assert "accueil au bourg" not in page
    note = read_note(campagne)
    cells = [[flatten(c.text) for c in row.cells] for table in note.tables for row in table.rows]
    assert ["Réserves de principe", "en toutes lettres", "1"] in cells
    assert not any("accueil au bourg" in flatten(p.text) for p in note.paragraphs)


def test_the_carnet_begins_by_its_summary_and_folds_its_tables(maire, commune):
    html = get(maire, "diagnostic:carnet", commune.pk).content.decode()
    bref, sommaire, table = html.index('id="bref"'), html.index("ouvrage-sommaire"), html.index("<table")
    assert bref < sommaire < table
    unfolded = re.sub(r'<details class="deplier".*?</details>', "", html, flags=re.DOTALL)
    assert "<table" not in unfolded
    for section in build_ouvrage(maire, commune).sections:
        assert flatten(prose(section.phrase)) in flatten(unfolded)
    assert "<summary>Vos repères et ceux du groupe</summary>" in html


def test_the_carnet_names_who_typed_and_who_validated_each_figure(campagne, maire, commune):
    (sources,) = build_ouvrage(maire, commune).find_section("inconnus").tableaux
    assert [c.titre for c in sources.colonnes[-2:]] == ["Saisi par", "Validé par"]
    assert {ligne[-2:] for ligne in sources.lignes} == {(QUI, QUI)}
    later = INSTANT + timedelta(days=1)
    Reponse.objects.filter(fiche__commune=commune, ligne__cle="depenses").update(saisie_le=later)
    (sources,) = build_ouvrage(maire, commune).find_section("inconnus").tableaux
    assert {ligne[-1] for ligne in sources.lignes} == {QUI, "pas encore validé"}
    last = campagne.demarche.communes.get(code="F009")
    other = build_ouvrage(build_acteur_de(campagne.demarche, Role.MAIRE, last), last).find_section("inconnus")
    assert {ligne[-1] for ligne in other.tableaux[0].lignes} == {"pas encore validé"}


def test_figures_and_titles_carry_french_apostrophes(campagne, maire, commune):
    Ligne.objects.filter(campagne=campagne, cle="urbanisme_effectifs").update(unite="heures d'ouverture")
    reponse = Reponse.objects.get(fiche__commune=commune, ligne__cle="urbanisme_effectifs")
    reponse.valeurs["volume"] = 3000
    reponse.save()
    page = get(maire, "diagnostic:carnet", commune.pk).content.decode()
    assert "heures d’ouverture" in page
    assert "heures d&#39;ouverture" not in page
    csv = get(build_acteur_de(campagne.demarche, Role.PRESIDENT), "diagnostic:synthese_csv").content.decode("utf-8-sig")
    assert "Départs d’ici cinq ans" in csv


def test_who_may_read_what_is_masked_is_led_to_it(campagne):
    photo = campagne.photographies.get()
    for role in (Role.EQUIPE_PROJET, Role.DRH):
        acteur = build_acteur_de(campagne.demarche, role)
        html = get(acteur, "diagnostic:synthese").content.decode()
        version = chemin(acteur, "diagnostic:photographie_version", photo.pk)
        assert f'href="{version}"' in html
        assert client_for(acteur).get(version).status_code == 200
    president = build_acteur_de(campagne.demarche, Role.PRESIDENT)
    assert "Ce qui n'est pas montré ici vous est ouvert" not in read(get(president, "diagnostic:synthese"))


def test_the_page_says_why_a_commune_is_not_told_before_its_map(campagne):
    draw_fond(campagne)
    acteur = build_acteur_de(campagne.demarche, Role.PRESIDENT)
    html = flatten(get(acteur, "diagnostic:synthese", indicateur="agents").content.decode())
    told = html.index("un de ses services compte moins de 5 personnes")
    assert re.search(r"Ce chiffre est dit pour \d communes? sur 9\. Ailleurs", html)
    assert told < html.index('class="carte-svg"')
