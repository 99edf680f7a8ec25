"""The legal form: answers to the advisor, form of a draft, acts received, base of the orders of magnitude."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, models, transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.actions.communs import (
    EditionConcurrente,
    SaisieRefusee,
    check_demarche,
    lock_modifiable,
    sign,
)
from communaccord.plateforme.dossiers.actions.dossiers import journalise
from communaccord.plateforme.dossiers.actions.scenarios import refuse_fige
from communaccord.plateforme.dossiers.bridge.formes import (
    CODES,
    Piece,
    find_piece,
    is_par_commune,
    is_pour_epci,
    keep_reponses,
    list_codes_conditions,
)
from communaccord.plateforme.dossiers.enums import EtatDossier, Forme
from communaccord.plateforme.dossiers.models import (
    BaseFinanciere,
    Dossier,
    PieceForme,
    ReponsesForme,
    Scenario,
    SuiviForme,
)
from communaccord.plateforme.dossiers.rules import may_prepare
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import Anomalie

RETIRE = "Ce dossier est retiré : rouvrez-le pour en suivre les actes."
SANS_ACTES = "Les actes de cette forme ne sont pas connus : choisissez une forme dans la liste."
PREMIER_JOUR = date(2000, 1, 1)


@transaction.atomic
def record_reponses(
    *, acteur: Acteur, instant: datetime, dossier: Dossier, version: int, reponses: Mapping[str, str]
) -> ReponsesForme:
    """Write the answers to the advisor over the version that was read (0: none yet); what is unknown is left out.

    Errors: EditionConcurrente when somebody else answered meanwhile.
    """
    require(may_prepare(acteur))
    check_demarche(acteur, dossier)
    actuel = lock_modifiable(dossier)
    colonnes = {"reponses": keep_reponses(reponses), **sign(acteur, instant)}
    rows = write_version(ReponsesForme, {"dossier": actuel}, version, colonnes)
    journalise(acteur, instant, actuel, "forme.repondue", f"a décrit la forme du partage de « {actuel.titre} »")
    return rows


def write_version(model: type[models.Model], cles: dict[str, Any], version: int, colonnes: dict[str, Any]) -> Any:
    """Create the row (version 0) or write over the version that was read. Errors: EditionConcurrente."""
    if version:
        rows = model._default_manager.filter(**cles, version=version)
        if rows.update(**colonnes, version=F("version") + 1):
            return model._default_manager.get(**cles)
    else:
        try:
            with transaction.atomic():
                return model._default_manager.create(**cles, **colonnes)
        except IntegrityError:
            pass
    actuel = model._default_manager.filter(**cles).first()
    if actuel is None:
        raise Conflit("Ce que vous modifiez n'existe pas encore : rouvrez la page.")
    raise EditionConcurrente(actuel, actuel.modifie_par)


@transaction.atomic
def choose_forme(*, acteur: Acteur, instant: datetime, scenario: Scenario, version: int, forme: str) -> Scenario:
    """Give a draft its legal form; its levers stay. Errors: Conflit when frozen, EditionConcurrente when it moved."""
    require(may_prepare(acteur))
    check_demarche(acteur, scenario.dossier)
    dossier = lock_modifiable(scenario.dossier)
    refuse_fige(scenario)
    if forme not in Forme.values:
        raise Conflit("Forme juridique inconnue : choisissez-en une dans la liste.")
    rows = Scenario.objects.filter(pk=scenario.pk, version=version, fige_le__isnull=True)
    written = rows.update(forme=forme, **sign(acteur, instant), version=F("version") + 1)
    actuel = Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)
    if not written:
        raise EditionConcurrente(actuel, actuel.modifie_par)
    phrase = f"a choisi, pour le scénario {actuel.lettre} du dossier « {dossier.titre} », la forme :"
    journalise(acteur, instant, dossier, "forme.choisie", f"{phrase} {Forme(forme).label}")
    return actuel


def lock_suivi(acteur: Acteur, dossier: Dossier, forme: str) -> Dossier:
    """The dossier, held; acts come after the conclusion too, never once it is withdrawn."""
    require(may_prepare(acteur))
    check_demarche(acteur, dossier)
    if forme not in CODES:
        raise Conflit(SANS_ACTES)
    row = Dossier.objects.select_for_update(of=("self",)).select_related("demarche").get(pk=dossier.pk)
    if row.etat == EtatDossier.RETIRE:
        raise Conflit(RETIRE)
    return row


@transaction.atomic
def record_conditions(
    *, acteur: Acteur, instant: datetime, dossier: Dossier, forme: str, version: int, conditions: Mapping[str, bool]
) -> SuiviForme:
    """Say in which case the dossier is (AC, union agreements…): what is absent stays unknown.

    Errors: Conflit for a form without acts or a withdrawn dossier, EditionConcurrente.
    """
    row = lock_suivi(acteur, dossier, forme)
    connues = {code: bool(conditions[code]) for code, _ in list_codes_conditions(forme) if code in conditions}
    colonnes = {"conditions": connues, **sign(acteur, instant)}
    suivi = write_version(SuiviForme, {"dossier": row, "forme": forme}, version, colonnes)
    phrase = f"a précisé les actes attendus pour le dossier « {row.titre} » ({Forme(forme).label})"
    journalise(acteur, instant, row, "forme.precisee", phrase)
    return suivi


@dataclass(frozen=True, slots=True)
class LignePiece:
    """An act of one body: received on ``jour`` under ``numero``, or not needed because of ``sans_objet``; else none."""

    jour: date | None = None
    numero: str = ""
    sans_objet: str = ""

    @property
    def est_vide(self) -> bool:
        return self.jour is None and not self.sans_objet


@transaction.atomic
def record_pieces(
    *,
    acteur: Acteur,
    instant: datetime,
    dossier: Dossier,
    forme: str,
    cle: str,
    version: int,
    lignes: Mapping[int | None, LignePiece],
) -> SuiviForme:
    """Write one act for the bodies given: primary key of a commune, or None for the EPCI (or all together).

    An empty line takes back what was recorded; bodies that are not given stay as they were. Errors: SaisieRefusee
    (dates, texts, a body that does not give this act), Conflit, EditionConcurrente.
    """
    row = lock_suivi(acteur, dossier, forme)
    piece = find_piece(forme, cle)
    if piece is None:
        raise Conflit("Cet acte n'est pas de ceux que la forme demande.")
    communes = {c.pk: c for c in CommuneMembre.objects.filter(demarche_id=row.demarche_id)}
    today = instant.astimezone(ZoneInfo(row.demarche.fuseau)).date()
    if fautes := check_lignes(forme, piece, lignes, communes, today):
        raise SaisieRefusee(fautes)
    suivi = write_version(SuiviForme, {"dossier": row, "forme": forme}, version, sign(acteur, instant))
    write_pieces(suivi, cle, lignes, {"saisi_par": acteur.nom[:250], "saisi_le": instant})
    phrase = f"a mis à jour l'acte « {piece.libelle} » du dossier « {row.titre} »"
    journalise(acteur, instant, row, "forme.acte", phrase)
    return suivi


def check_lignes(
    forme: str,
    piece: Piece,
    lignes: Mapping[int | None, LignePiece],
    communes: Mapping[int, CommuneMembre],
    today: date,
) -> list[Anomalie]:
    """What is to be mended, told at the field of its line."""
    fautes = []
    for commune_id, ligne in lignes.items():
        champ = f"jour-{commune_id or 0}"
        nom = communes[commune_id].nom if commune_id in communes else "L'intercommunalité"
        known = is_pour_epci(forme, piece) if commune_id is None else is_par_commune(piece) and commune_id in communes
        if not known:
            fautes.append(Anomalie(champ, nom, "cet acte n'est pas le sien.", "Rouvrez la page."))
        elif ligne.jour is not None and not PREMIER_JOUR <= ligne.jour <= today:
            message = f"la date {ligne.jour:%d/%m/%Y} n'est pas celle d'un acte déjà pris."
            fautes.append(Anomalie(champ, nom, message, "Corrigez-la, ou laissez vide tant que l'acte manque."))
        elif ligne.jour is not None and ligne.sans_objet:
            message = "l'acte ne peut pas être à la fois daté et sans objet."
            fautes.append(Anomalie(champ, nom, message, "Gardez l'un des deux."))
        elif ligne.numero and ligne.jour is None:
            fautes.append(Anomalie(champ, nom, "le numéro est donné sans la date.", "Ajoutez la date de l'acte."))
        if len(ligne.numero) > 60 or len(ligne.sans_objet) > 300:
            fautes.append(Anomalie(champ, nom, "un texte est trop long.", "60 caractères au plus pour un numéro."))
    return fautes


def write_pieces(
    suivi: SuiviForme, cle: str, lignes: Mapping[int | None, LignePiece], auteur: Mapping[str, Any]
) -> None:
    """Write, or take back, one act for these bodies, in four queries at most; what has not changed keeps its author."""
    existing = {piece.commune_id: piece for piece in PieceForme.objects.filter(suivi=suivi, cle=cle)}
    added, changed, taken_back = [], [], []
    for commune_id, ligne in lignes.items():
        piece = existing.get(commune_id)
        valeurs = {"jour": ligne.jour, "numero": ligne.numero, "sans_objet": ligne.sans_objet}
        if ligne.est_vide:
            taken_back += [piece.pk] if piece else []
        elif piece is None:
            added.append(PieceForme(suivi=suivi, cle=cle, commune_id=commune_id, **valeurs, **auteur))
        elif any(getattr(piece, nom) != valeur for nom, valeur in valeurs.items()):
            for nom, valeur in {**valeurs, **auteur}.items():
                setattr(piece, nom, valeur)
            changed.append(piece)
    PieceForme.objects.filter(pk__in=taken_back).delete()
    PieceForme.objects.bulk_create(added)
    PieceForme.objects.bulk_update(changed, ["jour", "numero", "sans_objet", *auteur])


@dataclass(frozen=True, slots=True)
class ContenuBase:
    """The base of the orders of magnitude: whole cents of one year, and where they come from."""

    recettes: int
    recettes_ensemble: int
    ac: int
    dsc: int
    annee: int
    source: str


@transaction.atomic
def record_base(*, acteur: Acteur, instant: datetime, version: int, contenu: ContenuBase) -> BaseFinanciere:
    """Write the financial base of the démarche over the version that was read (0: none yet).

    Errors: SaisieRefusee when the amounts do not hold together, EditionConcurrente.
    """
    require(may_prepare(acteur))
    if fautes := check_base(contenu):
        raise SaisieRefusee(fautes)
    colonnes = {nom: getattr(contenu, nom) for nom in ContenuBase.__slots__} | sign(acteur, instant)
    base = write_version(BaseFinanciere, {"demarche_id": acteur.demarche_id}, version, colonnes)
    phrase = f"a donné les montants de {contenu.annee} qui servent aux ordres de grandeur (AC et CIF)"
    record_acte(acteur=acteur, instant=instant, verbe="forme.base", phrase=phrase, portee=Portee.EQUIPE, objet=base)
    return base


def check_base(contenu: ContenuBase) -> list[Anomalie]:
    """What does not hold together."""
    fautes = []
    if min(contenu.recettes, contenu.dsc) < 0:
        fautes.append(Anomalie("recettes", "Recettes et dotation", "elles ne sont pas négatives.", "Corrigez-les."))
    if contenu.recettes_ensemble <= 0 or contenu.recettes_ensemble < contenu.recettes:
        message = "elles comprennent celles de l'intercommunalité : elles ne peuvent pas être moindres."
        fautes.append(Anomalie("recettes_ensemble", "Recettes de l'ensemble", message, "Vérifiez les deux montants."))
    if not 2000 <= contenu.annee <= 2100:
        fautes.append(Anomalie("annee", "Année", f"« {contenu.annee} » n'est pas une année.", "Écrivez 2025."))
    if not contenu.source.strip():
        fautes.append(Anomalie("source", "Source", "elle manque.", "Dites d'où viennent ces montants."))
    return fautes
