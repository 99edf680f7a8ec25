"""What a workbook or a paper holds when it is made, and what the preview of a workbook that comes back shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communaccord.plateforme.diagnostic.actions.classeurs import Comparaison, EtatLigne, LigneComparee, name
from communaccord.plateforme.diagnostic.actions.publiques import build_reponse, is_proposee
from communaccord.plateforme.diagnostic.calculs.valeurs import ReponseSaisie, show_valeur
from communaccord.plateforme.diagnostic.enums import Colonne
from communaccord.plateforme.diagnostic.lecture.gabarit import TITRES
from communaccord.plateforme.diagnostic.models import Campagne, DonneePublique, Ligne, Reponse
from communaccord.plateforme.socle.typographie import enumeration, moment, pluriel
from communaccord.reference import normalize_nom

INCONNU, SANS_REPONSE = "ne sait pas", "sans réponse"
TITRES_ETATS = {
    EtatLigne.NOUVELLE: "Réponses nouvelles",
    EtatLigne.MODIFIEE: "Réponses modifiées",
    EtatLigne.PERIMEE: "Changées sur la page depuis que le classeur a été téléchargé",
    EtatLigne.REFUSEE: "À corriger : ces lignes ne seront pas prises",
}


@dataclass(frozen=True, slots=True)
class Prerempli:
    """What a line holds when the workbook is made; ``version`` of the answer, 0 when there is none."""

    reponse: ReponseSaisie
    version: int = 0


@dataclass(frozen=True, slots=True)
class LigneMontree:
    """A line of the preview: where it is, what the page says today, what the workbook says, what is to be mended."""

    libelle: str
    lieu: str
    avant: str = ""
    apres: str = ""
    fautes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApercuClasseur:
    """One workbook: whose it is, a sentence, its lines by group (title, lines), the remarks."""

    nom: str
    fichier: str
    phrase: str
    groupes: tuple[tuple[str, tuple[LigneMontree, ...]], ...] = ()
    remarques: tuple[str, ...] = ()
    refus: str = ""


def build_preremplis(
    campagne: Campagne,
    lignes: Sequence[Ligne],
    reponses: Mapping[int, Reponse],
    donnees: Mapping[str, DonneePublique],
) -> dict[int, Prerempli]:
    """By line: the answer given; else the public datum; else nothing but the year that is asked."""
    preremplis = {}
    for ligne in lignes:
        reponse = reponses.get(ligne.pk)
        version = reponse.version if reponse else 0
        if reponse is not None and (reponse.est_remplie or reponse.commentaire):
            preremplis[ligne.pk] = Prerempli(copy_reponse(reponse), version)
        elif is_proposee(ligne, reponse, dict(donnees)):
            preremplis[ligne.pk] = Prerempli(build_reponse(donnees[ligne.publique]), version)
        else:
            annee = campagne.annee if ligne.est_chiffree else None
            preremplis[ligne.pk] = Prerempli(ReponseSaisie(annee=annee), version)
    return preremplis


def copy_reponse(reponse: Reponse) -> ReponseSaisie:
    return ReponseSaisie(
        reponse.valeurs,
        reponse.inconnu,
        reponse.annee,
        reponse.source,
        reponse.qualite,
        reponse.commentaire,
    )


def name_fichier(nom: str, suffixe: str) -> str:
    """``fiche-saint-mars.xlsx``."""
    return f"fiche-{normalize_nom(nom).replace(' ', '-')[:60] or 'commune'}.{suffixe}"


def build_apercu(comparaison: Comparaison, fuseau: str) -> ApercuClasseur:
    """What the person reads before anything is written."""
    if comparaison.refus or comparaison.fiche is None:
        return ApercuClasseur("", comparaison.nom, "Ce classeur ne peut pas être repris.", refus=comparaison.refus)
    groupes = tuple(
        (titre, tuple(show_ligne(ligne) for ligne in comparaison.list_etat(etat)))
        for etat, titre in TITRES_ETATS.items()
        if comparaison.list_etat(etat)
    )
    remarques = list(comparaison.remarques)
    if comparaison.telecharge_le is not None:
        remarques.insert(0, f"Classeur téléchargé le {moment(comparaison.telecharge_le, fuseau)}.")
    return ApercuClasseur(
        name(comparaison.fiche),
        comparaison.nom,
        write_phrase(comparaison),
        groupes,
        tuple(remarques),
    )


def write_phrase(comparaison: Comparaison) -> str:
    """``3 réponses nouvelles, 1 modifiée, 21 inchangées, 1 à corriger.``"""
    comptes = (
        (EtatLigne.NOUVELLE, "réponse nouvelle", "réponses nouvelles"),
        (EtatLigne.MODIFIEE, "réponse modifiée", "réponses modifiées"),
        (EtatLigne.PERIMEE, "changée depuis sur la page", "changées depuis sur la page"),
        (EtatLigne.INCHANGEE, "inchangée", "inchangées"),
        (EtatLigne.VIDE, "laissée vide", "laissées vides"),
        (EtatLigne.REFUSEE, "à corriger", "à corriger"),
    )
    parts = [
        pluriel(len(found), singulier, plusieurs)
        for etat, singulier, plusieurs in comptes
        if (found := comparaison.list_etat(etat))
    ]
    return f"{enumeration(parts)}." if parts else "Aucune ligne à lire."


def show_ligne(comparee: LigneComparee) -> LigneMontree:
    lue, actuelle = comparee.lue, comparee.actuelle
    lieu = f"{lue.brute.feuille}, ligne {lue.brute.numero}"
    if lue.ligne is None or lue.fautes:
        return LigneMontree(lue.ligne.libelle if lue.ligne else lue.brute.cle, lieu, fautes=lue.fautes)
    avant = write_reponse(lue.ligne, copy_reponse(actuelle)) if actuelle and actuelle.est_remplie else ""
    return LigneMontree(lue.ligne.libelle, lieu, avant, write_reponse(lue.ligne, lue.reponse))


def write_reponse(ligne: Ligne, reponse: ReponseSaisie) -> str:
    """An answer in one line: ``agents : 3 ; équivalents temps plein : 2,5 (2025, paie, établi)``."""
    parts = [
        shown if colonne == Colonne.VALEUR else f"{TITRES[colonne].split(',')[0].lower()} : {shown}"
        for colonne in ligne.colonnes
        if (shown := show_valeur(ligne, colonne, reponse.valeurs.get(colonne)))
    ]
    texte = " ; ".join(parts) or (INCONNU if reponse.inconnu else SANS_REPONSE)
    if parts and ligne.est_chiffree:
        precisions = [str(reponse.annee or ""), reponse.source, "établi" if reponse.qualite == "etabli" else "estimé"]
        texte += f" ({', '.join(p for p in precisions if p)})"
    return f"{texte} – {reponse.commentaire}" if reponse.commentaire else texte
