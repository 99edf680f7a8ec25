"""The actor: a person with one mandate, at an instant. Everything that is seen or done is seen or done by an actor."""

from dataclasses import dataclass
from datetime import date

from communaccord.plateforme.comptes.enums import AVEC_CODE, ELUS, EQUIPE, EXECUTIF, MAIRIE, TABLE, Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.comptes.noms import say_once, write_de
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche


@dataclass(frozen=True, slots=True)
class Acteur:
    """In whose name one acts. ``mandat`` is None for the clock, which has a name too.

    ``echeance_facteur``: the day from which the account needs a second factor that it does not have; None: none is due.
    """

    demarche: Demarche
    nom: str
    mandat: Mandat | None = None
    commune: CommuneMembre | None = None
    echeance_facteur: date | None = None

    @property
    def demarche_id(self) -> int:
        return self.demarche.pk

    @property
    def mandat_id(self) -> int | None:
        return self.mandat.pk if self.mandat else None

    @property
    def personne_id(self) -> int | None:
        return self.mandat.personne_id if self.mandat else None

    @property
    def commune_id(self) -> int | None:
        return self.commune.pk if self.commune else None

    @property
    def role(self) -> str:
        return self.mandat.role if self.mandat else ""

    @property
    def est_horloge(self) -> bool:
        return self.mandat is None

    @property
    def est_equipe(self) -> bool:
        return self.role in EQUIPE

    @property
    def est_executif(self) -> bool:
        return self.role in EXECUTIF

    @property
    def est_president(self) -> bool:
        return self.role == Role.PRESIDENT

    @property
    def est_maire(self) -> bool:
        return self.role == Role.MAIRE

    @property
    def est_avec_code(self) -> bool:
        """Validates by a personal code."""
        return self.role in AVEC_CODE

    @property
    def est_mairie(self) -> bool:
        """Acts for a commune: mayor or secretary."""
        return self.role in MAIRIE

    @property
    def est_elu(self) -> bool:
        return self.role in ELUS

    @property
    def est_de_la_table(self) -> bool:
        return self.role in TABLE

    @property
    def lit_la_table(self) -> bool:
        """Sits at the table, or is an élu: reads what a round published."""
        return self.est_de_la_table or self.est_elu


def build_acteur(mandat: Mandat, echeance_facteur: date | None = None) -> Acteur:
    """The actor of a mandate loaded ``with_personne``; the commune is told when the words do not name it."""
    personne, commune = mandat.personne, mandat.commune
    parts = [say_once(personne.nom, mandat.fonction)]
    if commune is not None and not any(commune.nom in part or write_de(commune.nom) in part for part in parts):
        parts.append(commune.nom)
    return Acteur(
        demarche=personne.demarche,
        nom=", ".join(parts),
        mandat=mandat,
        commune=commune,
        echeance_facteur=echeance_facteur,
    )


def build_horloge(demarche: Demarche) -> Acteur:
    """The clock of a démarche: what happens because an hour has come is done in its name."""
    return Acteur(demarche=demarche, nom="L'horloge")


def build_administration(demarche: Demarche) -> Acteur:
    """Whoever administers the installation confirms a démarche in this name, and reads nothing of it."""
    return Acteur(demarche=demarche, nom="L'administration du site")
