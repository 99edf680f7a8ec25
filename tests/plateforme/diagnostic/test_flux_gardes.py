"""What a hand-made address cannot do to flows: join what is not alike, set aside what counts for two, reopen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.plateforme.diagnostic import test_flux_pages as pages
from tests.plateforme.diagnostic.fabrique import build_flux
from tests.plateforme.diagnostic.test_flux_pages import TITRES, build_table, post, read, read_textarea
from tests.plateforme.fabriques import build_acteur_de

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.models import Flux, FluxDistincts
from communaccord.plateforme.socle.tableur import write_xlsx

pytestmark = pytest.mark.django_db
monde = pages.monde
_horloge = pages._horloge


def test_nobody_judges_the_flows_of_others(monde):
    one = build_flux(monde["campagne"], None, monde["communes"][0], montant=100)
    other = build_flux(monde["campagne"], None, monde["communes"][0], declare_par=monde["communes"][0])
    post(monde["mairies"][1], "diagnostic:flux_juger", one.pk, other.pk, status=404, verdict="meme")
    drh = build_acteur_de(monde["demarche"], Role.DRH)
    post(drh, "diagnostic:flux_juger", one.pk, other.pk, status=403, verdict="meme")
    assert Flux.objects.counted().count() == 2


@pytest.mark.parametrize("verdict", ["meme", "distincts"])
@pytest.mark.parametrize(
    "autre", [{"service": "voirie"}, {"annee": 2024}, {"nature": "bien"}, {"ecarte": True, "motif_ecart": "erreur"}]
)
def test_unlike_flows_cannot_be_joined(monde, autre, verdict):
    """Whatever address was made by hand: only what the page proposes is judged."""
    first, second = monde["communes"][:2]
    values = {"service": "urbanisme", "montant": 100, "declare_par": first}
    one = build_flux(monde["campagne"], None, first, **(values | {"declare_par": None}))
    other = build_flux(monde["campagne"], None, first, **(values | autre))
    away = build_flux(monde["campagne"], None, second, **(values | {"declare_par": second}))
    for pk in (other.pk, away.pk):
        post(monde["equipe"], "diagnostic:flux_juger", one.pk, pk, status=409, verdict=verdict)
    assert not Flux.objects.filter(double_de__isnull=False).exists()
    assert not FluxDistincts.objects.exists()


def test_there_is_one_ac_a_year(monde):
    first = monde["communes"][0]
    values = {"nature": "ac", "service": "", "montant": 300}
    one = build_flux(monde["campagne"], None, first, **values)
    other = build_flux(monde["campagne"], None, first, **{**values, "montant": 400, "declare_par": first})
    refused = post(monde["equipe"], "diagnostic:flux_juger", one.pk, other.pk, status=409, verdict="deux")
    assert "par an avec l'intercommunalité" in read(refused)
    assert not FluxDistincts.objects.exists()
    post(monde["equipe"], "diagnostic:flux_juger", one.pk, other.pk, verdict="meme")


def test_one_end_does_not_join_two_of_its_flows_to_one_of_the_other(monde):
    first = monde["communes"][0]
    kept = build_flux(monde["campagne"], None, first, montant=300)
    one, other = [build_flux(monde["campagne"], None, first, montant=m, declare_par=first) for m in (100, 200)]
    post(monde["mairies"][0], "diagnostic:flux_juger", kept.pk, one.pk, verdict="meme")
    post(monde["mairies"][0], "diagnostic:flux_juger", kept.pk, other.pk, status=409, verdict="meme")
    assert Flux.objects.counted().count() == 2


def test_what_counts_for_two_is_not_set_aside(monde):
    first = monde["communes"][0]
    kept = build_flux(monde["campagne"], None, first, montant=100)
    other = build_flux(monde["campagne"], None, first, declare_par=first)
    post(monde["equipe"], "diagnostic:flux_juger", kept.pk, other.pk, verdict="meme")
    refused = post(monde["equipe"], "diagnostic:flux_ecarter", kept.pk, status=409, motif="Déjà dans l'AC")
    assert "séparez-les d'abord" in read(refused)
    assert list(Flux.objects.counted()) == [kept]


def test_a_closed_campaign_takes_no_table(monde):
    page = post(
        monde["equipe"],
        "diagnostic:flux_apercu",
        status=200,
        fichier=SimpleUploadedFile("f.xlsx", write_xlsx("Flux", TITRES, build_table(monde))),
    )
    type(monde["campagne"]).objects.update(etat="close")
    refused = post(monde["equipe"], "diagnostic:flux_importer", status=409, lignes=read_textarea(page))
    assert "clos" in read(refused)
    assert not Flux.objects.exists()
