"""The deal that the questions start from: what each pays and gains, which requests it does not meet, who signs."""

from communaccord.cli.ecriture import (
    tell_cle,
    tell_manquees,
    tell_signature,
    write_demande,
    write_montants,
    write_point,
    write_signature,
    write_transferts,
)
from communaccord.cli.examen import sign
from communaccord.cli.questions.etude import Etude, Reponse
from communaccord.cli.sortie import align_tableau
from communaccord.noyau.accord.recherche import find_broken
from communaccord.noyau.partage.erreurs import format_euros


def describe_depart(etude: Etude) -> Reponse:
    """Tell the deal that the questions start from; in words only when it is the key proposed, the others being told."""
    paquet, lu = etude.paquet, etude.lu
    parts, transferts = etude.cents
    paie = [sum(table[i] for table in parts) - sum(table[i] for table in transferts) for i in range(paquet.n)]
    seuls = [sum(service.seul[i] for service in paquet.services if i in service.perimetre) for i in range(paquet.n)]
    gagne = [seul - du for seul, du in zip(seuls, paie, strict=True)]
    manquees, signature = find_broken(paquet, lu.lignes, etude.point), sign(lu, etude.point)
    donnees = {
        "origine": etude.origine,
        **write_point(paquet, etude.point),
        "parts": {
            service.nom: write_montants(paquet, table) for service, table in zip(paquet.services, parts, strict=True)
        },
        "transferts": write_transferts(paquet, transferts),
        "contributions": write_montants(paquet, paie),
        "gains": write_montants(paquet, gagne),
        "demandes_non_tenues": [write_demande(lu, rang) for rang in manquees],
        "signatures": write_signature(lu, signature),
    }
    if etude.origine != "cle_proposee":
        return Reponse(donnees, [])
    lignes = ["La clé proposée"]
    for service, key in zip(paquet.services, etude.point.keys, strict=True):
        lignes.append(f"  clé de « {service.nom} » : {tell_cle(service, key)}")
    tableau = [("Commune", "paie", "gagne")]
    tableau += [
        (nom, format_euros(du), format_euros(gain)) for nom, du, gain in zip(paquet.communes, paie, gagne, strict=True)
    ]
    lignes += align_tableau(tableau, droite=frozenset({1, 2}))
    lignes += tell_manquees(lu, manquees, "Ne tient pas : ")
    lignes += ["Qui signe, à la clé proposée", *tell_signature(lu, signature)]
    return Reponse(donnees, lignes)
