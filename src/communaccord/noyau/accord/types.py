"""What a commune asks and what a scenario offers: clauses, answers, offers. Frozen, validated when built.

Money in whole cents a year, rates in Fraction, years as whole numbers; None means *unknown* and is never read as zero.
Every enumeration has a stable code as its value (it is what is stored) and a French `label` (it is what is shown).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from communaccord.noyau.partage.erreurs import DonneeInvalide

CLAUSES_MAX = 3


class Libelle(Enum):
    """Enumeration whose members carry a stable code (`value`) and a French label."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "Libelle":
        """Keep the code as the value and the label beside it (a member is later found by its code alone)."""
        membre = object.__new__(cls)
        membre._value_ = code
        membre.label = label
        return membre


class TypeClause(Libelle):
    """What a clause is about. The first five are read in the figures, the next four in the engagements, the last by
    people.
    """

    CONTRIBUTION_MAX = "contribution_max", "contribution annuelle maximale"
    GAIN_MIN = "gain_min", "gain annuel minimal par rapport à aujourd'hui"
    AVEC_COMMUNE = "avec_commune", "avec une commune nommée"
    ANNEE_MIN = "annee_min", "pas avant une année"
    HAUSSE_MAX = "hausse_max", "plafond de hausse annuelle"
    SERVICE_MIN = "service_min", "service minimal"
    PERMANENCE = "permanence", "guichet ou permanence maintenus"
    AGENT = "agent", "devenir de l'agent ou de l'agente de la commune"
    SIEGE_SUIVI = "siege_suivi", "siège au comité de suivi"
    AUTRE = "autre", "autre demande"


class Degre(Libelle):
    """How strongly a clause is held."""

    SOUHAIT = "souhait", "souhait"
    CONDITION = "condition", "condition"
    CONDITION_INDISPENSABLE = "condition_indispensable", "condition indispensable"


class Position(Libelle):
    """Position of a maire on a dossier; it never binds the conseil municipal."""

    FAVORABLE = "favorable", "favorable"
    SOUS_CONDITIONS = "sous_conditions", "favorable sous conditions"
    COMPLEMENT = "complement", "souhaite un complément"
    DEFAVORABLE = "defavorable", "défavorable"
    CONSEIL_D_ABORD = "conseil_d_abord", "mon conseil doit d'abord en débattre"
    NON_CONCERNEE = "non_concernee", "non concernée"


class Priorite(Libelle):
    """How much a commune needs the service of the dossier."""

    INDISPENSABLE = "indispensable", "indispensable"
    UTILE = "utile", "utile"
    SECONDAIRE = "secondaire", "secondaire"


class Confidentialite(Libelle):
    """Who reads an element of an answer: its commune alone, the engine alone, the whole table after the closing."""

    NOTES = "notes", "notes personnelles"
    PLI = "pli", "sous pli"
    PARTAGE = "partage", "partagé"


class Engagement(Libelle):
    """What a scenario undertakes beyond figures; each one answers the clause of the same code."""

    SERVICE_MIN = "service_min", "un service minimal est garanti"
    PERMANENCE = "permanence", "le guichet ou la permanence reste en place"
    AGENT = "agent", "le devenir des agents et des agentes des communes est garanti"
    SIEGE_SUIVI = "siege_suivi", "chaque commune siège au comité de suivi"


class Sens(Libelle):
    """Verdict on one clause."""

    REUNIE = "reunie", "réunie"
    NON_REUNIE = "non_reunie", "non réunie à ce jour"
    A_APPRECIER = "a_apprecier", "à apprécier"


class EtatConditions(Libelle):
    """Where a commune stands before a scenario. Only `REUNIES` is ever counted as "conditions réunies"."""

    REUNIES = "reunies", "conditions réunies"
    NON_REUNIES = "non_reunies", "conditions non réunies à ce jour"
    A_APPRECIER = "a_apprecier", "à apprécier"
    HORS_PERIMETRE = "hors_perimetre", "hors du périmètre du scénario"
    SANS_OBJET = "sans_objet", "non concernée"
    SANS_REPONSE = "sans_reponse", "sans réponse"


class UniteAjustement(Libelle):
    """Unit of the smallest change that would meet a clause."""

    CENTIMES_EN_MOINS = "centimes_en_moins", "à retirer de la contribution annuelle"
    CENTIMES_EN_PLUS = "centimes_en_plus", "à ajouter au gain annuel"
    ANNEES = "annees", "à attendre"
    TAUX = "taux", "plafond de hausse annuelle à inscrire"
    COMMUNE = "commune", "commune à associer"
    ENGAGEMENT = "engagement", "engagement à inscrire"


@dataclass(frozen=True, slots=True)
class Clause:
    """One structured request of a commune.

    By type: `montant` (cents a year, zero or more) for CONTRIBUTION_MAX and GAIN_MIN, and `annee` to judge one year
    only (None: the dearest year; régime de croisière); `commune` (code) for AVEC_COMMUNE; `annee` for ANNEE_MIN;
    `taux` (zero or more; 1/50 = 2 % a year) for HAUSSE_MAX; `texte` for AUTRE (free elsewhere). What the type does not
    read is None. Errors: DonneeInvalide (a ValueError), a French sentence.
    """

    type: TypeClause
    degre: Degre
    montant: int | None = None
    annee: int | None = None
    taux: Fraction | None = None
    commune: str | None = None
    texte: str = ""
    confidentialite: Confidentialite = Confidentialite.PLI

    def __post_init__(self) -> None:
        _check_champs(self)
        _check_valeurs(self)

    @property
    def compte(self) -> bool:
        """True for a condition, indispensable or not, that is not kept in the notes personnelles."""
        return self.degre is not Degre.SOUHAIT and self.confidentialite is not Confidentialite.NOTES


@dataclass(frozen=True, slots=True)
class Reponse:
    """Answer of a commune on a dossier: a position, at most three clauses, a priority or none.

    `confidentialite_position` and `confidentialite_priorite`: who reads them. `entierement_partagee`: its author told
    everybody that no position nor clause of it is sealed (a public declaration, never inferred from what is sealed).
    Errors: DonneeInvalide.
    """

    commune: str
    position: Position
    priorite: Priorite | None = None
    clauses: tuple[Clause, ...] = ()
    confidentialite_position: Confidentialite = Confidentialite.PLI
    confidentialite_priorite: Confidentialite = Confidentialite.PLI
    entierement_partagee: bool = False

    def __post_init__(self) -> None:
        if not self.commune:
            raise DonneeInvalide("Une réponse n'a pas de commune.", "Donnez le code de la commune qui répond.")
        if len(self.clauses) > CLAUSES_MAX:
            raise DonneeInvalide(
                f"Une réponse porte au plus trois clauses, celle-ci en a {len(self.clauses)}.",
                "Gardez les trois plus importantes ; le reste va dans les notes.",
            )
        if any(clause.commune == self.commune for clause in self.clauses):
            raise DonneeInvalide(
                "Une clause « avec la commune » désigne la commune qui répond.", "Choisissez une autre commune."
            )
        if self.entierement_partagee and not self._is_partagee():
            raise DonneeInvalide(
                "Une réponse déclarée entièrement partagée a une position ou une clause qui ne l'est pas.",
                "Partagez-la aussi, ou retirez la déclaration.",
            )

    def _is_partagee(self) -> bool:
        """Whether no position nor clause is sealed; the notes personnelles are no part of the answer."""
        scellees = [clause for clause in self.clauses if clause.confidentialite is Confidentialite.PLI]
        return self.confidentialite_position is Confidentialite.PARTAGE and not scellees


@dataclass(frozen=True, slots=True)
class OffreCommune:
    """What a scenario offers to one commune, by year.

    `contributions`: cents a year, zero or more, years without a gap. `gains`: cents saved a year compared with
    today's cost (negative: it costs more), None when today's cost is unknown. Both are empty or ignored when the
    commune does not take part.
    """

    participe: bool
    contributions: Mapping[int, int] = field(default_factory=dict)
    gains: Mapping[int, int] | None = None

    def __post_init__(self) -> None:
        if self.participe and not self.contributions:
            raise DonneeInvalide(
                "Une commune qui participe n'a aucune contribution.", "Donnez-lui un montant par année, même nul."
            )
        if any(montant < 0 for montant in self.contributions.values()):
            raise DonneeInvalide("Une contribution est négative.", "Donnez zéro ou un montant positif.")
        annees = sorted(self.contributions)
        if annees and annees != list(range(annees[0], annees[-1] + 1)):
            raise DonneeInvalide("Il manque une année entre deux contributions.", "Donnez toutes les années.")


@dataclass(frozen=True, slots=True)
class Offre:
    """A scenario as the communes read it.

    `annee_debut`: first year of the service. `annee_croisiere`: year read as régime de croisière (None: the last year
    of the commune). `communes`: by code; a commune absent does not take part. `hausse_max`: cap on the yearly rise that
    the scenario undertakes (1/50 = 2 %), None when it has none. `libelle`: name shown in the sentences (empty: the
    identifier). Errors: DonneeInvalide.
    """

    identifiant: str
    annee_debut: int
    communes: Mapping[str, OffreCommune]
    engagements: frozenset[Engagement] = frozenset()
    hausse_max: Fraction | None = None
    annee_croisiere: int | None = None
    libelle: str = ""

    def __post_init__(self) -> None:
        if not self.identifiant:
            raise DonneeInvalide("Un scénario n'a pas d'identifiant.", "Donnez-lui un nom court et unique.")
        if self.hausse_max is not None and (not isinstance(self.hausse_max, Fraction) or self.hausse_max < 0):
            raise DonneeInvalide("Le plafond de hausse doit être exact et positif.", "Donnez par exemple 2 %.")
        annees = {annee for offre in self.communes.values() for annee in offre.contributions}
        if any(annee < self.annee_debut for annee in annees):
            raise DonneeInvalide(
                f"Scénario « {self.identifiant} » : une contribution précède le début du service ({self.annee_debut}).",
                "Ne donnez que les années du service.",
            )

    def is_participante(self, commune: str) -> bool:
        """Return whether `commune` takes part. O(1)."""
        offre = self.communes.get(commune)
        return offre is not None and offre.participe

    def list_participantes(self) -> frozenset[str]:
        """Return the codes of the communes that take part. O(n)."""
        return frozenset(code for code, offre in self.communes.items() if offre.participe)


@dataclass(frozen=True, slots=True)
class Ajustement:
    """Smallest change of one quantity of the offer that meets one clause, all else equal.

    By `unite`: `cents` (to take off the contribution or to add to the gain), `annees` (to wait), `taux` (highest cap to
    write in), `commune` (code to bring in), `engagement` (to write in).
    """

    unite: UniteAjustement
    cents: int | None = None
    annees: int | None = None
    taux: Fraction | None = None
    commune: str | None = None
    engagement: Engagement | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Verdict on one clause before one offer: `sens`, French sentence with the figures, adjustment, year that binds."""

    clause: Clause
    sens: Sens
    explication: str
    ajustement: Ajustement | None = None
    annee: int | None = None


@dataclass(frozen=True, slots=True)
class EtatReponse:
    """Where a commune stands before an offer: state, French reason, verdicts.

    `conditions` decide the state; `souhaits` and `notes` (clauses kept in the notes personnelles, of any degree) are
    judged for the commune alone and never counted.
    """

    commune: str
    offre: str
    etat: EtatConditions
    motif: str
    conditions: tuple[Verdict, ...] = ()
    souhaits: tuple[Verdict, ...] = ()
    notes: tuple[Verdict, ...] = ()


# Fields that each type must have, then fields it may have.
CHAMPS: Mapping[TypeClause, tuple[frozenset[str], frozenset[str]]] = {
    TypeClause.CONTRIBUTION_MAX: (frozenset({"montant"}), frozenset({"annee"})),
    TypeClause.GAIN_MIN: (frozenset({"montant"}), frozenset({"annee"})),
    TypeClause.AVEC_COMMUNE: (frozenset({"commune"}), frozenset()),
    TypeClause.ANNEE_MIN: (frozenset({"annee"}), frozenset()),
    TypeClause.HAUSSE_MAX: (frozenset({"taux"}), frozenset()),
}
NOMS = {"montant": "un montant", "annee": "une année", "taux": "un taux", "commune": "une commune"}


def _check_champs(clause: Clause) -> None:
    """Refuse a missing or superfluous field, and an empty free clause."""
    requis, permis = CHAMPS.get(clause.type, (frozenset(), frozenset()))
    donnes = {nom for nom in NOMS if getattr(clause, nom) is not None}
    lieu = f"Clause « {clause.type.label} »"
    for nom in sorted(requis - donnes):
        raise DonneeInvalide(f"{lieu} : il manque {NOMS[nom]}.", "Complétez la clause.")
    for nom in sorted(donnes - requis - permis):
        raise DonneeInvalide(f"{lieu} : elle ne lit pas {NOMS[nom]}.", "Retirez cette valeur.")
    if clause.type is TypeClause.AUTRE and not clause.texte.strip():
        raise DonneeInvalide(f"{lieu} : le texte est vide.", "Écrivez votre demande en une phrase.")


def _check_valeurs(clause: Clause) -> None:
    """Refuse what is not a whole amount, a year, an exact rate, a code."""
    lieu = f"Clause « {clause.type.label} »"
    for valeur in (clause.montant, clause.annee):
        if valeur is not None and (isinstance(valeur, bool) or not isinstance(valeur, int)):
            raise DonneeInvalide(f"{lieu} : « {valeur} » n'est pas un nombre entier.", "Donnez un nombre entier.")
    if clause.montant is not None and clause.montant < 0:
        raise DonneeInvalide(f"{lieu} : le montant est négatif.", "Donnez zéro ou un montant positif.")
    if clause.annee is not None and not 1900 <= clause.annee <= 2200:
        raise DonneeInvalide(f"{lieu} : « {clause.annee} » n'est pas une année.", "Écrivez-la avec quatre chiffres.")
    if clause.taux is not None and (not isinstance(clause.taux, Fraction) or clause.taux < 0):
        raise DonneeInvalide(f"{lieu} : le taux doit être exact et positif.", "Donnez par exemple 2 %.")
    if clause.commune is not None and not clause.commune:
        raise DonneeInvalide(f"{lieu} : la commune est vide.", "Choisissez une commune.")
