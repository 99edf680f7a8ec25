"""What an envelope protects, and what it does not: said plainly, with the settings of this démarche."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from communaccord.plateforme.accords.enums import CONSERVATION_MOIS, SEUIL_PUBLICATION
from communaccord.plateforme.accords.pages.lectures import select_regles
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.socle.typographie import pluriel, prose

VERIFIE_LE = date(2026, 11, 23)
COLONNES = ("Avant la validation", "Après la validation", "Après l'ouverture des plis")
# Who, then what they read at each of the three moments.
LECTEURS = (
    ("Le ou la maire", "tout", "tout, avec son code", "tout, avec son code"),
    ("Le secrétariat de sa mairie", "tout", "les notes et ce qui est partagé", "le retour fait à la commune"),
    ("L'équipe projet", "où en est la réponse", "où en est la réponse", "ce qui est publié et partagé"),
    ("La présidence et l'exécutif", "rien", "un nombre de réponses", "ce qui est publié et partagé"),
    ("Les autres mairies", "rien", "un nombre de réponses", "ce qui est publié et partagé"),
    ("Les maires assesseurs", "rien", "rien de plus que les autres", "rien de plus que les autres"),
    ("Les autres élus et élues", "rien", "rien", "ce qui est publié"),
)


@dataclass(frozen=True, slots=True)
class Loi:
    """A text that may open what is closed: ``confiance`` as in socle/composants/encarts."""

    titre: str
    article: str
    confiance: str
    texte: str


LOIS = (
    Loi(
        "Demander à lire un document",
        "CRPA, art. L311-1, L311-2 et L311-6",
        "V",
        "Toute personne peut demander un document administratif. Un document préparatoire n'est pas communicable tant "
        "que la décision n'est pas prise. Ensuite, ce qui est encore conservé peut être demandé, sauf ce qui porte "
        "atteinte à la vie privée.",
    ),
    Loi(
        "La juridiction et la chambre régionale des comptes",
        "code de justice administrative, code des juridictions financières",
        "M",
        "un juge peut demander des pièces ; ce qui est encore lisible serait alors à remettre.",
    ),
    Loi(
        "Les archives publiques",
        "code du patrimoine, livre II",
        "M",
        "les documents d'une collectivité sont des archives publiques ; leur tri et leur destruction suivent des "
        "règles. Voyez-les avec les archives départementales avant d'adopter la durée de conservation.",
    ),
)


@dataclass(frozen=True, slots=True)
class Protection:
    """The page, with the settings of the rule in force (or the proposed ones)."""

    lignes: Sequence[dict[str, str]]
    colonnes: Sequence[dict[str, str]]
    lois: Sequence[Loi]
    conservation: str
    seuil: str
    verifie_le: date


def build_protection(acteur: Acteur) -> Protection:
    """One request."""
    regle = select_regles(acteur).filter(adoptee_le__isnull=False).order_by("-version").first()
    colonnes = [{"cle": "qui", "titre": "Qui"}]
    colonnes += [{"cle": f"t{rang}", "titre": prose(titre)} for rang, titre in enumerate(COLONNES)]
    return Protection(
        lignes=[
            {"qui": prose(qui), **{f"t{rang}": prose(mot) for rang, mot in enumerate(mots)}} for qui, *mots in LECTEURS
        ],
        colonnes=colonnes,
        lois=LOIS,
        conservation=pluriel(regle.conservation_mois if regle else CONSERVATION_MOIS, "mois", "mois"),
        seuil=pluriel(regle.seuil if regle else SEUIL_PUBLICATION, "commune"),
        verifie_le=VERIFIE_LE,
    )
