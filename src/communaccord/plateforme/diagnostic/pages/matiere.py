"""Everything that the restitution of a campaign says, read and computed once, before any word."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.diagnostic.calculs.masques import Masque
from communaccord.plateforme.diagnostic.calculs.maturite import Profil, build_profil_de
from communaccord.plateforme.diagnostic.calculs.photographie import FIGES
from communaccord.plateforme.diagnostic.calculs.releve import (
    Entite,
    Releve,
    Total,
    build_releve,
    compute_totaux,
    sum_par_entite,
)
from communaccord.plateforme.diagnostic.enums import Colonne, EtatFiche, TypeLigne
from communaccord.plateforme.diagnostic.models import Photographie
from communaccord.plateforme.diagnostic.queries.photographies import (
    list_contenus_avant,
    read_masques,
    read_photographie,
)
from communaccord.plateforme.diagnostic.queries.restitution import (
    Cadre,
    Effectif,
    Parole,
    Qualites,
    count_flux,
    read_reponses,
)


@dataclass(frozen=True, slots=True)
class Figes:
    """Staff and costs as the last reference picture froze them, by code of entity; nothing before one is.

    ``avant``: those of the earlier versions of the same campaign, that everybody may have read.
    """

    photo: Photographie | None
    releve: Releve
    masques: Mapping[str, Masque]
    avant: tuple[Releve, ...]


@dataclass(frozen=True, slots=True)
class Matiere:
    """Everything that the synthèse says. ``photo``: where staff and costs come from; None, they are not told yet.

    ``agents``: of each entity over the services, in hundredths; ``dites``: sheets that tell of a service now.
    """

    cadre: Cadre
    photo: Photographie | None
    releve: Releve
    avant: tuple[Releve, ...]
    masques: Mapping[str, Masque]
    totaux: Mapping[tuple[str, str], Total]
    besoins: Mapping[str, Mapping[str, int]]
    profils: Mapping[str, Profil]
    profils_communes: Mapping[int | None, Profil]
    agents: Mapping[Entite, int]
    dites: Mapping[str, int]
    flux: Mapping[str, int]
    paroles: tuple[Parole, ...]
    qualites: Qualites

    @property
    def validees(self) -> frozenset[int | None]:
        """The communes whose sheet is validated."""
        return frozenset(fiche.commune_id for fiche in self.cadre.fiches if fiche.etat == EtatFiche.VALIDEE)


def read_matiere(cadre: Cadre) -> Matiere:
    """Five queries at most, whatever the number of communes and services."""
    reponses = read_reponses(cadre)
    figes = read_figes(cadre)
    return Matiere(
        cadre=cadre,
        photo=figes.photo,
        releve=figes.releve,
        avant=figes.avant,
        masques=figes.masques,
        totaux=compute_totaux(figes.releve, figes.masques),
        besoins=reponses.choix[TypeLigne.BESOIN],
        profils=read_profils(reponses.choix[TypeLigne.MATURITE]),
        profils_communes=read_profils(reponses.niveaux),
        agents=sum_par_entite(figes.releve, Colonne.AGENTS),
        dites=count_dites(reponses.effectifs),
        flux=count_flux(cadre.campagne),
        paroles=reponses.paroles,
        qualites=reponses.qualites,
    )


def read_figes(cadre: Cadre) -> Figes:
    """The last frozen picture of the démarche: what is said of people moves only with it. Three queries at most."""
    photo = read_photographie(cadre.campagne.demarche_id)
    if photo is None:
        return Figes(None, build_releve(()), {}, ())
    contenus = list_contenus_avant(photo)
    masques = read_masques(photo, avant=contenus).par_champ
    return Figes(photo, build_releve_fige(photo.contenu), masques, tuple(build_releve_fige(one) for one in contenus))


def build_releve_fige(contenu: Mapping[str, Any]) -> Releve:
    return build_releve(
        (entite["code"], row["service"], {champ: row[champ] for champ in FIGES if row.get(champ) is not None})
        for entite in contenu["entites"]
        for row in entite["services"]
    )


def count_dites(effectifs: Iterable[Effectif]) -> dict[str, int]:
    """How many sheets tell something of a service."""
    return Counter(service for _, service in {(entite, service) for entite, service, valeurs in effectifs if valeurs})


def read_profils(counts: Mapping[Any, Mapping[str, int]]) -> dict[Any, Profil]:
    """Profiles from counts of the levels kept as texts."""
    return {cle: build_profil_de({int(n): dits for n, dits in niveaux.items()}) for cle, niveaux in counts.items()}
