"""The page of the form: what it must draw besides what was typed (communes, acts, rows)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from communaccord.plateforme.accueil.forms.criteres import find_sans_donnees
from communaccord.plateforme.socle.saisie import VERROU, Saisie, majuscule
from communaccord.plateforme.socle.typographie import prose
from communaccord.reference import get_communes, get_epci
from communaccord.simulateur import (
    ACTES_URBANISME,
    DOMAINES,
    MAX_VARIANTES,
    REPERES,
    Acte,
    Anomalie,
    Critere,
    NombreInvalide,
    Repere,
    parse_nombre,
)

MAX_LIGNES = 30
LIGNES_VIDES = 2
# Beginnings of the names of fields, in the order of the page.
ORDRE = ("territoire", "service-domaine", "service-nom", "service-unite", "titre", "perimetre", "volume", "personnel")
ORDRE += ("couts-fixes-0", "service-actes-0-cout", "variantes", "cle", "communes", "service-actes", "couts")
COLONNES = (
    ("depense_actuelle", "Dépense d'aujourd'hui"),
    ("heures_actuelles", "Heures d'agents aujourd'hui"),
    ("valeur_temps", "Valeur de ces heures"),
    ("cout_seul", "Coût seule, même service"),
    ("temps", "Temps convenu"),
    ("potentiel_fiscal", "Potentiel fiscal"),
)


@dataclass(frozen=True, slots=True)
class Choix:
    """A commune in the form: its code, its name, its population (None: to be given)."""

    code: str
    nom: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Erreur:
    """A line of the summary of errors: the field it leads to, what it says."""

    id: str
    message: str


@dataclass(frozen=True, slots=True)
class PageFormulaire:
    """A form to draw. ``siren`` is empty for a list of communes of one's own."""

    saisie: Saisie
    siren: str
    territoire: str
    communes: Sequence[Choix]
    actes: Sequence[Acte]
    fixes: Sequence[int]
    subventions: Sequence[int]
    variantes: Sequence[int]
    erreurs: Sequence[Erreur] = field(default_factory=tuple)

    @property
    def colonnes(self) -> list[tuple[str, str]]:
        """Columns of the table of communes: end of the name of the field, words."""
        volumes = [(f"volumes-{acte.code}", acte.libelle) for acte in self.actes]
        return [*(volumes if len(volumes) > 1 else [("volume", "Volume")]), *COLONNES]

    @property
    def communes_remplies(self) -> bool:
        """Whether a figure is already given for one commune."""
        return any(
            valeur.strip() and nom.startswith("communes-") and not nom.endswith(("-code", "-nom", "-population"))
            for nom, valeur in self.saisie.champs.items()
        )

    @property
    def rangs_actes(self) -> list[int]:
        """Rows of the table of acts."""
        return list_rangs(self.saisie, "service-actes")

    @property
    def curseurs(self) -> list[list[dict[str, object]]]:
        """Sliders of each variant."""
        sans = find_sans_donnees(self.saisie)
        return [build_curseurs(self.saisie, rang, sans) for rang in self.variantes]


def build_page(saisie: Saisie, siren: str) -> PageFormulaire:
    """Compose the page from what was typed. Errors: TerritoireInconnu for an unknown siren."""
    communes = list_communes(saisie, siren)
    return PageFormulaire(
        saisie=saisie,
        siren=siren,
        territoire=get_epci(siren).nom_complet if siren else saisie.texte("territoire-nom"),
        communes=communes,
        actes=list_actes(saisie),
        fixes=list_rangs(saisie, "couts-fixes"),
        subventions=list_rangs(saisie, "couts-subventions"),
        variantes=[rang for rang in saisie.rangs("variantes") if rang < MAX_VARIANTES] or [0],
        erreurs=list_erreurs(sorted(saisie.anomalies, key=rank_champ)),
    )


def list_erreurs(anomalies: Iterable[Anomalie]) -> list[Erreur]:
    """Lines of the summary of errors."""
    return [Erreur(a.ou, prose(f"{a.libelle} : {a.message} {a.que_faire}".strip())) for a in anomalies]


def list_reperes(domaine: str) -> list[tuple[str, Sequence[Repere]]]:
    """Markers of the chosen kind of service with its name; of all kinds while none is chosen."""
    retenus = [choix for choix in REPERES if choix == domaine] or list(REPERES)
    return [(DOMAINES[choix].label, REPERES[choix]) for choix in retenus if REPERES[choix]]


def rank_champ(anomalie: Anomalie) -> int:
    """Place of a field in the page, so that the summary follows the order in which one reads."""
    return next((rang for rang, debut in enumerate(ORDRE) if anomalie.ou.startswith(debut)), len(ORDRE))


def list_communes(saisie: Saisie, siren: str) -> list[Choix]:
    """Communes of the reference for a real EPCI, those typed otherwise."""
    if siren:
        return [Choix(c.code, c.nom, c.population_municipale_2023) for c in get_communes(siren)]
    codes = dict.fromkeys(nom.split("-")[1] for nom in saisie.champs if nom.startswith("communes-") and "-" in nom[9:])
    return [Choix(code, saisie.texte(f"communes-{code}-nom"), None) for code in codes]


def list_actes(saisie: Saisie) -> list[Acte]:
    """Kinds of acts typed so far: a single one unless the table of acts is used."""
    rangs = saisie.rangs("service-actes")
    actes = []
    for rang in rangs:
        prefixe = f"service-actes-{rang}"
        libelle, code = saisie.texte(f"{prefixe}-libelle"), saisie.texte(f"{prefixe}-code")
        if libelle.strip() or saisie.texte(f"{prefixe}-poids").strip():
            actes.append(Acte(code or f"acte{len(actes) + 1}", libelle or f"Acte {rang + 1}"))
    return actes


def list_rangs(saisie: Saisie, prefixe: str) -> list[int]:
    """Rows already there, and two blank ones below."""
    rangs = [rang for rang in saisie.rangs(prefixe) if saisie.is_rempli(f"{prefixe}-{rang}")] or [0]
    suivante = rangs[-1] + 1
    return [*rangs, *range(suivante, min(suivante + LIGNES_VIDES, MAX_LIGNES))]


def propose_actes(saisie: Saisie) -> Saisie:
    """Fill the table of acts with the usual ones of urbanism, shown as an example to be set by the convention."""
    champs = {}
    for rang, acte in enumerate(ACTES_URBANISME):
        prefixe = f"service-actes-{rang}"
        poids = str(float(acte.poids)).replace(".", ",").removesuffix(",0")
        champs |= {f"{prefixe}-code": acte.code, f"{prefixe}-libelle": acte.libelle, f"{prefixe}-poids": poids}
    return saisie.with_champs(champs)


def build_curseurs(saisie: Saisie, rang: int, sans_donnees: Collection[Critere]) -> list[dict[str, object]]:
    """Weights of one key as the sliders of the house read them."""
    prefixe = f"variantes-{rang}-cle"
    curseurs: list[dict[str, object]] = []
    for critere in Critere:
        libelle, _, precision = critere.label.partition(" (")
        curseur = {
            "nom": f"{prefixe}-{critere}",
            "libelle": majuscule(libelle),
            "aide": majuscule(precision.rstrip(")")),
            "valeur": read_poids(saisie.texte(f"{prefixe}-{critere}")),
            "sans_donnees": critere in sans_donnees,
            "verrou": bool(saisie.texte(f"{prefixe}-{critere}{VERROU}")),
        }
        curseurs.append(curseur)
    return curseurs


def read_poids(texte: str) -> int | float:
    """A weight as a number field shows it; what cannot be read shows as nothing, the error beside it quotes it."""
    try:
        poids = parse_nombre(texte) or 0
    except NombreInvalide:
        return 0
    return int(poids) if poids == int(poids) else round(float(poids), 4)
