"""What is typed of one element of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.projet.actions.plan import DEUX_PORTEURS, ContenuElement, get_parent
from communaccord.plateforme.projet.enums.plan import EtatAction, Niveau
from communaccord.plateforme.projet.lecture.plans import MAX_ECHEANCE, MAX_NOM, MAX_TEXTE, MAX_TITRE
from communaccord.plateforme.projet.models.plan import ActionProjet, ElementPlan
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.plateforme.socle.typographie import nombre
from communaccord.simulateur import Anomalie

TEXTES = (
    ("titre", "Titre", MAX_TITRE),
    ("texte", "Précision", MAX_TEXTE),
    ("porteur_nom", "Ou le nom d'une personne qui n'est pas dans la démarche", MAX_NOM),
    ("pilote", "Pilotée par", MAX_NOM),
    ("echeance", "Échéance", MAX_ECHEANCE),
)
NOMS = tuple(nom for nom, _, _ in TEXTES)


@dataclass(frozen=True, slots=True)
class Changement:
    """A field that somebody else wrote meanwhile: its label and what is recorded now."""

    libelle: str
    enregistre: str


def fill_saisie(niveau: str, element: ElementPlan | None = None, parent: str = "") -> Saisie:
    """The form of an element, or an empty one under ``parent``."""
    if element is None:
        return Saisie({"parent": parent, "etat": EtatAction.A_ENGAGER})
    champs = {nom: getattr(element, nom, "") for nom in NOMS}
    champs["parent"] = str(get_parent(element, niveau) or "")
    if isinstance(element, ActionProjet):
        champs |= {"porteur": str(element.porteur_id or ""), "etat": element.etat}
    return Saisie(champs)


def parse_saisie(niveau: str, saisie: Saisie, elus: Sequence[Mandat]) -> ContenuElement | list[Anomalie]:
    """The element as typed, or what is to be mended."""
    anomalies = check_textes(saisie)
    if not saisie.texte("titre").strip():
        anomalies.append(Anomalie("titre", "Titre", "il manque.", "Dites-le en une phrase."))
    parent = saisie.texte("parent")
    if (parent and not is_numero(parent)) or (niveau == Niveau.OBJECTIF and not parent):
        anomalies.append(Anomalie("parent", "Rangé sous", "rien n'est choisi.", "Choisissez dans la liste."))
    contenu = {"titre": saisie.texte("titre").strip(), "texte": saisie.texte("texte").strip()}
    if niveau != Niveau.ACTION:
        return anomalies or ContenuElement(**contenu, parent=int(parent) if is_numero(parent) else None)
    porteur = find_porteur(saisie, elus, anomalies)
    if saisie.texte("etat") not in EtatAction.values:
        anomalies.append(Anomalie("etat", "État", "il n'est pas dans la liste.", "Choisissez-en un."))
    if anomalies:
        return anomalies
    return ContenuElement(
        **contenu,
        parent=int(parent) if parent else None,
        porteur=porteur,
        etat=saisie.texte("etat"),
        **{nom: saisie.texte(nom).strip() for nom in ("porteur_nom", "pilote", "echeance")},
    )


def check_textes(saisie: Saisie) -> list[Anomalie]:
    """What is too long: told with how much, never cut."""
    return [
        Anomalie(
            nom,
            libelle,
            f"le texte compte {nombre(len(saisie.texte(nom)))} caractères.",
            f"Gardez-en {nombre(maximum)} au plus.",
        )
        for nom, libelle, maximum in TEXTES
        if len(saisie.texte(nom)) > maximum
    ]


def find_porteur(saisie: Saisie, elus: Sequence[Mandat], anomalies: list[Anomalie]) -> Mandat | None:
    """Who is chosen in the list; told when it is not there, or when a name is written too."""
    choisi = saisie.texte("porteur")
    porteur = next((elu for elu in elus if str(elu.pk) == choisi), None)
    if choisi and porteur is None:
        message = "cette personne n'est pas, ou n'est plus, une élue ou un élu de la démarche."
        anomalies.append(Anomalie("porteur", "Portée politiquement par", message, "Choisissez dans la liste."))
    if porteur is not None and saisie.texte("porteur_nom").strip():
        anomalies.append(Anomalie("porteur_nom", "Portée par", "deux personnes sont dites.", DEUX_PORTEURS))
    return porteur


def is_numero(texte: str) -> bool:
    return texte.isascii() and texte.isdigit() and len(texte) < 16


def list_changements(niveau: str, saisie: Saisie, actuel: ElementPlan) -> list[Changement]:
    """Fields of text where what is recorded now differs from what was typed."""
    recorded = fill_saisie(niveau, actuel)
    return [
        Changement(libelle, recorded.texte(nom) or "(vide)")
        for nom, libelle, _ in TEXTES
        if " ".join(recorded.texte(nom).split()) != " ".join(saisie.texte(nom).split())
    ]
