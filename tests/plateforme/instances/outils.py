"""A small invented table with its instances, for the tests of the room Instances."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, give_code, list_communes

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.instances import actions
from communaccord.plateforme.instances.enums import TypeInstance, TypePoint
from communaccord.plateforme.instances.models import Instance, Seance
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

DANS_DIX_JOURS = INSTANT + timedelta(days=10)


@dataclass
class Table:
    """A démarche with its équipe projet, its presidency, the maires of its communes."""

    demarche: Demarche
    equipe: Acteur
    president: Acteur
    maires: list[Acteur]
    communes: list[CommuneMembre]

    def open_instance(self, kind: TypeInstance = TypeInstance.COPIL, **values: Any) -> Instance:
        """An instance where the president and every maire sit."""
        people = [self.president, *self.maires]
        values.setdefault("membres", [(acteur.mandat, "membre") for acteur in people])
        values.setdefault("presidence", self.president.mandat)
        return actions.create_instance(acteur=self.equipe, instant=INSTANT, type=kind, **values)

    def open_seance(self, instance: Instance | None = None, *, points: int = 1, **values: Any) -> Seance:
        """A séance in ten days with its agenda."""
        instance = instance or self.open_instance()
        values = {"debut": DANS_DIX_JOURS, "lieu": "Maison commune (fictive)", **values}
        seance = actions.create_seance(acteur=self.equipe, instant=INSTANT, instance=instance, **values)
        for rang in range(1, points + 1):
            actions.add_point(
                acteur=self.equipe, instant=INSTANT, seance=seance, titre=f"Point {rang}", type=TypePoint.AVIS
            )
        return seance

    def convoke(self, seance: Seance) -> Seance:
        actions.convoke_seance(acteur=self.equipe, instant=INSTANT, seance=seance)
        return seance

    def hold(self, seance: Seance) -> Seance:
        actions.hold_seance(acteur=self.equipe, instant=seance.debut + timedelta(hours=2), seance=seance)
        return seance

    def validate(self, seance: Seance) -> Any:
        """The president validates what the relevé says now."""
        from_now = seance.debut + timedelta(days=1)
        lu = actions.compute_empreinte(actions.build_projet(seance, from_now))
        code = give_code(self.president)
        return actions.validate_releve(acteur=self.president, instant=from_now, seance=seance, code=code, lu=lu)


def build_table(communes: int = 3, **fields: Any) -> Table:
    demarche = build_demarche(communes, **fields)
    rows = list_communes(demarche)
    return Table(
        demarche=demarche,
        equipe=build_acteur_de(demarche, Role.EQUIPE_PROJET, fonction="Chargée de mission (fictif)"),
        president=build_acteur_de(demarche, Role.PRESIDENT, fonction="Présidence (fictif)"),
        maires=[build_acteur_de(demarche, Role.MAIRE, commune) for commune in rows],
        communes=rows,
    )
