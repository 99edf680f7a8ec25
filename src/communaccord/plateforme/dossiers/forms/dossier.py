"""The words of a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.dossiers.actions import ContenuDossier
from communaccord.plateforme.dossiers.enums import Domaine
from communaccord.plateforme.dossiers.forms.champs import Texte, check_textes
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

MAX_TEXTE = 4_000
TEXTES = (
    Texte("titre", "Titre", 150),
    Texte("unite", "Unité d'œuvre", 80),
    Texte("pilote", "Piloté par", 150),
    Texte("objectif", "Objectif servi", MAX_TEXTE),
    Texte("service_avant", "Service aujourd'hui", MAX_TEXTE),
    Texte("service_apres", "Service demain", MAX_TEXTE),
    Texte("ce_qui_change", "Ce qui change", MAX_TEXTE),
    Texte("ce_qui_ne_change_pas", "Ce qui ne change pas", MAX_TEXTE),
    Texte("sortie", "Comment on en sort", MAX_TEXTE),
)
NOMS = tuple(texte.nom for texte in TEXTES)
LISTES = ("objectifs",)


@dataclass(frozen=True, slots=True)
class Changement:
    """A field that somebody else wrote meanwhile: its label and what is recorded now."""

    nom: str
    libelle: str
    enregistre: str


def fill_saisie(dossier: Dossier | None = None) -> Saisie:
    """The form of a dossier, or an empty one."""
    if dossier is None:
        return Saisie({"domaine": Domaine.LIBRE})
    champs = {nom: getattr(dossier, nom) for nom in NOMS}
    champs |= {"domaine": dossier.domaine, "porteur": str(dossier.porteur_id or "")}
    champs["sensible"] = "oui" if dossier.sensible else ""
    return Saisie(champs, {"objectifs": tuple(str(objectif.pk) for objectif in dossier.objectifs.all())})


def parse_saisie(saisie: Saisie, porteurs: Sequence[Mandat]) -> ContenuDossier | list[Anomalie]:
    """The words of the dossier, or what is to be mended."""
    anomalies = check_textes(saisie, TEXTES)
    if not saisie.texte("titre").strip():
        anomalies.append(Anomalie("titre", "Titre", "il manque.", "Dites en quelques mots de quel service il s'agit."))
    if saisie.texte("domaine") not in Domaine.values:
        anomalies.append(Anomalie("domaine", "Domaine", "il n'est pas dans la liste.", "Choisissez-en un."))
    choisi = saisie.texte("porteur")
    porteur = next((mandat for mandat in porteurs if str(mandat.pk) == choisi), None)
    if choisi and porteur is None:
        message = "cette personne n'est pas, ou n'est plus, une élue ou un élu de la démarche."
        anomalies.append(Anomalie("porteur", "Porté politiquement par", message, "Choisissez dans la liste."))
    objectifs = saisie.codes("objectifs")
    if not all(pk.isascii() and pk.isdigit() and len(pk) < 16 for pk in objectifs):
        anomalies.append(Anomalie("objectifs", "Objectifs servis", "il y en a un d'inconnu.", "Cochez dans la liste."))
    if anomalies:
        return anomalies
    return ContenuDossier(
        objectifs=tuple(map(int, objectifs)),
        **{nom: saisie.texte(nom).strip() for nom in NOMS},
        domaine=saisie.texte("domaine"),
        porteur=porteur,
        sensible=saisie.texte("sensible") == "oui",
    )


def list_changements(saisie: Saisie, actuel: Dossier) -> list[Changement]:
    """Fields where what is recorded now differs from what was typed."""
    recorded = fill_saisie(actuel)
    objectifs = []
    if set(recorded.codes("objectifs")) != set(saisie.codes("objectifs")):
        titres = ", ".join(objectif.titre for objectif in actuel.objectifs.all()) or "(aucun)"
        objectifs.append(Changement("objectifs", "Objectifs du projet de territoire", titres))
    return objectifs + [
        Changement(texte.nom, texte.libelle, recorded.texte(texte.nom) or "(vide)")
        for texte in TEXTES
        if normalize(recorded.texte(texte.nom)) != normalize(saisie.texte(texte.nom))
    ]


def normalize(texte: str) -> str:
    """A browser sends line ends its own way."""
    return texte.replace("\r\n", "\n").strip()
