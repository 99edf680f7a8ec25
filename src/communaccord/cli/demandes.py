"""From a request of a dossier to a red line of the noyau; all that the line reads in the file is checked and named."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from communaccord.cli.jeux import read_texte_montant
from communaccord.cli.lecture import check_connu, refuse
from communaccord.cli.refus import shorten
from communaccord.noyau.accord.recherche import (
    AvecCommune,
    ContributionMax,
    DistanceMax,
    EngagementPris,
    GainMin,
    HausseMax,
    Ligne,
    NiveauMin,
    Paquet,
    PasAvant,
    PersonnelGaranti,
    SeulementSi,
)
from communaccord.noyau.accord.types import Engagement, Priorite

# The keys that each kind of request reads, beside « commune », « type » and « degre ».
CLES = {
    "contribution_max": {"montant", "service", "annee"},
    "gain_min": {"montant", "service", "annee"},
    "hausse_max": {"taux"},
    "niveau_min": {"service", "niveau"},
    "seulement_si": {"service", "avec", "aussi"},
    "pas_avant": {"annee", "service"},
    "distance_max": {"service", "metres"},
    "personnel_garanti": {"service", "postes"},
    "engagement": {"engagement"},
    "avec_commune": {"avec"},
}
# What a request about a service reads in it: a figure that the file does not give is never read as zero.
LUES = {"niveau_min": "niveau", "distance_max": "distances", "personnel_garanti": "postes"}


def build_ligne(lu: Mapping[str, Any], paquet: Paquet, ou: str, connus: Mapping[str, Collection[str]]) -> Ligne:
    """Return a red line. `ou`: place of the request; `connus`: by service, the keys that the file gives.

    Errors: ErreurCommande, DonneeInvalide.
    """
    check_demande(lu, paquet, ou, connus)
    genre, commune, degre = lu["type"], lu["commune"], Priorite(lu.get("degre", "indispensable"))
    if genre in ("contribution_max", "gain_min"):
        montant = read_signe(lu["montant"], name_cle(lu, ou, "montant"), negatif=genre == "gain_min")
        argent = ContributionMax if genre == "contribution_max" else GainMin
        return argent(commune, degre, montant, lu.get("service"), lu.get("annee"))
    if genre == "hausse_max":
        return HausseMax(commune, degre, read_taux(lu["taux"], name_cle(lu, ou, "taux")))
    if genre == "pas_avant":
        return PasAvant(commune, degre, lu["annee"], lu.get("service"))
    if genre == "engagement":
        return EngagementPris(commune, degre, Engagement(lu["engagement"]))
    if genre == "avec_commune":
        return AvecCommune(commune, degre, lu["avec"])
    return build_ligne_service(lu, commune, degre)


def check_demande(lu: Mapping[str, Any], paquet: Paquet, ou: str, connus: Mapping[str, Collection[str]]) -> None:
    """Errors: ErreurCommande for a key that the request does not read, a stranger, a figure that the file lacks."""
    genre, noms = lu["type"], list(connus)
    for cle in lu:
        if cle not in CLES[genre] | {"commune", "type", "degre"}:
            refuse(name_cle(lu, ou, cle), f"une demande « {genre} » ne lit pas cette clé", "Retirez-la.")
    check_connu(lu["commune"], paquet.communes, f"« {ou}.commune »", "communes")
    for cle, liste, permis in (
        ("avec", "communes", paquet.communes),
        ("service", "services", noms),
        ("aussi", "services", noms),
    ):
        if cle in lu:
            check_connu(lu[cle], permis, name_cle(lu, ou, cle), liste)
    if genre in LUES and LUES[genre] not in connus[lu["service"]]:
        motif = f"cette demande lit « {LUES[genre]} », que le service « {shorten(lu['service'])} » ne donne pas"
        refuse(name_cle(lu, ou), motif, "Ajoutez cette clé au service, ou retirez la demande.")
    check_annees(lu, paquet, ou)


def build_ligne_service(lu: Mapping[str, Any], commune: str, degre: Priorite) -> Ligne:
    """Return a line about one named service. Errors: DonneeInvalide."""
    service = lu["service"]
    if lu["type"] == "niveau_min":
        return NiveauMin(commune, degre, service, lu["niveau"])
    if lu["type"] == "distance_max":
        return DistanceMax(commune, degre, service, lu["metres"])
    if lu["type"] == "personnel_garanti":
        return PersonnelGaranti(commune, degre, service, lu["postes"])
    return SeulementSi(commune, degre, service, lu.get("avec"), lu.get("aussi"))


def name_cle(lu: Mapping[str, Any], ou: str, cle: str = "") -> str:
    """Return the place of a request, or of one of its keys, with whose request it is."""
    return f"« {ou}{'.' if cle else ''}{shorten(cle)} » ({shorten(lu['commune'])})"


def check_annees(lu: Mapping[str, Any], paquet: Paquet, ou: str) -> None:
    """Errors: ErreurCommande when a request reads a year and a service that it is about has none. O(services)."""
    i, genre, vise = paquet.communes.index(lu["commune"]), lu["type"], lu.get("service")
    vises = [service for service in paquet.services if vise in (None, service.nom)]
    siens = [service for service in vises if i in service.perimetre]
    # An amount of a year is read in every service that it is about, the others where the commune is.
    lus = vises if "montant" in lu else siens
    lit = any(service.montee or service.annee for service in siens) if genre == "hausse_max" else "annee" in lu
    sans = next((service.nom for service in lus if service.annee is None), None)
    if lit and paquet.annee is None and sans is not None:
        motif = f"cette demande lit une année, et le service « {shorten(sans)} » n'en a pas"
        refuse(name_cle(lu, ou), motif, "Donnez « annee » à ce service, ou à la racine du dossier.")


def read_taux(texte: str, ou: str) -> Fraction:
    """Return a rate from 0 to 1. Errors: ErreurCommande above 1, most often a percentage."""
    taux = Fraction(texte)
    if taux > 1:
        remede = 'Écrivez par exemple "0.05" pour 5 %.'
        refuse(ou, f"« {shorten(texte)} » dépasse 1, c'est-à-dire 100 %", remede)
    return taux


def read_signe(texte: str, ou: str, *, negatif: bool) -> int:
    """Return an amount that may be negative where a loss is accepted. Errors: ErreurCommande."""
    if texte.startswith("-"):
        if not negatif:
            refuse(ou, f"« {shorten(texte)} » est négatif", "Donnez zéro ou un montant positif.")
        return -read_texte_montant(texte[1:], ou)
    return read_texte_montant(texte, ou)
