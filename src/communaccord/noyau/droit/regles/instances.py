"""Rules on the instances of an EPCI (part 3)."""

from datetime import date
from fractions import Fraction

from communaccord.noyau.droit.regle import CGCT_AU, FONCTION_PUBLIQUE_AU, Confiance, Regle

_ENGAGEMENT = date(2019, 12, 29)

REGLES = (
    Regle(
        identifiant="R-3.1",
        titre="Instances et ce que chacune peut décider",
        articles=("CGCT L5211-6", "CGCT L5211-10", "CGCT L5211-11-3", "CGCT L2121-22", "CGCT L5211-10-1"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Le conseil communautaire décide. Le bureau et la présidence décident dans la limite des délégations "
            "reçues. La conférence des maires, les commissions et le conseil de développement donnent des avis. Le "
            "comité de pilotage et le comité technique sont des usages de travail, sans base légale : ce qu'on y vote "
            "n'a pas valeur de décision."
        ),
    ),
    Regle(
        identifiant="R-3.2",
        titre="Vice-présidences et bureau",
        articles=("CGCT L5211-10", "CGCT L5211-12"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2014, 1, 29),
        resume=(
            "Le conseil fixe le nombre de vice-présidences : au plus 20 % de son effectif, arrondi à l'entier "
            "supérieur, et au plus 15 ; quatre sont toujours possibles. À la majorité des deux tiers, il peut aller "
            "jusqu'à 30 %, sans dépasser 15. Dans une métropole le plafond est de 20. Les autres membres du bureau "
            "sont en nombre libre."
        ),
        avertissements=(
            "Les 30 % sont arrondis à l'entier inférieur : le texte n'en dit rien.",
            "Au-delà de 20 %, l'enveloppe des indemnités n'augmente pas.",
        ),
        parametres={
            "part": Fraction(1, 5),
            "part_aux_deux_tiers": Fraction(3, 10),
            "plafond": 15,
            "plafond_metropole": 20,
            "plancher": 4,
        },
    ),
    Regle(
        identifiant="R-3.3",
        titre="Conférence des maires",
        articles=("CGCT L5211-11-3", "CGCT L5211-40-2"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_ENGAGEMENT,
        resume=(
            "Elle existe dans chaque EPCI à fiscalité propre, sauf si le bureau comprend déjà l'ensemble des maires. "
            "Elle se réunit à l'initiative de la présidence ou, quatre fois par an au plus, à la demande d'un tiers "
            "des maires. Elle donne des avis, transmis à tous les conseillers et conseillères municipaux."
        ),
        avertissements=("Le texte ne fixe ni quorum ni délai de convocation : le règlement intérieur peut le faire.",),
        parametres={"part_signatures": Fraction(1, 3), "demandes_par_an": 4},
    ),
    Regle(
        identifiant="R-3.4",
        titre="Pacte de gouvernance",
        articles=("CGCT L5211-11-2",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_ENGAGEMENT,
        resume=(
            "Après chaque renouvellement général, la présidence inscrit à l'ordre du jour un débat et une délibération "
            "sur l'élaboration d'un pacte de gouvernance, et un débat sur le conseil de développement et "
            "l'association du public. Si un pacte est décidé, il est adopté dans les neuf mois du renouvellement, "
            "après avis des conseils municipaux rendu dans les deux mois de la transmission du projet."
        ),
        avertissements=(
            "Le texte ne dit rien du silence d'une commune : il ne vaut ni accord ni désaccord.",
            "Aucune sanction d'un retard n'a été trouvée.",
            "Le point de départ (renouvellement complet) s'appuie sur une réponse ministérielle de 2021.",
        ),
        parametres={"mois_apres_renouvellement": 9},
    ),
    Regle(
        identifiant="R-3.5",
        titre="Commissions",
        articles=("CGCT L2121-22", "CGCT L5211-1", "CGCT L5211-40-1"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_ENGAGEMENT,
        resume=(
            "Le conseil peut former des commissions d'étude, composées à la représentation proportionnelle. Elles se "
            "réunissent une première fois dans les huit jours. Elles peuvent s'ouvrir aux conseillers et conseillères "
            "municipaux. Elles ne décident rien."
        ),
    ),
    Regle(
        identifiant="R-3.8",
        titre="Comité consultatif et conseil de développement",
        articles=("CGCT L5211-49-1", "CGCT L5211-10-1"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=_ENGAGEMENT,
        resume=(
            "Un conseil de développement est mis en place au-delà de 50 000 habitants ; en deçà, il est facultatif. "
            "L'écart entre femmes et hommes y est d'une personne au plus ; aucun conseiller ou conseillère "
            "communautaire n'y siège. Le conseil peut aussi créer des comités consultatifs, désignés pour une année."
        ),
        avertissements=("Aucun texte n'impose de consulter le conseil de développement sur le schéma.",),
        parametres={"seuil_habitants": 50_000, "ecart_femmes_hommes": 1},
    ),
    Regle(
        identifiant="R-3.9",
        titre="Installation du conseil communautaire",
        articles=("CGCT L5211-6",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Après un renouvellement général, le conseil communautaire se réunit au plus tard le vendredi de la "
            "quatrième semaine qui suit l'élection des maires. Une commune à un seul siège a une personne suppléante, "
            "qui vote en cas d'absence annoncée et reçoit les convocations."
        ),
        parametres={"semaines_apres_election_maires": 4},
    ),
    Regle(
        identifiant="R-3.10",
        titre="Comité social territorial",
        articles=("CGFP L251-5", "CGFP L251-7", "CGFP L253-5", "CGFP R254-38", "CGFP R254-39", "CGFP R254-68"),
        confiance=Confiance.TEXTE_LU,
        texte_au=FONCTION_PUBLIQUE_AU,
        resume=(
            "Une collectivité d'au moins 50 agents a son propre comité ; les autres relèvent de celui du centre de "
            "gestion. Son avis précède la délibération sur l'organisation des services. La convocation part quinze "
            "jours avant (huit en urgence), les documents huit jours avant. Un vote unanimement défavorable des "
            "représentants et représentantes du personnel appelle un réexamen, entre huit et trente jours après."
        ),
        avertissements=(
            "Chaque employeur qui perd ou reçoit des agents consulte son comité : le calendrier du centre de gestion "
            "commande souvent.",
            "Les comités sont renouvelés le 10 décembre 2026 (source secondaire) : vérifiez lequel est compétent à la "
            "date de la séance.",
        ),
        parametres={
            "seuil_agents": 50,
            "jours_convocation": 15,
            "jours_convocation_urgence": 8,
            "jours_documents": 8,
            "jours_reexamen_min": 8,
            "jours_reexamen_max": 30,
        },
    ),
)
