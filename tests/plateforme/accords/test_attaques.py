"""Secrets planted in plis and notes are looked for everywhere a person, a backup or a log could take them."""

import logging
import traceback
from datetime import timedelta

import pytest
from django.db import connection
from tests.plateforme.accords.fabrique import (
    APRES,
    CLOTURE,
    CODE,
    INSTANT,
    MONTANT_SECRET,
    SECRET_NOTES,
    SECRET_PLI,
    build_elements,
    open_table,
)

from communaccord.plateforme.accords import actions, coffre
from communaccord.plateforme.accords.coffre import CoffreIllisible
from communaccord.plateforme.accords.enums import ModeOuverture, Origine, Visibilite
from communaccord.plateforme.accords.models import AVousSeule, Element, Partage, Resultat
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
SECRETS = (SECRET_PLI, SECRET_NOTES, str(MONTANT_SECRET), f"{MONTANT_SECRET // 100}")


def list_forms(secret):
    """A secret as it could lie: as it is, in hexadecimal, in UTF-16."""
    raw = secret.encode()
    return (raw, raw.hex().encode(), raw.hex().upper().encode(), secret.encode("utf-16-le"))


def dump_database():
    """Every cell of every table, and on SQLite the dump as a backup would write it."""
    pieces = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                pieces += [bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in row]
    if connection.vendor == "sqlite":
        pieces += [line.encode() for line in connection.connection.iterdump()]
    return b"\n".join(pieces)


def find_secrets(haystack):
    return [secret for secret in SECRETS if any(form in haystack for form in list_forms(secret))]


def collect(errors, act, **values):
    """Try an act that must fail; keep its message, its arguments and its traceback."""
    with pytest.raises((Conflit, ActionRefusee)) as error:
        act(**values)
    errors += [str(error.value), repr(error.value), *map(str, error.value.args)]
    errors += traceback.format_exception(error.value)


def provoke(table):
    """Every refusal that holds a text or a sealed content in its hands."""
    errors = []
    fresh = table.get_reponse(0)
    draft = {"reponse": fresh, "elements": build_elements(), "instant": INSTANT}
    collect(errors, actions.save_brouillon, acteur=table.secretaires[0], version=0, **draft)
    collect(errors, actions.save_brouillon, acteur=table.maires[1], version=fresh.version, **draft)
    collect(errors, actions.save_brouillon, acteur=table.secretaires[0], version=fresh.version, **draft)
    collect(errors, actions.save_brouillon, acteur=table.secretaires[0], version=0, **{**draft, "instant": APRES})
    bad = build_elements(position=SECRET_PLI, montant=-MONTANT_SECRET)
    collect(errors, actions.save_brouillon, acteur=table.secretaires[0], version=0, **{**draft, "elements": bad})
    call = {"acteur": table.maires[0], "instant": INSTANT, "reponse": fresh}
    collect(errors, actions.reread_plis, **call, code="0000 1111")
    collect(errors, actions.reopen_reponse, **call, version=1, code=CODE)
    Element.objects.filter(reponse=fresh, copie__isnull=False).update(copie=b"x" * 64)
    collect(errors, actions.reread_plis, **call, code=CODE)
    return errors


@pytest.fixture
def ears(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.mark.parametrize("mode", ModeOuverture)
def test_nothing_lies_open_before_nor_after_the_opening(mode, ears, settings):
    table = open_table(6, mode=mode)
    for rang in range(5):
        table.answer(rang)
    reponse = table.get_reponse(5)
    draft = {"instant": INSTANT, "reponse": reponse, "elements": build_elements()[:3]}
    actions.save_brouillon(acteur=table.equipe, version=0, origine=Origine.TELEPHONE, **draft)
    actions.submit_au_maire(acteur=table.secretaires[5], instant=INSTANT, reponse=reponse, version=1)
    assert find_secrets(dump_database()) == []
    actions.veiller(CLOTURE - timedelta(days=2))
    actions.veiller(APRES)
    if mode == ModeOuverture.ASSESSEURS:
        called = set(table.tour.assesseurs.values_list("mandat_id", flat=True))
        for maire in [m for m in table.maires if m.mandat_id in called][:2]:
            actions.contribute_part(acteur=maire, instant=APRES, tour=table.tour, code=CODE)
            assert find_secrets(dump_database()) == []
    table.tour.refresh_from_db()
    assert table.tour.etat == "depouille"
    dump = dump_database()
    assert find_secrets(dump) == []
    # The search finds what does lie open: the state of the round, an address, what was marked as shared.
    assert b"depouille" in dump
    assert table.maires[0].mandat.personne.courriel.encode() in dump
    assert b"utile" in dump
    files = b"".join(path.read_bytes() for path in settings.DOSSIER_DONNEES.rglob("*") if path.is_file())
    assert files
    assert find_secrets(files) == []
    errors = "\n".join(provoke(table))
    assert find_secrets(errors.encode()) == []
    assert find_secrets(ears.text.encode()) == []


def test_an_envelope_copied_lies_closed():
    table = open_table(5)
    enveloppe = actions.register_enveloppe(
        acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=table.maires[0].commune
    )
    copied = {table.dossier.pk: build_elements()[:3]}
    actions.enter_enveloppe(acteur=table.equipe, instant=APRES, enveloppe=enveloppe, reponses=copied)
    assert find_secrets(dump_database()) == []
    actions.confirm_enveloppe(acteur=table.maires[1], instant=APRES, enveloppe=enveloppe)
    actions.veiller(APRES)
    assert find_secrets(dump_database()) == []
    assert AVousSeule.objects.count() == 1


def test_what_is_shared_is_found_by_the_same_search():
    """The search is worth something: it finds the same words once the commune has marked them as shared."""
    table = open_table(5)
    for rang in range(5):
        table.answer(rang, build_elements(visibilite=Visibilite.PARTAGE))
    assert find_secrets(dump_database()) == []
    actions.veiller(APRES)
    assert find_secrets(dump_database()) == [SECRET_PLI]
    assert Partage.objects.count() == 10


def test_a_code_is_nowhere():
    table = open_table(3)
    table.answer(0)
    dump = dump_database()
    assert CODE.encode() not in dump
    assert CODE.replace(" ", "").encode() not in dump


def test_the_database_alone_opens_nothing(monkeypatch, tmp_path, settings):
    """A stolen copy of the database, read with another installation's key and with the right code of the mayor."""
    table = open_table(3)
    fresh = table.answer(0)
    settings.DOSSIER_DONNEES = tmp_path / "autre"
    with pytest.raises(CoffreIllisible):
        actions.reread_plis(acteur=table.maires[0], instant=INSTANT, reponse=fresh, code=CODE)
    actions.veiller(APRES)
    assert not Resultat.objects.exists()
    assert coffre.get_chemin().parent.name == "autre"


def test_the_database_and_the_master_key_do_not_open_a_round_of_assesseurs():
    """Whoever holds the machine and no code: every closed thing of the round is tried with every key it can make."""
    table = open_table(4, mode=ModeOuverture.ASSESSEURS)
    table.answer(0)
    keys = [coffre.read_cle_maitresse()]
    for usage in ("tour", "part", "commune", "code", "enveloppe"):
        keys += [coffre.derive_cle(usage, str(pk)) for pk in range(30)] + [coffre.derive_cle(usage)]
    closed = []
    for element in Element.objects.filter(pli__isnull=False):
        place = f"reponse:{element.reponse_id}:{element.nature}:{element.rang}"
        closed += [(bytes(element.copie), place), (bytes(element.pli), f"tour:{table.tour.pk}:{place}")]
    closed += [(bytes(a.cle_privee), f"assesseur:{a.pk}") for a in table.tour.assesseurs.all()]
    closed += [(bytes(a.part_scellee), f"part:{table.tour.pk}:{a.pk}") for a in table.tour.assesseurs.all()]
    assert len(closed) == 10
    for key in keys:
        for content, place in closed:
            for opens in (coffre.unlock, coffre.unseal):
                with pytest.raises(CoffreIllisible):
                    opens(key, content, place)


def test_equal_answers_do_not_look_alike():
    table = open_table(3)
    for rang in range(3):
        table.answer(rang)
    sealed = [bytes(e.pli) for e in Element.objects.filter(nature="position")]
    assert len(set(sealed)) == 3
    assert len({len(pli) for pli in sealed}) == 1


def test_a_pli_moved_to_another_commune_is_not_counted_for_it():
    """Somebody who writes in the database gives a commune the pli of another: the opening stops."""
    table = open_table(5)
    for rang in range(5):
        table.answer(rang)
    first, second = (Element.objects.filter(nature="clause").order_by("pk")[i] for i in (0, 1))
    Element.objects.filter(pk=first.pk).update(pli=second.pli)
    actions.veiller(APRES)
    table.tour.refresh_from_db()
    assert table.tour.etat == "ouvert"
