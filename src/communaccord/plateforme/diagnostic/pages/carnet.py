"""The carnet of a commune: what its sheet says, beside communes of its size. Read whole by who may read the sheet."""

from django.utils.text import slugify

from communaccord.plateforme.diagnostic.calculs.valeurs import show_valeur
from communaccord.plateforme.diagnostic.enums import CHIFFREES, EN_MOTS, Besoin, Colonne, EtatFiche, TypeLigne
from communaccord.plateforme.diagnostic.models import Ligne, Reponse
from communaccord.plateforme.diagnostic.pages.blocs import Colonne as Tete
from communaccord.plateforme.diagnostic.pages.blocs import Liste, Ouvrage, Section, Tableau
from communaccord.plateforme.diagnostic.pages.carnet_chiffres import build_bref, build_reperes, build_services, is_dit
from communaccord.plateforme.diagnostic.pages.carnet_matiere import MatiereCarnet
from communaccord.plateforme.diagnostic.pages.carnet_partages import (
    build_besoins,
    build_flux,
    build_fragilites,
    build_maturite,
    build_priorites,
)
from communaccord.plateforme.diagnostic.pages.mesures import INCONNU, MOTS_QUALITE, name_premiers
from communaccord.plateforme.socle.typographie import nombre, pluriel

LECTEURS = "En ligne, ce carnet n'est lu que par votre mairie, la DRH et l'équipe projet : à vous de le montrer ou non."


def build_carnet(matiere: MatiereCarnet) -> Ouvrage:
    """Every word of the carnet."""
    campagne, commune = matiere.cadre.campagne, matiere.commune
    millesime = f"population municipale, millésime {commune.millesime}"
    habitants = f"{nombre(commune.population_municipale)} habitants ({millesime})"
    return Ouvrage(
        surtitre=f"Carnet de la commune · {name_campagne(campagne.titre, campagne.annee)}",
        titre=commune.nom,
        contexte=f"{habitants} · {campagne.demarche.nom_epci}",
        phrase=write_phrase(matiere),
        sections=(
            build_bref(matiere),
            build_reperes(matiere),
            build_services(matiere),
            build_flux(matiere),
            build_maturite(matiere),
            build_besoins(matiere),
            build_fragilites(matiere),
            build_paroles(matiere),
            build_priorites(matiere),
            build_inconnus(matiere),
        ),
        mentions=(LECTEURS, "Document préparatoire : rien n'est décidé."),
    )


def name_campagne(titre: str, annee: int) -> str:
    """The title, and the year when the title does not say it."""
    return titre if str(annee) in titre else f"{titre} {annee}"


def write_phrase(matiere: MatiereCarnet) -> str:
    """What the commune has told, and what it needs most."""
    told = [service for service in matiere.cadre.services if is_dit(matiere, service)]
    if not told:
        return f"{matiere.commune.nom} n'a pas encore décrit ses services."
    agents = [matiere.releve.find(Colonne.AGENTS, matiere.commune.pk, service.cle) for service in told]
    known = [valeur for valeur in agents if valeur is not None]
    phrase = f"{matiere.commune.nom} décrit {pluriel(len(told), 'service')}"
    phrase += f", {pluriel(-(-sum(known) // 100), 'affectation')}" if known else ""
    besoins = [
        s.libelle for s in matiere.cadre.services if matiere.find_choix(TypeLigne.BESOIN, s.cle) == Besoin.INDISPENSABLE
    ]
    return f"{phrase}. Indispensable à partager : {name_premiers(besoins)}." if besoins else f"{phrase}."


def build_paroles(matiere: MatiereCarnet) -> Section:
    """What the commune wrote in words: needs, conditions of success, reservations of principle."""
    told = [
        Liste(ligne.libelle, tuple(texte.splitlines()))
        for ligne in matiere.cadre.list_lignes(*EN_MOTS)
        if (texte := write_reponse(matiere, ligne))
    ]
    return Section(
        cle="paroles",
        titre="Ce que vous avez dit",
        phrase="Repris mot pour mot de votre fiche." if told else "Votre fiche ne dit rien encore en toutes lettres.",
        listes=tuple(told),
    )


def write_reponse(matiere: MatiereCarnet, ligne: Ligne) -> str:
    """The answer of the sheet in words; empty when there is none."""
    reponse = matiere.reponses.get(ligne.pk)
    if reponse is None or reponse.inconnu:
        return ""
    return show_valeur(ligne, Colonne.VALEUR, reponse.valeurs.get(Colonne.VALEUR)).strip()


def build_inconnus(matiere: MatiereCarnet) -> Section:
    """What is not known, said as such; and where each figure comes from."""
    lignes = matiere.cadre.lignes
    inconnues = [name_ligne(ligne) for ligne in lignes if is_inconnue(matiere, ligne)]
    vides = [name_ligne(ligne) for ligne in lignes if is_vide(matiere, ligne)]
    remplies = len(lignes) - len(inconnues) - len(vides)
    sources = tuple(
        (
            name_ligne(ligne),
            str(r.annee or INCONNU),
            r.source or INCONNU,
            MOTS_QUALITE[r.qualite],
            r.get_origine_display(),
            r.saisie_par,
            write_validation(matiere, r),
        )
        for ligne in lignes
        if ligne.type in CHIFFREES and (r := matiere.reponses.get(ligne.pk)) is not None and r.valeurs
    )
    return Section(
        cle="inconnus",
        titre="Ce qui n'est pas connu, et d'où viennent les chiffres",
        phrase=f"{pluriel(remplies, 'ligne remplie', 'lignes remplies')} sur {nombre(len(lignes))}, "
        f"{nombre(len(inconnues))} « je ne sais pas », {nombre(len(vides))} sans réponse.",
        listes=(
            *((Liste("Vous avez répondu « je ne sais pas »", tuple(inconnues)),) if inconnues else ()),
            *((Liste("Sans réponse", tuple(vides)),) if vides else ()),
        ),
        tableaux=(
            Tableau(
                "D'où viennent vos chiffres",
                (
                    Tete("Ligne"),
                    Tete("Année", True),
                    Tete("Source"),
                    Tete("Qualité"),
                    Tete("Comment"),
                    Tete("Saisi par"),
                    Tete("Validé par"),
                ),
                sources,
            ),
        )
        if sources
        else (),
        mention="Médiane : la moitié des communes du groupe sont en dessous, la moitié au-dessus. Moyenne : le total "
        "partagé également. Les quartiles sont exacts, interpolés (Hyndman et Fan, 1996, définition 7).",
    )


def write_validation(matiere: MatiereCarnet, reponse: Reponse) -> str:
    """In whose name a figure was validated with its sheet; one written since is not."""
    fiche = matiere.fiche
    if fiche.etat != EtatFiche.VALIDEE or fiche.validee_le is None or reponse.saisie_le > fiche.validee_le:
        return "pas encore validé"
    return fiche.validee_par


def is_inconnue(matiere: MatiereCarnet, ligne: Ligne) -> bool:
    reponse = matiere.reponses.get(ligne.pk)
    return reponse is not None and reponse.inconnu


def is_vide(matiere: MatiereCarnet, ligne: Ligne) -> bool:
    reponse = matiere.reponses.get(ligne.pk)
    return reponse is None or (not reponse.inconnu and not reponse.valeurs)


def name_ligne(ligne: Ligne) -> str:
    """The words of a line; the lines of a service carry its name, and say what they ask."""
    suite = {TypeLigne.EFFECTIFS: "agents et coûts", TypeLigne.MATURITE: "partage", TypeLigne.BESOIN: "besoin"}
    return f"{ligne.libelle} ({suite[ligne.type]})" if ligne.type in suite else ligne.libelle


def name_carnet(matiere: MatiereCarnet) -> str:
    """``carnet-saint-loin.pdf``; what is invented says so in its name."""
    fictif = "-fictif" if matiere.cadre.campagne.demarche.fictive else ""
    return f"carnet-{slugify(matiere.commune.nom)[:60].strip('-') or matiere.commune.code}{fictif}.pdf"
