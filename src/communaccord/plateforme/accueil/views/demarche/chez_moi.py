"""One's own page, and the note that one has read what changed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from communaccord.plateforme.accueil.pages.demarche.attentes import list_attentes
from communaccord.plateforme.accueil.pages.demarche.chez_moi import (
    ACTES_LUS,
    ATTENTES_MAX,
    build_phases,
    build_phrase,
    group_changements,
    sort_attentes,
)
from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.journal.actions import mark_vu as note_vu
from communaccord.plateforme.journal.queries import list_nouveaux, read_vu_jusque
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.territoires.queries import list_phases


@avec_acteur
@require_safe
def show_page(request: HttpRequest) -> HttpResponse:
    acteur, instant = request.acteur, horloge.read_instant()
    attentes = sort_attentes(list_attentes(acteur, instant))
    vu_jusque = read_vu_jusque(acteur)
    changements, others = group_changements(list_nouveaux(acteur, vu_jusque)[:ACTES_LUS])
    context = {
        "phrase": build_phrase(attentes, len(changements)),
        "attentes": attentes[:ATTENTES_MAX],
        "autres_attentes": attentes[ATTENTES_MAX:],
        "changements": changements,
        "autres_changements": others,
        "vu_jusque": vu_jusque,
        "phases": build_phases(acteur.demarche, list_phases(acteur.demarche)),
    }
    return render(request, "accueil/demarche/chez_moi.html", context)


@avec_acteur
@require_POST
def mark_vu(request: HttpRequest) -> HttpResponse:
    note_vu(acteur=request.acteur, instant=horloge.read_instant())
    return HttpResponseRedirect(chemin(request.acteur, "accueil:chez_moi"))
