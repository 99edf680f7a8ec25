"""What changes and what does not for the mayor, by kind of service: dated data, each with its source.

``confiance``: V the text was read, S a secondary source was read. Nothing from memory is here. The legal form is chosen
by the councils: sentences say "si la forme retenue est un service commun" where they depend on it.
"""

from dataclasses import dataclass
from datetime import date

from communaccord.simulateur import Domaine

VERIFIE_LE = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Enonce:
    """A sentence, its source (article or document), how far it was checked; "" when it is only an advice."""

    texte: str
    source: str = ""
    confiance: str = ""


CHANGE_COMMUN = (
    Enonce(
        "Une convention, approuvée par le conseil municipal et par le conseil communautaire, fixe le service rendu et "
        "ce que chacun paie.",
        "CGCT, art. L. 5211-4-2",
        "V",
    ),
    Enonce(
        "Si la forme retenue est un service commun : les agents qui y passent tout leur temps sont transférés de plein "
        "droit, ceux qui y passent une partie de leur temps sont mis à disposition de plein droit.",
        "CGCT, art. L. 5211-4-2",
        "V",
    ),
)
CONSTANT_COMMUN = (
    Enonce(
        "Entrer reste le choix de la commune : son conseil délibère, la majorité des autres ne l'engage pas.",
        "CGCT, art. L. 5211-4-2",
        "V",
    ),
    Enonce(
        "Selon la mission, le service travaille sous l'autorité fonctionnelle du maire ou de la présidence de "
        "l'intercommunalité.",
        "CGCT, art. L. 5211-4-2",
        "V",
    ),
)
CHANGE: dict[Domaine, tuple[Enonce, ...]] = {
    Domaine.URBANISME: (
        Enonce(
            "Les dossiers peuvent être instruits par les services d'un groupement de collectivités.",
            "Code de l'urbanisme, art. R.* 423-15",
            "V",
        ),
    ),
    Domaine.PAIE: (
        Enonce("Les bulletins sont préparés par le service partagé, à partir des éléments que la mairie transmet."),
    ),
    Domaine.INFORMATIQUE: (
        Enonce(
            "Des biens de l'intercommunalité peuvent être partagés par un règlement de mise à disposition.",
            "CGCT, art. L. 5211-4-3",
            "V",
        ),
    ),
    Domaine.COMMANDE_PUBLIQUE: (
        Enonce(
            "Si la forme retenue est un groupement de commandes : une convention signée par tous les membres en fixe "
            "le fonctionnement.",
            "Code de la commande publique, art. L. 2113-6 et L. 2113-7",
            "V",
        ),
    ),
    Domaine.LIBRE: (),
}
CONSTANT: dict[Domaine, tuple[Enonce, ...]] = {
    Domaine.URBANISME: (
        Enonce(
            "La décision : dans une commune dotée d'un plan local d'urbanisme, l'autorité qui délivre le permis est le "
            "maire, au nom de la commune.",
            "Code de l'urbanisme, art. L. 422-1",
            "V",
        ),
        Enonce(
            "L'instruction se fait au nom et sous l'autorité du maire, quand la décision est prise au nom de la "
            "commune.",
            "Code de l'urbanisme, art. R.* 423-14",
            "V",
        ),
        Enonce(
            "L'accueil et le renseignement des habitants restent d'ordinaire en mairie ; la convention le précise.",
            "pratique relevée (Saint-Brieuc, 2015)",
            "S",
        ),
    ),
    Domaine.PAIE: (
        Enonce(
            "Les missions que le centre de gestion exerce pour les collectivités affiliées restent les siennes.",
            "CGCT, art. L. 5211-4-2",
            "V",
        ),
    ),
    Domaine.INFORMATIQUE: (),
    Domaine.COMMANDE_PUBLIQUE: (
        Enonce(
            "Dans un groupement de commandes, chaque membre paie ses propres achats ; les membres sont solidairement "
            "responsables des procédures menées ensemble et pour tous.",
            "Code de la commande publique, art. L. 2113-7",
            "V",
        ),
    ),
    Domaine.LIBRE: (
        Enonce(
            "À vérifier : si la compétence est déjà transférée à l'intercommunalité, la forme n'est pas le service "
            "commun mais celle de l'article L. 5211-4-1.",
            "CGCT, art. L. 5211-4-1",
            "V",
        ),
    ),
}
SORTIE = (
    Enonce("Le préavis, et la date à laquelle la sortie prend effet."),
    Enonce("Le retour des agents : l'article L. 5211-4-2 n'en dit rien, seule la convention le règle."),
    Enonce("Qui porte les coûts qui restent : logiciels, contrats, postes non pourvus."),
    Enonce("Un plafond à la hausse d'une année sur l'autre."),
    Enonce("Une période d'essai, puis une clause de revoyure à date fixe."),
)
REPONSES = (
    "favorable",
    "favorable sous conditions",
    "souhaite un complément",
    "défavorable",
    "mon conseil doit d'abord en débattre",
    "non concernée",
)
PORTEE = "Position du maire, n'engage pas le conseil municipal."
CONFIANCES = {"V": "texte lu", "S": "source secondaire", "C": "calculé", "": ""}


def list_change(domaine: Domaine) -> tuple[Enonce, ...]:
    """What changes for the mayor."""
    return (*CHANGE[domaine], *CHANGE_COMMUN)


def list_constant(domaine: Domaine) -> tuple[Enonce, ...]:
    """What does not change for the mayor."""
    return (*CONSTANT[domaine], *CONSTANT_COMMUN)


def write_source(enonce: Enonce) -> str:
    """The source and how far it was checked, in a few words: ``CGCT, art. L. 5211-4-2, texte lu``."""
    return ", ".join(mot for mot in (enonce.source, CONFIANCES[enonce.confiance]) if mot)
