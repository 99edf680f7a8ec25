"""What looks odd in a sheet: told to whoever fills it, never refused, for the odd figure is sometimes the right one."""

from collections.abc import Mapping, Sequence
from typing import Any

from communaccord.plateforme.diagnostic.calculs.valeurs import show_valeur, write_centiemes
from communaccord.plateforme.diagnostic.enums import Colonne, TypeLigne

# A figure that is twice the public one, or half of it, is more often a slip (of unit, of line) than a change.
ECART = 2
PERSONNEL, DEPENSES = "frais_personnel", "depenses_fonctionnement"
EFFECTIFS_INVERSES = "Il y a plus d'équivalents temps plein ({etp}) que d'agents ({agents}) : à vérifier."
PERSONNEL_EN_TROP = "Les frais de personnel dépassent les dépenses de fonctionnement ({depenses}) : à vérifier."
LOIN = "La donnée publique dit {valeur} en {annee} ({source}) : à vérifier."


def list_doutes(
    lignes: Sequence[Any], reponses: Mapping[int, Any], publiques: Mapping[str, Any]
) -> dict[int, list[str]]:
    """By line, sentences on what its recorded answer leaves to check; a line without any is left out. Linear.

    ``reponses``: by line; ``publiques``: the latest public datum by key.
    """
    par_cle = {ligne.cle: reponses[ligne.pk] for ligne in lignes if ligne.pk in reponses}
    found = {}
    for ligne in lignes:
        reponse = reponses.get(ligne.pk)
        doutes = [] if reponse is None else [*check_ligne(ligne, reponse.valeurs, publiques.get(ligne.publique))]
        if reponse is not None and ligne.cle == PERSONNEL and DEPENSES in par_cle:
            doutes += check_personnel(reponse.valeurs, par_cle[DEPENSES].valeurs)
        if doutes:
            found[ligne.pk] = doutes
    return found


def check_ligne(ligne: Any, valeurs: Mapping[str, Any], publique: Any) -> list[str]:
    """What the values of one line leave to check, by themselves or beside what a public file tells."""
    if ligne.type == TypeLigne.EFFECTIFS:
        return check_effectifs(valeurs)
    value, told = valeurs.get(Colonne.VALEUR), publique.centiemes if publique is not None else None
    if not isinstance(value, int) or not told or told <= value * ECART <= told * ECART**2:
        return []
    unite = f" {ligne.unite}" if ligne.unite and ligne.type != TypeLigne.MONTANT else ""
    valeur = f"{show_valeur(ligne, Colonne.VALEUR, told)}{unite}"
    return [LOIN.format(valeur=valeur, annee=publique.annee, source=publique.source)]


def check_effectifs(valeurs: Mapping[str, Any]) -> list[str]:
    agents, etp = valeurs.get(Colonne.AGENTS), valeurs.get(Colonne.ETP)
    if agents is None or etp is None or etp <= agents:
        return []
    return [EFFECTIFS_INVERSES.format(etp=write_centiemes(etp), agents=write_centiemes(agents))]


def check_personnel(personnel: Mapping[str, Any], depenses: Mapping[str, Any]) -> list[str]:
    paid, total = personnel.get(Colonne.VALEUR), depenses.get(Colonne.VALEUR)
    if paid is None or total is None or paid <= total:
        return []
    return [PERSONNEL_EN_TROP.format(depenses=f"{write_centiemes(total)}\u00a0€")]
