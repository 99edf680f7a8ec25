"""The beginning of the story: the démarche founded and confirmed, its people, their codes, its instances."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.hashers import get_hasher

from communaccord.plateforme.comptes.acteurs import build_administration
from communaccord.plateforme.comptes.actions import (
    import_personnes,
    invite_mandats,
    open_mandat,
    replace_code,
    reset_code,
)
from communaccord.plateforme.comptes.actions.personnes import Entree
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.demo.actions import found_demarche_fictive
from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.reglages import CODE
from communaccord.plateforme.demo.territoire import TerritoireFictif
from communaccord.plateforme.demo.territoire.personnes import Chapeau, PersonneFictive, build_personnes
from communaccord.plateforme.territoires.actions import confirm_demarche, enter_demarche_en_cours, set_phases
from communaccord.plateforme.territoires.enums import Phase
from communaccord.plateforme.territoires.models import CommuneMembre

# The codes of the demo are told to everybody: hashing them slowly would protect nothing.
ITERATIONS = 1_000
PERIMETRES = -64
DUREE_CONSULTANT = timedelta(days=365)


def found(territoire: TerritoireFictif, calendrier: Calendrier) -> Gens:
    """Found the démarche, have it confirmed, fill it with its people, give the mayors their codes."""
    fondation, *autres = build_personnes(territoire)
    premier = found_demarche_fictive(
        instant=calendrier.at(-115, "9:00"), territoire=territoire, fondateur=build_entree(fondation, {}, calendrier)
    )
    demarche = premier.personne.demarche
    confirm_demarche(
        acteur=build_administration(demarche),
        instant=calendrier.at(-114, "11:00"),
        demarche=demarche,
        comment="territoire fictif, vérifié par l'administration du site",
    )
    demarche.refresh_from_db()
    add_personnes(Gens(demarche), autres, calendrier)
    gens = Gens(demarche)
    invite_mandats(acteur=gens.dgs, instant=calendrier.at(-111, "16:00"), adresse_site="https://demo.example/")
    give_codes(gens, calendrier)
    reach_perimetres(gens, calendrier)
    return Gens(demarche)


def reach_perimetres(gens: Gens, calendrier: Calendrier) -> None:
    """The dates of the phases as they were, the one reached, the council aimed at and what it leaves to this phase."""
    dates = {
        Phase.ETAT_DES_LIEUX: (calendrier.get_jour(-115), calendrier.get_jour(-90)),
        Phase.ORIENTATIONS: (calendrier.get_jour(-89), calendrier.get_jour(-65)),
    }
    enter_demarche_en_cours(
        acteur=gens.dgs,
        instant=calendrier.at(PERIMETRES, "9:30"),
        phase=Phase.PERIMETRES,
        dates=dates,
        approbation_visee=calendrier.get_jour(86),
    )
    veille = gens.demarche.phases.get(phase=Phase.FORMALISATION).debut - timedelta(days=1)
    suite = {Phase.PERIMETRES: (calendrier.get_jour(PERIMETRES), veille)}
    set_phases(acteur=gens.dgs, instant=calendrier.at(PERIMETRES, "9:45"), dates=suite)


def add_personnes(gens: Gens, personnes: list[PersonneFictive], calendrier: Calendrier) -> None:
    """Enter the whole list at once, then the second and third hats."""
    entrees = [build_entree(personne, gens.communes, calendrier) for personne in personnes]
    instant = calendrier.at(-112, "14:00")
    mandats = import_personnes(acteur=gens.dgs, instant=instant, entrees=entrees)
    for personne, mandat in zip(personnes, mandats, strict=True):
        for chapeau in personne.chapeaux[1:]:
            open_chapeau(gens, mandat, chapeau, calendrier)


def open_chapeau(gens: Gens, mandat: Mandat, chapeau: Chapeau, calendrier: Calendrier) -> None:
    open_mandat(
        acteur=gens.dgs,
        instant=calendrier.at(-112, "15:00"),
        personne=mandat.personne,
        role=Role(chapeau.role),
        commune=gens.communes.get(chapeau.commune),
        fonction=chapeau.fonction,
    )


def build_entree(personne: PersonneFictive, communes: dict[str, CommuneMembre], calendrier: Calendrier) -> Entree:
    """What is said of somebody when they are entered, with their first hat."""
    chapeau = personne.chapeaux[0]
    return Entree(
        nom=personne.nom,
        role=Role(chapeau.role),
        commune=communes.get(chapeau.commune),
        fonction=chapeau.fonction,
        courriel=personne.courriel,
        fin=calendrier.get_jour(0) + DUREE_CONSULTANT if chapeau.role == Role.CONSULTANT else None,
    )


def give_codes(gens: Gens, calendrier: Calendrier) -> None:
    """A provisional code by letter to each mayor, who then chooses theirs."""
    with light_hashing():
        for code in gens.communes:
            maire = gens.maire(code)
            provisoire = reset_code(acteur=gens.dgs, instant=calendrier.at(-110), personne=maire.mandat.personne)
            replace_code(acteur=maire, instant=calendrier.at(-107, "18:30"), ancien=provisoire, nouveau=CODE)


@contextmanager
def light_hashing() -> Iterator[None]:
    """Hash quickly for a while: the imprints tell how they were made, so that they are read as any other.

    A hasher that counts no iterations is left as it is.
    """
    hasher = get_hasher()
    usual = getattr(hasher, "iterations", None)
    if usual is None:
        yield
        return
    hasher.iterations = ITERATIONS
    try:
        yield
    finally:
        hasher.iterations = usual
