"""The kinds of services proposed first: words only, no figure. Figures come from the convention or from the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from communaccord.simulateur.types import Acte, Domaine


@dataclass(frozen=True, slots=True)
class ModeleService:
    """Words of a kind of service: ``label`` of the choice, ``nom`` and ``unite`` proposed, question about volumes."""

    label: str
    nom: str
    unite: str
    question_volume: str


DOMAINES: Mapping[Domaine, ModeleService] = MappingProxyType(
    {
        Domaine.URBANISME: ModeleService(
            "Urbanisme (instruction des autorisations)",
            "Instruction des autorisations d'urbanisme",
            "acte pondéré",
            "Combien d'actes d'urbanisme par an, en équivalent permis de construire ?",
        ),
        Domaine.PAIE: ModeleService("Paie", "Paie", "bulletin", "Combien de bulletins de paie par an ?"),
        Domaine.INFORMATIQUE: ModeleService(
            "Informatique", "Informatique", "poste", "Combien de postes informatiques à suivre ?"
        ),
        Domaine.COMMANDE_PUBLIQUE: ModeleService(
            "Commande publique", "Commande publique", "marché", "Combien de marchés par an ?"
        ),
        Domaine.LIBRE: ModeleService("Autre service", "Service partagé", "unité", "Combien d'unités par an ?"),
    }
)

ORIGINE_ACTES_URBANISME = (
    "Poids d'usage courant, à paramétrer par convention, non sourcés : "
    "le temps passé diffère d'un territoire à l'autre."
)
ACTES_URBANISME: tuple[Acte, ...] = (
    Acte("pc", "Permis de construire", Fraction(1)),
    Acte("dp", "Déclaration préalable", Fraction(7, 10)),
    Acte("pa", "Permis d'aménager", Fraction(6, 5)),
    Acte("pd", "Permis de démolir", Fraction(4, 5)),
    Acte("cub", "Certificat d'urbanisme opérationnel (CUb)", Fraction(2, 5)),
    Acte("cua", "Certificat d'urbanisme d'information (CUa)", Fraction(1, 5)),
)
"""Acts a form may propose as an example: never by default, always shown with ``ORIGINE_ACTES_URBANISME``."""
