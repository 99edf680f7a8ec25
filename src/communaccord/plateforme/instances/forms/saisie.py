"""What is typed during a séance and after it: answers, presence, conclusions, votes, follow-up of the councils."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from communaccord.plateforme.instances.actions import LignePresence, SaisieReserve, SaisieSuite
from communaccord.plateforme.instances.enums import Majorite, ModeScrutin, Reponse, SensAvis, Voix
from communaccord.plateforme.instances.forms.champs import (
    Formulaire,
    build_choix,
    build_date,
    build_entier,
    build_texte,
)
from communaccord.plateforme.instances.queries import LigneFeuille
from communaccord.plateforme.territoires.models import CommuneMembre

LIGNES_LIBRES = 3
LIGNES_MAX = 200
CONCLUSION_MAX = 8000
REPONSES = [(value, label) for value, label in Reponse.choices if value != Reponse.ATTENDUE]


class FormReponse(Formulaire):
    """Answer to a convocation."""

    reponse = build_choix("Votre réponse", REPONSES)
    par_qui = build_texte("Par qui, si vous êtes représenté ou représentée", 150, required=False)


class FormMotif(Formulaire):
    """Why: read by those it concerns."""

    motif = build_texte("Pourquoi", 300)


class FormComptes(Formulaire):
    """Members of a council at its opening."""

    en_exercice = build_entier("Membres en exercice", minimum=1, maximum=500, unite="membres")
    presents = build_entier("Membres présents", maximum=500, unite="membres")
    pouvoirs = build_entier("Pouvoirs", maximum=500, unite="pouvoirs", initial=0)


class FormVote(Formulaire):
    """A vote as the procès-verbal says it."""

    date = build_date("Date de la délibération", required=True)
    numero = build_texte("Numéro", 40, required=False)
    en_exercice = build_entier("Membres en exercice", minimum=1, maximum=500, unite="membres")
    presents = build_entier("Membres présents", maximum=500, unite="membres")
    pouvoirs = build_entier("Pouvoirs", maximum=500, unite="pouvoirs", initial=0)
    exclus = build_entier("N'ont pas pris part, ayant un intérêt à l'affaire", maximum=500, unite="membres", initial=0)
    pour = build_entier("Pour", maximum=1000, unite="voix")
    contre = build_entier("Contre", maximum=1000, unite="voix")
    abstentions = build_entier("Abstentions", maximum=1000, unite="voix", initial=0)
    blancs = build_entier("Bulletins blancs ou nuls", maximum=1000, unite="bulletins", initial=0)
    mode = build_choix("Mode de scrutin", ModeScrutin.choices)
    majorite = build_choix("Majorité requise", Majorite.choices)
    vote_presidence = build_choix(
        "Voix de la présidence", Voix.choices, required=False, aide="Elle départage, sauf au scrutin secret."
    )
    adoptee = build_choix("Résultat du procès-verbal", [("oui", "adoptée"), ("non", "rejetée")])
    fichier = forms.FileField(
        label="Délibération (PDF)",
        required=False,
        help_text="6 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"empty": "Ce fichier est vide. Choisissez le PDF de la délibération."},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def get_valeurs(self) -> dict[str, Any]:
        """What ``SaisieVote`` takes."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("fichier", "version")}
        values["adoptee"] = values["adoptee"] == "oui"
        return values


class FormSuivi(Formulaire):
    """What a council received and said."""

    transmis_le = build_date("Transmis au conseil le")
    seance_le = build_date("Séance du")
    numero = build_texte("Numéro de la délibération", 40, required=False)
    sens = build_choix("Sens", SensAvis.choices, required=False)
    fichier = forms.FileField(
        label="Délibération (PDF)",
        required=False,
        help_text="6 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"empty": "Ce fichier est vide. Choisissez le PDF de la délibération."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def read_fichier(form: Formulaire) -> dict[str, Any]:
    """Name and bytes of the file sent, when there is one."""
    sent = form.cleaned_data.get("fichier")
    return {"nom_fichier": sent.name, "contenu": sent.read()} if sent else {}


def read_presences(data: Mapping[str, str], lignes: Sequence[LigneFeuille]) -> list[LignePresence]:
    """The lines of the sheet that the page sent: what is chosen, and what was shown."""
    return [
        LignePresence(
            cle=ligne.cle,
            etat=data.get(f"etat-{ligne.cle}", ""),
            par_qui=data.get(f"par-{ligne.cle}", "").strip()[:150],
            avant=data.get(f"avant-{ligne.cle}", ""),
            par_qui_avant=data.get(f"par-avant-{ligne.cle}", ""),
        )
        for ligne in lignes
        if f"avant-{ligne.cle}" in data
    ]


@dataclass(frozen=True, slots=True)
class SaisieConclusion:
    """What was typed of an item, even wrong: nothing is lost. ``erreurs``: field and sentence."""

    version: int
    conclusion: str
    reserves: list[tuple[str, str]]
    suites: list[tuple[str, str, str]]
    erreurs: list[dict[str, str]]
    valeurs: dict[str, Any]


def read_conclusion(data: Mapping[str, str], communes: Sequence[CommuneMembre], prefixe: str) -> SaisieConclusion:
    """The conclusion of an item, its reservations and follow-ups; ``prefixe`` starts the name of each field."""
    erreurs: list[dict[str, str]] = []
    by_pk = {str(commune.pk): commune for commune in communes}
    ranks = range(min(read_entier(data.get(f"{prefixe}lignes", ""), LIGNES_LIBRES), LIGNES_MAX))
    reserves = [(data.get(f"{prefixe}commune-{i}", ""), data.get(f"{prefixe}reserve-{i}", "").strip()) for i in ranks]
    suites = [
        (
            data.get(f"{prefixe}action-{i}", "").strip(),
            data.get(f"{prefixe}qui-{i}", "").strip(),
            data.get(f"{prefixe}quand-{i}", ""),
        )
        for i in ranks
    ]
    conclusion = data.get(f"{prefixe}conclusion", "").strip()
    if len(conclusion) > CONCLUSION_MAX:
        erreurs.append(
            {"id": f"{prefixe}conclusion", "message": f"La conclusion tient en {CONCLUSION_MAX} caractères."}
        )
    valeurs = {
        "conclusion": conclusion,
        "reserves": read_reserves(reserves, by_pk, prefixe, erreurs),
        "suites": read_suites(suites, prefixe, erreurs),
    }
    version = read_entier(data.get(f"{prefixe}version", ""), -1)
    return SaisieConclusion(version, conclusion, reserves, suites, erreurs, valeurs)


def read_entier(text: str, default: int) -> int:
    """A count or a version sent by the page; what is not one is not believed."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def read_reserves(
    rows: list[tuple[str, str]], communes: Mapping[str, CommuneMembre], prefixe: str, erreurs: list[dict[str, str]]
) -> list[SaisieReserve]:
    read = []
    for i, (commune, texte) in enumerate(rows):
        if not commune and not texte:
            continue
        if commune not in communes or not texte or len(texte) > 500:
            message = "Une réserve dit la commune et son texte, en 500 caractères au plus."
            erreurs.append({"id": f"{prefixe}reserve-{i}", "message": message})
            continue
        read.append(SaisieReserve(communes[commune], texte))
    return read


def read_suites(rows: list[tuple[str, str, str]], prefixe: str, erreurs: list[dict[str, str]]) -> list[SaisieSuite]:
    read = []
    for i, (action, qui, quand) in enumerate(rows):
        if not (action or qui or quand):
            continue
        jour = read_jour(quand)
        if not action or not qui or len(action) > 300 or len(qui) > 150 or (quand and jour is None):
            message = "Une suite dit ce qui est à faire et par qui ; sa date, si elle est fixée, s'écrit 17/12/2026."
            erreurs.append({"id": f"{prefixe}action-{i}", "message": message})
            continue
        read.append(SaisieSuite(action, qui, jour))
    return read


def read_jour(text: str) -> date | None:
    try:
        return forms.DateField().to_python(text)
    except forms.ValidationError:
        return None
