"""Part: the reference picture, masked as for somebody who reads no sheet: the rapport is read by everybody."""

from collections.abc import Iterable, Mapping
from typing import Any

from communaccord.plateforme.diagnostic.calculs.photographie import mask_contenu
from communaccord.plateforme.diagnostic.pages.photographie import build_page
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, note, say, tabulate
from communaccord.plateforme.rapports.queries import Sources
from communaccord.plateforme.socle.typographie import enumeration

PAS_FIGE = "L'état des lieux n'est pas encore figé."
# Names told in one cell: beyond, their number.
NOMS_MAX = 6


def build_etat_des_lieux(sources: Sources) -> list[Bloc]:
    """The sentence, the totals by service, each entity, and who carries what for whom; no private figure."""
    photo = sources.photographie
    if photo is None:
        return [say(PAS_FIGE)]
    page = build_page(photo.contenu, mask_contenu(photo.contenu))
    champs = page["champs"]
    return [
        say(page["phrase"]),
        head("Service par service"),
        tabulate(
            "Agents et dépenses, service par service, tous employeurs ensemble",
            ("Service", *champs),
            [(service["libelle"], *service["cellules"]) for service in page["services"]],
        ),
        note(f"{page['compte']} {page['raison']}"),
        head("Intercommunalité et communes"),
        tabulate(
            "Agents et dépenses de l'intercommunalité et de chaque commune",
            ("Qui", *champs, "Dépenses de fonctionnement"),
            [(entite["nom"], *entite["totaux"], entite["depenses"]) for entite in page["entites"]],
        ),
        note(f"Photographie version {photo.numero} : chiffres de {photo.contenu['annee']}."),
        *build_partages(page["flux"]),
    ]


def build_partages(flux: Iterable[Mapping[str, Any]]) -> list[Bloc]:
    """What is already shared: one line for what somebody carries, whoever benefits."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for flow in flux:
        groups.setdefault((flow["porteur"], flow["service"], flow["nature"]), []).append(flow["beneficiaire"])
    if not groups:
        return []
    lignes = [(qui, quoi, comment, write_noms(noms)) for (qui, quoi, comment), noms in sorted(groups.items())]
    colonnes = ("Qui porte", "Service", "Comment", "Qui en bénéficie")
    return [head("Ce qui est déjà partagé"), tabulate("Qui porte, qui bénéficie", colonnes, lignes, textes=4)]


def write_noms(noms: Iterable[str]) -> str:
    kept = sorted(set(noms))
    if len(kept) > NOMS_MAX + 1:
        return enumeration([*kept[:NOMS_MAX], f"{len(kept) - NOMS_MAX} autres"])
    return enumeration(kept)
