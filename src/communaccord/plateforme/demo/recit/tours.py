"""The two rounds: the first closed, opened by the clock and published; the second open, with three assesseurs."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from communaccord.plateforme.accords.actions import (
    accept_assesseur,
    adopt_regle_du_jeu,
    confirm_enveloppe,
    depouiller,
    draw_assesseurs,
    enter_enveloppe,
    open_tour,
    prepare_regle_du_jeu,
    prepare_tour,
    register_enveloppe,
    save_brouillon,
    submit_au_maire,
    validate_reponses,
    veiller,
)
from communaccord.plateforme.accords.enums import ModeOuverture, Origine
from communaccord.plateforme.accords.models import Enveloppe, RegleDuJeu, Reponse, Tour
from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.dossiers import DossierPret
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.reponses import Avis, Voie, plan_premier_tour, plan_second_tour
from communaccord.plateforme.demo.reglages import CODE
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario

OUVERTURE_1, CLOTURE_1 = -58, -43
PREPARATION_2, OUVERTURE_2, CLOTURE_2 = -10, -4, 11
VALIDENT = frozenset({Voie.MAIRE, Voie.SECRETARIAT})
MINUTE = timedelta(minutes=1)


def adopt_regle(gens: Gens, calendrier: Calendrier) -> RegleDuJeu:
    """The règle du jeu, prepared then adopted by the conférence des maires."""
    regle = prepare_regle_du_jeu(acteur=gens.equipe, instant=calendrier.at(-80))
    adopt_regle_du_jeu(
        acteur=gens.equipe,
        instant=calendrier.at(-70, "16:00"),
        regle=regle,
        adoptee_le=calendrier.get_jour(-70),
        adoptee_par="la conférence des maires",
    )
    regle.refresh_from_db()
    return regle


def tell_premier_tour(gens: Gens, calendrier: Calendrier, regle: RegleDuJeu, pret: DossierPret) -> Tour:
    """A round on one dossier, opened by the clock at its closing, once the paper answer is copied and read again."""
    tour = prepare_tour(
        acteur=gens.equipe,
        instant=calendrier.at(OUVERTURE_1 - 4),
        titre="Premier tour : l'instruction des autorisations d'urbanisme",
        regle=regle,
        scenarios=pret.scenarios,
        ouvre_le=calendrier.at(OUVERTURE_1, "8:00"),
        cloture_le=calendrier.at(CLOTURE_1, "18:00"),
        mode=ModeOuverture.HORLOGE,
    )
    tour = open_tour(acteur=gens.equipe, instant=calendrier.at(OUVERTURE_1 - 1), tour=tour)
    veiller(calendrier.at(OUVERTURE_1, "8:05"))
    plan = plan_premier_tour([read_contributions(scenario) for scenario in pret.scenarios])
    answer_tour(gens, tour, plan, calendrier, (OUVERTURE_1 + 2, CLOTURE_1 - 2))
    copy_enveloppes(gens, tour, plan, tour.cloture_le + timedelta(minutes=30))
    depouiller(acteur=gens.horloge, instant=tour.cloture_le + timedelta(minutes=90), tour=tour)
    return Tour.objects.with_regle().get(pk=tour.pk)


def tell_second_tour(gens: Gens, calendrier: Calendrier, precedent: Tour, revu: Scenario, pret: DossierPret) -> Tour:
    """The round open today: the first dossier again, as revised, and another one; two of three assesseurs will open."""
    tour = prepare_tour(
        acteur=gens.equipe,
        instant=calendrier.at(PREPARATION_2),
        titre="Deuxième tour : urbanisme revu, informatique et sauvegardes",
        regle=precedent.regle,
        scenarios=[revu, *pret.scenarios],
        ouvre_le=calendrier.at(OUVERTURE_2, "8:00"),
        cloture_le=calendrier.at(CLOTURE_2, "18:00"),
        mode=ModeOuverture.ASSESSEURS,
        precedent=precedent,
    )
    called = draw_assesseurs(
        acteur=gens.equipe,
        instant=calendrier.at(PREPARATION_2 + 1),
        tour=tour,
        graine="Conférence des maires, tirage en séance (fictif)",
    )
    for assesseur in called:
        accept_assesseur(
            acteur=gens.maire(assesseur.mandat.commune.code),
            instant=calendrier.at(PREPARATION_2 + 3, "12:00"),
            assesseur=assesseur,
            code=CODE,
        )
    tour = open_tour(acteur=gens.equipe, instant=calendrier.at(OUVERTURE_2 - 1), tour=tour)
    veiller(calendrier.at(OUVERTURE_2, "8:05"))
    answer_tour(gens, tour, plan_second_tour(list(gens.communes)), calendrier, (OUVERTURE_2 + 1, -1))
    return tour


def read_contributions(scenario: Scenario) -> dict[str, int]:
    """Cents of the dearest year that the scenario asks of each commune."""
    effets = EffetCommune.objects.filter(scenario=scenario, participe=True).select_related("commune")
    return {effet.commune.code: max(annee["contribution"] for annee in effet.annees) for effet in effets}


def answer_tour(
    gens: Gens, tour: Tour, plan: Mapping[str, Avis], calendrier: Calendrier, jours: tuple[int, int]
) -> None:
    """Each commune answers as planned, between the first and the last of these days, one after the other."""
    rows = Reponse.objects.filter(tour=tour).with_tour().order_by("dossier_id")
    reponses: dict[str, list[Reponse]] = {}
    for row in rows:
        reponses.setdefault(row.commune.code, []).append(row)
    premier, dernier = jours
    for rang, (code, avis) in enumerate(sorted(plan.items())):
        jour = premier + (dernier - premier) * rang // max(len(plan) - 1, 1)
        instant = calendrier.at(jour, f"{9 + rang % 8}:{rang * 7 % 60:02}")
        answer_commune(gens, code, avis, reponses[code], instant)


def answer_commune(gens: Gens, code: str, avis: Avis, reponses: Iterable[Reponse], instant: datetime) -> None:
    """One commune: nothing, an envelope, or a draft that goes as far as the plan says."""
    rows = list(reponses)
    if avis.voie == Voie.RIEN:
        return
    if avis.voie == Voie.PAPIER:
        register_enveloppe(acteur=gens.equipe, instant=instant, tour=rows[0].tour, commune=gens.communes[code])
        return
    written = [write_reponse(gens, code, avis, row, instant) for row in rows]
    if avis.voie in VALIDENT or (avis.voie == Voie.VISITE and rows[0].tour.precedent_id is None):
        validate_reponses(
            acteur=gens.maire(code),
            instant=instant + 40 * MINUTE,
            reponses=[(row, row.version) for row in written],
            code=CODE,
        )


def write_reponse(gens: Gens, code: str, avis: Avis, reponse: Reponse, instant: datetime) -> Reponse:
    """The draft: by the mayor, by the secretary who hands it to the mayor, or by the équipe projet on a visit."""
    is_visite = avis.voie == Voie.VISITE
    auteur = gens.equipe if is_visite else gens.maire(code) if avis.voie == Voie.MAIRE else gens.secretaire(code)
    draft = save_brouillon(
        acteur=auteur,
        instant=instant,
        reponse=reponse,
        version=reponse.version,
        elements=avis.elements,
        origine=Origine.VISITE if is_visite else Origine.EN_LIGNE,
    )
    if avis.voie not in (Voie.SECRETARIAT, Voie.SOUMISE):
        return draft
    return submit_au_maire(acteur=auteur, instant=instant + 20 * MINUTE, reponse=draft, version=draft.version)


def copy_enveloppes(gens: Gens, tour: Tour, plan: Mapping[str, Avis], instant: datetime) -> None:
    """After the closing: the équipe projet copies each envelope, an élu reads it again beside the paper."""
    for enveloppe in Enveloppe.objects.filter(tour=tour).select_related("tour", "commune"):
        copied = dict.fromkeys(tour.dossiers.values_list("pk", flat=True), plan[enveloppe.commune.code].elements)
        enter_enveloppe(acteur=gens.equipe, instant=instant, enveloppe=enveloppe, reponses=copied)
        confirm_enveloppe(acteur=gens.presidence, instant=instant + 15 * MINUTE, enveloppe=enveloppe)
