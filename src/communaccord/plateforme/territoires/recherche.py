"""Search keys of the territories: pure, the same for what is stored and for what is typed."""

from communaccord.reference import Commune, Epci, normalize_nom

LONGUEUR_MAX = 120
MOTS_MAX = 8
_SIGLES = ("cc", "ca", "cu")
_LIAISONS = ("de", "du", "des", "d", "la", "le", "les", "l")


def build_cle(typed: str) -> str:
    """Key of what somebody typed: accent-blind, at most eight words; empty when no letter nor digit is left."""
    return " ".join(normalize_nom(typed[:LONGUEUR_MAX]).split()[:MOTS_MAX])


def build_nom_court(nom: str) -> str:
    """Normalized name of an EPCI without its nature: "CA du Pays Basque" gives "pays basque"."""
    words = normalize_nom(nom).split()
    if words and words[0] in _SIGLES:
        words.pop(0)
        while len(words) > 1 and words[0] in _LIAISONS:
            words.pop(0)
    return " ".join(words)


def build_texte_epci(epci: Epci) -> str:
    """Everything one may type to find an EPCI: its short, full and usual names, its SIREN."""
    return f" {build_nom_court(epci.nom)} {normalize_nom(epci.nom_complet)} {normalize_nom(epci.nom)} {epci.siren}"


def build_texte_commune(commune: Commune) -> str:
    """Everything one may type to find a commune: its name, its INSEE code."""
    return f" {normalize_nom(commune.nom)} {commune.code.lower()}"
