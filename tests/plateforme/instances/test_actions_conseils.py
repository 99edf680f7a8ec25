"""Councils: files known by their content, votes written and never written over, the follow-up of each council."""

import io

import pytest
from tests.plateforme.fabriques import INSTANT
from tests.plateforme.instances.outils import build_table

from communaccord.plateforme.instances import actions
from communaccord.plateforme.instances.enums import TypeInstance
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nessai fictif\n%%EOF\n"


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"<html>pas un pdf</html>", "pas un PDF"),
        (b"%PDF-1.7 tronque", "pas un PDF"),
        (b"%PDF-" + io.BytesIO(b"0" * (6 * 1024 * 1024)).getvalue() + b"%%EOF", "6 Mo"),
    ],
)
def test_un_fichier_est_reconnu_a_son_contenu(contenu, phrase):
    table = build_table(1)
    instance = table.open_instance(TypeInstance.CONSEIL_COMMUNAUTAIRE)
    seance = table.open_seance(instance)
    vote = actions.SaisieVote(INSTANT.date(), en_exercice=3, presents=3, pour=3, contre=0, adoptee=True)
    with pytest.raises(actions.FichierRefuse, match=phrase):
        actions.record_deliberation(
            acteur=table.equipe,
            instant=INSTANT,
            point=seance.points.get(),
            saisie=vote,
            nom_fichier="acte.pdf",
            contenu=contenu,
        )


def test_le_vote_du_conseil_se_note_et_se_recrit_sans_s_ecraser():
    table = build_table(1)
    seance = table.open_seance(table.open_instance(TypeInstance.CONSEIL_COMMUNAUTAIRE))
    point = seance.points.get()
    vote = actions.SaisieVote(INSTANT.date(), en_exercice=10, presents=7, pour=5, contre=2, adoptee=True)
    write = {"acteur": table.equipe, "instant": INSTANT, "point": point, "saisie": vote}
    saved = actions.record_deliberation(nom_fichier="../../acte n° 1.PDF", contenu=PDF, **write)
    assert saved.piece.nom == "acte n 1.pdf"
    with pytest.raises(actions.PointPerime):
        actions.record_deliberation(**write)
    again = actions.record_deliberation(version=saved.version, **write)
    assert (again.version, again.piece_id) == (2, saved.piece_id)
    with pytest.raises(actions.PointPerime):
        actions.record_deliberation(version=saved.version, **write)
    wrong = actions.SaisieVote(INSTANT.date(), en_exercice=10, presents=7, pour=8, contre=2, adoptee=True)
    with pytest.raises(Conflit, match="tiennent pas ensemble"):
        actions.record_deliberation(**{**write, "saisie": wrong, "version": 2})


def test_le_scrutin_secret_ne_garde_la_voix_de_personne():
    table = build_table(1)
    seance = table.open_seance(table.open_instance(TypeInstance.CONSEIL_COMMUNAUTAIRE))
    vote = actions.SaisieVote(
        INSTANT.date(),
        en_exercice=4,
        presents=4,
        pour=2,
        contre=2,
        adoptee=False,
        mode="secret",
        vote_presidence="pour",
    )
    saved = actions.record_deliberation(acteur=table.equipe, instant=INSTANT, point=seance.points.get(), saisie=vote)
    assert saved.vote_presidence == ""


def test_le_suivi_des_conseils_en_compte_un_par_commune_et_le_communautaire():
    table = build_table(3)
    assert actions.submit_organisation(acteur=table.equipe, instant=INSTANT) == 4
    assert actions.submit_organisation(acteur=table.equipe, instant=INSTANT) == 0
    suivi = table.demarche.suivis_conseils.get(commune=table.communes[0])
    write = {"instant": INSTANT, "suivi": suivi, "version": 0, "sens": "favorable", "seance_le": INSTANT.date()}
    with pytest.raises(ActionRefusee):
        actions.record_suivi(acteur=table.maires[1], **write)
    assert actions.record_suivi(acteur=table.maires[0], contenu=PDF, nom_fichier="x", **write).piece.nom == "x.pdf"
    with pytest.raises(Conflit, match="Quelqu'un d'autre"):
        actions.record_suivi(acteur=table.equipe, **write)
