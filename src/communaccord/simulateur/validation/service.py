"""The service, its acts, its staff and its costs."""

from fractions import Fraction

from communaccord.simulateur.nombres import quote
from communaccord.simulateur.services import DOMAINES
from communaccord.simulateur.types import (
    Acte,
    Conditions,
    Couts,
    Domaine,
    LigneCout,
    Marges,
    Personnel,
    Service,
    Subvention,
)
from communaccord.simulateur.validation.lecteur import Borne, Zone

MAX_ACTES = 12
MAX_LIGNES = 30
ANNEE_MIN, ANNEE_MAX = 2000, 2100
HORIZON_MAX = 15

EUROS = Borne(0, 10**9, "Un milliard d'euros par an dépasse tout service partagé.")
POIDS = Borne(0, 1000, "Un poids compare un acte à l'acte de référence, qui vaut 1.")
ETP = Borne(0, 5000, "Cinq mille postes dépassent tout service partagé.")
PRODUCTIVITE = Borne(Fraction(1, 100), 10**6, "C'est le nombre d'unités traitées par un ETP en un an.")
PAS = Borne(Fraction(1, 100), 5, "C'est la plus petite part de poste que l'on recrute : 1, 1/2, 1/5 ou 1/10.")
COUT_ETP = Borne(1000, 300_000, "C'est le coût annuel d'un équivalent temps plein, charges comprises, en euros.")
TAUX_INDEXATION = Borne(-20, 50, "C'est une évolution par an, en pourcentage.")
POURCENT = Borne(0, 100, "C'est une part, en pourcentage.")
MARGE = Borne(0, 90, "C'est une marge en plus ou en moins, en pourcentage.")
DUREE = Borne(1, 30, "C'est un nombre d'années.", entier=True)
LISSAGE = Borne(0, HORIZON_MAX, "C'est un nombre d'années.", entier=True)
ANNEE = Borne(ANNEE_MIN, ANNEE_MAX, "Écrivez une année sur quatre chiffres.", entier=True, annee=True)
HORIZON = Borne(1, HORIZON_MAX, "C'est le nombre d'années simulées.", entier=True)
COUT_HORAIRE = Borne(1, 500, "C'est le coût d'une heure de travail, charges comprises, en euros.")


def read_service(zone: Zone) -> Service:
    """Read the kind of service and its acts; without acts, one act that is the unit of work itself."""
    texte = zone.read_texte("domaine", "domaine", defaut=Domaine.LIBRE)
    try:
        domaine = Domaine(texte)
    except ValueError:
        choix = ", ".join(Domaine)
        zone.refuse("domaine", "domaine", f"{quote(texte)} n'est pas un domaine connu.", f"Choisissez parmi : {choix}.")
        domaine = Domaine.LIBRE
    modele = DOMAINES[domaine]
    unite = zone.read_texte("unite", "unité", defaut=modele.unite)
    actes = tuple(_read_acte(acte, rang) for rang, acte in enumerate(zone.open_suite("actes", "Acte", MAX_ACTES), 1))
    _check_codes(zone, actes)
    return Service(
        domaine=domaine,
        nom=zone.read_texte("nom", "nom", defaut=modele.nom),
        unite=unite,
        actes=actes or (Acte(code="unite", libelle=unite),),
    )


def _read_acte(zone: Zone, rang: int) -> Acte:
    code = zone.read_texte("code", "code", defaut=f"acte{rang}", maximum=20)
    if not (code.isascii() and code.replace("_", "").isalnum()):
        zone.refuse(
            "code", "code", f"{quote(code)} contient autre chose que des lettres et des chiffres.", "Raccourcissez-le."
        )
    poids = zone.read_nombre("poids", "poids", POIDS)
    return Acte(
        code=code,
        libelle=zone.read_texte("libelle", "libellé", defaut=code),
        poids=Fraction(1) if poids is None else poids,
        poids_cle=zone.read_nombre("poids_cle", "poids dans la clé", POIDS),
        cout_unitaire=zone.read_montant("cout_unitaire", "coût unitaire", EUROS),
    )


def _check_codes(zone: Zone, actes: tuple[Acte, ...]) -> None:
    codes = [acte.code for acte in actes]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        zone.refuse("actes", "actes", f"le code {quote(code)} sert à deux actes.", "Donnez à chaque acte son code.")


def read_personnel(zone: Zone) -> Personnel:
    """Read staff: imposed posts or productivity, by ``mode`` when a form gives it."""
    mode = zone.read_texte("mode", "mode de calcul")
    etp = zone.read_nombre("etp", "nombre d'ETP", ETP)
    productivite = zone.read_nombre("productivite", "productivité d'un ETP", PRODUCTIVITE)
    if mode not in {"", "etp", "productivite"}:
        zone.refuse("mode", "mode de calcul", f"{quote(mode)} est inconnu.", "Choisissez « etp » ou « productivite ».")
    if mode == "etp":
        productivite = None
    elif mode == "productivite":
        etp = None
    elif etp is not None and productivite is not None:
        zone.refuse(
            "productivite",
            "productivité d'un ETP",
            "le nombre d'ETP est déjà imposé.",
            "Donnez le nombre d'ETP ou la productivité, pas les deux.",
        )
    cout = zone.read_montant("cout_etp", "coût d'un ETP", COUT_ETP)
    if cout is None and (etp or productivite) and not zone.is_refused("cout_etp"):
        zone.refuse(
            "cout_etp", "coût d'un ETP", "il manque.", "Écrivez le coût annuel d'un ETP, charges comprises, en euros."
        )
    pas = zone.read_nombre("pas", "pas de recrutement", PAS)
    return Personnel(etp=etp, productivite=productivite, pas=Fraction(1, 2) if pas is None else pas, cout_etp=cout or 0)


def read_couts(zone: Zone, annees: tuple[int, int]) -> Couts:
    """Read all that is not staff. ``annees``: first and last year, bounds by default of the grants."""
    return Couts(
        fixes=tuple(_read_fixe(ligne) for ligne in zone.open_suite("fixes", "Coût fixe", MAX_LIGNES)),
        adhesion=zone.read_montant("adhesion", "coût d'adhésion par commune", EUROS) or 0,
        mise_en_place=zone.read_montant("mise_en_place", "coût de mise en place", EUROS) or 0,
        mise_en_place_annees=zone.read_entier("mise_en_place_annees", "durée d'étalement", DUREE, 1),
        indexation_personnel=zone.read_taux("indexation_personnel", "indexation du personnel", TAUX_INDEXATION),
        indexation_autres=zone.read_taux("indexation_autres", "indexation des autres coûts", TAUX_INDEXATION),
        indexation_aujourd_hui=zone.read_taux("indexation_aujourd_hui", "indexation du coût actuel", TAUX_INDEXATION),
        subventions=tuple(
            _read_subvention(ligne, annees) for ligne in zone.open_suite("subventions", "Subvention", MAX_LIGNES)
        ),
        part_epci_taux=zone.read_taux("part_epci_taux", "part de l'intercommunalité", POURCENT),
        part_epci_montant=zone.read_montant("part_epci_montant", "part fixe de l'intercommunalité", EUROS) or 0,
    )


def _read_fixe(zone: Zone) -> LigneCout:
    montant = zone.read_montant("montant", "montant", EUROS)
    return LigneCout(zone.read_texte("libelle", "libellé", defaut="Coûts fixes"), montant or 0)


def _read_subvention(zone: Zone, annees: tuple[int, int]) -> Subvention:
    premiere = zone.read_entier("premiere_annee", "première année", ANNEE, annees[0])
    derniere = zone.read_entier("derniere_annee", "dernière année", ANNEE, max(premiere, annees[1]))
    if derniere < premiere:
        zone.refuse("derniere_annee", "dernière année", f"{derniere} précède {premiere}.", "Échangez les deux années.")
    return Subvention(
        libelle=zone.read_texte("libelle", "libellé", defaut="Subvention"),
        montant=zone.read_montant("montant", "montant", EUROS) or 0,
        premiere_annee=premiere,
        derniere_annee=derniere,
    )


def read_conditions(zone: Zone) -> Conditions:
    """Read limits and phase-in."""
    minimum = zone.read_montant("minimum", "contribution minimale", EUROS)
    maximum = zone.read_montant("maximum", "contribution maximale", EUROS)
    if minimum is not None and maximum is not None and minimum > maximum:
        zone.refuse(
            "maximum",
            "contribution maximale",
            "elle est inférieure à la contribution minimale.",
            "Relevez le maximum ou baissez le minimum.",
        )
    return Conditions(
        minimum=minimum,
        maximum=maximum,
        lissage=zone.read_entier("lissage", "durée du lissage", LISSAGE, 0),
        porteur_du_reste=zone.read_texte("porteur_du_reste", "qui porte le reste", maximum=60) or None,
    )


def read_marges(zone: Zone) -> Marges:
    """Read the relative uncertainty of the figures."""
    return Marges(
        volumes=zone.read_taux("volumes", "marge sur les volumes", MARGE),
        couts=zone.read_taux("couts", "marge sur les coûts", MARGE),
        aujourd_hui=zone.read_taux("aujourd_hui", "marge sur le coût actuel", MARGE),
    )
