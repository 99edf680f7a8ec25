"""What each commune answers, and by what way: written from the figures that it is shown, commune by commune."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from communaccord.plateforme.accords.enums import NatureElement, Visibilite
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.demo.territoire.hasard import draw

PLI, PARTAGE = Visibilite.PLI, Visibilite.PARTAGE
CENT_EUROS = 10_000
JUSTE_SOUS = 4_500
RANG_CENTRE = 0


class Voie(StrEnum):
    """How an answer came, or how far it went."""

    MAIRE = "maire"
    SECRETARIAT = "secretariat"
    VISITE = "visite"
    PAPIER = "papier"
    SOUMISE = "soumise"
    BROUILLON = "brouillon"
    RIEN = "rien"


@dataclass(frozen=True, slots=True)
class Avis:
    """The elements of one answer and the way it took."""

    voie: Voie
    elements: tuple[ElementSaisi, ...] = ()


# Ranks of the communes that the story needs; the others are favourable.
JUSTE_AU_DESSOUS = 8
CONSEILS_D_ABORD = (10, 17)
PAR_VISITE = 15
SUR_PAPIER = 19
SANS_REPONSE = 23
SOUS_CONDITIONS = (3, 6, 12)
DEFAVORABLES_GRANDE = 0.04
SANS_REPONSE_GRANDE = 0.08
CONSEILS_GRANDE = 0.14
CONDITIONS_GRANDE = 0.32


def plan_premier_tour(contributions: Sequence[Mapping[str, int]]) -> dict[str, Avis]:
    """Answers by code to a dossier of which ``contributions`` gives, by scenario, the dearest year of each commune."""
    codes = sorted(contributions[0])
    return {code: answer_premier_tour(rang, code, contributions) for rang, code in enumerate(codes)}


def answer_premier_tour(rang: int, code: str, contributions: Sequence[Mapping[str, int]]) -> Avis:
    basse = min(scenario[code] for scenario in contributions)
    if rang == RANG_CENTRE:
        return Avis(Voie.SECRETARIAT, answer_centre(basse))
    if rang == JUSTE_AU_DESSOUS:
        return Avis(Voie.SECRETARIAT, answer_juste(contributions[0][code]))
    if rang in CONSEILS_D_ABORD:
        return Avis(Voie.MAIRE, (build_position("conseil_d_abord", PLI, "Le conseil se réunit le mois prochain."),))
    if rang == SANS_REPONSE:
        return Avis(Voie.RIEN)
    voie = {PAR_VISITE: Voie.VISITE, SUR_PAPIER: Voie.PAPIER}.get(rang, choose_voie(rang))
    if rang in SOUS_CONDITIONS:
        return Avis(voie, answer_conditions(max(scenario[code] for scenario in contributions)))
    return Avis(voie, answer_favorable(rang)) if rang <= 25 else answer_grande(rang, voie, basse)


def choose_voie(rang: int) -> Voie:
    return Voie.SECRETARIAT if rang % 2 else Voie.MAIRE


def answer_grande(rang: int, voie: Voie, basse: int) -> Avis:
    """Beyond the twenty-six communes of the small territory: shares that a large one could know."""
    sort = draw("avis", rang)
    if sort < DEFAVORABLES_GRANDE:
        return Avis(voie, (build_position("defavorable", PLI),))
    if sort < SANS_REPONSE_GRANDE:
        return Avis(Voie.RIEN)
    if sort < CONSEILS_GRANDE:
        return Avis(voie, (build_position("conseil_d_abord", PLI),))
    if sort < CONDITIONS_GRANDE:
        return Avis(voie, answer_conditions(basse if sort < (CONSEILS_GRANDE + CONDITIONS_GRANDE) / 2 else 2 * basse))
    return Avis(voie, answer_favorable(rang))


def answer_centre(basse: int) -> tuple[ElementSaisi, ...]:
    """The centre: a limit that no scenario meets, sealed; the rest on the table."""
    limite = max(basse * 85 // 100 // CENT_EUROS, 1) * CENT_EUROS
    return (
        build_position(
            "sous_conditions", PARTAGE, "La commune-centre a déjà son service : elle veut bien l'ouvrir à tous."
        ),
        build_clause(1, PLI, "contribution_max", "condition_indispensable", montant=limite),
        build_clause(2, PARTAGE, "siege_suivi", "condition"),
        build_clause(3, PARTAGE, "permanence", "souhait"),
        build_priorite("utile", PARTAGE),
        build_notes("Le coût des locaux d'aujourd'hui est à vérifier avant le prochain tour (fictif)."),
    )


def answer_juste(contribution: int) -> tuple[ElementSaisi, ...]:
    """A sealed limit a few tens of euros under what the first scenario asks."""
    return (
        build_position("sous_conditions", PLI),
        build_clause(1, PLI, "contribution_max", "condition_indispensable", montant=max(contribution - JUSTE_SOUS, 0)),
        build_priorite("indispensable", PLI),
    )


def answer_conditions(limite: int) -> tuple[ElementSaisi, ...]:
    return (
        build_position("sous_conditions", PLI),
        build_clause(1, PLI, "contribution_max", "condition", montant=limite * 115 // 100),
        build_clause(2, PARTAGE, "permanence", "condition"),
        build_priorite("utile", PLI),
    )


def answer_favorable(rang: int) -> tuple[ElementSaisi, ...]:
    visibilite = PLI if rang % 3 else PARTAGE
    elements = [build_position("favorable", visibilite), build_priorite("utile", visibilite)]
    if rang % 4 == 0:
        elements.append(build_clause(1, PARTAGE, "siege_suivi", "souhait"))
    return tuple(elements)


def plan_second_tour(codes: Sequence[str]) -> dict[str, Avis]:
    """The round that is open today: some have validated, some are preparing, the others have not begun."""
    etapes = {3: Voie.BROUILLON, 4: Voie.SOUMISE, 5: Voie.VISITE, 6: Voie.PAPIER}
    plan = {}
    for rang, code in enumerate(sorted(codes)):
        if rang in (RANG_CENTRE, len(codes) - 1):
            plan[code] = Avis(Voie.RIEN)
            continue
        voie = choose_voie(rang) if rang % 8 in (1, 2) else etapes.get(rang % 8, Voie.RIEN)
        if voie in (Voie.PAPIER, Voie.VISITE) and rang > len(codes) // 2:
            voie = Voie.RIEN
        plan[code] = Avis(voie, answer_favorable(rang))
    return plan


def build_position(position: str, visibilite: Visibilite, motif: str = "") -> ElementSaisi:
    return ElementSaisi(NatureElement.POSITION, visibilite, {"position": position, "motif": motif})


def build_priorite(priorite: str, visibilite: Visibilite) -> ElementSaisi:
    return ElementSaisi(NatureElement.PRIORITE, visibilite, {"priorite": priorite})


def build_clause(rang: int, visibilite: Visibilite, nature: str, degre: str, **valeurs: int) -> ElementSaisi:
    return ElementSaisi(NatureElement.CLAUSE, visibilite, {"type": nature, "degre": degre, **valeurs}, rang)


def build_notes(texte: str) -> ElementSaisi:
    return ElementSaisi(NatureElement.NOTES, Visibilite.NOTES, {"texte": texte})
