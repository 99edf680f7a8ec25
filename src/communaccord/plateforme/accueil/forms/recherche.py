"""What a visitor types to find a territory."""

from django import forms

from communaccord.plateforme.territoires.recherche import LONGUEUR_MAX


class RechercheForm(forms.Form):
    """One field; an empty one is not a mistake."""

    q = forms.CharField(
        label="Tapez le nom de votre intercommunalité ou de votre commune",
        max_length=LONGUEUR_MAX,
        required=False,
        error_messages={
            "max_length": f"Ce nom est trop long : {LONGUEUR_MAX} caractères suffisent à trouver un territoire.",
            "null_characters_not_allowed": "Ce texte contient un caractère invisible : tapez-le de nouveau.",
        },
    )
