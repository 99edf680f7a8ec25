"""The forms of a campaign and of a line of its questionnaire: fields as typed, read into what the acts take."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from communaccord.plateforme.diagnostic.actions.campagnes import ContenuCampagne
from communaccord.plateforme.diagnostic.actions.questionnaire import ContenuLigne, list_fautes
from communaccord.plateforme.diagnostic.calculs.valeurs import ANNEE_ILLISIBLE
from communaccord.plateforme.diagnostic.defaut import SERVICES_PAR_DEFAUT
from communaccord.plateforme.diagnostic.enums import OUI, TypeLigne, Volet
from communaccord.plateforme.diagnostic.forms.fiches import parse_annee
from communaccord.plateforme.diagnostic.models import Campagne, Ligne, PropositionLigne
from communaccord.plateforme.projet.catalogue import CATALOGUE
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

SANS_TITRE = "Donnez un titre à l'état des lieux."
DATE_ILLISIBLE = "Choisissez un jour, ou laissez vide."


def fill_campagne(campagne: Campagne | None, jour: date) -> Saisie:
    """The form of a campaign; of a new one, the figures of last year."""
    if campagne is None:
        champs = {"titre": f"État des lieux {jour.year}", "annee": str(jour.year - 1)}
        return Saisie(champs, {"services": SERVICES_PAR_DEFAUT})
    echeance = campagne.echeance.isoformat() if campagne.echeance else ""
    return Saisie(
        {
            "titre": campagne.titre,
            "annee": str(campagne.annee),
            "presentation": campagne.presentation,
            "echeance": echeance,
        }
    )


def read_saisie(post: Any) -> Saisie:
    """Fields as typed, ticked services as a list."""
    champs = {nom: post[nom] for nom in post if nom not in ("csrfmiddlewaretoken", "services")}
    return Saisie(champs, {"services": tuple(post.getlist("services"))})


def parse_campagne(saisie: Saisie) -> ContenuCampagne | list[Anomalie]:
    anomalies = []
    titre, annee = saisie.texte("titre").strip(), parse_annee(saisie.texte("annee"))
    if not titre:
        anomalies.append(Anomalie("titre", "Titre", SANS_TITRE, ""))
    elif len(titre) > 150:
        anomalies.append(Anomalie("titre", "Titre", "Ce titre est trop long.", "Gardez 150 caractères au plus."))
    if not annee:
        anomalies.append(Anomalie("annee", "Année des chiffres", ANNEE_ILLISIBLE, ""))
    echeance = parse_jour(saisie.texte("echeance"), anomalies)
    if anomalies or not annee:
        return anomalies
    return ContenuCampagne(titre, annee, saisie.texte("presentation").strip(), echeance)


def parse_jour(texte: str, anomalies: list[Anomalie]) -> date | None:
    if not texte.strip():
        return None
    try:
        return date.fromisoformat(texte.strip())
    except ValueError:
        anomalies.append(Anomalie("echeance", "Réponses attendues", DATE_ILLISIBLE, ""))
        return None


def list_services() -> list[dict[str, str]]:
    """The services of the catalogue, to tick."""
    return [{"valeur": service.cle, "libelle": service.libelle} for service in CATALOGUE]


def fill_ligne(ligne: Ligne | None, proposition: PropositionLigne | None = None, volet: str = "") -> Saisie:
    """The form of a line, as it is, as a mairie proposes it, or empty."""
    if ligne is None:
        libelle = proposition.libelle if proposition else ""
        volet = proposition.volet if proposition else volet
        return Saisie({"volet": volet, "type": TypeLigne.TEXTE, "libelle": libelle, "pour_l_epci": OUI})
    return Saisie(
        {
            "volet": ligne.volet,
            "type": ligne.type,
            "libelle": proposition.libelle if proposition else ligne.libelle,
            "aide": ligne.aide,
            "service": ligne.service,
            "unite": ligne.unite,
            "choix": "\n".join(ligne.choix),
            "pour_l_epci": OUI if ligne.pour_l_epci else "",
        }
    )


def parse_ligne(saisie: Saisie) -> ContenuLigne | list[Anomalie]:
    contenu = ContenuLigne(
        volet=saisie.texte("volet"),
        type=saisie.texte("type"),
        libelle=saisie.texte("libelle").strip(),
        aide=saisie.texte("aide").strip()[:2_000],
        service=saisie.texte("service")[:40],
        unite=saisie.texte("unite").strip(),
        choix=tuple(mot.strip()[:100] for mot in saisie.texte("choix").splitlines() if mot.strip()),
        pour_l_epci=saisie.texte("pour_l_epci") == OUI,
    )
    fautes = list_fautes(contenu)
    return [Anomalie(nom, "", message, "") for nom, message in fautes.items()] if fautes else contenu


def list_options_service(lignes: list[Ligne]) -> list[tuple[str, str]]:
    """Services of the catalogue, then those that the campaign named itself."""
    known = {service.cle: service.libelle for service in CATALOGUE}
    own = {x.service: x.libelle for x in lignes if x.service and x.service not in known}
    return [("", "Aucun"), *known.items(), *own.items()]


def list_options_absentes(lignes: list[Ligne]) -> list[tuple[str, str]]:
    """Services of the catalogue that the questionnaire does not ask about."""
    asked = {ligne.service for ligne in lignes}
    absent = [(service.cle, service.libelle) for service in CATALOGUE if service.cle not in asked]
    return [("", "Un autre service, que je nomme"), *absent]


def list_volets() -> list[tuple[str, str]]:
    return list(Volet.choices)


def read_version(post: Mapping[str, str]) -> int:
    texte = post.get("version", "")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0
