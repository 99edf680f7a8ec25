"""The fiche maire of a commune: what the page shows and what the sheet of paper prints, from the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.plateforme.accueil.bridge import fiche_textes
from communaccord.plateforme.accueil.bridge.fiche_textes import Enonce
from communaccord.plateforme.socle.typographie import accord, ecart, enumeration, montant, pluriel
from communaccord.simulateur import Effet, EffetCommune, Resultat, ResultatVariante, Simulation
from communaccord.simulateur.ecriture import format_nombre, round_estimation, round_montant, round_par_habitant
from communaccord.simulateur.resultat import describe_seule
from communaccord.simulateur.resultat.budget import SEUIL_EGALITE

MAX_NOMS, MAX_LETTRES = 4, 28


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
    """One of the six lines: what, how much, and where it comes from (unit, year, origin)."""

    libelle: str
    valeur: str
    origine: str


@dataclass(frozen=True, slots=True)
class Fiche:
    """Everything a fiche says, in French, ready for a template."""

    code: str
    commune: str
    contexte: str
    participantes: str
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
    hypothese: str

    @property
    def annuel(self) -> Effet:
        return self.effet.get_annee(self.annee)

    def show(self, centimes: int) -> int:
        return round_montant(centimes, estime=self.estime)

    def write(self, centimes: int | None) -> str:
        return "non connu" if centimes is None else montant(self.show(centimes), "euro")

    def write_environ(self, centimes: int) -> str:
        """The same with ``environ`` when it is an estimate of something."""
        return f"environ {self.write(centimes)}" if self.estime and centimes else self.write(centimes)

    def subtract(self, centimes: int | None) -> int | None:
        """Contribution minus another amount: the exact difference, rounded once."""
        return None if centimes is None else self.show(self.annuel.contribution - centimes)


def build_fiche(resultat: Resultat, rang: int, code: str, dates: Sequence[Enonce]) -> Fiche | None:
    """The fiche of a commune in one variant; None when the commune does not take part or the variant has no answer."""
    variante = resultat.variantes[rang]
    effet = variante.get_commune(code)
    if effet is None or variante.cout is None:
        return None
    simulation = resultat.simulation
    annee = resultat.annee_reference
    hypothese = describe_seule(resultat, variante, code, annee)
    contexte = _Contexte(simulation, variante, effet, annee, resultat.estime, hypothese)
    domaine = simulation.service.domaine
    return Fiche(
        code=code,
        commune=effet.commune.nom,
        contexte=write_contexte(contexte),
        participantes=write_participantes(contexte),
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


def write_participantes(contexte: _Contexte) -> str:
    """Who else takes part, the first names then how many others."""
    noms = [
        autre.commune.nom for autre in contexte.variante.communes if autre.commune.code != contexte.effet.commune.code
    ]
    if not noms:
        return "Aucune autre commune ne participe."
    courts = [nom if len(nom) <= MAX_LETTRES else f"{nom[:MAX_LETTRES]}…" for nom in noms[:MAX_NOMS]]
    if len(noms) > MAX_NOMS:
        courts.append(f"{len(noms) - MAX_NOMS}\u00a0{accord(len(noms) - MAX_NOMS, 'autre')}")
    return f"Avec {enumeration(courts)}."


def write_phrase(contexte: _Contexte) -> str:
    """The sentence: what the commune would pay, and the difference on its budget when its spending is known."""
    annuel = contexte.annuel
    debut = (
        f"En {contexte.annee}, {contexte.effet.commune.nom} paierait "
        f"{contexte.write_environ(annuel.contribution)} pour le service partagé"
    )
    ecart_budget = contexte.subtract(annuel.depense_actuelle)
    if ecart_budget is not None:
        return f"{debut}, {compare(contexte, ecart_budget)}."
    par_habitant = write_par_habitant(contexte)
    suite = f", {par_habitant}" if par_habitant else ""
    return f"{debut}{suite}. Sa dépense d’aujourd’hui n’est pas connue."


def write_par_habitant(contexte: _Contexte) -> str:
    """``soit environ 6,20 € par habitant``; empty when nobody lives there."""
    exact = contexte.annuel.par_habitant
    if exact is None:
        return ""
    environ = "environ " if contexte.estime and exact else ""
    return f"soit {environ}{montant(round_par_habitant(exact, estime=contexte.estime))} par habitant"


def compare(contexte: _Contexte, valeur: int) -> str:
    """``1 400 € de moins qu'aujourd'hui sur son budget``, from the two amounts shown."""
    if abs(valeur) < SEUIL_EGALITE:
        return "autant qu’aujourd’hui sur son budget"
    sens = "de moins" if valeur < 0 else "de plus"
    environ = "environ " if contexte.estime else ""
    return f"{environ}{montant(abs(valeur), 'euro')} {sens} qu’aujourd’hui sur son budget"


def build_barres(contexte: _Contexte) -> tuple[Barre, ...]:
    """Spending of today, with the service, alone: three bars of money on one scale."""
    annuel = contexte.annuel
    valeurs = (
        ("aujourd_hui", "Dépense aujourd’hui", annuel.depense_actuelle),
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
    plus_grand = max(v for v in (annuel.depense_actuelle, annuel.contribution, annuel.cout_seul) if v is not None)
    hachures = " Hachures : estimé." if contexte.estime else ""
    return f"Une seule échelle : la barre la plus longue vaut {contexte.write(plus_grand)} par an.{hachures}"


def build_lignes(contexte: _Contexte) -> tuple[LigneFiche, ...]:
    """The six lines."""
    return (
        ligne_contribution(contexte),
        ligne_budget(contexte),
        ligne_temps(contexte),
        ligne_seule(contexte),
        ligne_trois_parts(contexte),
        ligne_service(contexte),
    )


def ligne_contribution(contexte: _Contexte) -> LigneFiche:
    """What the commune pays, by inhabitant, with its range."""
    annuel = contexte.annuel
    details = [f"{contexte.annee}, {'estimé' if contexte.estime else 'calculé'} selon la clé"]
    if par_habitant := write_par_habitant(contexte):
        details.append(par_habitant)
    fourchette = contexte.effet.get_fourchette(contexte.annee)
    if fourchette is not None:
        bas, haut = (montant(round_estimation(borne), "euro") for borne in fourchette.contribution)
        details.append(f"entre {bas} et {haut}")
    if contexte.effet.volume_estime:
        details.append("volume estimé selon la population")
    return LigneFiche("Contribution par an", contexte.write(annuel.contribution), " ; ".join(details))


def ligne_budget(contexte: _Contexte) -> LigneFiche:
    """Difference from today's spending: money with money."""
    depense = contexte.annuel.depense_actuelle
    if depense is None:
        return LigneFiche("Écart sur le budget", "non connu", "la dépense d’aujourd’hui n’a pas été donnée")
    saisie = contexte.effet.commune.depense_actuelle or 0
    origine = f"dépense d’aujourd’hui {montant(saisie)}, saisie"
    if saisie != depense:
        origine += f" ; {contexte.write(depense)} en {contexte.annee}, calculée avec la hausse"
    return LigneFiche("Écart sur le budget", ecart(contexte.subtract(depense) or 0, "euro"), origine)


def ligne_temps(contexte: _Contexte) -> LigneFiche:
    """Time of agents freed, in hours and value: told beside the budget."""
    commune, valeur = contexte.effet.commune, contexte.annuel.temps_libere
    heures, saisie = commune.heures_actuelles, commune.valeur_temps is not None
    if heures is None and not saisie:
        return LigneFiche("Temps d’agents libéré", "non connu", "le temps passé aujourd’hui n’a pas été donné")
    details = ["heures saisies"] if heures is not None else []
    horaire = contexte.simulation.cout_horaire
    if valeur and saisie:
        details.append(f"{contexte.write(valeur)} de temps, valeur saisie")
    elif valeur and heures is not None and horaire is not None:
        calcul = f"{format_nombre(heures)} h × {montant(horaire)}"
        details.append(f"{contexte.write(valeur)} de temps, calculé : {calcul}")
    details.append("pas de l’argent")
    ecrit = "non connu" if heures is None else f"{format_nombre(heures)}\u00a0h"
    return LigneFiche("Temps d’agents libéré", ecrit, " ; ".join(details))


def ligne_seule(contexte: _Contexte) -> LigneFiche:
    """The cost alone for the same service: a second comparison, with its hypothesis in the same line."""
    seul = contexte.annuel.cout_seul
    if seul is None:
        return LigneFiche("Seule, même service", "non connu", "il ne peut pas être calculé avec ces données")
    saisi = contexte.effet.commune.cout_seul is not None
    origine = "saisi" if saisi else ", ".join(filter(None, ("calculé", contexte.hypothese)))
    return LigneFiche("Seule, même service", contexte.write(seul), origine)


def ligne_trois_parts(contexte: _Contexte) -> LigneFiche:
    """The benefit against the cost alone, in three parts that are not of the same nature; no total without them."""
    annuel = contexte.annuel
    if annuel.service_nouveau is None or annuel.depense_evitee is None:
        detail = "il faut la dépense et le temps d’aujourd’hui pour séparer budget, temps et service nouveau"
        return LigneFiche("Ce que la commune y trouve", "non connu", detail)
    depense = "dépense évitée" if annuel.depense_evitee >= 0 else "dépense en plus"
    evitee = abs(contexte.subtract(annuel.depense_actuelle) or 0)
    detail = (
        f"{depense} {montant(evitee, 'euro')} ; temps libéré {contexte.write(annuel.temps_libere)} (pas de l’argent) ; "
        f"service nouveau {contexte.write(annuel.service_nouveau)}"
    )
    return LigneFiche("Ce que la commune y trouve", "en trois parts", detail)


def ligne_service(contexte: _Contexte) -> LigneFiche:
    """The whole service: cost shared, posts, key."""
    cout = contexte.variante.cout
    a_repartir = cout.a_repartir[cout.annees.index(contexte.annee)]
    etp = f"{format_nombre(cout.etp)} ETP pour toutes" if cout.etp else "sans personnel"
    if (heures := sum_heures(contexte)) is not None:
        etp += f" ; aujourd’hui {format_nombre(heures, 0)} h d’agents dans les communes"
    details = [etp, f"clé : {write_cle(contexte.variante)}"]
    return LigneFiche("Coût du service à répartir", contexte.write(a_repartir), " ; ".join(details))


def sum_heures(contexte: _Contexte) -> Fraction | None:
    """Hours of agents spent today by the communes that take part; None when one of them is unknown."""
    heures = [autre.commune.heures_actuelles for autre in contexte.variante.communes]
    connues = [valeur for valeur in heures if valeur is not None]
    return sum(connues, Fraction(0)) if len(connues) == len(heures) else None


def write_cle(variante: ResultatVariante) -> str:
    """The key in words: ``population 30 %, usage du service 70 %``."""
    mots = [
        f"{critere.label.split(' (')[0]} {format_nombre(poids * 100)}\u202f%"
        for critere, poids in variante.variante.cle
    ]
    return enumeration(mots)
