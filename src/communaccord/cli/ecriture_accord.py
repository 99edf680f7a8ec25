"""The answer of ``communaccord accord`` as JSON: the keys of docs/moteur/formats.md."""

from communaccord.cli.dossiers import DossierLu
from communaccord.cli.ecriture import (
    list_doublons,
    write_demande,
    write_montants,
    write_point,
    write_signature,
    write_transferts,
)
from communaccord.cli.examen import Examen, find_manque, is_arrondi
from communaccord.cli.factures import build_facture, is_silencieuse
from communaccord.cli.montants import write_fraction, write_haut
from communaccord.cli.questions import Etudie
from communaccord.noyau.accord.recherche import Conflict, Deal, Drop, Feasible, Paquet, Relaxation
from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.erreurs import format_euros
from communaccord.noyau.solver import Status


def build_reponse(examen: Examen, etudie: Etudie | None) -> dict[str, object]:
    """Return the whole answer."""
    lu, verdict = examen.lu, examen.verdict
    reponse: dict[str, object] = {"accord": isinstance(verdict, Feasible)}
    if isinstance(verdict, Feasible):
        reponse["exemple"] = write_point(lu.paquet, verdict.point)
        reponse["propositions"] = {cle: write_deal(lu.paquet, deal) for cle, deal in examen.propositions.items()}
        reponse["non_definies"] = examen.refus
    else:
        reponse["conflit"] = write_conflit(lu, verdict)
        reponse["cession"] = write_cession(lu, examen.cession)
        reponse["retrait"] = write_retrait(examen, examen.retrait)
    reponse["signatures"] = write_signatures(examen)
    reponse["questions"] = write_questions(etudie)
    reponse["avertissements"] = [*lu.avertissements, *list_doublons(lu)]
    return reponse


def write_signatures(examen: Examen) -> dict[str, object] | None:
    """Return who signs at the deal of departure, and which communes are taken to accept what they pay alone."""
    lu, ecrite, depart = examen.lu, write_signature(examen.lu, examen.signature), examen.find_depart()
    if ecrite is None or depart is None:
        return None
    return {
        "origine": depart[0],
        **ecrite,
        "sans_plafond": [nom for nom in lu.paquet.communes if is_silencieuse(lu, nom)],
    }


def write_questions(etudie: Etudie | None) -> dict[str, object] | None:
    """Return the deal that the answers start from, each answer, and why others have none."""
    if etudie is None:
        return None
    return {
        "depart": None if etudie.depart is None else etudie.depart.donnees,
        **{nom: reponse.donnees for nom, reponse in etudie.reponses.items()},
        "sans_reponse": etudie.refus,
    }


def write_deal(paquet: Paquet, deal: Deal) -> dict[str, object]:
    """Return a deal: exact keys, then whole cents that add up."""
    reponse: dict[str, object] = {
        **write_point(paquet, deal.point),
        "parts": {
            service.nom: write_montants(paquet, parts)
            for service, parts in zip(paquet.services, deal.shares, strict=True)
        },
        "transferts": write_transferts(paquet, deal.transfers),
        "contributions": write_montants(paquet, deal.contributions),
        "gains": write_montants(paquet, deal.gains),
        "statut": "optimal" if deal.status is Status.OPTIMAL else "arrete",
    }
    if deal.rule == "nash":
        reponse["borne_du_logarithme"] = write_fraction(deal.bound, haut=True)
    else:
        # A gain is as large as possible, a regret as small.
        petit = deal.rule == "regret"
        reponse["valeur"] = write_fraction(deal.value / 100, haut=petit)
        reponse["borne"] = write_fraction(deal.bound / 100, haut=not petit)
        reponse["mesure"] = "plus grand regret" if deal.rule == "regret" else "plus petit gain"
    return reponse


def write_conflit(lu: DossierLu, conflit: Conflict) -> dict[str, object]:
    """Return the requests that conflict, the multipliers that prove it, and for each a point without it."""
    return {
        "demandes": [write_demande(lu, rang) for rang in conflit.numeros],
        "irreductible": conflit.irreductible,
        "preuve": write_preuve(lu, conflit),
        "sans": [
            {"numero": lu.numeros[rang], **write_point(lu.paquet, temoin)}
            for rang, temoin in sorted(conflit.temoins.items())
        ],
    }


def write_preuve(lu: DossierLu, conflit: Conflict) -> dict[str, object]:
    """Return the weight of each request, at most 1, and what is then missing, proved in exact arithmetic."""
    preuve = find_manque(conflit)
    if preuve is None:
        return {"phrase": tell_preuve(conflit)}
    poids, manque = preuve
    return {
        "poids": [{"numero": lu.numeros[rang], "poids": str(valeur)} for rang, valeur in poids],
        "manque": write_fraction(manque / 100, haut=False),
        "phrase": tell_preuve(conflit),
    }


def tell_preuve(conflit: Conflict) -> str:
    """Return what proves the conflict, in one sentence."""
    preuve = find_manque(conflit)
    if preuve is None:
        return "Le dossier décide cette demande à lui seul, et la refuse."
    poids = {valeur for _, valeur in preuve[0]}
    demandes = "ces demandes ensemble" if len(poids) == 1 else "ces demandes, pesées ainsi,"
    if len(conflit.lignes) == 1:
        demandes = "cette demande"
    return (
        f"Quels que soient la clé et les transferts, il manque à {demandes} au moins "
        f"{format_euros(round_exact(preuve[1], RegleArrondi.PAR_DEFAUT))} par an."
    )


def write_cession(lu: DossierLu, cession: Relaxation | None) -> dict[str, object] | None:
    """Return the least that requests on money give up, None when nothing was proved."""
    if cession is None:
        return None
    facture = build_facture(lu.paquet, cession.point)
    return {
        "demandes": [
            {**write_demande(lu, rang), "cede": write_haut(cents), "arrondi": is_arrondi(lu, cession, rang)}
            for rang, cents in sorted(cession.cents.items())
        ],
        "total_pese": write_fraction(cession.total / 100, haut=True),
        "borne": write_fraction(cession.low / 100, haut=False),
        "statut": "optimal" if cession.gap < 1 else "arrete",
        "sans_remede": [write_demande(lu, rang) for rang in cession.fixes],
        **write_point(lu.paquet, cession.point),
        "contributions": facture and write_montants(lu.paquet, facture.paie),
        "gains": facture and write_montants(lu.paquet, facture.gagne),
    }


def write_retrait(examen: Examen, retrait: Drop | None) -> dict[str, object] | None:
    """Return the fewest requests whose withdrawal ends the conflict, with the bound of their number."""
    if retrait is None:
        return None
    lu, autres = examen.lu, examen.autres
    return {
        "demandes": [write_demande(lu, rang) for rang in retrait.numeros],
        "au_moins": retrait.low,
        "prouve_sans_solveur": retrait.certified,
        "statut": "optimal" if retrait.status is Status.OPTIMAL else "arrete",
        "aussi_bien": None if autres is None else [write_demande(lu, rang) for rang in autres],
    }
