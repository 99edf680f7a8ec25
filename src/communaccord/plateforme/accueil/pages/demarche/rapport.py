"""What the rapport awaits: its validation by the president, then its transmission by the équipe projet."""

from collections.abc import Iterator
from datetime import date, datetime, time

from communaccord.plateforme.accueil.bridge.dates import compute_dernier_depart
from communaccord.plateforme.accueil.pages.demarche.chez_moi import Attente
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.rapports.queries import find_derniere
from communaccord.plateforme.rapports.rules import LOI, may_validate
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import prose


def list_rapport(acteur: Acteur, jour: date) -> Iterator[Attente]:
    """One line at most; one query, for the president and the équipe projet only. ``jour``: today."""
    if not (acteur.est_equipe or may_validate(acteur)):
        return
    version = find_derniere(acteur)
    if version is None:
        return
    if not version.est_validee:
        if may_validate(acteur):
            phrase = f"La version {version.numero} du rapport est figée : elle attend votre validation."
            yield Attente(prose(phrase), "Relire et valider", chemin(acteur, "rapports:version", version.pk))
        return
    seance = acteur.demarche.approbation_visee
    if acteur.est_equipe and (seance is None or jour < seance):
        yield write_transmission(acteur, version.pk, version.numero, seance)


def write_transmission(acteur: Acteur, pk: int, numero: int, seance: date | None) -> Attente:
    """What comes after the validation, and the last day that leaves the councils their months."""
    debut = f"La version {numero} du rapport est validée : transmettez-la à chaque conseil municipal"
    adresse = chemin(acteur, "rapports:courriers", pk)
    if seance is None:
        phrase = f"{debut}, qui a {LOI.mois_avis} mois. Dites quel conseil est visé : la dernière date utile en vient."
        return Attente(prose(phrase), "Lettres et délibérations", adresse)
    depart = compute_dernier_depart(seance)
    phrase = (
        f"{debut}. Reçue le {write_date(depart)} au plus tard, elle laisse à chacun ses {LOI.mois_avis} mois avant le "
        f"conseil du {write_date(seance)}."
    )
    echeance = datetime.combine(depart, time(), acteur.demarche.zone)
    return Attente(prose(phrase), "Lettres et délibérations", adresse, echeance, jour_entier=True)
