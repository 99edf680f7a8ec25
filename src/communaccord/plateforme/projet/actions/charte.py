"""The charte: opened, its parts written, adopted, then joined and left by élus."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.projet.actions.cadre import check_decision, sign
from communaccord.plateforme.projet.enums.cadre import EtatCharte, Partie
from communaccord.plateforme.projet.lecture.charte import compute_empreinte, read_parties, write_parties
from communaccord.plateforme.projet.models import Adhesion, Charte, PartieCharte
from communaccord.plateforme.projet.queries.cadre import find_cadre, list_communes
from communaccord.plateforme.projet.queries.charte import list_parties
from communaccord.plateforme.projet.queries.plan import read_arbre
from communaccord.plateforme.projet.rules.cadre import may_join, may_validate, may_write
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import enumeration

DEJA_EN_COURS = "Un projet de charte est déjà en cours : continuez celui-là."
ADOPTEE = "Cette charte est adoptée : son texte ne change plus. Ouvrez la version suivante pour le faire évoluer."


class PartiePerimee(Conflit):
    """Somebody else wrote this part meanwhile; ``actuelle`` is its row now, None when the proposed text was taken."""

    def __init__(self, actuelle: PartieCharte | None) -> None:
        qui = actuelle.modifie_par if actuelle else "quelqu'un d'autre"
        super().__init__(
            f"Pendant que vous écriviez, {qui} a changé cette partie. Rien n'a été écrasé : comparez, gardez ce qui "
            "convient, puis enregistrez de nouveau."
        )
        self.actuelle = actuelle


def read_proposees(acteur: Acteur) -> dict[str, str]:
    """The text that the frame and the plan propose today, by part."""
    orientations = read_arbre(acteur.demarche)
    return write_parties(find_cadre(acteur.demarche), orientations, list_communes(acteur), acteur.demarche.nom_epci)


@transaction.atomic
def start_charte(*, acteur: Acteur, instant: datetime) -> Charte:
    """Open a project; after an adopted version, it begins with the words of that version."""
    require(may_write(acteur, acteur.demarche_id))
    last = Charte.objects.filter(demarche_id=acteur.demarche_id).adopted().first()
    try:
        with transaction.atomic():
            charte = Charte.objects.create(
                demarche=acteur.demarche,
                numero=last.numero + 1 if last else 1,
                creee_par=acteur.nom[:250],
                creee_le=instant,
            )
    except IntegrityError as error:
        raise Conflit(DEJA_EN_COURS) from error
    if last is not None:
        keep_words(acteur, instant, charte, last)
    phrase = f"a ouvert le projet de charte de mutualisation, version {charte.numero}"
    journalise(acteur, instant, charte, "ouverte", phrase, Portee.ELUS)
    return charte


def keep_words(acteur: Acteur, instant: datetime, charte: Charte, last: Charte) -> None:
    """Parts of the adopted version that differ from what is proposed today; the others stay generated."""
    proposees = read_proposees(acteur)
    PartieCharte.objects.bulk_create(
        PartieCharte(charte=charte, cle=cle, texte=texte, source=proposees[cle], **sign(acteur, instant))
        for cle, texte in last.contenu.items()
        if cle in proposees and texte and texte != proposees[cle]
    )


@transaction.atomic
def write_partie(
    *, acteur: Acteur, instant: datetime, charte: Charte, cle: str, version: int, texte: str
) -> PartieCharte:
    """Write a part over the version that was read (0: the generated text). Errors: PartiePerimee.

    The text that is proposed now is kept beside it: when it moves, the page tells.
    """
    require(may_write(acteur, charte.demarche_id))
    check_modifiable(charte)
    partie = get_partie(cle)
    if not texte.strip():
        raise Conflit("Une partie de la charte n'est pas vide : écrivez-la, ou reprenez le texte proposé.")
    values = {"texte": texte.strip(), "source": read_proposees(acteur)[partie], **sign(acteur, instant)}
    if not save_partie(charte, partie, version, values):
        raise PartiePerimee(PartieCharte.objects.filter(charte=charte, cle=partie).first())
    phrase = f"a écrit la partie « {partie.label} » du projet de charte"
    journalise(acteur, instant, charte, "ecrite", phrase, Portee.ELUS)
    return PartieCharte.objects.get(charte=charte, cle=partie)


def save_partie(charte: Charte, partie: Partie, version: int, values: Mapping[str, object]) -> bool:
    """False, and nothing written, when the part is not at this version."""
    if version:
        rows = PartieCharte.objects.filter(charte=charte, cle=partie, version=version)
        return bool(rows.update(**values, version=F("version") + 1))
    try:
        with transaction.atomic():
            PartieCharte.objects.create(charte=charte, cle=partie, **values)
    except IntegrityError:
        return False
    return True


def get_partie(cle: str) -> Partie:
    if cle not in Partie.values:
        raise Conflit("Cette partie de la charte n'existe pas : revenez à la page de la charte.")
    return Partie(cle)


@transaction.atomic
def take_proposition(*, acteur: Acteur, instant: datetime, charte: Charte, cle: str, version: int) -> None:
    """Drop what people wrote of a part: it is again the generated text, and follows the frame."""
    require(may_write(acteur, charte.demarche_id))
    check_modifiable(charte)
    partie = get_partie(cle)
    gone, _ = PartieCharte.objects.filter(charte=charte, cle=partie, version=version).delete()
    if not gone:
        raise PartiePerimee(PartieCharte.objects.filter(charte=charte, cle=partie).first())
    phrase = f"a repris le texte proposé pour la partie « {partie.label} » du projet de charte"
    journalise(acteur, instant, charte, "reprise", phrase, Portee.ELUS)


@transaction.atomic
def keep_partie(*, acteur: Acteur, instant: datetime, charte: Charte, cle: str, version: int) -> None:
    """Keep what people wrote although the frame has moved: the notice goes until it moves again."""
    require(may_write(acteur, charte.demarche_id))
    check_modifiable(charte)
    partie = get_partie(cle)
    rows = PartieCharte.objects.filter(charte=charte, cle=partie, version=version)
    if not rows.update(source=read_proposees(acteur)[partie], version=F("version") + 1):
        raise PartiePerimee(PartieCharte.objects.filter(charte=charte, cle=partie).first())
    phrase = f"a gardé, après relecture, la partie « {partie.label} » du projet de charte"
    journalise(acteur, instant, charte, "gardee", phrase, Portee.ELUS)


def check_modifiable(charte: Charte) -> None:
    """Hold the row until the end of the act; Conflit once it is adopted."""
    row = Charte.objects.select_for_update(of=("self",)).get(pk=charte.pk)
    if row.est_adoptee:
        raise Conflit(ADOPTEE)


@transaction.atomic
def adopt_charte(*, acteur: Acteur, instant: datetime, charte: Charte, lu: str, jour: date, instance: str) -> Charte:
    """Record that ``instance`` adopted the charte on ``jour``: the text is frozen with its hash.

    ``lu``: the hash of the text that was read; Conflit when it changed meanwhile, or when a part is still empty.
    """
    require(may_validate(acteur, charte.demarche_id))
    check_modifiable(charte)
    nom = check_decision(acteur, instant, jour, instance)
    check_suite(charte, jour)
    parties = read_parties(read_proposees(acteur), list_parties(acteur, charte))
    if vides := [f"« {partie.titre} »" for partie in parties if not partie.texte]:
        raise Conflit(f"Avant d'adopter la charte, écrivez {enumeration(vides)}.")
    contenu = {partie.cle: partie.texte for partie in parties}
    empreinte = compute_empreinte(contenu)
    if empreinte != lu:
        raise Conflit("Le texte de la charte a changé depuis que vous l'avez lu : relisez-le, puis notez l'adoption.")
    rows = Charte.objects.filter(pk=charte.pk, etat=EtatCharte.BROUILLON)
    rows.update(
        etat=EtatCharte.ADOPTEE,
        cadre=find_cadre(acteur.demarche),
        contenu=contenu,
        adoptee_le=jour,
        instance=nom,
        empreinte=empreinte,
    )
    charte.refresh_from_db()
    phrase = f"a noté l'adoption de la charte de mutualisation, version {charte.numero} : {nom}, le {write_date(jour)}"
    journalise(acteur, instant, charte, "adoptee", phrase, Portee.TABLE)
    return charte


def check_suite(charte: Charte, jour: date) -> None:
    """Versions are adopted in the order of time."""
    previous = Charte.objects.filter(demarche_id=charte.demarche_id).adopted().first()
    if previous is not None and jour < previous.adoptee_le:
        quand = write_date(previous.adoptee_le)
        raise Conflit(f"La version {previous.numero} a été adoptée le {quand} : celle-ci ne peut l'avoir été avant.")


@transaction.atomic
def join_charte(*, acteur: Acteur, instant: datetime, charte: Charte) -> Adhesion:
    """Declare that one read the adopted charte and commits on its basis. Conflit when it was already said."""
    require(may_join(acteur, charte))
    if Charte.objects.filter(demarche_id=charte.demarche_id, numero__gt=charte.numero).adopted().exists():
        raise Conflit("Une version plus récente de la charte est adoptée : lisez-la, puis rejoignez celle-là.")
    try:
        with transaction.atomic():
            adhesion = Adhesion.objects.create(
                charte=charte,
                personne_id=acteur.personne_id,
                mandat_id=acteur.mandat_id,
                qui=acteur.nom[:250],
                declaree_le=instant,
            )
    except IntegrityError as error:
        raise Conflit("Vous avez déjà rejoint cette charte.") from error
    phrase = f"a rejoint la charte de mutualisation, version {charte.numero}"
    journalise(acteur, instant, charte, "rejointe", phrase, Portee.PERSONNE)
    return adhesion


@transaction.atomic
def leave_charte(*, acteur: Acteur, instant: datetime, charte: Charte) -> None:
    """Take back one's declaration: its author alone can read that it was made."""
    require(may_join(acteur, charte))
    mine = Adhesion.objects.in_force().filter(charte=charte, personne_id=acteur.personne_id)
    if not mine.update(retiree_le=instant):
        raise Conflit("Vous n'avez pas rejoint cette charte, ou vous l'avez déjà quittée.")
    phrase = f"a retiré son adhésion à la charte de mutualisation, version {charte.numero}"
    journalise(acteur, instant, charte, "quittee", phrase, Portee.PERSONNE)


def journalise(acteur: Acteur, instant: datetime, charte: Charte, fait: str, phrase: str, portee: Portee) -> None:
    record_acte(acteur=acteur, instant=instant, verbe=f"charte.{fait}", phrase=phrase, portee=portee, objet=charte)
