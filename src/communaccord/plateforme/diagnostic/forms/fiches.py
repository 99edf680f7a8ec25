"""The form of one part of a sheet: every line is a unit of its own, read, checked and given back by itself.

A field is named after its line and its figure (``l12-agents``): the name is also the id that an error leads to. The
year, the source and the quality are said once for the part, and again on a line only where they differ.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from communaccord.plateforme.diagnostic.actions.fiches import ReponseAEcrire, list_colonnes
from communaccord.plateforme.diagnostic.calculs.valeurs import (
    ANNEE_ILLISIBLE,
    TEXTE_MAX,
    ReponseSaisie,
    Valeur,
    ValeurRefusee,
    check_reponse,
    list_choix,
    parse_valeur,
    write_valeur,
)
from communaccord.plateforme.diagnostic.enums import OUI, Colonne, Qualite, TypeLigne
from communaccord.plateforme.diagnostic.models import Campagne, Ligne, Reponse
from communaccord.simulateur.nombres import is_inconnu

INCONNU = "?"
# Long enough for what a person types, short enough for what a machine would send.
MAX_CHAMP = 10_000


@dataclass(frozen=True, slots=True)
class Defauts:
    """Year, source and quality said once for a part."""

    annee: int | None
    source: str = ""
    qualite: str = Qualite.ESTIME


@dataclass(slots=True)
class LigneLue:
    """One line as it was posted: what to write (None: nothing), what is to be mended, the question asked."""

    ligne: Ligne
    a_ecrire: ReponseAEcrire | None = None
    fautes: dict[str, str] = field(default_factory=dict)
    question: str = ""


def name_champ(ligne: Ligne, champ: str) -> str:
    return f"l{ligne.pk}-{champ}"


def find_defauts(campagne: Campagne, lignes: Sequence[Ligne], reponses: Mapping[int, Reponse]) -> Defauts:
    """Those of most figures of the part already given; at first, the year asked by the campaign."""
    given = [reponses[ligne.pk] for ligne in lignes if ligne.est_chiffree and ligne.pk in reponses]
    typed = Counter((r.annee, r.source, r.qualite) for r in given if r.valeurs and r.origine != "publique")
    if not typed:
        return Defauts(campagne.annee)
    annee, source, qualite = max(typed, key=lambda cle: (typed[cle], str(cle)))
    return Defauts(annee, source, qualite)


def fill_champs(lignes: Sequence[Ligne], reponses: Mapping[int, Reponse], defauts: Defauts) -> dict[str, str]:
    """The fields of a part as they are recorded."""
    champs = {
        "annee": "" if defauts.annee is None else str(defauts.annee),
        "source": defauts.source,
        "qualite": defauts.qualite,
    }
    for ligne in lignes:
        for nom, texte in fill_ligne(ligne, reponses.get(ligne.pk), defauts).items():
            champs[name_champ(ligne, nom)] = texte
    return champs


def fill_ligne(ligne: Ligne, reponse: Reponse | None, defauts: Defauts) -> dict[str, str]:
    """The fields of one line; what the whole part says is not said again."""
    if reponse is None:
        return {"version": "0", "lu": digest(ligne, ReponseSaisie())}
    kept = read_reponse(reponse, defauts)
    champs = {
        "version": str(reponse.version),
        "lu": digest(ligne, kept),
        "commentaire": reponse.commentaire,
        **{str(colonne): write_valeur(ligne, colonne, kept.valeurs.get(colonne)) for colonne in ligne.colonnes},
    }
    if reponse.inconnu:
        champs |= {"inconnu": OUI, Colonne.VALEUR: INCONNU if list_choix(ligne) else ""}
    if ligne.est_chiffree and reponse.est_remplie:
        proper = {"annee": reponse.annee, "source": reponse.source, "qualite": reponse.qualite}
        champs |= {nom: str(valeur or "") for nom, valeur in proper.items() if valeur != getattr(defauts, nom)}
    return champs


def read_reponse(reponse: Reponse, defauts: Defauts) -> ReponseSaisie:
    """A recorded answer as its form would be posted if nobody touched it."""
    return ReponseSaisie(
        reponse.valeurs,
        reponse.inconnu,
        reponse.annee or defauts.annee,
        reponse.source or defauts.source,
        reponse.qualite,
        reponse.commentaire,
    )


def digest(ligne: Ligne, reponse: ReponseSaisie) -> str:
    """An imprint of an answer: a line posted as it was shown is not written, whoever changed it meanwhile."""
    columns = list_colonnes(ligne, reponse)
    if not (columns["valeurs"] or columns["inconnu"]):
        columns = {"commentaire": columns["commentaire"]}
    return hashlib.sha256(json.dumps(columns, sort_keys=True).encode()).hexdigest()[:16]


def read_volet(post: Mapping[str, str], lignes: Sequence[Ligne]) -> tuple[dict[str, str], list[LigneLue]]:
    """What is to be mended in the words said for the whole part, and each line as it was posted."""
    defauts, fautes = read_defauts(post, any(ligne.est_chiffree for ligne in lignes))
    return fautes, [read_ligne(post, ligne, defauts) for ligne in lignes]


def read_defauts(post: Mapping[str, str], chiffree: bool) -> tuple[Defauts, dict[str, str]]:
    if not chiffree:
        return Defauts(None), {}
    annee, qualite = parse_annee(post.get("annee", "")), post.get("qualite", Qualite.ESTIME)
    source, fautes = post.get("source", "").strip(), {}
    if annee == 0:
        fautes["annee"] = ANNEE_ILLISIBLE
    if len(source) > 200:
        fautes["source"] = f"Cette source compte {len(source)} caractères : gardez-en 200 au plus."
    if qualite not in Qualite.values:
        fautes["qualite"] = "Dites si ces chiffres sont estimés ou établis."
    return Defauts(annee, source, qualite), fautes


def parse_annee(texte: str) -> int | None:
    """The year; None when it is not said, 0 when it cannot be read. Whether it is plausible is check_reponse's."""
    texte = texte.strip()
    if not texte:
        return None
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) == 4 else 0


def read_ligne(post: Mapping[str, str], ligne: Ligne, defauts: Defauts) -> LigneLue:
    """One line: nothing to write when it was not sent, or is as it was shown."""
    lue = LigneLue(ligne, question=read_champ(post, ligne, "question").strip())
    if name_champ(ligne, "version") not in post:
        return lue
    valeurs, inconnu = read_valeurs(post, ligne, lue.fautes)
    reponse = build_reponse(post, ligne, defauts, valeurs, inconnu)
    if inconnu and valeurs and digest(ligne, replace(reponse, inconnu=False)) == read_champ(post, ligne, "lu"):
        # The figures are those shown, untouched: ticking "je ne sais pas" sets them aside, nobody empties six boxes.
        reponse = replace(reponse, valeurs={})
    if reponse.annee == 0:
        lue.fautes["annee"] = ANNEE_ILLISIBLE
    if len(lue.question) > TEXTE_MAX:
        lue.fautes["question"] = (
            f"Cette question compte {len(lue.question)} caractères : gardez-en {TEXTE_MAX} au plus."
        )
    if not lue.fautes:
        lue.fautes = check_reponse(ligne, reponse)
    if not lue.fautes and digest(ligne, reponse) != read_champ(post, ligne, "lu"):
        lue.a_ecrire = ReponseAEcrire(ligne, read_version(read_champ(post, ligne, "version")), reponse)
    return lue


def read_champ(post: Mapping[str, str], ligne: Ligne, champ: str) -> str:
    return post.get(name_champ(ligne, champ), "")[:MAX_CHAMP]


def read_version(texte: str) -> int:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


def read_valeurs(post: Mapping[str, str], ligne: Ligne, fautes: dict[str, str]) -> tuple[dict[str, Valeur], bool]:
    """The figures of a line, and whether "je ne sais pas" is said: by its box, by its choice, or in words."""
    inconnu = read_champ(post, ligne, "inconnu") == OUI and not list_choix(ligne)
    valeurs: dict[str, Valeur] = {}
    for colonne in ligne.colonnes:
        texte = read_champ(post, ligne, colonne).strip()
        if texte and ligne.type != TypeLigne.TEXTE and is_inconnu(texte):
            inconnu = inconnu or len(ligne.colonnes) == 1
            continue
        try:
            valeur = parse_valeur(ligne, colonne, texte)
        except ValeurRefusee as refusee:
            fautes[str(colonne)] = str(refusee)
            continue
        if valeur is not None:
            valeurs[str(colonne)] = valeur
    return valeurs, inconnu


def build_reponse(
    post: Mapping[str, str], ligne: Ligne, defauts: Defauts, valeurs: dict[str, Valeur], inconnu: bool
) -> ReponseSaisie:
    """The answer; the year, the source and the quality that the line does not say are those of the part."""
    annee = read_champ(post, ligne, "annee").strip()
    return ReponseSaisie(
        valeurs,
        inconnu,
        parse_annee(annee) if annee else defauts.annee or None,
        read_champ(post, ligne, "source").strip() or defauts.source,
        read_champ(post, ligne, "qualite") or defauts.qualite,
        read_champ(post, ligne, "commentaire").strip(),
    )


def renew_champs(post: Mapping[str, str], lues: Sequence[LigneLue], reponses: Mapping[int, Reponse]) -> dict[str, str]:
    """The fields as they were typed; the versions of what was written, and of what somebody else wrote, are the new."""
    lignes = [lue.ligne for lue in lues]
    defauts, _ = read_defauts(post, any(ligne.est_chiffree for ligne in lignes))
    champs = {nom: post[nom][:MAX_CHAMP] for nom in post if nom != "csrfmiddlewaretoken"}
    for lue in lues:
        reponse = reponses.get(lue.ligne.pk)
        if lue.a_ecrire is not None and reponse is not None:
            champs[name_champ(lue.ligne, "version")] = str(reponse.version)
            champs[name_champ(lue.ligne, "lu")] = digest(lue.ligne, read_reponse(reponse, defauts))
    return champs
