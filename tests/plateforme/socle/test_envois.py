"""A file of any size is held in memory within its bound, and never on the disk."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory


@pytest.fixture
def no_disk(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("un fichier est écrit sur le disque")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)


@pytest.mark.parametrize("size", [0, 1, 65_536, 1_000_000])
def test_a_file_within_the_bound_is_whole(settings, no_disk, size):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    content = b"0123456789" * (size // 10) + b"x" * (size % 10)
    request = RequestFactory().post("/", {"fichier": SimpleUploadedFile("a.csv", content)})
    assert request.FILES["fichier"].read() == content


@pytest.mark.parametrize("size", [1_000_001, 3_000_000])
def test_a_file_beyond_the_bound_is_cut_one_byte_after_it(settings, no_disk, size):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    request = RequestFactory().post("/", {"fichier": SimpleUploadedFile("a.csv", b"x" * size)})
    assert request.FILES["fichier"].size == 1_000_001
    assert len(request.FILES["fichier"].read()) == 1_000_001


def test_one_file_is_kept_whatever_their_number(settings, no_disk):
    """Ten files of the bound would be ten times the bound; the fields beside them are still read."""
    files = {f"fichier{rang}": SimpleUploadedFile("a.csv", b"x" * 1_000) for rang in range(10)}
    request = RequestFactory().post("/", {**files, "annee": "2025"})
    assert list(request.FILES) == ["fichier0"]
    assert request.POST["annee"] == "2025"
    assert request.FILES["fichier0"].size == 1_000
