"""A table des accords for the tests: a démarche, its people with codes, a presented dossier with frozen scenarios.

Everything is fictif. Codes are hashed by a fast hasher (`rapide`), the stretching of the safe is the real one unless a
test says otherwise.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.plateforme.fabriques import build_acteur_de, build_demarche, give_code, list_communes

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.enums import ModeOuverture, NatureElement, Visibilite
from communaccord.plateforme.accords.models import Assesseur, RegleDuJeu, Reponse, Tour
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.enums import EtatDossier
from communaccord.plateforme.dossiers.models import Dossier, EffetCommune, Gel, Scenario
from communaccord.plateforme.territoires.models import Demarche

INSTANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLOTURE = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
APRES = CLOTURE + timedelta(minutes=1)
CODE = "2718 2818"
SECRET_PLI = "SECRET-SOUS-PLI-7391"
SECRET_NOTES = "SECRET-DES-NOTES-5520"
MONTANT_SECRET = 987_654_321


@dataclass
class Table:
    """Who is around it, and what is on it."""

    demarche: Demarche
    equipe: Acteur
    maires: list[Acteur]
    secretaires: list[Acteur]
    scenarios: list[Scenario]
    regle: RegleDuJeu
    tour: Tour | None = None
    autres: dict[str, Acteur] = field(default_factory=dict)

    @property
    def dossier(self) -> Dossier:
        return self.scenarios[0].dossier

    def get_reponse(self, rang: int, tour: Tour | None = None) -> Reponse:
        """The answer of the commune of this rank on the first dossier, fresh from the table."""
        maire = self.maires[rang]
        rows = Reponse.objects.with_tour().filter(tour=tour or self.tour, dossier=self.dossier)
        return rows.get(commune_id=maire.commune_id)

    def answer(self, rang: int, elements: Any = None, instant: datetime = INSTANT) -> Reponse:
        """Save then validate the answer of this commune."""
        reponse = self.get_reponse(rang)
        draft = actions.save_brouillon(
            acteur=self.secretaires[rang],
            instant=instant,
            reponse=reponse,
            version=reponse.version,
            elements=elements or build_elements(),
        )
        return actions.validate_reponse(
            acteur=self.maires[rang], instant=instant, reponse=draft, version=draft.version, code=CODE
        )


def build_table(communes: int = 3, *, mode: str = ModeOuverture.HORLOGE, scenarios: int = 1, **fields: Any) -> Table:
    """A démarche with a mayor (and a code) and a secretary in each commune, an adopted rule, frozen scenarios."""
    demarche = build_demarche(communes, **fields)
    equipe = build_acteur_de(demarche, Role.EQUIPE_PROJET)
    maires = [build_acteur_de(demarche, Role.MAIRE, commune) for commune in list_communes(demarche)]
    for maire in maires:
        give_code(maire, CODE)
    secretaires = [build_acteur_de(demarche, Role.SECRETAIRE, commune) for commune in list_communes(demarche)]
    regle = actions.prepare_regle_du_jeu(acteur=equipe, instant=INSTANT)
    actions.write_regle_du_jeu(
        acteur=equipe,
        instant=INSTANT,
        regle=regle,
        articles=regle.articles,
        mode_ouverture=mode,
        seuil=5,
        conservation_mois=24,
    )
    actions.adopt_regle_du_jeu(acteur=equipe, instant=INSTANT, regle=regle, adoptee_le=date(2026, 11, 20))
    regle.refresh_from_db()
    rows = build_scenarios(demarche, scenarios)
    return Table(demarche, equipe, maires, secretaires, rows, regle)


def build_scenarios(demarche: Demarche, nombre: int, titre: str = "Dossier fictif") -> list[Scenario]:
    """Frozen scenarios of a presented dossier: 1,000 € a year a commune, then 100 € more for each next scenario."""
    dossier = Dossier.objects.create(
        demarche=demarche,
        titre=titre,
        service_avant="Chacun instruit seul (fictif).",
        service_apres="Une équipe commune (fictif).",
        etat=EtatDossier.PRESENTE,
        cree_par="essai",
        cree_le=INSTANT,
        modifie_par="essai",
        modifie_le=INSTANT,
    )
    return [build_scenario(dossier, rang) for rang in range(1, nombre + 1)]


def build_scenario(dossier: Dossier, rang: int) -> Scenario:
    scenario = Scenario.objects.create(
        dossier=dossier,
        rang=rang,
        libelle=f"Scénario fictif {rang}",
        cree_par="essai",
        cree_le=INSTANT,
        modifie_par="essai",
        modifie_le=INSTANT,
        fige_le=INSTANT,
    )
    communes = list_communes(dossier.demarche)
    cents = 90_000 + 10_000 * rang
    Gel.objects.create(
        scenario=scenario,
        instant=INSTANT,
        qui="essai",
        entree="{}",
        empreinte="0" * 64,
        moteur="essai",
        resultat="{}",
        phrase="Fictif.",
        estime=True,
        annee_debut=2027,
        annee_fin=2028,
        annee_reference=2028,
        participantes=len(communes),
        cout=cents * len(communes),
    )
    annuels = [{"annee": a, "contribution": cents, "depense": 120_000} for a in (2027, 2028)]
    EffetCommune.objects.bulk_create(
        EffetCommune(
            scenario=scenario,
            commune=commune,
            participe=True,
            population=commune.population_totale,
            contribution=cents,
            depense=120_000,
            ecart=cents - 120_000,
            annees=annuels,
        )
        for commune in communes
    )
    return scenario


def prepare(table: Table, **values: Any) -> Tour:
    """A round in preparation on the scenarios of the table."""
    table.tour = actions.prepare_tour(
        acteur=table.equipe,
        instant=INSTANT,
        **{
            "titre": "Tour fictif",
            "regle": table.regle,
            "scenarios": table.scenarios,
            "ouvre_le": INSTANT,
            "cloture_le": CLOTURE,
            **values,
        },
    )
    return table.tour


def open_table(communes: int = 3, **options: Any) -> Table:
    """A table whose round is open, by the clock or by three assesseurs who accepted."""
    table = build_table(communes, **options)
    prepare(table)
    if options.get("mode") == ModeOuverture.ASSESSEURS:
        draw_and_accept(table)
    table.tour = actions.open_tour(acteur=table.equipe, instant=INSTANT, tour=table.tour)
    return table


def draw_and_accept(table: Table) -> list[Acteur]:
    """The three mayors drawn, each having accepted with the code."""
    called = actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=table.tour, graine="dit en séance")
    chosen = []
    for assesseur in called:
        maire = next(m for m in table.maires if m.mandat_id == assesseur.mandat_id)
        actions.accept_assesseur(acteur=maire, instant=INSTANT, assesseur=assesseur, code=CODE)
        chosen.append(maire)
    return chosen


def build_element(nature: NatureElement, visibilite: Visibilite, rang: int = 1, **contenu: Any) -> ElementSaisi:
    return ElementSaisi(nature=nature, visibilite=visibilite, contenu=contenu, rang=rang)


def build_elements(
    position: str = "sous_conditions",
    *,
    montant: int = MONTANT_SECRET,
    visibilite: Visibilite = Visibilite.PLI,
    motif: str = SECRET_PLI,
) -> tuple[ElementSaisi, ...]:
    """A position with its reason, one condition on the contribution, a priority, personal notes."""
    return (
        build_element(NatureElement.POSITION, visibilite, position=position, motif=motif),
        build_element(
            NatureElement.CLAUSE,
            Visibilite.PLI,
            type="contribution_max",
            degre="condition_indispensable",
            montant=montant,
            texte=SECRET_PLI,
        ),
        build_element(NatureElement.PRIORITE, Visibilite.PARTAGE, priorite="utile"),
        build_element(NatureElement.NOTES, Visibilite.NOTES, texte=SECRET_NOTES),
    )


def list_assesseurs(table: Table) -> list[tuple[Assesseur, Acteur]]:
    """The assesseurs in the order of the draw, each with its actor."""
    called = list(Assesseur.objects.filter(tour=table.tour).order_by("rang"))
    return [(a, next(m for m in table.maires if m.mandat_id == a.mandat_id)) for a in called]
