"""All the papers of the councils in one archive: the same bytes for the same version."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

from communaccord.plateforme.rapports.documents.courriers import (
    Destinataire,
    Envoi,
    build_approbation,
    name_papier,
    render_acte,
    render_docx,
    render_pdf,
    write_acte,
)
from communaccord.plateforme.rapports.enums import Papier

# The first date that a zip can write.
DATE_ZIP = (1980, 1, 1, 0, 0, 0)


def build_archive(envoi: Envoi, communes: Sequence[Destinataire], tell: Callable[[int, str], None]) -> bytes:
    """ZIP: one folder a commune, and that of the intercommunalité; ``tell`` hears percent and what is being made."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        approbation, suite = build_approbation(envoi, len(communes)), "-fictif" if envoi.contenu["fictif"] else ""
        add_fichier(archive, f"intercommunalite/deliberation{suite}.pdf", render_acte(envoi, approbation))
        add_fichier(archive, f"intercommunalite/deliberation{suite}.docx", write_acte(envoi, approbation))
        for rang, commune in enumerate(communes, start=1):
            for papier in Papier:
                for extension, render in (("pdf", render_pdf), ("docx", render_docx)):
                    nom = name_papier(papier, commune, extension, fictif=envoi.contenu["fictif"])
                    add_fichier(archive, f"communes/{commune.code}/{nom}", render(envoi, papier, commune))
            tell(5 + 90 * rang // len(communes), f"commune {rang} sur {len(communes)}")
    return out.getvalue()


def add_fichier(archive: zipfile.ZipFile, nom: str, contenu: bytes) -> None:
    info = zipfile.ZipInfo(nom, DATE_ZIP)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, contenu)
