"""The levers of a scenario: service model, costs, key, years, limits; the perimeter; what it undertakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from communaccord.plateforme.dossiers.actions import ContenuScenario
from communaccord.plateforme.dossiers.bridge.simulation import LEVIERS
from communaccord.plateforme.dossiers.enums import Engagement, Forme
from communaccord.plateforme.dossiers.forms.champs import Texte, check_textes
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.socle.curseurs import rebalance_parts
from communaccord.plateforme.socle.saisie import VERROU, Saisie, build_saisie_from
from communaccord.simulateur import Anomalie, Critere, NombreInvalide, nest_champs, parse_nombre
from communaccord.simulateur.ecriture import format_nombre

LISTES = ("perimetre", "engagements")
TEXTES = (Texte("libelle", "Nom du scénario", 80), Texte("forme_precision", "Précision sur la forme", 200))
PROPRES = frozenset({"libelle", "forme", "forme_precision", "hausse_max", "version", "recalculer"})
AUCUNE = Anomalie("perimetre", "Communes qui participent", "aucune n'est cochée.", "Cochez-en au moins une.")
CENT = 100
LIGNES_LIBRES = 2


@dataclass(frozen=True, slots=True)
class Champ:
    """A field of the form: its name (that of the simulator), its label, its unit, its help."""

    nom: str
    libelle: str
    unite: str = "€ par an"
    aide: str = ""


PERSONNEL = (
    Champ("personnel-etp", "Nombre de postes du service", "ETP", "Laissez vide pour le calculer par la productivité."),
    Champ("personnel-productivite", "Ou productivité d'un poste", "unités par an"),
    Champ(
        "personnel-pas",
        "Plus petite part de poste recrutée",
        "ETP",
        "On ne recrute pas 0,37 poste : le nombre calculé est arrondi au-dessus à cette part. Un demi-poste (1/2) si "
        "rien n'est écrit.",
    ),
    Champ("personnel-cout_etp", "Coût annuel d'un poste, charges comprises", "€ par an"),
)
AUTRES_COUTS = (
    Champ("couts-adhesion", "Coût ajouté par chaque commune qui entre"),
    Champ("couts-mise_en_place", "Mise en place, une seule fois", "€"),
    Champ("couts-mise_en_place_annees", "Étalée sur", "ans"),
    Champ("couts-indexation_personnel", "Hausse du coût du personnel par an", "%"),
    Champ("couts-indexation_autres", "Hausse des autres coûts par an", "%"),
    Champ("couts-indexation_aujourd_hui", "Hausse du coût d'aujourd'hui si rien ne changeait", "%"),
    Champ("couts-part_epci_taux", "Part du coût prise par l'intercommunalité", "%"),
    Champ("couts-part_epci_montant", "Et un montant fixe pris par l'intercommunalité"),
)
LIMITES = (
    Champ("conditions-minimum", "Contribution minimale d'une commune"),
    Champ("conditions-maximum", "Contribution maximale d'une commune"),
    Champ("conditions-lissage", "Durée pour passer du coût d'aujourd'hui à la clé", "ans"),
)
ANNEES = (
    Champ("annees-premiere", "Première année", "", "2027 si rien n'est écrit."),
    Champ("annees-horizon", "Nombre d'années", "ans", "6 si rien n'est écrit."),
)
MARGES = (
    Champ("marges-volumes", "Marge sur les volumes, en plus ou en moins", "%"),
    Champ("marges-couts", "Marge sur les coûts", "%"),
    Champ("marges-aujourd_hui", "Marge sur le coût d'aujourd'hui", "%"),
    Champ("cout_horaire", "Coût d'une heure de travail, charges comprises", "€ l'heure"),
)


def start_saisie(codes: Sequence[str]) -> Saisie:
    """An empty form: every commune takes part, the key has a start, nothing else is assumed."""
    return Saisie({"cle-population": "100", "forme": Forme.A_CHOISIR}, {"perimetre": tuple(codes), "engagements": ()})


def fill_saisie(scenario: Scenario, codes: Sequence[str]) -> Saisie:
    """The form of a draft."""
    saisie = build_saisie_from(scenario.leviers)
    champs = {
        "libelle": scenario.libelle,
        "forme": scenario.forme,
        "forme_precision": scenario.forme_precision,
        "hausse_max": "" if scenario.hausse_max is None else format_nombre(Fraction(scenario.hausse_max, CENT)),
    }
    listes = {"perimetre": saisie.codes("perimetre") or tuple(codes), "engagements": tuple(scenario.engagements)}
    return saisie.with_champs(champs).with_listes(listes)


def parse_saisie(saisie: Saisie) -> ContenuScenario | list[Anomalie]:
    """The draft, or what is to be mended before the simulator reads it."""
    anomalies = check_textes(saisie, TEXTES)
    if not saisie.codes("perimetre"):
        anomalies.append(AUCUNE)
    if saisie.texte("forme") not in Forme.values:
        anomalies.append(Anomalie("forme", "Forme juridique", "elle n'est pas dans la liste.", "Choisissez-en une."))
    hausse = read_hausse(saisie, anomalies)
    if anomalies:
        return anomalies
    return ContenuScenario(
        libelle=saisie.texte("libelle"),
        forme=saisie.texte("forme"),
        forme_precision=saisie.texte("forme_precision").strip(),
        leviers=extract_leviers(saisie),
        engagements=tuple(code for code in Engagement.values if code in saisie.codes("engagements")),
        hausse_max=hausse,
    )


def extract_leviers(saisie: Saisie) -> dict[str, Any]:
    """What was typed, nested as the simulator reads it; empty fields are left out."""
    champs = {nom: v for nom, v in saisie.champs_simulation().items() if nom not in PROPRES and v.strip()}
    nested = nest_champs({**champs, "perimetre": list(saisie.codes("perimetre"))})
    return {cle: valeur for cle, valeur in nested.items() if cle in LEVIERS}


def read_hausse(saisie: Saisie, anomalies: list[Anomalie]) -> int | None:
    """The cap on the yearly rise, in hundredths of a percent."""
    texte = saisie.texte("hausse_max").replace("%", "").strip()
    try:
        valeur = parse_nombre(texte) if texte else None
    except NombreInvalide as invalide:
        anomalies.append(Anomalie("hausse_max", "Plafond de hausse", str(invalide), "Écrivez par exemple 2."))
        return None
    if valeur is None:
        return None
    if not 0 <= valeur <= CENT or (valeur * CENT).denominator != 1:
        message = f"« {texte} » n'est pas un taux de 0 à 100 %, au centième près."
        anomalies.append(Anomalie("hausse_max", "Plafond de hausse", message, "Écrivez par exemple 2."))
        return None
    return int(valeur * CENT)


def rebalance_saisie(saisie: Saisie) -> Saisie:
    """Bring the key back to 100 % without JavaScript; a weight that cannot be read stays, to be refused."""
    noms = [f"cle-{critere}" for critere in Critere]
    try:
        exacts = {nom: parse_nombre(saisie.texte(nom)) or Fraction(0) for nom in noms}
    except NombreInvalide:
        return saisie
    if any(not 0 <= valeur <= CENT for valeur in exacts.values()) or sum(exacts.values()) == CENT:
        return saisie
    locked = [nom for nom in noms if saisie.texte(f"{nom}{VERROU}")]
    parts = rebalance_parts({nom: round(valeur) for nom, valeur in exacts.items()}, locked=locked)
    return saisie.with_champs({nom: str(part) for nom, part in parts.items()})


def build_curseurs(saisie: Saisie) -> list[dict[str, Any]]:
    """The sliders of the key, as the component reads them."""
    return [
        {
            "nom": f"cle-{critere}",
            "libelle": critere.label.capitalize(),
            "valeur": read_part(saisie.texte(f"cle-{critere}")),
            "verrou": bool(saisie.texte(f"cle-{critere}{VERROU}")),
        }
        for critere in Critere
    ]


def read_part(texte: str) -> int:
    """A weight as a slider shows it; what cannot be read is shown as nothing, and refused on its own line."""
    try:
        valeur = parse_nombre(texte) or Fraction(0)
    except NombreInvalide:
        return 0
    return round(min(max(valeur, Fraction(0)), Fraction(CENT)))


def list_rangs(saisie: Saisie, prefixe: str) -> list[int]:
    """Rows of a table of costs: those filled in, then some to fill."""
    rangs = saisie.rangs(prefixe)
    first = max(rangs, default=-1) + 1
    return [*rangs, *range(first, first + LIGNES_LIBRES)]


def list_volumes(dossier: Dossier) -> list[Champ]:
    """Totals that may replace the volumes of the communes: one for the service, or one an act."""
    aide = "Facultatif : il est réparti selon la population entre les communes qui n'ont pas donné le leur."
    unite = f"{dossier.unite or 'unité'} par an"
    if len(dossier.actes) < 2:
        return [Champ("volume_total", "Volume total du service", unite, aide)]
    return [
        Champ(f"volumes_totaux-{acte['code']}", f"Volume total : {acte.get('libelle', acte['code'])}", "par an", aide)
        for acte in dossier.actes
    ]
