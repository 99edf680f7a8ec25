"""The questions of the advisor of forms. None is always an answer: "je ne sais pas"."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum


class Choix(Enum):
    """An answer; the value is the code of addresses and forms."""

    @property
    def label(self) -> str:
        """A few French words; the whole sentence is in the options of the question."""
        code: str = self.value
        return _COURTS.get(code, code)


_COURTS = {
    "service": "un service",
    "equipement": "un équipement",
    "biens": "des biens",
    "achats": "des achats",
    "personne": "une personne",
    "transferee": "transférée",
    "partielle": "transférée en partie",
    "a_transferer": "à transférer",
    "fonctionnelle": "support",
    "operationnelle": "opérationnelle",
    "epci_vers_communes": "l'intercommunalité pour des communes",
    "commune_vers_epci": "une commune pour l'intercommunalité",
    "entre_communes": "entre communes",
}


class Objet(Choix):
    """What is to be shared."""

    SERVICE = "service"
    EQUIPEMENT = "equipement"
    BIENS = "biens"
    ACHATS = "achats"
    PERSONNE = "personne"


class Competence(Choix):
    """Whether what is shared belongs to a compétence of the intercommunalité."""

    TRANSFEREE = "transferee"
    PARTIELLE = "partielle"
    NON = "non"
    A_TRANSFERER = "a_transferer"


class Mission(Choix):
    """A support service, or one that serves a compétence."""

    FONCTIONNELLE = "fonctionnelle"
    OPERATIONNELLE = "operationnelle"


class Sens(Choix):
    """Who carries the service, and for whom."""

    EPCI_VERS_COMMUNES = "epci_vers_communes"
    COMMUNE_VERS_EPCI = "commune_vers_epci"
    ENTRE_COMMUNES = "entre_communes"


class Membres(Choix):
    """Which communes take part."""

    TOUTES = "toutes"
    CERTAINES = "certaines"


class Fiscalite(Choix):
    """Tax regime of the intercommunalité."""

    FPU = "FPU"
    FA = "FA"


class OuiNon(Choix):
    """A plain question."""

    OUI = "oui"
    NON = "non"


Reponse = Objet | Competence | Mission | Sens | Membres | Fiscalite | OuiNon


@dataclass(frozen=True, slots=True)
class Reponses:
    """What people answered; None: they do not know, or have not been asked."""

    objet: Objet | None = None
    competence: Competence | None = None
    mission: Mission | None = None
    sens: Sens | None = None
    conserve: OuiNon | None = None
    membres: Membres | None = None
    fiscalite: Fiscalite | None = None
    missions_cdg: OuiNon | None = None
    affiliation: OuiNon | None = None
    economique: OuiNon | None = None
    tiers: OuiNon | None = None
    cooperation: OuiNon | None = None
    mandat_statuts: OuiNon | None = None

    def get(self, cle: str) -> Reponse | None:
        """Return the answer to the question ``cle``. Errors: AttributeError when no question has this key. O(1)."""
        valeur: Reponse | None = getattr(self, cle)
        return valeur


@dataclass(frozen=True, slots=True)
class Question:
    """One question in French: its key (a field of ``Reponses``), its help, its options (answer, French words)."""

    cle: str
    texte: str
    options: tuple[tuple[Reponse, str], ...]
    aide: str = ""

    @property
    def valeurs(self) -> tuple[Reponse, ...]:
        """The possible answers, "je ne sais pas" apart."""
        return tuple(valeur for valeur, _ in self.options)


def _ask(cle: str, texte: str, aide: str = "", *, oui: str = "Oui", non: str = "Non") -> Question:
    """Build a question answered by yes or no."""
    return Question(cle, texte, ((OuiNon.OUI, oui), (OuiNon.NON, non)), aide)


_TOUTES = (
    Question(
        "objet",
        "Que voulez-vous partager ?",
        (
            (Objet.SERVICE, "Un service : des agents et leur travail"),
            (Objet.EQUIPEMENT, "Un équipement : le construire ou le faire fonctionner"),
            (Objet.BIENS, "Des biens ou du matériel seulement"),
            (Objet.ACHATS, "Des achats seulement"),
            (Objet.PERSONNE, "Le temps d'une seule personne"),
        ),
        "Si une personne forme à elle seule tout le service, répondez « un service ».",
    ),
    Question(
        "competence",
        "Est-ce une compétence de l'intercommunalité ?",
        (
            (Competence.TRANSFEREE, "Oui, entièrement"),
            (Competence.PARTIELLE, "Oui, en partie seulement"),
            (Competence.NON, "Non, et les communes la gardent"),
            (Competence.A_TRANSFERER, "Non, mais les communes veulent la lui transférer"),
        ),
        "Les statuts le disent. Un service support, comme la paie, n'est pas une compétence : répondez « non ».",
    ),
    Question(
        "mission",
        "Quel genre de service est-ce ?",
        (
            (Mission.FONCTIONNELLE, "Un service support : ressources humaines, finances, informatique, juridique…"),
            (Mission.OPERATIONNELLE, "Un service rendu au public ou au territoire : voirie, urbanisme, écoles…"),
        ),
    ),
    Question(
        "sens",
        "Qui porterait le service, et pour qui ?",
        (
            (Sens.EPCI_VERS_COMMUNES, "L'intercommunalité, pour des communes"),
            (Sens.COMMUNE_VERS_EPCI, "Une commune, pour l'intercommunalité (et d'autres communes peut-être)"),
            (Sens.ENTRE_COMMUNES, "Des communes entre elles, sans l'intercommunalité"),
        ),
    ),
    _ask(
        "conserve",
        "La commune conserve-t-elle le service, après un transfert partiel de la compétence ?",
        "Une commune peut garder tout ou partie d'un service pour sa bonne organisation. Si le transfert reste à "
        "faire, dites ce qui est prévu.",
    ),
    Question(
        "membres",
        "Combien de communes y entreraient ?",
        ((Membres.TOUTES, "Toutes les communes"), (Membres.CERTAINES, "Certaines communes seulement")),
    ),
    Question(
        "fiscalite",
        "Quel est le régime fiscal de l'intercommunalité ?",
        (
            (Fiscalite.FPU, "Fiscalité professionnelle unique"),
            (Fiscalite.FA, "Fiscalité additionnelle"),
        ),
    ),
    _ask(
        "missions_cdg",
        "Le service ferait-il ce que le centre de gestion fait obligatoirement pour les collectivités affiliées ?",
        "Publicité des emplois, listes d'aptitude, instances du personnel… La paie et la formation n'en sont pas.",
    ),
    _ask(
        "affiliation",
        "Un des employeurs est-il obligatoirement affilié au centre de gestion ?",
        "C'est le cas de qui emploie moins de 350 fonctionnaires à temps complet.",
    ),
    _ask(
        "economique",
        "Est-ce une activité économique, qu'une entreprise pourrait proposer ?",
        "Une activité non économique d'intérêt général échappe aux règles de la commande publique.",
    ),
    _ask(
        "tiers",
        "Qui rendrait le service fait-il sur le marché, pour d'autres, 20 % ou plus de cette activité ?",
    ),
    _ask(
        "cooperation",
        "Est-ce une vraie coopération, ou un prestataire que vous contrôlez comme un de vos services ?",
        "Payer ne suffit pas : le texte dit que financer n'est pas, à soi seul, coopérer.",
    ),
    _ask(
        "mandat_statuts",
        "Les statuts permettent-ils expressément à l'intercommunalité de passer des marchés pour ses communes, "
        "gratuitement ?",
    ),
)

QUESTIONS: Mapping[str, Question] = {question.cle: question for question in _TOUTES}
CLES = tuple(champ.name for champ in fields(Reponses))


def get_libelle(cle: str, reponse: Reponse) -> str:
    """Return the French words of an answer. Errors: KeyError for an unknown question or answer. Complexity: O(1)."""
    return dict(QUESTIONS[cle].options)[reponse]


def parse_reponses(textes: Mapping[str, str]) -> Reponses:
    """Return the answers told by codes ("objet": "service"); what is empty, unknown or not asked is None.

    Total: never an error, so that an address typed by hand gives a page. Complexity: O(questions).
    """
    lues = {}
    for cle, question in QUESTIONS.items():
        by_code = {valeur.value: valeur for valeur in question.valeurs}
        lues[cle] = by_code.get(textes.get(cle, ""))
    return Reponses(**lues)  # type: ignore[arg-type]
