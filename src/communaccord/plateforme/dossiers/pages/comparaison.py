"""The scenarios of a dossier side by side: one line a subject, one column a scenario, as this reader may read them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import ChangementMaire, Dossier, EffetCommune, Scenario
from communaccord.plateforme.dossiers.models.profondeur import Critere, EtatCout, PosteOublie, Sens
from communaccord.plateforme.dossiers.pages.budget import compute_reste_epci
from communaccord.plateforme.dossiers.pages.cadre import get_service
from communaccord.plateforme.dossiers.pages.couts import Budget
from communaccord.plateforme.dossiers.pages.dossier import Effets, index_commune, list_engagements, write_quand
from communaccord.plateforme.dossiers.pages.employeurs import tell_bilan
from communaccord.plateforme.dossiers.pages.exports import to_euros
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.oublies import write_ligne as write_oublies_ligne
from communaccord.plateforme.dossiers.pages.profondeur import (
    PAS_CHIFFRE,
    build_clauses,
    build_couts,
    write_total,
)
from communaccord.plateforme.dossiers.pages.totaux import reads_total
from communaccord.plateforme.dossiers.queries import Profondeur
from communaccord.plateforme.projet.lecture import list_ecarts
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.socle.tableur import Cellule, write_xlsx
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import pluriel, prose

NON_DIT = "pas encore dit"
NON_MONTRE = "non montré : moins de trois communes"
DANS_LE_CADRE = "aucun"
SANS_CADRE = "pas de précadrage validé"


@dataclass(frozen=True, slots=True)
class Matiere:
    """Everything that the columns are written from: what this reader may see of it."""

    acteur: Acteur
    dossier: Dossier
    lecture: Lecture
    scenarios: Sequence[Scenario]
    effets: Effets
    profondeurs: Mapping[int, Profondeur]
    cadre: Cadre | None
    plume: Plume
    budgets: Mapping[int, Budget]


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """One subject; each cell is a list of short texts, one when there is no list."""

    groupe: str
    libelle: str
    cellules: tuple[tuple[str, ...], ...]

    @property
    def differe(self) -> bool:
        """Whether the scenarios do not all say the same."""
        return len(set(self.cellules)) > 1


Ecrire = Callable[[Matiere, Scenario], Sequence[str]]


def build_lignes(matiere: Matiere) -> list[LigneComparee]:
    """Every line, in the order in which one asks."""
    sujets: list[tuple[str, str, Ecrire]] = [
        ("Le cadre", "Forme juridique", write_forme),
        ("Le cadre", "Communes qui participent", write_perimetre),
        ("Le cadre", "Années", write_annees),
        ("Le cadre", "Clé de répartition", write_cle),
        ("Le cadre", "Écarts au précadrage", write_ecarts_cadre),
        ("Les agents et les agentes", "Postes du service", write_postes),
        ("Les agents et les agentes", "Employeur par employeur", write_agents),
        ("L'argent", "Coût à répartir entre les communes", write_cout),
        ("L'argent", "À la charge de l'intercommunalité", write_charge),
        ("L'argent", "Coût à répartir, année par année", write_cout_annuel),
        ("L'argent", "Coûts souvent oubliés", write_oublies),
    ]
    if matiere.acteur.commune is not None and matiere.lecture >= Lecture.MA_COMMUNE:
        sujets.insert(7, ("L'argent", f"Pour {matiere.acteur.commune.nom}", write_mienne))
    lignes = [write_ligne(matiere, *sujet) for sujet in sujets]
    return [*lignes, *list_couts(matiere), *list_criteres(matiere), *list_maire(matiere), *list_clauses(matiere)]


def write_ligne(matiere: Matiere, groupe: str, libelle: str, ecrire: Ecrire) -> LigneComparee:
    cellules = tuple(tuple(prose(texte) for texte in ecrire(matiere, s)) for s in matiere.scenarios)
    return LigneComparee(groupe, prose(libelle), cellules)


def write_forme(_matiere: Matiere, scenario: Scenario) -> list[str]:
    precision = f" : {scenario.forme_precision}" if scenario.forme_precision else ""
    return [f"{scenario.get_forme_display()}{precision}"]


def write_perimetre(matiere: Matiere, scenario: Scenario) -> list[str]:
    """How many; and whether mine is one of them."""
    mots = [pluriel(scenario.gel.participantes, "commune")]
    mine = find_mienne(matiere, scenario)
    if mine is not None and not mine.participe:
        mots.append(f"sans {mine.commune.nom}")
    return mots


def write_annees(_matiere: Matiere, scenario: Scenario) -> list[str]:
    return [f"de {scenario.gel.annee_debut} à {scenario.gel.annee_fin}"]


def write_cle(_matiere: Matiere, scenario: Scenario) -> list[str]:
    return [scenario.gel.cle.lower() or NON_DIT]


def write_ecarts_cadre(matiere: Matiere, scenario: Scenario) -> list[str]:
    """What leaves the validated précadrage, as far as this reader sees the communes."""
    if matiere.cadre is None:
        return [SANS_CADRE]
    communes = [effet.commune for effet in matiere.effets.get(scenario.pk, ()) if effet.participe]
    found = list_ecarts(
        matiere.cadre,
        service=get_service(matiere.dossier),
        annee=scenario.gel.annee_debut,
        communes=communes,
        forme=scenario.forme,
    )
    return found or [DANS_LE_CADRE]


def write_postes(_matiere: Matiere, scenario: Scenario) -> list[str]:
    return [f"{scenario.gel.etp} ETP" if scenario.gel.etp else NON_DIT]


def write_agents(matiere: Matiere, scenario: Scenario) -> list[str]:
    return tell_bilan(matiere.acteur, matiere.profondeurs[scenario.pk].effectifs) or [NON_DIT]


def find_mienne(matiere: Matiere, scenario: Scenario) -> EffetCommune | None:
    return index_commune(matiere.effets, matiere.acteur.commune_id).get(scenario.pk)


def write_mienne(matiere: Matiere, scenario: Scenario) -> list[str]:
    """The contribution of the reader's commune and its difference from today."""
    effet, plume = find_mienne(matiere, scenario), matiere.plume
    if effet is None or not effet.participe:
        return ["ne participe pas"]
    ecart = plume.write_ecart(plume.compute_ecart(effet))
    mots = [f"{plume.write(effet.contribution)} par an", f"écart par rapport à aujourd'hui : {ecart}"]
    told = any(cout.etat == EtatCout.CHIFFRE for cout in matiere.profondeurs[scenario.pk].couts)
    budget = matiere.budgets[scenario.pk]
    oublie = budget.oublies[effet.commune.code][get_rang(scenario, budget)] if told else None
    suite = write_oublies_ligne(effet, oublie, plume)
    return [*mots, suite] if suite else mots


def write_cout(matiere: Matiere, scenario: Scenario) -> list[str]:
    if not reads_total(scenario, matiere.lecture):
        return [NON_MONTRE]
    return [f"{matiere.plume.write(scenario.gel.cout)} par an ({write_quand([scenario])})"]


def get_rang(scenario: Scenario, budget: Budget) -> int:
    """Rank of the year of reference."""
    return budget.fige.annees.index(scenario.gel.annee_reference)


def write_charge(matiere: Matiere, scenario: Scenario) -> list[str]:
    """What the EPCI pays and no commune refunds: why the same service may cost the communes less in one scenario."""
    if not reads_total(scenario, matiere.lecture):
        return [NON_MONTRE]
    budget = matiere.budgets[scenario.pk]
    rang, plume = get_rang(scenario, budget), matiere.plume
    reste = compute_reste_epci(budget)[rang]
    return [f"{plume.write(reste)} par an ({scenario.gel.annee_reference})" if reste else "rien"]


def write_cout_annuel(matiere: Matiere, scenario: Scenario) -> list[str]:
    """Every year: the first ones carry the setting up, the last ones do not."""
    if not reads_total(scenario, matiere.lecture):
        return [NON_MONTRE]
    fige = matiere.budgets[scenario.pk].fige
    couts = zip(fige.annees, fige.a_repartir, strict=True)
    return [f"{annee} : {matiere.plume.write(cout)}" for annee, cout in couts]


def write_oublies(matiere: Matiere, scenario: Scenario) -> list[str]:
    """The sum of what is told, and how many are not."""
    couts = matiere.profondeurs[scenario.pk].couts
    manquent = len(PosteOublie) - len(couts)
    total = write_total(scenario, matiere.lecture, couts, matiere.plume)
    mots = [total] if total else []
    if manquent:
        mots.append(pluriel(manquent, "n'est pas encore chiffré", "ne sont pas encore chiffrés"))
    return mots or ["tous ont une réponse"]


def list_couts(matiere: Matiere) -> list[LigneComparee]:
    """One line a cost that a scenario tells."""
    columns = []
    for scenario in matiere.scenarios:
        couts = matiere.profondeurs[scenario.pk].couts
        lus = build_couts(matiere.acteur, scenario, matiere.lecture, couts, matiere.plume)
        columns.append([cout["texte"] for cout in lus])
    lignes = [
        LigneComparee("Les coûts souvent oubliés", poste.label, tuple((column[rang],) for column in columns))
        for rang, poste in enumerate(PosteOublie)
    ]
    return [ligne for ligne in lignes if any(cellule != (PAS_CHIFFRE,) for cellule in ligne.cellules)]


def list_criteres(matiere: Matiere) -> list[LigneComparee]:
    """One line a criterion that a scenario tells, the usual ones first."""
    columns = [{c.nom: c for c in matiere.profondeurs[s.pk].criteres} for s in matiere.scenarios]
    usual = [critere.label for critere in Critere]
    noms = dict.fromkeys(nom for column in columns for nom in column)
    ordre = sorted(noms, key=lambda nom: usual.index(nom) if nom in usual else len(usual))
    lignes = []
    for nom in ordre:
        cellules = []
        for column in columns:
            critere = column.get(nom)
            if critere is None:
                cellules.append((NON_DIT,))
                continue
            avis = f" ({critere.get_avis_display()})" if critere.avis else ""
            cellules.append((prose(f"{critere.avant or NON_DIT} → {critere.apres or NON_DIT}{avis}"),))
        lignes.append(LigneComparee("Le service, d'aujourd'hui à demain", prose(nom), tuple(cellules)))
    return lignes


def list_maire(matiere: Matiere) -> list[LigneComparee]:
    """What changes and what does not, in two lines."""
    groupe, lignes = "Pour le ou la maire", []
    for sens in Sens:
        cellules = tuple(write_changements(matiere.profondeurs[s.pk].changements, sens) for s in matiere.scenarios)
        lignes.append(LigneComparee(groupe, f"Ce qui {sens.label}", cellules))
    return lignes


def write_changements(changements: Sequence[ChangementMaire], sens: Sens) -> tuple[str, ...]:
    return tuple(prose(c.texte) for c in changements if c.sens == sens) or (NON_DIT,)


def list_clauses(matiere: Matiere) -> list[LigneComparee]:
    """One line a clause: what is not fixed says so; then what the scenario undertakes."""
    columns = [build_clauses(s, matiere.profondeurs[s.pk].clauses) for s in matiere.scenarios]
    groupe = "Sortie et protections"
    libelles = [nom for nom, _ in columns[0]] if columns else []
    lignes = [
        LigneComparee(groupe, nom, tuple((prose(column[rang][1]),) for column in columns))
        for rang, nom in enumerate(libelles)
    ]
    engagements = tuple(tuple(list_engagements(s)) or ("aucun",) for s in matiere.scenarios)
    return [*lignes, LigneComparee(groupe, "Engagements", engagements)] if columns else []


def write_phrase(scenarios: Sequence[Scenario], lignes: Sequence[LigneComparee]) -> str:
    """How far the scenarios differ."""
    if not scenarios:
        return "Aucun scénario n'est encore figé : il n'y a rien à comparer."
    if len(scenarios) == 1:
        return prose(f"Un seul scénario est figé : {scenarios[0].lettre}. La comparaison viendra avec le deuxième.")
    differents = sum(ligne.differe for ligne in lignes)
    combien = (
        pluriel(differents, "sujet les distingue", "sujets les distinguent") if differents else "rien ne les distingue"
    )
    return prose(f"{len(scenarios)} scénarios côte à côte : {combien}, sur {len(lignes)}.")


def build_xlsx(matiere: Matiere, lignes: Sequence[LigneComparee]) -> bytes:
    """The same lines in a spreadsheet; the cost to share out as a number too."""
    demarche = matiere.dossier.demarche
    titres = ["Sujet", "Ligne", *(f"{s.lettre}. {s.libelle}" for s in matiere.scenarios)]
    table: list[list[Cellule]] = [
        [ligne.groupe, ligne.libelle, *("\n".join(cellule) for cellule in ligne.cellules)] for ligne in lignes
    ]
    if matiere.scenarios and all(reads_total(s, matiere.lecture) for s in matiere.scenarios):
        table.append(["L'argent", "Coût à répartir (€ par an)", *(to_euros(s.gel.cout) for s in matiere.scenarios)])
    fictif = " Territoire et chiffres fictifs." if demarche.fictive else ""
    jours = {write_date(s.gel.instant.astimezone(demarche.zone)) for s in matiere.scenarios}
    mentions = [prose(f"{demarche.nom_epci}.{fictif} Document préparatoire.")]
    if jours:
        mentions.append(prose(f"Scénarios figés le {', le '.join(sorted(jours))}."))
    titre = prose(f"{matiere.dossier.titre} : les scénarios côte à côte")
    return write_xlsx(titre, titres, table, mentions=mentions)


def name_fichier(dossier: Dossier) -> str:
    """``dossier-paie-comparaison.xlsx``; what is invented says so in its name."""
    fictif = "-fictif" if dossier.demarche.fictive else ""
    return f"dossier-{slugify(dossier.titre)[:50].strip('-') or 'dossier'}-comparaison{fictif}.xlsx"
