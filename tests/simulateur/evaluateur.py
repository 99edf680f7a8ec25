"""A small independent evaluator of the formulas of our workbooks: it reads the file, not the code that wrote it."""

import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree as ET

import xlsxwriter.utility as xl

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
JETON = re.compile(
    r"'(?P<feuille>[^']+)'!|\$?(?P<col>[A-Z]{1,3})\$?(?P<lig>\d+)(?::\$?(?P<col2>[A-Z]{1,3})\$?(?P<lig2>\d+))?"
)


class Plage(list):
    """Values of a range, with the operations that formulas do cell by cell."""

    def _zip(self, autre, op):
        autres = autre if isinstance(autre, Plage) else [autre] * len(self)
        return Plage(op(a, b) for a, b in zip(self, autres, strict=True))

    def __eq__(self, autre):
        return self._zip(autre, lambda a, b: float(a == b))

    def __gt__(self, autre):
        return self._zip(autre, lambda a, b: float(a > b))

    def __mul__(self, autre):
        return self._zip(autre, lambda a, b: (a or 0) * (b or 0))

    __hash__ = None


class Classeur:
    """Cells of a workbook; formulas are recomputed, never read from their stored value."""

    def __init__(self, contenu):
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            textes = [
                "".join(t.text or "" for t in si.iter(f"{{{NS['m']}}}t"))
                for si in ET.fromstring(archive.read("xl/sharedStrings.xml")).findall("m:si", NS)
            ]
            noms = [s.get("name") for s in ET.fromstring(archive.read("xl/workbook.xml")).iter(f"{{{NS['m']}}}sheet")]
            self.feuilles = {
                nom: self._read(archive.read(f"xl/worksheets/sheet{rang}.xml"), textes)
                for rang, nom in enumerate(noms, start=1)
            }
        self.calcules = {}

    def _read(self, xml, textes):
        cellules = {}
        for c in ET.fromstring(xml).iter(f"{{{NS['m']}}}c"):
            formule, valeur = c.find("m:f", NS), c.find("m:v", NS)
            if valeur is None:
                continue
            if c.get("t") == "s":
                lue = textes[int(valeur.text)]
            else:
                lue = valeur.text if c.get("t") == "str" else float(valeur.text)
            cellules[c.get("r")] = (None if formule is None else formule.text, lue)
        return cellules

    def get(self, feuille, cellule):
        cle = feuille, cellule
        if cle not in self.calcules:
            formule, valeur = self.feuilles[feuille].get(cellule, (None, None))
            self.calcules[cle] = valeur if formule is None else self.evaluate(feuille, formule)
        return self.calcules[cle]

    def evaluate(self, feuille, formule):
        def lire(trouve, autre=None):
            nonlocal cible
            if trouve["feuille"]:
                cible = trouve["feuille"]
                return ""
            ou, cible = cible, feuille
            if trouve["col2"]:
                return f"plage({ou!r},{trouve['col'] + trouve['lig']!r},{trouve['col2'] + trouve['lig2']!r})"
            return f"cellule({ou!r},{trouve['col'] + trouve['lig']!r})"

        cible = feuille
        python = re.sub(r"(?<![<>=])=(?!=)", "==", JETON.sub(lire, formule))
        return eval(python, {"__builtins__": {}}, self.fonctions())

    def fonctions(self):
        def plage(feuille, debut, fin):
            (l1, c1), (l2, c2) = xl.xl_cell_to_rowcol(debut), xl.xl_cell_to_rowcol(fin)
            cellules = (xl.xl_rowcol_to_cell(ligne, col) for ligne in range(l1, l2 + 1) for col in range(c1, c2 + 1))
            return Plage(self.get(feuille, cellule) for cellule in cellules)

        def arrondi(valeur, decimales):
            return float(Decimal(repr(valeur)).quantize(Decimal(1).scaleb(-int(decimales)), ROUND_HALF_UP))

        return {
            "plage": plage,
            "cellule": lambda feuille, cellule: self.get(feuille, cellule) or 0,
            "SUM": lambda valeurs: sum(v or 0 for v in valeurs),
            "SUMPRODUCT": sum,
            "ROUND": arrondi,
            "INT": lambda valeur: float(valeur // 1),
            "MAX": max,
            "IF": lambda condition, oui, non: oui if condition else non,
        }

    def formules(self):
        return [
            (f, c, formule) for f, cellules in self.feuilles.items() for c, (formule, _) in cellules.items() if formule
        ]
