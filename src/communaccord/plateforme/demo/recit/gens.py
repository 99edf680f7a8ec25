"""The people of the story, found by their role: in whose name each act is done."""

from communaccord.plateforme.comptes.acteurs import Acteur, build_acteur, build_horloge
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche


class Gens:
    """Actors by role and code of commune ("" for the roles of the EPCI, the first one when several hold it)."""

    def __init__(self, demarche: Demarche) -> None:
        self.demarche = demarche
        self.horloge = build_horloge(demarche)
        self.communes: dict[str, CommuneMembre] = {c.code: c for c in demarche.communes.order_by("code")}
        held = Mandat.objects.of_demarche(demarche.pk).with_personne().order_by("-pk")
        self._acteurs = {(m.role, m.commune.code if m.commune else ""): build_acteur(m) for m in held}

    def get(self, role: Role, code: str = "") -> Acteur:
        return self._acteurs[role, code]

    def maire(self, code: str) -> Acteur:
        return self.get(Role.MAIRE, code)

    def secretaire(self, code: str) -> Acteur:
        return self.get(Role.SECRETAIRE, code)

    @property
    def equipe(self) -> Acteur:
        return self.get(Role.EQUIPE_PROJET)

    @property
    def dgs(self) -> Acteur:
        return self.get(Role.DGS_EPCI)

    @property
    def presidence(self) -> Acteur:
        return self.get(Role.PRESIDENT)
