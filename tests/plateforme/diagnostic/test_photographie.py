"""The content of the reference picture: canonical, each agent once, masked by attack, compared figure by figure."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plateforme.diagnostic.test_masques import list_devoiles

from communaccord.plateforme.diagnostic.calculs.photographie import (
    CHAMPS,
    EPCI,
    ChiffresService,
    EntiteLue,
    FluxPris,
    build_contenu,
    compare_contenus,
    compute_empreinte,
    list_doutes,
    mask_contenu,
    mask_versions,
    sum_services,
)

JOUR = date(2025, 12, 31)


def build_entite(code: str, agents: dict[str, int | None], **fields) -> EntiteLue:
    services = tuple(
        ChiffresService(
            service=service,
            libelle=service.title(),
            agents=None if nombre is None else 100 * nombre,
            etp=None if nombre is None else 90 * nombre,
            masse_salariale=None if nombre is None else 4_000_000 * nombre,
        )
        for service, nombre in agents.items()
    )
    return EntiteLue(code=code, nom=f"Entité {code or 'EPCI'}", services=services, **fields)


def build(*entites: EntiteLue, flux=(), sel: str = "sel"):
    return build_contenu(jour=JOUR, annee=2025, entites=entites, flux=flux, sel=sel)


def flow(**fields) -> FluxPris:
    values = {"nature": "service", "service": "paie", "objet": "Paie", "porteur": EPCI, "beneficiaire": "F001"}
    return FluxPris(**{**values, **fields})


def test_the_order_of_the_sheets_changes_neither_the_content_nor_its_hash():
    a, b = build_entite("F001", {"paie": 2, "voirie": 9}), build_entite(EPCI, {"paie": 6})
    flux = [flow(), flow(service="voirie")]
    one, other = build(a, b, flux=flux), build(b, a, flux=flux[::-1])
    assert one == other
    assert compute_empreinte(one) == compute_empreinte(other)
    assert [entite["code"] for entite in one["entites"]] == [EPCI, "F001"]
    assert json.loads(json.dumps(one)) == one


def test_the_hash_of_the_same_figures_differs_with_its_salt():
    assert compute_empreinte(build(build_entite("F001", {"paie": 2}), sel="a")) != compute_empreinte(
        build(build_entite("F001", {"paie": 2}), sel="b")
    )


def test_two_entities_of_one_code_are_refused():
    with pytest.raises(ValueError, match="même code"):
        build(build_entite("F001", {}), build_entite("F001", {}))


@given(st.lists(st.sampled_from(("paie", "voirie", "urbanisme")), max_size=6), st.integers(0, 500))
def test_flows_add_nobody(services, temps):
    """However many flows are declared on it, a service carried by the EPCI is staff of the EPCI alone, once."""
    entites = (build_entite(EPCI, {"paie": 6}), build_entite("F001", {"paie": 0, "voirie": 7}))
    flux = [flow(service=service, temps=temps, montant=temps) for service in services]
    assert sum_services(build(*entites, flux=flux)) == sum_services(build(*entites))


def test_agents_counted_by_who_benefits_are_told():
    contenu = build(
        build_entite(EPCI, {"paie": 6}),
        build_entite("F001", {"paie": 2}),
        build_entite("F002", {"paie": 0}),
        flux=[flow(), flow(beneficiaire="F002"), flow(nature="ac", service="")],
    )
    assert [(d.code, d.service, d.porteur, d.agents) for d in list_doutes(contenu)] == [
        ("F001", "paie", "Entité EPCI", 200)
    ]


def test_an_unknown_figure_is_not_a_zero():
    contenu = build(build_entite("F001", {"paie": None, "voirie": 3}), build_entite("F002", {"paie": None}))
    assert [entite["effectif"] for entite in contenu["entites"]] == [300, None]
    assert sum_services(contenu)["paie"]["agents"] is None


def test_every_change_is_told_service_by_service():
    before = build(build_entite("F001", {"paie": 2, "voirie": 9}, population=900))
    after = build(build_entite("F001", {"paie": 3}, population=910), build_entite("F002", {}))
    told = [(d.entite, d.service, d.champ, d.avant, d.apres) for d in compare_contenus(before, after)]
    assert told == [
        ("F001", "", "population", 900, 910),
        ("F001", "paie", "agents", 200, 300),
        ("F001", "paie", "etp", 180, 270),
        ("F001", "paie", "masse_salariale", 8_000_000, 12_000_000),
        ("F001", "voirie", "agents", 900, None),
        ("F001", "voirie", "etp", 810, None),
        ("F001", "voirie", "masse_salariale", 36_000_000, None),
    ]
    assert compare_contenus(before, before) == []


contenus = st.lists(
    st.dictionaries(st.sampled_from(("paie", "voirie")), st.one_of(st.none(), st.integers(0, 9)), min_size=1),
    min_size=1,
    max_size=4,
).map(lambda rows: build(*(build_entite(f"F{rang:03}" if rang else EPCI, row) for rang, row in enumerate(rows))))


@given(contenus)
def test_no_reader_deduces_a_count_of_the_picture(contenu):
    cells = {
        (e["code"], s["service"]): None if s["agents"] is None else s["agents"] // 100
        for e in contenu["entites"]
        for s in e["services"]
    }
    assert list_devoiles(cells, mask_contenu(contenu).par_champ["agents"]) == []


@given(contenus)
def test_payroll_and_time_are_hidden_wherever_people_are(contenu):
    masques = mask_contenu(contenu)
    for entite in contenu["entites"]:
        for row in entite["services"]:
            for champ in ("etp", "masse_salariale"):
                if not masques.shows("agents", entite["code"], row["service"]):
                    assert not masques.shows(champ, entite["code"], row["service"])
                    assert not masques.shows_total_entite(champ, entite["code"])
    assert set(CHAMPS) >= set(masques.par_champ)


def test_a_payroll_without_its_people_is_hidden():
    seule = ChiffresService("paie", "Paie", agents=None, etp=80, masse_salariale=3_000_000)
    contenu = build(EntiteLue("F001", "Une", services=(seule,)), build_entite("F002", {"paie": 8}))
    masques = mask_contenu(contenu)
    assert not masques.shows("masse_salariale", "F001", "paie")
    assert not masques.shows("etp", "F001", "paie")
    assert not masques.shows_total_service("masse_salariale", "paie")
    assert mask_contenu(contenu, ["F001"]).shows("masse_salariale", "F001", "paie")


def build_paie(*agents: int | None):
    """A version where each commune says its people in "paie"."""
    return build(*(build_entite(f"F{rang:03}", {"paie": n}) for rang, n in enumerate(agents, 1) if n is not None))


@pytest.mark.parametrize(
    ("avant", "apres", "publie"),
    [
        ((2, 3, 2, 12, 20), (2, 3, 2, 12, 20), True),
        ((2, 3, 2, 12, 20), (2, 3, 2, 12, 22), True),
        # One small commune has answered: what moved is its two people, and their payroll.
        ((2, 3, 2, 12, 20), (2, 3, 2, 12, 20, 2), False),
        # Two did: each deduces the other.
        ((2, 3, 2, 12, 20), (2, 3, 2, 12, 20, 2, 3), False),
        ((2, 3, 2, 12, 20), (2, 3, 2, 12, 20, 2, 3, 2), True),
        # Three people left a commune that had twelve: what was read stays known.
        ((2, 3, 2, 12, 20), (2, 3, 2, 3, 20), False),
    ],
)
def test_a_new_version_does_not_tell_what_moved(avant, apres, publie):
    versions = [build_paie(*avant), build_paie(*apres)]
    assert mask_contenu(versions[0]).shows_total_service("agents", "paie")
    for champ in ("agents", "masse_salariale"):
        assert mask_versions(versions).shows_total_service(champ, "paie") is publie
        assert mask_versions(versions).shows_total(champ) is publie


def test_a_version_is_compared_with_every_earlier_one():
    """The second hides its total; the third would tell, beside the first, what the second hid."""
    versions = [build_paie(2, 3, 2, 12), build_paie(2, 3, 2, 12, 2), build_paie(2, 3, 2, 12, 2)]
    assert not mask_versions(versions).shows_total_service("agents", "paie")


def test_what_a_version_hid_stays_hidden():
    """Once the commune of two people counts twelve, the first total less the cells read would give the two."""
    versions = [build_paie(2, 3, 2, 12), build_paie(12, 3, 2, 12)]
    assert not mask_versions(versions).shows("agents", "F001", "paie")
    assert not mask_versions(versions).shows_total_entite("agents", "F001")
