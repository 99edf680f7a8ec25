"""What nobody does in a real démarche: found it on an invented territory, open its doors, draw its map.

All the rest of the demo is written by the actions that people use.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import build_acteur
from communaccord.plateforme.comptes.actions.adresses import link_compte
from communaccord.plateforme.comptes.actions.personnes import Entree
from communaccord.plateforme.comptes.models import Compte, Mandat, Personne
from communaccord.plateforme.courrier.enums import EtatCourriel
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.demo.bridge import compute_sieges_fictifs
from communaccord.plateforme.demo.models import CarteFictive
from communaccord.plateforme.demo.reglages import DOMAINE, MOT_DE_PASSE
from communaccord.plateforme.demo.territoire import TerritoireFictif
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.cartes import project_contours
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.territoires.actions.demarche import MILLESIME, write_phases_calculees
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche
from communaccord.reference import normalize_nom


@transaction.atomic
def found_demarche_fictive(*, instant: datetime, territoire: TerritoireFictif, fondateur: Entree) -> Mandat:
    """Found the démarche of an invented territory, which waits for its confirmation as a real one does.

    A real one comes from the reference data (`comptes.actions.found_demarche`), where no invented commune is.
    """
    sieges = compute_sieges_fictifs(territoire)
    demarche = Demarche.objects.create(
        nom_epci=territoire.nom,
        nature=territoire.nature,
        financement=territoire.financement,
        fictive=True,
        sieges_total=sum(sieges.values()),
        creee_le=instant,
    )
    CommuneMembre.objects.bulk_create(
        CommuneMembre(
            demarche=demarche,
            code=commune.code,
            nom=commune.nom,
            cle_tri=normalize_nom(commune.nom),
            population_municipale=commune.population_municipale,
            population_totale=commune.population_totale,
            millesime=MILLESIME,
            sieges=sieges[commune.code],
        )
        for commune in territoire.communes
    )
    jour = get_jour(instant, demarche.fuseau)
    write_phases_calculees(demarche, jour)
    compte = link_compte(fondateur.courriel, demarche)
    personne = Personne.objects.create(demarche=demarche, compte=compte, nom=fondateur.nom, courriel=fondateur.courriel)
    mandat = Mandat.objects.create(personne=personne, role=fondateur.role, fonction=fondateur.fonction, debut=jour)
    acteur = build_acteur(mandat)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="found_demarche",
        phrase=f"a ouvert la démarche « {demarche} », qui attend sa confirmation",
        portee=Portee.TABLE,
        objet=demarche,
    )
    draw_carte(demarche, territoire)
    return mandat


def draw_carte(demarche: Demarche, territoire: TerritoireFictif) -> CarteFictive:
    """Draw the map of the territory once, for all the pages that show it."""
    fond = project_contours({commune.code: commune.contour for commune in territoire.communes})
    return CarteFictive.objects.create(
        demarche=demarche,
        largeur=fond.largeur,
        hauteur=fond.hauteur,
        formes={code: [forme.chemin, forme.x, forme.y] for code, forme in fond.formes.items()},
        voisins=territoire.voisins,
    )


def open_portes(demarche: Demarche) -> int:
    """Give every account of the demo the password of its entrance page, and an address that needs no check."""
    comptes = Compte.objects.filter(personnes__demarche=demarche, email__endswith=DOMAINE, is_staff=False).distinct()
    empreinte = make_password(MOT_DE_PASSE)
    for compte in comptes:
        EmailAddress.objects.update_or_create(
            user=compte, email=compte.email, defaults={"verified": True, "primary": True}
        )
    return Compte.objects.filter(pk__in=comptes).update(password=empreinte)


def settle_courriels(demarche: Demarche) -> int:
    """The messages of the story were sent in their day, to addresses that reach nobody: none is left to send now."""
    waiting = Courriel.objects.filter(demarche=demarche, etat=EtatCourriel.A_ENVOYER)
    return waiting.update(etat=EtatCourriel.ENVOYE, envoye_le=F("cree_le"))
