"""Part: the reference picture, masked as for somebody who reads no sheet: the rapport is read by everybody."""

from collections.abc import Sequence

from communaccord.plateforme.diagnostic.pages.photographie import build_page
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, note, say, tabulate
from communaccord.plateforme.rapports.queries import Sources

PAS_FIGE = "L'état des lieux n'est pas encore figé."


def build_etat_des_lieux(sources: Sources) -> list[Bloc]:
    """The sentence, the totals by service, each entity, how many flows of each nature; no private figure."""
    photo = sources.photographie
    if photo is None:
        return [say(PAS_FIGE)]
    page = build_page(photo.contenu, sources.masques_photographie)
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
        *build_partages(page["natures"]),
    ]


def build_partages(natures: Sequence[tuple[str, str]]) -> list[Bloc]:
    """What is already shared, counted by nature: who carries and who benefits is read by both ends alone."""
    if not natures:
        return []
    colonnes = ("Nature", "Flux")
    return [head("Ce qui est déjà partagé"), tabulate("Flux décrits, par nature", colonnes, natures)]
