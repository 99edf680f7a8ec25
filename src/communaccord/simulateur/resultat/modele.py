"""From a simulation to what the noyau reads: members, cost model, rules of sharing."""

from collections.abc import Mapping
from fractions import Fraction

from communaccord.noyau import partage
from communaccord.noyau.exact import Exact, round_exact, share_total
from communaccord.noyau.partage import (
    Bareme,
    Cle,
    CleMixte,
    CleSimple,
    Famille,
    Ligne,
    Membre,
    ModeleCout,
    ReglesPartage,
)
from communaccord.simulateur.besoins import list_concernees, needs_volumes
from communaccord.simulateur.types import CommuneSimulee, Critere, Service, Simulation, Variante

Volumes = Mapping[str, tuple[Fraction | None, ...]]


def complete_volumes(simulation: Simulation) -> Volumes:
    """Volume of each commune by act: given, or its part by population of what remains of the total.

    The spread is in hundredths of a unit by the plus fort reste, so that the total is kept exactly. Complexity:
    O(acts x communes log communes).
    """
    concernees = list_concernees(simulation)
    colonnes = [_complete_acte(simulation, concernees, rang) for rang in range(len(simulation.service.actes))]
    return {
        commune.code: tuple(colonne.get(commune.code, commune.volumes[rang]) for rang, colonne in enumerate(colonnes))
        for commune in simulation.communes
    }


def _complete_acte(
    simulation: Simulation, concernees: tuple[CommuneSimulee, ...], rang: int
) -> dict[str, Fraction | None]:
    total = simulation.volumes_totaux[rang]
    inconnues = [commune for commune in concernees if commune.volumes[rang] is None]
    if total is None or not inconnues:
        return {}
    reste = total - sum((commune.volumes[rang] or Fraction(0) for commune in concernees), Fraction(0))
    populations = {commune.code: commune.population for commune in inconnues}
    if not any(populations.values()):
        populations = dict.fromkeys(populations, 1)
    parts = share_total(round_exact(reste * 100), populations).parts
    return {code: Fraction(part, 100) for code, part in parts.items()}


def list_estimees(simulation: Simulation) -> frozenset[str]:
    """Codes of the communes whose volume is spread by population and counts in the result."""
    if not needs_volumes(simulation):
        return frozenset()
    return frozenset(
        commune.code
        for commune in list_concernees(simulation)
        if any(v is None and t is not None for v, t in zip(commune.volumes, simulation.volumes_totaux, strict=True))
    )


def counts_temps(simulation: Simulation) -> bool:
    """Whether the time of agents is counted for one commune at least; otherwise it is left out for all, and said."""
    return any(c.valeur_temps is not None or c.heures_actuelles is not None for c in list_concernees(simulation))


def build_membre(simulation: Simulation, commune: CommuneSimulee, volumes: Volumes, *, temps_compte: bool) -> Membre:
    """Return the member that the noyau reads; what is unknown stays unknown."""
    connus: dict[str, Exact] = {
        acte.code: volume.numerator if volume.denominator == 1 else volume  # whole numbers are computed faster
        for acte, volume in zip(simulation.service.actes, volumes[commune.code], strict=True)
        if volume is not None
    }
    return Membre(
        code=commune.code,
        nom=commune.nom,
        population=commune.population,
        volumes=connus if len(connus) == len(simulation.service.actes) else None,
        temps=commune.temps,
        potentiel_fiscal=commune.potentiel_fiscal,
        depense_actuelle=commune.depense_actuelle,
        temps_actuel=get_valeur_temps(simulation, commune) if temps_compte else 0,
        heures_actuelles=commune.heures_actuelles,
        cout_seul=commune.cout_seul,
    )


def get_valeur_temps(simulation: Simulation, commune: CommuneSimulee) -> int | None:
    """Value in cents of the time of agents: as given, or hours by the cost of an hour."""
    if commune.valeur_temps is not None:
        return commune.valeur_temps
    if commune.heures_actuelles is None or simulation.cout_horaire is None:
        return None
    return round_exact(commune.heures_actuelles * simulation.cout_horaire)


def build_modele(simulation: Simulation) -> ModeleCout:
    """Return the cost model; all amounts are those of the first year."""
    couts, premiere = simulation.couts, simulation.premiere_annee
    return ModeleCout(
        indexation=partage.Indexation(
            premiere, couts.indexation_personnel, couts.indexation_autres, couts.indexation_aujourd_hui
        ),
        couts_fixes=tuple(partage.CoutFixe(ligne.libelle, ligne.montant) for ligne in couts.fixes if ligne.montant),
        personnel=_build_personnel(simulation),
        couts_unitaires={a.code: a.cout_unitaire for a in simulation.service.actes if a.cout_unitaire},
        cout_adhesion=couts.adhesion,
        mises_en_place=_build_mise_en_place(simulation),
        subventions=tuple(
            partage.Subvention(s.libelle, s.montant, frozenset(range(s.premiere_annee, s.derniere_annee + 1)))
            for s in couts.subventions
        ),
        part_epci=partage.PartEpci(couts.part_epci_taux, couts.part_epci_montant),
    )


def _build_personnel(simulation: Simulation) -> tuple[partage.Effectif, ...]:
    personnel = simulation.personnel
    bareme = Bareme({a.code: a.poids for a in simulation.service.actes}, simulation.service.unite)
    if personnel.productivite is not None:
        return (partage.Effectif(personnel.cout_etp, personnel.productivite, None, personnel.pas, bareme),)
    if personnel.etp:
        return (partage.Effectif(personnel.cout_etp, None, personnel.etp, personnel.pas, bareme),)
    return ()


def write_libelle(ligne: Ligne, service: Service) -> str:
    """Words of a line of cost: an act by its label, or by the unit of work, never by its code."""
    if ligne.famille is not Famille.UNITAIRE:
        return ligne.libelle
    return next((acte.libelle for acte in service.actes if acte.code == ligne.libelle), ligne.libelle)


def _build_mise_en_place(simulation: Simulation) -> tuple[partage.MiseEnPlace, ...]:
    couts = simulation.couts
    if not couts.mise_en_place:
        return ()
    debut, duree = simulation.premiere_annee, couts.mise_en_place_annees
    return (partage.MiseEnPlace("Mise en place", couts.mise_en_place, debut, duree),)


def build_regles(simulation: Simulation, variante: Variante) -> ReglesPartage:
    """Return the rule of the convention for one variant."""
    conditions = simulation.conditions
    return ReglesPartage(
        cle=build_cle(simulation, variante),
        limites=partage.Limites(conditions.minimum, conditions.maximum),
        lissage=partage.Lissage(conditions.lissage) if conditions.lissage else None,
        porteur_du_reste=conditions.porteur_du_reste,
    )


def build_cle(simulation: Simulation, variante: Variante) -> Cle:
    """Return the key: a single criterion, or a mix."""
    actes = simulation.service.actes
    bareme = Bareme({a.code: a.poids if a.poids_cle is None else a.poids_cle for a in actes}, simulation.service.unite)
    simples: dict[Critere, CleSimple] = {
        Critere.POPULATION: partage.ClePopulation(),
        Critere.USAGE: partage.CleUsage(bareme),
        Critere.FORFAIT: partage.CleForfait(),
        Critere.TEMPS: partage.CleTemps(),
        Critere.POTENTIEL_FISCAL: partage.ClePotentielFiscal(),
    }
    if len(variante.cle) == 1:
        return simples[variante.cle[0][0]]
    return CleMixte(tuple((poids, simples[critere]) for critere, poids in variante.cle))
