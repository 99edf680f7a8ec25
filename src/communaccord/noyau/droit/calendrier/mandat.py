"""The dates of a mandate (part 7, R-1.1, R-1.3, R-2.8, R-3.4, R-3.9, R-4.13, R-6.4, R-7.4)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from communaccord.noyau.droit.calendrier.types import (
    Calendrier,
    Echeance,
    FaitsMandat,
    Limite,
    StatutEcheance,
    compute_fenetre_schema,
    compute_renouvellement,
    find_etat,
)
from communaccord.noyau.droit.delais import JOURS_FRANCS_EPCI, add_months, compute_depart_utile, compute_envoi_max
from communaccord.noyau.droit.regle import Avertissement, Confiance
from communaccord.noyau.droit.regles import get_regle

_MANDAT, _SIEGES = get_regle("R-7"), get_regle("R-2.8")
# From the Sunday when the maires are elected, at the latest, to the Friday of the last week (two days before Sunday).
DELAI_INSTALLATION = (
    timedelta(days=_MANDAT.get_entier("jours_election_maires"))
    + timedelta(weeks=get_regle("R-3.9").get_entier("semaines_apres_election_maires"))
    - timedelta(days=2)
)
MOIS_REGLEMENT_INTERIEUR = get_regle("R-4.13").get_entier("mois_apres_installation")
MOIS_PACTE = get_regle("R-3.4").get_entier("mois_apres_renouvellement")
MOIS_AVIS_PACTE = get_regle("R-1.2").get_entier("mois_pacte_gouvernance")
DUREE_MANDAT = _MANDAT.get_entier("duree_mandat_ans")
JOURS_TRANSMISSION_RAPPORT = get_regle("R-7.4").get_entier("jours_transmission_rapport")
ELECTIONS_COMITES_SOCIAUX = date(2026, 12, 10)


@dataclass(frozen=True)
class _Registre:
    """Builds dates as they are seen on the day given."""

    aujourd_hui: date

    def build(
        self,
        identifiant: str,
        libelle: str,
        limites: tuple[Limite, ...],
        statut: StatutEcheance,
        regle: str,
        explication: str,
        *,
        articles: tuple[str, ...] = (),
        debut: date | None = None,
        confiance: Confiance | None = None,
        avertissements: tuple[Avertissement, ...] = (),
    ) -> Echeance:
        source = get_regle(regle)
        ordonnees = tuple(sorted(limites, key=lambda limite: (limite.jour, limite.condition)))
        etat, restants = find_etat(debut, ordonnees, self.aujourd_hui)
        return Echeance(
            identifiant,
            libelle,
            debut,
            ordonnees,
            statut,
            etat,
            restants,
            explication,
            source,
            articles or source.articles,
            source.confiance if confiance is None else confiance,
            avertissements,
        )


def build_calendrier(faits: FaitsMandat, aujourd_hui: date) -> Calendrier:
    """Return the dates of the mandate as seen on ``aujourd_hui``, ascending.

    Unknown facts give both dates, each with its condition. No clock: the day is an argument. Errors: ValueError when
    a meeting is dated before the elections, or when the second round precedes the first. Complexity: O(1).
    Source: part 7 of the rules, and the rule of each date.
    """
    _check_faits(faits)
    registre = _Registre(aujourd_hui)
    parties: tuple[Callable[[_Registre, FaitsMandat], Iterator[Echeance]], ...] = (
        _list_installation,
        _list_rapports_activite,
        _list_pacte,
        _list_schema,
        _list_finances,
        _list_seance_budget,
        _list_debat_orientation,
        _list_autres,
    )
    echeances = [echeance for partie in parties for echeance in partie(registre, faits)]
    echeances.sort(key=lambda echeance: (echeance.limites[0].jour, echeance.identifiant))
    return Calendrier(aujourd_hui, tuple(echeances))


def _check_faits(faits: FaitsMandat) -> None:
    """Refuse dates that cannot hold together."""
    if faits.elections.second_tour < faits.elections.premier_tour:
        raise ValueError("Le second tour ne peut pas précéder le premier tour.")
    seances = (
        faits.seance_installation,
        faits.seance_approbation,
        faits.seance_budget,
        faits.seance_debat,
        faits.schema_approuve,
    )
    if any(seance is not None and seance < faits.elections.premier_tour for seance in seances):
        raise ValueError("Une séance est datée d'avant les élections municipales : vérifiez les dates saisies.")


def _shift(limites: tuple[Limite, ...], mois: int) -> tuple[Limite, ...]:
    return tuple(Limite(add_months(limite.jour, mois), limite.condition) for limite in limites)


def _list_installation(registre: _Registre, faits: FaitsMandat) -> Iterator[Echeance]:
    """The text counts from the election of the maires; the last days of 2026 come from a secondary source."""
    installations = tuple(
        Limite(limite.jour + DELAI_INSTALLATION, limite.condition) for limite in compute_renouvellement(faits)
    )
    yield registre.build(
        "installation",
        "Installation du conseil communautaire",
        installations,
        StatutEcheance.OBLIGATION,
        "R-3.9",
        "Les maires sont élus au plus tard le dimanche qui suit le scrutin ; le conseil communautaire se réunit au "
        "plus tard le vendredi de la quatrième semaine qui suit.",
        confiance=Confiance.SOURCE_SECONDAIRE,
    )
    connue = faits.seance_installation
    yield registre.build(
        "reglement_interieur",
        "Règlement intérieur du conseil communautaire",
        _shift(installations if connue is None else (Limite(connue),), MOIS_REGLEMENT_INTERIEUR),
        StatutEcheance.OBLIGATION,
        "R-4.13",
        "Six mois après l'installation"
        + (", supposée à la dernière date possible." if connue is None else " du conseil communautaire."),
        confiance=Confiance.SOURCE_SECONDAIRE if connue is None else None,
    )


def _find_veille(regle: str, nom: str, annee: int) -> date:
    """Return the last day of what a rule wants "before" a day of the year."""
    return get_regle(regle).get_jour(nom, annee) - timedelta(days=1)


def _list_rapports_activite(registre: _Registre, faits: FaitsMandat) -> Iterator[Echeance]:
    annee = faits.elections.premier_tour.year
    for exercice in (annee - 1, annee):
        yield registre.build(
            f"rapport_activite_{exercice}",
            f"Rapport d'activité {exercice}, envoyé à chaque maire",
            (Limite(_find_veille("R-1.3", "rapport_activite", exercice + 1)),),
            StatutEcheance.OBLIGATION,
            "R-1.3",
            "Avant le 30 septembre : le dernier jour est le 29.",
        )


def _list_pacte(registre: _Registre, faits: FaitsMandat) -> Iterator[Echeance]:
    if faits.pacte_decide is False:
        return
    limites = _shift(compute_renouvellement(faits), MOIS_PACTE)
    departs = tuple(
        Limite(compute_depart_utile(limite.jour - timedelta(days=1), MOIS_AVIS_PACTE), limite.condition)
        for limite in limites
    )
    condition = "" if faits.pacte_decide else ", si le conseil a décidé d'en élaborer un"
    envoi = registre.build(
        "envoi_pacte",
        f"Dernier départ utile du projet de pacte de gouvernance aux communes{condition}",
        departs,
        StatutEcheance.USAGE,
        "R-3.4",
        "Deux mois d'avis pour chaque commune, écoulés la veille de la limite d'adoption.",
    )
    yield envoi
    en_retard = departs[-1].jour < registre.aujourd_hui <= limites[-1].jour
    avertissements = (_PACTE_EN_RETARD,) if en_retard else ()
    yield registre.build(
        "pacte_gouvernance",
        f"Adoption du pacte de gouvernance{condition}",
        limites,
        StatutEcheance.SOUS_CONDITION,
        "R-3.4",
        "Neuf mois après le renouvellement général. Le débat est obligatoire ; adopter un pacte est un choix.",
        avertissements=avertissements,
    )


_PACTE_EN_RETARD = Avertissement(
    "PACTE_DEUX_MOIS",
    "Un projet qui n'est pas encore parti ne laisse plus deux mois entiers à chaque commune : adopter à temps demande "
    "que tous les conseils municipaux rendent leur avis plus tôt. Aucune sanction du retard n'a été trouvée.",
)


def _list_schema(registre: _Registre, faits: FaitsMandat) -> Iterator[Echeance]:
    yield registre.build(
        "fenetre_schema",
        "Fin de l'année où un rapport de mutualisation peut être établi",
        compute_fenetre_schema(faits),
        StatutEcheance.FACULTE,
        "R-1.1",
        "Un an après le renouvellement général. Établir un rapport et un schéma est une faculté ; au-delà, un schéma "
        "volontaire reste possible.",
        debut=compute_renouvellement(faits)[0].jour,
    )


def _find_jour_budget(faits: FaitsMandat) -> date:
    """The meeting given or, failing it, the usual last day (from memory)."""
    return faits.seance_budget or _MANDAT.get_jour("budget", faits.elections.premier_tour.year + 1)


def _list_finances(registre: _Registre, faits: FaitsMandat) -> Iterator[Echeance]:
    annee = faits.elections.premier_tour.year + 1
    if faits.fpu is not False:
        yield registre.build(
            f"ac_provisoire_{annee}",
            f"Attributions de compensation provisoires {annee}"
            + ("" if faits.fpu else ", en fiscalité professionnelle unique"),
            (Limite(_find_veille("R-6.4", "montants_provisoires", annee)),),
            StatutEcheance.OBLIGATION if faits.fpu else StatutEcheance.SOUS_CONDITION,
            "R-6.4",
            "Communiquées aux communes avant le 15 février : le dernier jour est le 14.",
        )
    yield registre.build(
        f"budget_{annee}",
        f"Vote du budget {annee}",
        (Limite(_find_jour_budget(faits)),),
        StatutEcheance.REPERE,
        "R-7",
        "Date de la séance que vous avez indiquée." if faits.seance_budget else "Date usuelle, citée de mémoire.",
        articles=("CGCT L1612-2",),
        confiance=None if faits.seance_budget else Confiance.MEMOIRE,
    )
    yield registre.build(
        f"comptes_{annee - 1}",
        f"Vote du compte financier unique {annee - 1}",
        (Limite(_MANDAT.get_jour("comptes", annee)),),
        StatutEcheance.REPERE,
        "R-7",
        "Date usuelle, citée de mémoire.",
        articles=("CGCT L1612-12",),
        confiance=Confiance.MEMOIRE,
    )


def _list_seance_budget(registre: _Registre, faits: FaitsMandat) -> Iterator[Echeance]:
    seance = faits.seance_budget
    if seance is None:
        return
    yield registre.build(
        f"convocation_budget_{seance.year}",
        "Convocation de la séance du budget",
        (Limite(compute_envoi_max(seance, JOURS_FRANCS_EPCI)),),
        StatutEcheance.OBLIGATION,
        "R-4.1",
        "Cinq jours francs : ni le jour de l'envoi ni celui de la séance ne comptent.",
    )
    yield registre.build(
        f"documents_budget_{seance.year}",
        "Envoi des documents budgétaires",
        (Limite(seance - timedelta(days=faits.delai_documents_jours)),),
        StatutEcheance.OBLIGATION,
        "R-7.4",
        f"{faits.delai_documents_jours} jours avant le budget (réglage modifiable).",
        articles=("CGCT L5217-10-4",),
    )


def _list_debat_orientation(registre: _Registre, faits: FaitsMandat) -> Iterator[Echeance]:
    if faits.commune_3500 is False:
        return
    budget, debat = _find_jour_budget(faits), faits.seance_debat
    debut = budget - timedelta(weeks=faits.delai_dob_semaines)
    hors_delai = debat is not None and not debut <= debat < budget
    statut = StatutEcheance.OBLIGATION if faits.commune_3500 else StatutEcheance.SOUS_CONDITION
    yield registre.build(
        f"debat_orientation_{budget.year}",
        f"Débat d'orientation budgétaire {budget.year}"
        + ("" if faits.commune_3500 else ", si une commune compte au moins 3 500 habitants"),
        (Limite(budget - timedelta(days=1)),),
        statut,
        "R-7.4",
        f"Dans les {faits.delai_dob_semaines} semaines qui précèdent le budget"
        + ("" if faits.seance_budget else ", supposé voté à la dernière date usuelle")
        + " : c'est un maximum, non un délai à attendre. Pas à la même séance que le vote ; deux jours d'écart sont "
        "conseillés. Si un schéma est approuvé, son avancement y est communiqué chaque année."
        + _PARTIE_EFFECTIFS[faits.epci_10000],
        articles=("CGCT L2312-1", "CGCT L5211-36"),
        debut=debut,
        confiance=None if faits.seance_budget else Confiance.MEMOIRE,
        avertissements=(_DEBAT_HORS_DELAI,) if hors_delai else (),
    )
    if debat is not None:
        yield registre.build(
            f"transmission_rapport_{budget.year}",
            "Envoi du rapport d'orientation budgétaire aux communes",
            (Limite(debat + timedelta(days=JOURS_TRANSMISSION_RAPPORT)),),
            statut,
            "R-7.4",
            f"{JOURS_TRANSMISSION_RAPPORT} jours après le débat.",
            articles=("CGCT D5211-18-1",),
        )


_DEBAT_HORS_DELAI = Avertissement(
    "DEBAT_HORS_DELAI",
    "Le débat n'est pas dans les semaines qui précèdent le budget, ou se tient le même jour : vérifiez les dates.",
)
_PARTIE_EFFECTIFS = {
    True: " Le rapport présente aussi les effectifs et les dépenses de personnel.",
    False: "",
    None: " Au-delà de 10 000 habitants, le rapport présente aussi les effectifs et les dépenses de personnel.",
}


def _list_autres(registre: _Registre, faits: FaitsMandat) -> Iterator[Echeance]:
    annee = faits.elections.premier_tour.year
    if annee == ELECTIONS_COMITES_SOCIAUX.year:
        yield registre.build(
            "elections_comites_sociaux",
            "Élections des comités sociaux territoriaux",
            (Limite(ELECTIONS_COMITES_SOCIAUX),),
            StatutEcheance.REPERE,
            "R-3.10",
            "Vérifiez quel comité est compétent à la date où son avis est demandé.",
            articles=("Arrêté du 2 juillet 2025",),
            confiance=Confiance.SOURCE_SECONDAIRE,
        )
    if faits.schema_approuve is not None:
        yield _build_communication(registre, faits, faits.schema_approuve)
    avant = annee + DUREE_MANDAT - 1
    for identifiant, libelle, jour in (
        ("accord_sieges", "Accord local sur les sièges du mandat suivant", _SIEGES.get_jour("accord", avant)),
        ("arrete_sieges", "Arrêté préfectoral fixant les sièges du mandat suivant", _SIEGES.get_jour("arrete", avant)),
    ):
        statut = StatutEcheance.FACULTE if identifiant == "accord_sieges" else StatutEcheance.REPERE
        explication = "L'année qui précède le renouvellement, supposé six ans après le précédent."
        yield registre.build(identifiant, libelle, (Limite(jour),), statut, "R-2.8", explication)


def _build_communication(registre: _Registre, faits: FaitsMandat, approbation: date) -> Echeance:
    """The yearly communication on the progress of an approved schéma: at the DOB or, failing it, at the budget vote."""
    budget = faits.seance_budget
    if budget is None:
        usuelle = _MANDAT.get_jour("budget", approbation.year)
        budget = usuelle if approbation < usuelle else _MANDAT.get_jour("budget", approbation.year + 1)
    elif budget <= approbation:
        budget = _MANDAT.get_jour("budget", approbation.year + 1)
    return registre.build(
        "communication_annuelle",
        "Communication annuelle sur l'avancement du schéma",
        (Limite(budget),),
        StatutEcheance.OBLIGATION,
        "R-1.1",
        "Chaque année, lors du débat d'orientation budgétaire ou, à défaut, du vote du budget. "
        + ("Date du vote du budget." if budget == faits.seance_budget else "Vote du budget supposé à sa date usuelle."),
        confiance=None if budget == faits.seance_budget else Confiance.MEMOIRE,
    )
