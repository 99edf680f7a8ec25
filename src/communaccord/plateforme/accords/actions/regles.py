"""The règle du jeu: written by the équipe projet, adopted by the conférence des maires, recorded here."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from communaccord.plateforme.accords import rules
from communaccord.plateforme.accords.enums import CONSERVATION_MOIS, SEUIL_PUBLICATION, ModeOuverture
from communaccord.plateforme.accords.models import RegleDuJeu
from communaccord.plateforme.accords.textes import build_articles, follow_reglages
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import Demarche

FIGEE = "Cette version de la règle du jeu est adoptée : elle ne change plus. Préparez-en une nouvelle version."


@transaction.atomic
def prepare_regle_du_jeu(*, acteur: Acteur, instant: datetime) -> RegleDuJeu:
    """A new version to be written: the text of the latest one, or the proposed text when there is none."""
    require(rules.can_conduct(acteur, acteur.demarche_id))
    Demarche.objects.select_for_update().get(pk=acteur.demarche_id)
    rows = RegleDuJeu.objects.visible_to(acteur)
    latest = rows.order_by("-version").first()
    if latest is not None and latest.adoptee_le is None:
        raise Conflit("Une version de la règle du jeu est déjà en préparation : complétez celle-là.")
    mode = ModeOuverture(latest.mode_ouverture) if latest else ModeOuverture.HORLOGE
    seuil = latest.seuil if latest else SEUIL_PUBLICATION
    conservation = latest.conservation_mois if latest else CONSERVATION_MOIS
    regle = RegleDuJeu.objects.create(
        demarche=acteur.demarche,
        version=(rows.aggregate(m=Max("version"))["m"] or 0) + 1,
        articles=latest.articles if latest else build_articles(mode, seuil, conservation),
        mode_ouverture=mode,
        seuil=seuil,
        conservation_mois=conservation,
        redigee_le=instant,
    )
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="prepare_regle_du_jeu",
        phrase=f"a préparé la version {regle.version} de la règle du jeu",
        portee=Portee.EQUIPE,
        objet=regle,
    )
    return regle


@transaction.atomic
def write_regle_du_jeu(
    *,
    acteur: Acteur,
    instant: datetime,
    regle: RegleDuJeu,
    articles: Sequence[dict[str, str]],
    mode_ouverture: str,
    seuil: int,
    conservation_mois: int,
) -> None:
    """Write the text of a version that is not adopted yet; proposed articles left as they were follow the settings."""
    require(rules.can_conduct(acteur, regle.demarche_id))
    kept = [
        {"titre": a["titre"].strip(), "texte": a["texte"].strip()}
        for a in articles
        if a["titre"].strip() or a["texte"].strip()
    ]
    if not kept or not all(a["titre"] and a["texte"] for a in kept):
        raise Conflit("Chaque article de la règle du jeu porte un titre et un texte : complétez-les.")
    if mode_ouverture not in ModeOuverture.values or not 3 <= seuil <= 20 or not 1 <= conservation_mois <= 120:
        raise Conflit("Le seuil va de 3 à 20 communes et la conservation de 1 à 120 mois : corrigez ces réglages.")
    before = (ModeOuverture(regle.mode_ouverture), regle.seuil, regle.conservation_mois)
    after = (ModeOuverture(mode_ouverture), seuil, conservation_mois)
    written = RegleDuJeu.objects.filter(pk=regle.pk, adoptee_le__isnull=True).update(
        articles=follow_reglages(kept, before, after),
        mode_ouverture=mode_ouverture,
        seuil=seuil,
        conservation_mois=conservation_mois,
        redigee_le=instant,
    )
    if not written:
        raise Conflit(FIGEE)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="write_regle_du_jeu",
        phrase=f"a modifié la version {regle.version} de la règle du jeu",
        portee=Portee.EQUIPE,
        objet=regle,
    )


@transaction.atomic
def adopt_regle_du_jeu(
    *,
    acteur: Acteur,
    instant: datetime,
    regle: RegleDuJeu,
    adoptee_le: date,
    adoptee_par: str = "la conférence des maires",
) -> None:
    """Record that an instance adopted this version, on a day past or present: its text is frozen from now on."""
    require(rules.can_conduct(acteur, regle.demarche_id))
    if adoptee_le > get_jour(instant, acteur.demarche.fuseau):
        raise Conflit("La date d'adoption est à venir : enregistrez l'adoption quand elle aura eu lieu.")
    if not adoptee_par.strip():
        raise Conflit("Dites quelle instance a adopté la règle du jeu.")
    adopted = RegleDuJeu.objects.filter(pk=regle.pk, adoptee_le__isnull=True).update(
        adoptee_le=adoptee_le, adoptee_par=adoptee_par.strip()[:150], enregistree_le=instant
    )
    if not adopted:
        raise Conflit(FIGEE)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="adopt_regle_du_jeu",
        phrase=f"a enregistré l'adoption de la règle du jeu, version {regle.version}, par {adoptee_par.strip()[:150]}",
        portee=Portee.TABLE,
        objet=regle,
    )
