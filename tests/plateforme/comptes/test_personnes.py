"""The acts on people: added, completed, ended, invited; each in the journal, for its circle."""

from datetime import date, timedelta

import pytest
from tests.plateforme.fabriques import (
    DEBUT,
    INSTANT,
    build_acteur_de,
    build_compte,
    build_demarche,
    build_mandat,
    list_communes,
)

from communaccord.plateforme.comptes.actions import (
    add_personne,
    edit_personne,
    end_mandat,
    end_mandats_commune,
    import_personnes,
    invite_mandats,
    invite_personne,
    open_mandat,
)
from communaccord.plateforme.comptes.actions.personnes import Entree
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte, Mandat, Personne
from communaccord.plateforme.comptes.noms import say_once, write_maire
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit
from communaccord.plateforme.territoires.enums import EtatDemarche

pytestmark = pytest.mark.django_db
SITE = "http://localhost/mes-demarches/"


@pytest.fixture
def equipe():
    return build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)


def add(equipe, **values):
    return add_personne(acteur=equipe, instant=INSTANT, entree=Entree(**values))


def test_somebody_joins_with_an_account_of_their_address(equipe):
    commune = list_communes(equipe.demarche)[1]
    mandat = add(equipe, nom="Secrétariat", role=Role.SECRETAIRE, commune=commune, courriel="Mairie@Example.fr")
    assert mandat.personne.compte.email == "mairie@example.fr"
    assert not mandat.personne.compte.has_usable_password()
    assert mandat.debut == date(2026, 11, 23)
    acte = Acte.objects.get()
    assert (acte.verbe, acte.portee, acte.commune) == ("add_personne", "table", commune)


def test_an_address_already_known_is_shared_not_doubled(equipe):
    compte = build_compte("mairie@example.fr")
    for commune in list_communes(equipe.demarche):
        add(equipe, nom=f"Maire {commune}", role=Role.MAIRE, commune=commune, courriel="mairie@example.fr")
    assert Compte.objects.filter(email="mairie@example.fr").count() == 1
    assert compte.personnes.count() == 3


def test_a_private_role_is_told_to_the_equipe_only(equipe):
    add(equipe, nom="Agent", role=Role.AGENT)
    assert Acte.objects.get().portee == "equipe"


def test_the_mayor_that_a_commune_awaits_is_completed(equipe):
    commune = list_communes(equipe.demarche)[0]
    awaited = build_mandat(equipe.demarche, Role.MAIRE, commune, avec_compte=False)
    mandat = add(equipe, nom="La maire", role=Role.MAIRE, commune=commune, courriel="maire@example.fr")
    assert mandat.pk == awaited.pk
    assert Personne.objects.get(pk=awaited.personne_id).compte.email == "maire@example.fr"
    with pytest.raises(Conflit, match="a déjà un ou une maire"):
        add(equipe, nom="Un autre", role=Role.MAIRE, commune=commune, courriel="autre@example.fr")


def test_the_constraints_speak_french(equipe):
    with pytest.raises(Conflit, match="date de fin"):
        add(equipe, nom="Cabinet", role=Role.CONSULTANT)
    with pytest.raises(Conflit, match="dites laquelle"):
        add(equipe, nom="Maire sans commune", role=Role.MAIRE)
    with pytest.raises(Conflit, match="finit après"):
        add(equipe, nom="X", role=Role.AGENT, debut=DEBUT, fin=DEBUT - timedelta(days=1))
    assert Personne.objects.count() == 1, "rien n'est écrit à moitié"


def test_a_list_is_written_whole_or_not_at_all(equipe):
    commune = list_communes(equipe.demarche)[0]
    first = Entree("A", Role.MAIRE, commune, courriel="a@example.fr")
    second = Entree("B", Role.MAIRE, commune, courriel="b@example.fr")
    with pytest.raises(Conflit):
        import_personnes(acteur=equipe, instant=INSTANT, entrees=[first, second])
    assert not Personne.objects.filter(nom="A").exists()
    assert not Compte.objects.filter(email="a@example.fr").exists()
    import_personnes(acteur=equipe, instant=INSTANT, entrees=[first])
    assert Personne.objects.filter(nom="A").exists()


def test_one_more_hat_then_its_end(equipe):
    commune = list_communes(equipe.demarche)[0]
    maire = build_mandat(equipe.demarche, Role.MAIRE, commune)
    mandat = open_mandat(acteur=equipe, instant=INSTANT, personne=maire.personne, role=Role.VICE_PRESIDENT)
    end_mandat(acteur=equipe, instant=INSTANT, mandat=mandat, fin=date(2026, 12, 31))
    assert Mandat.objects.get(pk=mandat.pk).fin == date(2026, 12, 31)
    with pytest.raises(Conflit, match="déjà une fin"):
        end_mandat(acteur=equipe, instant=INSTANT, mandat=mandat, fin=date(2027, 1, 31))
    with pytest.raises(Conflit, match="ne peut finir avant"):
        end_mandat(acteur=equipe, instant=INSTANT, mandat=maire, fin=DEBUT - timedelta(days=1))
    with pytest.raises(Conflit, match="a déjà un ou une maire"):
        open_mandat(acteur=equipe, instant=INSTANT, personne=equipe.mandat.personne, role=Role.MAIRE, commune=commune)


def test_the_equipe_never_empties_itself(equipe):
    with pytest.raises(Conflit, match="relève"):
        end_mandat(acteur=equipe, instant=INSTANT, mandat=equipe.mandat, fin=date(2026, 12, 1))
    build_mandat(equipe.demarche, Role.DGS_EPCI)
    end_mandat(acteur=equipe, instant=INSTANT, mandat=equipe.mandat, fin=date(2026, 12, 1))


def test_a_relief_without_an_account_is_no_relief(equipe):
    build_mandat(equipe.demarche, Role.DGS_EPCI, avec_compte=False)
    with pytest.raises(Conflit, match="relève"):
        end_mandat(acteur=equipe, instant=INSTANT, mandat=equipe.mandat, fin=date(2026, 12, 1))


def test_a_renewal_ends_the_mandates_of_one_commune(equipe):
    first, second, _ = list_communes(equipe.demarche)
    mine = [build_mandat(equipe.demarche, role, first) for role in (Role.MAIRE, Role.SECRETAIRE)]
    other = build_mandat(equipe.demarche, Role.MAIRE, second)
    fin = date(2026, 12, 1)
    assert end_mandats_commune(acteur=equipe, instant=INSTANT, commune=first, fin=fin) == 2
    assert {m.fin for m in Mandat.objects.filter(pk__in=[m.pk for m in mine])} == {fin}
    assert Mandat.objects.get(pk=other.pk).fin is None
    with pytest.raises(Conflit, match="Aucun mandat"):
        end_mandats_commune(acteur=equipe, instant=INSTANT, commune=first, fin=fin)


def test_another_address_opens_the_mandates_at_once(equipe):
    mandat = build_mandat(equipe.demarche, Role.SECRETAIRE)
    before = mandat.personne.compte
    edit_personne(acteur=equipe, instant=INSTANT, personne=mandat.personne, nom="Secrétariat", courriel="N@example.fr")
    personne = Personne.objects.get(pk=mandat.personne_id)
    assert personne.compte.email == "n@example.fr"
    assert before.personnes.count() == 0


def test_an_invitation_says_where_and_holds_no_secret(equipe):
    mandat = build_mandat(equipe.demarche, Role.SECRETAIRE)
    for _ in range(2):
        invite_personne(acteur=equipe, instant=INSTANT, personne=mandat.personne, adresse_site=SITE)
    courriel = Courriel.objects.get()
    assert SITE in courriel.corps
    assert "fictif" in courriel.corps
    assert Personne.objects.get(pk=mandat.personne_id).invitee_le == INSTANT
    later = INSTANT + timedelta(days=3)
    invite_personne(acteur=equipe, instant=later, personne=mandat.personne, adresse_site=SITE)
    assert Courriel.objects.count() == 2


def test_all_those_who_wait_are_invited_once(equipe):
    for commune in list_communes(equipe.demarche):
        build_mandat(equipe.demarche, Role.MAIRE, commune)
    build_mandat(equipe.demarche, Role.AGENT, avec_compte=False)
    assert invite_mandats(acteur=equipe, instant=INSTANT, adresse_site=SITE) == 4
    assert invite_mandats(acteur=equipe, instant=INSTANT, adresse_site=SITE) == 0


def test_without_an_address_the_letter_is_proposed(equipe):
    personne = build_mandat(equipe.demarche, Role.MAIRE, avec_compte=False).personne
    with pytest.raises(Conflit, match="lettre"):
        invite_personne(acteur=equipe, instant=INSTANT, personne=personne, adresse_site=SITE)


def test_nobody_is_invited_before_the_confirmation():
    equipe = build_acteur_de(build_demarche(etat=EtatDemarche.A_CONFIRMER), Role.EQUIPE_PROJET)
    mandat = build_mandat(equipe.demarche, Role.MAIRE)
    with pytest.raises(ActionRefusee, match="confirmation"):
        invite_personne(acteur=equipe, instant=INSTANT, personne=mandat.personne, adresse_site=SITE)
    with pytest.raises(ActionRefusee, match="confirmation"):
        invite_mandats(acteur=equipe, instant=INSTANT, adresse_site=SITE)
    assert not Courriel.objects.exists()


@pytest.mark.parametrize("role", [r for r in Role.values if r not in ("dgs_epci", "equipe_projet")])
def test_no_other_role_writes_anything(role):
    acteur = build_acteur_de(build_demarche(), role)
    commune = list_communes(acteur.demarche)[0]
    common = {"acteur": acteur, "instant": INSTANT}
    acts = [
        lambda: add_personne(**common, entree=Entree("X", Role.AGENT)),
        lambda: import_personnes(**common, entrees=[]),
        lambda: open_mandat(**common, personne=acteur.mandat.personne, role=Role.EQUIPE_PROJET),
        lambda: end_mandat(**common, mandat=acteur.mandat, fin=DEBUT),
        lambda: end_mandats_commune(**common, commune=commune, fin=DEBUT),
        lambda: edit_personne(**common, personne=acteur.mandat.personne, nom="X", courriel=""),
        lambda: invite_personne(**common, personne=acteur.mandat.personne, adresse_site=SITE),
        lambda: invite_mandats(**common, adresse_site=SITE),
    ]
    for act in acts:
        with pytest.raises(ActionRefusee, match="équipe projet"):
            act()
    assert not Acte.objects.exists()


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Agen", "Maire d'Agen"),
        ("Pau", "Maire de Pau"),
        ("Le Havre", "Maire du Havre"),
        ("Les Sables", "Maire des Sables"),
        ("La Rochelle", "Maire de La Rochelle"),
        ("L'Isle", "Maire de L'Isle"),
        ("Épinal", "Maire d'Épinal"),
        ("Haguenau", "Maire de Haguenau"),
    ],
)
def test_a_mayor_is_named_in_french(nom, attendu):
    assert write_maire(nom) == attendu


@pytest.mark.parametrize(
    ("nom", "qualite", "attendu"),
    [
        ("Maire de Pau", "maire", "Maire de Pau"),
        ("Maire de Pau", "Maire de Pau", "Maire de Pau"),
        ("Maire de Pau", "1re vice-présidence", "Maire de Pau, 1re vice-présidence"),
        ("Jeanne", "", "Jeanne"),
        ("Jeanne", "Maire", "Jeanne, Maire"),
        ("Secrétariat des mairies de A et B", "Secrétariat de mairie de B", "Secrétariat de mairie de B"),
    ],
)
def test_a_function_is_said_once(nom, qualite, attendu):
    assert say_once(nom, qualite) == attendu


def test_the_list_says_the_role_beside_a_name_that_is_a_function(equipe):
    mandat = build_mandat(equipe.demarche, Role.MAIRE, fonction="Maire de Pau")
    mandat.personne.nom = "Maire de Pau"
    assert (mandat.libelle, mandat.precision) == ("Maire de Pau", "maire")
    mandat.personne.nom = "Jeanne"
    assert (mandat.libelle, mandat.precision) == ("Jeanne, Maire de Pau", "Maire de Pau")
