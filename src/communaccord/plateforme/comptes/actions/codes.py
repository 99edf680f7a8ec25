"""Personal codes: made by the équipe projet, replaced by the one who uses it; both are written down and told."""

from datetime import datetime

from django.db import transaction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.actions.personnes import check_same_demarche
from communaccord.plateforme.comptes.codes import CodeRefuse, check_code_pose, draw_code, normalize_code, set_code
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.comptes.rules import may_replace_code, may_reset_code, may_use_provisoire
from communaccord.plateforme.courrier.actions import post_courriel
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import require
from communaccord.plateforme.socle.typographie import prose

PAREIL = "Ce code est celui que vous remplacez : choisissez-en un autre."
COURRIEL_POSE = """Bonjour,

L'équipe projet ({qui}) vient de faire un code personnel provisoire pour {nom}, dans la démarche « {epci} ». Il vous \
est remis en main propre ou par lettre. L'ancien code, s'il y en avait un, ne sert plus.

À la première utilisation vous choisissez le vôtre : tant que ce n'est pas fait, ce code ne valide rien. Si vous \
n'avez rien demandé, dites-le à la présidence de l'intercommunalité.

Commun Accord
"""
COURRIEL_REMPLACE = """Bonjour,

Le code personnel de {nom}, dans la démarche « {epci} », vient d'être choisi ou remplacé sur le site. Si ce n'était \
pas vous, prévenez l'équipe projet sans attendre.

Commun Accord
"""


@transaction.atomic
def reset_code(*, acteur: Acteur, instant: datetime, personne: Personne) -> str:
    """Make a provisional code and return it, to be shown once; the former one no longer opens anything."""
    check_same_demarche(acteur, personne)
    mandats = list(personne.mandats.select_related("commune"))
    roles = frozenset(mandat.role for mandat in mandats)
    require(may_reset_code(acteur, roles=roles, compte_id=personne.compte_id))
    code = draw_code()
    poseur = acteur.mandat.personne.compte_id if acteur.mandat else None
    set_code(personne=personne, code=code, instant=instant, provisoire=True, compte_id=poseur)
    commune_id = next((mandat.commune_id for mandat in mandats if mandat.commune_id), None)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="reset_code",
        phrase=f"a fait un code personnel provisoire pour {personne.nom}",
        portee=Portee.COMMUNE if commune_id else Portee.EQUIPE,
        objet=personne,
        commune_id=commune_id,
    )
    tell(personne, instant, "code-pose", COURRIEL_POSE.format(qui=acteur.nom, nom=personne.nom, epci=acteur.demarche))
    return code


def replace_code(*, acteur: Acteur, instant: datetime, ancien: str, nouveau: str) -> None:
    """Choose one's own code, by giving the one that is replaced (a miss counts, as anywhere else)."""
    require(may_replace_code(acteur))
    personne = Personne.objects.get(pk=acteur.personne_id)
    require(may_use_provisoire(acteur, pose_par_id=personne.code_pose_par_id))
    check_code_pose(personne, ancien, instant)
    if normalize_code(ancien) == normalize_code(nouveau):
        raise CodeRefuse(PAREIL)
    with transaction.atomic():
        set_code(personne=personne, code=nouveau, instant=instant, provisoire=False)
        record_acte(
            acteur=acteur,
            instant=instant,
            verbe="replace_code",
            phrase="a choisi son code personnel",
            portee=Portee.COMMUNE if acteur.commune_id else Portee.PERSONNE,
            objet=personne,
        )
        tell(personne, instant, "code-remplace", COURRIEL_REMPLACE.format(nom=personne.nom, epci=acteur.demarche))


def tell(personne: Personne, instant: datetime, genre: str, corps: str) -> None:
    post_courriel(
        cle=f"{genre}:{personne.pk}:{instant:%Y%m%d%H%M%S}",
        adresse=personne.courriel,
        sujet="Code personnel : un changement",
        corps=prose(corps),
        instant=instant,
        demarche_id=personne.demarche_id,
    )
