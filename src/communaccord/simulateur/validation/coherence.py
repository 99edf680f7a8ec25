"""What can only be judged on the whole: a figure that the chosen key or the chosen costs need."""

from collections.abc import Callable

from communaccord.simulateur.besoins import list_concernees, needs_volumes
from communaccord.simulateur.ecriture import join_mots, pluralize
from communaccord.simulateur.types import CommuneSimulee, Critere, Simulation
from communaccord.simulateur.validation.lecteur import Lecteur

MAX_NOMS = 5


def check_coherence(lecteur: Lecteur, simulation: Simulation) -> None:
    """Record what is missing for the simulation to be computed."""
    if not simulation.communes:
        lecteur.refuse("communes", "Communes", "aucune commune n'est donnée.", "Ajoutez au moins une commune.")
        return
    for variante in simulation.variantes:
        if not simulation.get_perimetre(variante):
            lecteur.refuse("perimetre", variante.nom, "aucune commune ne participe.", "Cochez au moins une commune.")
            return
    _check_couts(lecteur, simulation)
    concernees = list_concernees(simulation)
    if needs_volumes(simulation):
        _check_volumes(lecteur, simulation, concernees)
    criteres = {critere for variante in simulation.variantes for critere, _ in variante.cle}
    if Critere.TEMPS in criteres:
        _check_champ(lecteur, concernees, "temps", "le temps convenu", lambda commune: commune.temps is None)
    if Critere.POTENTIEL_FISCAL in criteres:
        _check_champ(
            lecteur,
            concernees,
            "potentiel_fiscal",
            "le potentiel fiscal",
            lambda commune: commune.potentiel_fiscal is None,
        )


def _check_couts(lecteur: Lecteur, simulation: Simulation) -> None:
    couts, personnel = simulation.couts, simulation.personnel
    montants = [ligne.montant for ligne in couts.fixes]
    montants += [couts.adhesion, couts.mise_en_place]
    montants += [acte.cout_unitaire or 0 for acte in simulation.service.actes]
    if not any(montants) and not (personnel.etp or personnel.productivite):
        lecteur.refuse(
            "personnel-etp",
            "Coûts",
            "le service ne coûte rien : ni personnel, ni coût fixe, ni coût à l'acte.",
            "Donnez un coût au moins, par exemple le nombre de postes et le coût d'un poste.",
        )


def _check_volumes(lecteur: Lecteur, simulation: Simulation, concernees: tuple[CommuneSimulee, ...]) -> None:
    for rang, acte in enumerate(simulation.service.actes):
        seul = len(simulation.service.actes) == 1
        total = simulation.volumes_totaux[rang]
        connus = sum(commune.volumes[rang] or 0 for commune in concernees)
        if total is None:
            champ = "volume" if seul else f"volumes-{acte.code}"
            libelle = "le volume" if seul else f"le volume « {acte.libelle} »"
            _check_champ(lecteur, concernees, champ, libelle, lambda c, r=rang: c.volumes[r] is None)  # type: ignore[misc]
        elif total < connus:
            lecteur.refuse(
                "volume_total" if seul else f"volumes_totaux-{acte.code}",
                "Volume total",
                "le total est inférieur à la somme des volumes donnés par commune.",
                "Corrigez le total, ou effacez-le si toutes les communes ont donné leur volume.",
            )


def _check_champ(
    lecteur: Lecteur,
    communes: tuple[CommuneSimulee, ...],
    champ: str,
    libelle: str,
    is_manquant: Callable[[CommuneSimulee], bool],
) -> None:
    """Refuse once, naming the communes, a figure that the simulation needs and that some communes have not given."""
    manquantes = [commune for commune in communes if is_manquant(commune)]
    if not manquantes:
        return
    noms = [commune.nom for commune in manquantes[:MAX_NOMS]]
    if len(manquantes) > MAX_NOMS:
        noms.append(f"{len(manquantes) - MAX_NOMS} autres")
    remede = " ou donnez un total, qui sera réparti selon la population" if champ.startswith("volume") else ""
    lecteur.refuse(
        f"communes-{manquantes[0].code}-{champ}",
        join_mots(noms),
        f"{libelle} manque pour {pluralize(len(manquantes), 'commune')}.",
        f"Complétez-le{remede}.",
    )
