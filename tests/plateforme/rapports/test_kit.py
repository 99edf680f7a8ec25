"""The kit of the conseil municipal: before a round, after it, who reads it, and what it never says."""

import html
import io
import zipfile

import pytest
from docx import Document
from tests.plateforme.accords.fabrique import (
    APRES,
    INSTANT,
    MONTANT_SECRET,
    SECRET_NOTES,
    SECRET_PLI,
    build_elements,
    build_table,
    open_table,
    prepare,
)
from tests.plateforme.fabriques import build_acteur_de, client_for, list_communes, set_horloge

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.models import Partage
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.models import Dossier, EffetCommune
from communaccord.plateforme.rapports.documents import kit as papiers
from communaccord.plateforme.rapports.pages import kit as page
from communaccord.plateforme.rapports.queries.kit import read_matiere

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    set_horloge(monkeypatch, INSTANT)


def read(response):
    text = html.unescape(response.content.decode())
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def get(acteur, name, *args, query=""):
    return client_for(acteur).get(chemin(acteur, f"rapports:{name}", *args) + query)


def publish(monkeypatch, communes=10):
    table = open_table(communes)
    for rang in range(communes):
        table.answer(rang, build_elements(montant=MONTANT_SECRET if rang else 50_000))
    set_horloge(monkeypatch, APRES)
    actions.veiller(APRES)
    table.tour.refresh_from_db()
    return table


def tell(kit):
    """Every word of a kit."""
    words = [kit.titre, kit.phrase, kit.engage, *kit.questions, *kit.suite, *kit.demandes, kit.note]
    words += [word for date in kit.dates for word in date]
    for dossier in kit.dossiers:
        words += [dossier.titre, dossier.phrase, dossier.change, dossier.ne_change_pas, *dossier.dits]
        words += [word for line in dossier.lignes for word in line]
    return [word for word in words if word]


def test_before_the_round_says_what_is_asked_and_what_it_changes_for_my_commune():
    table = open_table(scenarios=2)
    Dossier.objects.update(ce_qui_change="Le bureau déménage (fictif).", ce_qui_ne_change_pas="La signature (fictif).")
    maire = table.maires[0]
    text = read(get(maire, "kit_avant", table.tour.pk, maire.commune_id))
    assert "Un dossier est soumis aux communes" in text
    assert "Le conseil n'est pas engagé" in text
    assert "Le bureau déménage (fictif)." in text
    assert "La signature (fictif)." in text
    assert "A : Scénario fictif 1" in text
    assert "B : Scénario fictif 2" in text
    assert "1 200 €" in text
    assert text.count("<h1") == 1


def test_the_paper_says_what_the_page_says_and_holds_on_one_page():
    table = open_table(scenarios=2)
    maire = table.maires[0]
    matiere = read_matiere(maire, table.tour, [maire.commune])
    kit = page.build_avant(matiere, maire.commune)
    text = read(get(maire, "kit_avant", table.tour.pk, maire.commune_id))
    plain = " ".join(text.split())
    for word in tell(kit):
        assert word.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'") in plain
    pdf = get(maire, "kit_avant_pdf", table.tour.pk, maire.commune_id)
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"].endswith('.pdf"')


def test_the_voeu_is_left_to_the_council():
    table = open_table()
    maire = table.maires[0]
    response = get(maire, "kit_voeu", table.tour.pk, maire.commune_id)
    texte = "\n".join(p.text for p in Document(io.BytesIO(response.content)).paragraphs)
    assert "Vœu sur le tour de consultation « Tour fictif »" in texte.replace("\u202f", " ").replace("\u00a0", " ")
    assert texte.count("☐") == 3
    assert "Le conseil n’est pas engagé" in texte


def test_staff_under_five_are_masked_even_for_the_mairie():
    table = open_table()
    EffetCommune.objects.filter(commune_id=table.maires[0].commune_id)._raw_delete("default")
    commune = table.maires[0].commune
    EffetCommune.objects.create(
        scenario=table.scenarios[0],
        commune=commune,
        participe=True,
        population=100,
        contribution=100_000,
        depense=120_000,
        ecart=-20_000,
        agents_avant=3,
        agents_concernes=2,
        agents_apres=1,
    )
    for reader in (table.maires[0], table.equipe):
        text = read(get(reader, "kit_avant", table.tour.pk, commune.pk))
        assert "moins de 5" in text
        assert "3 aujourd'hui" not in text


def test_after_the_round_tells_counts_and_what_comes_next(monkeypatch):
    table = publish(monkeypatch)
    maire = table.maires[0]
    text = read(get(maire, "kit_apres", table.tour.pk, maire.commune_id))
    assert "10 communes sur 10 ont répondu" in text
    assert "Les conditions sont réunies pour" in text
    assert "Rien n'est décidé" in text
    # What each scenario changes for the commune itself stands beside the counts, on the page and on the paper.
    assert "A : Scénario fictif 1" in text
    assert "1 200 €" in text
    kit = page.build_apres(read_matiere(maire, table.tour, [maire.commune]), maire.commune)
    assert [ligne[0] for ligne in kit.dossiers[0].lignes] == ["A : Scénario fictif 1"]
    assert kit.note == page.NOTE
    assert get(maire, "kit_apres_pdf", table.tour.pk, maire.commune_id).content.startswith(b"%PDF")


def test_the_page_of_after_waits_for_the_result():
    table = open_table()
    maire = table.maires[0]
    assert get(maire, "kit_apres", table.tour.pk, maire.commune_id).status_code == 404
    with pytest.raises(ValueError, match="not open"):
        page.build_apres(read_matiere(maire, table.tour, [maire.commune]), maire.commune)


def test_what_the_commune_asked_is_told_when_its_mayor_ticks_it_and_to_the_mayor_alone(monkeypatch):
    table = publish(monkeypatch)
    maire, secretaire = table.maires[0], table.secretaires[0]
    conseiller = build_acteur_de(table.demarche, Role.CONSEILLER_MUNICIPAL, maire.commune)
    Partage.objects.create(
        tour=table.tour,
        dossier=table.dossier,
        commune=maire.commune,
        nature="a_vous_seule",
        contenu={"position": "favorable", "motif": "MOT-PARTAGE-4417"},
        partage_le=APRES,
        partage_par="essai",
    )
    args = (table.tour.pk, maire.commune_id)
    assert "MOT-PARTAGE-4417" in read(get(maire, "kit_apres", *args, query="?demandes=oui"))
    assert "MOT-PARTAGE-4417" not in read(get(maire, "kit_apres", *args))
    for reader in (secretaire, conseiller, table.equipe):
        assert "MOT-PARTAGE-4417" not in read(get(reader, "kit_apres", *args, query="?demandes=oui"))
    matiere = read_matiere(maire, table.tour, [maire.commune])
    assert "MOT-PARTAGE-4417" not in "".join(tell(page.build_apres(matiere, maire.commune)))


def test_nothing_sealed_nor_noted_nor_told_alone_is_in_any_kit(monkeypatch):
    table = publish(monkeypatch)
    for reader in (table.maires[0], table.secretaires[0], table.equipe):
        for commune in list_communes(table.demarche):
            for name in ("kit_avant", "kit_apres"):
                text = read(get(reader, name, table.tour.pk, commune.pk, query="?demandes=oui"))
                for secret in (SECRET_PLI, SECRET_NOTES, "9 876 543", "9876543", "serait réunie avec", "pour la vôtre"):
                    assert secret not in text


def test_each_reads_its_own_and_the_equipe_all(monkeypatch):
    table = publish(monkeypatch)
    mine, other = list_communes(table.demarche)[:2]
    conseiller = build_acteur_de(table.demarche, Role.CONSEILLER_MUNICIPAL, mine)
    for reader in (table.maires[0], table.secretaires[0], conseiller):
        assert "Les kits de toutes les communes" not in read(get(reader, "kits"))
        assert get(reader, "kit_zip", table.tour.pk).status_code == 403
        for name in ("kit_avant", "kit_apres", "kit_avant_pdf", "kit_apres_pdf", "kit_voeu"):
            assert get(reader, name, table.tour.pk, mine.pk).status_code == 200
            assert get(reader, name, table.tour.pk, other.pk).status_code == 404
    assert other.nom in read(get(table.equipe, "kit_tour", table.tour.pk))
    for role in (Role.AGENT, Role.DRH, Role.CONSULTANT, Role.PRESIDENT, Role.REPRESENTANT_PERSONNEL):
        reader = build_acteur_de(table.demarche, role)
        assert get(reader, "kits").status_code == 403
        assert get(reader, "kit_avant", table.tour.pk, mine.pk).status_code == 403


def test_a_council_reads_a_round_once_it_is_launched():
    table = build_table()
    prepare(table)
    maire = table.maires[0]
    conseiller = build_acteur_de(table.demarche, Role.CONSEILLER_MUNICIPAL, maire.commune)
    args = (table.tour.pk, maire.commune_id)
    assert get(maire, "kit_avant", *args).status_code == 200
    assert get(conseiller, "kit_avant", *args).status_code == 404
    assert "Aucun tour n'est encore prêt" in read(get(conseiller, "kits"))
    actions.open_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour)
    assert "1 200 €" in read(get(conseiller, "kit_avant", *args))


def test_the_zip_holds_one_page_and_one_voeu_by_commune():
    table = open_table(3)
    response = get(table.equipe, "kit_zip", table.tour.pk)
    names = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).namelist()
    assert len(names) == 6
    assert sum(name.endswith(".docx") for name in names) == 3


def test_long_texts_are_cut_between_words_and_say_so():
    assert page.shorten("mot " * 100).endswith("… (suite dans le dossier)")
    assert len(page.shorten("mot " * 100)) < 300
    assert page.shorten(" court \n texte ") == "court texte"


@pytest.mark.parametrize("communes", [5, 9])
def test_queries_do_not_depend_on_the_communes(monkeypatch, communes, django_assert_num_queries):
    table = publish(monkeypatch, communes)
    client = client_for(table.equipe)
    commune = list_communes(table.demarche)[0]
    for name, args, expected in (
        ("kits", (), 4),
        ("kit_tour", (table.tour.pk,), 5),
        ("kit_apres", (table.tour.pk, commune.pk), 13),
    ):
        adresse = chemin(table.equipe, f"rapports:{name}", *args)
        client.get(adresse)
        with django_assert_num_queries(expected):
            client.get(adresse)


def test_the_name_of_a_paper_says_that_it_is_invented():
    table = open_table()
    commune = table.maires[0].commune
    matiere = read_matiere(table.maires[0], table.tour, [commune])
    assert papiers.name_kit(matiere, commune, "avant", "pdf").startswith("kit-avant-")
