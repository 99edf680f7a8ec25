"""Pages of flows and of what a commune gives and receives: they work end to end, and nobody reads too much."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.plateforme.diagnostic.fabrique import build_campagne, build_flux
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, list_communes, set_horloge

from communaccord.plateforme.comptes.enums import TABLE, Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.models import Flux, FluxDistincts, RelevePartage
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.tableur import write_xlsx

pytestmark = pytest.mark.django_db
NEUTRES = {"\u202f": " ", "\u00a0": " ", "’": "'"}


@pytest.fixture(autouse=True)
def _horloge(monkeypatch):
    set_horloge(monkeypatch, INSTANT)


@pytest.fixture
def monde() -> dict[str, Any]:
    """Three communes, their mairies, the équipe projet, a running campaign."""
    campagne = build_campagne(communes=3)
    demarche = campagne.demarche
    communes = list_communes(demarche)
    return {
        "campagne": campagne,
        "demarche": demarche,
        "communes": communes,
        "equipe": build_acteur_de(demarche, Role.DGS_EPCI),
        "mairies": [build_acteur_de(demarche, Role.SECRETAIRE, commune) for commune in communes],
    }


def read(response: Any) -> str:
    texte = response.content.decode()
    for espace, plain in NEUTRES.items():
        texte = texte.replace(espace, plain)
    return texte


def get(acteur: Any, name: str, *args: Any, status: int = 200) -> str:
    response = client_for(acteur).get(chemin(acteur, name, *args))
    assert response.status_code == status, read(response)[:2_000]
    return read(response)


def post(acteur: Any, name: str, *args: Any, status: int = 302, **data: Any) -> Any:
    response = client_for(acteur).post(chemin(acteur, name, *args), data)
    assert response.status_code == status, read(response)[:3_000]
    return response


def fill(monde: dict[str, Any], **champs: str) -> dict[str, str]:
    values = {"nature": "service", "porteur": "epci", "beneficiaire": f"c{monde['communes'][0].pk}", "objet": "Permis"}
    return {**values, "service": "urbanisme", "montant": "10 000", "annee": "2025", "qualite": "estime", **champs}


def test_both_ends_declare_the_same_flow_and_it_counts_once(monde):
    mairie, equipe = monde["mairies"][0], monde["equipe"]
    post(mairie, "diagnostic:flux_declarer", **fill(monde))
    post(equipe, "diagnostic:flux_declarer", **fill(monde, montant="9 500,50", qualite="etabli"))
    one, other = Flux.objects.order_by("pk")
    page = get(mairie, "diagnostic:flux")
    assert "Le même flux, ou deux ?" in page
    assert "écart de 500 €" in page
    post(mairie, "diagnostic:flux_juger", other.pk, one.pk, verdict="meme")
    assert list(Flux.objects.counted()) == [other]
    page = get(equipe, "diagnostic:flux")
    assert "1 flux compté" in page
    assert "10 000 €" in page
    assert "9 501 €" in page
    post(equipe, "diagnostic:flux_separer", one.pk)
    assert Flux.objects.counted().count() == 2


def test_two_flows_told_apart_are_not_proposed_again(monde):
    one = build_flux(monde["campagne"], None, monde["communes"][0], montant=100)
    other = build_flux(monde["campagne"], None, monde["communes"][0], montant=100, declare_par=monde["communes"][0])
    post(monde["equipe"], "diagnostic:flux_juger", one.pk, other.pk, verdict="deux")
    assert FluxDistincts.objects.count() == 1
    assert "Le même flux, ou deux ?" not in get(monde["equipe"], "diagnostic:flux")


def test_an_edited_flow_forgets_what_was_said_of_the_old_one(monde):
    one = build_flux(monde["campagne"], None, monde["communes"][0], montant=100)
    other = build_flux(monde["campagne"], None, monde["communes"][0], declare_par=monde["communes"][0], double_de=one)
    post(monde["equipe"], "diagnostic:flux_modifier", one.pk, version="1", **fill(monde, service="paie"))
    other.refresh_from_db()
    assert other.double_de_id is None


def test_the_second_of_two_writers_is_told_and_nothing_is_overwritten(monde):
    flux = build_flux(monde["campagne"], None, monde["communes"][0], montant=100)
    post(monde["equipe"], "diagnostic:flux_modifier", flux.pk, version="1", **fill(monde, montant="5"))
    late = post(
        monde["equipe"], "diagnostic:flux_modifier", flux.pk, version="1", status=409, **fill(monde, montant="7")
    )
    assert 'value="7"' in read(late)
    flux.refresh_from_db()
    assert flux.montant == 500


@pytest.mark.parametrize(
    ("champs", "faute"),
    [
        ({"nature": ""}, "Choisissez la nature"),
        ({"objet": " "}, "Dites ce qui est partagé"),
        ({"porteur": ""}, "Choisissez qui porte"),
        ({"porteur": "c999999"}, "Choisissez qui porte"),
        ({"beneficiaire": "epci"}, "choisissez deux organismes différents"),
        ({"porteur": "autre"}, "Écrivez le nom de cet organisme"),
        ({"montant": "-5"}, "Écrivez un nombre positif"),
        ({"montant": "beaucoup"}, "beaucoup"),
        ({"montant": "1,234"}, "deux chiffres au plus"),
        ({"montant": "9" * 14}, "démesuré"),
        ({"temps": "9999999"}, "démesuré"),
        ({"annee": "25"}, "quatre chiffres"),
        ({"annee": "1850"}, "quatre chiffres"),
        ({"nature": "ac"}, "ne se rattache pas à un service"),
        ({"nature": "ac", "service": "", "temps": "1"}, "n'est le temps de personne"),
        ({"gratuit": "oui"}, "gardez l'un des deux"),
        ({"service": "inconnu"}, "Choisissez le service"),
        ({"objet": "x" * 201}, "201 caractères"),
        ({"qualite": "sûr"}, "estimé ou établi"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_lost(monde, champs, faute):
    typed = fill(monde, source="compte 2025", **champs)
    page = read(post(monde["equipe"], "diagnostic:flux_declarer", status=422, **typed))
    assert faute in page
    assert 'value="compte 2025"' in page
    assert not Flux.objects.exists()


def test_a_mairie_declares_what_is_of_its_commune_alone(monde):
    first, second = monde["communes"][:2]
    post(monde["mairies"][2], "diagnostic:flux_declarer", status=403, **fill(monde))
    cross = fill(monde, porteur=f"c{first.pk}", beneficiaire=f"c{second.pk}")
    post(monde["mairies"][1], "diagnostic:flux_declarer", **cross)
    flux = Flux.objects.get()
    assert (flux.declare_par, flux.par_la_mairie) == (second, True)
    post(monde["mairies"][0], "diagnostic:flux_modifier", flux.pk, status=403, version="1", **cross)
    post(monde["equipe"], "diagnostic:flux_modifier", flux.pk, status=403, version="1", **cross)
    post(monde["mairies"][2], "diagnostic:flux_modifier", flux.pk, status=404, version="1", **cross)


def test_a_flow_set_aside_leaves_the_totals_and_comes_back(monde):
    flux = build_flux(monde["campagne"], None, monde["communes"][0], montant=100)
    refused = post(monde["equipe"], "diagnostic:flux_ecarter", flux.pk, status=422, motif=" ")
    assert "pourquoi ce flux ne compte pas" in read(refused)
    post(monde["equipe"], "diagnostic:flux_ecarter", flux.pk, motif="Déjà dans l'AC")
    assert not Flux.objects.counted().exists()
    assert "Déjà dans l'AC" in get(monde["equipe"], "diagnostic:flux")
    post(monde["equipe"], "diagnostic:flux_reprendre", flux.pk)
    assert Flux.objects.counted().exists()


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.DRH, Role.MAIRE, Role.SECRETAIRE})
)
def test_no_other_role_reads_a_flow(monde, role):
    build_flux(monde["campagne"], None, monde["communes"][0], montant=31_415_00)
    acteur = build_acteur_de(monde["demarche"], role)
    assert "31 415" not in get(acteur, "diagnostic:flux", status=403)


def test_a_mairie_reads_no_flow_of_others(monde):
    build_flux(monde["campagne"], None, monde["communes"][0], montant=31_415_00, source="secret de la première")
    for mairie in monde["mairies"][1:]:
        page = get(mairie, "diagnostic:flux")
        assert "31 415" not in page
        assert "secret de la première" not in page
    assert "31 415" in get(monde["mairies"][0], "diagnostic:flux")


def test_nobody_of_another_demarche_reaches_anything(monde):
    flux = build_flux(monde["campagne"], None, monde["communes"][0], montant=31_415_00)
    stranger = build_acteur_de(build_demarche(), Role.DGS_EPCI)
    get(stranger, "diagnostic:flux_modifier", flux.pk, status=404)
    get(stranger, "diagnostic:donne_recois", monde["communes"][0].pk, status=404)


# Tables


def build_table(monde: dict[str, Any]) -> list[list[Any]]:
    first, second = monde["communes"][:2]
    return [
        ["service rendu", "urbanisme", "Permis", "EPCI", first.nom, 12000, "0,5", 2025],
        ["attribution de compensation", "", "", "l'intercommunalité", second.code, "1 234,50", "", 2025],
        ["bien", "", "Balayeuse", first.nom.upper(), second.nom, "?", "", ""],
        ["service", "", "Paie", "Centre de gestion", first.nom, 300, "", 2025],
        ["sorcellerie", "", "Sorts", "EPCI", first.nom, 1, "", 2025],
        ["service", "", "Boucle", first.nom, first.nom, 1, "", 2025],
    ]


TITRES = ["Nature", "Service", "Objet", "Qui porte", "Qui bénéficie", "Montant annuel (€)", "Temps (ETP)", "Année"]


def test_a_table_is_previewed_line_by_line_then_taken(monde):
    contenu = write_xlsx("Flux", TITRES, build_table(monde))
    equipe = monde["equipe"]
    fichier = SimpleUploadedFile("flux.xlsx", contenu)
    page = read(post(equipe, "diagnostic:flux_apercu", status=200, fichier=fichier))
    assert "4 flux prêts à être enregistrés" in page
    assert "2 lignes à corriger" in page
    assert "Choisissez la nature du flux dans la liste" in page
    assert "Centre de gestion » est noté comme un autre organisme" in page
    assert not Flux.objects.exists()
    renvoi = client_for(equipe).post(
        chemin(equipe, "diagnostic:flux_apercu"), {"fichier": SimpleUploadedFile("f", contenu)}
    )
    lignes = read_textarea(renvoi)
    for _ in range(2):
        post(equipe, "diagnostic:flux_importer", lignes=lignes)
    assert [(f.nature, f.montant, f.temps, f.annee) for f in Flux.objects.order_by("pk")] == [
        ("service", 12_000_00, 50, 2025),
        ("ac", 1_234_50, None, 2025),
        ("bien", None, None, None),
        ("service", 300_00, None, 2025),
    ]


def read_textarea(response: Any) -> str:
    texte = response.content.decode()
    return unescape(texte.split('<textarea name="lignes" hidden>')[1].split("</textarea>")[0])


@pytest.mark.parametrize(
    ("contenu", "faute"),
    [
        (b"", "le fichier est vide"),
        (b"%PDF-1.7\x00\x01\x02\x03\x04\x05\x06", "n'est ni un classeur ni un tableau"),
        (b"PK\x03\x04rien", "classeur"),
        (b"a;b\n1;2\n", "Aucune ligne de titres"),
        ("Nature;Qui porte;Qui bénéficie\n".encode(), "n'a que ses titres"),
        ("Nature;Qui porte;Qui bénéficie\nservice;;\n".encode(), "Choisissez qui porte"),
    ],
    ids=["empty", "pdf", "broken", "no_titles", "titles_only", "no_names"],
)
def test_a_bad_table_gets_a_sentence_and_writes_nothing(monde, contenu, faute):
    fichier = SimpleUploadedFile("flux.xlsx", contenu or b" ")
    page = read(post(monde["equipe"], "diagnostic:flux_apercu", status=422, fichier=fichier))
    assert faute.casefold() in page.casefold()
    assert not Flux.objects.exists()


@pytest.mark.parametrize("lignes", ["", "{", "[]", "[1]", '[{"nature": "sorcellerie"}]', "[" * 100_000])
def test_a_preview_that_was_tampered_with_writes_nothing(monde, lignes):
    post(monde["equipe"], "diagnostic:flux_importer", status=422, lignes=lignes)
    assert not Flux.objects.exists()


def test_a_mairie_imports_nothing_of_others(monde):
    first, second = monde["communes"][:2]
    collage = f"Nature\tQui porte\tQui bénéficie\nbien\t{first.nom}\t{second.nom}\n"
    page = post(monde["mairies"][2], "diagnostic:flux_apercu", status=200, collage=collage)
    post(monde["mairies"][2], "diagnostic:flux_importer", status=403, lignes=read_textarea(page))
    assert not Flux.objects.exists()


def test_the_table_to_fill_reads_as_it_is(monde):
    response = client_for(monde["equipe"]).get(chemin(monde["equipe"], "diagnostic:flux_modele"))
    page = post(
        monde["equipe"], "diagnostic:flux_apercu", status=200, fichier=SimpleUploadedFile("m.xlsx", response.content)
    )
    assert "1 flux prêt à être enregistré" in read(page)


# What a commune gives and receives


def build_echanges(monde: dict[str, Any]) -> None:
    commune = monde["communes"][0]
    build_flux(monde["campagne"], None, commune, nature="ac", montant=120_000_00, objet="AC")
    build_flux(
        monde["campagne"], None, commune, nature="personnel", montant=31_415_00, temps=80, source="paie de Mme Z"
    )
    build_flux(monde["campagne"], commune, monde["communes"][1], nature="bien", montant=27_182_00)


def read_lu(page: str) -> str:
    return unescape(page.split('<textarea name="lu" hidden>')[1].split("</textarea>")[0])


def share(monde: dict[str, Any]) -> None:
    mairie = monde["mairies"][0]
    pk = monde["communes"][0].pk
    response = client_for(mairie).get(chemin(mairie, "diagnostic:donne_recois", pk))
    post(mairie, "diagnostic:donne_recois_partager", pk, lu=read_lu(response.content.decode()))


AUTRES = sorted(TABLE - {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.DRH, Role.MAIRE, Role.SECRETAIRE})


def test_the_others_see_nothing_before_its_mairie_says_so_then_no_small_figure(monde):
    build_echanges(monde)
    pk = monde["communes"][0].pk
    readers = [monde["mairies"][1], *(build_acteur_de(monde["demarche"], role) for role in AUTRES)]
    for acteur in readers:
        get(acteur, "diagnostic:donne_recois", pk, status=404)
        get(acteur, "diagnostic:donne_recois_pdf", pk, status=404)
        assert monde["communes"][0].nom not in get(acteur, "diagnostic:donne_recois_liste").split("<main")[1]
    share(monde)
    for acteur in readers:
        page = get(acteur, "diagnostic:donne_recois", pk)
        assert "120 000 €" in page
        for secret in ("31 415", "31415", "27 182", "Mme Z", "151 415"):
            assert secret not in page
        assert monde["communes"][0].nom in get(acteur, "diagnostic:donne_recois_liste")
    conseiller = build_acteur_de(monde["demarche"], Role.CONSEILLER_MUNICIPAL)
    get(conseiller, "diagnostic:donne_recois", pk, status=403)


def test_nobody_but_its_mairie_shares(monde):
    build_echanges(monde)
    pk = monde["communes"][0].pk
    post(monde["equipe"], "diagnostic:donne_recois_partager", pk, status=403, lu="{}")
    post(monde["mairies"][1], "diagnostic:donne_recois_partager", pk, status=404, lu="{}")
    assert not RelevePartage.objects.exists()


def test_what_changes_after_sharing_is_not_shared_and_a_stale_page_shares_nothing(monde):
    build_echanges(monde)
    pk, mairie = monde["communes"][0].pk, monde["mairies"][0]
    stale = read_lu(client_for(mairie).get(chemin(mairie, "diagnostic:donne_recois", pk)).content.decode())
    share(monde)
    build_flux(monde["campagne"], None, monde["communes"][0], nature="dsc", montant=77_000_00)
    assert "77 000" not in get(monde["mairies"][1], "diagnostic:donne_recois", pk)
    page = get(mairie, "diagnostic:donne_recois", pk)
    assert "77 000" in page
    assert "Des flux ont changé depuis" in page
    told = post(mairie, "diagnostic:donne_recois_partager", pk, status=409, lu=stale)
    assert "relisez le relevé" in read(told)
    post(mairie, "diagnostic:donne_recois_reprendre", pk)
    get(monde["mairies"][1], "diagnostic:donne_recois", pk, status=404)


def test_the_mairie_reads_its_own_small_figures_and_downloads_one_page(monde):
    build_echanges(monde)
    mairie, pk = monde["mairies"][0], monde["communes"][0].pk
    page = get(mairie, "diagnostic:donne_recois", pk)
    assert "31 415 €" in page
    assert "27 182 €" in page
    response = client_for(mairie).get(chemin(mairie, "diagnostic:donne_recois_pdf", pk))
    assert response.content.startswith(b"%PDF")
    assert response.content.count(b"/Type /Page\n") + response.content.count(b"/Type/Page/") <= 1


# Cost


@pytest.mark.parametrize("nombre", [1, 3])
def test_the_queries_of_the_list_do_not_grow(monde, nombre, django_assert_num_queries):
    for rang in range(nombre):
        build_flux(monde["campagne"], None, monde["communes"][rang], montant=100)
        build_flux(monde["campagne"], None, monde["communes"][rang], montant=90, declare_par=monde["communes"][rang])
    equipe = monde["equipe"]
    client, adresse = client_for(equipe), chemin(equipe, "diagnostic:flux")
    client.get(adresse)
    with django_assert_num_queries(7):
        client.get(adresse)


@pytest.mark.parametrize("nombre", [1, 3])
def test_the_queries_of_a_sheet_do_not_grow(monde, nombre, django_assert_num_queries):
    for rang in range(nombre):
        build_flux(monde["campagne"], None, monde["communes"][0], montant=100 + rang)
    mairie = monde["mairies"][0]
    client, adresse = client_for(mairie), chemin(mairie, "diagnostic:donne_recois", monde["communes"][0].pk)
    client.get(adresse)
    with django_assert_num_queries(7):
        client.get(adresse)


def test_the_journal_tells_neither_the_words_nor_the_figures_of_a_flow(monde):
    """The présidence reads what the équipe projet does in the journal, and reads no flow."""
    one = build_flux(monde["campagne"], None, monde["communes"][0], objet="Paie de Mme Z", montant=31_415_00)
    other = build_flux(monde["campagne"], None, monde["communes"][0], declare_par=monde["communes"][0], montant=100)
    post(monde["equipe"], "diagnostic:flux_juger", one.pk, other.pk, verdict="meme")
    post(monde["equipe"], "diagnostic:flux_separer", other.pk)
    post(monde["equipe"], "diagnostic:flux_ecarter", one.pk, motif="Compté avec Mme Z")
    phrases = " ".join(Acte.objects.values_list("phrase", flat=True))
    assert "a réuni deux déclarations" in phrases
    assert "Mme Z" not in phrases
    assert "31" not in phrases
