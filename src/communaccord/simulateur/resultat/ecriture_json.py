"""The answer as plain data for JSON: whole cents, exact quantities as text ("0.5", "1/3"), unknown as null."""

from communaccord.noyau.exact import Exact, round_exact
from communaccord.noyau.partage import Effet, Fourchette, Intervalle, Ligne
from communaccord.simulateur.ecriture import format_exact
from communaccord.simulateur.resultat.budget import compute_ecart_budget
from communaccord.simulateur.resultat.modele import write_libelle
from communaccord.simulateur.resultat.types import EffetCommune, Resultat, ResultatVariante
from communaccord.simulateur.types import Service, Simulation

Donnees = dict[str, object]


def to_json(resultat: Resultat) -> Donnees:
    """Return the whole answer as data that ``json.dumps`` writes; all amounts are whole cents."""
    simulation = resultat.simulation
    return {
        "version": simulation.version,
        "titre": simulation.titre,
        "territoire": {
            "nom": simulation.territoire.nom,
            "siren": simulation.territoire.siren,
            "fictif": simulation.territoire.fictif,
        },
        "service": simulation.service.nom,
        "unite": simulation.service.unite,
        "unite_montants": "centimes d'euro",
        "annees": list(simulation.annees),
        "annee_reference": resultat.annee_reference,
        "estime": resultat.estime,
        "phrase": resultat.phrase,
        "temps": resultat.variantes[0].temps,
        "variantes": [_write_variante(simulation, variante) for variante in resultat.variantes],
    }


def _write_variante(simulation: Simulation, variante: ResultatVariante) -> Donnees:
    donnees: Donnees = {
        "nom": variante.variante.nom,
        "cle": {str(critere): _write_exact(poids * 100) for critere, poids in variante.variante.cle},
        "perimetre": list(variante.perimetre),
        "phrase": variante.phrase,
        "temps": variante.temps,
        "avertissements": list(variante.avertissements),
    }
    if variante.refus is not None:
        return donnees | {"refus": {"motif": variante.refus.motif, "remede": variante.refus.remede}}
    if variante.cout is None or variante.partage is None:
        raise ValueError("Une variante sans refus porte son coût et son partage.")
    return donnees | {
        "etp": _write_exact(variante.cout.etp),
        "cout": [_write_ligne(ligne, simulation.service) for ligne in variante.cout.lignes],
        "a_repartir": list(variante.cout.a_repartir),
        "restes": [
            {"annee": annuel.annee, "montant": reste.cents, "porteur": reste.porteur, "motif": reste.motif.value}
            for annuel in variante.partage.annees
            for reste in annuel.restes
        ],
        "communes": [_write_commune(commune) for commune in variante.communes],
    }


def _write_ligne(ligne: Ligne, service: Service) -> Donnees:
    return {"famille": ligne.famille.value, "libelle": write_libelle(ligne, service), "montants": list(ligne.cents)}


def _write_commune(effet: EffetCommune) -> Donnees:
    return {
        "code": effet.commune.code,
        "nom": effet.commune.nom,
        "population": effet.commune.population,
        "volume_estime": effet.volume_estime,
        "annees": [_write_effet(annuel, effet.get_fourchette(annuel.annee)) for annuel in effet.annuels],
    }


def _write_effet(effet: Effet, fourchette: Fourchette | None) -> Donnees:
    donnees: Donnees = {
        "annee": effet.annee,
        "contribution": effet.contribution,
        "par_habitant": None if effet.par_habitant is None else round_exact(effet.par_habitant),
        "par_acte": None if effet.par_acte is None else round_exact(effet.par_acte),
        "depense_actuelle": effet.depense_actuelle,
        "ecart_budget": compute_ecart_budget(effet),
        "cout_actuel_temps_compris": effet.cout_actuel,
        "ecart_temps_compris": effet.ecart_aujourd_hui,
        "cout_seul": effet.cout_seul,
        "ecart_seul": effet.ecart_seul,
        "depense_evitee": effet.depense_evitee,
        "temps_libere": effet.temps_libere,
        "heures_liberees": _write_exact(effet.heures_liberees),
        "service_nouveau": effet.service_nouveau,
    }
    if fourchette is not None:
        donnees["fourchette"] = {
            "contribution": _write_intervalle(fourchette.contribution),
            "ecart_temps_compris": _write_intervalle(fourchette.ecart_aujourd_hui),
            "ecart_seul": _write_intervalle(fourchette.ecart_seul),
        }
    return donnees


def _write_exact(valeur: Exact | None) -> str | None:
    return None if valeur is None else format_exact(valeur).replace(",", ".")


def _write_intervalle(intervalle: Intervalle | None) -> list[int] | None:
    return None if intervalle is None else [intervalle.bas, intervalle.haut]
