"""A sheet on the screen: its parts, how far they are filled, then one part line by line. Pure: rows in, blocks out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as date_de
from typing import Any

from communaccord.plateforme.diagnostic.calculs.valeurs import is_nombre, list_choix, show_valeur, write_valeur
from communaccord.plateforme.diagnostic.enums import NON, OUI, Colonne, EtatFiche, Origine, TypeLigne, Volet
from communaccord.plateforme.diagnostic.forms.fiches import INCONNU, name_champ
from communaccord.plateforme.diagnostic.models import DonneePublique, Fiche, Ligne, QuestionLigne, Reponse
from communaccord.plateforme.diagnostic.queries.campagnes import count_par_volet
from communaccord.plateforme.socle.typographie import accord, date, pluriel, prose

SENS = {EtatFiche.A_REMPLIR: "neutre", EtatFiche.EN_COURS: "attente", EtatFiche.VALIDEE: "oui"}
TITRES = {
    Colonne.AGENTS: "Agents",
    Colonne.ETP: "Équivalents temps plein",
    Colonne.MASSE_SALARIALE: "Rémunérations chargées, €",
    Colonne.AUTRES_COUTS: "Autres dépenses, €",
    Colonne.VOLUME: "Activité de l'année",
    Colonne.DEPARTS: "Départs d'ici cinq ans",
    Colonne.TITULAIRE_UNIQUE: "Une seule personne sait faire",
}
OUI_NON = [("", "–"), (OUI, "oui"), (NON, "non")]


@dataclass(frozen=True, slots=True)
class ChampPage:
    """A field: its name (and id), its words, what is in it, what is to be mended; ``options``: what to choose from."""

    nom: str
    libelle: str
    valeur: str
    erreur: str = ""
    unite: str = ""
    options: Sequence[tuple[str, str]] = ()
    long: bool = False
    nombre: bool = False


@dataclass(frozen=True, slots=True)
class LignePage:
    """A line: its fields, what is said of it, what somebody else recorded meanwhile (``enregistre``)."""

    ligne: Ligne
    champs: list[ChampPage]
    propres: list[ChampPage]
    versions: dict[str, str]
    inconnu: ChampPage | None
    aide: str
    etat: str
    publique: str
    questions: Sequence[QuestionLigne]
    enregistre: str
    question: ChampPage
    ouvert: bool
    doutes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Etat:
    """What a part shows: rows, what was typed, what is to be mended, what moved."""

    champs: Mapping[str, str]
    reponses: Mapping[int, Reponse]
    questions: Mapping[int, Sequence[QuestionLigne]] = field(default_factory=dict)
    publiques: Mapping[str, DonneePublique] = field(default_factory=dict)
    fautes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    conflits: Mapping[int, Reponse] = field(default_factory=dict)
    doutes: Mapping[int, Sequence[str]] = field(default_factory=dict)


def write_nom(fiche: Fiche) -> str:
    return fiche.commune.nom if fiche.commune else fiche.campagne.demarche.nom_epci


def write_progres(remplies: int, total: int) -> str:
    """``18 lignes sur 25 ont une réponse.``"""
    if not remplies:
        return prose(f"{pluriel(total, 'ligne')} à remplir.")
    if remplies >= total:
        return prose(f"Les {total} lignes ont une réponse.") if total > 1 else prose("La ligne a sa réponse.")
    return prose(f"{pluriel(remplies, 'ligne')} sur {total} {'ont' if remplies > 1 else 'a'} une réponse.")


def count_nouvelles(fiche: Fiche, lignes: Sequence[Ligne], reponses: Mapping[int, Reponse]) -> int:
    """Lines that came after the sheet was validated and that it does not answer."""
    validee = fiche.validee_le
    return sum(
        bool(validee and ligne.ajoutee_le and ligne.ajoutee_le > validee)
        for ligne in lignes
        if ligne.pk not in reponses or not reponses[ligne.pk].est_remplie
    )


def write_phrase(fiche: Fiche, remplies: int, total: int, jour: date_de, nouvelles: int = 0) -> str:
    """The sheet in one sentence: where it stands, until when, what came since."""
    progres, campagne = write_progres(remplies, total), fiche.campagne
    if fiche.etat == EtatFiche.VALIDEE:
        suite = ""
        if nouvelles:
            ont = accord(nouvelles, "a été ajoutée", "ont été ajoutées")
            suite = f" {pluriel(nouvelles, 'ligne')} {ont} depuis : rouvrez la fiche pour y répondre."
        return prose(f"Fiche validée par {fiche.validee_par}. {progres}{suite}")
    if campagne.etat != "ouverte":
        return prose(f"L'état des lieux est {campagne.get_etat_display()}. {progres}")
    if not campagne.echeance:
        return prose(progres)
    est = "est" if jour <= campagne.echeance else "était"
    return prose(f"{progres} Elle {est} attendue pour le {date(campagne.echeance, semaine=True)}.")


def build_volets(lignes: Sequence[Ligne], reponses: Mapping[int, Reponse]) -> list[dict[str, Any]]:
    """The parts that have lines, in order, each with its count."""
    counts = count_par_volet(lignes, dict(reponses))
    return [
        {
            "volet": volet.value,
            "titre": volet.label,
            "remplies": counts[volet][0],
            "total": counts[volet][1],
            "complet": counts[volet][0] == counts[volet][1],
        }
        for volet in Volet
        if volet in counts
    ]


def find_suivant(volets: Sequence[Mapping[str, Any]], volet: str) -> str:
    """The part that comes next; empty after the last."""
    noms = [bloc["volet"] for bloc in volets]
    place = noms.index(volet) + 1
    return noms[place] if place < len(noms) else ""


def list_aides_communes(lignes: Sequence[Ligne]) -> list[str]:
    """Helps that several lines of a part share: said once, above them."""
    counts = Counter(ligne.aide for ligne in lignes if ligne.aide)
    return [aide for aide, nombre in counts.items() if nombre > 1]


def build_lignes(lignes: Sequence[Ligne], etat: Etat) -> list[LignePage]:
    communes = set(list_aides_communes(lignes))
    return [build_ligne(ligne, etat, ligne.aide if ligne.aide not in communes else "") for ligne in lignes]


def build_ligne(ligne: Ligne, etat: Etat, aide: str) -> LignePage:
    fautes = etat.fautes.get(ligne.pk, {})
    reponse, conflit = etat.reponses.get(ligne.pk), etat.conflits.get(ligne.pk)
    questions = etat.questions.get(ligne.pk, ())
    propres = build_propres(ligne, etat, fautes)
    question = build_champ(ligne, "question", "Poser une question à l'équipe projet", etat, fautes, long=True)
    return LignePage(
        ligne=ligne,
        champs=[build_colonne(ligne, colonne, etat, fautes) for colonne in ligne.colonnes],
        propres=propres,
        versions={name_champ(ligne, nom): etat.champs.get(name_champ(ligne, nom), "") for nom in ("version", "lu")},
        inconnu=None if list_choix(ligne) else build_champ(ligne, "inconnu", "Je ne sais pas", etat, fautes),
        aide=aide,
        etat=write_etat(reponse),
        publique=write_publique(ligne, etat.publiques.get(ligne.publique)) if not is_remplie(reponse) else "",
        questions=questions,
        enregistre=write_enregistre(ligne, conflit) if conflit else "",
        question=question,
        ouvert=bool(questions or question.valeur or any(c.valeur or c.erreur for c in propres)),
        doutes=[prose(phrase) for phrase in etat.doutes.get(ligne.pk, ())],
    )


def is_remplie(reponse: Reponse | None) -> bool:
    return reponse is not None and reponse.est_remplie


def build_champ(
    ligne: Ligne, nom: str, libelle: str, etat: Etat, fautes: Mapping[str, str], **options: Any
) -> ChampPage:
    name = name_champ(ligne, nom)
    erreur = prose(fautes[nom]) if nom in fautes else ""
    return ChampPage(name, libelle, etat.champs.get(name, ""), erreur, **options)


def build_colonne(ligne: Ligne, colonne: str, etat: Etat, fautes: Mapping[str, str]) -> ChampPage:
    """The field of one figure."""
    libelle, unite = TITRES.get(Colonne(colonne), ligne.libelle), ""
    options: list[tuple[str, str]] = []
    if colonne == Colonne.TITULAIRE_UNIQUE:
        options = OUI_NON
    elif choix := list_choix(ligne):
        options = [("", "–"), *choix, (INCONNU, "je ne sais pas")]
    if colonne == Colonne.VALEUR:
        unite = ligne.unite or ("€" if ligne.type == TypeLigne.MONTANT else "")
    elif colonne == Colonne.VOLUME and ligne.unite:
        libelle = f"Activité : {ligne.unite}"
    long, nombre = ligne.type == TypeLigne.TEXTE, is_nombre(ligne, colonne)
    return build_champ(ligne, colonne, libelle, etat, fautes, unite=unite, options=options, long=long, nombre=nombre)


def build_propres(ligne: Ligne, etat: Etat, fautes: Mapping[str, str]) -> list[ChampPage]:
    """Year, source and quality of this line alone, and a comment."""
    commentaire = build_champ(ligne, "commentaire", "Commentaire", etat, fautes, long=True)
    if not ligne.est_chiffree:
        return [] if ligne.type == TypeLigne.TEXTE else [commentaire]
    qualites = [("", "comme la partie"), ("estime", "estimé"), ("etabli", "établi")]
    return [
        build_champ(ligne, "annee", "Année de cette ligne", etat, fautes),
        build_champ(ligne, "source", "Source de cette ligne", etat, fautes),
        build_champ(ligne, "qualite", "Ce chiffre est", etat, fautes, options=qualites),
        commentaire,
    ]


def write_etat(reponse: Reponse | None) -> str:
    """Whether the line has an answer, in words; whence it came when nobody typed it here."""
    if not is_remplie(reponse):
        return ""
    assert reponse is not None
    if reponse.inconnu:
        return "je ne sais pas"
    return "répondu" if reponse.origine == Origine.SAISIE else reponse.get_origine_display()


def write_publique(ligne: Ligne, donnee: DonneePublique | None) -> str:
    """``1 234 habitants en 2023 (Insee)``: what a public file tells, when the line has no answer."""
    if donnee is None or donnee.centiemes is None:
        return ""
    valeur = show_valeur(ligne, Colonne.VALEUR, donnee.centiemes)
    unite = f" {ligne.unite}" if ligne.unite and ligne.type != TypeLigne.MONTANT else ""
    return prose(f"{valeur}{unite} en {donnee.annee} ({donnee.source})")


def write_enregistre(ligne: Ligne, reponse: Reponse) -> str:
    """What is recorded now, for whoever typed something else meanwhile."""
    if reponse.inconnu:
        said = "je ne sais pas"
    else:
        parts = [
            f"{name_colonne(nom)} {show_valeur(ligne, nom, valeur)}"
            if nom != Colonne.VALEUR
            else f"« {show_valeur(ligne, nom, valeur)} »"
            for nom, valeur in reponse.valeurs.items()
        ]
        said = ", ".join(parts) or "la réponse est effacée"
    return prose(f"Enregistré pendant ce temps par {reponse.saisie_par} : {said}.")


def name_colonne(colonne: str) -> str:
    """``rémunérations chargées``: the figure in a sentence, without its unit."""
    return TITRES[Colonne(colonne)].partition(",")[0].lower()


def list_erreurs(lignes: Sequence[LignePage], fautes: Mapping[str, str]) -> list[dict[str, str]]:
    """What is to be mended, each leading to its field; then the lines that somebody else wrote."""
    found = [{"id": nom, "message": prose(message)} for nom, message in fautes.items()]
    for bloc in lignes:
        for champ in (*bloc.champs, *bloc.propres, bloc.question):
            if champ.erreur:
                found.append({"id": champ.nom, "message": f"{name_case(bloc, champ)}\u202f: {champ.erreur}"})
        if bloc.enregistre:
            message = f"{prose(bloc.ligne.libelle)}\u202f: {bloc.enregistre}"
            found.append({"id": bloc.champs[0].nom, "message": message})
    return found


def name_case(bloc: LignePage, champ: ChampPage) -> str:
    """The line, and which of its boxes when it has several."""
    if len(bloc.champs) == 1 and champ in bloc.champs:
        return prose(bloc.ligne.libelle)
    return prose(f"{bloc.ligne.libelle}, {champ.libelle[:1].lower()}{champ.libelle[1:]}")


def build_lecture(lignes: Sequence[Ligne], reponses: Mapping[int, Reponse]) -> list[dict[str, Any]]:
    """A part as it is read when nothing is written any more."""
    return [{"ligne": ligne, **read_lecture(ligne, reponses.get(ligne.pk))} for ligne in lignes]


def read_lecture(ligne: Ligne, reponse: Reponse | None) -> dict[str, str]:
    if not is_remplie(reponse):
        return {"valeur": "", "origine": ""}
    assert reponse is not None
    if reponse.inconnu:
        return {"valeur": "je ne sais pas", "origine": ""}
    texts = [write_lecture(ligne, colonne, reponse.valeurs) for colonne in ligne.colonnes]
    origine = [str(reponse.annee or ""), reponse.source, reponse.get_qualite_display().split(" ")[0]]
    return {
        "valeur": prose(" ; ".join(texte for texte in texts if texte)),
        "origine": ", ".join(mot for mot in origine if mot) if ligne.est_chiffree else "",
    }


def write_lecture(ligne: Ligne, colonne: str, valeurs: Mapping[str, Any]) -> str:
    texte = show_valeur(ligne, colonne, valeurs.get(colonne))
    if not texte or colonne == Colonne.VALEUR:
        return f"{texte} {ligne.unite}".strip() if texte and ligne.type == TypeLigne.NOMBRE else texte
    if colonne == Colonne.VOLUME:
        return f"{write_valeur(ligne, colonne, valeurs[colonne])} {ligne.unite}".strip()
    if colonne in (Colonne.AGENTS, Colonne.ETP):
        return f"{texte} {'agents' if colonne == Colonne.AGENTS else 'ETP'}"
    return f"{name_colonne(colonne)} : {texte}"
