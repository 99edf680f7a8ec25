"""What a round published: one sentence, then each dossier. Nothing here says more than the publication stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communaccord.plateforme.accords.forms.phrases import tell_contenu
from communaccord.plateforme.accords.forms.vocabulaire import DEGRES, POSITIONS, PRIORITES
from communaccord.plateforme.accords.models import Partage, Resultat, Tour
from communaccord.plateforme.accords.pages.lectures import list_scenarios
from communaccord.plateforme.accords.pages.seule import DossierSeule, build_seules, tell_ajustements
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.models import Scenario
from communaccord.plateforme.socle.typographie import FINE, accord, enumeration, moment, nombre, pluriel, prose

NON_PUBLIE = "non publié"
Case = int | str | None
AUTRE_SCENARIO = "un scénario retiré depuis"


@dataclass(frozen=True, slots=True)
class Compte:
    """A count as published. Not ``publie``: only ``phrase`` says something."""

    titre: str
    bas: int
    haut: int
    sur: int
    publie: bool
    phrase: str

    @property
    def court(self) -> str:
        """« A », of « Scénario A : usage »."""
        return self.titre.removeprefix("Scénario ").partition(" ")[0].partition(FINE)[0]

    @property
    def bande(self) -> str:
        """« 22 communes sur 26 », « au moins 22 communes sur 26 », « non publié »."""
        if not self.publie:
            return NON_PUBLIE
        return f"{self.quantite} sur {nombre(self.sur)}"

    @property
    def quantite(self) -> str:
        if not self.publie:
            return NON_PUBLIE
        if self.bas == self.haut:
            return pluriel(self.bas, "commune")
        if self.bas == 0:
            return f"moins de {pluriel(self.haut + 1, 'commune')}"
        if self.haut == self.sur:
            return f"au moins {pluriel(self.bas, 'commune')}"
        return f"de {nombre(self.bas)} à {pluriel(self.haut, 'commune')}"


@dataclass(frozen=True, slots=True)
class DossierPublie:
    """One dossier: how many answered, its sentence, its counts; ``motif``: why nothing is published, or ""."""

    identifiant: int
    titre: str
    reponses: int
    motif: str
    scenarios: Sequence[Compte]
    ouvertes: Compte | None
    positions: Sequence[Compte]
    partages: Sequence[Mapping[str, Any]]
    communes: int = 0

    @property
    def reponses_comptees(self) -> str:
        """« 25 réponses comptées, sur 26 communes »: a number of answers, never who."""
        comptees = accord(self.reponses, "comptée", "comptées")
        return f"{pluriel(self.reponses, 'réponse')} {comptees}, sur {pluriel(self.communes, 'commune')}"

    @property
    def sans_compte(self) -> str:
        """Why no scenario has its count, when the reason is one for all."""
        reasons = {compte.phrase for compte in self.scenarios}
        is_silent = not any(compte.publie for compte in self.scenarios) and len(reasons) == 1
        return reasons.pop() if is_silent else ""

    @property
    def a_un_compte(self) -> bool:
        return any(compte.publie for compte in self.scenarios)

    @property
    def sans_position(self) -> str:
        """Why no count of position is published, when none is."""
        return "" if any(compte.publie for compte in self.positions) else next((c.phrase for c in self.positions), "")

    @property
    def phrase(self) -> str:
        """The strongest thing that is published: the highest certain count, and the scenarios that reach it."""
        if self.motif:
            return self.motif
        publies = [compte for compte in self.scenarios if compte.publie]
        if not publies:
            return prose("Aucun nombre ne peut être publié sans laisser lire une réponse sous pli.")
        bande = max(publies, key=lambda compte: compte.bas).bande
        lieu = describe_scenarios([c.court for c in publies if c.bande == bande], len(self.scenarios))
        return prose(f"Les conditions sont réunies pour {bande}{lieu}.")


def describe_scenarios(courts: Sequence[str], total: int) -> str:
    """« , dans le scénario A », « , dans les scénarios A et B », « , quel que soit le scénario »; alone, nothing."""
    if total < 2:
        return ""
    if len(courts) == total:
        return ", quel que soit le scénario"
    return f", dans {'le scénario' if len(courts) == 1 else 'les scénarios'} {enumeration(courts)}"


def lower_first(texte: str) -> str:
    return texte[:1].lower() + texte[1:]


@dataclass(frozen=True, slots=True)
class PageResultat:
    """The page of a published result."""

    tour: Tour
    resultat: Resultat
    phrase: str
    depouille: str
    dossiers: Sequence[DossierPublie]
    regle: Sequence[str]
    seules: Sequence[DossierSeule] = ()


def build_resultat(acteur: Acteur, tour: Tour, resultat: Resultat, communes: Iterable[Any]) -> PageResultat:
    """Compose the page. ``communes``: of the démarche. Six requests, whatever their number."""
    noms = {commune.code: commune.nom for commune in communes}
    titres = {place.lien.dossier_id: place.scenario.dossier.titre for place in list_scenarios(acteur, tour)}
    named = name_scenarios(acteur, titres)
    shared = group_partages(acteur, tour, noms, named)
    published = resultat.publication["dossiers"]
    dossiers = [
        replace(
            build_dossier(identifiant, titre, published[str(identifiant)], named, shared.get(identifiant, [])),
            communes=len(noms),
        )
        for identifiant, titre in titres.items()
    ]
    seules = build_seules(acteur, tour, noms, named)
    return PageResultat(
        tour=tour,
        resultat=resultat,
        phrase=describe_resultat(dossiers, seules),
        depouille=moment(resultat.calcule_le, tour.demarche.fuseau),
        dossiers=dossiers,
        regle=list_regle_publication(tour.regle.seuil),
        seules=seules,
    )


def name_scenarios(acteur: Acteur, dossiers: Iterable[int]) -> dict[int, str]:
    """Names by identifier, earlier versions included: an earlier round may be told about."""
    rows = Scenario.objects.visible_to(acteur).filter(dossier__in=list(dossiers)).only("rang", "libelle")
    return {row.pk: f"Scénario {row.lettre} : {row.libelle}" for row in rows}


def build_dossier(
    identifiant: int,
    titre: str,
    publication: Mapping[str, Any],
    named: Mapping[int, str],
    partages: Sequence[Mapping[str, Any]],
) -> DossierPublie:
    ouvertes = publication["ouvertes"]
    return DossierPublie(
        identifiant=identifiant,
        titre=titre,
        reponses=publication["reponses"],
        motif=prose(publication["motif"]),
        scenarios=[
            read_compte(prose(named.get(read_scenario_id(row["identifiant"]), AUTRE_SCENARIO)), row)
            for row in publication["scenarios"]
        ],
        ouvertes=read_compte("Favorable, sous conditions ou non", ouvertes) if ouvertes else None,
        positions=[read_compte(prose(POSITIONS[code].libelle), row) for code, row in publication["positions"].items()],
        partages=partages,
    )


def read_scenario_id(identifiant: str) -> int:
    """The scenario behind the name of an offer (dossiers.bridge: « scenario-12 »)."""
    return int(identifiant.rpartition("-")[2])


def read_compte(titre: str, row: Mapping[str, Any]) -> Compte:
    return Compte(titre, row["bas"], row["haut"], row["sur"], row["publie"], prose(row["phrase"]))


def group_partages(
    acteur: Acteur, tour: Tour, noms: Mapping[str, str], named: Mapping[int, str]
) -> dict[int, list[Mapping[str, Any]]]:
    """By dossier, what the communes put on the table, commune by commune."""
    rows = Partage.objects.visible_to(acteur).filter(tour=tour).select_related("commune")
    told: dict[tuple[int, int], list[str]] = {}
    communes = {}
    for row in rows.order_by("dossier", "commune__cle_tri", "commune__code", "pk"):
        communes[row.commune_id] = row.commune
        told.setdefault((row.dossier_id, row.commune_id), []).append(tell_partage(row, noms, named))
    result: dict[int, list[Mapping[str, Any]]] = {}
    for (dossier, identifiant), textes in told.items():
        nom = communes[identifiant].nom
        line = {"nom": nom, "filtre": nom, "textes": textes}
        line["mienne"] = acteur.est_mairie and identifiant == acteur.commune_id
        result.setdefault(dossier, []).append(line)
    return result


def tell_partage(partage: Partage, noms: Mapping[str, str], named: Mapping[int, str]) -> str:
    """What a commune shows to all, in words: what it holds says of what kind it is."""
    contenu = partage.contenu
    if "scenarios" in contenu:
        return tell_ajustements(contenu["scenarios"], noms, named)
    if "position" in contenu:
        motif = f" : {contenu['motif']}" if contenu.get("motif") else ""
        return prose(f"Position : {lower_first(POSITIONS[contenu['position']].libelle)}{motif}")
    if "priorite" in contenu:
        return prose(f"Dossier {PRIORITES[contenu['priorite']].libelle}")
    degre = DEGRES[contenu["degre"]].libelle
    return prose(f"{degre.removeprefix('un ').removeprefix('une ').capitalize()} : {tell_contenu(contenu, noms)}")


def describe_resultat(dossiers: Sequence[DossierPublie], seules: Sequence[DossierSeule]) -> str:
    """The one sentence; beyond one dossier, a few words for each."""
    if len({dossier.phrase for dossier in dossiers}) == 1 and not any(c.publie for d in dossiers for c in d.scenarios):
        return dossiers[0].phrase
    if len(dossiers) != 1:
        return prose(" ".join(f"{dossier.titre} : {lower_first(dossier.phrase)}" for dossier in dossiers))
    phrase = dossiers[0].phrase
    mienne = describe_mienne(seules[0]) if seules and not dossiers[0].motif else ""
    return prose(f"{phrase.removesuffix('.')} ; pour la vôtre, {mienne}.") if mienne else phrase


def describe_mienne(seule: DossierSeule) -> str:
    """« oui », « non à ce jour », « oui dans le scénario B »: what one commune alone reads of its own conditions."""
    if mot := seule.reponse_courte:
        return mot
    reunies = [scenario for scenario in seule.scenarios if scenario.etat == "reunies"]
    if not reunies:
        return "pas à ce jour"
    courts = [scenario.nom.removeprefix("Scénario ").partition(" ")[0].partition(FINE)[0] for scenario in reunies]
    return "oui" + describe_scenarios(courts, len(seule.scenarios)).removeprefix(",")


def list_regle_publication(seuil: int) -> list[str]:
    """The rule of publication in plain words."""
    return [
        prose(texte)
        for texte in (
            "De ce qui est sous pli, on ne publie que des nombres de communes : ni nom, ni montant.",
            f"Rien n'est dit d'un groupe de moins de {seuil} communes : un nombre trop petit, ou trop proche du total, "
            "est remplacé par une fourchette.",
            "Un scénario trop proche d'un autre n'a pas son propre nombre : la différence des deux désignerait une "
            "commune.",
            "Ce qu'une commune a choisi de partager est montré sous son nom, mot pour mot.",
            "Ce qui réunirait les conditions d'une commune n'est montré qu'à elle.",
        )
    ]


def list_lignes_export(page: PageResultat) -> list[tuple[str, str, str, Case, Case, Case]]:
    """The published counts, one line each: never more than the page. A number that is not published says so."""
    lignes = []
    for dossier in page.dossiers:
        comptes = [("Conditions réunies", compte) for compte in dossier.scenarios]
        comptes += [("Position", compte) for compte in ([dossier.ouvertes] if dossier.ouvertes else [])]
        comptes += [("Position", compte) for compte in dossier.positions]
        for genre, compte in comptes:
            bas, haut = (compte.bas, compte.haut) if compte.publie else (NON_PUBLIE, NON_PUBLIE)
            lignes.append((dossier.titre, genre, compte.titre, bas, haut, compte.sur))
        if dossier.motif:
            lignes.append((dossier.titre, dossier.motif, "", NON_PUBLIE, NON_PUBLIE, None))
    return lignes


TITRES_EXPORT = ("Dossier", "Ce qui est compté", "Scénario ou position", "Au moins", "Au plus", "Sur")


def count_reponses(page: PageResultat) -> str:
    """« 22 communes ont répondu sur le dossier le plus suivi »: how many answered, in words."""
    most = max((dossier.reponses for dossier in page.dossiers), default=0)
    return prose(f"{pluriel(most, 'commune')} {accord(most, 'a répondu', 'ont répondu')}")
