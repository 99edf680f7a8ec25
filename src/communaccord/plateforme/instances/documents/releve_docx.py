"""The relevé de conclusions as a text file: the same words as on paper, from the same data."""

from communaccord.plateforme.documents.docx import Texte
from communaccord.plateforme.instances.documents.papiers import MOT_PROJET, Data, build_releve, write_titre_releve
from communaccord.plateforme.instances.documents.types import ReleveConclusions


def render_releve_docx(releve: ReleveConclusions) -> bytes:
    """DOCX of a relevé; a project says so on each page."""
    data = build_releve(releve)
    texte = Texte(write_titre_releve(releve), releve.entete, () if releve.validation else (MOT_PROJET,))
    texte.add_paragraphe(data["surtitre"])
    texte.add_titre(data["instance"], 0)
    texte.add_paragraphe(data["phrase"], gras=True)
    texte.add_liste(f"{fait['libelle']} : {fait['valeur'].replace(chr(10), ', ')}" for fait in data["faits"])
    texte.add_mention(data["mention"])
    texte.add_paragraphe(data["explication"])
    if data["communes"]:
        texte.add_titre(data["titre_communes"], 1)
    for groupe in data["communes"]:
        texte.add_titre(groupe["titre"], 2)
        texte.add_paragraphe(", ".join(groupe["noms"]) + "." if groupe["noms"] else groupe["vide"])
    for point in data["points"]:
        add_point(texte, data, point)
    if data["prochaine"]:
        texte.add_paragraphe(data["prochaine"])
    texte.add_mention(data["validation"])
    return texte.to_bytes()


def add_point(texte: Texte, data: Data, point: Data) -> None:
    """An item: what was shown, the conclusion and what it is worth, then reservations and what follows."""
    texte.add_titre(point["titre"], 1)
    if point["presentation"]:
        texte.add_titre(data["mot_presentation"], 2)
        texte.add_paragraphe(point["presentation"])
    if point["resultat"]:
        texte.add_paragraphe(point["resultat"], gras=True)
    texte.add_titre(data["mot_conclusion"], 2)
    texte.add_paragraphe(point["conclusion"])
    texte.add_mention(point["mention"])
    if point["reserves"]:
        texte.add_titre(data["mot_reserves"], 2)
        texte.add_liste(f"{reserve['commune']} : {reserve['texte']}" for reserve in point["reserves"])
    if point["suites"]:
        texte.add_titre(data["mot_suites"], 2)
        lignes = [(suite["action"], suite["responsable"], suite["echeance"]) for suite in point["suites"]]
        texte.add_tableau(f"{data['mot_suites']}, {point['titre']}", data["colonnes_suites"], lignes)
