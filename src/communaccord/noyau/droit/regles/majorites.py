"""Rules on the majorities between communes (part 6)."""

from datetime import date
from fractions import Fraction

from communaccord.noyau.droit.regle import CGCT_AU, Confiance, Regle

REGLES = (
    Regle(
        identifiant="R-6.1",
        titre="Majorité qualifiée des communes",
        articles=("CGCT L5211-5 II", "CGCT R2151-2"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Deux tiers au moins des conseils municipaux représentant plus de la moitié de la population, ou la moitié "
            "au moins représentant les deux tiers de la population ; avec l'accord de la commune la plus peuplée si "
            "elle compte plus du quart de la population. C'est la règle des transferts de compétences et des statuts. "
            "Elle ne s'applique ni au schéma de mutualisation, ni à une convention de service commun."
        ),
        avertissements=("La population retenue est la population totale, par défaut du code (R2151-2).",),
        parametres={
            "conseils_1": Fraction(2, 3),
            "population_1": Fraction(1, 2),
            "conseils_2": Fraction(1, 2),
            "population_2": Fraction(2, 3),
            "part_veto": Fraction(1, 4),
        },
    ),
    Regle(
        identifiant="R-6.3",
        titre="Approbation du rapport de la CLECT",
        articles=("CGI 1609 nonies C IV", "CGCT L5211-5 II, premier alinéa"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "La commission remet son rapport dans les neuf mois du transfert. Les conseils municipaux l'approuvent à "
            "la majorité qualifiée, dans les trois mois de sa transmission ; le silence ne vaut pas approbation. La "
            "règle de la commune la plus peuplée ne joue pas : le texte ne renvoie qu'au premier alinéa."
        ),
        avertissements=(
            "L'absence de la règle du quart est notre lecture du texte ; aucun commentaire n'a été trouvé.",
        ),
        parametres={
            "conseils_1": Fraction(2, 3),
            "population_1": Fraction(1, 2),
            "conseils_2": Fraction(1, 2),
            "population_2": Fraction(2, 3),
        },
    ),
    Regle(
        identifiant="R-6.4",
        titre="Attribution de compensation",
        articles=("CGI 1609 nonies C V",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2024, 1, 1),
        resume=(
            "Les montants provisoires sont communiqués aux communes avant le 15 février. La révision libre demande une "
            "délibération du conseil communautaire aux deux tiers et l'accord de chaque commune intéressée, à la "
            "majorité simple. Le silence ne vaut jamais accord."
        ),
        parametres={"jour_montants_provisoires": 15, "mois_montants_provisoires": 2},
    ),
)
