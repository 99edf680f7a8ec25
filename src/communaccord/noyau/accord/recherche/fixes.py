"""Lines that a fixed package already decides: level, distance, dates, company, staff, undertakings."""

from collections.abc import Sequence

from communaccord.noyau.accord.recherche.lignes import (
    AvecCommune,
    ContributionMax,
    DistanceMax,
    EngagementPris,
    GainMin,
    HausseMax,
    Ligne,
    NiveauMin,
    PasAvant,
    PersonnelGaranti,
    SeulementSi,
)
from communaccord.noyau.accord.recherche.modele import Paquet, Service
from communaccord.noyau.accord.recherche.programme import read_commune, read_debut, read_service, read_services
from communaccord.noyau.partage.erreurs import DonneeInvalide

ARGENT = (ContributionMax, GainMin, HausseMax)


def judge_fixe(paquet: Paquet, ligne: Ligne) -> bool:
    """Return whether a line that is not about money holds in the package; True for a line on money.

    A line on a service binds who is its member: it holds for a commune that is not. Errors: DonneeInvalide for a
    commune or service that the package does not know, and for a figure that it lacks (never read as zero).
    Complexity: O(n + services).
    """
    i = read_commune(paquet, ligne.commune)
    match ligne:
        case NiveauMin() | DistanceMax() | PersonnelGaranti():
            service = read_service(paquet, ligne.service)
            return i not in service.perimetre or _judge_service(ligne, service, i)
        case SeulementSi():
            return i not in read_service(paquet, ligne.service).perimetre or _judge_compagnie(paquet, ligne, i)
        case PasAvant():
            vises = [paquet.services[j] for j in read_services(paquet, i)]
            if ligne.service is not None:
                vises = [service for service in vises if service is read_service(paquet, ligne.service)]
            return all(read_debut(paquet, service) >= ligne.annee for service in vises)
        case EngagementPris():
            return ligne.engagement in paquet.engagements
        case AvecCommune():
            autre = read_commune(paquet, ligne.avec)
            joints = read_services(paquet, i)
            return not joints or any(autre in paquet.services[j].perimetre for j in joints)
        case _:
            return True


def _judge_service(ligne: NiveauMin | DistanceMax | PersonnelGaranti, service: Service, i: int) -> bool:
    if isinstance(ligne, NiveauMin):
        return service.niveau >= ligne.niveau
    table = service.distances if isinstance(ligne, DistanceMax) else service.postes
    if not table:
        raise DonneeInvalide(
            f"Service « {service.nom} » : la donnée que lit la ligne de {ligne.commune} n'est pas connue.",
            "Complétez le service, ou retirez la ligne.",
        )
    return table[i] <= ligne.metres if isinstance(ligne, DistanceMax) else table[i] >= ligne.postes


def _judge_compagnie(paquet: Paquet, ligne: SeulementSi, i: int) -> bool:
    if ligne.avec is not None:
        return read_commune(paquet, ligne.avec) in read_service(paquet, ligne.service).perimetre
    return i in read_service(paquet, ligne.aussi or "").perimetre


def list_manquees(paquet: Paquet, lignes: Sequence[Ligne]) -> tuple[int, ...]:
    """Return the numbers of the lines that no key nor transfer can meet, since the package decides them. O(lines)."""
    return tuple(k for k, ligne in enumerate(lignes) if not judge_fixe(paquet, ligne))
