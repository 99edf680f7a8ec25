"""Part: the two contents of L5211-39-1, all actions together: what is missing of each, then who gains, who pays."""

from collections.abc import Sequence

from communaccord.plateforme.dossiers.models import EffetCommune
from communaccord.plateforme.rapports.pages.contenu.actions import write_epci
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, draw, frame, head, note, say, tabulate
from communaccord.plateforme.rapports.pages.contenu.montants import add_montants, write_difference, write_somme
from communaccord.plateforme.rapports.queries import ActionSource, Sources
from communaccord.plateforme.rapports.rules import LOI
from communaccord.plateforme.socle.typographie import accord, pluriel

# Beyond, a picture says less than the table that follows it.
MAX_BARRES = 40


def list_manques(action: ActionSource) -> list[str]:
    """Which of the two contents (staff, running costs) this action lacks, for the EPCI and for the communes."""
    choix, effets = action.choix, [effet for effet in action.effets if effet.participe]
    if action.scenario is None:
        return ["un scénario retenu"]
    manques = []
    if choix is None or choix.agents_avant is None or choix.agents_apres is None:
        manques.append("les effectifs de l'intercommunalité, avant et après")
    if choix is None or choix.depense_avant is None or choix.depense_apres is None:
        manques.append("les dépenses de l'intercommunalité, avant et après")
    sans_agents = sum(effet.agents_avant is None or effet.agents_apres is None for effet in effets)
    if sans_agents:
        manques.append(f"les effectifs de {pluriel(sans_agents, 'commune')}")
    sans_depense = sum(effet.depense is None for effet in effets)
    if sans_depense:
        manques.append(f"la dépense d'aujourd'hui de {pluriel(sans_depense, 'commune')}")
    return manques


def build_impact(sources: Sources) -> list[Bloc]:
    """Tables of the EPCI by action, then of the communes; every missing content is told, here and on the page."""
    retenues = sources.chiffrees
    if not retenues:
        return [say("L'impact prévisionnel sera dit quand une action aura son scénario.")]
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
            [(action.dossier.titre, *write_epci(action)) for action in retenues],
        ),
        note("Dépenses brutes de fonctionnement : les contributions des communes viennent en recettes."),
        *build_communes(sources, retenues),
    ]
    if manques := list_tous(sources):
        blocs.append(frame("Chiffres qui manquent encore. " + " ; ".join(manques) + "."))
    return blocs


def list_tous(sources: Sources) -> list[str]:
    """What each retained action lacks."""
    return [f"« {action.dossier.titre} » : {mot}" for action in sources.retenues for mot in list_manques(action)]


def index_effets(actions: Sequence[ActionSource]) -> dict[int, list[EffetCommune]]:
    """By commune, the effects of the actions in which it takes part."""
    found: dict[int, list[EffetCommune]] = {}
    for action in actions:
        for effet in action.effets:
            if effet.participe:
                found.setdefault(effet.commune_id, []).append(effet)
    return found


def build_communes(sources: Sources, actions: Sequence[ActionSource]) -> list[Bloc]:
    """One line a commune, all actions added; and the picture when it holds."""
    effets = index_effets(actions)
    lignes, barres, avants, apres = [], [], [], []
    for commune in sources.communes:
        propres = effets.get(commune.pk, [])
        avant = add_montants(effet.depense for effet in propres)
        ensuite = add_montants(effet.contribution for effet in propres)
        avants.append(avant)
        apres.append(ensuite)
        ecart = write_difference(ensuite, avant)
        compte = str(len(propres))
        lignes.append((commune.nom, compte, *((write_somme(avant), write_somme(ensuite), ecart) if propres else SANS)))
        if propres and avant is not None and ensuite is not None:
            barres.append((commune.nom, ensuite - avant, ecart))
    total, total_apres = add_sommes(avants), add_sommes(apres)
    lignes.append(("Ensemble", "", write_somme(total), write_somme(total_apres), write_difference(total_apres, total)))
    titre = "Dépenses de fonctionnement des communes, toutes actions ensemble"
    return [
        head("Pour les communes"),
        say(write_communes(effets, len(sources.communes))),
        *([build_image(barres)] if 0 < len(barres) <= MAX_BARRES else []),
        tabulate(titre, ("Commune", "Actions", "Aujourd'hui", "Ensuite", "Écart"), lignes, total=True),
        note(
            "Estimations, en euros par an, année de croisière de chaque action ; les sommes sont celles des montants "
            "montrés. Les effectifs de chaque commune sont dits action par action, et repris en annexe."
        ),
    ]


SANS = ("sans objet", "sans objet", "sans objet")


def add_sommes(sommes: Sequence[int | None]) -> int | None:
    """Sum of sums already rounded; None when one is unknown."""
    known = [somme for somme in sommes if somme is not None]
    return sum(known) if len(known) == len(sommes) else None


def write_communes(effets: dict[int, list[EffetCommune]], communes: int) -> str:
    """How many take part in one action at least."""
    nombre = len(effets)
    verbe = accord(nombre, "participe", "participent")
    return f"{pluriel(nombre, 'commune')} sur {communes} {verbe} à une action au moins."


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
