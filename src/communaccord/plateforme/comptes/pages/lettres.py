"""From people to the letters that carry a code or an invitation; a code passes here and is kept nowhere."""

from datetime import datetime

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.documents.papiers import (
    render_lettre_code,
    render_lettre_confirmation,
    render_lettre_invitation,
)
from communaccord.plateforme.comptes.documents.types import (
    Destinataire,
    LettreCode,
    LettreConfirmation,
    LettreInvitation,
    Remise,
)
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.comptes.noms import say_once, write_de
from communaccord.plateforme.comptes.queries import AConfirmer
from communaccord.plateforme.documents.papier import Contact, EnTete
from communaccord.plateforme.socle.exploitant import read_exploitant
from communaccord.plateforme.territoires.models import Demarche


def build_entete(demarche: Demarche, instant: datetime) -> EnTete:
    return EnTete(
        territoire=demarche.nom_epci,
        demarche=f"Mutualisation des services, {demarche.nom_epci}",
        edite_le=instant.astimezone(demarche.zone),
        fictif=demarche.fictive,
    )


def build_contact(acteur: Acteur) -> Contact:
    """Whoever prints the letter answers for it."""
    courriel = acteur.mandat.personne.courriel if acteur.mandat else ""
    return Contact(service=f"Équipe projet, {acteur.demarche.nom_epci}", courriel=courriel)


def build_destinataire(personne: Personne) -> Destinataire:
    """The first mandate says to whom one writes: the function, then the mairie or the intercommunalité."""
    mandat = next(iter(personne.mandats.all()), None)
    if mandat is None:
        return Destinataire(personne.nom, personne.demarche.nom_epci)
    organisme = f"Mairie {write_de(mandat.commune.nom)}" if mandat.commune else personne.demarche.nom_epci
    return Destinataire(say_once(personne.nom, str(mandat)), organisme)


def render_code(acteur: Acteur, personne: Personne, code: str, instant: datetime, adresse: str) -> bytes:
    return render_lettre_code(
        LettreCode(
            entete=build_entete(acteur.demarche, instant),
            destinataire=build_destinataire(personne),
            code=code,
            remise=Remise.MAIN_PROPRE,
            adresse_site=adresse,
            signataire=acteur.nom,
            contact=build_contact(acteur),
        )
    )


def render_invitation(acteur: Acteur, personne: Personne, instant: datetime, adresse: str) -> bytes:
    return render_lettre_invitation(
        LettreInvitation(
            entete=build_entete(acteur.demarche, instant),
            destinataire=build_destinataire(personne),
            adresse_site=adresse,
            signataire=acteur.nom,
            contact=build_contact(acteur),
        )
    )


def render_confirmation(ligne: AConfirmer, code: str, instant: datetime, adresse: str) -> bytes:
    """To the seat that the SIREN designates: who administers the site writes the postal address on the envelope."""
    demarche, exploitant = ligne.demarche, read_exploitant()
    siren = f"SIREN {demarche.siren[:3]} {demarche.siren[3:6]} {demarche.siren[6:]}"
    return render_lettre_confirmation(
        LettreConfirmation(
            entete=build_entete(demarche, instant),
            destinataire=Destinataire("à la présidence et à la direction générale", demarche.nom_epci, (siren,)),
            code=code,
            demandee_par=f"{ligne.fondateur} ({ligne.adresse})",
            adresse_site=adresse,
            signataire=exploitant.nom or "L'administration du site",
            contact=Contact(service=exploitant.nom or "Administration du site", courriel=exploitant.contact),
        )
    )
