"""The workbook of a simulation: what was given, formulas that recompute the shares, effects; and its reading."""

import io
from datetime import date

from communaccord.simulateur.classeur.calcul import write_calcul, write_couts
from communaccord.simulateur.classeur.champs import (
    FEUILLE_COMMUNES,
    FEUILLE_COUTS,
    FEUILLE_EFFETS,
    FEUILLE_HYPOTHESES,
    FEUILLE_LISEZ_MOI,
)
from communaccord.simulateur.classeur.effets import write_effets, write_lisez_moi
from communaccord.simulateur.classeur.entrees import write_communes, write_hypotheses
from communaccord.simulateur.classeur.lecture import read_classeur
from communaccord.simulateur.classeur.plume import Plume, Styles
from communaccord.simulateur.resultat import Resultat
from communaccord.simulateur.xlsx import open_classeur

__all__ = ["build_classeur", "read_classeur"]


def build_classeur(resultat: Resultat, *, etabli_le: date | None = None) -> bytes:
    """Return the XLSX of a result; ``read_classeur`` gives its simulation back.

    The shares of the year of reference are formulas, from the key to the cent; every formula bears the value it gives.
    ``etabli_le``: the day written on the first sheet. Complexity: O(variants x communes x (years + one sharing)).
    """
    sortie = io.BytesIO()
    with open_classeur(sortie) as classeur:
        styles = Styles.build(classeur)

        def open_feuille(nom: str) -> Plume:
            return Plume(classeur.add_worksheet(nom), styles)

        write_lisez_moi(open_feuille(FEUILLE_LISEZ_MOI), resultat, etabli_le)
        hypotheses = write_hypotheses(open_feuille(FEUILLE_HYPOTHESES), resultat.simulation)
        reperes = write_communes(open_feuille(FEUILLE_COMMUNES), resultat.simulation, hypotheses)
        couts = [(v.variante.nom, v.cout) for v in resultat.variantes if v.cout is not None]
        rangs = [rang for rang, v in enumerate(resultat.variantes) if v.cout is not None]
        lignes = write_couts(open_feuille(FEUILLE_COUTS), couts, resultat.simulation.service)
        for numero, rang in enumerate(rangs):
            write_calcul(open_feuille(f"Calcul {rang + 1}"), resultat, rang, reperes, lignes[numero])
        write_effets(open_feuille(FEUILLE_EFFETS), resultat)
    return sortie.getvalue()
