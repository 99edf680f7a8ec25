"""What the communes chose together, in words: sentence first, both methods, how far they agree. Counts only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.diagnostic.enums import BULLETINS_MINIMAUX, MENTIONS, EtatPriorisation
from communaccord.plateforme.diagnostic.models import OptionPriorite, Priorisation, ResultatPriorites
from communaccord.plateforme.diagnostic.pages.blocs import Barre, Colonne, Image, Liste, Section, Tableau
from communaccord.plateforme.socle.tableur import Cellule, write_xlsx
from communaccord.plateforme.socle.typographie import accord, enumeration, nombre, pluriel, prose
from communaccord.plateforme.socle.typographie import date as write_date

MAJORITAIRE = "Jugement majoritaire"
BORDA = "Méthode de Borda"
# The bars of a choice by points: (words, lowest, highest number of points).
TRANCHES = (("3 points ou plus", 3, None), ("1 ou 2 points", 1, 2), ("aucun point", 0, 0))
MENTION_MAJORITAIRE = (
    "Jugement majoritaire (Balinski et Laraki, 2007) : la mention majoritaire d'une option est la plus haute que plus "
    "de la moitié des communes lui donnent au moins. Entre deux options de même mention majoritaire, on retire une à "
    "une les mentions médianes jusqu'à ce qu'elles diffèrent."
)
MENTION_BORDA = (
    "Méthode de Borda (1781) : une option gagne un point pour chaque option que la commune place après elle, un demi "
    "pour chaque option à égalité (Black, 1976), et l'on additionne les communes."
)
MENTION_POINTS = (
    "Ici, les points donnés servent d'ordre pour Borda, et d'échelle pour le jugement majoritaire : la médiane est le "
    "nombre de points que plus de la moitié des communes donnent au moins."
)
A_CHACUNE = (
    "Chaque commune compte une fois, et son bulletin n'est lu que par sa mairie. Quand toutes disent la même chose, le "
    "nombre le dit aussi."
)


@dataclass(frozen=True, slots=True)
class Dit:
    """What is told of one option."""

    libelle: str
    compte: Mapping[str, Any]

    def get(self, cle: str) -> int:
        return int(self.compte[cle])

    @property
    def repartition(self) -> list[int]:
        return list(self.compte["repartition"])

    @property
    def total(self) -> int:
        """Points received, all communes together."""
        return sum(note * communes for note, communes in enumerate(self.repartition))


@dataclass(frozen=True, slots=True)
class Resultat:
    """Everything the page and the table say; ``dits`` in the order of the first method, ties in that of the list."""

    priorisation: Priorisation
    bulletins: int
    communes: int
    dits: tuple[Dit, ...]
    memes: int
    paires: int

    @property
    def cle_rang(self) -> str:
        return "rang_borda" if self.priorisation.est_a_points else "rang_majoritaire"

    def has_egaux(self, dit: Dit, cle: str) -> bool:
        return sum(autre.get(cle) == dit.get(cle) for autre in self.dits) > 1

    def write_rang(self, dit: Dit, cle: str) -> str:
        """``1er``, ``2e, à égalité``."""
        rang = dit.get(cle)
        return f"{rang}{'er' if rang == 1 else 'e'}{', à égalité' if self.has_egaux(dit, cle) else ''}"

    def write_note(self, note: int) -> str:
        return pluriel(note, "point") if self.priorisation.est_a_points else MENTIONS[note].label


def build_resultat(ligne: ResultatPriorites, options: Sequence[OptionPriorite]) -> Resultat | None:
    """What was frozen, with the words of the options; None when there were too few ballots."""
    if not ligne.contenu:
        return None
    cle = "rang_borda" if ligne.priorisation.est_a_points else "rang_majoritaire"
    dits = [Dit(option.libelle, ligne.contenu["options"][str(option.pk)]) for option in options]
    ordered = tuple(sorted(dits, key=lambda dit: dit.get(cle)))
    contenu = ligne.contenu
    return Resultat(ligne.priorisation, ligne.bulletins, ligne.communes, ordered, contenu["memes"], contenu["paires"])


def write_phrase(priorisation: Priorisation, deposes: int, communes: int, resultat: Resultat | None) -> str:
    """Where the choice stands, or what it says."""
    ont = f"{pluriel(deposes, 'commune')} sur {communes} {accord(deposes, 'a déposé son', 'ont déposé leur')} bulletin"
    if priorisation.etat == EtatPriorisation.PREPARATION:
        return "Ce choix des priorités est en préparation : l'équipe projet relit la question et les options."
    if priorisation.etat == EtatPriorisation.OUVERTE:
        fin = write_date(priorisation.fin, semaine=True)
        return f"Les mairies choisissent jusqu'au {fin} inclus : {ont}. Rien n'est lu avant la clôture."
    if resultat is None:
        return (
            f"{ont[0].upper()}{ont[1:]} : en dessous de {BULLETINS_MINIMAUX}, rien n'est dit de ce qu'ils contiennent."
        )
    return f"{write_tete(resultat)} {ont[0].upper()}{ont[1:]}."


def write_tete(resultat: Resultat) -> str:
    """What comes first, and how strongly."""
    tete = [dit for dit in resultat.dits if dit.get(resultat.cle_rang) == 1]
    noms = enumeration([f"« {dit.libelle} »" for dit in tete[:4]])
    if len(tete) > 4:
        return f"{pluriel(len(tete), 'option')} viennent ensemble en tête, sans que rien ne les départage."
    if len(tete) > 1:
        return f"{noms} viennent ensemble en tête, sans que rien ne les départage."
    if resultat.priorisation.est_a_points:
        return f"{noms} vient en tête, avec {pluriel(tete[0].total, 'point')} en tout."
    ont = pluriel(tete[0].get("ont_la_mediane"), "commune")
    return f"{noms} vient en tête : {resultat.write_note(tete[0].get('mediane'))} pour {ont} sur {resultat.bulletins}."


def build_sections(resultat: Resultat) -> tuple[Section, ...]:
    return (build_ordre(resultat), build_accord(resultat), build_methodes(resultat))


def build_ordre(resultat: Resultat) -> Section:
    """The order, the picture of what was said, the table."""
    a_points = resultat.priorisation.est_a_points
    premiere = BORDA if a_points else MAJORITAIRE
    egaux = sum(resultat.has_egaux(dit, resultat.cle_rang) for dit in resultat.dits)
    suite = f" {pluriel(egaux, 'option')} sont à égalité et gardent le même rang." if egaux else ""
    return Section(
        cle="ordre",
        titre="L'ordre des options",
        phrase=f"{premiere}, sur {pluriel(resultat.bulletins, 'bulletin')}.{suite}",
        image=build_image(resultat),
        tableaux=(Tableau("Les options, dans l'ordre", list_colonnes(resultat), tuple(list_lignes(resultat))),),
        mention=A_CHACUNE,
    )


def build_image(resultat: Resultat) -> Image:
    a_points = resultat.priorisation.est_a_points
    series = tuple(mot for mot, _, _ in TRANCHES) if a_points else tuple(m.label for m in reversed(MENTIONS))
    barres = []
    for dit in resultat.dits:
        valeurs = tuple(count_tranches(dit) if a_points else reversed(dit.repartition))
        mots = [f"{serie} {valeur}" for serie, valeur in zip(series, valeurs, strict=True)]
        barres.append(Barre(dit.libelle, valeurs, ", ".join(mots)))
    return Image(
        cle="repartition",
        titre="Ce que les communes ont dit de chaque option",
        series=series,
        barres=tuple(barres),
        titre_nom="Option",
        titre_valeur="Communes",
        description="En nombre de communes, dans l'ordre des options.",
    )


def count_tranches(dit: Dit) -> list[int]:
    """Communes in each slice of points."""
    return [sum(dit.repartition[bas : None if haut is None else haut + 1]) for _, bas, haut in TRANCHES]


def list_colonnes(resultat: Resultat) -> tuple[Colonne, ...]:
    if resultat.priorisation.est_a_points:
        return (
            Colonne("Option"),
            Colonne("Rang, Borda"),
            Colonne("Points de Borda", num=True),
            Colonne("Points reçus", num=True),
            Colonne("Rang, jugement majoritaire"),
            Colonne("Médiane"),
            Colonne("Moitié centrale des communes"),
        )
    return (
        Colonne("Option"),
        Colonne("Rang, jugement majoritaire"),
        Colonne("Mention majoritaire"),
        Colonne("Communes qui la donnent", num=True),
        Colonne("Moitié centrale des communes"),
        Colonne("Rang, Borda"),
        Colonne("Points de Borda", num=True),
    )


def list_lignes(resultat: Resultat) -> list[tuple[str, ...]]:
    """One line an option, every word written."""
    lignes = []
    for dit in resultat.dits:
        majoritaire, borda = (resultat.write_rang(dit, cle) for cle in ("rang_majoritaire", "rang_borda"))
        mediane, centre = resultat.write_note(dit.get("mediane")), write_centre(resultat, dit)
        points = write_borda(dit)
        if resultat.priorisation.est_a_points:
            lignes.append((dit.libelle, borda, points, nombre(dit.total), majoritaire, mediane, centre))
        else:
            ont = nombre(dit.get("ont_la_mediane"))
            lignes.append((dit.libelle, majoritaire, mediane, ont, centre, borda, points))
    return lignes


def write_borda(dit: Dit) -> str:
    """Points of Borda are kept doubled: a tie gives halves."""
    return nombre(dit.get("borda") // 2) if dit.get("borda") % 2 == 0 else f"{nombre(dit.get('borda') // 2)},5"


def write_centre(resultat: Resultat, dit: Dit) -> str:
    """``de secondaire à utile``; one word when the middle half says the same."""
    bas, haut = dit.get("bas"), dit.get("haut")
    if bas == haut:
        return resultat.write_note(bas)
    debut = str(bas) if resultat.priorisation.est_a_points else resultat.write_note(bas)
    return f"de {debut} à {resultat.write_note(haut)}"


def build_accord(resultat: Resultat) -> Section:
    """Where communes agree widely, where they are divided."""
    unis = [dit for dit in resultat.dits if is_uni(resultat, dit)]
    partages = [dit for dit in resultat.dits if is_partage(resultat, dit)]
    phrase = (
        f"Les communes s'accordent largement sur {pluriel(len(unis), 'option')} et sont partagées sur "
        f"{pluriel(len(partages), 'option')}, sur {nombre(len(resultat.dits))}."
    )
    listes = [
        Liste("Large accord : trois communes sur quatre au moins disent la même chose", list_noms(resultat, unis)),
        Liste(
            "Communes partagées : la moitié centrale va d'un bout à l'autre de ce qui se dit",
            list_centres(resultat, partages),
        ),
    ]
    return Section("accord", "Accord et dispersion", phrase, listes=tuple(x for x in listes if x.elements))


def is_uni(resultat: Resultat, dit: Dit) -> bool:
    """Three ballots of four at least give the same grade."""
    return 4 * max(dit.repartition) >= 3 * resultat.bulletins


def is_partage(resultat: Resultat, dit: Dit) -> bool:
    """The middle half goes from secondary to indispensable; by points, over a third of what a commune places."""
    ecart = dit.get("haut") - dit.get("bas")
    if resultat.priorisation.est_a_points:
        return 3 * ecart > resultat.priorisation.points
    return ecart == len(MENTIONS) - 1


def list_noms(resultat: Resultat, dits: Sequence[Dit]) -> tuple[str, ...]:
    mots = []
    for dit in dits:
        plus = max(dit.repartition)
        mot = resultat.write_note(dit.repartition.index(plus))
        mots.append(f"{dit.libelle} : {mot} pour {pluriel(plus, 'commune')} sur {resultat.bulletins}")
    return tuple(mots)


def list_centres(resultat: Resultat, dits: Sequence[Dit]) -> tuple[str, ...]:
    return tuple(f"{dit.libelle} : {write_centre(resultat, dit)}" for dit in dits)


def build_methodes(resultat: Resultat) -> Section:
    """How the two methods differ, pair by pair, then option by option."""
    ecarts = [dit for dit in resultat.dits if dit.get("rang_majoritaire") != dit.get("rang_borda")]
    sur = f"sur {pluriel(resultat.paires, 'paire')} d'options"
    if resultat.memes == resultat.paires:
        phrase = f"Les deux méthodes donnent le même ordre, {sur}."
    else:
        phrase = f"Les deux méthodes donnent le même ordre à {nombre(resultat.memes)} {sur}."
    lignes = tuple(
        (dit.libelle, resultat.write_rang(dit, "rang_majoritaire"), resultat.write_rang(dit, "rang_borda"))
        for dit in ecarts
    )
    colonnes = (Colonne("Option"), Colonne(MAJORITAIRE), Colonne(BORDA))
    tableaux = (
        (Tableau("Options que les deux méthodes ne mettent pas au même rang", colonnes, lignes),) if lignes else ()
    )
    return Section(
        "methodes", "Deux méthodes, côte à côte", phrase, tableaux=tableaux, mention=write_methodes(resultat)
    )


def write_methodes(resultat: Resultat) -> str:
    suite = f" {MENTION_POINTS}" if resultat.priorisation.est_a_points else ""
    return f"{MENTION_MAJORITAIRE} {MENTION_BORDA}{suite}"


def write_bulletin(
    priorisation: Priorisation, notes: Mapping[str, int], options: Sequence[OptionPriorite]
) -> list[str]:
    """A ballot in words, for its mairie: one line an option."""
    lignes = []
    for option in options:
        note = notes.get(str(option.pk))
        if note is None:
            mot = "pas encore de mention"
        else:
            mot = pluriel(note, "point") if priorisation.est_a_points else MENTIONS[note].label
        lignes.append(f"{option.libelle} : {mot}")
    return lignes


def build_classeur(resultat: Resultat) -> bytes:
    """The table of the page, and by option how many communes gave each grade."""
    notes = range(len(resultat.dits[0].repartition))
    titres = [c.titre for c in list_colonnes(resultat)] + [f"Communes : {resultat.write_note(n)}" for n in notes]
    lignes: list[list[Cellule]] = [
        [*ligne, *dit.repartition] for ligne, dit in zip(list_lignes(resultat), resultat.dits, strict=True)
    ]
    demarche = resultat.priorisation.campagne.demarche
    fictif = " Territoire et chiffres fictifs." if demarche.fictive else ""
    mentions = [
        prose(f"{demarche.nom_epci}.{fictif} Document préparatoire."),
        prose(resultat.priorisation.question),
        prose(f"{pluriel(resultat.bulletins, 'commune')} sur {resultat.communes}. {A_CHACUNE}"),
        prose(write_methodes(resultat)),
    ]
    return write_xlsx(prose(resultat.priorisation.titre), titres, lignes, mentions=mentions)


def name_classeur(resultat: Resultat) -> str:
    """``priorites-12.xlsx``; what is invented says so in its name."""
    fictif = "-fictif" if resultat.priorisation.campagne.demarche.fictive else ""
    return f"priorites-{resultat.priorisation.pk}{fictif}.xlsx"
