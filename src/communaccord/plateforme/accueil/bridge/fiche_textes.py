"""What changes and what does not for the mayor, by kind of service: each sentence names a rule of the register.

How far a rule is known is read from the register, never written here. What the texts do not say in so many words is
said to be our reading. The legal form is chosen by the councils: sentences say "si la forme retenue est un service
commun" where they depend on it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from communaccord.noyau.droit.regle import VERIFIE_LE
from communaccord.noyau.droit.regles import get_regle
from communaccord.plateforme.socle.typographie import enumeration
from communaccord.simulateur import Domaine

__all__ = ["PORTEE", "REPONSES", "SORTIE", "VERIFIE_LE", "Enonce", "list_change", "list_constant", "write_source"]

LECTURE = "notre lecture"
CODES = {"CCP": "Code de la commande publique"}
ARTICLE = re.compile(r"(CGCT|CGFP|CGI|CCP|Code de .+?) ([LRD]?)(\*?)(\d.*)")


@dataclass(frozen=True, slots=True)
class Enonce:
    """A sentence, the rule and the articles it rests on, how far they are known; a mere advice rests on nothing."""

    texte: str
    regle: str = ""
    articles: tuple[str, ...] = ()
    fiabilite: str = ""

    @property
    def source(self) -> str:
        """``CGCT, art. L. 5211-4-2``; empty for an advice."""
        return write_articles(self.articles)


def cite(texte: str, identifiant: str, *articles: str) -> Enonce:
    """A sentence that the text says: its rule, and its articles when it does not rest on all those of the rule."""
    regle = get_regle(identifiant)
    return Enonce(texte, identifiant, articles or regle.articles, regle.fiabilite)


def interpret(texte: str, identifiant: str) -> Enonce:
    """A sentence that we draw from a rule without its text saying so."""
    return Enonce(texte, identifiant, get_regle(identifiant).articles, LECTURE)


CHANGE_COMMUN = (
    cite("Si la forme retenue est un service commun : une convention en fixe l'objet, les moyens, le coût.", "R-5.1"),
    cite(
        "Si la forme retenue est un service commun : les agents qui y passent tout leur temps sont transférés de plein "
        "droit, ceux qui y passent une partie de leur temps sont mis à disposition de plein droit.",
        "R-5.1",
    ),
)
CONSTANT_COMMUN = (
    interpret("Entrer reste le choix de la commune : son conseil délibère, celui des autres ne l'engage pas.", "R-5.1"),
    cite(
        "Dans un service commun, l'autorité fonctionnelle est, selon la mission, celle de la mairie ou celle de la "
        "présidence de l'intercommunalité.",
        "R-5.1",
    ),
)
CHANGE: dict[Domaine, tuple[Enonce, ...]] = {
    Domaine.URBANISME: (cite("L'instruction peut être confiée aux services d'un groupement de collectivités.", "U-3"),),
    Domaine.PAIE: (
        Enonce("Les bulletins sont préparés par le service partagé, à partir des éléments que la mairie transmet."),
    ),
    Domaine.INFORMATIQUE: (
        cite(
            "L'intercommunalité peut acquérir des biens qu'elle partage avec les communes, selon un règlement de mise "
            "à disposition.",
            "R-5.7",
        ),
    ),
    Domaine.COMMANDE_PUBLIQUE: (
        cite(
            "Si la forme retenue est un groupement de commandes : une convention signée par tous les membres en fixe "
            "le fonctionnement.",
            "R-5.6",
            "CCP L2113-6",
            "CCP L2113-7",
        ),
    ),
    Domaine.LIBRE: (),
}
CONSTANT: dict[Domaine, tuple[Enonce, ...]] = {
    Domaine.URBANISME: (
        cite(
            "La décision : dans une commune dotée d'un plan local d'urbanisme, le ou la maire délivre les permis, au "
            "nom de la commune.",
            "U-1",
        ),
        cite(
            "L'instruction se fait au nom et sous l'autorité du ou de la maire, quand la décision est prise au nom de "
            "la commune.",
            "U-2",
        ),
        Enonce("L'accueil et le renseignement des habitants peuvent rester en mairie : la convention le précise."),
    ),
    Domaine.PAIE: (
        cite(
            "Les missions que le centre de gestion exerce pour les collectivités affiliées sont hors du service "
            "commun.",
            "R-5.1",
        ),
    ),
    Domaine.INFORMATIQUE: (),
    Domaine.COMMANDE_PUBLIQUE: (
        cite(
            "Dans un groupement de commandes, les membres restent solidairement responsables des procédures menées "
            "ensemble et pour tous.",
            "R-5.6",
            "CCP L2113-7",
        ),
    ),
    Domaine.LIBRE: (
        interpret(
            "À vérifier : si la compétence est déjà transférée à l'intercommunalité, le service la suit et la forme "
            "n'est pas le service commun.",
            "R-5.2",
        ),
    ),
}
SORTIE = (
    Enonce("Le préavis, et la date à laquelle la sortie prend effet."),
    interpret("Le retour des agents : la loi n'en dit rien, seule la convention peut le régler.", "R-5.1"),
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


def list_change(domaine: Domaine) -> tuple[Enonce, ...]:
    """What changes for the mayor."""
    return (*CHANGE[domaine], *CHANGE_COMMUN)


def list_constant(domaine: Domaine) -> tuple[Enonce, ...]:
    """What does not change for the mayor."""
    return (*CONSTANT[domaine], *CONSTANT_COMMUN)


def write_source(enonce: Enonce) -> str:
    """The articles and how far they are known: ``CGCT, art. L. 5211-4-2, texte lu dans sa version de…``."""
    return ", ".join(mot for mot in (enonce.source, enonce.fiabilite) if mot)


def write_articles(articles: Iterable[str]) -> str:
    """``CGFP, art. L. 253-5 et R. 254-68``: each code named once; what is not an article of a code as it is."""
    by_code: dict[str, list[str]] = {}
    for article in articles:
        found = ARTICLE.fullmatch(article)
        if found is None:
            by_code[article] = []
            continue
        code, letter, star, number = found.groups()
        written = f"{letter}.{star} {number}" if letter else number
        by_code.setdefault(CODES.get(code, code), []).append(written)
    return " ; ".join(f"{code}, art. {enumeration(numbers)}" if numbers else code for code, numbers in by_code.items())
