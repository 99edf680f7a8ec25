"""What is seen: every role, every state of a séance; a planted text is looked for in every answer."""

import io
import zipfile

import pytest
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, set_horloge
from tests.plateforme.instances.outils import build_table

from communaccord.plateforme.comptes.enums import EQUIPE, EXECUTIF, Role
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.instances import actions
from communaccord.plateforme.instances.models import Convocation, Piece, Seance

pytestmark = pytest.mark.django_db
LISENT_TOUT = EQUIPE | EXECUTIF
ELUS_ET_MAIRIES = LISENT_TOUT | {
    Role.MAIRE,
    Role.SECRETAIRE,
    Role.CONSEILLER_COMMUNAUTAIRE,
    Role.CONSEILLER_MUNICIPAL,
}


@pytest.mark.parametrize("role", list(Role))
def test_qui_voit_une_seance_ou_il_ne_siege_pas(role):
    """The second commune: none of its people but the maire sits or is convened."""
    table = build_table(2)
    instance = table.open_instance(membres=[(table.maires[0].mandat, "membre")])
    seance = table.open_seance(instance)
    acteur = table.maires[1] if role == Role.MAIRE else build_acteur_de(table.demarche, role, table.communes[1])

    def sees():
        return Seance.objects.visible_to(acteur).filter(pk=seance.pk).exists()

    assert sees() is (role in LISENT_TOUT)
    table.convoke(seance)
    assert sees() is (role in LISENT_TOUT)
    table.hold(seance)
    assert sees() is (role in LISENT_TOUT)
    table.validate(seance)
    assert sees() is (role in ELUS_ET_MAIRIES)
    actions.reopen_releve(acteur=table.equipe, instant=INSTANT, seance=seance, motif="Une erreur")
    assert sees() is (role in ELUS_ET_MAIRIES)


def test_la_secretaire_voit_ce_a_quoi_la_commune_est_convoquee():
    table = build_table(2)
    secretaire = build_acteur_de(table.demarche, Role.SECRETAIRE, table.communes[0])
    seance = table.convoke(table.open_seance())
    assert list(Seance.objects.visible_to(secretaire)) == [seance]
    mine = [c.mandat for c in Convocation.objects.visible_to(secretaire)]
    assert mine == [table.maires[0].mandat]
    assert Convocation.objects.visible_to(table.equipe).count() == 3


def test_rien_ne_passe_d_une_demarche_a_l_autre():
    table, other = build_table(1), build_table(1)
    seance = table.convoke(table.open_seance())
    assert not Seance.objects.visible_to(other.equipe).exists()
    assert not Convocation.objects.visible_to(other.president).exists()
    client = client_for(other.equipe)
    assert client.get(f"/m/{other.equipe.mandat_id}/instances/seances/{seance.pk}/").status_code == 404
    assert client.get(f"/m/{other.equipe.mandat_id}/instances/{seance.instance_id}/").status_code == 404


def test_le_secret_plante_ne_sort_nulle_part_avant_la_validation(monkeypatch):
    table = build_table(2)
    seance = table.convoke(table.open_seance())
    point = seance.points.get()
    secret = "conclusion plantée 8f31"
    actions.record_conclusion(
        acteur=table.equipe,
        instant=INSTANT,
        point=point,
        version=point.version,
        conclusion=secret,
        reserves=[actions.SaisieReserve(table.communes[0], secret)],
        suites=[actions.SaisieSuite(secret, "équipe")],
    )
    table.hold(seance)
    set_horloge(monkeypatch, seance.debut)
    roles = [role for role in Role if role not in EQUIPE and role != Role.PRESIDENT]
    acteurs = [build_acteur_de(table.demarche, role, table.communes[1]) for role in roles if role != Role.MAIRE]
    names = ("convocation.pdf", "seance.ics", "projet-de-releve.pdf", "releve-de-conclusions.docx")
    ends = ["", f"{seance.instance_id}/", "organisation/"]
    ends += [
        f"seances/{seance.pk}/{end}" for end in ("", "ecran/", "saisie/", "preparer/", "releve/", "fichiers/seance.zip")
    ]
    ends += [f"seances/{seance.pk}/fichiers/{name}" for name in names]
    for acteur in [*acteurs, *table.maires]:
        client = client_for(acteur)
        for end in ends:
            answer = client.get(f"/m/{acteur.mandat_id}/instances/{end}")
            assert secret.encode() not in read_all(answer), (acteur.role, end)
    assert not any(secret in message.corps + message.sujet for message in Courriel.objects.all())


def read_all(answer):
    """The bytes of an answer, those inside an archive too: only what was written before the séance is there."""
    if answer.get("Content-Type") != "application/zip":
        return answer.content
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert set(archive.namelist()) == {"convocation.pdf", "seance.ics"}
    return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("role", list(Role))
def test_qui_lit_une_deliberation(role):
    table = build_table(1)
    acteur = table.maires[0] if role == Role.MAIRE else build_acteur_de(table.demarche, role, table.communes[0])
    contenu = b"%PDF-1.7\n%%EOF"
    actions.store_piece(acteur=table.equipe, instant=INSTANT, nom="acte.pdf", contenu=contenu)
    closed = {Role.AGENT, Role.OBSERVATEUR, Role.REPRESENTANT_PERSONNEL}
    assert Piece.objects.visible_to(acteur).exists() is (role not in closed)


def test_la_presidence_convoque_depuis_sa_page(monkeypatch):
    set_horloge(monkeypatch)
    table = build_table(1)
    seance = table.open_seance()
    client = client_for(table.president)
    adresse = f"/m/{table.president.mandat_id}/instances/seances/{seance.pk}/"
    assert f'action="{adresse}convoquer/"' in client.get(adresse).content.decode()
    assert client.post(f"{adresse}convoquer/").status_code == 303
    assert f'action="{adresse}convoquer/"' not in client.get(adresse).content.decode()
