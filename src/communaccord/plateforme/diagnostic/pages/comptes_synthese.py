"""What the synthèse counts beside staff and costs: needs, sharing, flows, fragilities. Nobody is named."""

from collections import Counter

from communaccord.plateforme.diagnostic.calculs.fragilites import Compte, Services, count_service, count_territoire
from communaccord.plateforme.diagnostic.calculs.maturite import Profil, build_profil, merge_profils
from communaccord.plateforme.diagnostic.calculs.releve import Entite, Releve, group_par_service
from communaccord.plateforme.diagnostic.calculs.valeurs import list_choix
from communaccord.plateforme.diagnostic.enums import EN_MOTS, Besoin, Colonne, Maturite, NatureFlux, TypeLigne
from communaccord.plateforme.diagnostic.models import Ligne
from communaccord.plateforme.diagnostic.pages.blocs import Barre, Image, Section, Tableau
from communaccord.plateforme.diagnostic.pages.blocs import Colonne as Tete
from communaccord.plateforme.diagnostic.pages.matiere import Matiere
from communaccord.plateforme.diagnostic.pages.mesures import (
    EN_ATTENTE,
    INCONNU,
    MASQUE,
    RAISON_MASQUE,
    name_premiers,
    write_sur,
)
from communaccord.plateforme.diagnostic.queries.restitution import Service
from communaccord.plateforme.socle.typographie import accord, nombre, pluriel

ECHELLE = "Échelle de 0 à 5, d'usage : elle n'est publiée par personne et ne juge personne."
EXPRIMES = (Besoin.INDISPENSABLE, Besoin.UTILE, Besoin.SECONDAIRE, Besoin.AUCUN)


def find_premier_besoin(matiere: Matiere) -> str:
    """The services that the most communes say indispensable, all of them when they are equal; empty when none is."""
    counts = {s: matiere.besoins.get(s.cle, {}).get(Besoin.INDISPENSABLE, 0) for s in matiere.cadre.services}
    most = max(counts.values(), default=0)
    if not most:
        return ""
    noms = name_premiers([service.libelle for service, nombre_dit in counts.items() if nombre_dit == most])
    return f"{noms}, indispensable pour {write_sur(most, len(matiere.cadre.communes), 'commune')}"


def build_besoins(matiere: Matiere) -> Section | None:
    """Needs counted by service, the most indispensable first."""
    asked = {ligne.service for ligne in matiere.cadre.list_lignes(TypeLigne.BESOIN)}
    if not asked:
        return None
    communes = len(matiere.cadre.communes)
    rows = sorted(
        (
            (s, [matiere.besoins.get(s.cle, {}).get(choix, 0) for choix in EXPRIMES])
            for s in matiere.cadre.services
            if s.cle in asked
        ),
        key=lambda row: [-nombre_dit for nombre_dit in row[1][:3]],
    )
    first = find_premier_besoin(matiere)
    return Section(
        cle="besoins",
        titre="Besoins exprimés",
        phrase=f"{first}." if first else "Aucune commune ne dit encore un besoin indispensable.",
        image=Image(
            "barres-besoins",
            "Communes qui ont besoin d'un service partagé",
            ("indispensable", "utile", "secondaire"),
            tuple(Barre(s.libelle, tuple(counts[:3]), nombre(sum(counts[:3]))) for s, counts in rows),
            "Service",
            "Communes",
            f"Pour chaque service, combien de communes sur {communes} le disent indispensable, utile ou secondaire.",
        ),
        tableaux=(
            Tableau(
                "Nombre de communes par besoin",
                (Tete("Service"), *(Tete(choix.label, True) for choix in EXPRIMES), Tete("sans réponse", True)),
                tuple((s.libelle, *map(nombre, counts), nombre(communes - sum(counts))) for s, counts in rows),
            ),
        ),
        mention="Ces besoins n'engagent pas les conseils municipaux. Aucune commune n'est nommée.",
    )


def count_besoins(matiere: Matiere, service: Service) -> list[int]:
    """Communes at each need, in the order of ``EXPRIMES``."""
    return [matiere.besoins.get(service.cle, {}).get(choix, 0) for choix in EXPRIMES]


def build_paroles(matiere: Matiere) -> Section | None:
    """How many communes gave each answer to the questions in words; what they wrote is read in their carnets alone."""
    lignes = matiere.cadre.list_lignes(*EN_MOTS)
    if not lignes:
        return None
    communes = len(matiere.cadre.communes)
    parlent = len({commune for commune, _, _ in matiere.paroles})
    return Section(
        cle="paroles",
        titre="Ce que disent les communes",
        phrase=f"{write_sur(parlent, communes, 'commune')} {accord(parlent, 'répond', 'répondent')} à au moins une "
        f"question posée en toutes lettres, sur {nombre(len(lignes))}.",
        tableaux=(
            Tableau(
                "Nombre de communes par réponse",
                (Tete("Question"), Tete("Réponse"), Tete("Communes", True)),
                tuple(row for ligne in lignes for row in list_paroles(matiere, ligne)),
                precision=f"Sur {pluriel(communes, 'commune')} ; les autres n'ont pas répondu ou ne savent pas",
            ),
        ),
        mention="Les textes ne sont pas repris ici : chaque mairie les retrouve dans son carnet.",
    )


def list_paroles(matiere: Matiere, ligne: Ligne) -> list[tuple[str, str, str]]:
    """A line a proposed answer, with how many communes gave it; a question without any counts those that wrote."""
    dites = Counter(mot for _, pk, mot in matiere.paroles if pk == ligne.pk)
    choix = list_choix(ligne)
    if not choix:
        return [(ligne.libelle, "en toutes lettres", nombre(dites.total()))]
    return [(ligne.libelle, mot, nombre(dites[valeur])) for valeur, mot in choix]


def build_maturite(matiere: Matiere) -> Section | None:
    asked = {ligne.service for ligne in matiere.cadre.list_lignes(TypeLigne.MATURITE)}
    if not asked:
        return None
    vide = build_profil(())
    rows = [(s, matiere.profils.get(s.cle, vide)) for s in matiere.cadre.services if s.cle in asked]
    moyenne = merge_profils([profil for _, profil in rows]).moyenne
    return Section(
        cle="maturite",
        titre="Ce qui est déjà partagé, service par service",
        phrase=f"En moyenne, le partage est au niveau {nombre(moyenne, 1)} sur 5."
        if moyenne is not None
        else "Aucune commune ne dit encore où en est le partage.",
        tableaux=(
            Tableau(
                "Nombre de communes à chaque niveau de partage",
                (Tete("Service"), *(Tete(str(niveau), True) for niveau in Maturite.values), Tete("Moyenne", True)),
                tuple((s.libelle, *map(nombre, profil.nombres), write_moyenne(profil)) for s, profil in rows),
                precision=" ; ".join(f"{niveau.value} : {niveau.label}" for niveau in Maturite),
            ),
        ),
        mention=ECHELLE,
    )


def write_moyenne(profil: Profil) -> str:
    return INCONNU if profil.moyenne is None else nombre(profil.moyenne, 1)


def build_partages(matiere: Matiere) -> Section:
    """How many flows of each nature: who carries and who benefits is read by each commune in its carnet."""
    total = sum(matiere.flux.values())
    return Section(
        cle="flux",
        titre="Ce qui circule entre les communes et l'intercommunalité",
        phrase=f"{pluriel(total, 'flux', 'flux')} {accord(total, 'décrit')}, chacun compté une fois."
        if total
        else "Aucun flux n'est encore décrit.",
        tableaux=(
            Tableau(
                "Flux décrits, par nature",
                (Tete("Nature"), Tete("Nombre", True)),
                tuple((nature.label, nombre(matiere.flux[nature])) for nature in NatureFlux if nature in matiere.flux),
            ),
        )
        if total
        else (),
    )


def build_fragilites(matiere: Matiere) -> Section:
    """Departures and single holders as they were frozen, counted over the territory, never below five people."""
    departs, uniques = (group_contributions(matiere, c) for c in (Colonne.DEPARTS, Colonne.TITULAIRE_UNIQUE))
    total_departs, total_uniques = (count_territoire(*contributions) for contributions in (departs, uniques))
    rows = tuple(
        (s.libelle, write_compte_de(matiere, departs, s.cle), write_compte_de(matiere, uniques, s.cle))
        for s in matiere.cadre.services
        if s.cle in departs[0] or s.cle in uniques[0]
    )
    vide = "Aucune fiche ne dit encore de départ prévu ni de savoir-faire tenu par une seule personne."
    if matiere.photo is None:
        vide = "Départs prévus et savoir-faire tenus par une seule personne se liront quand la photographie sera figée."
    return Section(
        cle="fragilites",
        titre="Fragilités",
        phrase=f"Départs prévus d'ici cinq ans : {write_compte_total(total_departs)}. "
        f"Savoir-faire tenus par une seule personne : {write_compte_total(total_uniques)}."
        if rows
        else vide,
        tableaux=(
            Tableau(
                "Fragilités par service",
                (Tete("Service"), Tete("Départs d'ici cinq ans", True), Tete("Une seule personne sait faire", True)),
                rows,
                precision="Nombre de personnes, communes et intercommunalité",
            ),
        )
        if rows
        else (),
        mention=RAISON_MASQUE if any(MASQUE in ligne for ligne in rows) else "",
    )


def group_contributions(matiere: Matiere, colonne: str) -> tuple[Services, tuple[Services, ...]]:
    """People told by each entity, by service, as they are frozen; and in each version before."""
    return group_personnes(matiere.releve, colonne), tuple(group_personnes(r, colonne) for r in matiere.avant)


def group_personnes(releve: Releve, colonne: str) -> dict[str, dict[Entite, int]]:
    return {
        service: {entite: -(-centiemes // 100) for entite, centiemes in valeurs.items()}
        for service, valeurs in group_par_service(releve, colonne).items()
    }


def write_compte_de(matiere: Matiere, contributions: tuple[Services, tuple[Services, ...]], service: str) -> str:
    services, avant = contributions
    if matiere.photo is None:
        return EN_ATTENTE
    if service not in services:
        return INCONNU
    return write_compte(count_service(services[service], [version.get(service, {}) for version in avant]))


def write_compte_total(compte: Compte) -> str:
    """A count over all services: what may be told of it is that of the services shown, and the sentence says so."""
    if compte.exact is None and compte.au_moins:
        return f"{nombre(compte.au_moins)} dans les services montrés, davantage en tout"
    return write_compte(compte)


def write_compte(compte: Compte) -> str:
    """``12``, ``au moins 8``, or that it is not shown."""
    if compte.exact is not None:
        return nombre(compte.exact)
    return f"au moins {nombre(compte.au_moins)}" if compte.au_moins else MASQUE
