"""What a scenario says in depth, part by part: written by those who prepare, over the version that they read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.actions.communs import SaisieRefusee, check_demarche, lock_modifiable, sign
from communaccord.plateforme.dossiers.actions.dossiers import journalise
from communaccord.plateforme.dossiers.actions.formes import write_version
from communaccord.plateforme.dossiers.actions.profondeur_copie import CONTENUS, copy_profondeur
from communaccord.plateforme.dossiers.actions.scenarios import refuse_fige
from communaccord.plateforme.dossiers.models import (
    ChangementMaire,
    ClausesScenario,
    CoutOublie,
    CritereService,
    DonneesCommune,
    EffectifEmployeur,
    Scenario,
    Volet,
)
from communaccord.plateforme.dossiers.models.profondeur import (
    Avis,
    Critere,
    EtatCout,
    NomVolet,
    PorteurCout,
    PosteOublie,
    Rythme,
    Sens,
    ThemeMaire,
)
from communaccord.plateforme.dossiers.models.profondeur_chiffres import MOUVEMENTS
from communaccord.plateforme.dossiers.rules import may_prepare
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import Anomalie

ANNEES = (2000, 2100)
AGENTS_MAX = 100_000
MONTANT_MAX = 10**15
MOIS_MAX = 120
TEXTE_MAX = 300
CLAUSE_MAX = 500


@dataclass(frozen=True, slots=True)
class LigneService:
    """One criterion, as people tell it."""

    critere: str
    libelle: str = ""
    avant: str = ""
    apres: str = ""
    avis: str = ""


@dataclass(frozen=True, slots=True)
class LigneMaire:
    theme: str
    sens: str
    texte: str


@dataclass(frozen=True, slots=True)
class Mouvements:
    """Agents of one employer, or hundredths of full-time equivalents."""

    avant: int = 0
    partent: int = 0
    arrivent: int = 0
    crees: int = 0
    supprimes: int = 0
    mis_a_disposition: int = 0

    @property
    def est_vide(self) -> bool:
        return not any(getattr(self, nom) for nom in MOUVEMENTS)


@dataclass(frozen=True, slots=True)
class LigneCout:
    """What is said of one cost, in cents; ``commune``: primary key, when one commune pays."""

    etat: str
    montant: int | None = None
    rythme: str = ""
    annee: int | None = None
    porteur: str = ""
    commune: int | None = None
    motif: str = ""


@dataclass(frozen=True, slots=True)
class ContenuClauses:
    preavis_mois: int | None = None
    retour_agents: str = ""
    couts_restants: str = ""
    essai_mois: int | None = None
    revoyure_le: date | None = None
    revoyure_objet: str = ""
    service_nouveau: str = ""


def lock_brouillon(acteur: Acteur, scenario: Scenario) -> Scenario:
    """The draft, its dossier held until the end of the transaction. Errors: ActionRefusee, Conflit when frozen."""
    require(may_prepare(acteur))
    check_demarche(acteur, scenario.dossier)
    lock_modifiable(scenario.dossier)
    refuse_fige(scenario)
    return Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)


def write_volet(acteur: Acteur, instant: datetime, scenario: Scenario, nom: NomVolet, version: int) -> Volet:
    """Take the part at the version that was read (0: nobody wrote it yet), and journal it.

    The draft moves with its parts, so that what is frozen is what was read.
    """
    volet: Volet = write_version(Volet, {"scenario": scenario, "nom": nom}, version, sign(acteur, instant))
    Scenario.objects.filter(pk=scenario.pk).update(version=F("version") + 1)
    quoi = f"du scénario {scenario.lettre} « {scenario.libelle} » du dossier « {scenario.dossier.titre} »"
    phrase = f"a écrit la partie « {nom.label} » {quoi}"
    journalise(acteur, instant, scenario.dossier, "scenario.profondeur", phrase)
    return volet


@transaction.atomic
def record_service(
    *, acteur: Acteur, instant: datetime, scenario: Scenario, version: int, lignes: Sequence[LigneService]
) -> Volet:
    """Write the criteria of the service, in this order. Errors: SaisieRefusee, EditionConcurrente, Conflit."""
    row = lock_brouillon(acteur, scenario)
    fautes = []
    for rang, ligne in enumerate(lignes):
        if ligne.critere not in Critere.values or ligne.avis not in ("", *Avis.values):
            fautes.append(refuse(f"avis-{rang}", "Critère", "ce choix n'existe pas.", "Choisissez dans la liste."))
        if ligne.critere == Critere.AUTRE and not ligne.libelle:
            fautes.append(refuse(f"libelle-{rang}", "Autre critère", "il n'a pas de nom.", "Nommez-le."))
        fautes += check_longueurs(rang, ligne)
    return replace_lignes(CritereService, acteur, instant, row, NomVolet.SERVICE, version, lignes, fautes)


@transaction.atomic
def record_maire(
    *, acteur: Acteur, instant: datetime, scenario: Scenario, version: int, lignes: Sequence[LigneMaire]
) -> Volet:
    """Write what changes and what does not for the mayor, in this order. Errors: as record_service."""
    row = lock_brouillon(acteur, scenario)
    fautes = []
    for rang, ligne in enumerate(lignes):
        if ligne.theme not in ThemeMaire.values or ligne.sens not in Sens.values:
            quoi = "dites si cela change ou ne change pas."
            fautes.append(refuse(f"sens-{rang}", "Ligne pour le ou la maire", quoi, "Choisissez dans la liste."))
        if not ligne.texte:
            fautes.append(refuse(f"texte-{rang}", "Ligne pour le ou la maire", "le texte manque.", "Écrivez-le."))
        fautes += check_longueurs(rang, ligne)
    return replace_lignes(ChangementMaire, acteur, instant, row, NomVolet.MAIRE, version, lignes, fautes)


def refuse(champ: str, libelle: str, message: str, que_faire: str) -> Anomalie:
    return Anomalie(champ, libelle, message, que_faire)


def check_longueurs(rang: int, ligne: LigneService | LigneMaire) -> list[Anomalie]:
    """What is too long, told at its field."""
    fautes = []
    for nom, texte in asdict(ligne).items():
        maximum = 80 if nom == "libelle" else TEXTE_MAX
        if len(texte) > maximum:
            message = f"le texte compte {len(texte)} caractères."
            fautes.append(refuse(f"{nom}-{rang}", f"Ligne {rang + 1}", message, f"Gardez-en {maximum} au plus."))
    return fautes


def replace_lignes(
    model: Any,
    acteur: Acteur,
    instant: datetime,
    scenario: Scenario,
    nom: NomVolet,
    version: int,
    lignes: Sequence[Any],
    fautes: list[Anomalie],
) -> Volet:
    """Write these lines in place of those of the scenario."""
    if fautes:
        raise SaisieRefusee(fautes)
    volet = write_volet(acteur, instant, scenario, nom, version)
    model.objects.filter(scenario=scenario).delete()
    rows = [model(scenario=scenario, rang=rang, **asdict(ligne)) for rang, ligne in enumerate(lignes, start=1)]
    model.objects.bulk_create(rows)
    return volet


@transaction.atomic
def record_effectif(
    *,
    acteur: Acteur,
    instant: datetime,
    scenario: Scenario,
    version: int,
    commune: CommuneMembre | None,
    agents: Mouvements,
    etp: Mouvements,
) -> Volet:
    """Write the staff of one employer (None: the EPCI); nothing at all takes it back. ETP in hundredths.

    Errors: SaisieRefusee when more people leave than there are, EditionConcurrente, Conflit.
    """
    row = lock_brouillon(acteur, scenario)
    if commune is not None and commune.demarche_id != row.dossier.demarche_id:
        raise Conflit("Cette commune n'est pas de la démarche.")
    if fautes := [*check_mouvements(agents, "", "Agents"), *check_mouvements(etp, "_etp", "ETP")]:
        raise SaisieRefusee(fautes)
    volet = write_volet(acteur, instant, row, NomVolet.EFFECTIFS, version)
    EffectifEmployeur.objects.filter(scenario=row, commune=commune).delete()
    if not (agents.est_vide and etp.est_vide):
        etps = {f"{nom}_etp": valeur for nom, valeur in asdict(etp).items()}
        EffectifEmployeur.objects.create(scenario=row, commune=commune, **asdict(agents), **etps)
    return volet


def check_mouvements(nombres: Mouvements, suffixe: str, libelle: str) -> list[Anomalie]:
    fautes = []
    for nom in MOUVEMENTS:
        if not 0 <= getattr(nombres, nom) <= AGENTS_MAX * 100:
            fautes.append(refuse(f"{nom}{suffixe}", libelle, "ce nombre n'est pas possible.", "Corrigez-le."))
    restent = nombres.avant + nombres.arrivent + nombres.crees - nombres.partent - nombres.supprimes
    if not fautes and restent < nombres.mis_a_disposition:
        message = "il part, ou il est mis à disposition, plus de monde qu'il n'y en a."
        fautes.append(refuse(f"avant{suffixe}", libelle, message, "Vérifiez le nombre d'aujourd'hui et les départs."))
    return fautes


@transaction.atomic
def resume_effectifs(*, acteur: Acteur, instant: datetime, scenario: Scenario, version: int) -> Volet:
    """Begin from the figures of the communes: those who would join the service leave for the EPCI.

    Only communes of the perimeter that told both figures are taken; lines already written are kept; the EPCI receives
    those of the lines added. Errors: Conflit when no commune told its figures, EditionConcurrente.
    """
    row = lock_brouillon(acteur, scenario)
    deja = set(EffectifEmployeur.objects.filter(scenario=row).values_list("commune_id", flat=True))
    codes = set(row.leviers.get("perimetre") or ())
    donnees = DonneesCommune.objects.filter(dossier=row.dossier, agents__gt=0, agents_concernes__isnull=False)
    added = [
        EffectifEmployeur(
            scenario=row, commune_id=donnee.commune_id, avant=donnee.agents, partent=donnee.agents_concernes
        )
        for donnee in donnees.select_related("commune")
        if donnee.commune_id not in deja and (not codes or donnee.commune.code in codes)
    ]
    if not added:
        raise Conflit("Aucune commune n'a donné de nouveaux nombres d'agents : saisissez-les employeur par employeur.")
    volet = write_volet(acteur, instant, row, NomVolet.EFFECTIFS, version)
    EffectifEmployeur.objects.bulk_create(added)
    epci = EffectifEmployeur.objects.filter(scenario=row, commune=None).first()
    epci = epci or EffectifEmployeur(scenario=row)
    epci.arrivent += sum(ligne.partent for ligne in added)
    epci.save()
    return volet


@transaction.atomic
def record_couts(
    *, acteur: Acteur, instant: datetime, scenario: Scenario, version: int, lignes: Mapping[str, LigneCout]
) -> Volet:
    """Write every cost that is told; one that is left out is *not told yet*. Errors: SaisieRefusee, as the others."""
    row = lock_brouillon(acteur, scenario)
    communes = set(CommuneMembre.objects.filter(demarche_id=row.dossier.demarche_id).values_list("pk", flat=True))
    fautes = [faute for poste, ligne in lignes.items() for faute in check_cout(poste, ligne, communes)]
    if fautes:
        raise SaisieRefusee(fautes)
    volet = write_volet(acteur, instant, row, NomVolet.COUTS, version)
    CoutOublie.objects.filter(scenario=row).delete()
    CoutOublie.objects.bulk_create(
        CoutOublie(
            scenario=row,
            poste=poste,
            etat=ligne.etat,
            montant=ligne.montant,
            rythme=ligne.rythme,
            annee=ligne.annee,
            porteur=ligne.porteur,
            commune_id=ligne.commune,
            motif=ligne.motif,
        )
        for poste, ligne in lignes.items()
    )
    return volet


def check_cout(poste: str, ligne: LigneCout, communes: set[int]) -> list[Anomalie]:
    """What is to be mended in one cost."""
    if poste not in PosteOublie.values or ligne.etat not in EtatCout.values:
        return [refuse(f"etat-{poste}", "Coût", "ce choix n'existe pas.", "Choisissez dans la liste.")]
    libelle, fautes = PosteOublie(poste).label, []
    if len(ligne.motif) > TEXTE_MAX:
        fautes.append(refuse(f"motif-{poste}", libelle, "le texte est trop long.", f"{TEXTE_MAX} caractères au plus."))
    if ligne.etat == EtatCout.SANS_OBJET and not ligne.motif:
        fautes.append(refuse(f"motif-{poste}", libelle, "il manque la raison.", "Dites pourquoi il est sans objet."))
    if ligne.etat == EtatCout.CHIFFRE:
        return fautes + check_chiffre(poste, libelle, ligne, communes)
    if ligne.montant is not None:
        message = "un montant est écrit alors que ce coût n'est pas dit chiffré."
        fautes.append(refuse(f"etat-{poste}", libelle, message, "Choisissez « chiffré », ou effacez le montant."))
    return fautes


def check_chiffre(poste: str, libelle: str, ligne: LigneCout, communes: set[int]) -> list[Anomalie]:
    fautes = []
    if ligne.montant is None or not 0 <= ligne.montant <= MONTANT_MAX:
        fautes.append(refuse(f"montant-{poste}", libelle, "le montant manque.", "Écrivez des euros, 0 s'il est nul."))
    if ligne.rythme not in Rythme.values:
        fautes.append(refuse(f"rythme-{poste}", libelle, "le rythme manque.", "Dites une fois, ou chaque année."))
    if ligne.annee is not None and not ANNEES[0] <= ligne.annee <= ANNEES[1]:
        fautes.append(refuse(f"annee-{poste}", libelle, f"« {ligne.annee} » n'est pas une année.", "Écrivez 2027."))
    elif ligne.annee is not None and ligne.rythme != Rythme.UNE_FOIS:
        message = "une année est écrite alors que ce coût revient chaque année."
        fautes.append(refuse(f"annee-{poste}", libelle, message, "Effacez l'année, ou dites « une fois »."))
    if ligne.porteur not in PorteurCout.values:
        fautes.append(refuse(f"porteur-{poste}", libelle, "il manque qui paie.", "Choisissez dans la liste."))
    elif ligne.porteur == PorteurCout.COMMUNE and ligne.commune not in communes:
        fautes.append(refuse(f"porteur-{poste}", libelle, "il manque la commune qui paie.", "Choisissez-la."))
    elif ligne.porteur != PorteurCout.COMMUNE and ligne.commune is not None:
        message = "une commune est choisie alors qu'elle ne paie pas ce coût."
        fautes.append(refuse(f"porteur-{poste}", libelle, message, "Dites que la commune paie, ou effacez-la."))
    return fautes


@transaction.atomic
def record_clauses(
    *, acteur: Acteur, instant: datetime, scenario: Scenario, version: int, contenu: ContenuClauses
) -> Volet:
    """Write the clauses of exit and protection; what is empty is not fixed. Errors: SaisieRefusee, as the others."""
    row = lock_brouillon(acteur, scenario)
    if fautes := check_clauses(contenu):
        raise SaisieRefusee(fautes)
    volet = write_volet(acteur, instant, row, NomVolet.CLAUSES, version)
    ClausesScenario.objects.update_or_create(scenario=row, defaults=asdict(contenu))
    return volet


def check_clauses(contenu: ContenuClauses) -> list[Anomalie]:
    fautes = []
    for nom, libelle in (("preavis_mois", "Préavis"), ("essai_mois", "Période d'essai")):
        mois = getattr(contenu, nom)
        if mois is not None and not 0 <= mois <= MOIS_MAX:
            fautes.append(refuse(nom, libelle, f"« {mois} » n'est pas une durée.", f"De 0 à {MOIS_MAX} mois."))
    for nom in ("retour_agents", "couts_restants", "revoyure_objet", "service_nouveau"):
        if len(getattr(contenu, nom)) > CLAUSE_MAX:
            libelle = ClausesScenario._meta.get_field(nom).verbose_name
            fautes.append(refuse(nom, libelle, "le texte est trop long.", f"{CLAUSE_MAX} caractères au plus."))
    if contenu.revoyure_le is not None and not ANNEES[0] <= contenu.revoyure_le.year <= ANNEES[1]:
        fautes.append(refuse("revoyure_le", "Clause de revoyure", "cette date n'est pas possible.", "Corrigez-la."))
    return fautes


@transaction.atomic
def resume_profondeur(*, acteur: Acteur, instant: datetime, scenario: Scenario, source: Scenario) -> None:
    """Begin a draft that says nothing yet from another scenario of the same dossier. Errors: Conflit."""
    row = lock_brouillon(acteur, scenario)
    if source.dossier_id != row.dossier_id or source.pk == row.pk:
        raise Conflit("Choisissez un autre scénario du même dossier.")
    if Volet.objects.filter(scenario=row).exists() or any(m.objects.filter(scenario=row).exists() for m in CONTENUS):
        raise Conflit("Ce scénario dit déjà quelque chose : complétez-le partie par partie.")
    copy_profondeur(source, row)
    phrase = f"a repris, pour le scénario {row.lettre} du dossier « {row.dossier.titre} », ce que dit en profondeur "
    phrase += f"le scénario {source.lettre}"
    journalise(acteur, instant, row.dossier, "scenario.profondeur_reprise", phrase)
