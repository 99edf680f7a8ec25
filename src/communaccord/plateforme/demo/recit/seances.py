"""Instances and their séances: one COPIL held, prepared by its COTECH; one to come."""

from collections.abc import Sequence
from datetime import datetime

from communaccord.plateforme.accords.models import Resultat, Tour
from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.dossiers import DossierPret
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.poles import form_poles, is_grande, seat_poles
from communaccord.plateforme.demo.reglages import CODE
from communaccord.plateforme.demo.territoire import TerritoireFictif
from communaccord.plateforme.dossiers.bridge.offre import get_identifiant
from communaccord.plateforme.instances.actions import (
    LignePresence,
    SaisieReserve,
    SaisieSuite,
    accept_propositions,
    add_point,
    answer_convocation,
    build_projet,
    compute_empreinte,
    convoke_seance,
    create_seance,
    hold_seance,
    record_conclusion,
    record_presences,
    validate_releve,
)
from communaccord.plateforme.instances.enums import EtatPresence, TypeInstance, TypePoint
from communaccord.plateforme.instances.enums import Reponse as ReponseConvocation
from communaccord.plateforme.instances.models import Instance, Point, Seance
from communaccord.plateforme.instances.queries import list_lignes

INSTANCES = (
    "cotech",
    "bureau",
    "conference_des_maires",
    "groupe_de_travail",
    "conseil_communautaire",
)
ADRESSE = "https://demo.example/"
SIEGE = "Siège de l'intercommunalité, salle du conseil (fictif)"
COTECH, COPIL, PROCHAIN = -37, -32, 17
EXCUSEES, REPRESENTEES, ABSENTES = (5, 14), (9,), (23,)


def install_instances(gens: Gens, territoire: TerritoireFictif, calendrier: Calendrier) -> dict[str, Instance]:
    """Install what the démarche proposes, but one conseil municipal a commune; by type."""
    grande = is_grande(territoire)
    if grande:
        form_poles(gens, territoire, calendrier)
    choix = ("copil_poles" if grande else "copil", *INSTANCES)
    accept_propositions(acteur=gens.dgs, instant=calendrier.at(-105), choix=choix)
    rows = Instance.objects.filter(demarche=gens.demarche).with_composition()
    instances = {instance.type: instance for instance in rows}
    if grande:
        seat_poles(gens, instances[TypeInstance.COPIL], calendrier)
    return instances


def tell_seances(
    gens: Gens, instances: dict[str, Instance], calendrier: Calendrier, dossiers: dict[str, DossierPret], tour: Tour
) -> None:
    """What follows the first round: the COTECH prepares, the COPIL concludes."""
    hold_cotech(gens, calendrier, instances[TypeInstance.COTECH], dossiers["urbanisme"], tour)
    hold_copil(gens, calendrier, instances[TypeInstance.COPIL], dossiers["urbanisme"], tour)


def write_resultat(tour: Tour, pret: DossierPret) -> str:
    """The published sentences of a round on a dossier, one a scenario."""
    publication = Resultat.objects.get(tour=tour).publication["dossiers"][str(pret.dossier.pk)]
    phrases = {compte["identifiant"]: compte["phrase"] for compte in publication["scenarios"]}
    return " ".join(f"Scénario {s.lettre} : {phrases[get_identifiant(s.pk)]}" for s in pret.scenarios)


def convoke(gens: Gens, calendrier: Calendrier, seance: Seance, jour: int) -> Seance:
    convoke_seance(acteur=gens.equipe, instant=calendrier.at(jour), seance=seance, adresse=ADRESSE)
    return Seance.objects.select_related("instance__demarche").get(pk=seance.pk)


def note_presences(gens: Gens, seance: Seance, instant: datetime) -> None:
    """Everybody was there, but for a few communes."""
    lignes = []
    for rang, ligne in enumerate(list_lignes(seance)):
        etat, par_qui = EtatPresence.PRESENT, ""
        if ligne.commune_id is not None and rang in EXCUSEES:
            etat = EtatPresence.EXCUSE
        elif ligne.commune_id is not None and rang in REPRESENTEES:
            etat, par_qui = EtatPresence.REPRESENTE, "première adjointe ou premier adjoint"
        elif ligne.commune_id is not None and rang in ABSENTES:
            etat = EtatPresence.ABSENT
        lignes.append(LignePresence(cle=ligne.cle, etat=etat, par_qui=par_qui))
    record_presences(acteur=gens.equipe, instant=instant, seance=seance, lignes=lignes)


def conclude(
    gens: Gens,
    calendrier: Calendrier,
    point: Point,
    jour: int,
    conclusion: str,
    reserves: Sequence[SaisieReserve] = (),
    suites: Sequence[SaisieSuite] = (),
) -> None:
    record_conclusion(
        acteur=gens.equipe,
        instant=calendrier.at(jour, "19:30"),
        point=point,
        version=point.version,
        conclusion=conclusion,
        reserves=reserves,
        suites=suites,
    )


def hold_cotech(gens: Gens, calendrier: Calendrier, cotech: Instance, pret: DossierPret, tour: Tour) -> None:
    """The COTECH reads the result and prepares the item of the COPIL."""
    seance = create_seance(
        acteur=gens.equipe,
        instant=calendrier.at(COTECH - 5),
        instance=cotech,
        debut=calendrier.at(COTECH, "14:00"),
        lieu=SIEGE,
        presidence=gens.dgs.mandat,
    )
    point = add_point(
        acteur=gens.equipe,
        instant=calendrier.at(COTECH - 5, "11:00"),
        seance=seance,
        titre="Urbanisme : lecture du résultat du premier tour",
        type=TypePoint.AVIS,
        dossier=pret.dossier,
        tour=tour,
        presente_par="Direction de l'urbanisme",
        duree_minutes=45,
    )
    seance = convoke(gens, calendrier, seance, COTECH - 4)
    note_presences(gens, seance, calendrier.at(COTECH, "14:10"))
    hold_seance(acteur=gens.equipe, instant=calendrier.at(COTECH, "16:00"), seance=seance)
    conclude(
        gens,
        calendrier,
        point,
        COTECH,
        "Proposer au COPIL d'étudier une part plus forte de l'intercommunalité, et de préciser l'accueil dans les "
        "bourgs.",
    )


def hold_copil(gens: Gens, calendrier: Calendrier, copil: Instance, pret: DossierPret, tour: Tour) -> None:
    """A COPIL from its agenda to its relevé validated by the présidence."""
    seance = create_seance(
        acteur=gens.equipe,
        instant=calendrier.at(COPIL - 8),
        instance=copil,
        debut=calendrier.at(COPIL, "18:00"),
        lieu=SIEGE,
    )
    information, point = write_agenda(gens, calendrier, seance, pret, tour)
    seance = convoke(gens, calendrier, seance, COPIL - 3)
    note_presences(gens, seance, calendrier.at(COPIL, "18:10"))
    hold_seance(acteur=gens.equipe, instant=calendrier.at(COPIL, "19:15"), seance=seance)
    conclude(gens, calendrier, information, COPIL, "Le COPIL prend connaissance de l'avancement et du calendrier.")
    conclude(
        gens,
        calendrier,
        point,
        COPIL,
        "Le COPIL souhaite un deuxième tour sur un scénario A revu, où l'intercommunalité prend une part plus forte "
        "du coût, et demande que l'accueil dans les bourgs soit précisé.",
        reserves=[
            SaisieReserve(gens.communes["F001"], "La commune-centre attend de connaître la part de l'intercommunalité.")
        ],
        suites=[
            SaisieSuite("Revoir le scénario A", "Direction de l'urbanisme", calendrier.get_jour(-16)),
            SaisieSuite("Préparer le deuxième tour", "Mission mutualisation", calendrier.get_jour(-10)),
        ],
    )
    validate_copil(gens, calendrier, seance)


def write_agenda(
    gens: Gens, calendrier: Calendrier, seance: Seance, pret: DossierPret, tour: Tour
) -> tuple[Point, Point]:
    """Two items: where the démarche stands, and what follows the round."""
    information = add_point(
        acteur=gens.equipe,
        instant=calendrier.at(COPIL - 8, "10:30"),
        seance=seance,
        titre="Où en est la démarche",
        presente_par="Mission mutualisation",
        duree_minutes=15,
    )
    point = add_point(
        acteur=gens.equipe,
        instant=calendrier.at(COPIL - 4, "10:30"),
        seance=seance,
        titre="Urbanisme : suites du premier tour de consultation",
        type=TypePoint.AVIS,
        dossier=pret.dossier,
        tour=tour,
        presente_par="Vice-présidence, Direction de l'urbanisme",
        presentation="Le COTECH propose d'étudier une part plus forte de l'intercommunalité.",
        resultat_tour=write_resultat(tour, pret),
        duree_minutes=60,
    )
    return information, point


def validate_copil(gens: Gens, calendrier: Calendrier, seance: Seance) -> None:
    instant = calendrier.at(COPIL + 3, "9:00")
    fresh = Seance.objects.select_related("instance__demarche").get(pk=seance.pk)
    lu = compute_empreinte(build_projet(fresh, instant))
    validate_releve(acteur=gens.presidence, instant=instant, seance=fresh, code=CODE, lu=lu)


def convoke_prochain_copil(gens: Gens, calendrier: Calendrier, dossiers: dict[str, DossierPret], tour: Tour) -> None:
    """The COPIL to come, convened with its agenda; a third has answered."""
    copil = Instance.objects.with_composition().get(demarche=gens.demarche, type=TypeInstance.COPIL)
    seance = create_seance(
        acteur=gens.equipe,
        instant=calendrier.at(-7),
        instance=copil,
        debut=calendrier.at(PROCHAIN, "18:00"),
        lieu=SIEGE,
        reponse_avant=calendrier.get_jour(PROCHAIN - 5),
    )
    for cle, titre in (("urbanisme", "Urbanisme : résultat du deuxième tour"), ("informatique", "Informatique")):
        add_point(
            acteur=gens.equipe,
            instant=calendrier.at(-7, "11:00"),
            seance=seance,
            titre=titre,
            type=TypePoint.AVIS,
            dossier=dossiers[cle].dossier,
            tour=tour,
            presente_par=dossiers[cle].dossier.pilote,
            duree_minutes=45,
        )
    seance = convoke(gens, calendrier, seance, -4)
    answer_convocations(gens, calendrier, seance)


def answer_convocations(gens: Gens, calendrier: Calendrier, seance: Seance) -> None:
    """One mayor in three has answered, one of them is excused, another sends an adjoint."""
    rows = [row for row in seance.convocations.with_mandat() if row.mandat.commune is not None]
    for rang, row in enumerate(rows[::3]):
        reponse, par_qui = ReponseConvocation.PRESENT, ""
        if rang == 1:
            reponse = ReponseConvocation.EXCUSE
        elif rang == 2:
            reponse, par_qui = ReponseConvocation.REPRESENTE, "première adjointe ou premier adjoint"
        answer_convocation(
            acteur=gens.maire(row.mandat.commune.code),
            instant=calendrier.at(-2, f"{8 + rang % 10}:15"),
            convocation=row,
            reponse=reponse,
            par_qui=par_qui,
        )
