"""What was typed in a form that cannot be taken, given back to whoever typed it; never a code nor a password."""

import re
from collections.abc import Mapping

# A field whose name holds one of these words may be a secret: it is never shown again.
PASSES = {"mot", "pass", "passe", "password", "password1", "password2"}
SECRETS = PASSES | {"cle", "code", "credential", "email", "key", "login", "mfa", "otp", "secret", "token", "totp"}
TECHNIQUES = frozenset({"csrfmiddlewaretoken", "version", "next", "action", "geste"})
NOMBRE_MAX = 200
LONGUEUR_MAX = 10_000


def write_rendu(donnees: Mapping[str, str]) -> str:
    """The fields that hold something, one a paragraph (``motif : …``); empty when nothing can be given back."""
    shown = [nom for nom in donnees if nom not in TECHNIQUES and not is_secret(nom)]
    champs = [(nom, donnees.get(nom, "").strip()) for nom in shown[:NOMBRE_MAX]]
    return "\n\n".join(f"{nom} : {valeur[:LONGUEUR_MAX]}" for nom, valeur in champs if valeur)


def is_secret(nom: str) -> bool:
    return not SECRETS.isdisjoint(re.split(r"[^a-z0-9]+", nom.lower()))
