"""The questions that a dossier can be asked beyond the agreement itself, one module each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from communaccord.cli.dossiers import DossierLu
from communaccord.cli.examen import Examen
from communaccord.cli.questions import atlas, bascule, cle, paquets, sensibilite, sorties
from communaccord.cli.questions.depart import describe_depart
from communaccord.cli.questions.etude import Etude, Reponse
from communaccord.cli.refus import shorten
from communaccord.cli.regles_partage import build_chrono
from communaccord.cli.sortie import ErreurCommande
from communaccord.noyau.partage.erreurs import DonneeInvalide

QUESTIONS: Mapping[str, tuple[str, Callable[[Etude], Reponse]]] = {
    "cle": (cle.TITRE, cle.ask),
    "bascule": (bascule.TITRE, bascule.ask),
    "sorties": (sorties.TITRE, sorties.ask),
    "sensibilite": (sensibilite.TITRE, sensibilite.ask),
    "charges": (sensibilite.TITRE_CHARGES, sensibilite.ask_charges),
    "atlas": (atlas.TITRE, atlas.ask),
    "paquets": (paquets.TITRE, paquets.ask),
}
SANS_DEPART = "Aucune clé d'où partir n'a été établie. Proposez-en une par « poids », dans chaque critère."


@dataclass(frozen=True, slots=True)
class Etudie:
    """`depart`: the deal that the answers start from, None when there is none; `reponses`, `refus`: by question."""

    depart: Reponse | None
    reponses: Mapping[str, Reponse]
    refus: Mapping[str, str]


def read_questions(texte: str | None, lu: DossierLu) -> tuple[str, ...]:
    """Return the questions asked: those named, or those that are quick and whose keys the dossier gives.

    Errors: ErreurCommande with code 2 for a name that is none.
    """
    if texte is None:
        complements = lu.complements
        demandees = {"cle", "bascule", "sensibilite"}
        demandees |= {"sorties"} if complements.voisins is not None and complements.incertitude is not None else set()
        demandees |= {"paquets"} if lu.choix else set()
        return tuple(nom for nom in QUESTIONS if nom in demandees)
    if texte in ("aucune", "toutes"):
        return tuple(QUESTIONS) if texte == "toutes" else ()
    noms = [nom.strip() for nom in texte.split(",")]
    for nom in noms:
        if nom not in QUESTIONS:
            choix = ", ".join((*QUESTIONS, "toutes", "aucune"))
            raise ErreurCommande(
                f"--questions : « {shorten(nom)} » n'est pas une question. Choisissez parmi {choix}.", code=2
            )
    return tuple(nom for nom in QUESTIONS if nom in noms)


def answer_questions(examen: Examen, noms: Sequence[str], secondes: float) -> Etudie | None:
    """Answer the questions, each with its own time; None when none is asked. A question without an answer says why."""
    if not noms:
        return None
    depart = examen.find_depart()
    proposee = examen.lu.complements.proposee
    if proposee is not None:
        depart = "cle_proposee", proposee
    if depart is None:
        return Etudie(None, {}, dict.fromkeys(noms, SANS_DEPART))
    origine, point = depart
    etude = Etude(examen.lu, point, origine, examen.propositions, lambda: build_chrono(secondes))
    reponses: dict[str, Reponse] = {}
    refus: dict[str, str] = {}
    for nom in noms:
        try:
            reponses[nom] = QUESTIONS[nom][1](etude)
        except DonneeInvalide as erreur:
            refus[nom] = str(erreur)
    return Etudie(describe_depart(etude), reponses, refus)
