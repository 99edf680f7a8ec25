"""Next acts of the état des lieux: the sheet of a mairie; questions and proposals for the équipe projet."""

from collections.abc import Iterator
from datetime import date, datetime, time

from communaccord.plateforme.accueil.pages.demarche.chez_moi import Attente
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.enums import EtatFiche
from communaccord.plateforme.diagnostic.queries.campagnes import Attentes, read_attentes
from communaccord.plateforme.socle.typographie import accord, pluriel, prose


def list_collecte(acteur: Acteur, aujourd_hui: date) -> Iterator[Attente]:
    """What the campaign under way awaits from this actor, in no order."""
    attentes = read_attentes(acteur)
    campagne = attentes.campagne
    if campagne is None:
        return
    if attentes.questions:
        attend = accord(attentes.questions, "attend", "attendent")
        phrase = f"{pluriel(attentes.questions, 'question')} sur l'état des lieux {attend} une réponse."
        yield Attente(prose(phrase), "Répondre", chemin(acteur, "diagnostic:questions", campagne.pk))
    if attentes.propositions:
        est = accord(attentes.propositions, "est", "sont")
        phrase = f"{pluriel(attentes.propositions, 'proposition')} pour le questionnaire {est} à examiner."
        yield Attente(prose(phrase), "Examiner", chemin(acteur, "diagnostic:questionnaire", campagne.pk))
    if attentes.fiche is not None and attentes.fiche.etat != EtatFiche.VALIDEE:
        yield write_fiche(acteur, attentes, aujourd_hui)
    elif attentes.fiche is not None and attentes.fiche.nouvelles:
        yield write_nouvelles(acteur, attentes)
    elif attentes.fiche is not None and acteur.est_maire and attentes.fiche.validee_par != acteur.nom:
        yield write_validee(acteur, attentes)


def write_nouvelles(acteur: Acteur, attentes: Attentes) -> Attente:
    """Lines were added to the questionnaire after this sheet was validated."""
    nombre = attentes.fiche.nouvelles
    ont = accord(nombre, "a été ajoutée", "ont été ajoutées")
    phrase = f"{pluriel(nombre, 'ligne')} {ont} à l'état des lieux depuis que votre fiche est validée."
    return Attente(prose(phrase), "Compléter", chemin(acteur, "diagnostic:fiche", attentes.fiche.pk))


def write_validee(acteur: Acteur, attentes: Attentes) -> Attente:
    """A mayor reads that somebody else validated in the name of the commune, and may take it up again."""
    phrase = f"Votre fiche d'état des lieux est validée par {attentes.fiche.validee_par}. Vous pouvez la rouvrir."
    return Attente(prose(phrase), "Relire", chemin(acteur, "diagnostic:fiche", attentes.fiche.pk))


def write_fiche(acteur: Acteur, attentes: Attentes, aujourd_hui: date) -> Attente:
    """``Votre fiche d'état des lieux : 12 lignes sur 25``, and the day it is expected."""
    fiche, jour = attentes.fiche, attentes.campagne.echeance
    remplies, total = fiche.remplies, attentes.lignes
    adresse = chemin(acteur, "diagnostic:fiche", fiche.pk)
    echeance = datetime.combine(jour, time(), acteur.demarche.zone) if jour else None
    passee = jour is not None and jour < aujourd_hui
    bouton, phrase = "Relire et valider", "Votre fiche d'état des lieux est remplie : il reste à la valider."
    if remplies < total:
        bouton, phrase = "Remplir", f"Votre fiche d'état des lieux : {pluriel(remplies, 'ligne')} sur {total}."
    return Attente(prose(phrase), bouton, adresse, echeance, jour_entier=jour is not None, passee=passee)
