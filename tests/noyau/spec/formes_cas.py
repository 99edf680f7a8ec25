"""The truth table of R-5.0 as data: for each form, the questions it reads and cases (title, answers, what is said)."""

from communaccord.noyau.droit.formes import (
    QUESTIONS,
    Competence,
    Forme,
    Majorite,
    Membres,
    Mission,
    Objet,
    OuiNon,
    Sens,
    Verdict,
)

OUI, NON = OuiNon.OUI, OuiNon.NON
POSSIBLE, A_PRECISER, EXCLUE = Verdict.POSSIBLE, Verdict.A_PRECISER, Verdict.EXCLUE
SERVICE, EQUIPEMENT, BIENS, ACHATS, PERSONNE = Objet
TRANSFEREE, PARTIELLE, GARDEE, A_TRANSFERER = Competence
VERS_COMMUNES, VERS_EPCI, ENTRE = Sens
SUPPORT, OPERATION = Mission
TOUTES, CERTAINES = Membres
DOMAINES = {cle: question.valeurs for cle, question in QUESTIONS.items()}

COMMUN = "CGCT L5211-4-2"
CDG = "CGCT L5211-4-2\u202f; CGFP L452-14, L452-35"
EQUIPE = "CGCT L5214-16 V, L5215-26, L5216-5 VI ou L5217-7 I"
CONFIER = "CGCT L5214-16-1, L5215-27, L5216-7-1 ou L5217-7"
ACHETER = "CCP L2511-1 à L2511-6\u202f; CGCT L5111-1"
A_VERIFIER = "réserve : CGFP L452-14, L452-35"
MAD_2, MAD_3 = "CGCT L5211-4-1 II", "CGCT L5211-4-1 III"
MAD_1_2 = "CGCT L5211-4-1 I et II"
L17, L17_2 = "CGCT L5211-17", "CGCT L5211-17-2"


def build_cas_transfert(article, les_bonnes, les_autres):
    """The cases of a transfer; whole and à la carte differ by which communes take part."""
    return (
        ("objet", "competence", "mission", "sens", "membres"),
        (
            ("Compétence à transférer", (SERVICE, A_TRANSFERER, OPERATION, VERS_COMMUNES, les_bonnes), POSSIBLE),
            ("Suite d'un transfert partiel", (SERVICE, PARTIELLE, OPERATION, VERS_COMMUNES, les_bonnes), POSSIBLE),
            ("Avec ses équipements", (EQUIPEMENT, A_TRANSFERER, OPERATION, VERS_COMMUNES, les_bonnes), POSSIBLE),
            ("Des biens seuls", (BIENS, A_TRANSFERER, OPERATION, VERS_COMMUNES, les_bonnes), (EXCLUE, article)),
            ("Des achats", (ACHATS, A_TRANSFERER, OPERATION, VERS_COMMUNES, les_bonnes), (EXCLUE, article)),
            ("Une personne", (PERSONNE, A_TRANSFERER, OPERATION, VERS_COMMUNES, les_bonnes), (EXCLUE, article)),
            ("Déjà transférée", (SERVICE, TRANSFEREE, OPERATION, VERS_COMMUNES, les_bonnes), (EXCLUE, article)),
            ("Gardée par les communes", (SERVICE, GARDEE, OPERATION, VERS_COMMUNES, les_bonnes), (EXCLUE, article)),
            ("Service support", (SERVICE, A_TRANSFERER, SUPPORT, VERS_COMMUNES, les_bonnes), (EXCLUE, article)),
            ("Porté par une commune", (SERVICE, A_TRANSFERER, OPERATION, VERS_EPCI, les_bonnes), (EXCLUE, article)),
            ("Entre communes", (SERVICE, A_TRANSFERER, OPERATION, ENTRE, les_bonnes), (EXCLUE, article)),
            ("Les autres communes", (SERVICE, A_TRANSFERER, OPERATION, VERS_COMMUNES, les_autres), (EXCLUE, article)),
            (
                "On ne sait pas quelles communes",
                (SERVICE, A_TRANSFERER, OPERATION, VERS_COMMUNES, None),
                (A_PRECISER, "membres"),
            ),
        ),
    )


CAS = {
    Forme.SERVICE_COMMUN: (
        ("objet", "competence", "sens", "missions_cdg", "affiliation"),
        (
            ("Paie, hors compétence", (SERVICE, GARDEE, VERS_COMMUNES, NON, OUI), POSSIBLE),
            ("Géré par la ville-centre, par dérogation", (SERVICE, GARDEE, VERS_EPCI, NON, OUI), POSSIBLE),
            ("Pour la part non transférée", (SERVICE, PARTIELLE, VERS_COMMUNES, NON, OUI), POSSIBLE),
            ("Missions du centre de gestion, personne d'affilié", (SERVICE, GARDEE, VERS_COMMUNES, OUI, NON), POSSIBLE),
            ("Missions du centre de gestion, affilié", (SERVICE, GARDEE, VERS_COMMUNES, OUI, OUI), (EXCLUE, CDG)),
            ("Un équipement", (EQUIPEMENT, GARDEE, VERS_COMMUNES, NON, NON), (EXCLUE, COMMUN)),
            ("Des biens", (BIENS, GARDEE, VERS_COMMUNES, NON, NON), (EXCLUE, COMMUN)),
            ("Des achats", (ACHATS, GARDEE, VERS_COMMUNES, NON, NON), (EXCLUE, COMMUN)),
            ("Une personne", (PERSONNE, GARDEE, VERS_COMMUNES, NON, NON), (EXCLUE, COMMUN)),
            ("Compétence transférée", (SERVICE, TRANSFEREE, VERS_COMMUNES, NON, NON), (EXCLUE, COMMUN)),
            ("Compétence à transférer", (SERVICE, A_TRANSFERER, VERS_COMMUNES, NON, NON), (EXCLUE, COMMUN)),
            ("Sans l'intercommunalité", (SERVICE, GARDEE, ENTRE, NON, NON), (EXCLUE, COMMUN)),
            ("Deux raisons à la fois", (BIENS, TRANSFEREE, VERS_COMMUNES, NON, NON), (EXCLUE, COMMUN, COMMUN)),
            ("Compétence inconnue", (SERVICE, None, VERS_COMMUNES, NON, OUI), (A_PRECISER, "competence")),
            ("Affiliation inconnue", (SERVICE, GARDEE, VERS_COMMUNES, OUI, None), (A_PRECISER, "affiliation")),
            (
                "Missions et affiliation inconnues",
                (SERVICE, GARDEE, VERS_COMMUNES, None, None),
                (A_PRECISER, "missions_cdg", "affiliation"),
            ),
            ("Exclu quoi qu'on réponde ensuite", (None, TRANSFEREE, None, None, None), (EXCLUE, COMMUN)),
        ),
    ),
    Forme.TRANSFERT: build_cas_transfert(L17, TOUTES, CERTAINES),
    Forme.A_LA_CARTE: build_cas_transfert(L17_2, CERTAINES, TOUTES),
    Forme.MAD_ASCENDANTE: (
        ("objet", "sens", "competence", "conserve"),
        (
            ("Transfert partiel, service conservé", (SERVICE, VERS_EPCI, PARTIELLE, OUI), POSSIBLE),
            ("Transfert à venir, service conservé", (SERVICE, VERS_EPCI, A_TRANSFERER, OUI), POSSIBLE),
            ("Transfert à venir, service qui suit", (SERVICE, VERS_EPCI, A_TRANSFERER, NON), (EXCLUE, MAD_1_2)),
            ("Transfert à venir, on ne sait pas", (SERVICE, VERS_EPCI, A_TRANSFERER, None), (A_PRECISER, "conserve")),
            ("Service non conservé", (SERVICE, VERS_EPCI, PARTIELLE, NON), (EXCLUE, MAD_1_2)),
            ("Compétence gardée", (SERVICE, VERS_EPCI, GARDEE, OUI), (EXCLUE, MAD_1_2)),
            ("Compétence transférée en entier", (SERVICE, VERS_EPCI, TRANSFEREE, OUI), (EXCLUE, MAD_1_2)),
            ("Dans l'autre sens", (SERVICE, VERS_COMMUNES, PARTIELLE, OUI), (EXCLUE, MAD_2)),
            ("Entre communes", (SERVICE, ENTRE, PARTIELLE, OUI), (EXCLUE, MAD_2)),
            ("Un équipement", (EQUIPEMENT, VERS_EPCI, PARTIELLE, OUI), (EXCLUE, MAD_2)),
            ("Conservé ? On ne sait pas", (SERVICE, VERS_EPCI, PARTIELLE, None), (A_PRECISER, "conserve")),
        ),
    ),
    Forme.MAD_DESCENDANTE: (
        ("objet", "sens", "competence", "missions_cdg", "affiliation"),
        (
            ("Pour une compétence des communes", (SERVICE, VERS_COMMUNES, GARDEE, NON, OUI), POSSIBLE),
            ("Pour la part gardée", (SERVICE, VERS_COMMUNES, PARTIELLE, NON, OUI), POSSIBLE),
            ("Missions du centre de gestion, personne d'affilié", (SERVICE, VERS_COMMUNES, GARDEE, OUI, NON), POSSIBLE),
            (
                "Missions du centre de gestion, affilié",
                (SERVICE, VERS_COMMUNES, GARDEE, OUI, OUI),
                (A_PRECISER, A_VERIFIER),
            ),
            ("Compétence transférée en entier", (SERVICE, VERS_COMMUNES, TRANSFEREE, NON, OUI), (EXCLUE, MAD_3)),
            ("Compétence à transférer", (SERVICE, VERS_COMMUNES, A_TRANSFERER, NON, OUI), (EXCLUE, MAD_3)),
            ("Dans l'autre sens", (SERVICE, VERS_EPCI, GARDEE, NON, OUI), (EXCLUE, MAD_3)),
            ("Entre communes", (SERVICE, ENTRE, GARDEE, NON, OUI), (EXCLUE, MAD_3)),
            ("Des biens", (BIENS, VERS_COMMUNES, GARDEE, NON, OUI), (EXCLUE, MAD_3)),
            ("Sens inconnu", (SERVICE, None, GARDEE, NON, OUI), (A_PRECISER, "sens")),
        ),
    ),
    Forme.PRESTATION: (
        (
            "objet",
            "sens",
            "competence",
            "mission",
            "economique",
            "tiers",
            "cooperation",
            "missions_cdg",
            "affiliation",
        ),
        (
            (
                "Service non économique",
                (SERVICE, VERS_COMMUNES, GARDEE, OPERATION, NON, None, None, NON, OUI),
                POSSIBLE,
            ),
            (
                "Gestion d'un équipement intercommunal",
                (EQUIPEMENT, VERS_EPCI, TRANSFEREE, OPERATION, NON, None, None, None, None),
                POSSIBLE,
            ),
            (
                "Part gardée par les communes",
                (SERVICE, VERS_COMMUNES, PARTIELLE, OPERATION, NON, None, None, NON, OUI),
                POSSIBLE,
            ),
            (
                "Service support d'une commune, pour l'intercommunalité",
                (SERVICE, VERS_EPCI, GARDEE, SUPPORT, NON, None, None, NON, OUI),
                POSSIBLE,
            ),
            (
                "Encore aux communes, genre de service inconnu",
                (SERVICE, VERS_EPCI, GARDEE, None, NON, None, None, NON, OUI),
                (A_PRECISER, "mission"),
            ),
            (
                "Missions du centre de gestion, affilié",
                (SERVICE, VERS_COMMUNES, GARDEE, SUPPORT, NON, None, None, OUI, OUI),
                (A_PRECISER, A_VERIFIER),
            ),
            (
                "Économique, vraie coopération",
                (SERVICE, VERS_COMMUNES, GARDEE, OPERATION, OUI, NON, OUI, NON, OUI),
                POSSIBLE,
            ),
            (
                "Économique, 20 % sur le marché",
                (SERVICE, VERS_COMMUNES, GARDEE, OPERATION, OUI, OUI, OUI, NON, OUI),
                (EXCLUE, ACHETER),
            ),
            (
                "Économique, sans coopération",
                (SERVICE, VERS_COMMUNES, GARDEE, OPERATION, OUI, NON, NON, NON, OUI),
                (EXCLUE, ACHETER),
            ),
            (
                "Économique, analyse à faire",
                (SERVICE, VERS_COMMUNES, GARDEE, OPERATION, OUI, None, None, NON, OUI),
                (A_PRECISER, "tiers", "cooperation"),
            ),
            (
                "Rien n'est connu du marché",
                (SERVICE, VERS_COMMUNES, GARDEE, OPERATION, None, None, None, NON, OUI),
                (A_PRECISER, "economique", "tiers", "cooperation"),
            ),
            (
                "Déjà à l'intercommunalité",
                (SERVICE, VERS_COMMUNES, TRANSFEREE, OPERATION, NON, NON, OUI, NON, OUI),
                (EXCLUE, CONFIER),
            ),
            (
                "Bientôt à l'intercommunalité",
                (SERVICE, VERS_COMMUNES, A_TRANSFERER, OPERATION, NON, NON, OUI, NON, OUI),
                (EXCLUE, CONFIER),
            ),
            (
                "Encore aux communes",
                (SERVICE, VERS_EPCI, GARDEE, OPERATION, NON, NON, OUI, NON, OUI),
                (EXCLUE, CONFIER),
            ),
            ("Entre communes", (SERVICE, ENTRE, GARDEE, OPERATION, NON, NON, OUI, NON, OUI), (EXCLUE, CONFIER)),
            ("Des achats", (ACHATS, VERS_COMMUNES, GARDEE, OPERATION, NON, NON, OUI, NON, OUI), (EXCLUE, CONFIER)),
        ),
    ),
    Forme.ENTRE_COMMUNES: (
        ("objet", "sens", "competence", "missions_cdg", "affiliation"),
        (
            ("Deux communes voisines", (SERVICE, ENTRE, GARDEE, NON, OUI), POSSIBLE),
            ("Pour la part gardée", (SERVICE, ENTRE, PARTIELLE, NON, OUI), POSSIBLE),
            ("Missions du centre de gestion, affilié", (SERVICE, ENTRE, GARDEE, OUI, OUI), (A_PRECISER, A_VERIFIER)),
            ("Compétence transférée", (SERVICE, ENTRE, TRANSFEREE, NON, OUI), (EXCLUE, "CGCT L5111-1")),
            ("Compétence à transférer", (SERVICE, ENTRE, A_TRANSFERER, NON, OUI), (EXCLUE, "CGCT L5111-1")),
            ("Avec l'intercommunalité", (SERVICE, VERS_COMMUNES, GARDEE, NON, OUI), (EXCLUE, "CGCT L5111-1")),
            ("Un équipement", (EQUIPEMENT, ENTRE, GARDEE, NON, OUI), (EXCLUE, "CGCT L5111-1-1")),
            ("Sens inconnu", (SERVICE, None, GARDEE, NON, OUI), (A_PRECISER, "sens")),
        ),
    ),
    Forme.ENTENTE: (
        ("objet", "sens", "competence", "mission", "missions_cdg", "affiliation"),
        (
            ("Un service, entre communes", (SERVICE, ENTRE, GARDEE, OPERATION, NON, OUI), POSSIBLE),
            (
                "Un équipement, pour la part de chacun",
                (EQUIPEMENT, VERS_COMMUNES, PARTIELLE, OPERATION, None, None),
                POSSIBLE,
            ),
            (
                "Un service support, avec l'intercommunalité",
                (SERVICE, VERS_COMMUNES, GARDEE, SUPPORT, NON, OUI),
                POSSIBLE,
            ),
            ("Des biens", (BIENS, ENTRE, PARTIELLE, OPERATION, None, None), POSSIBLE),
            (
                "Avec l'intercommunalité, qui n'a pas la compétence",
                (SERVICE, VERS_COMMUNES, GARDEE, OPERATION, NON, OUI),
                (A_PRECISER, "réserve : CGCT L5221-1"),
            ),
            (
                "Missions du centre de gestion, affilié",
                (SERVICE, VERS_COMMUNES, GARDEE, SUPPORT, OUI, OUI),
                (A_PRECISER, A_VERIFIER),
            ),
            ("Une personne", (PERSONNE, ENTRE, GARDEE, OPERATION, NON, OUI), (EXCLUE, "CGCT L5221-1")),
            (
                "Entre communes, compétence transférée",
                (SERVICE, ENTRE, TRANSFEREE, OPERATION, NON, OUI),
                (EXCLUE, "CGCT L5221-1"),
            ),
            (
                "Avec l'intercommunalité, compétence transférée",
                (SERVICE, VERS_COMMUNES, TRANSFEREE, OPERATION, NON, OUI),
                (EXCLUE, "CGCT L5221-1"),
            ),
            (
                "Avec l'intercommunalité, compétence à transférer",
                (SERVICE, VERS_COMMUNES, A_TRANSFERER, OPERATION, NON, OUI),
                (EXCLUE, "CGCT L5221-1"),
            ),
            (
                "Sens et compétence inconnus",
                (SERVICE, None, None, OPERATION, NON, OUI),
                (A_PRECISER, "competence", "sens"),
            ),
        ),
    ),
    Forme.PARTAGE_DE_BIENS: (
        ("objet", "sens"),
        (
            ("Tentes et podium de l'intercommunalité", (BIENS, VERS_COMMUNES), POSSIBLE),
            ("Un équipement de l'intercommunalité", (EQUIPEMENT, VERS_COMMUNES), POSSIBLE),
            ("Un service", (SERVICE, VERS_COMMUNES), (EXCLUE, "CGCT L5211-4-3")),
            ("Des achats", (ACHATS, VERS_COMMUNES), (EXCLUE, "CGCT L5211-4-3")),
            ("Biens d'une commune", (BIENS, VERS_EPCI), (EXCLUE, "CGCT L5211-4-3")),
            ("Entre communes", (BIENS, ENTRE), (EXCLUE, "CGCT L5211-4-3")),
            ("Sens inconnu", (BIENS, None), (A_PRECISER, "sens")),
        ),
    ),
    Forme.FONDS_DE_CONCOURS: (
        ("objet", "sens"),
        (
            ("L'intercommunalité aide une commune", (EQUIPEMENT, VERS_COMMUNES), POSSIBLE),
            ("Une commune aide l'intercommunalité", (EQUIPEMENT, VERS_EPCI), POSSIBLE),
            ("Un service sans équipement", (SERVICE, VERS_COMMUNES), (EXCLUE, EQUIPE)),
            ("Des achats", (ACHATS, VERS_COMMUNES), (EXCLUE, EQUIPE)),
            ("Entre communes", (EQUIPEMENT, ENTRE), (EXCLUE, EQUIPE)),
            ("Objet inconnu", (None, VERS_COMMUNES), (A_PRECISER, "objet")),
        ),
    ),
    Forme.GROUPEMENT: (
        ("objet",),
        (
            ("Des achats", (ACHATS,), POSSIBLE),
            ("Le service des achats", (SERVICE,), (EXCLUE, "CCP L2113-6")),
            ("Objet inconnu", (None,), (A_PRECISER, "objet")),
        ),
    ),
    Forme.AGENT_PARTAGE: (
        ("objet",),
        (
            ("Une personne", (PERSONNE,), POSSIBLE),
            ("Un service", (SERVICE,), (EXCLUE, "CGFP L512-6, L512-7, L512-12")),
            ("Objet inconnu", (None,), (A_PRECISER, "objet")),
        ),
    ),
}

SIMPLE, SIGNATURE, ARRETE = Majorite.SIMPLE, Majorite.SIGNATURE, Majorite.ARRETE
QUALIFIEE, DEUX_TIERS, CONCORDANTES = Majorite.QUALIFIEE, Majorite.DEUX_TIERS, Majorite.CONCORDANTES
# (form, FPU, ways in which agreement is given)
COMPLETES = (
    (Forme.SERVICE_COMMUN, True, (SIMPLE, SIMPLE, SIGNATURE, DEUX_TIERS)),
    (Forme.SERVICE_COMMUN, False, (SIMPLE, SIMPLE, SIGNATURE)),
    (Forme.TRANSFERT, True, (SIMPLE, QUALIFIEE, ARRETE, QUALIFIEE)),
    (Forme.TRANSFERT, False, (SIMPLE, QUALIFIEE, ARRETE)),
    (Forme.A_LA_CARTE, True, (SIMPLE, QUALIFIEE, ARRETE)),
    (Forme.A_LA_CARTE, False, (SIMPLE, QUALIFIEE, ARRETE)),
    (Forme.MAD_ASCENDANTE, True, (SIMPLE, SIMPLE, SIGNATURE)),
    (Forme.MAD_DESCENDANTE, False, (SIMPLE, SIMPLE, SIGNATURE)),
    (Forme.PRESTATION, True, (SIMPLE, SIMPLE, SIGNATURE)),
    (Forme.ENTRE_COMMUNES, True, (SIMPLE, SIGNATURE)),
    (Forme.ENTENTE, True, (CONCORDANTES,)),
    (Forme.PARTAGE_DE_BIENS, True, (SIMPLE,)),
    (Forme.FONDS_DE_CONCOURS, True, (CONCORDANTES, CONCORDANTES)),
    (Forme.GROUPEMENT, True, (SIMPLE, SIGNATURE)),
    (Forme.AGENT_PARTAGE, True, (SIGNATURE, SIGNATURE, ARRETE)),
)
