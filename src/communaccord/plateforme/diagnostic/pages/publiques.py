"""The page of public data: what is known of each commune, of what year, from where; and the preview of a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.diagnostic.calculs.valeurs import write_centiemes
from communaccord.plateforme.diagnostic.lecture.types import EPCI, Lues
from communaccord.plateforme.diagnostic.models import ClePublique
from communaccord.plateforme.diagnostic.queries.publiques import Publique, map_dernieres
from communaccord.plateforme.socle.typographie import enumeration, moment, pluriel
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

MONTREES = 12


@dataclass(frozen=True, slots=True)
class Source:
    """One source: what it gave, of what years, who took it and when."""

    nom: str
    chiffres: str
    annees: str
    importee: str


@dataclass(frozen=True, slots=True)
class Tableau:
    """Latest value of each key for each commune, the intercommunalité first; titles carry the latest year."""

    phrase: str
    titres: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ApercuPubliques:
    """What a file says of the démarche, before anything is written."""

    fichier: str
    format: str
    phrase: str
    titres: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[str, ...]], ...]
    remplacees: tuple[str, ...]
    rapprochees: tuple[tuple[str, str], ...]
    remarques: tuple[str, ...]
    est_vide: bool


def build_tableau(demarche: Demarche, communes: Sequence[CommuneMembre], rows: Sequence[Publique]) -> Tableau:
    dernieres = map_dernieres(rows)
    annees: dict[str, int] = {}
    for row in rows:
        annees[row.cle] = max(row.annee, annees.get(row.cle, 0))
    cles = [cle for cle in ClePublique if cle in annees]
    entites: list[tuple[int | None, str]] = [(None, demarche.nom_epci), *((c.pk, c.nom) for c in communes)]
    lignes = tuple(
        (nom, tuple(write_case(dernieres.get(pk, {}).get(cle), annees[cle]) for cle in cles)) for pk, nom in entites
    )
    return Tableau(
        write_phrase(rows, communes),
        tuple(f"{ClePublique(cle).label} ({annees[cle]})" for cle in cles),
        lignes,
        build_sources(demarche, rows),
    )


def write_case(row: Publique | None, annee: int) -> str:
    """The value; its year when it is not that of the column."""
    if row is None or row.centiemes is None:
        return ""
    texte = write_centiemes(row.centiemes)
    return texte if row.annee == annee else f"{texte} ({row.annee})"


def write_phrase(rows: Sequence[Publique], communes: Sequence[CommuneMembre]) -> str:
    known = {row.commune_id for row in rows if row.commune_id is not None}
    if not rows:
        return "Aucun fichier public n'a encore été repris : les fiches ne sont pas préremplies."
    missing = len(communes) - len(known)
    tail = "toutes en ont." if not missing else f"{pluriel(missing, 'commune')} sans aucun chiffre."
    return f"{pluriel(len(rows), 'chiffre public', 'chiffres publics')} pour {pluriel(len(known), 'commune')} : {tail}"


def build_sources(demarche: Demarche, rows: Sequence[Publique]) -> tuple[Source, ...]:
    par_source: dict[str, list[Publique]] = {}
    for row in rows:
        par_source.setdefault(row.source, []).append(row)
    sources = []
    for nom, found in sorted(par_source.items()):
        last, cles = max(found, key=lambda row: row.importee_le), {row.cle for row in found}
        sources.append(
            Source(
                nom,
                enumeration([cle.label for cle in ClePublique if cle in cles]),
                enumeration([str(annee) for annee in sorted({row.annee for row in found})]),
                f"{last.importee_par}, le {moment(last.importee_le, demarche.fuseau)}",
            )
        )
    return tuple(sources)


def build_apercu(
    demarche: Demarche, communes: Sequence[CommuneMembre], rows: Sequence[Publique], lues: Lues, fichier: str
) -> ApercuPubliques:
    """``rows``: what the démarche has already, to tell what would be replaced."""
    places = sorted({(donnee.cle, donnee.annee) for donnee in lues.donnees}, key=lambda p: (rank_cle(p[0]), -p[1]))
    valeurs = {(donnee.code, donnee.cle, donnee.annee): donnee.centiemes for donnee in lues.donnees}
    entites = [(EPCI, demarche.nom_epci), *((commune.code, commune.nom) for commune in communes)]
    seen = {donnee.code for donnee in lues.donnees}
    lignes = tuple(
        (nom, tuple(write_lue(valeurs.get((code, cle, annee))) for cle, annee in places))
        for code, nom in entites
        if code in seen
    )
    return ApercuPubliques(
        fichier,
        lues.format,
        write_phrase_lues(lues, communes),
        tuple(f"{ClePublique(cle).label} ({annee})" for cle, annee in places),
        lignes,
        list_remplacees(demarche, communes, rows, valeurs),
        tuple(lues.rapprochees),
        (*list_anterieurs(rows, lues), *write_remarques(lues, communes)),
        not lues.donnees,
    )


def rank_cle(cle: str) -> int:
    return ClePublique.values.index(str(cle))


def write_lue(centiemes: int | None) -> str:
    return "" if centiemes is None else write_centiemes(centiemes)


def write_phrase_lues(lues: Lues, communes: Sequence[CommuneMembre]) -> str:
    if not lues.donnees:
        return "Ce fichier est reconnu, mais il ne dit rien de votre territoire : rien n'en sera repris."
    found = lues.list_communes()
    parts = [pluriel(len(lues.donnees), "chiffre")]
    if found:
        parts.append(f"pour {pluriel(len(found), 'commune')} sur {len(communes)}")
    if any(donnee.code == EPCI for donnee in lues.donnees):
        parts.append("et pour l'intercommunalité" if found else "pour l'intercommunalité")
    return f"{' '.join(parts)}. Rien n'est encore enregistré."


def write_remarques(lues: Lues, communes: Sequence[CommuneMembre]) -> list[str]:
    """What is missing, what was left out, what could not be read."""
    remarques = list(lues.remarques)
    found = lues.list_communes()
    missing = [commune.nom for commune in communes if commune.code not in found]
    if found and missing:
        suite = "…" if len(missing) > MONTREES else "."
        remarques.append(f"Communes absentes de ce fichier ({len(missing)}) : {', '.join(missing[:MONTREES])}{suite}")
    if lues.inconnues:
        remarques.append(f"{pluriel(lues.inconnues, 'case')} sans valeur (« n.c. », « n.d. ») : rien n'y est inventé.")
    if lues.ailleurs:
        remarques.append(f"{pluriel(lues.ailleurs, 'ligne')} d'autres territoires : rien n'en est gardé.")
    return remarques + lues.illisibles


def list_anterieurs(rows: Sequence[Publique], lues: Lues) -> list[str]:
    """That what was read is older than what is known: kept, and not what the sheets will show."""
    latest: dict[str, int] = {}
    for row in rows:
        latest[row.cle] = max(row.annee, latest.get(row.cle, 0))
    older = sorted({(str(d.cle), d.annee) for d in lues.donnees if d.annee < latest.get(str(d.cle), 0)})
    return [
        f"{ClePublique(cle).label} ({annee}) : un chiffre plus récent ({latest[cle]}) est déjà connu. "
        "Celui-ci est gardé, et le plus récent reste montré."
        for cle, annee in older
    ]


def list_remplacees(
    demarche: Demarche,
    communes: Sequence[CommuneMembre],
    rows: Sequence[Publique],
    valeurs: dict[tuple[str, str, int], int],
) -> tuple[str, ...]:
    """Figures of the same year that would change, in sentences; the first ones, and how many others."""
    entites = {None: (EPCI, demarche.nom_epci), **{commune.pk: (commune.code, commune.nom) for commune in communes}}
    changes = []
    for row in rows:
        code, nom = entites[row.commune_id]
        nouvelle = valeurs.get((code, row.cle, row.annee))
        if nouvelle is not None and row.centiemes is not None and nouvelle != row.centiemes:
            label = ClePublique(row.cle).label
            changes.append(
                f"{nom}, {label} ({row.annee}) : {write_centiemes(row.centiemes)} devient {write_centiemes(nouvelle)}"
            )
    suite = [f"et {pluriel(len(changes) - MONTREES, 'autre')}"] if len(changes) > MONTREES else []
    return (*changes[:MONTREES], *suite)
