"""The papers of a séance: convocation, relevé de conclusions, sheet to sign. Plain data in, bytes out; no clock."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from communaccord.plateforme.documents.papier import (
    render_papier,
    write_heure,
    write_joindre,
    write_jour,
    write_moment,
)
from communaccord.plateforme.instances.documents.types import (
    Convocation,
    FeuillePresence,
    PointOrdreDuJour,
    PointReleve,
    Portee,
    ReleveConclusions,
    Seance,
)
from communaccord.plateforme.socle.typographie import accord, duree, pluriel
from communaccord.plateforme.socle.typographie import date as write_date

GABARITS = Path(__file__).resolve().parent / "typst"
MOT_PROJET = "Projet, non validé"
# What a conclusion is worth, in full words, and why.
MENTIONS = {
    Portee.TRAVAIL: "Avis de travail, sans valeur de décision",
    Portee.AVIS: "Avis, sans valeur de décision",
    Portee.DECISION: "Compte rendu d'une décision : le texte de l'acte fait foi",
}
EXPLICATIONS = {
    Portee.TRAVAIL: "Cette instance est un usage de travail, sans base légale. Ses conclusions préparent ce que le "
    "conseil communautaire et les conseils municipaux décideront ; elles n'engagent aucune commune.",
    Portee.AVIS: "Cette instance donne un avis. La décision revient au conseil communautaire et aux conseils "
    "municipaux, chacun pour ce qui le concerne.",
    Portee.DECISION: "Ce relevé dit en bref ce qui a été décidé. Il ne remplace ni les actes ni le procès-verbal.",
}
DATE_A_FIXER = "date à fixer"

Data = dict[str, Any]


def render_convocation(convocation: Convocation) -> bytes:
    """PDF of a convocation."""
    titre = f"Convocation, {convocation.seance.instance}, {write_date(convocation.seance.debut)}"
    return render_papier(GABARITS / "convocation.typ", titre, convocation.entete, build_convocation(convocation))


def render_releve(releve: ReleveConclusions) -> bytes:
    """PDF of a relevé de conclusions; a project says so on each page."""
    return render_papier(GABARITS / "releve.typ", write_titre_releve(releve), releve.entete, build_releve(releve))


def render_presence(feuille: FeuillePresence) -> bytes:
    """PDF of the sheet that those present sign by hand."""
    titre = f"Feuille de présence, {feuille.seance.instance}, {write_date(feuille.seance.debut)}"
    return render_papier(GABARITS / "presence.typ", titre, feuille.entete, build_presence(feuille))


def build_convocation(convocation: Convocation) -> Data:
    """The words of a convocation."""
    seance = convocation.seance
    pour = f" à l'attention de {convocation.destinataire}" if convocation.destinataire else ""
    points = pluriel(len(convocation.points), "point")
    return {
        "surtitre": f"Convocation{pour} · {convocation.entete.demarche}",
        "instance": seance.instance,
        "phrase": f"La réunion a lieu {write_moment(seance.debut)} : {points} à l'ordre du jour.",
        "faits": list_faits(seance, preparee=convocation.prepare_par),
        "titre_ordre": "Ordre du jour",
        "mot_pieces": "Documents joints :",
        "points": [write_point(point) for point in convocation.points],
        "titre_reponse": "Votre réponse",
        "reponse": write_reponse(convocation),
        "mention": EXPLICATIONS[seance.portee] if seance.portee is not Portee.DECISION else "",
        "signataire": convocation.signataire,
        "titre_invites": f"Personnes invitées ({len(convocation.invites)})",
        "invites": [write_qui(invite.commune, invite.qualite) for invite in convocation.invites],
    }


def list_faits(seance: Seance, *, preparee: str = "") -> list[dict[str, str]]:
    """Day, hour, place, who chairs: what is known of it."""
    lieu = "\n".join((seance.lieu, *seance.adresse))
    heure = write_heure(seance.debut)
    if seance.duree_minutes:
        heure += f", fin prévue à {write_heure(seance.debut + timedelta(minutes=seance.duree_minutes))}"
    faits = (
        ("Date", write_jour(seance.debut)),
        ("Heure", heure),
        ("Lieu", lieu),
        ("À distance", seance.visioconference),
        ("Présidence", seance.presidence),
        ("Préparée par", preparee),
    )
    return [{"libelle": libelle, "valeur": valeur} for libelle, valeur in faits if valeur]


def write_point(point: PointOrdreDuJour) -> Data:
    """An item of the agenda."""
    precisions = (
        f"présenté par {point.presente_par}" if point.presente_par else "",
        duree(point.duree_minutes) if point.duree_minutes else "",
    )
    return {
        "titre": point.titre,
        "precisions": ", ".join(part for part in precisions if part),
        "attendu": point.attendu,
        "resultat": point.resultat_tour,
        "pieces": list(point.pieces),
    }


def write_reponse(convocation: Convocation) -> list[str]:
    """How to say whether one comes: on the site, else by telephone or mail."""
    avant = f", avant le {write_jour(convocation.reponse_avant)}," if convocation.reponse_avant else ""
    lines = [f"Merci de dire{avant} si vous venez, si une autre personne vous représente ou si vous ne venez pas."]
    if convocation.adresse_reponse:
        lines.append(f"En ligne : {convocation.adresse_reponse}")
    lines.append(f"Autrement : {write_joindre(convocation.contact)}.")
    return lines


def write_titre_releve(releve: ReleveConclusions) -> str:
    """Title of the document, project or not."""
    suffixe = "" if releve.validation else f" ({MOT_PROJET.lower()})"
    return f"Relevé de conclusions, {releve.seance.instance}, {write_date(releve.seance.debut)}{suffixe}"


def build_releve(releve: ReleveConclusions) -> Data:
    """The words of a relevé, on paper as in a text file."""
    seance = releve.seance
    return {
        "surtitre": f"Relevé de conclusions · {releve.entete.demarche}",
        "instance": seance.instance,
        "phrase": write_presences(releve),
        "faits": list_faits(seance) + list_autres_faits(releve),
        "mention": MENTIONS[seance.portee],
        "explication": EXPLICATIONS[seance.portee],
        "titre_communes": "Communes et personnes présentes",
        "communes": list_groupes(releve),
        "points": [write_traite(rang, point, seance.portee) for rang, point in enumerate(releve.points, 1)],
        "mot_presentation": "Ce qui a été présenté",
        "mot_conclusion": "Conclusion",
        "mot_reserves": "Réserves exprimées",
        "mot_suites": "Suites",
        "colonnes_suites": ["Quoi", "Qui", "Pour quand"],
        "prochaine": f"Prochaine séance : {write_moment(releve.prochaine_seance)}." if releve.prochaine_seance else "",
        "valide": releve.validation is not None,
        "mot_projet": MOT_PROJET,
        "validation": write_validation(releve),
    }


def write_presences(releve: ReleveConclusions) -> str:
    """``18 communes présentes sur 26, 5 excusées.``; a count of persons where communes are not called."""
    if releve.quorum:
        return releve.quorum
    if not releve.communes_total:
        presentes = len(releve.communes_presentes) + len(releve.autres_presences)
        return f"{pluriel(presentes, 'personne')} {accord(presentes, 'présente')}."
    presentes, excusees = len(releve.communes_presentes), len(releve.communes_excusees)
    phrase = f"{pluriel(presentes, 'commune')} {accord(presentes, 'présente')} sur {releve.communes_total}"
    if excusees:
        phrase += f", {excusees} {accord(excusees, 'excusée')}"
    return phrase + "."


def list_autres_faits(releve: ReleveConclusions) -> list[dict[str, str]]:
    """Who took the notes, how many members a council counted: what is told of it."""
    faits = (("Secrétariat", releve.secretariat), ("Membres", releve.comptes))
    return [{"libelle": libelle, "valeur": valeur} for libelle, valeur in faits if valeur]


def list_groupes(releve: ReleveConclusions) -> list[Data]:
    """Communes present (or that there is none), communes excused, other persons."""
    presentes, excusees = (
        [write_qui(commune.commune, commune.representee_par) for commune in communes]
        for communes in (releve.communes_presentes, releve.communes_excusees)
    )
    groupes = [
        ("Communes présentes", presentes, "Aucune commune." if releve.communes_total else ""),
        ("Communes excusées", excusees, ""),
        ("Autres personnes présentes", list(releve.autres_presences), ""),
    ]
    return [{"titre": titre, "noms": noms, "vide": vide} for titre, noms, vide in groupes if noms or vide]


def write_qui(commune: str, qualite: str) -> str:
    """The commune and, between brackets, who is there for it; or the one of the two that is known."""
    return f"{commune} ({qualite})" if commune and qualite else commune or qualite


def write_traite(rang: int, point: PointReleve, portee: Portee) -> Data:
    """An item as it was dealt with, its conclusion with what it is worth."""
    return {
        "titre": f"{rang}. {point.titre}",
        "presentation": point.presentation,
        "resultat": point.resultat_tour,
        "conclusion": point.conclusion,
        "mention": MENTIONS[point.portee or portee],
        "reserves": [{"commune": reserve.commune, "texte": reserve.texte} for reserve in point.reserves],
        "suites": [
            {
                "action": suite.action,
                "responsable": suite.responsable,
                "echeance": write_date(suite.echeance) if suite.echeance else DATE_A_FIXER,
            }
            for suite in point.suites
        ],
    }


def write_validation(releve: ReleveConclusions) -> str:
    """By whom and when it was validated, or that it is not."""
    if releve.validation is None:
        return f"{MOT_PROJET}. Ce texte peut encore changer ; il ne peut pas être cité comme conclusion de la séance."
    return f"Validé par {releve.validation.par} le {write_date(releve.validation.le)}."


def build_presence(feuille: FeuillePresence) -> Data:
    """The words of the sheet, and its lines."""
    return {
        "surtitre": f"Feuille de présence · {feuille.entete.demarche}",
        "instance": feuille.seance.instance,
        "faits": list_faits(feuille.seance),
        "colonnes": ["Commune ou organisme", "Qualité", "Nom de la personne présente", "Signature"],
        "lignes": [{"commune": invite.commune, "qualite": invite.qualite} for invite in feuille.invites],
        "lignes_libres": feuille.lignes_libres,
        "note": "En cas de remplacement, la personne présente écrit son nom et signe sur la ligne de la commune. "
        "Cette feuille sert à établir le relevé de la séance.",
        "presidence": f"Présidence : {feuille.seance.presidence}",
        "secretariat": "Secrétariat :",
    }
