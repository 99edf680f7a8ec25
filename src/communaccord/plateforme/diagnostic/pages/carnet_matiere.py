"""What the carnet of one commune says, read and computed once, before any word."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.calculs.comparaisons import (
    Cellule,
    Groupe,
    Quartiles,
    choose_groupe,
    compute_moyenne_de_personnes,
    compute_quartiles,
    compute_quartiles_de_personnes,
)
from communaccord.plateforme.diagnostic.calculs.maturite import Profil
from communaccord.plateforme.diagnostic.calculs.photographie import EPCI
from communaccord.plateforme.diagnostic.calculs.releve import (
    Entite,
    Releve,
    build_releve,
    count_personnes,
    group_par_service,
)
from communaccord.plateforme.diagnostic.enums import PETIT_EFFECTIF, Colonne, TypeLigne
from communaccord.plateforme.diagnostic.models import ClePublique, Fiche, Flux, Ligne, Reponse
from communaccord.plateforme.diagnostic.pages.matiere import Figes, read_figes, read_profils
from communaccord.plateforme.diagnostic.queries.priorites import list_options_de_campagne
from communaccord.plateforme.diagnostic.queries.publiques import Publique, list_lues, map_dernieres
from communaccord.plateforme.diagnostic.queries.restitution import (
    Cadre,
    count_choix,
    list_flux_de_commune,
    list_reponses_de_fiche,
    read_chiffres,
)
from communaccord.plateforme.territoires.models import CommuneMembre

# Figures on people that the carnet sets beside those of the group; and those that tell of nobody.
COMPAREES = (Colonne.AGENTS, Colonne.MASSE_SALARIALE)
Publiques = Mapping[int | None, Mapping[str, Publique]]


@dataclass(frozen=True, slots=True)
class MatiereCarnet:
    """``reponses``: those of the sheet, by line; ``autres``: whoever is neither it nor of its group.

    ``options``: (words, service) of the choice of priorities; empty when there is none. Never what was chosen: the
    carnet is read by others than the mairie.
    ``releve``: what the sheets say now. ``par_service``: the figures that are compared, by column, service and entity,
    in hundredths: those on people as the last picture froze them (``figes``), which names entities by ``codes``.
    """

    cadre: Cadre
    fiche: Fiche
    commune: CommuneMembre
    groupe: Groupe | None
    autres: frozenset[Entite]
    reponses: Mapping[int, Reponse]
    flux: Sequence[Flux]
    releve: Releve
    par_service: Mapping[str, Mapping[str, Mapping[Entite, int]]]
    figes: Figes
    codes: Mapping[Entite, str]
    besoins: Mapping[str, Mapping[str, int]]
    profils: Mapping[str, Profil]
    valeurs: Mapping[tuple[Entite, int], int]
    publiques: Publiques
    options: tuple[tuple[str, str], ...]

    def find_choix(self, genre: str, service: str) -> str:
        """The value that the sheet chose for a service; empty when it is not known."""
        for ligne in self.cadre.list_lignes(genre):
            reponse = self.reponses.get(ligne.pk)
            if ligne.service == service and reponse is not None:
                return str(reponse.valeurs.get(Colonne.VALEUR, ""))
        return ""

    def find_valeur(self, entite: Entite, ligne: Ligne) -> int | None:
        """What a commune answered to a line of one number; else what public data say of it; in hundredths."""
        answered = self.valeurs.get((entite, ligne.pk))
        if answered is not None:
            return answered
        if ligne.publique == ClePublique.POPULATION_MUNICIPALE and entite == self.commune.pk:
            return 100 * self.commune.population_municipale
        public = self.publiques.get(entite, {}).get(ligne.publique) if ligne.publique else None
        return public.centiemes if public else None

    def find_colonne(self, colonne: str, service: str) -> Mapping[Entite, int]:
        """A figure of a service, by entity that tells it."""
        return self.par_service[colonne].get(service, {})

    def list_cellules(self, colonne: str, service: str, entites: Collection[Entite]) -> list[Cellule]:
        """The figures on people of these entities, where they are frozen."""
        cells, told = self.find_colonne(colonne, service), self.find_colonne(Colonne.AGENTS, service)
        found = []
        for entite in entites:
            hundredths = cells.get(entite)
            if hundredths is not None:
                agents = count_personnes(told.get(entite))
                valeur = agents if colonne == Colonne.AGENTS else hundredths
                visible = self.figes.masques[colonne].shows(self.codes[entite], service)
                found.append(Cellule(valeur, agents, visible, 0 < agents < PETIT_EFFECTIF))
        return found

    def compare_personnes(self, colonne: str, service: str) -> tuple[Fraction | None, Fraction | None]:
        """Mean and median of the group for a figure on people; None where one cannot be told.

        None too from a second version on: a mean that moves would tell who moved it.
        """
        if self.groupe is None or self.figes.avant:
            return None, None
        cells = self.list_cellules(colonne, service, self.groupe.communes)
        quartiles = compute_quartiles_de_personnes(cells)
        mean = compute_moyenne_de_personnes(
            cells,
            self.list_cellules(colonne, service, self.autres),
            est_un_compte=colonne == Colonne.AGENTS,
        )
        return mean, quartiles.mediane if quartiles else None

    def compute_quartiles(self, colonne: str, service: str) -> Quartiles | None:
        """Quartiles of the group for a figure that tells of nobody."""
        if self.groupe is None:
            return None
        cells = self.find_colonne(colonne, service)
        return compute_quartiles([cells[entite] for entite in self.groupe.communes if entite in cells])

    def count_connus(self, colonne: str, service: str) -> int:
        """Communes of the group whose figure is known."""
        return len(self.groupe.communes & self.find_colonne(colonne, service).keys()) if self.groupe else 0


def read_matiere_carnet(acteur: Acteur, cadre: Cadre, fiche: Fiche) -> MatiereCarnet:
    """Nine queries at most, whatever the number of communes and services."""
    assert fiche.commune is not None
    effectifs, valeurs = read_chiffres(cadre)
    releve, figes = build_releve(effectifs), read_figes(cadre)
    codes: dict[Entite, str] = {None: EPCI, **{commune.pk: commune.code for commune in cadre.communes}}
    populations = {commune.pk: commune.population_municipale for commune in cadre.communes}
    choix = count_choix(cadre, TypeLigne.BESOIN, TypeLigne.MATURITE)
    groupe = choose_groupe(fiche.commune.pk, populations)
    compared = groupe.communes if groupe else frozenset()
    return MatiereCarnet(
        cadre=cadre,
        fiche=fiche,
        commune=fiche.commune,
        groupe=groupe,
        autres=frozenset({None, *populations} - compared - {fiche.commune.pk}),
        reponses=list_reponses_de_fiche(acteur, fiche),
        flux=list_flux_de_commune(acteur, fiche),
        releve=releve,
        par_service={
            Colonne.AUTRES_COUTS: group_par_service(releve, Colonne.AUTRES_COUTS),
            **{colonne: group_figes(figes, colonne, codes) for colonne in COMPAREES},
        },
        figes=figes,
        codes=codes,
        besoins=choix[TypeLigne.BESOIN],
        profils=read_profils(choix[TypeLigne.MATURITE]),
        valeurs=valeurs,
        publiques=map_dernieres(
            list_lues(cadre.campagne.demarche, {ligne.publique for ligne in cadre.lignes if ligne.publique})
        ),
        options=tuple((row.libelle, row.service) for row in list_options_de_campagne(acteur, cadre.campagne)),
    )


def group_figes(figes: Figes, colonne: str, codes: Mapping[Entite, str]) -> dict[str, dict[Entite, int]]:
    """A frozen column as service to (entity to hundredths)."""
    entites = {code: entite for entite, code in codes.items()}
    return {
        service: {entites[code]: valeur for code, valeur in valeurs.items() if code in entites}
        for service, valeurs in group_par_service(figes.releve, colonne).items()
    }
