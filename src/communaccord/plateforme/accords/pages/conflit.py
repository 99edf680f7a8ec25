"""Two people wrote the same answer: both versions side by side, field by field, and what one chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from communaccord.plateforme.accords.forms.phrases import Ligne, list_lignes
from communaccord.plateforme.accords.forms.reponse import SaisieReponse, write_champs
from communaccord.plateforme.accords.pages.lectures import Dossier
from communaccord.plateforme.accords.saisies import ReponseDepassee
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle.typographie import moment, prose

MIENNE = "mienne"
AUTRE = "autre"
# Groups of fields that one chooses together, with their title.
GROUPES = {
    "position": "Position",
    "c1": "Première demande",
    "c2": "Deuxième demande",
    "c3": "Troisième demande",
    "priorite": "Place du dossier",
    "notes": "Notes personnelles",
}
RIEN = "rien"


@dataclass(frozen=True, slots=True)
class Version:
    """What one version says of a group, and who would read it."""

    texte: str
    visibilite: str


@dataclass(frozen=True, slots=True)
class Groupe:
    """One group of fields: mine and the other's. ``differe``: one has to choose."""

    nom: str
    titre: str
    mienne: Version
    autre: Version

    @property
    def differe(self) -> bool:
        return self.mienne != self.autre


@dataclass(frozen=True, slots=True)
class Conflit:
    """The page: who wrote meanwhile, the groups, the fields carried along, the version that is now kept."""

    dossier: str
    auteur: str
    quand: str
    groupes: Sequence[Groupe]
    champs: Sequence[tuple[str, str]]
    version: int
    adresse: str
    adresse_texte: str


def build_conflit(
    acteur: Acteur, dossier: Dossier, mienne: SaisieReponse, noms: Mapping[str, str], error: ReponseDepassee
) -> Conflit:
    """Compose the page from what is kept now (``dossier``) and what was typed (``mienne``)."""
    reponse = dossier.reponse
    mine, other = index_lignes(mienne, noms), index_lignes(dossier.saisie, noms)
    groupes = [Groupe(nom, titre, mine[nom], other[nom]) for nom, titre in GROUPES.items()]
    instant = error.modifiee_le or reponse.modifiee_le
    return Conflit(
        dossier=reponse.dossier.titre,
        auteur=error.modifiee_par or "une autre personne",
        quand=moment(instant, reponse.tour.demarche.fuseau, annee=False) if instant else "",
        groupes=[groupe for groupe in groupes if groupe.differe],
        champs=write_champs(mienne),
        version=reponse.version,
        adresse=chemin(acteur, "accords:repondre", reponse.tour_id, dossier.rang),
        adresse_texte=chemin(acteur, "accords:texte", reponse.tour_id, dossier.rang),
    )


def index_lignes(saisie: SaisieReponse, noms: Mapping[str, str]) -> dict[str, Version]:
    """Each group told; one that is not filled says so."""
    told = {ligne.champ: write_version(ligne) for ligne in list_lignes(saisie, noms)}
    return {nom: told.get(nom, Version(RIEN, "")) for nom in GROUPES}


def write_version(ligne: Ligne) -> Version:
    titre = f"{ligne.titre} : " if ligne.champ.startswith("c") else ""
    return Version(prose(titre) + ligne.texte, ligne.visibilite)


def merge_saisies(choix: Mapping[str, str], mienne: SaisieReponse, autre: SaisieReponse) -> SaisieReponse:
    """What one chose, group by group (``garder-<group>``); mine where nothing was said."""

    def choose(nom: str) -> SaisieReponse:
        return autre if choix.get(f"garder-{nom}") == AUTRE else mienne

    position, priorite = choose("position"), choose("priorite")
    clauses = tuple(choose(f"c{rang}").clauses[rang - 1] for rang in (1, 2, 3))
    return replace(
        mienne,
        position=position.position,
        position_visibilite=position.position_visibilite,
        motif=position.motif,
        priorite=priorite.priorite,
        priorite_visibilite=priorite.priorite_visibilite,
        clauses=clauses,
        notes=choose("notes").notes,
    )
