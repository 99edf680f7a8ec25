"""« À vous seule »: what the engine shows to one commune, clause by clause, with what would meet it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from communaccord.plateforme.accords.elements import read_a_vous_seule
from communaccord.plateforme.accords.forms.phrases import tell_contenu
from communaccord.plateforme.accords.forms.vocabulaire import CLAUSES, DEGRES
from communaccord.plateforme.accords.models import AVousSeule, Partage, Tour
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.enums import Engagement
from communaccord.plateforme.socle.typographie import montant, pluriel, pourcentage, prose

ETATS = {
    "reunies": ("oui", "conditions réunies", "oui"),
    "non_reunies": ("non", "conditions non réunies à ce jour", "non à ce jour"),
    "a_apprecier": ("attente", "à apprécier", "à apprécier"),
    "hors_perimetre": ("neutre", "hors du périmètre", "hors du périmètre"),
    "sans_objet": ("neutre", "sans objet", "sans objet"),
    "sans_reponse": ("neutre", "sans réponse", "sans réponse"),
}
SENS = {
    "reunie": ("oui", "réunie"),
    "non_reunie": ("non", "non réunie à ce jour"),
    "a_apprecier": ("attente", "à apprécier"),
}
SANS_CONDITION = "Votre commune n'a posé aucune condition : rien ne s'y oppose de sa part."


@dataclass(frozen=True, slots=True)
class VerdictAffiche:
    """One clause judged: its words, its verdict, why, and the smallest change that would meet it."""

    titre: str
    genre: str
    mot: str
    explication: str
    ajustement: str


@dataclass(frozen=True, slots=True)
class ScenarioSeule:
    """One scenario for my commune alone."""

    nom: str
    etat: str
    genre: str
    mot: str
    motif: str
    verdicts: Sequence[VerdictAffiche]


@dataclass(frozen=True, slots=True)
class DossierSeule:
    """One dossier for my commune alone; ``partage``: my commune already shows it to the table."""

    identifiant: int
    ligne: AVousSeule
    scenarios: Sequence[ScenarioSeule]
    partage: bool

    @property
    def reponse_courte(self) -> str:
        """« oui », « non à ce jour »: for the only scenario; nothing when there are several that differ."""
        mots = {ETATS[scenario.etat][2] for scenario in self.scenarios}
        return mots.pop() if len(mots) == 1 else ""


def build_seules(acteur: Acteur, tour: Tour, noms: Mapping[str, str], named: Mapping[int, str]) -> list[DossierSeule]:
    """By dossier, what my commune alone is shown. Two requests; nothing for whoever acts for no commune."""
    if not acteur.est_mairie:
        return []
    rows = AVousSeule.objects.visible_to(acteur).filter(tour=tour)
    shared = Partage.objects.visible_to(acteur).filter(tour=tour, commune_id=acteur.commune_id, element__isnull=True)
    already = set(shared.values_list("dossier_id", flat=True))
    rows = rows.filter(dossier__liens_tours__tour=tour).order_by("dossier__liens_tours__ordre")
    return [
        DossierSeule(
            identifiant=row.dossier_id,
            ligne=row,
            scenarios=[read_scenario(data, noms, named) for data in read_a_vous_seule(row)["scenarios"]],
            partage=row.dossier_id in already,
        )
        for row in rows
    ]


def read_scenario(data: Mapping[str, Any], noms: Mapping[str, str], named: Mapping[int, str]) -> ScenarioSeule:
    genre, mot, _ = ETATS[data["etat"]]
    return ScenarioSeule(
        nom=prose(named.get(data["scenario"], "Scénario")),
        etat=data["etat"],
        genre=genre,
        mot=mot,
        motif=prose(SANS_CONDITION if data["etat"] == "reunies" and not data["conditions"] else data["motif"]),
        verdicts=[read_verdict(row, noms) for row in [*data["conditions"], *data["souhaits"]]],
    )


def read_verdict(row: Mapping[str, Any], noms: Mapping[str, str]) -> VerdictAffiche:
    genre, mot = SENS[row["sens"]]
    degre = DEGRES[row["degre"]].libelle.removeprefix("un ").removeprefix("une ").capitalize()
    demande = CLAUSES[row["type"]].libelle if row.get("montant") is None else tell_contenu(row, noms)
    return VerdictAffiche(
        titre=prose(f"{degre} : {demande}"),
        genre=genre,
        mot=mot,
        explication=prose(row["explication"]),
        ajustement=prose(tell_ajustement(row["ajustement"], noms)),
    )


def tell_ajustement(ajustement: Mapping[str, Any] | None, noms: Mapping[str, str]) -> str:
    """The smallest change that would meet the clause, in words; "" when there is none to say."""
    if ajustement is None:
        return ""
    unite = ajustement["unite"]
    if unite in ("centimes_en_moins", "centimes_en_plus"):
        # The next whole euro is enough: an estimate is not told to the cent.
        somme = montant(-(-ajustement["cents"] // 100) * 100, "euro")
        sens = "de moins à payer par an" if unite == "centimes_en_moins" else "d'économie de plus par an"
        return f"Elle serait réunie avec {somme} {sens}."
    if unite == "annees":
        return f"Elle serait réunie en attendant {pluriel(ajustement['annees'], 'an')}."
    if unite == "taux":
        taux = Fraction(ajustement["taux"])
        decimales = 0 if (taux * 100).denominator == 1 else 2
        return f"Elle serait réunie si le scénario plafonne la hausse à {pourcentage(taux, decimales)} par an."
    if unite == "commune":
        return f"Elle serait réunie si {noms.get(ajustement['commune'], ajustement['commune'])} participe."
    return f"Elle serait réunie si le scénario s'y engage : {Engagement(ajustement['engagement']).label}."


def tell_ajustements(scenarios: Sequence[Mapping[str, Any]], noms: Mapping[str, str], named: Mapping[int, str]) -> str:
    """What a commune was shown alone and shows to all, in a few sentences."""
    told = []
    for data in scenarios:
        scenario = read_scenario(data, noms, named)
        changes = [verdict.ajustement for verdict in scenario.verdicts if verdict.ajustement]
        told.append(" ".join([f"{scenario.nom}, {scenario.mot}.", *changes]))
    return prose(" ".join(told))
