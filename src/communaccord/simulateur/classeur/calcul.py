"""Sheets that recompute: costs of each year, then the shares of each variant in formulas, from the key to the cent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.partage import Cout
from communaccord.simulateur.classeur.champs import FEUILLE_COMMUNES, FEUILLE_COUTS, FEUILLE_HYPOTHESES, is_sur
from communaccord.simulateur.classeur.entrees import Reperes
from communaccord.simulateur.classeur.plume import Plume, plage, ref
from communaccord.simulateur.resultat import (
    EffetCommune,
    Exacts,
    Resultat,
    ResultatVariante,
    compute_exacts,
    write_libelle,
)
from communaccord.simulateur.types import Critere, Service

ENTETES = (
    "Code", "Commune", "Population", "Usage pondéré", "Parts égales", "Temps", "Potentiel fiscal",
    "Coût actuel, temps compris",
    "Part de la clé", "Montant exact (centimes)", "Centimes entiers", "Reste", "Rang du reste",
    "Contribution (centimes)", "Contribution",
)  # fmt: skip
(C_CODE, C_NOM, C_BASE, C_PART, C_EXACT, C_PLANCHER, C_RESTE, C_RANG, C_CENTIMES, C_EUROS) = (
    0, 1, 2, 8, 9, 10, 11, 12, 13, 14,
)  # fmt: skip
CRITERES = tuple(Critere)
L_ANNEE, L_COUT, L_RESTE, L_POIDS, L_TOTAUX, L_TITRES, L_DEBUT = 2, 3, 4, 6, 7, 8, 9
DECIMALES_CENTIME = 6


def write_couts(plume: Plume, couts: Sequence[tuple[str, Cout]], service: Service) -> dict[int, int]:
    """Write the lines of cost of each distinct perimeter; return the row of the total of each variant."""
    plume.set_largeurs(44)
    plume.write(
        0,
        0,
        "Lignes de coût en valeur, calculées d'après les hypothèses\u202f; les totaux sont des formules.",
    )
    ligne, totaux = 2, {}
    for rang, (nom, cout) in enumerate(couts):
        plume.write(ligne, 0, f"{nom} (ETP\u202f: {float(cout.etp):g})".replace(".", ","), plume.styles.entete)
        for colonne, annee in enumerate(cout.annees, start=1):
            plume.write(ligne, colonne, annee, plume.styles.entete)
        debut = ligne + 1
        for numero, une in enumerate(cout.lignes, start=debut):
            libelle, famille = write_libelle(une, service), une.famille.value
            plume.write(numero, 0, libelle if libelle == famille else f"{famille}\u202f: {libelle}")
            for colonne, cents in enumerate(une.cents, start=1):
                plume.write(numero, colonne, cents / 100, plume.styles.euros)
        ligne = debut + len(cout.lignes)
        if any(cout.excedent):
            plume.write(ligne, 0, "Excédent de subvention, gardé par l'intercommunalité")
            for colonne, cents in enumerate(cout.excedent, start=1):
                plume.write(ligne, colonne, cents / 100, plume.styles.euros)
            ligne += 1
        plume.write(ligne, 0, "Coût à répartir", plume.styles.entete)
        for colonne, cents in enumerate(cout.a_repartir, start=1):
            somme = f"ROUND(SUM({plage(debut, colonne, ligne - 1, colonne)}),2)"
            plume.write_formule(ligne, colonne, somme, cents / 100, plume.styles.total)
        totaux[rang] = ligne
        ligne += 3
    return totaux


@dataclass(frozen=True, slots=True)
class _Bloc:
    """What the rows of one variant need."""

    plume: Plume
    resultat: Resultat
    variante: ResultatVariante
    reperes: Reperes
    effets: Mapping[str, EffetCommune]
    exacts: Exacts
    rangs: Mapping[str, int]
    contributions: Mapping[str, int]
    fin: int
    en_valeur: bool

    @property
    def montant(self) -> int:
        """Cents that the communes pay."""
        return sum(self.contributions.values())


def write_calcul(plume: Plume, resultat: Resultat, rang: int, reperes: Reperes, ligne_cout: int) -> None:
    """Write the shares of one variant: bases, part, exact amount, remainders, cents, all in formulas but what is said.

    When minimum or maximum fees apply, the exact amounts are given as values and the sheet says so; a phase-in is a
    formula. The rounding is the plus fort reste: the cents left go to the largest remainders, at equal remainders to
    the largest part, then in the order of the codes (that of the rows).
    """
    variante = resultat.variantes[rang]
    if variante.cout is None or variante.partage is None:
        return
    annee = resultat.annee_reference
    effets = {effet.commune.code: effet for effet in variante.communes}
    codes = sorted(effets)
    annuel = next(a for a in variante.partage.annees if a.annee == annee)
    exacts = compute_exacts(resultat, variante, annee)
    conditions = resultat.simulation.conditions
    bloc = _Bloc(
        plume,
        resultat,
        variante,
        reperes,
        effets,
        exacts,
        _rank_restes(exacts.montants),
        annuel.contributions,
        L_DEBUT + len(codes) - 1,
        conditions.minimum is not None or conditions.maximum is not None or bool(annuel.restes),
    )
    restes = sum(reste.cents for reste in annuel.restes)
    _write_tete(bloc, rang, ligne_cout, restes)
    _write_poids(bloc, rang)
    for ligne, code in enumerate(codes, start=L_DEBUT):
        _write_bases(bloc, ligne, code)
        _write_parts(bloc, ligne, code)
        _write_centimes(bloc, ligne, code)
    _write_controle(bloc)


def _write_tete(bloc: _Bloc, rang: int, ligne_cout: int, restes: int) -> None:
    plume, annees = bloc.plume, bloc.resultat.simulation.annees
    annee = bloc.resultat.annee_reference
    plume.set_largeurs(26, 30, *([15.0] * (len(ENTETES) - 2)))
    plume.write(0, 0, f"Variante {rang + 1}\u202f: {bloc.variante.variante.nom}", plume.styles.titre)
    if bloc.en_valeur:
        plume.write(
            1,
            0,
            "Montants exacts donnés en valeur\u202f: les contributions minimale et maximale, ou un reste, se règlent "
            "de proche en proche. L'arrondi au centime reste une formule.",
        )
    plume.write(L_ANNEE, 0, "Année")
    plume.write(L_ANNEE, 1, annee)
    entete = plage(_find_entete(bloc, ligne_cout), 1, _find_entete(bloc, ligne_cout), len(annees), FEUILLE_COUTS)
    total = plage(ligne_cout, 1, ligne_cout, len(annees), FEUILLE_COUTS)
    plume.write(L_COUT, 0, "Coût à répartir")
    cout = f"SUMPRODUCT(({entete}={ref(L_ANNEE, 1)})*{total})"
    plume.write_formule(L_COUT, 1, cout, (bloc.montant + restes) / 100, plume.styles.euros)
    plume.write(L_RESTE, 0, "Reste non payé par les communes")
    plume.write(L_RESTE, 1, restes / 100, plume.styles.euros)
    plume.write_entetes(L_TITRES, ENTETES)
    plume.feuille.freeze_panes(L_DEBUT, 2)


def _find_entete(bloc: _Bloc, ligne_cout: int) -> int:
    """Row of the years above a total: the lines of cost and the surplus stand between."""
    cout = bloc.variante.cout
    lignes = 0 if cout is None else len(cout.lignes) + (1 if any(cout.excedent) else 0)
    return ligne_cout - lignes - 1


def _write_poids(bloc: _Bloc, rang: int) -> None:
    """Weights of the year: those of the key, reduced by the weight of today's split while the phase-in lasts."""
    plume, styles, simulation = bloc.plume, bloc.plume.styles, bloc.resultat.simulation
    lissage = bloc.exacts.poids_aujourd_hui
    aujourd_hui = ref(L_POIDS, C_BASE + len(CRITERES))
    plume.write(L_POIDS, 1, "Poids")
    plume.write(L_TOTAUX, 1, "Somme de la colonne")
    if simulation.conditions.lissage:
        duree = ref(bloc.reperes.hypotheses["conditions-lissage"], 2, FEUILLE_HYPOTHESES)
        premiere = ref(bloc.reperes.hypotheses["annees-premiere"], 2, FEUILLE_HYPOTHESES)
        formule = f"MAX(0,1-({ref(L_ANNEE, 1)}-{premiere})/{duree})"
        plume.write_formule(L_POIDS, C_BASE + len(CRITERES), formule, float(lissage), styles.part)
    else:
        plume.write(L_POIDS, C_BASE + len(CRITERES), 0, styles.part)
    for colonne, critere in enumerate(CRITERES, start=C_BASE):
        poids = dict(bloc.variante.variante.cle).get(critere, Fraction(0))
        champ = f"variantes-{rang}-cle-{critere}"
        source = f"{float(poids * 100)!r}"
        if champ in bloc.reperes.hypotheses and is_sur(poids * 100):
            source = ref(bloc.reperes.hypotheses[champ], 2, FEUILLE_HYPOTHESES)
        formule = f"{source}/100*(1-{aujourd_hui})"
        plume.write_formule(L_POIDS, colonne, formule, float(poids * (1 - lissage)), styles.part)
    for colonne in range(C_BASE, C_PART):
        somme = sum((_get_base(bloc, code, colonne) for code in bloc.effets), Fraction(0))
        formule = f"SUM({plage(L_DEBUT, colonne, bloc.fin, colonne)})"
        plume.write_formule(L_TOTAUX, colonne, formule, float(somme), styles.nombre)


def _get_base(bloc: _Bloc, code: str, colonne: int) -> Fraction:
    """Base of a commune in a column, zero when it does not count."""
    effet, simulation = bloc.effets[code], bloc.resultat.simulation
    commune = effet.commune
    if colonne == C_BASE + len(CRITERES):
        return Fraction(effet.annuels[0].cout_actuel or 0, 100)
    critere = CRITERES[colonne - C_BASE]
    if critere is Critere.POPULATION:
        return Fraction(commune.population)
    if critere is Critere.FORFAIT:
        return Fraction(1)
    if critere is Critere.TEMPS:
        return commune.temps or Fraction(0)
    if critere is Critere.POTENTIEL_FISCAL:
        return Fraction(commune.potentiel_fiscal or 0, 100)
    poids = [a.poids if a.poids_cle is None else a.poids_cle for a in simulation.service.actes]
    volumes = bloc.resultat.volumes[code]
    return sum((p * (v or 0) for p, v in zip(poids, volumes, strict=True)), Fraction(0))


def _write_bases(bloc: _Bloc, ligne: int, code: str) -> None:
    plume, styles, effet = bloc.plume, bloc.plume.styles, bloc.effets[code]
    plume.write(ligne, C_CODE, code)
    plume.write(ligne, C_NOM, effet.commune.nom)
    champs = {Critere.POPULATION: "population", Critere.TEMPS: "temps", Critere.POTENTIEL_FISCAL: "potentiel_fiscal"}
    for colonne in range(C_BASE, C_PART):
        valeur = float(_get_base(bloc, code, colonne))
        critere = CRITERES[colonne - C_BASE] if colonne < C_BASE + len(CRITERES) else None
        formule = _write_usage(bloc, code) if critere is Critere.USAGE else None
        if critere in champs:
            formule = _refer(bloc, code, champs[critere])
        style = styles.estime if critere is Critere.USAGE and effet.volume_estime else styles.nombre
        if formule is None:
            plume.write(ligne, colonne, valeur, style)
        else:
            plume.write_formule(ligne, colonne, formule, valeur, style)


def _refer(bloc: _Bloc, code: str, champ: str) -> str | None:
    """Reference of a figure in the sheet of communes; None when it is a text there (a fraction such as 1/3)."""
    if (code, champ) in bloc.reperes.textes:
        return None
    return ref(bloc.reperes.communes[code], bloc.reperes.colonnes[champ], FEUILLE_COMMUNES)


def _write_usage(bloc: _Bloc, code: str) -> str | None:
    """Formula of the weighted volumes; None when a volume is estimated or a weight has no exact decimal."""
    actes = bloc.resultat.simulation.service.actes
    if bloc.effets[code].volume_estime:
        return None
    termes = []
    for rang, acte in enumerate(actes):
        volume = _refer(bloc, code, "volume" if len(actes) == 1 else f"volumes-{acte.code}")
        champ = f"service-actes-{rang}-{'poids' if acte.poids_cle is None else 'poids_cle'}"
        poids = acte.poids if acte.poids_cle is None else acte.poids_cle
        if volume is None or not is_sur(poids):
            return None
        termes.append(f"{volume}*{ref(bloc.reperes.hypotheses[champ], 2, FEUILLE_HYPOTHESES)}")
    return "+".join(termes)


def _write_parts(bloc: _Bloc, ligne: int, code: str) -> None:
    plume = bloc.plume
    termes = []
    for colonne in range(C_BASE, C_PART):
        total = ref(L_TOTAUX, colonne)
        termes.append(f"{ref(L_POIDS, colonne)}*{ref(ligne, colonne)}/MAX({total},0.000001)")
    formule = "+".join(termes)
    plume.write_formule(ligne, C_PART, formule, float(bloc.exacts.parts[code]), plume.styles.part)
    exact = round(float(bloc.exacts.montants[code]), DECIMALES_CENTIME)
    if bloc.en_valeur:
        plume.write(ligne, C_EXACT, exact, plume.styles.nombre)
        return
    formule = f"ROUND({ref(ligne, C_PART)}*{ref(L_COUT, 1)}*100,{DECIMALES_CENTIME})"
    plume.write_formule(ligne, C_EXACT, formule, exact, plume.styles.nombre)


def _write_centimes(bloc: _Bloc, ligne: int, code: str) -> None:
    """Whole cents by the plus fort reste."""
    plume, nombre, exact = bloc.plume, bloc.plume.styles.nombre, bloc.exacts.montants[code]
    plancher, contribution = exact.numerator // exact.denominator, bloc.contributions[code]
    restes, parts = plage(L_DEBUT, C_RESTE, bloc.fin, C_RESTE), plage(L_DEBUT, C_EXACT, bloc.fin, C_EXACT)
    reste, part = ref(ligne, C_RESTE), ref(ligne, C_EXACT)
    plume.write_formule(ligne, C_PLANCHER, f"INT({part})", plancher, nombre)
    valeur = round(float(exact - plancher), DECIMALES_CENTIME)
    plume.write_formule(ligne, C_RESTE, f"ROUND({part}-{ref(ligne, C_PLANCHER)},{DECIMALES_CENTIME})", valeur, nombre)
    rang = f"1+SUMPRODUCT(({restes}>{reste})*1)+SUMPRODUCT(({restes}={reste})*({parts}>{part}))"
    if ligne > L_DEBUT:
        avant = plage(L_DEBUT, C_RESTE, ligne - 1, C_RESTE)
        parts_avant = plage(L_DEBUT, C_EXACT, ligne - 1, C_EXACT)
        rang += f"+SUMPRODUCT(({avant}={reste})*({parts_avant}={part}))"
    plume.write_formule(ligne, C_RANG, rang, bloc.rangs[code], nombre)
    a_servir = (
        f"ROUND(({ref(L_COUT, 1)}-{ref(L_RESTE, 1)})*100-SUM({plage(L_DEBUT, C_PLANCHER, bloc.fin, C_PLANCHER)}),0)"
    )
    formule = f"{ref(ligne, C_PLANCHER)}+IF({ref(ligne, C_RANG)}<={a_servir},1,0)"
    plume.write_formule(ligne, C_CENTIMES, formule, contribution, nombre)
    euros = f"{ref(ligne, C_CENTIMES)}/100"
    plume.write_formule(ligne, C_EUROS, euros, contribution / 100, plume.styles.euros)


def _rank_restes(montants: Mapping[str, Fraction]) -> dict[str, int]:
    """Rank of each remainder: the largest first, then the largest amount, then the code."""
    ordre = sorted(montants, key=lambda code: (-(montants[code] % 1), -montants[code], code))
    return {code: rang for rang, code in enumerate(ordre, start=1)}


def _write_controle(bloc: _Bloc) -> None:
    plume, ligne = bloc.plume, bloc.fin + 2
    somme = f"SUM({plage(L_DEBUT, C_EUROS, bloc.fin, C_EUROS)})"
    plume.write(ligne, C_CENTIMES, "Somme des contributions", plume.styles.entete)
    plume.write_formule(ligne, C_EUROS, somme, bloc.montant / 100, plume.styles.total)
    ecart = f"ROUND({ref(ligne, C_EUROS)}+{ref(L_RESTE, 1)}-{ref(L_COUT, 1)},2)"
    plume.write(ligne + 1, C_CENTIMES, "Somme = coût à répartir\u202f?", plume.styles.entete)
    plume.write_formule(ligne + 1, C_EUROS, f'IF({ecart}=0,"oui","non")', "oui", plume.styles.entete)
