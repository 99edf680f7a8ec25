"""Rules on the forms of pooling (part 5)."""

from datetime import date
from fractions import Fraction

from communaccord.noyau.droit.regle import CGCT_AU, Confiance, Regle

REGLES = (
    Regle(
        identifiant="R-5.0",
        titre="Choisir une forme de mutualisation",
        articles=(
            "CGCT L5211-4-1",
            "CGCT L5211-4-2",
            "CGCT L5211-4-3",
            "CGCT L5211-17",
            "CGCT L5211-17-2",
            "CGCT L5214-16-1",
            "CGCT L5111-1",
            "CGCT L5111-1-1",
            "CGCT L5221-1",
            "CCP L2113-6",
            "CGFP L512-6",
        ),
        confiance=Confiance.SOURCE_SECONDAIRE,
        texte_au=CGCT_AU,
        resume=(
            "Douze formes permettent de partager un service, un équipement, des biens, des achats ou le temps d'une "
            "personne. Ce que l'on partage, la compétence, le sens du partage et les communes qui entrent en ferment "
            "certaines. Une forme possible n'est jamais imposée : chaque conseil choisit."
        ),
        avertissements=(
            "Dans un tableau, une réponse qui manque veut dire « je ne sais pas » : la forme reste à préciser, et la "
            "question qui la déciderait est nommée.",
            "Les conventions entre communes et les agents partagés ont été relevés dans une source secondaire : leurs "
            "articles sont à relire avant de décider.",
        ),
    ),
    Regle(
        identifiant="R-5.1",
        titre="Service commun",
        articles=("CGCT L5211-4-2",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2022, 2, 23),
        resume=(
            "En dehors des compétences transférées, l'intercommunalité et une ou plusieurs de ses communes peuvent se "
            "doter d'un service commun. Une convention en fixe l'objet, les moyens et le financement ; une fiche "
            "d'impact lui est annexée, après avis des comités sociaux territoriaux. Les agents qui y passent tout leur "
            "temps sont transférés de plein droit, ceux qui y passent une partie de leur temps sont mis à disposition "
            "de plein droit. Selon la mission, l'autorité fonctionnelle est celle du ou de la maire ou celle de la "
            "présidence. En fiscalité professionnelle unique, la part d'une commune peut être imputée sur son "
            "attribution de compensation."
        ),
        avertissements=(
            "Entrer est un choix : chaque conseil délibère pour sa commune, aucune majorité n'engage les autres.",
            "Les missions que le centre de gestion exerce pour les collectivités affiliées en sont exclues.",
            "L'article ne dit rien du retour des agents en cas de sortie : seule la convention peut le régler.",
        ),
        parametres={"seuil_affiliation": 350, "seuil_action_sociale": 50},
    ),
    Regle(
        identifiant="R-5.2",
        titre="Transfert et mise à disposition de services liés à une compétence",
        articles=("CGCT L5211-4-1",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2019, 8, 8),
        resume=(
            "Quand la compétence est transférée, le service la suit : la forme n'est pas le service commun. Une "
            "convention peut mettre un service d'une commune à la disposition de l'intercommunalité, après un "
            "transfert partiel, ou un service de l'intercommunalité à la disposition des communes, si la bonne "
            "organisation des services le justifie. Les comités sociaux territoriaux donnent leur avis."
        ),
        avertissements=(
            "Si la compétence est restituée, les mises à disposition prennent fin de plein droit ; une convention "
            "répartit les agents.",
        ),
    ),
    Regle(
        identifiant="R-5.3",
        titre="Remboursement au coût unitaire",
        articles=("CGCT D5211-16",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2011, 5, 13),
        resume=(
            "Le remboursement d'un service mis à disposition est le coût d'une unité de fonctionnement multiplié par "
            "le nombre d'unités constaté. Le coût comprend le personnel, les fournitures, le renouvellement des biens "
            "et les contrats rattachés ; il exclut ce qui n'est pas strictement lié au service. La convention prévoit "
            "la méthode et le nombre d'unités attendu. Le coût unitaire est porté chaque année à la connaissance des "
            "communes avant le vote du budget."
        ),
        avertissements=(
            "Le texte vise les services mis à disposition de l'intercommunalité (II de l'article L5211-4-1). Pour un "
            "service commun, rien ne l'impose : c'est une bonne pratique.",
        ),
    ),
    Regle(
        identifiant="R-5.4",
        titre="Attribution de compensation et coefficient d'intégration fiscale",
        articles=("CGCT L5211-29 II et III", "CGCT L5211-4-2", "CGCT L5211-28"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Le coefficient d'intégration fiscale (CIF) rapporte les recettes fiscales de l'intercommunalité, moins "
            "ses dépenses de transfert, à celles de l'ensemble. En fiscalité professionnelle unique, les dépenses de "
            "transfert sont les attributions de compensation versées et la moitié de la dotation de solidarité "
            "communautaire ; en fiscalité additionnelle, la moitié de cette dotation seulement. Imputer un service "
            "commun sur l'attribution de compensation relève donc le CIF ; un remboursement ne le change pas."
        ),
        avertissements=(
            "C'est une simulation d'ordre de grandeur : la dotation réelle dépend de garanties, de plafonds et des "
            "autres intercommunalités. Elle n'est jamais promise.",
            "Le calcul officiel reprend le dernier compte administratif connu : l'effet arrive plus tard.",
            "La dotation d'intercommunalité a été modifiée par la loi de finances pour 2024 (source secondaire).",
        ),
        parametres={
            "part_dsc": Fraction(1, 2),
            "plafond": Fraction(3, 5),
            "coefficient_metropole": Fraction(11, 10),
        },
    ),
    Regle(
        identifiant="R-5.5",
        titre="Conventions et commande publique",
        articles=("CCP L2511-1 à L2511-6", "CGCT L5111-1"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Une convention de prestation échappe à la mise en concurrence quand le service est non économique et "
            "d'intérêt général, quand le prestataire est contrôlé comme un service interne et travaille à plus de 80 % "
            "pour qui le contrôle, ou quand des personnes publiques coopèrent et font moins de 20 % de l'activité sur "
            "le marché. Participer au financement n'est pas, à soi seul, coopérer."
        ),
        avertissements=(
            "Le code de la commande publique a été lu dans sa version d'avril 2026. Hors de ces cas, une analyse est "
            "requise avant de signer.",
        ),
        parametres={"part_marche": Fraction(1, 5), "part_controle": Fraction(4, 5)},
    ),
    Regle(
        identifiant="R-5.6",
        titre="Groupement de commandes",
        articles=("CCP L2113-6", "CCP L2113-7", "CGCT L5211-4-4"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Des acheteurs peuvent passer ensemble des marchés. Une convention signée par tous les membres fixe le "
            "fonctionnement du groupement ; ils sont solidairement responsables des procédures menées ensemble et "
            "pour tous. L'intercommunalité peut agir gratuitement pour ses communes, même hors de ses compétences, "
            "si ses statuts le prévoient expressément."
        ),
        avertissements=(
            "Les articles du code de la commande publique ont été lus dans leur version d'avril 2026, celui du code "
            "général des collectivités territoriales dans sa version de décembre 2023.",
        ),
    ),
    Regle(
        identifiant="R-5.7",
        titre="Partage de biens",
        articles=("CGCT L5211-4-3",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "L'intercommunalité peut acquérir des biens qu'elle partage avec ses communes selon un règlement de mise à "
            "disposition, y compris pour des compétences qui ne lui sont pas transférées."
        ),
    ),
    Regle(
        identifiant="R-5.8",
        titre="Fonds de concours",
        articles=("CGCT L5214-16 V", "CGCT L5215-26", "CGCT L5216-5 VI", "CGCT L5217-7 I"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "L'intercommunalité et une commune peuvent se verser un fonds de concours pour réaliser un équipement ou "
            "le faire fonctionner, par délibérations concordantes à la majorité simple. Le total des fonds ne dépasse "
            "pas la part que le bénéficiaire finance lui-même, hors subventions : au plus la moitié du coût net."
        ),
        avertissements=(
            "Il finance un équipement, jamais un service sans équipement. Le plafond vaut pour le total de "
            "l'opération.",
        ),
        parametres={"part_du_net": Fraction(1, 2)},
    ),
    Regle(
        identifiant="R-5.9",
        titre="Entente",
        articles=("CGCT L5221-1", "CGCT L5221-2"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Des conseils peuvent s'entendre sur un objet commun de leurs attributions, sans créer de structure. Une "
            "conférence de trois membres par conseil prépare ; ses décisions ne s'appliquent qu'une fois ratifiées par "
            "tous les conseils."
        ),
    ),
    Regle(
        identifiant="R-5.11",
        titre="Actes que demande chaque forme",
        articles=("CGCT L5211-4-1", "CGCT L5211-4-2", "CGCT L5211-17", "CGFP L253-5", "CGI 1609 nonies C"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Chaque forme demande ses actes : délibérations, convention, fiche d'impact, avis des comités sociaux "
            "territoriaux, arrêté. Certains ne sont attendus que dans certains cas. L'avis du comité social "
            "territorial précède la délibération."
        ),
        avertissements=(
            "Le code de la fonction publique a été lu dans sa version d'avril 2026. L'information de l'assemblée sur "
            "une mise à disposition individuelle est donnée de mémoire : elle est à vérifier.",
        ),
    ),
)
