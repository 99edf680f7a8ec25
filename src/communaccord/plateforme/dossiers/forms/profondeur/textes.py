"""The lines of the service and of the mayor: what is written, what is proposed, what is left out."""

from collections.abc import Iterable, Sequence

from communaccord.plateforme.dossiers.actions import LigneMaire, LigneService
from communaccord.plateforme.dossiers.models import ChangementMaire, CritereService
from communaccord.plateforme.dossiers.models.profondeur import Avis, Critere, Sens, ThemeMaire
from communaccord.plateforme.socle.saisie import Saisie

AVIS = [("", "pas encore dit"), *Avis.choices]
SENS = [("", "à dire"), *Sens.choices]
LIGNES_LIBRES = 2
MAX_LIGNES = 40
# Sober starting points: kept, mended or thrown away; none counts before somebody says whether it changes.
PROPOSITIONS = (
    (ThemeMaire.DECISION, "Le conseil municipal garde ses compétences et ses choix."),
    (ThemeMaire.SIGNATURE, "Vous signez les actes de la commune."),
    (ThemeMaire.AUTORITE, "Vous donnez vos instructions à celles et ceux qui travaillent pour la commune."),
    (ThemeMaire.NOMINATION, "Vous nommez les agents et les agentes qui rendent ce service."),
    (ThemeMaire.BUDGET, "La commune paie elle-même ce que coûte ce service."),
    (ThemeMaire.ORGANISATION, "Vous fixez les horaires et les priorités du service."),
)
TEXTES_PROPOSES = frozenset(texte for _, texte in PROPOSITIONS)


def fill_service(criteres: Iterable[CritereService | LigneService]) -> Saisie:
    """What is written, then the usual criteria that are not, then free lines."""
    lignes = [(c.critere, c.libelle, c.avant, c.apres, c.avis) for c in criteres]
    presents = {ligne[0] for ligne in lignes}
    usual = [critere for critere in Critere if critere != Critere.AUTRE and critere not in presents]
    lignes += [(critere.value, "", "", "", "") for critere in usual]
    lignes += [(Critere.AUTRE.value, "", "", "", "")] * LIGNES_LIBRES
    noms = ("critere", "libelle", "avant", "apres", "avis")
    return Saisie(
        {f"{nom}-{rang}": valeur for rang, ligne in enumerate(lignes) for nom, valeur in zip(noms, ligne, strict=True)}
    )


def list_rangs(saisie: Saisie, nom: str) -> list[int]:
    """The lines of the form, in order."""
    return saisie.rangs(nom)


def parse_service(saisie: Saisie) -> list[LigneService]:
    """The lines that say something, in order; a usual criterion of which nothing is said is left out."""
    lignes = []
    for rang in saisie.rangs("critere")[:MAX_LIGNES]:
        textes = [saisie.texte(f"{nom}-{rang}").strip() for nom in ("libelle", "avant", "apres", "avis")]
        if any(textes):
            lignes.append(LigneService(saisie.texte(f"critere-{rang}"), *textes))
    return lignes


def get_nom_critere(saisie: Saisie, rang: int) -> str:
    """The label of a usual criterion; empty for a free line, which has its own field."""
    critere = saisie.texte(f"critere-{rang}")
    return "" if critere not in Critere.values or critere == Critere.AUTRE else Critere(critere).label


def fill_maire(changements: Sequence[ChangementMaire | LigneMaire]) -> Saisie:
    """What is written, then what is proposed while nothing is, then free lines."""
    lignes = [(c.theme, c.sens, c.texte) for c in changements]
    if not lignes:
        lignes = [(theme.value, "", texte) for theme, texte in PROPOSITIONS]
    lignes += [(ThemeMaire.AUTRE.value, "", "")] * LIGNES_LIBRES
    noms = ("theme", "sens", "texte")
    return Saisie(
        {f"{nom}-{rang}": valeur for rang, ligne in enumerate(lignes) for nom, valeur in zip(noms, ligne, strict=True)}
    )


def parse_maire(saisie: Saisie) -> list[LigneMaire]:
    """The lines that say something; a proposal of which nobody says whether it changes is left out."""
    lignes = []
    for rang in saisie.rangs("theme")[:MAX_LIGNES]:
        theme, sens, texte = (saisie.texte(f"{nom}-{rang}").strip() for nom in ("theme", "sens", "texte"))
        if texte and (sens or texte not in TEXTES_PROPOSES):
            lignes.append(LigneMaire(theme, sens, texte))
    return lignes
