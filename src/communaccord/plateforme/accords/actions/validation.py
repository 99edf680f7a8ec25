"""The acts of a mayor on an answer, with the personal code: validate, read the plis again, take back, withdraw."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from communaccord.plateforme.accords import bridge, coffre, rules
from communaccord.plateforme.accords.actions.brouillons import record_reponse
from communaccord.plateforme.accords.actions.communs import (
    MODIFIABLES,
    check_code_acteur,
    check_coffre,
    claim_reponse,
    claim_tour,
    get_codes,
)
from communaccord.plateforme.accords.actions.enveloppes import return_unopened
from communaccord.plateforme.accords.elements import (
    compute_sceau,
    read_brouillon,
    read_copies,
    replace_elements,
    seal_element,
)
from communaccord.plateforme.accords.enums import EtatReponse, NatureElement, Visibilite
from communaccord.plateforme.accords.models import Element, Reponse
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.socle.permis import Conflit, require

OUVERTE = {"validee_le": None, "validee_par": None, "sel": None, "sceau": ""}


def validate_reponse(*, acteur: Acteur, instant: datetime, reponse: Reponse, version: int, code: str) -> Reponse:
    """Validate one answer (`validate_reponses`)."""
    return validate_reponses(acteur=acteur, instant=instant, reponses=[(reponse, version)], code=code)[0]


def validate_reponses(
    *, acteur: Acteur, instant: datetime, reponses: Sequence[tuple[Reponse, int]], code: str
) -> list[Reponse]:
    """Validate the answers of one commune, each as seen at its version, with the code asked once: all, or none.

    What is sous pli is sealed to the round and copied for the mayor alone; its draft is destroyed. Raises CodeRefuse,
    SaisieInvalide (no position), ReponseDepassee, ReponseRefusee (closed, validated already). An envelope received in
    the name of the commune is given back unopened.
    """
    if not reponses or len({reponse.tour_id for reponse, _ in reponses}) != 1:
        raise Conflit("Validez ensemble les réponses d'un même tour, une au moins.")
    for reponse, _ in reponses:
        require(rules.can_validate(acteur, reponse))
    typed = check_code_acteur(acteur, code, instant)
    sel = coffre.create_sel()
    cle = coffre.derive_cle_code(typed, sel)
    with transaction.atomic():
        claim_tour(reponses[0][0].tour_id, instant, validations=len(reponses))
        return_unopened(acteur, instant, reponses[0][0])
        return [close_reponse(acteur, instant, reponse, version, sel, cle) for reponse, version in reponses]


def close_reponse(acteur: Acteur, instant: datetime, reponse: Reponse, version: int, sel: bytes, cle: bytes) -> Reponse:
    """Inside the transaction: claim the version, seal each element, set the mark."""
    rows = list(Element.objects.filter(reponse=reponse))
    sealed = Reponse.objects.with_tour().get(pk=reponse.pk)
    check_coffre(sealed.tour)
    if sealed.version == version and sealed.etat in MODIFIABLES:
        seal_all(sealed, rows, cle)
    fresh = claim_reponse(
        acteur=acteur,
        instant=instant,
        reponse=reponse,
        version=version,
        etats=MODIFIABLES,
        etat=EtatReponse.VALIDEE,
        validee_le=instant,
        validee_par_id=acteur.mandat_id,
        sel=sel,
        sceau=compute_sceau(reponse.pk, version + 1, rows),
    )
    Element.objects.bulk_update([e for e in rows if e.pli is not None], ["contenu", "pli", "copie"])
    record_reponse(acteur, instant, fresh, "validate_reponse", "a validé la réponse")
    return fresh


def seal_all(reponse: Reponse, rows: Iterable[Element], cle: bytes | None) -> None:
    """Check that there is a position, then turn what is sous pli into plis; rows are changed, not saved."""
    by_place = {(str(s.nature), s.rang): s for s in read_brouillon(reponse, rows)}
    bridge.build_reponse(reponse.commune.code, tuple(by_place.values()))
    for row in rows:
        if row.visibilite == Visibilite.PLI:
            seal_element(row, reponse, by_place[row.nature, row.rang], cle)


def reread_plis(
    *, acteur: Acteur, instant: datetime, reponse: Reponse, code: str, ancien_code: str = ""
) -> tuple[ElementSaisi, ...]:
    """The sealed elements in clear, for the mayor who sealed them and the time of a page, before and after closing."""
    require(rules.can_validate(acteur, reponse))
    check_code_acteur(acteur, code, instant)
    fresh = Reponse.objects.get(pk=reponse.pk)
    if fresh.etat != EtatReponse.VALIDEE:
        raise Conflit("Cette réponse n'est pas validée : elle n'a pas de pli à relire.")
    elements = read_copies(fresh, Element.objects.filter(reponse=fresh), get_codes(code, ancien_code))
    record_reponse(acteur, instant, reponse, "reread_plis", "a relu ses plis")
    return elements


def reopen_reponse(
    *, acteur: Acteur, instant: datetime, reponse: Reponse, version: int, code: str, ancien_code: str = ""
) -> Reponse:
    """Take a validated answer back to a draft that the commune reads again, until closing."""
    require(rules.can_validate(acteur, reponse))
    check_code_acteur(acteur, code, instant)
    codes = get_codes(code, ancien_code)
    seen = Reponse.objects.get(pk=reponse.pk)
    rows = list(Element.objects.filter(reponse=seen))
    # Read outside the transaction: the stretching of a code would hold every other writer.
    saisie = read_brouillon(seen, rows) + read_copies(seen, rows, codes) if seen.version == version else ()
    with transaction.atomic():
        claim_tour(reponse.tour_id, instant, validations=-1)
        fresh = claim_reponse(
            acteur=acteur,
            instant=instant,
            reponse=reponse,
            version=version,
            etats=(EtatReponse.VALIDEE,),
            etat=EtatReponse.BROUILLON,
            motif="reprise avant la clôture",
            **OUVERTE,
        )
        replace_elements(fresh, saisie)
        record_reponse(acteur, instant, fresh, "reopen_reponse", "a repris la réponse validée")
    return fresh


def withdraw_reponse(*, acteur: Acteur, instant: datetime, reponse: Reponse, version: int, code: str) -> Reponse:
    """Take a validated answer away, until closing: its plis are destroyed, the notes of the commune stay."""
    require(rules.can_validate(acteur, reponse))
    check_code_acteur(acteur, code, instant)
    with transaction.atomic():
        claim_tour(reponse.tour_id, instant, validations=-1)
        fresh = claim_reponse(
            acteur=acteur,
            instant=instant,
            reponse=reponse,
            version=version,
            etats=(EtatReponse.VALIDEE,),
            etat=EtatReponse.A_PREPARER,
            motif="retrait avant la clôture",
            **OUVERTE,
        )
        Element.objects.filter(reponse=fresh).exclude(nature=NatureElement.NOTES).delete()
        record_reponse(acteur, instant, fresh, "withdraw_reponse", "a retiré la réponse validée")
    return fresh
