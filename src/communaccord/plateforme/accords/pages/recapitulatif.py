"""The whole answer of a commune on one page: what each dossier says, who reads it, what remains to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from communaccord.plateforme.accords.enums import EtatEnveloppe, EtatReponse, NatureElement, Origine, PhaseTour
from communaccord.plateforme.accords.forms.elements import read_elements
from communaccord.plateforme.accords.forms.phrases import Ligne, list_lignes
from communaccord.plateforme.accords.models import Element, Enveloppe, Tour
from communaccord.plateforme.accords.pages.lectures import Dossier
from communaccord.plateforme.accords.phases import TROP_TARD
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.socle.typographie import enumeration, moment, pluriel, prose

SCELLES = {
    NatureElement.POSITION: "votre position",
    NatureElement.PRIORITE: "la place du dossier",
}
MIENS = {
    NatureElement.POSITION: prose("Ma position et son motif, sous pli"),
    NatureElement.PRIORITE: prose("La place du dossier, sous pli"),
}
MANQUE = prose("Il manque la position.")
SANS_CONDITION = prose("Favorable sous conditions, mais sans condition écrite : ajoutez-en une si vous le voulez.")
ECRITES = (EtatReponse.BROUILLON, EtatReponse.SOUMISE)


@dataclass(frozen=True, slots=True)
class DossierRecap:
    """One dossier told. ``scelles``: what is sous pli, in words; ``manque``: why it cannot be validated, or ""."""

    rang: int
    titre: str
    etat: str
    etat_mot: str
    lignes: Sequence[Ligne]
    scelles: str
    manque: str
    avertissement: str
    version: int
    origine: str
    validee: str


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """The page. ``fermee``: why nothing may be written any more; ``enveloppe``: what became of the paper one."""

    tour: str
    tour_id: int
    numero: int
    commune: str
    phrase: str
    fermee: str
    titre: str
    cloture: str
    dossiers: Sequence[DossierRecap]
    enveloppe: str = ""

    @property
    def a_valider(self) -> list[DossierRecap]:
        """Those that carry a position and are not validated yet."""
        return [d for d in self.dossiers if d.etat in ECRITES and not d.manque]

    @property
    def a_soumettre(self) -> list[DossierRecap]:
        return [d for d in self.a_valider if d.etat == EtatReponse.BROUILLON]

    @property
    def a_completer(self) -> list[DossierRecap]:
        """Those that will be left without an answer if one validates now."""
        return [d for d in self.dossiers if d.etat != EtatReponse.VALIDEE and d not in self.a_valider]

    @property
    def validees(self) -> list[DossierRecap]:
        return [d for d in self.dossiers if d.etat == EtatReponse.VALIDEE]


def build_recapitulatif(
    acteur: Acteur, tour: Tour, dossiers: Sequence[Dossier], noms: Mapping[str, str], instant: datetime
) -> Recapitulatif:
    """Compose the page from what those who act for the commune may read."""
    phase = tour.get_phase(instant)
    told = [build_dossier_recap(dossier, noms, tour) for dossier in dossiers]
    commune = acteur.commune.nom if acteur.commune else ""
    return Recapitulatif(
        tour=tour.titre,
        tour_id=tour.pk,
        numero=tour.numero,
        commune=commune,
        phrase=describe_reponse(commune, told, phase),
        titre=prose(f"La réponse {write_de(commune)}"),
        fermee=prose(TROP_TARD.get(phase, "")),
        cloture=moment(tour.cloture_le, tour.demarche.fuseau, semaine=True, annee=False),
        dossiers=told,
        enveloppe=describe_enveloppe(acteur, tour),
    )


def describe_enveloppe(acteur: Acteur, tour: Tour) -> str:
    """Where the paper envelope of my commune is; "" when there is none. One request."""
    rows = Enveloppe.objects.visible_to(acteur).filter(tour=tour, commune_id=acteur.commune_id)
    received = rows.exclude(etat=EtatEnveloppe.RENDUE).first()
    if received is None:
        return ""
    motif = f" {received.motif}" if received.motif else ""
    return prose(f"Enveloppe n° {received.numero} : {received.get_etat_display()}.{motif}")


def describe_reponse(commune: str, dossiers: Sequence[DossierRecap], phase: PhaseTour) -> str:
    """The one sentence: where the answer of the commune stands."""
    total = len(dossiers)
    validees = sum(d.etat == EtatReponse.VALIDEE for d in dossiers)
    if total and validees == total:
        suite = " ; elle peut être reprise jusqu'à la clôture" if phase == PhaseTour.OUVERT else ""
        return prose(f"La réponse {write_de(commune)} est validée{suite}.")
    if phase != PhaseTour.OUVERT:
        if not validees:
            return prose(f"{commune} n'a pas validé de réponse à ce tour.")
        return prose(f"{commune} a validé {pluriel(validees, 'réponse')} sur {pluriel(total, 'dossier')}.")
    prets = sum(d.etat in ECRITES and not d.manque for d in dossiers)
    if prets:
        return prose(f"{pluriel(prets, 'réponse')} à valider sur {pluriel(total, 'dossier')} : relisez, puis validez.")
    return prose(f"La réponse {write_de(commune)} est à écrire : {pluriel(total, 'dossier')}.")


def build_dossier_recap(dossier: Dossier, noms: Mapping[str, str], tour: Tour) -> DossierRecap:
    reponse, saisie = dossier.reponse, dossier.saisie
    is_validee = reponse.etat == EtatReponse.VALIDEE
    without_condition = saisie.position == "sous_conditions" and not any(c.degre != "souhait" for c in saisie.demandes)
    return DossierRecap(
        rang=dossier.rang,
        titre=reponse.dossier.titre,
        etat=reponse.etat,
        etat_mot=reponse.get_etat_display(),
        lignes=list_lignes(saisie, noms),
        scelles=describe_scelles(dossier.scelles),
        manque="" if is_validee or saisie.position else MANQUE,
        avertissement=prose(
            "Vous êtes favorable sous conditions, sans condition écrite : ajoutez-en une, si vous le voulez."
        )
        if without_condition and not is_validee
        else "",
        version=reponse.version,
        origine="" if reponse.origine == Origine.EN_LIGNE else reponse.get_origine_display(),
        validee=moment(reponse.validee_le, tour.demarche.fuseau) if reponse.validee_le else "",
    )


def describe_scelles(elements: Sequence[Element]) -> str:
    """« votre position et 2 demandes »: what the envelope holds, never what it says."""
    parts = [SCELLES[NatureElement(e.nature)] for e in elements if e.nature in SCELLES]
    clauses = sum(e.nature == NatureElement.CLAUSE for e in elements)
    if clauses:
        parts.append(pluriel(clauses, "demande"))
    return enumeration(parts)


def tell_plis(elements: Sequence[ElementSaisi], noms: Mapping[str, str]) -> list[Ligne]:
    """The sealed elements, for the time of a page."""
    return list_lignes(read_elements(elements), noms)


def name_element(element: Element) -> str:
    """What a sealed element is, without opening it."""
    if element.nature == NatureElement.CLAUSE:
        return prose(f"Ma demande n° {element.rang}, sous pli")
    return MIENS[NatureElement(element.nature)]
