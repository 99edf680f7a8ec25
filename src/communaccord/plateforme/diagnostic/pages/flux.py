"""The page of the flows: those counted, declarations that look alike side by side, those that cross."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.calculs.doubles import (
    UNIQUES,
    Declaration,
    Paire,
    list_croisements,
    list_paires,
)
from communaccord.plateforme.diagnostic.calculs.valeurs import write_centiemes
from communaccord.plateforme.diagnostic.enums import NatureFlux
from communaccord.plateforme.diagnostic.models import Campagne, Flux
from communaccord.plateforme.diagnostic.pages.groupes_flux import build_groupes
from communaccord.plateforme.diagnostic.queries.flux import build_corps, build_declarations
from communaccord.plateforme.diagnostic.rules import can_edit_flux, can_judge_flux
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import pluriel, prose

INCONNU = "non connu"
FAITS = {
    "declare": "Flux enregistré.",
    "corrige": "Flux corrigé.",
    "ecarte": "Flux écarté du compte : il reste lisible, avec sa raison.",
    "repris": "Flux repris dans le compte.",
    "reunis": "Ces deux déclarations sont réunies : le flux compte une fois, les deux chiffres restent.",
    "distingues": "Ce sont deux flux : les deux comptent, ils ne seront plus rapprochés.",
    "separes": "Déclarations séparées : chacune compte de nouveau.",
    "importes": "Flux du tableau enregistrés.",
    "deja_la": "Tous les flux de ce tableau étaient déjà là : rien n'a changé.",
}
# The words of conventions, as a note only: they are said both ways from one source to the other.
NOTE_SENS = (
    "Le sens se lit toujours « qui porte > qui bénéficie ». Les mots « ascendante » et « descendante » ne servent "
    "que de repère : selon les sources, ils disent l'un et l'autre sens."
)


def get_fait(cle: str) -> str:
    return prose(FAITS.get(cle, ""))


def build_page(
    acteur: Acteur,
    campagne: Campagne,
    rows: Sequence[Flux],
    distincts: Collection[frozenset[int]],
    services: Mapping[str, str],
    qui: str = "",
) -> dict[str, Any]:
    """Everything the template shows; ``qui``: the body whose flows are asked for, all when it is empty."""
    declarations = build_declarations(rows)
    noms = name_corps(rows, campagne.demarche.nom_epci)
    by_pk = {row.pk: row for row in rows}
    paires = list_paires(declarations, distincts)
    lignes = [build_ligne(acteur, campagne, row, noms, services) for row in rows]
    doubles = defaultdict(list)
    for ligne in lignes:
        if ligne["flux"].double_de_id in by_pk:
            doubles[ligne["flux"].double_de_id].append(ligne)
    for ligne in lignes:
        ligne["doubles"] = [
            {**autre, "ecart": write_ecart(ligne["flux"], autre["flux"])} for autre in doubles[ligne["flux"].pk]
        ]
    kept = [ligne for ligne in lignes if ligne["flux"].double_de_id not in by_pk]
    return {
        "phrase": write_phrase(declarations, paires),
        "paires": [build_paire(acteur, campagne, paire, by_pk, noms, services) for paire in paires],
        **build_groupes([ligne for ligne in kept if not ligne["flux"].ecarte], declarations, distincts, qui),
        "ecartes": [ligne for ligne in kept if ligne["flux"].ecarte],
        "croisements": [
            {
                "un": noms[c.un],
                "autre": noms[c.autre],
                "nature": NatureFlux(c.nature).label,
                "service": services.get(c.service, c.service),
                "aller": write_somme(c.aller.montant, c.aller.inconnus),
                "retour": write_somme(c.retour.montant, c.retour.inconnus),
                "net": write_net(c.net, noms[c.un], noms[c.autre]),
            }
            for c in list_croisements(declarations)
        ],
        "note_sens": prose(NOTE_SENS),
    }


def name_corps(rows: Sequence[Flux], nom_epci: str) -> dict[str, str]:
    """Names by key of body."""
    noms = {build_corps(None): nom_epci}
    for row in rows:
        for commune, autre in (
            (row.porteur, row.porteur_autre),
            (row.beneficiaire, row.beneficiaire_autre),
            (row.declare_par, ""),
        ):
            noms[build_corps(commune.pk if commune else None, autre)] = commune.nom if commune else autre or nom_epci
    return noms


def build_ligne(
    acteur: Acteur, campagne: Campagne, row: Flux, noms: Mapping[str, str], services: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "flux": row,
        "porteur": noms[build_corps(row.porteur_id, row.porteur_autre)],
        "beneficiaire": noms[build_corps(row.beneficiaire_id, row.beneficiaire_autre)],
        "declarant": noms[build_corps(row.declare_par_id)],
        "nature": row.get_nature_display(),
        "service": services.get(row.service, row.service),
        "montant": write_montant_de(row),
        "temps": "" if row.temps is None else f"{write_centiemes(row.temps)} ETP",
        "origine": write_origine(row),
        "modifiable": bool(can_edit_flux(acteur, row, campagne.demarche_id)),
        "jugeable": is_jugeable(acteur, row, campagne),
    }


def write_sens(row: Flux, nom_epci: str) -> str:
    """``Qui porte > qui bénéficie``, by name."""
    noms = name_corps([row], nom_epci)
    bouts = ((row.porteur_id, row.porteur_autre), (row.beneficiaire_id, row.beneficiaire_autre))
    return " > ".join(noms[build_corps(*bout)] for bout in bouts)


def is_jugeable(acteur: Acteur, row: Flux, campagne: Campagne) -> bool:
    couple = frozenset((row.porteur_id, row.beneficiaire_id)) - {None}
    return bool(can_judge_flux(acteur, couple, campagne.demarche_id))


def write_montant_de(row: Flux) -> str:
    if row.montant is None:
        return "gratuit" if row.gratuit else INCONNU
    return write_montant(row.montant)


def write_origine(row: Flux) -> str:
    """``établi, 2025, compte administratif``."""
    parts = ["établi" if row.qualite == "etabli" else "estimé", str(row.annee or ""), row.source]
    return ", ".join(part for part in parts if part)


def build_paire(
    acteur: Acteur,
    campagne: Campagne,
    paire: Paire,
    by_pk: Mapping[int, Flux],
    noms: Mapping[str, str],
    services: Mapping[str, str],
) -> dict[str, Any]:
    """Two declarations side by side, the one that would count first."""
    gardee, autre = by_pk[paire.gardee.pk], by_pk[paire.autre.pk]
    cotes = [build_ligne(acteur, campagne, row, noms, services) for row in (gardee, autre)]
    return {
        "unique": paire.gardee.nature in UNIQUES,
        "titre": f"{cotes[0]['porteur']} > {cotes[0]['beneficiaire']}",
        "cotes": cotes,
        "ecart": write_ecart(gardee, autre),
        "proche": paire.proche,
        "jugeable": cotes[0]["jugeable"],
    }


def write_ecart(one: Flux, other: Flux) -> str:
    """The gap between two amounts of one flow, in words."""
    if one.montant is None or other.montant is None:
        return "un seul montant est connu" if one.montant != other.montant else "aucun montant n'est connu"
    ecart = abs(one.montant - other.montant)
    return f"écart de {write_montant(ecart)}" if ecart else "mêmes montants"


def write_somme(montant: int, inconnus: int) -> str:
    if not inconnus:
        return write_montant(montant)
    return (
        f"{write_montant(montant)} connus, {pluriel(inconnus, 'montant inconnu', 'montants inconnus')}"
        if montant
        else INCONNU
    )


def write_net(net: int | None, un: str, autre: str) -> str:
    """Who carries more for the other, and by how much."""
    if net is None:
        return "inconnu : un montant manque"
    if net == 0:
        return "à l'équilibre"
    plus, moins = (un, autre) if net > 0 else (autre, un)
    return f"{plus} porte {write_montant(abs(net))} de plus pour {moins} que l'inverse"


def count_en_trop(paires: Sequence[Paire]) -> int:
    """Declarations that wait beside another: they do not count until somebody judges."""
    return len({paire.autre.pk for paire in paires})


def write_phrase(declarations: Sequence[Declaration], paires: Sequence[Paire]) -> str:
    """How many flows count, how many look alike."""
    counted = sum(d.compte for d in declarations) - count_en_trop(paires)
    if not declarations:
        return prose("Aucun flux n'est encore déclaré.")
    debut = f"{pluriel(counted, 'flux compté', 'flux comptés')}"
    joined = sum(d.double_de is not None for d in declarations)
    milieu = f" ; {pluriel(joined, 'déclaration réunie', 'déclarations réunies')} à un autre flux" if joined else ""
    fin = f" ; {pluriel(len(paires), 'paire')} de déclarations à départager" if paires else ""
    return prose(f"{debut}{milieu}{fin}.")
