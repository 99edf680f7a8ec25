"""What workbooks and papers are made of: sheets, answers and public data, each in one query whatever their number."""

from dataclasses import dataclass

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.models import Campagne, DonneePublique, Fiche, Ligne, Reponse
from communaccord.plateforme.diagnostic.queries.campagnes import is_posee, list_lignes
from communaccord.plateforme.diagnostic.queries.publiques import list_publiques, map_dernieres


@dataclass(frozen=True, slots=True)
class Matiere:
    """One sheet and all that fills it."""

    fiche: Fiche
    lignes: list[Ligne]
    reponses: dict[int, Reponse]
    donnees: dict[str, DonneePublique]

    @property
    def nom(self) -> str:
        return self.fiche.commune.nom if self.fiche.commune else self.fiche.campagne.demarche.nom_epci


def list_matieres(acteur: Acteur, campagne: Campagne, pk: int | None = None) -> list[Matiere]:
    """The sheets that the actor reads (or one, ``pk``) with their lines, answers and public data. Four queries."""
    rows = Fiche.objects.visible_to(acteur).filter(campagne=campagne).with_commune()
    fiches = list(rows if pk is None else rows.filter(pk=pk))
    reponses: dict[int, dict[int, Reponse]] = {fiche.pk: {} for fiche in fiches}
    for reponse in Reponse.objects.filter(fiche__in=fiches):
        reponses[reponse.fiche_id][reponse.ligne_id] = reponse
    lignes, donnees = list_lignes(campagne), map_dernieres(list_publiques(campagne.demarche))
    return [
        Matiere(
            fiche,
            [ligne for ligne in lignes if is_posee(ligne, fiche)],
            reponses[fiche.pk],
            donnees.get(fiche.commune_id, {}),
        )
        for fiche in fiches
    ]
