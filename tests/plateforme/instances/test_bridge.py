"""What the rules of law give for the rows of the room."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from tests.plateforme.fabriques import INSTANT
from tests.plateforme.instances.outils import build_table

from communaccord.plateforme.instances.bridge import (
    Faits,
    build_controles,
    build_delai,
    build_resultat,
    find_article,
)
from communaccord.plateforme.instances.enums import Majorite, TypeInstance


def build_vote(**values):
    counts = {"en_exercice": 26, "presents": 20, "pouvoirs": 2, "exclus": 0, "pour": 12, "contre": 8}
    rest = {"abstentions": 2, "blancs": 0, "mode": "ordinaire", "majorite": "absolue", "vote_presidence": ""}
    return SimpleNamespace(**{**counts, **rest, "adoptee": True, **values})


@pytest.mark.parametrize(
    ("values", "adoptee", "words"),
    [
        ({}, True, "adoptée"),
        ({"pour": 8, "contre": 12}, False, "rejetée"),
        ({"pour": 10, "contre": 10, "vote_presidence": "pour"}, True, "prépondérante"),
        ({"pour": 10, "contre": 10, "vote_presidence": "contre"}, False, "prépondérante"),
        ({"pour": 10, "contre": 10, "mode": "secret", "vote_presidence": ""}, False, "scrutin secret"),
        ({"pour": 10, "contre": 10}, False, "pas connue"),
        ({"presents": 13}, False, "Sans quorum"),
        ({"presents": 14}, True, "adoptée"),
        ({"pour": 12, "contre": 6, "majorite": Majorite.DEUX_TIERS_EXPRIMES}, True, "Deux tiers atteints"),
        ({"pour": 12, "contre": 6, "majorite": Majorite.DEUX_TIERS_MEMBRES}, False, "Deux tiers non atteints"),
    ],
)
def test_le_resultat_selon_la_regle(values, adoptee, words):
    result = build_resultat(build_vote(**values), seconde=False)
    assert result.adoptee is adoptee
    assert words in result.phrase
    assert result.est_different is (adoptee is not True)


def test_la_seconde_convocation_ne_demande_pas_de_quorum():
    result = build_resultat(build_vote(presents=5, pour=3, contre=1, abstentions=0), seconde=True)
    assert result.adoptee
    assert result.quorum.requis == 0


def test_les_deux_tiers_incertains_avertissent():
    vote = build_vote(pour=12, contre=6, majorite=Majorite.DEUX_TIERS_STATUANT)
    assert any(
        "sur les membres en exercice" in warning for warning in build_resultat(vote, seconde=False).avertissements
    )


@pytest.mark.parametrize(("presents", "pouvoirs", "remarques"), [(20, 2, 0), (5, 6, 1), (24, 4, 1)])
def test_trop_de_pouvoirs_se_signale(presents, pouvoirs, remarques):
    vote = build_vote(presents=presents, pouvoirs=pouvoirs, pour=4, contre=1, abstentions=0)
    assert len(build_resultat(vote, seconde=False).avertissements) == remarques


def build_faits(**values):
    return Faits(
        **{
            "nature": "CC",
            "fpu": True,
            "population": 20_000,
            "sieges": 26,
            "vice_presidences": 4,
            "communes": {1: "Une (fictif)", 2: "Deux (fictif)"},
            "maires": frozenset({"10", "20"}),
            "bureau": frozenset({"10"}),
            "types": frozenset({TypeInstance.CONSEIL_COMMUNAUTAIRE, TypeInstance.BUREAU}),
            "representees": {"Bureau": frozenset({1})},
            **values,
        }
    )


def read_controles(**values):
    return {(c.sujet, c.etat): c for c in build_controles(build_faits(**values))}


def test_ce_que_la_loi_prevoit_et_qui_manque_est_a_inscrire():
    controles = read_controles()
    assert ("Conférence des maires", "a_faire") in controles
    assert any(etat == "a_faire" and "CLECT" in sujet for sujet, etat in controles)
    assert not any("COPIL" in sujet or "COTECH" in sujet for sujet, etat in controles if etat == "a_faire")


def test_la_clect_est_sans_objet_hors_fiscalite_professionnelle_unique():
    assert not any("CLECT" in sujet for sujet, _ in read_controles(fpu=False))


def test_la_conference_des_maires_n_est_pas_exigee_quand_tous_les_maires_sont_au_bureau():
    controles = read_controles(bureau=frozenset({"10", "20"}))
    assert ("Conférence des maires", "a_faire") not in controles
    assert "n'est pas obligatoire" in controles["Conférence des maires", "information"].phrase


@pytest.mark.parametrize(("nombre", "etat"), [(6, "conforme"), (7, "non_conforme")])
def test_le_nombre_de_vice_presidences(nombre, etat):
    controle = read_controles(vice_presidences=nombre)["Vice-présidences", etat]
    assert "CGCT L5211-10" in controle.source.article


def test_une_commune_absente_du_bureau_est_une_information_sans_article():
    controle = read_controles()["Bureau", "information"]
    assert "Deux (fictif)" in controle.phrase
    assert controle.source is None


def test_la_commission_rappelle_la_proportionnelle_sans_conclure():
    assert ("Commissions", "information") in read_controles(types=frozenset({TypeInstance.COMMISSION}))


@pytest.mark.parametrize(
    ("kind", "article"),
    [(TypeInstance.CONFERENCE_DES_MAIRES, "CGCT L5211-11-3"), (TypeInstance.COPIL, ""), (TypeInstance.COTECH, "")],
)
def test_la_base_legale(kind, article):
    assert find_article(kind) == article


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("jours", "urgence", "label", "tardive"),
    [
        (6, False, "5 jours francs", False),
        (5, False, "5 jours francs", True),
        (2, True, "1 jour franc", False),
        (1, True, "1 jour franc", True),
    ],
)
def test_le_delai_du_conseil_communautaire(jours, urgence, label, tardive):
    table = build_table(1)
    instance = table.open_instance(TypeInstance.CONSEIL_COMMUNAUTAIRE)
    seance = table.open_seance(instance, debut=INSTANT + timedelta(days=jours))
    seance.urgence = urgence
    delai = build_delai(seance, date(2026, 11, 23))
    assert (delai.label, delai.est_tardive) == (label, tardive)
    assert delai.note_synthese


@pytest.mark.django_db
def test_le_delai_du_conseil_municipal_suit_sa_population_et_l_alsace_moselle():
    table = build_table(2)
    labels = []
    for commune, alsace in ((0, False), (1, False), (1, True)):
        row = table.communes[commune]
        row.alsace_moselle = alsace
        instance = SimpleNamespace(type=TypeInstance.CONSEIL_MUNICIPAL, commune=row, demarche=table.demarche)
        local = INSTANT + timedelta(days=10)
        seance = SimpleNamespace(instance=instance, urgence=False, debut_local=local, convoquee_le=None)
        labels.append(build_delai(seance, date(2026, 11, 23)).label)
    assert labels == ["5 jours francs", "3 jours francs", "3 jours (non francs)"]


@pytest.mark.django_db
def test_aucun_delai_legal_pour_un_comite_de_pilotage():
    table = build_table(1)
    assert build_delai(table.open_seance(), date(2026, 11, 23)) is None
