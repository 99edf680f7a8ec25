"""``communaccord accord``: can all requests hold together? Fair deals, or the conflict and what would end it."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

from communaccord.cli.dossiers import DossierLu, build_menu, read_dossier
from communaccord.cli.montants import write_haut, write_montant
from communaccord.cli.regles_partage import build_chrono
from communaccord.cli.sortie import ErreurCommande, print_json, print_tableau, print_titre
from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.equite import leximin, maxmin
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.modele import Paquet, Point
from communaccord.noyau.accord.recherche.nash import nash
from communaccord.noyau.accord.recherche.regret import min_regret
from communaccord.noyau.accord.recherche.relax import drop_fewest, relax
from communaccord.noyau.accord.recherche.resultats import Conflict, Deal, Drop, Feasible, Relaxation, Unknown
from communaccord.noyau.accord.recherche.signataires import Signature, who_signs
from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.erreurs import DonneeInvalide, format_euros, format_pourcent
from communaccord.noyau.solver import Status

INCONNU = "Le calcul n'a pas abouti : rien n'est établi, ni accord ni conflit."
REGLES: Mapping[str, Callable[[Paquet, Sequence[Ligne]], Deal | Conflict | Unknown]] = {
    "leximin": leximin,
    "maxmin": maxmin,
    "nash": nash,
    "regret_min": min_regret,
}
LIBELLES = {
    "leximin": "Le moins bien servi d'abord, puis le suivant (leximin)",
    "maxmin": "Le plus petit gain aussi grand que possible",
    "nash": "Le produit des gains aussi grand que possible (Nash)",
    "regret_min": "Le plus grand regret aussi petit que possible",
}


@dataclass(frozen=True, slots=True)
class Examen:
    """`verdict`: of `check`. Then either `propositions`, by rule, or what would end the conflict."""

    lu: DossierLu
    verdict: Feasible | Conflict
    propositions: dict[str, Deal]
    refus: dict[str, str]
    cession: Relaxation | None
    retrait: Drop | None
    signature: Signature | None


def execute(arguments: argparse.Namespace) -> None:
    """Print the verdict, with its proof, and what follows from it."""
    if not arguments.secondes > 0:
        raise ErreurCommande("--secondes : donnez une durée plus grande que zéro.", code=2)
    try:
        examen = examine(read_dossier(Path(arguments.fichier)), arguments.secondes)
    except DonneeInvalide as erreur:
        raise ErreurCommande(str(erreur), code=2) from erreur
    if arguments.json:
        print_json(build_reponse(examen))
    else:
        print_examen(examen)


def examine(lu: DossierLu, secondes: float) -> Examen:
    """Look for a deal. Errors: ErreurCommande when nothing could be proved; DonneeInvalide."""
    verdict = check(lu.paquet, lu.lignes)
    if isinstance(verdict, Unknown):
        raise ErreurCommande(INCONNU)
    if isinstance(verdict, Conflict):
        cede = relax(lu.paquet, lu.lignes)
        cession = cede if isinstance(cede, Relaxation) else None
        retire = drop_fewest(lu.paquet, lu.lignes, should_stop=build_chrono(secondes))
        retrait = retire if isinstance(retire, Drop) else None
        return Examen(lu, verdict, {}, {}, cession, retrait, sign(lu, cession.point) if cession else None)
    propositions: dict[str, Deal] = {}
    refus: dict[str, str] = {}
    for cle, regle in REGLES.items():
        trouve = regle(lu.paquet, lu.lignes)
        if isinstance(trouve, Deal):
            propositions[cle] = trouve
        elif isinstance(trouve, Conflict):
            refus[cle] = "Toutes les communes ne peuvent pas gagner ensemble : cette règle n'a pas de réponse."
        else:
            refus[cle] = "Le calcul n'a pas abouti : rien n'est établi."
    return Examen(lu, verdict, propositions, refus, None, None, sign(lu, verdict.point))


def sign(lu: DossierLu, point: Point) -> Signature:
    """Return who signs at a point, round by round."""
    paquet = lu.paquet
    choix = dict.fromkeys(range(len(paquet.services)), 0)
    membres = {j: service.perimetre for j, service in enumerate(paquet.services)}
    # Transfers stay exact: cut to the cent, a request met to the cent could miss a fraction of one.
    recus = cast(Sequence[Sequence[int]], point.transfers)
    return who_signs(build_menu(lu, point), choix, membres, lu.lignes, recus)


def build_reponse(examen: Examen) -> dict[str, object]:
    """Return the answer of docs/moteur/formats.md."""
    lu, verdict = examen.lu, examen.verdict
    reponse: dict[str, object] = {"accord": isinstance(verdict, Feasible)}
    if isinstance(verdict, Feasible):
        reponse["exemple"] = write_point(lu.paquet, verdict.point)
        reponse["propositions"] = {cle: write_deal(lu.paquet, deal) for cle, deal in examen.propositions.items()}
        reponse["non_definies"] = examen.refus
    else:
        reponse["conflit"] = write_conflit(lu, verdict)
        reponse["cession"] = write_cession(lu, examen.cession)
        reponse["retrait"] = write_retrait(lu, examen.retrait)
    reponse["signatures"] = write_signature(lu, examen.signature)
    reponse["avertissements"] = list(lu.avertissements)
    return reponse


def write_ligne(lu: DossierLu, numero: int) -> dict[str, object]:
    """Return a request, with its number in the file."""
    ligne = lu.lignes[numero]
    return {"numero": numero, "commune": ligne.commune, "degre": ligne.degre.value, "demande": ligne.phrase}


def write_point(paquet: Paquet, point: Point) -> dict[str, object]:
    """Return exact keys and transfers, as fractions (of 1, of euros)."""
    cles = {
        service.nom: {critere.nom: str(poids) for critere, poids in zip(service.criteres, key, strict=True)}
        for service, key in zip(paquet.services, point.keys, strict=True)
    }
    transferts = {
        vehicule.nom: dict(zip(paquet.communes, (str(recu / 100) for recu in table), strict=True))
        for vehicule, table in zip(paquet.vehicules, point.transfers, strict=False)
    }
    return {"cles": cles, "transferts": transferts}


def write_deal(paquet: Paquet, deal: Deal) -> dict[str, object]:
    """Return a deal: exact keys, then whole cents that add up."""
    communes = paquet.communes
    regret = deal.rule == "regret"
    reponse: dict[str, object] = {
        **write_point(paquet, deal.point),
        "parts": {
            service.nom: dict(zip(communes, map(write_montant, parts), strict=True))
            for service, parts in zip(paquet.services, deal.shares, strict=True)
        },
        "transferts": {
            vehicule.nom: dict(zip(communes, map(write_montant, recus), strict=True))
            for vehicule, recus in zip(paquet.vehicules, deal.transfers, strict=False)
        },
        "contributions": dict(zip(communes, map(write_montant, deal.contributions), strict=True)),
        "gains": dict(zip(communes, map(write_montant, deal.gains), strict=True)),
        "statut": "optimal" if deal.status is Status.OPTIMAL else "arrete",
    }
    if deal.rule == "nash":
        reponse["borne_du_logarithme"] = str(deal.bound)
    else:
        reponse["valeur"], reponse["borne"] = str(deal.value / 100), str(deal.bound / 100)
        reponse["mesure"] = "plus grand regret" if regret else "plus petit gain"
    return reponse


def write_conflit(lu: DossierLu, conflit: Conflict) -> dict[str, object]:
    """Return the requests that conflict, the multipliers that prove it, and for each a point without it."""
    return {
        "demandes": [write_ligne(lu, numero) for numero in conflit.numeros],
        "irreductible": conflit.irreductible,
        "preuve": write_preuve(conflit),
        "sans": [
            {"numero": numero, **write_point(lu.paquet, temoin)} for numero, temoin in sorted(conflit.temoins.items())
        ],
    }


def write_preuve(conflit: Conflict) -> dict[str, object]:
    """Return the weight of each request, at most 1, and what is then missing, proved in exact arithmetic."""
    certificat = conflit.certificat
    if certificat is None:
        return {"phrase": "Le dossier décide cette demande à lui seul, et la refuse."}
    poids = [
        (numero, Fraction(y))
        for (_, y), numero in zip(certificat.rows, certificat.lignes, strict=False)
        if numero >= 0 and y
    ]
    plus = max(y for _, y in poids)
    manque = -certificat.compute_bound() * certificat.scale / plus
    return {
        "poids": [{"numero": numero, "poids": str(y / plus)} for numero, y in poids],
        "manque": str(manque / 100),
        "phrase": "Quels que soient la clé et les transferts, il manque à ces demandes, pesées ainsi, au moins "
        f"{format_euros(round_exact(manque, RegleArrondi.PAR_DEFAUT))} par an.",
    }


def write_cession(lu: DossierLu, cession: Relaxation | None) -> dict[str, object] | None:
    """Return the least that requests on money give up, None when nothing was proved."""
    if cession is None:
        return None
    return {
        "demandes": [
            {**write_ligne(lu, numero), "cede": write_haut(cents)} for numero, cents in sorted(cession.cents.items())
        ],
        "total_pese": str(cession.total / 100),
        "borne": str(cession.low / 100),
        "statut": "optimal" if cession.gap < 1 else "arrete",
        "sans_remede": [write_ligne(lu, numero) for numero in cession.fixes],
        **write_point(lu.paquet, cession.point),
    }


def write_retrait(lu: DossierLu, retrait: Drop | None) -> dict[str, object] | None:
    """Return the fewest requests whose withdrawal ends the conflict, with the bound of their number."""
    if retrait is None:
        return None
    return {
        "demandes": [write_ligne(lu, numero) for numero in retrait.numeros],
        "au_moins": retrait.low,
        "prouve_sans_solveur": retrait.certified,
        "statut": "optimal" if retrait.status is Status.OPTIMAL else "arrete",
    }


def write_signature(lu: DossierLu, signature: Signature | None) -> dict[str, object] | None:
    """Return who signs, what stands without the others, and the rounds in sentences."""
    if signature is None:
        return None
    communes, services = lu.paquet.communes, lu.paquet.services
    return {
        "signent": [communes[i] for i in sorted(signature.signs)],
        "services": {
            services[j].nom: [communes[i] for i in sorted(membres)] for j, membres in signature.members.items()
        },
        "etapes": [list(etape.phrases) for etape in signature.etapes],
    }


def print_examen(examen: Examen) -> None:
    """Print the answer in French."""
    lu, verdict = examen.lu, examen.verdict
    print_titre(lu.titre or "Un accord est-il possible ?")
    for texte in lu.avertissements:
        print(f"À savoir : {texte}")
    if isinstance(verdict, Feasible):
        print_accord(examen)
    else:
        print_conflit(examen, verdict)
    if examen.signature is not None:
        print_signature(lu, examen.signature)


def print_accord(examen: Examen) -> None:
    """Print the deals, one column a rule."""
    paquet = examen.lu.paquet
    print("Un accord est possible : toutes les demandes tiennent ensemble.")
    for cle, deal in examen.propositions.items():
        print(f"\n{LIBELLES[cle]}")
        for service, key in zip(paquet.services, deal.point.keys, strict=True):
            poids = (f"{c.nom} {format_pourcent(w)}" for c, w in zip(service.criteres, key, strict=True))
            print(f"  clé de « {service.nom} » : {', '.join(poids)}")
        lignes = [("Commune", "paie", "gagne")]
        lignes += [
            (nom, format_euros(paie), format_euros(gagne))
            for nom, paie, gagne in zip(paquet.communes, deal.contributions, deal.gains, strict=True)
        ]
        print_tableau(lignes, droite=frozenset({1, 2}))
        if deal.status is not Status.OPTIMAL:
            print(f"À savoir : recherche arrêtée avant sa preuve, {describe_distance(deal)}.")
    for cle, texte in examen.refus.items():
        print(f"\nSans réponse, {LIBELLES[cle]} : {texte}")


def describe_distance(deal: Deal) -> str:
    """Say how far a deal may be from the best one: euros, or the logarithm of a product."""
    if deal.rule == "nash":
        return f"le logarithme du produit est à {float(deal.gap):.6f} au plus du meilleur".replace(".", ",")
    return f"à {format_euros(round_exact(deal.gap, RegleArrondi.PAR_EXCES))} au plus de la meilleure valeur"


def print_conflit(examen: Examen, conflit: Conflict) -> None:
    """Print the requests that conflict, the proof, and what would end it."""
    lu = examen.lu
    print("Aucun accord ne satisfait toutes les demandes. Celles-ci ne tiennent pas ensemble :")
    for ligne in conflit.lignes:
        print(f"  {ligne.commune} : {ligne.phrase} ({ligne.degre.label})")
    print(write_preuve(conflit)["phrase"])
    if conflit.irreductible and len(conflit.lignes) > 1:
        print("Que l'une d'elles soit retirée, et les autres de cette liste tiennent ensemble.")
    if examen.cession is not None:
        print(
            "\nCe qu'il suffirait de céder en argent, au total le moins possible (une demande plus forte pèse plus) :"
        )
        for numero, cents in sorted(examen.cession.cents.items()):
            cede = format_euros(round_exact(cents, RegleArrondi.PAR_EXCES))
            print(f"  {lu.lignes[numero].commune} cède {cede} par an sur : {lu.lignes[numero].phrase}")
        if examen.cession.gap >= 1:
            ecart = format_euros(round_exact(examen.cession.gap, RegleArrondi.PAR_EXCES))
            print(f"  À savoir : ce total pesé est démontré le plus petit à {ecart} près.")
        for numero in examen.cession.fixes:
            print(f"  aucun montant ne suffit pour {lu.lignes[numero].commune} : {lu.lignes[numero].phrase}")
    if examen.retrait is not None:
        print(
            f"\nOu bien retirer {len(examen.retrait.numeros)} demande(s) ; il en faut au moins {examen.retrait.low} :"
        )
        for numero in examen.retrait.numeros:
            print(f"  {lu.lignes[numero].commune} : {lu.lignes[numero].phrase}")


def print_signature(lu: DossierLu, signature: Signature) -> None:
    """Print who signs, round by round."""
    suite = "à la clé qui demande le moins de céder, si personne ne cède" if signature.etapes else "à cet accord"
    print(f"\nQui signe, {suite}, et ce qui tient sans les autres")
    for rang, etape in enumerate(signature.etapes, 1):
        for phrase in etape.phrases:
            print(f"  tour {rang} : {phrase}")
    if signature.collapsed:
        print("  Plus rien ne tient.")
    for j, membres in signature.members.items():
        noms = ", ".join(lu.paquet.communes[i] for i in sorted(membres))
        print(f"  « {lu.paquet.services[j].nom} » : {noms}.")
