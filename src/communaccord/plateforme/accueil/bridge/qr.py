"""The QR code of a page: drawn as SVG when the address is short enough to be read by a phone, else that of the site."""

from dataclasses import dataclass
from io import BytesIO

import segno

# Beyond, the code grows too dense for a sheet of paper held by hand.
MAX_ADRESSE = 900


@dataclass(frozen=True, slots=True)
class CodeQr:
    """An SVG, its address, and whether this address reopens the very simulation."""

    svg: str
    adresse: str
    complet: bool


def build_qr(adresse: str, repli: str) -> CodeQr:
    """QR code of ``adresse``, or of ``repli`` when it is too long to be read on paper."""
    complet = len(adresse) <= MAX_ADRESSE
    retenue = adresse if complet else repli
    tampon = BytesIO()
    code = segno.make(retenue, error="l", micro=False, boost_error=True)
    code.save(tampon, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True)
    return CodeQr(tampon.getvalue().decode("utf-8").strip(), retenue, complet)
