"""What comes with a file: the file itself, its year; then, from the preview, what is to be written, signed by us.

Between the preview and the confirmation nothing is kept by the site: the page carries what was read, and its seal says
that it was read here, by this actor, less than a day ago.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core import signing

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.classeurs import Reprise
from communaccord.plateforme.diagnostic.calculs.valeurs import ANNEE_ILLISIBLE, ANNEES, ReponseSaisie
from communaccord.plateforme.diagnostic.lecture.types import Donnee
from communaccord.plateforme.socle.permis import Conflit

UN_JOUR = 24 * 3600
PERDU = "L'aperçu s'est perdu en route, ou date de plus d'un jour : relisez le fichier."
SANS_FICHIER = "Choisissez un fichier."
PUBLIQUES, CLASSEURS = "publiques", "classeurs"


class Envoye(Protocol):
    """An uploaded file."""

    name: str | None

    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Depot:
    """A file and its year as they came; ``erreurs``: what is to be mended, by field."""

    nom: str = ""
    contenu: bytes = b""
    annee: int | None = None
    annee_saisie: str = ""
    erreurs: tuple[tuple[str, str], ...] = ()


def read_depot(champs: Mapping[str, str], fichiers: Mapping[str, Envoye]) -> Depot:
    """The file sent and the year typed beside it, if any."""
    fichier, saisie = fichiers.get("fichier"), champs.get("annee", "").strip()
    erreurs = [] if fichier else [("fichier", SANS_FICHIER)]
    annee = int(saisie) if saisie.isascii() and saisie.isdigit() and len(saisie) == 4 else None
    if saisie and (annee is None or not ANNEES[0] <= annee <= ANNEES[1]):
        erreurs.append(("annee", ANNEE_ILLISIBLE))
    nom = (fichier.name or "")[:120] if fichier else ""
    return Depot(nom, fichier.read() if fichier else b"", annee, saisie[:20], tuple(erreurs))


def seal(acteur: Acteur, nature: str, data: object) -> str:
    """Text that a page carries from the preview to the confirmation."""
    return signing.dumps(data, salt=build_sel(acteur, nature), compress=True)


def unseal(acteur: Acteur, nature: str, texte: str) -> Any:
    """What was sealed. Errors: Conflit when it was not, here and lately, for this actor."""
    try:
        return signing.loads(texte, salt=build_sel(acteur, nature), max_age=UN_JOUR)
    except signing.BadSignature as erreur:
        raise Conflit(PERDU) from erreur


def build_sel(acteur: Acteur, nature: str) -> str:
    return f"diagnostic.{nature}.{acteur.demarche_id}.{acteur.mandat_id}"


def seal_publiques(acteur: Acteur, source: str, donnees: Sequence[Donnee]) -> str:
    lignes = [[donnee.code, str(donnee.cle), donnee.annee, donnee.centiemes] for donnee in donnees]
    return seal(acteur, PUBLIQUES, {"source": source, "donnees": lignes})


def unseal_publiques(acteur: Acteur, texte: str) -> tuple[str, list[Donnee]]:
    data = unseal(acteur, PUBLIQUES, texte)
    return data["source"], [Donnee(*ligne) for ligne in data["donnees"]]


def seal_reprises(acteur: Acteur, reprises: Sequence[Reprise]) -> str:
    data = [
        [reprise.fiche_id, [[pk, version, list_champs(reponse)] for pk, version, reponse in reprise.reponses]]
        for reprise in reprises
    ]
    return seal(acteur, CLASSEURS, data)


def list_champs(reponse: ReponseSaisie) -> list[object]:
    valeurs = {str(colonne): valeur for colonne, valeur in reponse.valeurs.items()}
    return [valeurs, reponse.inconnu, reponse.annee, reponse.source, str(reponse.qualite), reponse.commentaire]


def unseal_reprises(acteur: Acteur, texte: str) -> list[Reprise]:
    return [
        Reprise(fiche, tuple((pk, version, ReponseSaisie(*champs)) for pk, version, champs in reponses))
        for fiche, reponses in unseal(acteur, CLASSEURS, texte)
    ]
