"""Reading flows: those an actor sees, as rows and as the pure declarations that calculs compares."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Exists, OuterRef

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.calculs.doubles import INTERCOMMUNALITE, Declaration, list_paires, settle
from communaccord.plateforme.diagnostic.enums import EtatCampagne, TypeLigne
from communaccord.plateforme.diagnostic.models import Campagne, Flux, FluxDistincts, Ligne, RelevePartage
from communaccord.plateforme.projet.catalogue import PAR_CLE
from communaccord.plateforme.territoires.models import CommuneMembre


@dataclass(frozen=True, slots=True)
class Campagnes:
    """The campaigns of a démarche, the last first. ``lue``: the one on the page; ``courante``: where flows are told."""

    lue: Campagne
    courante: Campagne
    toutes: tuple[Campagne, ...]

    def choose(self, pk: int) -> Self | None:
        """The same with another one on the page; None when it is not of this démarche."""
        lue = next((row for row in self.toutes if row.pk == pk), None)
        return type(self)(lue, self.courante, self.toutes) if lue else None

    @property
    def autres(self) -> list[Campagne]:
        return [row for row in self.toutes if row.pk != self.lue.pk]


def find_campagnes(acteur: Acteur) -> Campagnes | None:
    """On the page, the last campaign of which this actor reads a flow or a relevé; the running one when none has any.

    So that what was told stays in sight while the next campaign is being prepared. One query.
    """
    flux = Flux.objects.visible_to(acteur).filter(campagne=OuterRef("pk"))
    releves = RelevePartage.objects.visible_to(acteur).filter(campagne=OuterRef("pk"))
    rows = Campagne.objects.visible_to(acteur).select_related("demarche")
    toutes = tuple(rows.annotate(racontee=Exists(flux) | Exists(releves)))
    if not toutes:
        return None
    courante = next((row for row in toutes if row.etat != EtatCampagne.CLOSE), toutes[0])
    return Campagnes(next((row for row in toutes if row.racontee), courante), courante, toutes)


def list_flux(acteur: Acteur, campagne: Campagne) -> list[Flux]:
    """Every flow of the campaign that this actor reads, counted or not. One query."""
    return list(Flux.objects.visible_to(acteur).filter(campagne=campagne).with_corps())


def find_flux(acteur: Acteur, pk: int) -> Flux | None:
    rows = Flux.objects.visible_to(acteur).with_corps().select_related("campagne__demarche")
    return rows.filter(pk=pk).first()


def list_distincts(acteur: Acteur, campagne: Campagne) -> set[frozenset[int]]:
    """Pairs that people said to be two flows. One query."""
    rows = FluxDistincts.objects.visible_to(acteur).filter(premier__campagne=campagne)
    return {frozenset(pair) for pair in rows.values_list("premier_id", "second_id")}


def build_corps(commune_id: int | None, autre: str = "") -> str:
    """The key of a body: ``epci``, ``c12``, ``a:nom``."""
    if commune_id is not None:
        return f"c{commune_id}"
    return f"a:{' '.join(autre.casefold().split())}" if autre else INTERCOMMUNALITE


def build_declarations(rows: Iterable[Flux]) -> list[Declaration]:
    """The rows as pure declarations."""
    return [
        Declaration(
            pk=row.pk,
            nature=row.nature,
            service=row.service,
            objet=row.objet,
            porteur=build_corps(row.porteur_id, row.porteur_autre),
            beneficiaire=build_corps(row.beneficiaire_id, row.beneficiaire_autre),
            declarant=build_corps(row.declare_par_id),
            montant=row.montant,
            temps=row.temps,
            annee=row.annee,
            qualite=row.qualite,
            double_de=row.double_de_id,
            ecarte=row.ecarte,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Compte:
    """What counts once. ``declarations``: those not judged yet joined for the time being; ``attentes``: what waits."""

    declarations: list[Declaration]
    attentes: dict[int, tuple[Declaration, ...]]

    def keep(self, rows: Iterable[Flux]) -> list[Flux]:
        counted = {declaration.pk for declaration in self.declarations if declaration.compte}
        return [row for row in rows if row.pk in counted]


def read_compte(campagne_id: int, rows: Iterable[Flux]) -> Compte:
    """The rows as they count: a flow told by both ends counts once, judged or not. One query when some are alike."""
    declarations = build_declarations(rows)
    if not list_paires(declarations):
        return Compte(declarations, {})
    pairs = FluxDistincts.objects.filter(premier__campagne=campagne_id).values_list("premier_id", "second_id")
    return Compte(*settle(declarations, {frozenset(pair) for pair in pairs}))


def list_services(campagne: Campagne) -> dict[str, str]:
    """Labels of the services that the campaign asks about, by key; those of the catalogue when it asks none."""
    rows = Ligne.objects.filter(campagne=campagne, type=TypeLigne.EFFECTIFS, retiree=False).order_by("rang", "pk")
    asked = dict(rows.values_list("service", "libelle"))
    return asked or {cle: service.libelle for cle, service in PAR_CLE.items()}


def list_communes(acteur: Acteur) -> list[CommuneMembre]:
    return list(CommuneMembre.objects.visible_to(acteur))


def list_releves(acteur: Acteur, campagne: Campagne) -> list[RelevePartage]:
    """What mairies shared, for those who sit at the table."""
    return list(RelevePartage.objects.visible_to(acteur).filter(campagne=campagne).select_related("commune"))


def find_releve(acteur: Acteur, campagne: Campagne, commune_id: int) -> RelevePartage | None:
    rows = RelevePartage.objects.visible_to(acteur).filter(campagne=campagne, commune_id=commune_id)
    return rows.select_related("commune").first()
