"""Words of the projet de territoire, of the frame and of the charte: all invented."""

from communaccord.plateforme.projet.actions.cadre import ContenuCadre
from communaccord.plateforme.projet.enums.plan import EtatAction

A_ENGAGER, EN_COURS, REALISEE = EtatAction.A_ENGAGER, EtatAction.EN_COURS, EtatAction.REALISEE

# Key of the dossier -> title of the objectif that it serves.
SERVIS = {
    "secretariat": "Garder chaque mairie ouverte",
    "urbanisme": "Répondre vite et bien aux projets de construction",
    "informatique": "Mettre les mairies à l'abri des pannes et des attaques",
}
# Orientation -> objectif -> actions: title, code of the commune whose maire carries it, pilote, term, state.
PLAN = {
    "Des services publics proches, tenus partout": {
        SERVIS["secretariat"]: (
            ("Un remplacement sous trois jours dans chaque mairie", "F006", "Mission mutualisation", "2027", EN_COURS),
            ("Des heures d'ouverture affichées et tenues", "F004", "Secrétariats de mairie", "2027", A_ENGAGER),
            ("Un tutorat pour chaque prise de poste", "F005", "Direction des ressources humaines", "2028", A_ENGAGER),
        ),
        SERVIS["urbanisme"]: (
            ("Une seule équipe d'instruction", "F002", "Direction de l'urbanisme", "2027", EN_COURS),
            ("Un accueil sur rendez-vous dans deux bourgs", "F003", "Direction de l'urbanisme", "2027", A_ENGAGER),
            ("Le dépôt en ligne, expliqué en mairie", "F002", "Direction du numérique", "2026", REALISEE),
        ),
        "Accueillir les enfants dans chaque bassin d'écoles": (
            ("Un même règlement de l'accueil périscolaire", "F001", "Mission mutualisation", "2028", A_ENGAGER),
            ("Des remplacements partagés entre écoles", "F007", "Secrétariats de mairie", "2027", A_ENGAGER),
        ),
    },
    "Une administration solide et sobre": {
        SERVIS["informatique"]: (
            ("Des sauvegardes essayées chaque mois", "F001", "Direction du numérique", "2027", EN_COURS),
            ("Un seul numéro d'assistance", "F008", "Direction du numérique", "2027", A_ENGAGER),
            ("Une alerte commune en cas d'attaque", "F001", "Direction du numérique", "2026", REALISEE),
        ),
        "Acheter ensemble, au juste prix": (
            ("Un groupement de commandes pour l'énergie", "F003", "Commande publique", "2026", REALISEE),
            ("Un calendrier commun des marchés", "F005", "Commande publique", "2027", A_ENGAGER),
        ),
        "Recruter, former et garder les agents et les agentes": (
            ("Des formations près de chez soi", "F004", "Direction des ressources humaines", "2027", EN_COURS),
            ("Un accueil commun des nouveaux agents", "F006", "Direction des ressources humaines", "2028", A_ENGAGER),
        ),
    },
    "Un territoire qui s'adapte": {
        "Entretenir ensemble les routes et les chemins": (
            ("Un inventaire partagé du matériel de voirie", "F007", "Mission mutualisation", "2027", EN_COURS),
            ("Une astreinte de viabilité hivernale à plusieurs", "F008", "Mission mutualisation", "2028", A_ENGAGER),
        ),
        # No action yet: the matrix tells it.
        "Préparer les bâtiments publics aux étés chauds": (),
    },
}
# Of no objectif: the matrix tells it too.
SANS_OBJECTIF = (
    "Un forum annuel des agents et des agentes",
    "F003",
    "Direction des ressources humaines",
    "2027",
    EN_COURS,
)

CADRE = ContenuCadre(
    objectifs=(
        "Que chaque habitant et chaque habitante trouve le même service, quelle que soit sa commune.\n"
        "Que plus aucune mairie ne dépende d'une seule personne."
    ),
    services_inclus=("secretariat", "informatique", "urbanisme", "commande_publique", "voirie", "ecoles"),
    services_exclus=("police",),
    perimetre="Les services que les communes demandent, sans obligation de les prendre tous.",
    formes_exclues=("transfert",),
    exclus="La décision et la signature des maires, les écoles elles-mêmes, la police.",
    principes_financiers=(
        "Une commune ne paie pas un service qu'elle n'utilise pas.\n"
        "La hausse annuelle est plafonnée ; l'intercommunalité prend à sa charge la mise en place."
    ),
    regle_decision=(
        "Le COPIL propose, chaque conseil municipal délibère. Une commune qui n'est pas d'accord n'est pas engagée."
    ),
    annee_debut=2027,
    annee_fin=2032,
    calendrier="Un premier service au 1er janvier 2027, puis un bilan chaque année devant les maires.",
)
CADRE_SUITE = (
    "Que chaque habitant et chaque habitante trouve le même service, quelle que soit sa commune.\n"
    "Que plus aucune mairie ne dépende d'une seule personne.\n"
    "Que les agents et les agentes y gagnent : remplacements, formation, perspectives."
)
MOT_DE_LA_PRESIDENCE = (
    "Ce rapport est celui d'un territoire fictif. Il rassemble ce que les communes ont dit d'elles-mêmes, ce qu'elles "
    "partagent déjà et ce qu'elles souhaitent étudier.\n\n"
    "Rien n'y est décidé : chaque conseil municipal donne son avis, puis délibère service par service."
)
CONTEXTE = (
    "L'état des lieux a été rempli par les mairies. Les chiffres sont ceux qu'elles ont "
    "donnés ; ceux qui sont estimés le disent (chiffres fictifs)."
)
