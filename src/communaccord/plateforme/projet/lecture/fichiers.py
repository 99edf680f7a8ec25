"""A file of a plan, whatever its name claims: told apart by what it holds, guarded before any library opens it."""

import zipfile
import zlib
from io import BytesIO

from communaccord.plateforme.projet.lecture.classeurs import read_classeur
from communaccord.plateforme.projet.lecture.plans import FichierRefuse, PlanLu
from communaccord.plateforme.projet.lecture.textes import ABIME, read_document

MAX_OCTETS = 5_000_000
MAX_DECOMPRESSE = 50_000_000
MAX_DOCUMENT = 12_000_000
MAX_MEMBRES = 1_000
# Tags that open and attributes, in all the parts together: each takes some hundred bytes once in memory.
MAX_NOEUDS = 800_000
ZIP, PDF, OLE = b"PK", b"%PDF", b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Control signs, but for tabs and ends of lines or pages; looked for at the beginning.
SIGNES, DEBUT = frozenset(range(32)) - frozenset(b"\t\n\r\f"), 4_096
TEXTE, CLASSEUR, OPENDOCUMENT = "word/document.xml", "xl/workbook.xml", "content.xml"
VIDE = "Ce fichier est vide : choisissez-en un autre."
TROP_GROS = "Ce fichier dépasse 5 Mo : enlevez les images et les annexes, ne gardez que le plan."
DEMESURE = "Ce fichier est démesuré une fois ouvert : recopiez le plan dans un fichier neuf."
EN_PDF = "Ce fichier est un PDF : donnez le document d'origine, en .docx ou en .xlsx."
ANCIEN = (
    "Ce fichier est dans un ancien format (.doc, .xls), ou protégé par un mot de passe : ouvrez-le, puis "
    "enregistrez-le en .docx ou en .xlsx, sans mot de passe."
)
MACROS = "Ce fichier contient des macros : enregistrez-le sans elles, en .docx ou en .xlsx."
AUTRE = (
    "Ce fichier n'est ni un classeur (.xlsx, .csv), ni un document (.docx) : enregistrez le plan dans l'un des deux."
)
EN_OPENDOCUMENT = "Ce fichier est un document OpenDocument : enregistrez-le en .docx ou en .xlsx."


def read_fichier(contenu: bytes, *, premier: int = 1) -> PlanLu:
    """Read a plan from a workbook, a text document or a text of cells.

    ``premier``: level of the headings that are orientations, in a text document. Errors: FichierRefuse, whose message
    is the sentence to show. Complexity: linear in the file once opened, which is bounded.
    """
    if not contenu.strip(b"\x00 \t\r\n"):
        raise FichierRefuse(VIDE)
    if len(contenu) > MAX_OCTETS:
        raise FichierRefuse(TROP_GROS)
    for signature, motif in ((PDF, EN_PDF), (OLE, ANCIEN)):
        if contenu.startswith(signature):
            raise FichierRefuse(motif)
    if not contenu.startswith(ZIP):
        if not is_texte(contenu):
            raise FichierRefuse(AUTRE)
        return read_classeur(contenu)
    noms = check_zip(contenu)
    if any(nom.endswith("vbaproject.bin") for nom in noms):
        raise FichierRefuse(MACROS)
    if TEXTE in noms:
        return read_document(contenu, premier=premier)
    if CLASSEUR in noms:
        return read_classeur(contenu)
    raise FichierRefuse(EN_OPENDOCUMENT if OPENDOCUMENT in noms else AUTRE)


def is_texte(contenu: bytes) -> bool:
    """Whether bytes may be words: a picture or a program holds signs that nobody types."""
    return contenu.startswith(UTF_16) or not SIGNES.intersection(contenu[:DEBUT])


def check_zip(contenu: bytes) -> frozenset[str]:
    """Names of the parts in lower case. Each part is decompressed once, counting: a declared size may lie."""
    total = noeuds = 0
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as archive:
            infos = archive.infolist()
            noms = frozenset(info.filename.lower().lstrip("/") for info in infos)
            if len(infos) > MAX_MEMBRES:
                raise FichierRefuse(DEMESURE)
            for info in infos:
                with archive.open(info) as membre:
                    octets = membre.read(MAX_DECOMPRESSE - total + 1)
                total += len(octets)
                # The reader of workbooks has its own bounds; that of documents has none.
                if TEXTE in noms and is_xml(info.filename, octets):
                    noeuds += count_noeuds(octets)
                if total > MAX_DECOMPRESSE or noeuds > MAX_NOEUDS:
                    raise FichierRefuse(DEMESURE)
    except RuntimeError as erreur:
        raise FichierRefuse(ANCIEN) from erreur
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as erreur:
        raise FichierRefuse("Ce fichier est abîmé : ouvrez-le, puis enregistrez-le de nouveau.") from erreur
    return noms


def is_xml(nom: str, octets: bytes) -> bool:
    """By its name or by what it holds: a document may give to be parsed a part of any name, in any encoding."""
    debut = octets.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return nom.lower().endswith((".xml", ".rels")) or debut[:1] == b"<"


def count_noeuds(octets: bytes) -> int:
    """Tags that open and attributes of one part, at most. Errors: FichierRefuse."""
    if len(octets) > MAX_DOCUMENT:
        raise FichierRefuse(DEMESURE)
    if b"<!DOCTYPE" in octets:
        raise FichierRefuse(ABIME)
    return octets.count(b"<") - octets.count(b"</") + octets.count(b"=")
