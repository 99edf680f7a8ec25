"""The colours of the site and their contrasts, read from the style sheet itself: what is measured is what is shown."""

import re
from dataclasses import dataclass
from pathlib import Path

FEUILLE = Path(__file__).parent / "static/socle/css/jetons.css"
COULEUR = re.compile(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})\s*;")
TEXTES_SUR_FONDS = ("encre", "encre-douce", "lien", "moins", "plus", "erreur", "succes", "attention")
FONDS = ("papier", "surface", "creux")
PAIRES_TEXTE = (
    *((texte, fond) for texte in TEXTES_SUR_FONDS for fond in FONDS),
    ("sur-primaire", "primaire"),
    ("sur-primaire", "primaire-survol"),
    ("encre", "primaire-clair"),
    ("lien", "primaire-clair"),
    ("encre", "moins-clair"),
    ("moins", "moins-clair"),
    ("encre", "plus-clair"),
    ("plus", "plus-clair"),
    ("encre", "erreur-clair"),
    ("erreur", "erreur-clair"),
    ("encre", "succes-clair"),
    ("succes", "succes-clair"),
    ("encre", "attention-clair"),
    ("attention", "attention-clair"),
    ("encre", "mienne-clair"),
    ("encre-douce", "mienne-clair"),
    ("lien", "mienne-clair"),
    ("moins", "mienne-clair"),
    ("plus", "mienne-clair"),
)
PAIRES_GRAPHIQUES = tuple(
    (graphique, fond)
    for graphique in (
        "filet-fort",
        "anneau",
        "moins",
        "plus",
        "primaire",
        "serie-1",
        "serie-2",
        "serie-3",
        "serie-4",
        "serie-5",
        "serie-6",
        "carte-trait",
        "accent",
    )
    for fond in ("papier", "surface")
)
SEUIL_TEXTE = 4.5
SEUIL_GRAPHIQUE = 3.0


@dataclass(frozen=True, slots=True)
class Mesure:
    """One pair of colours of one theme and its contrast ratio."""

    theme: str
    devant: str
    derriere: str
    ratio: float
    seuil: float


def read_jetons(feuille: Path = FEUILLE) -> dict[str, dict[str, str]]:
    """Colours by theme ("clair", "sombre"); the dark theme inherits what it does not redefine."""
    light, _, rest = feuille.read_text(encoding="utf-8").partition("prefers-color-scheme: dark")
    dark = rest.partition("/* fin du thème sombre */")[0]
    clair = dict(COULEUR.findall(light))
    return {"clair": clair, "sombre": clair | dict(COULEUR.findall(dark))}


def compute_luminance(couleur: str) -> float:
    """Relative luminance of `#RRGGBB`. Source: WCAG 2.1, definition of relative luminance."""
    channels = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def compute_contraste(couleur: str, autre: str) -> float:
    """Contrast ratio, from 1 to 21. Source: WCAG 2.1, definition of contrast ratio."""
    dark, light = sorted((compute_luminance(couleur), compute_luminance(autre)))
    return (light + 0.05) / (dark + 0.05)


def measure_paires() -> list[Mesure]:
    """Every declared pair in both themes."""
    measures = []
    for theme, jetons in read_jetons().items():
        for paires, seuil in ((PAIRES_TEXTE, SEUIL_TEXTE), (PAIRES_GRAPHIQUES, SEUIL_GRAPHIQUE)):
            for devant, derriere in paires:
                ratio = compute_contraste(jetons[devant], jetons[derriere])
                measures.append(Mesure(theme, devant, derriere, ratio, seuil))
    return measures
