"""The answer of ``communaccord vote`` in French: the rule and its thresholds, the chance to pass, who weighs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from communaccord.cli.commandes.calendrier import write_date
from communaccord.cli.sortie import name_quelques, print_tableau, print_titre, write_entier
from communaccord.noyau.droit.majorites import RegleMajorite
from communaccord.noyau.partage.erreurs import format_pourcent
from communaccord.noyau.pouvoir import Interval
from communaccord.noyau.pouvoir.majorite import Staircase, reaches

Indice = Mapping[str, Fraction | Interval]
LIBELLES = {
    "banzhaf": "Banzhaf",
    "shapley_shubik": "Shapley-Shubik",
    "deegan_packel": "Deegan-Packel",
    "holler": "Holler",
    "decisif": "décide",
}
SENS = {
    "banzhaf": "sa part de toutes les bascules, chacun répondant à pile ou face (100 % à tous)",
    "shapley_shubik": "la part des ordres de ralliement où sa voix apporte la majorité (100 % à tous)",
    "deegan_packel": "ce qui lui revient des alliances sans membre inutile, toutes également probables (100 % à tous)",
    "holler": "sa part des places dans ces alliances, sans regarder leur taille (100 % à tous)",
}
PILE_OU_FACE, OPINIONS = "si chacun tirait à pile ou face", "d'après les opinions données"
SANS_PREVISION = "À savoir : ce n'est pas une prévision ; personne ne vote à pile ou face."
INDEPENDANCE = (
    "À savoir : cette chance suppose que chaque réponse ne dépend pas des autres. Un même événement les déplace "
    "souvent ensemble : elle est alors trop sûre d'elle (page « Le poids des votes »)."
)


@dataclass(frozen=True, slots=True)
class Pesee:
    """`nombres`: votes or inhabitants; `indices`: by index, one exact number (or an interval) a voter; `adoption`:
    chance that it passes; `refus`: indices that say nothing here, and why; `quota`: votes to gather, or `regle`: the
    majority of the law, with its thresholds for these communes (`marches`); `opinions`: chance that each accepts."""

    titre: str
    nombres: dict[str, int]
    indices: dict[str, Indice]
    adoption: Interval
    refus: dict[str, str]
    fictif: bool
    quota: int = 0
    regle: RegleMajorite | None = None
    marches: Staircase | None = None
    opinions: dict[str, Fraction] = field(default_factory=dict)

    def list_indispensables(self) -> list[str]:
        """Return the communes without whose agreement the text lets nothing pass."""
        vetos = frozenset() if self.marches is None else self.marches.vetoers
        return [nom for rang, nom in enumerate(self.nombres) if rang in vetos]


def print_pesee(pesee: Pesee) -> None:
    """Print the answer in French."""
    print_titre(pesee.titre)
    for texte in list_avertissements(pesee):
        print(f"À savoir : {texte}")
    print_regle(pesee)
    print_chance(pesee)
    print_indices(pesee)
    for cle, texte in pesee.refus.items():
        print(f"Sans réponse, {LIBELLES[cle]} : {texte}")


def list_avertissements(pesee: Pesee) -> list[str]:
    """Return what must be known of the file itself: invented figures, a quota that two sides may reach, zeros."""
    textes = ["chiffres fictifs."] if pesee.fictif else []
    if pesee.regle is None and 2 * pesee.quota <= sum(pesee.nombres.values()):
        textes.append("ce quota n'est pas plus de la moitié des voix ; deux camps opposés peuvent le réunir.")
    vides = [nom for nom, nombre in pesee.nombres.items() if not nombre]
    if vides:
        quoi = "voix" if pesee.regle is None else "habitants"
        textes.append(f"le fichier donne zéro à {name_quelques(vides)} ({quoi}) ; vérifiez ce nombre.")
    return textes


def print_regle(pesee: Pesee) -> None:
    """Print what makes a majority, for these voters: the law, its article, how it is known, and the counts."""
    total = sum(pesee.nombres.values())
    if pesee.regle is None or pesee.marches is None:
        print(f"Règle : {write_entier(pesee.quota)} voix au moins, sur {write_entier(total)}.")
        return
    regle = pesee.regle.regle
    print(f"{regle.titre} : {regle.resume}")
    articles = ", ".join(regle.articles)
    print(f"  {regle.identifiant}, {articles} ; {regle.fiabilite}, vérifié le {write_date(regle.verifie_le)}.")
    for avertissement in regle.avertissements:
        print(f"  À savoir : {avertissement}")
    voies = [tell_compte(conseils, nombre) for conseils, nombre in pesee.marches.needs]
    sur = f"sur {tell_compte(len(pesee.nombres), total)}"
    print(f"  Ici, {sur} : au moins {', ou '.join(voies)}{tell_veto(pesee, total)}.")


def tell_compte(conseils: int, habitants: int) -> str:
    """Return a count of councils and inhabitants in French."""
    pluriels = "s" * (conseils > 1), "s" * (habitants > 1)
    return f"{conseils} conseil{pluriels[0]} et {write_entier(habitants)} habitant{pluriels[1]}"


def tell_veto(pesee: Pesee, total: int) -> str:
    """Say whose agreement is needed in any case, with the part of the inhabitants; or that the text asks for none."""
    noms = pesee.list_indispensables()
    if noms:
        parts = [f"{nom} ({format_pourcent(Fraction(pesee.nombres[nom], total))} des habitants)" for nom in noms]
        return f", avec l'accord de {name_quelques(parts)} dans tous les cas"
    if pesee.regle is not None and pesee.regle.part_veto is not None:
        return " ; aucune commune n'a plus du quart des habitants, l'accord d'aucune n'est exigé à part"
    return ""


def print_chance(pesee: Pesee) -> None:
    """Print the chance to pass and what it supposes; when every answer is sure, whether it passes."""
    if pesee.marches is not None and pesee.opinions and set(pesee.opinions.values()) <= {0, 1}:
        oui = [rang for rang, chance in enumerate(pesee.opinions.values()) if chance]
        issue = "le vote passe" if reaches(list(pesee.nombres.values()), pesee.marches, oui) else "le vote ne passe pas"
        noms = list(pesee.nombres)
        print(f"Avec ces réponses, {issue}. Oui : {name_quelques([noms[rang] for rang in oui]) or 'aucune commune'}.\n")
        return
    quoi = OPINIONS if pesee.opinions else PILE_OU_FACE
    print(f"Chance d'adoption, {quoi} : {format_part(pesee.adoption)}.")
    print(f"{INDEPENDANCE if pesee.opinions else SANS_PREVISION}\n")


def print_indices(pesee: Pesee) -> None:
    """Print one line a voter, then what each column says."""
    cles, total = list(pesee.indices), sum(pesee.nombres.values())
    opinions = ("Opinion",) if pesee.opinions else ()
    quoi = "Voix" if pesee.regle is None else "Habitants"
    lignes = [("Votant", quoi, "Part", *opinions, *(LIBELLES[cle] for cle in cles))]
    for nom, nombre in pesee.nombres.items():
        opinion = (format_pourcent(pesee.opinions[nom]),) if pesee.opinions else ()
        poids = (write_entier(nombre), format_pourcent(Fraction(nombre, total)), *opinion)
        lignes.append((nom, *poids, *(format_part(pesee.indices[cle][nom]) for cle in cles)))
    print_tableau(lignes, droite=frozenset(range(1, len(lignes[0]))))
    print()
    for cle in cles:
        if cle in SENS:
            print(f"« {LIBELLES[cle]} » : {SENS[cle]}.")
    if pesee.opinions:
        print(f"« décide » : la chance que sa voix change le résultat, {OPINIONS}.")
    else:
        print(f"« décide » : la chance que sa voix change le résultat, {PILE_OU_FACE} ; Banzhaf la rapporte au total.")


def format_part(valeur: Fraction | Interval) -> str:
    """Return a part as a French percentage, or the two of an interval when they differ on the page."""
    if isinstance(valeur, Fraction):
        return format_pourcent(valeur)
    bas, haut = format_pourcent(valeur.low), format_pourcent(valeur.high)
    return bas if bas == haut else f"{bas} à {haut}"
