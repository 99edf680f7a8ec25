"""What a simulation is, how it is read and written, what it answers; shared by the site and the command line."""

from communaccord.noyau.partage import Effet
from communaccord.simulateur.classeur import build_classeur, read_classeur
from communaccord.simulateur.exemple import build_exemple
from communaccord.simulateur.format import read_json, write_data, write_json
from communaccord.simulateur.lien import decode_lien, encode_lien
from communaccord.simulateur.nombres import NombreInvalide, parse_nombre
from communaccord.simulateur.reperes import REPERES, Repere
from communaccord.simulateur.resultat import (
    EffetCommune,
    Refus,
    Resultat,
    ResultatVariante,
    compute_resultat,
    explain_contribution,
    to_json,
)
from communaccord.simulateur.services import ACTES_URBANISME, DOMAINES, ORIGINE_ACTES_URBANISME, ModeleService
from communaccord.simulateur.tableau import Apercu, build_modele_tableau, read_collage, read_tableau
from communaccord.simulateur.types import (
    MAX_VARIANTES,
    VERSION,
    Acte,
    Anomalie,
    CommuneSimulee,
    Conditions,
    Couts,
    Critere,
    Domaine,
    LigneCout,
    Marges,
    Personnel,
    Service,
    Simulation,
    Subvention,
    Territoire,
    Variante,
)
from communaccord.simulateur.validation import nest_champs, parse_simulation
from communaccord.simulateur.xlsx import protect_texte

__all__ = [
    "ACTES_URBANISME",
    "DOMAINES",
    "MAX_VARIANTES",
    "ORIGINE_ACTES_URBANISME",
    "REPERES",
    "VERSION",
    "Acte",
    "Anomalie",
    "Apercu",
    "CommuneSimulee",
    "Conditions",
    "Couts",
    "Critere",
    "Domaine",
    "Effet",
    "EffetCommune",
    "LigneCout",
    "Marges",
    "ModeleService",
    "NombreInvalide",
    "Personnel",
    "Refus",
    "Repere",
    "Resultat",
    "ResultatVariante",
    "Service",
    "Simulation",
    "Subvention",
    "Territoire",
    "Variante",
    "build_classeur",
    "build_exemple",
    "build_modele_tableau",
    "compute_resultat",
    "decode_lien",
    "encode_lien",
    "explain_contribution",
    "nest_champs",
    "parse_nombre",
    "parse_simulation",
    "protect_texte",
    "read_classeur",
    "read_collage",
    "read_json",
    "read_tableau",
    "to_json",
    "write_data",
    "write_json",
]
