"""A séance and the items of its agenda."""

from datetime import datetime, time
from typing import Any

from django import forms

from communaccord.plateforme.accords.models import Tour
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.instances.enums import TypePoint
from communaccord.plateforme.instances.forms.champs import (
    SANS,
    Formulaire,
    build_case,
    build_choix,
    build_date,
    build_entier,
    build_personnes,
    build_texte,
    list_mandats,
)
from communaccord.plateforme.instances.models import Point, Seance
from communaccord.plateforme.instances.rules import may_vote
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.socle.horloge import get_jour

# Before, an hour is a slip of the hand.
PREMIERE_HEURE = time(6)


class FormSeance(Formulaire):
    """Day, hour and place, where the people of the territory live."""

    jour = build_date("Jour", required=True)
    heure = forms.TimeField(
        label="Heure",
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "« Heure » : écrivez une heure, par exemple 18:30."},
    )
    deja_tenue = build_case(
        "Cette séance s'est déjà tenue", aide="À cocher seulement pour noter après coup une séance passée."
    )
    duree_minutes = build_entier("Durée prévue", minimum=5, maximum=1440, unite="minutes", initial=120)
    lieu = build_texte("Lieu", 200)
    visioconference = build_texte("Lien de visioconférence", 300, required=False)
    reponse_avant = build_date("Réponse attendue avant le")
    presidence = build_personnes("Présidence de séance", None)
    secretaire = build_personnes("Secrétariat de séance", None, aide="Cette personne peut noter pendant la séance.")
    urgence = build_case("Convoquée en urgence")
    motif_urgence = build_texte("Pourquoi l'urgence", 300, required=False)
    seconde_convocation = build_case("Seconde convocation, faute de quorum à la première")

    def __init__(self, *args: Any, acteur: Any, instant: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.instant = acteur.demarche.zone, instant
        people = list_mandats(acteur, get_jour(instant, acteur.demarche.fuseau))
        self.fields["presidence"].queryset = self.fields["secretaire"].queryset = people

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("urgence") and not data.get("motif_urgence"):
            self.add_error("motif_urgence", "Dites pourquoi l'urgence : le conseil se prononce à l'ouverture.")
        if data.get("jour") and data.get("heure") is not None:
            self.check_moment(data)
        return data

    def check_moment(self, data: dict[str, Any]) -> None:
        """A day that is past is that of a séance already held, and is said so; nobody meets in the night."""
        debut = datetime.combine(data["jour"], data["heure"], tzinfo=self.zone)
        if data["heure"] < PREMIERE_HEURE:
            self.add_error("heure", f"Une séance à {debut.hour} h {debut:%M}, la nuit ? Écrivez par exemple 18:30.")
        is_past = debut <= self.instant
        if is_past and not data.get("deja_tenue"):
            self.add_error(
                "jour", "Ce moment est passé. Choisissez une date à venir, ou dites que la séance s'est tenue."
            )
        if data.get("deja_tenue") and not is_past:
            self.add_error("jour", "Une séance déjà tenue a une date passée. Corrigez la date, ou décochez la case.")

    def get_valeurs(self) -> dict[str, Any]:
        """What the acts take: the hour of the territory became an instant."""
        values = dict(self.cleaned_data)
        values["debut"] = datetime.combine(values.pop("jour"), values.pop("heure"), tzinfo=self.zone)
        del values["deja_tenue"]
        return values


def build_initial_seance(seance: Seance, instant: datetime) -> dict[str, Any]:
    names = ("duree_minutes", "lieu", "visioconference", "reponse_avant", "urgence", "motif_urgence")
    return {
        "jour": seance.debut_local.date(),
        "heure": f"{seance.debut_local:%H:%M}",
        "deja_tenue": seance.debut <= instant,
        "presidence": seance.presidence_id,
        "secretaire": seance.secretaire_id,
        "seconde_convocation": seance.seconde_convocation,
        **{name: getattr(seance, name) for name in names},
    }


class FormPoint(Formulaire):
    """An item: ``version`` is the one that was read."""

    titre = build_texte("Titre", 200)
    type = build_choix("Ce qui est attendu", TypePoint.choices)
    dossier = forms.ModelChoiceField(label="Dossier", queryset=Dossier.objects.none(), required=False, empty_label=SANS)
    tour = forms.ModelChoiceField(
        label="Tour de consultation",
        queryset=Tour.objects.none(),
        required=False,
        empty_label=SANS,
        help_text="Si son résultat est publié et que la phrase ci-dessous est vide, elle est écrite pour vous.",
    )
    precadrage = forms.ModelChoiceField(
        label="Précadrage politique",
        queryset=Cadre.objects.none(),
        required=False,
        empty_label=SANS,
        help_text="La version présentée : quand la séance s'est tenue, sa page permet de noter qu'elle l'a validée.",
    )
    resultat_tour = build_texte("Résultat du tour, en une phrase", 600, required=False, lignes=3)
    presente_par = build_texte("Présenté par", 150, required=False)
    duree_minutes = build_entier("Durée prévue", minimum=1, maximum=600, required=False, unite="minutes")
    presentation = build_texte("Ce qui est présenté", 8000, required=False, lignes=6)
    invites = build_texte(
        "Personnes invitées sur ce point",
        1000,
        required=False,
        lignes=3,
        aide="Une par ligne, par sa fonction : DGS d'une commune, technicienne qualifiée, cabinet extérieur.",
    )
    sensible = build_case("Dossier sensible", aide="Il vous sera proposé de l'envoyer à la conférence des maires.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, acteur: Any, type_instance: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossier"].queryset = Dossier.objects.visible_to(acteur)
        self.fields["tour"].queryset = Tour.objects.visible_to(acteur)
        self.fields["precadrage"].queryset = Cadre.objects.visible_to(acteur)
        if not may_vote(type_instance):
            self.fields["type"].choices = [c for c in TypePoint.choices if c[0] != TypePoint.DELIBERATION]

    def clean_invites(self) -> list[str]:
        return [line.strip()[:150] for line in self.cleaned_data["invites"].splitlines() if line.strip()]

    def get_valeurs(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def build_initial_point(point: Point) -> dict[str, Any]:
    names = ("titre", "type", "resultat_tour", "presente_par", "duree_minutes", "presentation", "sensible", "version")
    return {
        "dossier": point.dossier_id,
        "tour": point.tour_id,
        "precadrage": point.precadrage_id,
        "invites": "\n".join(invite.qualite for invite in point.invites.all()),
        **{name: getattr(point, name) for name in names},
    }
