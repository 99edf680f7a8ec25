"""What is frozen is read back exactly; the draw is anyone's to redo."""

import json
from collections import Counter
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.noyau.accord import (
    VERSION,
    Clause,
    Confidentialite,
    Degre,
    Engagement,
    Offre,
    OffreCommune,
    Position,
    Priorite,
    Reponse,
    TypeClause,
    draw_assesseurs,
    dump_canonique,
    publish_tour,
    read_offre,
    read_publication,
    read_reponse,
    write_offre,
    write_publication,
    write_reponse,
)

CENTS = st.integers(0, 10**9)
TAUX = st.fractions(0, 2)
CODES = st.text("0123456789AB", min_size=5, max_size=5)
CLAUSES = st.one_of(
    st.builds(
        Clause,
        st.sampled_from((TypeClause.CONTRIBUTION_MAX, TypeClause.GAIN_MIN)),
        st.sampled_from(Degre),
        montant=CENTS,
        annee=st.none() | st.integers(2020, 2050),
        confidentialite=st.sampled_from(Confidentialite),
    ),
    st.builds(Clause, st.just(TypeClause.HAUSSE_MAX), st.sampled_from(Degre), taux=TAUX, texte=st.text()),
    st.builds(Clause, st.just(TypeClause.AUTRE), st.sampled_from(Degre), texte=st.just("Un guichet à l'année.")),
)
REPONSES = st.builds(
    Reponse,
    CODES,
    st.sampled_from(Position),
    st.none() | st.sampled_from(Priorite),
    st.lists(CLAUSES, max_size=3).map(tuple),
    st.sampled_from(Confidentialite),
    st.sampled_from(Confidentialite),
)
ANNEES = range(2027, 2030)
LOCALES = st.builds(
    OffreCommune,
    st.booleans(),
    st.fixed_dictionaries(dict.fromkeys(ANNEES, CENTS)),
    st.none() | st.fixed_dictionaries(dict.fromkeys(ANNEES, st.integers(-(10**9), 10**9))),
)
OFFRES = st.builds(
    Offre,
    st.text(min_size=1),
    st.just(2027),
    st.dictionaries(CODES, LOCALES, max_size=4),
    st.frozensets(st.sampled_from(Engagement)),
    st.none() | TAUX,
    st.none() | st.sampled_from(ANNEES),
    st.text(),
)


def pass_json(donnees):
    return json.loads(dump_canonique(donnees))


@given(REPONSES)
def test_an_answer_is_read_back_exactly(reponse):
    assert read_reponse(pass_json(write_reponse(reponse))) == reponse


@given(OFFRES)
def test_an_offer_is_read_back_exactly_and_has_one_text(offre):
    relue = read_offre(pass_json(write_offre(offre)))
    assert relue == offre
    assert dump_canonique(write_offre(relue)) == dump_canonique(write_offre(offre))


@pytest.mark.parametrize("nombre", [4, 7, 12])
def test_a_publication_is_read_back_exactly(nombre):
    codes = [f"C{i:02}" for i in range(nombre)]
    offre = Offre("S", 2027, dict.fromkeys(codes, OffreCommune(True, {2027: 1})))
    publication = publish_tour([Reponse(c, Position.FAVORABLE) for c in codes], [offre])
    assert read_publication(pass_json(write_publication(publication))) == publication


def test_amounts_are_whole_and_rates_are_quotients():
    clause = Clause(TypeClause.HAUSSE_MAX, Degre.SOUHAIT, taux=Fraction(1, 50))
    texte = dump_canonique(write_reponse(Reponse("A", Position.FAVORABLE, None, (clause,))))
    assert '"taux":"1/50"' in texte
    assert f'"version":"{VERSION}"' in texte


def test_another_version_is_refused():
    donnees = write_reponse(Reponse("A", Position.FAVORABLE)) | {"version": "accord-0"}
    with pytest.raises(ValueError, match="autre version du modèle"):
        read_reponse(donnees)


MAIRES = [f"maire-{i}" for i in range(26)]


def test_the_draw_is_the_published_recipe():
    attendus = sorted(MAIRES, key=lambda m: sha256(f"tirage du 3 mars\n{m}".encode()).hexdigest())
    assert draw_assesseurs("tirage du 3 mars", MAIRES) == tuple(attendus[:3])
    assert draw_assesseurs("tirage du 3 mars", MAIRES, 5)[:3] == tuple(attendus[:3])


@given(st.permutations(MAIRES), st.text("abc ", min_size=1).filter(str.strip))
def test_the_order_of_the_list_and_duplicates_change_nothing(melange, graine):
    assert draw_assesseurs(graine, [*melange, *melange[:4]]) == draw_assesseurs(graine, MAIRES)


def test_nobody_is_favoured_and_withdrawals_keep_the_others_order():
    tirages = [draw_assesseurs(f"graine {i}", MAIRES) for i in range(2600)]
    comptes = Counter(maire for tirage in tirages for maire in tirage)
    # 300 expected each; chi-square with 25 degrees of freedom stays under 52.6 with probability 0.999.
    assert sum((comptes[m] - 300) ** 2 / 300 for m in MAIRES) < 52.6
    for i, tirage in enumerate(tirages[:50]):
        sans = [m for m in MAIRES if m != tirage[0]]
        assert draw_assesseurs(f"graine {i}", sans)[:2] == tirage[1:]


@pytest.mark.parametrize(
    ("graine", "candidats", "extrait"),
    [
        (" ", MAIRES, "est vide"),
        ("deux\nlignes", MAIRES, "plusieurs lignes"),
        ("graine", ["a", "b\nc", "d"], "Un identifiant"),
        ("graine", ["a", "a", "b"], "3 personnes parmi 2"),
    ],
)
def test_a_draw_that_cannot_be_held_is_refused(graine, candidats, extrait):
    with pytest.raises(ValueError, match=extrait):
        draw_assesseurs(graine, candidats)


def test_the_declaration_is_read_back_and_is_false_where_it_was_never_asked():
    declaree = Reponse("A", Position.FAVORABLE, None, (), Confidentialite.PARTAGE, entierement_partagee=True)
    donnees = write_reponse(declaree)
    assert read_reponse(donnees) == declaree
    del donnees["entierement_partagee"]
    assert read_reponse(donnees) == Reponse("A", Position.FAVORABLE, None, (), Confidentialite.PARTAGE)
