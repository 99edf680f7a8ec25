"""The fiche maire as the Typst template reads it: plain data, every word of the page."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from communaccord.plateforme.accueil.bridge.fiche import Fiche
from communaccord.plateforme.accueil.bridge.fiche_textes import VERIFIE_LE, Enonce, write_source
from communaccord.plateforme.documents.qr import CodeQr
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import prose

# Beyond, the code is drawn larger, so that a phone still reads it on paper.
ADRESSE_COURTE = 250
GABARIT = Path(__file__).resolve().parents[1] / "typst" / "fiche_maire.typ"
ORIGINE = "Chiffres simulés à partir de ce qu'a saisi la personne qui a fait la simulation : rien d'officiel."


def build_papier(fiche: Fiche, qr: CodeQr, jour: date) -> dict[str, object]:
    """Return the data of the template."""
    return {
        "titre": f"Fiche maire, {fiche.commune}",
        "surtitre": "Fiche maire",
        "commune": fiche.commune,
        "contexte": prose(fiche.contexte),
        "participantes": prose(fiche.participantes),
        "phrase": prose(fiche.phrase),
        "fictif": fiche.fictif,
        "mot_fictif": "FICTIF",
        "mot_simulation": prose("Simulation : rien d'officiel"),
        "titre_barres": prose(f"Ce que le service coûte à la commune en {fiche.annee}"),
        "barres": [
            {
                "code": barre.code,
                "libelle": barre.libelle,
                "valeur": barre.valeur,
                "part": barre.part,
                "connu": barre.connu,
                "estime": barre.estime,
            }
            for barre in fiche.barres
        ],
        "echelle": prose(fiche.echelle),
        "colonnes": ["", "Montant", "Unité, année, origine"],
        "lignes": [
            {"libelle": ligne.libelle, "valeur": ligne.valeur, "origine": prose(ligne.origine)}
            for ligne in fiche.lignes
        ],
        "titre_change": "Ce qui change",
        "change": write_points(fiche.change),
        "titre_constant": "Ce qui ne change pas",
        "constant": write_points(fiche.constant),
        "titre_dates": "Dates",
        "dates": write_points(fiche.dates),
        "titre_sortie": "À prévoir dans la convention",
        "sortie": write_points(fiche.sortie),
        "titre_reponse": "Ma réponse",
        "reponses": [prose(mot) for mot in fiche.reponses],
        "conditions": prose("Mes conditions :"),
        "portee": prose(fiche.portee),
        "qr": {
            "svg": qr.svg,
            "alternative": write_alternative(qr),
            "legende": write_legende(qr),
            "dense": len(qr.adresse) > ADRESSE_COURTE,
        },
        "pied": prose(f"Commun Accord · {ORIGINE} Imprimé le {write_date(jour)}. {write_verification()}"),
    }


def write_verification() -> str:
    """When the articles were last read."""
    return f"Textes vérifiés le {write_date(VERIFIE_LE)}."


def write_points(enonces: Sequence[Enonce]) -> list[dict[str, str]]:
    """Sentences with their sources."""
    return [{"texte": prose(e.texte), "source": prose(write_source_courte(e))} for e in enonces]


def write_source_courte(enonce: Enonce) -> str:
    """Articles of a sentence; how far they are known only when it is less than a text read, for want of room."""
    return enonce.source if enonce.fiabilite.startswith("texte lu") else write_source(enonce)


def write_alternative(qr: CodeQr) -> str:
    """What a screen reader says of the QR code."""
    return "Code QR : cette fiche en ligne" if qr.complet else "Code QR : le site Commun Accord"


def write_legende(qr: CodeQr) -> str:
    """What is written under the QR code."""
    if qr.complet:
        return prose("Cette fiche en ligne, avec la formule et ses nombres")
    return prose("Le site : rouvrez-y la simulation depuis son fichier ou son lien")
