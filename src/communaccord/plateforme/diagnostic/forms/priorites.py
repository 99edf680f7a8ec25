"""The forms of the choice of priorities: what is asked, and the ballot of a commune, as typed then as read."""

from collections.abc import Mapping, Sequence
from datetime import date

from communaccord.plateforme.diagnostic.actions.priorites import ContenuPriorisation, list_fautes
from communaccord.plateforme.diagnostic.enums import MENTIONS, ModePriorisation
from communaccord.plateforme.diagnostic.models import BulletinPriorites, OptionPriorite, Priorisation
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

QUESTION = "Que faudrait-il partager d'abord ?"
LIBELLES = {
    "titre": "Titre",
    "question": "Question",
    "mode": "Comment choisir",
    "points": "Points",
    "fin": "Dernier jour",
    "options": "Options",
    "bulletin": "Bulletin",
}
SANS_JOUR = "Choisissez le dernier jour où les bulletins se déposent."
PAS_UN_NOMBRE = "Écrivez un nombre entier de points, ou laissez vide."
Proposees = Sequence[tuple[str, str]]


def fill_priorisation(priorisation: Priorisation | None, options: Sequence[str], jour: date) -> Saisie:
    """The form of a choice; of a new one, a question and the needs that the questionnaire asks about."""
    if priorisation is None:
        champs = {
            "titre": f"Priorités {jour.year}",
            "question": QUESTION,
            "mode": ModePriorisation.MENTIONS.value,
            "points": "10",
            "fin": "",
        }
    else:
        champs = {
            "titre": priorisation.titre,
            "question": priorisation.question,
            "mode": priorisation.mode,
            "points": str(priorisation.points),
            "fin": priorisation.fin.isoformat(),
        }
    return Saisie({**champs, "options": "\n".join(options)})


def parse_priorisation(saisie: Saisie, services: Mapping[str, str]) -> ContenuPriorisation | list[Anomalie]:
    """``services``: keys of the services by words: an option that keeps its words keeps its service."""
    fin = read_jour(saisie.texte("fin"))
    known = {fold(libelle): service for libelle, service in services.items()}
    lignes = [" ".join(ligne.split()) for ligne in saisie.texte("options").splitlines()]
    contenu = ContenuPriorisation(
        titre=" ".join(saisie.texte("titre").split()),
        question=" ".join(saisie.texte("question").split()),
        mode=saisie.texte("mode"),
        fin=fin or date.min,
        options=tuple((ligne, known.get(fold(ligne), "")) for ligne in lignes if ligne),
        points=read_entier(saisie.texte("points", "10")) or 0,
    )
    fautes = list_fautes(contenu) | ({} if fin else {"fin": SANS_JOUR})
    return build_anomalies(fautes) if fautes else contenu


def build_anomalies(fautes: Mapping[str, str]) -> list[Anomalie]:
    return [Anomalie(champ, LIBELLES.get(champ, "Bulletin"), message, "") for champ, message in fautes.items()]


def fold(texte: str) -> str:
    return " ".join(texte.casefold().replace("’", "'").split())


def read_jour(texte: str) -> date | None:
    try:
        return date.fromisoformat(texte.strip())
    except ValueError:
        return None


def read_entier(texte: str) -> int | None:
    """A whole number; None when it is none."""
    plain = "".join(texte.split())
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 6 else None


def name_champ(option: int) -> str:
    """The field of an option in the ballot."""
    return f"o{option}"


def fill_bulletin(priorisation: Priorisation, bulletin: BulletinPriorites | None) -> Saisie:
    """The ballot as it was last written: the draft."""
    notes = bulletin.brouillon if bulletin else {}
    return Saisie({name_champ(int(o)): write_note(priorisation, note) for o, note in notes.items()})


def write_note(priorisation: Priorisation, note: int) -> str:
    """The value of a field for a grade; no point is an empty field."""
    if priorisation.est_a_points:
        return str(note) if note else ""
    return MENTIONS[note].value


def parse_bulletin(
    priorisation: Priorisation, options: Sequence[OptionPriorite], saisie: Saisie
) -> dict[int, int] | list[Anomalie]:
    """The grades given; options left empty are left out."""
    grades = {mention.value: note for note, mention in enumerate(MENTIONS)}
    choix, anomalies = {}, []
    for option in options:
        texte = saisie.texte(name_champ(option.pk)).strip()
        if not texte:
            continue
        note = read_entier(texte) if priorisation.est_a_points else grades.get(texte)
        if note is None:
            anomalies.append(Anomalie(name_champ(option.pk), option.libelle, PAS_UN_NOMBRE, ""))
        else:
            choix[option.pk] = note
    return anomalies or choix


def list_mentions() -> list[dict[str, str]]:
    """From the highest to the lowest, to tick."""
    return [{"valeur": mention.value, "libelle": mention.label} for mention in reversed(MENTIONS)]


def list_modes() -> list[dict[str, str]]:
    return [
        {
            "valeur": ModePriorisation.MENTIONS.value,
            "libelle": "Une mention par option",
            "aide": "Indispensable, utile ou secondaire ; l'ordre vient du jugement majoritaire.",
        },
        {
            "valeur": ModePriorisation.POINTS.value,
            "libelle": "Des points à répartir",
            "aide": "Chaque commune place le même nombre de points ; l'ordre vient de la méthode de Borda.",
        },
    ]
