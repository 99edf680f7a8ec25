"""The budget of a frozen scenario, year by year: what the EPCI spends and receives, before and after by commune.

Every sum is exact to the cent: the years and contributions are those frozen, the costs often forgotten are shared out
by the plus fort reste. A gain is told in three that are never added: spending avoided, time freed, service received.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.bridge.budget import AnneeCommune
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.couts import PART_EPCI, Budget
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.totaux import get_sens, reads_total
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import enumeration, prose


@dataclass(frozen=True, slots=True)
class LigneEpci:
    """One line of the budget of the EPCI; ``genre``: depense, recette or solde."""

    genre: str
    libelle: str
    montants: tuple[int, ...]


def compute_reste_epci(budget: Budget) -> tuple[int, ...]:
    """What stays to be paid by the EPCI, year by year, in cents: its expense less its receipts."""
    return next(ligne.montants for ligne in list_lignes_epci(budget) if ligne.genre == "solde")


def list_lignes_epci(budget: Budget) -> list[LigneEpci]:
    """Expense, receipts, and what stays to be paid by the EPCI: the last line is the first group less the second."""
    fige, rangs = budget.fige, range(len(budget.fige.annees))
    depenses = [
        LigneEpci("depense", libelle, montants)
        for famille, libelle, montants in fige.lignes
        if famille != PART_EPCI and sum(montants) >= 0 and any(montants)
    ]
    if any(budget.oublies_epci):
        depenses.append(LigneEpci("depense", "Coûts souvent oubliés, à sa charge", budget.oublies_epci))
    contributions = tuple(budget.sum_contributions(rang) for rang in rangs)
    recettes = [LigneEpci("recette", "Contributions des communes", contributions)]
    recettes += [
        LigneEpci("recette", libelle, tuple(-montant for montant in montants))
        for famille, libelle, montants in fige.lignes
        if famille != PART_EPCI and sum(montants) < 0
    ]
    if any(fige.restes):
        recettes.append(LigneEpci("recette", "Reste porté hors des contributions", fige.restes))
    total_depenses = sum_lignes(depenses, rangs)
    total_recettes = sum_lignes(recettes, rangs)
    reste = tuple(depense - recette for depense, recette in zip(total_depenses, total_recettes, strict=True))
    return [
        *depenses,
        LigneEpci("total", "Dépenses", total_depenses),
        *recettes,
        LigneEpci("total", "Recettes", total_recettes),
        LigneEpci("solde", "Reste à la charge de l'intercommunalité", reste),
    ]


def sum_lignes(lignes: Sequence[LigneEpci], rangs: range) -> tuple[int, ...]:
    return tuple(sum(ligne.montants[rang] for ligne in lignes) for rang in rangs)


def sum_depenses(budget: Budget, rang: int) -> int | None:
    """What the communes of the perimeter spend today, that year; None when one is unknown."""
    depenses = [annees[rang].depense for annees in budget.fige.communes.values()]
    connues = [depense for depense in depenses if depense is not None]
    return sum(connues) if len(connues) == len(depenses) else None


def build_page(
    acteur: Acteur,
    scenario: Scenario,
    lecture: Lecture,
    budget: Budget,
    effets: Sequence[EffetCommune],
    plume: Plume,
    commune_id: int,
) -> dict[str, Any]:
    """What the template writes; only the amounts that this reader may read."""
    fige = budget.fige
    rang = fige.annees.index(scenario.gel.annee_reference)
    montre = reads_total(scenario, lecture)
    secret = budget.nominatif and lecture is not Lecture.TOUT
    chosen = next((effet for effet in effets if effet.commune_id == commune_id), None)
    return {
        "annees": fige.annees,
        "annee": fige.annees[rang],
        "epci": build_epci(budget, plume) if montre else [],
        "ensemble": build_ensemble(budget, plume) if montre and not secret else [],
        "communes": [
            build_commune(acteur, budget, effet, rang, plume) for effet in effets if is_payeuse(budget, effet)
        ],
        "total": build_total(budget, rang, plume) if lecture is Lecture.TOUT else {},
        "detail": build_detail(budget, chosen, plume) if chosen is not None else {},
        "hors": enumeration(budget.hors) if budget.hors else "",
        "hypothese": write_hypothese(budget),
        "ailleurs": write_ailleurs(budget, rang, plume) if montre and not secret else "",
        "phrase": write_commune(budget, rang, plume, chosen)
        or write_service(scenario, budget, rang, plume, montre=montre, secret=secret),
    }


def write_hypothese(budget: Budget) -> str:
    """What today's spending becomes over the years; a flat one beside an indexed service widens the gap by itself."""
    depenses = [annees for annees in budget.fige.communes.values() if all(a.depense is not None for a in annees)]
    if len(budget.fige.annees) < 2 or not depenses:
        return ""
    if any(len({annuel.depense for annuel in annees}) > 1 for annees in depenses):
        return "La dépense d'aujourd'hui suit, d'une année à l'autre, la hausse écrite dans le scénario."
    return (
        "La dépense d'aujourd'hui est reprise telle quelle chaque année. Si le coût du service, lui, suit une hausse, "
        "l'écart grandit d'année en année sans que rien d'autre ait changé."
    )


def write_ailleurs(budget: Budget, rang: int, plume: Plume) -> str:
    """Forgotten costs that communes bear are no expense nor receipt of the EPCI: where they are read."""
    oublies = budget.sum_oublies(rang)
    if not oublies:
        return ""
    return prose(
        f"Les coûts souvent oubliés que paient les communes ({plume.write(oublies)} en {budget.fige.annees[rang]}) ne "
        "passent pas par ce budget : ils sont comptés plus bas, dans celui des communes."
    )


def is_payeuse(budget: Budget, effet: EffetCommune) -> bool:
    """Whether the scenario costs this commune anything, or could."""
    return effet.participe or any(budget.oublies.get(effet.commune.code, ()))


def build_epci(budget: Budget, plume: Plume) -> list[dict[str, Any]]:
    return [
        {"genre": ligne.genre, "libelle": ligne.libelle, "montants": [plume.write(m) for m in ligne.montants]}
        for ligne in list_lignes_epci(budget)
    ]


def build_ensemble(budget: Budget, plume: Plume) -> list[dict[str, Any]]:
    """All communes together: today, then contributions and forgotten costs, and the difference."""
    rangs = range(len(budget.fige.annees))
    avant = [sum_depenses(budget, rang) for rang in rangs]
    contributions = [budget.sum_contributions(rang) for rang in rangs]
    oublies = [budget.sum_oublies(rang) for rang in rangs]
    apres = [contribution + oublie for contribution, oublie in zip(contributions, oublies, strict=True)]
    lignes = [
        ("Dépense d'aujourd'hui", avant, ""),
        ("Contributions", contributions, ""),
        ("Coûts souvent oubliés, à leur charge", oublies, ""),
        ("Avec le scénario", apres, "total"),
    ]
    found = [{"libelle": nom, "genre": genre, "montants": [plume.write(m) for m in ms]} for nom, ms, genre in lignes]
    ecarts = [plume.subtract(suite, debut) for suite, debut in zip(apres, avant, strict=True)]
    return [*found, {"libelle": "Écart", "genre": "solde", "montants": [plume.write_ecart(e) for e in ecarts]}]


def build_commune(acteur: Acteur, budget: Budget, effet: EffetCommune, rang: int, plume: Plume) -> dict[str, Any]:
    """Before and after for one commune, the year of reference."""
    code = effet.commune.code
    annees = budget.fige.communes.get(code)
    contribution = annees[rang].contribution if annees else 0
    depense = annees[rang].depense if annees else None
    oublie = budget.oublies.get(code, (0,) * len(budget.fige.annees))[rang]
    ecart = plume.subtract(contribution + oublie, depense)
    return {
        "commune": effet.commune,
        "mienne": effet.commune_id == acteur.commune_id,
        "avant": plume.write(depense),
        "contribution": plume.write(contribution),
        "oublies": plume.write(oublie),
        "apres": plume.write(contribution + oublie),
        "ecart": plume.write_ecart(ecart),
        "sens": get_sens(ecart),
    }


def build_total(budget: Budget, rang: int, plume: Plume) -> dict[str, str]:
    avant, contributions, oublies = sum_depenses(budget, rang), budget.sum_contributions(rang), budget.sum_oublies(rang)
    return {
        "avant": plume.write(avant),
        "contribution": plume.write(contributions),
        "oublies": plume.write(oublies),
        "apres": plume.write(contributions + oublies),
        "ecart": plume.write_ecart(plume.subtract(contributions + oublies, avant)),
    }


def build_detail(budget: Budget, effet: EffetCommune, plume: Plume) -> dict[str, Any]:
    """One commune, year by year, its gain in three."""
    code = effet.commune.code
    annees = budget.fige.communes.get(code)
    oublies = budget.oublies.get(code, (0,) * len(budget.fige.annees))
    if annees is None:
        return {}
    lignes = [
        {
            "annee": annee,
            "avant": plume.write(annuel.depense),
            "contribution": plume.write(annuel.contribution),
            "oublies": plume.write(oublie),
            "apres": plume.write(annuel.contribution + oublie),
            "evitee": write_evitee(plume, annuel, oublie),
            "heures": write_heures(annuel.heures),
            "nouveau": write_nouveau(annuel.service_nouveau, plume),
        }
        for annee, annuel, oublie in zip(budget.fige.annees, annees, oublies, strict=True)
    ]
    return {"commune": effet.commune, "lignes": lignes}


def write_evitee(plume: Plume, annuel: AnneeCommune, oublie: int) -> str:
    """``1 200 € de moins``: what really changes in the budget of the commune."""
    ecart = plume.subtract(annuel.contribution + oublie, annuel.depense)
    if ecart is None:
        return "non connue"
    if not ecart:
        return "aucune"
    montant = write_montant(abs(ecart), "centime" if plume.exacts else "euro")
    return f"{montant} de {'moins' if ecart < 0 else 'plus'}"


def write_heures(heures: str | None) -> str:
    """Hours freed, as the simulator gives them: time, not money."""
    if heures is None:
        return "non connu"
    texte = heures.replace(".", ",")
    return prose(f"{texte} h") if texte != "0" else "aucun"


def write_nouveau(montant: int | None, plume: Plume) -> str:
    if montant is None:
        return "non connu"
    return plume.write(montant) if montant > 0 else "aucun"


def write_commune(budget: Budget, rang: int, plume: Plume, chosen: EffetCommune | None) -> str:
    """The year of reference, for the commune that is unfolded; empty when it does not take part."""
    if chosen is None or chosen.commune.code not in budget.fige.communes:
        return ""
    annuel, oublie = budget.fige.communes[chosen.commune.code][rang], budget.oublies[chosen.commune.code][rang]
    suite = f", contre {plume.write(annuel.depense)} aujourd'hui" if annuel.depense is not None else ""
    contribution = plume.write(annuel.contribution)
    detail = f" (contribution {contribution}, coûts souvent oubliés {plume.write(oublie)})" if oublie else ""
    total = plume.write(annuel.contribution + oublie)
    return prose(f"En {budget.fige.annees[rang]}, {chosen.commune.nom} paierait {total}{suite}{detail}.")


def write_service(scenario: Scenario, budget: Budget, rang: int, plume: Plume, *, montre: bool, secret: bool) -> str:
    """The year of reference, for the service."""
    if not montre:
        return "Moins de trois communes participent à ce scénario : ses montants ne vous sont pas montrés."
    debut = f"En {budget.fige.annees[rang]}, le scénario {scenario.lettre} répartit "
    debut += plume.write(budget.fige.a_repartir[rang])
    if secret:
        return prose(f"{debut}.")
    oublies = plume.write(budget.sum_oublies(rang) + budget.oublies_epci[rang])
    return prose(f"{debut} ; les coûts souvent oubliés déjà chiffrés ajoutent {oublies}.")
