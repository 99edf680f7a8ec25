"""The form of the précadrage, and that of a decision taken elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from communaccord.plateforme.projet.actions.cadre import INSTANCE_MAX, ContenuCadre
from communaccord.plateforme.projet.catalogue import CATALOGUE
from communaccord.plateforme.projet.enums.cadre import TEXTES_CADRE, FormeEcartee
from communaccord.plateforme.projet.forms.champs import check_longueur, read_annee, read_jour
from communaccord.plateforme.projet.lecture.cadre import ChampLu, Commune, normalize, read_champs
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

TEXTE_MAX = 8_000
LISTES = ("formes_exclues", "codes_communes")
INCLUS, EXCLUS = "inclus", "exclus"
TOUTES, CERTAINES = "toutes", "certaines"
ANNEES = (("annee_debut", "Première année"), ("annee_fin", "Dernière année"))


def fill_saisie(cadre: Cadre) -> Saisie:
    """The form of a version."""
    champs = {nom: getattr(cadre, nom) for nom, _, _ in TEXTES_CADRE}
    champs |= {f"service-{service.cle}": get_sort(cadre, service.cle) for service in CATALOGUE}
    champs |= {nom: str(getattr(cadre, nom) or "") for nom, _ in ANNEES}
    champs["communes"] = TOUTES if cadre.toutes_communes else CERTAINES
    listes = {nom: tuple(getattr(cadre, nom)) for nom in LISTES}
    return Saisie(champs, listes)


def get_sort(cadre: Cadre, cle: str) -> str:
    """Whether a service is studied, excluded, or nothing was said of it."""
    if cle in cadre.services_inclus:
        return INCLUS
    return EXCLUS if cle in cadre.services_exclus else ""


def list_services(saisie: Saisie, sort: str) -> tuple[str, ...]:
    return tuple(s.cle for s in CATALOGUE if saisie.texte(f"service-{s.cle}") == sort)


def parse_saisie(saisie: Saisie, communes: Sequence[Commune]) -> ContenuCadre | list[Anomalie]:
    """What the version says, or what is to be mended."""
    anomalies: list[Anomalie] = []
    for nom, libelle, _ in TEXTES_CADRE:
        anomalies += check_longueur(saisie, nom, libelle, TEXTE_MAX)
    debut, fin = (read_annee(saisie, nom, libelle, anomalies) for nom, libelle in ANNEES)
    if debut is not None and fin is not None and fin < debut:
        message = f"{fin} vient avant {debut}."
        anomalies.append(Anomalie("annee_fin", "Dernière année", message, "Corrigez l'une des deux."))
    known = {commune.code for commune in communes}
    codes = tuple(code for code in saisie.codes("codes_communes") if code in known)
    toutes = saisie.texte("communes") != CERTAINES
    if not toutes and not codes:
        message = "aucune n'est cochée."
        que_faire = "Cochez celles qui sont concernées, ou dites qu'elles le sont toutes."
        anomalies.append(Anomalie("codes_communes", "Communes concernées", message, que_faire))
    if anomalies:
        return anomalies
    return ContenuCadre(
        **{nom: normalize(saisie.texte(nom)) for nom, _, _ in TEXTES_CADRE},
        services_inclus=list_services(saisie, INCLUS),
        services_exclus=list_services(saisie, EXCLUS),
        formes_exclues=tuple(f.value for f in FormeEcartee if f.value in saisie.codes("formes_exclues")),
        toutes_communes=toutes,
        codes_communes=codes,
        annee_debut=debut,
        annee_fin=fin,
    )


def list_changements(contenu: ContenuCadre, actuel: Cadre, communes: Sequence[Commune]) -> list[tuple[str, str]]:
    """Fields where what is recorded now differs from what was typed: label and what is recorded."""
    typed, recorded = read_champs(contenu, communes), read_champs(actuel, communes)
    return [
        (new.libelle, write_champ(new))
        for old, new in zip(typed, recorded, strict=True)
        if (normalize(old.texte), old.elements) != (normalize(new.texte), new.elements)
    ]


def write_champ(champ: ChampLu) -> str:
    return champ.texte or ", ".join(champ.elements) or "(vide)"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an instance decided elsewhere: the day and its name."""

    jour: date
    instance: str


def parse_decision(saisie: Saisie) -> Decision | list[Anomalie]:
    """The day and the instance, or what is to be mended."""
    anomalies: list[Anomalie] = []
    jour = read_jour(saisie, "jour", "Date", anomalies)
    instance = saisie.texte("instance").strip()
    anomalies += check_longueur(saisie, "instance", "Instance", INSTANCE_MAX)
    if not instance:
        que_faire = "Écrivez son nom, par exemple « Comité de pilotage »."
        anomalies.append(Anomalie("instance", "Instance", "elle manque.", que_faire))
    return anomalies if anomalies or jour is None else Decision(jour, instance)
