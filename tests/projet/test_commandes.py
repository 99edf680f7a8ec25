"""The two commands refuse in one clear sentence what they cannot do."""

import socket

import pytest
from tools import dev


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "80 80", "", "²"])
def test_a_port_that_is_not_one_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="donnez un nombre de 1 à 65535"):
        dev.read_port()


def test_a_port_already_taken_is_refused(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        with pytest.raises(SystemExit, match="déjà pris"):
            dev.read_port()


def test_a_missing_program_is_named_with_the_command_to_type(monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="sudo apt-get install"):
        dev.apt_install("chromium", "Chromium")
