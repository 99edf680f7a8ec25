"""Part: the reference picture, as every reader may see it."""

from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, say
from communaccord.plateforme.rapports.queries import Sources

PAS_FIGE = "L'état des lieux n'est pas encore figé."


def build_etat_des_lieux(sources: Sources) -> tuple[list[Bloc], list[str]]:  # noqa: ARG001
    return [say(PAS_FIGE)], ["il n'est pas encore figé"]
