"""The état des lieux: prepared with the mairies, opened, filled in by every way, validated, its picture frozen."""

from datetime import date, datetime

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.fiches import Repondant, build_reponses
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.territoire import TerritoireFictif
from communaccord.plateforme.diagnostic.actions import (
    ContenuCampagne,
    ReponseAEcrire,
    ReponseSaisie,
    answer_question,
    ask_question,
    create_campagne,
    open_campagne,
    propose_ligne,
    record_reponses,
    refuse_proposition,
    remind_mairies,
    validate_fiche,
)
from communaccord.plateforme.diagnostic.actions.photographies import freeze_photographie
from communaccord.plateforme.diagnostic.actions.publiques import import_publiques
from communaccord.plateforme.diagnostic.enums import Origine, Volet
from communaccord.plateforme.diagnostic.lecture.types import Donnee
from communaccord.plateforme.diagnostic.models import Campagne, ClePublique, Fiche, Ligne

PREPAREE, OUVERTE, REMPLIES, ECHEANCE, RAPPELEE, PHOTO = -105, -103, -102, -75, -74, -63
# Communes whose sheet is not finished; those that answered on paper, or by their workbook.
EN_COURS, PAPIER, CLASSEUR = ("F006", "F019"), ("F005", "F020"), ("F002", "F004", "F011", "F017", "F023")
LIGNES_EN_COURS = 9
PRESENTATION = (
    "Une vingtaine de minutes par fiche, en plusieurs fois si vous voulez. « Je ne sais pas » est une réponse. "
    "Tous les chiffres de cette démonstration sont fictifs."
)


def open_collecte(gens: Gens, territoire: TerritoireFictif, calendrier: Calendrier) -> Campagne:
    """Prepare the questionnaire, take the public figures, open to the communes."""
    annee = calendrier.maintenant.year - 1
    contenu = ContenuCampagne(
        f"État des lieux {annee} (fictif)", annee, PRESENTATION, echeance=calendrier.get_jour(ECHEANCE)
    )
    campagne = create_campagne(acteur=gens.dgs, instant=calendrier.at(PREPAREE), contenu=contenu)
    proposition = propose_ligne(
        acteur=gens.maire("F002"),
        instant=calendrier.at(PREPAREE, "18:00"),
        campagne=campagne,
        volet=Volet.AVIS,
        libelle="Les projets que la commune voudrait mener à plusieurs",
        motif="Pour parler aussi de l'avenir.",
    )
    refuse_proposition(
        acteur=gens.dgs,
        instant=calendrier.at(PREPAREE + 1, "9:00"),
        proposition=proposition,
        mot="Cela se dit déjà au besoin le plus pressant : écrivez-le là, nous le lirons.",
    )
    donnees = [
        Donnee(
            c.code,
            ClePublique.POPULATION_MUNICIPALE,
            gens.communes[c.code].millesime,
            c.population_municipale * 100,
        )
        for c in territoire.communes
    ]
    import_publiques(
        acteur=gens.equipe,
        instant=calendrier.at(PREPAREE + 1),
        source="Populations municipales (fictif)",
        donnees=donnees,
    )
    return open_campagne(acteur=gens.dgs, instant=calendrier.at(OUVERTE), campagne=campagne)


def fill_collecte(gens: Gens, territoire: TerritoireFictif, calendrier: Calendrier, campagne: Campagne) -> None:
    """Each mairie its sheet, over some weeks; the équipe projet that of the intercommunalité; two are not finished."""
    lignes = list(Ligne.objects.filter(campagne=campagne).order_by("rang"))
    fiches = {f.commune.code if f.commune else "": f for f in Fiche.objects.filter(campagne=campagne).with_commune()}
    habitants = {c.code: c.population_municipale for c in territoire.communes}
    ask_and_answer(gens, calendrier, fiches["F004"], lignes)
    for rang, (code, nombre) in enumerate([("", territoire.population_municipale), *habitants.items()]):
        instant = calendrier.at(REMPLIES + 1 + rang % 24, "14:30")
        posees = [ligne for ligne in lignes if code or ligne.pour_l_epci]
        reponses = build_reponses(Repondant(code, nombre, campagne.annee), posees)
        if code in EN_COURS:
            posees = posees[:LIGNES_EN_COURS]
        write_fiche(gens, instant, fiches[code], posees, reponses)
        if code not in EN_COURS:
            valide = gens.maire(code) if code else gens.equipe
            validate_fiche(acteur=valide, instant=calendrier.at(REMPLIES + 2 + rang % 24), fiche=fiches[code])
    remind_mairies(acteur=gens.equipe, instant=calendrier.at(RAPPELEE), campagne=campagne)


def write_fiche(
    gens: Gens, instant: datetime, fiche: Fiche, lignes: list[Ligne], reponses: dict[int, ReponseSaisie]
) -> None:
    acteur, origine = choose_voie(gens, fiche.commune.code if fiche.commune else "")
    a_ecrire = [ReponseAEcrire(ligne, 0, reponses[ligne.pk]) for ligne in lignes]
    written = record_reponses(acteur=acteur, instant=instant, fiche=fiche, reponses=a_ecrire, origine=origine)
    if written.refusees or written.conflits:
        raise ValueError(f"{fiche} : {written.refusees} {list(written.conflits)}")


def choose_voie(gens: Gens, code: str) -> tuple[Acteur, Origine]:
    """Who fills the sheet in, and how."""
    if not code:
        return gens.equipe, Origine.SAISIE
    if code in PAPIER:
        return gens.equipe, Origine.PAPIER
    return gens.secretaire(code), Origine.CLASSEUR if code in CLASSEUR else Origine.SAISIE


def ask_and_answer(gens: Gens, calendrier: Calendrier, fiche: Fiche, lignes: list[Ligne]) -> None:
    """A secretary asks about a line, and is answered; a second question waits."""
    premiere, seconde = [ligne for ligne in lignes if ligne.cle in ("secretariat_effectifs", "voirie_effectifs")]
    secretaire = gens.secretaire("F004")
    question = ask_question(
        acteur=secretaire,
        instant=calendrier.at(REMPLIES, "9:10"),
        fiche=fiche,
        ligne=premiere,
        texte="Nous sommes deux communes à employer la même personne : qui la compte ?",
    )
    answer_question(
        acteur=gens.equipe,
        instant=calendrier.at(REMPLIES, "11:00"),
        question=question,
        texte="Chacune compte une personne, et sa part dans les équivalents temps plein.",
    )
    ask_question(
        acteur=secretaire,
        instant=calendrier.at(REMPLIES, "11:20"),
        fiche=fiche,
        ligne=seconde,
        texte="Les chemins ruraux comptent-ils dans les kilomètres ?",
    )


def freeze_reference(gens: Gens, calendrier: Calendrier, campagne: Campagne) -> None:
    """The reference picture at the end of the year asked, with which the coming years are compared."""
    freeze_photographie(
        acteur=gens.dgs,
        instant=calendrier.at(PHOTO),
        campagne=campagne,
        jour=date(campagne.annee, 12, 31),
        motif="",
        lue=0,
    )
