"""What is copied from a paper answer, dossier by dossier; then what the second person compares with the paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communaccord.plateforme.accords.forms.elements import Anomalie, build_elements, read_elements
from communaccord.plateforme.accords.forms.phrases import Ligne, list_lignes
from communaccord.plateforme.accords.forms.reponse import SaisieReponse, read_saisie
from communaccord.plateforme.accords.models import Enveloppe, TourDossier
from communaccord.plateforme.accords.pages.repondre import Repondre, list_autres
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin


@dataclass(frozen=True, slots=True)
class Copie:
    """What was typed for each dossier, what may be kept of it, what is wrong."""

    saisies: Sequence[SaisieReponse]
    reponses: Mapping[int, Sequence[ElementSaisi]]
    anomalies: Sequence[Anomalie]


def get_prefixe(rang: int) -> str:
    return f"d{rang}-"


def read_copie(
    donnees: Mapping[str, str], liens: Sequence[TourDossier], communes: Sequence[Any], commune_id: int
) -> Copie:
    """Read the form of all the dossiers; a dossier left empty is no answer, one without position is told."""
    codes = {code for code, _ in list_autres(communes, commune_id)}
    saisies, reponses, anomalies = [], {}, []
    for rang, lien in enumerate(liens, 1):
        prefixe = get_prefixe(rang)
        saisie = replace(read_saisie(donnees, prefixe), notes="")
        saisies.append(saisie)
        if saisie.est_vide:
            continue
        elements, wrong = build_elements(saisie, codes)
        if not saisie.position and not any(anomalie.id == "position" for anomalie in wrong):
            wrong = [Anomalie("position", "Cochez la position que porte le papier."), *wrong]
        anomalies += [Anomalie(prefixe + anomalie.id, anomalie.message) for anomalie in wrong]
        reponses[lien.dossier_id] = elements
    return Copie(saisies, reponses, anomalies)


def build_copie(
    acteur: Acteur, enveloppe: Enveloppe, liens: Sequence[TourDossier], communes: Sequence[Any], copie: Copie
) -> list[tuple[Repondre, SaisieReponse]]:
    """One group of fields a dossier, the same as online, without notes."""
    others = list_autres(communes, enveloppe.commune_id)
    return [
        (
            Repondre(
                tour=enveloppe.tour.titre,
                tour_id=enveloppe.tour_id,
                dossier=lien.dossier.titre,
                rang=rang,
                nombre=len(liens),
                commune=enveloppe.commune.nom,
                cloture="",
                phrase="",
                effets=(),
                communes=others,
                version=0,
                enregistre="",
                avertissement="",
                adresse="",
                adresse_brouillon="",
                adresse_dossier=chemin(acteur, "dossiers:dossier", lien.dossier_id),
                anomalies=[a for a in copie.anomalies if a.id.startswith(get_prefixe(rang))],
                prefixe=get_prefixe(rang),
                avec_notes=False,
            ),
            saisie,
        )
        for rang, (lien, saisie) in enumerate(zip(liens, copie.saisies, strict=True), 1)
    ]


def build_relecture(
    liens: Sequence[TourDossier], copied: Mapping[int, Sequence[ElementSaisi]], noms: Mapping[str, str]
) -> list[tuple[str, list[Ligne]]]:
    """What was copied, told dossier by dossier; an empty list for a dossier left blank."""
    return [(lien.dossier.titre, list_lignes(read_elements(copied.get(lien.dossier_id, ())), noms)) for lien in liens]
