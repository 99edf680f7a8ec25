"""What several actions share: the conditional UPDATEs that claim a round then an answer, the rows of history, the code.

Order, always the same so that two acts never wait for each other: the round first, then the answer.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from communaccord.plateforme.accords import coffre
from communaccord.plateforme.accords.enums import TRANSITIONS_REPONSE, TRANSITIONS_TOUR, EtatReponse, EtatTour
from communaccord.plateforme.accords.models import HistoriqueReponse, HistoriqueTour, Reponse, Tour
from communaccord.plateforme.accords.phases import check_accepts, check_modifiable
from communaccord.plateforme.accords.saisies import ReponseDepassee, ReponseRefusee, Saisie
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.codes import check_code, normalize_code
from communaccord.plateforme.socle.permis import Conflit, Refus
from communaccord.plateforme.territoires.enums import EtatDemarche
from communaccord.plateforme.territoires.models import Demarche

MODIFIABLES = (EtatReponse.A_PREPARER, EtatReponse.BROUILLON, EtatReponse.SOUMISE)


def claim_tour(tour_id: int, instant: datetime, *, validations: int = 0, saisie: Saisie = ()) -> None:
    """Hold the round open for the time of the transaction, and count; refused, with the text, when it takes no more.

    The row is written even to add nothing: whoever closes or opens the round waits, or has already made this miss.
    """
    accepting = Tour.objects.accepting(instant).filter(pk=tour_id)
    if accepting.update(validations=F("validations") + validations):
        return
    tour = Tour.objects.get(pk=tour_id)
    decision = check_accepts(tour.get_phase(instant))
    motif = decision.motif if isinstance(decision, Refus) else "Le tour vient de changer : rechargez la page."
    raise ReponseRefusee(motif, saisie)


def claim_reponse(
    *,
    acteur: Acteur,
    instant: datetime,
    reponse: Reponse,
    version: int,
    etats: Iterable[str],
    etat: str,
    saisie: Saisie = (),
    motif: str = "",
    **values: Any,
) -> Reponse:
    """Take an answer from the version that the person saw to the next one, and write its history; the fresh row.

    Raises ReponseDepassee when somebody else wrote it, ReponseRefusee when its state does not allow the act.
    """
    before = Reponse.objects.get(pk=reponse.pk)
    allowed = [avant for avant in etats if etat in TRANSITIONS_REPONSE[EtatReponse(avant)]]
    seen = Reponse.objects.filter(pk=reponse.pk, version=version, etat=before.etat, etat__in=allowed)
    changed = seen.update(
        version=F("version") + 1, etat=etat, modifiee_le=instant, modifiee_par=acteur.nom[:250], **values
    )
    if not changed:
        raise explain_refus(reponse, version, instant, saisie)
    HistoriqueReponse.objects.create(
        reponse=reponse,
        instant=instant,
        mandat_id=acteur.mandat_id,
        qui=acteur.nom[:250],
        etat_avant=before.etat,
        etat_apres=etat,
        version=version + 1,
        motif=motif,
    )
    return Reponse.objects.with_tour().get(pk=reponse.pk)


def explain_refus(reponse: Reponse, version: int, instant: datetime, saisie: Saisie) -> ReponseRefusee:
    """Why an answer could not be written, with what was typed."""
    fresh = Reponse.objects.with_tour().get(pk=reponse.pk)
    if fresh.version != version:
        return ReponseDepassee(
            f"Cette réponse a été modifiée entre-temps par {fresh.modifiee_par or 'une autre personne'}. Votre texte "
            "est gardé ci-dessous : comparez, puis choisissez.",
            saisie,
            modifiee_par=fresh.modifiee_par,
            modifiee_le=fresh.modifiee_le,
        )
    decision = check_modifiable(fresh.tour.get_phase(instant), fresh.etat)
    motif = decision.motif if isinstance(decision, Refus) else "L'état de cette réponse ne permet pas cet acte."
    return ReponseRefusee(motif, saisie)


def record_tour(
    *, acteur: Acteur, instant: datetime, tour: Tour, avant: str, apres: str, motif: str = ""
) -> HistoriqueTour:
    """One row of history; a move that the table of transitions does not know is a fault of ours, and undoes the act."""
    if avant and avant != apres and apres not in TRANSITIONS_TOUR[EtatTour(avant)]:
        raise ValueError(f"{avant} > {apres}")
    return HistoriqueTour.objects.create(
        tour=tour,
        instant=instant,
        mandat_id=acteur.mandat_id,
        qui=acteur.nom[:250],
        etat_avant=avant,
        etat_apres=apres,
        motif=motif[:500],
    )


def check_ouverte(demarche: Demarche) -> None:
    """Nothing that calls the mairies to the table begins in a démarche that is not open."""
    if demarche.etat == EtatDemarche.A_CONFIRMER:
        raise Conflit(
            "La démarche attend encore sa confirmation : préparez le tour, il se lancera quand elle sera confirmée."
        )
    if demarche.etat != EtatDemarche.OUVERTE:
        raise Conflit("La démarche est close : plus aucun tour ne s'y lance.")


# --- Codes and keys ---------------------------------------------------------------------------------------------------


def check_code_acteur(acteur: Acteur, code: str, instant: datetime) -> str:
    """The personal code of this actor, checked and counted outside any transaction of ours; as the safe takes it."""
    if acteur.mandat is None:
        raise Conflit("L'horloge n'a pas de code personnel.")
    check_code(personne=acteur.mandat.personne, code=code, instant=instant)
    return normalize_code(code)


def get_codes(code: str, ancien_code: str) -> list[str]:
    """The codes to try on what was closed by a code: the old one when the person gives it, then the present one."""
    return [normalize_code(c) for c in (ancien_code, code) if c.strip()]


def check_coffre(tour: Tour) -> None:
    """The master key is still that of the opening of the round: nobody seals what could never be opened."""
    if tour.empreinte_coffre != coffre.compute_empreinte_coffre():
        raise coffre.CoffreIllisible
