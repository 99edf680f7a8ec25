"""What the restitution reads: the answers of a whole campaign in a few queries, those of one sheet in full.

Everything here is raw: who may read it, and what is masked, is said by ``rules``, ``calculs`` and the pages.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.calculs.releve import Entite
from communaccord.plateforme.diagnostic.enums import CHIFFREES, Colonne, EtatCampagne, EtatFiche, Qualite, TypeLigne
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Flux, Ligne, Reponse
from communaccord.plateforme.diagnostic.queries.campagnes import sort_lignes
from communaccord.plateforme.diagnostic.rules import reads_fiche
from communaccord.plateforme.territoires.models import Carte, CommuneMembre

Choix = Mapping[str, Mapping[str, Mapping[str, int]]]
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


def list_effectifs(cadre: Cadre) -> list[Effectif]:
    """The staff and costs told by every sheet: one query, and one reading of JSON for all."""
    services = {ligne.pk: ligne.service for ligne in cadre.list_lignes(TypeLigne.EFFECTIFS)}
    communes = {fiche.pk: fiche.commune_id for fiche in cadre.fiches}
    rows = list(
        Reponse.objects.filter(fiche__campagne=cadre.campagne, ligne__in=services, inconnu=False)
        .order_by()
        .values_list("fiche_id", "ligne_id", Cast("valeurs", TextField()))
    )
    values = json.loads(f"[{','.join(row[2] for row in rows)}]")
    return [
        (communes[fiche], services[ligne], valeurs) for (fiche, ligne, _), valeurs in zip(rows, values, strict=True)
    ]


def count_choix(cadre: Cadre, *genres: str) -> Choix:
    """For each type of line, for each service, how many communes chose each value (need, level). One query."""
    lignes = {ligne.pk: ligne for ligne in cadre.list_lignes(*genres)}
    counts: dict[str, dict[str, dict[str, int]]] = {genre: {} for genre in genres}
    for pk, valeur, nombre in count_par(cadre, genres, "ligne_id"):
        kept = counts[lignes[pk].type].setdefault(lignes[pk].service, {})
        kept[valeur] = kept.get(valeur, 0) + nombre
    return counts


def count_choix_par_commune(cadre: Cadre, genre: str) -> dict[Entite, dict[str, int]]:
    """For each commune, how many services stand at each value. One query."""
    communes = {fiche.pk: fiche.commune_id for fiche in cadre.fiches}
    counts: dict[Entite, dict[str, int]] = {}
    for fiche, valeur, nombre in count_par(cadre, (genre,), "fiche_id"):
        counts.setdefault(communes[fiche], {})[valeur] = nombre
    return counts


def count_par(cadre: Cadre, genres: Sequence[str], cle: str) -> list[tuple[int, str, int]]:
    """(``cle``, value chosen, number of answers) of the communes; what was answered is read once a group."""
    rows = Reponse.objects.filter(
        fiche__in=[fiche.pk for fiche in cadre.fiches if fiche.commune_id],
        ligne__in=[ligne.pk for ligne in cadre.list_lignes(*genres)],
        inconnu=False,
    )
    groups = rows.order_by().values_list(cle, Cast("valeurs", TextField())).annotate(nombre=Count("pk"))
    read = ((pk, json.loads(texte).get(Colonne.VALEUR), nombre) for pk, texte, nombre in groups)
    return [(pk, valeur, nombre) for pk, valeur, nombre in read if valeur]


def read_qualites(cadre: Cadre) -> Qualites:
    """How complete and how sure the answers are. Two queries."""
    all_lines = count_reponses(cadre, [ligne.pk for ligne in cadre.lignes])
    figures = count_reponses(cadre, [ligne.pk for ligne in cadre.lignes if ligne.type in CHIFFREES])
    return Qualites(
        etablis=figures["etablies"],
        chiffres=figures["repondues"],
        repondues=all_lines["repondues"],
        inconnues=all_lines["inconnues"],
        attendues=cadre.attendues,
    )


def count_reponses(cadre: Cadre, lignes: Sequence[int]) -> dict[str, int]:
    """Answers given to these lines, those established, those said unknown. One query, that reads no JSON."""
    rows = Reponse.objects.filter(fiche__in=[fiche.pk for fiche in cadre.fiches], ligne__in=lignes).order_by()
    answered = Q(inconnu=False) & ~Q(texte="{}")
    return rows.annotate(texte=Cast("valeurs", TextField())).aggregate(
        repondues=Count("pk", filter=answered),
        etablies=Count("pk", filter=answered & Q(qualite=Qualite.ETABLI)),
        inconnues=Count("pk", filter=Q(inconnu=True)),
    )


def count_flux(campagne: Campagne) -> dict[str, int]:
    """Flows of each nature, each counted once. One query."""
    rows = Flux.objects.filter(campagne=campagne).counted().order_by()
    return dict(rows.values_list("nature").annotate(nombre=Count("pk")))


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
    """The flows that a commune carries or benefits from, each counted once. One query."""
    mine = Q(porteur=fiche.commune_id) | Q(beneficiaire=fiche.commune_id)
    rows = Flux.objects.visible_to(acteur).counted().filter(mine, campagne=fiche.campagne_id)
    return list(rows.select_related("porteur", "beneficiaire"))


def list_valeurs(cadre: Cadre) -> dict[tuple[Entite, int], int]:
    """The figures of the lines of one number or amount, by (commune, line), in hundredths. One query."""
    lignes = [ligne.pk for ligne in cadre.list_lignes(TypeLigne.NOMBRE, TypeLigne.MONTANT)]
    communes = {fiche.pk: fiche.commune_id for fiche in cadre.fiches}
    rows = Reponse.objects.filter(fiche__campagne=cadre.campagne, ligne__in=lignes, inconnu=False).order_by()
    return {
        (communes[fiche], ligne): valeurs["valeur"]
        for fiche, ligne, valeurs in rows.values_list("fiche_id", "ligne_id", "valeurs")
        if isinstance(valeurs.get("valeur"), int)
    }
