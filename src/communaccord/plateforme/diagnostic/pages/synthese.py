"""The synthèse of an état des lieux: the same for every reader, small numbers masked, whatever the reader's role.

What the équipe projet hands to the COPIL is what the COPIL may read: nobody hands a masked figure by mistake.
"""

from collections.abc import Sequence
from fractions import Fraction

from communaccord.plateforme.diagnostic.calculs.releve import SOMMEES
from communaccord.plateforme.diagnostic.enums import Colonne
from communaccord.plateforme.diagnostic.pages.blocs import Barre, Chiffre, Image, Ouvrage, Section, Tableau
from communaccord.plateforme.diagnostic.pages.blocs import Colonne as Tete
from communaccord.plateforme.diagnostic.pages.comptes_synthese import (
    build_besoins,
    build_fragilites,
    build_maturite,
    build_paroles,
    build_partages,
    find_premier_besoin,
)
from communaccord.plateforme.diagnostic.pages.matiere import Matiere
from communaccord.plateforme.diagnostic.pages.mesures import (
    ATTENTE,
    INCONNU,
    LIBELLES,
    MASQUE,
    RAISON_MASQUE,
    write_mesure,
    write_sur,
)
from communaccord.plateforme.diagnostic.queries.restitution import Service
from communaccord.plateforme.socle.typographie import accord, nombre, pluriel, pourcentage
from communaccord.plateforme.socle.typographie import date as write_date

# Under a number of agents over several services.
AFFECTATIONS = "qui travaille dans plusieurs services compte dans chacun"


def build_synthese(matiere: Matiere) -> Ouvrage:
    """Every word of the synthèse."""
    campagne = matiere.cadre.campagne
    demarche = campagne.demarche
    return Ouvrage(
        surtitre=f"Synthèse de l'état des lieux {campagne.annee}",
        titre=campagne.titre,
        contexte=f"{demarche.nom_epci} · {pluriel(len(matiere.cadre.communes), 'commune')}",
        phrase=write_phrase(matiere),
        sections=tuple(
            section
            for section in (
                build_effectifs(matiere),
                build_besoins(matiere),
                build_paroles(matiere),
                build_maturite(matiere),
                build_partages(matiere),
                build_fragilites(matiere),
                build_fiabilite(matiere),
            )
            if section is not None
        ),
        mentions=(write_dates(matiere), "Document préparatoire : rien n'est décidé."),
    )


def write_dates(matiere: Matiere) -> str:
    """The date of the figures: those of the frozen picture, those of the sheets as they are."""
    vivants = "besoins, réponses, partages et flux viennent des fiches du jour"
    if matiere.photo is None:
        return f"Date des chiffres : {vivants} ; aucune photographie n'est encore figée."
    photo = matiere.photo
    figee = write_date(photo.figee_le.astimezone(matiere.cadre.campagne.demarche.zone))
    return (
        f"Date des chiffres : agents, coûts et fragilités au {write_date(photo.date_reference)}, figés le {figee} dans "
        f"la version {photo.numero} de la photographie ; {vivants}."
    )


def write_phrase(matiere: Matiere) -> str:
    """Who validated by now, who works in the frozen picture, what is most needed."""
    cadre, photo = matiere.cadre, matiere.photo
    ont_leur = accord(cadre.validees, "a validé sa", "ont validé leur")
    phrases = [f"{write_sur(cadre.validees, len(cadre.communes), 'commune')} {ont_leur} fiche."]
    if photo and matiere.releve.colonnes[Colonne.AGENTS] and matiere.masques[Colonne.AGENTS].shows_total():
        figee = write_date(photo.figee_le.astimezone(cadre.campagne.demarche.zone))
        affectations = write_affectations(sum_shown(matiere, Colonne.AGENTS))
        phrases.append(f"Les services décrits comptent {affectations}, dans la photographie du {figee}.")
    if first := find_premier_besoin(matiere):
        phrases.append(f"Besoin le plus partagé : {first}.")
    return " ".join(phrases)


def write_affectations(centiemes: int) -> str:
    """Over several services, the same person counts in each: it is not a number of people."""
    return pluriel(Fraction(centiemes, 100), "affectation")


def sum_shown(matiere: Matiere, colonne: str) -> int:
    """The sum of a column over all that was told."""
    return sum(matiere.releve.colonnes[colonne].values())


def build_effectifs(matiere: Matiere) -> Section:
    """Totals by service, frozen; the total of the table is that of all, or of what is written when the rest is hidden.

    Before a picture is frozen, how many sheets tell of each service.
    """
    services = matiere.cadre.services
    if matiere.photo is None:
        return build_attente(matiere)
    lignes = tuple(
        (
            service.libelle,
            *(write_total(matiere, colonne, service) for colonne in SOMMEES),
            count_sources(matiere, service),
        )
        for service in services
    )
    agents = {service: find_total(matiere, Colonne.AGENTS, service) for service in services}
    barres = tuple(
        Barre(service.libelle, (-(-valeur // 100),), write_mesure(Colonne.AGENTS, valeur))
        for service, valeur in agents.items()
        if valeur is not None
    )
    return Section(
        cle="effectifs",
        titre="Agents et coûts, service par service",
        phrase=write_phrase_effectifs(matiere),
        chiffres=tuple(build_chiffre(matiere, colonne) for colonne in SOMMEES),
        image=Image(
            "barres-agents",
            "Agents par service, communes et intercommunalité",
            ("Agents",),
            sort_barres(barres),
            "Service",
            "Agents",
            "Une barre par service dont le total peut être montré, sur une seule échelle.",
        )
        if barres
        else None,
        tableaux=(
            Tableau(
                "Totaux du territoire",
                (
                    Tete("Service"),
                    Tete("Agents", True),
                    Tete("ETP", True),
                    Tete("Salaires chargés", True),
                    Tete("Autres dépenses", True),
                    Tete("Fiches qui le disent", True),
                ),
                lignes,
                precision=f"Communes et intercommunalité ; photographie version {matiere.photo.numero} au "
                f"{write_date(matiere.photo.date_reference)}, année {matiere.photo.contenu['annee']} ou celle dite",
            ),
        ),
        mention=RAISON_MASQUE if any(MASQUE in ligne for ligne in lignes) else "",
    )


def build_attente(matiere: Matiere) -> Section:
    """What is said of staff and costs while each answer may move a total: how many sheets tell of each service."""
    fiches = len(matiere.cadre.fiches)
    return Section(
        cle="effectifs",
        titre="Agents et coûts, service par service",
        phrase=ATTENTE,
        tableaux=(
            Tableau(
                "Fiches qui disent déjà leurs agents ou leurs coûts",
                (Tete("Service"), Tete("Fiches", True)),
                tuple((s.libelle, f"{matiere.dites.get(s.cle, 0)} sur {fiches}") for s in matiere.cadre.services),
            ),
        ),
    )


def sort_barres(barres: Sequence[Barre]) -> tuple[Barre, ...]:
    """Longest first; equal ones in the order of the questionnaire."""
    return tuple(sorted(barres, key=lambda barre: -sum(barre.valeurs)))


def find_total(matiere: Matiere, colonne: str, service: Service) -> int | None:
    total = matiere.totaux.get((colonne, service.cle))
    return total.valeur if total else None


def write_total(matiere: Matiere, colonne: str, service: Service) -> str:
    total = matiere.totaux.get((colonne, service.cle))
    return INCONNU if total is None else write_mesure(colonne, total.valeur, MASQUE)


def count_sources(matiere: Matiere, service: Service) -> str:
    """How many sheets tell of the people of a service, out of all; of its staff or costs before they are frozen."""
    if matiere.photo is None:
        return f"{matiere.dites.get(service.cle, 0)} sur {len(matiere.cadre.fiches)}"
    total = matiere.totaux.get((Colonne.AGENTS, service.cle))
    return f"{total.entites if total else 0} sur {len(matiere.cadre.fiches)}"


def write_phrase_effectifs(matiere: Matiere) -> str:
    if not any(matiere.releve.colonnes[colonne] for colonne in SOMMEES):
        return "Aucune fiche ne dit encore ses agents ni ses coûts."
    hidden = [s.libelle for s in matiere.cadre.services if MASQUE in write_total(matiere, Colonne.AGENTS, s)]
    told = sum(find_total(matiere, Colonne.AGENTS, service) is not None for service in matiere.cadre.services)
    suite = (
        f" ; {pluriel(len(hidden), 'service')} {'ont' if len(hidden) > 1 else 'a'} un total non montré"
        if hidden
        else ""
    )
    return f"Les agents sont dits pour {write_sur(told, len(matiere.cadre.services), 'service')}{suite}."


def build_chiffre(matiere: Matiere, colonne: str) -> Chiffre:
    """The total of a column: of everything, or of the services whose total is shown."""
    libelle = "affectations" if colonne == Colonne.AGENTS else LIBELLES[colonne]
    known = [total for (key, _), total in matiere.totaux.items() if key == colonne]
    if not known:
        return Chiffre(libelle, INCONNU)
    if colonne not in matiere.masques or matiere.masques[colonne].shows_total():
        precision = AFFECTATIONS if colonne == Colonne.AGENTS else ""
        return Chiffre(libelle, write_mesure(colonne, sum_shown(matiere, colonne)), precision)
    shown = [total.valeur for total in known if total.valeur is not None]
    if not shown:
        return Chiffre(libelle, MASQUE)
    return Chiffre(libelle, write_mesure(colonne, sum(shown)), "pour les services dont le total est montré")


def build_fiabilite(matiere: Matiere) -> Section:
    """How complete and how sure the whole is."""
    q, cadre = matiere.qualites, matiere.cadre
    manquent = q.attendues - q.repondues - q.inconnues
    return Section(
        cle="fiabilite",
        titre="Ce que valent ces chiffres",
        phrase=f"{write_part(q.etablis, q.chiffres)} des chiffres établis ; {write_part(q.repondues, q.attendues)} des "
        "réponses attendues sont données."
        if q.chiffres and q.attendues
        else "Aucun chiffre n'est encore donné.",
        chiffres=(
            Chiffre("réponses données", nombre(q.repondues), f"sur {nombre(q.attendues)} attendues"),
            Chiffre("« je ne sais pas »", nombre(q.inconnues), "dit, donc su comme inconnu"),
            Chiffre("sans réponse", nombre(manquent)),
            Chiffre("fiches validées", nombre(cadre.validees), f"sur {nombre(len(cadre.communes))}"),
        ),
        mention="Établi : tiré des comptes, d'un logiciel ou d'un relevé. Estimé : tout le reste.",
    )


def write_part(part: int, total: int) -> str:
    return pourcentage(Fraction(part, total)) if total else pourcentage(0)
