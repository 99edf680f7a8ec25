"""Real cases of pooled services that can be recomputed: posted prices, agreed keys, examples of the articles."""

from fractions import Fraction

import pytest
from droit_tables import Cas, Table, run, spread

from communaccord.noyau.partage import (
    Bareme,
    CleForfait,
    CleMixte,
    ClePopulation,
    CleTemps,
    CleUsage,
    CoutFixe,
    Indexation,
    Membre,
    ModeleCout,
    ReglesPartage,
    Tarif,
    compute_cout,
    compute_effets,
    compute_partage,
    compute_partage_tarif,
    compute_prix,
    explain,
)

ANNEE = 2027
SAUTEYRARGUES = "lagazettedescommunes.com/587403 ; lettreducadre.fr/17665"
SAINT_BRIEUC = "formule : pt.slideshare.net/jjgourhan/mutualisation-droit-de-sols ; chiffres fictifs"


def compute_facture(forfait=0, habitants=0, prix_habitant=0, actes=None, prix=None, heures=None, prix_heure=0):
    """Bill of one commune at posted prices, in cents."""
    membre = Membre("C", habitants, volumes=actes or {}, temps=heures)
    tarif = Tarif(forfait, prix_habitant, prix or {}, prix_heure)
    return compute_prix([membre], tarif)["C"]


def share(montant, cle, *membres):
    """Contributions in cents of the members, in the order given, for a cost of `montant` cents."""
    cout = compute_cout(ModeleCout(Indexation(ANNEE), (CoutFixe("Coût", montant),)), membres, [ANNEE])
    contributions = compute_partage(cout, membres, ReglesPartage(cle)).annees[0].contributions
    return tuple(contributions[membre.code] for membre in membres)


def share_time(montant, temps):
    return share(montant, CleTemps(), *(Membre(f"C{i}", 0, temps=t) for i, t in enumerate(temps)))


def share_population(montant, populations):
    return share(montant, ClePopulation(), *(Membre(f"C{i}", p) for i, p in enumerate(populations)))


def share_equal(montant, nombre):
    return tuple(sorted(share(montant, CleForfait(), *(Membre(f"C{i}", 0) for i in range(nombre))), reverse=True))


def share_mixed(montant, poids_population, populations, actes):
    cle = CleMixte(((poids_population, ClePopulation()), (1 - poids_population, CleUsage(Bareme({"dossier": 1})))))
    membres = [
        Membre(f"C{i}", p, volumes={"dossier": a}) for i, (p, a) in enumerate(zip(populations, actes, strict=True))
    ]
    return share(montant, cle, *membres)


PRIX_CU = {"PC": 20000, "PC autre": 30000, "PA": 30000, "CU": 12000, "PD": 4000}
PRIX_PHALSBOURG = {"tente": 6000, "groupe": 2000, "chauffage": 3000, "sono": 5000, "barrières": 0}

TABLES = (
    Table(
        regle="Tarif affiché",
        titre="Ce que paie une commune aux prix de la convention",
        entrees=("forfait", "habitants", "prix par habitant", "actes", "prix à l'acte", "heures", "prix de l'heure"),
        attendu="facture (centimes)",
        compute=compute_facture,
        cas=(
            Cas("T1 : six permis à 150 €", (0, 430, 0, {"PC": 6}, {"PC": 15000}, None, 0), 90000, SAUTEYRARGUES),
            Cas("T1 : six permis à 200 €", (0, 430, 0, {"PC": 6}, PRIX_CU, None, 0), 120000, SAUTEYRARGUES),
            Cas(
                "T2 : brigade verte, 1 062 heures à 20 €",
                (0, 10000, 0, None, None, 1062, 2000),
                2124000,
                "banquedesterritoires.fr/mutualiser-lentretien-des-espaces-verts",
            ),
            Cas(
                "T3 : conseil en énergie, 1 € par habitant",
                (0, 1200, 100, None, None, None, 0),
                120000,
                "banquedesterritoires.fr/conseil-en-energie-partage-en-cornouaille-29",
            ),
            Cas(
                "T3 : un poste plein pour 40 000 habitants",
                (0, 40000, 100, None, None, None, 0),
                4000000,
                "banquedesterritoires.fr/conseil-en-energie-partage-en-cornouaille-29",
            ),
            Cas(
                "T6 : 10 bulletins de paie pendant 12 mois à 12,80 €, hors abonnement",
                (0, 0, 0, {"bulletin": 120}, {"bulletin": 1280}, None, 0),
                153600,
                "apgl64.fr/service-informatique/actions/travail-a-facon",
            ),
            Cas(
                "T10 : deux tentes et une sono",
                (0, 0, 0, {"tente": 2, "sono": 1}, PRIX_PHALSBOURG, None, 0),
                17000,
                "banquedesterritoires.fr/une-banque-intercommunale-de-materiel-de-manifestations-en-moselle-57",
            ),
            Cas(
                "T11 : 20 élèves à 750 € et 500 habitants à 7 €",
                (0, 500, 700, {"élève": 20}, {"élève": 75000}, None, 0),
                1850000,
                "ceauxenloudun.fr (Nouvelle République, 06/03/2021) ; bases d'exemple",
            ),
            Cas(
                "T11 : 20 élèves à 867 € et 500 habitants à 8 €",
                (0, 500, 800, {"élève": 20}, {"élève": 86700}, None, 0),
                2134000,
                "ceauxenloudun.fr (Nouvelle République, 06/03/2021) ; bases d'exemple",
            ),
        ),
    ),
    Table(
        regle="Clé de temps",
        titre="Part convenue du temps d'un poste",
        entrees=("coût (centimes)", "temps convenus (%)"),
        attendu="contributions (centimes)",
        compute=share_time,
        cas=(
            Cas(
                "T4 : Bapaume 80 %, Bertincourt 20 %, pour 100 €",
                (10000, (80, 20)),
                (8000, 2000),
                "banquedesterritoires.fr/deux-communautes-de-communes-mutualisent-un-poste-de-charge-de-mission-ntic",
            ),
        ),
    ),
    Table(
        regle="Clé de population",
        titre="Au prorata des habitants",
        entrees=("coût (centimes)", "habitants"),
        attendu="contributions (centimes)",
        compute=share_population,
        cas=(
            Cas(
                "T4 : le prorata de population donnerait 63,64 % et 36,36 %",
                (10000, (14000, 8000)),
                (6364, 3636),
                "banquedesterritoires.fr/deux-communautes-de-communes-mutualisent-un-poste-de-charge-de-mission-ntic",
            ),
        ),
    ),
    Table(
        regle="Parts égales",
        titre="Au plus fort reste, les centimes qui restent vont chacun à une part",
        entrees=("coût (centimes)", "nombre de communes"),
        attendu="contributions (centimes), de la plus haute à la plus basse",
        compute=share_equal,
        cas=(
            Cas(
                "T8 : 41 446 € entre sept communes",
                (4144600, 7),
                (592086,) * 5 + (592085,) * 2,
                "lemille-pattes.info/saint-martin-des-bois-la-mutualisation-une-solution-pour-la-ruralite",
            ),
        ),
    ),
    Table(
        regle="Clé mixte",
        titre="Part fixe selon la population, part variable selon les actes",
        entrees=("coût (centimes)", "poids de la population", "habitants", "actes"),
        attendu="contributions (centimes)",
        compute=share_mixed,
        cas=(
            Cas("50/50", (1000000, Fraction(1, 2), (3000, 1000), (30, 50)), (562500, 437500), SAINT_BRIEUC),
            Cas("70/30", (1000000, Fraction(7, 10), (3000, 1000), (30, 50)), (637500, 362500), SAINT_BRIEUC),
        ),
    ),
)


@pytest.mark.parametrize(("table", "cas"), spread(TABLES))
def test_cas(table, cas):
    assert run(table, cas) == cas.attendu


def test_t1_the_tariff_gives_the_weights_and_the_weights_give_the_tariff_back():
    poids = {acte: Fraction(prix, PRIX_CU["PC"]) for acte, prix in PRIX_CU.items()}
    assert poids == {
        "PC": 1,
        "PC autre": Fraction(3, 2),
        "PA": Fraction(3, 2),
        "CU": Fraction(3, 5),
        "PD": Fraction(1, 5),
    }
    membres = [
        Membre("A", 430, volumes={"PC": 6, "CU": 3}),
        Membre("B", 900, volumes={"PC autre": 2, "PD": 5, "PA": 1}),
    ]
    prix = compute_prix(membres, Tarif(par_acte=PRIX_CU))
    assert share(sum(prix.values()), CleUsage(Bareme(poids)), *membres) == tuple(prix.values())


def test_t2_the_rest_of_a_tariff_is_borne_by_the_one_named():
    membres = [Membre("A", 6000, temps=500), Membre("B", 4000, temps=562)]
    cout = compute_cout(ModeleCout(Indexation(ANNEE), (CoutFixe("Poste (fictif)", 3000000),)), membres, [ANNEE])
    annuel = compute_partage_tarif(cout, membres, Tarif(par_temps=2000), "EPCI").annees[0]
    assert annuel.contributions == {"A": 1000000, "B": 1124000}
    assert [(reste.cents, reste.porteur) for reste in annuel.restes] == [(876000, "EPCI")]


def test_t9_saint_galmier_running_costs_without_staff_by_inhabitant():
    fixes = (CoutFixe("Maintenance", 99750), CoutFixe("Plan", 198900), CoutFixe("Matrice", 59800))
    modele = ModeleCout(Indexation(ANNEE), fixes)
    membres = [Membre("Périmètre", 42000)]
    cout = compute_cout(modele, membres, [ANNEE])
    assert cout.a_repartir == (358450,)
    partage = compute_partage(cout, membres, ReglesPartage(ClePopulation()))
    effet = compute_effets(membres, partage, {"Périmètre": None}, modele.indexation)["Périmètre"][0]
    assert effet.par_habitant == Fraction(358450, 42000)
    assert round(effet.par_habitant, 1) == Fraction(85, 10)


def test_d5211_16_unit_cost_times_units_noted():
    """R-5.3: 148 000 EUR / 4 000 acts = 37 EUR; 320 acts = 11 840 EUR."""
    membres = [Membre("A", 0, volumes={"acte": 320}), Membre("B", 0, volumes={"acte": 3680})]
    cout = compute_cout(ModeleCout(Indexation(ANNEE), (CoutFixe("Service", 14800000),)), membres, [ANNEE])
    explication = explain(cout, membres, ReglesPartage(CleUsage(Bareme({"acte": 1}))), "A", ANNEE)
    assert explication.criteres[0].prix_unitaire == 3700
    assert explication.contribution == 1184000
