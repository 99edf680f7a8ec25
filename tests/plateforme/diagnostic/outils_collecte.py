"""What the tests of the collecte share: a campaign opened by its acts, a mairie and its sheet, a posted part."""

from datetime import date

from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.actions import ContenuCampagne, ReponseSaisie
from communaccord.plateforme.diagnostic.forms.fiches import fill_champs, find_defauts
from communaccord.plateforme.diagnostic.models import Fiche, Ligne
from communaccord.plateforme.diagnostic.queries.campagnes import list_lignes_de, map_reponses

CONTENU = ContenuCampagne("État des lieux 2026", 2025, "Merci de votre temps.", date(2026, 12, 18))


def build_preparee(communes=3, **options):
    """A campaign being prepared, and its équipe projet."""
    demarche = build_demarche(communes)
    equipe = build_acteur_de(demarche, Role.DGS_EPCI)
    return actions.create_campagne(acteur=equipe, instant=INSTANT, contenu=CONTENU, **options), equipe


def build_ouverte(communes=3, **options):
    campagne, equipe = build_preparee(communes, **options)
    return actions.open_campagne(acteur=equipe, instant=INSTANT, campagne=campagne), equipe


def build_mairie(campagne, rang=0, role=Role.SECRETAIRE):
    """Somebody of a mairie, and its sheet."""
    commune = list_communes(campagne.demarche)[rang]
    return build_acteur_de(campagne.demarche, role, commune), Fiche.objects.get(campagne=campagne, commune=commune)


def find_ligne(campagne, cle):
    return Ligne.objects.get(campagne=campagne, cle=cle)


def record(acteur, fiche, cle, version=0, instant=INSTANT, **valeurs):
    ligne = find_ligne(fiche.campagne, cle)
    reponse = ReponseSaisie(valeurs, annee=2025, source="compte financier unique")
    return actions.record_reponse(
        acteur=acteur, instant=instant, fiche=fiche, ligne=ligne, version=version, reponse=reponse
    )


def read_form(fiche, volet):
    """The fields of a part as its page shows them now."""
    lignes, reponses = [x for x in list_lignes_de(fiche) if x.volet == volet], map_reponses(fiche)
    return fill_champs(lignes, reponses, find_defauts(fiche.campagne, lignes, reponses))


def name(fiche, cle, champ="valeur"):
    return f"l{find_ligne(fiche.campagne, cle).pk}-{champ}"


def post_volet(client, acteur, fiche, volet, champs, **typed):
    """Post a part as shown in ``champs``, with what was typed over it: ``population__valeur="1 234"``."""
    over = {name(fiche, *cle.split("__")): texte for cle, texte in typed.items()}
    return client.post(chemin(acteur, "diagnostic:volet", fiche.pk, volet), {**champs, **over})
