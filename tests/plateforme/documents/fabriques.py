"""Plain data for the papers of an invented démarche."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from communaccord.plateforme.accords.documents.types import (
    Article,
    Compte,
    DossierPapier,
    RegleDuJeu,
    ReponsePapier,
    ResultatDossier,
    ResultatScenario,
    ResultatTour,
    ScenarioCommune,
    TourPapier,
    Vocabulaire,
)
from communaccord.plateforme.comptes.documents.types import Destinataire, LettreCode, Remise
from communaccord.plateforme.documents.papier import Contact, EnTete
from communaccord.plateforme.instances.documents.types import (
    CommuneSeance,
    Convocation,
    FeuillePresence,
    Invite,
    PointOrdreDuJour,
    PointReleve,
    Portee,
    ReleveConclusions,
    Reserve,
    Seance,
    Suite,
    Validation,
)

PARIS = ZoneInfo("Europe/Paris")
ENTETE = EnTete(
    territoire="Communauté de communes du Val-Inventé (fictif)",
    demarche="Schéma de mutualisation",
    edite_le=datetime(2026, 11, 23, 9, 0, tzinfo=PARIS),
    fictif=True,
)
CONTACT = Contact("équipe projet", "00 00 00 00 00", "projet@epci.example", ("1 place Fictive", "00000 Fictive"))
SEANCE = Seance(
    instance="Comité de pilotage (COPIL)",
    debut=datetime(2026, 12, 17, 18, 30, tzinfo=PARIS),
    lieu="Salle du conseil",
    presidence="présidence de la communauté de communes",
    portee=Portee.TRAVAIL,
    adresse=("Siège de la communauté", "1er étage"),
    duree_minutes=90,
)
INVITES = (*(Invite("maire", f"Commune fictive {rang}") for rang in range(1, 27)), Invite("direction générale"))
PHRASE = "Les conditions sont réunies pour au moins 22 communes sur 26 avec le scénario 2."
CONVOCATION = Convocation(
    entete=ENTETE,
    seance=SEANCE,
    points=(
        PointOrdreDuJour(
            "Instruction des autorisations d'urbanisme",
            "la vice-présidence",
            "Dire si le scénario 2 est travaillé.",
            PHRASE,
            40,
            ("Fiche du dossier",),
        ),
        PointOrdreDuJour("Questions diverses"),
    ),
    invites=INVITES,
    signataire="La présidence",
    contact=CONTACT,
    reponse_avant=date(2026, 12, 10),
    adresse_reponse="https://accord.example/m/12/seances/4/",
    prepare_par="Comité technique",
)
RELEVE = ReleveConclusions(
    entete=ENTETE,
    seance=SEANCE,
    communes_presentes=(CommuneSeance("Commune fictive 1", "maire"), CommuneSeance("Commune fictive 2")),
    communes_excusees=(CommuneSeance("Commune fictive 3"),),
    communes_total=4,
    points=(
        PointReleve(
            titre="Instruction des autorisations d'urbanisme",
            presentation="Trois scénarios.",
            conclusion="Le scénario 2 est retenu pour le deuxième tour.",
            resultat_tour=PHRASE,
            reserves=(Reserve("Commune fictive 2", "Demande que la permanence soit maintenue."),),
            suites=(
                Suite("Écrire la clause de sortie", "équipe projet", date(2027, 1, 15)),
                Suite("Rencontrer la commune", "vice-présidence"),
            ),
        ),
        PointReleve("Calendrier", "", "Le calendrier est partagé."),
    ),
    autres_presences=("direction générale des services",),
    secretariat="équipe projet",
    prochaine_seance=datetime(2027, 1, 21, 18, 30, tzinfo=PARIS),
    validation=Validation("la présidence", date(2026, 12, 22)),
)
FEUILLE = FeuillePresence(ENTETE, SEANCE, INVITES)
MAIRIE = Destinataire("maire", "Mairie de Commune fictive 3", ("2 rue Fictive", "00000 Fictive"))
LETTRE_CODE = LettreCode(
    ENTETE, MAIRIE, "2718 2818", Remise.MAIN_PROPRE, "https://accord.example/m/12/code/", "La présidence", CONTACT
)
TOUR = TourPapier(
    titre="Premier tour",
    ouvre_le=datetime(2026, 11, 2, 9, tzinfo=PARIS),
    cloture_le=datetime(2026, 11, 30, 18, tzinfo=PARIS),
    ouverture_des_plis="Les autres plis sont ouverts par l'horloge.",
)
VOCABULAIRE = Vocabulaire(
    positions=("favorable", "favorable sous conditions", "défavorable"),
    clauses=("contribution annuelle maximale", "avec une commune nommée"),
    degres=("souhait", "condition", "condition indispensable"),
    priorites=("indispensable", "utile", "secondaire"),
)
DOSSIER = DossierPapier(
    titre="Instruction des autorisations d'urbanisme",
    objectif="Instruire les permis au même endroit.",
    effet_service="Réponse sous dix jours.",
    scenarios=(
        ScenarioCommune("Scénario 1", 2027, 123_456, 100_000),
        ScenarioCommune("Scénario 2", 2028, 98_765, 100_000, estimation=False),
        ScenarioCommune("Scénario 3", 2027, None),
        ScenarioCommune("Scénario 4", 2027, 1_000, participe=False),
    ),
)
REPONSE = ReponsePapier(ENTETE, TOUR, "Commune fictive 3", "T1-003", (DOSSIER, DOSSIER), VOCABULAIRE, 5, CONTACT)
REGLE = RegleDuJeu(
    ENTETE,
    2,
    (Article("Qui voit quoi", "Les notes restent à la mairie."), Article("Changer d'avis", "Jusqu'à la clôture.")),
    date(2026, 10, 1),
    "la conférence des maires",
)
EMPREINTE = "0123456789abcdef" * 4
RESULTAT = ResultatTour(
    entete=ENTETE,
    tour=TOUR,
    depouille_le=datetime(2026, 11, 30, 18, 5, tzinfo=PARIS),
    depouille_par="par l'horloge",
    reponses="24 communes sur 26 ont répondu.",
    dossiers=(
        ResultatDossier(
            "Instruction des autorisations d'urbanisme",
            PHRASE,
            (
                ResultatScenario("Scénario 1", "Non publié : trop près d'un scénario déjà compté."),
                ResultatScenario("Scénario 2", "Sur 26 communes.", (Compte("conditions réunies", "au moins 22"),)),
            ),
            (Compte("favorable", "12"), Compte("autres positions", "moins de 5")),
        ),
    ),
    regle_publication=("Rien sur un groupe de moins de 5 communes.",),
    empreinte=EMPREINTE,
    version_moteur="1",
)
