"""The story of the demo: a démarche told through the acts of its people, with days counted back from now.

Nothing here writes a row of a démarche by itself: each act is that of a person (or of the clock), with its right, its
phase and its line in the journal, as on the site.
"""

from datetime import datetime

from django.db import transaction

from communaccord.plateforme.demo.actions import open_portes, settle_courriels
from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.collecte import fill_collecte, freeze_reference, open_collecte
from communaccord.plateforme.demo.recit.conseil import follow_conseil
from communaccord.plateforme.demo.recit.dossiers import revise_scenario, tell_dossiers
from communaccord.plateforme.demo.recit.flux import tell_flux
from communaccord.plateforme.demo.recit.fondation import found
from communaccord.plateforme.demo.recit.formes import tell_formes
from communaccord.plateforme.demo.recit.priorites import tell_priorites
from communaccord.plateforme.demo.recit.projet import revise_cadre, tell_projet
from communaccord.plateforme.demo.recit.rapport import tell_rapport
from communaccord.plateforme.demo.recit.seances import convoke_prochain_copil, install_instances, tell_seances
from communaccord.plateforme.demo.recit.textes import URBANISME
from communaccord.plateforme.demo.recit.tours import adopt_regle, tell_premier_tour, tell_second_tour
from communaccord.plateforme.demo.territoire import build_territoire
from communaccord.plateforme.instances.enums import TypeInstance
from communaccord.plateforme.territoires.models import Demarche

JOUR_REVISION = -17


@transaction.atomic
def tell_demo(*, maintenant: datetime, grande: bool = False) -> Demarche:
    """Tell the whole story, or nothing at all, and return its démarche."""
    territoire = build_territoire(grande=grande)
    calendrier = Calendrier(maintenant)
    gens = found(territoire, calendrier)
    instances = install_instances(gens, territoire, calendrier)
    objectifs = tell_projet(gens, calendrier)
    campagne = open_collecte(gens, territoire, calendrier)
    fill_collecte(gens, territoire, calendrier, campagne)
    tell_flux(gens, territoire, calendrier, campagne)
    freeze_reference(gens, calendrier, campagne)
    tell_priorites(gens, calendrier, campagne)
    dossiers = tell_dossiers(gens, territoire, calendrier, objectifs)
    tell_formes(gens, calendrier, dossiers)
    regle = adopt_regle(gens, calendrier)
    premier = tell_premier_tour(gens, calendrier, regle, dossiers["urbanisme"])
    tell_seances(gens, instances, calendrier, dossiers, premier)
    follow_conseil(gens, calendrier, instances[TypeInstance.CONSEIL_COMMUNAUTAIRE])
    revu = revise_scenario(gens, calendrier, dossiers["urbanisme"].scenarios[0], URBANISME, JOUR_REVISION)
    tell_rapport(gens, calendrier, dossiers, revu)
    revise_cadre(gens, calendrier)
    second = tell_second_tour(gens, calendrier, premier, revu, dossiers["informatique"])
    convoke_prochain_copil(gens, calendrier, dossiers, second)
    open_portes(gens.demarche)
    settle_courriels(gens.demarche)
    return gens.demarche
