"""The study of the agreements on seats on the terminal, in French."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communaccord.cli.accords_locaux.etude import (
    AVEC_MOITIE,
    Accord,
    Demande,
    Echeance,
    EtudeLecture,
    EtudeVoie,
    SeuilsMajorite,
    is_total_exclu,
    sort_codes,
)
from communaccord.cli.accords_locaux.proposition import Proposition
from communaccord.cli.accords_locaux.reponse import write_lectures
from communaccord.cli.commandes.calendrier import write_date
from communaccord.cli.sortie import name_quelques, print_tableau, print_titre, write_entier
from communaccord.noyau.droit.regle import Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges import (
    POINTS_OUVERTS,
    ControleRepartition,
    EtatCommune,
    MeilleurAccord,
    Nature,
    NombreAccords,
    Objectif,
    SiegesDroitCommun,
    Voie,
)
from communaccord.noyau.partage.erreurs import format_pourcent

COURTS = {
    EtatCommune.CONFORME: "conforme",
    EtatCommune.TOLERE_PRATIQUE: "en pratique",
    EtatCommune.NON_CONFORME: "non conforme",
}
# Warnings told beside the agreements shown: no option chooses the reading that they are about, or it admits them.
RAPPELES = ("RESERVE", "MOITIE")
ENTETE = ("Code", "Commune", "Population", "Ordinaire")
POINTS = {"tunnel": "20 %", "siege_unique": "siège unique", "ordre": "ordre", "moitie": "moitié"}
CONDITIONS = {
    "a": "a) nombre de sièges",
    "b": "b) ordre des populations",
    "c": "c) un siège au moins",
    "d": "d) la moitié au plus",
    "e": "e) 20 % d'écart au plus",
    "10 %": "10 % de sièges au plus",
    "supplément": "aucun siège retiré",
    "moitié": "la moitié au plus",
    "20 %": "20 % d'écart au plus",
    "réserve": "réserve du Conseil constitutionnel",
}
ETOILES = {EtatCommune.CONFORME: "", EtatCommune.TOLERE_PRATIQUE: "*"}
COLONNES = {
    Objectif.PROPORTION: "Proportion",
    Objectif.PETITES: "Petites",
    Objectif.MOINS_DE_SIEGES: "Moins",
    Objectif.PLUS_DE_SIEGES: "Plus",
    Objectif.PROCHE: "Proche",
}


def print_points(demande: Demande, nature: Nature) -> None:
    """Print the open points that arise for this nature, and which reading is kept for each."""
    print_titre("Points ouverts : le texte ne les tranche pas")
    for point in POINTS_OUVERTS:
        if point.nom == "moitie" and nature not in AVEC_MOITIE:
            continue
        retenues = {getattr(lectures, point.nom) for lectures in demande.lectures.values()}
        print(f"{point.question} ({point.article} ; {point.confiance.label})")
        for lecture in point.lectures:
            marque = " (retenue)" if retenues == {lecture} else ""
            print(f"  --{point.nom.replace('_', '-')} {lecture.name.lower()}{marque} : {lecture.label}")
    if len(demande.lectures) > 1:
        print("Sans choix de votre part, deux réponses sont données : la lecture la plus prudente, puis la plus large.")


@dataclass(frozen=True, slots=True)
class Cadre:
    """What stands beside the seats: the ordinary rule, names and seats held (empty when unknown), by code."""

    ordinaire: SiegesDroitCommun
    noms: Mapping[str, str]
    constates: Mapping[str, int]

    def write_commune(self, code: str) -> tuple[str, ...]:
        """Return the first cells of the row of a commune: code, name, population, ordinary seats, seats held."""
        population = next(ligne.population for ligne in self.ordinaire.lignes if ligne.code == code)
        cellules = (code, self.noms[code], write_entier(population), str(self.ordinaire.sieges[code]))
        return (*cellules, str(self.constates.get(code, "–"))) if self.constates else cellules

    @property
    def entete(self) -> tuple[str, ...]:
        """Headings of these cells."""
        return (*ENTETE, "Constatés") if self.constates else ENTETE

    @property
    def total(self) -> tuple[str, ...]:
        """The same cells for the whole council."""
        cellules = ("", "Total", write_entier(self.ordinaire.population), str(self.ordinaire.total))
        return (*cellules, str(sum(self.constates.values()))) if self.constates else cellules


def print_voie(voie: EtudeVoie, cadre: Cadre, total: int | None) -> None:
    """Print the counts, the best and the first agreements of one way."""
    print()
    print_titre(f"{voie.voie.label.capitalize()} ({voie.voie.article})")
    _cite_regle(voie.regle)
    print(voie.motif)
    if not voie.ouverte:
        return
    print(f"{voie.total_maximal} sièges au plus ({cadre.ordinaire.total_iv} par les III et IV, sans le V).")
    for etude in voie.etudes:
        print(f"\n{_name_lecture(etude, voie.voie, cadre.ordinaire.nature)}\n{_count(etude)}")
        if is_total_exclu([etude], total):
            print(f"Aucune répartition de {total} sièges n'est admise.")
        elif etude.meilleurs:
            _print_meilleurs(etude, total, cadre.noms)
            _print_accords(etude, cadre)


def _name_lecture(etude: EtudeLecture, voie: Voie, nature: Nature) -> str:
    """Name a reading by its points; that of the half says something of the supplement of a communauté only."""
    has_moitie = voie is Voie.SUPPLEMENT_VI and nature in AVEC_MOITIE
    points = (
        f"{POINTS[nom]} : {valeur}"
        for nom, valeur in write_lectures(etude.lectures).items()
        if has_moitie or nom != "moitie"
    )
    return f"Lecture {etude.nom} ({', '.join(points)})"


def _count(etude: EtudeLecture) -> str:
    """Say how many agreements there are, for which totals."""
    nombre = etude.nombre
    if nombre is None or not nombre.nombre:
        return "Aucune répartition n'est admise."
    quoi = "répartition admise" if nombre.nombre == 1 else "répartitions admises"
    bas, haut = min(nombre.par_total), max(nombre.par_total)
    totaux = f"de {bas} sièges" if bas == haut else f"de {bas} à {haut} sièges"
    if not nombre.toleres:
        return f"{write_entier(nombre.nombre)} {quoi}, {totaux}."
    return (
        f"{write_entier(nombre.nombre)} {quoi}, {totaux} : {write_entier(nombre.conformes)} conformes et "
        f"{write_entier(nombre.toleres)} admises en pratique, à confirmer avec la préfecture."
    )


def _print_meilleurs(etude: EtudeLecture, total: int | None, noms: Mapping[str, str]) -> None:
    """Say what each column of the table shows: the best by each objective, then the first ones."""
    for meilleur in etude.meilleurs:
        decrit = f"{_describe_meilleur(meilleur.trouve)}{_describe_reduites(meilleur.accords[0], noms)}"
        print(f"  {COLONNES[meilleur.trouve.objectifs[0]]} : {decrit}")
    combien = "" if total is None or etude.nombre is None else _count_total(etude.nombre, total)
    if not etude.premiers:
        print(combien, end="")
        return
    quoi = (
        "la première répartition" if len(etude.premiers) == 1 else f"les {len(etude.premiers)} premières répartitions"
    )
    print(
        f"{combien}  n° 1{'' if len(etude.premiers) == 1 else ' et suivants'} : {quoi}, des moins de sièges aux plus."
    )


def _count_total(nombre: NombreAccords, total: int) -> str:
    return f"  Répartitions de {total} sièges : {write_entier(nombre.par_total[total].nombre)}.\n"


def _print_accords(etude: EtudeLecture, cadre: Cadre) -> None:
    """Print the best by each objective, then the first agreements: a column each, a row a commune."""
    montres = [(COLONNES[m.trouve.objectifs[0]], m.accords[0]) for m in etude.meilleurs]
    montres += [(f"n° {rang}", accord) for rang, accord in enumerate(etude.premiers, 1)]
    colonnes = [(f"{titre}{ETOILES[accord.etat]}", accord.sieges) for titre, accord in montres]
    entete = (*cadre.entete, *(titre for titre, _ in colonnes))
    corps = [
        (*cadre.write_commune(code), *(str(accord[code]) for _, accord in colonnes))
        for code in sort_codes(cadre.ordinaire)
    ]
    total = (*cadre.total, *(str(sum(accord.values())) for _, accord in colonnes))
    print_tableau([entete, *corps, total], droite=frozenset(range(2, len(entete))))
    if any(accord.etat is EtatCommune.TOLERE_PRATIQUE for _, accord in montres):
        print(f"* {EtatCommune.TOLERE_PRATIQUE.label}.")
    dits: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for titre, accord in montres:
        for avertissement in accord.avertissements:
            if avertissement.code in RAPPELES:
                dits.setdefault((avertissement.texte, avertissement.communes), []).append(titre)
    for (texte, communes), titres in dits.items():
        print(f"À savoir, {', '.join(titres)} : {_cite(texte, communes, cadre.noms)}")


def _describe_reduites(accord: Accord, noms: Mapping[str, str]) -> str:
    """Say in words when a distribution leaves the populations aside: one seat for each, or for a large commune."""
    if set(accord.sieges.values()) == {1}:
        return " Un siège par commune, quelle que soit sa population."
    reduites = [noms[code] for a in accord.avertissements if a.code == "SIEGE_UNIQUE" for code in a.communes]
    return f" Un seul siège, moins de 80 % de sa part, pour {name_quelques(reduites)}." if reduites else ""


def _describe_meilleur(meilleur: MeilleurAccord) -> str:
    """Say the objective, its value, and how many distributions do as well."""
    objectif, valeur = meilleur.objectifs[0], meilleur.valeurs[0]
    mesure = (
        f"{format_pourcent(valeur)} des sièges hors de la proportion"
        if objectif is Objectif.PROPORTION
        else f"{valeur} {'siège' if valeur < 2 else 'sièges'}"
    )
    if meilleur.nombre == 1:
        return f"{objectif.label} ({mesure})."
    egaux = f"{write_entier(meilleur.nombre)} répartitions à égalité, la première est montrée"
    return f"{objectif.label} ({mesure} ; {egaux})."


def print_controle(voies: Sequence[EtudeVoie], cadre: Cadre, proposition: Proposition) -> None:
    """Print the verdict on the seats proposed, way by way, condition by condition, commune by commune."""
    print()
    print_titre(f"Répartition proposée ({proposition.origine}) : {sum(proposition.sieges.values())} sièges")
    if proposition.fictif:
        print("À savoir : chiffres fictifs.")
    print("Les lettres a à e sont celles du I-2° de l'article L5211-6-1.")
    for voie in voies:
        for etude in voie.etudes:
            if etude.controle is not None:
                print(f"{voie.voie.label.capitalize()}, lecture {etude.nom} : {_write_verdict(etude)}.")
                _print_conditions(voie.voie, etude.controle, cadre.noms)
    for voie in voies:
        if voie.ouverte:
            _print_communes(voie, cadre)


def _write_verdict(etude: EtudeLecture) -> str:
    """Say the state, the refusal first where this reading refuses what practice admits."""
    etat = EtatCommune.NON_CONFORME if etude.controle is None else etude.controle.etat
    is_refus = etat is EtatCommune.TOLERE_PRATIQUE and not etude.est_admise
    return f"non admis par cette lecture ; {etat.label}" if is_refus else etat.label


def _print_conditions(voie: Voie, controle: ControleRepartition, noms: Mapping[str, str]) -> None:
    for condition in controle.conditions:
        nom = CONDITIONS.get(condition.nom, condition.nom)
        if voie is Voie.SUPPLEMENT_VI:
            nom = nom.removeprefix("b) ")
        print(f"  {nom} : {'oui' if condition.remplie else 'non'}. {_cite(condition.motif, condition.communes, noms)}")
    motifs = {condition.motif for condition in controle.conditions}
    for avertissement in controle.avertissements:
        if avertissement.texte not in motifs:
            print(f"  À savoir : {_cite(avertissement.texte, avertissement.communes, noms)}")


def _cite(phrase: str, communes: Sequence[str], noms: Mapping[str, str]) -> str:
    """Return a sentence with the names of the communes it is about."""
    return f"{phrase.rstrip('.')} ({name_quelques([noms[code] for code in communes])})." if communes else phrase


def _print_communes(voie: EtudeVoie, cadre: Cadre) -> None:
    """Print one row a commune: its seats, its share of seats over its share of population, the ground of each state."""
    controles = [etude.controle for etude in voie.etudes if etude.controle is not None]
    motifs = list(dict.fromkeys(c.motif for controle in controles for c in controle.communes))
    par_code = [{c.code: c for c in controle.communes} for controle in controles]
    entete = (*cadre.entete, "Proposés", "Rapport", *(f"Lecture {e.nom}" for e in voie.etudes))
    corps = []
    for code in sort_codes(cadre.ordinaire):
        communes = [controle[code] for controle in par_code]
        rapport = communes[0].ratio
        etats = (f"{COURTS[c.etat]} ({motifs.index(c.motif) + 1})" for c in communes)
        part = "–" if rapport is None else format_pourcent(rapport)
        corps.append((*cadre.write_commune(code), str(communes[0].sieges), part, *etats))
    print(f"\n{voie.voie.label.capitalize()}, commune par commune (rapport : part de sièges sur part de population)")
    print_tableau([entete, *corps], droite=frozenset(range(2, len(cadre.entete) + 2)))
    for rang, motif in enumerate(motifs, 1):
        print(f"({rang}) {motif}")


def print_total_exclu(voies: Sequence[EtudeVoie], total: int) -> None:
    """Say that no council of that size is admitted, and up to which size each way goes."""
    maximums = [f"{voie.voie.label} {voie.total_maximal} sièges" for voie in voies if voie.ouverte]
    limites = f" Au plus : {', '.join(maximums)}." if maximums else ""
    print(f"Aucune répartition de {total} sièges n'est admise, par aucune lecture.{limites}")


def print_procedure(
    seuils: Mapping[str, SeuilsMajorite], echeances: Sequence[Echeance], noms: Mapping[str, str]
) -> None:
    """Print the majority and the calendar: rule, article, how it is known, date of verification."""
    print()
    print_titre("Pour décider")
    _print_regle("R-2.7")
    for population, un in seuils.items():
        voies = [f"{conseils} conseils et {write_entier(habitants)} habitants" for conseils, habitants in un.voies]
        indispensables = [noms[code] for code in un.indispensables]
        veto = f", avec {name_quelques(indispensables)} dans tous les cas" if indispensables else ""
        print(f"  Ici, population {population} : au moins {voies[0]}, ou {voies[1]}{veto}.")
    _print_regle("R-2.8")
    for echeance in echeances:
        print(
            f"  Sièges de {echeance.renouvellement} (populations du millésime {echeance.millesime}) : accord au plus "
            f"tard le {write_date(echeance.accord)}, arrêté préfectoral le {write_date(echeance.arrete)}."
        )


def _print_regle(identifiant: str) -> None:
    regle = get_regle(identifiant)
    print(f"{regle.titre} : {regle.resume}")
    for avertissement in regle.avertissements:
        print(f"  À savoir : {avertissement}")
    _cite_regle(regle)


def _cite_regle(regle: Regle) -> None:
    """Print the name of a rule, its articles, how it is known and when it was verified."""
    articles = ", ".join(regle.articles)
    print(f"  {regle.identifiant}, {articles} ; {regle.fiabilite}, vérifié le {write_date(regle.verifie_le)}.")
