"""Secrets of the état des lieux, planted in the sheet of one commune: people, words, a question, a flow."""

from collections.abc import Callable
from dataclasses import replace

from tests.plateforme.attaque.traces import Plantes

from communaccord.plateforme.demo.recit.fiches import Repondant
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.diagnostic.actions import ReponseSaisie, ask_question
from communaccord.plateforme.diagnostic.actions.flux import ContenuFlux, declare_flux
from communaccord.plateforme.diagnostic.enums import Colonne, NatureFlux
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Ligne, Reponse

# Not the number of a round: what is planted before them.
AVANT = 7
COMMUNE = "F002"
MASSE, FLUX = 12_345_678, 7_123_457
Remplissage = Callable[[Repondant, list[Ligne]], dict[int, ReponseSaisie]]


def is_prepare(mot: str) -> bool:
    return mot.startswith(f"zx{AVANT}")


def plant_reponses(plantes: Plantes, usual: Remplissage) -> Remplissage:
    """As the story fills a sheet, with three people in one service and words of its own in that of one commune."""

    def fill(repondant: Repondant, lignes: list[Ligne]) -> dict[int, ReponseSaisie]:
        reponses = usual(repondant, lignes)
        if repondant.code != COMMUNE:
            return reponses
        for ligne in lignes:
            if ligne.cle == "secretariat_effectifs":
                masse = plantes.plant_montant(AVANT, "masse", COMMUNE, MASSE)
                trois = {Colonne.AGENTS: 300, Colonne.ETP: 287, Colonne.MASSE_SALARIALE: masse, Colonne.DEPARTS: 100}
                commentaire = f"Deux et demie : {plantes.plant_mot(AVANT, 'commentaire', COMMUNE)}"
                reponses[ligne.pk] = ReponseSaisie(trois, annee=repondant.annee, commentaire=commentaire)
            elif ligne.cle in ("avis_reserves", "partages_autres", "avis_besoins"):
                mot = plantes.plant_mot(AVANT, ligne.cle.replace("_", ""), COMMUNE)
                reponses[ligne.pk] = replace(reponses[ligne.pk], valeurs={Colonne.VALEUR: f"Nous tenons à {mot}."})
        return reponses

    return fill


def plant_preparation(gens: Gens, plantes: Plantes) -> None:
    """A question on a line, and a flow that its mairie has not shared, at the end of the story."""
    fiche = Fiche.objects.with_commune().get(campagne__demarche=gens.demarche, commune__code=COMMUNE)
    instant = Reponse.objects.filter(fiche=fiche).latest("saisie_le").saisie_le
    ask_question(
        acteur=gens.secretaire(COMMUNE),
        instant=instant,
        fiche=fiche,
        ligne=Ligne.objects.get(campagne=fiche.campagne, cle="voirie_effectifs"),
        texte=f"Faut-il compter {plantes.plant_mot(AVANT, 'question', COMMUNE)} ?",
    )
    contenu = ContenuFlux(
        NatureFlux.SERVICE,
        f"Déneigement {plantes.plant_mot(AVANT, 'flux', COMMUNE)}",
        service="voirie",
        porteur_id=gens.communes[COMMUNE].pk,
        forme=f"Usage {plantes.plant_mot(AVANT, 'usage', COMMUNE)}",
        montant=plantes.plant_montant(AVANT, "prix", COMMUNE, FLUX),
        annee=fiche.campagne.annee,
    )
    campagne = Campagne.objects.get(pk=fiche.campagne_id)
    declare_flux(acteur=gens.maire(COMMUNE), instant=instant, campagne=campagne, contenu=contenu)
