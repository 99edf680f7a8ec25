"""The study of the agreements on seats on the terminal, in French."""

from collections.abc import Mapping, Sequence

from communaccord.cli.accords_locaux.etude import Demande, Echeance, EtudeLecture, EtudeVoie, SeuilsMajorite, sort_codes
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


def print_points(demande: Demande) -> None:
    """Print the open points, and which reading is kept for each."""
    print_titre("Points ouverts : le texte ne les tranche pas")
    for point in POINTS_OUVERTS:
        retenues = {getattr(lectures, point.nom) for lectures in demande.lectures.values()}
        print(f"{point.question} ({point.article} ; {point.confiance.label})")
        for lecture in point.lectures:
            marque = " (retenue)" if retenues == {lecture} else ""
            print(f"  --{point.nom.replace('_', '-')} {lecture.name.lower()}{marque} : {lecture.label}")
    if len(demande.lectures) > 1:
        print("Sans choix de votre part, deux réponses sont données : la lecture la plus prudente, puis la plus large.")


def print_voie(voie: EtudeVoie, ordinaire: SiegesDroitCommun, noms: Mapping[str, str], total: int | None) -> None:
    """Print the counts, the best and the first agreements of one way."""
    print()
    print_titre(f"{voie.voie.label.capitalize()} ({voie.voie.article})")
    _cite_regle(voie.regle)
    print(voie.motif)
    if not voie.ouverte:
        return
    print(f"{voie.total_maximal} sièges au plus ({ordinaire.total_iv} par les III et IV, sans le V).")
    for etude in voie.etudes:
        print(f"\n{_name_lecture(etude, voie.voie, ordinaire.nature)}\n{_count(etude)}")
        if etude.meilleurs:
            _print_meilleurs(etude, total)
            _print_accords(etude, ordinaire, noms)


def _name_lecture(etude: EtudeLecture, voie: Voie, nature: Nature) -> str:
    """Name a reading by its points; that of the half says something of the supplement of a communauté only."""
    has_moitie = voie is Voie.SUPPLEMENT_VI and nature in (Nature.CC, Nature.CA)
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


def _print_meilleurs(etude: EtudeLecture, total: int | None) -> None:
    """Say what each column of the table shows: the best by each objective, then the first ones."""
    for meilleur in etude.meilleurs:
        print(f"  {COLONNES[meilleur.trouve.objectifs[0]]} : {_describe_meilleur(meilleur.trouve)}")
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
    compte = nombre.par_total.get(total)
    if compte is None:
        return f"  Aucune répartition de {total} sièges n'est admise.\n"
    return f"  Répartitions de {total} sièges : {write_entier(compte.nombre)}.\n"


def _print_accords(etude: EtudeLecture, ordinaire: SiegesDroitCommun, noms: Mapping[str, str]) -> None:
    """Print the best by each objective, then the first agreements: a column each, a row a commune."""
    montres = [(COLONNES[m.trouve.objectifs[0]], m.accords[0]) for m in etude.meilleurs]
    montres += [(f"n° {rang}", accord) for rang, accord in enumerate(etude.premiers, 1)]
    colonnes = [(f"{titre}{ETOILES[accord.etat]}", accord.sieges) for titre, accord in montres]
    entete = ("Code", "Commune", "Ordinaire", *(titre for titre, _ in colonnes))
    corps = [
        (code, noms[code], str(ordinaire.sieges[code]), *(str(accord[code]) for _, accord in colonnes))
        for code in sort_codes(ordinaire)
    ]
    total = ("", "Total", str(ordinaire.total), *(str(sum(accord.values())) for _, accord in colonnes))
    print_tableau([entete, *corps, total], droite=frozenset(range(2, len(entete))))
    if any(accord.etat is EtatCommune.TOLERE_PRATIQUE for _, accord in montres):
        print(f"* {EtatCommune.TOLERE_PRATIQUE.label}.")


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


def print_controle(
    voies: Sequence[EtudeVoie], ordinaire: SiegesDroitCommun, noms: Mapping[str, str], proposition: Proposition
) -> None:
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
                _print_conditions(voie.voie, etude.controle, noms)
    for voie in voies:
        if voie.ouverte:
            _print_communes(voie, ordinaire, noms)


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


def _print_communes(voie: EtudeVoie, ordinaire: SiegesDroitCommun, noms: Mapping[str, str]) -> None:
    """Print one row a commune: its seats, its share of seats over its share of population, the ground of each state."""
    controles = [etude.controle for etude in voie.etudes if etude.controle is not None]
    motifs = list(dict.fromkeys(c.motif for controle in controles for c in controle.communes))
    par_code = [{c.code: c for c in controle.communes} for controle in controles]
    entete = ("Code", "Commune", "Ordinaire", "Proposés", "Rapport", *(f"Lecture {e.nom}" for e in voie.etudes))
    corps = []
    for code in sort_codes(ordinaire):
        communes = [controle[code] for controle in par_code]
        rapport = communes[0].ratio
        etats = (f"{COURTS[c.etat]} ({motifs.index(c.motif) + 1})" for c in communes)
        sieges = (str(ordinaire.sieges[code]), str(communes[0].sieges))
        corps.append((code, noms[code], *sieges, "–" if rapport is None else format_pourcent(rapport), *etats))
    print(f"\n{voie.voie.label.capitalize()}, commune par commune (rapport : part de sièges sur part de population)")
    print_tableau([entete, *corps], droite=frozenset({2, 3, 4}))
    for rang, motif in enumerate(motifs, 1):
        print(f"({rang}) {motif}")


def print_procedure(seuils: SeuilsMajorite, echeances: Sequence[Echeance], noms: Mapping[str, str]) -> None:
    """Print the majority and the calendar: rule, article, how it is known, date of verification."""
    print()
    print_titre("Pour décider")
    _print_regle("R-2.7")
    voies = [f"{conseils} conseils et {write_entier(habitants)} habitants" for conseils, habitants in seuils.voies]
    indispensables = [noms[code] for code in seuils.indispensables]
    veto = f", avec {name_quelques(indispensables)} dans tous les cas" if indispensables else ""
    print(f"  Ici (population municipale) : au moins {voies[0]}, ou {voies[1]}{veto}.")
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
