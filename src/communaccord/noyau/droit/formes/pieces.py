"""The acts that each form needs (R-5.11), who gives them, when they are not needed, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from communaccord.noyau.droit.formes.modele import FONDS, Forme
from communaccord.noyau.droit.regle import Confiance


class Porteur(Enum):
    """Who gives an act: once for all, or once for each commune, each employer (EPCI too), each member (EPCI too)."""

    EPCI = "l'intercommunalité"
    COMMUNES = "chaque commune partie"
    EMPLOYEURS = "chaque employeur concerné"
    MEMBRES = "chaque membre"
    ENSEMBLE = "tous ensemble"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class Condition(Enum):
    """When an act is needed only in some cases; the value is the question, in French."""

    IMPUTATION_AC = "La part des communes sera-t-elle imputée sur l'attribution de compensation ?"
    ACCORDS_SYNDICAUX = "Des accords ont-ils été conclus avec les organisations syndicales ?"
    BUDGET_ANNEXE = "L'intercommunalité travaillera-t-elle pour d'autres ?"
    MANDAT_GRATUIT = "L'intercommunalité passera-t-elle les marchés gratuitement pour ses communes ?"
    FPU = "L'intercommunalité est-elle en fiscalité professionnelle unique ?"
    EFFET_AC = "Est-il établi que ce transfert change l'attribution de compensation ?"
    AGENTS = "Des agents sont-ils transférés ou mis à disposition ?"

    @property
    def label(self) -> str:
        """French label: the question."""
        return self.value

    @property
    def sans_objet(self) -> str:
        """Why the act is not needed when the answer is no."""
        return _SANS_OBJET[self]


_SANS_OBJET = {
    Condition.IMPUTATION_AC: "La part des communes n'est pas imputée sur l'attribution de compensation.",
    Condition.ACCORDS_SYNDICAUX: "Aucun accord n'a été conclu avec les organisations syndicales.",
    Condition.BUDGET_ANNEXE: "L'intercommunalité ne travaille pas pour d'autres.",
    Condition.MANDAT_GRATUIT: "L'intercommunalité ne passe pas les marchés gratuitement pour ses communes.",
    Condition.FPU: "En fiscalité additionnelle, il n'y a ni CLECT ni attribution de compensation.",
    Condition.EFFET_AC: "L'attribution de compensation ne change pas.",
    Condition.AGENTS: "Aucun agent n'est transféré ni mis à disposition.",
}


class Exigence(Enum):
    """Whether an act is expected in this case."""

    ATTENDUE = "attendue"
    A_PRECISER = "à préciser"
    SANS_OBJET = "sans objet"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class Piece:
    """One act: its key, its name, its article, who gives it, when. ``apres``: keys of acts that must come before it.

    ``silence``: True when who does not give it in time is held to agree.
    """

    cle: str
    libelle: str
    article: str
    porteur: Porteur
    condition: Condition | None = None
    apres: tuple[str, ...] = ()
    confiance: Confiance = Confiance.TEXTE_LU
    silence: bool = False


@dataclass(frozen=True, slots=True)
class PieceAttendue:
    """An act in one case: expected, to be clarified (``motif``: the question), or not needed (``motif``: why)."""

    piece: Piece
    exigence: Exigence
    motif: str = ""


# Under 50 agents an employer has no committee of its own.
_AVIS = "Avis du comité social territorial (celui du centre de gestion pour un employeur de moins de 50 agents)"
_L253 = "CGFP L251-5, L253-5"
_L42 = "CGCT L5211-4-2"
_L41 = "CGCT L5211-4-1"


def _vote(cle: str, libelle: str, article: str, porteur: Porteur, *apres: str) -> Piece:
    return Piece(cle, libelle, article, porteur, apres=apres)


def _list_mad(article: str, article_cout: str) -> tuple[Piece, ...]:
    """The acts of a mise à disposition of services."""
    return (
        Piece("avis_cst", _AVIS, f"{_L41} IV ; {_L253}", Porteur.EMPLOYEURS),
        _vote("delib_epci", "Délibération du conseil communautaire", article, Porteur.EPCI, "avis_cst"),
        _vote("delib_commune", "Délibération du conseil municipal", article, Porteur.COMMUNES, "avis_cst"),
        _vote(
            "convention",
            "Convention signée, avec les conditions de remboursement",
            article,
            Porteur.ENSEMBLE,
            "delib_epci",
            "delib_commune",
        ),
        Piece("cout_unitaire", "Coût unitaire", article_cout, Porteur.ENSEMBLE),
        Piece("prevision_unites", "Prévision d'usage, en unités", article_cout, Porteur.ENSEMBLE),
    )


def _list_transfert(article: str, evaluation: Condition) -> tuple[Piece, ...]:
    """The acts of a transfer. ``evaluation``: when the CLECT evaluates it."""
    return (
        _vote("delib_epci", "Délibération du conseil communautaire", article, Porteur.EPCI),
        Piece(
            "delib_commune",
            "Délibération du conseil municipal (trois mois ; le silence vaut accord)",
            article,
            Porteur.COMMUNES,
            silence=True,
        ),
        _vote("arrete_prefet", "Arrêté préfectoral", article, Porteur.ENSEMBLE, "delib_epci", "delib_commune"),
        Piece("fiche_impact", "Fiche d'impact", f"{_L41} I", Porteur.ENSEMBLE, Condition.AGENTS),
        Piece("avis_cst", _AVIS, f"{_L41} I ; {_L253}", Porteur.EMPLOYEURS, Condition.AGENTS),
        Piece(
            "decision_conjointe",
            "Décision conjointe sur le service et les agents",
            f"{_L41} I",
            Porteur.COMMUNES,
            Condition.AGENTS,
            ("avis_cst", "fiche_impact"),
        ),
        Piece(
            "rapport_clect",
            "Rapport de la CLECT (neuf mois après le transfert)",
            "CGI 1609 nonies C IV",
            Porteur.ENSEMBLE,
            evaluation,
        ),
        Piece(
            "approbation_clect",
            "Délibération du conseil municipal sur le rapport de la CLECT (trois mois ; le silence ne vaut pas accord)",
            "CGI 1609 nonies C IV",
            Porteur.COMMUNES,
            evaluation,
            ("rapport_clect",),
        ),
    )


PIECES: Mapping[Forme, tuple[Piece, ...]] = {
    Forme.SERVICE_COMMUN: (
        Piece("fiche_impact", "Fiche d'impact, annexée à la convention", _L42, Porteur.ENSEMBLE),
        Piece(
            "accords_syndicaux",
            "Accords conclus, annexés à la convention",
            _L42,
            Porteur.ENSEMBLE,
            Condition.ACCORDS_SYNDICAUX,
        ),
        # The convention states that number: it comes before what is voted and signed.
        Piece(
            "liste_agents",
            "Nombre des agents transférés, que la convention précise, et liste des agents concernés",
            _L42,
            Porteur.COMMUNES,
            Condition.AGENTS,
        ),
        Piece("avis_cst", _AVIS, f"{_L42} ; {_L253}", Porteur.EMPLOYEURS),
        _vote("delib_epci", "Délibération du conseil communautaire", _L42, Porteur.EPCI, "avis_cst", "fiche_impact"),
        _vote("delib_commune", "Délibération du conseil municipal", _L42, Porteur.COMMUNES, "avis_cst", "fiche_impact"),
        _vote("convention", "Convention signée", _L42, Porteur.ENSEMBLE, "liste_agents", "delib_epci", "delib_commune"),
        Piece(
            "rapport_clect",
            "Rapport de la CLECT",
            "CGI 1609 nonies C V 1° bis",
            Porteur.ENSEMBLE,
            Condition.IMPUTATION_AC,
        ),
        Piece(
            "delib_ac_epci",
            "Délibération du conseil communautaire sur l'attribution de compensation, aux deux tiers",
            "CGI 1609 nonies C V 1° bis",
            Porteur.EPCI,
            Condition.IMPUTATION_AC,
            ("rapport_clect",),
        ),
        Piece(
            "delib_ac_commune",
            "Délibération du conseil municipal sur son attribution de compensation",
            "CGI 1609 nonies C V 1° bis",
            Porteur.COMMUNES,
            Condition.IMPUTATION_AC,
            ("rapport_clect",),
        ),
    ),
    Forme.TRANSFERT: _list_transfert("CGCT L5211-17", Condition.FPU),
    Forme.A_LA_CARTE: _list_transfert("CGCT L5211-17-2 et L5211-17", Condition.EFFET_AC),
    Forme.MAD_ASCENDANTE: _list_mad(f"{_L41} II", "CGCT D5211-16"),
    Forme.MAD_DESCENDANTE: _list_mad(f"{_L41} III", "bonne pratique, d'après CGCT D5211-16"),
    Forme.PRESTATION: (
        Piece(
            "analyse_commande_publique",
            "Analyse au regard de la commande publique",
            "CCP L2511-1 à L2511-6",
            Porteur.ENSEMBLE,
        ),
        _vote(
            "delib_epci",
            "Délibération du conseil communautaire",
            "CGCT L5214-16-1, L5215-27, L5216-7-1 ou L5217-7",
            Porteur.EPCI,
        ),
        _vote(
            "delib_commune",
            "Délibération du conseil municipal",
            "CGCT L5214-16-1, L5215-27, L5216-7-1 ou L5217-7",
            Porteur.COMMUNES,
        ),
        _vote(
            "convention",
            "Convention signée",
            "CGCT L5214-16-1, L5215-27, L5216-7-1 ou L5217-7",
            Porteur.ENSEMBLE,
            "delib_epci",
            "delib_commune",
        ),
        Piece("budget_annexe", "Budget annexe", "CGCT L5211-56", Porteur.EPCI, Condition.BUDGET_ANNEXE),
    ),
    Forme.ENTRE_COMMUNES: (
        Piece("avis_cst", _AVIS, f"CGCT L5111-1-1 ; {_L253}", Porteur.EMPLOYEURS),
        _vote("delib_commune", "Délibération du conseil municipal", "CGCT L5111-1", Porteur.COMMUNES, "avis_cst"),
        _vote("convention", "Convention signée", "CGCT L5111-1", Porteur.ENSEMBLE, "delib_commune"),
    ),
    Forme.ENTENTE: (
        _vote("delib_commune", "Délibération concordante de chaque membre", "CGCT L5221-1", Porteur.MEMBRES),
        _vote("convention", "Convention signée", "CGCT L5221-1", Porteur.ENSEMBLE, "delib_commune"),
        Piece(
            "designation",
            "Désignation des trois membres de la conférence, au scrutin secret",
            "CGCT L5221-2",
            Porteur.MEMBRES,
        ),
        Piece(
            "ratification",
            "Ratification de la dernière décision de la conférence par chaque assemblée",
            "CGCT L5221-2",
            Porteur.MEMBRES,
        ),
    ),
    Forme.PARTAGE_DE_BIENS: (
        _vote("delib_epci", "Délibération du conseil communautaire", "CGCT L5211-4-3", Porteur.EPCI),
        Piece("reglement", "Règlement de mise à disposition", "CGCT L5211-4-3", Porteur.EPCI),
    ),
    Forme.FONDS_DE_CONCOURS: (
        Piece("plan_financement", "Plan de financement, subventions comprises", FONDS, Porteur.ENSEMBLE),
        Piece("controle_plafond", "Vérification du plafond", FONDS, Porteur.ENSEMBLE),
        _vote("delib_epci", "Délibération du conseil communautaire", FONDS, Porteur.EPCI),
        _vote("delib_commune", "Délibération du conseil municipal", FONDS, Porteur.COMMUNES),
    ),
    Forme.GROUPEMENT: (
        Piece(
            "clause_statutaire",
            "Clause expresse des statuts de l'intercommunalité",
            "CGCT L5211-4-4",
            Porteur.EPCI,
            Condition.MANDAT_GRATUIT,
        ),
        _vote("delib_epci", "Délibération ou décision de l'intercommunalité", "CCP L2113-6", Porteur.EPCI),
        _vote("delib_commune", "Délibération ou décision de la commune", "CCP L2113-6", Porteur.COMMUNES),
        _vote(
            "convention",
            "Convention constitutive signée par tous les membres",
            "CCP L2113-7",
            Porteur.ENSEMBLE,
            "delib_epci",
            "delib_commune",
        ),
        Piece("regles_cao", "Règles de la commission d'appel d'offres", "CCP L2113-7", Porteur.ENSEMBLE),
    ),
    Forme.AGENT_PARTAGE: (
        Piece("accord_agent", "Accord écrit de l'agent ou de l'agente", "CGFP L512-6, L512-7", Porteur.ENSEMBLE),
        Piece("convention", "Convention entre les deux employeurs", "CGFP L512-7", Porteur.ENSEMBLE),
        _vote("arrete", "Arrêté de mise à disposition", "CGFP L512-6", Porteur.ENSEMBLE, "accord_agent", "convention"),
        Piece(
            "information_assemblee",
            "Information de l'assemblée",
            "article à retrouver",
            Porteur.ENSEMBLE,
            confiance=Confiance.MEMOIRE,
        ),
    ),
}


def list_pieces(forme: Forme, contexte: Mapping[Condition, bool]) -> tuple[PieceAttendue, ...]:
    """Return the acts of ``forme``, in the order in which they come, each expected, to be clarified or not needed.

    ``contexte``: what is known (True, False); a condition that is absent is unknown and its acts are A_PRECISER with
    the question. Total. Complexity: O(acts). Source: R-5.11.
    """
    return tuple(_judge_piece(piece, contexte) for piece in PIECES[forme])


def _judge_piece(piece: Piece, contexte: Mapping[Condition, bool]) -> PieceAttendue:
    if piece.condition is None:
        return PieceAttendue(piece, Exigence.ATTENDUE)
    connue = contexte.get(piece.condition)
    if connue is None:
        return PieceAttendue(piece, Exigence.A_PRECISER, piece.condition.label)
    if connue:
        return PieceAttendue(piece, Exigence.ATTENDUE)
    return PieceAttendue(piece, Exigence.SANS_OBJET, piece.condition.sans_objet)


def list_conditions(forme: Forme) -> tuple[Condition, ...]:
    """Return the conditions on which the acts of ``forme`` depend, in order, each once. Complexity: O(acts)."""
    return tuple(dict.fromkeys(piece.condition for piece in PIECES[forme] if piece.condition is not None))
