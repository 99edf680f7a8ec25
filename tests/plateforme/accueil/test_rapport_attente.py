"""A version of the rapport awaits the president, then the équipe projet: its transmission, its last useful day."""

from datetime import date, timedelta

import pytest
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, set_horloge
from tests.plateforme.rapports.fabrique import build_matiere, freeze

from communaccord.plateforme.accueil.bridge.dates import compute_dernier_depart
from communaccord.plateforme.accueil.pages.demarche.rapport import list_rapport
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.rapports.actions import validate_version, withdraw_validation
from communaccord.plateforme.territoires.models import Demarche

pytestmark = pytest.mark.django_db
JOUR = INSTANT.date()


def tell(acteur, jour=JOUR):
    return [attente.phrase.replace("\u00a0", " ").replace("\u202f", " ") for attente in list_rapport(acteur, jour)]


def test_a_frozen_version_awaits_the_president_alone(monkeypatch):
    set_horloge(monkeypatch)
    demarche, _, equipe, president = build_matiere()
    assert tell(president) == []
    version = freeze(equipe)
    assert tell(president) == ["La version 1 du rapport est figée : elle attend votre validation."]
    page = client_for(president).get(chemin(president, "accueil:chez_moi")).text
    assert f'href="{chemin(president, "rapports:version", version.pk)}"' in page
    assert tell(equipe) == tell(build_acteur_de(demarche, Role.MAIRE)) == []


def test_once_validated_the_equipe_reads_the_next_step_and_the_last_useful_day():
    _, _, equipe, president = build_matiere()
    version = freeze(equipe)
    validate_version(acteur=president, instant=INSTANT, version=version, sciemment=True)
    assert tell(president) == []
    (sans_date,) = tell(equipe)
    assert "transmettez-la à chaque conseil municipal" in sans_date
    assert "Dites quel conseil est visé" in sans_date
    seance = date(2027, 12, 16)
    Demarche.objects.update(approbation_visee=seance)
    equipe.demarche.refresh_from_db()
    (attente,) = list_rapport(equipe, JOUR)
    assert "15\u00a0septembre 2027 au plus tard" in attente.phrase
    assert attente.echeance.date() == compute_dernier_depart(seance) == date(2027, 9, 15)
    assert attente.adresse == chemin(equipe, "rapports:courriers", version.pk)
    assert tell(equipe, seance) == []
    assert len(tell(equipe, seance - timedelta(days=1))) == 1


def test_a_validation_taken_back_awaits_again():
    _, _, equipe, president = build_matiere()
    version = freeze(equipe)
    common = {"acteur": president, "instant": INSTANT, "version": version}
    validate_version(**common, sciemment=True)
    withdraw_validation(**common, motif="Erreur", rien_envoye=True)
    assert len(tell(president)) == 1
    assert tell(equipe) == []
