"""A sheet on paper, to be filled by hand, and the letter that goes with it: PDF/A and PDF/UA."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.diagnostic.calculs.valeurs import list_choix, show_valeur
from communaccord.plateforme.diagnostic.enums import Colonne, Qualite, TypeLigne, Volet
from communaccord.plateforme.diagnostic.lecture.gabarit import TITRES
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Ligne
from communaccord.plateforme.diagnostic.pages.classeur import Prerempli
from communaccord.plateforme.diagnostic.pages.fiche import list_aides_communes
from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.socle.typographie import date as write_date

TYPST = Path(__file__).with_name("typst")
# Characters of the choices that hold on one row.
MAX_EN_LIGNE = 60
CONSIGNE = (
    "Écrivez ce que vous savez, laissez vide le reste, ou cochez « je ne sais pas ». Ce qui est imprimé dans les cases "
    "est déjà connu : barrez et corrigez si besoin. Rendez cette fiche à l'équipe projet, qui la recopie ; la mairie "
    "relit ensuite et valide."
)
PETITS_EFFECTIFS = (
    "Les chiffres sur moins de cinq personnes ne sont montrés qu'à la commune, à la direction des ressources humaines "
    "et à l'équipe projet."
)


def build_entete(fiche: Fiche, instant: datetime) -> EnTete:
    demarche = fiche.campagne.demarche
    return EnTete(
        territoire=demarche.nom_epci,
        demarche=fiche.campagne.titre,
        edite_le=instant.astimezone(demarche.zone),
        fictif=demarche.fictive,
    )


def render_fiche(
    fiche: Fiche, nom: str, lignes: Sequence[Ligne], preremplis: Mapping[int, Prerempli], instant: datetime
) -> bytes:
    """The PDF of a sheet: the same lines as on the page, boxes to fill. About 30 ms a page."""
    volets = []
    for volet in Volet:
        propres = [ligne for ligne in lignes if ligne.volet == volet]
        if propres:
            aides = list_aides_communes(propres)
            parties = [build_ligne(ligne, preremplis[ligne.pk], aides) for ligne in propres]
            volets.append({"titre": volet.label, "aides": aides, "lignes": parties})
    data = {
        "surtitre": fiche.campagne.titre,
        "commune": nom,
        "consigne": CONSIGNE,
        "secret": PETITS_EFFECTIFS,
        "echeance": write_echeance(fiche.campagne, instant),
        "volets": volets,
        "ne_sait_pas": "je ne sais pas",
        "annee": "Année",
        "activite": "Activité de l'année, en",
        "source": "Source",
        "qualites": [mot.split(" (")[0] for mot in Qualite.labels],
        "signature": "Rempli par, le :",
    }
    return render_papier(
        TYPST / "fiche_papier.typ", f"Fiche d'état des lieux, {nom}", build_entete(fiche, instant), data
    )


def build_ligne(ligne: Ligne, prerempli: Prerempli, dites: Sequence[str]) -> dict[str, object]:
    """The words of one line, and what is known of it. ``dites``: helps said once above the lines."""
    reponse = prerempli.reponse
    cases = [
        {"titre": TITRES[colonne], "valeur": show_valeur(ligne, colonne, reponse.valeurs.get(colonne))}
        for colonne in ligne.colonnes
        if ligne.type == TypeLigne.EFFECTIFS
    ]
    return {
        "libelle": ligne.libelle,
        "aide": "" if ligne.aide in dites else ligne.aide,
        "unite": ligne.unite,
        "cases": cases,
        "en_ligne": sum(len(mot) for _, mot in list_choix(ligne)) <= MAX_EN_LIGNE,
        "choix": [{"mot": mot, "coche": reponse.valeurs.get(Colonne.VALEUR) == v} for v, mot in list_choix(ligne)],
        "texte": ligne.type == TypeLigne.TEXTE,
        "valeur": "" if cases else show_valeur(ligne, Colonne.VALEUR, reponse.valeurs.get(Colonne.VALEUR)),
        "chiffree": ligne.est_chiffree,
        "inconnu": reponse.inconnu,
        "annee": str(reponse.annee or ""),
        "source": reponse.source,
        "qualite": Qualite(reponse.qualite).label.split(" (")[0] if reponse.valeurs else "",
    }


def write_echeance(campagne: Campagne, instant: datetime) -> str:
    """Nothing when no day was set, or when it is past: a letter of today does not ask for yesterday."""
    fin = campagne.echeance
    if not fin or fin < instant.astimezone(campagne.demarche.zone).date():
        return ""
    return f"Réponse attendue jusqu'au {write_date(fin)}."


def render_lettre(fiche: Fiche, nom: str, adresse: str, instant: datetime) -> bytes:
    """The covering letter of a workbook: what is asked, how to answer, what becomes of it."""
    campagne, entete = fiche.campagne, build_entete(fiche, instant)
    data = {
        "joindre": [],
        "destinataire": [f"Mairie {write_de(nom)}" if fiche.commune_id else nom],
        "date": f"Le {write_date(entete.edite_le)}",
        "signataire": "L'équipe projet",
        "ouverture": [
            "Bonjour,",
            f"L'intercommunalité et ses communes dressent ensemble un état des lieux : {campagne.titre}. Le classeur "
            f"joint est votre fiche, déjà remplie de ce que disent les fichiers publics. Il demande les chiffres de "
            f"{campagne.annee}.",
            write_echeance(campagne, instant),
        ],
        "parties": [
            {
                "titre": "Trois façons de répondre",
                "textes": [
                    f"En ligne, en plusieurs fois si vous voulez : {adresse}",
                    "Dans le classeur : remplissez les cases jaunes, enregistrez-le, puis déposez-le sur la même page, "
                    "ou rendez-le à l'équipe projet. Vous relirez avant que rien ne soit enregistré.",
                    "Sur papier : demandez la fiche à imprimer, nous la recopierons et vous la relirez.",
                ],
            },
            {
                "titre": "Ce que vous pouvez laisser vide",
                "textes": [
                    "Tout ce que vous ne savez pas. « Je ne sais pas » est une réponse, une estimation aussi : dites "
                    "seulement si le chiffre est estimé ou établi, de quelle année, d'où il vient.",
                ],
            },
            {
                "titre": "Ce qui en sera fait",
                "textes": [
                    "Un carnet pour votre commune, et une synthèse pour toutes. " + PETITS_EFFECTIFS,
                    "C'est la mairie qui valide sa fiche, et elle seule.",
                ],
            },
        ],
        "cloture": "Merci du temps que vous y consacrerez.",
    }
    return render_papier(TYPST / "lettre_fiche.typ", f"Votre fiche d'état des lieux, {nom}", entete, data)
