"""What a dossier changes for one commune, scenario by scenario: one sentence, then lines. Amounts are cents a year."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.socle.typographie import INSECABLE, estimation, montant, pluriel, prose


@dataclass(frozen=True, slots=True)
class EffetScenario:
    """One scenario for one commune. None: not known. ``bas`` and ``haut``: the range of the contribution."""

    nom: str
    annee: int
    contribution: int | None
    aujourd_hui: int | None = None
    ecart: int | None = None
    bas: int | None = None
    haut: int | None = None
    estimation: bool = True
    participe: bool = True

    @property
    def precision(self) -> str:
        return "centaine" if self.estimation else "euro"

    @property
    def fourchette(self) -> str:
        """« de 1 100 € à 1 400 € », or nothing."""
        if self.bas is None or self.haut is None or self.bas == self.haut:
            return ""
        return f"de {montant(self.bas, self.precision)} à {montant(self.haut, self.precision)}"

    @property
    def comparaison(self) -> str:
        """« 300 € de moins qu'aujourd'hui », « autant qu'aujourd'hui », or nothing when today is not known."""
        if self.ecart is None:
            return ""
        texte = montant(abs(self.ecart), self.precision)
        if texte == montant(0, self.precision):
            return prose("autant qu'aujourd'hui")
        return prose(f"{texte} de {'moins' if self.ecart < 0 else 'plus'} qu'aujourd'hui")

    @property
    def phrase(self) -> str:
        """What it changes, in a few words."""
        if not self.participe:
            return prose("votre commune n'y participe pas")
        if self.contribution is None:
            return "montant non connu"
        payee = estimation(self.contribution) if self.estimation else montant(self.contribution, "euro")
        return f"{payee} par an" + (f", {self.comparaison}" if self.comparaison else "")


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
    precision = "centaine" if any(effet.estimation for effet in payants) else "euro"
    bas, haut = montant(montants[0], precision), montant(montants[-1], precision)
    etendue = f"{bas} par an" if bas == haut else f"de {bas} à {haut} par an"
    aujourd_hui = next((effet.aujourd_hui for effet in payants if effet.aujourd_hui is not None), None)
    suite = "" if aujourd_hui is None else f" ; aujourd'hui, le service lui coûte {montant(aujourd_hui, precision)}"
    scenarios = pluriel(len(payants), "scénario").replace(INSECABLE, " ")
    return prose(f"{commune} paierait {etendue} selon le scénario ({scenarios}){suite}.")
