"""Small invented démarches for the tests of the platform: people in every role, and their browsers.

Everything here is fictif and says so. ``build_demarche`` gives a démarche open and confirmed, ``build_acteur_de`` one
of its people, ``client_for`` a browser already signed in; ``set_horloge`` decides what time it is.
"""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from communaccord.plateforme.comptes.acteurs import Acteur, build_acteur
from communaccord.plateforme.comptes.codes import set_code
from communaccord.plateforme.comptes.enums import A_TERME, DANS_UNE_COMMUNE, EQUIPE, Role
from communaccord.plateforme.comptes.models import Compte, Mandat, Personne
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.territoires.enums import EtatDemarche
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

INSTANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DEBUT = date(2026, 4, 1)
CODE = "2718 2818"
MOT_DE_PASSE = "une phrase de passe pour les essais"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_numbers = count(1)


def build_demarche(communes: int = 3, **fields: Any) -> Demarche:
    """An open démarche on an invented territory of ``communes`` communes; the first is by far the most populated.

    ``sieges``: 2 for each commune and a tenth of the rest, so that the council is never empty.
    """
    number = next(_numbers)
    values: dict[str, Any] = {
        "nom_epci": f"Communauté fictive {number}",
        "nature": "CC",
        "financement": "FPU",
        "fictive": True,
        "etat": EtatDemarche.OUVERTE,
        "sieges_total": 2 * communes + 8,
        "creee_le": INSTANT,
        "confirmee_le": INSTANT,
        "confirmee_par": "essai",
    }
    if fields.get("etat") == EtatDemarche.A_CONFIRMER:
        values |= {"confirmee_le": None, "confirmee_par": ""}
    demarche = Demarche.objects.create(**{**values, **fields})
    CommuneMembre.objects.bulk_create(build_commune(demarche, rang, communes) for rang in range(1, communes + 1))
    return demarche


def build_commune(demarche: Demarche, rang: int, communes: int) -> CommuneMembre:
    """Not saved: the commune of this rank, 6,000 inhabitants for the first, then fewer and fewer."""
    population = 6_000 if rang == 1 else 100 + 37 * (communes - rang)
    return CommuneMembre(
        demarche=demarche,
        code=f"F{rang:03}",
        nom=f"Commune {rang:03}",
        cle_tri=f"commune {rang:03}",
        population_municipale=population,
        population_totale=population + population // 50,
        millesime=2022,
        sieges=10 if rang == 1 else 2,
    )


def list_communes(demarche: Demarche) -> list[CommuneMembre]:
    return list(demarche.communes.order_by("code"))


def build_compte(email: str = "", **fields: Any) -> Compte:
    return Compte.objects.create_user(email or f"compte{next(_numbers)}@example.fr", **fields)


def build_mandat(
    demarche: Demarche,
    role: Role | str,
    commune: CommuneMembre | None = None,
    *,
    personne: Personne | None = None,
    compte: Compte | None = None,
    avec_compte: bool = True,
    **fields: Any,
) -> Mandat:
    """A mandate in force; ``personne`` or ``compte`` when somebody has several hats or shares a mailbox.

    A role that names a commune is given the first one when ``commune`` is not said.
    """
    if commune is None and role in DANS_UNE_COMMUNE:
        commune = list_communes(demarche)[0]
    if role in A_TERME:
        fields.setdefault("fin", date(2099, 12, 31))
    if personne is None:
        compte = compte or (build_compte() if avec_compte else None)
        label = f"{Role(role).label} {next(_numbers)} (fictif)"
        personne = Personne.objects.create(
            demarche=demarche, compte=compte, nom=label[:150], courriel=compte.email if compte else ""
        )
    mandat = Mandat.objects.create(
        personne=personne, role=role, commune=commune, **{"debut": DEBUT, "fonction": "", **fields}
    )
    return Mandat.objects.with_personne().get(pk=mandat.pk)


def build_acteur_de(
    demarche: Demarche, role: Role | str, commune: CommuneMembre | None = None, **options: Any
) -> Acteur:
    """Somebody of the démarche who may act now, with an account (``build_mandat`` for the options)."""
    return build_acteur(build_mandat(demarche, role, commune, **options))


def give_code(acteur: Acteur, code: str = CODE, *, provisoire: bool = False) -> str:
    """Give the person of this actor a personal code (``CODE``), and return it as it would be typed."""
    assert acteur.mandat is not None
    set_code(personne=acteur.mandat.personne, code=code, instant=INSTANT, provisoire=provisoire)
    return code


def client_for(acteur: Acteur, *, second_facteur: bool = True) -> Client:
    """The browser of this actor, signed in; those of the équipe projet have their second factor set up."""
    assert acteur.mandat is not None
    compte = acteur.mandat.personne.compte
    assert compte is not None, "cette personne n'a pas de compte"
    if second_facteur and acteur.role in EQUIPE:
        Authenticator.objects.get_or_create(
            user=compte, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}}
        )
    return client_for_compte(compte)


def client_for_compte(compte: Compte) -> Client:
    client = Client()
    client.force_login(compte, backend=BACKEND)
    return client


def set_horloge(monkeypatch: Any, instant: datetime = INSTANT) -> None:
    """From now on, and until the end of the test, it is ``instant``."""
    monkeypatch.setattr(horloge, "read_instant", lambda: instant)
