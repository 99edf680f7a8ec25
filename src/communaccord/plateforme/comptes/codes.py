"""Personal codes: what a mayor alone can do in front of a shared mailbox asks the code that they alone hold.

Eight digits, given by hand or by letter, replaced by the mayor at its first use. Five misses close the code for a
quarter of an hour. Only the imprint made by Django's password hasher is kept.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.socle.permis import Conflit

LONGUEUR = 8
ESSAIS = 5
ATTENTE = timedelta(minutes=15)
SANS_CODE = "Vous n'avez pas encore de code personnel : l'équipe projet vous le remet en main propre ou par lettre."


class CodeRefuse(Conflit):
    """The code is not the right one, is missing or is closed for a while: said in one sentence, nothing was done."""


def normalize_code(code: str) -> str:
    """Spaces and dashes that a letter prints between the digits do not count."""
    return "".join(character for character in code if character.isdigit())


def check_code(*, personne: Personne, code: str, instant: datetime) -> None:
    """Return when ``code`` is the personal code of ``personne``; raise CodeRefuse otherwise, the miss counted.

    Call it OUTSIDE the transaction of the act: a miss must stay counted when the act is undone.
    """
    row = Personne.objects.get(pk=personne.pk)
    if not row.code_empreinte:
        raise CodeRefuse(SANS_CODE)
    if row.code_bloque_jusque and instant < row.code_bloque_jusque:
        raise CodeRefuse("Trop d'essais : votre code est fermé pour quelques minutes. Réessayez dans un quart d'heure.")
    if not claim_essai(row, instant):
        raise CodeRefuse("Un autre essai est en cours avec ce code. Réessayez.")
    if not check_password(normalize_code(code), row.code_empreinte):
        raise CodeRefuse("Ce n'est pas le bon code. Vérifiez les huit chiffres de votre lettre, puis réessayez.")
    Personne.objects.filter(pk=row.pk).update(code_essais=0, code_bloque_jusque=None)


def claim_essai(row: Personne, instant: datetime) -> bool:
    """Count the try before looking at it: tries made at the same time are all counted."""
    closed = {"code_bloque_jusque": instant + ATTENTE, "code_essais": 0} if row.code_essais + 1 >= ESSAIS else {}
    values = {"code_essais": F("code_essais") + 1, **closed}
    return bool(Personne.objects.filter(pk=row.pk, code_essais=row.code_essais).update(**values))


def set_code(*, personne: Personne, code: str, instant: datetime, provisoire: bool) -> None:
    """Keep the imprint of a new code of eight digits."""
    digits = normalize_code(code)
    if len(digits) != LONGUEUR or len(set(digits)) < 3:
        raise CodeRefuse("Un code personnel compte huit chiffres, dont au moins trois différents.")
    Personne.objects.filter(pk=personne.pk).update(
        code_empreinte=make_password(digits),
        code_provisoire=provisoire,
        code_pose_le=instant,
        code_essais=0,
        code_bloque_jusque=None,
    )
