"""The pages of the room Instances: who opens them, what they show, how many queries they cost."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.plateforme.fabriques import CODE, INSTANT, build_acteur_de, client_for, give_code, set_horloge
from tests.plateforme.instances.outils import DANS_DIX_JOURS, build_table

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.instances import actions
from communaccord.plateforme.instances.enums import EtatSeance, TypeInstance, TypePoint
from communaccord.plateforme.instances.models import Convocation, Deliberation, Instance, Piece, Point, Presence, Releve

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nessai fictif\n%%EOF\n"


@pytest.fixture(autouse=True)
def _horloge(monkeypatch):
    set_horloge(monkeypatch)


def at(acteur, suffix=""):
    return f"/m/{acteur.mandat_id}/instances/{suffix}"


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def count_queries(client, adresse):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(adresse)
    assert response.status_code == 200, response.content[:500]
    return len(captured)


def test_tout_s_installe_en_un_clic():
    table = build_table(3)
    build_acteur_de(table.demarche, Role.DGS_EPCI)
    client = client_for(table.equipe)
    page = client.get(at(table.equipe, "proposer/"))
    assert "Présidence, maires des communes membres, DGS" in read(page)
    groups = re.findall(r'name="groupe" value="([a-z_]+)"', page.content.decode())
    checked = re.findall(r'name="(forme-[a-z_]+)" value="([a-z_]+)" id="[^"]+" checked', page.content.decode())
    answer = client.post(at(table.equipe, "proposer/"), {"groupe": groups, **dict(checked)})
    assert answer.status_code == 303
    kinds = sorted(Instance.objects.filter(demarche=table.demarche).values_list("type", flat=True))
    assert kinds == [
        "bureau",
        "conference_des_maires",
        *["conseil_communautaire"],
        *["conseil_municipal"] * 3,
        "copil",
        "cotech",
    ]
    copil = Instance.objects.get(type=TypeInstance.COPIL)
    assert copil.membres.count() == 5
    assert Instance.objects.get(type=TypeInstance.COTECH).prepare_pour == copil
    again = client.post(at(table.equipe, "proposer/"), {"groupe": groups, **dict(checked)})
    assert again.status_code == 422


def test_la_liste_dit_ce_qui_est_a_regarder_avec_l_article():
    table = build_table(3)
    table.open_instance(TypeInstance.BUREAU, membres=[(table.president.mandat, "presidence")])
    text = read(client_for(table.equipe).get(at(table.equipe)))
    assert "La conférence des maires est obligatoire" in text
    assert "L5211-11-3" in text
    assert "Communes sans représentation dans l’instance" in text
    assert "vérifié le 23" in text


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes():
    counts = {}
    for size in (1, 3):
        table = build_table(size)
        table.open_instance()
        for _ in range(size):
            table.convoke(table.open_seance(table.demarche.instances.get(), points=size))
        actions.submit_organisation(acteur=table.equipe, instant=INSTANT)
        client = client_for(table.equipe)
        seance = table.demarche.instances.get().seances.first()
        pages = {
            "liste": "",
            "instance": f"{seance.instance_id}/",
            "seance": f"seances/{seance.pk}/",
            "preparer": f"seances/{seance.pk}/preparer/",
            "saisie": f"seances/{seance.pk}/saisie/",
            "ecran": f"seances/{seance.pk}/ecran/",
            "proposer": "proposer/",
            "organisation": "organisation/",
        }
        client.get(at(table.equipe))
        counts[size] = {name: count_queries(client, at(table.equipe, end)) for name, end in pages.items()}
    assert counts[1] == counts[3]
    assert counts[3] == {
        "liste": 9,
        "instance": 8,
        "seance": 10,
        "preparer": 11,
        "saisie": 11,
        "ecran": 10,
        "proposer": 7,
        "organisation": 4,
    }


def test_158_communes_restent_sous_quinze_requetes():
    table = build_table(158)
    seance = table.convoke(table.open_seance(points=5))
    actions.submit_organisation(acteur=table.equipe, instant=INSTANT)
    equipe, maire = client_for(table.equipe), client_for(table.maires[80])
    ends = ("", f"{seance.instance_id}/", f"seances/{seance.pk}/", "proposer/", "organisation/", "poles/")
    for end in (
        *ends,
        f"seances/{seance.pk}/preparer/",
        f"seances/{seance.pk}/saisie/",
        f"seances/{seance.pk}/modifier/",
    ):
        assert count_queries(equipe, at(table.equipe, end)) < 15, end
    for end in ("", f"{seance.instance_id}/", f"seances/{seance.pk}/", "organisation/"):
        assert count_queries(maire, at(table.maires[80], end)) < 15, end


def test_de_la_preparation_au_releve_par_les_pages(monkeypatch):
    table = build_table(2)
    instance = table.open_instance()
    client = client_for(table.equipe)
    made = client.post(
        at(table.equipe, f"{instance.pk}/seances/nouvelle/"),
        {
            "jour": "2026-12-03",
            "heure": "18:30",
            "duree_minutes": "90",
            "lieu": "Salle fictive",
            "presidence": table.president.mandat_id,
        },
    )
    assert made.status_code == 303
    seance = instance.seances.get()
    assert seance.debut.isoformat() == "2026-12-03T17:30:00+00:00"
    base = f"seances/{seance.pk}/"
    point = {"titre": "Service commun", "type": "avis", "invites": "Cabinet extérieur\n", "presentation": "Le projet"}
    assert client.post(at(table.equipe, base + "points/nouveau/"), point).status_code == 303
    assert "Cabinet extérieur" in read(client.get(at(table.equipe, base + "preparer/")))
    assert client.post(at(table.equipe, base + "convoquer/")).status_code == 303

    maire = client_for(table.maires[0])
    page = maire.get(at(table.maires[0], base))
    assert "Je serai là" in read(page)
    convocation = Convocation.objects.get(seance=seance, mandat=table.maires[0].mandat)
    wrong = maire.post(at(table.maires[0], f"convocations/{convocation.pk}/repondre/"), {"reponse": "represente"})
    assert wrong.status_code == 422
    assert "sa fonction suffit" in read(wrong)
    told = {"reponse": "represente", "par_qui": "première adjointe"}
    assert maire.post(at(table.maires[0], f"convocations/{convocation.pk}/repondre/"), told).status_code == 303

    set_horloge(monkeypatch, seance.debut + timedelta(hours=2))
    sheet = client.get(at(table.equipe, base + "saisie/") + "?depuis=reponses")
    assert 'value="première adjointe"' in sheet.content.decode()
    assert not Presence.objects.exists()
    cle = f"c{table.communes[0].pk}"
    lines = {f"etat-{cle}": "represente", f"par-{cle}": "première adjointe", f"avant-{cle}": "", f"par-avant-{cle}": ""}
    assert client.post(at(table.equipe, base + "presences/"), lines).status_code == 303
    row = Point.objects.get()
    typed = {
        f"p{row.pk}-version": row.version,
        f"p{row.pk}-conclusion": "Le comité retient le scénario A.",
        f"p{row.pk}-commune-0": table.communes[1].pk,
        f"p{row.pk}-reserve-0": "Sous réserve du coût",
        f"p{row.pk}-action-0": "Chiffrer",
        f"p{row.pk}-qui-0": "Équipe projet",
        f"p{row.pk}-quand-0": "2027-01-15",
    }
    assert client.post(at(table.equipe, f"points/{row.pk}/conclusion/"), typed).status_code == 303
    stale = client.post(at(table.equipe, f"points/{row.pk}/conclusion/"), {**typed, f"p{row.pk}-conclusion": "Autre"})
    assert stale.status_code == 409
    assert "Autre" in stale.content.decode()
    assert "Le comité retient le scénario A." in stale.content.decode()
    bad = client.post(at(table.equipe, f"points/{row.pk}/conclusion/"), {**typed, f"p{row.pk}-qui-0": ""})
    assert bad.status_code == 422
    assert "Chiffrer" in bad.content.decode()
    assert client.post(at(table.equipe, base + "tenue/")).status_code == 303

    give_code(table.president)
    president = client_for(table.president)
    page = president.get(at(table.president, base + "releve/"))
    assert "1 commune présente sur 2" in read(page)
    lu = re.search(r'name="lu" value="([0-9a-f]{64})"', page.content.decode())[1]
    miss = president.post(at(table.president, base + "releve/"), {"code": "11112222", "lu": lu})
    assert miss.status_code == 422
    assert president.post(at(table.president, base + "releve/"), {"code": CODE, "lu": lu}).status_code == 303
    assert Releve.objects.get().version == 1
    text = read(maire.get(at(table.maires[0], base)))
    assert "Le comité retient le scénario A." in text
    assert "Avis de travail, sans valeur de décision" in text
    archive = zipfile.ZipFile(io.BytesIO(maire.get(at(table.maires[0], base + "fichiers/seance.zip")).content))
    assert sorted(archive.namelist()) == [
        "convocation.pdf",
        "releve-de-conclusions.docx",
        "releve-de-conclusions.pdf",
        "seance.ics",
    ]
    assert archive.read("releve-de-conclusions.pdf") == bytes(Releve.objects.get().pdf)


def test_le_vote_du_conseil_s_explique_et_l_ecart_se_signale():
    table = build_table(1)
    instance = table.open_instance(TypeInstance.CONSEIL_COMMUNAUTAIRE, en_exercice=26)
    seance = table.open_seance(instance, points=0)
    point = actions.add_point(
        acteur=table.equipe, instant=INSTANT, seance=seance, titre="Schéma", type=TypePoint.DELIBERATION
    )
    client = client_for(table.equipe)
    vote = {
        "date": "2026-12-17",
        "en_exercice": 26,
        "presents": 13,
        "pouvoirs": 2,
        "exclus": 0,
        "pour": 12,
        "contre": 3,
        "abstentions": 0,
        "blancs": 0,
        "mode": "ordinaire",
        "majorite": "absolue",
        "adoptee": "oui",
        "numero": "2026-12-1",
    }
    fake = SimpleUploadedFile("acte.pdf", b"MZ pas un pdf", content_type="application/pdf")
    refused = client.post(at(table.equipe, f"points/{point.pk}/vote/"), {**vote, "fichier": fake})
    assert refused.status_code == 422
    assert not Deliberation.objects.exists()
    given = SimpleUploadedFile("acte.pdf", PDF, content_type="text/plain")
    assert client.post(at(table.equipe, f"points/{point.pk}/vote/"), {**vote, "fichier": given}).status_code == 303
    text = read(client.get(at(table.equipe, f"seances/{seance.pk}/")))
    assert "Le résultat noté s’écarte de la règle" in text
    assert "13 membres présents pour 14 nécessaires" in text
    assert "L2121-17" in text
    piece = Piece.objects.get()
    answer = client.get(at(table.equipe, f"pieces/{piece.pk}/"))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="acte.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    agent = build_acteur_de(table.demarche, Role.AGENT)
    assert client_for(agent).get(at(agent, f"pieces/{piece.pk}/")).status_code == 404


def test_un_comite_de_pilotage_n_a_pas_de_page_de_vote():
    table = build_table(1)
    point = table.open_seance().points.get()
    answer = client_for(table.equipe).get(at(table.equipe, f"points/{point.pk}/vote/"))
    assert answer.status_code == 403
    assert "sans valeur de décision" in read(answer)


def test_la_note_explicative_et_le_delai_du_conseil_sont_dits():
    table = build_table(1)
    instance = table.open_instance(TypeInstance.CONSEIL_COMMUNAUTAIRE, en_exercice=10)
    seance = table.open_seance(instance, debut=INSTANT + timedelta(days=3))
    text = read(client_for(table.equipe).get(at(table.equipe, f"seances/{seance.pk}/preparer/")))
    assert "5 jours francs" in text
    assert "Ce délai est dépassé" in text
    copil = table.open_seance()
    text = read(client_for(table.equipe).get(at(table.equipe, f"seances/{copil.pk}/preparer/")))
    assert "Aucun texte ne fixe de délai" in text


def test_une_seance_en_preparation_ne_se_voit_que_de_qui_la_prepare():
    table = build_table(1)
    seance = table.open_seance()
    maire = client_for(table.maires[0])
    assert maire.get(at(table.maires[0], f"seances/{seance.pk}/")).status_code == 404
    assert client_for(table.president).get(at(table.president, f"seances/{seance.pk}/")).status_code == 200
    table.convoke(seance)
    assert maire.get(at(table.maires[0], f"seances/{seance.pk}/")).status_code == 200


def test_la_conclusion_non_validee_ne_se_lit_que_de_qui_l_ecrit():
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    point = seance.points.get()
    secret = "conclusion provisoire à ne pas lire"
    write = {"acteur": table.equipe, "instant": INSTANT, "version": point.version}
    actions.record_conclusion(point=point, conclusion=secret, **write)
    table.hold(seance)
    maire = client_for(table.maires[0])
    for end in ("", "ecran/"):
        assert secret not in maire.get(at(table.maires[0], f"seances/{seance.pk}/{end}")).content.decode()
    assert maire.get(at(table.maires[0], f"seances/{seance.pk}/releve/")).status_code == 403
    assert maire.get(at(table.maires[0], f"seances/{seance.pk}/fichiers/projet-de-releve.pdf")).status_code == 404
    assert secret in client_for(table.equipe).get(at(table.equipe, f"seances/{seance.pk}/")).content.decode()


def test_a_la_reunion_l_heure_est_celle_du_territoire():
    table = build_table(1, fuseau="Indian/Reunion", departement="974")
    instance = table.open_instance()
    client = client_for(table.equipe)
    client.post(
        at(table.equipe, f"{instance.pk}/seances/nouvelle/"),
        {"jour": "2026-12-03", "heure": "18:30", "duree_minutes": "90", "lieu": "Salle fictive"},
    )
    seance = instance.seances.get()
    assert seance.debut.isoformat() == "2026-12-03T14:30:00+00:00"
    actions.add_point(acteur=table.equipe, instant=INSTANT, seance=seance, titre="Point")
    table.convoke(seance)
    page = client.get(at(table.equipe, f"seances/{seance.pk}/"))
    assert "18\u202fh\u202f30" in page.content.decode()
    ics = client.get(at(table.equipe, f"seances/{seance.pk}/fichiers/seance.ics")).content
    assert b"DTSTART;TZID=Indian/Reunion:20261203T183000" in ics


def test_le_point_ecrit_par_deux_personnes_montre_les_deux_textes():
    table = build_table(1)
    point = table.open_seance().points.get()
    client = client_for(table.equipe)
    typed = {"titre": "Titre un", "type": "avis", "version": point.version}
    assert client.post(at(table.equipe, f"points/{point.pk}/modifier/"), typed).status_code == 303
    second = client.post(at(table.equipe, f"points/{point.pk}/modifier/"), {**typed, "titre": "Titre deux"})
    assert second.status_code == 409
    assert "Titre un" in second.content.decode()
    version = re.search(r'name="version" value="(\d+)"', second.content.decode())[1]
    again = {**typed, "titre": "Titre deux", "version": version}
    assert client.post(at(table.equipe, f"points/{point.pk}/modifier/"), again).status_code == 303
    assert Point.objects.get().titre == "Titre deux"


def test_deux_feuilles_de_presence_le_desaccord_est_dit():
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    cle = f"c{table.communes[0].pk}"
    client = client_for(table.equipe)
    line = {f"avant-{cle}": "", f"par-avant-{cle}": "", f"par-{cle}": ""}
    adresse = at(table.equipe, f"seances/{seance.pk}/presences/")
    assert client.post(adresse, {**line, f"etat-{cle}": "present"}).status_code == 303
    second = client.post(adresse, {**line, f"etat-{cle}": "excuse"})
    assert second.status_code == 409
    assert "Une autre personne a noté autrement" in read(second)


def test_les_actes_de_composition_par_les_pages():
    table = build_table(2)
    client = client_for(table.equipe)
    made = client.post(
        at(table.equipe, "nouvelle/"), {"type": "groupe_de_travail", "nom": "Groupe urbanisme", "adjoint_admis": "on"}
    )
    assert made.status_code == 303
    instance = Instance.objects.get(nom="Groupe urbanisme")
    assert client.post(at(table.equipe, "nouvelle/"), {"type": "conseil_municipal"}).status_code == 422
    add = {"mandat": table.maires[0].mandat_id, "qualite": "membre"}
    assert client.post(at(table.equipe, f"{instance.pk}/membres/"), add).status_code == 303
    assert client.post(at(table.equipe, f"{instance.pk}/membres/"), add).status_code == 422
    membre = instance.membres.get()
    assert client.post(at(table.equipe, f"membres/{membre.pk}/retirer/")).status_code == 303
    change = {"nom": "Groupe 2", "fonction": "production", "presidence": table.maires[0].mandat_id}
    assert client.post(at(table.equipe, f"{instance.pk}/modifier/"), change).status_code == 303
    assert (
        client.post(at(table.equipe, "poles/"), {"nom": "Nord", "communes": [table.communes[0].pk]}).status_code == 303
    )
    assert client.post(at(table.equipe, f"{instance.pk}/clore/")).status_code == 303
    instance.refresh_from_db()
    assert (instance.nom, instance.close_le) == ("Groupe 2", INSTANT)


def test_le_suivi_des_conseils_par_les_pages():
    table = build_table(2)
    client = client_for(table.equipe)
    assert client.post(at(table.equipe, "organisation/")).status_code == 303
    suivi = table.demarche.suivis_conseils.get(commune=table.communes[0])
    maire = client_for(table.maires[0])
    typed = {"version": 0, "sens": "favorable", "seance_le": "2026-11-10", "transmis_le": "2026-11-20"}
    assert maire.post(at(table.maires[0], f"organisation/{suivi.pk}/"), typed).status_code == 303
    text = read(maire.get(at(table.maires[0], "organisation/")))
    assert "La séance précède la transmission" in text
    other = client_for(table.maires[1])
    assert other.get(at(table.maires[1], f"organisation/{suivi.pk}/")).status_code == 403


def test_une_seance_s_annule_et_se_modifie_par_les_pages():
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    client = client_for(table.equipe)
    page = client.get(at(table.equipe, f"seances/{seance.pk}/modifier/"))
    assert 'type="date"' in page.content.decode()
    typed = {"jour": "2026-12-04", "heure": "9:00", "duree_minutes": 60, "lieu": "Ailleurs", "urgence": "on"}
    assert client.post(at(table.equipe, f"seances/{seance.pk}/modifier/"), typed).status_code == 422
    typed["motif_urgence"] = "Décision attendue"
    assert client.post(at(table.equipe, f"seances/{seance.pk}/modifier/"), typed).status_code == 303
    assert client.post(at(table.equipe, f"seances/{seance.pk}/annuler/"), {"motif": "Report"}).status_code == 303
    seance.refresh_from_db()
    assert (seance.etat, seance.lieu) == (EtatSeance.ANNULEE, "Ailleurs")
    assert seance.debut != DANS_DIX_JOURS
