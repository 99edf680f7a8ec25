"""The plan as files: brought from a workbook or a document after a preview, taken away as a table or on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from communaccord.plateforme.comptes.acces import avec_acteur
from communaccord.plateforme.projet.actions.import_plan import Bilan, import_plan
from communaccord.plateforme.projet.documents.plan import render_plan
from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.lecture import list_ecarts_plan
from communaccord.plateforme.projet.lecture.ecarts import build_ecarts
from communaccord.plateforme.projet.lecture.fichiers import MAX_OCTETS, VIDE, read_fichier
from communaccord.plateforme.projet.lecture.plans import (
    FichierRefuse,
    PlanLu,
    compare_plan,
    keep_branches,
    read_elements,
    write_elements,
)
from communaccord.plateforme.projet.pages import plan as page
from communaccord.plateforme.projet.pages import plan_exports as exports
from communaccord.plateforme.projet.queries import find_cadre
from communaccord.plateforme.projet.queries.plan import list_elus, read_plan
from communaccord.plateforme.projet.rules.plan import may_edit_plan
from communaccord.plateforme.projet.views.communs import redirect_to
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.fichiers import XLSX, build_fichier
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import prose

RIEN_DE_COCHE = "Rien n'est coché : cochez au moins une orientation."
NIVEAUX_DE_TITRE = (1, 2)


@avec_acteur
@require_http_methods(["GET", "HEAD", "POST"])
def importer(request: HttpRequest) -> HttpResponse:
    """Posted with a file: what was read, nothing written; posted again with ``confirmer``: written, whole."""
    require(may_edit_plan(request.acteur))
    if request.method != "POST":
        return render_import(request)
    try:
        return confirm(request) if "confirmer" in request.POST else preview(request)
    except FichierRefuse as refuse:
        return render_import(request, faute=str(refuse), status=422)


def render_import(request: HttpRequest, *, faute: str = "", status: int = 200) -> HttpResponse:
    vide = read_plan(request.acteur.demarche).est_vide
    context = {"faute": prose(faute), "premier": read_premier(request), "vide": vide}
    return render(request, "projet/plan_importer.html", context, status=status)


def read_premier(request: HttpRequest) -> int:
    """Level of the headings that are orientations."""
    return next((niveau for niveau in NIVEAUX_DE_TITRE if request.POST.get("premier") == str(niveau)), 1)


def preview(request: HttpRequest) -> HttpResponse:
    """What the file gives, beside what is there."""
    envoi = request.FILES.get("fichier")
    if envoi is None:
        raise FichierRefuse("Choisissez un fichier.")
    contenu = envoi.read(MAX_OCTETS + 1)
    if not contenu:
        raise FichierRefuse(VIDE)
    return render_apercu(request, read_fichier(contenu, premier=read_premier(request)))


def render_apercu(request: HttpRequest, plan: PlanLu, *, conflit: str = "", status: int = 200) -> HttpResponse:
    arbre = read_plan(request.acteur.demarche)
    comparaison = compare_plan(arbre, plan.elements)
    cadre = find_cadre(request.acteur.demarche)
    titres = [(e.titre, e.echeance) for e in plan.elements if e.niveau != Niveau.ORIENTATION]
    context = {
        "ecarts": build_ecarts(request.acteur, cadre, list_ecarts_plan(cadre, titres)),
        "remarques": page.list_remarques(plan.elements, list_elus(request.acteur, None)),
        "deja": {element.cle for element in comparaison.deja},
        "plan": plan,
        "phrase": page.write_apercu(plan, comparaison),
        "branches": page.build_branches(plan.elements),
        "comparaison": comparaison,
        "vide": arbre.est_vide,
        "texte": write_elements(plan.elements),
        "conflit": prose(conflit),
    }
    return render(request, "projet/plan_apercu.html", context, status=status)


def confirm(request: HttpRequest) -> HttpResponse:
    """Write what the preview showed and what is still ticked; checked again."""
    elements = read_elements(request.POST.get("plan", ""))
    gardes = keep_branches(elements, request.POST.getlist("garde"))
    if not gardes:
        return render_apercu(request, PlanLu(elements), conflit=RIEN_DE_COCHE, status=422)
    try:
        bilan = import_plan(
            acteur=request.acteur,
            instant=horloge.read_instant(),
            elements=gardes,
            remplacer=request.POST.get("remplacer") == "oui",
        )
    except Conflit as refus:
        return render_apercu(request, PlanLu(elements), conflit=refus.message, status=409)
    return redirect_to(request.acteur, "projet:accueil", fait="rien" if bilan == Bilan(0, 0, 0) else "importe")


@avec_acteur
@require_safe
def download_classeur(request: HttpRequest) -> HttpResponse:
    """The plan as a table, which can be imported again."""
    demarche = request.acteur.demarche
    contenu = exports.build_xlsx(demarche, read_plan(demarche), horloge.read_instant())
    return build_fichier(contenu, XLSX, exports.name_fichier(demarche, "xlsx"))


@avec_acteur
@require_safe
def download_modele(request: HttpRequest) -> HttpResponse:
    """The table to fill in, for those who write the plan."""
    require(may_edit_plan(request.acteur))
    return build_fichier(exports.build_modele(), XLSX, "plan-a-remplir.xlsx")


@avec_acteur
@require_safe
def download_pdf(request: HttpRequest) -> HttpResponse:
    """The tree on paper."""
    demarche = request.acteur.demarche
    instant = horloge.read_instant().astimezone(demarche.zone)
    contenu = render_plan(demarche, read_plan(demarche), instant)
    return build_fichier(contenu, "application/pdf", exports.name_fichier(demarche, "pdf"))
