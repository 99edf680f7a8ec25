"""The whole life of a séance, told by its acts."""

from datetime import timedelta

import pytest
from tests.plateforme.fabriques import CODE, INSTANT, build_acteur_de, give_code
from tests.plateforme.instances.outils import build_table

from communaccord.plateforme.comptes.codes import CodeRefuse
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.instances import actions
from communaccord.plateforme.instances.enums import EtatPresence, EtatSeance, Reponse, TypeInstance, TypePoint
from communaccord.plateforme.instances.gens import write_qui
from communaccord.plateforme.instances.models import Convocation, HistoriqueSeance, Point, Presence, Releve
from communaccord.plateforme.instances.papiers import write_seance
from communaccord.plateforme.instances.queries import list_a_valider, list_a_venir, list_lignes
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit
from communaccord.plateforme.territoires.enums import EtatDemarche

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nessai fictif\n%%EOF\n"


def test_la_convocation_part_avec_son_ordre_du_jour_et_son_agenda():
    table = build_table(3)
    seance = table.open_seance()
    assert actions.convoke_seance(acteur=table.president, instant=INSTANT, seance=seance) == 4
    assert seance.etat == EtatSeance.CONVOQUEE
    messages = list(Courriel.objects.filter(cle__startswith=f"seance:{seance.pk}:convocation:1:"))
    assert len(messages) == 4
    for message in messages:
        pieces = {piece.nom: bytes(piece.contenu) for piece in message.pieces.all()}
        assert pieces["convocation.pdf"].startswith(b"%PDF")
        assert b"METHOD:REQUEST" in pieces["seance.ics"]
        assert message.adresse.encode() in pieces["seance.ics"].replace(b"\r\n ", b"")
        others = [m.adresse for m in messages if m.pk != message.pk]
        assert not any(adresse.encode() in pieces["seance.ics"].replace(b"\r\n ", b"") for adresse in others)
    assert Acte.objects.filter(verbe="convoke_seance").count() == 1


def test_une_convocation_modifiee_garde_les_reponses_et_avance_l_agenda():
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    convocation = Convocation.objects.get(seance=seance, mandat=table.maires[0].mandat)
    actions.answer_convocation(acteur=table.maires[0], instant=INSTANT, convocation=convocation, reponse="present")
    table.convoke(seance)
    convocation.refresh_from_db()
    assert (seance.agenda_version, convocation.reponse) == (2, Reponse.PRESENT)
    message = Courriel.objects.get(cle=f"seance:{seance.pk}:convocation:2:{table.maires[0].mandat_id}")
    assert message.sujet.startswith("Convocation modifiée")
    assert b"SEQUENCE:2" in bytes(message.pieces.get(nom="seance.ics").contenu)


@pytest.mark.parametrize(("points", "membres"), [(0, True), (1, False)])
def test_on_ne_convoque_ni_sans_point_ni_sans_membre(points, membres):
    table = build_table(1)
    instance = table.open_instance(**({} if membres else {"membres": []}))
    seance = table.open_seance(instance, points=points)
    with pytest.raises(Conflit):
        table.convoke(seance)
    assert not Courriel.objects.exists()


def test_personne_n_est_convoque_avant_la_confirmation_de_la_demarche():
    table = build_table(1, etat=EtatDemarche.A_CONFIRMER)
    seance = table.open_seance()
    with pytest.raises(Conflit, match="pas encore confirmée"):
        table.convoke(seance)
    assert not Courriel.objects.exists()


def test_la_reponse_est_donnee_par_la_personne_sa_mairie_ou_notee_par_l_equipe():
    table = build_table(2)
    seance = table.convoke(table.open_seance())
    convocation = Convocation.objects.get(seance=seance, mandat=table.maires[0].mandat)
    secretaire = build_acteur_de(table.demarche, Role.SECRETAIRE, table.communes[0])
    answered = actions.answer_convocation(
        acteur=secretaire, instant=INSTANT, convocation=convocation, reponse="represente", par_qui="première adjointe"
    )
    assert (answered.par_qui, answered.notee_par_id) == ("première adjointe", secretaire.mandat_id)
    with pytest.raises(ActionRefusee):
        actions.answer_convocation(
            acteur=table.maires[1], instant=INSTANT, convocation=convocation, reponse=Reponse.EXCUSE
        )
    with pytest.raises(Conflit, match="par qui"):
        actions.answer_convocation(
            acteur=table.maires[0], instant=INSTANT, convocation=convocation, reponse=Reponse.REPRESENTE
        )
    assert list_a_venir(table.maires[0], INSTANT) == []
    assert [c.seance for c in list_a_venir(table.maires[1], INSTANT)] == [seance]


@pytest.mark.parametrize(
    ("reponse", "geste"),
    [("present", "viendra à"), ("excuse", "ne viendra pas à"), ("represente", "se fera représenter à")],
)
def test_le_journal_dit_la_reponse_au_nom_de_qui_la_donne(reponse, geste):
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    maire = table.maires[0]
    convocation = Convocation.objects.get(seance=seance, mandat=maire.mandat)
    for acteur in (maire, table.equipe):
        actions.answer_convocation(
            acteur=acteur, instant=INSTANT, convocation=convocation, reponse=reponse, par_qui="première adjointe"
        )
    noted, own = Acte.objects.filter(verbe="answer_convocation").values_list("phrase", flat=True)
    assert own == f"{geste} {write_seance(seance)}"
    assert noted == f"a noté que {write_qui(maire.mandat)} {own}"


def test_le_reglement_peut_refuser_le_remplacement():
    table = build_table(1)
    instance = table.open_instance()
    type(instance).objects.filter(pk=instance.pk).update(adjoint_admis=False)
    instance.refresh_from_db()
    seance = table.convoke(table.open_seance(instance))
    convocation = Convocation.objects.get(seance=seance, mandat=table.maires[0].mandat)
    with pytest.raises(Conflit, match="remplacement"):
        actions.answer_convocation(
            acteur=table.maires[0], instant=INSTANT, convocation=convocation, reponse="represente", par_qui="adjoint"
        )


def test_deux_personnes_notent_les_presences_en_meme_temps_rien_n_est_perdu():
    table = build_table(3)
    seance = table.convoke(table.open_seance())
    secretaire = build_acteur_de(table.demarche, Role.EQUIPE_PROJET)
    first, second, third = [ligne.cle for ligne in list_lignes(seance) if ligne.commune_id]
    ligne = actions.LignePresence
    kept = actions.record_presences(
        acteur=table.equipe, instant=INSTANT, seance=seance, lignes=[ligne(first, "present"), ligne(second, "excuse")]
    )
    assert kept == []
    # The other sheet was opened before: it says nothing of the first line, disagrees on the second, adds the third.
    told = actions.record_presences(
        acteur=secretaire,
        instant=INSTANT,
        seance=seance,
        lignes=[ligne(first, ""), ligne(second, "present"), ligne(third, "represente", "adjointe")],
    )
    assert [(d.cle, d.garde, d.demande) for d in told] == [(second, "excusée", "présente")]
    states = {ligne.cle: ligne.etat for ligne in list_lignes(seance) if ligne.commune_id}
    assert states == {first: "present", second: "excuse", third: "represente"}
    # Having seen it, the second person may change it.
    assert not actions.record_presences(
        acteur=secretaire, instant=INSTANT, seance=seance, lignes=[ligne(second, "present", avant="excuse")]
    )
    assert Presence.objects.get(seance=seance, commune=table.communes[1]).etat == EtatPresence.PRESENT


def test_deux_personnes_ecrivent_une_conclusion_la_seconde_est_prevenue():
    table = build_table(1)
    point = table.open_seance().points.get()
    write = {"acteur": table.equipe, "instant": INSTANT, "version": point.version}
    actions.record_conclusion(point=point, conclusion="Première", **write)
    with pytest.raises(actions.PointPerime):
        actions.record_conclusion(point=Point.objects.get(pk=point.pk), conclusion="Seconde", **write)
    assert Point.objects.get(pk=point.pk).conclusion == "Première"


def test_le_releve_est_valide_par_son_code_fige_puis_envoye():
    table = build_table(2)
    seance = table.hold(table.convoke(table.open_seance()))
    point = seance.points.get()
    actions.record_conclusion(
        acteur=table.equipe,
        instant=INSTANT,
        point=point,
        version=point.version,
        conclusion="Le comité poursuit avec le scénario A.",
        reserves=[actions.SaisieReserve(table.communes[1], "Sous réserve du coût.")],
        suites=[actions.SaisieSuite("Chiffrer le scénario", "Équipe projet")],
    )
    assert list_a_valider(table.president) == [seance]
    assert list_a_valider(table.maires[0]) == []
    releve = table.validate(seance)
    assert (seance.etat, releve.version) == (EtatSeance.RELEVE_VALIDE, 1)
    assert "Sous réserve du coût." in releve.contenu
    assert bytes(releve.pdf).startswith(b"%PDF")
    assert bytes(releve.docx).startswith(b"PK")
    assert Courriel.objects.filter(cle__startswith=f"seance:{seance.pk}:releve:1:").count() == 3
    with pytest.raises(EcritureInterdite):
        releve.save()
    with pytest.raises(Conflit):
        actions.record_conclusion(
            acteur=table.equipe, instant=INSTANT, point=point, version=point.version, conclusion="Autre"
        )


def test_un_mauvais_code_ne_valide_rien_et_reste_compte():
    table = build_table(1)
    seance = table.hold(table.convoke(table.open_seance()))
    give_code(table.president)
    lu = actions.compute_empreinte(actions.build_projet(seance, INSTANT))
    with pytest.raises(CodeRefuse):
        actions.validate_releve(acteur=table.president, instant=INSTANT, seance=seance, code="11112222", lu=lu)
    assert not Releve.objects.exists()
    assert Personne.objects.get(pk=table.president.personne_id).code_essais == 1


def test_le_releve_change_depuis_la_lecture_n_est_pas_valide():
    table = build_table(1)
    seance = table.hold(table.convoke(table.open_seance()))
    give_code(table.president)
    lu = actions.compute_empreinte(actions.build_projet(seance, INSTANT))
    point = seance.points.get()
    actions.record_conclusion(
        acteur=table.equipe, instant=INSTANT, point=point, version=point.version, conclusion="Glissée après lecture"
    )
    with pytest.raises(Conflit, match="relisez-le"):
        actions.validate_releve(acteur=table.president, instant=INSTANT, seance=seance, code=CODE, lu=lu)
    seance.refresh_from_db()
    assert (seance.etat, seance.releve_version) == (EtatSeance.TENUE, 0)
    assert not Releve.objects.exists()


def test_une_correction_est_une_nouvelle_version_qui_dit_pourquoi():
    table = build_table(1)
    seance = table.hold(table.convoke(table.open_seance()))
    first = table.validate(seance)
    with pytest.raises(Conflit):
        actions.reopen_releve(acteur=table.equipe, instant=INSTANT, seance=seance, motif="  ")
    actions.reopen_releve(acteur=table.equipe, instant=INSTANT, seance=seance, motif="Une date était fausse")
    point = seance.points.get()
    actions.record_conclusion(
        acteur=table.equipe, instant=INSTANT, point=point, version=point.version, conclusion="Corrigée"
    )
    second = table.validate(seance)
    assert (second.version, second.motif) == (2, "Une date était fausse")
    assert Releve.objects.get(pk=first.pk).contenu != second.contenu
    assert [h.etat_apres for h in HistoriqueSeance.objects.filter(seance=seance).order_by("pk")] == [
        "preparation",
        "convoquee",
        "tenue",
        "releve_valide",
        "tenue",
        "releve_valide",
    ]


def test_l_annulation_previent_et_retire_de_l_agenda():
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    with pytest.raises(Conflit, match="pourquoi"):
        actions.cancel_seance(acteur=table.equipe, instant=INSTANT, seance=seance, motif="")
    actions.cancel_seance(acteur=table.equipe, instant=INSTANT, seance=seance, motif="Salle indisponible")
    message = Courriel.objects.filter(cle__startswith=f"seance:{seance.pk}:annulation:").first()
    assert "Salle indisponible" in message.corps
    ics = bytes(message.pieces.get().contenu)
    assert b"METHOD:CANCEL" in ics
    assert b"SEQUENCE:2" in ics
    convocation = seance.convocations.first()
    with pytest.raises(Conflit):
        actions.answer_convocation(
            acteur=table.equipe, instant=INSTANT, convocation=convocation, reponse=Reponse.PRESENT
        )


def test_ce_qui_s_est_tenu_sans_convocation_se_note_quand_meme():
    table = build_table(1)
    seance = table.open_seance(debut=INSTANT - timedelta(days=3))
    actions.hold_seance(acteur=table.equipe, instant=INSTANT, seance=seance)
    assert seance.etat == EtatSeance.TENUE
    assert [ligne.nom for ligne in list_lignes(seance) if ligne.commune_id] == ["Commune 001"]


def test_une_seance_a_venir_n_est_pas_tenue():
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    with pytest.raises(Conflit, match="pas encore commencé"):
        actions.hold_seance(acteur=table.equipe, instant=INSTANT, seance=seance)


def test_deux_actes_a_la_fois_le_second_est_refuse():
    table = build_table(1)
    seance = table.open_seance()
    stale = type(seance).objects.with_instance().get(pk=seance.pk)
    table.convoke(seance)
    with pytest.raises(Conflit, match="maintenant « convoquée »"):
        actions.cancel_seance(acteur=table.equipe, instant=INSTANT, seance=stale, motif="trop tard")
    seance.refresh_from_db()
    assert seance.etat == EtatSeance.CONVOQUEE


def test_on_ne_vote_pas_dans_un_comite_de_pilotage():
    table = build_table(1)
    seance = table.open_seance()
    with pytest.raises(ActionRefusee) as refus:
        actions.add_point(
            acteur=table.equipe, instant=INSTANT, seance=seance, titre="Vote", type=TypePoint.DELIBERATION
        )
    assert "sans valeur de décision" in refus.value.refus.motif
    assert "L5211-6" in refus.value.refus.article
    vote = actions.SaisieVote(INSTANT.date(), en_exercice=3, presents=3, pour=3, contre=0, adoptee=True)
    with pytest.raises(ActionRefusee):
        actions.record_deliberation(acteur=table.equipe, instant=INSTANT, point=seance.points.get(), saisie=vote)


def test_le_point_du_cotech_passe_au_copil_avec_son_lien():
    table = build_table(1)
    cotech = table.open_instance(TypeInstance.COTECH)
    copil = table.open_instance(TypeInstance.COPIL)
    source = table.open_seance(cotech).points.get()
    target = table.open_seance(copil, points=0)
    carried = actions.carry_point(acteur=table.equipe, instant=INSTANT, point=source, vers=target)
    assert (carried.prepare_par_id, carried.titre) == (source.pk, "Point 1")
    with pytest.raises(Conflit, match="déjà"):
        actions.carry_point(acteur=table.equipe, instant=INSTANT, point=source, vers=target)


def test_l_ordre_du_jour_se_range_par_boutons():
    table = build_table(1)
    seance = table.open_seance(points=3)

    def titles():
        return [point.titre for point in seance.points.order_by("rang")]

    third = seance.points.get(titre="Point 3")
    actions.move_point(acteur=table.equipe, instant=INSTANT, point=third, vers_le_haut=True)
    assert titles() == ["Point 1", "Point 3", "Point 2"]
    actions.move_point(acteur=table.equipe, instant=INSTANT, point=seance.points.first(), vers_le_haut=True)
    assert titles() == ["Point 1", "Point 3", "Point 2"]
    actions.delete_point(acteur=table.equipe, instant=INSTANT, point=third)
    assert titles() == ["Point 1", "Point 2"]


def test_une_instance_unique_ne_s_installe_pas_deux_fois():
    table = build_table(1)
    table.open_instance()
    with pytest.raises(Conflit):
        table.open_instance()


def test_une_commune_n_est_que_d_un_pole():
    table = build_table(2)
    common = {"acteur": table.equipe, "instant": INSTANT}
    nord = actions.create_pole(nom="Nord", communes=table.communes, **common)
    sud = actions.create_pole(nom="Sud", communes=table.communes[1:], **common)
    assert [c.nom for c in nord.communes.all()] == ["Commune 001"]
    with pytest.raises(Conflit):
        actions.create_pole(nom="Sud", communes=[], **common)
    actions.delete_pole(pole=sud, **common)
    assert table.demarche.poles.count() == 1


def test_un_acte_sur_une_autre_demarche_est_refuse():
    table, other = build_table(1), build_table(1)
    seance = table.open_seance()
    with pytest.raises(ActionRefusee):
        actions.convoke_seance(acteur=other.equipe, instant=INSTANT, seance=seance)
    with pytest.raises(ActionRefusee):
        other.open_seance(seance.instance)
