"""Sharing the cost of each year: key, then phase-in, then limits, then cents by the plus fort reste."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from communaccord.noyau.exact import RegleArrondi, round_exact, share_entiers
from communaccord.noyau.partage.erreurs import DonneeInvalide, Impossible, format_euros
from communaccord.noyau.partage.modele import Membre
from communaccord.noyau.partage.parts import Critere, Parts, build_critere_aujourd_hui, build_criteres, mix_parts
from communaccord.noyau.partage.regles import Limites, ReglesPartage
from communaccord.noyau.partage.resultats import Cout, LimiteAppliquee, MotifReste, Partage, PartageAnnuel, Reste


class Borne(NamedTuple):
    """Least and greatest contribution of a member, whole cents (None: no maximum)."""

    bas: int
    haut: int | None


SANS_LIMITE = Borne(0, None)


@dataclass(frozen=True, slots=True)
class Cadre:
    """All that does not change with the amount to share: members, criteria, limits."""

    membres: Sequence[Membre]
    regles: ReglesPartage
    criteres: tuple[Critere, ...]
    aujourd_hui: Critere | None
    bornes: Sequence[Borne]
    est_limite: bool


class Allocation(NamedTuple):
    """Exact amounts of one year. Member i pays `fixes[i]` cents when a limit decided, else `libre` x part /
    `poids_libre`.
    """

    parts: Parts
    fixes: Mapping[int, tuple[int, LimiteAppliquee | None]]
    libre: int
    poids_libre: int
    restes: tuple[Reste, ...]

    def exact(self, rang: int) -> Fraction:
        """Exact amount of member number `rang`, in cents before rounding."""
        if rang in self.fixes:
            return Fraction(self.fixes[rang][0])
        return Fraction(self.libre * self.parts.numerateurs[rang], self.poids_libre)

    def bound(self, rang: int, regle: RegleArrondi) -> int:
        """Whole cents below or above the exact amount of member number `rang`."""
        if rang in self.fixes:
            return self.fixes[rang][0]
        haut = self.libre * self.parts.numerateurs[rang]
        return haut // self.poids_libre if regle is RegleArrondi.PAR_DEFAUT else -(-haut // self.poids_libre)

    def coefficient(self, montant: int) -> Fraction:
        """Ratio between an amount no limit decided and the part x `montant`; 1 when there is none to compare."""
        if not montant or not self.poids_libre:
            return Fraction(1)
        return Fraction(self.libre * self.parts.denominateur, self.poids_libre * montant)


def compute_partage(cout: Cout, membres: Sequence[Membre], regles: ReglesPartage) -> Partage:
    """Share the cost of each year between the members of its perimeter, in whole cents.

    Contributions and rests sum exactly to `cout.a_repartir`; limits hold every year; who gets the last cents depends
    on the remainders, the parts and the codes, never on the order of `membres`. Errors: `Impossible` when a base is
    unknown, when the minimum fees exceed the cost, when something is left and nobody is named to bear it;
    `DonneeInvalide` when `membres` are not the perimeter of the cost. Complexity: O(years x members x (log members +
    limits met)). Source: largest remainder (exact.py); bounded proportional sharing, resolved as flexible lengths are
    (CSS Flexbox 9.7).
    """
    check_membres(cout, membres)
    cadre = build_cadre(membres, regles)
    annees: list[PartageAnnuel] = []
    criteres: tuple[Critere, ...] = ()
    for annee, montant in zip(cout.annees, cout.a_repartir, strict=True):
        precedents, criteres = criteres, weigh_criteres(cadre, annee - cout.annees[0])
        if criteres is not precedents:
            parts = mix_parts(criteres)
        elif montant == annees[-1].a_repartir:
            annees.append(annees[-1]._replace(annee=annee))
            continue
        allocation = allocate(cadre, parts, montant, annee)
        annees.append(round_annee(cadre, allocation, montant, annee))
    avertissements = tuple(filter(None, regles.cle.avertissement.split("\n")))
    return Partage(tuple(annees), avertissements)


def build_cadre(membres: Sequence[Membre], regles: ReglesPartage) -> Cadre:
    """Read the bases and the limits once for all years. Errors: those of `compute_partage`."""
    aujourd_hui = build_critere_aujourd_hui(membres) if regles.lissage else None
    if aujourd_hui and not aujourd_hui.totale:
        raise Impossible(
            "Le lissage part du coût d'aujourd'hui, qui est nul pour toutes les communes.",
            "Retirez le lissage ou saisissez le coût d'aujourd'hui.",
        )
    est_limite = regles.limites != Limites()
    bornes = [_build_borne(regles.limites, m) for m in membres] if est_limite else [SANS_LIMITE] * len(membres)
    return Cadre(membres, regles, build_criteres(regles.cle, membres), aujourd_hui, bornes, est_limite)


def weigh_criteres(cadre: Cadre, rang_annee: int) -> tuple[Critere, ...]:
    """Return the criteria of year number `rang_annee`: those of the key, and today's split while the phase-in lasts."""
    lissage, aujourd_hui = cadre.regles.lissage, cadre.aujourd_hui
    poids = lissage.poids_aujourd_hui(rang_annee) if lissage else Fraction(0)
    if aujourd_hui is None or not poids:
        return cadre.criteres
    cle = [critere._replace(poids=critere.poids * (1 - poids)) for critere in cadre.criteres]
    return (*cle, aujourd_hui._replace(poids=poids))


def allocate(cadre: Cadre, parts: Parts, montant: int, annee: int) -> Allocation:
    """Return the exact amounts of one year: proportional to the parts, held within the limits, and what is left.

    Errors: `Impossible` as in `compute_partage`. Complexity: O(members x limits met), in integers. Source: `fill`.
    """
    minimums = sum(borne.bas for borne in cadre.bornes)
    if minimums > montant:
        raise Impossible(
            f"En {annee}, les contributions minimales font {format_euros(minimums)}, plus que les "
            f"{format_euros(montant)} à répartir.",
            "Abaissez la contribution minimale.",
        )
    inutilise = round_exact(Fraction(montant * parts.inutilisee, parts.denominateur))
    vise = max(montant - inutilise, minimums)
    maximums = _sum_maximums(cadre.bornes, parts)
    total = vise if maximums is None else min(vise, maximums)
    restes = _name_restes(cadre.regles, annee, montant - vise, vise - total)
    fixes, libre, poids_libre = fill(total, parts.numerateurs, cadre.bornes)
    return Allocation(parts, fixes, libre, poids_libre, restes)


def check_membres(cout: Cout, membres: Sequence[Membre]) -> None:
    """Refuse members that are not those the cost was computed for. O(n)."""
    if sorted(cout.codes) != sorted(membre.code for membre in membres):
        raise DonneeInvalide(
            "Le coût a été calculé pour un autre périmètre que celui du partage.", "Recalculez-le pour ces communes."
        )


def _build_borne(limites: Limites, membre: Membre) -> Borne:
    bas = limites.minimum or 0
    if limites.minimum_par_habitant is not None:
        bas = max(bas, round_exact(limites.minimum_par_habitant * membre.population, RegleArrondi.PAR_EXCES))
    hauts = [] if limites.maximum is None else [limites.maximum]
    if limites.maximum_par_habitant is not None:
        hauts.append(round_exact(limites.maximum_par_habitant * membre.population, RegleArrondi.PAR_DEFAUT))
    haut = min(hauts, default=None)
    if haut is not None and haut < bas:
        raise Impossible(
            f"{membre.libelle} : la contribution minimale ({format_euros(bas)}) dépasse la maximale "
            f"({format_euros(haut)}).",
            "Abaissez le minimum ou relevez le maximum.",
        )
    return Borne(bas, haut)


def _sum_maximums(bornes: Sequence[Borne], parts: Parts) -> int | None:
    """Most that the members can pay together (None: no limit); a member without part pays its minimum at most."""
    somme = 0
    for borne, part in zip(bornes, parts.numerateurs, strict=True):
        if not part:
            somme += borne.bas
        elif borne.haut is None:
            return None
        else:
            somme += borne.haut
    return somme


def _name_restes(regles: ReglesPartage, annee: int, inutilise: int, non_couvert: int) -> tuple[Reste, ...]:
    """Name who bears what the members do not pay, or refuse."""
    restes = []
    for cents, motif, remede in (
        (inutilise, MotifReste.USAGE_NUL, "Changez de clé"),
        (non_couvert, MotifReste.MAXIMUMS, "Relevez le maximum"),
    ):
        if cents and regles.porteur_du_reste is None:
            raise Impossible(
                f"{motif.value} : en {annee}, {format_euros(cents)} ne sont payés par personne.",
                f"{remede}, ou désignez qui porte le reste (l'EPCI, par exemple).",
            )
        if cents:
            restes.append(Reste(cents, str(regles.porteur_du_reste), motif))
    return tuple(restes)


def fill(
    total: int, poids: Sequence[int], bornes: Sequence[Borne]
) -> tuple[dict[int, tuple[int, LimiteAppliquee | None]], int, int]:
    """Find the amounts proportional to `poids`, held within `bornes`, that sum to `total`.

    Returns the members whom a limit decided, then what the others share and the sum of their weights. At each turn the
    members out of bounds on the side that weighs more are settled: they are out of bounds in the solution too.
    Complexity: O(members x limits met), in integers. Source: bounded proportional sharing, resolved as flexible lengths
    are (CSS Flexbox 9.7).
    """
    if not any(borne.bas or borne.haut is not None for borne in bornes) and any(poids):
        return {}, total, sum(poids)
    fixes: dict[int, tuple[int, LimiteAppliquee | None]] = {
        rang: (borne.bas, LimiteAppliquee.MINIMUM if borne.bas else None)
        for rang, borne in enumerate(bornes)
        if not poids[rang]
    }
    libres = [rang for rang in range(len(poids)) if poids[rang]]
    reste = total - sum(cents for cents, _ in fixes.values())
    somme = sum(poids)
    while libres:
        trop_bas: list[int] = []
        trop_hauts: list[int] = []
        ecart = 0
        for rang in libres:
            bas, haut = bornes[rang]
            vise = reste * poids[rang]
            if vise < bas * somme:
                trop_bas.append(rang)
                ecart += bas * somme - vise
            elif haut is not None and vise > haut * somme:
                trop_hauts.append(rang)
                ecart -= vise - haut * somme
        if not trop_bas and not trop_hauts:
            break
        if ecart >= 0:
            fixes.update((rang, (bornes[rang].bas, LimiteAppliquee.MINIMUM)) for rang in trop_bas)
        if ecart <= 0:
            fixes.update((rang, (bornes[rang].haut or 0, LimiteAppliquee.MAXIMUM)) for rang in trop_hauts)
        libres = [rang for rang in libres if rang not in fixes]
        reste = total - sum(cents for cents, _ in fixes.values())
        somme = sum(poids[rang] for rang in libres)
    return fixes, reste, somme


def round_annee(cadre: Cadre, allocation: Allocation, montant: int, annee: int) -> PartageAnnuel:
    """Turn exact amounts into whole cents by the plus fort reste; amounts set by a limit are whole already. O(n log
    n).
    """
    fixes, libre = allocation.fixes, allocation.libre
    exacts = {
        membre.code: libre * poids
        for rang, (membre, poids) in enumerate(zip(cadre.membres, allocation.parts.numerateurs, strict=True))
        if rang not in fixes
    }
    reparti = share_entiers(exacts, allocation.poids_libre or 1)
    contributions = {
        membre.code: fixes[rang][0] if rang in fixes else reparti.parts[membre.code]
        for rang, membre in enumerate(cadre.membres)
    }
    return PartageAnnuel(annee, montant, contributions, allocation.restes, reparti.egalite)
