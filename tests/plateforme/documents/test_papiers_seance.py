"""Papers of a séance: what they must say is read back from the file; a project never passes for a conclusion."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.plateforme.documents.fabriques import CONVOCATION, ENTETE, FEUILLE, INVITES, PHRASE, RELEVE, SEANCE
from tests.plateforme.documents.lecture import read_pages, says

from communaccord.plateforme.instances.documents.papiers import (
    EXPLICATIONS,
    MENTIONS,
    MOT_PROJET,
    render_convocation,
    render_presence,
    render_releve,
)
from communaccord.plateforme.instances.documents.types import CommuneSeance, Invite, PointReleve, Portee

TRAVAIL = "Avis de travail, sans valeur de décision"
LONG = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson-sur-la-Tres-Longue-Riviere-Fictive"


def read(pdf):
    return "".join(read_pages(pdf))


def test_the_convocation_says_when_where_what_who_and_how_to_answer():
    text = read(render_convocation(CONVOCATION))
    for attendu in (
        "La réunion a lieu jeudi 17 décembre 2026 à 18 h 30 : 2 points à l'ordre du jour.",
        "18 h 30, fin prévue à 20 h",
        "Salle du conseil Siège de la communauté 1er étage",
        "1. Instruction des autorisations d'urbanisme présenté par la vice-présidence, 40 min",
        "Dire si le scénario 2 est travaillé.",
        PHRASE,
        "Fiche du dossier",
        "2. Questions diverses",
        "Merci de dire, avant le jeudi 10 décembre 2026, si vous venez",
        "En ligne : https://accord.example/m/12/seances/4/",
        "Autrement : équipe projet, 00 00 00 00 00, projet@epci.example.",
        "Préparée par Comité technique",
        "Personnes invitées (27)",
        "Commune fictive 26 (maire)",
        "direction générale",
    ):
        assert says(text, attendu), attendu


@pytest.mark.parametrize("portee", list(Portee))
def test_an_instance_of_work_says_that_it_decides_nothing(portee):
    text = read(render_convocation(replace(CONVOCATION, seance=replace(SEANCE, portee=portee))))
    assert says(text, EXPLICATIONS[Portee.TRAVAIL]) == (portee is Portee.TRAVAIL)
    assert says(text, EXPLICATIONS[Portee.AVIS]) == (portee is Portee.AVIS)


def test_the_hour_is_that_of_the_zone_of_the_demarche():
    debut = datetime(2026, 12, 17, 18, 30, tzinfo=ZoneInfo("Indian/Reunion"))
    text = read(render_convocation(replace(CONVOCATION, seance=replace(SEANCE, debut=debut, duree_minutes=None))))
    assert says(text, "à 18 h 30")
    assert not says(text, "fin prévue")


def test_the_releve_says_who_was_there_and_what_was_concluded():
    text = read(render_releve(RELEVE))
    for attendu in (
        "2 communes présentes sur 4, 1 excusée.",
        "Commune fictive 1 (maire)",
        "Communes excusées – Commune fictive 3",
        "direction générale des services",
        "1. Instruction des autorisations d'urbanisme",
        PHRASE,
        f"Le scénario 2 est retenu pour le deuxième tour. {TRAVAIL}",
        "Commune fictive 2 : Demande que la permanence soit maintenue.",
        "Écrire la clause de sortie équipe projet 15 janvier 2027",
        "Rencontrer la commune vice-présidence date à fixer",
        "Prochaine séance : jeudi 21 janvier 2027 à 18 h 30.",
        "Validé par la présidence le 22 décembre 2026.",
    ):
        assert says(text, attendu), attendu
    assert not says(text, MOT_PROJET)


def test_each_conclusion_of_a_working_instance_bears_what_it_is_worth():
    text = read(render_releve(RELEVE))
    assert text.count(TRAVAIL.replace(" ", "")) == 1 + len(RELEVE.points)


def test_an_item_may_be_worth_less_than_the_instance():
    point = replace(RELEVE.points[0], portee=Portee.AVIS)
    text = read(render_releve(replace(RELEVE, seance=replace(SEANCE, portee=Portee.DECISION), points=(point,))))
    assert says(text, MENTIONS[Portee.DECISION])
    assert says(text, f"deuxième tour. {MENTIONS[Portee.AVIS]}")
    assert not says(text, TRAVAIL)


def test_a_project_says_so_on_each_page():
    points = tuple(PointReleve(f"Point {rang}", "Présentation. " * 40, "Conclusion. " * 20) for rang in range(8))
    pages = read_pages(render_releve(replace(RELEVE, validation=None, points=points)))
    assert len(pages) > 2
    assert all(says(page, MOT_PROJET) for page in pages)
    assert not says("".join(pages), "Validé par")


def test_nobody_present_is_said():
    text = read(render_releve(replace(RELEVE, communes_presentes=(), communes_excusees=(), autres_presences=())))
    assert says(text, "0 commune présente sur 4.")
    assert says(text, "Aucune commune.")


def test_persons_are_counted_where_communes_are_not_called():
    releve = replace(
        RELEVE, communes_presentes=(), communes_excusees=(), communes_total=0, autres_presences=("une", "deux")
    )
    text = read(render_releve(releve))
    assert says(text, "2 personnes présentes.")
    assert not says(text, "Aucune commune")


def test_what_was_typed_is_shown_as_typed():
    hostile = "#panic() *x* [y] <z> \\ $1 =HYPERLINK(1) 😀"
    point = PointReleve(hostile, hostile, "Première ligne\nDeuxième ligne")
    text = read(render_releve(replace(RELEVE, points=(point,))))
    assert says(text, f"1. {hostile[:-1]}?")
    assert says(text, "Première ligne Deuxième ligne")


def test_the_sheet_has_a_line_for_each_person_and_repeats_its_head():
    pages = read_pages(render_presence(FEUILLE))
    text = "".join(pages)
    assert len(pages) > 1
    assert all(says(page, "Commune ou organisme Qualité Nom de la personne présente Signature") for page in pages)
    assert all(says(text, f"{invite.commune} {invite.qualite}") for invite in INVITES)
    assert says(text, "Présidence : présidence de la communauté de communes")


@pytest.mark.parametrize(
    ("render", "papier"), [(render_convocation, CONVOCATION), (render_releve, RELEVE), (render_presence, FEUILLE)]
)
class TestTous:
    """What all of them must hold."""

    def test_each_page_of_an_invented_demarche_says_fictif(self, render, papier):
        assert all(page.count("FICTIF") == 2 for page in read_pages(render(papier))), "le filigrane ne suffit pas"

    def test_a_real_demarche_does_not(self, render, papier):
        reel = replace(ENTETE, fictif=False, territoire="Territoire")
        assert "FICTIF" not in read(render(replace(papier, entete=reel)))

    def test_the_file_is_archivable_accessible_and_stable(self, render, papier):
        pdf = render(papier)
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
        assert pdf == render(papier)
        later = replace(ENTETE, edite_le=ENTETE.edite_le + timedelta(days=1))
        assert pdf != render(replace(papier, entete=later))


def test_a_council_of_158_communes_with_long_names_is_printed_whole():
    communes = tuple(CommuneSeance(f"{LONG} {rang}", "première adjointe au maire") for rang in range(158))
    text = read(render_releve(replace(RELEVE, communes_presentes=communes, communes_total=158)))
    assert all(says(text, f"{LONG} {rang} (") for rang in (0, 78, 79, 157))
    invites = tuple(Invite("maire", f"{LONG} {rang}") for rang in range(158))
    assert says(read(render_presence(replace(FEUILLE, invites=invites))), f"{LONG} 157")
