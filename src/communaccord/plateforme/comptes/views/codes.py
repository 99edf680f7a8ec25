"""Personal codes: the équipe projet makes a provisional one, shown or printed once; the mayor replaces it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.comptes.actions import replace_code, reset_code
from communaccord.plateforme.comptes.codes import CodeRefuse
from communaccord.plateforme.comptes.forms.demarches import CodeForm
from communaccord.plateforme.comptes.pages.lettres import render_code, render_invitation
from communaccord.plateforme.comptes.queries import find_personne_courante
from communaccord.plateforme.comptes.rules import may_replace_code
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.comptes.views.personnes import build_adresse_site, find_personne, read_post
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import build_fichier
from communaccord.plateforme.socle.permis import require

PDF = "application/pdf"


@require_POST
@avec_acteur
def remettre_code(request: HttpRequest, personne: int) -> HttpResponse:
    """A new provisional code: as a letter, or on the screen; it is shown here and never again."""
    found = find_personne(request, personne)
    instant = horloge.read_instant()
    code = reset_code(acteur=request.acteur, instant=instant, personne=found)
    if "lettre" in request.POST:
        contenu = render_code(request.acteur, found, code, instant, build_adresse_site(request))
        return build_fichier(contenu, PDF, f"code-personnel-{found.pk}.pdf")
    return render(request, "comptes/code_remis.html", {"personne": found, "code": code})


@require_safe
@avec_acteur
def lettre_invitation(request: HttpRequest, personne: int) -> HttpResponse:
    found = find_personne(request, personne)
    contenu = render_invitation(request.acteur, found, horloge.read_instant(), build_adresse_site(request))
    return build_fichier(contenu, PDF, f"invitation-{found.pk}.pdf")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@avec_acteur
def mon_code(request: HttpRequest) -> HttpResponse:
    """Choose one's own code: the provisional one, or the former, is given first."""
    require(may_replace_code(request.acteur))
    form = CodeForm(read_post(request))
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            instant = horloge.read_instant()
            replace_code(acteur=request.acteur, instant=instant, ancien=data["ancien"], nouveau=data["nouveau"])
        except CodeRefuse as error:
            form.add_error(None, error.message)
        else:
            return HttpResponseRedirect(f"{chemin(request.acteur, 'comptes:mon_code')}?fait=choisi")
    personne = find_personne_courante(request.acteur)
    page = {"form": form, "personne": personne, "fait": request.GET.get("fait", "")}
    return render(request, "comptes/mon_code.html", page, status=422 if form.is_bound else 200)
