"""Ten wrong codes at the very same time: five looks at the most, and nobody can go on."""

from threading import Barrier, Lock, Thread

import pytest
from django.db import OperationalError, connections
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, give_code

from communaccord.plateforme.comptes import codes
from communaccord.plateforme.comptes.codes import ESSAIS, CodeRefuse, check_code
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Personne


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_look_five_times_at_most(monkeypatch):
    acteur = build_acteur_de(build_demarche(), Role.MAIRE)
    give_code(acteur)
    personne, looks, refused, lock, start = acteur.mandat.personne, [], [], Lock(), Barrier(10)

    def look(code, imprint):
        with lock:
            looks.append(code)
        return False

    def attempt():
        start.wait()
        try:
            for _ in range(3):
                with pytest.raises((CodeRefuse, OperationalError)) as caught:
                    check_code(personne=personne, code="31415926", instant=INSTANT)
                with lock:
                    refused.append(type(caught.value))
        finally:
            connections.close_all()

    monkeypatch.setattr(codes, "check_password", look)
    threads = [Thread(target=attempt) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 30
    assert CodeRefuse in refused
    assert 1 <= len(looks) <= ESSAIS
    if len(looks) == ESSAIS:
        assert Personne.objects.get(pk=personne.pk).code_bloque_jusque is not None
