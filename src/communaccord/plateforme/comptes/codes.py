"""Codes that are typed: the personal code of a mayor, the code of the letter that confirms a démarche.

What a mayor alone can do in front of a shared mailbox asks the code that they alone hold: eight digits, given by hand
or by letter, replaced by the mayor before the first act. Five misses close the code for a quarter of an hour. Only the
imprint made by Django's password hasher is kept.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac

from communaccord.plateforme.comptes.models import AvecCode, Personne
from communaccord.plateforme.courrier.actions import post_courriel
from communaccord.plateforme.socle.permis import Conflit

LONGUEUR = 8
ESSAIS = 5
ATTENTE = timedelta(minutes=15)
SANS_CODE = "Vous n'avez pas encore de code personnel : l'équipe projet vous le remet en main propre ou par lettre."
PROVISOIRE = "Votre code est provisoire : choisissez d'abord le vôtre, à la page « Mon code »."
FERME = "Cinq essais manqués : ce code est fermé pour quelques minutes. Réessayez dans un quart d'heure."
INCOMPLET = "Tapez les huit chiffres de votre code."
FAUX = "Ce n'est pas le bon code. Vérifiez les huit chiffres, puis réessayez."
PENDANT = "Un autre essai est en cours avec ce code. Réessayez."
FAIBLE = "Un code compte huit chiffres, dont au moins trois différents, et qui ne se suivent pas."
SUITES = ("01234567890123456789", "98765432109876543210")
COURRIEL_FERME = """Bonjour,

Cinq codes faux ont été tapés pour {nom}, dans la démarche « {demarche} ».
Le code personnel est fermé pendant un quart d'heure ; rien n'a été validé.

Si ce n'était pas vous, dites-le à l'équipe projet de l'intercommunalité : elle vous remettra un autre code.

Commun Accord
"""


class CodeRefuse(Conflit):
    """The code is not the right one, is missing or is closed for a while: said in one sentence, nothing was done."""


class CodeProvisoire(CodeRefuse):
    """The code is still the one that the équipe projet made: it must be replaced before it validates anything."""


def normalize_code(code: str) -> str:
    """Spaces and dashes that a letter prints between the digits do not count."""
    return "".join(character for character in code if character in "0123456789")


def pepper_code(digits: str) -> str:
    """What is hashed: eight digits alone could be searched from a copy of the database, without the key of the site."""
    return salted_hmac("communaccord.comptes.codes", digits, algorithm="sha256").hexdigest()


def check_code(*, personne: Personne, code: str, instant: datetime) -> None:
    """Return when ``code`` is the personal code of ``personne``; raise CodeRefuse otherwise, the miss counted.

    A provisional code validates nothing: whoever made it knows it. Call it OUTSIDE the transaction of the act: a miss
    must stay counted when the act is undone.
    """
    row = Personne.objects.get(pk=personne.pk)
    if row.code_provisoire:
        raise CodeProvisoire(PROVISOIRE)
    check_code_pose(row, code, instant)


def check_code_pose(row: AvecCode, code: str, instant: datetime) -> None:
    """The same for any row that keeps a code, provisional or not; ``row`` as it was just read."""
    if not row.code_empreinte:
        raise CodeRefuse(SANS_CODE)
    if row.code_bloque_jusque and instant < row.code_bloque_jusque:
        raise CodeRefuse(FERME)
    if len(normalize_code(code)) != LONGUEUR:
        raise CodeRefuse(INCOMPLET)
    if not claim_essai(row, instant):
        raise CodeRefuse(PENDANT)
    if not check_password(pepper_code(normalize_code(code)), row.code_empreinte):
        warn_if_closed(row, instant)
        raise CodeRefuse(FAUX)
    find_same(row).filter(code_empreinte=row.code_empreinte).update(code_essais=0, code_bloque_jusque=None)


def find_same(row: AvecCode) -> QuerySet:
    return type(row)._default_manager.filter(pk=row.pk)


def claim_essai(row: AvecCode, instant: datetime) -> bool:
    """Count the try before looking at it: of several tries made at the same time, one looks and the others are refused.

    All that was read is asked again (misses, closing, imprint): a try that waited since before the code was closed, or
    replaced, looks at nothing.
    """
    closed = {"code_bloque_jusque": instant + ATTENTE, "code_essais": 0} if is_last(row) else {}
    unchanged = find_same(row).filter(
        code_essais=row.code_essais, code_bloque_jusque=row.code_bloque_jusque, code_empreinte=row.code_empreinte
    )
    return bool(unchanged.update(**{"code_essais": F("code_essais") + 1, **closed}))


def is_last(row: AvecCode) -> bool:
    return row.code_essais + 1 >= ESSAIS


def warn_if_closed(row: AvecCode, instant: datetime) -> None:
    """Five misses are told to the person: somebody else may be trying."""
    if not (is_last(row) and isinstance(row, Personne)):
        return
    post_courriel(
        cle=f"code-ferme:{row.pk}:{instant:%Y%m%d%H%M}",
        adresse=row.courriel,
        sujet="Code personnel fermé pendant un quart d'heure",
        corps=COURRIEL_FERME.format(nom=row.nom, demarche=row.demarche.nom_epci),
        instant=instant,
        demarche_id=row.demarche_id,
    )


def is_weak(digits: str) -> bool:
    return len(digits) != LONGUEUR or len(set(digits)) < 3 or any(digits in suite for suite in SUITES)


def draw_code() -> str:
    """Eight digits at random, written as a letter prints them: ``2718 2818``."""
    while is_weak(digits := "".join(secrets.choice("0123456789") for _ in range(LONGUEUR))):
        continue
    return f"{digits[:4]} {digits[4:]}"


def set_code(
    *, personne: Personne, code: str, instant: datetime, provisoire: bool, compte_id: int | None = None
) -> None:
    """Keep the imprint of a new personal code of eight digits; ``compte_id``: who made a provisional one."""
    put_code(personne, code, instant, code_provisoire=provisoire, code_pose_par_id=compte_id)


def forget_code(personne: Personne) -> None:
    """Erase the code of somebody: it was made for whoever the former address reached."""
    blank = {"code_empreinte": "", "code_pose_le": None, "code_essais": 0, "code_bloque_jusque": None}
    find_same(personne).update(**blank, code_provisoire=False, code_pose_par=None)


def put_code(row: AvecCode, code: str, instant: datetime, **values: Any) -> None:
    digits = normalize_code(code)
    if is_weak(digits):
        raise CodeRefuse(FAIBLE)
    find_same(row).update(
        code_empreinte=make_password(pepper_code(digits)),
        code_pose_le=instant,
        code_essais=0,
        code_bloque_jusque=None,
        **values,
    )
