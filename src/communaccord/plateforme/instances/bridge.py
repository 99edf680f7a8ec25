"""The one door to the noyau: composition checks, delay of convocation, quorum and result of a vote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from communaccord.noyau.droit.composition import (
    Controle,
    check_communes_representees,
    check_conference_maires,
    check_vice_presidences,
)
from communaccord.noyau.droit.delais import Assemblee, compute_envoi_max, find_delai_convocation
from communaccord.noyau.droit.instances import FaitsEpci, StatutInstance, list_instances_attendues
from communaccord.noyau.droit.quorum import check_quorum
from communaccord.noyau.droit.regle import Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.scrutins import (
    BaseMajorite,
    Decompte,
    ModeScrutin,
    ResultatScrutin,
    Voix,
    compute_resultat,
    compute_resultat_deux_tiers,
)
from communaccord.noyau.droit.sieges.types import Nature
from communaccord.plateforme.instances.enums import Majorite, TypeInstance
from communaccord.plateforme.instances.models import Deliberation, Seance

# Instance of the démarche > instance that the law (or usage) expects.
ATTENDUES = {
    TypeInstance.CONSEIL_COMMUNAUTAIRE: "conseil_communautaire",
    TypeInstance.BUREAU: "bureau",
    TypeInstance.CONFERENCE_DES_MAIRES: "conference_maires",
    TypeInstance.CONSEIL_MUNICIPAL: "conseils_municipaux",
    TypeInstance.COMMISSION: "commissions",
    TypeInstance.CLECT: "clect",
    TypeInstance.COPIL: "copil",
    TypeInstance.COTECH: "cotech",
}
DUES = frozenset({StatutInstance.OBLIGATOIRE, StatutInstance.OBLIGATOIRE_SAUF})
BASES = {
    Majorite.DEUX_TIERS_EXPRIMES: BaseMajorite.SUFFRAGES_EXPRIMES,
    Majorite.DEUX_TIERS_MEMBRES: BaseMajorite.MEMBRES,
    Majorite.DEUX_TIERS_STATUANT: BaseMajorite.CONSEIL_STATUANT,
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence comes from: articles, how far they are known, and when that was verified."""

    article: str
    confiance: str
    fiabilite: str
    verifie_le: date


@dataclass(frozen=True, slots=True)
class ControleVu:
    """A check as it is shown: ``etat`` is conforme, non_conforme, a_faire or information; ``source`` None: no text."""

    sujet: str
    etat: str
    phrase: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Faits:
    """What the checks need: identifiers and names, no row."""

    nature: str
    fpu: bool
    population: int
    sieges: int
    vice_presidences: int
    communes: Mapping[int, str]
    maires: frozenset[str]
    # Persons of the bureau, or None when it is not installed.
    bureau: frozenset[str] | None
    types: frozenset[str]
    # Name of an instance > communes that sit there.
    representees: Mapping[str, frozenset[int]]
    poles: bool = False


def build_source(regle: Regle) -> Source:
    return Source(", ".join(regle.articles), regle.confiance.value, regle.fiabilite, regle.verifie_le)


def build_controles(faits: Faits) -> list[ControleVu]:
    """All the checks of the composition, from what the law expects to what is only good to know."""
    return [
        *list_attendues(faits),
        *list_legaux(faits),
        *(build_representation(faits, nom, sits) for nom, sits in faits.representees.items()),
        *list_commissions(faits),
    ]


def build_representation(faits: Faits, nom: str, sits: Collection[int]) -> ControleVu:
    """Whether each commune sits there (S12): good to know, no text asks for it, so that no article is shown."""
    checked = check_communes_representees(faits.communes.values(), name_all(faits, sits), nom)
    return ControleVu(nom, checked.etat.name.lower(), checked.phrase, None)


def name_all(faits: Faits, communes: Collection[int]) -> list[str]:
    return [faits.communes[pk] for pk in communes if pk in faits.communes]


def build_controle(sujet: str, controle: Controle) -> ControleVu:
    return ControleVu(sujet, controle.etat.name.lower(), controle.phrase, build_source(controle.regle))


def list_attendues(faits: Faits) -> list[ControleVu]:
    """Instances that the law expects and that are not yet in the démarche: nothing else is said to be due."""
    tous = None if faits.bureau is None or not faits.maires else faits.maires <= faits.bureau
    expected = list_instances_attendues(
        FaitsEpci(population=faits.population, fpu=faits.fpu, maires_tous_au_bureau=tous)
    )
    known = {ATTENDUES[TypeInstance(kind)] for kind in faits.types if kind in ATTENDUES}
    ours = set(ATTENDUES.values())
    return [
        ControleVu(
            attendue.nom,
            "a_faire",
            f"Selon la loi : {attendue.statut.label}. À inscrire ici si la démarche y prépare des séances. "
            f"{attendue.condition}".strip(),
            build_source(attendue.regle),
        )
        for attendue in expected
        if attendue.identifiant in ours and attendue.identifiant not in known and attendue.statut in DUES
    ]


def list_legaux(faits: Faits) -> list[ControleVu]:
    controles = []
    if faits.sieges:
        checked = check_vice_presidences(faits.vice_presidences, faits.sieges, Nature[faits.nature])
        controles.append(build_controle("Vice-présidences", checked))
    if faits.bureau is not None and faits.maires:
        controles.append(build_controle("Conférence des maires", check_conference_maires(faits.maires, faits.bureau)))
    return controles


def list_commissions(faits: Faits) -> list[ControleVu]:
    """Groups of the council are not known here: the rule is recalled, nothing is concluded."""
    if TypeInstance.COMMISSION not in faits.types:
        return []
    regle = get_regle("R-3.5")
    phrase = "Chaque commission respecte la représentation proportionnelle du conseil : à vérifier avec les groupes."
    return [ControleVu("Commissions", "information", phrase, build_source(regle))]


def find_article(type_instance: str) -> str:
    """Legal base of a kind of instance; empty when none is."""
    wanted = ATTENDUES.get(TypeInstance(type_instance))
    found = [a for a in list_instances_attendues(FaitsEpci()) if a.identifiant == wanted]
    return (found[0].base_legale or "") if found else ""


@dataclass(frozen=True, slots=True)
class DelaiVu:
    """The delay of convocation of a council: words, last day to send, whether it is (or was) missed."""

    label: str
    envoi_max: date
    est_tardive: bool
    note_synthese: bool
    avertissements: tuple[str, ...]
    source: Source


def build_delai(seance: Seance, jour: date) -> DelaiVu | None:
    """The legal delay of a council; None for what follows its own règlement. ``jour``: today, where people live."""
    instance, commune = seance.instance, seance.instance.commune
    if instance.type == TypeInstance.CONSEIL_COMMUNAUTAIRE:
        alsace = instance.demarche.departement in ("57", "67", "68")
        delai = find_delai_convocation(Assemblee.EPCI, alsace_moselle=alsace, urgence=seance.urgence)
    elif instance.type == TypeInstance.CONSEIL_MUNICIPAL and commune is not None:
        delai = find_delai_convocation(
            Assemblee.COMMUNE,
            population=commune.population_municipale,
            alsace_moselle=commune.alsace_moselle,
            urgence=seance.urgence,
        )
    else:
        return None
    limite = compute_envoi_max(seance.debut_local.date(), delai.jours, francs=delai.francs)
    sent = seance.convoquee_le.astimezone(instance.demarche.zone).date() if seance.convoquee_le else jour
    return DelaiVu(
        delai.label,
        limite,
        sent > limite,
        delai.note_synthese,
        tuple(a.texte for a in delai.avertissements),
        build_source(delai.regle),
    )


@dataclass(frozen=True, slots=True)
class QuorumVu:
    atteint: bool
    presents: int
    requis: int
    phrase: str
    source: Source


@dataclass(frozen=True, slots=True)
class ResultatVu:
    """What the rule gives, beside what was recorded; ``est_different``: flagged, never refused."""

    quorum: QuorumVu
    adoptee: bool
    phrase: str
    avertissements: tuple[str, ...]
    source: Source
    est_different: bool


def build_quorum(en_exercice: int, presents: int, *, exclus: int = 0, seconde: bool = False) -> QuorumVu:
    """Quorum of a council (R-4.5). Errors: ValueError when the counts do not hold together."""
    etat = check_quorum(en_exercice, presents, exclus=exclus, seconde_convocation=seconde)
    return QuorumVu(etat.atteint, etat.presents, etat.requis, etat.motif, build_source(etat.regle))


def build_resultat(vote: Deliberation, *, seconde: bool) -> ResultatVu:
    """Quorum and majority by rule of one recorded vote: adopted by the rule means with the quorum too."""
    quorum = build_quorum(vote.en_exercice, vote.presents, exclus=vote.exclus, seconde=seconde)
    scrutin = compute_scrutin(vote)
    adoptee = scrutin.adoptee and quorum.atteint
    phrase = scrutin.motif if quorum.atteint else f"{scrutin.motif} Sans quorum, le conseil ne peut pas délibérer."
    return ResultatVu(
        quorum=quorum,
        adoptee=adoptee,
        phrase=phrase,
        avertissements=(*(a.texte for a in scrutin.avertissements), *list_remarques(vote)),
        source=build_source(scrutin.regle),
        est_different=adoptee != vote.adoptee,
    )


def compute_scrutin(vote: Deliberation) -> ResultatScrutin:
    decompte = Decompte(vote.pour, vote.contre, vote.abstentions, vote.blancs)
    if vote.majorite == Majorite.ABSOLUE:
        voix = Voix(vote.vote_presidence) if vote.vote_presidence else None
        return compute_resultat(decompte, mode=ModeScrutin[vote.mode.upper()], vote_presidence=voix)
    voters = vote.pour + vote.contre + vote.abstentions + vote.blancs
    return compute_resultat_deux_tiers(
        decompte, BASES[Majorite(vote.majorite)], membres=max(vote.en_exercice - vote.exclus, voters)
    )


def list_remarques(vote: Deliberation) -> Sequence[str]:
    """What departs from the rule of pouvoirs, told beside the vote."""
    absents = vote.en_exercice - vote.exclus - vote.presents
    remarks = []
    if vote.pouvoirs > vote.presents:
        remarks.append("Il y a plus de pouvoirs que de membres présents : chacun n'en porte qu'un (CGCT L2121-20).")
    if vote.pouvoirs > absents:
        remarks.append("Il y a plus de pouvoirs que de membres absents : vérifiez la feuille de présence.")
    return remarks
