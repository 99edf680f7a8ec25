"""The charte on paper (PDF/A and PDF/UA) and as a text file, from the same words."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.documents.docx import Texte
from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.projet.models import Charte
from communaccord.plateforme.projet.pages.charte import PageCharte
from communaccord.plateforme.socle.typographie import date as write_date

GABARIT = Path(__file__).with_name("typst") / "charte.typ"
TITRE = "Charte de mutualisation"
MOT_PROJET = "PROJET"
PORTEE = (
    "Cette charte est un engagement politique entre élus et élues. Elle ne remplace ni les délibérations des conseils, "
    "ni les conventions qui créent les services partagés."
)


def build_entete(acteur: Acteur, edite_le: datetime) -> EnTete:
    demarche = acteur.demarche
    return EnTete(
        territoire=demarche.nom_epci,
        demarche=TITRE,
        edite_le=edite_le.astimezone(demarche.zone),
        fictif=demarche.fictive,
    )


def write_etat(charte: Charte) -> str:
    """Where it stands, under its title."""
    if charte.est_adoptee:
        return f"Version {charte.numero}, adoptée le {write_date(charte.adoptee_le)} ({charte.instance})."
    return f"Version {charte.numero}, projet : ce texte n'est pas adopté."


def render_pdf(acteur: Acteur, page: PageCharte, edite_le: datetime) -> bytes:
    """The PDF; a project says so on each page. Errors: documents.rendu.RenduImpossible."""
    data = {
        "surtitre": acteur.demarche.nom_epci,
        "mentions": [] if page.charte.est_adoptee else [MOT_PROJET],
        "etat": write_etat(page.charte),
        "parties": [{"titre": vue.partie.titre, "texte": vue.partie.texte} for vue in page.parties],
        "vide": "Cette partie reste à écrire.",
        "portee": PORTEE,
        "titre_adhesions": "Élus et élues qui l'ont rejointe",
        "totaux": page.totaux,
        "noms": list_noms(page),
        "empreinte": f"Empreinte SHA-256 du texte adopté : {page.charte.empreinte}" if page.charte.empreinte else "",
    }
    return render_papier(GABARIT, TITRE, build_entete(acteur, edite_le), data)


def render_docx(acteur: Acteur, page: PageCharte, edite_le: datetime) -> bytes:
    """The text file; a project says so on each page."""
    texte = Texte(TITRE, build_entete(acteur, edite_le), () if page.charte.est_adoptee else (MOT_PROJET,))
    texte.add_titre(TITRE, 0)
    texte.add_paragraphe(write_etat(page.charte), gras=True)
    for vue in page.parties:
        texte.add_titre(vue.partie.titre, 1)
        texte.add_paragraphe(vue.partie.texte or "Cette partie reste à écrire.")
    texte.add_mention(PORTEE)
    if page.totaux:
        texte.add_titre("Élus et élues qui l'ont rejointe", 1)
        texte.add_paragraphe(page.totaux)
        texte.add_liste(list_noms(page))
    return texte.to_bytes()


def list_noms(page: PageCharte) -> Sequence[str]:
    return list(page.adhesions.noms) if page.adhesions else []
