"""One indicator, commune by commune: the map when there is one, and its table always. The same for every reader."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from communaccord.plateforme.diagnostic.enums import PETIT_EFFECTIF, Colonne, Maturite
from communaccord.plateforme.diagnostic.pages.blocs import Colonne as Tete
from communaccord.plateforme.diagnostic.pages.blocs import Tableau
from communaccord.plateforme.diagnostic.pages.matiere import Matiere
from communaccord.plateforme.diagnostic.pages.mesures import NON_COMMUNIQUE, write_mesure, write_sur
from communaccord.plateforme.socle.cartes import CommuneCarte, Fond, Forme
from communaccord.plateforme.socle.typographie import nombre
from communaccord.plateforme.territoires.models import CommuneMembre

SANS = "sans"
# A mean of fewer levels would tell the answer to one line.
SERVICES_DITS = 5


@dataclass(frozen=True, slots=True)
class Dit:
    """What is told of one commune: its class on the map, and the words."""

    classe: str
    texte: str


@dataclass(frozen=True, slots=True)
class Indicateur:
    """``classes``: the highest value of each class of the map, and its words; beyond, ``derniere``.

    ``raison``: why it is not told of a commune.
    """

    cle: str
    libelle: str
    colonne: str
    description: str
    classes: tuple[tuple[int, str], ...]
    derniere: str
    tell: Callable[["Indicateur", Matiere, CommuneMembre], Dit]
    raison: str

    def find_classe(self, valeur: Fraction) -> str:
        rang = next((rang for rang, (most, _) in enumerate(self.classes, 1) if valeur <= most), len(self.classes) + 1)
        return str(rang)

    @property
    def legende(self) -> tuple[tuple[str, str], ...]:
        labels = [*(label for _, label in self.classes), self.derniere]
        return (*((str(rang), label) for rang, label in enumerate(labels, 1)), (SANS, NON_COMMUNIQUE))


@dataclass(frozen=True, slots=True)
class CommuneParCommune:
    """What the component draws (no map: ``fond`` is None), and the table that says the same."""

    indicateur: Indicateur
    phrase: str
    tableau: Tableau
    fond: Fond | None
    communes: tuple[CommuneCarte, ...]
    legende: tuple[tuple[str, str], ...]
    voisins: Mapping[str, Sequence[str]]


def tell_agents(indicateur: Indicateur, matiere: Matiere, commune: CommuneMembre) -> Dit:
    """The agents of a commune over all the services, when their total may be read by everybody."""
    agents = matiere.agents.get(commune.code)
    if agents is None or not matiere.masques[Colonne.AGENTS].shows_total_entite(commune.code):
        return Dit(SANS, NON_COMMUNIQUE)
    return Dit(indicateur.find_classe(Fraction(agents, 100)), write_mesure(Colonne.AGENTS, agents))


def tell_maturite(indicateur: Indicateur, matiere: Matiere, commune: CommuneMembre) -> Dit:
    """The mean level of sharing of a commune: of a validated sheet that tells of enough services to tell of none."""
    profil = matiere.profils_communes.get(commune.pk)
    if profil is None or profil.moyenne is None or profil.dits < SERVICES_DITS or commune.pk not in matiere.validees:
        return Dit(SANS, NON_COMMUNIQUE)
    return Dit(indicateur.find_classe(profil.moyenne), f"{nombre(profil.moyenne, 1)} sur {max(Maturite.values)}")


INDICATEURS = (
    Indicateur(
        "maturite",
        "Niveau moyen de partage",
        "Niveau moyen, de 0 à 5",
        "Communes teintées selon leur niveau moyen de partage, de 0 (rien) à 5 (transfert), fiches validées seules.",
        ((0, "0, rien de partagé"), (1, "de 0 à 1"), (2, "de 1 à 2"), (3, "de 2 à 3")),
        "plus de 3",
        tell_maturite,
        f"la fiche n'est pas validée, ou dit le partage de moins de {SERVICES_DITS} services",
    ),
    Indicateur(
        "agents",
        "Agents des services décrits",
        "Agents",
        "Communes teintées selon le nombre d'agents de leurs services, tel que la photographie l'a figé.",
        ((0, "aucun agent"), (9, "moins de 10"), (24, "de 10 à 24"), (99, "de 25 à 99")),
        "100 et plus",
        tell_agents,
        f"la fiche n'en dit rien, ou un de ses services compte moins de {PETIT_EFFECTIF} personnes et le total les "
        "ferait deviner",
    ),
)


def choose_indicateur(cle: str) -> Indicateur:
    """The indicator asked; the first for anything else."""
    return next((indicateur for indicateur in INDICATEURS if indicateur.cle == cle), INDICATEURS[0])


def build_commune_par_commune(
    matiere: Matiere, indicateur: Indicateur, stored: Any, mienne: int | None
) -> CommuneParCommune:
    """The table, and the map when the stored one is of exactly these communes; my commune first."""
    communes = sorted(matiere.cadre.communes, key=lambda commune: commune.pk != mienne)
    dits = {commune.pk: indicateur.tell(indicateur, matiere, commune) for commune in communes}
    is_drawn = stored is not None and stored.formes.keys() == {commune.code for commune in communes}
    present = {dit.classe for dit in dits.values()}
    return CommuneParCommune(
        indicateur=indicateur,
        phrase=write_phrase(dits.values(), indicateur),
        tableau=Tableau(
            indicateur.libelle,
            (Tete("Commune"), Tete(indicateur.colonne, True), Tete("Population municipale", True)),
            tuple((c.nom, dits[c.pk].texte, nombre(c.population_municipale)) for c in communes),
        ),
        fond=build_fond(stored) if is_drawn else None,
        communes=tuple(build_commune(commune, dits[commune.pk], mienne) for commune in communes),
        legende=tuple(entry for entry in indicateur.legende if entry[0] in present),
        voisins=stored.voisins if is_drawn else {},
    )


def build_fond(stored: Any) -> Fond:
    return Fond(stored.largeur, stored.hauteur, {code: Forme(*forme) for code, forme in stored.formes.items()})


def build_commune(commune: CommuneMembre, dit: Dit, mienne: int | None) -> CommuneCarte:
    return CommuneCarte(
        code=commune.code,
        nom=commune.nom,
        classe=dit.classe,
        texte=dit.texte,
        mienne=commune.pk == mienne,
        poids=commune.population_municipale,
    )


def write_phrase(dits: Collection[Dit], indicateur: Indicateur) -> str:
    """How many communes are told, and why the others are not."""
    told = [dit for dit in dits if dit.classe != SANS]
    suite = f" Ailleurs, {indicateur.raison} : « {NON_COMMUNIQUE} »." if len(told) < len(dits) else ""
    return f"Ce chiffre est dit pour {write_sur(len(told), len(dits), 'commune')}.{suite}"
