"""The posts of the service against the people told employer by employer: the two must agree before freezing."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.models import EffectifEmployeur, EffetCommune
from communaccord.plateforme.dossiers.pages.employeurs import list_masquees, reads_bilan, reads_ligne, write_etp
from communaccord.plateforme.dossiers.queries import list_effectifs
from communaccord.plateforme.socle.typographie import pluriel, prose
from communaccord.simulateur import parse_nombre

# Whoever works for the service afterwards: taken in from another employer, recruited, or lent by its own.
AU_SERVICE = ("arrivent", "crees", "mis_a_disposition")
CENT = 100
# Hundredths of ETP that rounding explains.
TOLERANCE = 5
SANS_NOMBRES = "Les agents dits employeur par employeur ne font pas les postes du service : l'équipe projet y revient."


def sum_au_service(lignes: Iterable[EffectifEmployeur], suffixe: str = "") -> int:
    """Agents, or hundredths of ETP with ``_etp``, who would work for the service."""
    return sum(getattr(ligne, f"{nom}{suffixe}") for ligne in lignes for nom in AU_SERVICE)


def read_etp(texte: str) -> Fraction | None:
    """The posts of a frozen scenario, as its summary writes them."""
    return parse_nombre(texte) if texte else None


def write_ecart_postes(acteur: Acteur, etp: Fraction | None, lignes: Sequence[EffectifEmployeur]) -> str:
    """What does not agree, as this reader may read it; empty when it does, or when one of the two is not told."""
    agents, centiemes = sum_au_service(lignes), sum_au_service(lignes, "_etp")
    if etp is None or not agents + centiemes or not differs(round(etp * CENT), agents, centiemes):
        return ""
    if not reads_bilan(acteur, list_masquees(lignes)):
        return prose(SANS_NOMBRES)
    qui = pluriel(agents, "agent travaillerait", "agents travailleraient")
    temps = f" ({write_etp(centiemes)} ETP)" if centiemes else ", sans que leur temps soit dit"
    return prose(
        f"Le service compte {write_etp(round(etp * CENT))} ETP, mais {qui} pour lui{temps}, d'après les lignes des "
        "employeurs : vérifiez les postes, ou le temps que chacun y passe."
    )


def differs(postes: int, agents: int, centiemes: int) -> bool:
    """Whether people cannot be the posts: their ETP differ, or, without ETP, their number alone."""
    return abs(postes - (centiemes or CENT * agents)) > TOLERANCE


def complete_effectifs(acteur: Acteur, effets: Mapping[int, Iterable[EffetCommune]]) -> None:
    """Give the effects (by scenario) of which the commune told no staff that of its line, when this actor reads it.

    Nothing is written: one query.
    """
    by_scenario: dict[int, list[EffectifEmployeur]] = {}
    for ligne in list_effectifs(acteur, effets):
        by_scenario.setdefault(ligne.scenario_id, []).append(ligne)
    for pk, lignes in by_scenario.items():
        masquees = list_masquees(lignes)
        by_commune = {x.commune_id: x for x in lignes if x.pk not in masquees or reads_ligne(acteur, x)}
        for effet in effets[pk]:
            ligne = by_commune.get(effet.commune_id)
            if ligne is not None and effet.agents_avant is None:
                effet.agents_avant, effet.agents_apres = ligne.avant, ligne.compute_apres()
                effet.agents_concernes = ligne.partent + ligne.mis_a_disposition
