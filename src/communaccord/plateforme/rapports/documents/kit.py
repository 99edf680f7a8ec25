"""The papers of the kit: one page A4 a commune (PDF), the model of vœu (DOCX), all of them for the équipe projet."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.diagnostic.documents.liasse import DATE_ZIP, Tuyau
from communaccord.plateforme.documents.docx import Texte
from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.rapports.pages import kit as page
from communaccord.plateforme.rapports.pages.kit import COLONNES, Kit
from communaccord.plateforme.rapports.queries.kit import MatiereKit
from communaccord.plateforme.territoires.models import CommuneMembre

TYPST = Path(__file__).with_name("typst")
POINTS = "……………………"
MODELE = "Modèle à adapter par le conseil et à relire avant la séance : il ne vaut ni vœu ni délibération."


def build_entete(matiere: MatiereKit, edite_le: datetime) -> EnTete:
    """``edite_le`` in the zone of the démarche."""
    demarche = matiere.tour.demarche
    return EnTete(demarche.nom_epci, matiere.tour.titre, edite_le, demarche.fictive)


def render_kit(kit: Kit, matiere: MatiereKit, edite_le: datetime) -> bytes:
    """One page A4, two when there are many dossiers."""
    data: dict[str, Any] = {**asdict(kit), "titre_kit": kit.titre, "colonnes": list(COLONNES)}
    titre = f"{kit.titre}, {kit.commune}"
    return render_papier(TYPST / "kit.typ", titre, build_entete(matiere, edite_le), {**data, "titre": titre})


def render_voeu(data: Mapping[str, Any], matiere: MatiereKit, commune: CommuneMembre, edite_le: datetime) -> bytes:
    """The model of vœu, to be finished by hand."""
    assemblee = f"Conseil municipal {write_de(commune.nom)}"
    texte = Texte(f"{data['objet']}, {commune.nom}", build_entete(matiere, edite_le))
    texte.add_mention(MODELE)
    texte.add_titre(assemblee, 0)
    texte.add_paragraphe(f"Séance du {POINTS}, à {POINTS}")
    texte.add_paragraphe(f"Membres en exercice : {POINTS} · présents : {POINTS} · votants : {POINTS}")
    texte.add_titre(f"Objet : {data['objet']}", 1)
    for paragraphe in data["contexte"]:
        texte.add_paragraphe(paragraphe)
    texte.add_paragraphe("Le conseil municipal souhaite (cocher une case par dossier) :")
    for dossier in data["dossiers"]:
        texte.add_titre(dossier, 2)
        for choix in data["choix"]:
            texte.add_paragraphe(f"☐ {choix}")
        texte.add_paragraphe(f"Conditions, s'il y en a : {POINTS * 2}")
    texte.add_paragraphe(data["engage"], gras=True)
    texte.add_paragraphe(f"Adopté par {POINTS} voix pour, {POINTS} voix contre et {POINTS} abstentions.")
    texte.add_paragraphe("\nLe ou la maire\n\n")
    return texte.to_bytes()


def iterate_kits(matiere: MatiereKit, communes: Sequence[CommuneMembre], edite_le: datetime) -> Iterator[bytes]:
    """A ZIP of the page of each commune, with its model of vœu before the round, by pieces."""
    tuyau = Tuyau()
    moment = page.get_moment(matiere.tour)
    with zipfile.ZipFile(tuyau, "w", zipfile.ZIP_STORED) as archive:
        for rang, commune in enumerate(communes, start=1):
            dossier = f"{rang:03}-{slugify(commune.nom)[:60] or commune.code.lower()}"
            kit = page.build_apres(matiere, commune) if moment == page.APRES else page.build_avant(matiere, commune)
            nom = f"{dossier}/{name_kit(matiere, commune, moment, 'pdf')}"
            archive.writestr(zipfile.ZipInfo(nom, DATE_ZIP), render_kit(kit, matiere, edite_le))
            if moment == page.AVANT:
                voeu = render_voeu(page.build_voeu(matiere), matiere, commune, edite_le)
                nom = f"{dossier}/{name_kit(matiere, commune, 'voeu', 'docx')}"
                archive.writestr(zipfile.ZipInfo(nom, DATE_ZIP), voeu)
            yield tuyau.drain()
    yield tuyau.drain()


def name_kit(matiere: MatiereKit, commune: CommuneMembre, quoi: str, extension: str) -> str:
    """``kit-avant-agen-fictif.pdf``."""
    fictif = "-fictif" if matiere.tour.demarche.fictive else ""
    return f"kit-{quoi}-{slugify(commune.nom)[:60] or commune.code.lower()}{fictif}.{extension}"
