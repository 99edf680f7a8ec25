"""Drafts: written by the commune, taken down by the équipe projet, handed to the mayor, taken from the last round."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from communaccord.plateforme.accords import bridge, rules
from communaccord.plateforme.accords.actions.communs import (
    MODIFIABLES,
    check_code_acteur,
    claim_reponse,
    claim_tour,
    get_codes,
)
from communaccord.plateforme.accords.actions.lettres import post_soumission
from communaccord.plateforme.accords.elements import read_brouillon, read_copies, replace_elements
from communaccord.plateforme.accords.enums import RECUEILLIES, EtatReponse, NatureElement, Origine
from communaccord.plateforme.accords.models import Element, HistoriqueReponse, Reponse
from communaccord.plateforme.accords.saisies import ReponseRefusee, Saisie
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require


def save_brouillon(
    *,
    acteur: Acteur,
    instant: datetime,
    reponse: Reponse,
    version: int,
    elements: Saisie,
    origine: str = Origine.EN_LIGNE,
) -> Reponse:
    """Write the whole draft, as the person saw it at ``version``; the fresh row, one version further.

    Raises SaisieInvalide (an element cannot be), ReponseDepassee (somebody else wrote it), ReponseRefusee (closed,
    validated): the last two carry the text back.
    """
    require(rules.can_save(acteur, reponse, origine))
    saisie = tuple(elements)
    codes = acteur.demarche.communes.values_list("code", flat=True)
    bridge.check_saisie(saisie, reponse.commune.code, codes)
    return write_brouillon(acteur, instant, reponse, version, saisie, origine)


@transaction.atomic
def write_brouillon(
    acteur: Acteur, instant: datetime, reponse: Reponse, version: int, saisie: Saisie, origine: str
) -> Reponse:
    claim_tour(reponse.tour_id, instant, saisie=saisie)
    before = Reponse.objects.get(pk=reponse.pk)
    if origine in RECUEILLIES:
        check_recueil(before, saisie)
    # What was taken down by the équipe projet keeps its origin when the commune completes it.
    kept = before.origine if origine == Origine.EN_LIGNE and before.origine in RECUEILLIES else origine
    fresh = claim_reponse(
        acteur=acteur,
        instant=instant,
        reponse=reponse,
        version=version,
        etats=MODIFIABLES,
        etat=EtatReponse.BROUILLON,
        saisie=saisie,
        origine=kept,
    )
    replace_elements(fresh, saisie, garder_notes=origine in RECUEILLIES)
    if before.etat == EtatReponse.A_PREPARER:
        record_reponse(acteur, instant, fresh, "save_brouillon", "a commencé une réponse")
    elif origine in RECUEILLIES:
        record_reponse(acteur, instant, fresh, "replace_brouillon", "a remplacé la réponse recueillie")
    return fresh


def check_recueil(reponse: Reponse, saisie: Saisie) -> None:
    """The équipe projet corrects what it took down until somebody of the commune has written, and never its notes."""
    if any(element.nature == NatureElement.NOTES for element in saisie):
        raise ReponseRefusee("Les notes personnelles sont celles de la mairie : elle seule en écrit.", saisie)
    rows = HistoriqueReponse.objects.filter(reponse=reponse)
    started = rows.filter(etat_apres=EtatReponse.A_PREPARER).aggregate(m=Max("version"))["m"] or 0
    if rows.filter(version__gt=started, mandat__commune=reponse.commune_id).exists():
        raise ReponseRefusee("La mairie a déjà écrit dans cette réponse : c'est à elle de la compléter.", saisie)


@transaction.atomic
def submit_au_maire(*, acteur: Acteur, instant: datetime, reponse: Reponse, version: int) -> Reponse:
    """Hand the draft to the mayor, who is told by e-mail that an answer awaits, never what it says."""
    require(rules.can_submit(acteur, reponse))
    claim_tour(reponse.tour_id, instant)
    fresh = claim_reponse(
        acteur=acteur,
        instant=instant,
        reponse=reponse,
        version=version,
        etats=(EtatReponse.BROUILLON,),
        etat=EtatReponse.SOUMISE,
    )
    bridge.build_reponse(fresh.commune.code, read_brouillon(fresh, Element.objects.filter(reponse=fresh)))
    post_soumission(fresh, instant)
    record_reponse(acteur, instant, fresh, "submit_au_maire", "a soumis au ou à la maire la réponse")
    return fresh


def resume_precedente(
    *, acteur: Acteur, instant: datetime, reponse: Reponse, version: int, code: str, ancien_code: str = ""
) -> Reponse:
    """Start from the answer that the commune gave in the round before: the mayor alone can, the plis being theirs."""
    require(rules.can_validate(acteur, reponse))
    before = (
        Reponse.objects.visible_to(acteur)
        .validated()
        .filter(tour_id=reponse.tour.precedent_id, dossier_id=reponse.dossier_id, commune_id=reponse.commune_id)
        .first()
    )
    if before is None:
        raise Conflit("Votre commune n'a pas de réponse validée sur ce dossier au tour précédent.")
    check_code_acteur(acteur, code, instant)
    rows = list(Element.objects.filter(reponse=before))
    saisie = read_brouillon(before, rows) + read_copies(before, rows, get_codes(code, ancien_code))
    return save_brouillon(acteur=acteur, instant=instant, reponse=reponse, version=version, elements=saisie)


def record_reponse(acteur: Acteur, instant: datetime, reponse: Reponse, verbe: str, phrase: str) -> None:
    """Journal an act on an answer, for those who act for its commune: that it was done, never what it says."""
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe=verbe,
        phrase=f"{phrase} sur « {reponse.dossier} » ({reponse.tour})",
        portee=Portee.COMMUNE,
        objet=reponse,
        commune_id=reponse.commune_id,
    )
