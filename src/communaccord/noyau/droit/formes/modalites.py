"""Ways to pay or to act inside a form: AC or refund, who manages, free mandate, budget annexe."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.noyau.droit.formes.criteres import Critere, accept
from communaccord.noyau.droit.formes.modele import Forme
from communaccord.noyau.droit.formes.questions import Fiscalite, OuiNon, Sens


@dataclass(frozen=True, slots=True)
class Modalite:
    """A way to pay or to act inside a form, open or closed by the answers: it never closes the form itself."""

    libelle: str
    critere: Critere
    oui: str


def _offer(libelle: str, oui: str, critere: Critere) -> Modalite:
    return Modalite(libelle, critere, oui)


MODALITES: Mapping[Forme, tuple[Modalite, ...]] = {
    Forme.SERVICE_COMMUN: (
        _offer(
            "Imputer la part de chaque commune sur son attribution de compensation",
            "Ouvert : cette imputation compte dans le calcul du CIF ; un remboursement n'y compte pas.",
            accept(
                "fiscalite",
                "En fiscalité additionnelle, pas d'attribution de compensation : remboursement seulement.",
                "CGCT L5211-4-2 ; CGI 1609 nonies C",
                Fiscalite.FPU,
            ),
        ),
        _offer(
            "Faire gérer le service par l'intercommunalité",
            "C'est la règle.",
            accept(
                "sens",
                "Par dérogation : le conseil communautaire choisit la commune qui gère le service.",
                "CGCT L5211-4-2",
                Sens.EPCI_VERS_COMMUNES,
            ),
        ),
    ),
    Forme.GROUPEMENT: (
        _offer(
            "Confier gratuitement les procédures à l'intercommunalité",
            "Ouvert : ses statuts le prévoient expressément, même hors de ses compétences.",
            accept(
                "mandat_statuts",
                "Ses statuts ne le prévoient pas expressément : un membre coordonne, ou les statuts changent "
                "(L5211-20).",
                "CGCT L5211-4-4",
                OuiNon.OUI,
            ),
        ),
    ),
    Forme.PRESTATION: (
        _offer(
            "Se passer de budget annexe",
            "L'intercommunalité ne travaille pas pour d'autres : pas de budget annexe à ce titre.",
            accept(
                "sens",
                "L'intercommunalité travaille pour d'autres : un budget annexe retrace l'opération.",
                "CGCT L5211-56",
                Sens.COMMUNE_VERS_EPCI,
                Sens.ENTRE_COMMUNES,
            ),
        ),
    ),
    Forme.TRANSFERT: (
        _offer(
            "Compenser par l'attribution de compensation, après le rapport de la CLECT",
            "Ouvert : la CLECT évalue les charges dans les neuf mois du transfert.",
            accept(
                "fiscalite",
                "En fiscalité additionnelle, ni CLECT ni attribution de compensation.",
                "CGI 1609 nonies C",
                Fiscalite.FPU,
            ),
        ),
    ),
}
