"""The fiche maire on paper: one page, PDF/A and PDF/UA."""

from datetime import datetime
from pathlib import Path

from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.documents.qr import build_qr
from communaccord.plateforme.dossiers.pages.fiche import ORIGINE, PORTEE, Fiche, LigneScenario
from communaccord.plateforme.dossiers.pages.montants import NOTE_ECART

GABARIT = Path(__file__).with_name("typst") / "fiche.typ"
# What holds on one page, beside the tables; the whole text is on line.
MAX_TITRE, MAX_LIBELLE, MAX_PRECISION, MAX_SCENARIOS = 100, 60, 80, 4
# Characters of each text, by number of scenarios: each of them takes the room of some lines.
MAX_TEXTES = {0: 400, 1: 350, 2: 280, 3: 190, 4: 100}
SUITE, COUPE = "… (la suite est en ligne)", "…"


def render_fiche(fiche: Fiche, adresse: str, edite_le: datetime) -> bytes:
    """The PDF of a fiche; ``adresse`` is that of the page, for the QR code."""
    entete = EnTete(
        territoire=fiche.territoire,
        demarche=shorten(fiche.dossier.titre, MAX_TITRE, COUPE),
        edite_le=edite_le,
        fictif=fiche.fictif,
    )
    return render_papier(GABARIT, f"Fiche maire, {fiche.commune}", entete, build_data(fiche, adresse))


def build_data(fiche: Fiche, adresse: str) -> dict[str, object]:
    """Every word of the page."""
    dossier, qr = fiche.dossier, build_qr(adresse, adresse)
    maximum = MAX_TEXTES[min(len(fiche.lignes), MAX_SCENARIOS)]
    return {
        "surtitre": f"Fiche maire · {shorten(dossier.titre, MAX_TITRE, COUPE)}",
        "commune": fiche.commune,
        "contexte": fiche.contexte,
        "phrase": fiche.phrase,
        "titre_montants": "Ce que chaque scénario coûterait à la commune, par an",
        "colonnes": ["Scénario", "Contribution", "Par habitant", "Aujourd'hui", "Écart", "Seule, même service"],
        "lignes": [build_ligne(ligne) for ligne in fiche.lignes[:MAX_SCENARIOS]],
        "note": write_note(fiche),
        "titre_effectifs": "Agents de la commune",
        "effectifs": [f"Scénario {x.lettre} : {x.effectifs}." for x in fiche.lignes[:MAX_SCENARIOS] if x.effectifs],
        "textes": [
            {"titre": titre, "texte": shorten(texte or "Pas encore écrit.", maximum)}
            for titre, texte in (
                ("Le service aux habitants aujourd'hui", dossier.service_avant),
                ("Le service demain", dossier.service_apres),
                ("Ce qui change pour le ou la maire", dossier.ce_qui_change),
                ("Ce qui ne change pas", dossier.ce_qui_ne_change_pas),
                ("Comment on en sort", dossier.sortie),
            )
        ],
        "titre_dates": "Dates",
        "dates": list(fiche.dates) or ["Aucune date n'est encore fixée."],
        "titre_reponse": "Ma réponse",
        "positions": list(fiche.positions),
        "conditions": "Mes conditions (trois au plus) :",
        "portee": PORTEE,
        "qr": qr.svg,
        "qr_alternative": "Code QR : cette fiche en ligne",
        "qr_legende": "Cette fiche en ligne, avec le calcul",
        "origine": ORIGINE,
    }


def build_ligne(ligne: LigneScenario) -> dict[str, object]:
    precisions = [ligne.forme, ligne.participantes, *ligne.engagements]
    return {
        "nom": f"{ligne.lettre}. {shorten(ligne.libelle, MAX_LIBELLE, COUPE)}",
        "precision": shorten(" · ".join(precisions), MAX_PRECISION, COUPE),
        "participe": ligne.participe,
        "contribution": ligne.contribution,
        "fourchette": ligne.fourchette,
        "oublies": ligne.oublies,
        "par_habitant": ligne.par_habitant,
        "depense": ligne.depense,
        "ecart": ligne.ecart,
        "cout_seul": ligne.cout_seul,
        "part": ligne.part,
        "part_depense": ligne.part_depense,
    }


def write_note(fiche: Fiche) -> str:
    """Unit, year and origin of the amounts."""
    quand = " ou ".join(sorted({ligne.quand for ligne in fiche.lignes}))
    if not quand:
        return ORIGINE
    autres = len(fiche.lignes) - MAX_SCENARIOS
    suite = f" {autres} autre(s) scénario(s) en ligne." if autres > 0 else ""
    barres = "Barre pleine : contribution ; barre claire : dépense d'aujourd'hui"
    return f"Euros par an, {quand}. {barres} ; {NOTE_ECART}.{suite}"


def shorten(texte: str, maximum: int, suite: str = SUITE) -> str:
    """The text on one paragraph, cut at a word when it does not hold."""
    plat = " ".join(texte.split())
    if len(plat) <= maximum:
        return plat
    coupe = plat[: maximum - len(suite)].rsplit(" ", 1)[0]
    return f"{coupe}{suite}"
