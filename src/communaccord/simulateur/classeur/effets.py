"""Sheets of reading: what the workbook is, and the effects on each commune, year by year."""

from datetime import date

from communaccord.noyau.exact import RegleReste
from communaccord.simulateur.classeur.champs import FEUILLE_EFFETS
from communaccord.simulateur.classeur.plume import Plume, plage, ref
from communaccord.simulateur.resultat import Resultat, compute_ecart_budget, describe_seules

ENTETES = (
    "Variante", "Code", "Commune", "Année", "Contribution", "Dépense d'aujourd'hui", "Écart sur le budget",
    "Coût seule, même service", "Écart avec le coût seule", "Temps d'agents libéré (h)",
    "Valeur de ce temps (pas de l'argent)", "Service nouveau", "Contribution, bas", "Contribution, haut",
)  # fmt: skip


def write_lisez_moi(plume: Plume, resultat: Resultat, etabli_le: date | None) -> None:
    """Write the sentence, the origin of the figures, and how to use the workbook."""
    simulation = resultat.simulation
    plume.set_largeurs(110)
    lignes = [
        simulation.titre or f"{simulation.service.nom}, {simulation.territoire.nom}",
        resultat.phrase,
        *filter(None, [resultat.variantes[0].temps]),
        f"Territoire\u202f: {simulation.territoire.nom}. Populations\u202f: {simulation.territoire.source_population}.",
    ]
    if simulation.territoire.fictif:
        lignes.append("FICTIF\u202f: territoire et chiffres inventés, pour l'exemple.")
    if resultat.estime:
        lignes.append(
            "ESTIMÉ\u202f: une partie des chiffres sont des estimations\u202f; lisez les montants arrondis, "
            "avec leur fourchette."
        )
    if etabli_le is not None:
        lignes.append(f"Établi le {etabli_le:%d/%m/%Y} avec le simulateur de Commun Accord.")
    lignes += [
        "Hypothèses et Communes\u202f: ce qui a été saisi. Calcul\u202f: les formules, de la clé au centime. "
        f"{FEUILLE_EFFETS}\u202f: tous les effets, en valeur\u202f; les écarts et les totaux sont des formules.",
        f"Règle d'arrondi\u202f: {RegleReste.PLUS_FORT_RESTE.label}.",
        "Écart sur le budget\u202f: contribution moins dépense d'aujourd'hui\u202f; un nombre négatif veut dire moins "
        "à payer. Le temps d'agents libéré est à part\u202f: ce n'est pas de l'argent.",
        "Coût seule, même service\u202f: ce que la commune paierait seule, avec les mêmes hypothèses"
        f"{write_suite(describe_seules(resultat, resultat.variantes[0], resultat.annee_reference))}.",
        "Ce classeur se relit dans le simulateur et par la commande communaccord simuler.",
    ]
    for variante in resultat.variantes:
        lignes += [f"{variante.variante.nom}\u202f: {ligne}" for ligne in (variante.phrase, *variante.avertissements)]
    for rang, texte in enumerate(lignes):
        plume.write(rang, 0, texte, plume.styles.titre if rang == 0 else plume.styles.note)


def write_suite(hypothese: str) -> str:
    """A hypothesis as the end of a sentence; nothing when there is none."""
    return f", {hypothese}" if hypothese else ""


def write_effets(plume: Plume, resultat: Resultat) -> None:
    """Write the effects, one row a variant, commune and year, and the total of each year."""
    plume.set_largeurs(24, 10, 30, 8, *([16.0] * (len(ENTETES) - 4)))
    plume.write_entetes(0, ENTETES)
    plume.feuille.freeze_panes(1, 4)
    ligne = 1
    for variante in resultat.variantes:
        for commune in variante.communes:
            for effet in commune.annuels:
                fourchette = commune.get_fourchette(effet.annee)
                valeurs = {
                    4: effet.contribution,
                    5: effet.depense_actuelle,
                    7: effet.cout_seul,
                    10: effet.temps_libere,
                    11: effet.service_nouveau,
                    12: fourchette.contribution.bas if fourchette else None,
                    13: fourchette.contribution.haut if fourchette else None,
                }
                textes = (variante.variante.nom, commune.commune.code, commune.commune.nom)
                for colonne, texte in enumerate(textes):
                    plume.write(ligne, colonne, texte)
                plume.write(ligne, 3, effet.annee)
                heures = None if effet.heures_liberees is None else float(effet.heures_liberees)
                plume.write(ligne, 9, heures, plume.styles.nombre)
                for colonne, cents in valeurs.items():
                    plume.write(ligne, colonne, None if cents is None else cents / 100, plume.styles.euros)
                _write_ecart(plume, ligne, 6, compute_ecart_budget(effet))
                _write_ecart(plume, ligne, 8, effet.ecart_seul)
                ligne += 1
    if ligne > 1:
        _write_totaux(plume, resultat, ligne)


def _write_ecart(plume: Plume, ligne: int, colonne: int, cents: int | None) -> None:
    """Write a difference as a formula: contribution minus the cost of the column before."""
    if cents is not None:
        formule = f"ROUND({ref(ligne, 4)}-{ref(ligne, colonne - 1)},2)"
        plume.write_formule(ligne, colonne, formule, cents / 100, plume.styles.euros)


def _write_totaux(plume: Plume, resultat: Resultat, fin: int) -> None:
    noms, annees, sommes = (plage(1, colonne, fin - 1, colonne) for colonne in (0, 3, 4))
    ligne = fin + 1
    for variante in resultat.variantes:
        if variante.partage is None:
            continue
        for annuel in variante.partage.annees:
            plume.write(ligne, 0, variante.variante.nom, plume.styles.entete)
            plume.write(ligne, 2, "Total des contributions", plume.styles.entete)
            plume.write(ligne, 3, annuel.annee, plume.styles.entete)
            formule = f"SUMPRODUCT(({noms}={ref(ligne, 0)})*({annees}={ref(ligne, 3)})*{sommes})"
            total = sum(annuel.contributions.values()) / 100
            plume.write_formule(ligne, 4, formule, total, plume.styles.total)
            ligne += 1
