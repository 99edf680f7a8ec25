"""The équipe projet holds the people: none of its acts makes it a mayor, nor opens to it what a commune keeps."""

from datetime import date, timedelta

import pytest
from tests.plateforme.fabriques import (
    CODE,
    INSTANT,
    build_acteur_de,
    build_compte,
    build_demarche,
    build_mandat,
    give_code,
    list_communes,
)

from communaccord.plateforme.comptes.acteurs import build_acteur
from communaccord.plateforme.comptes.actions import (
    add_personne,
    edit_personne,
    end_mandat,
    import_personnes,
    open_mandat,
    replace_code,
    reset_code,
)
from communaccord.plateforme.comptes.actions.personnes import Entree
from communaccord.plateforme.comptes.codes import SANS_CODE, CodeRefuse, check_code
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat, Personne
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.permis import ActionRefusee

pytestmark = pytest.mark.django_db
SECONDE_BOITE = "seconde.boite@example.fr"


@pytest.fixture
def equipe():
    return build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)


@pytest.fixture
def maire(equipe):
    return build_acteur_de(equipe.demarche, Role.MAIRE)


def edit(equipe, personne, courriel):
    edit_personne(acteur=equipe, instant=INSTANT, personne=personne, nom=personne.nom, courriel=courriel)


def reload(acteur):
    return build_acteur(Mandat.objects.with_personne().get(pk=acteur.mandat_id))


class TestCodeAndAddress:
    def test_ones_own_address_is_refused_on_the_page_of_a_mayor(self, equipe, maire):
        with pytest.raises(ActionRefusee, match="ne lit pas les réponses d'une commune"):
            edit(equipe, maire.mandat.personne, equipe.mandat.personne.courriel)

    def test_a_code_does_not_follow_to_another_address(self, equipe, maire):
        """The way round: a code made by oneself, another mailbox of one's own, the code replaced there."""
        code = reset_code(acteur=equipe, instant=INSTANT, personne=maire.mandat.personne)
        edit(equipe, Personne.objects.get(pk=maire.personne_id), SECONDE_BOITE)
        with pytest.raises(CodeRefuse, match="pas encore de code"):
            replace_code(acteur=reload(maire), instant=INSTANT, ancien=code, nouveau="3141 5926")

    def test_the_chosen_code_goes_too_but_not_when_the_name_alone_is_corrected(self, equipe, maire):
        give_code(maire)
        personne = Personne.objects.get(pk=maire.personne_id)
        edit_personne(acteur=equipe, instant=INSTANT, personne=personne, nom="La maire", courriel=personne.courriel)
        check_code(personne=personne, code=CODE, instant=INSTANT)
        assert not Courriel.objects.exists()
        edit(equipe, personne, SECONDE_BOITE)
        with pytest.raises(CodeRefuse) as caught:
            check_code(personne=personne, code=CODE, instant=INSTANT)
        assert caught.value.message == SANS_CODE

    def test_both_addresses_are_told_and_the_mairie_reads_it(self, equipe, maire):
        give_code(maire)
        before = maire.mandat.personne.courriel
        edit(equipe, Personne.objects.get(pk=maire.personne_id), SECONDE_BOITE)
        assert set(Courriel.objects.values_list("adresse", flat=True)) == {before, SECONDE_BOITE}
        acte = Acte.objects.visible_to(maire).get(verbe="edit_personne")
        assert acte.portee == "commune"
        assert "code personnel est effacé" in acte.phrase
        assert "@" not in acte.phrase

    def test_the_code_of_a_mayor_without_address_goes_when_the_address_comes(self, equipe):
        commune = list_communes(equipe.demarche)[0]
        awaited = build_mandat(equipe.demarche, Role.MAIRE, commune, avec_compte=False)
        code = reset_code(acteur=equipe, instant=INSTANT, personne=awaited.personne)
        entree = Entree("La maire", Role.MAIRE, commune, courriel=SECONDE_BOITE)
        faux = build_acteur(add_personne(acteur=equipe, instant=INSTANT, entree=entree))
        with pytest.raises(CodeRefuse, match="pas encore de code"):
            replace_code(acteur=faux, instant=INSTANT, ancien=code, nouveau="3141 5926")

    def test_a_code_is_not_replaced_from_the_account_that_made_it(self, equipe, maire):
        code = reset_code(acteur=equipe, instant=INSTANT, personne=maire.mandat.personne)
        Personne.objects.filter(pk=maire.personne_id).update(compte=equipe.mandat.personne.compte)
        with pytest.raises(ActionRefusee, match="avec le compte que vous utilisez"):
            replace_code(acteur=reload(maire), instant=INSTANT, ancien=code, nouveau="3141 5926")
        Personne.objects.filter(pk=maire.personne_id).update(compte=build_compte())
        replace_code(acteur=reload(maire), instant=INSTANT, ancien=code, nouveau="3141 5926")


class TestConduiteAndMairie:
    @pytest.mark.parametrize("role", [Role.MAIRE, Role.SECRETAIRE])
    @pytest.mark.parametrize("conduite", [Role.EQUIPE_PROJET, Role.DGS_EPCI])
    def test_no_hat_of_a_mairie_for_who_conducts_nor_the_reverse(self, equipe, role, conduite):
        commune = list_communes(equipe.demarche)[0]
        conduit = build_mandat(equipe.demarche, conduite)
        with pytest.raises(ActionRefusee, match="une autre adresse"):
            open_mandat(acteur=equipe, instant=INSTANT, personne=conduit.personne, role=role, commune=commune)
        agit = build_mandat(equipe.demarche, role, commune)
        with pytest.raises(ActionRefusee, match="une autre adresse"):
            open_mandat(acteur=equipe, instant=INSTANT, personne=agit.personne, role=conduite)
        assert Mandat.objects.count() == 3

    def test_a_second_person_with_the_same_address_is_the_same(self, equipe):
        commune = list_communes(equipe.demarche)[0]
        entree = Entree("Secrétariat", Role.SECRETAIRE, commune, courriel=equipe.mandat.personne.courriel)
        with pytest.raises(ActionRefusee, match="Secrétariat, ou son adresse"):
            add_personne(acteur=equipe, instant=INSTANT, entree=entree)
        with pytest.raises(ActionRefusee):
            import_personnes(acteur=equipe, instant=INSTANT, entrees=[entree])
        assert not Mandat.objects.filter(role=Role.SECRETAIRE).exists()

    def test_the_awaited_mayor_is_not_completed_with_ones_own_address(self, equipe):
        commune = list_communes(equipe.demarche)[0]
        build_mandat(equipe.demarche, Role.MAIRE, commune, avec_compte=False)
        entree = Entree("Maire", Role.MAIRE, commune, courriel=equipe.mandat.personne.courriel)
        with pytest.raises(ActionRefusee):
            add_personne(acteur=equipe, instant=INSTANT, entree=entree)

    def test_another_demarche_or_an_ended_mandate_forbids_nothing(self, equipe):
        commune = list_communes(equipe.demarche)[0]
        ailleurs = build_mandat(build_demarche(), Role.EQUIPE_PROJET)
        entree = Entree("Maire", Role.MAIRE, commune, courriel=ailleurs.personne.courriel)
        add_personne(acteur=equipe, instant=INSTANT, entree=entree)
        parti = build_mandat(equipe.demarche, Role.DGS_EPCI)
        end_mandat(acteur=equipe, instant=INSTANT, mandat=parti, fin=date(2026, 11, 23))
        values = {"personne": parti.personne, "role": Role.SECRETAIRE, "commune": commune}
        with pytest.raises(ActionRefusee):
            open_mandat(acteur=equipe, instant=INSTANT, **values)
        open_mandat(acteur=equipe, instant=INSTANT + timedelta(days=1), **values)


class TestMairieTold:
    def add_secretaire(self, equipe, maire):
        entree = Entree("Autre boîte", Role.SECRETAIRE, maire.commune, courriel=SECONDE_BOITE)
        return add_personne(acteur=equipe, instant=INSTANT, entree=entree)

    def test_the_mayor_who_was_invited_is_written_to(self, equipe, maire):
        Personne.objects.update(invitee_le=INSTANT)
        self.add_secretaire(equipe, maire)
        courriel = Courriel.objects.get()
        assert courriel.adresse == maire.mandat.personne.courriel
        assert "Autre boîte (secrétariat de mairie)" in courriel.corps
        assert Acte.objects.visible_to(maire).filter(commune=maire.commune, verbe="add_personne").exists()

    def test_nobody_is_written_to_before_the_invitation(self, equipe, maire):
        self.add_secretaire(equipe, maire)
        assert not Courriel.objects.exists()

    def test_one_more_hat_and_a_list_are_told_too(self, equipe, maire):
        Personne.objects.update(invitee_le=INSTANT)
        agent = build_mandat(equipe.demarche, Role.AGENT)
        values = {"personne": agent.personne, "role": Role.SECRETAIRE, "commune": maire.commune}
        open_mandat(acteur=equipe, instant=INSTANT, **values)
        assert Courriel.objects.filter(adresse=maire.mandat.personne.courriel).count() == 1
        entree = Entree("Autre boîte", Role.SECRETAIRE, maire.commune, courriel=SECONDE_BOITE)
        import_personnes(acteur=equipe, instant=INSTANT, entrees=[entree])
        assert Courriel.objects.filter(adresse=maire.mandat.personne.courriel).count() == 2
        assert Acte.objects.visible_to(maire).get(portee="commune").phrase.startswith("a fait entrer Autre boîte")
