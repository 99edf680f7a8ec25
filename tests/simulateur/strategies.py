"""Simulations on invented territories, as data that a form or a file could give."""

from fractions import Fraction

from hypothesis import strategies as st

from communaccord.simulateur.ecriture import format_exact

textes = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20)
montants = st.integers(min_value=0, max_value=10**7).map(lambda cents: format_exact(Fraction(cents, 100)))
quantites = st.fractions(min_value=0, max_value=5000, max_denominator=40).map(format_exact)


poids = st.fractions(min_value=0, max_value=20, max_denominator=20).map(format_exact)


def optional(strategie):
    return st.one_of(st.none(), st.just("je ne sais pas"), strategie)


@st.composite
def cles(draw, criteres=("population", "usage", "forfait", "temps", "potentiel_fiscal")):
    coupes = sorted(draw(st.lists(st.integers(0, 100), min_size=len(criteres) - 1, max_size=len(criteres) - 1)))
    poids = [b - a for a, b in zip([0, *coupes], [*coupes, 100], strict=True)]
    return {critere: str(valeur) for critere, valeur in zip(criteres, poids, strict=True)}


@st.composite
def communes(draw, rang, codes_actes):
    volumes = {code: draw(quantites) for code in codes_actes}
    return {
        "code": f"F{rang:03d}",
        "nom": f"Commune fictive {rang}",
        "population": draw(st.integers(0, 50_000)),
        **({"volume": volumes[codes_actes[0]]} if len(codes_actes) == 1 else {"volumes": volumes}),
        "temps": draw(quantites),
        "potentiel_fiscal": draw(montants),
        "depense_actuelle": draw(optional(montants)),
        "heures_actuelles": draw(optional(quantites)),
        "valeur_temps": draw(optional(montants)),
        "cout_seul": draw(optional(montants)),
    }


@st.composite
def simulations(draw, max_communes=6):
    nombre = draw(st.integers(1, max_communes))
    codes_actes = draw(st.sampled_from([("unite",), ("pc", "dp"), ("pc", "dp", "cua")]))
    codes = [f"F{rang:03d}" for rang in range(nombre)]
    horizon = draw(st.integers(1, 5))
    perimetres = st.one_of(st.none(), st.lists(st.sampled_from(codes), min_size=1, unique=True))
    variantes = [
        {"nom": draw(textes), "cle": draw(cles()), "perimetre": draw(perimetres)}
        for _ in range(draw(st.integers(1, 3)))
    ]
    return {
        "version": 1,
        "titre": draw(textes),
        "territoire": {"nom": "Territoire fictif", "fictif": True},
        "service": {
            "domaine": draw(st.sampled_from(["urbanisme", "paie", "libre"])),
            "actes": [{"code": code, "poids": draw(poids), "cout_unitaire": draw(montants)} for code in codes_actes],
        },
        "communes": [draw(communes(rang, codes_actes)) for rang in range(nombre)],
        "perimetre": draw(perimetres),
        "personnel": {"etp": draw(poids), "cout_etp": "45 000"},
        "couts": {
            "fixes": [{"libelle": draw(textes), "montant": draw(montants)}, {"libelle": "Locaux", "montant": "1"}],
            "adhesion": draw(montants),
            "mise_en_place": draw(montants),
            "mise_en_place_annees": draw(st.integers(1, 4)),
            "indexation_personnel": "2 %",
            "subventions": [{"libelle": "État", "montant": draw(montants)}],
            "part_epci_taux": f"{draw(st.integers(0, 100))} %",
        },
        "conditions": {"lissage": draw(st.integers(0, 3)), "porteur_du_reste": "l'intercommunalité"},
        "cout_horaire": draw(st.one_of(st.none(), st.just("28,50"))),
        "marges": {"volumes": f"{draw(st.integers(0, 30))} %", "couts": f"{draw(st.integers(0, 30))} %"},
        "annees": {"premiere": 2027, "horizon": horizon},
        "variantes": variantes,
    }
