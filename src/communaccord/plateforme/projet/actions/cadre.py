"""The précadrage: opened from the last validated version, written, proposed, validated by an instance."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.projet.catalogue import PAR_CLE
from communaccord.plateforme.projet.enums.cadre import (
    ATTENDUS,
    TEXTES_CADRE,
    TRANSITIONS_CADRE,
    EtatCadre,
    FormeEcartee,
)
from communaccord.plateforme.projet.lecture.cadre import build_contenu, compute_empreinte, sort_services
from communaccord.plateforme.projet.models import Cadre, HistoriqueCadre
from communaccord.plateforme.projet.rules.cadre import may_validate, may_write
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import enumeration

DEJA_EN_COURS = "Une version du précadrage est déjà en cours : continuez celle-là."
DES_DEUX_COTES = "Un service est étudié ou exclu, pas les deux : choisissez pour {noms}."
ANNEES_INVERSEES = "La dernière année vient après la première : corrigez l'une des deux."
SANS_COMMUNE = "Cochez les communes concernées, ou dites qu'elles le sont toutes."
INSTANCE_MAX = 200


class CadrePerime(Conflit):
    """Somebody else wrote meanwhile: ``actuel`` is the version as it is now, nothing of theirs was overwritten."""

    def __init__(self, actuel: Cadre) -> None:
        super().__init__(
            f"Pendant que vous écriviez, {actuel.modifie_par} a enregistré d'autres changements. Rien n'a été écrasé : "
            "comparez, gardez ce qui convient, puis enregistrez de nouveau."
        )
        self.actuel = actuel


@dataclass(frozen=True, slots=True)
class ContenuCadre:
    """What a version says. ``codes_communes`` counts only when ``toutes_communes`` is false."""

    objectifs: str = ""
    services_inclus: Sequence[str] = ()
    services_exclus: Sequence[str] = ()
    perimetre: str = ""
    formes_exclues: Sequence[str] = ()
    exclus: str = ""
    toutes_communes: bool = True
    codes_communes: Sequence[str] = ()
    principes_financiers: str = ""
    regle_decision: str = ""
    annee_debut: int | None = None
    annee_fin: int | None = None
    calendrier: str = ""


NOMS = tuple(field.name for field in fields(ContenuCadre))


def list_valeurs(acteur: Acteur, contenu: ContenuCadre) -> dict[str, Any]:
    """The columns to write, lists in their order and without what is not known; Conflit when it contradicts itself."""
    both = set(contenu.services_inclus) & set(contenu.services_exclus)
    if both:
        noms = enumeration(f"« {PAR_CLE[cle].libelle} »" for cle in sort_services(both))
        raise Conflit(DES_DEUX_COTES.format(noms=noms))
    debut, fin = contenu.annee_debut, contenu.annee_fin
    if debut is not None and fin is not None and fin < debut:
        raise Conflit(ANNEES_INVERSEES)
    codes = list_codes(acteur, contenu)
    if not contenu.toutes_communes and not codes:
        raise Conflit(SANS_COMMUNE)
    return {nom: getattr(contenu, nom) for nom in NOMS} | {
        "services_inclus": sort_services(contenu.services_inclus),
        "services_exclus": sort_services(contenu.services_exclus),
        "formes_exclues": [code for code in FormeEcartee.values if code in contenu.formes_exclues],
        "codes_communes": codes,
    }


def list_codes(acteur: Acteur, contenu: ContenuCadre) -> list[str]:
    """Codes of communes of the démarche among those ticked; none when all of them are concerned."""
    if contenu.toutes_communes:
        return []
    mine = acteur.demarche.communes.filter(code__in=contenu.codes_communes)
    return sorted(mine.values_list("code", flat=True))


@transaction.atomic
def start_cadre(*, acteur: Acteur, instant: datetime) -> Cadre:
    """Open a new version, which begins with the words of the last validated one. Conflit when one is under way."""
    require(may_write(acteur, acteur.demarche_id))
    rows = Cadre.objects.filter(demarche_id=acteur.demarche_id)
    last = rows.validated().first()
    values = {nom: getattr(last, nom) for nom in NOMS} if last else {}
    try:
        with transaction.atomic():
            cadre = Cadre.objects.create(
                demarche=acteur.demarche,
                numero=last.numero + 1 if last else 1,
                **values,
                cree_par=acteur.nom[:250],
                cree_le=instant,
                **sign(acteur, instant),
            )
    except IntegrityError as error:
        raise Conflit(DEJA_EN_COURS) from error
    record_historique(acteur, instant, cadre, "", EtatCadre.BROUILLON)
    journalise(acteur, instant, cadre, "ouvert", f"a ouvert la version {cadre.numero} du précadrage politique")
    return cadre


@transaction.atomic
def edit_cadre(*, acteur: Acteur, instant: datetime, cadre: Cadre, version: int, contenu: ContenuCadre) -> Cadre:
    """Write a draft over the version that was read. Errors: CadrePerime when it was written meanwhile."""
    require(may_write(acteur, cadre.demarche_id))
    valeurs = list_valeurs(acteur, contenu)
    rows = Cadre.objects.filter(pk=cadre.pk, version=version, etat=EtatCadre.BROUILLON)
    written = rows.update(**valeurs, **sign(acteur, instant), version=F("version") + 1)
    actuel = Cadre.objects.select_related("demarche").get(pk=cadre.pk)
    if not written:
        raise build_conflit(actuel)
    journalise(acteur, instant, actuel, "modifie", f"a modifié la version {actuel.numero} du précadrage politique")
    return actuel


def build_conflit(actuel: Cadre) -> Conflit:
    if actuel.etat == EtatCadre.BROUILLON:
        return CadrePerime(actuel)
    return Conflit(f"Ce précadrage est {actuel.get_etat_display()} : reprenez-le, ou ouvrez la version suivante.")


@transaction.atomic
def propose_cadre(*, acteur: Acteur, instant: datetime, cadre: Cadre) -> Cadre:
    """Show a draft to those who will decide: its essential fields are written."""
    require(may_write(acteur, cadre.demarche_id))
    actuel = Cadre.objects.select_for_update(of=("self",)).get(pk=cadre.pk)
    if manques := list_manques(actuel):
        raise Conflit(f"Avant de proposer ce précadrage, écrivez : {enumeration(manques)}.")
    move_cadre(acteur, instant, cadre, EtatCadre.PROPOSE)
    phrase = f"a proposé la version {cadre.numero} du précadrage politique"
    journalise(acteur, instant, cadre, "propose", phrase, Portee.ELUS)
    return cadre


def list_manques(cadre: Cadre) -> list[str]:
    """Labels of what is still to be written before it can be proposed."""
    return [libelle.lower() for nom, libelle, _ in TEXTES_CADRE if nom in ATTENDUS and not getattr(cadre, nom).strip()]


@transaction.atomic
def take_back_cadre(*, acteur: Acteur, instant: datetime, cadre: Cadre, motif: str) -> Cadre:
    """Put a proposed version back in preparation, and say why: what was read is going to change."""
    require(may_write(acteur, cadre.demarche_id))
    if not motif.strip():
        raise Conflit("Dites pourquoi en une phrase : celles et ceux qui l'ont lu le verront.")
    move_cadre(acteur, instant, cadre, EtatCadre.BROUILLON, motif=motif.strip())
    phrase = f"a repris la version {cadre.numero} du précadrage politique : {motif.strip()}"
    journalise(acteur, instant, cadre, "repris", phrase, Portee.ELUS)
    return cadre


@transaction.atomic
def validate_cadre(
    *, acteur: Acteur, instant: datetime, cadre: Cadre, version: int, jour: date, instance: str
) -> Cadre:
    """Record that ``instance`` validated a proposed version on ``jour``: it is frozen with its hash.

    ``version``: the writing that was read; Conflit when it was taken back and written again meanwhile.

    Called by the page of the précadrage for what was validated elsewhere, and by the instances for a séance held here.
    """
    require(may_validate(acteur, cadre.demarche_id))
    nom = check_decision(acteur, instant, jour, instance)
    previous = Cadre.objects.validated().filter(demarche_id=cadre.demarche_id).first()
    if previous is not None and jour < previous.valide_le:
        quand = write_date(previous.valide_le)
        raise Conflit(f"La version {previous.numero} a été validée le {quand} : celle-ci ne peut l'avoir été avant.")
    actuel = Cadre.objects.select_for_update(of=("self",)).get(pk=cadre.pk)
    empreinte = compute_empreinte(build_contenu(actuel))
    cadre.version = version
    move_cadre(acteur, instant, cadre, EtatCadre.VALIDE, valide_le=jour, instance=nom, empreinte=empreinte)
    phrase = f"a noté la validation du précadrage politique, version {cadre.numero} : {nom}, le {write_date(jour)}"
    journalise(acteur, instant, cadre, "valide", phrase, Portee.TABLE)
    return cadre


def check_decision(acteur: Acteur, instant: datetime, jour: date, instance: str) -> str:
    """The name of the instance that decided; Conflit without a name, or when the day is still to come."""
    nom = " ".join(instance.split())[:INSTANCE_MAX]
    if not nom:
        raise Conflit("Dites quelle instance a décidé, par exemple « Comité de pilotage ».")
    if jour > get_jour(instant, acteur.demarche.fuseau):
        raise Conflit("Cette date n'est pas encore passée : notez la décision quand elle a été prise.")
    return nom


def move_cadre(
    acteur: Acteur, instant: datetime, cadre: Cadre, vers: EtatCadre, *, motif: str = "", **values: Any
) -> None:
    """One change of state by the table of transitions: a conditional UPDATE and one immutable row."""
    avant = EtatCadre(cadre.etat)
    if vers not in TRANSITIONS_CADRE[avant]:
        raise Conflit(f"Ce précadrage est {avant.label} : il ne peut pas devenir {vers.label}.")
    rows = Cadre.objects.filter(pk=cadre.pk, etat=avant, version=cadre.version)
    if not rows.update(etat=vers, **values):
        raise Conflit("Ce précadrage vient de changer : relisez sa page avant d'agir.")
    cadre.refresh_from_db()
    record_historique(acteur, instant, cadre, avant, vers, motif)


def record_historique(
    acteur: Acteur, instant: datetime, cadre: Cadre, avant: str, apres: EtatCadre, motif: str = ""
) -> None:
    HistoriqueCadre.objects.create(
        cadre=cadre,
        instant=instant,
        mandat_id=acteur.mandat_id,
        qui=acteur.nom[:250],
        etat_avant=avant,
        etat_apres=apres,
        motif=motif[:500],
    )


def sign(acteur: Acteur, instant: datetime) -> dict[str, Any]:
    """Who writes and when, for the row that was changed."""
    return {"modifie_par": acteur.nom[:250], "modifie_le": instant}


def journalise(
    acteur: Acteur, instant: datetime, cadre: Cadre, fait: str, phrase: str, portee: Portee = Portee.EQUIPE
) -> None:
    record_acte(acteur=acteur, instant=instant, verbe=f"cadre.{fait}", phrase=phrase, portee=portee, objet=cadre)
