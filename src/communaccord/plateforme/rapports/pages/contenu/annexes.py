"""Part: one sheet a commune: what each action changes for it."""

from collections.abc import Mapping, Sequence

from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, note, say, tabulate
from communaccord.plateforme.rapports.pages.contenu.chiffres import ChiffresCommune, build_chiffres
from communaccord.plateforme.rapports.pages.contenu.effectifs import tell_commune
from communaccord.plateforme.rapports.pages.contenu.montants import ARRONDIS_ECART, PLUME, write_ligne
from communaccord.plateforme.rapports.queries import ActionSource, Sources
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.models import CommuneMembre

COLONNES = (
    "Action",
    "Agents aujourd'hui",
    "Agents ensuite",
    "Dépense aujourd'hui",
    "Dépense ensuite",
    "Écart",
    "Par habitant",
)
SANS_PART = ("ne participe pas", "", "", "", "", "")
SANS_CHIFFRES = ("pas encore chiffrée", "", "", "", "", "")
Chiffres = Mapping[int, Mapping[int, ChiffresCommune]]


def build_annexes(sources: Sources) -> list[Bloc]:
    """Every commune, in the order of the alphabet; every action of the schéma, those without figures say so."""
    if not sources.chiffrees:
        return [say("Les fiches des communes viendront avec la première action chiffrée.")]
    chiffres = {
        action.dossier.pk: {commune.effet.commune_id: commune for commune in build_chiffres(action).communes}
        for action in sources.chiffrees
    }
    blocs = [note(NOTE), note(ARRONDIS_ECART)]
    for commune in sources.communes:
        blocs += build_fiche(commune, sources.retenues, chiffres)
    return blocs


NOTE = (
    "Estimations, en euros par an, année de référence de chaque action. La dépense ensuite et le montant par habitant "
    "comptent la contribution et la part des coûts souvent oubliés."
)


def build_fiche(commune: CommuneMembre, actions: Sequence[ActionSource], chiffres: Chiffres) -> list[Bloc]:
    """The table of one commune, and what its amounts are made of."""
    mine = {pk: found[commune.pk] for pk, found in chiffres.items() if commune.pk in found}
    lignes = [write_action(action, mine.get(action.dossier.pk)) for action in actions]
    habitants = pluriel(commune.population_municipale, "habitant")
    titre = f"{commune.nom} : {habitants}, {pluriel(commune.sieges, 'siège')} au conseil communautaire"
    titres = {action.dossier.pk: action.dossier.titre for action in actions}
    details = [
        f"« {titres[pk]} » : contribution {PLUME.write(c.effet.contribution)}, coûts souvent oubliés "
        f"{PLUME.write(c.oublie)}."
        for pk, c in mine.items()
        if c.oublie
    ]
    return [
        head(commune.nom),
        {**tabulate(titre, COLONNES, lignes), "commune": commune.code},
        *(note(phrase) for phrase in details),
    ]


def write_action(action: ActionSource, commune: ChiffresCommune | None) -> tuple[str, ...]:
    """One line: the action, and what it changes here."""
    titre = action.dossier.titre
    if action.scenario is None:
        return (titre, *SANS_CHIFFRES)
    if commune is None:
        return (titre, *SANS_PART)
    par_habitant = PLUME.write_ratio(commune.ensuite, commune.effet.population)
    return (titre, *tell_commune(commune.effectif), *write_ligne(commune), par_habitant)
