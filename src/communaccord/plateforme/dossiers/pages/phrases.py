"""The one sentence that opens a dossier: for the reader's own commune when they act for one."""

from collections.abc import Mapping, Sequence

from communaccord.plateforme.dossiers.models import EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.oublies import Oublies, compute_total
from communaccord.plateforme.dossiers.pages.totaux import PARTICIPANTES_MIN
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import enumeration, pluriel, prose

SANS_SCENARIO = prose("Aucun scénario n'est encore figé : les chiffres viendront avec le premier.")
# Scenarios told one by one in a sentence.
MAX_CITES = 2
AUTANT = "autant qu'aujourd'hui"
INCONNUE = "sa dépense d'aujourd'hui n'est pas connue"


def write_precision(scenarios: Sequence[Scenario], plume: Plume) -> str:
    """``(estimation, 2027)``: what kind of amounts, of which year."""
    annees = {scenario.gel.annee_reference for scenario in scenarios}
    quand = str(annees.pop()) if len(annees) == 1 else "première année pleine de chaque scénario"
    return f"({'au centime' if plume.exacts else 'estimation'}, {quand})"


def write_comparaison(ecart: int | None, plume: Plume, *, court: bool = False) -> str:
    """``310 € de moins qu'aujourd'hui``."""
    if ecart is None:
        return INCONNUE
    if not ecart:
        return "autant" if court else AUTANT
    montant = write_montant(abs(ecart), "centime" if plume.exacts else "euro")
    return f"{montant} de {'moins' if ecart < 0 else 'plus'}" + ("" if court else " qu'aujourd'hui")


def write_paiement(effet: EffetCommune, plume: Plume) -> str:
    if not effet.contribution:
        return "ne paierait rien"
    return f"paierait {plume.write(effet.contribution)} par an"


def write_commune(
    nom: str,
    scenarios: Sequence[Scenario],
    effets: Mapping[int, EffetCommune],
    plume: Plume,
    oublies: Oublies | None = None,
) -> str:
    """What each scenario does to the commune, in one sentence; a second one for what it would bear beside."""
    if not scenarios:
        return SANS_SCENARIO
    retenus = [s for s in scenarios if s.pk in effets and effets[s.pk].participe]
    if not retenus:
        ou = "à ce scénario" if len(scenarios) == 1 else f"à aucun des {len(scenarios)} scénarios"
        verbe = "ne participe pas" if len(scenarios) == 1 else "ne participe"
        return prose(f"{nom} {verbe} {ou} : elle n'y paierait rien.")
    texte = write_one(nom, retenus[0], effets, plume) if len(retenus) == 1 else write_many(nom, retenus, effets, plume)
    autres = [s for s in scenarios if s not in retenus]
    if autres:
        lettres = enumeration([s.lettre for s in autres])
        texte += f" ; elle ne participe pas {'au scénario' if len(autres) == 1 else 'aux scénarios'} {lettres}"
    return prose(f"{texte} {write_precision(retenus, plume)}.{write_oublies(retenus, effets, oublies or {}, plume)}")


def write_oublies(
    scenarios: Sequence[Scenario], effets: Mapping[int, EffetCommune], oublies: Oublies, plume: Plume
) -> str:
    """`` Les coûts souvent oubliés … s'y ajoutent``, with the whole and its difference; from three scenarios on, the
    range alone: each line says its own. Empty when none is told for this commune."""
    concernes = [scenario for scenario in scenarios if oublies.get(scenario.pk)]
    if not concernes:
        return ""
    debut = " Les coûts souvent oubliés déjà chiffrés s'y ajoutent :"
    if len(concernes) > MAX_CITES:
        bas, haut = (plume.write(borne(oublies[s.pk] for s in concernes)) for borne in (min, max))
        return f"{debut} {f'de {bas} à {haut}' if bas != haut else bas} par an, selon le scénario."
    mots = []
    for scenario in concernes:
        effet, oublie = effets[scenario.pk], oublies[scenario.pk]
        total = compute_total(effet, oublie)
        ecart = plume.subtract(total, effet.depense)
        suite = "" if ecart is None else f", {write_comparaison(ecart, plume)}"
        ou = f"scénario {scenario.lettre}, " if len(scenarios) > 1 else ""
        mots.append(f"{ou}{plume.write(oublie)} par an, soit {plume.write(total)} en tout{suite}")
    return f"{debut} {' ; '.join(mots)}."


def write_one(nom: str, scenario: Scenario, effets: Mapping[int, EffetCommune], plume: Plume) -> str:
    effet = effets[scenario.pk]
    ecart = plume.compute_ecart(effet)
    suite = f"{' ;' if ecart is None else ','} {write_comparaison(ecart, plume)}"
    return f"Dans le scénario {scenario.lettre}, {nom} {write_paiement(effet, plume)}{suite}"


def write_many(nom: str, scenarios: Sequence[Scenario], effets: Mapping[int, EffetCommune], plume: Plume) -> str:
    """From the least to the most it would pay; one amount when all scenarios give the same."""
    ordre = sorted(scenarios, key=lambda s: (effets[s.pk].contribution or 0, s.rang))
    bas, haut = effets[ordre[0].pk], effets[ordre[-1].pk]
    ecarts = [plume.compute_ecart(effets[s.pk]) for s in ordre]
    connus = [ecart for ecart in ecarts if ecart is not None]
    if plume.write(bas.contribution) == plume.write(haut.contribution):
        fin = f", {write_comparaison(connus[0], plume)}" if connus else f" ; {INCONNUE}"
        return f"Dans les {len(scenarios)} scénarios, {nom} {write_paiement(bas, plume)}{fin}"
    texte = (
        f"Selon le scénario, {nom} paierait de {plume.write(bas.contribution)} (scénario {ordre[0].lettre}) "
        f"à {plume.write(haut.contribution)} (scénario {ordre[-1].lettre}) par an"
    )
    if not connus:
        return f"{texte} ; {INCONNUE}"
    if min(connus) == max(connus):
        return f"{texte}, {write_comparaison(connus[0], plume)}"
    return f"{texte}, de {write_comparaison(min(connus), plume, court=True)} à {write_comparaison(max(connus), plume)}"


def write_ensemble(scenarios: Sequence[Scenario], plume: Plume) -> str:
    """What the scenarios do to all the communes: for those who act for none."""
    if not scenarios:
        return SANS_SCENARIO
    gels = [scenario.gel for scenario in scenarios]
    moins = [gel.moins for gel in gels]
    if len(scenarios) > 1 and None not in moins and len({gel.participantes for gel in gels}) == 1:
        bas, haut = min(moins), max(moins)
        combien = str(bas) if bas == haut else f"de {bas} à {haut}"
        return prose(
            f"Selon le scénario, {combien} communes sur {gels[0].participantes} paieraient moins qu'aujourd'hui "
            f"{write_precision(scenarios, plume)}."
        )
    return prose(f"Scénario {scenarios[0].lettre} : {gels[0].phrase[:1].lower()}{gels[0].phrase[1:]}")


def write_totaux(scenarios: Sequence[Scenario], plume: Plume) -> str:
    """What the service would be, without the amount of any commune: for those who read the words only."""
    if not scenarios:
        return SANS_SCENARIO
    gel = scenarios[0].gel
    texte = f"Dans le scénario {scenarios[0].lettre}, {pluriel(gel.participantes, 'commune')} "
    texte += "partageraient un service" if gel.participantes > 1 else "aurait un service"
    if gel.etp:
        texte += f" de {gel.etp} ETP"
    if gel.participantes >= PARTICIPANTES_MIN:
        texte += f", pour {plume.write(gel.cout)} par an"
    return prose(f"{texte} {write_precision(scenarios[:1], plume)}.")
