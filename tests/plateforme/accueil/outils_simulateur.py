"""What the tests of the simulator share: addresses, valid data, what every page must hold."""

import re
from html.parser import HTMLParser

from django.urls import reverse

from communaccord.reference import get_communes
from communaccord.simulateur import Simulation, build_exemple, encode_lien, parse_simulation

CINQ, GRAND = "200000628", "200067106"
RESULTAT = reverse("accueil:simulateur_resultat")
OUVRIR = reverse("accueil:simulateur_ouvrir")
EXEMPLE = encode_lien(build_exemple())


def formulaire(siren=CINQ):
    return reverse("accueil:simulateur_formulaire", kwargs={"siren": siren})


def donnees(siren=CINQ, **champs):
    codes = [commune.code for commune in get_communes(siren)]
    base = {
        "service-domaine": "paie",
        "perimetre": codes,
        "volume_total": "1 200",
        "personnel-etp": "2",
        "personnel-cout_etp": "45 000",
        "couts-fixes-0-montant": "9 000",
        "variantes-0-cle-population": "60",
        "variantes-0-cle-usage": "40",
    }
    return {**base, **champs}


def build_simulation(siren=CINQ, **champs):
    codes = [commune.code for commune in get_communes(siren)]
    base = {
        "territoire": {"siren": siren},
        "service": {"domaine": "urbanisme"},
        "volume_total": "900",
        "personnel": {"etp": "2", "cout_etp": "46000"},
        "communes": {code: {"depense_actuelle": "12000"} for code in codes},
        "variantes": [{"cle": {"population": "100"}}],
    }
    simulation = parse_simulation({**base, **champs})
    assert isinstance(simulation, Simulation), [str(a) for a in simulation]
    return simulation


def get_lien(response):
    return response.url.split("s=")[1].split("&")[0]


class Page(HTMLParser):
    """Ids, targets of inner links, headings and leftovers of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.cibles, self.titres, self.attributs = [], [], 0, set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributs = dict(attrs)
        self.attributs |= set(attributs)
        self.ids += [attributs["id"]] if "id" in attributs else []
        self.titres += tag == "h1"
        if tag == "a" and (attributs.get("href") or "").startswith("#"):
            self.cibles.append(attributs["href"][1:])


def check_page(response, status=200):
    html = response.content.decode()
    assert response.status_code == status
    page = Page(html)
    assert page.titres == 1
    assert len(page.ids) == len(set(page.ids)), {i for i in page.ids if page.ids.count(i) > 1}
    assert set(page.cibles) <= set(page.ids), set(page.cibles) - set(page.ids)
    assert not {a for a in page.attributs if a == "style" or re.match(r"on[a-z]+$", a)}
    return html
