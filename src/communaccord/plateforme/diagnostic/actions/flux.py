"""Flows: declared from either end, corrected by who declared them, set aside with a reason, imported from a table."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.diagnostic.actions.communs import EditionConcurrente, lock_campagne
from communaccord.plateforme.diagnostic.enums import FINANCIERS, EtatCampagne, NatureFlux, Origine, Qualite
from communaccord.plateforme.diagnostic.models import Campagne, Flux, FluxDistincts
from communaccord.plateforme.diagnostic.rules import can_declare_flux, can_edit_flux
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, Refus, require
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.models import CommuneMembre

CLOS = "Cet état des lieux est clos : ses flux se lisent, ils ne changent plus."
AILLEURS = Refus("Une mairie déclare ce que sa commune porte ou ce dont elle bénéficie.")
# What makes a flow another flow, and undoes what was said of its doubles.
IDENTITE = ("nature", "service", "porteur_id", "porteur_autre", "beneficiaire_id", "beneficiaire_autre", "annee")


@dataclass(frozen=True, slots=True)
class ContenuFlux:
    """A flow as it is declared: bodies by pk of commune, by name, or both empty (the intercommunalité).

    ``montant`` in cents a year, ``temps`` in hundredths of a full-time equivalent, None when unknown.
    """

    nature: str
    objet: str
    service: str = ""
    porteur_id: int | None = None
    porteur_autre: str = ""
    beneficiaire_id: int | None = None
    beneficiaire_autre: str = ""
    forme: str = ""
    gratuit: bool | None = None
    montant: int | None = None
    temps: int | None = None
    annee: int | None = None
    source: str = ""
    qualite: str = Qualite.ESTIME


def list_fautes(contenu: ContenuFlux) -> dict[str, str]:
    """What cannot be kept, by field, as sentences; empty when all is well."""
    fautes = {}
    ends = [(contenu.porteur_id, contenu.porteur_autre), (contenu.beneficiaire_id, contenu.beneficiaire_autre)]
    if ends[0] == ends[1]:
        fautes["beneficiaire"] = "Un flux va de l'un à l'autre : choisissez deux organismes différents."
    elif contenu.porteur_autre and contenu.beneficiaire_autre:
        fautes["beneficiaire"] = "L'un des deux est une commune du territoire ou l'intercommunalité : choisissez-la."
    if contenu.nature not in NatureFlux.values:
        fautes["nature"] = "Choisissez la nature du flux dans la liste."
    if not contenu.objet:
        fautes["objet"] = "Dites ce qui est partagé ou versé, en quelques mots."
    if contenu.service and contenu.nature in FINANCIERS:
        fautes["service"] = "Un flux financier (AC, DSC, FPIC…) ne se rattache pas à un service : laissez vide."
    if contenu.temps is not None and contenu.nature in FINANCIERS:
        fautes["temps"] = "Un flux financier (AC, DSC, FPIC…) n'est le temps de personne : laissez vide."
    if contenu.annee is not None and not 2000 <= contenu.annee <= 2100:
        fautes["annee"] = "Écrivez l'année sur quatre chiffres, par exemple 2025."
    if contenu.gratuit and contenu.montant:
        fautes["montant"] = "Vous dites « gratuit » et donnez un montant : gardez l'un des deux."
    return fautes


class FluxRefuse(Conflit):
    """What was given cannot be kept: ``fautes``, a sentence by field. Nothing was written."""

    def __init__(self, fautes: dict[str, str]) -> None:
        super().__init__(" ".join(fautes.values()))
        self.fautes = fautes


def check_contenu(acteur: Acteur, contenu: ContenuFlux) -> None:
    """Errors: FluxRefuse; ActionRefusee when a mairie declares what is not of its commune."""
    fautes = list_fautes(contenu)
    if fautes:
        raise FluxRefuse(fautes)
    ends = [pk for pk in (contenu.porteur_id, contenu.beneficiaire_id) if pk is not None]
    if acteur.role in MAIRIE and acteur.commune_id not in ends:
        require(AILLEURS)
    if CommuneMembre.objects.filter(demarche_id=acteur.demarche_id, pk__in=ends).count() != len(ends):
        raise FluxRefuse({"porteur": "Cette commune n'est pas de la démarche."})


def check_ouvert(campagne: Campagne) -> None:
    if lock_campagne(campagne).etat == EtatCampagne.CLOSE:
        raise Conflit(CLOS)


@transaction.atomic
def declare_flux(
    *,
    acteur: Acteur,
    instant: datetime,
    campagne: Campagne,
    contenu: ContenuFlux,
    declare_par: CommuneMembre | None = None,
) -> Flux:
    """Declare one flow. ``declare_par``: the commune whose paper the équipe projet copies; a mairie's is its own.

    Errors: FluxRefuse, ActionRefusee, Conflit when the campaign is closed.
    """
    require(can_declare_flux(acteur, campagne.demarche_id))
    check_contenu(acteur, contenu)
    check_ouvert(campagne)
    flux = create_flux(acteur, instant, campagne, contenu, declare_par, Origine.SAISIE)
    flux.save()
    record_flux(acteur, instant, flux, "flux.declare", "a déclaré un flux")
    return flux


def create_flux(
    acteur: Acteur,
    instant: datetime,
    campagne: Campagne,
    contenu: ContenuFlux,
    declare_par: CommuneMembre | None,
    origine: Origine,
) -> Flux:
    """Not saved: the row of this content, in the name of who declares it."""
    is_mairie = acteur.role in MAIRIE
    declarant = acteur.commune_id if is_mairie else declare_par.pk if declare_par else None
    copied = Origine.PAPIER if declare_par is not None and not is_mairie and origine == Origine.SAISIE else origine
    return Flux(
        campagne=campagne,
        **asdict(contenu),
        declare_par_id=declarant,
        par_la_mairie=is_mairie,
        origine=copied,
        saisi_par=acteur.nom[:250],
        saisi_le=instant,
    )


@transaction.atomic
def edit_flux(*, acteur: Acteur, instant: datetime, flux: Flux, version: int, contenu: ContenuFlux) -> Flux:
    """Correct a flow over the version that was read. When it is no longer the same flow, its doubles are undone.

    Errors: FluxRefuse, ActionRefusee, EditionConcurrente when somebody else wrote meanwhile.
    """
    require(can_edit_flux(acteur, flux, flux.campagne.demarche_id))
    check_contenu(acteur, contenu)
    check_ouvert(flux.campagne)
    before = Flux.objects.select_for_update().get(pk=flux.pk)
    values = {**asdict(contenu), "saisi_par": acteur.nom[:250], "saisi_le": instant}
    if not Flux.objects.filter(pk=flux.pk, version=version).update(**values, version=F("version") + 1):
        raise EditionConcurrente(before, before.saisi_par)
    if any(getattr(before, nom) != getattr(contenu, nom) for nom in IDENTITE):
        forget_jugements(flux)
    record_flux(acteur, instant, before, "flux.corrige", "a corrigé un flux")
    return Flux.objects.with_corps().select_related("campagne__demarche").get(pk=flux.pk)


def forget_jugements(flux: Flux) -> None:
    """It is another flow now: nothing said of the old one holds."""
    Flux.objects.filter(double_de=flux).update(double_de=None)
    Flux.objects.filter(pk=flux.pk).update(double_de=None)
    FluxDistincts.objects.filter(premier=flux).delete()
    FluxDistincts.objects.filter(second=flux).delete()


@transaction.atomic
def set_aside_flux(*, acteur: Acteur, instant: datetime, flux: Flux, motif: str) -> None:
    """Take a flow out of the totals, saying why; it stays readable. The équipe projet may, and who declared it."""
    if not acteur.est_equipe:
        require(can_edit_flux(acteur, flux, flux.campagne.demarche_id))
    require(can_declare_flux(acteur, flux.campagne.demarche_id))
    check_ouvert(flux.campagne)
    if not motif.strip():
        raise FluxRefuse({"motif": "Dites en quelques mots pourquoi ce flux ne compte pas."})
    if Flux.objects.filter(double_de=flux).exists():
        raise Conflit("Ce flux compte pour deux déclarations : séparez-les d'abord.")
    if not Flux.objects.filter(pk=flux.pk, ecarte=False).update(
        ecarte=True, motif_ecart=motif.strip()[:200], version=F("version") + 1
    ):
        raise Conflit("Ce flux est déjà écarté du compte.")
    record_flux(acteur, instant, flux, "flux.ecarte", "a écarté un flux du compte")


@transaction.atomic
def restore_flux(*, acteur: Acteur, instant: datetime, flux: Flux) -> None:
    """Count again a flow that was set aside."""
    if not acteur.est_equipe:
        require(can_edit_flux(acteur, flux, flux.campagne.demarche_id))
    require(can_declare_flux(acteur, flux.campagne.demarche_id))
    check_ouvert(flux.campagne)
    if not Flux.objects.filter(pk=flux.pk, ecarte=True).update(ecarte=False, motif_ecart="", version=F("version") + 1):
        raise Conflit("Ce flux compte déjà.")
    record_flux(acteur, instant, flux, "flux.repris", "a repris un flux dans le compte")


@transaction.atomic
def import_flux(
    *, acteur: Acteur, instant: datetime, campagne: Campagne, contenus: Sequence[ContenuFlux]
) -> tuple[int, int]:
    """Write the flows of a table, all or none: how many were written, how many were there already.

    A flow that the same declarant already has, same in everything but its amounts' source, is left as it is.
    """
    require(can_declare_flux(acteur, campagne.demarche_id))
    for contenu in contenus:
        check_contenu(acteur, contenu)
    check_ouvert(campagne)
    declarant = acteur.commune_id if acteur.role in MAIRIE else None
    known = {identify(row) for row in Flux.objects.filter(campagne=campagne, declare_par_id=declarant)}
    rows = [create_flux(acteur, instant, campagne, contenu, None, Origine.CLASSEUR) for contenu in contenus]
    new = list({identify(row): row for row in rows if identify(row) not in known}.values())
    Flux.objects.bulk_create(new)
    if new:
        phrase = f"a repris {pluriel(len(new), 'flux', 'flux')} d'un tableau"
        record_acte(
            acteur=acteur, instant=instant, verbe="flux.importes", phrase=phrase, objet=campagne, **list_portee(acteur)
        )
    return len(new), len(contenus) - len(new)


def identify(flux: Flux) -> tuple[object, ...]:
    """What makes two declarations of one declarant the same one."""
    objet = " ".join(flux.objet.casefold().split())
    return (*(getattr(flux, nom) for nom in IDENTITE), objet, flux.montant, flux.temps)


def list_portee(acteur: Acteur) -> dict[str, Portee]:
    """Who reads in the journal an act on flows: those of the commune, or the équipe projet."""
    return {"portee": Portee.COMMUNE if acteur.role in MAIRIE else Portee.EQUIPE}


def record_flux(acteur: Acteur, instant: datetime, flux: Flux, verbe: str, fait: str) -> None:
    """What was done, and the nature of the flow: its words and its figures belong to its two ends."""
    phrase = f"{fait} : {flux.get_nature_display()}"
    record_acte(acteur=acteur, instant=instant, verbe=verbe, phrase=phrase, objet=flux, **list_portee(acteur))
