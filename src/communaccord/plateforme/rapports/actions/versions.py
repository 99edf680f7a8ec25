"""Freezing a version of the rapport, and its validation by the president."""

from datetime import datetime

from django.db import IntegrityError, transaction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.rapports.actions.communs import journalise, open_rapport
from communaccord.plateforme.rapports.models import Rapport, RetraitValidation, ValidationVersion, VersionRapport
from communaccord.plateforme.rapports.pages.contenu import build_contenu, compute_empreinte
from communaccord.plateforme.rapports.queries import Sources, list_parties, read_textes
from communaccord.plateforme.rapports.rules import check_demarche, may_prepare, may_validate
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel

CONCURRENTE = "Quelqu'un d'autre vient de figer une version : relisez la liste."
DEJA = "Cette version est déjà validée."
DEPASSEE = "Une version plus récente existe : relisez-la, et validez celle qui convient."
VIDE = "Rien n'a changé depuis la version {numero} : elle dit déjà tout cela."
INCOMPLETE = "Il manque encore {points} à cette version : validez-la en le sachant, ou attendez la suivante."
PAS_VALIDEE = "Cette version n'est pas validée, ou sa validation vient d'être retirée."
SANS_MOTIF = "Dites en quelques mots pourquoi la validation est retirée."
DEJA_ENVOYEE = (
    "Une validation se retire tant que rien n'est parti. Si le rapport a été transmis, figez une nouvelle version, "
    "validez-la et transmettez-la : elle remplace celle-ci."
)
MAX_MOTIF = 300


@transaction.atomic
def freeze_version(*, acteur: Acteur, instant: datetime, motif: str = "") -> VersionRapport:
    """Freeze the draft as it is now. Errors: Conflit when nothing changed since the last version, or by a race."""
    require(may_prepare(acteur))
    if len(motif) > MAX_MOTIF:
        raise Conflit(f"Dites en {MAX_MOTIF} caractères au plus pourquoi cette version.")
    rapport = Rapport.objects.select_for_update().get(pk=open_rapport(acteur, instant).pk)
    contenu = build_contenu(Sources(acteur.demarche), read_textes(list_parties(acteur.demarche)))
    empreinte = compute_empreinte(contenu)
    derniere = VersionRapport.objects.filter(rapport=rapport).order_by("-numero").first()
    if derniere is not None and derniere.empreinte == empreinte:
        raise Conflit(VIDE.format(numero=derniere.numero))
    try:
        with transaction.atomic():
            version = VersionRapport.objects.create(
                rapport=rapport,
                numero=derniere.numero + 1 if derniere else 1,
                contenu=contenu,
                empreinte=empreinte,
                motif=motif.strip(),
                mandat_id=acteur.mandat_id,
                figee_par=acteur.nom[:250],
                figee_le=instant,
            )
    except IntegrityError as error:
        raise Conflit(CONCURRENTE) from error
    phrase = f"a figé la version {version.numero} du rapport relatif aux mutualisations"
    journalise(acteur, instant, version, "rapport.version_figee", phrase, Portee.ELUS)
    return version


@transaction.atomic
def validate_version(
    *, acteur: Acteur, instant: datetime, version: VersionRapport, sciemment: bool = False
) -> ValidationVersion:
    """The president makes the last version theirs; ``sciemment``: knowing what it lacks.

    Errors: Conflit when it is done, when a later one exists, or when it lacks something and that was not accepted.
    """
    require(may_validate(acteur))
    require(check_demarche(acteur, version.rapport.demarche_id))
    Rapport.objects.select_for_update().get(pk=version.rapport_id)
    if VersionRapport.objects.filter(rapport_id=version.rapport_id, numero__gt=version.numero).exists():
        raise Conflit(DEPASSEE)
    points = version.compte_manques
    if points and not sciemment:
        raise Conflit(INCOMPLETE.format(points=pluriel(points, "point", "points")))
    values = {"mandat_id": acteur.mandat_id, "qui": acteur.nom[:250], "instant": instant, "malgre": points}
    validation, is_new = ValidationVersion.objects.get_or_create(version=version, defaults=values)
    if not is_new:
        raise Conflit(DEJA)
    phrase = f"a validé la version {version.numero} du rapport relatif aux mutualisations"
    phrase += f", en sachant qu'il y manque {pluriel(points, 'point', 'points')}" if points else ""
    journalise(acteur, instant, version, "rapport.version_validee", phrase, Portee.TABLE)
    return validation


@transaction.atomic
def withdraw_validation(
    *, acteur: Acteur, instant: datetime, version: VersionRapport, motif: str, rien_envoye: bool = False
) -> RetraitValidation:
    """The president takes a validation back, ``motif`` told; ``rien_envoye``: no letter has left, they say so.

    Errors: Conflit when it is not validated, without a reason, or when something may have been transmitted.
    """
    require(may_validate(acteur))
    require(check_demarche(acteur, version.rapport.demarche_id))
    Rapport.objects.select_for_update().get(pk=version.rapport_id)
    validation = ValidationVersion.objects.filter(version=version).first()
    if validation is None:
        raise Conflit(PAS_VALIDEE)
    if not motif.strip():
        raise Conflit(SANS_MOTIF)
    if len(motif) > MAX_MOTIF:
        raise Conflit(f"Dites en {MAX_MOTIF} caractères au plus pourquoi la validation est retirée.")
    if not rien_envoye:
        raise Conflit(DEJA_ENVOYEE)
    if not ValidationVersion.objects.filter(pk=validation.pk).withdraw():
        raise Conflit(PAS_VALIDEE)
    retrait = RetraitValidation.objects.create(
        version=version,
        mandat_id=acteur.mandat_id,
        qui=acteur.nom[:250],
        instant=instant,
        validee_par=validation.qui,
        validee_le=validation.instant,
        motif=motif.strip(),
    )
    phrase = f"a retiré sa validation de la version {version.numero} du rapport : {motif.strip()}"
    journalise(acteur, instant, version, "rapport.validation_retiree", phrase, Portee.TABLE)
    return retrait
