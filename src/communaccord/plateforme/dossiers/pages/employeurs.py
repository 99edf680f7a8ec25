"""Staff by employer before and after: the sum is kept or the difference is told; small numbers are masked.

The rule of the diagnostic (fewer than five people), and what would give them away: when a line counts one to four
people anywhere, the whole line is masked, and so is every employer that receives people (its arrivals are the sum of
the departures of the others) and every total. What stays visible enters no sum that is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.calculs.masques import SEUIL
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import EffectifEmployeur
from communaccord.plateforme.dossiers.models.profondeur_chiffres import MOUVEMENTS
from communaccord.plateforme.dossiers.pages.phrases import PARTICIPANTES_MIN
from communaccord.plateforme.dossiers.rules import LISENT_LES_EFFECTIFS, reads_effectifs
from communaccord.plateforme.socle.typographie import pluriel, prose

EPCI = "Intercommunalité"
PAS_MONTREES = "Les communes ne vous sont pas montrées une par une : le tableau n'a pas de total."
COLONNES = (
    ("avant", "Aujourd'hui"),
    ("partent", "Transférés de plein droit"),
    ("arrivent", "Accueillis"),
    ("crees", "Créés"),
    ("supprimes", "Supprimés"),
    ("apres", "Ensuite"),
    ("mis_a_disposition", "dont mis à disposition"),
    ("inchanges", "dont inchangés"),
)


@dataclass(frozen=True, slots=True)
class Bilan:
    """Sums over the employers, in agents or in hundredths of ETP."""

    avant: int
    partent: int
    arrivent: int
    crees: int
    supprimes: int
    apres: int
    mis_a_disposition: int = 0

    @property
    def manquants(self) -> int:
        """Those who leave an employer and arrive nowhere; negative: those who come from nowhere."""
        return self.partent - self.arrivent


def compute_bilan(lignes: Iterable[EffectifEmployeur], suffixe: str = "") -> Bilan:
    rows = list(lignes)
    sums = {nom: sum(getattr(row, f"{nom}{suffixe}") for row in rows) for nom in MOUVEMENTS[:5]}
    lent = sum(getattr(row, f"mis_a_disposition{suffixe}") for row in rows)
    return Bilan(**sums, apres=sum(row.compute_apres(suffixe) for row in rows), mis_a_disposition=lent)


def read_colonne(ligne: EffectifEmployeur, nom: str, suffixe: str = "") -> int:
    """One figure of a line. Unchanged: there today, and neither gone nor lent afterwards."""
    if nom == "apres":
        return ligne.compute_apres(suffixe)
    if nom == "inchanges":
        avant, partent, supprimes = (getattr(ligne, f"{n}{suffixe}") for n in ("avant", "partent", "supprimes"))
        return max(0, avant - partent - supprimes - getattr(ligne, f"mis_a_disposition{suffixe}"))
    return getattr(ligne, f"{nom}{suffixe}")


def is_petite(ligne: EffectifEmployeur) -> bool:
    """Whether a figure of this line counts one to four people, or full-time equivalents of nobody knows how many."""
    for nom, _ in COLONNES:
        agents = read_colonne(ligne, nom)
        if 0 < agents < SEUIL or (not agents and read_colonne(ligne, nom, "_etp")):
            return True
    return False


def list_masquees(lignes: Sequence[EffectifEmployeur]) -> set[int]:
    """The lines that nobody without privilege reads; empty when no figure is small."""
    petites = {ligne.pk for ligne in lignes if is_petite(ligne)}
    return petites | {ligne.pk for ligne in lignes if ligne.arrivent} if petites else petites


def reads_ligne(acteur: Acteur, ligne: EffectifEmployeur) -> bool:
    """The équipe projet and the DRH read every line; a mairie, that of its commune."""
    if ligne.commune_id is None:
        return acteur.role in LISENT_LES_EFFECTIFS
    return reads_effectifs(acteur, ligne.commune_id)


def is_ouverte(acteur: Acteur, lecture: Lecture, ligne: EffectifEmployeur) -> bool:
    """Whether the line is of those that this reader sees at all."""
    if ligne.commune_id is None or lecture is Lecture.TOUT:
        return True
    return lecture is Lecture.MA_COMMUNE and ligne.commune_id == acteur.commune_id


def reads_bilan(acteur: Acteur, masquees: set[int]) -> bool:
    """Whether the sums may be told to this reader."""
    return not masquees or acteur.role in LISENT_LES_EFFECTIFS


def tell_bilan(acteur: Acteur, lignes: Sequence[EffectifEmployeur]) -> list[str]:
    """The sentences alone, as this reader may read them; nothing when no employer is told."""
    if not lignes:
        return []
    entier = reads_bilan(acteur, list_masquees(lignes))
    return write_bilan(compute_bilan(lignes), compute_bilan(lignes, "_etp"), entier=entier)


def build_employeurs(acteur: Acteur, lecture: Lecture, lignes: Sequence[EffectifEmployeur]) -> dict[str, Any]:
    """The table, its sentences and its total, as this reader may see them.

    The total is that of the lines shown: those not open to this reader stand in one line together, and there is no
    total when they are too few for that.
    """
    masquees = list_masquees(lignes)
    entier = reads_bilan(acteur, masquees)
    agents, etp = compute_bilan(lignes), compute_bilan(lignes, "_etp")
    ouvertes = [ligne for ligne in lignes if is_ouverte(acteur, lecture, ligne)]
    fermees = [ligne for ligne in lignes if not is_ouverte(acteur, lecture, ligne)]
    groupees = [build_groupe(fermees)] if entier and len(fermees) >= PARTICIPANTES_MIN else []
    totalise = entier and len(lignes) > 1 and (bool(groupees) or not fermees)
    return {
        "lignes": [*(build_ligne(acteur, ligne, masquees) for ligne in ouvertes), *groupees],
        "total": [write_nombres(agents, etp, nom) for nom, _ in COLONNES[:6]] if totalise else [],
        "colonnes": [libelle for _, libelle in COLONNES],
        "masque": not entier,
        "phrases": [
            *(write_bilan(agents, etp, entier=entier) if lignes else []),
            *([PAS_MONTREES] if fermees and not groupees else []),
        ],
        "manque": bool(agents.manquants or etp.manquants),
    }


def build_groupe(lignes: Sequence[EffectifEmployeur]) -> dict[str, Any]:
    """Several communes in one line, when none of them is open to the reader and no figure is small."""
    return {
        "nom": f"{len(lignes)} communes, ensemble",
        "commune_id": 0,
        "mienne": False,
        "cellules": [
            write_cellule(
                sum(read_colonne(row, nom) for row in lignes), sum(read_colonne(row, nom, "_etp") for row in lignes)
            )
            for nom, _ in COLONNES
        ],
    }


def build_ligne(acteur: Acteur, ligne: EffectifEmployeur, masquees: set[int]) -> dict[str, Any]:
    lisible = ligne.pk not in masquees or reads_ligne(acteur, ligne)
    return {
        "nom": ligne.commune.nom if ligne.commune else EPCI,
        "commune_id": ligne.commune_id or 0,
        "mienne": ligne.commune_id is not None and ligne.commune_id == acteur.commune_id,
        "cellules": [
            write_cellule(read_colonne(ligne, nom), read_colonne(ligne, nom, "_etp")) if lisible else "masqué"
            for nom, _ in COLONNES
        ],
    }


def write_cellule(agents: int, etp: int) -> str:
    """``6 (5,5 ETP)``; without ETP when none is told."""
    return prose(f"{agents} ({write_etp(etp)} ETP)") if etp else str(agents)


def write_etp(centiemes: int) -> str:
    entier, reste = divmod(centiemes, 100)
    return f"{entier},{reste:02d}".rstrip("0").rstrip(",") if reste else str(entier)


def write_nombres(agents: Bilan, etp: Bilan, nom: str) -> str:
    return write_cellule(getattr(agents, nom), getattr(etp, nom))


def write_bilan(agents: Bilan, etp: Bilan, *, entier: bool) -> list[str]:
    """What the sums say: kept, or by how much not, and why."""
    if not entier:
        return [write_sans_nombres(agents, etp)]
    phrases = [write_conservation(agents)]
    if etp.avant or etp.apres:
        detail = f"En équivalents temps plein : {write_etp(etp.avant)} avant, {write_etp(etp.apres)} après"
        if etp.mis_a_disposition:
            detail += f", dont {write_etp(etp.mis_a_disposition)} mis à disposition du service"
        if etp.manquants:
            detail += f" ; {write_etp(etp.partent)} partent et {write_etp(etp.arrivent)} sont accueillis"
        phrases.append(prose(f"{detail}."))
    return phrases


def write_conservation(bilan: Bilan) -> str:
    """``420 agents avant, 420 après : autant.``"""
    debut = f"{pluriel(bilan.avant, 'agent')} avant, {bilan.apres} après"
    if bilan.manquants:
        ou = f"{bilan.partent} quitteraient un employeur et {bilan.arrivent} seraient accueillis"
        return prose(f"Les départs et les arrivées ne s'équilibrent pas : {ou}. À revoir avant de figer.")
    if not bilan.crees and not bilan.supprimes:
        return prose(f"{debut} : autant.")
    crees = pluriel(bilan.crees, "poste créé", "postes créés")
    return prose(f"{debut} : {crees}, {pluriel(bilan.supprimes, 'poste supprimé', 'postes supprimés')}.")


def write_sans_nombres(agents: Bilan, etp: Bilan) -> str:
    if agents.manquants or etp.manquants:
        return "Les départs et les arrivées ne s'équilibrent pas encore : l'équipe projet y revient."
    return "Chaque agent qui quitte un employeur est accueilli par un autre. Les totaux ne sont pas montrés."
