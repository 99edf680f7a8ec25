"""Letters of a round: that something awaits, until when, for which communes; never what an answer says or who is late.

One letter an address: a secretary of three communes, or a mairie's shared mailbox, is written to once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from communaccord.plateforme.accords.enums import EtatEnveloppe, EtatReponse
from communaccord.plateforme.accords.models import Enveloppe, Reponse, Tour
from communaccord.plateforme.comptes.enums import EQUIPE, EXECUTIF, MAIRIE, Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.courrier.actions import post_courriel
from communaccord.plateforme.socle import typographie
from communaccord.plateforme.socle.horloge import get_jour

OU = "Connectez-vous à Commun Accord, puis ouvrez la table des accords."
MENTION = "Ce message ne contient aucune réponse. Votre code personnel ne vous sera jamais demandé par courriel."


def list_mandats(tour: Tour, instant: datetime, roles: Iterable[str]) -> list[Mandat]:
    """Mandates in force where the people live, with these roles."""
    jour = get_jour(instant, tour.demarche.fuseau)
    rows = Mandat.objects.of_demarche(tour.demarche_id).active_on(jour).with_personne()
    return list(rows.filter(role__in=sorted(roles)).order_by("commune__cle_tri", "pk"))


def get_adresse(mandat: Mandat) -> str:
    personne = mandat.personne
    return personne.courriel or (personne.compte.email if personne.compte else "")


def post_lettres(
    *, tour: Tour, instant: datetime, cle: str, sujet: str, corps: Sequence[str], mandats: Iterable[Mandat]
) -> int:
    """One letter to each address behind these mandates, saying for which communes; number of letters asked."""
    by_adresse: dict[str, list[Mandat]] = {}
    for mandat in mandats:
        if adresse := get_adresse(mandat).lower():
            by_adresse.setdefault(adresse, []).append(mandat)
    posted = 0
    for adresse, hats in by_adresse.items():
        names = list(dict.fromkeys(m.commune.nom for m in hats if m.commune is not None))
        pour = [f"Vous agissez pour : {typographie.enumeration(names)}."] if names else []
        paragraphs = [tour.demarche.nom_epci, *corps, *pour, OU, MENTION]
        courriel = post_courriel(
            cle=f"tour-{tour.pk}-{cle}-{hats[0].pk}",
            adresse=adresse,
            sujet=typographie.prose(sujet),
            corps="\n\n".join(typographie.prose(p) for p in paragraphs),
            instant=instant,
            demarche_id=tour.demarche_id,
            mandat_id=hats[0].pk,
        )
        posted += courriel is not None
    return posted


def tell_table(tour: Tour, instant: datetime, cle: str, sujet: str, *corps: str) -> int:
    """Tell those who hold the table: mairies, exécutif, équipe projet."""
    mandats = list_mandats(tour, instant, MAIRIE | EXECUTIF | EQUIPE)
    return post_lettres(tour=tour, instant=instant, cle=cle, sujet=sujet, corps=corps, mandats=mandats)


def list_communes_attendues(tour: Tour) -> set[int]:
    """Communes that have an answer still to validate and no envelope received: known to the clock and équipe projet."""
    received = Enveloppe.objects.filter(tour=tour).exclude(etat=EtatEnveloppe.RENDUE).values("commune_id")
    waiting = Reponse.objects.filter(~Q(etat=EtatReponse.VALIDEE), tour=tour).exclude(commune_id__in=received)
    return set(waiting.values_list("commune_id", flat=True))


def post_rappel(tour: Tour, instant: datetime, cle: str, communes: Iterable[int]) -> int:
    """Remind those who act for these communes, in neutral words."""
    known = set(communes)
    fin = typographie.moment(tour.cloture_le, tour.demarche.fuseau, semaine=True)
    return post_lettres(
        tour=tour,
        instant=instant,
        cle=cle,
        sujet=f"{tour.titre} : réponse possible jusqu'au {fin}",
        corps=(
            f"Le tour de consultation « {tour.titre} » se clôt {fin}.",
            "Une réponse au moins peut encore y être complétée ou validée. Répondre n'est pas une obligation ; « mon "
            "conseil doit d'abord en débattre » est aussi une réponse.",
        ),
        mandats=[m for m in list_mandats(tour, instant, MAIRIE) if m.commune_id in known],
    )


def post_soumission(reponse: Reponse, instant: datetime) -> int:
    """Tell the mayor that an answer awaits the code."""
    tour = reponse.tour
    fin = typographie.moment(tour.cloture_le, tour.demarche.fuseau, semaine=True)
    maires = [m for m in list_mandats(tour, instant, {Role.MAIRE}) if m.commune_id == reponse.commune_id]
    return post_lettres(
        tour=tour,
        instant=instant,
        cle=f"soumise-{reponse.pk}-{reponse.version}",
        sujet=f"{tour.titre} : une réponse attend votre validation",
        corps=(
            f"Une réponse sur « {reponse.dossier.titre} » est prête. Relisez-la, puis validez-la avec votre code "
            f"personnel avant le {fin}.",
        ),
        mandats=maires,
    )


def post_enveloppe(
    enveloppe: Enveloppe, instant: datetime, devenue: str, *corps: str, avec_equipe: bool = False
) -> int:
    """Tell those who act for a commune what became of the envelope registered in its name; the équipe projet if asked.

    ``devenue``: a participle, in the feminine.
    """
    tour, roles = enveloppe.tour, MAIRIE | EQUIPE if avec_equipe else MAIRIE
    nom = f"enveloppe n° {enveloppe.numero} de {enveloppe.commune.nom}"
    return post_lettres(
        tour=tour,
        instant=instant,
        cle=f"enveloppe-{enveloppe.pk}-{devenue}",
        sujet=f"{tour.titre} : {nom} {devenue}",
        corps=(f"L'{nom} est {devenue}.", *corps),
        mandats=[
            m for m in list_mandats(tour, instant, roles) if m.role in EQUIPE or m.commune_id == enveloppe.commune_id
        ],
    )
