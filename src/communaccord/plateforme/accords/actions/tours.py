"""The life of a round until its closing: prepared, launched with frozen figures and a key, extended, abandoned."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from communaccord.plateforme.accords import bridge, coffre, queries, rules
from communaccord.plateforme.accords.actions.cles import forget_cles
from communaccord.plateforme.accords.actions.communs import check_ouverte, record_tour
from communaccord.plateforme.accords.actions.lettres import tell_table
from communaccord.plateforme.accords.enums import (
    NOMBRE_ASSESSEURS,
    EtatAssesseur,
    EtatTour,
    ModeOuverture,
)
from communaccord.plateforme.accords.models import (
    Assesseur,
    RegleDuJeu,
    Reponse,
    Tour,
    TourDossier,
    TourScenario,
)
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.enums import EtatDossier
from communaccord.plateforme.dossiers.models import Scenario
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle import typographie
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import Demarche

LANCE = "Ce tour n'est plus en préparation : rechargez la page pour voir où il en est."


@transaction.atomic
def prepare_tour(
    *,
    acteur: Acteur,
    instant: datetime,
    titre: str,
    regle: RegleDuJeu,
    scenarios: Sequence[Scenario],
    ouvre_le: datetime,
    cloture_le: datetime,
    mode: str = "",
    precedent: Tour | None = None,
) -> Tour:
    """Prepare a round on these frozen scenarios, in this order; ``mode`` defaults to that of the rule.

    With ``precedent``, the round follows another of the démarche, which must be over.
    """
    require(rules.can_conduct(acteur, regle.demarche_id))
    check_reglages(acteur, titre, scenarios, ouvre_le, cloture_le)
    if precedent is not None:
        require(rules.check_demarche(acteur, precedent.demarche_id))
        if precedent.etat in (EtatTour.PREPARATION, EtatTour.OUVERT):
            raise Conflit("Le tour précédent n'est pas terminé : attendez son dépouillement, ou abandonnez-le.")
    Demarche.objects.select_for_update().get(pk=acteur.demarche_id)
    numero = (Tour.objects.visible_to(acteur).aggregate(m=Max("numero"))["m"] or 0) + 1
    tour = Tour.objects.create(
        demarche=acteur.demarche,
        numero=numero,
        titre=titre.strip(),
        regle=regle,
        precedent=precedent,
        mode=mode or regle.mode_ouverture,
        ouvre_le=ouvre_le,
        cloture_le=cloture_le,
        prepare_le=instant,
    )
    write_scenarios(tour, scenarios)
    record_tour(acteur=acteur, instant=instant, tour=tour, avant="", apres=EtatTour.PREPARATION)
    journal(acteur, instant, tour, "prepare_tour", f"a préparé le tour « {tour.titre} »", Portee.EQUIPE)
    return tour


@transaction.atomic
def change_tour(
    *,
    acteur: Acteur,
    instant: datetime,
    tour: Tour,
    titre: str,
    regle: RegleDuJeu,
    scenarios: Sequence[Scenario],
    ouvre_le: datetime,
    cloture_le: datetime,
    mode: str,
) -> None:
    """Change a round while it is prepared. The mode stays once assesseurs are drawn."""
    require(rules.can_conduct(acteur, tour.demarche_id))
    require(rules.check_demarche(acteur, regle.demarche_id))
    check_reglages(acteur, titre, scenarios, ouvre_le, cloture_le)
    if mode not in ModeOuverture.values:
        raise Conflit("Dites comment les plis sont ouverts : par l'horloge ou par les assesseurs.")
    preparing = Tour.objects.filter(Q(graine="") | Q(mode=mode), pk=tour.pk, etat=EtatTour.PREPARATION)
    if not preparing.update(titre=titre.strip(), regle=regle, ouvre_le=ouvre_le, cloture_le=cloture_le, mode=mode):
        raise Conflit(f"{LANCE} Après le tirage au sort des assesseurs, la façon d'ouvrir les plis ne change plus.")
    TourDossier.objects.filter(tour=tour).delete()
    write_scenarios(tour, scenarios)
    journal(
        acteur, instant, tour, "change_tour", f"a modifié le tour en préparation « {titre.strip()} »", Portee.EQUIPE
    )


def check_reglages(
    acteur: Acteur, titre: str, scenarios: Sequence[Scenario], ouvre_le: datetime, cloture_le: datetime
) -> None:
    """Sentences for what a form can get wrong."""
    if not titre.strip():
        raise Conflit("Donnez un titre au tour.")
    if cloture_le <= ouvre_le:
        raise Conflit("Un tour se clôt après s'être ouvert : vérifiez les deux dates.")
    if not scenarios:
        raise Conflit("Choisissez au moins un dossier, avec un scénario figé.")
    for scenario in scenarios:
        require(rules.check_demarche(acteur, scenario.dossier.demarche_id))


def write_scenarios(tour: Tour, scenarios: Sequence[Scenario]) -> None:
    """The dossiers in the order of their first scenario, each with its scenarios in the order given."""
    liens: dict[int, TourDossier] = {}
    for ordre, scenario in enumerate(dict.fromkeys(scenarios), start=1):
        if scenario.dossier_id not in liens:
            liens[scenario.dossier_id] = TourDossier.objects.create(
                tour=tour, dossier_id=scenario.dossier_id, ordre=len(liens) + 1
            )
        TourScenario.objects.create(lien=liens[scenario.dossier_id], scenario=scenario, ordre=ordre)


def open_tour(*, acteur: Acteur, instant: datetime, tour: Tour) -> Tour:
    """Launch a round: it takes answers from its opening date (at once when that date is past).

    The figures of the scenarios are frozen, the key is made (and split between the assesseurs, then forgotten, where
    they open), one answer to prepare is laid before each commune for each dossier.
    """
    require(rules.can_conduct(acteur, tour.demarche_id))
    with transaction.atomic():
        preparing = Tour.objects.filter(pk=tour.pk, etat=EtatTour.PREPARATION)
        # Hold the row first: its settings are those that are checked.
        if not preparing.update(etat=EtatTour.PREPARATION):
            raise Conflit(LANCE)
        fresh = Tour.objects.with_regle().get(pk=tour.pk)
        check_lancement(acteur, fresh, instant)
        ouvre_le = max(fresh.ouvre_le, instant)
        preparing.update(etat=EtatTour.OUVERT, ouvre_le=ouvre_le, **make_cle(fresh))
        fresh.refresh_from_db(fields=("etat", "ouvre_le", "cle_publique", "cle_privee", "empreinte_coffre"))
        freeze_scenarios(fresh)
        lay_reponses(fresh)
        record_tour(acteur=acteur, instant=instant, tour=fresh, avant=EtatTour.PREPARATION, apres=EtatTour.OUVERT)
        quand = typographie.moment(fresh.cloture_le, fresh.demarche.fuseau)
        phrase = f"a lancé le tour « {fresh.titre} », qui se clôt le {quand}"
        journal(acteur, instant, fresh, "open_tour", phrase, Portee.TABLE)
    return fresh


def make_cle(tour: Tour) -> dict[str, object]:
    """The key pair of the round; its private half locked for the clock, or split between the assesseurs."""
    paire = coffre.create_paire()
    locked = None
    if tour.mode == ModeOuverture.HORLOGE:
        locked = coffre.lock(coffre.derive_cle("tour", str(tour.pk)), paire.privee.hex(), f"tour:{tour.pk}")
    else:
        give_parts(tour, paire.privee)
    return {
        "cle_publique": paire.publique,
        "cle_privee": locked,
        "empreinte_coffre": coffre.compute_empreinte_coffre(),
    }


def give_parts(tour: Tour, privee: bytes) -> None:
    assesseurs = list(Assesseur.objects.filter(tour=tour, etat=EtatAssesseur.ACCEPTE).order_by("rang"))
    if len(assesseurs) != NOMBRE_ASSESSEURS:
        raise Conflit(
            f"Trois maires assesseurs doivent avoir accepté avec leur code : {len(assesseurs)} à ce jour. Relancez les "
            "personnes désignées, ou enregistrez leur refus pour appeler la suivante du tirage."
        )
    for assesseur, part in zip(assesseurs, coffre.split_cle(privee), strict=True):
        assesseur.part_scellee = coffre.seal(bytes(assesseur.cle_publique), part, f"part:{tour.pk}:{assesseur.pk}")
    Assesseur.objects.bulk_update(assesseurs, ["part_scellee"])


def check_lancement(acteur: Acteur, tour: Tour, instant: datetime) -> None:
    """What must be true of a round before it takes answers."""
    check_ouverte(tour.demarche)
    check_regle(acteur, tour)
    if tour.cloture_le <= max(instant, tour.ouvre_le):
        raise Conflit("La date de clôture est déjà passée : choisissez-en une autre avant de lancer le tour.")
    dossiers = list(tour.dossiers.all())
    for dossier in dossiers:
        if dossier.etat != EtatDossier.PRESENTE:
            raise Conflit(f"Le dossier « {dossier.titre} » n'est pas présenté : présentez-le avant de lancer le tour.")
    others = TourDossier.objects.filter(dossier__in=dossiers, tour__etat=EtatTour.OUVERT).exclude(tour=tour)
    if (other := others.select_related("tour", "dossier").first()) is not None:
        raise Conflit(
            f"Le dossier « {other.dossier.titre} » est déjà dans le tour « {other.tour.titre} », "
            "qui n'est pas dépouillé."
        )


def check_regle(acteur: Acteur, tour: Tour) -> None:
    """The rule of the round is the one in force, and the round opens its plis as it says, or by more hands."""
    if tour.regle.adoptee_le is None:
        raise Conflit(
            "La règle du jeu n'est pas encore adoptée : enregistrez son adoption par la conférence des maires."
        )
    latest = queries.get_regle_en_vigueur(acteur)
    if latest is not None and latest != tour.regle:
        raise Conflit(
            f"La version {latest.version} de la règle du jeu a été adoptée depuis : choisissez-la dans les réglages du "
            "tour avant de le lancer."
        )
    if tour.mode == ModeOuverture.HORLOGE and tour.regle.mode_ouverture == ModeOuverture.ASSESSEURS:
        raise Conflit(
            "La règle du jeu confie l'ouverture des plis à trois maires assesseurs : choisissez cette façon d'ouvrir "
            "dans les réglages du tour, puis tirez-les au sort."
        )


def freeze_scenarios(tour: Tour) -> None:
    rows = list(TourScenario.objects.filter(lien__tour=tour).select_related("scenario__dossier"))
    frozen = set(Scenario.objects.frozen().filter(pk__in=[r.scenario_id for r in rows]).values_list("pk", flat=True))
    for row in rows:
        if row.scenario_id not in frozen:
            raise Conflit(
                f"Le {row.scenario} de « {row.scenario.dossier.titre} » n'est pas figé, ou une version plus récente le "
                "remplace : choisissez un scénario figé."
            )
    for row, (offre, empreinte) in zip(rows, bridge.freeze_scenarios([r.scenario for r in rows]), strict=True):
        row.offre, row.empreinte = offre, empreinte
    TourScenario.objects.bulk_update(rows, ["offre", "empreinte"])


def lay_reponses(tour: Tour) -> None:
    dossiers = list(tour.dossiers.values_list("pk", flat=True))
    communes = list(tour.demarche.communes.values_list("pk", flat=True))
    Reponse.objects.bulk_create(
        Reponse(tour=tour, dossier_id=dossier, commune_id=commune) for dossier in dossiers for commune in communes
    )


@transaction.atomic
def extend_cloture(*, acteur: Acteur, instant: datetime, tour: Tour, cloture_le: datetime, motif: str) -> None:
    """Put the closing off, before it comes, with a reason told to the whole table."""
    require(rules.can_conduct(acteur, tour.demarche_id))
    check_motif(motif)
    running = Tour.objects.filter(pk=tour.pk, etat=EtatTour.OUVERT, cloture_le__gt=instant)
    if not running.filter(cloture_le__lt=cloture_le).update(cloture_le=cloture_le):
        raise Conflit("La clôture ne peut être que reportée, et avant d'être passée : vérifiez la nouvelle date.")
    fresh = Tour.objects.with_regle().get(pk=tour.pk)
    quand = typographie.moment(cloture_le, fresh.demarche.fuseau, semaine=True)
    record_tour(
        acteur=acteur, instant=instant, tour=fresh, avant=EtatTour.OUVERT, apres=EtatTour.OUVERT, motif=motif.strip()
    )
    phrase = f"a reporté la clôture du tour « {fresh.titre} » au {quand} : {motif.strip()}"
    journal(acteur, instant, fresh, "extend_cloture", phrase, Portee.TABLE)
    sujet = f"{fresh.titre} : la clôture est reportée au {quand}"
    tell_table(fresh, instant, f"report-{cloture_le:%Y%m%d%H%M}", sujet, f"{sujet}.", f"Motif : {motif.strip()}")


@transaction.atomic
def abandon_tour(*, acteur: Acteur, instant: datetime, tour: Tour, motif: str) -> None:
    """Stop a round before it is opened, with a reason told to all. Its keys are destroyed: its plis stay closed."""
    require(rules.can_conduct(acteur, tour.demarche_id))
    check_motif(motif)
    before = Tour.objects.with_regle().get(pk=tour.pk)
    stoppable = Tour.objects.filter(pk=tour.pk, etat=before.etat, etat__in=(EtatTour.PREPARATION, EtatTour.OUVERT))
    if not stoppable.update(etat=EtatTour.ABANDONNE, motif=motif.strip()[:500]):
        raise Conflit("Ce tour est déjà terminé : il ne peut plus être abandonné.")
    forget_cles(before, instant)
    record_tour(
        acteur=acteur, instant=instant, tour=before, avant=before.etat, apres=EtatTour.ABANDONNE, motif=motif.strip()
    )
    phrase = f"a abandonné le tour « {before.titre} » : {motif.strip()}"
    journal(acteur, instant, before, "abandon_tour", phrase, Portee.TABLE)
    if before.etat == EtatTour.OUVERT:
        sujet = f"{before.titre} : le tour est abandonné"
        rien = "Les plis déjà scellés ne seront jamais ouverts : leur clé est détruite."
        tell_table(before, instant, "abandon", sujet, f"Motif : {motif.strip()}", rien)


def check_motif(motif: str) -> None:
    if not motif.strip():
        raise Conflit("Dites pourquoi, en une phrase : toute la table la lira.")


def journal(acteur: Acteur, instant: datetime, tour: Tour, verbe: str, phrase: str, portee: Portee) -> None:
    record_acte(acteur=acteur, instant=instant, verbe=verbe, phrase=phrase, portee=portee, objet=tour)
