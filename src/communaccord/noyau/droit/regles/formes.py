"""Rules on the forms of pooling (part 5)."""

from datetime import date

from communaccord.noyau.droit.regle import CGCT_AU, Confiance, Regle

REGLES = (
    Regle(
        identifiant="R-5.1",
        titre="Service commun",
        articles=("CGCT L5211-4-2",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2022, 2, 23),
        resume=(
            "En dehors des compétences transférées, l'intercommunalité et une ou plusieurs de ses communes peuvent se "
            "doter d'un service commun. Une convention en fixe l'objet, les moyens et le financement ; une fiche "
            "d'impact lui est annexée, après avis des comités sociaux territoriaux. Les agents qui y passent tout leur "
            "temps sont transférés de plein droit, ceux qui y passent une partie de leur temps sont mis à disposition "
            "de plein droit. Selon la mission, l'autorité fonctionnelle est celle du ou de la maire ou celle de la "
            "présidence. En fiscalité professionnelle unique, la part d'une commune peut être imputée sur son "
            "attribution de compensation."
        ),
        avertissements=(
            "Entrer est un choix : chaque conseil délibère pour sa commune, aucune majorité n'engage les autres.",
            "Les missions que le centre de gestion exerce pour les collectivités affiliées en sont exclues.",
            "L'article ne dit rien du retour des agents en cas de sortie : seule la convention peut le régler.",
        ),
    ),
    Regle(
        identifiant="R-5.2",
        titre="Transfert et mise à disposition de services liés à une compétence",
        articles=("CGCT L5211-4-1",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2019, 8, 8),
        resume=(
            "Quand la compétence est transférée, le service la suit : la forme n'est pas le service commun. Une "
            "convention peut mettre un service d'une commune à la disposition de l'intercommunalité, après un "
            "transfert partiel, ou un service de l'intercommunalité à la disposition des communes, si la bonne "
            "organisation des services le justifie. Les comités sociaux territoriaux donnent leur avis."
        ),
        avertissements=(
            "Si la compétence est restituée, les mises à disposition prennent fin de plein droit ; une convention "
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
            "et les contrats rattachés ; il exclut ce qui n'est pas strictement lié au service. La convention prévoit "
            "la méthode et le nombre d'unités attendu. Le coût unitaire est porté chaque année à la connaissance des "
            "communes avant le vote du budget."
        ),
        avertissements=(
            "Le texte vise les services mis à disposition de l'intercommunalité (II de l'article L5211-4-1). Pour un "
            "service commun, rien ne l'impose : c'est une bonne pratique.",
        ),
    ),
    Regle(
        identifiant="R-5.6",
        titre="Groupement de commandes",
        articles=("CCP L2113-6", "CCP L2113-7", "CGCT L5211-4-4"),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Des acheteurs peuvent passer ensemble des marchés. Une convention signée par tous les membres fixe le "
            "fonctionnement du groupement ; ils sont solidairement responsables des procédures menées ensemble et "
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
)
