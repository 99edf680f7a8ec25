"""A démarche founded by somebody, then confirmed: by the letter sent to the seat, or by who administers the site."""

from datetime import date, datetime

from django.db import transaction

from communaccord.plateforme.comptes.acteurs import Acteur, build_acteur, build_administration
from communaccord.plateforme.comptes.codes import check_code_pose, draw_code, put_code
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte, Confirmation, Mandat, Personne
from communaccord.plateforme.comptes.noms import write_maire
from communaccord.plateforme.comptes.rules import may_administer, may_confirm_by_code
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.actions import close_demarche, confirm_demarche, create_demarche
from communaccord.plateforme.territoires.enums import EtatDemarche
from communaccord.plateforme.territoires.models import Demarche, Epci
from communaccord.plateforme.territoires.queries import list_communes

PAR_LETTRE = "code de la lettre envoyée au siège"
SANS_LETTRE = (
    "Aucune lettre n'est encore partie : demandez à qui administre ce site d'envoyer le code au siège de "
    "l'intercommunalité."
)


@transaction.atomic
def found_demarche(
    *,
    compte: Compte,
    instant: datetime,
    epci: Epci,
    nom: str,
    fonction: str,
    role: Role = Role.EQUIPE_PROJET,
    approbation_visee: date | None = None,
) -> Mandat:
    """Create the démarche of a territory and its first member of the équipe projet; it waits to be confirmed.

    Each commune is given a mayor to complete, without a name nor an address: the rounds address communes.
    """
    demarche = create_demarche(epci=epci, instant=instant, approbation_visee=approbation_visee)
    jour = get_jour(instant, demarche.fuseau)
    personne = Personne.objects.create(demarche=demarche, compte=compte, nom=nom, courriel=compte.email)
    mandat = Mandat.objects.create(personne=personne, role=role, fonction=fonction, debut=jour)
    communes = list_communes(demarche)
    maires = Personne.objects.bulk_create(Personne(demarche=demarche, nom=write_maire(c.nom)) for c in communes)
    Mandat.objects.bulk_create(
        Mandat(personne=maire, role=Role.MAIRE, commune=commune, debut=jour)
        for maire, commune in zip(maires, communes, strict=True)
    )
    acteur = build_acteur(mandat)
    phrase = f"a ouvert la démarche « {demarche} », qui attend sa confirmation"
    record_acte(
        acteur=acteur, instant=instant, verbe="found_demarche", phrase=phrase, portee=Portee.TABLE, objet=demarche
    )
    return mandat


@transaction.atomic
def draw_code_confirmation(*, compte: Compte, instant: datetime, demarche: Demarche) -> str:
    """A new code for the letter to the seat, shown to the administration alone: the founder must not know it."""
    require(may_administer(compte))
    if demarche.etat != EtatDemarche.A_CONFIRMER:
        raise Conflit("Cette démarche n'attend plus sa confirmation : la lettre est inutile.")
    confirmation, _ = Confirmation.objects.get_or_create(demarche=demarche)
    code = draw_code()
    put_code(confirmation, code, instant)
    record_acte(
        acteur=build_administration(demarche),
        instant=instant,
        verbe="draw_code_confirmation",
        phrase="a édité la lettre de confirmation, pour le siège de l'intercommunalité",
        portee=Portee.EQUIPE,
        objet=demarche,
    )
    return code


def confirm_by_code(*, acteur: Acteur, instant: datetime, code: str) -> None:
    """Confirm with the code of the letter; a miss counts, five close the code for a quarter of an hour."""
    require(may_confirm_by_code(acteur))
    confirmation = Confirmation.objects.filter(demarche_id=acteur.demarche_id).first()
    if confirmation is None:
        raise Conflit(SANS_LETTRE)
    check_code_pose(confirmation, code, instant)
    confirm_demarche(acteur=acteur, instant=instant, demarche=acteur.demarche, comment=PAR_LETTRE)


def confirm_by_administration(*, compte: Compte, instant: datetime, demarche: Demarche, comment: str) -> None:
    """Confirm after one's own check, said in ``comment``."""
    require(may_administer(compte))
    acteur = build_administration(demarche)
    confirm_demarche(acteur=acteur, instant=instant, demarche=demarche, comment=comment)


def refuse_by_administration(*, compte: Compte, instant: datetime, demarche: Demarche, motif: str) -> None:
    require(may_administer(compte))
    close_demarche(acteur=build_administration(demarche), instant=instant, demarche=demarche, motif=motif)
