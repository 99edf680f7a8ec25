"""Invitations: a message that says what awaits and where; it holds no secret, the address itself is the key."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.actions.personnes import check_same_demarche
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.comptes.queries import select_a_inviter
from communaccord.plateforme.comptes.rules import may_manage_personnes
from communaccord.plateforme.courrier.actions import post_courriel
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel, prose
from communaccord.plateforme.territoires.models import Demarche
from communaccord.plateforme.territoires.rules import may_invite

SANS_ADRESSE = "{nom} n'a pas d'adresse électronique : donnez-en une, ou imprimez la lettre d'invitation."
SUJET = "Invitation à la démarche de mutualisation : {epci}"
CORPS = """Bonjour,

L'équipe projet de {epci} prépare avec les communes la mutualisation de leurs services, sur le site Commun Accord. \
Elle vous y invite en qualité de : {qualites}.
{fictif}
Pour entrer, ouvrez cette page et donnez l'adresse à laquelle vous recevez ce message ; un code de six chiffres vous y \
est envoyé aussitôt. Il n'y a pas de mot de passe à retenir.

{adresse}

Ce message ne contient aucun secret : il peut être transmis, mais seule votre adresse ouvre votre accès. \
Une question ? L'équipe projet de l'intercommunalité vous répond.

Commun Accord
"""
FICTIF = "\nAttention : ce territoire est inventé (fictif), pour la démonstration.\n"


@transaction.atomic
def invite_personne(*, acteur: Acteur, instant: datetime, personne: Personne, adresse_site: str) -> None:
    """Send (or send again) the invitation; refused while the démarche waits for its confirmation."""
    require(may_manage_personnes(acteur))
    require(may_invite(acteur.demarche))
    check_same_demarche(acteur, personne)
    if not personne.courriel:
        raise Conflit(SANS_ADRESSE.format(nom=personne.nom))
    send_invitation(acteur, instant, personne, adresse_site)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="invite_personne",
        phrase=f"a invité {personne.nom}",
        portee=Portee.EQUIPE,
        objet=personne,
    )


@transaction.atomic
def invite_mandats(*, acteur: Acteur, instant: datetime, adresse_site: str) -> int:
    """Invite at once all those who have an address and were never invited; how many."""
    require(may_manage_personnes(acteur))
    require(may_invite(acteur.demarche))
    waiting = list(select_a_inviter(acteur).with_mandats())
    for personne in waiting:
        send_invitation(acteur, instant, personne, adresse_site)
    if waiting:
        phrase = f"a invité {pluriel(len(waiting), 'personne')}"
        record_acte(acteur=acteur, instant=instant, verbe="invite_mandats", phrase=phrase, portee=Portee.EQUIPE)
    return len(waiting)


def send_invitation(acteur: Acteur, instant: datetime, personne: Personne, adresse_site: str) -> None:
    demarche = acteur.demarche
    post_courriel(
        cle=f"invitation:{personne.pk}:{instant:%Y%m%d%H%M}",
        adresse=personne.courriel,
        sujet=SUJET.format(epci=demarche.nom_epci),
        corps=write_corps(personne, demarche, adresse_site),
        instant=instant,
        demarche_id=demarche.pk,
    )
    Personne.objects.filter(pk=personne.pk).update(invitee_le=instant)


def write_corps(personne: Personne, demarche: Demarche, adresse_site: str) -> str:
    texte = CORPS.format(
        epci=demarche.nom_epci,
        qualites=", ".join(write_qualites(personne)),
        adresse="{adresse}",
        fictif=FICTIF if demarche.fictive else "",
    )
    return prose(texte).replace("{adresse}", adresse_site)


def write_qualites(personne: Personne) -> Iterable[str]:
    for mandat in personne.mandats.all():
        qualite = str(mandat)
        is_named = mandat.commune is None or mandat.commune.nom in qualite
        yield qualite if is_named else f"{qualite} ({mandat.commune.nom})"
