"""A figure on three people is found by nobody else: on no page, paper, note or table, nor by any subtraction."""

import json
import re
from io import BytesIO
from itertools import product
from zipfile import ZipFile, is_zipfile

import pytest
from tests.plateforme.diagnostic.fabrique import (
    build_campagne,
    build_effectifs,
    build_fiche,
    build_reponse,
    validate_fiche,
)
from tests.plateforme.diagnostic.monde_restitution import build_monde, freeze
from tests.plateforme.fabriques import build_acteur_de, build_demarche, client_for, list_communes

from communaccord.plateforme.comptes.enums import DANS_UNE_COMMUNE, Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.enums import Colonne, TypeLigne
from communaccord.plateforme.diagnostic.models import Reponse
from communaccord.plateforme.diagnostic.pages.carnet_matiere import read_matiere_carnet
from communaccord.plateforme.diagnostic.pages.matiere import read_matiere
from communaccord.plateforme.diagnostic.queries.restitution import find_campagne_restituee, read_cadre
from communaccord.plateforme.documents import papier

pytestmark = pytest.mark.django_db
# Three people of commune F003 in "paie": each figure is found nowhere else in that world.
PLANTES = {"etp": 2.87, "masse_salariale": 98_765, "autres_couts": 1_000, "departs": 3}
TRACES = ("2,87", "287", "98765", "9876500", "98 765")
FICHIERS = (
    ("diagnostic:synthese", {}),
    ("diagnostic:synthese", {"indicateur": "agents"}),
    ("diagnostic:synthese_classeur", {}),
    ("diagnostic:synthese_csv", {}),
    ("diagnostic:synthese_note", {}),
)


@pytest.fixture
def campagne(monkeypatch):
    """The paper is read as the data handed to its template."""
    campagne = build_monde(figee=False)
    commune = campagne.demarche.communes.get(code="F003")
    Reponse.objects.filter(fiche__commune=commune, ligne__service="paie", ligne__type=TypeLigne.EFFECTIFS).delete()
    build_effectifs(build_fiche(campagne, commune), "paie", 3, **PLANTES)
    freeze(campagne)
    monkeypatch.setattr(papier, "render_pdf", lambda _gabarit, data, date: json.dumps(data).encode())
    return campagne


def read_tout(response) -> str:
    """Every word of an answer; the files inside an office file too. Spaces of numbers are made plain."""
    if response.status_code != 200:
        return ""
    content = response.content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    text = content.decode("utf-8", "replace")
    text = text.encode().decode("unicode_escape", "replace") if text.startswith("{") else text
    return re.sub(r"[\u00a0\u202f]", " ", re.sub(r"<[^>]+>", " ", text))


def explore(acteur, communes) -> str:
    client = client_for(acteur)
    adresses = [(chemin(acteur, name), query) for name, query in FICHIERS]
    for commune in communes:
        adresses += [(chemin(acteur, name, commune.pk), {}) for name in ("diagnostic:carnet", "diagnostic:carnet_pdf")]
    return "\n".join(read_tout(client.get(adresse, query)) for adresse, query in adresses)


def find_traces(text: str) -> set[str]:
    return {trace for trace in TRACES if re.search(rf"(?<!\d){re.escape(trace)}(?!\d)", text)}


LECTEURS = [role for role in Role if role not in (Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.DRH)]


@pytest.mark.parametrize("role", LECTEURS)
def test_no_other_actor_finds_the_figure_of_three_people(campagne, role):
    communes = list_communes(campagne.demarche)
    commune = communes[6] if role in DANS_UNE_COMMUNE else None
    assert find_traces(explore(build_acteur_de(campagne.demarche, role, commune), communes)) == set()


@pytest.mark.parametrize("role", [Role.MAIRE, Role.SECRETAIRE, Role.DRH, Role.EQUIPE_PROJET, Role.DGS_EPCI])
def test_the_commune_the_drh_and_the_equipe_find_it_in_the_carnet(campagne, role):
    communes = list_communes(campagne.demarche)
    acteur = build_acteur_de(campagne.demarche, role, communes[2] if role in DANS_UNE_COMMUNE else None)
    assert {"2,87", "98 765"} <= find_traces(explore(acteur, communes))


@pytest.mark.parametrize("role", [Role.DRH, Role.EQUIPE_PROJET, Role.DGS_EPCI, Role.MAIRE])
def test_the_synthese_is_the_same_for_everybody(campagne, role):
    """What the équipe projet hands over by mistake, it cannot: its synthèse is masked too."""
    communes = list_communes(campagne.demarche)
    acteur = build_acteur_de(campagne.demarche, role, communes[2] if role == Role.MAIRE else None)
    assert find_traces(explore(acteur, [])) == set()


def test_somebody_of_another_demarche_finds_nothing(campagne):
    other = build_demarche()
    text = explore(build_acteur_de(other, Role.EQUIPE_PROJET), list_communes(campagne.demarche))
    assert find_traces(text) == set()
    assert "Commune 003 décrit" not in text


def list_mondes(hidden, somme):
    """Every assignment of the hidden cells whose sum is known: 1 to 4 where it is sensitive, 5 to 9 elsewhere."""
    ranges = [range(1, 5) if 0 < valeur < 5 else range(5, 10) for valeur in hidden]
    return [monde for monde in product(*ranges) if sum(monde) == somme]


@pytest.mark.parametrize("service", ["paie", "urbanisme", "voirie"])
def test_no_subtraction_gives_a_handful(campagne, service):
    """A mairie knows its own, the visible cells, the total when it is shown, the mean of its carnet: not enough."""
    for commune in list_communes(campagne.demarche):
        maire = build_acteur_de(campagne.demarche, Role.MAIRE, commune)
        cadre = read_cadre(find_campagne_restituee(maire))
        carnet = read_matiere_carnet(maire, cadre, next(f for f in cadre.fiches if f.commune_id == commune.pk))
        total = read_matiere(cadre).totaux.get((Colonne.AGENTS, service))
        mean, _ = carnet.compare_personnes(Colonne.AGENTS, service)
        agents = {e: v // 100 for (e, s), v in carnet.figes.releve.colonnes[Colonne.AGENTS].items() if s == service}
        masque = carnet.figes.masques[Colonne.AGENTS]
        hidden = {e: v for e, v in agents.items() if not masque.shows(e, service) and e != commune.code}
        groupe = {carnet.codes[pk] for pk in carnet.groupe.communes} if carnet.groupe else set()
        inside = [v for e, v in hidden.items() if e in groupe]
        outside = [v for e, v in hidden.items() if e not in groupe]
        is_total = total is not None and total.valeur is not None
        groups = [inside, outside] if mean is not None and is_total else [inside] if mean is not None else []
        for cells in [*groups, *([inside + outside] if is_total else [])]:
            mondes = list_mondes(cells, sum(cells))
            for place, valeur in enumerate(cells):
                assert not 0 < valeur < 5 or len({monde[place] for monde in mondes}) >= 2, (commune.nom, cells)


def build_paie(agents) -> tuple:
    """A campaign on "paie" alone and a reader of its eighth commune, whose sheets say so many people."""
    campagne = build_campagne(communes=8, services=("paie",))
    communes = list_communes(campagne.demarche)
    for commune, nombre in zip(communes, agents, strict=False):
        build_effectifs(build_fiche(campagne, commune), "paie", nombre, departs=nombre)
    return campagne, communes, build_acteur_de(campagne.demarche, Role.CONSEILLER_MUNICIPAL, communes[7])


def read_csv(acteur) -> list[str]:
    """The line of "paie": service, agents, ETP, payroll, other costs, sheets, needs, level, fragilities."""
    text = client_for(acteur).get(chemin(acteur, "diagnostic:synthese_csv")).content.decode("utf-8-sig")
    return text.splitlines()[1].split(";")


def test_an_answer_moves_no_figure_on_people():
    """Two moments of the synthèse told the payroll of who had answered between: they are the same until one freezes."""
    campagne, communes, acteur = build_paie((2, 3, 2, 12, 20, 30))
    assert read_csv(acteur)[1:4] == ["pas encore figé"] * 3
    assert "Les agents et leurs coûts se liront quand la photographie sera figée" in explore(acteur, [])
    freeze(campagne)
    before = read_csv(acteur)
    assert before[1] == "69"
    build_effectifs(build_fiche(campagne, communes[6]), "paie", 2, masse_salariale=61_234, departs=2)
    assert read_csv(acteur) == before


def test_a_second_version_does_not_tell_who_answered_since():
    campagne, communes, acteur = build_paie((2, 3, 2, 12, 20, 30))
    freeze(campagne)
    build_effectifs(build_fiche(campagne, communes[6]), "paie", 2, masse_salariale=61_234, departs=2)
    freeze(campagne)
    after = read_csv(acteur)
    assert after[1:4] == ["non montré"] * 3
    assert after[-2] == "non montré"
    page = client_for(acteur).get(chemin(acteur, "diagnostic:photographie")).content.decode()
    told = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    assert not re.search(r"\b71\b", told)


def test_the_map_does_not_tell_who_has_just_answered():
    """Unknown and masked are one word."""
    campagne, communes, acteur = build_paie((2, 12))
    freeze(campagne)
    page = client_for(acteur).get(chemin(acteur, "diagnostic:synthese"), {"indicateur": "agents"}).content.decode()
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for commune in (communes[0], communes[5]):
        assert f"{commune.nom} non communiqué" in told


def test_the_level_of_a_commune_is_that_of_a_validated_sheet_and_of_five_services():
    services = [f"fictif_{rang}" for rang in range(5)]
    campagne = build_campagne(communes=3, services=services)
    communes = list_communes(campagne.demarche)
    acteur = build_acteur_de(campagne.demarche, Role.CONSEILLER_MUNICIPAL, communes[2])
    for commune, combien in zip(communes, (5, 5, 4), strict=True):
        for service in services[:combien]:
            build_reponse(build_fiche(campagne, commune), f"{service}_maturite", texte="4")
    for commune in communes[1:]:
        validate_fiche(build_fiche(campagne, commune))
    page = client_for(acteur).get(chemin(acteur, "diagnostic:synthese")).content.decode()
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    words = [re.search(rf"{commune.nom} (non communiqué|4,0 sur 5)", told) for commune in communes]
    assert [found and found[1] for found in words] == ["non communiqué", "4,0 sur 5", "non communiqué"]


def test_somebody_of_two_communes_counts_as_one_reader():
    """Two mairies of one secretary would leave the third alone behind the total."""
    campagne, communes, acteur = build_paie((2, 2, 3))
    freeze(campagne)
    assert read_csv(acteur)[1] == "7"
    secretaire = build_acteur_de(campagne.demarche, Role.SECRETAIRE, communes[0])
    Mandat.objects.create(
        personne=secretaire.mandat.personne, role=Role.SECRETAIRE, commune=communes[1], debut=secretaire.mandat.debut
    )
    assert read_csv(acteur)[1] == "non montré"


def test_the_other_costs_of_the_only_commune_that_tells_are_not_shown():
    campagne, communes, acteur = build_paie((2,))
    freeze(campagne)
    assert read_csv(acteur)[4] == "non montré"
    build_effectifs(build_fiche(campagne, communes[1]), "paie", 3)
    freeze(campagne)
    assert read_csv(acteur)[4] == "2000"
