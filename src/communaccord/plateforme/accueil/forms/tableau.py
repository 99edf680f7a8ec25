"""Tables of communes: read with a preview, applied to the form, the table to fill in, the CSV of a result."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO

from communaccord.plateforme.accueil.forms.envoi import Envoi, Etat
from communaccord.plateforme.accueil.forms.page import list_actes, list_communes
from communaccord.reference import TerritoireInconnu, get_communes
from communaccord.simulateur import (
    Anomalie,
    Apercu,
    Resultat,
    Simulation,
    build_modele_tableau,
    protect_texte,
    read_classeur,
    read_collage,
    read_tableau,
)
from communaccord.simulateur.resultat import compute_ecart_budget
from communaccord.simulateur.tableau import LIBELLES, describe_champ

# What the only column of figures of a table without titles may be; the first unless another is chosen.
DEVINABLES = ("depense_actuelle", "volume", "heures_actuelles")
CLASSEUR = Anomalie(
    "fichier",
    "Fichier",
    "c'est une simulation entière, pas un tableau de communes.",
    "Ouvrez-la depuis la page « Ouvrir une simulation » : tout y sera repris.",
)
MAX_NOMS, MAX_NOM = 10, 60


def preview_tableau(etat: Etat) -> Etat:
    """Read the file, or else the pasted text, and show what would be taken; nothing is applied yet."""
    communes = {commune.code: commune.nom for commune in list_communes(etat.saisie, etat.siren)}
    actes = {acte.code: acte.libelle for acte in list_actes(etat.saisie)}
    envoi = etat.envoi
    champ = envoi.champ if envoi.champ in list_devinables(etat) else DEVINABLES[0]
    if envoi.fichier and isinstance(read_classeur(envoi.fichier), Simulation):
        apercu = Apercu(envoi.nom_fichier, "", (), (), (CLASSEUR,))
    elif envoi.fichier:
        apercu = read_tableau(envoi.fichier, envoi.nom_fichier, communes, actes=actes, champ_defaut=champ)
    else:
        apercu = read_collage(envoi.collage, communes, actes=actes, champ_defaut=champ)
    # The text keeps what was read, so that it can be applied by the next answer: the server keeps nothing.
    collage = envoi.collage if apercu.est_vide else write_collage(apercu, actes)
    return replace(etat, envoi=Envoi(collage=collage, liste=envoi.liste, champ=champ), apercu=apercu)


def list_devinables(etat: Etat) -> tuple[str, ...]:
    """Fields that an untitled column may fill: with several kinds of acts, one column of volumes has no meaning."""
    return tuple(champ for champ in DEVINABLES if champ != "volume" or len(list_actes(etat.saisie)) < 2)


def apply_tableau(etat: Etat) -> Etat:
    """Put what was read in the fields; a faulty cell comes as it was typed, to be mended in its field."""
    lu = preview_tableau(etat)
    if lu.apercu is None or lu.apercu.est_vide:
        return lu
    champs = list_champs(lu.apercu)
    nombre = len({nom.split("-")[1] for nom in champs})
    message = f"Chiffres de {nombre} commune{'s' if nombre > 1 else ''} placés dans le formulaire : vérifiez-les."
    message += write_ecartees(lu.apercu)
    return replace(
        etat, saisie=etat.saisie.with_champs(champs), envoi=Envoi(), apercu=None, message=message, ancre="communes"
    )


def write_ecartees(apercu: Apercu) -> str:
    """A sentence on the rows that fill no commune, named so that none is lost in silence; empty when there are none."""
    ecartees = apercu.ecartees
    if not ecartees:
        return ""
    noms = [ligne.nom[:MAX_NOM] or f"ligne {ligne.numero}" for ligne in ecartees[:MAX_NOMS]]
    autres = ["…"] if len(ecartees) > MAX_NOMS else []
    accord = "ligne laissée" if len(ecartees) == 1 else "lignes laissées"
    return f" {len(ecartees)} {accord} de côté : {', '.join([*noms, *autres])}."


def list_champs(apercu: Apercu) -> dict[str, str]:
    """Fields of the form that a preview fills; blank cells fill nothing."""
    champs: dict[str, str] = {}
    for ligne in apercu.lignes:
        for champ, cellule in ligne.cellules.items():
            valeur = cellule.valeur if cellule.valeur is not None else cellule.saisie
            if ligne.code and valeur:
                champs[f"communes-{ligne.code}-{champ.replace('.', '-')}"] = valeur
    return champs


def write_collage(apercu: Apercu, actes: Mapping[str, str]) -> str:
    """Write a preview back as cells to paste, exactly as they were typed."""
    champs = [colonne.champ for colonne in apercu.colonnes if colonne.champ and colonne.champ not in ("code", "nom")]
    sortie = StringIO()
    plume = csv.writer(sortie, delimiter="\t", lineterminator="\n")
    if apercu.champ_devine:
        # What has no titles keeps none: the choice of what its column is stays open.
        plume.writerows(
            [ligne.nom, *(cellule.saisie for cellule in ligne.cellules.values())] for ligne in apercu.lignes
        )
        return sortie.getvalue()
    plume.writerow([LIBELLES["code"], LIBELLES["nom"], *(describe_champ(champ, actes) for champ in champs)])
    for ligne in apercu.lignes:
        cellules = [ligne.cellules[champ].saisie if champ in ligne.cellules else "" for champ in champs]
        plume.writerow([ligne.code or "", ligne.nom, *cellules])
    return sortie.getvalue()


def build_modele(siren: str) -> bytes | None:
    """The table to fill in for a real EPCI, or an empty one; None when the EPCI is unknown."""
    if not siren:
        return build_modele_tableau({})
    try:
        return build_modele_tableau({commune.code: commune.nom for commune in get_communes(siren)})
    except TerritoireInconnu:
        return None


def write_csv(resultat: Resultat, rang: int) -> str:
    """The effects of one variant, one line a commune and a year, amounts in euros; read by any spreadsheet."""
    sortie = StringIO()
    plume = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    plume.writerow(COLONNES_CSV)
    variante = resultat.variantes[min(rang, len(resultat.variantes) - 1)]
    for effet in variante.communes:
        for annuel in effet.annuels:
            ecarts = {"ecart_budget": compute_ecart_budget(annuel)}
            montants = (ecarts[champ] if champ in ecarts else getattr(annuel, champ) for champ in CHAMPS_CSV)
            nom, code = protect_texte(effet.commune.nom), protect_texte(effet.commune.code)
            plume.writerow([code, nom, effet.commune.population, annuel.annee, *map(write_euros, montants)])
    return "\ufeff" + sortie.getvalue()


CHAMPS_CSV = (
    "contribution",
    "depense_actuelle",
    "ecart_budget",
    "cout_seul",
    "ecart_seul",
    "temps_libere",
    "service_nouveau",
)
COLONNES_CSV = (
    "Code",
    "Commune",
    "Population",
    "Année",
    "Contribution (€)",
    "Dépense d'aujourd'hui (€)",
    "Écart sur le budget (€)",
    "Coût seule, même service (€)",
    "Écart au coût seule (€)",
    "Valeur du temps libéré, pas de l'argent (€)",
    "Service nouveau (€)",
)


def write_euros(centimes: int | None) -> str:
    """Cents as a spreadsheet in French reads them: ``1234,50``; nothing when unknown."""
    if centimes is None:
        return ""
    euros, reste = divmod(abs(centimes), 100)
    return f"{'-' if centimes < 0 else ''}{euros},{reste:02d}"
