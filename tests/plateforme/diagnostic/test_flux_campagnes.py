"""Flows from one campaign to the next: what was told stays in sight, and one goes from a campaign to the other."""

import pytest
from tests.plateforme.diagnostic import test_flux_pages as pages
from tests.plateforme.diagnostic.fabrique import build_campagne, build_flux
from tests.plateforme.diagnostic.test_flux_pages import get, post, read, read_lu, share
from tests.plateforme.fabriques import build_acteur_de, client_for

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.models import Campagne, RelevePartage

pytestmark = pytest.mark.django_db
monde = pages.monde
_horloge = pages._horloge


def prepare_suivante(monde) -> Campagne:
    Campagne.objects.update(etat="close")
    return build_campagne(monde["demarche"], titre="État des lieux 2028", annee=2028, etat="preparation")


def read_campagne(acteur, name: str, *args, campagne: Campagne) -> str:
    response = client_for(acteur).get(chemin(acteur, name, *args), {"campagne": campagne.pk})
    assert response.status_code == 200
    return read(response)


def test_the_flows_stay_in_sight_while_the_next_campaign_is_prepared(monde):
    commune = monde["communes"][0]
    build_flux(monde["campagne"], None, commune, montant=31_415_00)
    suivante, mairie = prepare_suivante(monde), monde["mairies"][0]
    for acteur in (mairie, monde["equipe"]):
        page = get(acteur, "diagnostic:flux")
        assert "31 415" in page
        assert "Déclarer un flux dans « État des lieux 2028 »" in page
        assert f"?campagne={suivante.pk}" in page
        assert "31 415" not in read_campagne(acteur, "diagnostic:flux", campagne=suivante)
        assert "31 415" in get(acteur, "diagnostic:donne_recois", commune.pk)
        assert "31 415" not in read_campagne(acteur, "diagnostic:donne_recois", commune.pk, campagne=suivante)
    build_flux(suivante, None, commune, montant=27_182_00)
    page = get(mairie, "diagnostic:flux")
    assert "27 182" in page
    assert "31 415" not in page
    assert "31 415" in read_campagne(mairie, "diagnostic:flux", campagne=monde["campagne"])


def test_what_a_mairie_shared_stays_shared_and_the_next_one_is_shared_apart(monde):
    pages.build_echanges(monde)
    share(monde)
    suivante, commune, mairie = prepare_suivante(monde), monde["communes"][0], monde["mairies"][0]
    president = build_acteur_de(monde["demarche"], Role.PRESIDENT)
    assert "120 000" in get(president, "diagnostic:donne_recois", commune.pk)
    build_flux(suivante, None, commune, nature="ac", montant=77_000_00, objet="AC")
    assert "120 000" in get(president, "diagnostic:donne_recois", commune.pk)
    assert "77 000" in get(mairie, "diagnostic:donne_recois", commune.pk)
    adresse = f"{chemin(mairie, 'diagnostic:donne_recois_partager', commune.pk)}?campagne={suivante.pk}"
    lu = read_lu(read(client_for(mairie).get(chemin(mairie, "diagnostic:donne_recois", commune.pk))))
    response = client_for(mairie).post(adresse, {"lu": lu})
    assert response["Location"].endswith(f"?campagne={suivante.pk}&fait=partage")
    assert RelevePartage.objects.count() == 2
    assert "77 000" in get(president, "diagnostic:donne_recois", commune.pk)


@pytest.mark.parametrize("asked", ["0", "9" * 5000, "²", "x"])
def test_a_campaign_that_cannot_be_is_not_found(monde, asked):
    for name in ("flux", "donne_recois_liste"):
        adresse = chemin(monde["equipe"], f"diagnostic:{name}")
        assert client_for(monde["equipe"]).get(adresse, {"campagne": asked}).status_code == 404


def test_the_campaign_of_another_demarche_is_not_found(monde):
    other = build_campagne()
    adresse = chemin(monde["equipe"], "diagnostic:flux")
    assert client_for(monde["equipe"]).get(adresse, {"campagne": other.pk}).status_code == 404
    post(monde["equipe"], "diagnostic:donne_recois_partager", monde["communes"][0].pk, status=403)
