"""Rules on meetings, quorum and votes (part 4)."""

from datetime import date
from fractions import Fraction

from communaccord.noyau.droit.regle import CGCT_AU, Confiance, Regle

REGLES = (
    Regle(
        identifiant="R-4.1",
        titre="Règles de fonctionnement applicables à un EPCI",
        articles=("CGCT L5211-1", "CGCT R2151-4"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2022, 2, 23),
        resume=(
            "Le conseil communautaire suit les règles du conseil municipal, comme une commune de 3 500 habitants et "
            "plus pour les convocations. Tout EPCI, même petit, convoque donc cinq jours francs à l'avance, avec une "
            "note explicative de synthèse."
        ),
        parametres={"jours_francs": 5, "jours_francs_urgence": 1},
    ),
    Regle(
        identifiant="R-4.2",
        titre="Convocation et jours francs",
        articles=("CGCT L2121-7", "CGCT L2121-11", "CGCT L2121-12", "CGCT L2541-2", "CGCT L2541-4"),
        confiance=Confiance.SOURCE_SECONDAIRE,
        texte_au=CGCT_AU,
        resume=(
            "Ni le jour de l'envoi ni celui de la séance ne comptent ; tous les autres jours comptent, dimanches et "
            "jours fériés compris. Cinq jours francs pour un EPCI ou une commune de 3 500 habitants et plus, trois "
            "pour une autre commune, un en urgence. En Alsace et en Moselle, une commune convoque trois jours avant, "
            "non francs, et la veille en urgence."
        ),
        avertissements=(
            "Le délai est lu dans le texte ; la façon de compter vient de la jurisprudence, par sources secondaires.",
            "Pour un EPCI d'Alsace ou de Moselle, cinq jours francs sont retenus par prudence (non vérifié).",
        ),
        parametres={
            "seuil_habitants": 3_500,
            "jours_francs_a_partir_du_seuil": 5,
            "jours_francs_sous_le_seuil": 3,
            "jours_francs_urgence": 1,
            "jours_alsace_moselle": 3,
            "jours_alsace_moselle_urgence": 1,
        },
    ),
    Regle(
        identifiant="R-4.5",
        titre="Quorum",
        articles=("CGCT L2121-17", "CGCT L2131-11", "CGCT L1111-6"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Le conseil délibère si la majorité de ses membres en exercice est présente, à l'ouverture et au début de "
            "chaque point. Les pouvoirs ne comptent pas, les sièges vacants non plus. Si le quorum manque, une "
            "seconde convocation, à trois jours au moins d'intervalle, permet de délibérer sans quorum sur le même "
            "ordre du jour."
        ),
        parametres={"jours_seconde_convocation": 3},
    ),
    Regle(
        identifiant="R-4.6",
        titre="Pouvoirs",
        articles=("CGCT L2121-20", "CGCT L5211-6"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Un pouvoir est écrit, donné à une personne du conseil, révocable. Chacun n'en porte qu'un. Il ne vaut pas "
            "plus de trois séances de suite, sauf maladie. Pour une commune à un seul siège, la personne "
            "suppléante passe d'abord."
        ),
        parametres={"seances_de_suite": 3},
    ),
    Regle(
        identifiant="R-4.7",
        titre="Modes de scrutin",
        articles=("CGCT L2121-20", "CGCT L2121-21"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2022, 7, 1),
        resume=(
            "Le vote a lieu à main levée. Il est public si le quart des membres présents le demande, secret si le "
            "tiers le demande ou pour une nomination."
        ),
        avertissements=("Si les deux sont demandés, le scrutin secret l'emporte (source secondaire, à vérifier).",),
        parametres={"part_scrutin_public": Fraction(1, 4), "part_scrutin_secret": Fraction(1, 3)},
    ),
    Regle(
        identifiant="R-4.8",
        titre="Adoption d'une délibération",
        articles=("CGCT L2121-20",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2022, 7, 1),
        resume=(
            "Une délibération est adoptée à la majorité absolue des suffrages exprimés. Abstentions, bulletins blancs "
            "et refus de vote n'en sont pas. En cas de partage, la voix de la présidence est prépondérante, sauf au "
            "scrutin secret. Certaines décisions demandent les deux tiers : des suffrages exprimés, des membres ou "
            "du conseil, selon le texte."
        ),
        avertissements=(
            "Quand le texte dit « statuant à la majorité des deux tiers » sans plus, le calcul retient les suffrages "
            "exprimés et signale si les membres donneraient un autre résultat (non vérifié).",
        ),
        parametres={"majorite_qualifiee": Fraction(2, 3)},
    ),
    Regle(
        identifiant="R-4.13",
        titre="Règlement intérieur",
        articles=("CGCT L2121-8", "CGCT L5211-1"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume="Le conseil communautaire établit son règlement intérieur dans les six mois de son installation.",
        parametres={"mois_apres_installation": 6},
    ),
)
