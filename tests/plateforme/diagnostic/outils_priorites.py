"""What the tests of priorities share: a choice prepared and opened by its acts, mairies that deposit their ballot."""

from datetime import date

from tests.plateforme.diagnostic.outils_collecte import build_ouverte
from tests.plateforme.fabriques import INSTANT, build_acteur_de, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.actions import ContenuPriorisation
from communaccord.plateforme.diagnostic.models import OptionPriorite

OPTIONS = (("Voirie", "voirie"), ("Urbanisme", "urbanisme"), ("Un service des archives", ""))
CONTENU = ContenuPriorisation(
    "Priorités 2027", "Que faut-il partager d'abord ?", "mentions", date(2026, 12, 18), OPTIONS
)
A_POINTS = ContenuPriorisation(
    "Points 2027", "Où mettre nos efforts ?", "points", date(2026, 12, 18), OPTIONS, points=10
)


def build_preparee(communes=6, contenu=CONTENU):
    """A choice being prepared, its équipe projet."""
    campagne, equipe = build_ouverte(communes)
    return actions.create_priorisation(acteur=equipe, instant=INSTANT, campagne=campagne, contenu=contenu), equipe


def build_priorisation(communes=6, contenu=CONTENU):
    """A choice open to the mairies, its équipe projet, a secretary by commune."""
    priorisation, equipe = build_preparee(communes, contenu)
    demarche = priorisation.campagne.demarche
    mairies = [build_acteur_de(demarche, Role.SECRETAIRE, commune) for commune in list_communes(demarche)]
    return actions.open_priorisation(acteur=equipe, instant=INSTANT, priorisation=priorisation), equipe, mairies


def list_options(priorisation):
    return list(OptionPriorite.objects.filter(priorisation=priorisation).values_list("pk", flat=True))


def vote(acteur, priorisation, notes, version=0, *, depose=True, instant=INSTANT):
    """``notes``: grades in the order of the options; None leaves one out."""
    choix = {o: n for o, n in zip(list_options(priorisation), notes, strict=True) if n is not None}
    return actions.record_bulletin(
        acteur=acteur, instant=instant, priorisation=priorisation, version=version, choix=choix, depose=depose
    )


def close(acteur, priorisation, instant=INSTANT):
    return actions.close_priorisation(acteur=acteur, instant=instant, priorisation=priorisation)
