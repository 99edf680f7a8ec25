"""Elements in and out of the safe: drafts closed for the commune, plis sealed to the round, copies closed by a code."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from communaccord.plateforme.accords import coffre
from communaccord.plateforme.accords.enums import NatureElement, Visibilite
from communaccord.plateforme.accords.models import AVousSeule, Element, Enveloppe, Reponse
from communaccord.plateforme.accords.saisies import ElementSaisi, Saisie

AUTRE_CODE = (
    "Ces plis ont été scellés avec un autre code. Si votre code a changé depuis, donnez aussi l'ancien ; sinon, vous "
    "pouvez retirer la réponse jusqu'à la clôture et en écrire une autre."
)


def derive_cle_commune(commune_id: int) -> bytes:
    return coffre.derive_cle("commune", str(commune_id))


def name_element(reponse_id: int, nature: str, rang: int) -> str:
    """The place of an element: what is closed for it opens nowhere else."""
    return f"reponse:{reponse_id}:{nature}:{rang}"


def name_pli(tour_id: int, reponse_id: int, nature: str, rang: int) -> str:
    return f"tour:{tour_id}:{name_element(reponse_id, nature, rang)}"


def compute_sceau(reponse_id: int, version: int, elements: Sequence[Element]) -> str:
    """The mark of this installation on a validated answer: what is counted, in its order, under its version."""
    counted = sorted(
        (e for e in elements if e.pli or e.visibilite == Visibilite.PARTAGE), key=lambda e: (e.nature, e.rang)
    )
    return coffre.compute_sceau(
        f"reponse:{reponse_id}:{version}",
        [f"{e.nature}:{e.rang}:{e.visibilite}:".encode() + bytes(e.pli or e.contenu) for e in counted],
    )


def dump_contenu(element: ElementSaisi) -> str:
    return json.dumps(dict(element.contenu), ensure_ascii=False, sort_keys=True)


def build_element(reponse: Reponse, saisi: ElementSaisi, cle: bytes) -> Element:
    """A draft, locked for the commune; not saved."""
    place = name_element(reponse.pk, saisi.nature, saisi.rang)
    return Element(
        reponse=reponse,
        nature=saisi.nature,
        rang=saisi.rang,
        visibilite=saisi.visibilite,
        contenu=coffre.lock(cle, dump_contenu(saisi), place),
    )


def replace_elements(reponse: Reponse, saisie: Saisie, *, garder_notes: bool = False) -> None:
    """Put this draft in place of whatever the answer held, but for the notes of the commune where they are kept."""
    held = Element.objects.filter(reponse=reponse)
    (held.exclude(nature=NatureElement.NOTES) if garder_notes else held).delete()
    cle = derive_cle_commune(reponse.commune_id)
    Element.objects.bulk_create(build_element(reponse, saisi, cle) for saisi in saisie)


def read_element(element: Element, reponse: Reponse, cle: bytes) -> ElementSaisi:
    """A draft or a shared element in clear, with the key of the commune."""
    place = name_element(reponse.pk, element.nature, element.rang)
    return build_saisi(element, coffre.unlock(cle, element.contenu, place))


def build_saisi(element: Element, content: str) -> ElementSaisi:
    return ElementSaisi(
        nature=NatureElement(element.nature),
        visibilite=Visibilite(element.visibilite),
        contenu=json.loads(content),
        rang=element.rang,
    )


def read_brouillon(reponse: Reponse, elements: Iterable[Element]) -> tuple[ElementSaisi, ...]:
    """Whatever is locked for the commune (what is sealed is left aside)."""
    cle = derive_cle_commune(reponse.commune_id)
    return tuple(read_element(element, reponse, cle) for element in elements if element.contenu is not None)


def seal_element(element: Element, reponse: Reponse, saisi: ElementSaisi, cle_code: bytes | None) -> None:
    """Turn a draft sous pli into a pli sealed to the round and, with a code, an owner's copy; the draft is gone."""
    content = dump_contenu(saisi)
    publique = bytes(reponse.tour.cle_publique)
    element.pli = coffre.seal(publique, content, name_pli(reponse.tour_id, reponse.pk, element.nature, element.rang))
    place = name_element(reponse.pk, element.nature, element.rang)
    element.copie = coffre.lock(cle_code, content, place) if cle_code is not None else None
    element.contenu = None


def read_copies(reponse: Reponse, elements: Iterable[Element], codes: Iterable[str]) -> tuple[ElementSaisi, ...]:
    """The owner's copies, with the first of these codes that opens them."""
    sealed = [element for element in elements if element.copie is not None]
    if not sealed:
        return ()
    for code in codes:
        cle = coffre.derive_cle_code(code, bytes(reponse.sel))
        try:
            return tuple(
                build_saisi(e, coffre.unlock(cle, e.copie, name_element(reponse.pk, e.nature, e.rang))) for e in sealed
            )
        except coffre.CoffreIllisible:
            continue
    raise coffre.CoffreIllisible(AUTRE_CODE)


def read_pli(element: Element, reponse: Reponse, privee: bytes) -> ElementSaisi:
    """What the engine reads when the envelopes are opened."""
    place = name_pli(reponse.tour_id, reponse.pk, element.nature, element.rang)
    return build_saisi(element, coffre.unseal(privee, element.pli, place))


# --- What else is closed ----------------------------------------------------------------------------------------------


def lock_a_vous_seule(row: AVousSeule, contenu: dict[str, Any]) -> None:
    row.contenu = coffre.lock(
        derive_cle_commune(row.commune_id), json.dumps(contenu, ensure_ascii=False), name_a_vous_seule(row)
    )


def read_a_vous_seule(row: AVousSeule) -> dict[str, Any]:
    """What the engine showed to this commune alone; the row was read through `visible_to`."""
    return json.loads(coffre.unlock(derive_cle_commune(row.commune_id), row.contenu, name_a_vous_seule(row)))


def name_a_vous_seule(row: AVousSeule) -> str:
    return f"seule:{row.tour_id}:{row.dossier_id}:{row.commune_id}"


def lock_enveloppe(enveloppe: Enveloppe, reponses: Mapping[int, Saisie]) -> bytes:
    """What was copied from an envelope, closed until a second person reads it."""
    data = {
        str(dossier): [[e.nature, e.visibilite, e.rang, dict(e.contenu)] for e in saisie]
        for dossier, saisie in reponses.items()
    }
    key = coffre.derive_cle("enveloppe", str(enveloppe.pk))
    return coffre.lock(key, json.dumps(data, ensure_ascii=False), f"enveloppe:{enveloppe.pk}")


def read_enveloppe(enveloppe: Enveloppe) -> dict[int, tuple[ElementSaisi, ...]]:
    """What was copied, by dossier."""
    key = coffre.derive_cle("enveloppe", str(enveloppe.pk))
    data = json.loads(coffre.unlock(key, bytes(enveloppe.saisie or b""), f"enveloppe:{enveloppe.pk}"))
    return {
        int(dossier): tuple(
            ElementSaisi(nature=NatureElement(nature), visibilite=Visibilite(visibilite), rang=rang, contenu=contenu)
            for nature, visibilite, rang, contenu in rows
        )
        for dossier, rows in data.items()
    }
