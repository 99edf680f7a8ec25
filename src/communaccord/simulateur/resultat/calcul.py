"""The answer to a simulation: calls of the noyau, variant by variant, with what must be said beside the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau import partage
from communaccord.noyau.partage import (
    Cout,
    Extremes,
    Fourchette,
    Impossible,
    Incertitude,
    Membre,
    ModeleCout,
    ReglesPartage,
)
from communaccord.noyau.partage.parts import mix_parts
from communaccord.noyau.partage.repartition import allocate, build_cadre, weigh_criteres
from communaccord.simulateur.besoins import list_concernees
from communaccord.simulateur.ecriture import FINE, format_nombre, join_mots, pluralize
from communaccord.simulateur.resultat.budget import write_temps
from communaccord.simulateur.resultat.modele import (
    build_membre,
    build_modele,
    build_regles,
    complete_volumes,
    counts_temps,
    list_estimees,
)
from communaccord.simulateur.resultat.phrase import build_phrase
from communaccord.simulateur.resultat.types import EffetCommune, Refus, Resultat, ResultatVariante
from communaccord.simulateur.resultat.vraisemblance import describe_demesure
from communaccord.simulateur.types import Simulation, Variante

MAX_NOMS = 5


@dataclass(frozen=True, slots=True)
class _Perimetre:
    """What two variants of the same perimeter share: computed once."""

    membres: tuple[Membre, ...]
    cout: Cout
    seuls: dict[str, tuple[int, ...] | None]
    extremes: Extremes | None


@dataclass(frozen=True, slots=True)
class _Contexte:
    """What all variants read."""

    simulation: Simulation
    modele: ModeleCout
    membres: Mapping[str, Membre]
    estimees: frozenset[str]
    temps_compte: bool
    annee: int
    perimetres: dict[tuple[str, ...], _Perimetre]


@dataclass(frozen=True, slots=True)
class Exacts:
    """Before rounding, by code: part of the key (phase-in included), cents; and the weight of the phase-in."""

    parts: Mapping[str, Fraction]
    montants: Mapping[str, Fraction]
    poids_aujourd_hui: Fraction


def compute_resultat(simulation: Simulation) -> Resultat:
    """Return the answer for each variant: costs, contributions to the cent, both baselines, ranges, sentence.

    A variant that has no answer bears its ``refus`` and does not prevent the others. Never raises for a simulation
    that ``parse_simulation`` returned. Complexity: that of the noyau, variants of one perimeter share its costs.
    """
    volumes = complete_volumes(simulation)
    temps_compte = counts_temps(simulation)
    contexte = _Contexte(
        simulation=simulation,
        modele=build_modele(simulation),
        membres={
            commune.code: build_membre(simulation, commune, volumes, temps_compte=temps_compte)
            for commune in list_concernees(simulation)
        },
        estimees=list_estimees(simulation),
        temps_compte=temps_compte,
        annee=get_annee_reference(simulation),
        perimetres={},
    )
    return Resultat(
        simulation=simulation,
        variantes=tuple(_compute_variante(contexte, variante) for variante in simulation.variantes),
        annee_reference=contexte.annee,
        estime=bool(contexte.estimees) or not simulation.marges.est_nulle,
        volumes=volumes,
        membres=contexte.membres,
    )


def get_annee_reference(simulation: Simulation) -> int:
    """First year at full regime: the first one after the phase-in, the last of the simulation at the latest."""
    return min(simulation.premiere_annee + simulation.conditions.lissage, simulation.annees[-1])


def _compute_variante(contexte: _Contexte, variante: Variante) -> ResultatVariante:
    codes = contexte.simulation.get_perimetre(variante)
    try:
        regles = build_regles(contexte.simulation, variante)
        commun = _get_perimetre(contexte, codes)
        reparti = partage.compute_partage(commun.cout, commun.membres, regles)
    except Impossible as impossible:
        refus = Refus(impossible.motif, impossible.remede)
        phrase = f"Cette répartition est impossible. {refus.motif} {refus.remede}"
        return ResultatVariante(variante, codes, phrase, refus=refus)
    effets = partage.compute_effets(commun.membres, reparti, commun.seuls, contexte.modele.indexation)
    fourchettes, sans_fourchette = _compute_fourchettes(commun, regles)
    communes = tuple(
        EffetCommune(
            commune, effets[commune.code], fourchettes.get(commune.code, ()), commune.code in contexte.estimees
        )
        for commune in contexte.simulation.communes
        if commune.code in effets
    )
    restes = _describe_restes(reparti.annees)
    annuels = [effet.get_annee(contexte.annee) for effet in communes]
    mesure = [*describe_demesure(annuels), *_describe_excedents(commun.cout)]
    propres = [*mesure, *reparti.avertissements, *restes, *sans_fourchette]
    estime = bool(contexte.estimees) or not contexte.simulation.marges.est_nulle
    return ResultatVariante(
        variante=variante,
        perimetre=codes,
        phrase=build_phrase(annuels, contexte.annee, estime=estime),
        communes=communes,
        cout=commun.cout,
        partage=reparti,
        regles=regles,
        avertissements=tuple(dict.fromkeys([*propres, *_describe_donnees(contexte, communes)])),
        temps=write_temps(annuels, estime=estime) if contexte.temps_compte else "",
    )


def _get_perimetre(contexte: _Contexte, codes: tuple[str, ...]) -> _Perimetre:
    if codes not in contexte.perimetres:
        retenus = frozenset(codes)
        membres = tuple(membre for code, membre in contexte.membres.items() if code in retenus)
        annees = contexte.simulation.annees
        cout = partage.compute_cout(contexte.modele, membres, annees)
        seuls = partage.compute_couts_seuls(contexte.modele, membres, annees)
        contexte.perimetres[codes] = _Perimetre(membres, cout, seuls, _build_extremes(contexte, membres))
    return contexte.perimetres[codes]


def _build_extremes(contexte: _Contexte, membres: Sequence[Membre]) -> Extremes | None:
    """Costs at both ends of the margins; None when there is no margin."""
    marges = contexte.simulation.marges
    if marges.est_nulle:
        return None
    propres = {membre.code: marges.volumes for membre in membres if marges.volumes}
    incertitude = Incertitude(Fraction(0), marges.couts, marges.aujourd_hui, propres)
    return partage.build_extremes(contexte.modele, membres, contexte.simulation.annees, incertitude)


def _compute_fourchettes(
    commun: _Perimetre, regles: ReglesPartage
) -> tuple[dict[str, tuple[Fourchette, ...]], tuple[str, ...]]:
    """Ranges by code, or none with the reason when an end of the margins has no answer."""
    if commun.extremes is None:
        return {}, ()
    try:
        return partage.share_extremes(commun.extremes, regles), ()
    except Impossible as impossible:
        return {}, (f"La fourchette ne peut pas être calculée. {impossible.motif} {impossible.remede}",)


def _describe_restes(annees: Sequence[partage.PartageAnnuel]) -> list[str]:
    """Say who bears what the communes do not pay, with the years."""
    porteurs: dict[tuple[str, str], list[str]] = {}
    for annuel in annees:
        for reste in annuel.restes:
            porteurs.setdefault((reste.motif.value, reste.porteur), []).append(str(annuel.annee))
    return [
        f"{motif}\u202f: le reste est porté par {_add_article(porteur)} ({', '.join(liste)})."
        for (motif, porteur), liste in porteurs.items()
    ]


def _add_article(porteur: str) -> str:
    """Write ``l'intercommunalité`` for a word typed without its article."""
    premier = porteur.split()[0].lower()
    return f"l'{porteur}" if premier in ("intercommunalité", "intercommunalite", "epci", "agglomération") else porteur


def _describe_excedents(cout: Cout) -> list[str]:
    """Say once, with the years, that grants exceed the cost."""
    annees = [str(annee) for annee, montant in zip(cout.annees, cout.excedent, strict=True) if montant]
    if not annees:
        return []
    return [
        f"Les subventions dépassent le coût en {join_mots(annees)}\u202f: l'intercommunalité garde l'excédent, "
        "les communes ne paient rien."
    ]


def _describe_donnees(contexte: _Contexte, communes: Sequence[EffetCommune]) -> list[str]:
    """Say what is estimated, left out or unknown in the figures given."""
    lignes = []
    estimees = [effet.commune.nom for effet in communes if effet.volume_estime]
    if estimees:
        lignes.append(
            f"Volume estimé selon la population pour {pluralize(len(estimees), 'commune')}\u202f: {_list(estimees)}."
        )
    inconnues = [effet.commune.nom for effet in communes if effet.commune.depense_actuelle is None]
    if inconnues:
        lignes.append(
            f"Dépense d'aujourd'hui inconnue\u202f: {_list(inconnues)}. L'écart avec aujourd'hui n'y est pas calculé."
        )
    if not contexte.temps_compte and len(inconnues) < len(communes):
        lignes.append("Le temps des agents n'a été donné pour aucune commune\u202f: il n'apparaît pas dans la réponse.")
    if contexte.simulation.territoire.fictif:
        lignes.append("Territoire et chiffres fictifs.")
    marges = contexte.simulation.marges
    if marges.volumes:
        taux = format_nombre(marges.volumes * 100)
        lignes.append(f"Les volumes de chaque commune sont pris à plus ou moins {taux}{FINE}%.")
    return lignes


def _list(noms: Sequence[str]) -> str:
    retenus = list(noms[:MAX_NOMS])
    if len(noms) > MAX_NOMS:
        retenus.append(pluralize(len(noms) - MAX_NOMS, "autre"))
    return join_mots(retenus)


def explain_contribution(
    resultat: Resultat, variante: ResultatVariante, code: str, annee: int
) -> partage.Explication | None:
    """Return the formula with its numbers for one commune and one year; None when it does not take part.

    Complexity: one year of sharing.
    """
    if variante.cout is None or variante.regles is None or variante.get_commune(code) is None:
        return None
    return partage.explain(variante.cout, _list_membres(resultat, variante), variante.regles, code, annee)


def _list_membres(resultat: Resultat, variante: ResultatVariante) -> tuple[Membre, ...]:
    return tuple(resultat.membres[effet.commune.code] for effet in variante.communes)


def compute_exacts(resultat: Resultat, variante: ResultatVariante, annee: int) -> Exacts:
    """Return the exact parts and amounts of all the communes for one year. Errors: ValueError for a refused variant.

    Complexity: one year of sharing.
    """
    if variante.cout is None or variante.regles is None:
        raise ValueError("Une variante refusée n'a pas de parts.")
    membres = _list_membres(resultat, variante)
    cadre = build_cadre(membres, variante.regles)
    criteres = weigh_criteres(cadre, annee - variante.cout.annees[0])
    parts = mix_parts(criteres)
    allocation = allocate(cadre, parts, variante.cout.a_repartir[variante.cout.annees.index(annee)], annee)
    return Exacts(
        parts={m.code: Fraction(n, parts.denominateur) for m, n in zip(membres, parts.numerateurs, strict=True)},
        montants={membre.code: allocation.exact(rang) for rang, membre in enumerate(membres)},
        poids_aujourd_hui=criteres[-1].poids if len(criteres) > len(cadre.criteres) else Fraction(0),
    )
