"""Reading a campaign: the questionnaire, the sheets and how far they are filled, questions and proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.diagnostic.enums import EtatCampagne, EtatFiche, EtatProposition, Volet
from communaccord.plateforme.diagnostic.models import (
    Campagne,
    Fiche,
    HistoriqueCampagne,
    HistoriqueFiche,
    Ligne,
    PropositionLigne,
    QuestionLigne,
    Reponse,
)
from communaccord.plateforme.territoires.models import Demarche


def find_campagne(demarche: Demarche | int) -> Campagne | None:
    """The campaign that is running (or being prepared); else the last one; None: there was none. One query."""
    demarche_id = demarche if isinstance(demarche, int) else demarche.pk
    rows = list(Campagne.objects.filter(demarche_id=demarche_id).select_related("demarche"))
    return next((row for row in rows if row.etat != EtatCampagne.CLOSE), rows[0] if rows else None)


def find_campagne_of(acteur: Acteur, pk: int) -> Campagne | None:
    return Campagne.objects.visible_to(acteur).select_related("demarche").filter(pk=pk).first()


def list_reponses(campagne: Campagne) -> list[dict[str, Any]]:
    """Every answer given in a campaign, in one query of raw rows: whoever shows them masks them first.

    Keys: ``commune_id`` (None: the intercommunalité), ``fiche_id``, ``etat`` (of the sheet), ``ligne_id``, ``cle``,
    ``volet``, ``type``, ``service``, ``valeurs``, ``inconnu``, ``annee``, ``source``, ``qualite``, ``origine``.
    """
    rows = Reponse.objects.filled().filter(fiche__campagne=campagne, ligne__retiree=False)
    names = {
        "commune_id": "fiche__commune_id",
        "etat": "fiche__etat",
        "cle": "ligne__cle",
        "volet": "ligne__volet",
        "type": "ligne__type",
        "service": "ligne__service",
    }
    plain = ("fiche_id", "ligne_id", "valeurs", "inconnu", "annee", "source", "qualite", "origine")
    found = rows.order_by("fiche__commune__cle_tri", "fiche_id", "ligne__rang").values(*plain, *names.values())
    return [{**{nom: row[nom] for nom in plain}, **{cle: row[nom] for cle, nom in names.items()}} for row in found]


def list_lignes(campagne: Campagne, *, retirees: bool = False) -> list[Ligne]:
    """The lines of the questionnaire, part by part in their order; those withdrawn too when asked. One query."""
    rows = Ligne.objects.filter(campagne=campagne)
    return sort_lignes(rows if retirees else rows.active())


def list_lignes_de(fiche: Fiche) -> list[Ligne]:
    """The lines that this sheet answers: the intercommunalité is not asked all of them. One query."""
    return [ligne for ligne in list_lignes(fiche.campagne) if is_posee(ligne, fiche)]


def is_posee(ligne: Ligne, fiche: Fiche) -> bool:
    return ligne.pour_l_epci or fiche.commune_id is not None


def sort_lignes(rows: QuerySet[Ligne]) -> list[Ligne]:
    """In the order of the parts, which is not that of their names, then by rank."""
    places = {volet: rang for rang, volet in enumerate(Volet.values)}
    return sorted(rows.order_by(), key=lambda ligne: (places[ligne.volet], ligne.rang, ligne.pk))


def find_ligne(acteur: Acteur, campagne: Campagne, pk: int) -> Ligne | None:
    return Ligne.objects.visible_to(acteur).filter(campagne=campagne, pk=pk).first()


def count_reponses(ligne: Ligne) -> int:
    """How many sheets answered this line."""
    return Reponse.objects.filled().filter(ligne=ligne).count()


def list_fiches(acteur: Acteur, campagne: Campagne) -> list[Fiche]:
    """The sheets that this actor reads, each with ``remplies`` (lines answered) and ``en_attente`` (questions)."""
    return list(annotate_fiches(Fiche.objects.visible_to(acteur).filter(campagne=campagne)).with_commune())


def annotate_fiches(rows: QuerySet[Fiche]) -> Any:
    answered = Reponse.objects.filled().filter(fiche=OuterRef("pk"), ligne__retiree=False)
    waiting = QuestionLigne.objects.filter(fiche=OuterRef("pk"), repondue_le__isnull=True)
    return rows.annotate(remplies=count_of(answered), en_attente=count_of(waiting))


def count_of(rows: QuerySet, par: str = "fiche") -> Coalesce:
    """How many rows of this sheet (or of what ``par`` names), in the same query."""
    counted = rows.order_by().values(par).annotate(nombre=Count("pk")).values("nombre")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def find_fiche(acteur: Acteur, pk: int) -> Fiche | None:
    return annotate_fiches(Fiche.objects.visible_to(acteur)).with_commune().filter(pk=pk).first()


def find_fiche_of(acteur: Acteur, campagne: Campagne) -> Fiche | None:
    """The sheet that awaits this actor: of its commune, or of the intercommunalité for the équipe projet."""
    commune_id = acteur.commune_id if acteur.role in MAIRIE else None
    rows = Fiche.objects.visible_to(acteur).filter(campagne=campagne, commune_id=commune_id)
    return annotate_fiches(rows).with_commune().first()


def map_reponses(fiche: Fiche) -> dict[int, Reponse]:
    """The answers of a sheet, by line. One query."""
    return {reponse.ligne_id: reponse for reponse in Reponse.objects.filter(fiche=fiche)}


def map_questions(fiche: Fiche) -> dict[int, list[QuestionLigne]]:
    """What was asked on each line of a sheet, with its answers. One query."""
    found: dict[int, list[QuestionLigne]] = {}
    for question in QuestionLigne.objects.filter(fiche=fiche):
        found.setdefault(question.ligne_id, []).append(question)
    return found


def list_historique_fiche(fiche: Fiche) -> list[HistoriqueFiche]:
    return list(HistoriqueFiche.objects.filter(fiche=fiche))


def list_historique_campagne(campagne: Campagne) -> list[HistoriqueCampagne]:
    return list(HistoriqueCampagne.objects.filter(campagne=campagne))


def list_questions(acteur: Acteur, campagne: Campagne) -> list[QuestionLigne]:
    """Questions of this campaign that the actor reads, those that wait first."""
    rows = QuestionLigne.objects.visible_to(acteur).filter(fiche__campagne=campagne)
    found = rows.select_related("fiche__commune", "fiche__campagne", "ligne")
    return sorted(found, key=lambda question: (question.repondue_le is not None, question.posee_le, question.pk))


def find_question(acteur: Acteur, pk: int) -> QuestionLigne | None:
    rows = QuestionLigne.objects.visible_to(acteur).select_related("fiche__commune", "fiche__campagne", "ligne")
    return rows.filter(pk=pk).first()


def list_propositions(acteur: Acteur, campagne: Campagne) -> list[PropositionLigne]:
    """What mairies propose for the questionnaire, those to examine first."""
    rows = PropositionLigne.objects.visible_to(acteur).filter(campagne=campagne).select_related("ligne", "commune")
    return sorted(rows, key=lambda p: (p.etat != EtatProposition.PROPOSEE, p.proposee_le, p.pk))


def find_proposition(acteur: Acteur, pk: int) -> PropositionLigne | None:
    rows = PropositionLigne.objects.visible_to(acteur).select_related("ligne", "commune", "campagne__demarche")
    return rows.filter(pk=pk).first()


def count_etats(campagne: Campagne) -> dict[str, int]:
    """How many sheets of communes are in each state: the counts that everybody reads. One query."""
    rows = Fiche.objects.filter(campagne=campagne, commune__isnull=False).order_by()
    counts = {row["etat"]: row["nombre"] for row in rows.values("etat").annotate(nombre=Count("pk"))}
    return {etat: counts.get(etat, 0) for etat in EtatFiche.values}


def list_autres_mairies(acteur: Acteur, jour: Any) -> list[Mandat]:
    """The other communes of the démarche for which the same account acts: a secretary of three communes."""
    if acteur.mandat is None or acteur.role not in MAIRIE or acteur.mandat.personne.compte_id is None:
        return []
    rows = Mandat.objects.visible_to(acteur).active_on(jour).filter(role__in=sorted(MAIRIE))
    mine = rows.filter(personne__compte_id=acteur.mandat.personne.compte_id).exclude(commune_id=acteur.commune_id)
    return list(mine.select_related("commune").order_by("commune__cle_tri", "pk"))


@dataclass(frozen=True, slots=True)
class Attentes:
    """What a campaign awaits from an actor: its own sheet, or the questions and proposals of the mairies."""

    campagne: Campagne | None
    fiche: Fiche | None = None
    lignes: int = 0
    questions: int = 0
    propositions: int = 0


def read_attentes(acteur: Acteur) -> Attentes:
    """One query; none for a role from which nothing is awaited."""
    if acteur.role in MAIRIE:
        return read_attentes_mairie(acteur)
    return read_attentes_equipe(acteur) if acteur.est_equipe else Attentes(None)


def read_attentes_mairie(acteur: Acteur) -> Attentes:
    asked = Ligne.objects.filter(campagne=OuterRef("campagne_id")).active()
    mine = Fiche.objects.visible_to(acteur).filter(commune_id=acteur.commune_id, campagne__etat=EtatCampagne.OUVERTE)
    added = asked.filter(ajoutee_le__gt=OuterRef("validee_le"))
    told = Reponse.objects.filled().filter(ligne=OuterRef("pk"), fiche=OuterRef(OuterRef("pk")))
    counts = {"posees": count_of(asked, "campagne"), "nouvelles": count_of(added.exclude(Exists(told)), "campagne")}
    fiche = annotate_fiches(mine).annotate(**counts).with_commune().first()
    return Attentes(fiche.campagne, fiche, fiche.posees) if fiche else Attentes(None)


def read_attentes_equipe(acteur: Acteur) -> Attentes:
    waiting = QuestionLigne.objects.filter(fiche__campagne=OuterRef("pk"), repondue_le__isnull=True)
    proposed = PropositionLigne.objects.filter(campagne=OuterRef("pk"), etat=EtatProposition.PROPOSEE)
    running = Campagne.objects.visible_to(acteur).exclude(etat=EtatCampagne.CLOSE)
    campagne = running.annotate(
        questions_posees=count_of(waiting, "fiche__campagne"), propositions_faites=count_of(proposed, "campagne")
    ).first()
    if campagne is None:
        return Attentes(None)
    return Attentes(campagne, questions=campagne.questions_posees, propositions=campagne.propositions_faites)


def list_communes_attendues(campagne: Campagne) -> set[int]:
    """Communes whose sheet is not validated: known to the clock and to the équipe projet."""
    rows = Fiche.objects.filter(campagne=campagne, commune__isnull=False).exclude(etat=EtatFiche.VALIDEE)
    return set(rows.values_list("commune_id", flat=True))


def count_par_volet(lignes: Sequence[Ligne], reponses: dict[int, Reponse]) -> dict[str, tuple[int, int]]:
    """By part that has lines: how many are answered, out of how many."""
    counts: dict[str, tuple[int, int]] = {}
    for ligne in lignes:
        filled, total = counts.get(ligne.volet, (0, 0))
        reponse = reponses.get(ligne.pk)
        counts[ligne.volet] = (filled + bool(reponse and reponse.est_remplie), total + 1)
    return counts
