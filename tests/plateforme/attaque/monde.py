"""A small démarche told as the demo is (the same acts of the same people), in which every closed thing is a secret.

Eight invented communes. First round: closed, opened by the clock, published. Second: open, on two dossiers, three
assesseurs hold its key. Every way of answering is taken in both.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from struct import pack
from types import SimpleNamespace
from zlib import compress, crc32

from tests.plateforme.attaque.preparation import is_prepare, plant_preparation, plant_reponses
from tests.plateforme.attaque.traces import Plantes

from communaccord.plateforme.accords import coffre
from communaccord.plateforme.accords.actions import assesseurs, contribute_part, enter_enveloppe
from communaccord.plateforme.accords.enums import NatureElement, Visibilite
from communaccord.plateforme.accords.models import Enveloppe, Tour
from communaccord.plateforme.accords.queries import read_seules
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.demo import recit
from communaccord.plateforme.demo.recit import collecte, tours
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.reponses import Avis, Voie
from communaccord.plateforme.demo.reglages import CODE
from communaccord.plateforme.demo.territoire import TerritoireFictif, build_territoire
from communaccord.plateforme.territoires.models import Demarche

MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COMMUNES = 8
PLI, PARTAGE, NOTES = Visibilite.PLI, Visibilite.PARTAGE, Visibilite.NOTES
VOIES = {
    1: {"F004": Voie.VISITE, "F005": Voie.PAPIER, "F007": Voie.SECRETARIAT, "F008": Voie.BROUILLON},
    2: {
        "F002": Voie.BROUILLON,
        "F003": Voie.SOUMISE,
        "F004": Voie.VISITE,
        "F005": Voie.PAPIER,
        "F007": Voie.SECRETARIAT,
    },
}
# Taken down by somebody else than the mairie: no personal notes.
SANS_NOTES = frozenset({Voie.VISITE, Voie.PAPIER})


def cut_territoire() -> TerritoireFictif:
    """The first communes of the invented territory, and what concerns them alone."""
    whole = build_territoire()
    communes = whole.communes[:COMMUNES]
    kept = {commune.code for commune in communes}
    shared = [replace(s, communes=tuple(c for c in s.communes if c in kept)) for s in whole.secretariats]
    return replace(
        whole,
        communes=communes,
        voisins={code: tuple(c for c in whole.voisins[code] if c in kept) for code in kept},
        secretariats=tuple(s for s in shared if s.communes),
    )


@dataclass
class Monde:
    """The démarche, its people, and what was planted in it."""

    demarche: Demarche
    gens: Gens
    plantes: Plantes

    def get_tour(self, numero: int) -> Tour:
        return Tour.objects.with_regle().get(demarche=self.demarche, numero=numero)

    def list_secrets(self, *codes: str) -> set[str]:
        """The secrets of these communes in the rounds."""
        return {mot for mot, code in self.plantes.proprietaires.items() if code in codes and not is_prepare(mot)}

    def list_prepares(self, *codes: str) -> set[str]:
        """The secrets of these communes in the preparation, all of them when none is named."""
        owned = self.plantes.proprietaires.items()
        return {mot for mot, code in owned if is_prepare(mot) and (code in codes or not codes)}


def plan_avis(plantes: Plantes, tour: int, code: str) -> Avis:
    """A sealed position, a sealed limit, a sealed request, one more to be shared, a priority, notes."""
    voie = VOIES[tour].get(code, Voie.MAIRE)
    rang = int(code[1:])
    # Odd communes have a limit that no scenario reaches; even ones a limit of a few euros, which every one exceeds.
    limite = 7_654_321 + 10_101 * rang + 1_000_003 * tour if rang % 2 else 137 + rang + 10 * tour
    if rang % 2:
        plantes.plant_montant(tour, "limite", code, limite)
    elements = [
        build_element(
            NatureElement.POSITION,
            PLI,
            position="sous_conditions",
            motif=f"Parce que {plantes.plant_mot(tour, 'motif', code)}.",
        ),
        build_element(
            NatureElement.CLAUSE, PLI, type="contribution_max", degre="condition_indispensable", montant=limite
        ),
        build_element(
            NatureElement.CLAUSE,
            PLI,
            2,
            type="service_min",
            degre="souhait",
            texte=f"Service {plantes.plant_mot(tour, 'clause', code)}.",
        ),
        build_element(
            NatureElement.CLAUSE,
            PARTAGE,
            3,
            type="permanence",
            degre="souhait",
            texte=f"Permanence {plantes.plant_mot(tour, 'partage', code)}.",
        ),
        build_element(NatureElement.PRIORITE, PLI, priorite="secondaire"),
    ]
    if voie not in SANS_NOTES:
        texte = f"Pour nous : {plantes.plant_mot(tour, 'notes', code)}."
        elements.append(build_element(NatureElement.NOTES, NOTES, texte=texte))
    return Avis(voie, tuple(elements))


def build_element(nature: NatureElement, visibilite: Visibilite, rang: int = 1, **contenu: object) -> ElementSaisi:
    return ElementSaisi(nature=nature, visibilite=visibilite, contenu=contenu, rang=rang)


def tell_monde(patch) -> Monde:
    """Tell the story with these answers. ``patch``: a MonkeyPatch that lives as long as the story."""
    # What the stretching of a code costs is tested with the safe; here it would only be slow.
    patch.setattr(coffre, "ARGON2_MEMOIRE", 1024 * 1024)
    # The chance of the server, chosen: the lot falls on F002, whose costs are counted, and not on F001.
    patch.setattr(assesseurs, "secrets", SimpleNamespace(token_hex=lambda octets: f"{4:0{2 * octets}x}"))
    plantes = Plantes()
    territoire = cut_territoire()
    codes = [commune.code for commune in territoire.communes]
    patch.setattr(recit, "build_territoire", lambda grande: territoire)
    patch.setattr(tours, "plan_premier_tour", lambda _figures: {c: plan_avis(plantes, 1, c) for c in codes})
    patch.setattr(tours, "plan_second_tour", lambda _codes: {c: plan_avis(plantes, 2, c) for c in codes})
    patch.setattr(collecte, "build_reponses", plant_reponses(plantes, collecte.build_reponses))
    demarche = recit.tell_demo(maintenant=MAINTENANT)
    monde = Monde(demarche, Gens(demarche), plantes)
    plant_preparation(monde.gens, plantes)
    plant_seules(monde, 1)
    release_partages(monde, 1)
    return monde


def plant_seules(monde: Monde, numero: int) -> None:
    """What the engine told each commune alone: amounts that come from its sealed limit, and nowhere else."""
    tour = monde.get_tour(numero)
    for code in monde.gens.communes:
        for seule in read_seules(monde.gens.maire(code), tour).values():
            for rang, cents in enumerate(list_cents(seule)):
                genre = f"seule{chr(97 + rang)}"
                monde.plantes.plant_montant(numero, genre, code, cents, arrondis=False)


def list_cents(seule: dict) -> list[int]:
    conditions = [c for scenario in seule["scenarios"] for c in scenario["conditions"]]
    found = {c["ajustement"]["cents"] for c in conditions if c["ajustement"] and c["ajustement"].get("cents")}
    return sorted(found)


def release_partages(monde: Monde, numero: int) -> None:
    """After the opening, what was marked to be shared is no secret any more."""
    for mot in [m for m in monde.plantes.proprietaires if m.startswith(f"zx{numero}partage")]:
        del monde.plantes.proprietaires[mot]


def copy_enveloppe(monde: Monde, instant: datetime) -> Enveloppe:
    """The paper answer of the second round, copied by the équipe projet, still to be read again."""
    tour = monde.get_tour(2)
    rows = Enveloppe.objects.select_related("tour__demarche", "commune").filter(tour=tour, commune__code="F005")
    elements = plan_avis(Plantes(), 2, "F005").elements
    copied = dict.fromkeys(tour.dossiers.values_list("pk", flat=True), elements)
    enter_enveloppe(acteur=monde.gens.equipe, instant=instant, enveloppe=rows.get(), reponses=copied)
    return rows.get()


class Imprimerie:
    """In place of the printer: a document is what it was given to say, drawn or not, so that nothing hides in it."""

    def __init__(self, template: Path, *, sys_inputs: dict[str, str], **_options: object) -> None:
        self.donnees = sys_inputs["donnees"]

    def compile(self, *, format: str = "pdf", **_options: object) -> bytes:
        return write_point(self.donnees.encode()) if format == "png" else self.donnees.encode()


def write_point(mots: bytes) -> bytes:
    """A picture of one point that holds these words, as a picture of the printer would show them."""
    parts = {b"IHDR": pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), b"tEXt": b"mots\0" + mots, b"IDAT": compress(b"\0\0")}
    chunks = [*parts.items(), (b"IEND", b"")]
    body = b"".join(pack(">I", len(data)) + name + data + pack(">I", crc32(name + data)) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def list_assesseurs(monde: Monde) -> list[Acteur]:
    rows = monde.get_tour(2).assesseurs.in_charge().select_related("mandat__commune")
    return [monde.gens.maire(row.mandat.commune.code) for row in rows]


def open_second_tour(monde: Monde, instant: datetime) -> None:
    """Two of the three assesseurs bring their part."""
    tour = monde.get_tour(2)
    for rang, maire in enumerate(list_assesseurs(monde)[:2]):
        contribute_part(acteur=maire, instant=instant + timedelta(minutes=rang), tour=tour, code=CODE)
