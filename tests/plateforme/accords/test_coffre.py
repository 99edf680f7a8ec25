"""The safe, attacked: wrong keys, wrong places, truncated contents, two processes that start at once."""

import base64
import itertools
import os
import subprocess
import sys
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.accords import coffre
from communaccord.plateforme.accords.coffre import CoffreIllisible

SECRET = "Au plus 12 000 € par an, et rien de plus"


@pytest.fixture(autouse=True)
def dossier(settings, tmp_path, monkeypatch):
    monkeypatch.delenv(coffre.VARIABLE, raising=False)
    settings.DOSSIER_DONNEES = tmp_path / "donnees"
    return settings.DOSSIER_DONNEES


def test_the_file_is_made_once_and_read_by_its_owner_only(dossier):
    first = coffre.read_cle_maitresse()
    assert coffre.read_cle_maitresse() == first
    assert len(first) == 32
    assert (dossier / "cle-du-coffre").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in dossier.iterdir()] == ["cle-du-coffre"]


def test_a_file_others_can_read_is_refused(dossier):
    coffre.read_cle_maitresse()
    coffre.get_chemin().chmod(0o644)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        coffre.read_cle_maitresse()


def test_the_variable_comes_before_the_file(monkeypatch, dossier):
    monkeypatch.setenv(coffre.VARIABLE, base64.b64encode(b"k" * 32).decode())
    assert coffre.read_cle_maitresse() == b"k" * 32
    assert not coffre.get_chemin().exists()


@pytest.mark.parametrize("wrong", ["courte", "é" * 44, base64.b64encode(b"k" * 31).decode(), "=" * 44])
def test_a_wrong_key_is_refused_without_being_told(monkeypatch, wrong):
    monkeypatch.setenv(coffre.VARIABLE, wrong)
    with pytest.raises(ImproperlyConfigured, match="32 octets") as refusal:
        coffre.read_cle_maitresse()
    assert wrong not in str(refusal.value)


def test_an_empty_file_is_never_taken_for_a_key(dossier):
    dossier.mkdir()
    coffre.get_chemin().touch(mode=0o600)
    with pytest.raises(ImproperlyConfigured):
        coffre.read_cle_maitresse()


def test_processes_that_start_at_once_agree_on_the_key(dossier):
    program = (
        "from django.conf import settings\n"
        f"settings.configure(DOSSIER_DONNEES={str(dossier)!r})\n"
        "from communaccord.plateforme.accords import coffre\n"
        "input()\n"
        "print(coffre.read_cle_maitresse().hex())\n"
    )
    environment = {k: v for k, v in os.environ.items() if k != coffre.VARIABLE}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**environment, "PYTHONPATH": "src"},
        )
        for _ in range(4)
    ]
    time.sleep(0.5)
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    keys = {process.communicate(timeout=30)[0].strip() for process in processes}
    assert len(keys) == 1
    assert keys == {coffre.read_cle_maitresse().hex()}


def test_derived_keys_differ_by_usage_and_by_owner():
    keys = {coffre.derive_cle("brouillon", "1"), coffre.derive_cle("brouillon", "2"), coffre.derive_cle("tour", "1")}
    assert len(keys) == 3
    assert coffre.read_cle_maitresse() not in keys


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=3000), st.text(max_size=20).filter(str.isascii))
def test_what_is_closed_opens_in_its_place(content, contexte):
    key, pair = b"k" * 32, coffre.create_paire()
    assert coffre.unlock(key, coffre.lock(key, content, contexte), contexte) == content
    assert coffre.unseal(pair.privee, coffre.seal(pair.publique, content, contexte), contexte) == content


def test_a_content_moved_to_another_place_does_not_open():
    key, pair = b"k" * 32, coffre.create_paire()
    with pytest.raises(CoffreIllisible):
        coffre.unlock(key, coffre.lock(key, SECRET, "reponse 1"), "reponse 2")
    with pytest.raises(CoffreIllisible, match="autre réponse"):
        coffre.unseal(pair.privee, coffre.seal(pair.publique, SECRET, "reponse 1"), "reponse 2")
    with pytest.raises(CoffreIllisible):
        coffre.unseal(pair.privee, coffre.seal(pair.publique, SECRET, "reponse 12"), "reponse 1")


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:-1] + bytes([b[-1] ^ 1])])
def test_a_damaged_content_never_opens_and_its_error_tells_nothing(damage):
    key, pair = b"k" * 32, coffre.create_paire()
    for attempt in (
        lambda: coffre.unlock(key, damage(coffre.lock(key, SECRET, "ici")), "ici"),
        lambda: coffre.unseal(pair.privee, damage(coffre.seal(pair.publique, SECRET, "ici")), "ici"),
    ):
        with pytest.raises(CoffreIllisible) as error:
            attempt()
        assert "12" not in str(error.value)
        assert error.value.__cause__ is None


def test_the_wrong_pair_does_not_open():
    with pytest.raises(CoffreIllisible):
        coffre.unseal(coffre.create_paire().privee, coffre.seal(coffre.create_paire().publique, SECRET, "ici"), "ici")


def test_the_length_tells_nothing_between_short_and_long_positions():
    pair = coffre.create_paire()
    lengths = {len(coffre.seal(pair.publique, "x" * size, "reponse 1")) for size in (0, 8, 40, 900)}
    assert len(lengths) == 1
    assert len({len(coffre.lock(b"k" * 32, "x" * size, "a")) for size in (0, 8, 40, 1000)}) == 1


def test_a_pair_is_printed_without_its_private_half():
    pair = coffre.create_paire()
    assert repr(pair.privee) not in repr(pair)
    assert "privee" not in repr(pair)


def test_any_two_parts_of_three_make_the_key_and_one_does_not():
    private = coffre.create_paire().privee
    parts = coffre.split_cle(private)
    assert len(parts) == 3
    for two in itertools.permutations(parts, 2):
        assert coffre.join_parts(two) == private
    for wrong in ([parts[0]], [parts[0], parts[0]], [], ["abandon " * 20, parts[1]]):
        with pytest.raises(CoffreIllisible):
            coffre.join_parts(wrong)
    other = coffre.split_cle(private)
    with pytest.raises(CoffreIllisible):
        coffre.join_parts([parts[0], other[1]])


def test_a_code_gives_its_key_with_its_salt_under_this_master_key_only(monkeypatch):
    salt = coffre.create_sel()
    key = coffre.derive_cle_code("K7P2-9QXM", salt)
    assert coffre.derive_cle_code("K7P2-9QXM", salt) == key
    assert coffre.derive_cle_code("K7P2-9QXN", salt) != key
    assert coffre.derive_cle_code("K7P2-9QXM", coffre.create_sel()) != key
    monkeypatch.setenv(coffre.VARIABLE, base64.b64encode(b"k" * 32).decode())
    assert coffre.derive_cle_code("K7P2-9QXM", salt) != key


def test_the_seal_of_a_list_depends_on_order_cut_place_and_master_key(monkeypatch):
    marks = {
        coffre.compute_sceau("r1", [b"ab", b"c"]),
        coffre.compute_sceau("r1", [b"a", b"bc"]),
        coffre.compute_sceau("r1", [b"c", b"ab"]),
        coffre.compute_sceau("r2", [b"ab", b"c"]),
    }
    assert len(marks) == 4
    monkeypatch.setenv(coffre.VARIABLE, base64.b64encode(b"k" * 32).decode())
    assert coffre.compute_sceau("r1", [b"ab", b"c"]) not in marks


def test_the_mark_of_the_master_key_changes_with_it(monkeypatch):
    before = coffre.compute_empreinte_coffre()
    assert before == coffre.compute_empreinte_coffre()
    monkeypatch.setenv(coffre.VARIABLE, base64.b64encode(b"k" * 32).decode())
    assert coffre.compute_empreinte_coffre() != before
