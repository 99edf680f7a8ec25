"""Seats of the conseil communautaire: ordinary rule, comparison with the real council, local agreement."""

from communaccord.noyau.droit.effectifs import OrigineEffectif
from communaccord.noyau.droit.sieges.accord import (
    CauseEtat,
    ControleRepartition,
    EtatCommune,
    check_accord_local,
    check_supplement_vi,
)
from communaccord.noyau.droit.sieges.accords import (
    MeilleurAccord,
    NombreAccords,
    count_accords,
    find_meilleur_accord,
    list_accords,
)
from communaccord.noyau.droit.sieges.comparaison import ComparaisonSieges, VerdictSieges, compare_sieges
from communaccord.noyau.droit.sieges.conseil import Conseil, compute_conseil
from communaccord.noyau.droit.sieges.lectures import (
    LECTURES_LARGES,
    LECTURES_PRUDENTES,
    POINTS_OUVERTS,
    LectureMoitie,
    LectureOrdre,
    Lectures,
    LectureSiegeUnique,
    LectureTunnel,
    PointOuvert,
)
from communaccord.noyau.droit.sieges.objectifs import Objectif
from communaccord.noyau.droit.sieges.ordinaire import (
    compute_nombre_tableau,
    compute_sieges,
    find_millesime_population,
    find_regime,
)
from communaccord.noyau.droit.sieges.possibles import Voie
from communaccord.noyau.droit.sieges.preuve import EtapePreuve, prove_sieges
from communaccord.noyau.droit.sieges.types import (
    CommuneMembre,
    HorsChamp,
    LigneSieges,
    Nature,
    RegimeSieges,
    SiegesDroitCommun,
)

__all__ = [
    "LECTURES_LARGES",
    "LECTURES_PRUDENTES",
    "POINTS_OUVERTS",
    "CauseEtat",
    "CommuneMembre",
    "ComparaisonSieges",
    "Conseil",
    "ControleRepartition",
    "EtapePreuve",
    "EtatCommune",
    "HorsChamp",
    "LectureMoitie",
    "LectureOrdre",
    "LectureSiegeUnique",
    "LectureTunnel",
    "Lectures",
    "LigneSieges",
    "MeilleurAccord",
    "Nature",
    "NombreAccords",
    "Objectif",
    "OrigineEffectif",
    "PointOuvert",
    "RegimeSieges",
    "SiegesDroitCommun",
    "VerdictSieges",
    "Voie",
    "check_accord_local",
    "check_supplement_vi",
    "compare_sieges",
    "compute_conseil",
    "compute_nombre_tableau",
    "compute_sieges",
    "count_accords",
    "find_meilleur_accord",
    "find_millesime_population",
    "find_regime",
    "list_accords",
    "prove_sieges",
]
