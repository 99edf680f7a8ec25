"""The JSON file of a simulation: readable, exact, read by the same validator as the forms."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from communaccord.simulateur.ecriture import format_exact
from communaccord.simulateur.types import VERSION, Anomalie, CommuneSimulee, Couts, Service, Simulation, Variante
from communaccord.simulateur.validation import parse_simulation

MAX_OCTETS = 2_000_000
MAX_CHIFFRES_ENTIER = 40

Donnees = dict[str, object]


def write_data(simulation: Simulation) -> Donnees:
    """Return the simulation as the nested data that ``parse_simulation`` reads back identically.

    What is empty or has its default value is left out; numbers are French texts, exact. Complexity: O(communes).
    """
    personnel, conditions, marges = simulation.personnel, simulation.conditions, simulation.marges
    donnees: Donnees = {
        "version": VERSION,
        "titre": simulation.titre,
        "territoire": _write_territoire(simulation),
        "service": _write_service(simulation.service),
        "communes": [_write_commune(commune, simulation.service) for commune in simulation.communes],
        "perimetre": None if len(simulation.perimetre) == len(simulation.communes) else list(simulation.perimetre),
        **_write_volumes(simulation.volumes_totaux, simulation.service, "volume_total", "volumes_totaux"),
        "personnel": _drop_vides(
            {
                "etp": _write(personnel.etp),
                "productivite": _write(personnel.productivite),
                "pas": _write(personnel.pas),
                "cout_etp": _write_euros(personnel.cout_etp or None),
            }
        ),
        "couts": _write_couts(simulation.couts),
        "conditions": _drop_vides(
            {
                "minimum": _write_euros(conditions.minimum),
                "maximum": _write_euros(conditions.maximum),
                "lissage": _write(conditions.lissage or None),
                "porteur_du_reste": conditions.porteur_du_reste,
            }
        ),
        "cout_horaire": _write_euros(simulation.cout_horaire),
        "marges": _drop_vides(
            {
                "volumes": _write_taux(marges.volumes),
                "couts": _write_taux(marges.couts),
                "aujourd_hui": _write_taux(marges.aujourd_hui),
            }
        ),
        "annees": {"premiere": simulation.premiere_annee, "horizon": simulation.horizon},
        "variantes": [_write_variante(variante) for variante in simulation.variantes],
    }
    return _drop_vides(donnees)


def write_json(simulation: Simulation) -> str:
    """Return the JSON file of a simulation, indented for people."""
    return json.dumps(write_data(simulation), ensure_ascii=False, indent=2) + "\n"


def read_json(contenu: bytes | str) -> Simulation | list[Anomalie]:
    """Read the JSON file of a simulation; what cannot be read comes back as anomalies, never as an exception."""
    if len(contenu) > MAX_OCTETS:
        return _refuse("le fichier dépasse 2 Mo.", "Un fichier de simulation compte quelques dizaines de kilo-octets.")
    try:
        texte = contenu.decode("utf-8-sig") if isinstance(contenu, bytes) else contenu.removeprefix("\ufeff")
        donnees = json.loads(texte, parse_float=_parse_decimal, parse_int=_parse_entier, parse_constant=str)
    except UnicodeDecodeError:
        return _refuse("le fichier n'est pas un texte en UTF-8.", "Enregistrez-le en UTF-8.")
    except json.JSONDecodeError as erreur:
        return _refuse(
            f"le fichier n'est pas du JSON valable, ligne {erreur.lineno}, colonne {erreur.colno}.",
            "Vérifiez les virgules, les guillemets et les accolades à cet endroit.",
        )
    except RecursionError:
        return _refuse("le fichier emboîte trop de niveaux.", "Partez du fichier d'exemple.")
    if not isinstance(donnees, Mapping):
        return _refuse("le fichier ne contient pas une simulation.", "Partez du fichier d'exemple.")
    return parse_simulation(donnees, strict=True)


def _refuse(message: str, que_faire: str) -> list[Anomalie]:
    return [Anomalie("fichier", "Fichier", message, que_faire)]


def _parse_decimal(texte: str) -> object:
    """Keep a JSON number exact; one that is out of all measure stays a text, refused further on in its place."""
    return Decimal(texte) if len(texte) <= MAX_CHIFFRES_ENTIER else texte


def _parse_entier(texte: str) -> object:
    return int(texte) if len(texte) <= MAX_CHIFFRES_ENTIER else texte


def _write_territoire(simulation: Simulation) -> Donnees:
    territoire = simulation.territoire
    if territoire.siren is not None:
        return {"siren": territoire.siren, "nom": territoire.nom}
    source = "" if territoire.source_population == "saisie" else territoire.source_population
    return _drop_vides({"nom": territoire.nom, "fictif": territoire.fictif, "source_population": source})


def _write_service(service: Service) -> Donnees:
    actes = [
        _drop_vides(
            {
                "code": acte.code,
                "libelle": acte.libelle,
                "poids": _write(acte.poids),
                "poids_cle": _write(acte.poids_cle),
                "cout_unitaire": _write_euros(acte.cout_unitaire),
            }
        )
        for acte in service.actes
    ]
    return {"domaine": str(service.domaine), "nom": service.nom, "unite": service.unite, "actes": actes}


def _write_commune(commune: CommuneSimulee, service: Service) -> Donnees:
    return _drop_vides(
        {
            "code": commune.code,
            "nom": commune.nom,
            "population": commune.population,
            **_write_volumes(commune.volumes, service, "volume", "volumes"),
            "temps": _write(commune.temps),
            "potentiel_fiscal": _write_euros(commune.potentiel_fiscal),
            "depense_actuelle": _write_euros(commune.depense_actuelle),
            "heures_actuelles": _write(commune.heures_actuelles),
            "valeur_temps": _write_euros(commune.valeur_temps),
            "cout_seul": _write_euros(commune.cout_seul),
        }
    )


def _write_volumes(volumes: tuple[Fraction | None, ...], service: Service, simple: str, detail: str) -> Donnees:
    """Write volumes as they are read: one figure for one act, else one by code; an unknown beside a known is said."""
    if len(service.actes) == 1:
        return {simple: _write(volumes[0])}
    if all(volume is None for volume in volumes):
        return {}
    couples = zip(service.actes, volumes, strict=True)
    return {detail: {acte.code: "inconnu" if volume is None else _write(volume) for acte, volume in couples}}


def _write_couts(couts: Couts) -> Donnees:
    return _drop_vides(
        {
            "fixes": [{"libelle": ligne.libelle, "montant": _write_euros(ligne.montant)} for ligne in couts.fixes],
            "adhesion": _write_euros(couts.adhesion or None),
            "mise_en_place": _write_euros(couts.mise_en_place or None),
            "mise_en_place_annees": None if couts.mise_en_place_annees == 1 else couts.mise_en_place_annees,
            "indexation_personnel": _write_taux(couts.indexation_personnel),
            "indexation_autres": _write_taux(couts.indexation_autres),
            "indexation_aujourd_hui": _write_taux(couts.indexation_aujourd_hui),
            "subventions": [
                {
                    "libelle": subvention.libelle,
                    "montant": _write_euros(subvention.montant),
                    "premiere_annee": subvention.premiere_annee,
                    "derniere_annee": subvention.derniere_annee,
                }
                for subvention in couts.subventions
            ],
            "part_epci_taux": _write_taux(couts.part_epci_taux),
            "part_epci_montant": _write_euros(couts.part_epci_montant or None),
        }
    )


def _write_variante(variante: Variante) -> Donnees:
    cle = {str(critere): _write(poids * 100) for critere, poids in variante.cle}
    perimetre = None if variante.perimetre is None else list(variante.perimetre)
    return _drop_vides({"nom": variante.nom, "cle": cle, "perimetre": perimetre})


def _write(nombre: Fraction | int | None) -> str | None:
    return None if nombre is None else format_exact(nombre)


def _write_euros(centimes: int | None) -> str | None:
    return None if centimes is None else format_exact(Fraction(centimes, 100))


def _write_taux(taux: Fraction) -> str | None:
    return f"{format_exact(taux * 100)} %" if taux else None


def _drop_vides(donnees: Donnees) -> Donnees:
    """Leave out what says nothing: None, empty text, false, empty list or group; the number zero stays."""
    return {
        cle: valeur for cle, valeur in donnees.items() if not (valeur is None or valeur is False or _is_vide(valeur))
    }


def _is_vide(valeur: object) -> bool:
    return isinstance(valeur, str | list | dict) and not valeur
