"""What a dossier holds that decides nothing, said with the answer: a way without money, a request always met."""

from collections.abc import Sequence

from communaccord.cli.sortie import name_quelques
from communaccord.noyau.accord.recherche import EngagementPris, HausseMax, Ligne, Paquet
from communaccord.noyau.accord.recherche.programme import build_hausse
from communaccord.noyau.accord.recherche.vehicules import find_donneurs, find_receveurs

RIEN = "aucun euro n'y passe"
DONNER = (
    "Un fonds de concours se reçoit seulement, et ce que des communes reçoivent, d'autres le donnent : par la voie "
    "« revision_libre_ac », dites dans « donner » jusqu'où chacune le peut."
)


def list_avis(paquet: Paquet, lignes: Sequence[Ligne], populations: Sequence[int]) -> list[str]:
    """Return what to know of the dossier, in French. `lignes`: in the order of the file. O(lines x services)."""
    return [*list_nulles(paquet, populations), *list_voies(paquet), *list_inertes(paquet, lignes)]


def list_nulles(paquet: Paquet, populations: Sequence[int]) -> list[str]:
    """Return one sentence for the communes said to have no inhabitant."""
    nulles = [nom for nom, nombre in zip(paquet.communes, populations, strict=False) if not nombre]
    return [f"Aucun habitant, d'après « populations » : {name_quelques(nulles)}."] if nulles else []


def list_voies(paquet: Paquet) -> list[str]:
    """Return a sentence for all the ways together, or for each one, by which no money can pass."""
    if not paquet.vehicules:
        return []
    donneurs, receveurs = find_donneurs(paquet), find_receveurs(paquet)
    if not donneurs:
        return [f"Personne ne peut donner par les voies de « transferts » : {RIEN}. {DONNER}"]
    if not receveurs:
        return [f"Personne ne peut recevoir par les voies de « transferts » : {RIEN}."]
    if donneurs == receveurs and len(donneurs) == 1:
        seule = paquet.communes[min(donneurs)]
        return [f"{seule} seule peut donner et recevoir par les voies de « transferts » : {RIEN}."]
    return [
        f"Personne ne peut donner ni recevoir par la voie « {voie.nom} » : {RIEN}."
        for voie in paquet.vehicules
        if not (find_donneurs(paquet, voie) or find_receveurs(paquet, voie))
    ]


def list_inertes(paquet: Paquet, lignes: Sequence[Ligne]) -> list[str]:
    """Return a sentence for each request that holds or fails whatever is agreed, because a key of the file is empty."""
    phrases = []
    for rang, ligne in enumerate(lignes):
        ou = f"demandes[{rang}], {ligne.commune}"
        if isinstance(ligne, HausseMax) and not build_hausse(paquet, ligne, rang):
            manque = "aucun de ses services n'a de « montee »"
            phrases.append(f"{ou} : « hausse_max » compare des années, et {manque} ; la demande tient toujours.")
        if isinstance(ligne, EngagementPris) and ligne.engagement not in paquet.engagements:
            remede = f'ajoutez-y "{ligne.engagement.value}" pour accorder la demande.'
            phrases.append(f"{ou} : « engagements », à la racine du dossier, ne promet pas cela ; {remede}")
    return phrases
