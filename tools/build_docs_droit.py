"""Write docs/droit: one French page for each legal rule, from the register of rules and the spec tests.

`python tools/build_docs_droit.py` writes the pages; `render()` gives their text, so that a test can compare.
"""

import importlib
import re
import sys
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[1]
DOSSIER = RACINE / "docs" / "droit"
CAS = RACINE / "tests" / "noyau" / "spec"
for chemin in (RACINE / "src", CAS):
    if str(chemin) not in sys.path:
        sys.path.insert(0, str(chemin))

from droit_tables import Annee, Table  # noqa: E402 (the paths above come first)

from communaccord.noyau.droit.avis import TypeConsultation  # noqa: E402
from communaccord.noyau.droit.regle import RESERVE_TEXTES, BaremePopulation, Confiance, Regle  # noqa: E402
from communaccord.noyau.droit.regles import REGLES  # noqa: E402
from communaccord.noyau.droit.texte import format_entier, format_mois  # noqa: E402

FINE = "\u202f"
IDENTIFIANT = re.compile(r"[a-z]+_\w+|[A-Z]+_\w+")
PARTIES = {
    "1": "Schéma de mutualisation et consultations",
    "2": "Sièges du conseil communautaire",
    "3": "Instances",
    "4": "Séances et votes",
    "5": "Formes de mutualisation",
    "6": "Majorités des communes",
    "7": "Calendrier",
    "U": "Code de l'urbanisme",
}
AVIS_DE_GENERATION = "<!-- Page écrite par tools/build_docs_droit.py (registre des règles, essais). -->"


def render() -> dict[str, str]:
    """Return the text of every page, by path relative to docs/droit."""
    tables = load_tables()
    pages = {f"{identifiant}.md": render_regle(regle, tables) for identifiant, regle in REGLES.items()}
    pages["README.md"] = render_sommaire(tables)
    return pages


def load_tables() -> list[tuple[str, Table]]:
    """Return the tables of cases with the name of their file, in the order of the files."""
    noms = sorted(chemin.stem for chemin in CAS.glob("test_droit_cas_*.py"))
    return [(nom, table) for nom in noms for table in importlib.import_module(nom).TABLES]


def get_partie(identifiant: str) -> str:
    """Return the part of the front page where a rule stands: "2" for R-2.10, "U" for U-1."""
    serie, _, rang = identifiant.partition("-")
    return rang.split(".")[0] if serie == "R" else serie


def sort_key(identifiant: str) -> tuple[int, ...]:
    """Return the order of a rule within its part: R-2.10 comes after R-2.9."""
    return tuple(int(nombre) for nombre in identifiant.partition("-")[2].split("."))


def render_sommaire(tables: list[tuple[str, Table]]) -> str:
    """Return the front page."""
    nombre = sum(len(table.cas) for _, table in tables)
    lignes = [
        AVIS_DE_GENERATION,
        "",
        "# Le droit appliqué, règle par règle",
        "",
        f"Chaque page dit une règle telle que le logiciel l'applique{FINE}: les textes, la confiance qu'on peut lui "
        f"accorder, la date de vérification, puis les cas chiffrés. Ces {nombre} cas sont ceux que les essais rejouent "
        f"à chaque modification{FINE}: la page ne peut pas dire autre chose que le calcul.",
        "",
        f"Cette documentation n'est pas un conseil juridique. En cas de doute, le texte en vigueur fait foi{FINE}: "
        "<https://www.legifrance.gouv.fr>.",
        "",
        RESERVE_TEXTES,
        "",
        "## Confiance",
        "",
        "| Marque | Sens | Montrée comme établie |",
        "|---|---|---|",
        *(f"| {c.value} | {c.label} | {'oui' if c.est_etablie else 'non'} |" for c in Confiance),
    ]
    for partie, titre in PARTIES.items():
        lignes += ["", f"## {titre}", "", "| Règle | Textes | Confiance | Cas |", "|---|---|---|---|"]
        siennes = sorted((identifiant for identifiant in REGLES if get_partie(identifiant) == partie), key=sort_key)
        lignes += [render_ligne(REGLES[identifiant], tables) for identifiant in siennes]
    return "\n".join(lignes) + "\n"


def render_ligne(regle: Regle, tables: list[tuple[str, Table]]) -> str:
    """Return one line of the front page."""
    cas = sum(len(table.cas) for _, table in tables if table.regle == regle.identifiant)
    lien = f"[{regle.identifiant} {regle.titre}]({regle.identifiant}.md)"
    return f"| {lien} | {', '.join(regle.articles)} | {regle.fiabilite} | {cas or '—'} |"


def render_regle(regle: Regle, tables: list[tuple[str, Table]]) -> str:
    """Return the page of one rule."""
    lignes = [
        AVIS_DE_GENERATION,
        "",
        f"# {regle.identifiant} {regle.titre}",
        "",
        regle.resume,
        "",
        "| | |",
        "|---|---|",
        f"| Textes | {', '.join(regle.articles)} |",
        f"| Confiance | {regle.fiabilite} ({regle.confiance.value}) |",
        f"| État du texte lu | {show(regle.texte_au)} |",
        f"| Version du texte | {render_validite(regle)} |",
        f"| Vérifié le | {show(regle.verifie_le)} |",
    ]
    if regle.avertissements:
        lignes += ["", "## À savoir", "", *(f"- {texte}" for texte in regle.avertissements)]
    lignes += render_parametres(regle)
    lignes += ["", "## Cas vérifiés", ""]
    siennes = [(nom, table) for nom, table in tables if table.regle == regle.identifiant]
    if not siennes:
        lignes.append("Cette règle ne se calcule pas par des cas chiffrés.")
    blocs = ["\n".join(render_table(nom, table)) for nom, table in siennes]
    return "\n".join(lignes) + "\n" + "\n\n".join(blocs) + "\n" * bool(blocs)


def render_parametres(regle: Regle) -> list[str]:
    """Return the numbers of the rule and its tables by population, as the computation reads them."""
    lignes = []
    if regle.parametres:
        lignes += ["", "## Nombres de la règle", "", "| Paramètre | Valeur |", "|---|---|"]
        lignes += [f"| `{nom}` | {show(valeur)} |" for nom, valeur in regle.parametres.items()]
    for bareme in regle.baremes:
        lignes += [
            "",
            f"## Barème par population ({bareme.article}{FINE}; {render_validite(bareme)})",
            "",
            "| À partir de (habitants) | Nombre |",
        ]
        lignes += ["|---|---|", *(f"| {show(population)} | {show(nombre)} |" for population, nombre in bareme.paliers)]
    return lignes


def render_validite(regle: Regle | BaremePopulation) -> str:
    """Say from when to when the version that was read applies."""
    debut = f"en vigueur depuis le {show(regle.valid_from)}" if regle.valid_from else "date d'effet non relevée"
    return f"{debut}, jusqu'au {show(regle.valid_to)}" if regle.valid_to else debut


def render_table(nom: str, table: Table) -> list[str]:
    """Return one table of cases."""
    entetes = ("Cas", *(f"{entree[0].upper()}{entree[1:]}" for entree in table.entrees), f"→ {table.attendu}", "Source")
    lignes = [f"### {table.titre}", "", f"| {' | '.join(entetes)} |", "|" + "---|" * len(entetes)]
    for cas in table.cas:
        cellules = (cas.titre, *(show(entree) for entree in cas.entrees), show(cas.attendu), cas.source)
        lignes.append(f"| {' | '.join(cellule.replace('|', '/') for cellule in cellules)} |")
    lignes += ["", f"Essais{FINE}: `tests/noyau/spec/{nom}.py`."]
    return lignes


def show(valeur: Any) -> str:
    """Write a value in French."""
    if valeur is None or valeur == "":
        return "—"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return f"{'1er' if valeur.day == 1 else valeur.day} {format_mois(valeur)}"
    if isinstance(valeur, Enum | TypeConsultation):
        return str(valeur.label)
    if isinstance(valeur, Annee):
        return f"{int(valeur)}"
    if isinstance(valeur, int):
        return format_entier(valeur)
    if isinstance(valeur, Fraction):
        return (
            format_entier(valeur.numerator) if valeur.denominator == 1 else f"{valeur.numerator}/{valeur.denominator}"
        )
    if isinstance(valeur, Mapping):
        return f"{FINE}; ".join(f"{show(cle)}{FINE}: {show(contenu)}" for cle, contenu in valeur.items()) or "—"
    if isinstance(valeur, tuple):
        return show_tuple(valeur)
    return f"`{valeur}`" if IDENTIFIANT.fullmatch(valeur) else str(valeur)


def show_tuple(valeurs: tuple[Any, ...]) -> str:
    """Write several values; equal neighbours are counted ("9 × 100"), nested ones are grouped."""
    if not valeurs:
        return "aucun"
    separateur = f"{FINE}; " if any(isinstance(valeur, tuple) for valeur in valeurs) else ", "
    groupes: list[list[Any]] = []
    for valeur in valeurs:
        if groupes and groupes[-1][0] == valeur and isinstance(valeur, int) and not isinstance(valeur, bool):
            groupes[-1][1] += 1
        else:
            groupes.append([valeur, 1])
    return separateur.join(f"{n} × {show(valeur)}" if n > 2 else ", ".join([show(valeur)] * n) for valeur, n in groupes)


def main() -> None:
    """Write the pages and remove those of rules that no longer exist."""
    pages = render()
    DOSSIER.mkdir(parents=True, exist_ok=True)
    for ancien in DOSSIER.glob("*.md"):
        if ancien.name not in pages:
            ancien.unlink()
    for nom, texte in pages.items():
        (DOSSIER / nom).write_text(texte, encoding="utf-8")
    print(f"{len(pages)} pages écrites dans {DOSSIER.relative_to(RACINE)}")


if __name__ == "__main__":
    main()
