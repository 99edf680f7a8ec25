"""Names of the sheets and fields of the workbook: readable by a person, read back by the same names."""

import re
from collections.abc import Mapping
from fractions import Fraction

from communaccord.simulateur.nombres import NombreInvalide, parse_nombre

FEUILLE_LISEZ_MOI = "Lisez-moi"
FEUILLE_HYPOTHESES = "Hypothèses"
FEUILLE_COMMUNES = "Communes"
FEUILLE_COUTS = "Coûts"
FEUILLE_EFFETS = "Effets par année"
CHAMP_PARTICIPE = "participe"
MAX_CHIFFRES_SURS = 15

LIBELLES: Mapping[str, str] = {
    "version": "Version du format",
    "titre": "Titre",
    "territoire-siren": "SIREN du territoire",
    "territoire-nom": "Nom du territoire",
    "territoire-fictif": "Territoire fictif",
    "territoire-source_population": "Source des populations",
    "service-domaine": "Domaine du service",
    "service-nom": "Nom du service",
    "service-unite": "Unité de travail",
    "service-actes-code": "Acte : code",
    "service-actes-libelle": "Acte : libellé",
    "service-actes-poids": "Acte : poids en charge de travail",
    "service-actes-poids_cle": "Acte : poids dans la clé",
    "service-actes-cout_unitaire": "Acte : coût unitaire (€)",
    "volume_total": "Volume total à répartir selon la population (estimé)",
    "volumes_totaux": "Volume total à répartir selon la population (estimé)",
    "personnel-etp": "Nombre d'ETP imposé",
    "personnel-productivite": "Unités traitées par un ETP en un an",
    "personnel-pas": "Plus petite part de poste recrutée (ETP)",
    "personnel-cout_etp": "Coût annuel d'un ETP (€)",
    "couts-fixes-libelle": "Coût fixe : libellé",
    "couts-fixes-montant": "Coût fixe : montant annuel (€)",
    "couts-adhesion": "Coût d'adhésion par commune (€ par an)",
    "couts-mise_en_place": "Mise en place, au total (€)",
    "couts-mise_en_place_annees": "Mise en place : années d'étalement",
    "couts-indexation_personnel": "Indexation du personnel (% par an)",
    "couts-indexation_autres": "Indexation des autres coûts (% par an)",
    "couts-indexation_aujourd_hui": "Indexation du coût actuel (% par an)",
    "couts-subventions-libelle": "Subvention : libellé",
    "couts-subventions-montant": "Subvention : montant annuel (€)",
    "couts-subventions-premiere_annee": "Subvention : première année",
    "couts-subventions-derniere_annee": "Subvention : dernière année",
    "couts-part_epci_taux": "Part de l'intercommunalité (%)",
    "couts-part_epci_montant": "Part fixe de l'intercommunalité (€ par an)",
    "conditions-minimum": "Contribution minimale (€ par an)",
    "conditions-maximum": "Contribution maximale (€ par an)",
    "conditions-lissage": "Lissage (années)",
    "conditions-porteur_du_reste": "Qui porte le reste",
    "cout_horaire": "Coût d'une heure de travail (€)",
    "marges-volumes": "Marge sur les volumes (%)",
    "marges-couts": "Marge sur les coûts (%)",
    "marges-aujourd_hui": "Marge sur le coût actuel (%)",
    "annees-premiere": "Première année",
    "annees-horizon": "Nombre d'années",
    "variantes-nom": "Variante : nom",
    "variantes-cle-population": "Clé : population (%)",
    "variantes-cle-usage": "Clé : usage du service (%)",
    "variantes-cle-forfait": "Clé : parts égales (%)",
    "variantes-cle-temps": "Clé : temps convenu (%)",
    "variantes-cle-potentiel_fiscal": "Clé : potentiel fiscal (%), à valider",
}

TITRES_COMMUNES: Mapping[str, str] = {
    "code": "Code",
    "nom": "Commune",
    "population": "Population",
    "volume": "Volume",
    "temps": "Temps convenu",
    "potentiel_fiscal": "Potentiel fiscal (€)",
    "depense_actuelle": "Dépense actuelle (€ par an)",
    "heures_actuelles": "Heures des agents (par an)",
    "valeur_temps": "Valeur du temps (€ par an)",
    "cout_seul": "Coût seule, si connu (€ par an)",
}
CHAMPS_TEXTE = frozenset({"code", "nom", "libelle", "titre", "unite", "domaine", "siren", "source_population"})


def get_libelle(identifiant: str) -> str:
    """French label of a field; the numbers of a list are told after it."""
    sans_rang = re.sub(r"-\d+(?=-|$)", "", identifiant)
    rangs = re.findall(r"-(\d+)(?=-|$)", identifiant)
    racine = "volumes_totaux" if sans_rang.startswith("volumes_totaux-") else sans_rang
    suffixe = f" ({sans_rang.partition('-')[2]})" if racine == "volumes_totaux" else ""
    numero = f" n° {int(rangs[0]) + 1}" if rangs else ""
    return LIBELLES[racine] + suffixe + numero


def to_cellule(identifiant: str, valeur: object) -> str | float:
    """Value of a cell: a number when the spreadsheet keeps it exactly, otherwise the text as it is read back."""
    if valeur is True:
        return "oui"
    if identifiant.rsplit("-", 1)[-1] in CHAMPS_TEXTE:
        return str(valeur)
    try:
        nombre = parse_nombre(valeur)
    except NombreInvalide:
        nombre = None
    return float(nombre) if nombre is not None and is_sur(nombre) else str(valeur)


def is_sur(nombre: Fraction) -> bool:
    """Whether a spreadsheet, which counts in floating point with 15 digits, keeps this number."""
    decimal = nombre * 10**6
    return decimal.denominator == 1 and len(str(abs(decimal.numerator))) <= MAX_CHIFFRES_SURS
