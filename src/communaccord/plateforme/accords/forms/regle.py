"""The règle du jeu as it is typed: articles, who opens, threshold, time of keeping; then the day it was adopted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from communaccord.plateforme.accords.enums import ModeOuverture
from communaccord.plateforme.accords.forms.envoi import read_entier
from communaccord.plateforme.accords.models import RegleDuJeu

MAX_ARTICLES = 15
LONGUEUR_TITRE = 150
LONGUEUR_TEXTE = 2_000


@dataclass(frozen=True, slots=True)
class SaisieRegle:
    """Articles as (title, text), then the settings as typed."""

    articles: tuple[tuple[str, str], ...]
    mode: str
    seuil: str
    conservation: str

    @property
    def remplis(self) -> list[dict[str, str]]:
        """What the act takes: an article emptied of both its texts is dropped."""
        return [{"titre": titre, "texte": texte} for titre, texte in self.articles if titre or texte]


def fill_saisie_regle(regle: RegleDuJeu) -> SaisieRegle:
    """The form of a version; one empty article at the end, to add one."""
    articles = tuple((article["titre"], article["texte"]) for article in regle.articles)
    return SaisieRegle((*articles, ("", "")), regle.mode_ouverture, str(regle.seuil), str(regle.conservation_mois))


def read_saisie_regle(donnees: Mapping[str, str]) -> SaisieRegle:
    """Read the form."""
    articles = tuple(
        (
            donnees.get(f"titre-{rang}", "").strip()[:LONGUEUR_TITRE],
            donnees.get(f"texte-{rang}", "").replace("\r\n", "\n").strip()[:LONGUEUR_TEXTE],
        )
        for rang in range(1, MAX_ARTICLES + 1)
        if f"titre-{rang}" in donnees
    )
    mode = donnees.get("mode", "")
    return SaisieRegle(
        articles,
        mode if mode in ModeOuverture.values else "",
        donnees.get("seuil", "").strip()[:4],
        donnees.get("conservation", "").strip()[:4],
    )


def read_reglages(saisie: SaisieRegle) -> tuple[int, int]:
    """Threshold and months; a negative number when it cannot be read, which the act refuses in words."""
    champs = {"seuil": saisie.seuil, "conservation": saisie.conservation}
    return read_entier(champs, "seuil"), read_entier(champs, "conservation")


def read_jour(texte: str) -> date | None:
    """A day as a form sends it; None when it cannot be read."""
    try:
        return date.fromisoformat(texte)
    except ValueError:
        return None
