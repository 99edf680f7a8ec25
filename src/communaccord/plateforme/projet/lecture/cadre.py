"""The précadrage read without any query: what it says, what leaves it, what changed between two versions. Pure."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any, Protocol

from communaccord.plateforme.projet.catalogue import CATALOGUE, PAR_CLE
from communaccord.plateforme.projet.enums.cadre import TEXTES_CADRE, FormeEcartee
from communaccord.plateforme.socle.typographie import accord, enumeration, pluriel, prose
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.reference import normalize_nom

ANNEE = re.compile(r"\b20\d\d\b", re.ASCII)

EGAL, RETIRE, AJOUTE = "egal", "retire", "ajoute"
# Names told in one sentence: beyond, the reader goes to the list.
NOMS_MAX = 5
MOTS = re.compile(r"\s+|[^\s]+")
CHAMPS = (
    *(nom for nom, _, _ in TEXTES_CADRE),
    "services_inclus",
    "services_exclus",
    "formes_exclues",
    "toutes_communes",
    "codes_communes",
    "annee_debut",
    "annee_fin",
)
# Order of reading of a version; "services" and the like are lists written as words.
LIBELLES = {
    **{nom: libelle for nom, libelle, _ in TEXTES_CADRE},
    "services_inclus": "Services étudiés",
    "services_exclus": "Services exclus",
    "formes_exclues": "Formes juridiques exclues",
    "communes": "Communes concernées",
    "annees": "Années",
}
ORDRE = (
    "objectifs",
    "services_inclus",
    "perimetre",
    "communes",
    "services_exclus",
    "formes_exclues",
    "exclus",
    "principes_financiers",
    "regle_decision",
    "annees",
    "calendrier",
)
TEXTES = frozenset(nom for nom, _, _ in TEXTES_CADRE)


class Commune(Protocol):
    """A commune by its code and its name."""

    code: str
    nom: str


def build_contenu(cadre: Any) -> dict[str, Any]:
    """What a version says, ready to be written as JSON; lists in the order of the catalogue or of the codes."""
    contenu = {nom: getattr(cadre, nom) for nom in CHAMPS}
    return contenu | {
        "services_inclus": sort_services(cadre.services_inclus),
        "services_exclus": sort_services(cadre.services_exclus),
        "formes_exclues": [code for code in FormeEcartee.values if code in cadre.formes_exclues],
        "codes_communes": [] if cadre.toutes_communes else sorted(cadre.codes_communes),
    }


def sort_services(cles: Collection[str]) -> list[str]:
    """Keys of the catalogue, in its order."""
    return [service.cle for service in CATALOGUE if service.cle in cles]


def compute_empreinte(contenu: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of ``contenu``."""
    written = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def list_ecarts(
    cadre: Any,
    *,
    service: str = "",
    annee: int | None = None,
    communes: Iterable[Commune] | None = None,
    forme: str = "",
) -> list[str]:
    """What a later step does outside of the validated frame: one French sentence each; empty within the frame.

    ``cadre``: the validated version, None when there is none (then nothing leaves it). ``service``: key of the
    catalogue, empty when the step tells of none; a service that a démarche added itself is in no list, so it never
    leaves the frame. ``annee``: the year in which the step begins. ``communes``: those that take part, with ``code``
    and ``nom``. ``forme``: code of a legal form. It never forbids anything: people decide.
    """
    if cadre is None:
        return []
    nom = f"cadre validé le {write_date(cadre.valide_le)}"
    found = (
        write_service(cadre, service, nom),
        write_annee(cadre, annee, nom),
        write_communes(cadre, communes or (), nom),
        write_forme(cadre, forme, nom),
    )
    return [prose(phrase) for phrase in found if phrase]


def list_ecarts_services(cadre: Any, services: Collection[str]) -> list[str]:
    """What a questionnaire that asks of these services does outside of the frame: those it excludes, in one sentence.

    Asking of a service that is merely not studied is no deviation: an état des lieux may look wider than the frame.
    """
    asked = [
        PAR_CLE[cle].libelle for cle in sort_services(services) if cadre is not None and cle in cadre.services_exclus
    ]
    if not asked:
        return []
    sont = accord(len(asked), "est exclu", "sont exclus")
    noms = enumeration(f"« {libelle} »" for libelle in asked)
    return [
        prose(f"{pluriel(len(asked), 'service')} {sont} du cadre validé le {write_date(cadre.valide_le)} : {noms}.")
    ]


def list_ecarts_plan(cadre: Any, elements: Iterable[tuple[str, str]]) -> list[str]:
    """What the plan does outside of the frame: (title, échéance) of its objectifs and actions, one sentence each.

    A title names an excluded service when it holds the words of the catalogue; words alone prove nothing, and the
    sentence says what was read. ``échéance``: its last year is read, if it holds one.
    """
    if cadre is None:
        return []
    nom, found = f"cadre validé le {write_date(cadre.valide_le)}", []
    connus = [cle for cle in cadre.services_exclus if cle in PAR_CLE]
    exclus = [(mots, PAR_CLE[cle].libelle) for cle in connus for mots in list_mots(cle)]
    for titre, echeance in elements:
        lu = f" {normalize_nom(titre)} "
        noms = dict.fromkeys(libelle for mots, libelle in exclus if f" {mots} " in lu)
        found += [f"« {titre} » semble parler de « {libelle} », service exclu du {nom}." for libelle in noms]
        annees = [int(annee) for annee in ANNEE.findall(echeance)]
        if annees and (hors := write_annee(cadre, max(annees), nom)):
            found.append(f"« {titre} » : {hors[0].lower()}{hors[1:]}")
    return [prose(phrase) for phrase in found]


def list_mots(cle: str) -> list[str]:
    """The parts of the name of a service that name it by themselves: ``police municipale``, ``garde champetre``."""
    parts = re.split(r",| et |[()]", PAR_CLE[cle].libelle)
    return [mots for part in parts if len(mots := normalize_nom(part)) > 3]


def write_service(cadre: Any, cle: str, nom: str) -> str:
    service = PAR_CLE.get(cle)
    if service is None:
        return ""
    if cle in cadre.services_exclus:
        return f"Le service « {service.libelle} » est exclu du {nom}."
    if cadre.services_inclus and cle not in cadre.services_inclus:
        return f"Le service « {service.libelle} » n'est pas dans le périmètre du {nom}."
    return ""


def write_annee(cadre: Any, annee: int | None, nom: str) -> str:
    if annee is None:
        return ""
    before = cadre.annee_debut is not None and annee < cadre.annee_debut
    after = cadre.annee_fin is not None and annee > cadre.annee_fin
    if not (before or after):
        return ""
    return f"L'année {annee} est hors du calendrier du {nom} ({write_annees(cadre)})."


def write_annees(cadre: Any) -> str:
    """``de 2027 à 2030``, ``à partir de 2027``, ``jusqu'à 2030``; empty when no year was set."""
    debut, fin = cadre.annee_debut, cadre.annee_fin
    if debut is not None and fin is not None:
        return f"en {debut}" if debut == fin else f"de {debut} à {fin}"
    if debut is not None:
        return f"à partir de {debut}"
    return f"jusqu'à {fin}" if fin is not None else ""


def write_communes(cadre: Any, communes: Iterable[Commune], nom: str) -> str:
    if cadre.toutes_communes:
        return ""
    outside = [commune.nom for commune in communes if commune.code not in cadre.codes_communes]
    if not outside:
        return ""
    shown = outside[:NOMS_MAX]
    if len(outside) > NOMS_MAX:
        shown.append(f"{len(outside) - NOMS_MAX} autres" if len(outside) > NOMS_MAX + 1 else "une autre")
    sont = accord(len(outside), "n'est pas", "ne sont pas")
    return f"{pluriel(len(outside), 'commune')} {sont} dans le périmètre du {nom} : {enumeration(shown)}."


def write_forme(cadre: Any, forme: str, nom: str) -> str:
    if forme not in cadre.formes_exclues:
        return ""
    return f"La forme « {FormeEcartee(forme).label} » est exclue du {nom}."


@dataclass(frozen=True, slots=True)
class ChampLu:
    """A field of a version as it is read: its label, its text or the items of its list."""

    cle: str
    libelle: str
    texte: str = ""
    elements: tuple[str, ...] = ()

    @property
    def est_vide(self) -> bool:
        return not self.texte and not self.elements


def read_champs(cadre: Any, communes: Sequence[Commune]) -> tuple[ChampLu, ...]:
    """Every field of a version, in the order of reading; ``communes``: those of the démarche, for their names."""
    lists = {
        "services_inclus": tuple(PAR_CLE[cle].libelle for cle in sort_services(cadre.services_inclus)),
        "services_exclus": tuple(PAR_CLE[cle].libelle for cle in sort_services(cadre.services_exclus)),
        "formes_exclues": tuple(f.label for f in FormeEcartee if f.value in cadre.formes_exclues),
        "communes": list_noms(cadre, communes),
    }
    texts = {nom: getattr(cadre, nom) for nom in TEXTES} | {"annees": write_annees(cadre)}
    return tuple(ChampLu(cle, LIBELLES[cle], texts.get(cle, ""), lists.get(cle, ())) for cle in ORDRE)


def list_noms(cadre: Any, communes: Sequence[Commune]) -> tuple[str, ...]:
    if cadre.toutes_communes:
        return ("toutes les communes",)
    return tuple(commune.nom for commune in communes if commune.code in cadre.codes_communes)


@dataclass(frozen=True, slots=True)
class Morceau:
    """A run of words: kept (``egal``), taken out (``retire``) or put in (``ajoute``)."""

    genre: str
    texte: str


@dataclass(frozen=True, slots=True)
class ChampCompare:
    """A field that differs between two versions, word by word (item by item for a list)."""

    cle: str
    libelle: str
    morceaux: tuple[Morceau, ...]


def compare_cadres(avant: Any, apres: Any, communes: Sequence[Commune]) -> tuple[ChampCompare, ...]:
    """Fields that changed from ``avant`` to ``apres``, in the order of reading; empty when nothing did.

    Complexity: quadratic in the words of a field at worst (some thousands of characters).
    """
    compared = []
    for old, new in zip(read_champs(avant, communes), read_champs(apres, communes), strict=True):
        if (old.texte, old.elements) != (new.texte, new.elements):
            runs = compare_elements(old, new) if old.elements or new.elements else compare_textes(old.texte, new.texte)
            compared.append(ChampCompare(new.cle, new.libelle, runs))
    return tuple(compared)


def compare_textes(avant: str, apres: str) -> tuple[Morceau, ...]:
    """Two texts word by word; joining what is kept and taken out gives ``avant``, what is kept and put in ``apres``."""
    return align(MOTS.findall(normalize(avant)), MOTS.findall(normalize(apres)), "")


def compare_elements(avant: ChampLu, apres: ChampLu) -> tuple[Morceau, ...]:
    return align(avant.elements, apres.elements, ", ")


def align(avant: Sequence[str], apres: Sequence[str], lien: str) -> tuple[Morceau, ...]:
    """Runs of the two sequences, in reading order; ``lien`` joins the items of a run."""
    runs = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, avant, apres, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Morceau(EGAL, lien.join(avant[a1:a2])))
            continue
        if a2 > a1:
            runs.append(Morceau(RETIRE, lien.join(avant[a1:a2])))
        if b2 > b1:
            runs.append(Morceau(AJOUTE, lien.join(apres[b1:b2])))
    return tuple(runs)


def normalize(texte: str) -> str:
    """A browser sends line ends its own way."""
    return texte.replace("\r\n", "\n").strip()
