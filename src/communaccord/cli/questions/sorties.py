"""Who could leave for real: neighbours, a legal form, a gain that the data are sure of; and who only on paper."""

from collections.abc import Sequence

from communaccord.cli.ecriture import name_membres
from communaccord.cli.montants import write_montant
from communaccord.cli.questions.etude import Etude, Reponse
from communaccord.cli.sortie import name_quelques
from communaccord.noyau.accord.recherche import (
    Exits,
    JudgedExit,
    Paquet,
    build_entente,
    package_exits,
    plausible_exits,
)
from communaccord.noyau.accord.recherche.sorties import add_alone, restrict_game
from communaccord.noyau.partage.erreurs import DonneeInvalide, format_euros
from communaccord.noyau.partage.game import ServiceGame
from communaccord.noyau.partage.stability import JointExit
from communaccord.noyau.solver import Status

TITRE = "Qui pourrait partir, pour de vrai ?"
MONTREES = 5
SANS_FORMULE = "coût donné sans formule : seul le départ d'une commune vers son coût « seul » peut y gagner"


def ask(etude: Etude) -> Reponse:
    """Answer for each service, then for all of them together. Errors: DonneeInvalide without neighbours or doubt."""
    complements = etude.lu.complements
    voisins, incertitude = complements.voisins, complements.incertitude
    if voisins is None or incertitude is None:
        manque = "« voisins »" if voisins is None else "« incertitude »"
        raise DonneeInvalide(
            f"Le dossier ne donne pas {manque}.",
            "Donnez les paires de communes qui se touchent, et la part d'un coût que l'on ne connaît pas.",
        )
    donnees: dict[str, object] = {}
    lignes: list[str] = []
    for j, service in enumerate(etude.paquet.services):
        membres = sorted(service.perimetre)
        jeu = restrict_game(add_alone(etude.lu.jeux[j], service.seul), membres)
        places = {i: k for k, i in enumerate(membres)}
        liens = [[places[k] for k in voisins[i] if k in places] for i in membres]
        assert isinstance(jeu, ServiceGame)
        trouvees = plausible_exits(jeu, list_payes(etude, j), liens, uncertainty=incertitude, formes=[build_entente()])
        donnees[service.nom] = write_exits(etude.paquet, trouvees, membres)
        lignes += tell_exits(etude, j, trouvees, membres)
    ensemble = find_ensemble(etude)
    if ensemble is not None:
        lignes += tell_ensemble(etude.paquet, ensemble, len(etude.paquet.services))
    return Reponse(
        {
            "incertitude": str(incertitude),
            "services": donnees,
            "paquet": None if ensemble is None else write_ensemble(etude.paquet, ensemble),
        },
        lignes,
    )


def list_payes(etude: Etude, j: int) -> list[int]:
    """Return what each member pays for a service, cents. With one service, who leaves loses the transfers."""
    parts, transferts = etude.cents
    recus = transferts if len(etude.paquet.services) == 1 else ()
    return [parts[j][i] - sum(table[i] for table in recus) for i in sorted(etude.paquet.services[j].perimetre)]


def write_exits(paquet: Paquet, trouvees: Exits, membres: Sequence[int]) -> dict[str, object]:
    """Return the exits from a service."""
    return {
        "aucune_au_dela_de_l_incertitude": trouvees.robust,
        "toutes_examinees": trouvees.complete,
        "plausibles": [write_exit(paquet, une, membres) for une in trouvees.plausible],
        "arithmetiques": [write_exit(paquet, une, membres) for une in trouvees.arithmetic],
    }


def write_exit(paquet: Paquet, une: JudgedExit, membres: Sequence[int]) -> dict[str, object]:
    """Return an exit, what it pays, would cost and gain, and what holds it back."""
    return {
        "groupe": name_membres(paquet, (membres[k] for k in une.exit.group)),
        "paie": write_montant(une.exit.paid),
        "coutera_seul": write_montant(une.exit.cost),
        "gain": write_montant(une.exit.gain),
        "incertitude": write_montant(une.doubt),
        "se_touchent": une.connected,
        "forme": None if une.forme is None else {"nom": une.forme.nom, "article": une.forme.article},
        "motif": une.motif,
    }


def tell_exits(etude: Etude, j: int, trouvees: Exits, membres: Sequence[int]) -> list[str]:
    """Return the exits from a service, in words: those that could happen, then how many are only on paper."""
    paquet = etude.paquet
    lignes = [f"  « {paquet.services[j].nom} » :"]
    for une in trouvees.plausible:
        lignes.append(f"    {tell_exit(paquet, une, membres)}")
    if not trouvees.plausible:
        lignes.append(
            "    aucun départ plausible."
            if trouvees.complete
            else "    aucun départ plausible parmi ceux examinés ; d'autres groupes n'ont pas été regardés un à un."
        )
    elif not trouvees.complete:
        lignes.append("    d'autres départs plausibles peuvent exister : tous les groupes n'ont pas été regardés.")
    if trouvees.robust:
        lignes.append("    démontré sur tous les groupes : aucun ne gagnerait plus que l'incertitude des données.")
    if trouvees.arithmetic:
        lignes.append("    sur le papier seulement :")
        lignes += [f"      {tell_exit(paquet, une, membres)}" for une in trouvees.arithmetic[:MONTREES]]
        if len(trouvees.arithmetic) > MONTREES:
            lignes.append("      et d'autres (--json).")
    if etude.lu.formules[j] is None:
        lignes.append(f"    À savoir : {SANS_FORMULE}.")
    return lignes


def tell_exit(paquet: Paquet, une: JudgedExit, membres: Sequence[int]) -> str:
    """Return an exit in words."""
    return f"{name_quelques(name_membres(paquet, (membres[k] for k in une.exit.group)))} : {une.motif}"


def find_ensemble(etude: Etude) -> JointExit | None:
    """Return the most profitable exit from all the services at once; None with one service or one commune."""
    paquet = etude.paquet
    if len(paquet.services) < 2 or len(frozenset().union(*etude.membres.values())) < 2:
        return None
    parts, transferts = etude.cents
    return package_exits(
        etude.menu, etude.choix, etude.membres, parts, transfers=transferts, should_stop=etude.build_stop()
    ).joint


def write_ensemble(paquet: Paquet, ensemble: JointExit) -> dict[str, object]:
    """Return the most profitable exit from all the services, and the most that any can gain."""
    sortie = ensemble.exit
    return {
        "groupe": [] if sortie is None else name_membres(paquet, sortie.group),
        "gain": None if sortie is None else write_montant(sortie.gain),
        "gain_au_plus": write_montant(-ensemble.low),
        "statut": "optimal" if ensemble.status is Status.OPTIMAL else "arrete",
    }


def tell_ensemble(paquet: Paquet, ensemble: JointExit, services: int) -> list[str]:
    """Return the same in words, for a package of so many services."""
    sortie, quoi = ensemble.exit, "tous les services à la fois" if services > 1 else "ce service"
    if sortie is None:
        return [f"  Quitter {quoi} : recherche arrêtée ; aucun gain au-delà de {format_euros(-ensemble.low)}."]
    qui = name_quelques(name_membres(paquet, sortie.group))
    if sortie.gain > 0:
        gagne = "y gagneraient" if len(sortie.group) > 1 else "y gagnerait"
        texte = f"  Quitter {quoi}, sur le papier : {qui} {gagne} {format_euros(sortie.gain)}."
    else:
        texte = (
            f"  Quitter {quoi} : le groupe le plus près de le faire y perdrait {format_euros(-sortie.gain)} ({qui})."
        )
    if ensemble.status is Status.OPTIMAL:
        return [texte]
    return [f"{texte} Recherche arrêtée : aucun gain au-delà de {format_euros(-ensemble.low)}."]
