"""What the acts on a campaign and on a sheet share: guards, and the ways a write is given back to its author."""

from collections.abc import Mapping
from typing import Any

from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.diagnostic.enums import EtatCampagne, EtatFiche
from communaccord.plateforme.diagnostic.models import Campagne, Fiche
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit

PAS_OUVERTE = {
    EtatCampagne.PREPARATION: "Le questionnaire est encore en préparation : la fiche se remplira dès son ouverture.",
    EtatCampagne.CLOSE: "Cet état des lieux est clos : ses réponses se lisent, elles ne changent plus.",
}
VALIDEE = "Cette fiche est validée : rouvrez-la pour la modifier."
VIENT_DE_CHANGER = "Quelqu'un vient de changer l'état de cet état des lieux : relisez la page avant d'agir."


class EditionConcurrente(Conflit):
    """Somebody else wrote meanwhile: ``actuel`` is the row as it is now, nothing of theirs was overwritten."""

    def __init__(self, actuel: Any, qui: str) -> None:
        super().__init__(
            f"Pendant que vous écriviez, {qui} a enregistré autre chose. Rien n'a été écrasé : comparez, gardez ce qui "
            "convient, puis enregistrez de nouveau."
        )
        self.actuel = actuel


class SaisieRefusee(Conflit):
    """What was given cannot be kept as it is: ``fautes``, a sentence by field. Nothing of it was written."""

    def __init__(self, fautes: Mapping[str, str]) -> None:
        super().__init__(" ".join(fautes.values()))
        self.fautes = dict(fautes)


def lock_campagne(campagne: Campagne) -> Campagne:
    """The row as it is now, held until the end of the transaction."""
    return Campagne.objects.select_for_update(of=("self",)).select_related("demarche").get(pk=campagne.pk)


def lock_fiche(fiche: Fiche) -> Fiche:
    """The sheet as it is now, held until the end of the transaction; its campaign and its commune with it."""
    return Fiche.objects.select_for_update(of=("self",)).with_commune().get(pk=fiche.pk)


def check_remplissable(fiche: Fiche) -> None:
    """Conflit unless answers are written now: the campaign is open, the sheet is not validated."""
    check_ouverte(fiche.campagne)
    if fiche.etat == EtatFiche.VALIDEE:
        raise Conflit(VALIDEE)


def check_ouverte(campagne: Campagne) -> None:
    if campagne.etat != EtatCampagne.OUVERTE:
        raise Conflit(PAS_OUVERTE[EtatCampagne(campagne.etat)])


def name_fiche(fiche: Fiche) -> str:
    """``la fiche d'état des lieux d'Agen``."""
    de = write_de(fiche.commune.nom) if fiche.commune else "de l'intercommunalité"
    return f"la fiche d'état des lieux {de}"


def list_lecteurs(fiche: Fiche) -> dict[str, Any]:
    """Who reads in the journal an act on this sheet: its commune; the équipe projet for the intercommunalité."""
    if fiche.commune_id is None:
        return {"portee": Portee.EQUIPE, "objet": fiche}
    return {"portee": Portee.COMMUNE, "objet": fiche, "commune_id": fiche.commune_id}
