"""What a simulation needs to be computed: which communes, which figures."""

from communaccord.simulateur.types import CommuneSimulee, Critere, Simulation


def list_concernees(simulation: Simulation) -> tuple[CommuneSimulee, ...]:
    """Communes that take part in one variant at least."""
    codes = {code for variante in simulation.variantes for code in simulation.get_perimetre(variante)}
    return tuple(commune for commune in simulation.communes if commune.code in codes)


def needs_volumes(simulation: Simulation) -> bool:
    """Whether the volumes count: key by use, staff from the workload, or a unit cost."""
    usage = any(critere is Critere.USAGE for variante in simulation.variantes for critere, _ in variante.cle)
    unitaires = any(acte.cout_unitaire for acte in simulation.service.actes)
    return usage or unitaires or simulation.personnel.productivite is not None
