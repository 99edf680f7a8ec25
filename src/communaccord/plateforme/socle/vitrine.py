"""Matter of the page of components: invented communes, plainly so, and every state worth looking at."""

from datetime import date
from math import cos, pi, sin
from typing import Any

from communaccord.plateforme.socle import cartes, contrastes, typographie

NOMS = (
    "Commune-centre",
    "Bourg-Neuf-sur-Fictive",
    "Val-Inventé",
    "Les Essarts-Fictifs",
    "Pré-du-Milieu",
    "Mont-Exemple",
    "La Petite-Fictive",
)
ECARTS = (0, -1_840_000, 320_000, -410_050, None, 96_000, -12_000)
CLASSES = ("5", "4", "3", "2", "1", "sans", "moins", "plus")


def build_contours() -> dict[str, list[list[list[tuple[float, float]]]]]:
    """Seven invented communes: a hexagon and its six neighbours, sharing their borders exactly."""

    def hexagon(column: float, row: float) -> list[tuple[float, float]]:
        corners = [
            (round(column + cos(pi * k / 3) / 3, 6), round(row * 0.288675 + sin(pi * k / 3) / 3, 6)) for k in range(6)
        ]
        return [(round(0.3 * x, 4), round(45 + 0.21 * y, 4)) for x, y in [*corners, corners[0]]]

    centres = [(0, 0), (0, 2), (0.5, 1), (0.5, -1), (0, -2), (-0.5, -1), (-0.5, 1)]
    return {f"F{index}": [[hexagon(*centre)]] for index, centre in enumerate(centres)}


def build_carte() -> dict[str, Any]:
    contours = build_contours()
    communes = [
        cartes.CommuneCarte(
            code=code,
            nom=nom,
            classe=classe,
            texte="exemple",
            adresse=f"#ligne-{code}",
            mienne=code == "F3",
            poids=100 - index,
        )
        for index, (code, nom, classe) in enumerate(zip(contours, NOMS, CLASSES, strict=False))
    ]
    return {"fond": cartes.project_contours(contours), "communes": communes, "voisins": cartes.find_voisins(contours)}


def build_vitrine() -> dict[str, Any]:
    """Context of the page of components."""
    ecarts = [
        {"nom": nom, "valeur": valeur, "estime": index in (1, 2), "mienne": index == 3}
        for index, (nom, valeur) in enumerate(zip(NOMS, ECARTS, strict=True))
    ]
    piles = [
        {"nom": nom, "valeurs": [1_200_000 - 90_000 * index, 420_000, 80_000 * (index % 3)], "mienne": index == 3}
        for index, nom in enumerate(NOMS[:4])
    ]
    fourchettes = [
        {
            "nom": nom,
            "bas": 600_000 * (index + 1),
            "centre": 800_000 * (index + 1),
            "haut": 1_050_000 * (index + 1),
            "mienne": index == 3,
        }
        for index, nom in enumerate(NOMS[:4])
    ]
    lignes = [
        {
            "nom": nom,
            "population": typographie.nombre(9_400 // (index + 1)),
            "sieges": 9 - index,
            "note": "",
            "mienne": index == 3,
            "filtre": nom,
        }
        for index, nom in enumerate(NOMS)
    ]
    return {
        "carte": build_carte(),
        "ecarts": ecarts,
        "piles": piles,
        "fourchettes": fourchettes,
        "lignes_tableau": lignes,
        "groupes": [{"nom": nom, "sieges": 9 - i, "mienne": i == 3} for i, nom in enumerate(NOMS)],
        "etapes": [
            {"date": date(2026, 11, 2), "titre": "Lancement de la démarche", "etat": "passee"},
            {
                "date": date(2026, 12, 1),
                "titre": "Dernier départ utile du rapport",
                "note": "Pour laisser trois mois aux conseils municipaux avant mars 2027. C'est une faculté.",
                "etat": "prochaine",
            },
            {"date": date(2027, 3, 1), "titre": "Terme souhaité des avis"},
        ],
        "verifie_le": date(2026, 11, 23),
        "mesures": contrastes.measure_paires(),
    }
