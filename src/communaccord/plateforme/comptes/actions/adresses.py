"""The address that reaches somebody: the account it opens, and who is told when it changes or when a mairie grows."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.codes import forget_code
from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.comptes.models import Compte, Mandat, Personne
from communaccord.plateforme.courrier.actions import post_courriel
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.typographie import prose
from communaccord.plateforme.territoires.models import Demarche

ADMINISTRATION_FICTIVE = (
    "Cette adresse est celle d'une personne qui administre le site : elle n'entre pas dans une démarche fictive. "
    "Donnez une autre adresse."
)
SUJET_ADRESSE = "L'adresse d'une personne a changé"
COURRIEL_ADRESSE = """Bonjour,

L'équipe projet ({qui}) vient de changer l'adresse électronique qui joint {nom}, dans la démarche « {epci} ». \
L'ancienne et la nouvelle adresse reçoivent ce message ; seule la nouvelle ouvre désormais cet accès. Le code \
personnel, s'il y en avait un, est effacé : il en faudra un autre.

Si vous n'avez rien demandé, dites-le à la présidence de l'intercommunalité.

Commun Accord
"""
SUJET_MAIRIE = "Une personne de plus agit pour {commune}"
COURRIEL_MAIRIE = """Bonjour,

L'équipe projet ({qui}) vient d'ajouter {nom} ({role}) à celles et ceux qui agissent pour {commune}, dans la démarche \
« {epci} » : cette personne lit ce que votre mairie prépare et ce qui lui est dit à elle seule.

Si ce n'est pas quelqu'un de votre mairie, dites-le à la présidence de l'intercommunalité.

Commun Accord
"""


def change_adresse(*, acteur: Acteur, instant: datetime, personne: Personne, courriel: str) -> bool:
    """Save the person with this address and its account; whether it is another one: the code is then erased."""
    before, personne.courriel = personne.courriel, courriel.lower()
    personne.compte = link_compte(courriel, acteur.demarche)
    personne.save(update_fields=["nom", "courriel", "compte"])
    if personne.courriel == before:
        return False
    forget_code(personne)
    corps = COURRIEL_ADRESSE.format(qui=acteur.nom, nom=personne.nom, epci=acteur.demarche)
    for rang, adresse in enumerate((before, personne.courriel) if before else ()):
        post_courriel(
            cle=f"adresse:{personne.pk}:{rang}:{instant:%Y%m%d%H%M%S}",
            adresse=adresse,
            sujet=SUJET_ADRESSE,
            corps=prose(corps),
            instant=instant,
            demarche_id=acteur.demarche_id,
        )
    return True


def tell_mairie(acteur: Acteur, instant: datetime, mandat: Mandat) -> None:
    """Write to those who act already for the commune, once invited, that somebody joins them."""
    if mandat.role not in MAIRIE or mandat.commune is None:
        return
    invited = Q(personne__invitee_le__isnull=False) | Q(personne__compte__last_login__isnull=False)
    others = Mandat.objects.filter(invited, commune=mandat.commune, role__in=MAIRIE, fin__isnull=True)
    adresses = others.exclude(personne=mandat.personne).values_list("personne__courriel", flat=True)
    corps = COURRIEL_MAIRIE.format(
        qui=acteur.nom,
        nom=mandat.personne.nom,
        role=mandat.get_role_display(),
        commune=mandat.commune.nom,
        epci=acteur.demarche,
    )
    for rang, adresse in enumerate(sorted(set(adresses))):
        post_courriel(
            cle=f"mairie:{mandat.pk}:{rang}:{instant:%Y%m%d%H%M%S}",
            adresse=adresse,
            sujet=SUJET_MAIRIE.format(commune=mandat.commune.nom),
            corps=prose(corps),
            instant=instant,
            demarche_id=acteur.demarche_id,
        )


def link_compte(courriel: str, demarche: Demarche) -> Compte | None:
    """The account of an address, made when there is none: without a password, opened by the code sent there."""
    if not courriel:
        return None
    compte = Compte.objects.filter(email=courriel.lower()).first()
    if compte is None:
        return Compte.objects.create_user(courriel)
    if compte.is_staff and demarche.fictive:
        raise Conflit(ADMINISTRATION_FICTIVE)
    if not compte.is_staff:
        forget_keys_unproved(compte)
    return compte


def forget_keys_unproved(compte: Compte) -> None:
    """While no code received at the address was ever given, a password or a key may be those of anybody: they go."""
    if compte.emailaddress_set.filter(verified=True).exists():
        return
    compte.set_unusable_password()  # sessions are signed with it: those that are open end too
    compte.save(update_fields=["password"])
    Authenticator.objects.filter(user=compte).delete()
