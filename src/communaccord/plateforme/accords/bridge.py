"""The only door to the noyau: elements become answers, frozen scenarios become offers, publications become data."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from typing import Any

from communaccord.noyau import accord
from communaccord.noyau.accord import Clause, Confidentialite, Degre, Position, Priorite, TypeClause
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.plateforme.accords.enums import MAX_CLAUSES, VISIBILITES_ADMISES, NatureElement
from communaccord.plateforme.accords.saisies import ElementSaisi, Saisie, SaisieInvalide
from communaccord.plateforme.dossiers.bridge.offre import build_offres
from communaccord.plateforme.dossiers.models import Scenario

VERSION = accord.VERSION
LONGUEUR_TEXTE = 4_000
# What each element is made of (saisies.ElementSaisi).
CLES = {
    NatureElement.POSITION: {"position", "motif"},
    NatureElement.CLAUSE: {"type", "degre", "montant", "annee", "taux", "commune", "texte"},
    NatureElement.PRIORITE: {"priorite"},
    NatureElement.NOTES: {"texte"},
}
INCONNU = "Cette valeur n'est pas dans la liste : choisissez-en une."


# --- Elements ---------------------------------------------------------------------------------------------------------


def check_saisie(saisie: Saisie, code_commune: str, codes: Iterable[str]) -> None:
    """Refuse what cannot be an answer, element by element; a draft may lack its position."""
    anomalies: dict[tuple[str, int], str] = {}
    known = set(codes)
    for element in saisie:
        place = (str(element.nature), element.rang)
        if place in anomalies or sum((e.nature, e.rang) == (element.nature, element.rang) for e in saisie) > 1:
            anomalies[place] = "Cet élément est donné deux fois."
        elif sentence := find_anomalie(element, code_commune, known):
            anomalies[place] = sentence
    if anomalies:
        raise SaisieInvalide(anomalies)


def find_anomalie(element: ElementSaisi, code_commune: str, codes: set[str]) -> str:
    """What is wrong with one element, in one sentence; empty when nothing is."""
    if element.visibilite not in VISIBILITES_ADMISES[element.nature]:
        return "Cet élément ne peut pas avoir cette visibilité."
    if not 1 <= element.rang <= (MAX_CLAUSES if element.nature == NatureElement.CLAUSE else 1):
        return "Une réponse porte trois souhaits ou conditions au plus."
    if sentence := find_anomalie_contenu(element):
        return sentence
    if element.nature == NatureElement.POSITION:
        return find_choix(Position, element.contenu.get("position"))
    if element.nature == NatureElement.PRIORITE:
        return find_choix(Priorite, element.contenu.get("priorite"))
    if element.nature == NatureElement.NOTES:
        return ""
    return find_anomalie_clause(element, code_commune, codes)


def find_choix(choix: type[Enum], code: Any) -> str:
    return "" if any(member.value == code for member in choix) else INCONNU


def find_anomalie_contenu(element: ElementSaisi) -> str:
    """Something else than what this element is made of, or a text that is not one."""
    if set(element.contenu) - CLES[element.nature]:
        return "Cet élément contient une information qui n'est pas attendue ici."
    texts = [element.contenu.get(cle) for cle in ("motif", "texte")]
    if any(text is not None and not isinstance(text, str) for text in texts):
        return "Ce texte ne se lit pas : écrivez-le à nouveau."
    if any(text is not None and len(text) > LONGUEUR_TEXTE for text in texts):
        return f"Ce texte est trop long : {LONGUEUR_TEXTE} caractères au plus."
    return ""


def find_anomalie_clause(element: ElementSaisi, code_commune: str, codes: set[str]) -> str:
    contenu = element.contenu
    wrong = find_choix(TypeClause, contenu.get("type")) or find_choix(Degre, contenu.get("degre"))
    if wrong:
        return wrong
    commune = contenu.get("commune")
    if commune is not None and commune not in codes:
        return "Cette commune n'est pas dans la démarche : choisissez-la dans la liste."
    if commune is not None and commune == code_commune:
        return "Choisissez une autre commune que la vôtre."
    try:
        build_clause(element)
    except DonneeInvalide as error:
        return str(error)
    except (ValueError, ZeroDivisionError):
        return "Cette valeur ne se lit pas : vérifiez-la."
    return ""


def build_clause(element: ElementSaisi) -> Clause:
    contenu = element.contenu
    taux = contenu.get("taux")
    return Clause(
        type=TypeClause(contenu["type"]),
        degre=Degre(contenu["degre"]),
        montant=contenu.get("montant"),
        annee=contenu.get("annee"),
        taux=None if taux is None else Fraction(str(taux)),
        commune=contenu.get("commune"),
        texte=contenu.get("texte") or "",
        confidentialite=Confidentialite(str(element.visibilite)),
    )


def build_reponse(code_commune: str, saisie: Saisie) -> accord.Reponse:
    """The answer that the engine reads; SaisieInvalide when there is no position yet."""
    by_nature = {element.nature: element for element in saisie if element.nature != NatureElement.CLAUSE}
    position = by_nature.get(NatureElement.POSITION)
    priorite = by_nature.get(NatureElement.PRIORITE)
    if position is None:
        raise SaisieInvalide({(str(NatureElement.POSITION), 1): "Choisissez une position avant de valider."})
    clauses = sorted((e for e in saisie if e.nature == NatureElement.CLAUSE), key=lambda element: element.rang)
    return accord.Reponse(
        commune=code_commune,
        position=Position(position.contenu["position"]),
        confidentialite_position=Confidentialite(str(position.visibilite)),
        priorite=Priorite(priorite.contenu["priorite"]) if priorite else None,
        confidentialite_priorite=Confidentialite(str(priorite.visibilite)) if priorite else Confidentialite.PLI,
        clauses=tuple(build_clause(clause) for clause in clauses),
    )


# --- Scenarios and draw -----------------------------------------------------------------------------------------------


def freeze_scenarios(scenarios: Sequence[Scenario]) -> list[tuple[str, str]]:
    """For each, canonical JSON of what it offers to each commune, and its SHA-256."""
    texts = [accord.dump_canonique(accord.write_offre(offre)) for offre in build_offres(scenarios)]
    return [(text, compute_empreinte(text)) for text in texts]


def compute_empreinte(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def rank_candidats(graine: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The codes of the communes in the order of the draw: the first ones are called, the next replace them."""
    return accord.draw_assesseurs(graine, codes, len(codes))


# --- Result -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DossierDepouille:
    """What one dossier gives: its publication as data, and by code of commune what that commune alone is shown."""

    publication: dict[str, Any]
    a_vous_seule: Mapping[str, dict[str, Any]]


def build_entrees(
    *, tour: int, nonce: str, seuil: int, dossiers: Iterable[tuple[int, Sequence[str], Mapping[str, Saisie], list]]
) -> str:
    """All that the engine reads, in canonical JSON: by dossier the offers, the answers, the earlier rounds.

    ``dossiers``: identifier, frozen offers (canonical JSON), elements by code of commune, earlier rounds
    (`build_anterieur`). The nonce keeps anybody from trying answers against the published SHA-256.
    """
    return accord.dump_canonique(
        {
            "version": VERSION,
            "tour": tour,
            "nonce": nonce,
            "seuil": seuil,
            "dossiers": [
                {
                    "dossier": dossier,
                    "offres": [json.loads(offre) for offre in offres],
                    "reponses": [accord.write_reponse(build_reponse(code, saisies[code])) for code in sorted(saisies)],
                    "anterieurs": anterieurs,
                }
                for dossier, offres, saisies, anterieurs in dossiers
            ],
        }
    )


@dataclass(frozen=True, slots=True)
class VuePublique:
    """What the table knows of an earlier answer: its shared elements, and how many of its clauses stayed sous pli."""

    commune: str
    partages: Sequence[ElementSaisi]
    clauses_sous_pli: int


def build_anterieur(offres: Sequence[str], vues: Iterable[VuePublique], publication: dict[str, Any]) -> dict[str, Any]:
    """An earlier round of the same dossier, as its data: its plis stay closed, only what is public of it is read."""
    ranked = sorted(vues, key=lambda vue: vue.commune)
    return {
        "offres": [json.loads(offre) for offre in offres],
        "reponses": [accord.write_reponse(build_reponse_publique(vue)) for vue in ranked],
        "publication": publication,
    }


def build_reponse_publique(vue: VuePublique) -> accord.Reponse:
    """An earlier answer as an outsider knows it. What is sealed is replaced by a sealed mark of the same kind.

    The audit of the engine decides on what outsiders can believe, never on what earlier plis held: the mark (a position
    that counts nowhere, a free request) is read for the earlier round only, whose counts are already fixed.
    """
    hidden = [
        Clause(type=TypeClause.AUTRE, degre=Degre.CONDITION, texte="sous pli") for _ in range(vue.clauses_sous_pli)
    ]
    shared = [build_clause(e) for e in vue.partages if e.nature == NatureElement.CLAUSE]
    position = next((e for e in vue.partages if e.nature == NatureElement.POSITION), None)
    return accord.Reponse(
        commune=vue.commune,
        position=Position(position.contenu["position"]) if position else Position.CONSEIL_D_ABORD,
        confidentialite_position=Confidentialite.PARTAGE if position else Confidentialite.PLI,
        clauses=tuple([*shared, *hidden][:MAX_CLAUSES]),
    )


def compute_tour(entrees: str) -> dict[int, DossierDepouille]:
    """The result of a round, from its frozen inputs and nothing else: played again, it is the same."""
    data = json.loads(entrees)
    return {dossier["dossier"]: compute_dossier(dossier, data["seuil"]) for dossier in data["dossiers"]}


def compute_dossier(data: dict[str, Any], seuil: int) -> DossierDepouille:
    offres = [accord.read_offre(offre) for offre in data["offres"]]
    reponses = [accord.read_reponse(reponse) for reponse in data["reponses"]]
    anterieurs = [read_anterieur(anterieur) for anterieur in data["anterieurs"]]
    publication = accord.publish_tour(reponses, offres, anterieurs=anterieurs, seuil=seuil)
    return DossierDepouille(
        publication=accord.write_publication(publication),
        a_vous_seule={
            reponse.commune: {"scenarios": [write_etat(e) for e in accord.build_a_vous_seule(reponse, offres)]}
            for reponse in reponses
        },
    )


def read_anterieur(data: dict[str, Any]) -> accord.TourPublie:
    return accord.TourPublie(
        offres=tuple(accord.read_offre(offre) for offre in data["offres"]),
        reponses=tuple(accord.read_reponse(reponse) for reponse in data["reponses"]),
        publication=accord.read_publication(data["publication"]),
    )


def write_etat(etat: accord.EtatReponse) -> dict[str, Any]:
    """Where the commune stands before one scenario: state, reason, verdict on each clause."""
    return {
        "scenario": int(etat.offre.rpartition("-")[2]),
        "etat": etat.etat.value,
        "motif": etat.motif,
        "conditions": [write_verdict(verdict) for verdict in etat.conditions],
        "souhaits": [write_verdict(verdict) for verdict in etat.souhaits],
    }


def write_verdict(verdict: accord.Verdict) -> dict[str, Any]:
    """One clause judged, as data: codes, whole cents, sentences."""
    clause, ajustement = verdict.clause, verdict.ajustement
    return {
        "type": clause.type.value,
        "degre": clause.degre.value,
        "montant": clause.montant,
        "sens": verdict.sens.value,
        "explication": verdict.explication,
        "annee": verdict.annee,
        "ajustement": None
        if ajustement is None
        else {
            "unite": ajustement.unite.value,
            "cents": ajustement.cents,
            "annees": ajustement.annees,
            "taux": None if ajustement.taux is None else str(ajustement.taux),
            "commune": ajustement.commune,
            "engagement": ajustement.engagement.value if ajustement.engagement else None,
        },
    }
