"""The reference picture: taken from what the sheets and the flows say now, and frozen with its hash."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.communs import lock_campagne
from communaccord.plateforme.diagnostic.calculs.photographie import build_contenu, compute_empreinte
from communaccord.plateforme.diagnostic.models import Campagne, Photographie
from communaccord.plateforme.diagnostic.queries.photographies import read_entites, read_flux_pris
from communaccord.plateforme.diagnostic.rules import can_conduct
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import date as write_date

VIDE = "Aucune fiche ne donne encore d'effectif ni de coût : il n'y a rien à figer."
SANS_MOTIF = "Une photographie est déjà figée : dites pourquoi une nouvelle version la remplace."
DEPASSEE = "Quelqu'un vient de figer une version : relisez-la avant d'en figer une autre."
MAX_MOTIF = 300


def read_contenu(campagne: Campagne, jour: date, sel: str = "") -> dict[str, Any]:
    """What would be frozen now, at this date."""
    entites = read_entites(campagne, campagne.demarche.nom_epci)
    return build_contenu(jour=jour, annee=campagne.annee, entites=entites, flux=read_flux_pris(campagne), sel=sel)


@transaction.atomic
def freeze_photographie(
    *, acteur: Acteur, instant: datetime, campagne: Campagne, jour: date, motif: str, lue: int
) -> Photographie:
    """Freeze a version dated ``jour``; ``lue`` is the number of the last version that was read (0: none).

    The first needs no reason, the next ones say why. Errors: Conflit when there is nothing, no reason, or a newer one.
    """
    require(can_conduct(acteur, campagne.demarche_id))
    row = lock_campagne(campagne)
    last = Photographie.objects.filter(campagne=row).aggregate(last=Max("numero"))["last"] or 0
    if last != lue:
        raise Conflit(DEPASSEE)
    if last and not motif.strip():
        raise Conflit(SANS_MOTIF)
    contenu = read_contenu(row, jour, secrets.token_hex(16))
    if not any(entite["services"] for entite in contenu["entites"]):
        raise Conflit(VIDE)
    try:
        with transaction.atomic():
            photo = Photographie.objects.create(
                campagne=row,
                numero=last + 1,
                date_reference=jour,
                contenu=contenu,
                empreinte=compute_empreinte(contenu),
                motif=motif.strip()[:MAX_MOTIF],
                figee_par=acteur.nom[:250],
                figee_le=instant,
            )
    except IntegrityError as error:
        raise Conflit(DEPASSEE) from error
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="photographie.figee",
        phrase=f"a figé la photographie de référence au {write_date(jour)}, version {photo.numero}",
        portee=Portee.TABLE,
        objet=photo,
    )
    return photo
