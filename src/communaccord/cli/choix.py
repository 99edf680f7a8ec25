"""From what is typed to one territory: a SIREN, an INSEE code, a name; otherwise the closest or the candidates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from communaccord.cli.sortie import ErreurCommande
from communaccord.reference import (
    Commune,
    Epci,
    Territoire,
    TerritoireInconnu,
    find_territoires,
    get_commune,
    get_epci,
    normalize_nom,
)
from communaccord.reference.models import expand_nom
from communaccord.reference.noms import normalize_lignes
from communaccord.reference.territoires import read_communes, read_epcis

MAX_CANDIDATS = 20
ECART_LONGUEUR = 3


@dataclass(frozen=True, slots=True)
class Choix:
    """The EPCI chosen (None: a commune outside any EPCI) and the commune by which it was named."""

    epci: Epci | None
    commune: Commune | None


def find_choix(texte: str) -> Choix:
    """Return the territory that ``texte`` names. Errors: ErreurCommande with the closest names or the candidates."""
    candidats = find_territoires(texte, limit=MAX_CANDIDATS)
    if not candidats:
        raise ErreurCommande(_describe_inconnu(texte))
    cle = normalize_nom(texte)
    exacts = [
        t for t in candidats if cle in {normalize_nom(t.nom), normalize_nom(expand_nom(t.nom)), normalize_nom(t.code)}
    ]
    for groupe in (_keep(exacts, "epci"), _keep(exacts, "commune"), candidats):
        if len(groupe) == 1:
            return _choose(groupe[0])
        if len(groupe) > 1 and groupe is not candidats:
            break
    raise ErreurCommande(_describe_candidats(texte, exacts or candidats))


def find_epci(texte: str) -> Epci:
    """Return the EPCI that ``texte`` names, by itself or by one of its communes. Errors: ErreurCommande."""
    choix = find_choix(texte)
    if choix.epci is None:
        nom = choix.commune.nom if choix.commune else texte
        raise ErreurCommande(f"{nom} n'appartient à aucune intercommunalité à fiscalité propre.")
    return choix.epci


def _keep(territoires: Iterable[Territoire], genre: str) -> list[Territoire]:
    return [territoire for territoire in territoires if territoire.genre == genre]


def _choose(territoire: Territoire) -> Choix:
    if territoire.genre == "epci":
        return Choix(get_epci(territoire.code), None)
    epci = None if territoire.siren_epci is None else get_epci(territoire.siren_epci)
    return Choix(epci, get_commune(territoire.code))


def _describe_candidats(texte: str, candidats: Sequence[Territoire]) -> str:
    lignes = [f"« {texte} » peut désigner plusieurs territoires. Précisez par le code :"]
    for territoire in candidats:
        lieu = f"{territoire.nom_departement} ({territoire.code_departement})"
        nature = "commune" if territoire.genre == "commune" else "intercommunalité"
        lignes.append(f"  {territoire.code:<9}  {territoire.nom}, {nature}, {lieu}")
    return "\n".join(lignes)


def _describe_inconnu(texte: str) -> str:
    if texte.strip().isdigit() and len(texte.strip()) == 9:
        try:
            get_epci(texte.strip())
        except TerritoireInconnu as erreur:
            return str(erreur)
    proches = _find_proches(normalize_nom(texte))
    debut = f"Aucune intercommunalité ni commune ne s'appelle « {texte} »."
    if not proches:
        return f"{debut} Vérifiez l'orthographe, ou donnez le SIREN."
    return f"{debut} Noms proches : {', '.join(proches)}."


def _find_proches(cle: str) -> list[str]:
    """Names whose spelling is the closest, among those that begin by the same letter and have about the same length."""
    noms = (*read_epcis().nom, *read_communes().nom)
    cles = normalize_lignes("\n".join(noms)).split("\n")
    candidats = {
        candidat: nom
        for candidat, nom in zip(cles, noms, strict=True)
        if candidat[:1] == cle[:1] and abs(len(candidat) - len(cle)) <= ECART_LONGUEUR
    }
    return [candidats[proche] for proche in get_close_matches(cle, candidats, n=5, cutoff=0.75)]
