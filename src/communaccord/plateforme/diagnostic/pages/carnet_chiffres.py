"""The figures of a commune in its carnet: its marks, its services, beside communes of its size and never ranked."""

from fractions import Fraction

from communaccord.plateforme.diagnostic.calculs.comparaisons import Quartiles, compute_quartiles
from communaccord.plateforme.diagnostic.calculs.releve import SOMMEES
from communaccord.plateforme.diagnostic.enums import GROUPE_MINIMAL, Colonne, TypeLigne
from communaccord.plateforme.diagnostic.models import Ligne
from communaccord.plateforme.diagnostic.pages.blocs import Barre, Chiffre, Image, Section, Tableau
from communaccord.plateforme.diagnostic.pages.blocs import Colonne as Tete
from communaccord.plateforme.diagnostic.pages.carnet_matiere import MatiereCarnet
from communaccord.plateforme.diagnostic.pages.mesures import (
    EN_ATTENTE,
    INCONNU,
    LIBELLES,
    MASQUE,
    MOTS_QUALITE,
    RAISON_MASQUE,
    write_fraction,
    write_mesure,
    write_sur,
    write_valeur,
)
from communaccord.plateforme.diagnostic.queries.restitution import Service
from communaccord.plateforme.socle.typographie import nombre, pluriel

TROP_PEU = f"moins de {GROUPE_MINIMAL} réponses"
SANS_OBJET = ""
HABITANT = "habitant"


def build_bref(matiere: MatiereCarnet) -> Section:
    """What the commune says of itself, in four figures."""
    return Section(
        cle="bref",
        titre="En bref",
        phrase=write_etat(matiere),
        chiffres=tuple(build_chiffre(matiere, colonne) for colonne in SOMMEES),
        mention="Sommes de ce que dit votre fiche : qui travaille dans plusieurs services compte dans chacun. Ce qui "
        "n'est pas dit n'est pas compté comme zéro.",
    )


def write_etat(matiere: MatiereCarnet) -> str:
    """Whether the sheet was validated, by whom."""
    fiche = matiere.fiche
    if fiche.validee_le is not None and fiche.validee_par:
        return f"Fiche validée par {fiche.validee_par}."
    return "Votre fiche n'est pas encore validée : ces chiffres peuvent changer."


def build_chiffre(matiere: MatiereCarnet, colonne: str) -> Chiffre:
    told = (find_mien(matiere, colonne, service) for service in matiere.cadre.services)
    known = [valeur for valeur in told if valeur is not None]
    dits = f"sur {pluriel(len(known), 'service')} {'dits' if len(known) > 1 else 'dit'}"
    libelle = "affectations" if colonne == Colonne.AGENTS else LIBELLES[colonne]
    return Chiffre(libelle, write_mesure(colonne, sum(known) if known else None), dits if known else "")


def write_groupe(matiere: MatiereCarnet) -> str:
    """With whom one is compared, in a sentence."""
    groupe = matiere.groupe
    if groupe is None:
        return "Le territoire compte trop peu de communes pour une comparaison : vos chiffres sont montrés seuls."
    autres = pluriel(len(groupe.communes), "autre commune", "autres communes")
    if groupe.est_de_sa_taille:
        return f"Vos chiffres à côté de ceux de {autres} {groupe.strate.libelle}. Ce n'est pas un classement."
    return (
        f"Trop peu de communes de votre taille : vos chiffres à côté de ceux de {autres} {groupe.strate.libelle}. "
        "Ce n'est pas un classement."
    )


def build_reperes(matiere: MatiereCarnet) -> Section:
    """The lines of one number or one amount, beside the group when they are public by nature."""
    lignes = matiere.cadre.list_lignes(TypeLigne.NOMBRE, TypeLigne.MONTANT)
    return Section(
        cle="reperes",
        titre="Vos repères",
        phrase=write_groupe(matiere),
        tableaux=(
            Tableau(
                "Vos repères et ceux du groupe",
                (
                    Tete("Repère"),
                    Tete("Votre commune", True),
                    Tete("Médiane du groupe", True),
                    Tete("La moitié des communes sont entre", True),
                    Tete("Communes connues", True),
                ),
                tuple(row for ligne in lignes for row in build_lignes_repere(matiere, ligne)),
            ),
        )
        if lignes
        else (),
        mention="Ne sont comparés que les chiffres que publient aussi les fichiers officiels.",
    )


def build_lignes_repere(matiere: MatiereCarnet, ligne: Ligne) -> list[tuple[str, ...]]:
    """One row; an amount that is not already told by inhabitant has a second one, which is compared."""
    en_euros = ligne.type == TypeLigne.MONTANT
    valeur = matiere.find_valeur(matiere.commune.pk, ligne)
    par_habitant = en_euros and HABITANT not in f"{ligne.unite} {ligne.libelle}".casefold()
    mienne = (ligne.libelle, write_valeur(valeur, en_euros=en_euros))
    if not ligne.publique or ligne.publique.startswith("population"):
        return [(*mienne, SANS_OBJET, SANS_OBJET, SANS_OBJET)]
    if not par_habitant:
        return [(*mienne, *compare(matiere, ligne, par_habitant=False))]
    mine = divide(valeur, matiere.commune.population_municipale)
    second = (f"{ligne.libelle}, par habitant", write_fraction(mine, en_euros=True, absent=INCONNU))
    return [
        (*mienne, SANS_OBJET, SANS_OBJET, SANS_OBJET),
        (*second, *compare(matiere, ligne, par_habitant=True)),
    ]


def divide(centimes: int | None, population: int) -> Fraction | None:
    return None if centimes is None or not population else Fraction(centimes, population)


def compare(matiere: MatiereCarnet, ligne: Ligne, *, par_habitant: bool) -> tuple[str, str, str]:
    """Median, interval of the middle half, number of communes known."""
    if matiere.groupe is None:
        return SANS_OBJET, SANS_OBJET, SANS_OBJET
    values: list[Fraction] = []
    for commune in matiere.cadre.communes:
        valeur = matiere.find_valeur(commune.pk, ligne) if commune.pk in matiere.groupe.communes else None
        told = divide(valeur, commune.population_municipale if par_habitant else 1)
        values += [] if told is None else [told]
    quartiles = compute_quartiles(values)
    return *write_quartiles(quartiles, en_euros=ligne.type == TypeLigne.MONTANT), nombre(len(values))


def write_quartiles(quartiles: Quartiles | None, *, en_euros: bool) -> tuple[str, str]:
    if quartiles is None:
        return TROP_PEU, SANS_OBJET
    bas, haut = (write_fraction(v, en_euros=en_euros) for v in (quartiles.premier, quartiles.troisieme))
    return write_fraction(quartiles.mediane, en_euros=en_euros), f"{bas} et {haut}"


def build_services(matiere: MatiereCarnet) -> Section:
    """Every service that the sheet tells of, whole: the carnet is read by who may read the sheet."""
    told = [service for service in matiere.cadre.services if is_dit(matiere, service)]
    return Section(
        cle="services",
        titre="Vos agents et vos coûts, service par service",
        phrase=f"Votre fiche décrit {write_sur(len(told), len(matiere.cadre.services), 'service')}."
        if told
        else "Votre fiche ne décrit encore aucun service.",
        image=build_image(matiere, told),
        tableaux=(build_tableau_services(matiere, told), build_comparaison(matiere, told)) if told else (),
        mention=f"{RAISON_MASQUE} Vos propres chiffres vous sont toujours montrés.",
    )


def is_dit(matiere: MatiereCarnet, service: Service) -> bool:
    key = (matiere.commune.pk, service.cle)
    return any(key in matiere.releve.colonnes[colonne] for colonne in matiere.releve.colonnes)


def find_mien(matiere: MatiereCarnet, colonne: str, service: Service) -> int | None:
    return matiere.releve.find(colonne, matiere.commune.pk, service.cle)


def build_image(matiere: MatiereCarnet, services: list[Service]) -> Image | None:
    agents = [(s, valeur) for s in services if (valeur := find_mien(matiere, Colonne.AGENTS, s)) is not None]
    if not agents:
        return None
    return Image(
        "barres-services",
        "Vos agents par service",
        ("agents",),
        tuple(
            Barre(s.libelle, (-(-valeur // 100),), write_mesure(Colonne.AGENTS, valeur))
            for s, valeur in sorted(agents, key=lambda pair: -pair[1])
        ),
        "Service",
        "Agents",
        "Une barre par service dont la fiche dit les agents, sur une seule échelle.",
    )


def build_tableau_services(matiere: MatiereCarnet, services: list[Service]) -> Tableau:
    return Tableau(
        "Ce que dit votre fiche",
        (
            Tete("Service"),
            Tete("Agents", True),
            Tete("ETP", True),
            Tete("Salaires chargés", True),
            Tete("Autres dépenses", True),
            Tete("Activité", True),
            Tete("Année et qualité"),
        ),
        tuple(
            (
                s.libelle,
                *(write_mesure(colonne, find_mien(matiere, colonne, s)) for colonne in SOMMEES),
                write_activite(matiere, s),
                write_qualite(matiere, s),
            )
            for s in services
        ),
    )


def write_activite(matiere: MatiereCarnet, service: Service) -> str:
    volume = find_mien(matiere, Colonne.VOLUME, service)
    if volume is None:
        return INCONNU
    return f"{write_mesure(Colonne.VOLUME, volume)} {service.unite}".strip()


def write_qualite(matiere: MatiereCarnet, service: Service) -> str:
    """Year and quality of the answers that tell of the service."""
    found = [
        (str(reponse.annee or "année non dite"), MOTS_QUALITE[reponse.qualite])
        for ligne in matiere.cadre.list_lignes(TypeLigne.EFFECTIFS)
        if ligne.service == service.cle and (reponse := matiere.reponses.get(ligne.pk)) is not None
    ]
    return ", ".join(f"{annee}, {qualite}" for annee, qualite in dict.fromkeys(found))


def build_comparaison(matiere: MatiereCarnet, services: list[Service]) -> Tableau:
    """Mine beside the mean and the median of the group."""
    return Tableau(
        "À côté des communes du groupe",
        (
            Tete("Service"),
            Tete("Vos agents", True),
            Tete("Agents, moyenne", True),
            Tete("Agents, médiane", True),
            Tete("Salaires chargés, moyenne", True),
            Tete("Autres dépenses, médiane", True),
            Tete("Communes connues", True),
        ),
        tuple(build_ligne_comparee(matiere, service) for service in services),
        precision=write_groupe(matiere),
    )


def build_ligne_comparee(matiere: MatiereCarnet, service: Service) -> tuple[str, ...]:
    connus = matiere.count_connus(Colonne.AGENTS, service.cle)
    absent = MASQUE if connus >= GROUPE_MINIMAL else TROP_PEU if matiere.figes.photo else EN_ATTENTE
    moyenne, mediane = matiere.compare_personnes(Colonne.AGENTS, service.cle)
    salaires, _ = matiere.compare_personnes(Colonne.MASSE_SALARIALE, service.cle)
    autres = matiere.compute_quartiles(Colonne.AUTRES_COUTS, service.cle)
    return (
        service.libelle,
        write_mesure(Colonne.AGENTS, find_mien(matiere, Colonne.AGENTS, service)),
        absent if moyenne is None else nombre(moyenne, 1),
        absent if mediane is None else nombre(mediane, 0 if mediane.denominator == 1 else 1),
        write_fraction(salaires, en_euros=True, absent=absent),
        write_fraction(autres.mediane, en_euros=True) if autres else TROP_PEU,
        nombre(connus),
    )
