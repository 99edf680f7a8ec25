"""Rules on the number and the distribution of the seats of the conseil communautaire (part 2)."""

from datetime import date
from fractions import Fraction

from communaccord.noyau.droit.regle import CGCT_AU, Confiance, Regle
from communaccord.noyau.droit.regles.baremes import EFFECTIFS_CONSEIL_MUNICIPAL, TABLEAU_SIEGES

_ARRETE = "Seul l'arrêté préfectoral fait foi : le calcul sert à vérifier, à expliquer et à simuler."
_DEBUT = date(2017, 3, 2)

REGLES = (
    Regle(
        identifiant="R-2.1",
        titre="Population à retenir pour les sièges",
        articles=("CGCT L5211-6-1 IV-1°", "CGCT R5211-1-1"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "On retient la population municipale. Pour un renouvellement général, c'est celle qui est authentifiée "
            "l'année précédente : millésime 2022 pour 2026, millésime 2016 pour 2020. Un recensement ne change pas "
            "les sièges en cours de mandat."
        ),
        avertissements=("Ni la population totale, ni un autre millésime ne conviennent.",),
        parametres={"retard_millesime_ans": 3},
    ),
    Regle(
        identifiant="R-2.2",
        titre="Nombre de sièges du tableau",
        articles=("CGCT L5211-6-1 III",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_DEBUT,
        resume="La population municipale de l'EPCI fixe un nombre de sièges, de 16 à 130, par tranches.",
        avertissements=(_ARRETE,),
        baremes=(TABLEAU_SIEGES,),
    ),
    Regle(
        identifiant="R-2.3",
        titre="Répartition de droit commun des sièges",
        articles=("CGCT L5211-6-1 II à V", "CGCT L2121-2", "CGCT L5211-6-2"),
        confiance=Confiance.CALCULE,
        texte_au=CGCT_AU,
        valid_from=_DEBUT,
        resume=(
            "Les sièges du tableau vont aux communes à la plus forte moyenne (1°). Une commune qui n'en obtient aucun "
            "en reçoit un, en plus du tableau (2°). Aucune ne dépasse la moitié (3°), ni l'effectif de son conseil "
            "municipal (4°). Une égalité sur le dernier siège donne un siège à chacune des communes à égalité (5°). "
            "Dans les communautés de communes, d'agglomération et urbaines, si les sièges garantis dépassent 30 % du "
            "tableau, 10 % de sièges s'ajoutent (V), arrondis à l'entier inférieur, toujours à la plus forte moyenne. "
            "Aix-Marseille-Provence reçoit 20 % de sièges de plus (4° bis). La Métropole de Lyon et le Grand Paris "
            "ont leurs propres règles : elles ne sont pas calculées ici."
        ),
        avertissements=(
            _ARRETE,
            "L'ordre des opérations a été retrouvé par comparaison avec des conseils réels ; là où la pratique "
            "des préfectures varie, le résultat porte un avertissement.",
        ),
        parametres={
            "part_maximale_commune": Fraction(1, 2),
            "seuil_v": Fraction(3, 10),
            "supplement_v": Fraction(1, 10),
            "supplement_4_bis": Fraction(1, 5),
        },
        baremes=(EFFECTIFS_CONSEIL_MUNICIPAL,),
    ),
    Regle(
        identifiant="R-2.4",
        titre="Comparaison avec le conseil constaté",
        articles=("CGCT L5211-6-1",),
        confiance=Confiance.CALCULE,
        texte_au=CGCT_AU,
        valid_from=_DEBUT,
        resume=(
            "Les sièges comptés dans le répertoire national des élus sont rapprochés de la règle ordinaire. L'écart "
            "s'explique le plus souvent par un accord local, par les 10 % supplémentaires ou par des sièges vacants : "
            "l'explication donnée est probable, jamais certaine."
        ),
        avertissements=(_ARRETE, "Les sièges vacants abaissent le compte du répertoire."),
    ),
    Regle(
        identifiant="R-2.5",
        titre="Sièges supplémentaires, dans la limite de 10 %",
        articles=("CGCT L5211-6-1 VI",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_DEBUT,
        resume=(
            "Quand le V ne s'applique pas, les conseils municipaux peuvent ajouter jusqu'à 10 % de sièges (métropoles "
            "sauf Aix-Marseille-Provence, communautés urbaines, et communautés sans accord local). La part de chaque "
            "commune ne s'écarte pas de plus de 20 % de sa part de population, sauf si l'écart existait déjà et ne "
            "s'aggrave pas, ou pour donner un deuxième siège à une commune qui n'en avait obtenu qu'un au 1°."
        ),
        avertissements=(
            "Le texte permet expressément de porter une commune au-dessus de la moitié des sièges dans les métropoles "
            "et les communautés urbaines ; pour les autres communautés, la question reste ouverte : à confirmer avec "
            "la préfecture.",
        ),
        parametres={"part_maximale_total": Fraction(11, 10), "tolerance": Fraction(1, 5)},
    ),
    Regle(
        identifiant="R-2.6",
        titre="Accord local sur les sièges",
        articles=("CGCT L5211-6-1 I-2°", "Conseil constitutionnel 2015-711 DC"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_DEBUT,
        resume=(
            "Dans une communauté de communes ou d'agglomération, un accord peut fixer d'autres sièges : au plus 125 % "
            "du nombre issu des III et IV, au moins un siège par commune, pas plus de la moitié pour une seule, et "
            "une part de sièges à 20 % près de la part de population, avec deux exceptions : un écart déjà présent "
            "qui ne s'aggrave pas, ou un deuxième siège pour une commune qui n'en a obtenu qu'un au 1°."
        ),
        avertissements=(
            "La réserve du Conseil constitutionnel est connue par une source secondaire : un deuxième siège ne se "
            "refuse pas à une commune au moins aussi peuplée dans la même situation.",
            "Une commune qui sort des 20 % seulement parce que d'autres ont reçu un deuxième siège est admise en "
            "pratique : à confirmer avec la préfecture.",
        ),
        parametres={
            "part_maximale_total": Fraction(5, 4),
            "part_maximale_commune": Fraction(1, 2),
            "tolerance": Fraction(1, 5),
        },
    ),
    Regle(
        identifiant="R-2.7",
        titre="Majorité pour l'accord local et les 10 %",
        articles=("CGCT L5211-6-1 I-2° et VI", "CGCT R2151-2"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_DEBUT,
        resume=(
            "Deux tiers au moins des conseils municipaux représentant plus de la moitié de la population, ou la moitié "
            "au moins représentant plus des deux tiers ; avec l'accord de la commune la plus peuplée si elle compte "
            "plus du quart de la population. Le silence ne vaut pas accord."
        ),
        avertissements=(
            "Le texte ne dit pas s'il s'agit de la population municipale ou totale : les deux se calculent, et peuvent "
            "conduire à des conclusions différentes.",
        ),
        parametres={
            "conseils_1": Fraction(2, 3),
            "population_1": Fraction(1, 2),
            "conseils_2": Fraction(1, 2),
            "population_2": Fraction(2, 3),
            "part_veto": Fraction(1, 4),
        },
    ),
    Regle(
        identifiant="R-2.8",
        titre="Dates limites pour fixer les sièges",
        articles=("CGCT L5211-6-1 VII",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_DEBUT,
        resume=(
            "Les accords sont pris au plus tard le 31 août de l'année qui précède le renouvellement, l'arrêté "
            "préfectoral au plus tard le 31 octobre. Pour 2026 tout est clos ; la simulation prépare 2032."
        ),
        parametres={
            "jour_accord": 31,
            "mois_accord": 8,
            "jour_arrete": 31,
            "mois_arrete": 10,
        },
    ),
)
