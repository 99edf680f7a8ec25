"""What a commune shares, needs, and where it is fragile, in its carnet; and the page where it ticks its priorities."""

from collections.abc import Sequence

from communaccord.plateforme.diagnostic.enums import FINANCIERS, OUI, Besoin, Colonne, Maturite, NatureFlux, TypeLigne
from communaccord.plateforme.diagnostic.models import Flux
from communaccord.plateforme.diagnostic.pages.blocs import Cases, Chiffre, Section, Tableau
from communaccord.plateforme.diagnostic.pages.blocs import Colonne as Tete
from communaccord.plateforme.diagnostic.pages.carnet_matiere import MatiereCarnet
from communaccord.plateforme.diagnostic.pages.comptes_synthese import ECHELLE
from communaccord.plateforme.diagnostic.pages.mesures import INCONNU, name_premiers, write_mesure, write_sur
from communaccord.plateforme.diagnostic.queries.restitution import Service
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import nombre, pluriel

CHOIX = (Besoin.INDISPENSABLE.label, Besoin.UTILE.label, Besoin.SECONDAIRE.label)
RAPPORTEZ = "Rapportez vos priorités à la prochaine réunion."
MOI = "Votre commune"


def list_services(matiere: MatiereCarnet, genre: str) -> list[Service]:
    """The services that the lines of this type ask about."""
    asked = {ligne.service for ligne in matiere.cadre.list_lignes(genre)}
    return [service for service in matiere.cadre.services if service.cle in asked]


def build_flux(matiere: MatiereCarnet) -> Section:
    """Who carries, who benefits; and the money that goes one way or the other."""
    rendus = [flux for flux in matiere.flux if flux.nature not in FINANCIERS]
    financiers = [flux for flux in matiere.flux if flux.nature in FINANCIERS]
    return Section(
        cle="flux",
        titre="Ce que vous partagez déjà",
        phrase=write_phrase_flux(matiere, rendus),
        chiffres=(
            Chiffre("argent reçu par an", *sum_montants(matiere, financiers, recu=True)),
            Chiffre("argent versé par an", *sum_montants(matiere, financiers, recu=False)),
        )
        if financiers
        else (),
        tableaux=(
            *((build_tableau_flux(matiere, rendus),) if rendus else ()),
            *((build_tableau_financier(matiere, financiers),) if financiers else ()),
        ),
        mention="Qui porte > qui bénéficie ; pour l'argent, qui verse > qui reçoit. Chaque flux compte une fois ; un "
        "flux déclaré avec deux chiffres et pas encore départagé compte au premier. L'argent (AC, DSC, FPIC, fonds de "
        "concours) et le coût des services ne s'ajoutent pas.",
    )


def write_phrase_flux(matiere: MatiereCarnet, rendus: Sequence[Flux]) -> str:
    if not rendus:
        return "Aucun partage n'est encore décrit : un échange avec une voisine compte aussi."
    portes = sum(flux.porteur_id == matiere.commune.pk for flux in rendus)
    return f"Vous portez {pluriel(portes, 'partage')} et vous bénéficiez de {nombre(len(rendus) - portes)}."


def sum_montants(matiere: MatiereCarnet, flux: Sequence[Flux], *, recu: bool) -> tuple[str, str]:
    """The sum of what is known, and how many amounts are not."""
    mine = [f for f in flux if (f.beneficiaire_id if recu else f.porteur_id) == matiere.commune.pk]
    known = [f.montant for f in mine if f.montant is not None]
    missing = len(mine) - len(known)
    precision = f"sans {pluriel(missing, 'montant')} {INCONNU if missing < 2 else 'non connus'}" if missing else ""
    return (write_montant(sum(known)) if known or not mine else INCONNU), precision


def name_bout(matiere: MatiereCarnet, flux: Flux, bout: str) -> str:
    """Who stands at one end of a flow."""
    commune = getattr(flux, bout)
    if commune is None:
        return getattr(flux, f"{bout}_autre") or matiere.cadre.campagne.demarche.nom_epci
    return MOI if commune.pk == matiere.commune.pk else commune.nom


def name_sens(matiere: MatiereCarnet, flux: Flux) -> str:
    return f"{name_bout(matiere, flux, 'porteur')} > {name_bout(matiere, flux, 'beneficiaire')}"


def build_tableau_flux(matiere: MatiereCarnet, flux: Sequence[Flux]) -> Tableau:
    return Tableau(
        "Services, personnes, matériel",
        (
            Tete("Ce qui est partagé"),
            Tete("Qui porte > qui bénéficie"),
            Tete("Convention ou usage"),
            Tete("Temps (ETP)", True),
            Tete("Coût par an", True),
        ),
        tuple(
            (
                f.objet,
                name_sens(matiere, f),
                f.forme or INCONNU,
                write_mesure(Colonne.ETP, f.temps),
                "gratuit" if f.gratuit else write_mesure(Colonne.AUTRES_COUTS, f.montant),
            )
            for f in flux
        ),
    )


def build_tableau_financier(matiere: MatiereCarnet, flux: Sequence[Flux]) -> Tableau:
    return Tableau(
        "Argent",
        (Tete("Nature"), Tete("Qui verse > qui reçoit"), Tete("Année", True), Tete("Montant par an", True)),
        tuple(
            (
                NatureFlux(f.nature).label,
                name_sens(matiere, f),
                str(f.annee or INCONNU),
                write_mesure(Colonne.AUTRES_COUTS, f.montant),
            )
            for f in flux
        ),
    )


def build_maturite(matiere: MatiereCarnet) -> Section:
    """The level of each service, and the mean of the territory."""
    services = list_services(matiere, TypeLigne.MATURITE)
    rows = [(service, matiere.find_choix(TypeLigne.MATURITE, service.cle)) for service in services]
    levels = [int(niveau) for _, niveau in rows if niveau]
    dits = f"Votre fiche dit le niveau de partage de {write_sur(len(levels), len(services), 'service')}."
    return Section(
        cle="maturite",
        titre="Où en est le partage",
        phrase=dits if services else "Le questionnaire ne demande pas où en est le partage.",
        tableaux=(
            Tableau(
                "Niveau de partage par service",
                (Tete("Service"), Tete("Votre commune"), Tete("Moyenne du territoire", True)),
                tuple((s.libelle, write_niveau(niveau), write_moyenne(matiere, s)) for s, niveau in rows),
            ),
        )
        if rows
        else (),
        mention=ECHELLE,
    )


def write_niveau(niveau: str) -> str:
    return f"{niveau}, {Maturite(int(niveau)).label}" if niveau else INCONNU


def write_moyenne(matiere: MatiereCarnet, service: Service) -> str:
    profil = matiere.profils.get(service.cle)
    return INCONNU if profil is None or profil.moyenne is None else nombre(profil.moyenne, 1)


def build_besoins(matiere: MatiereCarnet) -> Section:
    """The need of the commune beside those of all: counts, no name."""
    services = list_services(matiere, TypeLigne.BESOIN)
    rows = [(service, matiere.find_choix(TypeLigne.BESOIN, service.cle)) for service in services]
    urgent = [service.libelle for service, besoin in rows if besoin == Besoin.INDISPENSABLE]
    return Section(
        cle="besoins",
        titre="Vos besoins",
        phrase=f"Indispensable pour vous : {name_premiers(urgent)}."
        if urgent
        else "Votre fiche ne dit aucun besoin indispensable.",
        tableaux=(
            Tableau(
                "Vos besoins et ceux du territoire",
                (Tete("Service"), Tete("Votre commune"), *(Tete(f"{choix} : communes", True) for choix in CHOIX)),
                tuple((s.libelle, write_besoin(besoin), *count_besoins(matiere, s)) for s, besoin in rows),
                precision=f"Sur {pluriel(len(matiere.cadre.communes), 'commune')}, la vôtre comprise",
            ),
        )
        if rows
        else (),
        mention="Un besoin dit ici n'engage pas le conseil municipal.",
    )


def write_besoin(besoin: str) -> str:
    return Besoin(besoin).label if besoin else INCONNU


def count_besoins(matiere: MatiereCarnet, service: Service) -> tuple[str, ...]:
    counts = matiere.besoins.get(service.cle, {})
    return tuple(nombre(counts.get(choix, 0)) for choix in (Besoin.INDISPENSABLE, Besoin.UTILE, Besoin.SECONDAIRE))


def build_fragilites(matiere: MatiereCarnet) -> Section:
    """Departures and single holders of this commune only."""
    rows = [(service, *find_fragilites(matiere, service)) for service in matiere.cadre.services]
    told = [(s, departs, seul) for s, departs, seul in rows if departs is not None or seul]
    return Section(
        cle="fragilites",
        titre="Vos fragilités",
        phrase=write_phrase_fragilites(told)
        if told
        else "Votre fiche ne dit ni départ prévu ni savoir-faire tenu par une seule personne.",
        tableaux=(
            Tableau(
                "Départs et savoir-faire",
                (Tete("Service"), Tete("Départs prévus d'ici cinq ans", True), Tete("Une seule personne sait faire")),
                tuple((s.libelle, write_mesure(Colonne.DEPARTS, n), seul or INCONNU) for s, n, seul in told),
            ),
        )
        if told
        else (),
        mention="Cette partie n'est lue que par votre mairie, la DRH et l'équipe projet.",
    )


def find_fragilites(matiere: MatiereCarnet, service: Service) -> tuple[int | None, str]:
    """Departures in hundredths, and whether one person alone knows how: "oui", "non" or nothing."""
    departs = matiere.releve.find(Colonne.DEPARTS, matiere.commune.pk, service.cle)
    seul = matiere.releve.find(Colonne.TITULAIRE_UNIQUE, matiere.commune.pk, service.cle)
    return departs, "" if seul is None else OUI if seul else "non"


def write_phrase_fragilites(told: Sequence[tuple[Service, int | None, str]]) -> str:
    departs = sum(nombre_dit or 0 for _, nombre_dit, _ in told) // 100
    seuls = [service.libelle for service, _, seul in told if seul == OUI]
    suite = f" Une seule personne sait faire : {name_premiers(seuls)}." if seuls else ""
    return f"{pluriel(departs, 'départ prévu', 'départs prévus')} d'ici cinq ans.{suite}"


def build_priorites(matiere: MatiereCarnet) -> Section:
    """The page that the commune fills in by hand, before its council or with it."""
    services = list_services(matiere, TypeLigne.BESOIN) or matiere.cadre.services
    options = matiere.options or tuple((service.libelle, service.cle) for service in services)
    lignes = tuple(
        (mot, write_besoin(matiere.find_choix(TypeLigne.BESOIN, cle) if cle else "")) for mot, cle in options
    )
    return Section(
        cle="priorites",
        titre="Vos priorités",
        phrase="À cocher à la main, avec votre conseil si vous le souhaitez : que faudrait-il partager, et quand ?",
        cases=Cases("Pour chaque ligne, une seule case", tuple(CHOIX), lignes),
        mention="Cette page n'est envoyée à personne. "
        + ("Le bulletin de la commune est dans « Priorités »." if matiere.options else RAPPORTEZ),
    )
