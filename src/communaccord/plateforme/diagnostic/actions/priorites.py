"""The choice of priorities: prepared by the équipe projet, one ballot a commune, closed once and for all.

A ballot is read by its mairie alone. The result is counts, frozen at the closing; there is no opening again: two
results one ballot apart would tell that ballot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur, build_horloge
from communaccord.plateforme.diagnostic.actions.communs import EditionConcurrente, SaisieRefusee
from communaccord.plateforme.diagnostic.actions.lettres import list_mandats, post_lettres
from communaccord.plateforme.diagnostic.calculs.priorites import Agregation, aggregate, map_rangs
from communaccord.plateforme.diagnostic.enums import (
    BULLETINS_MINIMAUX,
    MENTIONS,
    TRANSITIONS_PRIORISATION,
    EtatPriorisation,
    ModePriorisation,
)
from communaccord.plateforme.diagnostic.models import (
    BulletinPriorites,
    Campagne,
    OptionPriorite,
    Priorisation,
    ResultatPriorites,
)
from communaccord.plateforme.diagnostic.rules import can_conduct, can_vote
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import accord, pluriel
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.territoires.models import CommuneMembre

MAX_OPTIONS = 60
MAX_POINTS = 100
DEJA_UNE = "Un choix des priorités est déjà en cours : terminez-le avant d'en préparer un autre."
FERME = "Ce choix des priorités est clos : les bulletins ne changent plus."
PAS_OUVERT = "Ce choix des priorités est encore en préparation : les bulletins se rempliront à son ouverture."
OUVERT = "Les mairies choisissent déjà : les options ne changent plus."
VIENT_DE_CHANGER = "Quelqu'un vient de changer l'état de ce choix des priorités : relisez la page avant d'agir."
DATE_PASSEE = "Le dernier jour est déjà passé : choisissez-en un autre avant d'ouvrir."


@dataclass(frozen=True, slots=True)
class ContenuPriorisation:
    """What is asked. ``options``: (words, key of the service or nothing), in the order shown."""

    titre: str
    question: str
    mode: str
    fin: date
    options: tuple[tuple[str, str], ...]
    points: int = 10


def list_fautes(contenu: ContenuPriorisation) -> dict[str, str]:
    """What cannot be kept, by field, as sentences; empty when all is well."""
    fautes = {}
    if not 0 < len(contenu.titre.strip()) <= 150:
        fautes["titre"] = "Donnez un titre, en 150 caractères au plus."
    if not 0 < len(contenu.question.strip()) <= 300:
        fautes["question"] = "Écrivez la question posée aux communes, en 300 caractères au plus."
    if contenu.mode not in ModePriorisation.values:
        fautes["mode"] = "Choisissez des mentions ou des points."
    if not 1 <= contenu.points <= MAX_POINTS:
        fautes["points"] = f"Donnez entre 1 et {MAX_POINTS} points à chaque commune."
    faute = find_faute_options([libelle for libelle, _ in contenu.options])
    return fautes | ({"options": faute} if faute else {})


def find_faute_options(libelles: Sequence[str]) -> str:
    """What is wrong with the list of options; empty when nothing is."""
    if not 2 <= len(libelles) <= MAX_OPTIONS:
        return f"Écrivez entre 2 et {MAX_OPTIONS} options, une par ligne ; il y en a {len(libelles)}."
    for libelle in libelles:
        if not 0 < len(libelle.strip()) <= 200:
            return f"Gardez 200 caractères au plus par option : « {libelle[:40]}… » est trop longue."
    folded = [" ".join(libelle.casefold().split()) for libelle in libelles]
    double = next((libelle for libelle, one in zip(libelles, folded, strict=True) if folded.count(one) > 1), "")
    return f"« {double} » est écrite deux fois : gardez-la une seule fois." if double else ""


def check_contenu(contenu: ContenuPriorisation) -> dict[str, object]:
    """The columns to write. Errors: SaisieRefusee."""
    if fautes := list_fautes(contenu):
        raise SaisieRefusee(fautes)
    return {
        "titre": contenu.titre.strip(),
        "question": contenu.question.strip(),
        "mode": contenu.mode,
        "points": contenu.points,
        "fin": contenu.fin,
    }


@transaction.atomic
def create_priorisation(
    *, acteur: Acteur, instant: datetime, campagne: Campagne, contenu: ContenuPriorisation
) -> Priorisation:
    """Prepare a choice on this état des lieux. Errors: ActionRefusee, SaisieRefusee, Conflit when one is under way."""
    require(can_conduct(acteur, campagne.demarche_id))
    values = check_contenu(contenu)
    try:
        with transaction.atomic():
            priorisation = Priorisation.objects.create(campagne=campagne, creee_le=instant, **values)
    except IntegrityError as error:
        raise Conflit(DEJA_UNE) from error
    write_options(priorisation, contenu)
    journalise(acteur, instant, priorisation, "preparee", "a préparé le choix des priorités", Portee.EQUIPE)
    return priorisation


@transaction.atomic
def edit_priorisation(
    *, acteur: Acteur, instant: datetime, priorisation: Priorisation, version: int, contenu: ContenuPriorisation
) -> Priorisation:
    """Rewrite what is asked, before the opening, over the version that was read.

    Errors: ActionRefusee, SaisieRefusee, EditionConcurrente, Conflit once it is open.
    """
    require(can_conduct(acteur, priorisation.demarche_id))
    values = check_contenu(contenu)
    locked = lock_priorisation(priorisation)
    if locked.etat != EtatPriorisation.PREPARATION:
        raise Conflit(OUVERT)
    rows = Priorisation.objects.filter(pk=locked.pk, version=version)
    if not rows.update(**values, version=F("version") + 1):
        raise EditionConcurrente(locked, "quelqu'un d'autre de l'équipe projet")
    write_options(locked, contenu)
    after = lock_priorisation(locked)
    journalise(acteur, instant, after, "modifiee", "a modifié le choix des priorités", Portee.EQUIPE)
    return after


def write_options(priorisation: Priorisation, contenu: ContenuPriorisation) -> None:
    """The list as it was given, in place of the one before."""
    OptionPriorite.objects.filter(priorisation=priorisation).delete()
    OptionPriorite.objects.bulk_create(
        OptionPriorite(priorisation=priorisation, rang=rang, libelle=libelle.strip(), service=service[:40])
        for rang, (libelle, service) in enumerate(contenu.options, start=1)
    )


@transaction.atomic
def open_priorisation(*, acteur: Acteur, instant: datetime, priorisation: Priorisation) -> Priorisation:
    """Open to the mairies: the options do not change any more; a letter to each."""
    require(can_conduct(acteur, priorisation.demarche_id))
    locked = lock_priorisation(priorisation)
    if locked.fin < get_jour(instant, locked.campagne.demarche.fuseau):
        raise Conflit(DATE_PASSEE)
    move_priorisation(locked, EtatPriorisation.OUVERTE, ouverte_le=instant)
    journalise(acteur, instant, locked, "ouverte", "a ouvert aux mairies le choix des priorités")
    post_ouverture(locked, instant)
    return locked


@transaction.atomic
def close_priorisation(*, acteur: Acteur, instant: datetime, priorisation: Priorisation) -> ResultatPriorites:
    """Close once and for all, and freeze what the ballots say together. The équipe projet, or the clock."""
    if not (acteur.est_horloge and acteur.demarche_id == priorisation.demarche_id):
        require(can_conduct(acteur, priorisation.demarche_id))
    locked = lock_priorisation(priorisation)
    move_priorisation(locked, EtatPriorisation.CLOSE, close_le=instant, close_par=acteur.nom[:250])
    bulletins = list(BulletinPriorites.objects.filter(priorisation=locked).deposited().values_list("choix", flat=True))
    resultat = ResultatPriorites.objects.create(
        priorisation=locked,
        bulletins=len(bulletins),
        communes=CommuneMembre.objects.filter(demarche_id=locked.demarche_id).count(),
        contenu=compute_contenu(locked, bulletins),
        calcule_le=instant,
    )
    compte = f"{pluriel(len(bulletins), 'commune')} {accord(len(bulletins), 'a', 'ont')} déposé un bulletin"
    journalise(acteur, instant, locked, "close", "a clos le choix des priorités", suite=f" : {compte}")
    return resultat


def compute_contenu(priorisation: Priorisation, bulletins: Sequence[Mapping[str, int]]) -> dict[str, object]:
    """Counts by option, ranks by both methods; nothing when there are fewer than five ballots."""
    if len(bulletins) < BULLETINS_MINIMAUX:
        return {}
    grades = count_grades(priorisation)
    read = [{int(option): note for option, note in bulletin.items()} for bulletin in bulletins]
    return dump_agregation(aggregate(read, grades), grades)


def count_grades(priorisation: Priorisation) -> int:
    """How many grades the scale has: the mentions, or from no point to all of them."""
    return priorisation.points + 1 if priorisation.est_a_points else len(MENTIONS)


def dump_agregation(agregation: Agregation, grades: int) -> dict[str, object]:
    majoritaire, borda = map_rangs(agregation.majoritaire), map_rangs(agregation.borda)
    return {
        "grades": grades,
        "memes": agregation.memes,
        "paires": agregation.paires,
        "options": {
            str(option): {
                "repartition": list(mesure.repartition),
                "mediane": mesure.mediane,
                "ont_la_mediane": mesure.ont_la_mediane,
                "bas": mesure.bas,
                "haut": mesure.haut,
                "borda": mesure.borda,
                "rang_majoritaire": majoritaire[option],
                "rang_borda": borda[option],
            }
            for option, mesure in sorted(agregation.mesures.items())
        },
    }


@transaction.atomic
def record_bulletin(
    *,
    acteur: Acteur,
    instant: datetime,
    priorisation: Priorisation,
    version: int,
    choix: Mapping[int, int],
    depose: bool,
) -> BulletinPriorites:
    """Keep the draft of one's commune, or deposit its ballot, over the version that was read (0: none yet).

    ``choix``: {pk of the option: grade}; a draft may be partial. Sent twice as it is, it is written once.
    Errors: ActionRefusee, SaisieRefusee, EditionConcurrente, Conflit when ballots do not change any more.
    """
    require(can_vote(acteur, priorisation.demarche_id))
    locked = lock_priorisation(priorisation)
    check_ouverte(locked, instant)
    kept = check_choix(locked, choix, depose=depose)
    bulletin = BulletinPriorites.objects.filter(priorisation=locked, commune_id=acteur.commune_id).first()
    if bulletin is not None and is_meme(bulletin, kept, depose=depose):
        return bulletin
    values = {"brouillon": kept, "ecrit_par": acteur.nom[:250], "ecrit_le": instant}
    if depose:
        values |= {"choix": kept, "depose_par": acteur.nom[:250], "depose_le": instant}
    written = write_bulletin(locked, acteur, version, bulletin, values)
    if depose:
        phrase = f"a déposé le bulletin de la commune au choix des priorités « {locked} »"
        record_acte(
            acteur=acteur,
            instant=instant,
            verbe="priorites.deposees",
            phrase=phrase,
            portee=Portee.COMMUNE,
            objet=written,
            commune_id=acteur.commune_id,
        )
    return written


def is_meme(bulletin: BulletinPriorites, kept: Mapping[str, int], *, depose: bool) -> bool:
    """Whether this is what is already written: a second click."""
    return bulletin.brouillon == kept and (not depose or (bulletin.depose_le is not None and bulletin.choix == kept))


def write_bulletin(
    priorisation: Priorisation,
    acteur: Acteur,
    version: int,
    bulletin: BulletinPriorites | None,
    values: Mapping[str, object],
) -> BulletinPriorites:
    """The one row of this commune, made or rewritten. Errors: EditionConcurrente."""
    mine = BulletinPriorites.objects.filter(priorisation=priorisation, commune_id=acteur.commune_id)
    if bulletin is None and version == 0:
        try:
            with transaction.atomic():
                return BulletinPriorites.objects.create(
                    priorisation=priorisation, commune_id=acteur.commune_id, **values
                )
        except IntegrityError:
            bulletin = mine.get()
    elif bulletin is not None and mine.filter(version=version).update(**values, version=F("version") + 1):
        return mine.get()
    raise EditionConcurrente(bulletin, bulletin.ecrit_par if bulletin else "quelqu'un d'autre de la mairie")


def check_choix(priorisation: Priorisation, choix: Mapping[int, int], *, depose: bool) -> dict[str, int]:
    """The ballot as it is kept. Errors: SaisieRefusee: what is missing, what is too much."""
    options = dict(OptionPriorite.objects.filter(priorisation=priorisation).values_list("pk", "libelle"))
    grades = count_grades(priorisation)
    if not all(option in options and 0 <= note < grades for option, note in choix.items()):
        raise SaisieRefusee({"bulletin": "Ce bulletin n'est pas celui de cette liste : rouvrez la page."})
    if not priorisation.est_a_points:
        manquent = [f"« {libelle} »" for option, libelle in options.items() if option not in choix]
        if depose and manquent:
            reste = f"Il manque une mention à {pluriel(len(manquent), 'option')} : {', '.join(manquent[:3])}"
            raise SaisieRefusee({"bulletin": f"{reste}{'…' if len(manquent) > 3 else ''}."})
        return {str(option): choix[option] for option in sorted(choix)}
    places = sum(choix.values())
    if places > priorisation.points:
        trop = pluriel(places - priorisation.points, "point")
        raise SaisieRefusee({"bulletin": f"Vous placez {trop} de trop : chaque commune en a {priorisation.points}."})
    if depose and places < priorisation.points:
        reste = pluriel(priorisation.points - places, "point")
        raise SaisieRefusee({"bulletin": f"Il vous reste {reste} à placer sur {priorisation.points}."})
    return {str(option): choix.get(option, 0) for option in sorted(options)}


def check_ouverte(priorisation: Priorisation, instant: datetime) -> None:
    """Conflit unless ballots are written now: after the last day they are not, whether the clock has passed or not."""
    if priorisation.etat == EtatPriorisation.PREPARATION:
        raise Conflit(PAS_OUVERT)
    late = priorisation.fin < get_jour(instant, priorisation.campagne.demarche.fuseau)
    if priorisation.etat == EtatPriorisation.CLOSE or late:
        raise Conflit(FERME)


def close_echues(instant: datetime) -> int:
    """What the clock does: close what had its last day. Number of choices closed; again, nothing more is done."""
    closed = 0
    for row in Priorisation.objects.filter(etat=EtatPriorisation.OUVERTE).with_campagne():
        if row.fin < get_jour(instant, row.campagne.demarche.fuseau):
            close_priorisation(acteur=build_horloge(row.campagne.demarche), instant=instant, priorisation=row)
            closed += 1
    return closed


def lock_priorisation(priorisation: Priorisation) -> Priorisation:
    """The row as it is now, held until the end of the transaction."""
    return Priorisation.objects.select_for_update(of=("self",)).with_campagne().get(pk=priorisation.pk)


def move_priorisation(priorisation: Priorisation, vers: EtatPriorisation, **values: object) -> None:
    """One change of state by the table of transitions: a conditional UPDATE."""
    avant = EtatPriorisation(priorisation.etat)
    if vers not in TRANSITIONS_PRIORISATION[avant]:
        raise Conflit(VIENT_DE_CHANGER)
    rows = Priorisation.objects.filter(pk=priorisation.pk, etat=avant)
    if not rows.update(etat=vers, version=F("version") + 1, **values):
        raise Conflit(VIENT_DE_CHANGER)
    priorisation.refresh_from_db()


def post_ouverture(priorisation: Priorisation, instant: datetime) -> int:
    """Tell every mairie that its ballot is there; number of letters asked."""
    campagne = priorisation.campagne
    fin = write_date(priorisation.fin, semaine=True)
    corps = (
        f"Votre commune choisit ses priorités : « {priorisation.titre} ». {priorisation.question}",
        f"Le bulletin de la commune se remplit jusqu'au {fin} inclus, et se change jusque-là. Votre mairie seule le "
        "lit ; à la clôture, chacun lit des nombres de communes, jamais le bulletin de l'une d'elles.",
    )
    sujet = f"{priorisation.titre} : le bulletin de votre commune"
    cle = f"priorites-{priorisation.pk}-ouverture"
    return post_lettres(campagne, instant, cle, sujet, corps, list_mandats(campagne, instant))


def journalise(
    acteur: Acteur,
    instant: datetime,
    priorisation: Priorisation,
    verbe: str,
    fait: str,
    portee: Portee = Portee.TABLE,
    suite: str = "",
) -> None:
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe=f"priorites.{verbe}",
        phrase=f"{fait} « {priorisation.titre} »{suite}",
        portee=portee,
        objet=priorisation,
    )
