"""The words of an answer as a maire reads them. The keys are the codes of the noyau (a test holds the two equal)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mot:
    """A choice: its words, and one sentence that says what it means."""

    libelle: str
    aide: str = ""


@dataclass(frozen=True, slots=True)
class MotClause:
    """A kind of request: its words, the one value it asks (a name of ``VALEURS``, or "")."""

    libelle: str
    valeur: str = ""


POSITIONS = {
    "favorable": Mot("Favorable", "Je le présente favorablement à mon conseil."),
    "sous_conditions": Mot("Favorable sous conditions", "Favorable si les conditions écrites plus bas sont réunies."),
    "complement": Mot("Je souhaite un complément", "Il me manque une information pour me prononcer."),
    "defavorable": Mot("Défavorable", "En l'état, je ne le proposerai pas à mon conseil."),
    "conseil_d_abord": Mot("Mon conseil doit d'abord en débattre", "Je répondrai après ce débat."),
    "non_concernee": Mot("Non concernée", "Ma commune n'a pas l'usage de ce service."),
}

CLAUSES = {
    "contribution_max": MotClause("Ma commune ne paie pas plus de…", "montant"),
    "gain_min": MotClause("Ma commune économise au moins…", "montant"),
    "avec_commune": MotClause("Avec la commune de…", "commune"),
    "annee_min": MotClause("Pas avant l'année…", "annee"),
    "hausse_max": MotClause("Une hausse plafonnée, par an, à…", "taux"),
    "service_min": MotClause("Un service minimal est garanti", "texte"),
    "permanence": MotClause("Le guichet ou la permanence reste en place", "texte"),
    "agent": MotClause("Le devenir de mon agent ou de mon agente est garanti", "texte"),
    "siege_suivi": MotClause("Ma commune siège au comité de suivi", "texte"),
    "autre": MotClause("Autre demande", "texte"),
}
TEXTE_REQUIS = frozenset({"autre"})

DEGRES = {
    "souhait": Mot("un souhait", "dit à part, il ne compte pas dans le résultat"),
    "condition": Mot("une condition", "elle compte dans le résultat"),
    "condition_indispensable": Mot("une condition indispensable", "sans elle, pas d'accord possible pour ma commune"),
}

PRIORITES = {
    "indispensable": Mot("indispensable"),
    "utile": Mot("utile"),
    "secondaire": Mot("secondaire"),
}

CONTREPARTIE = "Si elles sont réunies, je le présente favorablement à mon conseil."
MENTION = "Position du ou de la maire, n'engage pas le conseil municipal."
