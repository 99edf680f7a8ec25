"""A robot that asks for every address of the site: the resolver says them all, the database says every number."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RoutePattern
from tests.plateforme.attaque.traces import read_response

from communaccord.plateforme.accords.models import Assesseur, Enveloppe, RegleDuJeu, Tour
from communaccord.plateforme.comptes.models import Mandat, Personne
from communaccord.plateforme.diagnostic.enums import Volet
from communaccord.plateforme.diagnostic.models import (
    Campagne,
    Fiche,
    Flux,
    Ligne,
    Photographie,
    Priorisation,
    PropositionLigne,
    QuestionLigne,
)
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.instances.models import (
    Convocation,
    Instance,
    MembreInstance,
    Piece,
    Point,
    Pole,
    Seance,
    SuiviConseil,
)
from communaccord.plateforme.projet.enums.cadre import Partie
from communaccord.plateforme.projet.models import ActionProjet, Cadre, Charte, Objectif, Orientation
from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.models import Fabrication, VersionRapport
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

TROU = re.compile(r"<(?:\w+:)?(\w+)>")
LIEN = re.compile(r'(?:href|src|action)="(/[^"#]*)')
RANGS = (1, 2)
ENTIERES = 4
METHODE_REFUSEE = 405
FICHIERS = (
    "seance.zip",
    "seance.ics",
    "convocation.pdf",
    "feuille-de-presence.pdf",
    "releve-de-conclusions.pdf",
    "releve-de-conclusions.docx",
    "projet-de-releve.pdf",
    "projet-de-releve.docx",
)


def pick(model: Any) -> Callable[[dict], list[int]]:
    """Every number of a table; of the longer tables, the first and the last two."""

    def list_keys(_before: dict) -> list[int]:
        keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        return keys if len(keys) <= ENTIERES else [*keys[:2], *keys[-2:]]

    return list_keys


def pick_scenarios(before: dict) -> list[int]:
    """Those of the dossier already named in the address, and one of another."""
    mine = list(Scenario.objects.filter(dossier=before["dossier"]).values_list("pk", flat=True))
    others = Scenario.objects.exclude(dossier=before["dossier"]).values_list("pk", flat=True)
    return [*mine, *others[:1]]


def pick_fiches(_before: dict) -> list[int]:
    """The sheet of the intercommunalité, those of F001, F002 and of the last commune."""
    keys = list(Fiche.objects.order_by("commune__code").values_list("pk", flat=True))
    return [*Fiche.objects.filter(commune__isnull=True).values_list("pk", flat=True), *keys[:3], keys[-1]]


# The literal part of an address that comes before a number says what it numbers; with the name of the hole, when two
# rooms use the same word.
DOMAINES: dict[str, Callable[[dict], Iterable[Any]]] = {
    "tours": pick(Tour),
    "communes": pick(CommuneMembre),
    "recueillir": lambda _before: RANGS,
    "reponse": lambda _before: RANGS,
    "resultat": pick(Dossier),
    "enveloppes": pick(Enveloppe),
    "assesseurs": pick(Assesseur),
    "regle": pick(RegleDuJeu),
    "tableau.": lambda _before: ("csv", "xlsx"),
    "dossiers": pick(Dossier),
    "scenarios": pick_scenarios,
    "chiffres": pick(CommuneMembre),
    "fiches": pick(CommuneMembre),
    "personnes": pick(Personne),
    "mandats": pick(Mandat),
    "administration": pick(Demarche),
    "entrer": pick(Mandat),
    "instances": pick(Instance),
    "poles": pick(Pole),
    "organisation": pick(SuiviConseil),
    "membres": pick(MembreInstance),
    "seances": pick(Seance),
    "convocations": pick(Convocation),
    "points": pick(Point),
    "pieces": pick(Piece),
    "fichiers": lambda _before: FICHIERS,
    "territoires": lambda _before: ("200000001",),
    "ouvrir": lambda _before: ("200000001",),
    "simulateur": lambda _before: ("200000001",),
    "fiche": lambda _before: ("F001",),
    "keys": lambda _before: (1,),
    "orientations": pick(Orientation),
    "objectifs": pick(Objectif),
    "actions": pick(ActionProjet),
    "cadre": pick(Cadre),
    "charte": pick(Charte),
    "parties/cle": lambda _before: (ClePartie.MOT, ClePartie.ETAT_DES_LIEUX, *Partie.values[:2]),
    "parties/volet": lambda _before: Volet.values,
    "campagnes": pick(Campagne),
    "fiches/fiche": pick_fiches,
    "lignes": pick(Ligne),
    "propositions": pick(PropositionLigne),
    "questions": pick(QuestionLigne),
    "flux": pick(Flux),
    "double": pick(Flux),
    "donne-recois": pick(CommuneMembre),
    "photographie": pick(Photographie),
    "carnets": pick(CommuneMembre),
    "priorites": pick(Priorisation),
    "actions/dossier": pick(Dossier),
    "versions": pick(VersionRapport),
    "fabrications": pick(Fabrication),
    "formes": lambda _before: ("service_commun", "entente"),
    "effectifs": pick(CommuneMembre),
    "actes": lambda _before: ("avis_cst", "delib_commune"),
}


@dataclass(frozen=True, slots=True)
class Route:
    """An address with its holes. ``view``: what answers."""

    chemin: str
    view: Any

    @property
    def est_de_demarche(self) -> bool:
        return self.chemin.startswith("m/<int:mandat>/")


def list_routes(patterns: Iterable[Any] | None = None, head: str = "") -> Iterator[Route]:
    """Every address of the site. Those of allauth written as regular expressions have no hole to fill."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        tail = str(entry.pattern) if isinstance(entry.pattern, RoutePattern) else strip_regex(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from list_routes(entry.url_patterns, head + tail)
        elif isinstance(entry, URLPattern):
            yield Route(head + tail, entry.callback)


def strip_regex(regex: str) -> str:
    """``^confirm-email/(?P<key>[-:\\w]+)/$`` -> ``confirm-email/x/``."""
    plain = regex.strip("^$").replace("\\Z", "")
    return re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "x", plain).replace("\\", "")


def fill(chemin: str, mandat: int | None) -> Iterator[str]:
    """Every address that this route makes for this mandate. KeyError: a number that the robot does not know."""
    yield from (f"/{address}" for address in fill_from(chemin, {"mandat": mandat}))


def fill_from(chemin: str, before: dict) -> Iterator[str]:
    hole = TROU.search(chemin)
    if hole is None:
        yield chemin
        return
    name = hole[1]
    head = chemin[: hole.start()]
    if name == "mandat" and before["mandat"] is not None and head == "m/":
        values: Iterable[Any] = [before["mandat"]]
    else:
        literal = next(part for part in reversed(head.split("/")) if part and not part.isdigit())
        values = (DOMAINES.get(f"{literal}/{name}") or DOMAINES[literal])(before)
    for value in values:
        yield from fill_from(f"{head}{value}{chemin[hole.end() :]}", {**before, name: value})


@dataclass(slots=True)
class Visite:
    """What one address answered to one method."""

    methode: str
    adresse: str
    statut: int
    textes: list[str]


def visit(client: Client, adresse: str, methode: str = "GET", donnees: dict | None = None) -> Visite:
    ask = client.post if methode == "POST" else client.get
    response = ask(adresse, donnees or {})
    return Visite(methode, adresse, response.status_code, read_response(response))


def find_route(adresse: str) -> str:
    """The route that answers there, the address itself when none does."""
    try:
        return resolve(adresse.partition("?")[0]).route
    except Resolver404:
        return adresse


def list_liens(visite: Visite) -> set[str]:
    """Where a page leads on the site."""
    found = {lien.replace("&amp;", "&") for texte in visite.textes for lien in LIEN.findall(texte)}
    return {lien for lien in found if not lien.startswith("/statique/")}


def crawl(client: Client, adresses: Iterable[str], *, racine: str = "/") -> Iterator[Visite]:
    """Ask for these addresses, then for whatever they lead to under ``racine``, each once (with its query).

    A route that is only written to refuses to be read whatever its numbers are: it is asked once.
    """
    waiting = list(dict.fromkeys(adresses))
    seen, ecrites = set(waiting), set()
    while waiting:
        adresse = waiting.pop()
        route = find_route(adresse)
        if route in ecrites:
            continue
        visite = visit(client, adresse)
        yield visite
        if visite.statut == METHODE_REFUSEE:
            ecrites.add(route)
        liens = list_liens(visite) if visite.statut == 200 else set()
        for lien in sorted(liens - seen):
            seen.add(lien)
            if lien.startswith(racine):
                waiting.append(lien)


def post_all(client: Client, adresses: Iterable[str], donnees: dict) -> Iterator[Visite]:
    """Post the same wrong things everywhere; whatever it writes is undone at once."""
    for adresse in dict.fromkeys(adresses):
        with transaction.atomic():
            yield visit(client, adresse, "POST", donnees)
            transaction.set_rollback(True)
