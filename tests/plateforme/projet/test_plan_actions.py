"""The plan: who writes it, two people at once, order, what holds an element, a whole plan imported twice."""

from dataclasses import replace

import pytest
from tests.plateforme.dossiers.fabrique import build_contenu
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, build_mandat
from tests.plateforme.projet.plan_fabrique import add, build_equipe, build_plan, read_titres, write_classeur

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import create_dossier
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.projet.actions.import_plan import Bilan, import_plan
from communaccord.plateforme.projet.actions.plan import (
    ContenuElement,
    EditionConcurrente,
    create_element,
    delete_element,
    edit_element,
    move_element,
)
from communaccord.plateforme.projet.enums.plan import EtatAction, Niveau
from communaccord.plateforme.projet.lecture.fichiers import read_fichier
from communaccord.plateforme.projet.lecture.plans import ElementLu
from communaccord.plateforme.projet.models import ActionProjet, Objectif, Orientation
from communaccord.plateforme.projet.pages.plan_exports import build_xlsx
from communaccord.plateforme.projet.queries import read_arbre, read_plan
from communaccord.plateforme.projet.rules.plan import may_edit_plan
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
ECRIVENT = {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.CONSULTANT}


@pytest.fixture
def demarche():
    return build_demarche()


@pytest.fixture
def equipe(demarche):
    return build_equipe(demarche)


def move(equipe, element, niveau, rang, *, haut):
    move_element(acteur=equipe, instant=INSTANT, niveau=niveau, element=element, vers_le_haut=haut, rang=rang)


def bring(equipe, elements, *, remplacer=False):
    return import_plan(acteur=equipe, instant=INSTANT, elements=elements, remplacer=remplacer)


@pytest.mark.parametrize("role", Role)
def test_who_writes_the_plan(demarche, equipe, role):
    acteur = build_acteur_de(demarche, role)
    orientation = add(equipe, Niveau.ORIENTATION, "Orientation (fictif)")
    common = {"acteur": acteur, "instant": INSTANT, "niveau": Niveau.ORIENTATION}
    acts = (
        lambda: create_element(contenu=ContenuElement("Une autre"), **common),
        lambda: edit_element(element=orientation, version=1, contenu=ContenuElement("Changée"), **common),
        lambda: move_element(element=orientation, vers_le_haut=True, rang=1, **common),
        lambda: import_plan(
            acteur=acteur, instant=INSTANT, elements=[ElementLu(Niveau.ORIENTATION, "Venue")], remplacer=False
        ),
        lambda: delete_element(element=orientation, **common),
    )
    assert bool(may_edit_plan(acteur)) is (role in ECRIVENT)
    for act in acts:
        if role in ECRIVENT:
            act()
        else:
            with pytest.raises(ActionRefusee):
                act()
    assert Orientation.objects.filter(pk=orientation.pk).exists() is (role not in ECRIVENT)


def test_another_demarche_reads_and_writes_nothing_of_it(equipe):
    stranger = build_equipe(build_demarche())
    orientation = add(equipe, Niveau.ORIENTATION, "Orientation (fictif)")
    common = {"acteur": stranger, "instant": INSTANT, "niveau": Niveau.ORIENTATION, "element": orientation}
    for act in (
        lambda: edit_element(version=1, contenu=ContenuElement("Prise"), **common),
        lambda: move_element(vers_le_haut=True, rang=1, **common),
        lambda: delete_element(**common),
    ):
        with pytest.raises(ActionRefusee):
            act()
    for niveau in (Niveau.OBJECTIF, Niveau.ACTION):
        with pytest.raises(Conflit, match="n'est plus dans le plan"):
            add(stranger, niveau, "Sous une autre", parent=orientation.pk)
    assert read_arbre(stranger.demarche) == ()


def test_the_tree_is_read_in_its_order(demarche, equipe):
    build_plan(equipe)
    arbre = read_arbre(demarche)
    assert [o.titre for o in arbre] == ["Orientation 1 (fictif)", "Orientation 2 (fictif)"]
    assert [b.titre for b in arbre[0].objectifs] == ["Objectif 1.1", "Objectif 1.2"]
    assert [a.titre for a in arbre[0].objectifs[0].actions] == ["Action 1a", "Action 1b"]
    assert [a.titre for a in read_plan(demarche).libres] == ["Action sans objectif"]
    assert [b.titre for b in read_plan(demarche).sans_action] == ["Objectif 1.2", "Objectif 2.2"]


def test_an_action_is_carried_by_an_elu_or_by_a_name(demarche, equipe):
    maire = build_mandat(demarche, Role.MAIRE)
    action = add(equipe, Niveau.ACTION, "Une action", porteur=maire)
    assert action.nom_du_porteur == maire.libelle
    assert add(equipe, Niveau.ACTION, "Une autre", porteur_nom="Mme Une (fictif)").nom_du_porteur == "Mme Une (fictif)"
    agent, ailleurs = build_mandat(demarche, Role.AGENT), build_mandat(build_demarche(), Role.MAIRE)
    for faux, mot in (({"porteur": agent}, "élu"), ({"porteur": ailleurs}, "élu")):
        with pytest.raises(Conflit, match=mot):
            add(equipe, Niveau.ACTION, "Fausse", **faux)
    with pytest.raises(Conflit, match="pas les deux"):
        add(equipe, Niveau.ACTION, "Fausse", porteur=maire, porteur_nom="Mme Une (fictif)")
    with pytest.raises(Conflit, match="État inconnu"):
        add(equipe, Niveau.ACTION, "Fausse", etat="ailleurs")
    with pytest.raises(Conflit, match="titre"):
        add(equipe, Niveau.ACTION, "  ")
    with pytest.raises(Conflit, match="sous une orientation"):
        add(equipe, Niveau.OBJECTIF, "Sans orientation")


def test_the_same_thing_added_twice_is_added_once(demarche, equipe):
    add(equipe, Niveau.ORIENTATION, "Vivre (fictif)")
    with pytest.raises(Conflit, match="déjà dans le plan"):
        add(equipe, Niveau.ORIENTATION, "Vivre (fictif)")
    assert read_titres(demarche)[0] == ["Vivre (fictif)"]


def test_the_second_editor_is_told(demarche, equipe):
    build_plan(equipe)
    action = ActionProjet.objects.get(titre="Action 1a")
    other = Objectif.objects.get(titre="Objectif 2.1")
    common = {"acteur": equipe, "instant": INSTANT, "niveau": Niveau.ACTION, "element": action, "version": 1}
    moved = edit_element(contenu=ContenuElement("Action 1a bis", parent=other.pk), **common)
    assert (moved.objectif_id, moved.rang, moved.version) == (other.pk, 3, 2)
    with pytest.raises(EditionConcurrente) as refus:
        edit_element(contenu=ContenuElement("Écrasée"), **common)
    assert refus.value.actuel.titre == "Action 1a bis"
    action.delete()
    with pytest.raises(Conflit, match="n'est plus dans le plan"):
        edit_element(contenu=ContenuElement("Écrasée"), **common)


def test_people_give_the_order(demarche, equipe):
    rows = [add(equipe, Niveau.ORIENTATION, titre) for titre in "ABC"]
    move(equipe, rows[2], Niveau.ORIENTATION, 3, haut=True)
    assert [o.titre for o in read_arbre(demarche)] == list("ACB")
    with pytest.raises(Conflit, match="vient de changer"):
        move(equipe, rows[2], Niveau.ORIENTATION, 3, haut=True)
    move(equipe, rows[0], Niveau.ORIENTATION, 1, haut=True)
    move(equipe, rows[0], Niveau.ORIENTATION, 1, haut=False)
    assert [o.titre for o in read_arbre(demarche)] == list("CAB")
    delete_element(acteur=equipe, instant=INSTANT, niveau=Niveau.ORIENTATION, element=rows[0])
    assert add(equipe, Niveau.ORIENTATION, "D").rang == 4
    move(equipe, rows[1], Niveau.ORIENTATION, 2, haut=False)
    assert [o.titre for o in read_arbre(demarche)] == list("CDB")


def test_what_holds_others_or_is_served_stays(demarche, equipe):
    build_plan(equipe)
    orientation, objectif = Orientation.objects.first(), Objectif.objects.get(titre="Objectif 1.2")
    contenu = build_contenu(demarche, objectifs=(objectif.pk,))
    create_dossier(acteur=equipe, instant=INSTANT, contenu=contenu)
    before = Acte.objects.count()
    for niveau, element, mot in (
        (Niveau.ORIENTATION, orientation, "2 objectifs"),
        (Niveau.OBJECTIF, Objectif.objects.get(titre="Objectif 1.1"), "2 actions"),
        (Niveau.OBJECTIF, objectif, "un dossier au moins"),
    ):
        with pytest.raises(Conflit, match=mot):
            delete_element(acteur=equipe, instant=INSTANT, niveau=niveau, element=element)
    assert Acte.objects.count() == before
    ailleurs = build_contenu(demarche, titre="Autre (fictif)", objectifs=(objectif.pk, 0))
    with pytest.raises(Conflit, match="n'est plus dans le projet"):
        create_dossier(acteur=equipe, instant=INSTANT, contenu=ailleurs)


FICHIER = [
    ["Orientation", "Objectif", "Action", "Porteur", "Échéance"],
    ["Orientation 1 (fictif)", "Objectif 1.1", "ACTION 1A", "Mme Une (fictif)", "2030"],
    [None, None, "Action nouvelle"],
    ["Orientation neuve", "Objectif neuf", "Action neuve"],
]


def test_an_import_adds_what_is_new_and_doubles_nothing(demarche, equipe):
    build_plan(equipe)
    elements = read_fichier(write_classeur(FICHIER)).elements
    assert bring(equipe, elements) == Bilan(4, 0, 0)
    acts = Acte.objects.count()
    assert bring(equipe, elements) == Bilan(0, 0, 0)
    assert Acte.objects.count() == acts
    known = ActionProjet.objects.get(titre="Action 1a")
    assert (known.porteur_nom, known.echeance) == ("", "2028")
    assert [a.titre for a in read_arbre(demarche)[0].objectifs[0].actions] == [
        "Action 1a",
        "Action 1b",
        "Action nouvelle",
    ]


def test_an_import_that_replaces_keeps_what_the_file_says_and_its_links(demarche, equipe):
    build_plan(equipe)
    objectif = Objectif.objects.get(titre="Objectif 1.1")
    dossier = create_dossier(acteur=equipe, instant=INSTANT, contenu=build_contenu(demarche, objectifs=(objectif.pk,)))
    elements = read_fichier(write_classeur(FICHIER)).elements
    bilan = bring(equipe, elements, remplacer=True)
    assert (bilan.ajoutes, bilan.retires) == (4, 8)
    assert read_titres(demarche) == (
        ["Orientation 1 (fictif)", "Orientation neuve"],
        ["Objectif 1.1", "Objectif neuf"],
        ["ACTION 1A", "Action nouvelle", "Action neuve"],
    )
    assert ActionProjet.objects.get(titre="ACTION 1A").porteur_nom == "Mme Une (fictif)"
    assert list(dossier.objectifs.all()) == [objectif]
    assert bring(equipe, elements, remplacer=True) == Bilan(0, 0, 0)


def test_a_replacement_that_a_dossier_forbids_writes_nothing(demarche, equipe):
    build_plan(equipe)
    objectif = Objectif.objects.get(titre="Objectif 2.2")
    create_dossier(acteur=equipe, instant=INSTANT, contenu=build_contenu(demarche, objectifs=(objectif.pk,)))
    before = read_plan(demarche)
    with pytest.raises(Conflit, match=r"« Objectif 2\.2 »"):
        bring(equipe, read_fichier(write_classeur(FICHIER)).elements, remplacer=True)
    assert read_plan(demarche) == before


@pytest.mark.parametrize(
    "element",
    [
        ElementLu(Niveau.ORIENTATION, " "),
        ElementLu(Niveau.ORIENTATION, "x" * 301),
        ElementLu("ailleurs", "Titre"),
        ElementLu(Niveau.OBJECTIF, "Sans orientation"),
        ElementLu(Niveau.ACTION, "Sans objectif", orientation="O"),
        ElementLu(Niveau.ACTION, "Sans orientation", objectif="B"),
    ],
)
def test_what_no_preview_gives_is_refused_whole(demarche, equipe, element):
    with pytest.raises(Conflit, match="ne peut pas être repris"):
        bring(equipe, [ElementLu(Niveau.ORIENTATION, "Juste"), element])
    assert read_titres(demarche) == ([], [], [])


def test_a_plan_goes_out_and_comes_back_the_same(demarche, equipe):
    build_plan(equipe)
    maire = build_mandat(demarche, Role.MAIRE)
    add(equipe, Niveau.ORIENTATION, "Orientation seule", texte="Deux\nlignes.")
    objectif = Objectif.objects.get(titre="Objectif 1.2")
    add(equipe, Niveau.ACTION, "=1+1", parent=objectif.pk, porteur=maire, etat=EtatAction.REALISEE, texte="Fait.")
    before = read_plan(demarche)
    elements = read_fichier(build_xlsx(demarche, before, INSTANT)).elements
    assert bring(equipe, elements, remplacer=True) == Bilan(0, 0, 0)
    other = build_equipe(build_demarche())
    bring(other, elements)
    assert strip_keys(read_plan(other.demarche)) == strip_keys(before)


def strip_keys(arbre):
    """The plan without what the base numbers."""
    return [
        (o.titre, o.texte, [(b.titre, b.texte, [replace(a, pk=0) for a in b.actions]) for b in o.objectifs])
        for o in arbre.orientations
    ] + [[replace(a, pk=0) for a in arbre.libres]]
