"""Public data: taken from an official file after its preview, then accepted line by line by whoever fills a sheet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.fiches import ReponseAEcrire, record_reponses
from communaccord.plateforme.diagnostic.calculs.valeurs import ReponseSaisie, is_nombre
from communaccord.plateforme.diagnostic.enums import Colonne, Origine, Qualite
from communaccord.plateforme.diagnostic.lecture.types import EPCI, Donnee
from communaccord.plateforme.diagnostic.models import ClePublique, DonneePublique, Fiche, Ligne, Reponse
from communaccord.plateforme.diagnostic.queries.campagnes import list_lignes_de, map_reponses
from communaccord.plateforme.diagnostic.queries.publiques import find_proposees
from communaccord.plateforme.diagnostic.rules import can_conduct
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

RIEN_A_REPRENDRE = "Ce fichier ne dit rien des communes de la démarche : il n'y a rien à reprendre."
ETRANGERE = "Ces données ne sont pas celles de cette démarche : relisez le fichier."


@dataclass(frozen=True, slots=True)
class Importees:
    """How many figures are new, replace one of the same year, are the same as before."""

    nouvelles: int
    remplacees: int
    inchangees: int


@transaction.atomic
def import_publiques(*, acteur: Acteur, instant: datetime, source: str, donnees: Sequence[Donnee]) -> Importees:
    """Write what a file told of the démarche; the same file again changes nothing, the same year is replaced.

    Errors: ActionRefusee; Conflit when there is nothing to take, or what is of another territory: nothing is written.
    """
    require(can_conduct(acteur, acteur.demarche_id))
    demarche = Demarche.objects.select_for_update().get(pk=acteur.demarche_id)
    if not donnees:
        raise Conflit(RIEN_A_REPRENDRE)
    communes = dict(CommuneMembre.objects.filter(demarche=demarche).values_list("code", "pk"))
    if any(d.cle not in ClePublique.values or (d.code != EPCI and d.code not in communes) for d in donnees):
        raise Conflit(ETRANGERE)
    existing = {(row.commune_id, row.cle, row.annee): row for row in DonneePublique.objects.filter(demarche=demarche)}
    signature = {"source": source[:200], "importee_par": acteur.nom[:250], "importee_le": instant}
    nouvelles, remplacees = [], []
    for donnee in donnees:
        place = (communes.get(donnee.code), str(donnee.cle), donnee.annee)
        row = existing.get(place)
        if row is None:
            values = {"demarche": demarche, "commune_id": place[0], "cle": place[1], "annee": donnee.annee}
            existing[place] = DonneePublique(**values, centiemes=donnee.centiemes, **signature)
            nouvelles.append(existing[place])
        elif row.centiemes != donnee.centiemes and row.pk is not None:
            row.centiemes = donnee.centiemes
            for nom, valeur in signature.items():
                setattr(row, nom, valeur)
            remplacees.append(row)
    DonneePublique.objects.bulk_create(nouvelles)
    DonneePublique.objects.bulk_update(remplacees, ["centiemes", *signature])
    if nouvelles or remplacees:
        phrase = f"a repris des données publiques ({source}) : {pluriel(len(nouvelles) + len(remplacees), 'chiffre')}"
        record_acte(acteur=acteur, instant=instant, verbe="publiques.reprises", phrase=phrase, portee=Portee.TABLE)
    return Importees(len(nouvelles), len(remplacees), len(donnees) - len(nouvelles) - len(remplacees))


def accept_publiques(*, acteur: Acteur, instant: datetime, fiche: Fiche, lignes: Collection[int] | None = None) -> int:
    """Answer with the public datum the lines that have one and no answer (only those of ``lignes`` when given).

    How many were written. What somebody answered, even « je ne sais pas », is never written over.
    Errors: ActionRefusee, Conflit (campaign not open, sheet validated).
    """
    proposees = list_proposees(fiche)
    kept = [reponse for reponse in proposees if lignes is None or reponse.ligne.pk in lignes]
    ecriture = record_reponses(acteur=acteur, instant=instant, fiche=fiche, reponses=kept, origine=Origine.PUBLIQUE)
    return len(ecriture.ecrites)


def list_proposees(fiche: Fiche) -> list[ReponseAEcrire]:
    """The answers that public data propose to the lines of a sheet that have none. Three queries."""
    reponses = map_reponses(fiche)
    donnees = find_proposees(fiche)
    return [
        ReponseAEcrire(ligne, reponse.version if reponse else 0, build_reponse(donnees[ligne.publique]))
        for ligne, reponse in ((ligne, reponses.get(ligne.pk)) for ligne in list_lignes_de(fiche))
        if is_proposee(ligne, reponse, donnees)
    ]


def is_proposee(ligne: Ligne, reponse: Reponse | None, donnees: dict[str, DonneePublique]) -> bool:
    """Whether a line without answer has a public datum that it can take."""
    if ligne.publique not in donnees or not is_nombre(ligne, Colonne.VALEUR):
        return False
    return donnees[ligne.publique].centiemes is not None and (reponse is None or not reponse.est_remplie)


def build_reponse(donnee: DonneePublique) -> ReponseSaisie:
    valeurs = {} if donnee.centiemes is None else {Colonne.VALEUR: donnee.centiemes}
    return ReponseSaisie(valeurs, annee=donnee.annee, source=donnee.source, qualite=Qualite.ETABLI)
