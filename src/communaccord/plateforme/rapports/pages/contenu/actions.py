"""Part: the actions, one a presented dossier, with its scenario and what changes, before and after."""

from communaccord.plateforme.dossiers.pages.dossier import list_engagements, write_hausse
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, itemize, note, say, tabulate, tell
from communaccord.plateforme.rapports.pages.contenu.chiffres import ChiffresAction, build_chiffres, sum_connus
from communaccord.plateforme.rapports.pages.contenu.effectifs import tell_commune, tell_epci, tell_total
from communaccord.plateforme.rapports.pages.contenu.montants import (
    INCONNU,
    PLUME,
    list_arrondis,
    write_difference,
    write_ecart_saisi,
    write_ligne,
    write_saisi,
    write_trois,
)
from communaccord.plateforme.rapports.queries import ActionSource, Sources
from communaccord.plateforme.socle.typographie import enumeration, pluriel

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
    scenario, chiffres = action.scenario, build_chiffres(action)
    assert scenario is not None
    communes = [(c.effet.commune.nom, *tell_commune(c.effectif), *write_ligne(c)) for c in chiffres.communes]
    avants = sum_connus([commune.avant for commune in chiffres.communes])
    ensuites = sum_connus([commune.ensuite for commune in chiffres.communes])
    total = ("Communes, ensemble", *tell_total(chiffres.effectifs), *write_trois(avants, ensuites))
    return [
        head("L'impact prévisionnel", 3),
        tabulate(
            f"Effectifs et dépenses de fonctionnement : {action.dossier.titre}",
            ("Qui", *COLONNES),
            [(EPCI, *write_epci(chiffres)), *communes, total],
            total=True,
        ),
        *(note(phrase) for phrase in list_arrondis([*communes, total])),
        note(
            f"Estimations, en euros par an, année {scenario.gel.annee_reference}. "
            f"{write_contenu_depense(chiffres)} Un agent ou une agente mise à disposition reste compté par son "
            "employeur. Les chiffres de moins de cinq agents ne sont pas publiés."
        ),
        *(note(phrase) for phrase in list_origines(action, chiffres)),
    ]


def write_contenu_depense(chiffres: ChiffresAction) -> str:
    """What a commune pays is made of: the contribution, and the costs often forgotten when some are told."""
    oublies = sum(commune.oublie for commune in chiffres.communes)
    if not oublies:
        return "La dépense d'une commune ensuite est sa contribution au service."
    return (
        "La dépense d'une commune ensuite est sa contribution au service et sa part des coûts souvent oubliés "
        f"({PLUME.write(oublies)} pour les communes ensemble)."
    )


def list_origines(action: ActionSource, chiffres: ChiffresAction) -> list[str]:
    """Where the figures of the intercommunalité come from: the dossier, or what was typed in the rapport."""
    epci, phrases = chiffres.epci, []
    if epci.dossier is not None and not epci.saisis.issuperset(("agents_avant", "agents_apres")):
        phrases.append("Agents de l'intercommunalité : ceux du scénario, employeur par employeur.")
    if "depense_apres" not in epci.saisis:
        oublie = chiffres.annee.oublies_epci
        suite = f", dont {PLUME.write(oublie)} de coûts souvent oubliés" if oublie else ""
        phrases.append(f"Dépense de l'intercommunalité ensuite : le budget du scénario{suite}.")
    typed = [LIBELLES[nom] for nom in LIBELLES if nom in epci.saisis]
    if typed:
        choix = action.choix
        source = f" Source : {choix.source}." if choix and choix.source else ""
        phrases.append(f"Saisi à la main dans le rapport, pour l'intercommunalité : {enumeration(typed)}.{source}")
    if "depense_apres" in epci.saisis and epci.ensuite != epci.budget:
        phrases.append(f"Le budget du scénario donne {PLUME.write(epci.budget)} de dépense ensuite.")
    return phrases


LIBELLES = {
    "agents_avant": "agents aujourd'hui",
    "agents_apres": "agents ensuite",
    "depense_avant": "dépense aujourd'hui",
    "depense_apres": "dépense ensuite",
}


def write_epci(chiffres: ChiffresAction) -> tuple[str, str, str, str, str]:
    """Staff and spending of the EPCI, before and after; what was not given says so."""
    epci = chiffres.epci
    agents = tell_epci(epci.effectif, chiffres.effectifs)
    if epci.ensuite is None or "depense_apres" in epci.saisis:
        known = epci.avant is not None and epci.ensuite is not None
        ecart = write_ecart_saisi(epci.ensuite or 0, epci.avant or 0) if known else INCONNU
        return (*agents, write_saisi(epci.avant), write_saisi(epci.ensuite), ecart)
    return (*agents, write_saisi(epci.avant), PLUME.write(epci.ensuite), write_difference(epci.ensuite, epci.avant))
