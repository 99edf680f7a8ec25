"""From an answer of the simulator to the page that shows it: lines, bars, sums, formula, comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from communaccord.plateforme.accueil.bridge.lignes import (
    Ligne,
    Totaux,
    build_lignes,
    filter_lignes,
    sort_lignes,
    sum_effets,
)
from communaccord.plateforme.dossiers.bridge.formule import Etape, LigneCout, build_cout, build_etapes
from communaccord.plateforme.socle.typographie import enumeration, pluriel, prose
from communaccord.simulateur import Couts, Resultat, ResultatVariante
from communaccord.simulateur.ecriture import format_pourcentage, round_montant, round_par_habitant
from communaccord.simulateur.resultat import count_moins, describe_seule, describe_seules, list_noms

MAX_BARRES = 24
# Amounts come rounded one by one: nothing is rounded twice.
PRECISION = "euro"


@dataclass(frozen=True, slots=True)
class Apercu:
    """One variant in the comparison: how many pay less, and the spread by inhabitant (cents)."""

    rang: int
    nom: str
    communes: int
    moins: int | None
    bas: int | None
    haut: int | None
    refus: str


@dataclass(frozen=True, slots=True)
class Annee:
    """One year of the service: cost shared, contribution of my commune when there is one (cents)."""

    annee: int
    a_repartir: int
    mienne: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the result page shows of one variant for one year."""

    resultat: Resultat
    variante: ResultatVariante
    rang: int
    annee: int
    commune: str
    precision: str
    lignes: Sequence[Ligne]
    visibles: Sequence[Ligne]
    barres: Sequence[dict[str, object]]
    genre_barres: str
    totaux: Totaux
    mienne: Ligne | None
    etapes: Sequence[Etape]
    couts: Sequence[LigneCout]
    annees: Sequence[Annee]
    apercus: Sequence[Apercu]
    comparaison: Sequence[tuple[Ligne, tuple[int | None, ...]]]

    @property
    def par_habitant_moyen(self) -> int:
        """Cents by inhabitant over all the communes; zero when nobody lives there."""
        population = self.totaux.population
        moyenne = Fraction(self.totaux.contribution, population) if population else Fraction(0)
        return round_par_habitant(moyenne, estime=self.resultat.estime)

    @property
    def hypothese_seules(self) -> str:
        """What the costs alone suppose, for all the communes."""
        return prose(describe_seules(self.resultat, self.variante, self.annee))

    @property
    def hypothese_seule(self) -> str:
        """What the cost alone of the explained commune supposes."""
        code = self.mienne.code if self.mienne else ""
        return prose(describe_seule(self.resultat, self.variante, code, self.annee))

    @property
    def trois_parts(self) -> bool:
        """Whether the benefit of the explained commune splits in three known parts."""
        return self.mienne is not None and self.mienne.service_nouveau is not None

    @property
    def note_annees(self) -> str:
        """Why the years resemble or differ: increases entered or not, set-up, grants, phase-in."""
        simulation = self.resultat.simulation
        causes = list_causes(simulation.couts)
        if simulation.conditions.lissage:
            causes.append("le lissage")
        if causes:
            return prose(f"Ce qui change d'une année à l'autre : {enumeration(causes)}.")
        return prose("Aucune hausse n'a été saisie : chaque année vaut la première.")

    @property
    def temps(self) -> str:
        """The time of agents freed, beside the budget."""
        return prose(self.variante.temps)

    @property
    def phrase(self) -> str:
        """The one sentence."""
        return prose(self.variante.phrase)

    @property
    def avertissements(self) -> list[str]:
        """What must be known before reading the figures."""
        return [prose(phrase) for phrase in self.variante.avertissements]

    @property
    def a_repartir(self) -> int:
        """Cost shared by the communes this year."""
        if self.variante.cout is None:
            return 0
        return self.variante.cout.a_repartir[self.variante.cout.annees.index(self.annee)]


@dataclass(frozen=True, slots=True)
class Vue:
    """What the reader asked to see."""

    rang: int = 0
    annee: int = 0
    tri: str = ""
    filtre: str = ""
    commune: str = ""
    toutes: bool = False


def build_page(resultat: Resultat, vue: Vue) -> Page:
    """Compose the page. Complexity: that of a few passes over the communes."""
    rang = min(vue.rang, len(resultat.variantes) - 1)
    variante = resultat.variantes[rang]
    annee = vue.annee if vue.annee in resultat.simulation.annees else resultat.annee_reference
    lignes = sort_lignes(build_lignes(variante, annee, vue.commune, estime=resultat.estime), vue.tri)
    mienne = next((ligne for ligne in lignes if ligne.mienne), None)
    genre = choose_barres(lignes)
    expliquee = mienne or (max(lignes, key=lambda ligne: ligne.contribution) if lignes else None)
    return Page(
        resultat=resultat,
        variante=variante,
        rang=rang,
        annee=annee,
        commune=mienne.code if mienne else "",
        precision=PRECISION,
        lignes=lignes,
        visibles=filter_lignes(lignes, vue.filtre) if vue.filtre else lignes,
        barres=build_barres(lignes, genre, estime=resultat.estime, toutes=vue.toutes),
        genre_barres=genre,
        totaux=sum_effets([effet.get_annee(annee) for effet in variante.communes], estime=resultat.estime),
        mienne=expliquee,
        etapes=build_etapes(resultat, variante, expliquee.code, annee) if expliquee else (),
        couts=build_cout(variante, resultat.simulation.service, annee),
        annees=build_annees(resultat, variante, mienne),
        apercus=[build_apercu(resultat, rang) for rang in range(len(resultat.variantes))],
        comparaison=build_comparaison(resultat, lignes, annee) if len(resultat.variantes) > 1 else (),
    )


def list_causes(couts: Couts) -> list[str]:
    """What makes a year differ from the first, among what was entered."""
    hausses = (
        ("personnel", couts.indexation_personnel),
        ("autres coûts", couts.indexation_autres),
        ("dépenses d'aujourd'hui", couts.indexation_aujourd_hui),
    )
    causes = [f"une hausse de {format_pourcentage(taux)} par an ({mot})" for mot, taux in hausses if taux]
    if couts.mise_en_place:
        causes.append(f"la mise en place, étalée sur {pluriel(couts.mise_en_place_annees, 'an')}")
    if couts.subventions:
        causes.append("les subventions, avec leurs années")
    return causes


def choose_barres(lignes: Sequence[Ligne]) -> str:
    """Which picture tells most: the difference on the budget, else the range, else the contribution."""
    if any(ligne.ecart_budget is not None for ligne in lignes):
        return "ecart"
    return "fourchette" if any(ligne.bas is not None for ligne in lignes) else "contribution"


def build_barres(lignes: Sequence[Ligne], genre: str, *, estime: bool, toutes: bool) -> list[dict[str, object]]:
    """Bars to draw; beyond ``MAX_BARRES``, the strongest ones and mine, unless all are asked for."""

    def valeur(ligne: Ligne) -> int | None:
        return ligne.ecart_budget if genre == "ecart" else ligne.contribution

    retenues = list(lignes)
    if len(lignes) > MAX_BARRES and not toutes:
        fortes = sorted(lignes, key=lambda ligne: -abs(valeur(ligne) or 0))[:MAX_BARRES]
        codes = {ligne.code for ligne in fortes}
        retenues = [ligne for ligne in lignes if ligne.code in codes or ligne.mienne]
    sens = 1 if genre == "ecart" else -1
    retenues.sort(key=lambda ligne: (not ligne.mienne, valeur(ligne) is None, sens * (valeur(ligne) or 0)))
    return [write_barre(ligne, valeur(ligne), estime=estime or ligne.volume_estime) for ligne in retenues]


def write_barre(ligne: Ligne, valeur: int | None, *, estime: bool) -> dict[str, object]:
    """A bar as the charts of the house read it."""
    return {
        "nom": ligne.nom,
        "valeur": valeur,
        "valeurs": [ligne.contribution],
        "bas": ligne.contribution if ligne.bas is None else ligne.bas,
        "haut": ligne.contribution if ligne.haut is None else ligne.haut,
        "centre": ligne.contribution,
        "estime": estime,
        "mienne": ligne.mienne,
    }


def build_annees(resultat: Resultat, variante: ResultatVariante, mienne: Ligne | None) -> list[Annee]:
    """Year by year: the cost shared, and what my commune pays."""
    if variante.cout is None:
        return []
    effet = variante.get_commune(mienne.code) if mienne else None
    show = partial(round_montant, estime=resultat.estime)
    return [
        Annee(annee, show(montant), show(effet.get_annee(annee).contribution) if effet else None)
        for annee, montant in zip(variante.cout.annees, variante.cout.a_repartir, strict=True)
    ]


def build_apercu(resultat: Resultat, rang: int) -> Apercu:
    """Sum up one variant for the comparison, in the year of the sentence."""
    variante = resultat.variantes[rang]
    effets = [effet.get_annee(resultat.annee_reference) for effet in variante.communes]
    exacts = [effet.par_habitant for effet in effets if effet.par_habitant is not None]
    par_habitant = [round_par_habitant(valeur, estime=resultat.estime) for valeur in exacts]
    return Apercu(
        rang=rang,
        nom=list_noms([une.variante for une in resultat.variantes])[rang],
        communes=len(variante.perimetre),
        moins=count_moins(effets),
        bas=min(par_habitant, default=None),
        haut=max(par_habitant, default=None),
        refus=prose(f"{variante.refus.motif} {variante.refus.remede}") if variante.refus else "",
    )


def build_comparaison(
    resultat: Resultat, lignes: Sequence[Ligne], annee: int
) -> list[tuple[Ligne, tuple[int | None, ...]]]:
    """Contribution of each commune of the shown variant in every variant, None when it takes no part."""
    par_variante = [
        {
            effet.commune.code: round_montant(effet.get_annee(annee).contribution, estime=resultat.estime)
            for effet in variante.communes
        }
        for variante in resultat.variantes
    ]
    return [(ligne, tuple(montants.get(ligne.code) for montants in par_variante)) for ligne in lignes]
