"""The fiche maire of a commune: what the page shows and what the sheet of paper prints, from the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.noyau.partage import Effet
from communaccord.plateforme.accueil.bridge import fiche_textes
from communaccord.plateforme.accueil.bridge.fiche_textes import Enonce
from communaccord.plateforme.accueil.bridge.lignes import round_par_habitant
from communaccord.plateforme.socle.typographie import ecart, enumeration, montant, pluriel
from communaccord.simulateur import EffetCommune, Resultat, ResultatVariante, Simulation
from communaccord.simulateur.ecriture import format_nombre

PRECISION_ESTIMEE = "centaine"
SEUIL_EGALITE = 100


@dataclass(frozen=True, slots=True)
class Barre:
    """A bar: ``part`` of the longest one, ``valeur`` written; ``connu`` false when there is nothing to draw."""

    code: str
    libelle: str
    valeur: str
    part: float
    connu: bool
    estime: bool


@dataclass(frozen=True, slots=True)
class LigneFiche:
    """One of the five lines: what, how much, and where it comes from (unit, year, origin)."""

    libelle: str
    valeur: str
    origine: str


@dataclass(frozen=True, slots=True)
class Fiche:
    """Everything a fiche says, in French, ready for a template."""

    code: str
    commune: str
    contexte: str
    phrase: str
    annee: int
    fictif: bool
    estime: bool
    barres: tuple[Barre, ...]
    echelle: str
    lignes: tuple[LigneFiche, ...]
    change: tuple[Enonce, ...]
    constant: tuple[Enonce, ...]
    dates: tuple[Enonce, ...]
    sortie: tuple[Enonce, ...] = fiche_textes.SORTIE
    reponses: tuple[str, ...] = fiche_textes.REPONSES
    portee: str = fiche_textes.PORTEE


@dataclass(frozen=True, slots=True)
class _Contexte:
    """What the small writers below read."""

    simulation: Simulation
    variante: ResultatVariante
    effet: EffetCommune
    annee: int
    estime: bool

    @property
    def annuel(self) -> Effet:
        return self.effet.get_annee(self.annee)

    @property
    def precision(self) -> str:
        return PRECISION_ESTIMEE if self.estime else "euro"

    @property
    def environ(self) -> str:
        return "environ " if self.estime else ""

    def write(self, centimes: int | None) -> str:
        return "non connu" if centimes is None else montant(centimes, self.precision)

    def write_ecart(self, centimes: int | None) -> str:
        return "non connu" if centimes is None else ecart(centimes, self.precision)


def build_fiche(resultat: Resultat, rang: int, code: str, dates: Sequence[Enonce]) -> Fiche | None:
    """The fiche of a commune in one variant; None when the commune does not take part or the variant has no answer."""
    variante = resultat.variantes[rang]
    effet = variante.get_commune(code)
    if effet is None or variante.cout is None:
        return None
    simulation = resultat.simulation
    contexte = _Contexte(simulation, variante, effet, resultat.annee_reference, resultat.estime)
    domaine = simulation.service.domaine
    return Fiche(
        code=code,
        commune=effet.commune.nom,
        contexte=write_contexte(contexte),
        phrase=write_phrase(contexte),
        annee=contexte.annee,
        fictif=simulation.territoire.fictif,
        estime=contexte.estime,
        barres=build_barres(contexte),
        echelle=write_echelle(contexte),
        lignes=build_lignes(contexte),
        change=fiche_textes.list_change(domaine),
        constant=fiche_textes.list_constant(domaine),
        dates=tuple(dates),
    )


def write_contexte(contexte: _Contexte) -> str:
    """Territory, service, who takes part, population and its source."""
    simulation = contexte.simulation
    total = len(simulation.communes)
    participantes = len(contexte.variante.perimetre)
    return "\u00a0· ".join(
        (
            simulation.territoire.nom,
            simulation.service.nom,
            f"{pluriel(participantes, 'commune participante', 'communes participantes')} sur\u00a0{total}",
            f"{pluriel(contexte.effet.commune.population, 'habitant')} ({simulation.territoire.source_population})",
        )
    )


def write_phrase(contexte: _Contexte) -> str:
    """The sentence: what the commune would pay, and the difference from what is best known."""
    annuel = contexte.annuel
    debut = (
        f"En {contexte.annee}, {contexte.effet.commune.nom} paierait "
        f"{contexte.environ}{contexte.write(annuel.contribution)} pour le service partagé"
    )
    if annuel.ecart_aujourd_hui is not None:
        return f"{debut}, {compare(contexte, annuel.ecart_aujourd_hui, 'aujourd’hui', 'autant qu’aujourd’hui')}."
    if annuel.ecart_seul is not None:
        reste = compare(contexte, annuel.ecart_seul, "seule pour le même service", "autant que seule")
        return f"{debut}, {reste} ; son coût d’aujourd’hui n’est pas connu.".replace(" ;", "\u202f;")
    return f"{debut}. Son coût d’aujourd’hui n’est pas connu."


def compare(contexte: _Contexte, valeur: int, reference: str, egal: str) -> str:
    """``1 400 € de moins qu'aujourd'hui``, ``autant qu'aujourd'hui``."""
    if abs(valeur) < SEUIL_EGALITE:
        return egal
    sens = "de moins" if valeur < 0 else "de plus"
    que = "que " if reference.startswith("s") else "qu’"
    return f"{contexte.environ}{contexte.write(abs(valeur))} {sens} {que}{reference}"


def build_barres(contexte: _Contexte) -> tuple[Barre, ...]:
    """Today, with the service, alone: three bars on one scale."""
    annuel = contexte.annuel
    valeurs = (
        ("aujourd_hui", "Aujourd’hui", annuel.cout_actuel),
        ("avec", "Avec le service partagé", annuel.contribution),
        ("seul", "Seule, pour le même service", annuel.cout_seul),
    )
    plus_grand = max((valeur for *_, valeur in valeurs if valeur), default=0)
    return tuple(
        Barre(
            code=code,
            libelle=libelle,
            valeur=contexte.write(valeur),
            part=float(max(valeur, 0) / plus_grand) if valeur and plus_grand else 0.0,
            connu=valeur is not None,
            estime=contexte.estime and code != "aujourd_hui",
        )
        for code, libelle, valeur in valeurs
    )


def write_echelle(contexte: _Contexte) -> str:
    """The scale of the bars, in words."""
    annuel = contexte.annuel
    plus_grand = max(v for v in (annuel.cout_actuel, annuel.contribution, annuel.cout_seul) if v is not None)
    hachures = " Hachures : montant estimé." if contexte.estime else ""
    return f"Une seule échelle : la barre la plus longue vaut {contexte.write(plus_grand)} par an.{hachures}"


def build_lignes(contexte: _Contexte) -> tuple[LigneFiche, ...]:
    """The five lines."""
    return (
        ligne_contribution(contexte),
        ligne_aujourd_hui(contexte),
        ligne_seule(contexte),
        ligne_trois_parts(contexte),
        ligne_service(contexte),
    )


def ligne_contribution(contexte: _Contexte) -> LigneFiche:
    """What the commune pays, by inhabitant, with its range."""
    annuel = contexte.annuel
    details = [f"{contexte.annee}, {'estimé' if contexte.estime else 'calculé'} selon la clé"]
    if annuel.par_habitant is not None:
        par_habitant = round_par_habitant(annuel.par_habitant, estime=contexte.estime)
        details.append(f"soit {contexte.environ}{montant(par_habitant)} par habitant")
    fourchette = contexte.effet.get_fourchette(contexte.annee)
    if fourchette is not None:
        bas, haut = (montant(borne, PRECISION_ESTIMEE) for borne in fourchette.contribution)
        details.append(f"entre {bas} et {haut}")
    if contexte.effet.volume_estime:
        details.append("volume estimé selon la population")
    return LigneFiche("Contribution par an", contexte.write(annuel.contribution), " ; ".join(details))


def ligne_aujourd_hui(contexte: _Contexte) -> LigneFiche:
    """Difference from today's cost."""
    annuel = contexte.annuel
    if annuel.cout_actuel is None:
        origine = "le coût d’aujourd’hui n’a pas été donné"
    else:
        origine = f"coût d’aujourd’hui {contexte.write(annuel.cout_actuel)}, saisi"
    return LigneFiche("Écart par rapport à aujourd’hui", contexte.write_ecart(annuel.ecart_aujourd_hui), origine)


def ligne_seule(contexte: _Contexte) -> LigneFiche:
    """Difference from the cost alone for the same service."""
    annuel = contexte.annuel
    saisi = contexte.effet.commune.cout_seul is not None
    if annuel.cout_seul is None:
        origine = "le coût seule ne peut pas être calculé avec ces données"
    else:
        origine = f"seule pour le même service {contexte.write(annuel.cout_seul)}, {'saisi' if saisi else 'calculé'}"
    return LigneFiche("Écart au coût seule, même service", contexte.write_ecart(annuel.ecart_seul), origine)


def ligne_trois_parts(contexte: _Contexte) -> LigneFiche:
    """The benefit against the cost alone, in three parts that are not of the same nature."""
    annuel = contexte.annuel
    if annuel.benefice_seul is None:
        return LigneFiche("Ce que la commune y trouve", "non connu", "il manque le coût seule pour le même service")
    depense = "dépense évitée" if (annuel.depense_evitee or 0) >= 0 else "dépense en plus"
    morceaux = (
        (depense, annuel.depense_evitee),
        ("temps libéré (pas de l’argent)", annuel.temps_libere),
        ("service nouveau", annuel.service_nouveau),
    )
    detail = " ; ".join(f"{mot} {contexte.write(abs(valeur or 0))}" for mot, valeur in morceaux)
    if annuel.cout_actuel is None:
        detail = "dépense, temps et service nouveau se séparent quand le coût d’aujourd’hui est connu"
    return LigneFiche("Ce que la commune y trouve", contexte.write_ecart(annuel.benefice_seul), detail)


def ligne_service(contexte: _Contexte) -> LigneFiche:
    """The whole service: cost shared, posts, key."""
    cout = contexte.variante.cout
    a_repartir = cout.a_repartir[cout.annees.index(contexte.annee)]
    etp = f"{format_nombre(cout.etp)} ETP" if cout.etp else "sans personnel"
    details = [etp, f"clé : {write_cle(contexte.variante)}"]
    return LigneFiche("Coût du service à répartir", contexte.write(a_repartir), " ; ".join(details))


def write_cle(variante: ResultatVariante) -> str:
    """The key in words: ``population 30 %, usage du service 70 %``."""
    mots = [
        f"{critere.label.split(' (')[0]} {format_nombre(poids * 100)}\u202f%"
        for critere, poids in variante.variante.cle
    ]
    return enumeration(mots)
