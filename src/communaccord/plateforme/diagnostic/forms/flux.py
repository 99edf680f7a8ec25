"""One flow as it is typed: fields as texts, bodies as keys of a list; the same reading serves form and table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from communaccord.plateforme.diagnostic.actions.flux import ContenuFlux, list_fautes
from communaccord.plateforme.diagnostic.calculs.doubles import INTERCOMMUNALITE
from communaccord.plateforme.diagnostic.calculs.valeurs import write_centiemes
from communaccord.plateforme.diagnostic.enums import NatureFlux, Qualite
from communaccord.plateforme.diagnostic.models import Flux
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import NombreInvalide, parse_nombre

AUTRE = "autre"
LONGUEURS = {"objet": 200, "forme": 200, "source": 200, "porteur_autre": 150, "beneficiaire_autre": 150}
# A hundred thousand million euros, a hundred thousand full-time equivalents: beyond, the unit is wrong.
MAXIMA = {"montant": 10_000_000_000_000, "temps": 10_000_000}
GRATUITS = {"": None, "oui": True, "non": False}
CHAMPS = (
    "nature",
    "service",
    "objet",
    "porteur",
    "porteur_autre",
    "beneficiaire",
    "beneficiaire_autre",
    "montant",
    "temps",
    "annee",
    "forme",
    "gratuit",
    "source",
    "qualite",
)
LIBELLES = {
    "nature": "Nature",
    "service": "Service",
    "objet": "Ce qui est partagé ou versé",
    "porteur": "Qui porte",
    "porteur_autre": "Autre organisme qui porte",
    "beneficiaire": "Qui bénéficie",
    "beneficiaire_autre": "Autre organisme qui bénéficie",
    "montant": "Montant annuel",
    "temps": "Temps de travail",
    "annee": "Année",
    "forme": "Convention ou usage",
    "gratuit": "Gratuit",
    "source": "Source",
    "qualite": "Qualité",
}


@dataclass(frozen=True, slots=True)
class SaisieFlux:
    """Fields exactly as typed, and what is to be mended in each."""

    champs: Mapping[str, str] = field(default_factory=dict)
    fautes: Mapping[str, str] = field(default_factory=dict)

    def texte(self, nom: str) -> str:
        return self.champs.get(nom, "")

    def faute(self, nom: str) -> str:
        return self.fautes.get(nom, "")


def read_saisie(post: Mapping[str, str]) -> SaisieFlux:
    return SaisieFlux({nom: post.get(nom, "") for nom in (*CHAMPS, "declare_par")})


def fill_saisie(flux: Flux) -> SaisieFlux:
    """The form of a flow that is there."""
    champs = {
        "nature": flux.nature,
        "service": flux.service,
        "objet": flux.objet,
        "porteur": write_corps(flux.porteur_id, flux.porteur_autre),
        "porteur_autre": flux.porteur_autre,
        "beneficiaire": write_corps(flux.beneficiaire_id, flux.beneficiaire_autre),
        "beneficiaire_autre": flux.beneficiaire_autre,
        "montant": "" if flux.montant is None else write_centiemes(flux.montant),
        "temps": "" if flux.temps is None else write_centiemes(flux.temps),
        "annee": str(flux.annee or ""),
        "forme": flux.forme,
        "gratuit": next(mot for mot, valeur in GRATUITS.items() if valeur is flux.gratuit),
        "source": flux.source,
        "qualite": flux.qualite,
    }
    return SaisieFlux(champs)


def write_corps(commune_id: int | None, autre: str) -> str:
    """The option of the list: ``epci``, ``c12``, ``autre``."""
    if commune_id is not None:
        return f"c{commune_id}"
    return AUTRE if autre else INTERCOMMUNALITE


def list_corps(communes: Sequence[CommuneMembre], nom_epci: str) -> list[tuple[str, str]]:
    """Options of who carries and of who benefits."""
    return [
        ("", "Choisissez"),
        (INTERCOMMUNALITE, nom_epci),
        *((f"c{commune.pk}", commune.nom) for commune in communes),
        (AUTRE, "Un autre organisme (syndicat, centre de gestion, État…)"),
    ]


def parse_flux(
    champs: Mapping[str, str], communes: Sequence[CommuneMembre], services: Mapping[str, str]
) -> ContenuFlux | dict[str, str]:
    """The flow that these texts tell, or what is to be mended by field."""
    fautes: dict[str, str] = {}
    textes = {nom: " ".join(champs.get(nom, "").split()) for nom in CHAMPS}
    for nom, maximum in LONGUEURS.items():
        if len(textes[nom]) > maximum:
            fautes[nom] = f"Ce texte compte {len(textes[nom])} caractères : gardez-en {maximum} au plus."
    porteur = read_corps(textes, "porteur", communes, fautes)
    beneficiaire = read_corps(textes, "beneficiaire", communes, fautes)
    if textes["service"] and textes["service"] not in services:
        fautes["service"] = "Choisissez le service dans la liste, ou laissez vide."
    contenu = ContenuFlux(
        nature=textes["nature"],
        objet=textes["objet"],
        service=textes["service"],
        porteur_id=porteur[0],
        porteur_autre=porteur[1],
        beneficiaire_id=beneficiaire[0],
        beneficiaire_autre=beneficiaire[1],
        forme=textes["forme"],
        gratuit=read_gratuit(textes["gratuit"], fautes),
        montant=read_centiemes("montant", textes["montant"], fautes),
        temps=read_centiemes("temps", textes["temps"], fautes),
        annee=read_annee(textes["annee"], fautes),
        source=textes["source"],
        qualite=textes["qualite"] or Qualite.ESTIME,
    )
    if contenu.qualite not in Qualite.values:
        fautes["qualite"] = "Dites si ce chiffre est estimé ou établi."
    fautes = {**list_fautes(contenu), **fautes}
    return fautes or contenu


def read_corps(
    textes: Mapping[str, str], nom: str, communes: Sequence[CommuneMembre], fautes: dict[str, str]
) -> tuple[int | None, str]:
    """(pk of the commune, name of another body): both empty for the intercommunalité."""
    choix, autre = textes[nom], textes[f"{nom}_autre"]
    if choix == INTERCOMMUNALITE:
        return None, ""
    if choix == AUTRE:
        if not autre:
            fautes[f"{nom}_autre"] = "Écrivez le nom de cet organisme."
        return None, autre or "?"
    found = next((commune.pk for commune in communes if f"c{commune.pk}" == choix), None)
    if found is None:
        fautes[nom] = "Choisissez qui porte." if nom == "porteur" else "Choisissez qui bénéficie."
        return None, "?"
    return found, ""


def read_gratuit(texte: str, fautes: dict[str, str]) -> bool | None:
    if texte.casefold() not in GRATUITS:
        fautes["gratuit"] = "Répondez oui ou non, ou laissez vide."
    return GRATUITS.get(texte.casefold())


def read_centiemes(nom: str, texte: str, fautes: dict[str, str]) -> int | None:
    """Hundredths of a number written in French; None when it is empty or unknown."""
    if not texte:
        return None
    try:
        valeur = parse_nombre(texte)
    except NombreInvalide as invalide:
        fautes[nom] = str(invalide)
        return None
    if valeur is None:
        return None
    centiemes = Fraction(valeur) * 100
    if centiemes < 0:
        fautes[nom] = "Écrivez un nombre positif : qui porte et qui bénéficie disent le sens."
    elif centiemes.denominator != 1:
        fautes[nom] = "Gardez deux chiffres au plus après la virgule."
    elif centiemes > MAXIMA[nom]:
        fautes[nom] = "Ce nombre est démesuré : vérifiez l'unité."
    return None if nom in fautes else int(centiemes)


def read_annee(texte: str, fautes: dict[str, str]) -> int | None:
    if not texte:
        return None
    if not (texte.isascii() and texte.isdigit() and len(texte) == 4):
        fautes["annee"] = "Écrivez l'année sur quatre chiffres, par exemple 2025."
        return None
    return int(texte)


def list_natures() -> list[tuple[str, str]]:
    return [("", "Choisissez"), *NatureFlux.choices]
