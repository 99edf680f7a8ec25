"""The figures of a scenario in depth: staff of one employer, costs often forgotten, clauses."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from communaccord.plateforme.dossiers.actions import ContenuClauses, LigneCout, Mouvements
from communaccord.plateforme.dossiers.forms.champs import find_refus, read_entier
from communaccord.plateforme.dossiers.models import ClausesScenario, CoutOublie, EffectifEmployeur
from communaccord.plateforme.dossiers.models.profondeur import EtatCout, PorteurCout, PosteOublie, Rythme
from communaccord.plateforme.dossiers.models.profondeur_chiffres import MOUVEMENTS
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import Anomalie, NombreInvalide, parse_nombre
from communaccord.simulateur.ecriture import format_nombre

CENT = 100
MAXIMUM = 10**15
ETATS = [("", "pas encore chiffré"), *EtatCout.choices]
RYTHMES = [("", "à dire"), *Rythme.choices]
COMMUNE = "commune-"
LIBELLES = {
    "avant": ("Aujourd'hui", "Tous les agents de cet employeur qui sont concernés par le service."),
    "partent": ("Transférés de plein droit", "Ils quittent cet employeur pour un autre."),
    "arrivent": ("Accueillis", "Ils viennent d'un autre employeur."),
    "crees": ("Postes créés", ""),
    "supprimes": ("Postes supprimés", ""),
    "mis_a_disposition": ("Mis à disposition", "Ils restent à cet employeur et travaillent pour le service."),
}
TEXTES_CLAUSES = ("retour_agents", "couts_restants", "revoyure_objet", "service_nouveau")
# Wordings offered, never imposed: each commune and its legal adviser rewrite them.
MODELES = {
    "preavis_mois": "La commune peut se retirer au 1er janvier, par délibération notifiée au moins … mois avant.",
    "retour_agents": (
        "Au départ de la commune, chaque agent ou agente transférée pour elle se voit proposer un poste de son grade "
        "dans la commune ou dans l'intercommunalité ; la répartition est arrêtée d'un commun accord, après avis des "
        "comités sociaux territoriaux."
    ),
    "couts_restants": (
        "La commune qui part paie, pendant … ans au plus, sa part des engagements pris pour elle et qui ne peuvent "
        "être réduits (contrats en cours, postes, locaux), selon un état arrêté contradictoirement."
    ),
    "essai_mois": "Pendant les … premiers mois, chaque partie peut revenir à la situation antérieure sans frais.",
    "revoyure_objet": (
        "Les parties réexaminent ensemble le coût par unité d'œuvre, la clé de répartition, les délais et la "
        "satisfaction des communes ; à défaut d'accord, la convention continue sans changement."
    ),
}


def fill_effectif(ligne: EffectifEmployeur | None) -> Saisie:
    """The twelve numbers of one employer; zero is left empty."""
    champs = {}
    for nom in MOUVEMENTS:
        agents, etp = getattr(ligne, nom, 0), getattr(ligne, f"{nom}_etp", 0)
        champs[nom] = str(agents) if agents else ""
        champs[f"{nom}_etp"] = format_nombre(Fraction(etp, CENT)) if etp else ""
    return Saisie(champs)


def parse_effectif(saisie: Saisie) -> tuple[Mouvements, Mouvements] | list[Anomalie]:
    """Agents, and hundredths of ETP; an empty box is nobody."""
    anomalies: list[Anomalie] = []
    agents = {nom: read_entier(saisie, nom, LIBELLES[nom][0], anomalies) or 0 for nom in MOUVEMENTS}
    etp = {nom: read_centiemes(saisie, f"{nom}_etp", f"{LIBELLES[nom][0]} (ETP)", anomalies) or 0 for nom in MOUVEMENTS}
    return anomalies or (Mouvements(**agents), Mouvements(**etp))


def read_centiemes(saisie: Saisie, nom: str, libelle: str, anomalies: list[Anomalie]) -> int | None:
    """A number with two decimals, in hundredths; None when it is empty; what is not one is told."""
    texte = saisie.texte(nom).replace("€", "").strip()
    try:
        valeur = parse_nombre(texte) if texte else None
    except NombreInvalide as invalide:
        anomalies.append(Anomalie(nom, libelle, invalide.message, invalide.que_faire))
        return None
    if valeur is None:
        return None
    if refus := find_refus(valeur, MAXIMUM):
        anomalies.append(Anomalie(nom, libelle, *refus))
        return None
    return int(valeur * CENT)


def list_payeurs(communes: Iterable[CommuneMembre]) -> list[tuple[str, str]]:
    """Who may bear a cost: nobody said yet, the EPCI, the communes together, or one of them."""
    ensemble = [(code, mot) for code, mot in PorteurCout.choices if code != PorteurCout.COMMUNE]
    return [("", "à dire"), *ensemble, *((f"{COMMUNE}{c.pk}", c.nom) for c in communes)]


def fill_couts(couts: Iterable[CoutOublie]) -> Saisie:
    """Every cost as it is told, in euros."""
    champs = {}
    for cout in couts:
        porteur = f"{COMMUNE}{cout.commune_id}" if cout.commune_id else cout.porteur
        montant = "" if cout.montant is None else format_nombre(Fraction(cout.montant, CENT))
        valeurs = {"etat": cout.etat, "montant": montant, "rythme": cout.rythme, "motif": cout.motif}
        valeurs |= {"annee": str(cout.annee or ""), "porteur": porteur}
        champs.update({f"{nom}-{cout.poste}": valeur for nom, valeur in valeurs.items()})
    return Saisie(champs)


def parse_couts(saisie: Saisie) -> dict[str, LigneCout] | list[Anomalie]:
    """The costs that are told; of one said *sans objet* or *compris*, who pays and how often are dropped."""
    anomalies: list[Anomalie] = []
    lignes = {}
    for poste in PosteOublie:
        etat = saisie.texte(f"etat-{poste}")
        montant = read_centiemes(saisie, f"montant-{poste}", poste.label, anomalies)
        motif = saisie.texte(f"motif-{poste}").strip()
        if not etat:
            if montant is not None:
                message = "un montant est écrit sans dire que ce coût est chiffré."
                anomalies.append(Anomalie(f"etat-{poste}", poste.label, message, "Choisissez « chiffré »."))
            continue
        if etat != EtatCout.CHIFFRE:
            lignes[poste.value] = LigneCout(etat, montant, motif=motif)
            continue
        annee = read_entier(saisie, f"annee-{poste}", poste.label, anomalies)
        porteur, commune = read_payeur(saisie.texte(f"porteur-{poste}"))
        rythme = saisie.texte(f"rythme-{poste}")
        lignes[poste.value] = LigneCout(etat, montant, rythme, annee, porteur, commune, motif)
    return anomalies or lignes


def read_payeur(texte: str) -> tuple[str, int | None]:
    """``commune-12`` is commune 12; anything else is its own code."""
    reste = texte.removeprefix(COMMUNE)
    if texte.startswith(COMMUNE) and reste.isascii() and reste.isdigit() and len(reste) < 10:
        return PorteurCout.COMMUNE.value, int(reste)
    return texte, None


def fill_clauses(clauses: ClausesScenario | None) -> Saisie:
    if clauses is None:
        return Saisie({})
    champs = {nom: getattr(clauses, nom) for nom in TEXTES_CLAUSES}
    champs |= {
        n: "" if getattr(clauses, n) is None else str(getattr(clauses, n)) for n in ("preavis_mois", "essai_mois")
    }
    return Saisie({**champs, "revoyure_le": f"{clauses.revoyure_le:%d/%m/%Y}" if clauses.revoyure_le else ""})


def parse_clauses(saisie: Saisie) -> ContenuClauses | list[Anomalie]:
    """What is fixed; an empty field is not."""
    anomalies: list[Anomalie] = []
    preavis = read_entier(saisie, "preavis_mois", "Préavis", anomalies)
    essai = read_entier(saisie, "essai_mois", "Période d'essai", anomalies)
    jour = read_jour(saisie, anomalies)
    textes = {nom: saisie.texte(nom).strip() for nom in TEXTES_CLAUSES}
    return anomalies or ContenuClauses(preavis_mois=preavis, essai_mois=essai, revoyure_le=jour, **textes)


def read_jour(saisie: Saisie, anomalies: list[Anomalie]) -> date | None:
    """A day, as a browser sends it or as it is written by hand."""
    texte = saisie.texte("revoyure_le").strip()
    if not texte:
        return None
    try:
        if "/" not in texte:
            return date.fromisoformat(texte)
        jour, mois, annee = (int(part) for part in texte.split("/"))
        return date(annee, mois, jour)
    except ValueError:
        message = f"« {texte} » n'est pas une date."
        anomalies.append(Anomalie("revoyure_le", "Clause de revoyure", message, "Écrivez par exemple 17/03/2029."))
        return None
