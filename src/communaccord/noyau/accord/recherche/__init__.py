"""The search for an agreement: red lines, conflicts, concessions, keys, packages of services.

At fixed perimeter: `check`, `relax`, `drop_fewest`, the fair deals, `flip`, `who_signs`, `cost_range` and its sisters.
Of keys: `usual_key`, `key_atlas`. Of what else could be done: `search_packages`, `package_exits`, `plausible_exits`.
"""

from communaccord.noyau.accord.recherche.atlas import KeyedService, KeyMap, KeyPoint, key_atlas
from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.cles_usuelles import UsualKey, usual_key, usual_key_where
from communaccord.noyau.accord.recherche.elargir import widen_perimeter
from communaccord.noyau.accord.recherche.equite import leximin, maxmin
from communaccord.noyau.accord.recherche.flip import Concession, Levier, find_broken, flip
from communaccord.noyau.accord.recherche.grille import Criteria
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
from communaccord.noyau.accord.recherche.menu import (
    Menu,
    MenuService,
    Option,
    build_options,
    limit_budget,
    spread_prices,
)
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Point, Service, Vehicule
from communaccord.noyau.accord.recherche.nash import nash
from communaccord.noyau.accord.recherche.offre_exacte import PackageDeal
from communaccord.noyau.accord.recherche.paquets import Packages, search_packages
from communaccord.noyau.accord.recherche.points import find_fautes
from communaccord.noyau.accord.recherche.regret import min_regret
from communaccord.noyau.accord.recherche.relax import drop_fewest, relax
from communaccord.noyau.accord.recherche.resultats import (
    Conflict,
    Deal,
    Drop,
    Feasible,
    Niveau,
    Relaxation,
    Unknown,
)
from communaccord.noyau.accord.recherche.sensibilite import Range, cost_range, price_range, workload_range
from communaccord.noyau.accord.recherche.signataires import Signature, who_signs
from communaccord.noyau.accord.recherche.sorties import (
    Exits,
    FormeSortie,
    JudgedExit,
    build_entente,
    package_exits,
    plausible_exits,
)
from communaccord.noyau.accord.recherche.vehicules import build_fonds_concours, build_revision_libre

__all__ = [
    "AvecCommune",
    "Concession",
    "Conflict",
    "ContributionMax",
    "Critere",
    "Criteria",
    "Deal",
    "DistanceMax",
    "Drop",
    "EngagementPris",
    "Exits",
    "Feasible",
    "FormeSortie",
    "GainMin",
    "HausseMax",
    "JudgedExit",
    "KeyMap",
    "KeyPoint",
    "KeyedService",
    "Levier",
    "Ligne",
    "Menu",
    "MenuService",
    "Niveau",
    "NiveauMin",
    "Option",
    "PackageDeal",
    "Packages",
    "Paquet",
    "PasAvant",
    "PersonnelGaranti",
    "Point",
    "Range",
    "Relaxation",
    "Service",
    "SeulementSi",
    "Signature",
    "Unknown",
    "UsualKey",
    "Vehicule",
    "build_entente",
    "build_fonds_concours",
    "build_options",
    "build_revision_libre",
    "check",
    "cost_range",
    "drop_fewest",
    "find_broken",
    "find_fautes",
    "flip",
    "key_atlas",
    "leximin",
    "limit_budget",
    "maxmin",
    "min_regret",
    "nash",
    "package_exits",
    "plausible_exits",
    "price_range",
    "relax",
    "search_packages",
    "spread_prices",
    "usual_key",
    "usual_key_where",
    "who_signs",
    "widen_perimeter",
    "workload_range",
]
