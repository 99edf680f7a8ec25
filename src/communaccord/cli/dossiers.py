"""From a dossier file to what the search for an agreement reads: services, legal vehicles, red lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from communaccord.cli.avis import list_avis
from communaccord.cli.complements import Complements, read_complements
from communaccord.cli.demandes import build_ligne
from communaccord.cli.jeux import (
    ARRONDI,
    build_formule,
    check_autant,
    list_moins_chers,
    read_cents,
    read_texte_montant,
)
from communaccord.cli.lecture import check_connu, check_noms, read_donnees, refuse
from communaccord.cli.menus import build_cout, read_choix
from communaccord.cli.ordre import find_ordre, rank_nom, sort_dossier
from communaccord.noyau.accord.recherche import (
    Critere,
    Ligne,
    Option,
    Paquet,
    Service,
    Vehicule,
    build_fonds_concours,
    build_revision_libre,
)
from communaccord.noyau.accord.types import Engagement
from communaccord.noyau.partage.game import ServiceGame


@dataclass(frozen=True, slots=True)
class DossierLu:
    """A dossier, its communes, services, criteria and requests in an order that does not depend on that of the file.

    `numeros`: place of each request in the file, from 0. `jeux`: cost of any group, by service: a cost given without
    formula is kept whole whoever leaves; `formules`: what the file gives of it. `choix`: options listed, by service.
    """

    paquet: Paquet
    lignes: tuple[Ligne, ...]
    numeros: tuple[int, ...]
    jeux: tuple[ServiceGame, ...]
    formules: tuple[Mapping[str, Any] | None, ...]
    complements: Complements
    choix: Mapping[int, tuple[Option, ...]]
    avertissements: tuple[str, ...]
    titre: str


def read_dossier(chemin: Path) -> DossierLu:
    """Read a dossier. Errors: ErreurCommande with code 2; DonneeInvalide for what the noyau refuses."""
    donnees = read_donnees(chemin, "dossier")
    check_noms({f"« communes[{rang}] »": nom for rang, nom in enumerate(donnees["communes"])})
    check_noms({f"« services[{rang}].nom »": lu["nom"] for rang, lu in enumerate(donnees["services"])})
    donnees = sort_dossier(donnees)
    communes = tuple(donnees["communes"])
    rangs = find_ordre([lu["nom"] for lu in donnees["services"]])
    lus = [build_service(donnees["services"][rang], communes, f"services[{rang}].") for rang in rangs]
    voies = donnees.get("transferts", ())
    check_noms({f"« transferts[{rang}].voie »": lu["voie"] for rang, lu in enumerate(voies)})
    vehicules = [
        build_vehicule(voies[rang], communes, f"transferts[{rang}].")
        for rang in find_ordre([lu["voie"] for lu in voies])
    ]
    engagements = frozenset(Engagement(code) for code in donnees.get("engagements", ()))
    services, jeux = tuple(service for service, _, _ in lus), tuple(jeu for _, jeu, _ in lus)
    paquet = Paquet(communes, services, tuple(vehicules), donnees.get("annee"), engagements)
    demandes = donnees["demandes"]
    connus = {donnees["services"][rang]["nom"]: donnees["services"][rang].keys() for rang in rangs}
    lignes = [build_ligne(lu, paquet, f"demandes[{rang}]", connus) for rang, lu in enumerate(demandes)]
    numeros = tuple(sorted(range(len(demandes)), key=lambda rang: rank_demande(demandes[rang])))
    avertissements = ["Chiffres fictifs."] if donnees.get("fictif") else []
    moins_chers = [
        texte
        for rang, (service, jeu, _) in zip(rangs, lus, strict=True)
        if "formule" in donnees["services"][rang]
        for texte in list_moins_chers(communes, jeu, service)
    ]
    avis = list_avis(paquet, lignes, donnees.get("populations", ()))
    return DossierLu(
        paquet,
        tuple(lignes[rang] for rang in numeros),
        numeros,
        jeux,
        tuple(donnees["services"][rang].get("formule") for rang in rangs),
        read_complements(donnees, paquet, rangs),
        read_choix(donnees.get("menu", ()), paquet, jeux),
        tuple(avertissements + ([ARRONDI] if any(arrondi for _, _, arrondi in lus) else []) + moins_chers + avis),
        donnees.get("titre", ""),
    )


def rank_demande(demande: Mapping[str, Any]) -> tuple[tuple[str, str], str]:
    """Return by what a request is ordered: its commune, then all that it says."""
    return rank_nom(demande["commune"]), json.dumps(demande, sort_keys=True, ensure_ascii=False)


def build_service(lu: Mapping[str, Any], communes: tuple[str, ...], ou: str) -> tuple[Service, ServiceGame, bool]:
    """Return a service, the cost of any group, and whether it was rounded. Errors: ErreurCommande, DonneeInvalide."""
    if "cout" in lu and "formule" in lu:
        refuse(f"« {ou[:-1]} »", "« cout » et « formule » sont donnés", "Gardez l'un des deux.")
    for cle in ("seul", *(cle for cle in ("distances", "postes") if cle in lu)):
        check_autant(lu, cle, communes, ou)
    for rang, critere in enumerate(lu["criteres"]):
        check_autant(critere, "valeurs", communes, f"{ou}criteres[{rang}].")
    check_noms({f"« {ou}criteres[{rang}].nom »": critere["nom"] for rang, critere in enumerate(lu["criteres"])})
    criteres = sorted(lu["criteres"], key=lambda critere: rank_nom(critere["nom"]))
    membres = read_membres(lu, communes, ou)
    arrondi = False
    if "formule" in lu:
        jeu, arrondi = build_formule(lu["formule"], communes, None, f"{ou}formule.")
    else:
        jeu = build_cout(len(communes), read_cents(lu, "cout", ou))
    service = Service(
        lu["nom"],
        jeu.cost(membres),
        membres,
        tuple(
            Critere(c["nom"], tuple(c["valeurs"]), Fraction(c.get("bas", "0")), Fraction(c.get("haut", "1")))
            for c in criteres
        ),
        tuple(read_texte_montant(texte, f"« {ou}seul[{rang}] »") for rang, texte in enumerate(lu["seul"])),
        lu.get("niveau", 0),
        lu.get("annee"),
        tuple(Fraction(part) for part in lu.get("montee", ())),
        tuple(lu.get("distances", ())),
        tuple(lu.get("postes", ())),
    )
    return service, jeu, arrondi


def read_membres(lu: Mapping[str, Any], communes: Sequence[str], ou: str) -> frozenset[int]:
    """Return the numbers of the members, all communes when none is named. Errors: ErreurCommande."""
    noms = lu.get("membres", communes)
    for nom in noms:
        check_connu(nom, communes, f"« {ou}membres »", "communes")
    if len(set(noms)) != len(noms):
        refuse(f"« {ou}membres »", "une commune y est deux fois", "Nommez-la une fois.")
    return frozenset(communes.index(nom) for nom in noms)


def build_vehicule(lu: Mapping[str, Any], communes: Sequence[str], ou: str) -> Vehicule:
    """Return a legal way by which money passes. Errors: ErreurCommande, DonneeInvalide."""
    libre = lu["voie"] == "revision_libre_ac"
    lues, autres = ("donner", "recevoir"), ("couts", "subventions")
    if not libre:
        lues, autres = autres, lues
    for cle in autres:
        if cle in lu:
            refuse(f"« {ou}{cle} »", f"la voie « {lu['voie']} » ne lit pas cette clé", "Retirez-la.")
    tables = []
    for cle in lues:
        check_autant(lu, cle, communes, ou)
        tables.append([read_texte_montant(texte, f"« {ou}{cle}[{r}] »") for r, texte in enumerate(lu[cle])])
    total = read_cents(lu, "total", ou)
    if libre:
        return build_revision_libre(tables[0], tables[1], total, fpu=True)
    return build_fonds_concours(tables[0], tables[1], total)
