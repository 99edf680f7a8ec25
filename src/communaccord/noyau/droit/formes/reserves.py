"""What the answers leave to be checked elsewhere: a form that is open, yet may not be promised."""

from collections.abc import Mapping

from communaccord.noyau.droit.formes.criteres import Critere, is_hors_centre_de_gestion
from communaccord.noyau.droit.formes.modele import Forme
from communaccord.noyau.droit.formes.questions import Competence, Mission, Objet, OuiNon, Sens


def _is_sans_centre_de_gestion(objet: Objet, missions: OuiNon, affiliation: OuiNon) -> bool:
    return objet is not Objet.SERVICE or is_hors_centre_de_gestion(missions, affiliation)


def _is_dans_les_attributions(sens: Sens, competence: Competence, mission: Mission) -> bool:
    """Whether the intercommunalité, when it is a member, has part of what the entente is about."""
    return sens is Sens.ENTRE_COMMUNES or competence is not Competence.NON or mission is Mission.FONCTIONNELLE


_CENTRE_DE_GESTION = Critere(
    ("objet", "missions_cdg", "affiliation"),
    _is_sans_centre_de_gestion,
    "Le texte n'exclut les missions du centre de gestion que d'un service commun, mais elles lui reviennent pour les "
    "collectivités qui lui sont obligatoirement affiliées : à vérifier avec lui avant de retenir cette forme.",
    "CGFP L452-14, L452-35",
    lecture=True,
)

RESERVES: Mapping[Forme, tuple[Critere, ...]] = {
    Forme.MAD_DESCENDANTE: (_CENTRE_DE_GESTION,),
    Forme.PRESTATION: (_CENTRE_DE_GESTION,),
    Forme.ENTRE_COMMUNES: (_CENTRE_DE_GESTION,),
    Forme.ENTENTE: (
        _CENTRE_DE_GESTION,
        Critere(
            ("sens", "competence", "mission"),
            _is_dans_les_attributions,
            "Une entente porte sur les attributions de chacun de ses membres : l'intercommunalité n'a pas cette "
            "compétence. À vérifier dans ses statuts, ou entre communes seulement.",
            "CGCT L5221-1",
            lecture=True,
        ),
    ),
}
