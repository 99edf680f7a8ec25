"""The page of a maire on a phone: one dossier, what it changes, the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from communaccord.plateforme.accords.forms.elements import Anomalie
from communaccord.plateforme.accords.forms.vocabulaire import (
    CLAUSES,
    CONTREPARTIE,
    DEGRES,
    MENTION,
    POSITIONS,
    PRIORITES,
    Mot,
)
from communaccord.plateforme.accords.models import Reponse
from communaccord.plateforme.accords.pages.effets import EffetScenario, describe_effets, describe_jugement
from communaccord.plateforme.accords.pages.lectures import has_precedente
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle.typographie import moment, prose

RANGS = ("c1", "c2", "c3")


class Messages(dict[str, str]):
    """Sentence of each field in error; a field without error has an empty one."""

    def __missing__(self, _champ: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Repondre:
    """All that the page shows beside what is typed. ``enregistre``: when and by whom it was last kept."""

    tour: str
    tour_id: int
    dossier: str
    rang: int
    nombre: int
    commune: str
    cloture: str
    phrase: str
    effets: Sequence[EffetScenario]
    communes: Sequence[tuple[str, str]]
    version: int
    enregistre: str
    avertissement: str
    adresse: str
    adresse_brouillon: str
    adresse_dossier: str
    anomalies: Sequence[Anomalie] = ()
    adresse_precedent: str = ""
    recueillie: bool = False
    origine: str = "visite"
    prefixe: str = ""
    avec_notes: bool = True
    positions: Sequence[Mapping[str, str]] = field(
        default_factory=lambda: [
            {"valeur": code, "libelle": prose(mot.libelle), "aide": prose(mot.aide)} for code, mot in POSITIONS.items()
        ]
    )
    types: Sequence[tuple[str, str]] = field(
        default_factory=lambda: [(code, prose(mot.libelle)) for code, mot in CLAUSES.items()]
    )
    degres: Mapping[str, Mot] = field(default_factory=lambda: DEGRES)
    priorites: Mapping[str, Mot] = field(default_factory=lambda: PRIORITES)
    contrepartie: str = CONTREPARTIE
    mention: str = MENTION

    @property
    def jugement(self) -> str:
        """On which year an amount is judged, told under its field."""
        return describe_jugement(self.effets)

    @property
    def erreurs(self) -> Messages:
        return Messages({anomalie.id: anomalie.message for anomalie in self.anomalies})

    @property
    def rangs_en_erreur(self) -> set[str]:
        """Requests that hold an error: they are unfolded."""
        tetes = {anomalie.id.rpartition("-")[0] for anomalie in self.anomalies}
        return {tete for tete in tetes if tete.removeprefix(self.prefixe) in RANGS}

    @property
    def resume(self) -> list[dict[str, str]]:
        return [{"id": anomalie.id, "message": anomalie.message} for anomalie in self.anomalies]


def build_repondre(
    acteur: Acteur,
    reponse: Reponse,
    rang: int,
    nombre: int,
    effets: Sequence[EffetScenario],
    communes: Sequence[tuple[str, str]],
    *,
    anomalies: Sequence[Anomalie] = (),
    avertissement: str = "",
    origine: str = "",
) -> Repondre:
    """Compose the page. ``communes``: codes and names of the others; ``rang``: place of the dossier in the round.

    ``origine``: how the équipe projet takes the answer down; "" when the mairie writes it itself.
    """
    tour = reponse.tour
    lieu = (tour.pk, reponse.commune_id, rang) if origine else (tour.pk, rang)
    starts = not origine and acteur.est_maire and not reponse.version and has_precedente(acteur, reponse)
    return Repondre(
        tour=tour.titre,
        tour_id=tour.pk,
        dossier=reponse.dossier.titre,
        rang=rang,
        nombre=nombre,
        commune=reponse.commune.nom,
        cloture=moment(tour.cloture_le, tour.demarche.fuseau, semaine=True, annee=False),
        phrase=describe_effets(reponse.commune.nom, effets),
        effets=effets,
        communes=communes,
        version=reponse.version,
        enregistre=describe_enregistrement(reponse, anomalies),
        avertissement=avertissement,
        adresse=chemin(acteur, "accords:recueillir" if origine else "accords:repondre", *lieu),
        adresse_brouillon="" if origine else chemin(acteur, "accords:brouillon", *lieu),
        adresse_dossier=get_adresse_dossier(acteur, reponse),
        anomalies=anomalies,
        adresse_precedent=chemin(acteur, "accords:partir_du_precedent", *lieu) if starts else "",
        recueillie=bool(origine),
        origine=origine,
        avec_notes=not origine,
    )


def get_adresse_dossier(acteur: Acteur, reponse: Reponse) -> str:
    return chemin(acteur, "dossiers:dossier", reponse.dossier_id)


def describe_enregistrement(reponse: Reponse, anomalies: Sequence[Anomalie] = ()) -> str:
    """When the draft was last kept, by whom, and what was not; "" when nothing is kept."""
    if reponse.modifiee_le is None:
        return ""
    quand = moment(reponse.modifiee_le, reponse.tour.demarche.fuseau, annee=False)
    phrase = f"Brouillon enregistré le {quand} par {reponse.modifiee_par}"
    if not anomalies:
        return prose(f"{phrase}.")
    return prose(
        f"{phrase}, sauf ce qui est à corriger. {anomalies[0].message} Ce qui y était enregistré avant n'a pas changé."
    )


def list_autres(communes: Sequence[Any], commune_id: int) -> list[tuple[str, str]]:
    """Codes and names of the other communes, in their order."""
    return [(commune.code, commune.nom) for commune in communes if commune.pk != commune_id]
