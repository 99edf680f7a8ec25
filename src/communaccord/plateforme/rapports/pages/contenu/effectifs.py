"""Staff as the rapport tells it: it is read by everybody, so that no figure on fewer than five people is in it.

A rapport is transmitted to every council and becomes public: what a page shows to a mairie, to the DRH or to the équipe
projet is masked here for all, and nothing told beside gives it away.

The staff is that of the dossier: employer by employer when its scenario says so (``EffectifEmployeur``), otherwise
the figures of each commune. What the équipe projet typed in the rapport for the intercommunalité prevails, and is
said to be so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communaccord.plateforme.diagnostic.calculs.masques import COMPTES, Cachee, resists
from communaccord.plateforme.dossiers.enums import PETIT_EFFECTIF
from communaccord.plateforme.dossiers.models import EffectifEmployeur, EffetCommune
from communaccord.plateforme.dossiers.pages.employeurs import is_petite, list_masquees
from communaccord.plateforme.dossiers.rules import mask_effectifs, write_tranche

NON_PUBLIE = "non publié (petits effectifs)"
INCONNU = "non connu"


@dataclass(frozen=True, slots=True)
class Effectif:
    """Staff of one employer; ``concernes``: those who leave it or work elsewhere. None: unknown.

    ``petit``: told by ranges only, whatever the three numbers. ``receveur``: it receives people while the departures
    of another are masked, so that what it counts afterwards would tell them.
    """

    employeur: int | None
    avant: int | None
    concernes: int | None
    apres: int | None
    petit: bool = False
    receveur: bool = False

    @property
    def est_connu(self) -> bool:
        return self.avant is not None and self.apres is not None

    @property
    def est_masque(self) -> bool:
        nombres = (self.avant, self.concernes, self.apres)
        return self.petit or any(nombre is not None and 0 < nombre < PETIT_EFFECTIF for nombre in nombres)


@dataclass(frozen=True, slots=True)
class Effectifs:
    """Of one action: ``communes`` by commune, those that take part; ``epci``: what the dossier says of it, or None."""

    communes: Mapping[int, Effectif]
    epci: Effectif | None


def read_effectifs(effets: Sequence[EffetCommune], lignes: Sequence[EffectifEmployeur]) -> Effectifs:
    """Of a scenario: its lines by employer, and the figures of the communes that have none."""
    masquees = list_masquees(lignes)
    read = {ligne.commune_id: read_ligne(ligne, masquees) for ligne in lignes}
    communes = {effet.commune_id: read.get(effet.commune_id) or read_effet(effet) for effet in effets}
    return Effectifs(communes, read.get(None))


def read_ligne(ligne: EffectifEmployeur, masquees: set[int]) -> Effectif:
    petit = is_petite(ligne)
    return Effectif(
        employeur=ligne.commune_id,
        avant=ligne.avant,
        concernes=ligne.partent + ligne.mis_a_disposition,
        apres=ligne.compute_apres(),
        petit=petit,
        receveur=ligne.pk in masquees and not petit,
    )


def read_effet(effet: EffetCommune) -> Effectif:
    return Effectif(effet.commune_id, effet.agents_avant, effet.agents_concernes, effet.agents_apres)


def tell_trois(effectif: Effectif) -> tuple[str, str, str]:
    """Today, those who leave or work elsewhere, afterwards; what is unknown is said as amounts say it."""
    nombres = (effectif.avant, effectif.concernes, effectif.apres)
    masked = tuple(write_tranche(n) for n in nombres) if effectif.petit else mask_effectifs(*nombres)
    avant, concernes, apres = (INCONNU if n is None else t for n, t in zip(nombres, masked, strict=True))
    return avant, concernes, NON_PUBLIE if effectif.receveur else apres


def tell_commune(effectif: Effectif) -> tuple[str, str]:
    """Agents of the commune today and afterwards; those of a commune that takes no part do not change."""
    avant, _, apres = tell_trois(effectif)
    return avant, apres


def tell_epci(epci: Effectif, communes: Sequence[Effectif]) -> tuple[str, str]:
    """Agents of the EPCI today and afterwards.

    The rise of the EPCI is what the communes bring: when what the masked ones bring together would let a reader deduce
    what one of them brings (masques.resists), the figure afterwards is not told.
    """
    avant, _, apres = tell_trois(epci)
    brought = [(commune, commune.concernes) for commune in communes if commune.est_masque and commune.concernes]
    line = [Cachee(commune.employeur, nombre, nombre < PETIT_EFFECTIF) for commune, nombre in brought]
    if epci.apres is not None and not resists(line, COMPTES, None):
        return avant, NON_PUBLIE
    return avant, apres


def tell_total(effectifs: Sequence[Effectif]) -> tuple[str, str]:
    """Agents of all the communes, today and afterwards: exact when nothing is masked nor unknown, else a bound.

    The bound is computed from what is told, and from nothing else.
    """
    avants = [(effectif.avant, effectif.est_masque, False) for effectif in effectifs]
    return tell_somme(avants), tell_somme([(e.apres, e.est_masque, e.receveur) for e in effectifs])


def tell_somme(nombres: Sequence[tuple[int | None, bool, bool]]) -> str:
    """``nombres``: a number, whether it is told by ranges only, whether it is not told at all."""
    if not nombres or all(nombre is None for nombre, _, _ in nombres):
        return INCONNU
    borne = sum(get_borne(nombre, masque=masque, tu=tu) for nombre, masque, tu in nombres)
    whole = not any(masque or tu or nombre is None for nombre, masque, tu in nombres)
    return str(borne) if whole else f"au moins {borne}"


def get_borne(nombre: int | None, *, masque: bool, tu: bool) -> int:
    """The least that the text told of this number says."""
    if nombre is None or tu:
        return 0
    if not masque:
        return nombre
    return 0 if nombre == 0 else 1 if nombre < PETIT_EFFECTIF else PETIT_EFFECTIF
