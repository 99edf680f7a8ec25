"""What prepares a round, as it is typed: title, rule, scenarios, dates in the zone of the démarche, who opens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from communaccord.plateforme.accords.enums import ModeOuverture
from communaccord.plateforme.accords.forms.elements import Anomalie
from communaccord.plateforme.accords.models import RegleDuJeu, Tour
from communaccord.plateforme.socle.typographie import prose

LONGUEUR_TITRE = 150
LONGUEUR_MOTIF = 500
HEURE = "18:00"
DUREE = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class SaisieTour:
    """The fields as typed: dates as ``2026-12-04``, hours as ``18:00``, scenarios by identifier, in their order."""

    titre: str = ""
    regle: str = ""
    precedent: str = ""
    ouvre_jour: str = ""
    ouvre_heure: str = "09:00"
    cloture_jour: str = ""
    cloture_heure: str = HEURE
    mode: str = ""
    scenarios: tuple[str, ...] = ()


def start_saisie(jour: date, regle: RegleDuJeu | None, numero: int, precedent: Tour | None) -> SaisieTour:
    """A form already useful: opens in a week, three weeks to answer, as the rule says."""
    ouvre = jour + timedelta(days=7)
    return SaisieTour(
        titre=f"Tour de consultation n° {numero}",
        regle=str(regle.pk) if regle else "",
        precedent=str(precedent.pk) if precedent else "",
        ouvre_jour=ouvre.isoformat(),
        cloture_jour=(ouvre + DUREE).isoformat(),
        mode=regle.mode_ouverture if regle else ModeOuverture.HORLOGE,
    )


def fill_saisie(tour: Tour, scenarios: Iterable[int]) -> SaisieTour:
    """The form of a round that is being prepared."""
    zone = tour.demarche.zone
    ouvre, cloture = tour.ouvre_le.astimezone(zone), tour.cloture_le.astimezone(zone)
    return SaisieTour(
        titre=tour.titre,
        regle=str(tour.regle_id),
        precedent=str(tour.precedent_id or ""),
        ouvre_jour=ouvre.date().isoformat(),
        ouvre_heure=f"{ouvre:%H:%M}",
        cloture_jour=cloture.date().isoformat(),
        cloture_heure=f"{cloture:%H:%M}",
        mode=tour.mode,
        scenarios=tuple(str(pk) for pk in scenarios),
    )


def read_saisie_tour(donnees: Mapping[str, str], scenarios: Iterable[str]) -> SaisieTour:
    """Read the form; ``scenarios``: the ticked values."""
    texte = {nom: donnees.get(nom, "").strip()[:LONGUEUR_TITRE] for nom in SaisieTour.__dataclass_fields__}
    return SaisieTour(**{**texte, "scenarios": tuple(scenarios)})


@dataclass(frozen=True, slots=True)
class Reglages:
    """What the form says, once read."""

    ouvre_le: datetime
    cloture_le: datetime


def check_saisie_tour(saisie: SaisieTour, zone: ZoneInfo) -> Reglages | list[Anomalie]:
    """The two instants, or what is wrong in the form."""
    anomalies = []
    if not saisie.titre:
        anomalies.append(Anomalie("titre", "Donnez un titre au tour, par exemple « Tour de consultation n° 1 »."))
    if not saisie.scenarios:
        anomalies.append(Anomalie("scenarios", "Cochez au moins un scénario."))
    if not saisie.regle:
        anomalies.append(Anomalie("regle", "Choisissez la version de la règle du jeu."))
    if saisie.mode not in ModeOuverture.values:
        anomalies.append(Anomalie("mode", "Dites comment les plis sont ouverts."))
    ouvre = parse_instant(saisie.ouvre_jour, saisie.ouvre_heure, zone)
    cloture = parse_instant(saisie.cloture_jour, saisie.cloture_heure, zone)
    if ouvre is None:
        anomalies.append(Anomalie("ouvre_jour", "Donnez le jour et l'heure de l'ouverture."))
    if cloture is None:
        anomalies.append(Anomalie("cloture_jour", "Donnez le jour et l'heure de la clôture."))
    if ouvre is not None and cloture is not None and cloture <= ouvre:
        anomalies.append(Anomalie("cloture_jour", "La clôture vient avant l'ouverture : vérifiez les deux dates."))
    if anomalies or ouvre is None or cloture is None:
        return [Anomalie(anomalie.id, prose(anomalie.message)) for anomalie in anomalies]
    return Reglages(ouvre, cloture)


def parse_instant(jour: str, heure: str, zone: ZoneInfo) -> datetime | None:
    """A day and an hour where the people live; None when one of them cannot be read."""
    try:
        return datetime.combine(date.fromisoformat(jour), time.fromisoformat(heure), tzinfo=zone)
    except ValueError:
        return None
