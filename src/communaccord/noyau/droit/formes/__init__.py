"""Legal forms of pooling (part 5 of the rules): the forms, the advisor, the acts that each needs."""

from communaccord.noyau.droit.formes.conseil import AvisForme, AvisModalite, Conseil, Raison, advise
from communaccord.noyau.droit.formes.criteres import CRITERES, Critere, Verdict
from communaccord.noyau.droit.formes.fiches import FICHES, get_fiche, list_accords
from communaccord.noyau.droit.formes.modalites import MODALITES
from communaccord.noyau.droit.formes.modele import Accord, Devenir, EffetCif, FicheForme, Forme, Majorite
from communaccord.noyau.droit.formes.ordre import ActeFourni, AlerteOrdre, check_ordre
from communaccord.noyau.droit.formes.pieces import (
    PIECES,
    Condition,
    Exigence,
    Piece,
    PieceAttendue,
    Porteur,
    list_conditions,
    list_pieces,
)
from communaccord.noyau.droit.formes.questions import (
    CLES,
    QUESTIONS,
    Competence,
    Fiscalite,
    Membres,
    Mission,
    Objet,
    OuiNon,
    Question,
    Reponses,
    Sens,
    get_libelle,
    parse_reponses,
)
from communaccord.noyau.droit.formes.reserves import RESERVES

__all__ = [
    "CLES",
    "CRITERES",
    "FICHES",
    "MODALITES",
    "PIECES",
    "QUESTIONS",
    "RESERVES",
    "Accord",
    "ActeFourni",
    "AlerteOrdre",
    "AvisForme",
    "AvisModalite",
    "Competence",
    "Condition",
    "Conseil",
    "Critere",
    "Devenir",
    "EffetCif",
    "Exigence",
    "FicheForme",
    "Fiscalite",
    "Forme",
    "Majorite",
    "Membres",
    "Mission",
    "Objet",
    "OuiNon",
    "Piece",
    "PieceAttendue",
    "Porteur",
    "Question",
    "Raison",
    "Reponses",
    "Sens",
    "Verdict",
    "advise",
    "check_ordre",
    "get_fiche",
    "get_libelle",
    "list_accords",
    "list_conditions",
    "list_pieces",
    "parse_reponses",
]
