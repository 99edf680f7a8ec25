"""What the restitution reads: the answers of a whole campaign in a few queries, those of one sheet in full.

Everything here is raw: who may read it, and what is masked, is said by ``rules``, ``calculs`` and the pages.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.calculs.releve import Entite
from communaccord.plateforme.diagnostic.enums import (
    CHIFFREES,
    EN_MOTS,
    Colonne,
    EtatCampagne,
    EtatFiche,
    Qualite,
    TypeLigne,
)
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Flux, Ligne, Reponse
from communaccord.plateforme.diagnostic.queries.campagnes import sort_lignes
from communaccord.plateforme.diagnostic.queries.flux import read_compte
from communaccord.plateforme.diagnostic.rules import reads_fiche
from communaccord.plateforme.territoires.models import Carte, CommuneMembre

Choix = Mapping[str, Mapping[str, Mapping[str, int]]]
# What a sheet that says nothing keeps.
VIDE = "{}"
# "True" as a text, in SQLite and in PostgreSQL: read as text, a column costs no conversion in Python.
VRAI = frozenset({"1", "true"})
Effectif = tuple[Entite, str, Mapping[str, int | str]]


@dataclass(frozen=True, slots=True)
class Service:
    """A service that the campaign asks about: ``unite`` is what its activity counts."""

    cle: str
    libelle: str
    unite: str


@dataclass(frozen=True, slots=True)
class Qualites:
    """Answers of a campaign: figures established and all figures, "je ne sais pas", and all that was asked."""

    etablis: int
    chiffres: int
    repondues: int
    inconnues: int
    attendues: int


@dataclass(frozen=True, slots=True)
class Cadre:
    """The campaign, its lines and its sheets: what gives a meaning to the answers."""

    campagne: Campagne
    lignes: tuple[Ligne, ...]
    fiches: tuple[Fiche, ...]
    communes: tuple[CommuneMembre, ...]
    services: tuple[Service, ...]

    def list_lignes(self, *genres: str) -> list[Ligne]:
        return [ligne for ligne in self.lignes if ligne.type in genres]

    @property
    def validees(self) -> int:
        return sum(fiche.etat == EtatFiche.VALIDEE for fiche in self.fiches if fiche.commune_id)

    @property
    def attendues(self) -> int:
        """Answers expected of all the sheets."""
        communes = len(self.communes)
        epci = sum(ligne.pour_l_epci for ligne in self.lignes) if len(self.fiches) > communes else 0
        return communes * len(self.lignes) + epci


def find_campagne_restituee(acteur: Acteur) -> Campagne | None:
    """The last campaign that was opened; None before any was."""
    opened = Campagne.objects.visible_to(acteur).exclude(etat=EtatCampagne.PREPARATION)
    return opened.select_related("demarche").order_by("-creee_le", "-pk").first()


def read_cadre(campagne: Campagne) -> Cadre:
    """Two queries."""
    lignes = tuple(sort_lignes(Ligne.objects.filter(campagne=campagne).active()))
    fiches = tuple(Fiche.objects.filter(campagne=campagne).select_related("commune"))
    communes = tuple(fiche.commune for fiche in fiches if fiche.commune is not None)
    return Cadre(campagne, lignes, fiches, communes, list_services(lignes))


def list_services(lignes: Sequence[Ligne]) -> tuple[Service, ...]:
    """In the order of the questionnaire, each once: those whose staff is asked first."""
    found: dict[str, Service] = {}
    for ligne in sorted(lignes, key=lambda ligne: ligne.type != TypeLigne.EFFECTIFS):
        if ligne.service:
            found.setdefault(ligne.service, Service(ligne.service, ligne.libelle, ligne.unite))
    return tuple(found.values())


def read_chiffres(cadre: Cadre) -> tuple[list[Effectif], dict[tuple[Entite, int], int]]:
    """Staff and costs of every sheet; figures of one number or amount, by (commune, line), in hundredths. One query."""
    services = {ligne.pk for ligne in cadre.list_lignes(TypeLigne.EFFECTIFS)}
    seules = {ligne.pk for ligne in cadre.list_lignes(TypeLigne.NOMBRE, TypeLigne.MONTANT)}
    found = Reponse.objects.filter(fiche__campagne=cadre.campagne, ligne__in=services | seules, inconnu=False)
    rows = list(found.order_by().values_list("fiche_id", "ligne_id", Cast("valeurs", TextField())))
    effectifs = read_effectifs(cadre, [row for row in rows if row[1] in services])
    return effectifs, read_valeurs(cadre, [row for row in rows if row[1] in seules])


def read_valeurs(cadre: Cadre, rows: Iterable[tuple[int, int, str]]) -> dict[tuple[Entite, int], int]:
    communes = {fiche.pk: fiche.commune_id for fiche in cadre.fiches}
    read = ((fiche, ligne, json.loads(texte).get(Colonne.VALEUR)) for fiche, ligne, texte in rows)
    return {(communes[fiche], ligne): valeur for fiche, ligne, valeur in read if isinstance(valeur, int)}


def read_effectifs(cadre: Cadre, rows: Iterable[tuple[int, int, str]]) -> list[Effectif]:
    """(sheet, line, text of its values) as entity, service and values: one reading of JSON for all."""
    services = {ligne.pk: ligne.service for ligne in cadre.list_lignes(TypeLigne.EFFECTIFS)}
    communes = {fiche.pk: fiche.commune_id for fiche in cadre.fiches}
    rows = list(rows)
    values = json.loads(f"[{','.join([texte for _, _, texte in rows])}]")
    return [
        (communes[fiche], services[ligne], valeurs) for (fiche, ligne, _), valeurs in zip(rows, values, strict=True)
    ]


def count_choix(cadre: Cadre, *genres: str) -> Choix:
    """For each type of line, for each service, how many communes chose each value (need, level). One query."""
    rows = Reponse.objects.filter(
        fiche__in=[fiche.pk for fiche in cadre.fiches if fiche.commune_id],
        ligne__in=[ligne.pk for ligne in cadre.list_lignes(*genres)],
        inconnu=False,
    )
    groups = rows.order_by().values_list("ligne_id", Cast("valeurs", TextField())).annotate(nombre=Count("pk"))
    return sum_choix(cadre, genres, {(ligne, texte): nombre for ligne, texte, nombre in groups})


def sum_choix(cadre: Cadre, genres: Sequence[str], counts: Mapping[tuple[int, str], int]) -> Choix:
    """``counts``: answers of the communes by (line, text of its values)."""
    lignes = {ligne.pk: ligne for ligne in cadre.list_lignes(*genres)}
    read = read_textes(texte for _, texte in counts)
    found: dict[str, dict[str, dict[str, int]]] = {genre: {} for genre in genres}
    for (pk, texte), nombre in counts.items():
        if valeur := read[texte]:
            kept = found[lignes[pk].type].setdefault(lignes[pk].service, {})
            kept[valeur] = kept.get(valeur, 0) + nombre
    return found


def read_textes(textes: Iterable[str]) -> dict[str, str]:
    """The value chosen in each text, each read once; empty when none is."""
    return {texte: json.loads(texte).get(Colonne.VALEUR) or "" for texte in set(textes)}


Parole = tuple[Entite, int, str]


@dataclass(frozen=True, slots=True)
class Reponses:
    """What a whole campaign answers: staff and costs, choices of the communes, how complete and how sure it is.

    ``paroles``: what each commune answers in words, (commune, line, its words); never written whole but in its carnet.
    """

    effectifs: list[Effectif]
    choix: Choix
    niveaux: Mapping[Entite, Mapping[str, int]]
    paroles: tuple[Parole, ...]
    qualites: Qualites


def read_reponses(cadre: Cadre) -> Reponses:
    """Every answer to the lines of a campaign, in one query; ``niveaux``: services at each level, by commune."""
    rows = list(
        Reponse.objects.filter(fiche__campagne=cadre.campagne, ligne__in=[ligne.pk for ligne in cadre.lignes])
        .order_by()
        .values_list("fiche_id", "ligne_id", Cast("valeurs", TextField()), Cast("inconnu", TextField()), "qualite")
    )
    genres = (TypeLigne.BESOIN, TypeLigne.MATURITE)
    given = [row[:3] for row in rows if row[3] not in VRAI]
    effectifs, choisies, niveaux, mots = (
        {ligne.pk for ligne in cadre.list_lignes(*group)}
        for group in ((TypeLigne.EFFECTIFS,), genres, (TypeLigne.MATURITE,), EN_MOTS)
    )
    communes = {fiche.pk: fiche.commune_id for fiche in cadre.fiches if fiche.commune_id is not None}
    chosen = [row for row in given if row[1] in choisies and row[0] in communes]
    said = [(communes[row[0]], row[1], row[2]) for row in given if row[1] in mots and row[0] in communes]
    words = read_textes(texte for _, _, texte in said)
    return Reponses(
        effectifs=read_effectifs(cadre, (row for row in given if row[1] in effectifs)),
        choix=sum_choix(cadre, genres, Counter((ligne, texte) for _, ligne, texte in chosen)),
        niveaux=count_niveaux(cadre, Counter((fiche, texte) for fiche, ligne, texte in chosen if ligne in niveaux)),
        paroles=tuple((commune, ligne, words[texte]) for commune, ligne, texte in said if words[texte]),
        qualites=count_qualites(cadre, rows),
    )


def count_niveaux(cadre: Cadre, counts: Mapping[tuple[int, str], int]) -> dict[Entite, dict[str, int]]:
    """For each commune, how many services stand at each level; ``counts``: by (sheet, text of its values)."""
    communes = {fiche.pk: fiche.commune_id for fiche in cadre.fiches}
    read = read_textes(texte for _, texte in counts)
    found: dict[Entite, dict[str, int]] = {}
    for (fiche, texte), nombre in counts.items():
        if valeur := read[texte]:
            kept = found.setdefault(communes[fiche], {})
            kept[valeur] = kept.get(valeur, 0) + nombre
    return found


def count_qualites(cadre: Cadre, rows: Sequence[tuple[int, int, str, str, str]]) -> Qualites:
    """How complete and how sure the answers are; ``rows``: sheet, line, text of its values, unknown, quality."""
    chiffrees = {ligne.pk for ligne in cadre.list_lignes(*CHIFFREES)}
    answered = [(row[1], row[4]) for row in rows if row[3] not in VRAI and row[2] != VIDE]
    figures = [qualite for ligne, qualite in answered if ligne in chiffrees]
    return Qualites(
        etablis=figures.count(Qualite.ETABLI.value),
        chiffres=len(figures),
        repondues=len(answered),
        inconnues=sum(row[3] in VRAI for row in rows),
        attendues=cadre.attendues,
    )


def count_flux(campagne: Campagne) -> dict[str, int]:
    """Flows of each nature, each counted once. One query, two when some declarations are alike."""
    rows = list(Flux.objects.filter(campagne=campagne))
    return dict(Counter(row.nature for row in read_compte(campagne.pk, rows).keep(rows)))


def find_fond(acteur: Acteur) -> Any:
    """The stored map: the public one of the territory, or the one drawn for an invented territory. One query."""
    if acteur.demarche.fictive:
        return getattr(acteur.demarche, "carte_fictive", None)
    return Carte.objects.filter(pk=acteur.demarche.siren).first()


def find_fiche_lue(acteur: Acteur, cadre: Cadre, commune_id: int) -> Fiche | None:
    """The sheet of a commune, when this actor reads it whole."""
    if not reads_fiche(acteur, commune_id):
        return None
    return next((fiche for fiche in cadre.fiches if fiche.commune_id == commune_id), None)


def list_carnets(acteur: Acteur, campagne: Campagne) -> list[Fiche]:
    """The sheets of the communes that this actor reads, with how many lines each answered. One query."""
    answered = Count("reponses", filter=~Q(reponses__valeurs={}) & Q(reponses__ligne__retiree=False))
    rows = Fiche.objects.visible_to(acteur).filter(campagne=campagne, commune__isnull=False)
    return list(rows.select_related("commune").annotate(nombre_reponses=answered))


def list_reponses_de_fiche(acteur: Acteur, fiche: Fiche) -> dict[int, Reponse]:
    """Every answer of a sheet that this actor reads, by line. One query."""
    return {row.ligne_id: row for row in Reponse.objects.visible_to(acteur).filter(fiche=fiche)}


def list_flux_de_commune(acteur: Acteur, fiche: Fiche) -> list[Flux]:
    """The flows that a commune carries or benefits from, each counted once. One query, two when some are alike."""
    mine = Q(porteur=fiche.commune_id) | Q(beneficiaire=fiche.commune_id)
    rows = Flux.objects.visible_to(acteur).filter(mine, campagne=fiche.campagne_id)
    told = list(rows.select_related("porteur", "beneficiaire"))
    return read_compte(fiche.campagne_id, told).keep(told)
