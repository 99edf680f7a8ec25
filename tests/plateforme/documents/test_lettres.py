"""Letters of the accounts: the code is there, how to use it and to whom it belongs; they hold on one page."""

from dataclasses import fields, replace

import pytest
from tests.plateforme.documents.fabriques import CONTACT, ENTETE, LETTRE_CODE, MAIRIE
from tests.plateforme.documents.lecture import read_pages, says

from communaccord.plateforme.comptes.documents.papiers import (
    render_lettre_code,
    render_lettre_confirmation,
    render_lettre_invitation,
)
from communaccord.plateforme.comptes.documents.types import Destinataire, LettreConfirmation, LettreInvitation, Remise
from communaccord.plateforme.documents.papier import Contact

INVITATION = LettreInvitation(ENTETE, MAIRIE, "https://accord.example", "La présidence", CONTACT)
CONFIRMATION = LettreConfirmation(
    ENTETE,
    Destinataire("présidence", ENTETE.territoire, ("1 place Fictive",)),
    "1414 2135",
    "la direction générale",
    "https://accord.example/m/1/confirmation/",
    "L'équipe de Commun Accord",
    CONTACT,
)
LETTRES = (
    (render_lettre_code, LETTRE_CODE),
    (render_lettre_invitation, INVITATION),
    (render_lettre_confirmation, CONFIRMATION),
)


def read(pdf):
    (page,) = read_pages(pdf)
    return page


def test_the_letter_of_a_code_carries_it_once_and_says_how_to_use_it():
    text = read(render_lettre_code(LETTRE_CODE))
    assert text.count("27182818") == 1
    for attendu in (
        "Votre code provisoire 2718 2818",
        "Maire Mairie de Commune fictive 3 2 rue Fictive 00000 Fictive",
        "https://accord.example/m/12/code/",
        "puis choisissez le vôtre : huit chiffres",
        "Ne le donnez à personne : ni à la mairie, ni à l'équipe projet.",
        "Si vous le perdez",
        "équipe projet, 00 00 00 00 00, projet@epci.example",
        "celui-ci ne servira plus",
    ):
        assert says(text, attendu), attendu


def test_the_code_is_nowhere_else_in_the_file():
    pdf = render_lettre_code(LETTRE_CODE)
    assert b"2718" not in pdf
    assert "2718" not in repr([getattr(ENTETE, f.name) for f in fields(ENTETE)])


@pytest.mark.parametrize(
    ("remise", "mention"), [(Remise.MAIN_PROPRE, "Remise en main propre"), (Remise.COURRIER, "Par courrier, personnel")]
)
def test_the_letter_says_how_it_is_carried(remise, mention):
    assert says(read(render_lettre_code(replace(LETTRE_CODE, remise=remise))), mention)


def test_a_mairie_without_mail_learns_that_it_can_take_part():
    text = read(render_lettre_invitation(INVITATION))
    for attendu in ("sans internet", "Sur papier :", "Par téléphone ou lors d'une visite", "même partagée"):
        assert says(text, attendu), attendu
    assert not says(text, "Votre code provisoire")


def test_the_confirmation_says_what_to_do_when_nobody_asked_for_it():
    text = read(render_lettre_confirmation(CONFIRMATION))
    for attendu in ("Code de confirmation 1414 2135", "à la demande de la direction générale", "Ne donnez ce code"):
        assert says(text, attendu), attendu


@pytest.mark.parametrize(("render", "lettre"), LETTRES)
class TestToutes:
    """What all of them must hold."""

    def test_it_holds_on_one_page_with_long_names(self, render, lettre):
        long = Destinataire(
            "maire", "Mairie de " + "Très-Longue-Commune-Fictive-" * 3, ("1 rue " + "Fictive " * 8,) * 3
        )
        bavard = Contact(
            "équipe projet de la communauté de communes", "00 00 00 00 00", "projet@epci.example", ("a",) * 3
        )
        assert read(render(replace(lettre, destinataire=long, contact=bavard)))

    def test_it_says_fictif_only_when_it_is(self, render, lettre):
        assert read(render(lettre)).count("FICTIF") == 2
        reel = replace(lettre, entete=replace(ENTETE, fictif=False))
        assert "FICTIF" not in read(render(reel))

    def test_it_is_accessible_and_stable(self, render, lettre):
        pdf = render(lettre)
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
        assert pdf == render(lettre)
