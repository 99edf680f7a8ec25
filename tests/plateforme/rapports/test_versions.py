"""Versions: frozen whole, never rewritten, compared part by part; validated by the president alone."""

from copy import deepcopy

import pytest
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche
from tests.plateforme.rapports.fabrique import build_matiere, freeze, settle, write

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.rapports.actions import (
    freeze_version,
    mark_relue,
    record_partie,
    validate_version,
    withdraw_validation,
)
from communaccord.plateforme.rapports.models import (
    Partie,
    Rapport,
    RetraitValidation,
    ValidationVersion,
    VersionRapport,
)
from communaccord.plateforme.rapports.pages.contenu import compute_empreinte
from communaccord.plateforme.rapports.pages.differences import compare_versions, write_phrase
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


def test_a_version_keeps_what_it_said():
    demarche, dossier, equipe, _ = build_matiere()
    first = freeze(equipe, "Pour le COPIL")
    assert (first.numero, first.empreinte) == (1, compute_empreinte(first.contenu))
    settle(dossier, equipe)
    second = freeze(equipe)
    assert second.numero == 2
    assert VersionRapport.objects.get(pk=first.pk).contenu == first.contenu != second.contenu
    with pytest.raises(EcritureInterdite):
        first.save()
    with pytest.raises(EcritureInterdite):
        VersionRapport.objects.all().delete()
    assert Rapport.objects.get().demarche == demarche
    assert Acte.objects.filter(verbe="rapport.version_figee").count() == 2


def test_nothing_is_frozen_when_nothing_changed():
    _, _, equipe, _ = build_matiere()
    freeze(equipe)
    with pytest.raises(Conflit, match="Rien n'a changé depuis la version 1"):
        freeze(equipe)


def test_only_the_president_validates_and_only_the_last_version():
    _, dossier, equipe, president = build_matiere()
    first = freeze(equipe)
    settle(dossier, equipe)
    second = freeze(equipe)
    with pytest.raises(ActionRefusee):
        validate_version(acteur=equipe, instant=INSTANT, version=second, sciemment=True)
    stranger = build_acteur_de(build_demarche(), Role.PRESIDENT)
    with pytest.raises(ActionRefusee):
        validate_version(acteur=stranger, instant=INSTANT, version=second, sciemment=True)
    with pytest.raises(Conflit, match="plus récente"):
        validate_version(acteur=president, instant=INSTANT, version=first)
    validate_version(acteur=president, instant=INSTANT, version=second, sciemment=True)
    assert VersionRapport.objects.with_validation().get(pk=second.pk).est_validee
    with pytest.raises(Conflit, match="déjà validée"):
        validate_version(acteur=president, instant=INSTANT, version=second, sciemment=True)


def test_what_a_version_lacks_is_frozen_with_it_and_accepted_knowingly():
    _, dossier, equipe, president = build_matiere()
    version = freeze(equipe)
    told = [f"{partie['titre']} : {point}" for partie in version.manques for point in partie["points"]]
    assert f"L'impact sur les effectifs et les dépenses de fonctionnement : « {dossier.titre} » : " in " ".join(told)
    assert version.compte_manques == len(told) > 3
    with pytest.raises(Conflit, match="Il manque encore"):
        validate_version(acteur=president, instant=INSTANT, version=version)
    assert not ValidationVersion.objects.exists()
    validate_version(acteur=president, instant=INSTANT, version=version, sciemment=True)
    assert ValidationVersion.objects.get().malgre == len(told)
    assert "en sachant qu'il y manque" in Acte.objects.get(verbe="rapport.version_validee").phrase


def test_a_validation_is_taken_back_with_a_reason_while_nothing_was_sent():
    _, _, equipe, president = build_matiere()
    version = freeze(equipe)
    common = {"instant": INSTANT, "version": version}
    with pytest.raises(Conflit, match="n'est pas validée"):
        withdraw_validation(acteur=president, motif="Erreur", rien_envoye=True, **common)
    validate_version(acteur=president, sciemment=True, **common)
    with pytest.raises(ActionRefusee):
        withdraw_validation(acteur=equipe, motif="Erreur", rien_envoye=True, **common)
    with pytest.raises(Conflit, match="pourquoi"):
        withdraw_validation(acteur=president, motif="  ", rien_envoye=True, **common)
    with pytest.raises(Conflit, match="caractères"):
        withdraw_validation(acteur=president, motif="x" * 301, rien_envoye=True, **common)
    with pytest.raises(Conflit, match="nouvelle version"):
        withdraw_validation(acteur=president, motif="Erreur", **common)
    withdraw_validation(acteur=president, motif="Les effectifs manquaient", rien_envoye=True, **common)
    assert not VersionRapport.objects.with_validation().get().est_validee
    assert RetraitValidation.objects.get().motif == "Les effectifs manquaient"
    assert "Les effectifs manquaient" in Acte.objects.get(verbe="rapport.validation_retiree").phrase
    validate_version(acteur=president, sciemment=True, **common)
    assert VersionRapport.objects.with_validation().get().est_validee


def test_who_does_not_prepare_writes_nothing():
    demarche, _, _, president = build_matiere()
    maire = build_acteur_de(demarche, Role.MAIRE)
    for acteur in (president, maire):
        with pytest.raises(ActionRefusee):
            freeze_version(acteur=acteur, instant=INSTANT)
        with pytest.raises(ActionRefusee):
            record_partie(acteur=acteur, instant=INSTANT, cle="mot", texte="x", empreinte="", version=0)
    assert not Rapport.objects.exists()


def test_an_unknown_part_or_one_that_moved_is_refused():
    _, _, equipe, _ = build_matiere()
    with pytest.raises(Conflit):
        record_partie(acteur=equipe, instant=INSTANT, cle="autre", texte="x", empreinte="", version=0)
    partie = write(equipe, "mot", "Bonjour.")
    with pytest.raises(Conflit, match="a changé"):
        mark_relue(acteur=equipe, instant=INSTANT, cle="mot", empreinte="e", version=9)
    assert Partie.objects.get().empreinte == partie.empreinte


def test_differences_tell_words_and_figures_part_by_part():
    _, dossier, equipe, _ = build_matiere()
    write(equipe, "mot", "Nous partageons peu.")
    first = freeze(equipe)
    settle(dossier, equipe)
    write(equipe, "mot", "Nous partageons beaucoup.", version=1)
    Dossier.objects.filter(pk=dossier.pk).update(service_apres="Un remplacement sous deux jours.")
    second = freeze(equipe)
    parties = {partie.titre: partie for partie in compare_versions(first.contenu, second.contenu)}
    mot = parties["Le mot de la présidence"].ecrit
    assert [(m.genre, m.texte.strip()) for m in mot if m.genre != "egal"] == [
        ("retire", "peu."),
        ("ajoute", "beaucoup."),
    ]
    actions = parties["Le projet de schéma : les actions"]
    (table,) = actions.tableaux
    (ligne,) = table.lignes
    assert ligne.nom == "Intercommunalité"
    assert ("Agents aujourd'hui", "non connu", "12") in ligne.changements
    assert any(m.genre == "ajoute" and "deux" in m.texte for m in actions.texte)
    assert "Annexes : commune par commune" not in parties
    assert "Le mot de la présidence" in write_phrase(tuple(parties.values()), 1, 2)


def test_what_came_and_what_went_say_so():
    _, _, equipe, _ = build_matiere()
    avant = freeze(equipe).contenu
    apres = deepcopy(avant)
    retired = apres["parties"].pop()
    table = next(b for p in apres["parties"] for b in p["blocs"] if b["type"] == "tableau")
    table["lignes"].pop(0)
    table["lignes"].append(["Commune nouvelle", "1", "1"])
    found = {partie.titre: partie for partie in compare_versions(avant, apres)}
    assert found[retired["titre"]].genre == "retiree"
    (compared,) = found["Le territoire et ses instances"].tableaux
    assert [(ligne.nom, ligne.genre) for ligne in compared.lignes] == [
        ("Commune nouvelle", "ajoutee"),
        ("Commune 001", "retiree"),
    ]
    assert compare_versions(avant, avant) == ()
    assert "rien n’a changé" in write_phrase((), 1, 2)
