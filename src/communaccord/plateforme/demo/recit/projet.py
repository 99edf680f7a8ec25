"""The projet de territoire, the précadrage and the charte: written, validated by the COPIL, joined by some."""

from collections.abc import Iterator
from dataclasses import replace

from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.textes_projet import CADRE, CADRE_SUITE, PLAN, SANS_OBJECTIF, SERVIS
from communaccord.plateforme.projet.actions.cadre import edit_cadre, propose_cadre, start_cadre, validate_cadre
from communaccord.plateforme.projet.actions.charte import adopt_charte, join_charte, read_proposees, start_charte
from communaccord.plateforme.projet.actions.import_plan import import_plan
from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.lecture.charte import compute_empreinte
from communaccord.plateforme.projet.lecture.plans import ElementLu
from communaccord.plateforme.projet.models import Objectif

COPIL = "Comité de pilotage"
PLAN_IMPORTE, CADRE_OUVERT, CADRE_VALIDE, CHARTE_ADOPTEE, CADRE_REVU = -106, -105, -102, -96, -6
REJOIGNENT = ("F002", "F003", "F004", "F006", "F009", "F013")


def tell_projet(gens: Gens, calendrier: Calendrier) -> dict[str, int]:
    """Import the plan, validate the frame, adopt the charte; key of each dossier -> the objectif that it serves."""
    elements = list(list_elements(gens))
    import_plan(acteur=gens.equipe, instant=calendrier.at(PLAN_IMPORTE), elements=elements, remplacer=False)
    tell_cadre(gens, calendrier)
    tell_charte(gens, calendrier)
    titres = dict(Objectif.objects.filter(demarche=gens.demarche).values_list("titre", "pk"))
    return {cle: titres[titre] for cle, titre in SERVIS.items()}


def list_elements(gens: Gens) -> Iterator[ElementLu]:
    """The plan as a file would tell it."""
    for orientation, objectifs in PLAN.items():
        yield ElementLu(Niveau.ORIENTATION, orientation)
        for objectif, actions in objectifs.items():
            yield ElementLu(Niveau.OBJECTIF, objectif, orientation)
            for action in actions:
                yield build_action(gens, action, orientation, objectif)
    yield build_action(gens, SANS_OBJECTIF)


def build_action(
    gens: Gens, action: tuple[str, str, str, str, str], orientation: str = "", objectif: str = ""
) -> ElementLu:
    titre, code, pilote, echeance, etat = action
    return ElementLu(
        Niveau.ACTION,
        titre,
        orientation,
        objectif,
        porteur=gens.maire(code).mandat.personne.nom,
        pilote=pilote,
        echeance=echeance,
        etat=etat,
    )


def tell_cadre(gens: Gens, calendrier: Calendrier) -> None:
    """A first version, proposed, then validated by the COPIL."""
    equipe, ouverture = gens.equipe, calendrier.at(CADRE_OUVERT)
    cadre = start_cadre(acteur=equipe, instant=ouverture)
    cadre = edit_cadre(
        acteur=equipe, instant=calendrier.at(CADRE_OUVERT, "16:00"), cadre=cadre, version=cadre.version, contenu=CADRE
    )
    propose_cadre(acteur=equipe, instant=calendrier.at(CADRE_OUVERT + 1), cadre=cadre)
    validate_cadre(
        acteur=gens.presidence,
        instant=calendrier.at(CADRE_VALIDE, "20:00"),
        cadre=cadre,
        version=cadre.version,
        jour=calendrier.get_jour(CADRE_VALIDE),
        instance=COPIL,
    )


def tell_charte(gens: Gens, calendrier: Calendrier) -> None:
    """The charte as the frame and the plan propose it, adopted, then joined by some mayors."""
    charte = start_charte(acteur=gens.equipe, instant=calendrier.at(CADRE_VALIDE + 1))
    adopt_charte(
        acteur=gens.presidence,
        instant=calendrier.at(CHARTE_ADOPTEE, "20:30"),
        charte=charte,
        lu=compute_empreinte(read_proposees(gens.equipe)),
        jour=calendrier.get_jour(CHARTE_ADOPTEE),
        instance=COPIL,
    )
    for rang, code in enumerate(code for code in REJOIGNENT if code in gens.communes):
        join_charte(acteur=gens.maire(code), instant=calendrier.at(CHARTE_ADOPTEE + 1 + rang), charte=charte)


def revise_cadre(gens: Gens, calendrier: Calendrier) -> None:
    """A second version, still being written: what the agents gain is said."""
    cadre = start_cadre(acteur=gens.equipe, instant=calendrier.at(CADRE_REVU))
    contenu = replace(CADRE, objectifs=CADRE_SUITE, services_inclus=(*CADRE.services_inclus, "ressources_humaines"))
    edit_cadre(
        acteur=gens.equipe,
        instant=calendrier.at(CADRE_REVU, "15:00"),
        cadre=cadre,
        version=cadre.version,
        contenu=contenu,
    )
