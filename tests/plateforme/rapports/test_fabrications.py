"""The making of files: one demand, one row, one file, whoever dies on the way."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from tests.plateforme.fabriques import INSTANT, build_acteur_de
from tests.plateforme.rapports.fabrique import build_matiere, freeze, settle

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.documents.rendu import RenduImpossible
from communaccord.plateforme.rapports.actions import ask_fabrication, fabricate, validate_version, veiller
from communaccord.plateforme.rapports.actions import fabrications as module
from communaccord.plateforme.rapports.actions.fabrications import get_fichier
from communaccord.plateforme.rapports.models import Fabrication
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
FILE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def matiere():
    _, dossier, equipe, president = build_matiere(4)
    settle(dossier, equipe)
    return equipe, president, freeze(equipe)


def ask(acteur, genre, version=None, instant=INSTANT):
    return ask_fabrication(acteur=acteur, instant=instant, genre=genre, version=version)


def list_fichiers(tmp_path):
    return sorted(path.name for path in (tmp_path / "rapports").glob("*"))


def test_one_document_is_one_row_and_one_file_however_often_it_is_asked(matiere, tmp_path):
    equipe, president, version = matiere
    first = ask(equipe, "rapport_pdf", version)
    content = get_fichier(first).read_bytes()
    again = ask(president, "rapport_pdf", version, INSTANT + MINUTE)
    assert (again.pk, again.demandee_par, again.terminee_le) == (first.pk, first.demandee_par, first.terminee_le)
    assert list_fichiers(tmp_path) == [f"{first.pk}.pdf"]
    assert get_fichier(again).read_bytes() == content
    assert Fabrication.objects.count() == 1


def test_a_version_gives_the_same_bytes_each_time(matiere):
    equipe, _, version = matiere
    for genre in ("rapport_pdf", "rapport_docx", "courriers"):
        row = ask(equipe, genre, version)
        assert row.etat == "prete", row.erreur
        content = get_fichier(row).read_bytes()
        Fabrication.objects.filter(pk=row.pk).update(etat="demandee", essais=0)
        assert fabricate(row.pk, lambda: INSTANT + MINUTE) == "prete"
        assert get_fichier(row).read_bytes() == content, genre


def test_a_draft_is_made_again_each_time_in_place_of_the_old(matiere, tmp_path):
    equipe, *_ = matiere
    first = ask(equipe, "rapport_docx")
    second = ask(equipe, "rapport_docx", instant=INSTANT + MINUTE)
    assert first.pk == second.pk
    assert second.demandee_le > first.demandee_le
    assert list_fichiers(tmp_path) == [f"{first.pk}.docx"]


def test_after_the_validation_the_file_no_longer_says_projet(matiere):
    equipe, president, version = matiere
    before = ask(equipe, "rapport_pdf", version)
    validate_version(acteur=president, instant=INSTANT + MINUTE, version=version, sciemment=True)
    version = type(version).objects.with_validation().get(pk=version.pk)
    after = ask(equipe, "rapport_pdf", version, INSTANT + 2 * MINUTE)
    assert after.pk == before.pk
    assert after.empreinte != before.empreinte


def test_a_validation_while_the_file_is_made_has_it_made_again(matiere, monkeypatch):
    """Whatever the clocks say: the worker read a version that was still a project."""
    equipe, president, version = matiere
    render, projets = module.render_rapport, []

    def validate_meanwhile(contenu, **options):
        projets.append(options["projet"])
        if len(projets) == 1:
            validate_version(acteur=president, instant=INSTANT, version=version, sciemment=True)
        return render(contenu, **options)

    monkeypatch.setattr(module, "render_rapport", validate_meanwhile)
    before = ask(equipe, "rapport_pdf", version)
    assert before.est_perimee
    version = type(version).objects.with_validation().get(pk=version.pk)
    after = ask(equipe, "rapport_pdf", version, INSTANT + 2 * MINUTE)
    assert projets == [True, False]
    assert (after.pk, after.est_perimee, after.projet) == (before.pk, False, False)
    assert after.empreinte != before.empreinte


@override_settings(TASKS=FILE)
def test_the_demand_waits_in_the_queue_with_its_row(matiere):
    equipe, _, version = matiere
    row = ask(equipe, "rapport_pdf", version)
    assert row.etat == "demandee"
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"] == [row.pk]
    ask(equipe, "rapport_pdf", version)
    assert DBTaskResult.objects.count() == 1


@override_settings(TASKS=FILE)
def test_a_killed_worker_leaves_a_demand_that_is_taken_again_once(matiere, monkeypatch, tmp_path):
    equipe, _, version = matiere
    row = ask(equipe, "courriers", version)

    def die(*_args):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(module, "build_archive", die)
        with pytest.raises(SystemExit):
            fabricate(row.pk, lambda: INSTANT)
    row.refresh_from_db()
    assert (row.etat, row.essais) == ("en_cours", 1)
    assert veiller(INSTANT + MINUTE) == 0
    assert veiller(INSTANT + 3 * MINUTE) == 1
    assert veiller(INSTANT + 3 * MINUTE) == 0
    assert DBTaskResult.objects.count() == 2
    assert fabricate(row.pk, lambda: INSTANT + 4 * MINUTE) == "prete"
    assert fabricate(row.pk, lambda: INSTANT + 4 * MINUTE) == "laissée"
    assert list_fichiers(tmp_path) == [f"{row.pk}.zip"]


@override_settings(TASKS=FILE)
def test_a_worker_that_comes_back_too_late_writes_nothing(matiere, monkeypatch, tmp_path):
    equipe, _, version = matiere
    row = ask(equipe, "rapport_pdf", version)
    render = module.render_rapport

    def be_slow(*args, **options):
        """Meanwhile the clock gives the demand to another, which ends it."""
        monkeypatch.setattr(module, "render_rapport", render)
        assert veiller(INSTANT + 3 * MINUTE) == 1
        assert fabricate(row.pk, lambda: INSTANT + 4 * MINUTE) == "prete"
        return b"trop tard"

    monkeypatch.setattr(module, "render_rapport", be_slow)
    assert fabricate(row.pk, lambda: INSTANT) == "laissée"
    assert get_fichier(row).read_bytes().startswith(b"%PDF")
    assert list_fichiers(tmp_path) == [f"{row.pk}.pdf"]


@override_settings(TASKS=FILE)
def test_a_demand_that_dies_three_times_says_so(matiere, monkeypatch):
    equipe, _, version = matiere
    row = ask(equipe, "rapport_pdf", version)

    def die(*_args, **_options):
        raise SystemExit

    monkeypatch.setattr(module, "render_rapport", die)
    for rang in range(3):
        with pytest.raises(SystemExit):
            fabricate(row.pk, lambda rang=rang: INSTANT + rang * 10 * MINUTE)
        veiller(INSTANT + (rang * 10 + 5) * MINUTE)
    row.refresh_from_db()
    assert (row.etat, row.essais) == ("echec", 3)
    assert "plusieurs fois" in row.erreur


def test_a_fault_is_told_in_one_sentence_and_the_demand_can_be_made_again(matiere, monkeypatch):
    equipe, _, version = matiere

    def refuse(*_args, **_options):
        raise RenduImpossible("Le document est trop grand.")

    with monkeypatch.context() as patch:
        patch.setattr(module, "render_rapport", refuse)
        row = ask(equipe, "rapport_pdf", version)
        assert (row.etat, row.erreur) == ("echec", "Le document est trop grand.")
    assert ask(equipe, "rapport_pdf", version).etat == "prete"


@override_settings(TASKS=FILE)
def test_a_demand_that_nobody_took_is_asked_again_after_a_while(matiere):
    equipe, _, version = matiere
    ask(equipe, "rapport_pdf", version)
    assert veiller(INSTANT + 9 * MINUTE) == 0
    assert veiller(INSTANT + 11 * MINUTE) == 1
    assert veiller(INSTANT + 12 * MINUTE) == 0


def test_who_may_ask(matiere):
    equipe, _, version = matiere
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    assert ask(maire, "rapport_pdf", version).etat == "prete"
    with pytest.raises(ActionRefusee):
        ask(maire, "courriers", version)
    with pytest.raises(ActionRefusee):
        ask(build_acteur_de(equipe.demarche, Role.AGENT), "rapport_pdf", version)
    with pytest.raises(Conflit, match="version figée"):
        ask(equipe, "courriers")
