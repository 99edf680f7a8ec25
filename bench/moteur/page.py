"""The table of the measures: on the screen line by line, then the page docs/moteur/mesures.md."""

from collections.abc import Sequence

from bench.moteur.taches import Mesure, Pair

NOMS = {"coopgame": "coopgame-py", "tucoopy": "tucoopy", "powerindex": "powerindex", "power_bdd": "power_bdd"}
FINE, INSECABLE = "\u202f", "\u00a0"


def format_ms(ms: float | None) -> str:
    """Milliseconds, three figures."""
    if ms is None:
        return "—"
    if ms >= 1000:
        return f"{ms / 1000:.3g}{INSECABLE}s".replace(".", ",")
    return f"{ms:.3g}{INSECABLE}ms".replace(".", ",")


def format_rapport(value: float) -> str:
    """How many times, two figures."""
    text = f"{value:.0f}" if value >= 10 else f"{value:.2g}"
    return f"×{INSECABLE}{text}".replace(".", ",")


def format_petit(value: float | None) -> str:
    """A power of ten is enough."""
    return f"{value:.1e}".replace(".", ",") if value else "0"


def format_pair(mesure: Mesure, pair: Pair) -> str:
    """What a peer answered: time, ratio, difference; or why it did not."""
    nom = NOMS[pair.reponse.pair]
    if pair.reponse.ms is None:
        return f"{nom}{FINE}: {pair.reponse.motif}"
    ratio = f", {format_rapport(pair.reponse.ms / mesure.ms)}" if mesure.ms else ""
    ecart = f", écart {format_petit(pair.ecart)} {pair.unite}"
    return f"{nom}{FINE}: {format_ms(pair.reponse.ms)}{ratio}{ecart}"


def tell_verdict(mesure: Mesure) -> str:
    if mesure.cible is None:
        return "—"
    return format_ms(mesure.cible) + (
        f" **manquée** ({format_rapport((mesure.ms or 0) / mesure.cible)})" if mesure.manquee else ""
    )


def tell_proof(mesure: Mesure) -> str:
    if not mesure.faits:
        return "—"
    if mesure.prouvee:
        return "oui (" + ", ".join(mesure.faits) + ")"
    return "**non** (" + ", ".join(nom for nom, holds in mesure.faits.items() if not holds) + ")"


def list_failures(mesure: Mesure) -> list[str]:
    """A difference with a peer beyond the tolerance."""
    return [
        f"ÉCHEC n = {mesure.n}, {mesure.nom}{FINE}: {NOMS[p.reponse.pair]} diffère de {format_petit(p.ecart)} {p.unite}"
        for p in mesure.pairs
        if p.echoue
    ]


def print_mesure(mesure: Mesure) -> None:
    mark = " MANQUÉE" if mesure.manquee else ""
    aim = f" / {format_ms(mesure.cible)}{mark}" if mesure.cible else ""
    print(f"n={mesure.n:3d} {mesure.nom:30s} {format_ms(mesure.ms):>9s}{aim}  preuve {tell_proof(mesure)}", flush=True)
    for line in [mesure.detail, *(format_pair(mesure, pair) for pair in mesure.pairs), *list_failures(mesure)]:
        if line:
            print(f"      {line}", flush=True)


def build_page(mesures: Sequence[Mesure], noms: dict[int, str], told: dict[str, object]) -> str:
    """The page, in French. `told`: day, machine, seconds left to each peer."""
    missed = [m for m in mesures if m.manquee]
    unproved = [m for m in mesures if not m.prouvee]
    failures = [line for m in mesures for line in list_failures(m)]
    lines = [INTRODUCTION.format(**told), "## Cibles manquées, preuves et écarts\n"]
    lines += [f"- cible manquée, n = {m.n}, {m.nom}{FINE}: {format_ms(m.ms)} pour {tell_verdict(m)}" for m in missed]
    lines += [f"- preuve non relue, n = {m.n}, {m.nom}{FINE}: {tell_proof(m)}" for m in unproved]
    lines += [f"- {line}" for line in failures] or ["- aucun écart de plus d'un centime avec un pair qui répond"]
    for n, nom in noms.items():
        lines += ["", f"## {n} communes{FINE}: {nom}", "", ENTETE]
        lines += [
            f"| {m.nom} | {format_ms(m.ms)} | {tell_verdict(m)} | {tell_proof(m)} | {m.detail or '—'} "
            f"| {'<br>'.join(format_pair(m, pair) for pair in m.pairs) or '—'} |"
            for m in mesures
            if m.n == n
        ]
    return "\n".join(lines) + "\n"


ENTETE = (
    "| fonction | temps | cible | preuve relue | réponse | pairs (temps, rapport, écart) |\n|---|---|---|---|---|---|"
)
INTRODUCTION = f"""# Mesures du moteur

Page écrite par `make bench ARGS=moteur` (`bench/bench_moteur.py`), le {{jour}}. Machine{FINE}: {{machine}}.
`make bench ARGS="moteur --tailles 10 24"` n'en joue qu'une partie.

Les communes, leurs populations et leurs sièges sont réels{FINE}; les charges et les coûts sont inventés
(fictif, `bench/instances.py` et `bench/packages.py`).

- **Temps**{FINE}: processeur d'un appel, le meilleur de deux lectures pour ce qui est court. En dessous d'un facteur
  deux, deux temps ne se distinguent pas.
- **Preuve relue**{FINE}: la réponse est contrôlée après coup, sans le solveur, en nombres exacts.
  Entre parenthèses, ce qui est contrôlé{FINE}; une somme juste ne prouve pas à elle seule une règle (tau,
  Deegan-Packel), et la borne relue d'un paquet peut être plus large que celle de la recherche.
- Une recherche est arrêtée après 60{INSECABLE}s (10{INSECABLE}s pour le coût de la stabilité, la cible pour le paquet)
  et dit alors son intervalle.
- **Pairs**{FINE}: des bibliothèques libres, dans leur propre environnement (`requirements/pairs.txt`), un processus
  par appel, au plus {{secondes}}{INSECABLE}s de processeur et 6{INSECABLE}Go. Leur temps ne compte pas l'écriture des
  2^n coûts{FINE}; au-delà de 26 communes, celles qui la demandent ne sont pas appelées, et qui n'a pas répondu à temps
  n'est pas rappelé. «{FINE}× 100{FINE}»{FINE}: le pair prend cent fois notre temps.
"""
