"""After the opening, a commune may show the table what was its own: an element sous pli, or what it alone was shown."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from communaccord.plateforme.accords import rules
from communaccord.plateforme.accords.actions.communs import check_code_acteur, get_codes
from communaccord.plateforme.accords.elements import read_a_vous_seule, read_copies
from communaccord.plateforme.accords.enums import EtatTour, NaturePartage, Visibilite
from communaccord.plateforme.accords.models import AVousSeule, Element, Partage, Reponse, Tour
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require

DEJA = "C'est déjà partagé avec la table."


def share_element(*, acteur: Acteur, instant: datetime, element: Element, code: str, ancien_code: str = "") -> Partage:
    """Put one's sealed element on the table, in clear and for good: the mayor, with the code, after the opening."""
    reponse = Reponse.objects.with_tour().get(pk=element.reponse_id)
    require(rules.can_share(acteur, reponse.tour.demarche_id, reponse.commune_id))
    check_depouille(reponse.tour)
    check_code_acteur(acteur, code, instant)
    row = Element.objects.get(pk=element.pk)
    if row.visibilite != Visibilite.PLI or row.copie is None:
        raise Conflit("Seul un élément resté sous pli, et que vous avez vous-même validé en ligne, se partage ainsi.")
    contenu = read_copies(reponse, [row], get_codes(code, ancien_code))[0].contenu
    return write_partage(
        acteur,
        instant,
        Partage(
            tour=reponse.tour,
            dossier_id=reponse.dossier_id,
            commune_id=reponse.commune_id,
            nature=NaturePartage.ELEMENT,
            element=row,
            contenu=dict(contenu),
        ),
        verbe="share_element",
        phrase="a partagé avec la table un élément de la réponse",
    )


def share_a_vous_seule(*, acteur: Acteur, instant: datetime, a_vous_seule: AVousSeule, code: str) -> Partage:
    """Put on the table what the engine showed to this commune alone: the mayor, with the code."""
    require(rules.can_share(acteur, a_vous_seule.tour.demarche_id, a_vous_seule.commune_id))
    check_depouille(a_vous_seule.tour)
    check_code_acteur(acteur, code, instant)
    return write_partage(
        acteur,
        instant,
        Partage(
            tour=a_vous_seule.tour,
            dossier_id=a_vous_seule.dossier_id,
            commune_id=a_vous_seule.commune_id,
            nature=NaturePartage.A_VOUS_SEULE,
            contenu=drop_limites(read_a_vous_seule(a_vous_seule)),
        ),
        verbe="share_a_vous_seule",
        phrase="a partagé avec la table ce qui réunirait ses conditions",
    )


def drop_limites(contenu: dict[str, Any]) -> dict[str, Any]:
    """What would meet the clauses, without the limits that the commune wrote: those of the clauses met stay its own."""
    return {
        "scenarios": [
            {
                **scenario,
                **{
                    liste: [
                        {cle: valeur for cle, valeur in verdict.items() if cle != "montant"} for verdict in verdicts
                    ]
                    for liste, verdicts in scenario.items()
                    if liste in ("conditions", "souhaits")
                },
            }
            for scenario in contenu["scenarios"]
        ]
    }


def check_depouille(tour: Tour) -> None:
    if tour.etat != EtatTour.DEPOUILLE:
        raise Conflit("Rien ne se partage avant l'ouverture des plis.")


def write_partage(acteur: Acteur, instant: datetime, partage: Partage, *, verbe: str, phrase: str) -> Partage:
    partage.partage_le, partage.partage_par = instant, acteur.nom[:250]
    try:
        with transaction.atomic():
            partage.save()
            record_acte(
                acteur=acteur,
                instant=instant,
                verbe=verbe,
                phrase=f"{phrase} ({partage.tour})",
                portee=Portee.TABLE,
                objet=partage,
                commune_id=partage.commune_id,
            )
    except IntegrityError:
        raise Conflit(DEJA) from None
    return partage
