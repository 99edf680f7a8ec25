"""Flows between the intercommunalité and its communes: taken from a table, declared by mairies too, some shared."""

from collections.abc import Iterator

from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.territoire import TerritoireFictif
from communaccord.plateforme.demo.territoire.hasard import draw_entre
from communaccord.plateforme.diagnostic.actions.doubles import join_flux
from communaccord.plateforme.diagnostic.actions.flux import ContenuFlux, declare_flux, import_flux
from communaccord.plateforme.diagnostic.actions.releves import read_contenu, share_releve
from communaccord.plateforme.diagnostic.enums import NatureFlux, Qualite
from communaccord.plateforme.diagnostic.models import Campagne, Flux

IMPORTES, DECLARES, JUGES, PARTAGES = -73, -71, -69, -67
COMPTES = "Compte administratif (fictif)"
# Who declares again, from its own end, what the intercommunalité pays it, and by how much the two differ.
REDISENT = {"F002": 0, "F003": 1_200, "F005": 35_000}
PARTAGENT = ("F002", "F003")


def tell_flux(gens: Gens, territoire: TerritoireFictif, calendrier: Calendrier, campagne: Campagne) -> None:
    """The table of the finances, then the mairies; of three doubles one is joined, two wait to be judged."""
    contenus = list(list_contenus(gens, territoire, campagne.annee))
    import_flux(acteur=gens.equipe, instant=calendrier.at(IMPORTES), campagne=campagne, contenus=contenus)
    recus = {f.beneficiaire.code: f for f in list_compensations(campagne)}
    redits = [redeclare(gens, calendrier, campagne, recus[code], ecart) for code, ecart in REDISENT.items()]
    kept = [recus[code] for code in REDISENT]
    join_flux(acteur=gens.equipe, instant=calendrier.at(JUGES), gardee=kept[0], autre=redits[0])
    for rang, code in enumerate(PARTAGENT):
        commune = gens.communes[code]
        share_releve(
            acteur=gens.maire(code),
            instant=calendrier.at(PARTAGES + rang),
            campagne=campagne,
            commune=commune,
            lu=read_contenu(campagne, commune),
        )


def list_compensations(campagne: Campagne) -> list[Flux]:
    rows = Flux.objects.with_corps().select_related("campagne").filter(campagne=campagne, nature=NatureFlux.AC)
    return list(rows.filter(declare_par__isnull=True))


def list_contenus(gens: Gens, territoire: TerritoireFictif, annee: int) -> Iterator[ContenuFlux]:
    """AC and DSC of each commune, some fonds de concours, what the intercommunalité and the centre do for others."""
    chiffre = {"annee": annee, "source": COMPTES, "qualite": Qualite.ETABLI}
    centre = gens.communes[territoire.centre.code]
    for rang, fictive in enumerate(territoire.communes):
        commune, habitants = gens.communes[fictive.code], fictive.population_municipale
        euros = {cle: round(habitants * draw_entre(*bornes, cle, fictive.code)) for cle, bornes in PAR_HABITANT.items()}
        for nature, objet in (
            (NatureFlux.AC, "Attribution de compensation"),
            (NatureFlux.DSC, "Dotation de solidarité"),
        ):
            yield ContenuFlux(nature, objet, beneficiaire_id=commune.pk, montant=euros[nature] * 100, **chiffre)
        if rang and rang % 4 == 0:
            objet = "Participation aux travaux de la voie d'accès"
            yield ContenuFlux(
                NatureFlux.FONDS_CONCOURS, objet, beneficiaire_id=commune.pk, montant=1_500_000, **chiffre
            )
        if rang and rang % 2 == 0:
            yield ContenuFlux(
                NatureFlux.SERVICE,
                "Instruction des autorisations d'urbanisme",
                service="urbanisme",
                porteur_id=centre.pk,
                beneficiaire_id=commune.pk,
                forme="convention",
                montant=euros["urbanisme"] * 100,
                annee=annee,
            )
        if rang % 5 == 3:
            yield ContenuFlux(
                NatureFlux.SERVICE,
                "Maintenance des postes",
                service="informatique",
                beneficiaire_id=commune.pk,
                forme="usage, sans convention",
                gratuit=True,
                temps=5 + rang,
                annee=annee,
            )


PAR_HABITANT = {"ac": (38, 92), "dsc": (6, 14), "urbanisme": (3, 6)}


def redeclare(gens: Gens, calendrier: Calendrier, campagne: Campagne, recu: Flux, ecart: int) -> Flux:
    """The same flow told by whom receives it, at its own amount (``ecart`` in euros)."""
    code = recu.beneficiaire.code
    montant = recu.montant + ecart * 100
    contenu = ContenuFlux(
        NatureFlux.AC,
        "AC reçue de l'intercommunalité",
        beneficiaire_id=recu.beneficiaire_id,
        montant=montant,
        annee=recu.annee,
    )
    flux = declare_flux(acteur=gens.maire(code), instant=calendrier.at(DECLARES), campagne=campagne, contenu=contenu)
    return Flux.objects.with_corps().select_related("campagne").get(pk=flux.pk)
