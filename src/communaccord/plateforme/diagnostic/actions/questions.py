"""Questions asked by a mairie on a line of its sheet, and the words of the équipe projet in return."""

from datetime import datetime

from django.db import transaction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.communs import check_ouverte, list_lecteurs, lock_fiche
from communaccord.plateforme.diagnostic.models import Fiche, Ligne, QuestionLigne
from communaccord.plateforme.diagnostic.rules import can_ask, can_conduct
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.socle.permis import Conflit, require

MAX_TEXTE = 2_000


def read_texte(texte: str, quoi: str) -> str:
    """The words to keep. Errors: Conflit when there are none, or too many."""
    texte = texte.strip()
    if not texte:
        raise Conflit(f"Écrivez votre {quoi}.")
    if len(texte) > MAX_TEXTE:
        raise Conflit(f"Votre {quoi} compte {len(texte)} caractères : gardez-en {MAX_TEXTE} au plus.")
    return texte


@transaction.atomic
def ask_question(*, acteur: Acteur, instant: datetime, fiche: Fiche, ligne: Ligne, texte: str) -> QuestionLigne:
    """Ask the équipe projet about one line; asking again the same words asks nothing more."""
    require(can_ask(acteur, fiche))
    texte = read_texte(texte, "question")
    locked = lock_fiche(fiche)
    check_ouverte(locked.campagne)
    if ligne.campagne_id != locked.campagne_id:
        raise Conflit("Cette ligne n'est pas de ce questionnaire.")
    waiting = QuestionLigne.objects.filter(fiche=locked, ligne=ligne, texte=texte, repondue_le__isnull=True).first()
    if waiting is not None:
        return waiting
    question = QuestionLigne.objects.create(
        fiche=locked, ligne=ligne, texte=texte, posee_par=acteur.nom[:250], posee_le=instant
    )
    phrase = f"a posé une question à l'équipe projet sur la ligne « {ligne.libelle} » de l'état des lieux"
    record_acte(acteur=acteur, instant=instant, verbe="question.posee", phrase=phrase, **list_lecteurs(locked))
    return question


@transaction.atomic
def answer_question(*, acteur: Acteur, instant: datetime, question: QuestionLigne, texte: str) -> None:
    """Answer a mairie, once: it reads the answer on its sheet, and on its page that there is one."""
    fiche = question.fiche
    require(can_conduct(acteur, fiche.demarche_id))
    texte = read_texte(texte, "réponse")
    rows = QuestionLigne.objects.filter(pk=question.pk, repondue_le__isnull=True)
    if not rows.update(reponse=texte, repondue_par=acteur.nom[:250], repondue_le=instant):
        raise Conflit("Quelqu'un vient de répondre à cette question : relisez la page.")
    phrase = f"a répondu à la question posée sur la ligne « {question.ligne.libelle} » de l'état des lieux"
    record_acte(acteur=acteur, instant=instant, verbe="question.repondue", phrase=phrase, **list_lecteurs(fiche))
