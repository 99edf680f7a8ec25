"""The advisor: from answers to forms that are possible, to be clarified, excluded, each with why and its article."""

from collections.abc import Iterable
from dataclasses import dataclass

from communaccord.noyau.droit.formes.criteres import CRITERES, Critere, Verdict
from communaccord.noyau.droit.formes.fiches import FICHES
from communaccord.noyau.droit.formes.modalites import MODALITES, Modalite
from communaccord.noyau.droit.formes.modele import FicheForme, Forme
from communaccord.noyau.droit.formes.questions import CLES, QUESTIONS, Reponses
from communaccord.noyau.droit.formes.reserves import RESERVES


@dataclass(frozen=True, slots=True)
class Raison:
    """Why a form is closed, or must be checked: French sentence, article, whether it is our reading of the text."""

    texte: str
    article: str
    lecture: bool


@dataclass(frozen=True, slots=True)
class AvisModalite:
    """A way to pay or to act: its verdict and its sentence."""

    libelle: str
    verdict: Verdict
    texte: str
    article: str


@dataclass(frozen=True, slots=True)
class AvisForme:
    """What the answers say of one form.

    ``raisons``: why it is excluded (empty otherwise). ``inconnues``: keys of the questions that would decide, in the
    order of the questions. ``reserves``: what must be checked elsewhere, whatever is still answered. Both are empty
    unless A_PRECISER, and one at least is not then.
    """

    fiche: FicheForme
    verdict: Verdict
    raisons: tuple[Raison, ...]
    inconnues: tuple[str, ...]
    reserves: tuple[Raison, ...]
    modalites: tuple[AvisModalite, ...]

    @property
    def forme(self) -> Forme:
        """The form."""
        return self.fiche.forme


@dataclass(frozen=True, slots=True)
class Conseil:
    """The twelve forms, judged: every one is in exactly one of the three lists, in the order of table R-5.0."""

    reponses: Reponses
    avis: tuple[AvisForme, ...]

    def list_par_verdict(self, verdict: Verdict) -> tuple[AvisForme, ...]:
        """Return the forms that have this verdict. Complexity: O(forms)."""
        return tuple(avis for avis in self.avis if avis.verdict is verdict)

    @property
    def questions_decisives(self) -> tuple[str, ...]:
        """Keys of the questions that would decide at least one form, in the order of the questions."""
        utiles = {cle for avis in self.avis for cle in avis.inconnues}
        return tuple(cle for cle in CLES if cle in utiles)


def advise(reponses: Reponses) -> Conseil:
    """Return what the answers say of each of the twelve forms.

    A form is EXCLUE as soon as one criterion fails whatever the unknown answers, POSSIBLE when all hold whatever they
    are and nothing is left to be checked (``RESERVES``), A_PRECISER otherwise. Total: any answers give advice; a new
    answer never opens a form that was excluded.
    Complexity: O(forms x criteria x 60). Source: R-5.0 to R-5.9 (articles beside each reason).
    """
    return Conseil(reponses, tuple(_judge_forme(forme, reponses) for forme in Forme))


def _judge_forme(forme: Forme, reponses: Reponses) -> AvisForme:
    criteres, reserves = CRITERES[forme], RESERVES.get(forme, ())
    modalites = tuple(_judge_modalite(modalite, reponses) for modalite in MODALITES.get(forme, ()))
    if fermes := _list_raisons(criteres, reponses):
        return AvisForme(FICHES[forme], Verdict.EXCLUE, fermes, (), (), modalites)
    ouvertes = {cle for critere in (*criteres, *reserves) for cle in critere.list_inconnues(reponses)}
    inconnues = tuple(cle for cle in CLES if cle in ouvertes)
    a_verifier = _list_raisons(reserves, reponses)
    verdict = Verdict.A_PRECISER if inconnues or a_verifier else Verdict.POSSIBLE
    return AvisForme(FICHES[forme], verdict, (), inconnues, a_verifier, modalites)


def _list_raisons(criteres: Iterable[Critere], reponses: Reponses) -> tuple[Raison, ...]:
    """What fails whatever the unknown answers."""
    return tuple(
        Raison(critere.motif, critere.article, critere.lecture)
        for critere in criteres
        if critere.judge(reponses) is Verdict.EXCLUE
    )


def _judge_modalite(modalite: Modalite, reponses: Reponses) -> AvisModalite:
    critere = modalite.critere
    verdict = critere.judge(reponses)
    if verdict is Verdict.POSSIBLE:
        texte = modalite.oui
    elif verdict is Verdict.EXCLUE:
        texte = critere.motif
    else:
        texte = f"À préciser : {QUESTIONS[critere.questions[0]].texte}"
    return AvisModalite(modalite.libelle, verdict, texte, critere.article)
