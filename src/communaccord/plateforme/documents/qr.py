"""The QR code of a page: drawn as SVG when the address is short enough to be read by a phone, else that of the site."""

from dataclasses import dataclass

import segno

# Beyond, the code grows too dense for a sheet of paper held by hand.
MAX_ADRESSE = 900
BORD = 4


@dataclass(frozen=True, slots=True)
class CodeQr:
    """An SVG (whole, and as a path in a square of ``cote`` units), its address, whether it reopens the simulation."""

    svg: str
    chemin: str
    cote: int
    adresse: str
    complet: bool


def build_qr(adresse: str, repli: str) -> CodeQr:
    """QR code of ``adresse``, or of ``repli`` when it is too long to be read on paper."""
    complet = len(adresse) <= MAX_ADRESSE
    retenue = adresse if complet else repli
    code = segno.make(retenue, error="l", micro=False, boost_error=True)
    lignes = tuple(code.matrix)
    chemin = "".join(
        f"M{x + BORD} {y + BORD}h1v1h-1z" for y, ligne in enumerate(lignes) for x, noir in enumerate(ligne) if noir
    )
    cote = len(lignes) + 2 * BORD
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {cote} {cote}"><path d="{chemin}"/></svg>'
    return CodeQr(svg, chemin, cote, retenue, complet)
