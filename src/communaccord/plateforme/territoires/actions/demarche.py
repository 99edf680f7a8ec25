"""The life of a démarche: created from the reference data, confirmed, its phases planned, adjusted or entered as is.

What has really happened can always be recorded: dates may lie in the past and phases may overlap.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.territoires.bridge import compute_phases, compute_sieges_membres
from communaccord.plateforme.territoires.enums import EtatDemarche, Phase
from communaccord.plateforme.territoires.fuseaux import get_fuseau
from communaccord.plateforme.territoires.models import Commune, CommuneMembre, Demarche, Epci, PhaseDemarche
from communaccord.plateforme.territoires.queries import DEJA_OUVERTE, check_libre, list_membres
from communaccord.plateforme.territoires.rules import may_open_on, may_set_phases
from communaccord.reference import normalize_nom

MILLESIME = 2022
ALSACE_MOSELLE = frozenset({"57", "67", "68"})
DEJA_CONFIRMEE = "Cette démarche n'attend plus sa confirmation : quelqu'un l'a confirmée ou close entre-temps."
SEANCE_TROP_TOT = "Le conseil visé est daté d'avant les élections de mars 2026 : vérifiez l'année."
Dates = Mapping[str, tuple[date, date]]


@transaction.atomic
def create_demarche(*, epci: Epci, instant: datetime, approbation_visee: date | None = None) -> Demarche:
    """A démarche on a real territory, waiting for its confirmation: communes, populations, seats, phases.

    Raises ActionRefusee (not an EPCI) and Conflit (a démarche is already open there, or an impossible council).
    """
    require(may_open_on(epci))
    check_libre(epci.siren, epci.nom_complet)
    membres = list_membres(epci.siren)
    sieges = compute_sieges_membres(epci, membres)
    demarche = Demarche.objects.create(
        nom_epci=epci.nom_complet,
        siren=epci.siren,
        nature=epci.nature,
        financement=epci.financement,
        departement=epci.departement_id,
        fuseau=get_fuseau(epci.departement_id).key,
        sieges_total=sum(sieges.values()),
        approbation_visee=approbation_visee,
        creee_le=instant,
    )
    CommuneMembre.objects.bulk_create(build_commune_membre(demarche, c, sieges[c.code]) for c in membres)
    write_phases_calculees(demarche, get_jour(instant, demarche.fuseau))
    return demarche


def build_commune_membre(demarche: Demarche, commune: Commune, sieges: int) -> CommuneMembre:
    municipale = commune.population_municipale_2022 or 0
    return CommuneMembre(
        demarche=demarche,
        code=commune.code,
        nom=commune.nom,
        cle_tri=normalize_nom(commune.nom),
        population_municipale=municipale,
        population_totale=max(commune.population_totale_2022 or 0, municipale),
        millesime=MILLESIME,
        sieges=sieges,
        alsace_moselle=commune.departement_id in ALSACE_MOSELLE,
    )


def write_phases_calculees(demarche: Demarche, aujourd_hui: date) -> None:
    """Compute the phases again, and keep those that people have adjusted."""
    populations = list(demarche.communes.values_list("population_municipale", flat=True))
    debut = get_jour(demarche.creee_le, demarche.fuseau)
    try:
        plan = compute_phases(demarche, populations, debut=debut, aujourd_hui=aujourd_hui)
    except ValueError as error:
        raise Conflit(SEANCE_TROP_TOT) from error
    ajustees = set(demarche.phases.filter(est_calculee=False).values_list("phase", flat=True))
    demarche.phases.filter(est_calculee=True).delete()
    PhaseDemarche.objects.bulk_create(
        PhaseDemarche(demarche=demarche, phase=proposee.phase, debut=proposee.debut, fin=proposee.fin)
        for proposee in plan.phases
        if proposee.phase not in ajustees
    )


@transaction.atomic
def confirm_demarche(*, acteur: Any, instant: datetime, demarche: Demarche, comment: str) -> None:
    """Open a démarche that was waiting; ``comment`` says how it was checked. The caller has checked the right."""
    check_libre(demarche.siren, demarche.nom_epci, sauf=demarche.pk)
    waiting = Demarche.objects.filter(pk=demarche.pk, etat=EtatDemarche.A_CONFIRMER)
    values = {"etat": EtatDemarche.OUVERTE, "confirmee_le": instant, "confirmee_par": comment[:200]}
    try:
        with transaction.atomic():
            changed = waiting.update(**values)
    except IntegrityError as error:
        raise Conflit(DEJA_OUVERTE.format(epci=demarche.nom_epci)) from error
    if not changed:
        raise Conflit(DEJA_CONFIRMEE)
    phrase = f"a confirmé la démarche ({comment})"
    record_acte(
        acteur=acteur, instant=instant, verbe="confirm_demarche", phrase=phrase, portee=Portee.TABLE, objet=demarche
    )


@transaction.atomic
def close_demarche(*, acteur: Any, instant: datetime, demarche: Demarche, motif: str) -> None:
    """Refuse the confirmation of a démarche: it is closed, nothing is erased. The caller has checked the right."""
    waiting = Demarche.objects.filter(pk=demarche.pk, etat=EtatDemarche.A_CONFIRMER)
    comment = f"Refusée : {motif}"[:200]
    if not waiting.update(etat=EtatDemarche.CLOSE, confirmee_le=instant, confirmee_par=comment):
        raise Conflit(DEJA_CONFIRMEE)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="close_demarche",
        phrase=f"a refusé de confirmer la démarche, qui est close : {motif}",
        portee=Portee.TABLE,
        objet=demarche,
    )


@transaction.atomic
def set_phases(*, acteur: Any, instant: datetime, dates: Dates, approbation_visee: date | None = None) -> None:
    """Adjust the dates of some phases; when the aimed council changes, those nobody adjusted are computed again."""
    require(may_set_phases(acteur))
    demarche = acteur.demarche
    write_dates(demarche, dates)
    parts = [
        f"{Phase(phase).label} du {write_date(debut)} au {write_date(fin)}" for phase, (debut, fin) in dates.items()
    ]
    if approbation_visee is not None and approbation_visee != demarche.approbation_visee:
        demarche.approbation_visee = approbation_visee
        demarche.save(update_fields=["approbation_visee"])
        write_phases_calculees(demarche, get_jour(instant, demarche.fuseau))
        parts.append(f"conseil visé le {write_date(approbation_visee)}")
    if parts:
        record_phases(acteur, instant, "set_phases", f"a ajusté les dates de la démarche : {', '.join(parts)}")


@transaction.atomic
def enter_demarche_en_cours(
    *, acteur: Any, instant: datetime, phase: str, dates: Dates | None = None, approbation_visee: date | None = None
) -> None:
    """Say where a démarche already under way stands: the phase reached, and the dates as they really were."""
    require(may_set_phases(acteur))
    demarche = acteur.demarche
    before = demarche.phase
    write_dates(demarche, dates or {})
    if not Demarche.objects.filter(pk=demarche.pk, phase=before).update(phase=phase):
        raise Conflit("La phase de la démarche vient de changer : relisez la page avant de recommencer.")
    demarche.phase = phase
    if approbation_visee is not None:
        set_phases(acteur=acteur, instant=instant, dates={}, approbation_visee=approbation_visee)
    mot = f"a noté que la démarche en est à la phase « {Phase(phase).label} »"
    record_phases(acteur, instant, "enter_demarche_en_cours", mot)


def write_dates(demarche: Demarche, dates: Dates) -> None:
    for phase, (debut, fin) in dates.items():
        if fin < debut:
            raise Conflit(f"Phase « {Phase(phase).label} » : la fin est avant le début. Corrigez l'une des deux dates.")
        PhaseDemarche.objects.update_or_create(
            demarche=demarche, phase=phase, defaults={"debut": debut, "fin": fin, "est_calculee": False}
        )


def record_phases(acteur: Any, instant: datetime, verbe: str, phrase: str) -> None:
    record_acte(acteur=acteur, instant=instant, verbe=verbe, phrase=phrase, portee=Portee.TABLE, objet=acteur.demarche)
