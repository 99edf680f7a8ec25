"""A séance that is shown the précadrage, and the note that it validated it: rights, moments, page, form."""

import pytest
from django.urls import reverse
from tests.plateforme.fabriques import build_acteur_de, build_demarche, client_for, set_horloge
from tests.plateforme.instances.outils import DANS_DIX_JOURS, build_table
from tests.plateforme.projet.fabrique_cadre import build_equipe, build_valide, propose, write_brouillon

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.instances import actions
from communaccord.plateforme.projet.actions.cadre import take_back_cadre
from communaccord.plateforme.projet.enums.cadre import EtatCadre
from communaccord.plateforme.projet.queries import find_cadre
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
BOUTON = "Noter que cette séance a validé le précadrage"


@pytest.fixture
def table():
    return build_table()


@pytest.fixture
def ensuite(monkeypatch):
    """The day after the séance."""
    instant = DANS_DIX_JOURS.replace(hour=22)
    set_horloge(monkeypatch, instant)
    return instant


def show(table, cadre):
    """A séance whose first item presents the précadrage."""
    seance = table.open_seance()
    point = seance.points.get()
    actions.update_point(
        acteur=table.equipe,
        instant=DANS_DIX_JOURS,
        point=point,
        version=0,
        titre="Le précadrage",
        type=point.type,
        precadrage=cadre,
    )
    return seance, point


def conclude(table, point, conclusion="Le comité valide le précadrage."):
    actions.record_conclusion(
        acteur=table.equipe, instant=DANS_DIX_JOURS, point=point, version=point.version, conclusion=conclusion
    )


def validate(acteur, point, instant, version=None):
    version = point.precadrage.version if version is None else version
    return actions.validate_precadrage(acteur=acteur, instant=instant, point=point, version=version)


@pytest.mark.parametrize("who", ["equipe", "president"])
def test_a_seance_held_and_concluded_validates_it(table, ensuite, who):
    cadre = propose(table.equipe)
    seance, point = show(table, cadre)
    conclude(table, point)
    table.hold(seance)
    point.refresh_from_db()
    validate(getattr(table, who), point, ensuite)
    found = find_cadre(table.demarche)
    assert (found, found.valide_le, found.instance) == (cadre, seance.debut_local.date(), seance.instance.nom)


def test_not_before_it_is_held_nor_without_a_conclusion(table, ensuite):
    seance, point = show(table, propose(table.equipe))
    with pytest.raises(Conflit, match="pas encore tenue"):
        validate(table.equipe, point, ensuite)
    table.hold(seance)
    point.refresh_from_db()
    with pytest.raises(Conflit, match="d'abord la conclusion"):
        validate(table.equipe, point, ensuite)
    assert find_cadre(table.demarche) is None


def test_an_item_without_a_precadrage(table, ensuite):
    seance = table.open_seance()
    table.hold(seance)
    with pytest.raises(Conflit, match="ne présente pas"):
        actions.validate_precadrage(acteur=table.equipe, instant=ensuite, point=seance.points.get(), version=1)


def test_what_was_taken_back_meanwhile_is_not_validated(table, ensuite):
    cadre = propose(table.equipe)
    seance, point = show(table, cadre)
    conclude(table, point)
    table.hold(seance)
    take_back_cadre(acteur=table.equipe, instant=ensuite, cadre=cadre, motif="Une faute.")
    point.refresh_from_db()
    with pytest.raises(Conflit, match="ne peut pas devenir"):
        validate(table.equipe, point, ensuite)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EQUIPE_PROJET, Role.DGS_EPCI, Role.PRESIDENT, Role.MAIRE}))
def test_nobody_else_notes_it(table, ensuite, role):
    seance, point = show(table, propose(table.equipe))
    conclude(table, point)
    table.hold(seance)
    point.refresh_from_db()
    with pytest.raises(ActionRefusee):
        validate(build_acteur_de(table.demarche, role), point, ensuite)
    with pytest.raises(ActionRefusee):
        validate(table.maires[0], point, ensuite)


def test_the_precadrage_of_another_demarche_is_not_put_to_a_seance(table):
    other = propose(build_equipe(build_demarche()))
    with pytest.raises(ActionRefusee, match="autre démarche"):
        show(table, other)


def test_it_is_carried_with_its_item(table):
    cadre = propose(table.equipe)
    _, point = show(table, cadre)
    vers = table.open_seance(table.open_instance("conference_des_maires"), points=0)
    carried = actions.carry_point(acteur=table.equipe, instant=DANS_DIX_JOURS, point=point, vers=vers)
    assert carried.precadrage == cadre


def test_the_page_shows_it_and_notes_it_in_one_click(table, ensuite):
    cadre = propose(table.equipe)
    seance, point = show(table, cadre)
    table.convoke(seance)
    maire, equipe = client_for(table.maires[0]), client_for(table.equipe)
    adresse = reverse("instances:seance", args=(table.maires[0].mandat_id, seance.pk))
    assert "Précadrage politique, version 1</a>" in maire.get(adresse).text
    mine = reverse("instances:seance", args=(table.equipe.mandat_id, seance.pk))
    assert BOUTON not in equipe.get(mine).text
    conclude(table, point)
    table.hold(seance)
    assert BOUTON in equipe.get(mine).text
    assert BOUTON not in maire.get(adresse).text
    act = reverse("instances:valider_precadrage", args=(table.equipe.mandat_id, point.pk))
    assert equipe.post(act, {"version": "x"}).status_code == 409
    answer = equipe.post(act, {"version": str(cadre.version)})
    assert answer.status_code == 303
    text = equipe.get(answer.url).text
    assert "cette version est maintenant le cadre de la démarche" in text
    assert BOUTON not in text
    cadre.refresh_from_db()
    assert cadre.etat == EtatCadre.VALIDE


def test_a_draft_is_named_without_a_link_to_who_does_not_read_it(table, ensuite):
    seance, _ = show(table, write_brouillon(table.equipe))
    table.convoke(seance)
    adresse = reverse("instances:seance", args=(table.maires[0].mandat_id, seance.pk))
    text = client_for(table.maires[0]).get(adresse).text
    assert "Précadrage politique, version 1" in text
    assert "Précadrage politique, version 1</a>" not in text


def test_the_form_offers_the_versions(table, monkeypatch):
    set_horloge(monkeypatch)
    build_valide(table.equipe)
    cadre = propose(table.equipe)
    seance = table.open_seance()
    point = seance.points.get()
    client = client_for(table.equipe)
    adresse = reverse("instances:modifier_point", args=(table.equipe.mandat_id, point.pk))
    assert "précadrage, version 2" in client.get(adresse).text
    values = {"titre": "Le cadre", "type": "avis", "precadrage": cadre.pk, "version": point.version}
    assert client.post(adresse, values).status_code == 303
    point.refresh_from_db()
    assert point.precadrage == cadre


@pytest.mark.parametrize("points", [1, 3])
def test_the_page_asks_no_more_queries(table, monkeypatch, django_assert_num_queries, points):
    set_horloge(monkeypatch)
    cadre = propose(table.equipe)
    seance = table.open_seance(points=points)
    seance.points.update(precadrage=cadre)
    client = client_for(table.equipe)
    adresse = reverse("instances:seance", args=(table.equipe.mandat_id, seance.pk))
    client.get(adresse)
    with django_assert_num_queries(11):
        assert client.get(adresse).status_code == 200
