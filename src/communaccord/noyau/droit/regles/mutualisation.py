"""Rules on the schéma de mutualisation, its consultations and the yearly calendar (parts 1 and 7)."""

from datetime import date

from communaccord.noyau.droit.regle import CGCT_AU, Confiance, Regle

REGLES = (
    Regle(
        identifiant="R-1.1",
        titre="Rapport et projet de schéma de mutualisation",
        articles=("CGCT L5211-39-1",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2019, 12, 29),
        resume=(
            "Dans l'année qui suit le renouvellement général des conseils municipaux, la présidence de l'EPCI peut "
            "établir un rapport relatif aux mutualisations de services, avec un projet de schéma pour la durée du "
            "mandat. C'est une faculté : aucun texte ne l'impose depuis le 29 décembre 2019. Le projet prévoit "
            "l'impact sur les effectifs et sur les dépenses de fonctionnement, de l'EPCI et des communes. Chaque "
            "conseil municipal dispose de trois mois pour donner un avis simple ; son silence vaut avis favorable. "
            "Le conseil communautaire approuve le schéma à la majorité ordinaire, l'envoie à chaque conseil municipal, "
            "puis en communique l'avancement chaque année lors du débat d'orientation budgétaire ou, à défaut, "
            "du vote du budget."
        ),
        avertissements=(
            "Faire vivre un schéma hors de cette année reste possible : la procédure est alors choisie, non imposée "
            "(notre lecture).",
            "Un avis défavorable ne bloque pas le schéma ; chaque outil qu'il prévoit garde sa propre procédure.",
        ),
        parametres={"mois_apres_renouvellement": 12},
    ),
    Regle(
        identifiant="R-1.2",
        titre="Délais et silences des consultations",
        articles=(
            "CGCT L5211-39-1",
            "CGCT L5211-11-2",
            "CGCT L5211-57",
            "CGCT L5211-5",
            "CGCT L5211-17",
            "CGCT L5211-17-1",
            "CGCT L5211-19",
            "CGCT L5211-20",
            "CGI 1609 nonies C",
            "CGCT L5211-4-1",
            "CGCT L5211-4-2",
        ),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        resume=(
            "Chaque commune a son propre délai, qui part du jour où elle a reçu le dossier. Les mois se comptent de "
            "quantième à quantième : du 30 novembre, trois mois mènent au 28 février. Passé le délai, le silence est, "
            "selon la consultation, favorable, défavorable ou sans effet. Le dernier jour est encore ouvert : l'avis "
            "tacite n'est constaté que le lendemain (délai prudent)."
        ),
        avertissements=(
            "Les articles ne disent pas si le délai est franc : le calcul retient la lecture prudente.",
            "Un avis donné par le maire ou la maire sans délibération n'est pas l'avis du conseil municipal.",
        ),
        parametres={
            "mois_rapport_mutualisation": 3,
            "mois_pacte_gouvernance": 2,
            "mois_commune_seule": 3,
            "mois_creation_perimetre": 3,
            "mois_transfert_competence": 3,
            "mois_transfert_a_la_carte": 3,
            "mois_restitution_competence": 3,
            "mois_retrait_commune": 3,
            "mois_modification_statuts": 3,
            "mois_rapport_clect": 3,
        },
    ),
    Regle(
        identifiant="R-1.3",
        titre="Rapport annuel d'activité de l'EPCI",
        articles=("CGCT L5211-39",),
        confiance=Confiance.TEXTE_LU,
        texte_au=CGCT_AU,
        valid_from=date(2014, 3, 23),
        resume=(
            "Avant le 30 septembre, la présidence envoie à chaque maire le rapport d'activité de l'EPCI, accompagné "
            "des comptes arrêtés. Le ou la maire le communique au conseil municipal en séance publique. Les "
            "délégués et déléguées de la commune rendent compte à leur conseil au moins deux fois par an."
        ),
        avertissements=(
            "À partir de l'exercice 2026, le compte financier unique remplace le compte administratif (source "
            "secondaire) ; la rédaction de l'article après l'ordonnance 2025-526 n'a pas été lue.",
        ),
        parametres={"jour_rapport_activite": 30, "mois_rapport_activite": 9},
    ),
    Regle(
        identifiant="R-7",
        titre="Calendrier du mandat 2026-2032",
        articles=("Décret 2025-848 du 27 août 2025", "CGCT L1612-2", "CGCT L1612-12"),
        confiance=Confiance.SOURCE_SECONDAIRE,
        valid_from=date(2025, 8, 27),
        resume=(
            "Les élections municipales ont eu lieu les 15 et 22 mars 2026. Le renouvellement des conseils municipaux "
            "d'une intercommunalité est complet le 22 mars si l'une de ses communes a voté au second tour, le 15 mars "
            "sinon. Les maires sont élus au plus tard le dimanche qui suit le scrutin."
        ),
        avertissements=(
            "Le vote du budget avant le 15 avril et celui des comptes avant le 30 juin sont cités de mémoire : à "
            "vérifier sur Légifrance.",
        ),
        parametres={
            "duree_mandat_ans": 6,
            "jours_election_maires": 7,
            "jour_budget": 15,
            "mois_budget": 4,
            "jour_comptes": 30,
            "mois_comptes": 6,
        },
    ),
    Regle(
        identifiant="R-7.4",
        titre="Débat d'orientation budgétaire",
        articles=("CGCT L2312-1", "CGCT L5211-36", "CGCT D2312-3", "CGCT D5211-18-1", "CGCT L5217-10-4"),
        confiance=Confiance.SOURCE_SECONDAIRE,
        texte_au=CGCT_AU,
        resume=(
            "Le débat d'orientation budgétaire concerne l'EPCI dont une commune compte au moins 3 500 habitants. Il a "
            "lieu dans les dix semaines qui précèdent l'examen du budget : c'est un maximum, non un délai d'attente ; "
            "il ne se tient pas à la même séance que le vote. Les documents budgétaires sont adressés douze jours "
            "avant. Le rapport est transmis aux communes membres sous quinze jours."
        ),
        avertissements=(
            "Les textes lus datent de 2015 et 2016 ; leur rédaction depuis le 1er janvier 2026 (ordonnance 2025-526) "
            "n'a pas été lue : les délais de dix semaines et douze jours sont des réglages modifiables.",
        ),
        parametres={
            "seuil_habitants_commune": 3_500,
            "seuil_habitants_effectifs": 10_000,
            "semaines_avant_budget": 10,
            "jours_documents_budgetaires": 12,
            "jours_transmission_rapport": 15,
        },
    ),
)
