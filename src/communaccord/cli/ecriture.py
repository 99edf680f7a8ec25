"""How the parts of a dossier are written, in JSON and in words: keys, amounts, requests, groups, who signs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from communaccord.cli.dossiers import DossierLu
from communaccord.cli.factures import Facture, build_facture, tell_facture
from communaccord.cli.montants import write_montant
from communaccord.cli.refus import count_mots
from communaccord.cli.sortie import name_quelques
from communaccord.noyau.accord.recherche import Paquet, Point, Service, Signature
from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.erreurs import format_euros, format_pourcent

MAX_DEMANDES = 8
MAX_REFUS = 12


def write_cle(service: Service, key: Iterable[Fraction]) -> dict[str, str]:
    """Return the weights of a key, exact."""
    return {critere.nom: str(poids) for critere, poids in zip(service.criteres, key, strict=True)}


def tell_cle(service: Service, key: Iterable[Fraction]) -> str:
    """Return a key as text: population 25 %, actes 75 %."""
    return ", ".join(f"{c.nom} {format_pourcent(w)}" for c, w in zip(service.criteres, key, strict=True))


def write_montants(paquet: Paquet, cents: Iterable[int]) -> dict[str, str]:
    """Return an amount by commune."""
    return dict(zip(paquet.communes, map(write_montant, cents), strict=True))


def write_transferts(paquet: Paquet, tables: Iterable[Sequence[int]]) -> dict[str, dict[str, str]]:
    """Return what each commune receives, by legal way."""
    return {
        vehicule.nom: write_montants(paquet, recus) for vehicule, recus in zip(paquet.vehicules, tables, strict=False)
    }


def write_point(paquet: Paquet, point: Point) -> dict[str, object]:
    """Return exact keys and transfers, as fractions (of 1, of euros)."""
    cles = {service.nom: write_cle(service, key) for service, key in zip(paquet.services, point.keys, strict=True)}
    transferts = {
        vehicule.nom: dict(zip(paquet.communes, (str(recu / 100) for recu in table), strict=True))
        for vehicule, table in zip(paquet.vehicules, point.transfers, strict=False)
    }
    return {"cles": cles, "transferts": transferts}


def write_demande(lu: DossierLu, rang: int) -> dict[str, object]:
    """Return a request, with its place in the file."""
    ligne = lu.lignes[rang]
    return {"numero": lu.numeros[rang], "commune": ligne.commune, "degre": ligne.degre.value, "demande": ligne.phrase}


def tell_demande(lu: DossierLu, rang: int) -> str:
    """Return a request as text, its commune first."""
    return f"{lu.lignes[rang].commune} : {lu.lignes[rang].phrase}"


def list_doublons(lu: DossierLu) -> list[str]:
    """Return a warning for each request that is written more than once."""
    comptes = Counter((ligne.commune, ligne.phrase) for ligne in lu.lignes)
    return [
        f"{nom} demande {fois} fois la même chose : {phrase}." for (nom, phrase), fois in comptes.items() if fois > 1
    ]


def tell_manquees(lu: DossierLu, rangs: Sequence[int], avant: str) -> list[str]:
    """Return the requests that do not hold, one line each, the first ones when they are many."""
    lignes = [f"{avant}{tell_demande(lu, rang)}" for rang in rangs[:MAX_DEMANDES]]
    if len(rangs) > MAX_DEMANDES:
        lignes.append(f"{avant}et {count_mots(len(rangs) - MAX_DEMANDES, 'autre')}")
    return lignes


def name_membres(paquet: Paquet, groupe: Iterable[int]) -> list[str]:
    """Return the names of a group, in the order of the communes."""
    return [paquet.communes[i] for i in sorted(groupe)]


def format_haut(cents: Fraction) -> str:
    """Return an amount in French, rounded up to the cent."""
    return format_euros(round_exact(cents, RegleArrondi.PAR_EXCES))


def format_bas(cents: Fraction) -> str:
    """Return an amount in French, rounded down to the cent."""
    return format_euros(round_exact(cents, RegleArrondi.PAR_DEFAUT))


def write_signature(lu: DossierLu, signature: Signature | None) -> dict[str, object] | None:
    """Return who signs, what stands without the others, what each then pays, and the rounds in sentences."""
    if signature is None:
        return None
    facture = find_facture(signature)
    signent = sorted(signature.signs)
    return {
        "signent": name_membres(lu.paquet, signent),
        "services": {
            lu.paquet.services[j].nom: name_membres(lu.paquet, membres) for j, membres in signature.members.items()
        },
        "contributions": facture and {lu.paquet.communes[i]: write_montant(facture.paie[i]) for i in signent},
        "gains": facture and {lu.paquet.communes[i]: write_montant(facture.gagne[i]) for i in signent},
        "etapes": [list(etape.phrases) for etape in signature.etapes],
    }


def find_facture(signature: Signature) -> Facture | None:
    """Return the bills of those that sign; None when nothing stands, or when they could not be put in whole cents."""
    if signature.paquet is None or signature.point is None:
        return None
    return build_facture(signature.paquet, signature.point)


def tell_signature(lu: DossierLu, signature: Signature) -> Iterator[str]:
    """Yield who signs, round by round, then what those that are left pay without the others."""
    for rang, etape in enumerate(signature.etapes, 1):
        refus = len(etape.refusals)
        yield from (f"  tour {rang} : {phrase}" for phrase in etape.phrases[: min(refus, MAX_REFUS)])
        if refus > MAX_REFUS:
            yield f"  tour {rang} : et {count_mots(refus - MAX_REFUS, 'autre')} refus (--json)."
        yield from (f"  tour {rang} : {phrase}" for phrase in etape.phrases[refus:])
    if signature.collapsed:
        yield "  Plus rien ne tient."
    for j, membres in signature.members.items():
        service = lu.paquet.services[j]
        toutes = membres == service.perimetre and len(membres) > 1
        noms = name_quelques(name_membres(lu.paquet, membres))
        yield f"  « {service.nom} » : {'toutes ses communes' if toutes else noms}."
    facture = find_facture(signature) if signature.etapes else None
    if facture is not None and signature.paquet is not None:
        yield "  Ce que paieraient celles qui restent :"
        yield from (f"  {ligne}" for ligne in tell_facture(signature.paquet, facture, signature.signs))
