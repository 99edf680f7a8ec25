"""« Ce que je donne, ce que je reçois »: the sentence, bars, then the table. The paper says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.diagnostic.calculs.doubles import Somme
from communaccord.plateforme.diagnostic.calculs.echanges import (
    ARGENT,
    SERVICES,
    Echanges,
    LigneEchange,
    sum_groupe,
)
from communaccord.plateforme.diagnostic.enums import NatureFlux
from communaccord.plateforme.socle.montants import write_ecart, write_montant
from communaccord.plateforme.socle.typographie import pluriel, prose
from communaccord.plateforme.territoires.enums import Financement

TITRE = "Ce que je donne, ce que je reçois"
INCONNU = "non connu"
PRIVE = "non montré"
RAISON_PRIVE = (
    "« non montré » : ce chiffre dit le travail de moins de cinq personnes, ou permet de le déduire. La mairie, la "
    "DRH et l'équipe projet le lisent."
)
A_PART = (
    "L'argent et les services sont comptés à part : un service a un coût, il n'a pas toujours un prix, et celui que la "
    "commune paie figure déjà dans ce qu'elle verse."
)
A_DEPARTAGER = (
    "Un flux déclaré des deux côtés avec deux chiffres compte une seule fois, au premier des deux, jusqu'à ce qu'il "
    "soit départagé."
)
SANS_FPU = (
    "L'intercommunalité est en fiscalité additionnelle. L'attribution de compensation de l'article 1609 nonies C du "
    "code général des impôts suppose la fiscalité professionnelle unique : vérifiez la nature de ce versement."
)
GROUPES = {ARGENT: "Argent", SERVICES: "Services, personnes et matériel"}
DE_L_AC = frozenset({NatureFlux.AC, NatureFlux.AC_INVESTISSEMENT})


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A line as it is written; ``parts``: thousandths of the longest bar, given then received."""

    libelle: str
    donne: str
    recu: str
    net: str
    qualite: str
    sources: str
    parts: tuple[int, int] = (0, 0)
    valeurs: tuple[int, int] | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class AnneeLue:
    titre: str
    lignes: tuple[LigneLue, ...]


@dataclass(frozen=True, slots=True)
class ReleveLu:
    """Everything that the page and the paper show. ``autres``: with other bodies, for the mairie alone."""

    commune: str
    territoire: str
    contexte: str
    phrase: str
    annees: tuple[AnneeLue, ...]
    autres: tuple[AnneeLue, ...]
    notes: tuple[str, ...]
    fictif: bool


def build_releve(
    *, commune: str, territoire: str, contexte: str, financement: str, fictif: bool, echanges: Echanges, entier: bool
) -> ReleveLu:
    """The sheet of a commune; ``entier``: for those who read its small figures."""
    longest = max((max(x.donne.montant, x.recu.montant) for x in (*echanges.lignes, *echanges.autres)), default=0)
    has_ac = any(ligne.nature in DE_L_AC for ligne in echanges.lignes)
    notes = [A_PART]
    notes += [A_DEPARTAGER] if any(ligne.departager for ligne in echanges.lignes) else []
    notes += [SANS_FPU] if has_ac and financement == Financement.FA else []
    notes += [RAISON_PRIVE] if not entier and any(ligne.prive for ligne in echanges.lignes) else []
    return ReleveLu(
        commune=commune,
        territoire=territoire,
        contexte=contexte,
        phrase=prose(write_phrase(commune, echanges)),
        annees=build_annees(echanges.lignes, longest, entier=entier),
        autres=build_annees(echanges.autres, longest, entier=entier) if entier else (),
        notes=tuple(prose(note) for note in notes),
        fictif=fictif,
    )


def build_annees(lignes: Sequence[LigneEchange], longest: int, *, entier: bool) -> tuple[AnneeLue, ...]:
    """One block a year, the latest first: each nature, then the total of each group that has several."""
    found = []
    for annee in Echanges(tuple(lignes)).list_annees():
        kept = [ligne for ligne in lignes if ligne.annee == annee]
        rows = []
        for groupe, libelle in GROUPES.items():
            members = [ligne for ligne in kept if ligne.groupe == groupe]
            rows += [build_ligne(NatureFlux(x.nature).label, x, longest, entier=entier) for x in members]
            if len(members) > 1:
                total = sum_groupe(kept, groupe, annee)
                rows.append(build_ligne(f"Total : {libelle.lower()}", total, longest, entier=entier, total=True))
        found.append(AnneeLue("Année non dite" if annee is None else str(annee), tuple(rows)))
    return tuple(found)


def build_ligne(libelle: str, ligne: LigneEchange, longest: int, *, entier: bool, total: bool = False) -> LigneLue:
    hidden = ligne.prive and not entier
    valeurs = (ligne.donne.montant, ligne.recu.montant)
    return LigneLue(
        libelle=prose(libelle[:1].upper() + libelle[1:]),
        donne=write_cote(ligne.donne, hidden=hidden),
        recu=write_cote(ligne.recu, hidden=hidden),
        net=PRIVE if hidden else INCONNU if ligne.net is None else write_ecart(ligne.net),
        qualite=write_qualite(ligne, hidden=hidden),
        sources="" if hidden else ", ".join(ligne.sources),
        parts=(0, 0) if hidden or not longest else tuple(1000 * valeur // longest for valeur in valeurs),
        valeurs=None if hidden else valeurs,
        total=total,
    )


def write_cote(somme: Somme, *, hidden: bool) -> str:
    """What is given, or received: nothing, an amount, or why it is not told."""
    if not somme.nombre:
        return "rien"
    if hidden:
        return PRIVE
    if somme.inconnus == somme.nombre:
        return INCONNU
    reste = f" (et {pluriel(somme.inconnus, 'montant inconnu', 'montants inconnus')})" if somme.inconnus else ""
    return f"{write_montant(somme.montant)}{reste}"


def write_qualite(ligne: LigneEchange, *, hidden: bool) -> str:
    """How sure; two figures of one flow are both said until somebody judges."""
    if ligne.departager and not hidden:
        words = (" ou ".join(INCONNU if m is None else write_montant(m) for m in told) for told in ligne.departager)
        return f"à départager : {' ; '.join(words)}"
    total = ligne.donne.nombre + ligne.recu.nombre
    if ligne.etablis == total:
        return "établi"
    return "estimé" if not ligne.etablis else f"établi pour {ligne.etablis} sur {total}"


def write_phrase(commune: str, echanges: Echanges) -> str:
    """The latest year told: what comes in money, what goes, and how many services each way."""
    if not echanges.lignes:
        return f"Aucun flux n'est encore déclaré entre l'intercommunalité et la commune {write_de(commune)}."
    annee = echanges.list_annees()[0]
    quand = f"En {annee}, la" if annee else "La"
    argent = sum_groupe(echanges.lignes, ARGENT, annee)
    parts = [f"{quand} commune {write_de(commune)} {write_argent(argent)}"]
    services = [x for x in echanges.lignes if x.annee == annee and x.groupe == SERVICES]
    donnes, recus = sum(x.donne.nombre for x in services), sum(x.recu.nombre for x in services)
    if donnes or recus:
        parts.append(
            f"{pluriel(recus, 'service ou moyen partagé reçu', 'services ou moyens partagés reçus')}, "
            f"{pluriel(donnes, 'rendu', 'rendus')}"
        )
    return " ; ".join(parts) + "."


def write_argent(argent: LigneEchange) -> str:
    """``reçoit 120 000 € et verse 30 000 €``."""
    recu, donne = argent.recu, argent.donne
    if not recu.nombre and not donne.nombre:
        return "n'échange pas d'argent connu avec l'intercommunalité"
    words = []
    if recu.nombre:
        words.append(f"reçoit {write_connu(recu)}")
    if donne.nombre:
        words.append(f"verse {write_connu(donne)}")
    net = argent.net
    fin = f", soit {write_ecart(net)} pour elle" if net is not None and len(words) > 1 else ""
    return " et ".join(words) + fin


def write_connu(somme: Somme) -> str:
    return "un montant qui n'est pas connu" if somme.inconnus == somme.nombre else write_montant(somme.montant)
