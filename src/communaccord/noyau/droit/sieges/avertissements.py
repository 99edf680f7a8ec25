"""What must be said beside a computed distribution: where practice varies, what was presumed."""

from collections.abc import Iterator, Sequence

from communaccord.noyau.droit.effectifs import OrigineEffectif
from communaccord.noyau.droit.regle import Avertissement
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges.moyenne import PART_MAXIMALE_COMMUNE
from communaccord.noyau.droit.sieges.types import CommuneMembre, LigneSieges
from communaccord.noyau.exact import RegleArrondi, round_exact

SEUIL_V = get_regle("R-2.3").get_part("seuil_v")


def build_avertissements(
    membres: Sequence[CommuneMembre],
    lignes: Sequence[LigneSieges],
    *,
    nombre_tableau: int,
    nombre_reparti: int,
    v_theorique: int | None,
    egalites: Sequence[tuple[str, ...]],
) -> tuple[Avertissement, ...]:
    """Return the warnings of a distribution, in the order of the law.

    ``v_theorique``: seats that V would add before IV-4° is read again (None: V does not apply). Complexity: O(n).
    Source: edge cases of R-2.4.
    """
    return (
        *_check_plafond_conseil(nombre_tableau, nombre_reparti),
        *_check_conflit_v(lignes, v_theorique),
        *_check_effectifs(lignes, nombre_reparti < nombre_tableau, v_theorique),
        *_check_egalites(egalites),
        *_check_seuil_v(lignes, nombre_tableau, v_theorique),
        *_check_moitie(lignes),
        *_check_populations(lignes),
        *_check_communes_nouvelles(membres),
    )


def _check_plafond_conseil(nombre_tableau: int, nombre_reparti: int) -> Iterator[Avertissement]:
    if nombre_reparti < nombre_tableau:
        yield Avertissement(
            "REDUCTION_4",
            f"Le nombre de sièges réparti passe de {nombre_tableau} à {nombre_reparti} : sinon une commune aurait plus "
            "de sièges que de conseillers municipaux (IV-4°).",
        )


def _check_effectifs(
    lignes: Sequence[LigneSieges], est_reduit: bool, v_theorique: int | None
) -> Iterator[Avertissement]:
    """Warn when a presumed size of conseil municipal is what limits the result."""
    v_reduit = v_theorique is not None and sum(ligne.sieges - ligne.sieges_iv for ligne in lignes) < v_theorique
    if not est_reduit and not v_reduit:
        return
    presumees = tuple(
        ligne.code
        for ligne in lignes
        if ligne.origine_effectif is not OrigineEffectif.DONNE and ligne.sieges >= ligne.effectif_conseil - 1
    )
    if presumees:
        yield Avertissement(
            "EFFECTIF_PRESUME",
            "L'effectif du conseil municipal, présumé d'après la population, limite le résultat : vérifiez-le "
            "(certaines communes nouvelles ont un autre effectif).",
            presumees,
        )


def _check_conflit_v(lignes: Sequence[LigneSieges], v_theorique: int | None) -> Iterator[Avertissement]:
    if v_theorique is None:
        return
    ajoutes = sum(ligne.sieges - ligne.sieges_iv for ligne in lignes)
    if ajoutes < v_theorique:
        limitees = tuple(ligne.code for ligne in lignes if ligne.sieges == ligne.effectif_conseil)
        yield Avertissement(
            "CONFLIT_4_V",
            f"Le V ajouterait {v_theorique} sièges ; {ajoutes} sont retenus, pour qu'aucune commune n'ait plus de "
            "sièges que de conseillers municipaux. Les préfectures n'ont pas toutes tranché ainsi : certaines ont "
            "donné les sièges restants aux autres communes.",
            limitees,
        )


def _check_egalites(egalites: Sequence[tuple[str, ...]]) -> Iterator[Avertissement]:
    for egalite in egalites:
        yield Avertissement(
            "EGALITE_5",
            f"{len(egalite)} communes sont à égalité pour le dernier siège : chacune en reçoit un, et le total dépasse "
            "le nombre à répartir (IV-5°).",
            egalite,
        )


def _check_seuil_v(
    lignes: Sequence[LigneSieges], nombre_tableau: int, v_theorique: int | None
) -> Iterator[Avertissement]:
    garantis = sum(ligne.est_garanti for ligne in lignes)
    if v_theorique is None and garantis == SEUIL_V * nombre_tableau:
        yield Avertissement(
            "SEUIL_V_EXACT",
            f"Les {garantis} sièges garantis font exactement 30 % des {nombre_tableau} sièges du tableau : le V "
            "demande plus de 30 %, il ne s'applique pas.",
        )


def _check_moitie(lignes: Sequence[LigneSieges]) -> Iterator[Avertissement]:
    total = sum(ligne.sieges for ligne in lignes)
    moitie = round_exact(PART_MAXIMALE_COMMUNE * total, RegleArrondi.PAR_DEFAUT)
    au_dessus = tuple(ligne.code for ligne in lignes if ligne.sieges > moitie)
    if au_dessus:
        yield Avertissement(
            "MOITIE_DEPASSEE",
            "Après le plafond de la moitié, les sièges rendus donnent plus de la moitié à une autre commune : le texte "
            "ne prévoit pas ce cas. Rapprochez-vous de la préfecture.",
            au_dessus,
        )


def _check_populations(lignes: Sequence[LigneSieges]) -> Iterator[Avertissement]:
    vides = tuple(ligne.code for ligne in lignes if ligne.population == 0)
    if vides:
        yield Avertissement(
            "POPULATION_NULLE",
            "Une commune sans habitant reçoit ici un siège garanti : le texte n'en dit rien. Rapprochez-vous de la "
            "préfecture.",
            vides,
        )


def _check_communes_nouvelles(membres: Sequence[CommuneMembre]) -> Iterator[Avertissement]:
    nouvelles = tuple(membre.code for membre in membres if membre.commune_nouvelle)
    if nouvelles:
        yield Avertissement(
            "COMMUNE_NOUVELLE",
            "Jusqu'au prochain renouvellement, une commune nouvelle garde la somme des sièges des communes d'origine "
            "(L5211-6-2 3°) : le conseil réel peut différer du calcul.",
            nouvelles,
        )
