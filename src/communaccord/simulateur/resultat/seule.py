"""What the cost alone supposes, with its numbers: a hypothesis is read in the same line as its figure."""

from fractions import Fraction

from communaccord.noyau import partage
from communaccord.noyau.partage import Cout, Famille
from communaccord.simulateur.ecriture import format_montant, format_nombre, join_mots
from communaccord.simulateur.resultat.modele import build_modele
from communaccord.simulateur.resultat.types import Resultat, ResultatVariante

FAMILLES_FIXES = (Famille.FIXE, Famille.MISE_EN_PLACE)


def describe_seule(resultat: Resultat, variante: ResultatVariante, code: str, annee: int) -> str:
    """Say what the cost alone of one commune supposes: ``en supposant un demi-poste et…``; empty when it is unknown.

    Complexity: the cost of one commune.
    """
    effet = variante.get_commune(code)
    if effet is None or effet.get_annee(annee).cout_seul is None:
        return ""
    if effet.commune.cout_seul is not None:
        return "coût donné par la commune"
    membres = [resultat.membres[participante.commune.code] for participante in variante.communes]
    modele = partage.build_modele_seul(build_modele(resultat.simulation), membres)
    if modele is None:
        return ""
    cout = partage.compute_cout(modele, [resultat.membres[code]], [*resultat.simulation.annees])
    fixes = _write_fixes(cout, annee)
    morceaux = [mot for mot in (write_postes(cout.etp), fixes and f"{fixes} pour elle seule") if mot]
    return f"en supposant {join_mots(morceaux)}" if morceaux else "mêmes hypothèses, pour elle seule"


def describe_seules(resultat: Resultat, variante: ResultatVariante, annee: int) -> str:
    """The same for all the communes of a variant: the smallest post that can be hired, the whole fixed costs."""
    if variante.cout is None:
        return ""
    fixes = _write_fixes(variante.cout, annee)
    pas = write_postes(resultat.simulation.personnel.pas) if variante.cout.etp else ""
    morceaux = [mot for mot in (pas and f"au moins {pas}", fixes and f"{fixes} pour elle seule") if mot]
    return f"en supposant pour chacune {join_mots(morceaux)}" if morceaux else ""


def write_postes(etp: Fraction) -> str:
    """``un demi-poste``, ``un poste``, ``1,5 poste``, ``2,5 postes``; empty for none."""
    if not etp:
        return ""
    if etp in (Fraction(1, 2), 1):
        return "un poste" if etp == 1 else "un demi-poste"
    return f"{format_nombre(etp)} poste{'s' if etp >= 2 else ''}"


def _write_fixes(cout: Cout, annee: int) -> str:
    rang = cout.annees.index(annee)
    fixes = sum(ligne.cents[rang] for ligne in cout.lignes if ligne.famille in FAMILLES_FIXES)
    return f"tous les coûts fixes ({format_montant(fixes, centimes_visibles=False)})" if fixes else ""
