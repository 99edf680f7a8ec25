"""The papers of the councils: the letter that transmits the rapport, the models of délibération. PDF and DOCX."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from communaccord.plateforme.comptes.noms import write_de, write_de_territoire, write_maire
from communaccord.plateforme.documents.docx import Texte
from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.rapports.documents.rapport import MOT_PROJET
from communaccord.plateforme.rapports.enums import Papier
from communaccord.plateforme.rapports.rules import LOI
from communaccord.plateforme.socle.typographie import date as write_date

TYPST = Path(__file__).with_name("typst")
POINTS = "……………………"
VU = "Vu le code général des collectivités territoriales, notamment son article L. 5211-39-1 ;"
SENS = ("un avis favorable", "un avis favorable, avec les réserves suivantes", "un avis défavorable")


@dataclass(frozen=True, slots=True)
class Envoi:
    """What the papers of a version have in common; ``edite_le`` in the zone of the démarche."""

    contenu: Mapping[str, Any]
    numero: int
    projet: bool
    figee_le: datetime

    @property
    def territoire(self) -> str:
        return str(self.contenu["territoire"])

    @property
    def mentions(self) -> tuple[str, ...]:
        return (MOT_PROJET,) if self.projet else ()

    @property
    def rapport(self) -> str:
        return f"le rapport relatif aux mutualisations de services (version {self.numero} du {self.jour})"

    @property
    def jour(self) -> str:
        return write_date(self.figee_le)

    def build_entete(self) -> EnTete:
        return EnTete(self.territoire, self.contenu["titre"], self.figee_le, self.contenu["fictif"])


@dataclass(frozen=True, slots=True)
class Destinataire:
    """A commune: its code finds its lines in the rapport."""

    code: str
    nom: str


def find_lignes(envoi: Envoi, code: str) -> tuple[list[str], list[list[str]]]:
    """What the annex of the rapport says of a commune: columns and lines; empty when no action has figures."""
    for partie in envoi.contenu["parties"]:
        for bloc in partie["blocs"]:
            if bloc.get("commune") == code:
                return bloc["colonnes"], bloc["lignes"]
    return [], []


def build_lettre(envoi: Envoi, commune: Destinataire) -> dict[str, Any]:
    """Every word of the letter."""
    colonnes, lignes = find_lignes(envoi, commune.code)
    return {
        "destinataire": [write_maire(commune.nom), f"Mairie {write_de(commune.nom)}"],
        "date": f"Le {POINTS}",
        "objet": "Transmission pour avis du rapport relatif aux mutualisations de services",
        "ouverture": [
            "Madame, Monsieur,",
            f"J'ai l'honneur de vous transmettre {envoi.rapport}, qui comporte le projet de schéma de mutualisation "
            f"des services. Je vous remercie de le soumettre, pour avis, à votre conseil municipal ({LOI.article}).",
            f"Le conseil municipal dispose de {LOI.mois_avis} mois à compter de cette transmission pour rendre son "
            "avis par délibération. À défaut de délibération dans ce délai, son avis est réputé favorable. Cet avis "
            "est simple : il éclaire la décision du conseil communautaire.",
        ],
        "titre_commune": f"Ce que le projet de schéma prévoit pour {commune.nom}",
        "colonnes": colonnes,
        "lignes": lignes,
        "sans_lignes": "Aucune action du projet de schéma n'est encore chiffrée.",
        "note": "Estimations, en euros par an, année de référence de chaque action. Le détail est dans le rapport.",
        "cloture": [
            "Vous trouverez avec cette lettre le rapport et un modèle de délibération, que votre conseil reste libre "
            "de modifier. Je reste à votre disposition pour présenter le rapport à votre conseil.",
            "Je vous prie de recevoir l'expression de ma considération distinguée.",
        ],
        "pieces": "Pièces jointes : rapport relatif aux mutualisations ; modèle de délibération.",
        "signataire": "La présidence de l'intercommunalité",
    }


def build_deliberation(envoi: Envoi, commune: Destinataire) -> dict[str, Any]:
    """The model for a conseil municipal: its opinion is to be chosen, nothing is filled in for it."""
    return {
        "assemblee": f"Commune {write_de(commune.nom)}",
        "registre": "Extrait du registre des délibérations du conseil municipal",
        "seance": SEANCE,
        "objet": f"Avis sur le rapport relatif aux mutualisations de services {write_de_territoire(envoi.territoire)}",
        "vus": [VU, f"Vu {envoi.rapport}, transmis à la commune le {POINTS} ;"],
        "considerants": [
            "Considérant que ce rapport comporte un projet de schéma de mutualisation des services à mettre en œuvre "
            "pendant la durée du mandat ;",
            f"Considérant que le conseil municipal dispose de {LOI.mois_avis} mois pour rendre son avis, qui est "
            "réputé favorable à défaut de délibération dans ce délai ;",
        ],
        "apres": f"Après en avoir délibéré, par {POINTS} voix pour, {POINTS} voix contre et {POINTS} abstentions, le "
        "conseil municipal émet (cocher une seule case) :",
        "choix": list(SENS),
        "reserves": "Réserves, s'il y en a :",
        "articles": [
            "Charge le ou la maire de transmettre la présente délibération à la présidence de l'intercommunalité."
        ],
        "signataire": "Le ou la maire",
        "modele": MODELE,
    }


def build_approbation(envoi: Envoi, communes: int) -> dict[str, Any]:
    """The model for the conseil communautaire: it approves once every conseil municipal was asked."""
    return {
        "assemblee": envoi.territoire,
        "registre": "Extrait du registre des délibérations du conseil communautaire",
        "seance": SEANCE,
        "objet": "Approbation du schéma de mutualisation des services",
        "vus": [
            VU,
            f"Vu {envoi.rapport} ;",
            f"Vu la transmission de ce rapport, pour avis, aux conseils municipaux des {communes} communes ;",
            f"Vu les avis rendus : {POINTS} favorables, {POINTS} favorables avec réserves, {POINTS} défavorables ;",
            f"Vu les avis réputés favorables faute de délibération dans les {LOI.mois_avis} mois : {POINTS} ;",
        ],
        "considerants": [
            "Considérant que les avis des conseils municipaux sont simples et que leurs réserves ont été portées à la "
            "connaissance du conseil communautaire ;",
        ],
        "apres": f"Après en avoir délibéré, par {POINTS} voix pour, {POINTS} voix contre et {POINTS} abstentions, le "
        "conseil communautaire :",
        "choix": [],
        "reserves": "",
        "articles": [
            "Approuve le schéma de mutualisation des services, tel qu'il figure au rapport annexé à la présente "
            "délibération ;",
            "Dit que le schéma est adressé à chacun des conseils municipaux ;",
            "Dit que son avancement fera, chaque année, l'objet d'une communication lors du débat d'orientation "
            "budgétaire ou, à défaut, lors du vote du budget.",
        ],
        "signataire": "Le président ou la présidente",
        "modele": MODELE,
    }


SEANCE = [
    f"Séance du {POINTS}, à {POINTS}",
    f"Membres en exercice : {POINTS} · présents : {POINTS} · pouvoirs : {POINTS} · votants : {POINTS}",
    f"Délibération numéro {POINTS}",
]
MODELE = "Modèle à adapter par le conseil et à relire avant la séance : il ne vaut pas délibération."


def render_pdf(envoi: Envoi, papier: Papier, commune: Destinataire) -> bytes:
    """The paper of a commune as PDF."""
    if papier == Papier.LETTRE:
        return render_lettre(envoi, build_lettre(envoi, commune), commune)
    return render_acte(envoi, build_deliberation(envoi, commune))


def render_lettre(envoi: Envoi, data: Mapping[str, Any], commune: Destinataire) -> bytes:
    entete = envoi.build_entete()
    titre = f"Lettre de transmission, {commune.nom}"
    return render_papier(TYPST / "lettre.typ", titre, entete, {**data, "mentions": list(envoi.mentions), "joindre": []})


def render_acte(envoi: Envoi, data: Mapping[str, Any]) -> bytes:
    titre = f"Modèle de délibération, {data['assemblee']}"
    return render_papier(
        TYPST / "deliberation.typ", titre, envoi.build_entete(), {**data, "mentions": list(envoi.mentions)}
    )


def render_docx(envoi: Envoi, papier: Papier, commune: Destinataire) -> bytes:
    """The paper of a commune, to be finished by hand."""
    if papier == Papier.LETTRE:
        return write_lettre(envoi, build_lettre(envoi, commune), commune)
    return write_acte(envoi, build_deliberation(envoi, commune))


def write_lettre(envoi: Envoi, data: Mapping[str, Any], commune: Destinataire) -> bytes:
    texte = Texte(f"Lettre de transmission, {commune.nom}", envoi.build_entete(), envoi.mentions)
    texte.add_paragraphe("\n".join(data["destinataire"]))
    texte.add_paragraphe(data["date"])
    texte.add_titre(f"Objet : {data['objet']}", 1)
    add_paragraphes(texte, data["ouverture"])
    texte.add_titre(data["titre_commune"], 2)
    if data["lignes"]:
        texte.add_tableau(data["titre_commune"], data["colonnes"], data["lignes"])
        texte.add_paragraphe(data["note"])
    else:
        texte.add_paragraphe(data["sans_lignes"])
    add_paragraphes(texte, data["cloture"])
    texte.add_paragraphe(f"\n{data['signataire']}\n\n")
    texte.add_paragraphe(data["pieces"])
    return texte.to_bytes()


def write_acte(envoi: Envoi, data: Mapping[str, Any]) -> bytes:
    texte = Texte(f"Modèle de délibération, {data['assemblee']}", envoi.build_entete(), envoi.mentions)
    texte.add_mention(data["modele"])
    texte.add_titre(data["assemblee"], 0)
    texte.add_paragraphe(data["registre"], gras=True)
    add_paragraphes(texte, data["seance"])
    texte.add_titre(f"Objet : {data['objet']}", 1)
    add_paragraphes(texte, (*data["vus"], *data["considerants"], data["apres"]))
    add_paragraphes(texte, [f"☐ {mot}" for mot in data["choix"]])
    if data["reserves"]:
        texte.add_paragraphe(f"{data['reserves']}\n{POINTS * 3}\n{POINTS * 3}")
    texte.add_liste(data["articles"])
    texte.add_paragraphe(f"\n{data['signataire']}\n\n")
    return texte.to_bytes()


def add_paragraphes(texte: Texte, paragraphes: Sequence[str]) -> None:
    for paragraphe in paragraphes:
        texte.add_paragraphe(paragraphe)


def name_papier(papier: Papier, commune: Destinataire, extension: str, *, fictif: bool) -> str:
    """``lettre-commune-001-fictif.pdf``."""
    suite = "-fictif" if fictif else ""
    return f"{papier.value}-{slugify(commune.nom)[:60] or commune.code.lower()}{suite}.{extension}"
