"""The papers of a tour de consultation: answer to fill by hand, règle du jeu, result. Plain data in, PDF out."""

from pathlib import Path

from communaccord.plateforme.accords.documents.types import (
    Compte,
    DossierPapier,
    RegleDuJeu,
    ReponsePapier,
    ResultatDossier,
    ResultatTour,
    ScenarioCommune,
    TourPapier,
)
from communaccord.plateforme.documents.papier import Contact, render_papier, write_joindre, write_moment
from communaccord.plateforme.socle.montants import write_ecart, write_montant
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import estimation

GABARITS = Path(__file__).resolve().parent / "typst"
MOT_PROJET = "Projet, non adoptée"
INCONNU = "non connu"
HORS_PERIMETRE = "sans votre commune"
PORTEE = "Position du ou de la maire : elle n'engage pas le conseil municipal et ne vaut pas délibération."
LETTRES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Beyond, a text typed by the équipe projet would not hold beside the boxes: the whole of it is on the fiche.
MAX_TEXTE = 240

Data = dict[str, object]


def render_reponse(reponse: ReponsePapier) -> bytes:
    """PDF of the answer of one commune: a page that says how, then one page a dossier."""
    titre = f"Réponse de {reponse.commune}, {reponse.tour.titre}"
    return render_papier(GABARITS / "reponse.typ", titre, reponse.entete, build_reponse(reponse))


def render_regle_du_jeu(regle: RegleDuJeu) -> bytes:
    """PDF of the règle du jeu, on one page; a project says so."""
    titre = f"Règle du jeu, version {regle.version}"
    return render_papier(GABARITS / "regle.typ", titre, regle.entete, build_regle(regle))


def render_resultat(resultat: ResultatTour) -> bytes:
    """PDF of what a round publishes."""
    titre = f"Résultat, {resultat.tour.titre}"
    return render_papier(GABARITS / "resultat.typ", titre, resultat.entete, build_resultat(resultat))


def build_reponse(reponse: ReponsePapier) -> Data:
    """The words of the answer."""
    tour, mots = reponse.tour, reponse.vocabulaire
    lettres = ", ".join(f"{lettre} {clause}" for lettre, clause in zip(LETTRES, mots.clauses, strict=False))
    return {
        "surtitre": f"{tour.titre} · {reponse.commune} · réf. {reponse.reference}",
        "pied": f"{reponse.entete.demarche} · {reponse.commune} · réf. {reponse.reference}",
        "titre_mode": f"La réponse de {reponse.commune}",
        "phrase_mode": f"À rendre sous enveloppe fermée avant le {write_moment(tour.cloture_le)}.",
        "faits": [*list_faits_tour(tour), {"libelle": "À rendre à", "valeur": write_retour(reponse.retour)}],
        "titre_regle": "La règle du jeu en cinq lignes",
        "regle": list_regle(reponse),
        "titre_remplir": "Comment remplir",
        "remplir": list_remplir(reponse),
        "titre_enveloppe": "Ce que devient l'enveloppe",
        "enveloppe": list_enveloppe(tour),
        "portee": PORTEE,
        "dossiers": [build_dossier(dossier) for dossier in reponse.dossiers],
        "colonnes": ["Scénario", "Vous paieriez", "Aujourd'hui", "Écart sur le budget"],
        "note_chiffres": "Par an. Montants arrondis quand ils sont estimés ; le détail est sur la fiche de la commune.",
        "visibilites": ["sous pli", "partagé"],
        "titre_position": "Ma position",
        "positions": list(mots.positions),
        "mot_raison": "Parce que",
        "titre_priorite": "Pour ma commune, ce dossier est",
        "priorites": list(mots.priorites),
        "titre_clauses": f"Mes souhaits et conditions, {reponse.max_clauses} au plus",
        "lettres": f"Écrivez une lettre : {lettres}.",
        "mot_lettre": "Lettre",
        "mot_precision": "Montant, année, commune ou précision",
        "degres": list(mots.degres),
        "max_clauses": reponse.max_clauses,
        "contrepartie": "Si mes conditions sont réunies, je présente ce dossier favorablement à mon conseil.",
        "mot_date": "Date",
        "mot_signature": "Signature du ou de la maire",
    }


def list_faits_tour(tour: TourPapier) -> list[dict[str, str]]:
    """The dates of a round."""
    return [
        {"libelle": "Ouverture", "valeur": write_moment(tour.ouvre_le)},
        {"libelle": "Clôture", "valeur": write_moment(tour.cloture_le)},
    ]


def write_retour(contact: Contact) -> str:
    """Where the envelope goes, line by line."""
    return "\n".join(part for part in (write_joindre(contact), *contact.adresse) if part)


def list_regle(reponse: ReponsePapier) -> list[str]:
    """The règle du jeu in five lines."""
    return [
        "Vous donnez votre position de maire. Elle n'engage pas votre conseil municipal.",
        "Avant la clôture, personne ne voit les réponses des autres. Vous pouvez reprendre ou retirer la vôtre.",
        "Ce qui est sous pli ne sert qu'au calcul. Ce qui est partagé est lu par toute la table après l'ouverture.",
        "On publie un nombre de communes par scénario, jamais un montant d'où l'on pourrait déduire une limite sous "
        f"pli, rien sur un groupe de moins de {reponse.seuil} communes.",
        "L'équipe projet reste neutre. Elle seule sait quelles communes ont répondu.",
    ]


def list_remplir(reponse: ReponsePapier) -> list[str]:
    """How to fill the pages."""
    return [
        "Une page par dossier. Cochez une seule position ; laissez vide ce que vous ne savez pas encore.",
        f"Pour chaque souhait ou condition ({reponse.max_clauses} au plus par dossier), écrivez la lettre, le montant "
        "ou la précision, puis cochez s'il s'agit d'un souhait, d'une condition ou d'une condition indispensable.",
        "Cochez « sous pli » ou « partagé ». Sans case cochée, c'est sous pli.",
        "Datez et signez chaque page. Mettez-les dans une enveloppe, fermez-la, signez sur la fermeture.",
        f"Écrivez dessus : « {reponse.commune}, {reponse.tour.titre}, réf. {reponse.reference} ».",
    ]


def list_enveloppe(tour: TourPapier) -> list[str]:
    """What happens to the envelope: who will read it is said plainly."""
    return [
        "À son arrivée, elle reçoit un numéro et reste fermée. Jusqu'à la clôture, vous pouvez la reprendre.",
        "Après la clôture, l'équipe projet l'ouvre et la recopie, puis une seconde personne, élue, relit la copie : "
        f"toutes deux lisent votre réponse. {tour.ouverture_des_plis}",
    ]


def build_dossier(dossier: DossierPapier) -> Data:
    """A dossier as the page of the answer shows it."""
    presentation = (("Objectif", dossier.objectif), ("Pour les habitantes et habitants", dossier.effet_service))
    return {
        "titre": dossier.titre,
        "presentation": [f"{mot} : {shorten(texte)}" for mot, texte in presentation if texte],
        "scenarios": [build_scenario(scenario) for scenario in dossier.scenarios],
    }


def shorten(texte: str) -> str:
    """The beginning of a long text, cut between two words."""
    unique = " ".join(texte.split())
    if len(unique) <= MAX_TEXTE:
        return unique
    return unique[:MAX_TEXTE].rpartition(" ")[0].rstrip(",;:.") + "…"


def build_scenario(scenario: ScenarioCommune) -> dict[str, str]:
    """What the scenario costs the commune, what it spends today, the difference of the two."""
    if not scenario.participe:
        return {"nom": scenario.nom, "contribution": HORS_PERIMETRE, "aujourd_hui": "", "ecart": ""}
    contribution, depense = scenario.contribution, scenario.depense_actuelle
    connus = contribution is not None and depense is not None
    return {
        "nom": scenario.nom,
        "contribution": write_somme(contribution, estime=scenario.estimation, annee=scenario.annee),
        "aujourd_hui": write_somme(depense, estime=False),
        "ecart": write_difference(contribution - depense, estime=scenario.estimation) if connus else INCONNU,
    }


def write_somme(centimes: int | None, *, estime: bool, annee: int | None = None) -> str:
    """An amount as well as it is known, with its year when there is one."""
    if centimes is None:
        return INCONNU
    somme = estimation(centimes) if estime else write_montant(centimes)
    return f"{somme} en {annee}" if annee else somme


def write_difference(centimes: int, *, estime: bool) -> str:
    """The difference with today, its sign always written; rounded when the contribution is an estimate."""
    if not estime:
        return write_ecart(centimes)
    arrondi = write_ecart(centimes, "centaine")
    return f"environ {arrondi}" if any(c in arrondi for c in "123456789") else "à peu près le même montant"


def build_regle(regle: RegleDuJeu) -> Data:
    """The words of the règle du jeu."""
    par = f" par {regle.adoptee_par}" if regle.adoptee_par else ""
    adoption = f"Adoptée{par} le {write_date(regle.adoptee_le)}." if regle.adoptee_le else f"{MOT_PROJET} à ce jour."
    return {
        "surtitre": regle.entete.demarche,
        "titre_page": f"Règle du jeu des tours de consultation, version {regle.version}",
        "phrase": "Ce que chacun voit, quand, et ce que personne ne verra.",
        "articles": [{"titre": article.titre, "texte": article.texte} for article in regle.articles],
        "adoptee": regle.adoptee_le is not None,
        "adoption": adoption,
        "mot_projet": MOT_PROJET,
    }


def build_resultat(resultat: ResultatTour) -> Data:
    """The words of a result."""
    return {
        "surtitre": resultat.entete.demarche,
        "titre_page": f"Résultat : {resultat.tour.titre}",
        "phrase": resultat.dossiers[0].phrase if len(resultat.dossiers) == 1 else resultat.reponses,
        "faits": [
            *list_faits_tour(resultat.tour),
            {"libelle": "Dépouillement", "valeur": f"{write_moment(resultat.depouille_le)}, {resultat.depouille_par}"},
            {"libelle": "Réponses", "valeur": resultat.reponses},
        ],
        "dossiers": [build_resultat_dossier(dossier) for dossier in resultat.dossiers],
        "colonnes_scenario": ["État des conditions", "Communes"],
        "colonnes_positions": ["Position", "Communes"],
        "mot_positions": "Positions exprimées",
        "titre_regle": "Ce qui est publié, et ce qui ne l'est pas",
        "regle": list(resultat.regle_publication),
        "titre_empreinte": "Pour vérifier que rien n'a changé",
        "texte_empreinte": "Empreinte (SHA-256) de ce qui a été compté, figé à l'ouverture des plis, "
        f"avec la version {resultat.version_moteur} du calcul :",
        "empreinte": resultat.empreinte,
        "portee": "Les positions sont celles des maires : elles n'engagent pas les conseils municipaux.",
    }


def build_resultat_dossier(dossier: ResultatDossier) -> Data:
    """A dossier of the result."""
    return {
        "titre": dossier.titre,
        "phrase": dossier.phrase,
        "positions": list_comptes(dossier.positions),
        "scenarios": [
            {"nom": scenario.nom, "phrase": scenario.phrase, "comptes": list_comptes(scenario.comptes)}
            for scenario in dossier.scenarios
        ],
    }


def list_comptes(comptes: tuple[Compte, ...]) -> list[dict[str, str]]:
    """Counts as they may be said."""
    return [{"libelle": compte.libelle, "valeur": compte.valeur} for compte in comptes]
