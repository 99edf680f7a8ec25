"""« Ce que je donne, ce que je reçois » on paper: one page, PDF/A and PDF/UA, the words and numbers of the page."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.utils.text import slugify

from communaccord.plateforme.diagnostic.pages.donne_recois import TITRE, ReleveLu
from communaccord.plateforme.documents.papier import EnTete, render_papier

GABARIT = Path(__file__).with_name("typst") / "donne_recois.typ"


def render_donne_recois(releve: ReleveLu, demarche: str, edite_le: datetime) -> bytes:
    """The PDF; a sheet of many years keeps the latest ones that hold on a page, and says so."""
    entete = EnTete(territoire=releve.territoire, demarche=demarche, edite_le=edite_le, fictif=releve.fictif)
    return render_papier(GABARIT, f"{TITRE} – {releve.commune}", entete, build_data(releve))


def build_data(releve: ReleveLu) -> dict[str, object]:
    """Every word of the paper."""
    kept, left = keep_annees(releve)
    return {
        "surtitre": TITRE,
        "commune": releve.commune,
        "contexte": releve.contexte,
        "phrase": releve.phrase,
        "colonnes": ["Nature", "", "Donné", "Reçu", "Reçu moins donné", "Qualité"],
        "annees": [asdict(annee) for annee in kept],
        "legende": "Barre claire : donné ; barre foncée : reçu. Une seule échelle.",
        "suite": f"Les années plus anciennes ({left}) sont en ligne." if left else "",
        "notes": [*releve.notes, "Document préparatoire : rien n'est décidé."],
    }


def keep_annees(releve: ReleveLu) -> tuple[list, int]:
    """The latest years, some thirty lines; how many are left."""
    kept, lines = [], 0
    for annee in releve.annees:
        lines += len(annee.lignes) + 2
        if kept and lines > 30:
            break
        kept.append(annee)
    return kept, len(releve.annees) - len(kept)


def name_papier(releve: ReleveLu) -> str:
    fictif = "-fictif" if releve.fictif else ""
    return f"donne-recois-{slugify(releve.commune) or 'commune'}{fictif}.pdf"
