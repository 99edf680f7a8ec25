"""A dossier: its words, the opening of the collecte, its changes of state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import ELUS
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.dossiers.actions.communs import EditionConcurrente, check_demarche, lock_modifiable, sign
from communaccord.plateforme.dossiers.enums import MODIFIABLES, TRANSITIONS_DOSSIER, Domaine, EtatDossier
from communaccord.plateforme.dossiers.models import Dossier, HistoriqueDossier, Scenario
from communaccord.plateforme.dossiers.rules import list_manques, may_conclude, may_prepare
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.projet.models import Objectif
from communaccord.plateforme.socle.permis import Conflit, require

SANS_MOTIF = "Dites pourquoi en une phrase : elle sera lue avec le dossier."
MAX_MOTIF = 500
GESTES = {
    EtatDossier.BROUILLON: "remis en préparation",
    EtatDossier.PRESENTE: "présenté",
    EtatDossier.CONCLU: "conclu",
    EtatDossier.RETIRE: "retiré",
}


@dataclass(frozen=True, slots=True)
class ContenuDossier:
    """The words of a dossier. Only the title is needed to begin; the rest before it is presented."""

    titre: str
    domaine: str = Domaine.LIBRE
    unite: str = ""
    objectif: str = ""
    porteur: Mandat | None = None
    pilote: str = ""
    service_avant: str = ""
    service_apres: str = ""
    ce_qui_change: str = ""
    ce_qui_ne_change_pas: str = ""
    sortie: str = ""
    sensible: bool = False
    objectifs: tuple[int, ...] = ()


def list_valeurs(contenu: ContenuDossier, acteur: Acteur) -> dict[str, Any]:
    """The columns to write; Conflit when the title is empty or the porter is no élu of the démarche."""
    if not contenu.titre.strip():
        raise Conflit("Un dossier porte un titre : donnez-le.")
    porteur = contenu.porteur
    if porteur is not None and (porteur.role not in ELUS or porteur.personne.demarche_id != acteur.demarche_id):
        raise Conflit("Un dossier est porté par un élu ou une élue de la démarche : choisissez dans la liste.")
    return {nom: getattr(contenu, nom) for nom in ContenuDossier.__slots__ if nom != "objectifs"}


def set_objectifs(acteur: Acteur, dossier: Dossier, objectifs: tuple[int, ...]) -> None:
    """Write which objectifs of the projet de territoire are served. Errors: Conflit when one left the plan."""
    rows = list(Objectif.objects.visible_to(acteur).filter(pk__in=objectifs))
    if len(rows) != len(set(objectifs)):
        raise Conflit("Un des objectifs cochés n'est plus dans le projet de territoire : relisez la liste.")
    dossier.objectifs.set(rows)


@transaction.atomic
def create_dossier(*, acteur: Acteur, instant: datetime, contenu: ContenuDossier, actes: list | None = None) -> Dossier:
    """Open a dossier, in preparation. ``actes``: kinds of acts counted, as the simulator writes them."""
    require(may_prepare(acteur))
    dossier = Dossier.objects.create(
        demarche=acteur.demarche,
        **list_valeurs(contenu, acteur),
        actes=actes or [],
        cree_par=acteur.nom[:250],
        cree_le=instant,
        **sign(acteur, instant),
    )
    set_objectifs(acteur, dossier, contenu.objectifs)
    journalise(acteur, instant, dossier, "dossier.cree", f"a ouvert le dossier « {dossier.titre} », en préparation")
    return dossier


@transaction.atomic
def edit_dossier(
    *, acteur: Acteur, instant: datetime, dossier: Dossier, version: int, contenu: ContenuDossier
) -> Dossier:
    """Write the words of a dossier over the version that was read. Errors: EditionConcurrente when it has moved."""
    require(may_prepare(acteur))
    check_demarche(acteur, dossier)
    valeurs = list_valeurs(contenu, acteur)
    check_presente(lock_modifiable(dossier), valeurs)
    rows = Dossier.objects.filter(pk=dossier.pk, version=version, etat__in=MODIFIABLES)
    written = rows.update(**valeurs, **sign(acteur, instant), version=F("version") + 1)
    actuel = Dossier.objects.with_porteur().get(pk=dossier.pk)
    if not written:
        raise EditionConcurrente(actuel, actuel.modifie_par)
    set_objectifs(acteur, actuel, contenu.objectifs)
    journalise(acteur, instant, actuel, "dossier.modifie", f"a modifié le dossier « {actuel.titre} »")
    return actuel


def check_presente(dossier: Dossier, valeurs: dict[str, Any]) -> None:
    """What the élus already read is changed, never emptied."""
    if dossier.etat != EtatDossier.PRESENTE:
        return
    if manques := list_manques(Dossier(**valeurs), scenarios_figes=1):
        raise Conflit("Ce dossier est présenté : il garde " + " ; ".join(mot for _, mot in manques) + ".")


def open_collecte(*, acteur: Acteur, instant: datetime, dossier: Dossier) -> None:
    """Ask the mairies for their figures: they see the title and the objective, and enter their own."""
    set_collecte(acteur, instant, dossier, ouverte=True)


def close_collecte(*, acteur: Acteur, instant: datetime, dossier: Dossier) -> None:
    """Stop asking the mairies for their figures."""
    set_collecte(acteur, instant, dossier, ouverte=False)


@transaction.atomic
def set_collecte(acteur: Acteur, instant: datetime, dossier: Dossier, *, ouverte: bool) -> None:
    require(may_prepare(acteur))
    check_demarche(acteur, dossier)
    rows = Dossier.objects.filter(pk=dossier.pk, etat__in=MODIFIABLES, collecte_ouverte=not ouverte)
    if not rows.update(collecte_ouverte=ouverte):
        raise Conflit("La collecte des chiffres a déjà changé : relisez la page du dossier.")
    mot = "ouverte" if ouverte else "fermée"
    geste = "ouvert" if ouverte else "fermé"
    phrase = f"a {geste} la collecte des chiffres du dossier « {dossier.titre} »"
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe=f"dossier.collecte_{mot}",
        phrase=phrase,
        portee=Portee.ELUS,
        objet=dossier,
    )


@transaction.atomic
def present_dossier(*, acteur: Acteur, instant: datetime, dossier: Dossier) -> Dossier:
    """Show the dossier to the élus: its words are whole (effect on the service first) and a scenario is frozen."""
    require(may_prepare(acteur))
    check_demarche(acteur, dossier)
    actuel = lock_modifiable(dossier)
    figes = Scenario.objects.filter(dossier=actuel).frozen().count()
    if manques := list_manques(actuel, scenarios_figes=figes):
        raise Conflit("Avant de présenter ce dossier, il manque : " + " ; ".join(mot for _, mot in manques) + ".")
    return move_dossier(acteur, instant, actuel, EtatDossier.PRESENTE, "")


@transaction.atomic
def conclude_dossier(*, acteur: Acteur, instant: datetime, dossier: Dossier, motif: str) -> Dossier:
    """Close the examination of a dossier: ``motif`` says what was concluded, and by which instance."""
    require(may_conclude(acteur))
    return move_dossier(acteur, instant, dossier, EtatDossier.CONCLU, motif)


@transaction.atomic
def withdraw_dossier(*, acteur: Acteur, instant: datetime, dossier: Dossier, motif: str) -> Dossier:
    """Take a dossier off the table, and say why."""
    require(may_conclude(acteur))
    return move_dossier(acteur, instant, dossier, EtatDossier.RETIRE, motif)


@transaction.atomic
def reopen_dossier(*, acteur: Acteur, instant: datetime, dossier: Dossier, motif: str) -> Dossier:
    """Take up again what was concluded (presented again) or withdrawn (in preparation again)."""
    require(may_conclude(acteur))
    vers = EtatDossier.PRESENTE if dossier.etat == EtatDossier.CONCLU else EtatDossier.BROUILLON
    return move_dossier(acteur, instant, dossier, vers, motif)


def move_dossier(acteur: Acteur, instant: datetime, dossier: Dossier, vers: EtatDossier, motif: str) -> Dossier:
    """One change of state by the table of transitions: a conditional UPDATE, one immutable row, one act."""
    check_demarche(acteur, dossier)
    avant = EtatDossier(dossier.etat)
    if vers not in TRANSITIONS_DOSSIER[avant]:
        raise Conflit(f"Ce dossier est {avant.label} : il ne peut pas devenir {vers.label}.")
    if vers != EtatDossier.PRESENTE or avant == EtatDossier.CONCLU:
        motif = motif.strip()[:MAX_MOTIF]
        if not motif:
            raise Conflit(SANS_MOTIF)
    if not Dossier.objects.filter(pk=dossier.pk, etat=avant).update(etat=vers):
        raise Conflit("L'état de ce dossier vient de changer : relisez sa page avant d'agir.")
    HistoriqueDossier.objects.create(
        dossier=dossier,
        instant=instant,
        mandat_id=acteur.mandat_id,
        qui=acteur.nom[:250],
        etat_avant=avant,
        etat_apres=vers,
        motif=motif,
    )
    dossier.etat = vers
    seen = {avant, vers} & {EtatDossier.PRESENTE, EtatDossier.CONCLU}
    phrase = f"a {GESTES[vers]} le dossier « {dossier.titre} »" + (f" : {motif}" if motif else "")
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe=f"dossier.{vers}",
        phrase=phrase,
        portee=Portee.TABLE if seen else Portee.EQUIPE,
        objet=dossier,
    )
    return dossier


def journalise(acteur: Acteur, instant: datetime, dossier: Dossier, verbe: str, phrase: str) -> None:
    """Note an act on a dossier for those who read it: the élus once it is presented."""
    portee = Portee.ELUS if dossier.etat == EtatDossier.PRESENTE else Portee.EQUIPE
    record_acte(acteur=acteur, instant=instant, verbe=verbe, phrase=phrase, portee=portee, objet=dossier)
