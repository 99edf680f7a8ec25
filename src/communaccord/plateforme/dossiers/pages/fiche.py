"""The fiche maire of a commune: everything of a dossier that its mayor needs, on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.bridge.mots import POSITIONS
from communaccord.plateforme.dossiers.models import Dossier, EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.dossier import build_mienne, list_engagements, write_hausse, write_quand
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.oublies import Oublies
from communaccord.plateforme.dossiers.pages.phrases import write_commune
from communaccord.plateforme.dossiers.pages.totaux import get_sens
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import nombre, pluriel, prose
from communaccord.plateforme.territoires.models import CommuneMembre

PORTEE = "Position du ou de la maire : elle n'engage pas le conseil municipal."
ORIGINE = "Chiffres estimés et figés par l'équipe projet. Document préparatoire : rien n'est décidé."


@dataclass(frozen=True, slots=True)
class LigneScenario:
    """A scenario as the fiche tells it; amounts as they are written, ``part`` in thousandths of the longest bar."""

    lettre: str
    libelle: str
    forme: str
    participe: bool
    contribution: str
    fourchette: str
    oublies: str
    par_habitant: str
    depense: str
    ecart: str
    sens: str
    cout_seul: str
    participantes: str
    effectifs: str
    engagements: tuple[str, ...]
    quand: str
    part: int
    part_depense: int


@dataclass(frozen=True, slots=True)
class Fiche:
    commune: str
    contexte: str
    phrase: str
    fictif: bool
    territoire: str
    lignes: tuple[LigneScenario, ...]
    dates: tuple[str, ...]
    positions: tuple[str, ...]
    dossier: Dossier


def build_fiche(
    acteur: Acteur,
    dossier: Dossier,
    commune: CommuneMembre,
    scenarios: Sequence[Scenario],
    effets: Mapping[int, EffetCommune],
    oublies: Oublies,
) -> Fiche:
    """The fiche of ``commune``: ``effets`` and ``oublies`` hold its own, by scenario."""
    plume = Plume()
    highest = max([max(e.contribution or 0, e.depense or 0) for e in effets.values()], default=0)
    habitants = f"{nombre(commune.population_municipale)} habitants (population municipale {commune.millesime})"
    return Fiche(
        commune=commune.nom,
        contexte=prose(f"{habitants} · {dossier.demarche.nom_epci}"),
        phrase=write_commune(commune.nom, scenarios, effets, plume, oublies),
        fictif=dossier.demarche.fictive,
        territoire=dossier.demarche.nom_epci,
        lignes=tuple(
            build_ligne(acteur, scenario, effets[scenario.pk], plume, highest, oublies.get(scenario.pk))
            for scenario in scenarios
            if scenario.pk in effets
        ),
        dates=tuple(list_dates(dossier, scenarios)),
        positions=tuple(prose(mot[:1].upper() + mot[1:]) for mot in POSITIONS),
        dossier=dossier,
    )


def build_ligne(
    acteur: Acteur, scenario: Scenario, effet: EffetCommune, plume: Plume, highest: int, oublie: int | None
) -> LigneScenario:
    mienne = build_mienne(acteur, scenario, effet, plume, oublie)
    hausse = write_hausse(scenario)
    engagements = [*list_engagements(scenario), *([f"hausse plafonnée à {hausse} par an"] if hausse else [])]
    return LigneScenario(
        lettre=scenario.lettre,
        libelle=scenario.libelle,
        forme=prose(scenario.forme_precision or scenario.get_forme_display()),
        participe=effet.participe,
        contribution=mienne["contribution"] if effet.participe else "ne participe pas",
        fourchette=mienne["fourchette"],
        oublies=mienne["oublies"] if effet.participe or oublie else "",
        par_habitant=mienne["par_habitant"] if effet.participe else "",
        depense=mienne["depense"] if effet.participe else "",
        ecart=mienne["ecart"] if effet.participe else "",
        sens=get_sens(plume.compute_ecart(effet)),
        cout_seul=mienne["cout_seul"] if effet.participe else "",
        participantes=pluriel(scenario.gel.participantes, "commune"),
        effectifs=mienne["effectifs"],
        engagements=tuple(prose(mot) for mot in engagements),
        quand=write_quand([scenario]),
        part=scale(effet.contribution, highest),
        part_depense=scale(effet.depense, highest),
    )


def scale(centimes: int | None, highest: int) -> int:
    """Length of a bar, in thousandths of the longest."""
    return 1000 * centimes // highest if centimes and highest else 0


def list_dates(dossier: Dossier, scenarios: Sequence[Scenario]) -> list[str]:
    """What is known of the calendar: the council aimed at, the first year of the service."""
    dates = []
    if dossier.demarche.approbation_visee:
        dates.append(prose(f"Conseil communautaire visé : {write_date(dossier.demarche.approbation_visee)}."))
    debuts = sorted({scenario.gel.annee_debut for scenario in scenarios})
    if debuts:
        dates.append(prose(f"Première année du service : {' ou '.join(map(str, debuts))}."))
    return dates


def name_fiche(dossier: Dossier, fiche: Fiche) -> str:
    fictif = "-fictif" if fiche.fictif else ""
    titre = slugify(dossier.titre)[:40].strip("-") or "dossier"
    return f"fiche-{slugify(fiche.commune)[:40].strip('-')}-{titre}{fictif}.pdf"
