"""Answers to the état des lieux, invented: figures that follow the inhabitants; what is wished for."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from communaccord.plateforme.demo.territoire.hasard import draw, draw_entre
from communaccord.plateforme.diagnostic.actions import ReponseSaisie
from communaccord.plateforme.diagnostic.calculs.valeurs import Valeur
from communaccord.plateforme.diagnostic.enums import NON, OUI, Besoin, Colonne, Qualite, TypeLigne
from communaccord.plateforme.diagnostic.models import Ligne

CENT = 100
EUROS_ETP = (36_000, 47_000)
SOURCES = {Qualite.ETABLI: "Compte administratif (fictif)", Qualite.ESTIME: "À dire de mairie (fictif)"}
PART_INCONNUE, PART_ETABLIE = 0.07, 0.55


@dataclass(frozen=True, slots=True)
class Allure:
    """Of a service in a commune: inhabitants for one agent, other costs in euros an inhabitant, activity a + b x."""

    habitants_par_agent: int
    autres: float
    volume: tuple[float, float] = (0, 0)


ALLURES = {
    "secretariat": Allure(700, 5, (10, 0.002)),
    "informatique": Allure(4_500, 7, (2, 0.01)),
    "commande_publique": Allure(6_000, 1, (1, 0.002)),
    "urbanisme": Allure(4_000, 2, (1, 0.023)),
    "voirie": Allure(520, 14, (6, 0.012)),
    "ecoles": Allure(260, 30, (0, 0.1)),
}
# What the intercommunalité runs itself: agents, other costs in euros, activity.
DE_L_EPCI = {
    "secretariat": (7, 21_000, 38),
    "informatique": (3, 64_000, 85),
    "commande_publique": (2, 9_000, 24),
    "urbanisme": (6, 31_000, 540),
    "voirie": (14, 410_000, 96),
    "ecoles": (22, 286_000, 430),
}
TEXTES = {
    "partages_autres": (
        "Le tracteur et l'épareuse, avec la commune voisine, deux semaines par an, sans convention.",
        "Rien de plus que ce qui est dit plus haut.",
        "La salle des fêtes, prêtée aux associations du territoire.",
    ),
    "avis_besoins": (
        "Un remplacement quand le secrétariat est absent.",
        "Quelqu'un qui sache rédiger un marché.",
        "Une sauvegarde qui marche, et qu'on ait essayée.",
        "Du temps d'agent technique au printemps.",
    ),
    "avis_conditions": (
        "Que l'on connaisse la personne au bout du fil.",
        "Un coût connu d'avance, qui ne dérape pas.",
        "Pouvoir revenir en arrière au bout de deux ans.",
        "Commencer petit, avec les communes volontaires.",
    ),
    "avis_reserves": (
        "Garder l'accueil du public en mairie.",
        "Pas de transfert : des services que l'on choisit.",
        "L'école reste l'affaire de la commune.",
    ),
}


@dataclass(frozen=True, slots=True)
class Repondant:
    """Whose sheet it is: a code (empty: the intercommunalité) and its inhabitants; ``annee`` of the figures."""

    code: str
    habitants: int
    annee: int


def build_reponses(repondant: Repondant, lignes: list[Ligne]) -> dict[int, ReponseSaisie]:
    """The answers of a sheet, by line: the same ones each time; some lines are not known."""
    services = {cle: build_service(repondant, cle) for cle in ALLURES}
    return {ligne.pk: build_reponse(repondant, ligne, services) for ligne in lignes}


def build_reponse(repondant: Repondant, ligne: Ligne, services: Mapping[str, dict[str, Valeur]]) -> ReponseSaisie:
    """One answer, with its year, its source and its quality when it is a figure."""
    if ligne.publique == "population_municipale":
        return build_chiffre(repondant, {Colonne.VALEUR: repondant.habitants * CENT}, Qualite.ETABLI)
    if ligne.est_chiffree and repondant.code and draw("inconnu", ligne.cle, repondant.code) < PART_INCONNUE:
        return ReponseSaisie(inconnu=True)
    qualite = Qualite.ETABLI if draw("qualité", ligne.cle, repondant.code) < PART_ETABLIE else Qualite.ESTIME
    if ligne.type == TypeLigne.EFFECTIFS:
        return build_chiffre(repondant, services[ligne.service], qualite)
    if ligne.type in (TypeLigne.MONTANT, TypeLigne.NOMBRE):
        return build_chiffre(repondant, {Colonne.VALEUR: compute_repere(repondant, ligne.cle, services)}, qualite)
    return ReponseSaisie({Colonne.VALEUR: choose_mot(repondant, ligne)})


def build_chiffre(repondant: Repondant, valeurs: Mapping[str, Valeur], qualite: Qualite) -> ReponseSaisie:
    return ReponseSaisie(valeurs, annee=repondant.annee, source=SOURCES[qualite], qualite=qualite)


def build_service(repondant: Repondant, cle: str) -> dict[str, Valeur]:
    """Agents, equivalents, pay, other costs and activity of one service, in hundredths."""
    code, habitants, allure = repondant.code, repondant.habitants, ALLURES[cle]
    if code:
        attendus = habitants / allure.habitants_par_agent * draw_entre(0.75, 1.25, "agents", cle, code)
        agents = floor(attendus + draw("reste", cle, code))
        autres = 10 * round(habitants * allure.autres * draw_entre(0.7, 1.3, "autres", cle, code) / 10)
        volume = round(allure.volume[0] + allure.volume[1] * habitants * draw_entre(0.8, 1.2, "volume", cle, code))
    else:
        agents, autres, volume = DE_L_EPCI[cle]
    etp = 5 * round(20 * agents * draw_entre(0.55, 0.95, "etp", cle, code))
    values: dict[str, Valeur] = {
        Colonne.AGENTS: agents * CENT,
        Colonne.ETP: etp,
        Colonne.MASSE_SALARIALE: 1000 * round(etp * draw_entre(*EUROS_ETP, "paie", cle, code) / 1000),
        Colonne.AUTRES_COUTS: autres * CENT,
        Colonne.VOLUME: volume * CENT,
        Colonne.DEPARTS: floor(agents * draw_entre(0, 0.45, "départs", cle, code)) * CENT,
    }
    if agents:
        values[Colonne.TITULAIRE_UNIQUE] = OUI if agents == 1 or draw("seul", cle, code) < 0.15 else NON
    return values


def compute_repere(repondant: Repondant, cle: str, services: Mapping[str, dict[str, Valeur]]) -> int:
    """Staff costs hold those of the services, running costs hold staff costs; whole euros, in cents."""
    code = repondant.code
    if cle == "potentiel_financier":
        return round(draw_entre(690, 1_080, cle, code)) * CENT
    paie = sum(int(values[Colonne.MASSE_SALARIALE]) for values in services.values())
    frais = max(paie, repondant.habitants * 9_000) * draw_entre(1.08, 1.25, "frais", code)
    total = frais if cle == "frais_personnel" else frais / draw_entre(0.42, 0.55, "part", code)
    return round(total / 100_000) * 100_000


def choose_mot(repondant: Repondant, ligne: Ligne) -> str:
    """A level, a need or a sentence: small communes share more, and need more."""
    chance = draw("mot", ligne.cle, repondant.code)
    if ligne.type == TypeLigne.MATURITE:
        return str(floor(chance * 4))
    if ligne.type == TypeLigne.BESOIN:
        petite = repondant.habitants < 500
        besoins = [Besoin.INDISPENSABLE, Besoin.UTILE, Besoin.SECONDAIRE, Besoin.AUCUN]
        return besoins[floor(chance * (3 if petite else 4))]
    phrases = TEXTES[ligne.cle]
    return phrases[floor(chance * len(phrases))]
