"""Part: the territory, its communes, its council, its instances."""

from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, itemize, note, say, tabulate
from communaccord.plateforme.rapports.queries import Sources
from communaccord.plateforme.socle.typographie import nombre, pluriel


def build_contexte(sources: Sources) -> list[Bloc]:
    """The communes with their populations and seats, the instances."""
    communes, demarche = sources.communes, sources.demarche
    population = sum(commune.population_municipale for commune in communes)
    millesimes = " et ".join(sorted({str(commune.millesime) for commune in communes}))
    blocs = [
        say(
            f"{demarche.nom_epci} ({demarche.get_nature_display()}, {demarche.get_financement_display()}) réunit "
            f"{pluriel(len(communes), 'commune')} et {pluriel(population, 'habitant')} (population municipale "
            f"{millesimes}). Son conseil communautaire compte {pluriel(demarche.sieges_total, 'siège')}."
        ),
        tabulate(
            "Les communes, leur population et leurs sièges",
            ("Commune", "Population municipale", "Sièges"),
            [
                *((c.nom, nombre(c.population_municipale), str(c.sieges)) for c in communes),
                ("Ensemble", nombre(population), str(sum(c.sieges for c in communes))),
            ],
            total=True,
        ),
        note(f"Populations municipales, millésime {millesimes}. Sièges : ceux que connaît la démarche."),
        head("Les instances"),
    ]
    if not sources.instances:
        return [*blocs, say("Aucune instance n'est encore installée.")]
    return [*blocs, itemize(f"{instance.nom} : {instance.sert_a}" for instance in sources.instances)]
