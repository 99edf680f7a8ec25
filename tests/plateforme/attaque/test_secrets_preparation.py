"""What a commune tells of itself before any round is read by its mairie, the équipe projet and the DRH; nobody else."""

import pytest
from tests.plateforme.attaque.gens import explore, find_fuites
from tests.plateforme.attaque.monde import Monde
from tests.plateforme.attaque.preparation import COMMUNE
from tests.plateforme.fabriques import build_acteur_de, build_demarche

from communaccord.plateforme.comptes.enums import MAIRIE, Role
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.diagnostic.models import BulletinPriorites, RelevePartage
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.rapports.models import VersionRapport

pytestmark = pytest.mark.django_db
SALLES = ("diagnostic/", "rapport/", "projet/")


def read_tout(monde: Monde, acteur) -> set[str]:
    return {mot for visite in explore(acteur, SALLES) for mot in monde.plantes.find(visite.textes)}


def test_the_mairie_finds_it_all(monde):
    """Positive control: what is planted is on its pages and in its files, not in what no page shows."""
    assert read_tout(monde, monde.gens.maire(COMMUNE)) == monde.list_prepares()
    assert len(monde.list_prepares()) == 9


def test_the_drh_reads_the_sheets_and_nothing_of_the_rounds(monde):
    seen = read_tout(monde, monde.gens.get(Role.DRH))
    assert seen <= monde.list_prepares()
    assert "zx7massef002" in seen


def test_nothing_of_it_is_in_what_is_frozen_shared_sent_or_journalled(monde):
    """The frozen rapport and the shared flows are read by others as they are; letters and the journal too."""
    told = [str(contenu) for contenu in VersionRapport.objects.values_list("contenu", flat=True)]
    told += [str(contenu) for contenu in RelevePartage.objects.values_list("contenu", flat=True)]
    told += [f"{sujet} {corps}" for sujet, corps in Courriel.objects.values_list("sujet", "corps")]
    told += Acte.objects.values_list("phrase", flat=True)
    assert len(told) > 200
    assert monde.plantes.find(told) == set()


def test_a_ballot_is_read_by_its_mairie_alone(monde):
    for role in Role:
        for code in ("F001", "F006", ""):
            if (role, code) not in monde.gens._acteurs:
                continue
            acteur = monde.gens.get(role, code)
            codes = set(BulletinPriorites.objects.visible_to(acteur).values_list("commune__code", flat=True))
            assert codes == ({code} if role in MAIRIE else set()), (role, code)


def test_nobody_of_another_demarche_reads_it(monde):
    maire = build_acteur_de(build_demarche(3), Role.DGS_EPCI)
    assert find_fuites(monde, maire, explore(maire, SALLES)) == {}
