"""What would bring a commune in: the smallest concession by each lever, the others keeping what they asked for."""

from communaccord.cli.ecriture import format_haut, tell_cle, write_demande, write_point
from communaccord.cli.montants import write_haut, write_montant
from communaccord.cli.questions.etude import ORIGINES, Etude, Reponse
from communaccord.cli.refus import count_mots
from communaccord.noyau.accord.recherche import Concession, Levier, Paquet, find_broken, flip
from communaccord.noyau.partage.erreurs import format_euros, format_pourcent
from communaccord.noyau.solver import Status

TITRE = "Qu'est-ce qui ferait entrer chaque commune qui ne signe pas, les autres gardant ce qu'elles ont ?"
MONTREES = 12
MESURES = {
    Levier.CLE: "somme des changements de poids, de 0 à 2 par service",
    Levier.TRANSFERT: "euros par an",
    Levier.MONTEE: "part retirée à chaque année de la montée en charge",
    Levier.PRIX: "euros par an",
}


def ask(etude: Etude) -> Reponse:
    """Answer for each commune that has a request that does not hold at the deal."""
    lu, should_stop = etude.lu, etude.build_stop()
    manquees = find_broken(etude.paquet, lu.lignes, etude.point)
    communes = [nom for nom in etude.paquet.communes if any(lu.lignes[rang].commune == nom for rang in manquees)]
    donnees: list[dict[str, object]] = []
    restantes: list[str] = []
    depart = ORIGINES[etude.origine]
    lignes = [] if communes else [f"  Personne à faire entrer : à {depart}, toutes les demandes tiennent."]
    for nom in communes:
        if should_stop():
            restantes.append(nom)
            continue
        concessions = flip(etude.paquet, lu.lignes, etude.point, nom)
        donnees.append(
            {
                "commune": nom,
                "demandes": [write_demande(lu, rang) for rang in manquees if lu.lignes[rang].commune == nom],
                "leviers": {c.levier.value: write_concession(etude.paquet, c) for c in concessions},
            }
        )
        if len(donnees) <= MONTREES:
            lignes.append(f"  {nom}, à partir de {depart} :")
            lignes += [f"    {tell_concession(etude, concession)}" for concession in concessions]
    if len(donnees) > MONTREES:
        lignes.append(f"  et {count_mots(len(donnees) - MONTREES, 'autre')} (--json).")
    if restantes:
        lignes.append(f"  Le temps a manqué pour : {', '.join(restantes)}.")
    return Reponse({"communes": donnees, "non_examinees": restantes}, lignes)


def write_concession(paquet: Paquet, concession: Concession) -> dict[str, object]:
    """Return a concession: its size, and the exact point where the commune comes in (the phase-in or the cost lowered
    apart)."""
    reponse: dict[str, object] = {"possible": read_possible(concession), "mesure": MESURES[concession.levier]}
    if concession.ampleur is None or concession.paquet is None or concession.point is None:
        return reponse
    argent = concession.levier in (Levier.TRANSFERT, Levier.PRIX)
    reponse["ampleur"] = write_haut(concession.ampleur) if argent else str(concession.ampleur)
    if concession.levier is Levier.PRIX:
        prix = list_prix(paquet, concession.paquet)
        reponse["par_service"] = {nom: write_montant(cents) for nom, cents in prix.items()}
    return reponse | write_point(concession.paquet, concession.point)


def list_prix(avant: Paquet, apres: Paquet) -> dict[str, int]:
    """Return what is taken off the cost of each service, whole cents."""
    return {s.nom: s.cout - moins.cout for s, moins in zip(avant.services, apres.services, strict=True)}


def read_possible(concession: Concession) -> bool | None:
    """Return whether the lever can do it alone; None when nothing is established."""
    return {Status.OPTIMAL: True, Status.INFEASIBLE: False}.get(concession.status)


def tell_concession(etude: Etude, concession: Concession) -> str:
    """Return a concession in words."""
    quoi = concession.levier.label
    if read_possible(concession) is False:
        return f"{quoi} : cela ne suffit pas, démontré."
    if concession.ampleur is None or concession.point is None:
        return f"{quoi} : rien n'est établi."
    if concession.levier is Levier.CLE:
        cles = (
            f"« {service.nom} » {tell_cle(service, key)}"
            for service, key in zip(etude.paquet.services, concession.point.keys, strict=True)
        )
        return f"{quoi} : {' ; '.join(cles)} (déplacer {format_pourcent(concession.ampleur / 2)} du poids)."
    if concession.levier is Levier.MONTEE:
        return f"{quoi} : chaque année abaissée de {format_pourcent(concession.ampleur)}."
    par_service = ""
    if concession.levier is Levier.PRIX and concession.paquet is not None and len(etude.paquet.services) > 1:
        prix = list_prix(etude.paquet, concession.paquet)
        par_service = "".join(f", « {nom} » {format_euros(cents)}" for nom, cents in prix.items() if cents)
    return f"{quoi} : {format_haut(concession.ampleur)} par an au moins{par_service}."
