"""The pages of the plan as people see them: reading, writing, ordering, importing, taking away; and their queries."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.plateforme.dossiers.fabrique import build_contenu, build_presente
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, build_mandat, client_for
from tests.plateforme.projet.plan_fabrique import (
    add,
    build_equipe,
    build_plan,
    read_titres,
    write_classeur,
    write_document,
)

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.actions import create_dossier
from communaccord.plateforme.projet.actions.plan import ContenuElement, edit_element
from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.models import ActionProjet, Objectif, Orientation
from communaccord.plateforme.projet.pages.plan import build_branches, write_avancement
from communaccord.plateforme.projet.queries import read_plan

pytestmark = pytest.mark.django_db
# Session, account, mandate in force: asked before any page of a démarche.
DOOR = 3


@pytest.fixture
def demarche():
    return build_demarche()


@pytest.fixture
def equipe(demarche):
    return build_equipe(demarche)


def flatten(response) -> str:
    """The words of a page, with ordinary spaces and apostrophes."""
    text = re.sub(r"[\u00a0\u202f]", " ", response.content.decode()).replace("’", "'")
    return text.replace("&#39;", "'")


def get(acteur, name, *args, query=""):
    return client_for(acteur).get(chemin(acteur, name, *args) + query)


def post(acteur, name, *args, **data):
    return client_for(acteur).post(chemin(acteur, name, *args), data)


def envoi(contenu: bytes, nom: str = "plan.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, contenu)


def read_cache(response) -> str:
    """What the preview asks to be sent back."""
    found = re.search(r'name="plan" value="([^"]*)"', response.content.decode())
    return found[1].replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")


@pytest.mark.parametrize("role", Role)
def test_everybody_of_the_demarche_reads_and_a_few_write(demarche, equipe, role):
    build_plan(equipe)
    acteur = build_acteur_de(demarche, role)
    text = flatten(get(acteur, "projet:accueil", query="?organiser=oui"))
    assert "2 orientations, 4 objectifs, 5 actions" in text
    assert "2 objectifs n'ont pas encore d'action et" not in text
    assert "2 objectifs n'ont pas encore d'action ; 1 action ne sert encore aucun objectif." in text
    writes = role in {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.CONSULTANT}
    assert ("Monter" in text) is writes
    assert ("Importer un plan" in text) is writes
    for name in ("projet:plan_importer", "projet:orientations_ajouter", "projet:plan_modele"):
        assert get(acteur, name).status_code == (200 if writes else 403)
    assert get(acteur, "projet:plan_classeur").status_code == 200


def test_an_empty_plan_teaches(demarche, equipe):
    maire = build_acteur_de(demarche, Role.MAIRE)
    assert "Importer un plan" in flatten(get(equipe, "projet:accueil"))
    text = flatten(get(maire, "projet:accueil"))
    assert "il apparaîtra ici" in text
    assert "0 orientation" not in text
    assert "n'a pas encore d'objectif" in flatten(get(maire, "dossiers:tracabilite"))


def test_reading_hides_the_tools(equipe):
    build_plan(equipe)
    text = flatten(get(equipe, "projet:accueil"))
    assert "Monter" not in text
    assert "Modifier le plan" in text


def test_the_tree_is_written_without_javascript(demarche, equipe):
    maire = build_mandat(demarche, Role.MAIRE)
    assert post(equipe, "projet:orientations_ajouter", titre="Vivre (fictif)").status_code == 302
    orientation = Orientation.objects.get()
    form = flatten(get(equipe, "projet:objectifs_ajouter", query=f"?sous={orientation.pk}"))
    assert f'value="{orientation.pk}" selected' in form
    post(equipe, "projet:objectifs_ajouter", titre="Ouvrir", parent=orientation.pk)
    objectif = Objectif.objects.get()
    response = post(
        equipe, "projet:actions_ajouter", titre="Réunir", parent=objectif.pk, porteur=maire.pk, etat="en_cours"
    )
    action = ActionProjet.objects.get()
    assert response["Location"].endswith(f"?organiser=oui&fait=ajoute#action-{action.pk}")
    text = flatten(get(equipe, "projet:accueil"))
    for mot in ("Vivre (fictif)", "Ouvrir", "Réunir", "en cours", f"portée par {maire.libelle}"):
        assert mot in text
    response = post(equipe, "projet:actions_modifier", action.pk, titre="Réunir tout", etat="realisee", version=1)
    assert response.status_code == 302
    action.refresh_from_db()
    assert (action.titre, action.objectif, action.porteur) == ("Réunir tout", None, None)
    post(equipe, "projet:actions_supprimer", action.pk)
    assert not ActionProjet.objects.exists()
    assert post(equipe, "projet:orientations_supprimer", orientation.pk).status_code == 409


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"titre": " "}, "titre"),
        ({"titre": "x" * 301}, "titre"),
        ({"texte": "x" * 4_001}, "texte"),
        ({"pilote": "x" * 251}, "pilote"),
        ({"echeance": "x" * 101}, "echeance"),
        ({"parent": "ailleurs"}, "parent"),
        ({"porteur": "999999"}, "porteur"),
        ({"etat": "ailleurs"}, "etat"),
    ],
)
def test_what_is_faulty_comes_back_whole(equipe, fault, field):
    response = post(
        equipe, "projet:actions_ajouter", **{"titre": "Réunir", "etat": "en_cours", "porteur_nom": "Mme Une", **fault}
    )
    text = flatten(response)
    assert response.status_code == 422
    assert f'href="#{field}"' in text
    assert f'id="{field}"' in text
    assert "Mme Une" in text
    assert not ActionProjet.objects.exists()


def test_two_porters_or_no_orientation_are_told(demarche, equipe):
    maire = build_mandat(demarche, Role.MAIRE)
    response = post(
        equipe, "projet:actions_ajouter", titre="Réunir", etat="en_cours", porteur=maire.pk, porteur_nom="Mme Une"
    )
    assert response.status_code == 422
    assert "pas les deux" in flatten(response)
    assert post(equipe, "projet:objectifs_ajouter", titre="Ouvrir").status_code == 422
    assert post(equipe, "projet:objectifs_ajouter", titre="Ouvrir", parent="999999").status_code == 409


def test_the_second_editor_is_told_and_keeps_their_text(equipe):
    action = add(equipe, Niveau.ACTION, "Réunir (fictif)")
    edit_element(
        acteur=equipe,
        instant=INSTANT,
        niveau=Niveau.ACTION,
        element=action,
        version=1,
        contenu=ContenuElement("Réunir", pilote="La direction des services"),
    )
    typed = {"titre": "Mon titre à moi", "etat": "en_cours"}
    response = post(equipe, "projet:actions_modifier", action.pk, version=1, **typed)
    text = flatten(response)
    assert response.status_code == 409
    assert "Mon titre à moi" in text
    assert "La direction des services" in text
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    assert post(equipe, "projet:actions_modifier", action.pk, version=version, **typed).status_code == 302
    assert ActionProjet.objects.get().titre == "Mon titre à moi"


def test_who_carries_it_stays_when_the_mandate_ends(demarche, equipe):
    maire = build_mandat(demarche, Role.MAIRE)
    action = add(equipe, Niveau.ACTION, "Réunir (fictif)", porteur=maire)
    maire.fin = INSTANT.date()
    maire.save()
    assert "(mandat terminé)" in flatten(get(equipe, "projet:actions_modifier", action.pk))
    assert "(mandat terminé)" not in flatten(get(equipe, "projet:actions_ajouter"))
    typed = {"titre": "Réunir tout", "etat": "en_cours", "porteur": maire.pk, "version": 1}
    assert post(equipe, "projet:actions_modifier", action.pk, **typed).status_code == 302
    assert ActionProjet.objects.get().porteur == maire
    assert post(equipe, "projet:actions_ajouter", **typed | {"titre": "Une autre"}).status_code == 422


def test_a_place_is_changed_by_a_button(equipe):
    rows = [add(equipe, Niveau.ORIENTATION, f"{titre} (fictif)") for titre in "AB"]
    response = post(equipe, "projet:orientations_deplacer", rows[0].pk, sens="bas", rang=1)
    assert response["Location"].endswith(f"#orientation-{rows[0].pk}")
    assert [o.titre[0] for o in read_plan(equipe.demarche).orientations] == ["B", "A"]
    assert post(equipe, "projet:orientations_deplacer", rows[0].pk, sens="bas", rang=1).status_code == 409
    assert post(equipe, "projet:orientations_deplacer", 999_999, sens="bas", rang=1).status_code == 404


def test_what_belongs_to_another_demarche_is_not_found(equipe):
    other = add(build_equipe(build_demarche()), Niveau.ORIENTATION, "Ailleurs (fictif)")
    assert get(equipe, "projet:orientations_modifier", other.pk).status_code == 404
    assert post(equipe, "projet:orientations_supprimer", other.pk).status_code == 404


LIGNES = [
    ["Orientation", "Objectif", "Action"],
    ["O1", "Ob1", "A1"],
    [None, None, None, "seul"],
    ["O2", "Ob2", "a & <b>"],
]


def test_a_file_is_previewed_then_written_once(demarche, equipe):
    response = post(equipe, "projet:plan_importer", fichier=envoi(write_classeur(LIGNES)))
    text = flatten(response)
    assert response.status_code == 200
    assert "2 orientations, 2 objectifs, 2 actions. Rien n'est encore écrit." in text
    assert read_titres(demarche) == ([], [], [])
    data = {"plan": read_cache(response).replace("&lt;", "<").replace("&gt;", ">"), "garde": ["O1", "O2"]}
    for fait in ("importe", "rien"):
        response = post(equipe, "projet:plan_importer", confirmer="oui", **data)
        assert response["Location"].endswith(f"?fait={fait}")
        assert read_titres(demarche) == (["O1", "O2"], ["Ob1", "Ob2"], ["A1", "a & <b>"])


def test_the_preview_says_what_is_new_whom_nobody_knows_and_what_has_no_year(demarche, equipe):
    elu = build_mandat(demarche, Role.PRESIDENT)
    lignes = [
        ["Orientation", "Objectif", "Action", "Porteur", "Échéance"],
        ["O1", "Ob1", "A1", elu.libelle, "2028"],
        ["O1", "Ob1", "A2", "Une voisine", "bientôt"],
    ]
    parent = add(equipe, Niveau.OBJECTIF, "Ob1", parent=add(equipe, Niveau.ORIENTATION, "O1").pk)
    add(equipe, Niveau.ACTION, "A1", parent=parent.pk)
    text = flatten(post(equipe, "projet:plan_importer", fichier=envoi(write_classeur(lignes))))
    assert text.count("déjà dans le plan : inchangée") == 1
    assert text.count(">nouvelle<") == 1
    assert "1 nom de porteur n'est celui d'aucun élu de la démarche : « Une voisine »" in text
    assert "1 échéance sans année : « bientôt »" in text


def test_what_is_unticked_is_not_written(demarche, equipe):
    response = post(
        equipe,
        "projet:plan_importer",
        fichier=envoi(write_document([(1, "Introduction"), (1, "O1"), (2, "Ob1"), (3, "A1")]), "plan.docx"),
    )
    plan = read_cache(response)
    response = post(equipe, "projet:plan_importer", confirmer="oui", plan=plan)
    assert response.status_code == 422
    assert "cochez au moins une orientation" in flatten(response)
    post(equipe, "projet:plan_importer", confirmer="oui", plan=plan, garde="O1")
    assert read_titres(demarche) == (["O1"], ["Ob1"], ["A1"])


def test_replacing_tells_what_would_go_and_what_prevents_it(demarche, equipe):
    build_plan(equipe)
    objectif = Objectif.objects.get(titre="Objectif 1.2")
    create_dossier(acteur=equipe, instant=INSTANT, contenu=build_contenu(demarche, objectifs=(objectif.pk,)))
    response = post(equipe, "projet:plan_importer", fichier=envoi(write_classeur(LIGNES)))
    assert "Ce qui serait retiré : 11 éléments" in flatten(response)
    data = {"confirmer": "oui", "plan": read_cache(response), "garde": ["O1"], "remplacer": "oui"}
    response = post(equipe, "projet:plan_importer", **data)
    assert response.status_code == 409
    assert "« Objectif 1.2 »" in flatten(response)
    assert "O1" not in read_titres(demarche)[0]


@pytest.mark.parametrize(
    ("data", "mot"),
    [
        ({}, "Choisissez un fichier"),
        ({"confirmer": "oui", "plan": "abîmé"}, "perdu en route"),
        ({"confirmer": "oui", "plan": '[{"niveau": "orientations", "titre": ""}]'}, "modifié en route"),
    ],
)
def test_a_lost_file_is_told(equipe, data, mot):
    response = post(equipe, "projet:plan_importer", **data)
    assert response.status_code == 422
    assert mot in flatten(response)


def test_a_bad_file_is_told_beside_its_field(equipe):
    for contenu in (b"%PDF-1.7", b"", b"PK\x03\x04"):
        response = post(equipe, "projet:plan_importer", fichier=envoi(contenu), premier="9")
        assert response.status_code == 422
        assert 'href="#fichier"' in flatten(response)


def test_files_are_taken_away(demarche, equipe):
    build_plan(equipe)
    response = get(equipe, "projet:plan_pdf")
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].endswith('.pdf"')
    rows = CalamineWorkbook.from_filelike(BytesIO(get(equipe, "projet:plan_classeur").content))
    cells = [cell for row in rows.get_sheet_by_index(0).to_python() for cell in row]
    assert {"Orientation", "Action 1a", "Action sans objectif"} <= set(cells)
    modele = get(equipe, "projet:plan_modele").content
    response = post(equipe, "projet:plan_importer", fichier=envoi(modele))
    assert "1 orientation, 2 objectifs, 2 actions" in flatten(response)


def test_a_typed_text_is_never_markup(demarche, equipe):
    build_plan(equipe)
    add(equipe, Niveau.ORIENTATION, "#import <b>* $ @ _gras_ « 東京 »", texte='<script>alert("x")</script>')
    assert "<script>alert" not in get(equipe, "projet:accueil").content.decode()
    assert get(equipe, "projet:plan_pdf").content.startswith(b"%PDF-")


def test_progress_is_counted(equipe):
    assert write_avancement(read_plan(equipe.demarche)) == ""
    for rang, etat in enumerate(("realisee", "realisee", "en_cours")):
        add(equipe, Niveau.ACTION, f"Action {rang}", etat=etat)
    assert "1 en cours et 2 réalisées" in write_avancement(read_plan(equipe.demarche))
    assert build_branches(()) == []


def test_dossiers_and_objectifs_answer_each_other(demarche, equipe):
    build_plan(equipe)
    served, alone = Objectif.objects.get(titre="Objectif 1.1"), Objectif.objects.get(titre="Objectif 1.2")
    create_dossier(
        acteur=equipe, instant=INSTANT, contenu=build_contenu(demarche, titre="Dossier un", objectifs=(served.pk,))
    )
    dossier = create_dossier(acteur=equipe, instant=INSTANT, contenu=build_contenu(demarche, titre="Dossier deux"))
    text = flatten(get(equipe, "dossiers:tracabilite"))
    assert "4 objectifs, 2 dossiers ; 2 objectifs n'ont ni dossier ni action et 1 dossier ne dit servir" in text
    form = flatten(get(equipe, "dossiers:modifier", dossier.pk))
    assert f'name="objectifs" value="{alone.pk}"' in form
    typed = {"titre": "Dossier deux", "domaine": "libre", "version": "1", "objectifs": [alone.pk]}
    assert post(equipe, "dossiers:modifier", dossier.pk, **typed).status_code == 302
    assert "Objectif 1.2" in flatten(get(equipe, "dossiers:dossier", dossier.pk))
    assert "1 objectif n'a ni dossier ni action" in flatten(get(equipe, "dossiers:tracabilite"))
    response = post(equipe, "dossiers:modifier", dossier.pk, **typed | {"objectifs": [served.pk]})
    assert response.status_code == 409
    assert "Objectifs du projet de territoire</strong>, enregistré maintenant" in flatten(response)
    typed |= {"version": "2", "objectifs": ["ailleurs"]}
    response = post(equipe, "dossiers:modifier", dossier.pk, **typed)
    assert response.status_code == 422
    assert 'href="#objectifs"' in flatten(response)


def test_a_dossier_that_is_not_presented_is_not_told(demarche, equipe):
    build_plan(equipe)
    objectif = Objectif.objects.get(titre="Objectif 1.1")
    contenu = build_contenu(demarche, titre="Encore secret", objectifs=(objectif.pk,))
    create_dossier(acteur=equipe, instant=INSTANT, contenu=contenu)
    maire = build_acteur_de(demarche, Role.MAIRE)
    assert "Encore secret" not in flatten(get(maire, "dossiers:tracabilite"))
    assert "Encore secret" not in flatten(get(maire, "projet:accueil"))


def count_queries(acteur, name, *args, query=""):
    client = client_for(acteur)
    adresse = chemin(acteur, name, *args) + query
    with CaptureQueriesContext(connection) as captured:
        assert client.get(adresse).status_code == 200
    return len(captured)


@pytest.mark.parametrize("orientations", [1, 3])
def test_queries(demarche, equipe, orientations):
    build_plan(equipe, orientations)
    objectif = Objectif.objects.first()
    for rang in range(orientations):
        contenu = build_contenu(demarche, titre=f"Dossier {rang}", objectifs=(objectif.pk,))
        create_dossier(acteur=equipe, instant=INSTANT, contenu=contenu)
    maire = build_acteur_de(demarche, Role.MAIRE)
    # Orientations, objectifs, actions.
    assert count_queries(maire, "projet:accueil") == DOOR + 4
    assert count_queries(equipe, "projet:accueil", query="?organiser=oui") == DOOR + 4
    assert count_queries(equipe, "projet:plan_pdf") == DOOR + 3
    assert count_queries(equipe, "projet:plan_classeur") == DOOR + 3
    # The action, the orientations and the objectifs that it may serve, the élus who may carry it.
    action = ActionProjet.objects.first()
    assert count_queries(equipe, "projet:actions_modifier", action.pk) == DOOR + 4
    # The plan, the dossiers, their objectifs.
    assert count_queries(equipe, "dossiers:tracabilite") == DOOR + 5


def test_a_presented_dossier_says_its_objectifs():
    dossier, equipe = build_presente()
    build_plan(equipe)
    objectif = Objectif.objects.get(titre="Objectif 1.1")
    dossier.objectifs.set([objectif])
    agent = build_acteur_de(dossier.demarche, Role.AGENT)
    assert f"#objectif-{objectif.pk}" in flatten(get(agent, "dossiers:dossier", dossier.pk))
    assert dossier.titre in flatten(get(agent, "dossiers:tracabilite"))
