"""Addresses of the table des accords: all of them name the mandate in whose name one acts."""

from django.urls import path

from communaccord.plateforme.accords.views import (
    assesseurs,
    enveloppes,
    regle,
    reponse,
    resultat,
    suivi,
    table,
    tours,
    validation,
)

TABLE = "m/<int:mandat>/table/"
TOUR = TABLE + "tours/<int:tour>/"
REPONSE = TOUR + "reponse/"
COMMUNE = TOUR + "communes/<int:commune>/"
ENVELOPPE = TOUR + "enveloppes/<int:enveloppe>/"
REGLE = TABLE + "regle/<int:regle>/"

app_name = "accords"
urlpatterns = [
    path(TABLE, table.table, name="table"),
    path(TABLE + "ce-que-protege-le-pli/", table.protection, name="protection"),
    path(TABLE + "preparer/", tours.preparer, name="preparer"),
    path(TABLE + "regle/preparer/", regle.regle_preparer, name="regle_preparer"),
    path(REGLE, regle.regle, name="regle"),
    path(REGLE + "modifier/", regle.regle_modifier, name="regle_modifier"),
    path(REGLE + "adopter/", regle.regle_adopter, name="regle_adopter"),
    path(REGLE + "regle-du-jeu.pdf", regle.regle_pdf, name="regle_pdf"),
    path(TOUR, tours.tour, name="tour"),
    path(TOUR + "modifier/", tours.modifier, name="modifier"),
    path(TOUR + "lancer/", tours.lancer, name="lancer"),
    path(TOUR + "tirage/", tours.tirage, name="tirage"),
    path(TOUR + "prolonger/", tours.prolonger, name="prolonger"),
    path(TOUR + "abandonner/", tours.abandonner, name="abandonner"),
    path(TOUR + "non-depouillable/", tours.non_depouillable, name="non_depouillable"),
    path(TOUR + "suivi/", suivi.suivi, name="suivi"),
    path(COMMUNE + "rappeler/", suivi.relancer, name="relancer"),
    path(COMMUNE + "papier.pdf", suivi.papier, name="papier"),
    path(COMMUNE + "recueillir/<int:rang>/", suivi.recueillir, name="recueillir"),
    path(COMMUNE + "recueillir/<int:rang>/texte/", suivi.texte_recueilli, name="texte_recueilli"),
    path(TOUR + "enveloppes/", enveloppes.enveloppes, name="enveloppes"),
    path(ENVELOPPE + "rendre/", enveloppes.rendre, name="rendre"),
    path(ENVELOPPE + "copier/", enveloppes.copier, name="copier"),
    path(ENVELOPPE + "relire/", enveloppes.relire, name="relire_enveloppe"),
    path(TOUR + "assesseur/", assesseurs.assesseur, name="assesseur"),
    path(TOUR + "assesseurs/<int:assesseur>/remplacer/", assesseurs.remplacer, name="remplacer"),
    path(REPONSE, validation.reponse, name="reponse"),
    path(REPONSE + "soumettre/", validation.soumettre, name="soumettre"),
    path(REPONSE + "valider/", validation.valider, name="valider"),
    path(REPONSE + "<int:rang>/", reponse.repondre, name="repondre"),
    path(REPONSE + "<int:rang>/brouillon/", reponse.brouillon, name="brouillon"),
    path(REPONSE + "<int:rang>/texte/", reponse.texte, name="texte"),
    path(REPONSE + "<int:rang>/plis/", validation.plis, name="plis"),
    path(REPONSE + "<int:rang>/tour-precedent/", validation.partir_du_precedent, name="partir_du_precedent"),
    path(TOUR + "resultat/", resultat.resultat, name="resultat"),
    path(TOUR + "resultat/resultat.pdf", resultat.resultat_pdf, name="resultat_pdf"),
    path(TOUR + "resultat/tableau.csv", resultat.resultat_csv, name="resultat_csv"),
    path(TOUR + "resultat/tableau.xlsx", resultat.resultat_xlsx, name="resultat_xlsx"),
    path(TOUR + "resultat/<int:dossier>/partager/", resultat.partager, name="partager"),
]
