"""Personal codes: five looks at most, whatever happens at the same time; a provisional code validates nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from tests.plateforme.fabriques import CODE, INSTANT, build_acteur_de, build_demarche, give_code, list_communes

from communaccord.plateforme.comptes import codes
from communaccord.plateforme.comptes.actions import replace_code, reset_code
from communaccord.plateforme.comptes.codes import (
    ATTENTE,
    CodeProvisoire,
    CodeRefuse,
    check_code,
    claim_essai,
    draw_code,
    is_weak,
    set_code,
)
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee

pytestmark = pytest.mark.django_db
FAUX = "3141 5926"


@pytest.fixture
def looks(monkeypatch):
    """Every look at an imprint; comparing texts instead of hashing, which is slow on purpose."""
    seen = []

    def check(code, imprint):
        seen.append(code)
        return imprint == f"empreinte {code}"

    monkeypatch.setattr(codes, "check_password", check)
    monkeypatch.setattr(codes, "make_password", lambda code: f"empreinte {code}")
    return seen


@pytest.fixture
def maire(looks):
    acteur = build_acteur_de(build_demarche(), Role.MAIRE)
    give_code(acteur)
    return acteur


def attempt(acteur, code=FAUX, instant=INSTANT):
    with pytest.raises(CodeRefuse) as caught:
        check_code(personne=acteur.mandat.personne, code=code, instant=instant)
    return caught.value.message


def test_the_right_code_opens_as_it_is_printed_or_not(maire):
    for code in (CODE, CODE.replace(" ", ""), "2718-2818", " 27 18 28 18 "):
        check_code(personne=maire.mandat.personne, code=code, instant=INSTANT)


def test_digits_of_other_alphabets_are_not_digits(maire):
    attempt(maire, "٢٧١٨٢٨١٨")


def test_five_misses_close_the_code_for_a_quarter_of_an_hour(maire, looks):
    for _ in range(5):
        assert attempt(maire) == codes.FAUX
    assert attempt(maire, CODE) == codes.FERME
    assert attempt(maire, CODE, INSTANT + ATTENTE - timedelta(seconds=1)) == codes.FERME
    assert len(looks) == 5
    check_code(personne=maire.mandat.personne, code=CODE, instant=INSTANT + ATTENTE)


@pytest.mark.parametrize("tape", ["", "   ", "2718", "2718 281", "2718 2818 2", "le code"])
def test_a_code_that_is_not_eight_digits_is_told_and_counts_for_nothing(maire, looks, tape):
    for _ in range(6):
        assert attempt(maire, tape) == codes.INCOMPLET
    assert not looks
    assert Personne.objects.get(pk=maire.personne_id).code_essais == 0


def test_five_misses_are_told_to_the_person(maire):
    for _ in range(5):
        attempt(maire)
    courriel = Courriel.objects.get()
    assert courriel.adresse == maire.mandat.personne.courriel
    assert "2718" not in courriel.corps


def test_a_right_code_forgets_the_misses(maire):
    for _ in range(4):
        attempt(maire)
    check_code(personne=maire.mandat.personne, code=CODE, instant=INSTANT)
    for _ in range(4):
        assert attempt(maire) == codes.FAUX


def test_of_ten_tries_read_at_the_same_time_one_looks(maire):
    stale = [Personne.objects.get(pk=maire.personne_id) for _ in range(10)]
    assert [claim_essai(row, INSTANT) for row in stale] == [True] + [False] * 9


def test_a_try_that_waited_since_before_the_code_closed_looks_at_nothing(maire):
    stale = Personne.objects.get(pk=maire.personne_id)
    for _ in range(5):
        attempt(maire)
    assert not claim_essai(stale, INSTANT), "les essais sont revenus à zéro, mais le code est fermé"


def test_a_try_read_before_another_code_was_made_looks_at_nothing(maire):
    stale = Personne.objects.get(pk=maire.personne_id)
    set_code(personne=stale, code="1618 0339", instant=INSTANT, provisoire=False)
    assert not claim_essai(stale, INSTANT)


@pytest.mark.parametrize(
    "order", [[0] * 10, [0, 1, 2, 3, 4] * 2, [9 - i for i in range(10)], [0, 0, 5, 5, 1, 1, 9, 9, 2]]
)
def test_however_ten_wrong_tries_interleave_five_look(maire, looks, order):
    """Each try reads when it likes and claims later: never more than five looks in all."""
    rows = [Personne.objects.get(pk=maire.personne_id)]
    allowed = 0
    for back in order:
        row = rows[max(0, len(rows) - 1 - back)]
        is_open = row.code_bloque_jusque is None or row.code_bloque_jusque <= INSTANT
        allowed += is_open and claim_essai(row, INSTANT)
        rows.append(Personne.objects.get(pk=maire.personne_id))
    assert allowed <= 5


def test_without_a_code_the_sentence_says_whom_to_ask():
    acteur = build_acteur_de(build_demarche(), Role.MAIRE)
    assert "équipe projet" in attempt(acteur)


@pytest.mark.parametrize(
    "code", ["", "1234567", "123456789", "11111111", "12121212", "12345678", "87654321", "90123456"]
)
def test_weak_codes_are_refused(code, looks):
    personne = build_acteur_de(build_demarche(), Role.MAIRE).mandat.personne
    with pytest.raises(CodeRefuse, match="huit chiffres"):
        set_code(personne=personne, code=code, instant=INSTANT, provisoire=False)


def test_drawn_codes_are_never_weak():
    drawn = {draw_code() for _ in range(200)}
    assert len(drawn) == 200
    assert all(len(code) == 9 and code[4] == " " and not is_weak(code.replace(" ", "")) for code in drawn)


def test_the_equipe_makes_a_provisional_code_that_validates_nothing_until_replaced(maire):
    equipe = build_acteur_de(maire.demarche, Role.EQUIPE_PROJET)
    code = reset_code(acteur=equipe, instant=INSTANT, personne=maire.mandat.personne)
    with pytest.raises(CodeProvisoire):
        check_code(personne=maire.mandat.personne, code=code, instant=INSTANT)
    attempt(maire, CODE)
    replace_code(acteur=maire, instant=INSTANT, ancien=code, nouveau="1618 0339")
    check_code(personne=maire.mandat.personne, code="16180339", instant=INSTANT)
    assert attempt(maire, code) == codes.FAUX
    verbes = list(Acte.objects.order_by("pk").values_list("verbe", "portee", "commune"))
    assert verbes == [("reset_code", "commune", maire.commune_id), ("replace_code", "commune", maire.commune_id)]
    assert Courriel.objects.filter(adresse=maire.mandat.personne.courriel).count() == 2
    everything = [*Acte.objects.values_list("phrase", flat=True), *Courriel.objects.values_list("corps", flat=True)]
    assert not any(secret in text for text in everything for secret in (code, code.replace(" ", ""), "1618"))


def test_replacing_asks_the_former_code_and_counts_the_misses(maire):
    for _ in range(5):
        with pytest.raises(CodeRefuse):
            replace_code(acteur=maire, instant=INSTANT, ancien=FAUX, nouveau="1618 0339")
    with pytest.raises(CodeRefuse, match="fermé"):
        replace_code(acteur=maire, instant=INSTANT, ancien=CODE, nouveau="1618 0339")
    with pytest.raises(CodeRefuse, match="remplacez"):
        replace_code(acteur=maire, instant=INSTANT + ATTENTE, ancien=CODE, nouveau=CODE)


@pytest.mark.parametrize("role", [Role.SECRETAIRE, Role.MAIRE, Role.PRESIDENT])
def test_only_the_equipe_makes_codes(maire, role):
    with pytest.raises(ActionRefusee):
        reset_code(
            acteur=build_acteur_de(maire.demarche, role, list_communes(maire.demarche)[1]),
            instant=INSTANT,
            personne=maire.mandat.personne,
        )


def test_a_code_of_another_demarche_is_out_of_reach(maire):
    ailleurs = build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)
    with pytest.raises(Exception, match="pas de votre démarche"):
        reset_code(acteur=ailleurs, instant=INSTANT, personne=maire.mandat.personne)


def test_a_copy_of_the_database_does_not_give_the_code_without_the_key_of_the_site(settings):
    acteur = build_acteur_de(build_demarche(), Role.MAIRE)
    code = give_code(acteur)
    imprint = Personne.objects.get(pk=acteur.personne_id).code_empreinte
    assert not hashers.check_password(codes.normalize_code(code), imprint)
    check_code(personne=acteur.mandat.personne, code=code, instant=INSTANT)
    settings.SECRET_KEY = "une autre clé que celle du site" * 2
    with pytest.raises(CodeRefuse):
        check_code(personne=acteur.mandat.personne, code=code, instant=INSTANT)
