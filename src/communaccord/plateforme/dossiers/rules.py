"""Who may do what with a dossier, who reads what: pure functions of an actor and an object, without any query."""

from typing import Any

from communaccord.plateforme.comptes.enums import EQUIPE, EXECUTIF, MAIRIE, Role
from communaccord.plateforme.dossiers.enums import MODIFIABLES, PETIT_EFFECTIF, EtatDossier, Lecture
from communaccord.plateforme.socle.permis import PERMIS, Decision, Refus

# Who prepares dossiers and scenarios.
PREPARENT = EQUIPE | {Role.CONSULTANT}
# Who reads a dossier before it is presented.
LISENT_LES_BROUILLONS = PREPARENT | {Role.DIRECTION, Role.DRH}
# Once presented: the amounts of every commune, or only the words and the totals. Documents are préparatoires until the
# council decides (CRPA L311-2): the circle is that of those who prepare the decision or vote it.
LISENT_TOUT = LISENT_LES_BROUILLONS | EXECUTIF | MAIRIE | {Role.CONSEILLER_COMMUNAUTAIRE}
LISENT_LEUR_COMMUNE = frozenset({Role.CONSEILLER_MUNICIPAL})
LISENT_LES_TEXTES = frozenset({Role.REPRESENTANT_PERSONNEL, Role.AGENT, Role.OBSERVATEUR})
SAISISSENT_PARTOUT = PREPARENT | {Role.DIRECTION}
LISENT_LES_EFFECTIFS = EQUIPE | {Role.DRH}

SANS_PREPARER = "L'équipe projet prépare les dossiers ; vous pouvez lui signaler ce qui manque."
SANS_CONCLURE = "L'équipe projet retire, conclut ou rouvre un dossier, après l'instance qui l'a examiné."


def get_lecture(acteur: Any, dossier: Any) -> Lecture:
    """How much of ``dossier`` this actor reads; of another démarche, nothing."""
    if acteur.demarche_id != dossier.demarche_id:
        return Lecture.RIEN
    if acteur.role in LISENT_LES_BROUILLONS or is_porteur(acteur, dossier):
        return Lecture.TOUT
    if dossier.etat in (EtatDossier.PRESENTE, EtatDossier.CONCLU):
        return get_lecture_publique(acteur.role)
    collecte = dossier.etat == EtatDossier.BROUILLON and dossier.collecte_ouverte
    return Lecture.COLLECTE if collecte and acteur.role in MAIRIE else Lecture.RIEN


def get_lecture_publique(role: str) -> Lecture:
    """What a role reads of a dossier that was presented."""
    if role in LISENT_TOUT:
        return Lecture.TOUT
    if role in LISENT_LEUR_COMMUNE:
        return Lecture.MA_COMMUNE
    return Lecture.TEXTES if role in LISENT_LES_TEXTES else Lecture.RIEN


def is_porteur(acteur: Any, dossier: Any) -> bool:
    """The political porter reads the dossier while it is being prepared."""
    return acteur.mandat_id is not None and acteur.mandat_id == dossier.porteur_id


def reads_commune(acteur: Any, dossier: Any, commune_id: int) -> bool:
    """Whether the amounts of this commune are shown to this actor."""
    lecture = get_lecture(acteur, dossier)
    return lecture == Lecture.TOUT or (lecture == Lecture.MA_COMMUNE and acteur.commune_id == commune_id)


def reads_effectifs(acteur: Any, commune_id: int) -> bool:
    """Whether staff figures are shown whatever their size: that commune's mairie, the DRH and the équipe projet."""
    return acteur.role in LISENT_LES_EFFECTIFS or (acteur.role in MAIRIE and acteur.commune_id == commune_id)


def may_prepare(acteur: Any) -> Decision:
    """Create, edit, freeze, present."""
    return PERMIS if acteur.role in PREPARENT else Refus(SANS_PREPARER)


def may_conclude(acteur: Any) -> Decision:
    """Withdraw, conclude, open again: acts that follow what an instance said."""
    return PERMIS if acteur.role in EQUIPE else Refus(SANS_CONCLURE)


def may_enter(acteur: Any, dossier: Any, commune_id: int) -> Decision:
    """Enter the figures of a commune: those who prepare and the directions for all, a mairie for its own."""
    if acteur.demarche_id != dossier.demarche_id:
        return Refus("Ce dossier est celui d'une autre démarche.")
    if dossier.etat not in MODIFIABLES:
        return Refus("Ce dossier est terminé : ses chiffres ne changent plus.")
    if acteur.role in SAISISSENT_PARTOUT:
        return PERMIS
    if acteur.role not in MAIRIE:
        return Refus("Les chiffres d'une commune sont donnés par sa mairie ou par l'équipe projet.")
    if acteur.commune_id != commune_id:
        return Refus("Chaque mairie donne les chiffres de sa commune.")
    if dossier.etat == EtatDossier.BROUILLON and not dossier.collecte_ouverte:
        return Refus("L'équipe projet n'a pas encore ouvert la collecte des chiffres de ce dossier.")
    return PERMIS


def may_replace(acteur: Any, donnees: Any) -> Decision:
    """A direction proposes: it never writes over what a mairie has given itself."""
    if acteur.role == Role.DIRECTION and donnees.par_la_commune:
        return Refus("La mairie a donné ces chiffres elle-même : signalez-lui ce qui vous semble à revoir.")
    return PERMIS


def list_manques(dossier: Any, *, scenarios_figes: int) -> list[tuple[str, str]]:
    """What is to be written before the dossier can be presented: (field, sentence). Empty when it is ready."""
    attendus = (
        ("objectif", "l'objectif du projet de territoire qu'il sert"),
        ("porteur", "l'élu ou l'élue qui le porte"),
        ("service_avant", "le service rendu aux habitants et aux habitantes aujourd'hui"),
        ("service_apres", "le service qui leur serait rendu demain"),
        ("ce_qui_change", "ce qui change pour le ou la maire"),
        ("ce_qui_ne_change_pas", "ce qui ne change pas pour le ou la maire"),
        ("sortie", "comment une commune peut en sortir"),
    )
    manques = [(champ, libelle) for champ, libelle in attendus if not getattr(dossier, get_attribut(champ))]
    if not scenarios_figes:
        manques.append(("scenarios", "au moins un scénario figé"))
    return manques


def get_attribut(champ: str) -> str:
    """The column that says whether the field is filled in, without loading what it points to."""
    return "porteur_id" if champ == "porteur" else champ


def mask_effectifs(*effectifs: int | None) -> tuple[str, ...]:
    """Staff figures of one commune as they are told to the others, all at once.

    When one of them counts one to four people, none is told exactly, so that no difference gives it away.
    """
    if any(nombre is not None and 0 < nombre < PETIT_EFFECTIF for nombre in effectifs):
        return tuple(write_tranche(nombre) for nombre in effectifs)
    return tuple("inconnu" if nombre is None else str(nombre) for nombre in effectifs)


def write_tranche(nombre: int | None) -> str:
    if nombre is None:
        return "inconnu"
    if nombre == 0:
        return "0"
    return f"moins de {PETIT_EFFECTIF}" if nombre < PETIT_EFFECTIF else f"{PETIT_EFFECTIF} ou plus"
