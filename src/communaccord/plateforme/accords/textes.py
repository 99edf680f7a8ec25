"""The default règle du jeu, to be adapted and adopted: it says what the product really does, no more."""

from collections.abc import Iterable

from communaccord.plateforme.accords.enums import ModeOuverture

Reglages = tuple[ModeOuverture, int, int]

OUVERTURE = {
    ModeOuverture.HORLOGE: (
        "Les plis sont ouverts par l'horloge à l'heure de la clôture. Jusque-là, la clé qui les ouvre est gardée "
        "fermée sur le serveur ; personne ne s'en sert."
    ),
    ModeOuverture.ASSESSEURS: (
        "Trois maires assesseurs sont tirés au sort. Chacun tient une part de la clé, fermée par son code personnel. "
        "Après la clôture, deux parts suffisent pour ouvrir ; une seule n'ouvre rien. Si deux parts sont perdues, le "
        "tour ne peut pas être dépouillé et un nouveau tour est ouvert."
    ),
}


def build_articles(mode: ModeOuverture, seuil: int, conservation_mois: int) -> list[dict[str, str]]:
    """The articles proposed for a new rule: list of {"titre", "texte"}."""
    articles = (
        (
            "À quoi sert un tour de consultation",
            "Chaque maire dit où en est sa commune sur chaque dossier, et à quelles conditions. C'est la position du "
            "ou de la maire : elle n'engage pas le conseil municipal et ne vaut pas délibération.",
        ),
        (
            "Qui voit quoi",
            "Les notes personnelles restent à la mairie. Ce qui est sous pli ne sert qu'au calcul : aucun autre "
            "utilisateur ne le lit, l'équipe projet et la présidence comprises. Ce qui est partagé est lu par la table "
            "après l'ouverture. Avant la clôture, personne ne voit les réponses des autres.",
        ),
        ("L'ouverture des plis", OUVERTURE[mode]),
        (
            "Ce qui est publié",
            f"Le nombre de communes dont les conditions sont réunies, par scénario, jamais un montant d'où l'on "
            f"pourrait déduire une limite sous pli, rien sur un groupe de moins de {seuil} communes. Ce qui "
            "réunirait les conditions d'une commune n'est montré qu'à elle, qui peut le partager.",
        ),
        (
            "Changer d'avis",
            "Jusqu'à la clôture, une réponse validée peut être reprise ou retirée par le ou la maire, avec son code. "
            "Après la clôture, l'histoire du tour ne se réécrit pas ; le tour suivant en part.",
        ),
        (
            "Sur papier, par téléphone, lors d'une visite",
            "Une réponse recueillie par l'équipe projet est relue et validée par le ou la maire. Une réponse sur "
            "papier est remise sous enveloppe fermée et signée ; elle est ouverte après la clôture par l'équipe projet "
            "et une seconde personne élue, qui la lisent pour la recopier.",
        ),
        (
            "Neutralité",
            "L'équipe projet prépare et relance, sans commenter les réponses. Elle seule voit quelles communes ont "
            "répondu ; les autres voient un nombre.",
        ),
        (
            "Durée de conservation, et ce que la loi peut imposer",
            f"Les plis sont gardés {conservation_mois} mois après l'ouverture, puis leurs clés sont détruites, avec "
            "les notes, les brouillons et les retours faits à chaque commune seule. "
            "Pendant ce temps, la loi peut imposer de communiquer des documents : droit d'accès après la décision, "
            "juridiction, archives publiques.",
        ),
    )
    return [{"titre": titre, "texte": texte} for titre, texte in articles]


def follow_reglages(articles: Iterable[dict[str, str]], before: Reglages, after: Reglages) -> list[dict[str, str]]:
    """The proposed texts that nobody rewrote say the new settings; what people wrote stays as it is."""
    proposed = {
        old["texte"]: new["texte"] for old, new in zip(build_articles(*before), build_articles(*after), strict=True)
    }
    return [{**article, "texte": proposed.get(article["texte"], article["texte"])} for article in articles]
