"""The kit of the conseil municipal: a page before a round, a page after. The same words feed page, PDF and vœu.

Staff under five are always masked here, whoever reads: the paper is made to go round a council.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communaccord.plateforme.accords.enums import EtatTour
from communaccord.plateforme.accords.models import Partage, Tour, TourDossier
from communaccord.plateforme.accords.pages.resultat import Compte, DossierPublie, build_dossier, tell_partage
from communaccord.plateforme.dossiers.models import Scenario
from communaccord.plateforme.dossiers.pages.annee import compute_annee
from communaccord.plateforme.rapports.pages.contenu.chiffres import build_commune
from communaccord.plateforme.rapports.pages.contenu.effectifs import Effectif, read_effectifs, tell_trois
from communaccord.plateforme.rapports.pages.contenu.montants import PLUME, SANS_OBJET, write_ligne
from communaccord.plateforme.rapports.queries.kit import MatiereKit
from communaccord.plateforme.socle.typographie import accord, moment, pluriel
from communaccord.plateforme.territoires.models import CommuneMembre

AVANT, APRES = "avant", "apres"
MAX_TEXTE = 260
PAS_ENGAGE = (
    "Le conseil n'est pas engagé : son avis éclaire la réponse de la commune, et rien n'est décidé par ce tour."
)
NON_ECRIT = "Ce n'est pas encore écrit dans le dossier."
COLONNES = ("Scénario", "Aujourd'hui", "Ensuite", "Écart par an", "Agents de la commune")
NOTE = (
    "Estimations en euros par an, année de référence de chaque scénario ; moins de cinq agents ne sont pas détaillés."
)
HORS = "la commune n'est pas dans ce scénario"


@dataclass(frozen=True, slots=True)
class DossierKit:
    """One dossier for one commune. ``lignes``: one a scenario, under COLONNES. ``dits``: what was published of it."""

    titre: str
    phrase: str
    change: str = ""
    ne_change_pas: str = ""
    lignes: tuple[tuple[str, ...], ...] = ()
    dits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kit:
    """One page of paper. ``demandes``: what the commune shared, only when its mayor asks for it."""

    moment: str
    tour: str
    commune: str
    titre: str
    phrase: str
    engage: str
    dates: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    dossiers: tuple[DossierKit, ...]
    suite: tuple[str, ...]
    demandes: tuple[str, ...] = ()
    note: str = ""


def get_moment(tour: Tour) -> str:
    """The page that is of use now: before, or after once the result is published."""
    return APRES if tour.etat == EtatTour.DEPOUILLE else AVANT


def build_avant(matiere: MatiereKit, commune: CommuneMembre) -> Kit:
    """What is asked of the commune, and what its council may say of it."""
    tour, nombre = matiere.tour, len(matiere.liens)
    fuseau = tour.demarche.fuseau
    ont = accord(nombre, "Un dossier est soumis", f"{nombre} dossiers sont soumis")
    return Kit(
        moment=AVANT,
        tour=tour.titre,
        commune=commune.nom,
        titre=f"Avant le tour : {tour.titre}",
        phrase=f"{ont} aux communes : que souhaite votre conseil pour {commune.nom} ? Trois minutes de lecture.",
        engage=PAS_ENGAGE,
        dates=(
            ("Le tour ouvre", moment(tour.ouvre_le, fuseau, semaine=True)),
            ("Il se clôt", moment(tour.cloture_le, fuseau, semaine=True)),
        ),
        questions=(
            "Le conseil est-il plutôt favorable, favorable sous conditions, ou non, pour chaque dossier ?",
            "Quelles conditions voudrait-il que le ou la maire pose : un montant, un délai, une garantie de sortie ?",
        ),
        dossiers=tuple(build_dossier_avant(matiere, lien, commune) for lien in matiere.liens),
        suite=(
            "Le ou la maire répond au nom de la commune avant la clôture. Personne d'autre ne lit ce qui est sous pli.",
            "Le modèle de vœu joint est facultatif, et se modifie librement.",
        ),
        note=NOTE,
    )


def build_dossier_avant(matiere: MatiereKit, lien: TourDossier, commune: CommuneMembre) -> DossierKit:
    dossier, scenarios = lien.dossier, matiere.scenarios[lien.dossier_id]
    return DossierKit(
        titre=dossier.titre,
        phrase=shorten(dossier.service_apres),
        change=shorten(dossier.ce_qui_change) or NON_ECRIT,
        ne_change_pas=shorten(dossier.ce_qui_ne_change_pas) or NON_ECRIT,
        lignes=tuple(write_scenario(matiere, scenario, commune) for scenario in scenarios),
    )


def write_scenario(matiere: MatiereKit, scenario: Scenario, commune: CommuneMembre) -> tuple[str, ...]:
    """Under COLONNES: what the rapport would say of this scenario."""
    nom = f"{scenario.lettre} : {scenario.libelle}"
    effet = matiere.effets.get((scenario.pk, commune.pk))
    if effet is None or not effet.participe:
        return (nom, SANS_OBJET, SANS_OBJET, SANS_OBJET, HORS)
    annee = compute_annee(scenario.gel, matiere.contributions[scenario.pk], matiere.couts[scenario.pk])
    effectif = read_effectifs([effet], matiere.employeurs[scenario.pk]).communes[commune.pk]
    chiffres = build_commune(effet, effectif, annee)
    oublie = f" (dont {PLUME.write(chiffres.oublie)} de coûts souvent oubliés)" if chiffres.oublie else ""
    aujourdhui, ensuite, ecart = write_ligne(chiffres)
    return (nom, aujourdhui, f"{ensuite}{oublie}", ecart, write_agents(effectif))


def write_agents(effectif: Effectif) -> str:
    """Masked for everybody: ``8 aujourd'hui, moins de 5 rejoindraient le service``."""
    if effectif.avant is None:
        return "non connu"
    avant, concernes, apres = tell_trois(effectif)
    return f"{avant} aujourd'hui, {concernes} rejoindraient le service, {apres} ensuite"


def shorten(texte: str) -> str:
    """The first words of a text, for a page that holds: the dossier says the rest."""
    plain = " ".join(texte.split())
    if len(plain) <= MAX_TEXTE:
        return plain
    return f"{plain[:MAX_TEXTE].rsplit(' ', 1)[0].rstrip(' ,;:.')}… (suite dans le dossier)"


def build_apres(matiere: MatiereKit, commune: CommuneMembre, demandes: Sequence[Partage] = ()) -> Kit:
    """What was published: counts only. ``demandes``: what the mayor chose to tell of the commune's own."""
    tour, resultat = matiere.tour, matiere.resultat
    if resultat is None:
        raise ValueError("the plis of this round are not open")
    fuseau = tour.demarche.fuseau
    named = {row.pk: f"Scénario {row.lettre} : {row.libelle}" for rows in matiere.scenarios.values() for row in rows}
    published = resultat.publication["dossiers"]
    dossiers = [
        build_dossier(lien.dossier_id, lien.dossier.titre, published[str(lien.dossier_id)], named, ())
        for lien in matiere.liens
    ]
    most = max((dossier.reponses for dossier in dossiers), default=0)
    return Kit(
        moment=APRES,
        tour=tour.titre,
        commune=commune.nom,
        titre=f"Après le tour : {tour.titre}",
        phrase=f"{pluriel(most, 'commune')} sur {matiere.communes} {accord(most, 'a', 'ont')} répondu. "
        "On ne publie que des nombres de communes, jamais la réponse de l'une d'elles.",
        engage="Rien n'est décidé : ni le conseil ni la commune ne sont engagés par ce tour.",
        dates=(
            ("Le tour s'est clos", moment(tour.cloture_le, fuseau, semaine=True)),
            ("Résultat publié", moment(resultat.calcule_le, fuseau, semaine=True)),
        ),
        questions=(),
        dossiers=tuple(
            build_dossier_apres(matiere, dossier, lien, commune)
            for dossier, lien in zip(dossiers, matiere.liens, strict=True)
        ),
        suite=list_suite(matiere.suivant, fuseau),
        note=NOTE,
        demandes=tuple(tell_demande(row, named) for row in demandes),
    )


def list_suite(suivant: Tour | None, fuseau: str) -> tuple[str, ...]:
    """What comes next: another round when there is one, the instances, then the councils."""
    encore = ()
    if suivant is not None:
        encore = (
            f"Un nouveau tour, « {suivant.titre} », se clôt le {moment(suivant.cloture_le, fuseau, semaine=True)}.",
        )
    return (
        *encore,
        "Le résultat revient aux instances de l'intercommunalité, qui disent ce que devient chaque dossier.",
        "Si un dossier demande une délibération de la commune, c'est alors que le conseil municipal décidera.",
    )


def build_dossier_apres(
    matiere: MatiereKit, dossier: DossierPublie, lien: TourDossier, commune: CommuneMembre
) -> DossierKit:
    """What was published, after what each scenario changes for the commune."""
    comptes: list[Compte] = [*dossier.scenarios, *([dossier.ouvertes] if dossier.ouvertes else []), *dossier.positions]
    dits = tuple(f"{compte.titre} : {compte.bande}" for compte in comptes if compte.publie)
    lignes = tuple(write_scenario(matiere, scenario, commune) for scenario in matiere.scenarios[lien.dossier_id])
    return DossierKit(titre=dossier.titre, phrase=dossier.phrase, lignes=lignes, dits=dits)


def tell_demande(partage: Partage, named: Mapping[int, str]) -> str:
    """``Urbanisme : Condition : …``: word for word what the table already reads."""
    return f"{partage.dossier.titre} : {tell_partage(partage, {}, named)}"


def build_voeu(matiere: MatiereKit) -> dict[str, object]:
    """The model of vœu: everything that the council wishes is left to be chosen."""
    tour = matiere.tour
    cloture = moment(tour.cloture_le, tour.demarche.fuseau, semaine=True)
    return {
        "objet": f"Vœu sur le tour de consultation « {tour.titre} »",
        "contexte": [
            f"{tour.demarche.nom_epci} consulte les communes jusqu'au {cloture} sur les dossiers qui suivent.",
            "Le conseil municipal a pris connaissance de ce qui change et de ce qui ne change pas pour la commune.",
        ],
        "dossiers": [lien.dossier.titre for lien in matiere.liens],
        "choix": [
            "que la commune se dise favorable",
            "que la commune se dise favorable, sous les conditions suivantes",
            "que la commune ne se dise pas favorable",
        ],
        "engage": PAS_ENGAGE,
    }
