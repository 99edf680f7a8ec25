"""Letters of a campaign: that a sheet awaits, until when, for which communes; never a figure, never who is late.

One letter an address: a secretary of three communes is written to once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.courrier.actions import post_courriel
from communaccord.plateforme.diagnostic.models import Campagne, HistoriqueCampagne
from communaccord.plateforme.diagnostic.queries.campagnes import list_communes_attendues
from communaccord.plateforme.socle import typographie
from communaccord.plateforme.socle.horloge import get_jour

OU = "Connectez-vous à Commun Accord, puis ouvrez « Diagnostic »."
MENTION = "Ce message ne contient aucun chiffre."
EN_PLUSIEURS_FOIS = (
    "La fiche se remplit en plusieurs fois ; « je ne sais pas » est une réponse, et chaque ligne permet de poser une "
    "question à l'équipe projet."
)


def list_mandats(campagne: Campagne, instant: datetime) -> list[Mandat]:
    """Mayors and secretaries in office where the people live."""
    jour = get_jour(instant, campagne.demarche.fuseau)
    rows = Mandat.objects.of_demarche(campagne.demarche_id).active_on(jour).with_personne()
    return list(rows.filter(role__in=sorted(MAIRIE)).order_by("commune__cle_tri", "pk"))


def get_adresse(mandat: Mandat) -> str:
    personne = mandat.personne
    return (personne.courriel or (personne.compte.email if personne.compte else "")).lower()


def post_lettres(
    campagne: Campagne, instant: datetime, cle: str, sujet: str, corps: Sequence[str], mandats: Iterable[Mandat]
) -> int:
    """One letter to each address behind these mandates, saying for which communes; number of letters asked."""
    by_adresse: dict[str, list[Mandat]] = {}
    for mandat in mandats:
        if adresse := get_adresse(mandat):
            by_adresse.setdefault(adresse, []).append(mandat)
    posted = 0
    for adresse, hats in by_adresse.items():
        names = list(dict.fromkeys(m.commune.nom for m in hats if m.commune is not None))
        pour = f"Vous agissez pour : {typographie.enumeration(names)}."
        paragraphs = [campagne.demarche.nom_epci, *corps, pour, OU, MENTION]
        courriel = post_courriel(
            cle=f"diagnostic-{campagne.pk}-{cle}-{hats[0].pk}",
            adresse=adresse,
            sujet=typographie.prose(sujet),
            corps="\n\n".join(typographie.prose(p) for p in paragraphs),
            instant=instant,
            demarche_id=campagne.demarche_id,
            mandat_id=hats[0].pk,
        )
        posted += courriel is not None
    return posted


def write_echeance(campagne: Campagne, instant: datetime) -> str:
    """``, attendue pour le 4 décembre 2026``; nothing when no day was set, or when it is past."""
    fin = campagne.echeance
    if not fin or fin < get_jour(instant, campagne.demarche.fuseau):
        return ""
    return f", attendue pour le {typographie.date(fin, semaine=True)}"


def post_ouverture(campagne: Campagne, instant: datetime) -> int:
    """Tell every mairie that its sheet is there."""
    openings = HistoriqueCampagne.objects.filter(campagne=campagne, etat_apres=campagne.etat).count()
    corps = (
        f"L'état des lieux « {campagne.titre} » est ouvert : votre commune a sa "
        f"fiche{write_echeance(campagne, instant)}.",
        *([campagne.presentation] if campagne.presentation else []),
        EN_PLUSIEURS_FOIS,
    )
    sujet = f"{campagne.titre} : votre fiche est à remplir"
    return post_lettres(campagne, instant, f"ouverture-{openings}", sujet, corps, list_mandats(campagne, instant))


def post_rappel(campagne: Campagne, instant: datetime, cle: str) -> int:
    """Remind, in neutral words, those who act for a commune whose sheet is not validated."""
    attendues = list_communes_attendues(campagne)
    mandats = [m for m in list_mandats(campagne, instant) if m.commune_id in attendues]
    corps = (
        f"L'état des lieux « {campagne.titre} » est en cours : une fiche au moins peut encore y être complétée ou "
        f"validée{write_echeance(campagne, instant)}.",
        EN_PLUSIEURS_FOIS,
    )
    return post_lettres(campagne, instant, cle, f"{campagne.titre} : votre fiche peut être complétée", corps, mandats)
