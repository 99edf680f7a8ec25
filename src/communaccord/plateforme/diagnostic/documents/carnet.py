"""The carnet of a commune on paper: the sections of the page, one after the other (PDF/A and PDF/UA)."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from communaccord.plateforme.diagnostic.pages.blocs import Image, Ouvrage
from communaccord.plateforme.diagnostic.pages.carnet import build_carnet
from communaccord.plateforme.diagnostic.pages.carnet_matiere import MatiereCarnet
from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.documents.qr import build_qr

GABARIT = Path(__file__).with_name("typst") / "carnet.typ"


def render_carnet(matiere: MatiereCarnet, adresse: str, edite_le: datetime) -> bytes:
    """The PDF of a carnet; ``adresse`` is that of the page, for the QR code."""
    campagne = matiere.cadre.campagne
    entete = EnTete(
        territoire=campagne.demarche.nom_epci,
        demarche=f"{campagne.titre} {campagne.annee}",
        edite_le=edite_le,
        fictif=campagne.demarche.fictive,
    )
    return render_papier(GABARIT, f"Carnet, {matiere.commune.nom}", entete, build_data(build_carnet(matiere), adresse))


def build_data(ouvrage: Ouvrage, adresse: str) -> dict[str, object]:
    """Every word of the paper: those of the page, and the code that leads to it."""
    sections = [
        {**asdict(section), "image": asdict(section.image) | draw(section.image) if section.image else None}
        for section in ouvrage.sections
    ]
    return {
        "surtitre": ouvrage.surtitre,
        "nom": ouvrage.titre,
        "contexte": ouvrage.contexte,
        "phrase": ouvrage.phrase,
        "sections": sections,
        "mentions": list(ouvrage.mentions),
        "mot_sommaire": "Dans ce carnet",
        "mot_service": "Service",
        "mot_dit": "Ce que dit la fiche",
        "qr": build_qr(adresse, adresse).svg,
        "qr_alternative": "Code QR : ce carnet en ligne",
        "qr_legende": "Ce carnet en ligne",
    }


def draw(image: Image) -> dict[str, object]:
    """Length of each bar, in thousandths of the longest."""
    return {"longueurs": [1000 * sum(barre.valeurs) // image.maximum if image.maximum else 0 for barre in image.barres]}
