"""What a dossier changes for one commune, scenario by scenario: one sentence, then lines. Amounts are cents a year.

They are rounded as the pages of the dossier round them: one commune reads one figure everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.phrases import write_comparaison
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import INSECABLE, pluriel, prose

PLUME = Plume()


@dataclass(frozen=True, slots=True)
class EffetScenario:
    """One scenario for one commune. None: not known. ``bas`` and ``haut``: the range of the contribution.

    ``annee_chere``: the year in which it pays most (the first of them), and how much, ``plus_haute``.
    """

    nom: str
    annee: int
    contribution: int | None
    aujourd_hui: int | None = None
    bas: int | None = None
    haut: int | None = None
    estimation: bool = True
    participe: bool = True
    annee_chere: int | None = None
    plus_haute: int | None = None

    @property
    def fourchette(self) -> str:
        """« entre 1 100 € et 1 400 € », or nothing."""
        return PLUME.write_fourchette(self.bas, self.haut)

    @property
    def comparaison(self) -> str:
        """« 300 € de moins qu'aujourd'hui », between the two amounts shown; nothing when one is not known."""
        ecart = PLUME.subtract(self.contribution, self.aujourd_hui)
        return "" if ecart is None else prose(write_comparaison(ecart, PLUME))

    @property
    def payee(self) -> str:
        """« environ 1 200 € »; nothing is exactly nothing."""
        texte = PLUME.write(self.contribution)
        return f"environ {texte}" if self.estimation and self.contribution else texte

    @property
    def phrase(self) -> str:
        """What it changes, in a few words."""
        if not self.participe:
            return prose("votre commune n'y participe pas")
        if self.contribution is None:
            return "montant non connu"
        return f"{self.payee} par an" + (f", {self.comparaison}" if self.comparaison else "")

    @property
    def sommet(self) -> str:
        """« 2032, environ 340 € (respecté à partir de 343 €) »: what a maximum is judged on."""
        if self.plus_haute is None:
            return ""
        assez = write_montant(-(-self.plus_haute // 100) * 100)
        environ = PLUME.write(self.plus_haute)
        return f"{self.annee_chere}, environ {environ} (respecté à partir de {assez})"


def describe_jugement(effets: Sequence[EffetScenario]) -> str:
    """On which year a maximum is judged, and a saving; "" without any amount."""
    payants = [effet for effet in effets if effet.sommet]
    if not payants:
        return ""
    if len(payants) == 1:
        sommets = payants[0].sommet
    else:
        sommets = " ; ".join(f"s{effet.nom.partition(' : ')[0][1:]}, {effet.sommet}" for effet in payants)
    annees = {effet.annee for effet in payants}
    quand = f", {annees.pop()}" if len(annees) == 1 else ""
    maximum = f"Un maximum est jugé sur l'année la plus chère : {sommets}."
    return prose(f"{maximum} Une économie est jugée en année de croisière{quand}.")


def describe_effets(commune: str, effets: Sequence[EffetScenario]) -> str:
    """The one sentence of the page, for this commune.

    One scenario: what it pays and the difference from today. Several: the range of what it pays, and today's cost.
    """
    payants = [effet for effet in effets if effet.participe and effet.contribution is not None]
    if not effets:
        return prose("Ce dossier n'a pas encore de scénario chiffré.")
    if not payants:
        absente = all(not effet.participe for effet in effets)
        suite = "ne participe à aucun des scénarios" if absente else "n'a pas encore de montant connu"
        return prose(f"{commune} {suite}.")
    if len(payants) == 1:
        nom = f", dans le scénario « {payants[0].nom} »" if len(effets) > 1 else ""
        return prose(f"{commune} paierait {payants[0].phrase}{nom} ({payants[0].annee}).")
    montants = sorted(effet.contribution for effet in payants if effet.contribution is not None)
    bas, haut = PLUME.write(montants[0]), PLUME.write(montants[-1])
    etendue = f"{bas} par an" if bas == haut else f"de {bas} à {haut} par an"
    aujourd_hui = next((effet.aujourd_hui for effet in payants if effet.aujourd_hui is not None), None)
    suite = "" if aujourd_hui is None else f" ; aujourd'hui, le service lui coûte {PLUME.write(aujourd_hui)}"
    scenarios = pluriel(len(payants), "scénario").replace(INSECABLE, " ")
    return prose(f"{commune} paierait {etendue} selon le scénario ({scenarios}){suite}.")
