"""An item of the agenda says what a round published, and nothing else."""

import pytest
from tests.plateforme.accords.fabrique import APRES, SECRET_PLI, build_elements, open_table
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, set_horloge

from communaccord.plateforme.accords import actions as actes_de_table
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.instances import actions
from communaccord.plateforme.instances.models import Point
from communaccord.plateforme.instances.pages.resultat_tour import list_phrases, write_resultat_tour

pytestmark = pytest.mark.django_db


def test_la_phrase_du_tour_publie_vient_a_l_ordre_du_jour(monkeypatch):
    set_horloge(monkeypatch)
    table = open_table(12)
    equipe = table.equipe
    assert write_resultat_tour(equipe, table.tour, table.dossier) == ""
    for rang in range(11):
        table.answer(rang, build_elements(montant=200_000 if rang < 6 else 1))
    actes_de_table.veiller(APRES)
    phrase = write_resultat_tour(equipe, table.tour, table.dossier)
    assert phrase.startswith("Tour fictif")
    assert "communes sur 11" in phrase
    assert SECRET_PLI not in phrase
    agent = build_acteur_de(table.demarche, Role.AGENT)
    assert write_resultat_tour(agent, table.tour, table.dossier) == ""

    instance = actions.create_instance(acteur=equipe, instant=INSTANT, type="copil")
    seance = actions.create_seance(
        acteur=equipe, instant=INSTANT, instance=instance, debut=APRES, lieu="Salle (fictif)"
    )
    typed = {"titre": "Résultat", "type": "avis", "dossier": table.dossier.pk, "tour": table.tour.pk}
    client = client_for(equipe)
    adresse = f"/m/{equipe.mandat_id}/instances/seances/{seance.pk}/points/nouveau/"
    assert client.post(adresse, typed).status_code == 303
    assert Point.objects.get().resultat_tour == phrase
    assert client.post(adresse, {**typed, "resultat_tour": "Mes mots"}).status_code == 303
    assert Point.objects.latest("pk").resultat_tour == "Mes mots"


def test_ce_qui_n_est_pas_publie_se_dit_sans_nombre():
    rows = [
        {"identifiant": "7", "publie": False, "phrase": "non"},
        {"identifiant": "8", "publie": True, "phrase": "Mieux que le scénario «\u202f7\u202f»."},
    ]
    names = {"7": "Scénario A", "8": "Scénario B"}
    assert list_phrases({"motif": "", "scenarios": rows}, names) == ["Scénario B : Mieux que le scénario A."]
    assert list_phrases({"motif": "", "scenarios": rows[1:]}, names) == ["Mieux que le scénario A."]
    assert list_phrases({"motif": "Moins de cinq réponses.", "scenarios": []}, names) == ["Moins de cinq réponses."]


COMPTE, TU = "conditions réunies pour 7 communes.", "Nombre non publié : trop peu de réponses sous pli."


@pytest.mark.parametrize(
    ("publies", "phrases"),
    [
        ((True,), [COMPTE]),
        ((False,), [TU]),
        ((True, False), [f"Scénario A : {COMPTE}"]),
        ((False, False), [f"Scénario A : {TU}", f"Scénario B : {TU}"]),
    ],
)
def test_un_tour_cite_dit_toujours_quelque_chose(publies, phrases):
    rows = [
        {"identifiant": str(rang), "phrase": COMPTE if publie else TU, "publie": publie}
        for rang, publie in enumerate(publies, start=1)
    ]
    assert list_phrases({"motif": "", "scenarios": rows}, {"1": "Scénario A", "2": "Scénario B"}) == phrases
