"""Part: one sheet a commune: what each action changes for it."""

from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, note, say, tabulate
from communaccord.plateforme.rapports.pages.contenu.effectifs import tell_commune
from communaccord.plateforme.rapports.pages.contenu.montants import PLUME, write_ligne
from communaccord.plateforme.rapports.queries import Sources
from communaccord.plateforme.socle.typographie import pluriel

COLONNES = (
    "Action",
    "Agents aujourd'hui",
    "Agents ensuite",
    "Dépense aujourd'hui",
    "Contribution",
    "Écart",
    "Par habitant",
)
SANS_PART = ("ne participe pas", "", "", "", "", "")


def build_annexes(sources: Sources) -> list[Bloc]:
    """Every commune, in the order of the alphabet; communes that take no part say so."""
    actions = sources.chiffrees
    if not actions:
        return [say("Les fiches des communes viendront avec la première action chiffrée.")]
    effets = {(action.dossier.pk, effet.commune_id): effet for action in actions for effet in action.effets}
    blocs = [note("Estimations, en euros par an, année de croisière de chaque action.")]
    for commune in sources.communes:
        lignes = []
        for action in actions:
            effet = effets.get((action.dossier.pk, commune.pk))
            if effet is None or not effet.participe:
                lignes.append((action.dossier.titre, *SANS_PART))
                continue
            montants = write_ligne(effet)
            lignes.append((action.dossier.titre, *tell_commune(effet), *montants, PLUME.write_par_habitant(effet)))
        habitants = pluriel(commune.population_municipale, "habitant")
        titre = f"{commune.nom} : {habitants}, {pluriel(commune.sieges, 'siège')} au conseil communautaire"
        blocs += [head(commune.nom), {**tabulate(titre, COLONNES, lignes), "commune": commune.code}]
    return blocs
