"""The pages of the legal form: the advice, the acts of one form, the order of magnitude of AC and CIF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from communaccord.plateforme.dossiers.bridge.formes import (
    BaseCif,
    Conseil,
    Exigence,
    Piece,
    PieceAttendue,
    Verdict,
    compute_compensation,
    find_piece,
    is_par_commune,
    is_pour_epci,
    list_alertes,
    list_attendues,
    list_codes_conditions,
    list_questions,
    read_accords,
    read_fiche,
)
from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import (
    BaseFinanciere,
    Dossier,
    EffetCommune,
    PieceForme,
    Scenario,
    SuiviForme,
)
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.totaux import reads_total
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import enumeration, nombre, pluriel, prose
from communaccord.plateforme.territoires.enums import Financement, Nature
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

EPCI = "L'intercommunalité"
NOMS_CITES = 3
SENS = {Exigence.ATTENDUE: "attente", Exigence.A_PRECISER: "neutre", Exigence.SANS_OBJET: "neutre"}


def start_reponses(demarche: Demarche) -> dict[str, str]:
    """What the démarche already knows, before anybody answers: its tax regime."""
    return {"fiscalite": demarche.financement} if demarche.financement in Financement.values else {}


def is_fpu(reponses: Mapping[str, str], demarche: Demarche) -> bool:
    """The tax regime that was answered, or that of the démarche."""
    return reponses.get("fiscalite", demarche.financement) == Financement.FPU


def write_phrase(conseil: Conseil) -> str:
    """How many forms are open, unsure, closed."""
    nombres = {verdict: len(conseil.list_par_verdict(verdict)) for verdict in Verdict}
    ouvertes, floues, fermees = (nombres[v] for v in (Verdict.POSSIBLE, Verdict.A_PRECISER, Verdict.EXCLUE))
    if floues == len(conseil.avis):
        return prose(
            "Répondez à quelques questions : les formes possibles et celles qui sont exclues s'afficheront ici."
        )
    return prose(
        f"{pluriel(ouvertes, 'forme est possible', 'formes sont possibles')}, "
        f"{pluriel(floues, 'reste à préciser', 'restent à préciser')}, "
        f"{pluriel(fermees, 'est exclue', 'sont exclues')}."
    )


def build_questions(conseil: Conseil, reponses: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """The questions, those that decide or are answered first; each with "je ne sais pas"."""
    utiles = set(conseil.questions_decisives) | {cle for cle, valeur in reponses.items() if valeur}
    groupes: dict[str, list[dict[str, Any]]] = {"utiles": [], "autres": []}
    for question in list_questions():
        options = [{"valeur": valeur.value, "libelle": prose(mots)} for valeur, mots in question.options]
        ligne = {
            "cle": question.cle,
            "texte": prose(question.texte),
            "aide": prose(question.aide),
            "options": [*options, {"valeur": "", "libelle": "Je ne sais pas"}],
            "valeur": reponses.get(question.cle, ""),
            "courte": len(options) == 2,
        }
        groupes["utiles" if question.cle in utiles else "autres"].append(ligne)
    return groupes


def build_avis(conseil: Conseil, *, fpu: bool) -> dict[str, list[dict[str, Any]]]:
    """The forms in three lists, each told whole."""
    textes = {question.cle: question.texte for question in list_questions()}
    return {
        nom: [build_forme(avis, textes, fpu=fpu) for avis in conseil.list_par_verdict(verdict)]
        for nom, verdict in (
            ("possibles", Verdict.POSSIBLE),
            ("a_preciser", Verdict.A_PRECISER),
            ("exclues", Verdict.EXCLUE),
        )
    }


def build_forme(avis: Any, textes: Mapping[str, str], *, fpu: bool) -> dict[str, Any]:
    """One form: its row of the law, why it is closed or unsure, its ways to pay."""
    code = avis.forme.value
    return {
        "code": code,
        **build_fiche(code, fpu=fpu),
        "raisons": [write_raison(raison) for raison in avis.raisons],
        "reserves": [write_raison(raison) for raison in avis.reserves],
        "inconnues": [{"cle": cle, "texte": prose(textes[cle])} for cle in avis.inconnues],
        "modalites": [
            {
                "libelle": prose(m.libelle),
                "verdict": m.verdict.label,
                "texte": prose(m.texte),
                "article": prose(m.article),
            }
            for m in avis.modalites
        ],
    }


def write_raison(raison: Any) -> dict[str, Any]:
    return {"texte": prose(raison.texte), "article": prose(raison.article), "lecture": raison.lecture}


def build_fiche(code: str, *, fpu: bool) -> dict[str, Any]:
    """What the law says of one form, in words ready for a page."""
    fiche = read_fiche(code)
    if fiche is None:
        return {}
    return {
        "nom": fiche.forme.label[:1].upper() + fiche.forme.label[1:],
        "objet": prose(fiche.objet),
        "accords": [
            {
                "qui": prose(a.qui[:1].upper() + a.qui[1:]),
                "comment": prose(a.majorite.label),
                "plus": prose(a.precision),
            }
            for a in read_accords(code, fpu=fpu)
        ],
        "actes": prose(fiche.actes),
        "agents": prose(fiche.agents.label),
        "agents_plus": prose(fiche.agents_precision),
        "argent": prose(fiche.argent),
        "cif": prose(fiche.cif.label),
        "articles": ", ".join(fiche.articles),
        "fiabilite": fiche.regle.fiabilite,
        "verifie_le": fiche.regle.verifie_le,
        "etablie": fiche.regle.confiance.est_etablie,
        "points": [prose(point) for point in fiche.points_ouverts],
    }


@dataclass(frozen=True, slots=True)
class Suivi:
    """The acts of one form for one dossier, ready for its page."""

    lignes: list[dict[str, Any]]
    alertes: list[str]
    phrase: str


def list_porteurs(forme: str, piece: Piece, communes: Sequence[CommuneMembre]) -> dict[int, str]:
    """Who gives this act: 0 for the EPCI or all together, else the primary key of a commune; names in order."""
    porteurs = {0: EPCI if piece.porteur.name != "ENSEMBLE" else "Tous ensemble"} if is_pour_epci(forme, piece) else {}
    if is_par_commune(piece):
        porteurs |= {commune.pk: commune.nom for commune in communes}
    return porteurs


def build_suivi(
    forme: str, suivi: SuiviForme | None, communes: Sequence[CommuneMembre], pieces: Sequence[PieceForme]
) -> Suivi:
    """Every act: how many are expected, received, not needed; what is out of order."""
    conditions = suivi.conditions if suivi else {}
    by_cle: dict[str, list[PieceForme]] = {}
    for piece in pieces:
        by_cle.setdefault(piece.cle, []).append(piece)
    lignes = [
        build_ligne(forme, attendue, communes, by_cle.get(attendue.piece.cle, []))
        for attendue in list_attendues(forme, conditions)
    ]
    return Suivi(lignes, write_alertes(forme, conditions, communes, pieces), write_completude(lignes))


def build_ligne(
    forme: str, attendue: PieceAttendue, communes: Sequence[CommuneMembre], recues: Sequence[PieceForme]
) -> dict[str, Any]:
    """One act: expected from how many, received from how many."""
    piece = attendue.piece
    porteurs = list_porteurs(forme, piece, communes)
    datees = [p for p in recues if p.jour is not None and (p.commune_id or 0) in porteurs]
    inutiles = [p for p in recues if p.sans_objet and (p.commune_id or 0) in porteurs]
    reste = len(porteurs) - len(datees) - len(inutiles) if attendue.exigence is Exigence.ATTENDUE else 0
    return {
        "cle": piece.cle,
        "libelle": prose(piece.libelle),
        "article": prose(piece.article),
        "etabli": piece.confiance.est_etablie,
        "porteur": prose(piece.porteur.label),
        "exigence": attendue.exigence.name.lower(),
        "motif": prose(attendue.motif),
        "attendus": len(porteurs),
        "recus": len(datees),
        "inutiles": len(inutiles),
        "reste": reste,
        "sens": "oui" if attendue.exigence is Exigence.ATTENDUE and not reste else SENS[attendue.exigence],
        "etat": write_etat(attendue, datees, len(porteurs), reste),
        "motifs": [f"{p.commune.nom if p.commune else EPCI} : {p.sans_objet}" for p in inutiles],
    }


def write_etat(attendue: PieceAttendue, datees: Sequence[PieceForme], attendus: int, reste: int) -> str:
    """Where this act stands, in a few words."""
    if attendue.exigence is not Exigence.ATTENDUE:
        return attendue.exigence.label
    if attendus == 1 and datees:
        piece = datees[0]
        return f"{write_date(piece.jour)}{f', n° {piece.numero}' if piece.numero else ''}"
    if attendus == 1:
        return "manque" if reste else "sans objet"
    return f"{nombre(len(datees))} sur {nombre(attendus)}" + (f", {nombre(reste)} à venir" if reste else "")


def write_alertes(
    forme: str, conditions: Mapping[str, bool], communes: Sequence[CommuneMembre], pieces: Sequence[PieceForme]
) -> list[str]:
    """Acts out of order, each with who: every CST that must speak does so before the councils."""
    noms = {commune.code: commune.nom for commune in communes} | {
        p.commune.code: p.commune.nom for p in pieces if p.commune
    }
    codes = {commune.pk: commune.code for commune in communes}
    inutiles = {(p.cle, p.commune_id or 0) for p in pieces if p.sans_objet}
    porteurs = {
        a.piece.cle: [
            codes.get(pk, "") for pk in list_porteurs(forme, a.piece, communes) if (a.piece.cle, pk) not in inutiles
        ]
        for a in list_attendues(forme, conditions)
    }
    actes = [(p.cle, p.commune.code if p.commune else "", p.jour) for p in pieces if p.jour is not None]
    return [
        prose(f"{noms.get(alerte.porteur, EPCI)} : {alerte.texte}{write_manquants(alerte.manquants, noms)}")
        for alerte in list_alertes(forme, conditions, actes, porteurs)
    ]


def write_manquants(manquants: Sequence[str], noms: Mapping[str, str]) -> str:
    """Who has still to give the act that must come first: three names at most."""
    if not manquants:
        return ""
    cites = [noms.get(code, EPCI) for code in manquants[:NOMS_CITES]]
    if reste := len(manquants) - len(cites):
        cites.append(pluriel(reste, "autre", "autres"))
    return f" Manque encore : {enumeration(cites)}."


def write_completude(lignes: Sequence[Mapping[str, Any]]) -> str:
    """One sentence: what is there, what is missing, what is to be clarified."""
    attendues = [ligne for ligne in lignes if ligne["exigence"] == "attendue"]
    total = sum(ligne["attendus"] - ligne["inutiles"] for ligne in attendues)
    recus = sum(ligne["recus"] for ligne in attendues)
    floues = sum(ligne["exigence"] == "a_preciser" for ligne in lignes)
    phrase = f"{pluriel(recus, 'acte est enregistré', 'actes sont enregistrés')} sur {nombre(total)} attendus"
    if floues:
        phrase += f" ; {pluriel(floues, 'autre dépend', 'autres dépendent')} d'une réponse à donner plus bas"
    return prose(f"{phrase}.")


def build_conditions(forme: str, suivi: SuiviForme | None) -> list[dict[str, Any]]:
    """The conditions of a form, each answered by yes, no or not known."""
    connues = suivi.conditions if suivi else {}
    choix = ({"valeur": "oui", "libelle": "Oui"}, {"valeur": "non", "libelle": "Non"})
    options = [*choix, {"valeur": "", "libelle": "Je ne sais pas"}]
    valeurs = {True: "oui", False: "non", None: ""}
    return [
        {"cle": code, "texte": prose(texte), "options": options, "valeur": valeurs[connues.get(code)]}
        for code, texte in list_codes_conditions(forme)
    ]


def build_piece(forme: str, cle: str) -> dict[str, Any] | None:
    """One act, for the page that records it; None when the form asks no such act."""
    piece = find_piece(forme, cle)
    if piece is None:
        return None
    return {
        "cle": cle,
        "libelle": prose(piece.libelle),
        "article": prose(piece.article),
        "piece": piece,
        "etabli": piece.confiance.est_etablie,
    }


def build_compensation(
    dossier: Dossier,
    scenario: Scenario,
    base: BaseFinanciere | None,
    effets: Sequence[EffetCommune],
    lecture: Lecture,
    plume: Plume,
    attributions: Mapping[int, int] | None = None,
) -> dict[str, Any]:
    """What imputing the cost of this scenario would change, rounded; one line a commune that the actor reads.

    Where the total would tell the amount of a commune that is not theirs, nothing of it is computed (``cache``).
    """
    demarche, montant = dossier.demarche, scenario.gel.cout
    page: dict[str, Any] = {
        "fpu": demarche.financement == Financement.FPU,
        "cache": not reads_total(scenario, lecture),
        "montant": plume.write(montant),
        "annee": scenario.gel.annee_reference,
        "refus": "",
        "erreur": "",
        "cif_avant": "",
        "cif_apres": "",
        "plafonne": False,
        "ac_avant": "",
        "ac_apres": "",
        "lignes": [],
    }
    if base is None or page["cache"]:
        return page
    try:
        effet = compute_compensation(build_base(demarche, base), montant, scenario.forme)
    except ValueError as erreur:
        return page | {"erreur": prose(str(erreur))}
    page |= {"refus": prose(effet.refus), "cif_avant": write_cif(effet.avant), "plafonne": effet.est_plafonne}
    if effet.apres is None or effet.ac_apres is None:
        return page
    lignes = [build_ligne_ac(e, plume, (attributions or {}).get(e.commune_id)) for e in effets if e.participe]
    return page | {
        "negatives": write_negatives([ligne["nom"] for ligne in lignes if ligne["negative"]]),
        "cif_apres": write_cif(effet.apres),
        "ac_avant": write_rond(base.ac),
        "ac_apres": write_rond(effet.ac_apres),
        "lignes": lignes,
    }


def build_ligne_ac(effet: EffetCommune, plume: Plume, ac: int | None) -> dict[str, Any]:
    """The AC of one commune before and after, when it is told; ``negative``: it would pay instead of being paid."""
    apres = None if ac is None else ac - (effet.contribution or 0)
    return {
        "nom": effet.commune.nom,
        "part": plume.write(effet.contribution),
        "avant": "" if ac is None else write_montant(ac),
        "apres": "" if apres is None else write_montant(plume.round(apres)),
        "negative": apres is not None and apres < 0,
    }


def write_negatives(noms: Sequence[str]) -> str:
    """Communes that would pay the EPCI instead of being paid; empty without any."""
    if not noms:
        return ""
    cites = [*noms[:NOMS_CITES], *([pluriel(len(noms) - NOMS_CITES, "autre", "autres")] if noms[NOMS_CITES:] else [])]
    return prose(
        f"Avec cette imputation, l'attribution de compensation serait négative pour {enumeration(cites)} : la commune "
        "verserait cette somme à l'intercommunalité au lieu de recevoir."
    )


def build_base(demarche: Demarche, base: BaseFinanciere) -> BaseCif:
    """What the law computes on, from the rows."""
    fpu, metropole = demarche.financement == Financement.FPU, demarche.nature == Nature.METRO
    return BaseCif(base.recettes, base.recettes_ensemble, base.ac, base.dsc, fpu, metropole)


def write_cif(cif: Fraction) -> str:
    """``environ 0,309``."""
    return f"environ {nombre(cif, 3)}"


def write_rond(centimes: int) -> str:
    """``environ 22 000 000 €``: to the nearest ten thousand euros, an order of magnitude."""
    pas = 1_000_000
    signe = -1 if centimes < 0 else 1
    return f"environ {write_montant(signe * ((abs(centimes) + pas // 2) // pas * pas))}"
