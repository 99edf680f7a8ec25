"""The agreements on seats that the law leaves open for one EPCI, way by way and reading by reading."""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from communaccord.noyau.droit.calendrier.mandat import DUREE_MANDAT
from communaccord.noyau.droit.majorites import MAJORITE_ACCORD_LOCAL
from communaccord.noyau.droit.regle import Avertissement, Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges import (
    LECTURES_LARGES,
    LECTURES_PRUDENTES,
    ControleRepartition,
    EtatCommune,
    LectureMoitie,
    Lectures,
    LectureTunnel,
    MeilleurAccord,
    Nature,
    NombreAccords,
    Objectif,
    SiegesDroitCommun,
    Voie,
    check_accord_local,
    check_supplement_vi,
    count_accords,
    find_meilleur_accord,
    find_millesime_population,
    list_accords,
)

_L = TypeVar("_L", bound=Enum)
AVEC_MOITIE = (Nature.CC, Nature.CA)
CONTROLES = {Voie.ACCORD_LOCAL: check_accord_local, Voie.SUPPLEMENT_VI: check_supplement_vi}


@dataclass(frozen=True, slots=True)
class Demande:
    """What is asked: the readings, by name; whether the agreements are counted (``premiers`` of them listed, of
    ``total`` seats only if given); the seats to check, None without any."""

    lectures: Mapping[str, Lectures]
    compte: bool
    premiers: int
    total: int | None
    proposes: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Accord:
    """Seats that the law admits under a reading, whether in practice only, and what is to be known of them."""

    sieges: Mapping[str, int]
    etat: EtatCommune
    avertissements: tuple[Avertissement, ...]


@dataclass(frozen=True, slots=True)
class Meilleurs:
    """The best agreements by one objective: what is known of them, and the first ones."""

    trouve: MeilleurAccord
    accords: tuple[Accord, ...]


@dataclass(frozen=True, slots=True)
class EtudeLecture:
    """One way under one reading: counts, first agreements, best ones; the check of the seats proposed."""

    nom: str
    lectures: Lectures
    nombre: NombreAccords | None
    premiers: tuple[Accord, ...]
    meilleurs: tuple[Meilleurs, ...]
    controle: ControleRepartition | None

    @property
    def est_admise(self) -> bool:
        """Whether this reading admits the seats proposed: what is admitted in practice only, if it follows practice."""
        etat = EtatCommune.NON_CONFORME if self.controle is None else self.controle.etat
        is_pratique = self.lectures.tunnel is LectureTunnel.PRATIQUE
        return etat is EtatCommune.CONFORME or (etat is EtatCommune.TOLERE_PRATIQUE and is_pratique)


@dataclass(frozen=True, slots=True)
class EtudeVoie:
    """One way: its rule, whether it is open and why, the largest council, one study a reading."""

    voie: Voie
    regle: Regle
    ouverte: bool
    motif: str
    total_maximal: int
    etudes: tuple[EtudeLecture, ...]


@dataclass(frozen=True, slots=True)
class SeuilsMajorite:
    """R-2.7 in whole numbers: two routes (councils, inhabitants), and the communes without which nothing passes."""

    voies: tuple[tuple[int, int], tuple[int, int]]
    indispensables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Echeance:
    """The dates of R-2.8 for one renewal, and the millésime of the populations that fix its seats."""

    renouvellement: int
    accord: date
    arrete: date
    millesime: int


def read_lectures(arguments: argparse.Namespace, nature: Nature) -> dict[str, Lectures]:
    """Return the readings by name: one when each open point is chosen, otherwise the most prudent and the widest."""
    prudente, large = (_choose(base, arguments, nature) for base in (LECTURES_PRUDENTES, LECTURES_LARGES))
    return {"choisie": large} if prudente == large else {"prudente": prudente, "large": large}


def _choose(base: Lectures, arguments: argparse.Namespace, nature: Nature) -> Lectures:
    """Return readings where those that are asked for replace those of ``base``; half is open in a CC or a CA only."""
    return Lectures(
        _find_lecture(base.tunnel, arguments.tunnel),
        _find_lecture(base.siege_unique, arguments.siege_unique),
        _find_lecture(base.ordre, arguments.ordre),
        _find_lecture(base.moitie, arguments.moitie) if nature in AVEC_MOITIE else LectureMoitie.ADMISE,
    )


def _find_lecture(defaut: _L, nom: str | None) -> _L:
    return defaut if nom is None else type(defaut)[nom.upper()]


def study_voies(ordinaire: SiegesDroitCommun, demande: Demande) -> tuple[EtudeVoie, ...]:
    """Return the study of the two ways: local agreement, supplement of VI."""
    return tuple(_study_voie(ordinaire, demande, voie) for voie in Voie)


def _study_voie(ordinaire: SiegesDroitCommun, demande: Demande, voie: Voie) -> EtudeVoie:
    temoin = CONTROLES[voie](ordinaire, ordinaire.sieges, lectures=LECTURES_LARGES)
    ouverture = temoin.conditions[0]
    etudes = tuple(_study_lecture(ordinaire, demande, voie, nom, x) for nom, x in demande.lectures.items())
    return EtudeVoie(voie, temoin.regle, ouverture.remplie, ouverture.motif, temoin.total_maximal, etudes)


def _study_lecture(
    ordinaire: SiegesDroitCommun, demande: Demande, voie: Voie, nom: str, lectures: Lectures
) -> EtudeLecture:
    controle = None
    if demande.proposes is not None:
        controle = CONTROLES[voie](ordinaire, demande.proposes, lectures=lectures)
    if not demande.compte:
        return EtudeLecture(nom, lectures, None, (), (), controle)
    nombre = count_accords(ordinaire, lectures=lectures, voie=voie)
    premiers = list_accords(ordinaire, lectures=lectures, voie=voie, total=demande.total, limite=demande.premiers)
    return EtudeLecture(
        nom,
        lectures,
        nombre,
        _qualify(ordinaire, premiers, voie, lectures),
        tuple(_find_meilleurs(ordinaire, demande, voie, lectures)) if nombre.nombre else (),
        controle,
    )


def _qualify(
    ordinaire: SiegesDroitCommun, accords: Iterable[Mapping[str, int]], voie: Voie, lectures: Lectures
) -> tuple[Accord, ...]:
    """Return agreements with what the check says of each."""
    check = CONTROLES[voie]
    couples = ((sieges, check(ordinaire, sieges, lectures=lectures)) for sieges in accords)
    return tuple(Accord(sieges, controle.etat, controle.avertissements) for sieges, controle in couples)


def _find_meilleurs(
    ordinaire: SiegesDroitCommun, demande: Demande, voie: Voie, lectures: Lectures
) -> Iterator[Meilleurs]:
    """Yield the best agreements by each objective, as many as the first ones asked for, one at least."""
    limite = max(demande.premiers, 1)
    for objectif in _list_objectifs(ordinaire, demande):
        meilleur = find_meilleur_accord(
            ordinaire, [objectif], lectures=lectures, voie=voie, cible=demande.proposes, limite=limite
        )
        if meilleur is not None:
            yield Meilleurs(meilleur, _qualify(ordinaire, meilleur.accords, voie, lectures))


def _list_objectifs(ordinaire: SiegesDroitCommun, demande: Demande) -> Iterator[Objectif]:
    """Yield the objectives that say something here."""
    has_petites = any(ligne.sieges_iv == 1 for ligne in ordinaire.lignes)
    for objectif in Objectif:
        is_sans_objet = (objectif is Objectif.PETITES and not has_petites) or (
            objectif is Objectif.PROCHE and demande.proposes is None
        )
        if not is_sans_objet:
            yield objectif


def compute_seuils(populations: Mapping[str, int]) -> SeuilsMajorite:
    """Return what the majority of R-2.7 asks of communes of these populations, in councils and in inhabitants."""
    regle, n, habitants = MAJORITE_ACCORD_LOCAL, len(populations), sum(populations.values())
    voies = (
        (-(-regle.conseils_1 * n // 1), regle.population_1 * habitants // 1 + 1),
        (-(-regle.conseils_2 * n // 1), regle.population_2 * habitants // 1 + 1),
    )
    plus = max(populations.values())
    veto = regle.part_veto is not None and plus > regle.part_veto * habitants
    return SeuilsMajorite(voies, tuple(code for code, p in populations.items() if veto and p == plus))


def is_total_exclu(etudes: Iterable[EtudeLecture], total: int | None) -> bool:
    """Return whether a total is asked for that none of these studies admits."""
    nombres = [etude.nombre for etude in etudes if etude.nombre is not None]
    return total is not None and not any(total in nombre.par_total for nombre in nombres)


def list_echeances(renouvellement: int) -> tuple[Echeance, ...]:
    """Return the dates of this renewal and of the next one, supposed a mandate later."""
    regle, annees = get_regle("R-2.8"), (renouvellement, renouvellement + DUREE_MANDAT)
    return tuple(
        Echeance(
            annee,
            regle.get_jour("accord", annee - 1),
            regle.get_jour("arrete", annee - 1),
            find_millesime_population(annee),
        )
        for annee in annees
    )


def sort_codes(ordinaire: SiegesDroitCommun) -> Sequence[str]:
    """Return the communes from the most populous, by code between equals."""
    return [ligne.code for ligne in sorted(ordinaire.lignes, key=lambda ligne: (-ligne.population, ligne.code))]
