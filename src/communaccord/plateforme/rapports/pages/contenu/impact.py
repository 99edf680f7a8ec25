"""Part: the two contents of L5211-39-1, all actions together: what is missing of each, then who gains, who pays."""

from collections.abc import Mapping, Sequence

from communaccord.plateforme.rapports.pages.contenu.actions import write_epci
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, draw, frame, head, note, say, tabulate
from communaccord.plateforme.rapports.pages.contenu.chiffres import (
    ChiffresAction,
    ChiffresCommune,
    build_chiffres,
    sum_connus,
)
from communaccord.plateforme.rapports.pages.contenu.montants import SANS_OBJET, list_arrondis, write_trois
from communaccord.plateforme.rapports.queries import ActionSource, Sources
from communaccord.plateforme.rapports.rules import LOI
from communaccord.plateforme.socle.typographie import accord, pluriel

# Beyond, a picture says less than the table that follows it.
MAX_BARRES = 40
SANS = (SANS_OBJET,) * 3
SANS_CHIFFRES = ("pas encore chiffrée", "", "", "", "")


def list_manques(action: ActionSource) -> list[str]:
    """Which of the two contents (staff, running costs) this action lacks, for the EPCI and for the communes."""
    if action.scenario is None:
        return ["un scénario retenu"]
    chiffres, manques = build_chiffres(action), []
    if not chiffres.epci.effectif.est_connu:
        manques.append("les effectifs de l'intercommunalité, avant et après")
    if chiffres.epci.avant is None:
        manques.append("la dépense d'aujourd'hui de l'intercommunalité")
    sans_agents = sum(not commune.effectif.est_connu for commune in chiffres.communes)
    if sans_agents:
        manques.append(f"les effectifs de {pluriel(sans_agents, 'commune')}")
    sans_depense = sum(commune.avant is None for commune in chiffres.communes)
    if sans_depense:
        manques.append(f"la dépense d'aujourd'hui de {pluriel(sans_depense, 'commune')}")
    return manques


def build_impact(sources: Sources) -> list[Bloc]:
    """Tables of the EPCI by action, then of the communes; every missing content is told, here and on the page."""
    if not sources.chiffrees:
        return [say("L'impact prévisionnel sera dit quand une action aura son scénario.")]
    chiffres = {action.dossier.pk: build_chiffres(action) for action in sources.chiffrees}
    blocs = [
        say(
            "Le projet de schéma prévoit notamment l'impact prévisionnel de la mutualisation sur les effectifs de "
            "l'intercommunalité et des communes concernées et sur leurs dépenses de fonctionnement "
            f"({LOI.article})."
        ),
        head("Pour l'intercommunalité"),
        tabulate(
            "L'intercommunalité, action par action",
            ("Action", "Agents aujourd'hui", "Agents ensuite", "Dépense aujourd'hui", "Dépense ensuite", "Écart"),
            [(action.dossier.titre, *write_action(chiffres.get(action.dossier.pk))) for action in sources.retenues],
        ),
        note(
            "Dépenses brutes de fonctionnement : les contributions des communes viennent en recettes. L'origine de "
            "chaque chiffre est dite avec l'action."
        ),
        *build_communes(sources, list(chiffres.values())),
    ]
    if manques := list_tous(sources):
        blocs.append(frame("Chiffres qui manquent encore. " + " ; ".join(manques) + "."))
    return blocs


def write_action(chiffres: ChiffresAction | None) -> tuple[str, ...]:
    """The line of the EPCI for one action; one without a scenario says so."""
    return SANS_CHIFFRES if chiffres is None else write_epci(chiffres)


def list_tous(sources: Sources) -> list[str]:
    """What each retained action lacks."""
    return [f"« {action.dossier.titre} » : {mot}" for action in sources.retenues for mot in list_manques(action)]


def index_communes(actions: Sequence[ChiffresAction]) -> dict[int, list[ChiffresCommune]]:
    """By commune, its figures in the actions in which it takes part."""
    found: dict[int, list[ChiffresCommune]] = {}
    for action in actions:
        for commune in action.communes:
            found.setdefault(commune.effet.commune_id, []).append(commune)
    return found


def name_ensemble(sources: Sources) -> str:
    """``Ensemble``, or which part of the actions the total counts."""
    total, comptees = len(sources.retenues), len(sources.chiffrees)
    if total == comptees:
        return "Ensemble"
    verbe = accord(comptees, "chiffrée", "chiffrées")
    return f"Ensemble, total partiel : {pluriel(comptees, 'action')} sur {total} {verbe}"


def build_communes(sources: Sources, actions: Sequence[ChiffresAction]) -> list[Bloc]:
    """One line a commune, all actions added; and the picture when it holds."""
    chiffres = index_communes(actions)
    lignes, barres, avants, ensuites = [], [], [], []
    for commune in sources.communes:
        propres = chiffres.get(commune.pk, [])
        avant = sum_connus([propre.avant for propre in propres])
        ensuite = sum_connus([propre.ensuite for propre in propres])
        avants.append(avant)
        ensuites.append(ensuite)
        montants = write_trois(avant, ensuite) if propres else SANS
        lignes.append((commune.nom, str(len(propres)), *montants))
        if propres and avant is not None and ensuite is not None:
            barres.append((commune.nom, ensuite - avant, montants[-1]))
    lignes.append((name_ensemble(sources), "", *write_trois(sum_connus(avants), sum_connus(ensuites))))
    titre = "Dépenses de fonctionnement des communes, toutes actions chiffrées ensemble"
    return [
        head("Pour les communes"),
        say(write_communes(chiffres, sources)),
        *([build_image(barres)] if 0 < len(barres) <= MAX_BARRES else []),
        tabulate(titre, ("Commune", "Actions", "Aujourd'hui", "Ensuite", "Écart"), lignes, total=True),
        *(note(phrase) for phrase in list_arrondis(lignes)),
        note(
            "Estimations, en euros par an, année de référence de chaque action ; contributions et coûts souvent "
            "oubliés. Les effectifs de chaque commune sont dits action par action, et repris en annexe."
        ),
    ]


def write_communes(chiffres: Mapping[int, Sequence[ChiffresCommune]], sources: Sources) -> str:
    """How many take part in one action at least, and how many actions are counted."""
    nombre, total, comptees = len(chiffres), len(sources.retenues), len(sources.chiffrees)
    verbe = accord(nombre, "participe", "participent")
    texte = f"{pluriel(nombre, 'commune')} sur {len(sources.communes)} {verbe} à une action au moins."
    if total == comptees:
        return texte
    sont = accord(comptees, "est chiffrée", "sont chiffrées")
    return f"{texte} {pluriel(comptees, 'action')} sur {total} {sont} : les sommes ne comptent que celles-là."


def build_image(barres: Sequence[tuple[str, int, str]]) -> Bloc:
    """From who would pay least to who would pay most; ties in the order of the communes."""
    ordered = sorted(barres, key=lambda barre: barre[1])
    moins = sum(valeur < 0 for _, valeur, _ in barres)
    plus = sum(valeur > 0 for _, valeur, _ in barres)
    return draw(
        "Écart par rapport à aujourd'hui, commune par commune, en euros par an",
        f"Barres : {pluriel(moins, 'commune paierait', 'communes paieraient')} moins qu'aujourd'hui, {plus} plus. "
        "Les mêmes chiffres sont dans le tableau qui suit.",
        ordered,
    )
