"""Effect of a sharing on each commune, each year, against both baselines: today's cost and the cost alone."""

from collections.abc import Mapping, Sequence

from communaccord.noyau.exact import round_exact
from communaccord.noyau.partage.charge import check_connus, compute_charges
from communaccord.noyau.partage.cout import compute_cout, compute_couts_seuls
from communaccord.noyau.partage.indices import compute_indices
from communaccord.noyau.partage.modele import Bareme, Indexation, Membre, ModeleCout
from communaccord.noyau.partage.regles import ReglesPartage, Tarif
from communaccord.noyau.partage.repartition import check_membres, compute_partage
from communaccord.noyau.partage.resultats import (
    Cout,
    Effet,
    MotifReste,
    Partage,
    PartageAnnuel,
    Reste,
    Simulation,
)


def compute_effets(
    membres: Sequence[Membre],
    partage: Partage,
    couts_seuls: Mapping[str, tuple[int, ...] | None],
    indexation: Indexation,
) -> dict[str, tuple[Effet, ...]]:
    """Return, by code, the effect of each year: contribution, both baselines and the benefit split in three.

    Today's spending and time are carried to each year at the rate `indexation.aujourd_hui`, rounded to the cent. What
    is unknown stays None. For each effect where all is known, exactly: cost alone - contribution = spending avoided +
    time freed + new service. Complexity: O(members x years). Source: that identity.
    """
    annees = [annuel.annee for annuel in partage.annees]
    indices = compute_indices(indexation.aujourd_hui, indexation.annee_base, annees)
    inconnus: tuple[None, ...] = (None,) * len(annees)
    effets = {}
    for membre, actes in zip(membres, compute_charges(membres, None), strict=True):
        code, population, heures = membre.code, membre.population, membre.heures_actuelles
        depense, temps = membre.depense_actuelle, membre.temps_actuel
        par_annee = zip(
            partage.annees,
            couts_seuls[code] or inconnus,
            inconnus if depense is None else indices.round_cents(depense),
            inconnus if temps is None else indices.round_cents(temps),
            strict=True,
        )
        effets[code] = tuple(
            [
                Effet(code, annuel.annee, annuel.contributions[code], seul, depenses, libere, heures, population, actes)
                for annuel, seul, depenses, libere in par_annee
            ]
        )
    return effets


def compute_simulation(
    modele: ModeleCout,
    membres: Sequence[Membre],
    regles: ReglesPartage,
    annees: Sequence[int],
    modele_seul: ModeleCout | None = None,
) -> Simulation:
    """Return the whole answer for one variant: cost, costs alone, sharing, effects.

    To compare keys, call the four functions and keep the cost and the costs alone. `modele_seul`: as
    `compute_couts_seuls`. Errors: those of `compute_cout` and `compute_partage`. Complexity and
    source: those of the four functions.
    """
    cout = compute_cout(modele, membres, annees)
    seuls = compute_couts_seuls(modele, membres, annees, modele_seul)
    partage = compute_partage(cout, membres, regles)
    return Simulation(cout, seuls, partage, compute_effets(membres, partage, seuls, modele.indexation))


def compute_prix(membres: Sequence[Membre], tarif: Tarif) -> dict[str, int]:
    """Return what each commune pays at posted prices, in cents a year: flat + inhabitants + acts + time, rounded to
    the cent.

    What the prices do not read may stay unknown. Errors: `Impossible` when it is read and unknown, or when an act has
    no price. Complexity: O(members x types). Source: CGCT D5211-16 (R-5.3), as good practice for a service
    commun.
    """
    actes = compute_charges(membres, Bareme(tarif.par_acte)) if tarif.par_acte else [0] * len(membres)
    temps = [membre.temps if tarif.par_temps else 0 for membre in membres]
    montants = zip(
        membres, check_connus(actes, membres, "volumes d'actes"), check_connus(temps, membres, "temps"), strict=True
    )
    return {
        membre.code: round_exact(
            tarif.forfait + tarif.par_habitant * membre.population + acte + tarif.par_temps * duree
        )
        for membre, acte, duree in montants
    }


def compute_partage_tarif(cout: Cout, membres: Sequence[Membre], tarif: Tarif, porteur_du_reste: str) -> Partage:
    """Make each commune pay posted prices; `porteur_du_reste` bears, or keeps, the difference with the cost of each
    year.

    Contributions and rest sum exactly to the cost. Errors: those of `compute_prix`; `DonneeInvalide` for other members
    than those of the cost. Complexity: O(members x (types + years)). Source: that of `compute_prix`.
    """
    check_membres(cout, membres)
    prix = compute_prix(membres, tarif)
    recette = sum(prix.values())
    return Partage(
        tuple(
            PartageAnnuel(
                annee,
                montant,
                prix,
                (Reste(montant - recette, porteur_du_reste, MotifReste.TARIF),) if montant != recette else (),
                None,
            )
            for annee, montant in zip(cout.annees, cout.a_repartir, strict=True)
        )
    )
