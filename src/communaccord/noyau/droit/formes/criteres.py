"""What closes a form: one criterion an exclusion of table R-5.0, each read on one, two or three answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import product

from communaccord.noyau.droit.formes.modele import FONDS, Forme
from communaccord.noyau.droit.formes.questions import (
    QUESTIONS,
    Competence,
    Membres,
    Mission,
    Objet,
    OuiNon,
    Reponse,
    Reponses,
    Sens,
)


class Verdict(Enum):
    """What the answers given so far say of a criterion, of a form or of a way to pay."""

    POSSIBLE = "possible"
    A_PRECISER = "à préciser"
    EXCLUE = "exclue"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class Critere:
    """A condition of a form: the questions it reads, the test on their answers, why it closes, by which article.

    ``lecture``: True when the exclusion is our reading of the text, and must be told so.
    """

    questions: tuple[str, ...]
    test: Callable[..., bool]
    motif: str
    article: str
    lecture: bool = False

    def judge(self, reponses: Reponses) -> Verdict:
        """Return POSSIBLE when every way to complete the answers passes, EXCLUE when none does, else A_PRECISER.

        Complexity: O(product of the options of the unknown questions), at most 60.
        """
        issues = {self.test(*completion) for completion in self._complete(reponses)}
        if len(issues) == 2:
            return Verdict.A_PRECISER
        return Verdict.POSSIBLE if True in issues else Verdict.EXCLUE

    def list_inconnues(self, reponses: Reponses) -> tuple[str, ...]:
        """Return the questions without answer on which the criterion still depends. Complexity: that of ``judge``."""
        if self.judge(reponses) is not Verdict.A_PRECISER:
            return ()
        return tuple(cle for cle in self.questions if reponses.get(cle) is None and self._depends_on(cle, reponses))

    def _depends_on(self, cle: str, reponses: Reponses) -> bool:
        rang = self.questions.index(cle)
        by_rest: dict[tuple[Reponse, ...], set[bool]] = {}
        for completion in self._complete(reponses):
            rest = completion[:rang] + completion[rang + 1 :]
            by_rest.setdefault(rest, set()).add(self.test(*completion))
        return any(len(issues) == 2 for issues in by_rest.values())

    def _complete(self, reponses: Reponses) -> list[tuple[Reponse, ...]]:
        choix = [QUESTIONS[cle].valeurs if (r := reponses.get(cle)) is None else (r,) for cle in self.questions]
        return list(product(*choix))


def accept(cle: str, motif: str, article: str, *admises: Reponse, lecture: bool = False) -> Critere:
    """Build the criterion that admits these answers to one question."""
    return Critere((cle,), lambda reponse: reponse in admises, motif, article, lecture)


def _is_a_confier(sens: Sens, competence: Competence, mission: Mission) -> bool:
    """What is entrusted belongs to whom entrusts it: to the communes, or to the intercommunalité.

    A support service is no compétence: each has its own, which it may entrust.
    """
    if sens is Sens.COMMUNE_VERS_EPCI:
        return competence is not Competence.NON or mission is Mission.FONCTIONNELLE
    return competence in (Competence.NON, Competence.PARTIELLE)


def is_hors_centre_de_gestion(missions: OuiNon, affiliation: OuiNon) -> bool:
    """Whether nothing of it is a mission of the centre de gestion for an employer affiliated by law (CGFP L452-35)."""
    return OuiNon.NON in (missions, affiliation)


def _is_libre_de_marche(economique: OuiNon, tiers: OuiNon, cooperation: OuiNon) -> bool:
    return economique is OuiNon.NON or (tiers is OuiNon.NON and cooperation is OuiNon.OUI)


_C4 = "CGCT L5211-4-1"
_PRESTATION = "CGCT L5214-16-1, L5215-27, L5216-7-1 ou L5217-7"
_COMMUNAL = (Competence.NON, Competence.PARTIELLE)
_TRANSFERABLE = (Competence.A_TRANSFERER, Competence.PARTIELLE)


def _close_transfert(article: str, membres: Critere) -> tuple[Critere, ...]:
    """The criteria of a transfer, whole or à la carte."""
    return (
        accept(
            "objet",
            "Un transfert porte sur une compétence, avec le service et les équipements qui l'exercent : ni sur des "
            "biens ou des achats seuls, ni sur une personne.",
            article,
            Objet.SERVICE,
            Objet.EQUIPEMENT,
        ),
        accept(
            "competence",
            "Il n'y a plus rien à transférer : la compétence l'est déjà entièrement.",
            article,
            *_COMMUNAL,
            Competence.A_TRANSFERER,
        ),
        accept(
            "competence",
            "Il n'y a rien à transférer : les communes gardent la compétence.",
            article,
            *_TRANSFERABLE,
            Competence.TRANSFEREE,
        ),
        accept(
            "mission",
            "Un service support n'est pas une compétence des communes : il ne se transfère pas seul.",
            article,
            Mission.OPERATIONNELLE,
            lecture=True,
        ),
        accept(
            "sens",
            "Après un transfert, c'est l'intercommunalité qui exerce la compétence.",
            article,
            Sens.EPCI_VERS_COMMUNES,
        ),
        membres,
    )


def _need_service(motif: str, article: str) -> Critere:
    return accept("objet", motif, article, Objet.SERVICE)


CRITERES: Mapping[Forme, tuple[Critere, ...]] = {
    Forme.SERVICE_COMMUN: (
        _need_service("Un service commun met en commun un service, avec ses agents.", "CGCT L5211-4-2"),
        accept(
            "competence",
            "Un service commun n'existe qu'en dehors des compétences transférées : pour une compétence transférée, ou "
            "que l'on transfère, le service suit (L5211-4-1).",
            "CGCT L5211-4-2",
            *_COMMUNAL,
        ),
        accept(
            "sens",
            "L'intercommunalité est toujours partie à un service commun.",
            "CGCT L5211-4-2",
            Sens.EPCI_VERS_COMMUNES,
            Sens.COMMUNE_VERS_EPCI,
        ),
        Critere(
            ("missions_cdg", "affiliation"),
            is_hors_centre_de_gestion,
            "Les missions du centre de gestion en sont exclues pour les collectivités qui lui sont obligatoirement "
            "affiliées (moins de 350 fonctionnaires à temps complet).",
            "CGCT L5211-4-2 ; CGFP L452-14, L452-35",
        ),
    ),
    Forme.TRANSFERT: _close_transfert(
        "CGCT L5211-17",
        accept(
            "membres",
            "Le transfert de l'article L5211-17 vaut pour toutes les communes ; pour certaines, c'est un transfert à "
            "la carte.",
            "CGCT L5211-17",
            Membres.TOUTES,
        ),
    ),
    Forme.A_LA_CARTE: _close_transfert(
        "CGCT L5211-17-2",
        accept(
            "membres",
            "À la carte veut dire certaines communes ; pour toutes, c'est un transfert de compétence.",
            "CGCT L5211-17-2",
            Membres.CERTAINES,
        ),
    ),
    Forme.MAD_ASCENDANTE: (
        _need_service("Cette mise à disposition porte sur un service.", f"{_C4} II"),
        accept(
            "sens",
            "Ascendante : c'est le service d'une commune qui sert l'intercommunalité.",
            f"{_C4} II",
            Sens.COMMUNE_VERS_EPCI,
        ),
        accept(
            "competence",
            "Elle n'existe qu'après un transfert partiel de la compétence.",
            f"{_C4} I et II",
            *_TRANSFERABLE,
        ),
        accept(
            "conserve",
            "Elle suppose que la commune conserve le service, pour sa bonne organisation, après le transfert partiel.",
            f"{_C4} I et II",
            OuiNon.OUI,
        ),
    ),
    Forme.MAD_DESCENDANTE: (
        _need_service("Cette mise à disposition porte sur un service.", f"{_C4} III"),
        accept(
            "sens",
            "Descendante : c'est le service de l'intercommunalité qui sert les communes.",
            f"{_C4} III",
            Sens.EPCI_VERS_COMMUNES,
        ),
        accept(
            "competence",
            "Elle sert les communes pour leurs propres compétences : il faut qu'elles en gardent.",
            f"{_C4} III",
            *_COMMUNAL,
        ),
    ),
    Forme.PRESTATION: (
        accept(
            "objet",
            "Ces conventions confient la création ou la gestion d'un équipement ou d'un service.",
            _PRESTATION,
            Objet.SERVICE,
            Objet.EQUIPEMENT,
        ),
        accept(
            "sens",
            "Ces conventions lient l'intercommunalité et ses communes, pas des communes entre elles.",
            _PRESTATION,
            Sens.EPCI_VERS_COMMUNES,
            Sens.COMMUNE_VERS_EPCI,
        ),
        Critere(
            ("sens", "competence", "mission"),
            lambda sens, competence, mission: sens is Sens.ENTRE_COMMUNES or _is_a_confier(sens, competence, mission),
            "On ne confie que ce qui relève de ses attributions : la compétence est chez l'autre.",
            _PRESTATION,
        ),
        Critere(
            ("economique", "tiers", "cooperation"),
            _is_libre_de_marche,
            "Activité économique, sans contrôle ni coopération au sens du code, ou faite pour 20 % ou plus sur le "
            "marché : elle ne peut être confiée qu'après une mise en concurrence.",
            "CCP L2511-1 à L2511-6 ; CGCT L5111-1",
        ),
    ),
    Forme.ENTRE_COMMUNES: (
        _need_service("Ces conventions portent sur un service mis à disposition ou unifié.", "CGCT L5111-1-1"),
        accept(
            "sens",
            "Cette convention lie des communes entre elles.",
            "CGCT L5111-1",
            Sens.ENTRE_COMMUNES,
        ),
        accept(
            "competence",
            "Les communes ne peuvent plus partager entre elles ce qu'elles ont transféré, ou transfèrent.",
            "CGCT L5111-1",
            *_COMMUNAL,
            lecture=True,
        ),
    ),
    Forme.ENTENTE: (
        accept(
            "objet",
            "Une entente n'a pas de personnalité morale : elle n'emploie personne et ne partage pas un agent.",
            "CGCT L5221-1",
            Objet.SERVICE,
            Objet.EQUIPEMENT,
            Objet.BIENS,
            Objet.ACHATS,
        ),
        accept(
            "competence",
            "Une entente porte sur les attributions de ses membres : les communes, entre elles ou avec "
            "l'intercommunalité, ne peuvent s'entendre sur ce qu'elles ont transféré, ou transfèrent.",
            "CGCT L5221-1",
            *_COMMUNAL,
            lecture=True,
        ),
    ),
    Forme.PARTAGE_DE_BIENS: (
        accept(
            "objet",
            "Le règlement de mise à disposition porte sur des biens : ni agents, ni service, ni achats.",
            "CGCT L5211-4-3",
            Objet.BIENS,
            Objet.EQUIPEMENT,
        ),
        accept(
            "sens",
            "Les biens sont ceux de l'intercommunalité, partagés avec ses communes.",
            "CGCT L5211-4-3",
            Sens.EPCI_VERS_COMMUNES,
        ),
    ),
    Forme.FONDS_DE_CONCOURS: (
        accept(
            "objet",
            "Un fonds de concours finance un équipement, à construire ou à faire fonctionner : jamais un service sans "
            "équipement.",
            FONDS,
            Objet.EQUIPEMENT,
        ),
        accept(
            "sens",
            "Il va de l'intercommunalité à une commune ou l'inverse, pas d'une commune à l'autre.",
            FONDS,
            Sens.EPCI_VERS_COMMUNES,
            Sens.COMMUNE_VERS_EPCI,
        ),
    ),
    Forme.GROUPEMENT: (
        accept("objet", "Un groupement de commandes ne partage que des achats.", "CCP L2113-6", Objet.ACHATS),
    ),
    Forme.AGENT_PARTAGE: (
        accept(
            "objet",
            "Elle met à disposition une personne, avec son accord, pas un service.",
            "CGFP L512-6, L512-7, L512-12",
            Objet.PERSONNE,
        ),
    ),
}
