"""Part: the actions, one a presented dossier, with its scenario and what changes, before and after."""

from communaccord.plateforme.dossiers.pages.dossier import list_engagements, write_hausse
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, itemize, note, say, tabulate, tell
from communaccord.plateforme.rapports.pages.contenu.effectifs import tell_commune, tell_epci, tell_total
from communaccord.plateforme.rapports.pages.contenu.montants import (
    INCONNU,
    PLUME,
    add_montants,
    write_difference,
    write_exact,
    write_ligne,
    write_somme,
)
from communaccord.plateforme.rapports.queries import ActionSource, Sources
from communaccord.plateforme.socle.typographie import pluriel

COLONNES = ("Agents aujourd'hui", "Agents ensuite", "Dépense aujourd'hui", "Dépense ensuite", "Écart")
PAS_ECRIT = "Pas encore écrit."
EPCI = "Intercommunalité"


def build_actions(sources: Sources) -> list[Bloc]:
    """One action after the other; an action without its scenario says so."""
    if not sources.retenues:
        return [say("Aucun dossier présenté n'est encore retenu : les actions viendront avec le premier.")]
    blocs = [
        say(
            f"Le projet de schéma comporte {pluriel(len(sources.retenues), 'action')}. Chacune dit le service rendu "
            "avant et après, ce qui change pour les maires, et l'impact prévisionnel sur les effectifs et les dépenses "
            "de fonctionnement de l'intercommunalité et des communes concernées."
        )
    ]
    for rang, action in enumerate(sources.retenues, start=1):
        blocs += build_action(rang, action)
    return blocs


def build_action(rang: int, action: ActionSource) -> list[Bloc]:
    """An action: why, by whom, the service, the mayors, the scenario, the impact, the way out."""
    dossier = action.dossier
    porteur = dossier.porteur.libelle if dossier.porteur else "pas encore désigné"
    blocs = [
        head(f"Action {rang}. {dossier.titre}"),
        tell("Objectif servi.", dossier.objectif or PAS_ECRIT),
        tell("Portage politique.", porteur),
        tell("Pilotage.", dossier.pilote or "pas encore désigné"),
        head("Le service aux habitants et aux habitantes", 3),
        tell("Aujourd'hui.", dossier.service_avant or PAS_ECRIT),
        tell("Demain.", dossier.service_apres or PAS_ECRIT),
        head("Pour les maires", 3),
        tell("Ce qui change.", dossier.ce_qui_change or PAS_ECRIT),
        tell("Ce qui ne change pas.", dossier.ce_qui_ne_change_pas or PAS_ECRIT),
        tell("Comment une commune en sort.", dossier.sortie or PAS_ECRIT),
        head("L'organisation proposée", 3),
    ]
    if action.scenario is None:
        return [*blocs, *build_sans_scenario(action)]
    return [*blocs, *build_scenario(action), *build_impact_action(action)]


def build_sans_scenario(action: ActionSource) -> list[Bloc]:
    if not action.scenarios:
        return [say("Aucun scénario n'est encore figé : cette action n'a pas encore de chiffres.")]
    noms = [f"scénario {s.lettre}, {s.libelle} : {PLUME.write(s.gel.cout)} par an" for s in action.scenarios]
    return [say("Plusieurs scénarios restent à l'étude :"), itemize(noms)]


def build_scenario(action: ActionSource) -> list[Bloc]:
    """What is proposed, in the words of the page of the dossier."""
    scenario = action.scenario
    assert scenario is not None
    gel, hausse = scenario.gel, write_hausse(scenario)
    precision = f" ({scenario.forme_precision})" if scenario.forme_precision else ""
    faits = [
        f"Forme étudiée : {scenario.get_forme_display()}{precision}",
        f"{pluriel(gel.participantes, 'commune participe', 'communes participent')}, de {gel.annee_debut} à "
        f"{gel.annee_fin}",
        *([f"Service : {gel.etp} ETP (équivalents temps plein)"] if gel.etp else []),
        f"Coût à répartir : {PLUME.write(gel.cout)} par an ({gel.annee_reference})",
        f"Clé de répartition : {gel.cle}",
        *(f"Engagement : {mot}" for mot in list_engagements(scenario)),
        *([f"Engagement : hausse plafonnée à {hausse} par an"] if hausse else []),
    ]
    return [tell(f"Scénario {scenario.lettre}.", scenario.libelle), itemize(faits)]


def build_impact_action(action: ActionSource) -> list[Bloc]:
    """The two contents of the article, for the EPCI then for each commune that takes part."""
    effets = [effet for effet in action.effets if effet.participe]
    depenses = add_montants(effet.depense for effet in effets)
    contributions = add_montants(effet.contribution for effet in effets)
    total = (*tell_total(effets), write_somme(depenses), write_somme(contributions))
    lignes = [(EPCI, *write_epci(action)), *((e.commune.nom, *tell_commune(e), *write_ligne(e)) for e in effets)]
    lignes.append(("Communes, ensemble", *total, write_difference(contributions, depenses)))
    scenario = action.scenario
    assert scenario is not None
    source = f" Chiffres de l'intercommunalité : {action.choix.source}." if action.choix and action.choix.source else ""
    return [
        head("L'impact prévisionnel", 3),
        tabulate(
            f"Effectifs et dépenses de fonctionnement : {action.dossier.titre}",
            ("Qui", *COLONNES),
            lignes,
            total=True,
        ),
        note(
            f"Estimations, en euros par an, année {scenario.gel.annee_reference}. La dépense d'une commune ensuite est "
            "sa contribution au service. Les chiffres de moins de cinq agents ne sont pas publiés." + source
        ),
    ]


def write_epci(action: ActionSource) -> tuple[str, str, str, str, str]:
    """Staff and spending of the EPCI, before and after; what was not given says so."""
    choix = action.choix
    if choix is None:
        return (INCONNU,) * 5
    agents = tell_epci(choix.agents_avant, choix.agents_apres, action.effets)
    ecart = write_difference(choix.depense_apres, choix.depense_avant)
    return (
        *agents,
        write_exact(choix.depense_avant),
        write_exact(choix.depense_apres),
        ecart,
    )
