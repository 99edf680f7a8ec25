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
from communaccord.plateforme.diagnostic.calculs.masques import Masque
from communaccord.plateforme.diagnostic.calculs.maturite import Profil
from communaccord.plateforme.diagnostic.calculs.releve import Entite, Releve, build_masques, build_releve
from communaccord.plateforme.diagnostic.enums import PETIT_EFFECTIF, Colonne, TypeLigne
from communaccord.plateforme.diagnostic.models import ClePublique, DonneePublique, Fiche, Flux, Ligne, Reponse
from communaccord.plateforme.diagnostic.pages.matiere import read_profils
from communaccord.plateforme.diagnostic.queries.publiques import list_publiques, map_dernieres
from communaccord.plateforme.diagnostic.queries.restitution import (
    Cadre,
    count_choix,
    list_effectifs,
    list_flux_de_commune,
    list_reponses_de_fiche,
    list_valeurs,
)
from communaccord.plateforme.territoires.models import CommuneMembre

Publiques = Mapping[int | None, Mapping[str, DonneePublique]]


@dataclass(frozen=True, slots=True)
class MatiereCarnet:
    """``reponses``: those of the sheet, by line; the rest is of the whole territory."""

    cadre: Cadre
    fiche: Fiche
    commune: CommuneMembre
    groupe: Groupe | None
    reponses: Mapping[int, Reponse]
    flux: Sequence[Flux]
    releve: Releve
    masques: Mapping[str, Masque]
    besoins: Mapping[str, Mapping[str, int]]
    profils: Mapping[str, Profil]
    valeurs: Mapping[tuple[Entite, int], int]
    publiques: Publiques

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

    def list_cellules(self, colonne: str, service: str, entites: Collection[Entite]) -> list[Cellule]:
        """The figures on people of these entities, where they are known."""
        return [
            self.build_cellule(colonne, entite, service)
            for entite in entites
            if self.releve.find(colonne, entite, service) is not None
        ]

    def build_cellule(self, colonne: str, entite: Entite, service: str) -> Cellule:
        hundredths = self.releve.find(colonne, entite, service) or 0
        agents = self.releve.count_agents(entite, service)
        return Cellule(
            valeur=-(-hundredths // 100) if colonne == Colonne.AGENTS else hundredths,
            agents=agents,
            visible=self.masques[colonne].shows(entite, service),
            sensible=0 < agents < PETIT_EFFECTIF,
        )

    def compute_moyenne(self, colonne: str, service: str) -> Fraction | None:
        """Mean of the group for a figure on people; None when it cannot be told."""
        if self.groupe is None:
            return None
        apart = {None, *(c.pk for c in self.cadre.communes)} - self.groupe.communes - {self.commune.pk}
        return compute_moyenne_de_personnes(
            self.list_cellules(colonne, service, self.groupe.communes),
            self.list_cellules(colonne, service, apart),
            est_un_compte=colonne == Colonne.AGENTS,
        )

    def compute_mediane_de_personnes(self, colonne: str, service: str) -> Fraction | None:
        """Median of the group for a figure on people; None when it cannot be told."""
        cells = self.list_cellules(colonne, service, self.groupe.communes) if self.groupe else []
        quartiles = compute_quartiles_de_personnes(cells)
        return quartiles.mediane if quartiles else None

    def compute_quartiles(self, colonne: str, service: str) -> Quartiles | None:
        """Quartiles of the group for a figure that tells of nobody."""
        if self.groupe is None:
            return None
        known = [self.releve.find(colonne, entite, service) for entite in self.groupe.communes]
        return compute_quartiles([valeur for valeur in known if valeur is not None])

    def count_connus(self, colonne: str, service: str) -> int:
        """Communes of the group whose figure is known."""
        communes = self.groupe.communes if self.groupe else ()
        return sum(self.releve.find(colonne, entite, service) is not None for entite in communes)


def read_matiere_carnet(acteur: Acteur, cadre: Cadre, fiche: Fiche) -> MatiereCarnet:
    """Seven queries, whatever the number of communes and services."""
    assert fiche.commune is not None
    releve = build_releve(list_effectifs(cadre))
    populations = {commune.pk: commune.population_municipale for commune in cadre.communes}
    return MatiereCarnet(
        cadre=cadre,
        fiche=fiche,
        commune=fiche.commune,
        groupe=choose_groupe(fiche.commune.pk, populations),
        reponses=list_reponses_de_fiche(acteur, fiche),
        flux=list_flux_de_commune(acteur, fiche),
        releve=releve,
        masques=build_masques(releve),
        besoins=count_choix(cadre, TypeLigne.BESOIN),
        profils=read_profils(count_choix(cadre, TypeLigne.MATURITE)),
        valeurs=list_valeurs(cadre),
        publiques=map_dernieres(list_publiques(cadre.campagne.demarche)),
    )
