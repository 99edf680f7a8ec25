"""Writing through the pages: forms that lose nothing, conflicts told, imports previewed, files as they should be."""

import json
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook
from tests.plateforme.dossiers.fabrique import (
    build_contenu,
    build_dossier,
    build_equipe,
    build_fige,
    build_presente,
    build_scenario,
    build_simulation,
    give_chiffres,
)
from tests.plateforme.dossiers.profondeur_outils import tell_couts
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.actions import LigneCout, edit_dossier, freeze_scenario
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier, Scenario
from communaccord.simulateur import encode_lien, write_json

pytestmark = pytest.mark.django_db

TEXTES = {
    "version": "1",
    "titre": "Archives (fictif)",
    "domaine": "libre",
    "objectif": "Garder la mémoire des communes.",
    "service_avant": "Rien.",
    "service_apres": "Un passage par mois.",
    "porteur": "",
}
LEVIERS = {
    "version": "1",
    "libelle": "Service commun",
    "forme": "service_commun",
    "perimetre": ["F001", "F002"],
    "personnel-etp": "1",
    "personnel-cout_etp": "40 000",
    "couts-fixes-0-libelle": "Logiciel",
    "couts-fixes-0-montant": "2 000",
    "couts-fixes-1-libelle": "",
    "couts-fixes-1-montant": "",
    "cle-population": "50",
    "cle-usage": "50",
    "annees-horizon": "3",
    "engagements": ["permanence"],
    "hausse_max": "2,5",
}


@pytest.fixture
def dossier():
    return build_dossier()


@pytest.fixture
def equipe(dossier):
    return build_equipe(dossier.demarche)


def post(acteur, name, *args, **data):
    return client_for(acteur).post(chemin(acteur, name, *args), data)


def test_a_dossier_is_created_then_completed(equipe):
    response = post(equipe, "dossiers:creer", **TEXTES)
    created = Dossier.objects.get(titre="Archives (fictif)")
    assert response["Location"] == chemin(equipe, "dossiers:dossier", created.pk) + "?fait=cree"
    assert created.objectif == "Garder la mémoire des communes."


def test_what_is_faulty_comes_back_whole(equipe):
    long = "très " * 1000
    response = post(equipe, "dossiers:creer", **TEXTES | {"titre": " ", "objectif": long, "porteur": "999999"})
    text = response.content.decode()
    assert response.status_code == 422
    assert long.strip() in text
    for mot in ("caractères", "il manque", "n’est plus"):
        assert mot in text
    assert 'href="#titre"' in text
    assert not Dossier.objects.filter(objectif=long).exists()


def test_the_second_editor_is_told_and_keeps_their_text(dossier, equipe):
    other = build_equipe(dossier.demarche)
    contenu = build_contenu(dossier.demarche)
    edit_dossier(acteur=other, instant=INSTANT, dossier=dossier, version=1, contenu=contenu)
    response = post(equipe, "dossiers:modifier", dossier.pk, **TEXTES)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Garder la mémoire des communes." in text
    assert "Un accueil ouvert chaque jour dans chaque bassin de vie." in text
    assert other.nom in text
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    assert post(equipe, "dossiers:modifier", dossier.pk, **TEXTES | {"version": version}).status_code == 302
    assert Dossier.objects.get().titre == "Archives (fictif)"


def test_acts_of_the_page(dossier, equipe):
    assert post(equipe, "dossiers:ouvrir_collecte", dossier.pk).status_code == 302
    response = post(equipe, "dossiers:presenter", dossier.pk)
    assert response.status_code == 409
    assert "au moins un scénario figé" in response.content.decode()
    build_fige(dossier, equipe)
    assert post(equipe, "dossiers:presenter", dossier.pk).status_code == 302
    assert post(equipe, "dossiers:conclure", dossier.pk, motif="").status_code == 409
    assert post(equipe, "dossiers:conclure", dossier.pk, motif="Avis du COPIL.").status_code == 302
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    assert post(maire, "dossiers:rouvrir", dossier.pk, motif="Encore.").status_code == 403
    page = client_for(maire).get(chemin(maire, "dossiers:dossier", dossier.pk)).content.decode()
    assert "Avis du COPIL." in page


def test_levers_are_written_previewed_and_frozen(dossier, equipe):
    give_chiffres(dossier, equipe)
    response = post(equipe, "dossiers:scenario_creer", dossier.pk, **LEVIERS)
    scenario = Scenario.objects.get()
    assert response["Location"].startswith(chemin(equipe, "dossiers:scenario", dossier.pk, scenario.pk))
    assert (scenario.hausse_max, scenario.engagements) == (250, ["permanence"])
    assert scenario.leviers["perimetre"] == ["F001", "F002"]
    form = client_for(equipe).get(chemin(equipe, "dossiers:scenario_modifier", dossier.pk, scenario.pk))
    text = form.content.decode()
    for piece in ('value="2,5"', 'value="Logiciel"', 'value="40 000"', 'value="F001" id="perimetre" checked'):
        assert piece in text
    changed = LEVIERS | {"libelle": "À deux", "hausse_max": ""}
    assert post(equipe, "dossiers:scenario_modifier", dossier.pk, scenario.pk, **changed).status_code == 302
    response = post(equipe, "dossiers:scenario_figer", dossier.pk, scenario.pk, version="1")
    assert response.status_code == 409
    assert post(equipe, "dossiers:scenario_figer", dossier.pk, scenario.pk, version="2").status_code == 302
    scenario.refresh_from_db()
    assert scenario.est_fige
    response = post(equipe, "dossiers:scenario_version", dossier.pk, scenario.pk)
    suivante = Scenario.objects.get(numero=2)
    assert response["Location"].startswith(chemin(equipe, "dossiers:scenario_modifier", dossier.pk, suivante.pk))
    assert post(equipe, "dossiers:scenario_supprimer", dossier.pk, suivante.pk).status_code == 302
    assert Scenario.objects.count() == 1


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"libelle": ""}, "libelle"),
        ({"perimetre": []}, "perimetre"),
        ({"forme": "ailleurs"}, "forme"),
        ({"hausse_max": "beaucoup"}, "hausse_max"),
        ({"hausse_max": "200"}, "hausse_max"),
        ({"personnel-cout_etp": "cher"}, "personnel-cout_etp"),
        ({"couts-fixes-0-montant": "-3"}, "couts-fixes-0-montant"),
        ({"cle-usage": "40"}, "cle-population"),
        ({"annees-horizon": "99"}, "annees-horizon"),
    ],
)
def test_faulty_levers_lead_to_their_field_and_lose_nothing(dossier, equipe, fault, field):
    response = post(equipe, "dossiers:scenario_creer", dossier.pk, **LEVIERS | fault)
    text = response.content.decode()
    assert response.status_code == 422
    assert f'href="#{field}"' in text
    assert f'id="{field}"' in text
    assert 'value="Logiciel"' in text
    assert not Scenario.objects.exists()


def test_the_key_is_brought_back_to_a_hundred_without_javascript(dossier, equipe):
    response = post(equipe, "dossiers:scenario_creer", dossier.pk, **LEVIERS | {"cle-usage": "90", "recalculer": "oui"})
    parts = re.findall(r'name="cle-(\w+)" value="(\d+)"', response.content.decode())
    assert response.status_code == 200
    assert sum(int(part) for _, part in parts) == 100
    assert not Scenario.objects.exists()


def test_what_prevents_freezing_is_said_with_where_to_go(dossier, equipe):
    scenario = build_scenario(dossier, equipe)
    for response in (
        client_for(equipe).get(chemin(equipe, "dossiers:scenario", dossier.pk, scenario.pk)),
        post(equipe, "dossiers:scenario_figer", dossier.pk, scenario.pk, version="1"),
    ):
        text = response.content.decode()
        assert "volume manque pour 3" in re.sub(r"[\u00a0\u202f]", " ", text)
        assert chemin(equipe, "dossiers:chiffres", dossier.pk) in text


def test_a_simulation_is_brought_by_link_by_file_or_refused(dossier, equipe):
    simulation = build_simulation(dossier.demarche)
    adresse = f"https://exemple.invalid/simulateur/resultat/?s={encode_lien(simulation)}&commune=F001"
    assert post(equipe, "dossiers:partir_d_une_simulation", lien=adresse).status_code == 302
    assert Dossier.objects.filter(titre="Paie").count() == 1
    fichier = SimpleUploadedFile("simulation.json", write_json(simulation).encode())
    assert post(equipe, "dossiers:scenario_importer", dossier.pk, fichier=fichier).status_code == 302
    assert Scenario.objects.filter(dossier=dossier).count() == 2
    for data in ({"lien": "n'importe quoi"}, {"lien": ""}, {"fichier": SimpleUploadedFile("x.pdf", b"%PDF-1.7")}):
        for name, args in (("dossiers:partir_d_une_simulation", ()), ("dossiers:scenario_importer", (dossier.pk,))):
            if "fichier" in data:
                data["fichier"].seek(0)
            response = post(equipe, name, *args, **data)
            assert response.status_code == 422
            assert "à corriger" in re.sub(r"[\u00a0\u202f]", " ", response.content.decode())
    elsewhere = build_simulation(
        dossier.demarche, communes=[{"nom": "Ailleurs (fictif)", "population": 9, "volume": 1}]
    )
    response = post(equipe, "dossiers:scenario_importer", dossier.pk, lien=encode_lien(elsewhere))
    assert response.status_code == 422
    assert "Ailleurs (fictif)" in response.content.decode()


def test_a_pasted_table_is_previewed_then_recorded(dossier, equipe):
    collage = "Commune\tVolume\tDépense\nCommune 001\t12\t1 200\nCommune 002\tbeaucoup\t300\nAilleurs\t1\t1"
    response = post(equipe, "dossiers:chiffres_apercu", dossier.pk, collage=collage)
    text = response.content.decode()
    assert response.status_code == 200
    assert "pas encore enregistré" in text
    assert "à vérifier" in text
    assert "non reconnue" in text
    assert not DonneesCommune.objects.exists()
    valeurs = re.search(r'name="valeurs" hidden>(.*?)</textarea>', text, re.S)[1].replace("&#34;", '"')
    assert json.loads(valeurs)["F001"] == {"volume": "12", "depense_actuelle": "1200"}
    data = {"valeurs": valeurs, "annee": "2024", "source": "comptes (fictif)", "qualite": "etabli"}
    assert post(equipe, "dossiers:chiffres_importer", dossier.pk, **data).status_code == 302
    row = DonneesCommune.objects.get(commune__code="F001")
    assert (row.valeurs, row.annee, row.source, row.qualite, row.origine) == (
        {"volume": "12", "depense_actuelle": "1200"},
        2024,
        "comptes (fictif)",
        "etabli",
        "import",
    )
    assert DonneesCommune.objects.get(commune__code="F002").valeurs == {"depense_actuelle": "300"}


@pytest.mark.parametrize(
    "valeurs",
    ["", "[]", "{", '{"F001": 3}', "[" * 5000, '{"F001": {"volume": {"a": 1}}}', '{"F001": {"volume": "-4"}}'],
)
def test_a_preview_that_comes_back_broken_writes_nothing(dossier, equipe, valeurs):
    response = post(equipe, "dossiers:chiffres_importer", dossier.pk, valeurs=valeurs, qualite="estime")
    assert response.status_code == 422
    assert not DonneesCommune.objects.exists()


@pytest.mark.parametrize("contenu", [b"", b"PK\x03\x04rien", b"\x00\xff\x00", b"=1+1;2\n"])
def test_hostile_tables_are_told(dossier, equipe, contenu):
    fichier = SimpleUploadedFile("tableau.xlsx", contenu)
    response = post(equipe, "dossiers:chiffres_apercu", dossier.pk, fichier=fichier)
    assert response.status_code == 422
    assert not DonneesCommune.objects.exists()


def test_the_table_to_fill_in_is_read_back(dossier, equipe):
    response = client_for(equipe).get(chemin(equipe, "dossiers:chiffres_modele", dossier.pk))
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Commune 001", "Commune 002", "Commune 003"]


def test_workbook_of_a_scenario():
    dossier, equipe = build_presente()
    scenario = Scenario.objects.get()
    response = client_for(equipe).get(chemin(equipe, "dossiers:scenario_classeur", dossier.pk, scenario.pk))
    assert "fictif" in response["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    texts = [str(cell) for row in rows for cell in row]
    assert any("Territoire et chiffres fictifs" in text for text in texts)
    assert any(text.endswith(Scenario.objects.with_gel().get().gel.empreinte) for text in texts)
    header = next(index for index, row in enumerate(rows) if row[0] == "Code")
    body = rows[header + 1 :]
    assert len(body) == 3
    assert sum(row[4] for row in body) == pytest.approx(42_000, abs=2)


def count_pages(pdf):
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.parametrize("communes", [3, 158])
def test_the_fiche_holds_on_one_page_whatever_is_written(communes):
    demarche = build_demarche(communes)
    equipe = build_equipe(demarche)
    long = "Un texte très long qui dit tout ce qui change, pour chaque commune et pour chaque agent. " * 30
    dossier = build_dossier(
        demarche,
        equipe,
        titre="Un titre de dossier particulièrement long " * 3,
        service_avant=long,
        service_apres=long,
        ce_qui_change=long,
        ce_qui_ne_change_pas=long,
        sortie=long,
    )
    give_chiffres(dossier, equipe)
    DonneesCommune.objects.filter(dossier=dossier).update(agents=3, agents_concernes=1)
    for rang in range(4):
        libelle = f"Un libellé de scénario tout aussi long, {rang}" * 2
        scenario = build_scenario(dossier, equipe, libelle, marges={"volumes": "20 %"})
        tell_couts(equipe, scenario, {"locaux": LigneCout("chiffre", 38_000_000, "par_an", None, "cle")})
        version = Scenario.objects.get(pk=scenario.pk).version
        freeze_scenario(acteur=equipe, instant=INSTANT, scenario=scenario, version=version)
    commune = list_communes(demarche)[1]
    type(commune).objects.filter(pk=commune.pk).update(nom="Saint-Exemple-sur-Fictive-et-Val-Imaginé-le-Très-Long")
    response = client_for(equipe).get(chemin(equipe, "dossiers:fiche_pdf", dossier.pk, commune.pk))
    assert response["Content-Type"] == "application/pdf"
    assert count_pages(response.content) == 1
    assert b"pdfuaid" in response.content


def read(acteur, name, *args):
    texte = client_for(acteur).get(chemin(acteur, name, *args)).content.decode()
    return re.sub(r"[\u00a0\u202f]", " ", texte)


def test_freezing_and_presenting_say_what_is_kept_and_which_spending_is_unknown(dossier, equipe):
    give_chiffres(dossier, equipe)
    scenario = build_scenario(dossier, equipe)
    told = read(equipe, "dossiers:scenario", dossier.pk, scenario.pk)
    assert "Seront gardés tels quels, sans retour possible : 3 contributions" in told
    assert "n'est pas connue" not in told
    for donnees in DonneesCommune.objects.all()[:2]:
        donnees.valeurs.pop("depense_actuelle")
        donnees.save()
    told = read(equipe, "dossiers:scenario", dossier.pk, scenario.pk)
    warning = "La dépense d’aujourd’hui de 2 communes sur 3 n’est pas connue"
    assert warning in told.replace("'", "’")
    assert "Figer ce scénario sans ces chiffres" in told
    post(equipe, "dossiers:scenario_figer", dossier.pk, scenario.pk, version="1")
    assert warning in read(equipe, "dossiers:dossier", dossier.pk).replace("'", "’")


def test_the_form_of_a_scenario_folds_what_may_stay_empty_and_names_what_misses(dossier, equipe):
    page = client_for(equipe).get(chemin(equipe, "dossiers:scenario_creer", dossier.pk)).content.decode()
    assert '<details class="deplier" open' not in page
    refused = post(equipe, "dossiers:scenario_creer", dossier.pk, **LEVIERS | {"annees-premiere": "deux"})
    told = re.sub(r"[\u00a0\u202f]", " ", refused.content.decode())
    assert refused.status_code == 422
    assert '<details class="deplier" open><summary>Les années' in told
    refused = post(equipe, "dossiers:scenario_creer", dossier.pk, **LEVIERS | {"libelle": " "})
    assert "Nom du scénario : il manque." in re.sub(r"[\u00a0\u202f]", " ", refused.content.decode())


def test_what_the_cost_alone_supposes_is_read_beside_it():
    dossier, equipe = build_presente()
    scenario, commune = Scenario.objects.get(), list_communes(dossier.demarche)[0]
    for name, *args in (("scenario", scenario.pk), ("fiche", commune.pk)):
        assert "au moins la plus petite part de poste" in read(equipe, f"dossiers:{name}", dossier.pk, *args)
