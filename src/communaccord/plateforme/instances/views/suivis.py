"""The organisation of the instances put to the councils (S11)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.instances import actions, rules
from communaccord.plateforme.instances.forms import FormSuivi
from communaccord.plateforme.instances.forms.saisie import read_fichier
from communaccord.plateforme.instances.models import SuiviConseil
from communaccord.plateforme.instances.pages.suivi import build_suivis
from communaccord.plateforme.instances.queries import visible
from communaccord.plateforme.instances.views.outils import go, show
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import require


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def show_organisation(request: HttpRequest) -> HttpResponse:
    acteur = request.acteur
    if request.method == "POST":
        actions.submit_organisation(acteur=acteur, instant=horloge.read_instant())
        return go(acteur, "instances:organisation", fait="soumise")
    context = {"page": build_suivis(acteur), "peut_soumettre": rules.may_compose(acteur)}
    return show(request, "organisation", context)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    acteur = request.acteur
    suivi = get_object_or_404(visible(SuiviConseil, acteur).select_related("commune", "piece"), pk=pk)
    require(rules.may_follow_conseil(acteur, suivi.commune_id))
    names = ("transmis_le", "seance_le", "numero", "sens", "version")
    initial = {name: getattr(suivi, name) for name in names}
    form = FormSuivi(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in names}
        try:
            actions.record_suivi(
                acteur=acteur, instant=horloge.read_instant(), suivi=suivi, **values, **read_fichier(form)
            )
        except actions.FichierRefuse as refus:
            form.add_error("fichier", refus.message)
        else:
            return go(acteur, "instances:organisation", fait="suivi")
    nom = f"Conseil municipal de {suivi.commune.nom}" if suivi.commune else "Conseil communautaire"
    context = {"titre": nom, "bouton_libelle": "Enregistrer", "avec_fichier": True, "retour": "instances:organisation"}
    return show(request, "formulaire", context, form=form)
