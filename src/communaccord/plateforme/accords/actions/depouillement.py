"""The opening of the envelopes: by the clock, or by two assesseurs. The engine reads all once, and publishes counts.

The computation holds no row. All that is written is in one transaction: the state, the frozen inputs, the publication,
what each commune alone is shown, what was marked as shared. Clear contents live in memory, for that time, nowhere else.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from communaccord.plateforme.accords import bridge, coffre, rules
from communaccord.plateforme.accords.actions.cles import forget_cles, read_cle_horloge
from communaccord.plateforme.accords.actions.communs import record_tour
from communaccord.plateforme.accords.actions.lettres import tell_table
from communaccord.plateforme.accords.elements import (
    compute_sceau,
    derive_cle_commune,
    lock_a_vous_seule,
    read_element,
    read_pli,
)
from communaccord.plateforme.accords.enums import EtatTour, NatureElement, NaturePartage, Visibilite
from communaccord.plateforme.accords.models import (
    Assesseur,
    AVousSeule,
    Element,
    Enveloppe,
    Partage,
    Reponse,
    Resultat,
    Tour,
    TourScenario,
)
from communaccord.plateforme.accords.phases import check_depouillable
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, Refus, require

Ouvertes = list[tuple[Reponse, list[tuple[Element, ElementSaisi]]]]


def check_opening(tour: Tour, instant: datetime) -> None:
    """After the closing, once the paper envelopes are copied."""
    fresh = Tour.objects.get(pk=tour.pk)
    waiting = Enveloppe.objects.filter(tour=tour).waiting().count()
    decision = check_depouillable(fresh.get_phase(instant), waiting)
    if isinstance(decision, Refus):
        raise Conflit(decision.motif)


def depouiller(*, acteur: Acteur, instant: datetime, tour: Tour) -> Resultat:
    """Open the envelopes of a round that the clock opens. The actor is the clock, and nobody else."""
    require(rules.can_open_plis(acteur, tour))
    check_opening(tour, instant)
    fresh = Tour.objects.with_regle().get(pk=tour.pk)
    ouverture = compute_ouverture(fresh, read_cle_horloge(fresh))
    return publish_ouverture(acteur=acteur, instant=instant, tour=fresh, ouverture=ouverture, ouvert_par="l'horloge")


@dataclass(frozen=True, slots=True)
class Ouverture:
    """The opened answers and what they give, in memory only."""

    ouvertes: Ouvertes = field(repr=False)
    entrees: str = field(repr=False)
    resultats: Mapping[int, bridge.DossierDepouille] = field(repr=False)


def compute_ouverture(tour: Tour, privee: bytes) -> Ouverture:
    """Read every answer and compute. Nothing is written and no row is held: a closed round no longer changes."""
    ouvertes = read_reponses(tour, privee)
    entrees = build_entrees(tour, ouvertes)
    return Ouverture(ouvertes, entrees, bridge.compute_tour(entrees))


@transaction.atomic
def publish_ouverture(
    *, acteur: Acteur, instant: datetime, tour: Tour, ouverture: Ouverture, ouvert_par: str
) -> Resultat:
    """Claim the round, check that nothing came in between, freeze, publish, forget: all of it, or nothing."""
    claimed = Tour.objects.closed(instant).filter(pk=tour.pk)
    if not claimed.update(etat=EtatTour.DEPOUILLE, depouille_le=instant):
        raise Conflit("Ce tour vient d'être dépouillé, ou n'est pas clos : rechargez la page.")
    check_opening_enveloppes(tour)
    check_reponses(tour, ouverture.ouvertes)
    resultat = Resultat.objects.create(
        tour=tour,
        calcule_le=instant,
        ouvert_par=ouvert_par[:500],
        entrees=coffre.seal(bytes(tour.cle_publique), ouverture.entrees, f"entrees:{tour.pk}"),
        empreinte=bridge.compute_empreinte(ouverture.entrees),
        version_moteur=bridge.VERSION,
        publication={"dossiers": {str(dossier): r.publication for dossier, r in ouverture.resultats.items()}},
    )
    write_a_vous_seule(tour, ouverture.ouvertes, ouverture.resultats)
    write_partages(tour, ouverture.ouvertes, instant)
    Assesseur.objects.filter(tour=tour).update(part_en_attente=None)
    record_tour(acteur=acteur, instant=instant, tour=tour, avant=EtatTour.OUVERT, apres=EtatTour.DEPOUILLE)
    phrase = f"a dépouillé le tour « {tour.titre} » et publié le résultat"
    record_acte(acteur=acteur, instant=instant, verbe="depouiller", phrase=phrase, portee=Portee.TABLE, objet=tour)
    sujet = f"{tour.titre} : le résultat est publié"
    seule = "Ce qui réunirait les conditions de votre commune n'est montré qu'à elle."
    tell_table(tour, instant, "resultat", sujet, "Les plis ont été ouverts et le résultat est publié.", seule)
    return resultat


def check_reponses(tour: Tour, ouvertes: Ouvertes) -> None:
    """The answers read are still those of the round: an act begun before the closing may have ended since."""
    now = set(Reponse.objects.filter(tour=tour).validated().values_list("pk", "version"))
    if now != {(reponse.pk, reponse.version) for reponse, _ in ouvertes}:
        raise Conflit("Une réponse acceptée à la dernière seconde vient d'arriver : relancez le dépouillement.")


def check_opening_enveloppes(tour: Tour) -> None:
    """Again, now that the row of the round is held: no envelope came in between."""
    if Enveloppe.objects.filter(tour=tour).waiting().exists():
        raise Conflit("Une enveloppe vient d'être enregistrée : recopiez-la avant d'ouvrir les plis.")


def read_reponses(tour: Tour, privee: bytes) -> Ouvertes:
    """Every validated answer with its counted elements in clear; refused whole when a mark is broken."""
    rows = Reponse.objects.filter(tour=tour).validated().with_tour().prefetch_related("elements")
    return [(reponse, read_counted(reponse, privee)) for reponse in rows.order_by("dossier_id", "commune__code")]


def read_counted(reponse: Reponse, privee: bytes) -> list[tuple[Element, ElementSaisi]]:
    elements = list(reponse.elements.all())
    if compute_sceau(reponse.pk, reponse.version, elements) != reponse.sceau:
        raise coffre.CoffreIllisible(
            f"Le sceau de la réponse n° {reponse.pk} est rompu : elle a été modifiée ailleurs que dans Commun Accord. "
            "Le dépouillement s'arrête ; prévenez la personne qui administre l'installation."
        )
    cle = derive_cle_commune(reponse.commune_id)
    counted = [element for element in elements if element.nature != NatureElement.NOTES]
    return [(e, read_pli(e, reponse, privee) if e.pli is not None else read_element(e, reponse, cle)) for e in counted]


def build_entrees(tour: Tour, ouvertes: Ouvertes) -> str:
    """All that the engine reads, in the order of the dossiers of the round."""
    offres: dict[int, list[str]] = {}
    scenarios = TourScenario.objects.filter(lien__tour=tour).select_related("lien").order_by("lien__ordre", "ordre")
    for row in scenarios:
        offres.setdefault(row.lien.dossier_id, []).append(row.offre)
    anterieurs = build_anterieurs(tour, list(offres))
    return bridge.build_entrees(
        tour=tour.pk,
        nonce=secrets.token_hex(32),
        seuil=tour.regle.seuil,
        dossiers=[
            (
                dossier,
                rows,
                {r.commune.code: [saisi for _, saisi in e] for r, e in ouvertes if r.dossier_id == dossier},
                anterieurs.get(dossier, []),
            )
            for dossier, rows in offres.items()
        ],
    )


def build_anterieurs(tour: Tour, dossiers: Iterable[int]) -> dict[int, list]:
    """For each dossier, the earlier rounds of this démarche that published on it, from the first to the last."""
    wanted = set(dossiers)
    before = Resultat.objects.filter(tour__demarche_id=tour.demarche_id).exclude(tour=tour).order_by("calcule_le", "pk")
    earlier = [resultat.tour_id for resultat in before]
    offres: dict[tuple[int, int], list[str]] = {}
    rows = TourScenario.objects.filter(lien__tour__in=earlier, lien__dossier__in=wanted).select_related("lien")
    for row in rows.order_by("lien__ordre", "ordre"):
        offres.setdefault((row.lien.tour_id, row.lien.dossier_id), []).append(row.offre)
    vues = list_vues_publiques(earlier, wanted)
    rounds: dict[int, list] = {}
    for resultat in before:
        for dossier in sorted(wanted):
            place = (resultat.tour_id, dossier)
            if place in offres:
                publication = resultat.publication["dossiers"][str(dossier)]
                anterieur = bridge.build_anterieur(offres[place], vues.get(place, []), publication)
                rounds.setdefault(dossier, []).append(anterieur)
    return rounds


def list_vues_publiques(tours: list[int], dossiers: set[int]) -> dict[tuple[int, int], list[bridge.VuePublique]]:
    """What the table knows of the answers of earlier rounds; their plis are not opened again."""
    shared = dict(Partage.objects.filter(tour__in=tours, element__isnull=False).values_list("element_id", "contenu"))
    answered = Reponse.objects.filter(tour__in=tours, dossier__in=dossiers).validated().select_related("commune")
    vues: dict[tuple[int, int], list[bridge.VuePublique]] = {}
    for reponse in answered.prefetch_related("elements"):
        rows = list(reponse.elements.all())
        vue = bridge.VuePublique(
            commune=reponse.commune.code,
            partages=[
                ElementSaisi(NatureElement(e.nature), Visibilite.PARTAGE, shared[e.pk], e.rang)
                for e in rows
                if e.pk in shared
            ],
            clauses_sous_pli=sum(e.nature == NatureElement.CLAUSE and e.pk not in shared for e in rows),
        )
        vues.setdefault((reponse.tour_id, reponse.dossier_id), []).append(vue)
    return vues


def write_a_vous_seule(tour: Tour, ouvertes: Ouvertes, results: Mapping[int, bridge.DossierDepouille]) -> None:
    """What each commune alone is shown, locked for it."""
    rows = []
    for reponse, _ in ouvertes:
        row = AVousSeule(tour=tour, dossier_id=reponse.dossier_id, commune_id=reponse.commune_id)
        lock_a_vous_seule(row, results[reponse.dossier_id].a_vous_seule[reponse.commune.code])
        rows.append(row)
    AVousSeule.objects.bulk_create(rows)


def write_partages(tour: Tour, ouvertes: Ouvertes, instant: datetime) -> None:
    """What was marked as shared goes on the table."""
    Partage.objects.bulk_create(
        Partage(
            tour=tour,
            dossier_id=reponse.dossier_id,
            commune_id=reponse.commune_id,
            nature=NaturePartage.ELEMENT,
            element=element,
            contenu=dict(saisi.contenu),
            partage_le=instant,
            partage_par="sa réponse, à l'ouverture",
        )
        for reponse, elements in ouvertes
        for element, saisi in elements
        if element.visibilite == Visibilite.PARTAGE
    )


@transaction.atomic
def declare_non_depouillable(*, acteur: Acteur, instant: datetime, tour: Tour, motif: str) -> None:
    """Say that a closed round cannot be opened (two parts lost, a broken mark), why, to all. Its keys are destroyed."""
    require(rules.can_conduct(acteur, tour.demarche_id))
    if not motif.strip():
        raise Conflit("Dites pourquoi, en une phrase : toute la table la lira.")
    fresh = Tour.objects.with_regle().get(pk=tour.pk)
    closed = Tour.objects.closed(instant).filter(pk=tour.pk)
    if not closed.update(etat=EtatTour.NON_DEPOUILLABLE, motif=motif.strip()[:500]):
        raise Conflit("Seul un tour clos et non dépouillé peut être déclaré non dépouillable.")
    forget_cles(fresh, instant)
    record_tour(
        acteur=acteur,
        instant=instant,
        tour=fresh,
        avant=EtatTour.OUVERT,
        apres=EtatTour.NON_DEPOUILLABLE,
        motif=motif.strip(),
    )
    phrase = f"a déclaré non dépouillable le tour « {fresh.titre} » : {motif.strip()}"
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="declare_non_depouillable",
        phrase=phrase,
        portee=Portee.TABLE,
        objet=fresh,
    )
    sujet = f"{fresh.titre} : les plis ne peuvent pas être ouverts"
    tell_table(fresh, instant, "non-depouillable", sujet, f"Motif : {motif.strip()}", "Un nouveau tour est à ouvrir.")
