"""What a scenario says in depth: the sentence on top counts what is not told; each part as its reader may see it."""

from collections.abc import Sequence

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import ClausesScenario, CoutOublie, CritereService, Scenario
from communaccord.plateforme.dossiers.models.profondeur import (
    Avis,
    EtatCout,
    NomVolet,
    PorteurCout,
    PosteOublie,
    Rythme,
    Sens,
)
from communaccord.plateforme.dossiers.pages.dossier import write_hausse
from communaccord.plateforme.dossiers.pages.employeurs import build_employeurs
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.postes import read_etp, write_ecart_postes
from communaccord.plateforme.dossiers.pages.totaux import reads_total
from communaccord.plateforme.dossiers.queries import Profondeur
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import enumeration, pluriel, prose

PAS_FIXE = "pas fixé"
PAS_CHIFFRE = "pas encore chiffré"
NON_MONTRE = "montant non montré"
SENS_AVIS = {Avis.MIEUX: "mieux", Avis.PAREIL: "", Avis.MOINS_BIEN: "moins"}
CLAUSES = ("préavis", "retour des agents", "coûts restants", "plafond de hausse", "essai", "revoyure")


def write_phrase(scenario: Scenario, profondeur: Profondeur) -> str:
    """What is told and what is not, counted."""
    dits = {cout.poste for cout in profondeur.couts}
    manquent = [poste for poste in PosteOublie if poste not in dits]
    total = len(PosteOublie)
    if manquent:
        combien = pluriel(len(manquent), "n'est pas encore chiffré", "ne sont pas encore chiffrés")
        couts = f"Sur {total} coûts souvent oubliés, {combien}"
    else:
        couts = f"Les {total} coûts souvent oubliés ont une réponse"
    ouvertes = count_ouvertes(scenario, profondeur.clauses)
    clauses = pluriel(ouvertes, "clause n'est pas fixée", "clauses ne sont pas fixées") if ouvertes else ""
    suite = f" ; {clauses} sur {len(CLAUSES)}." if clauses else " ; les clauses de sortie et de protection sont fixées."
    return prose(couts + suite)


def count_ouvertes(scenario: Scenario, clauses: ClausesScenario | None) -> int:
    """How many clauses are not fixed."""
    return sum(valeur == PAS_FIXE for _, valeur in build_clauses(scenario, clauses))


def build_clauses(scenario: Scenario, clauses: ClausesScenario | None) -> list[tuple[str, str]]:
    """Each clause and what it says; what is not fixed is said as not fixed."""
    lues = clauses or ClausesScenario()
    revoyure = PAS_FIXE
    if lues.revoyure_le is not None:
        revoyure = f"le {write_date(lues.revoyure_le)}"
        revoyure += f" : {lues.revoyure_objet}" if lues.revoyure_objet else ", sans dire encore ce qui sera regardé"
    elif lues.revoyure_objet:
        revoyure = f"{lues.revoyure_objet} (date à fixer)"
    hausse = write_hausse(scenario)
    return [
        ("Préavis pour partir", write_mois(lues.preavis_mois)),
        ("Retour des agents et des agentes", lues.retour_agents or PAS_FIXE),
        ("Coûts qui restent après un départ", lues.couts_restants or PAS_FIXE),
        ("Plafond de hausse annuelle", f"{hausse} par an" if hausse else PAS_FIXE),
        ("Période d'essai", write_mois(lues.essai_mois)),
        ("Clause de revoyure", revoyure),
    ]


def write_mois(mois: int | None) -> str:
    if mois is None:
        return PAS_FIXE
    return pluriel(mois, "mois", "mois") if mois else "aucun"


def build_couts(
    acteur: Acteur, scenario: Scenario, lecture: Lecture, couts: Sequence[CoutOublie], plume: Plume
) -> list[dict[str, str]]:
    """Every cost of the list, told or not."""
    by_poste = {cout.poste: cout for cout in couts}
    montre = reads_total(scenario, lecture)
    lignes = []
    for poste in PosteOublie:
        cout = by_poste.get(poste)
        lignes.append({"poste": poste.label, "texte": write_cout(acteur, cout, lecture, plume, montre=montre)})
    return lignes


def write_cout(acteur: Acteur, cout: CoutOublie | None, lecture: Lecture, plume: Plume, *, montre: bool) -> str:
    """``12 000 € chaque année, payé par l'intercommunalité``; what is not told is said."""
    if cout is None:
        return PAS_CHIFFRE
    motif = f" ({cout.motif})" if cout.motif else ""
    if cout.etat == EtatCout.SANS_OBJET:
        return prose(f"sans objet, parce que : {cout.motif}")
    if cout.etat == EtatCout.COMPRIS:
        return prose(f"{EtatCout.COMPRIS.label}{motif}")
    quand = Rythme(cout.rythme).label
    if cout.rythme == Rythme.UNE_FOIS and cout.annee:
        quand = f"une fois, en {cout.annee}"
    lisible = montre and reads_cout(acteur, cout, lecture)
    qui = PorteurCout(cout.porteur).label
    if cout.commune is not None:
        qui = cout.commune.nom if lecture >= Lecture.MA_COMMUNE else qui
    montant = plume.write(cout.montant) if lisible else NON_MONTRE
    return prose(f"{montant}, {quand}, payé par {qui}{motif}")


def reads_cout(acteur: Acteur, cout: CoutOublie, lecture: Lecture) -> bool:
    """A cost that one commune bears is that commune's amount."""
    return cout.commune_id is None or lecture is Lecture.TOUT or cout.commune_id == acteur.commune_id


def count_avis(criteres: Sequence[CritereService]) -> str:
    """``mieux pour 2 critères, moins bien pour 1``; empty when nobody said anything."""
    told = [(avis, sum(critere.avis == avis for critere in criteres)) for avis in Avis]
    mots = [f"{avis.label} pour {pluriel(nombre, 'critère')}" for avis, nombre in told if nombre]
    return prose(f"D'après l'équipe projet : {enumeration(mots)}.") if mots else ""


def build_page(acteur: Acteur, scenario: Scenario, lecture: Lecture, profondeur: Profondeur, plume: Plume) -> dict:
    """Everything that the template writes."""
    return {
        "phrase": write_phrase(scenario, profondeur),
        "criteres": [
            {
                "nom": c.nom,
                "avant": c.avant,
                "apres": c.apres,
                "avis": c.get_avis_display(),
                "sens": SENS_AVIS.get(c.avis),
            }
            for c in profondeur.criteres
        ],
        "avis": count_avis(profondeur.criteres),
        "change": [c for c in profondeur.changements if c.sens == Sens.CHANGE],
        "ne_change_pas": [c for c in profondeur.changements if c.sens == Sens.NE_CHANGE_PAS],
        "employeurs": build_employeurs(acteur, lecture, profondeur.effectifs),
        "postes": write_ecart_postes(acteur, read_etp(scenario.gel.etp), profondeur.effectifs)
        if scenario.est_fige
        else "",
        "couts": build_couts(acteur, scenario, lecture, profondeur.couts, plume),
        "total_par_an": write_total(scenario, lecture, profondeur.couts, plume),
        "clauses": build_clauses(scenario, profondeur.clauses),
        "volets": NomVolet,
    }


def write_total(scenario: Scenario, lecture: Lecture, couts: Sequence[CoutOublie], plume: Plume) -> str:
    """The sum of what is told, without the costs of one commune for who may not read them."""
    if not reads_total(scenario, lecture):
        return ""
    told = [c for c in couts if c.montant is not None and (lecture is Lecture.TOUT or c.commune_id is None)]
    par_an = sum(c.montant or 0 for c in told if c.rythme == Rythme.PAR_AN)
    une_fois = sum(c.montant or 0 for c in told if c.rythme == Rythme.UNE_FOIS)
    if not told:
        return ""
    return prose(f"{plume.write(par_an)} chaque année, et {plume.write(une_fois)} une seule fois.")
