"""The letters of the accounts: personal code, invitation, confirmation. Plain data in, PDF out; nothing is kept."""

from dataclasses import dataclass
from pathlib import Path

from communaccord.plateforme.comptes.documents.types import (
    Destinataire,
    LettreCode,
    LettreConfirmation,
    LettreInvitation,
    Remise,
)
from communaccord.plateforme.documents.papier import Contact, render_papier, write_joindre
from communaccord.plateforme.socle.typographie import date as write_date

GABARIT = Path(__file__).resolve().parent / "typst" / "lettre.typ"
BONJOUR = "Bonjour,"
MERCI = "Merci de votre attention, et à bientôt."
MODES = {Remise.MAIN_PROPRE: "Remise en main propre", Remise.COURRIER: "Par courrier, personnel"}
SANS_CODE = ("", "")


@dataclass(frozen=True, slots=True)
class Partie:
    """A part of a letter; ``numeros``: its texts are steps."""

    titre: str
    textes: tuple[str, ...]
    numeros: bool = False


def render_lettre_code(lettre: LettreCode) -> bytes:
    """PDF of the letter that carries a personal code. The caller keeps neither the bytes nor the code."""
    demarche = f"la démarche « {lettre.entete.demarche} »"
    ouverture = (
        BONJOUR,
        f"Voici votre code personnel pour {demarche}. Il vous est remis en tant que {lettre.destinataire.qualite}, "
        f"{lettre.destinataire.organisme}.",
    )
    joindre = write_joindre(lettre.contact)
    parties = (
        Partie(
            "À quoi il sert",
            (
                "Une mairie partage souvent son adresse électronique et son ordinateur. Ce code montre que c'est "
                "bien vous qui validez la position de la commune, et personne d'autre.",
            ),
        ),
        Partie(
            "Comment vous en servir",
            (
                f"Allez sur {lettre.adresse_site} et connectez-vous. Le secrétariat de la mairie peut vous y aider.",
                "À la page « Mon code », tapez le code ci-dessus, puis choisissez le vôtre : huit chiffres que vous "
                "retiendrez. Le code de cette lettre ne sert qu'à cela.",
                "Votre propre code vous sera demandé chaque fois que vous validez une réponse.",
            ),
            numeros=True,
        ),
        Partie(
            "Il est personnel",
            (
                "Ne le donnez à personne : ni à la mairie, ni à l'équipe projet. Personne n'a à vous le demander par "
                "téléphone ou par courriel. Une fois le vôtre choisi, détruisez cette lettre.",
            ),
        ),
        Partie(
            "Si vous le perdez, si la lettre est arrivée ouverte",
            (f"Appelez ou écrivez : {joindre}. Un autre code vous sera remis, et celui-ci ne servira plus.",),
        ),
    )
    titre = f"Votre code personnel, {lettre.destinataire.organisme}"
    return render_lettre(
        titre, lettre, ouverture, parties, code=("Votre code provisoire", lettre.code), mode=MODES[lettre.remise]
    )


def render_lettre_invitation(lettre: LettreInvitation) -> bytes:
    """PDF of the invitation of a mairie without e-mail."""
    ouverture = (
        BONJOUR,
        f"Votre commune prend part à la démarche « {lettre.entete.demarche} » : avec les autres communes, on y "
        "prépare les services à partager, ce qu'ils changeraient pour chacune et ce qu'ils coûteraient. C'est ensuite "
        "au conseil de chaque commune de décider.",
        "Nous n'avons pas d'adresse électronique pour vous joindre. Ce n'est pas un obstacle.",
    )
    parties = (
        Partie(
            "Vous pouvez participer sans internet",
            (
                "Sur papier : nous vous envoyons pour chaque dossier une page déjà remplie avec les chiffres de votre "
                "commune. Vous cochez, vous signez, vous la rendez sous enveloppe fermée.",
                "Par téléphone ou lors d'une visite en mairie : nous notons votre réponse, vous la relisez et la "
                "validez.",
            ),
        ),
        Partie(
            "Si vous avez une adresse, même partagée",
            (
                f"Donnez-la-nous : vous recevrez de quoi vous connecter à {lettre.adresse_site}. Ce qui relève du ou "
                "de la maire seul demande un code personnel, remis à part.",
            ),
        ),
        Partie("Pour nous joindre", (f"{write_joindre(lettre.contact)}.",)),
    )
    return render_lettre(f"Invitation, {lettre.destinataire.organisme}", lettre, ouverture, parties)


def render_lettre_confirmation(lettre: LettreConfirmation) -> bytes:
    """PDF of the letter that confirms that the EPCI itself opened its démarche."""
    ouverture = (
        BONJOUR,
        f"La démarche « {lettre.entete.demarche} » ({lettre.entete.territoire}) a été ouverte sur Commun Accord à la "
        f"demande de {lettre.demandee_par}. Le code ci-dessous confirme que votre intercommunalité en est d'accord.",
    )
    parties = (
        Partie(
            "Si cette demande vient bien de vous",
            (
                f"Remettez cette lettre à {lettre.demandee_par}. Le code se tape sur {lettre.adresse_site}. Les "
                "communes pourront alors être invitées.",
            ),
        ),
        Partie(
            "Si personne chez vous ne l'a demandée",
            (f"Ne donnez ce code à personne et prévenez-nous : {write_joindre(lettre.contact)}.",),
        ),
    )
    titre = f"Confirmation de la démarche, {lettre.entete.territoire}"
    return render_lettre(titre, lettre, ouverture, parties, code=("Code de confirmation", lettre.code))


def render_lettre(
    titre: str,
    lettre: LettreCode | LettreInvitation | LettreConfirmation,
    ouverture: tuple[str, ...],
    parties: tuple[Partie, ...],
    *,
    code: tuple[str, str] = SANS_CODE,
    mode: str = "",
) -> bytes:
    """PDF of a letter; ``code``: what it is, then the code."""
    titre_code, valeur = code
    data: dict[str, object] = {
        "joindre": list_expediteur(lettre.contact),
        "destinataire": list_destinataire(lettre.destinataire, mode),
        "date": f"Le {write_date(lettre.entete.edite_le)}",
        "ouverture": list(ouverture),
        "titre_code": titre_code,
        "code": valeur,
        "parties": [{"titre": p.titre, "textes": list(p.textes), "numeros": p.numeros} for p in parties],
        "cloture": MERCI,
        "signataire": lettre.signataire,
        "pied": f"Commun Accord · {lettre.entete.demarche}",
    }
    return render_papier(GABARIT, titre, lettre.entete, data)


def list_expediteur(contact: Contact) -> list[str]:
    """Service, address, telephone and mail of the sender, what is known of them."""
    return [part for part in (contact.service, *contact.adresse, contact.telephone, contact.courriel) if part]


def list_destinataire(destinataire: Destinataire, mode: str) -> list[str]:
    """What shows in the window of the envelope, after how the letter is carried."""
    qualite = destinataire.qualite[:1].upper() + destinataire.qualite[1:]
    return [part for part in (mode, qualite, destinataire.organisme, *destinataire.adresse) if part]
