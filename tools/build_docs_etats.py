#!/usr/bin/env python3
"""Draw the state machines of the platform into docs/etats/, from their transition tables.

.venv/bin/python tools/build_docs_etats.py
"""

import sys
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[1]
DOSSIER = RACINE / "docs" / "etats"
sys.path.insert(0, str(RACINE / "src"))

from communaccord.plateforme.accords import enums as accords  # noqa: E402
from communaccord.plateforme.diagnostic import enums as diagnostic  # noqa: E402
from communaccord.plateforme.dossiers import enums as dossiers  # noqa: E402
from communaccord.plateforme.projet.enums import cadre as projet  # noqa: E402

MACHINES: dict[str, tuple[str, str, Mapping[Any, Set[Any]]]] = {
    "precadrage": (
        "Précadrage politique",
        "Proposé demande que les objectifs, les principes financiers et la règle de décision soient écrits ; le "
        "reprendre demande une raison. Validé dit quel jour et par quelle instance : rien n'en change plus, on "
        "ouvre la version suivante.",
        projet.TRANSITIONS_CADRE,
    ),
    "charte": (
        "Charte de mutualisation",
        "Adoptée demande que ses quatre parties soient écrites, et dit quel jour et par quelle instance : rien n'en "
        "change plus, on ouvre la version suivante.",
        projet.TRANSITIONS_CHARTE,
    ),
    "dossier": (
        "Dossier",
        "Présenté demande que les textes soient écrits et qu'un scénario soit figé ; les autres changements demandent "
        "une raison. Qu'un dossier soit dans un tour se lit à la table des accords, sans que rien ne soit écrit ici.",
        dossiers.TRANSITIONS_DOSSIER,
    ),
    "campagne": (
        "État des lieux",
        "À l'ouverture, chaque commune et l'intercommunalité ont leur fiche. Clos, il garde ses réponses sans qu'elles "
        "changent ; le rouvrir demande une raison.",
        diagnostic.TRANSITIONS_CAMPAGNE,
    ),
    "fiche": (
        "Fiche d'état des lieux",
        "La première réponse la met en cours. La mairie valide la sienne, l'équipe projet celle de "
        "l'intercommunalité ; une fiche validée se rouvre tant que l'état des lieux est ouvert.",
        diagnostic.TRANSITIONS_FICHE,
    ),
    "priorisation": (
        "Choix des priorités",
        "À l'ouverture, les options ne changent plus. L'équipe projet le clôt, ou l'horloge après le dernier jour ; "
        "clos, il ne se rouvre pas : deux résultats à un bulletin près diraient ce bulletin.",
        diagnostic.TRANSITIONS_PRIORISATION,
    ),
    "tour": (
        "Tour de consultation",
        "« Ouvert » se lit avec les dates : avant l'ouverture le tour est à venir, après la clôture il est clos, "
        "sans que rien ne soit écrit. Une prolongation ne change pas l'état.",
        accords.TRANSITIONS_TOUR,
    ),
    "reponse": (
        "Réponse d'une commune",
        "Tout changement demande que le tour soit ouvert, sauf celui d'une enveloppe recopiée et relue après la "
        "clôture, qui donne une réponse validée. De « validée », on revient au brouillon (reprise) ou à « à préparer » "
        "(retrait), avec le code.",
        accords.TRANSITIONS_REPONSE,
    ),
    "assesseur": (
        "Maire assesseur",
        "Tiré au sort pendant la préparation du tour. Qui décline est remplacé par la personne suivante du tirage.",
        accords.TRANSITIONS_ASSESSEUR,
    ),
    "enveloppe": (
        "Enveloppe sur papier",
        "Reçue et rendue avant la clôture ; ouverte, recopiée et relue par deux personnes entre la clôture et le "
        "dépouillement.",
        accords.TRANSITIONS_ENVELOPPE,
    ),
}


def build_page(titre: str, texte: str, transitions: Mapping[Any, Set[Any]]) -> str:
    """A Mermaid diagram and the same thing as a table."""
    first = next(iter(transitions))
    lines = [f"# {titre}", "", texte, "", "```mermaid", "stateDiagram-v2", f"    [*] --> {first.value}"]
    rows = ["| de | vers |", "|---|---|"]
    for etat, following in transitions.items():
        lines.append(f"    {etat.value} : {etat.label}")
        ordered = [e for e in transitions if e in following]
        lines += [f"    {etat.value} --> {e.value}" for e in ordered] or [f"    {etat.value} --> [*]"]
        rows.append(f"| {etat.label} | {' ; '.join(e.label for e in ordered) or 'rien : état final'} |")
    footer = "Dessiné par `tools/build_docs_etats.py` depuis la table des transitions ; un essai le compare."
    return "\n".join([*lines, "```", "", *rows, "", footer, ""])


def main() -> None:
    DOSSIER.mkdir(exist_ok=True)
    for name, machine in MACHINES.items():
        (DOSSIER / f"{name}.md").write_text(build_page(*machine), encoding="utf-8")


if __name__ == "__main__":
    main()
