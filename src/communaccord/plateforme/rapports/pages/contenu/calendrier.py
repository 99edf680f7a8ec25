"""Part: the phases of the démarche, what the law makes of the rapport, the yearly communication."""

from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, itemize, note, say, tabulate
from communaccord.plateforme.rapports.queries import Sources
from communaccord.plateforme.rapports.rules import LOI
from communaccord.plateforme.socle.typographie import date as write_date

ETAPES = (
    "Le rapport est transmis pour avis à chacun des conseils municipaux.",
    f"Chaque conseil municipal dispose de {LOI.mois_avis} mois à compter de la transmission qui lui est faite ; à "
    "défaut de délibération dans ce délai, son avis est réputé favorable.",
    "Cet avis est simple : il éclaire la décision ; un avis défavorable ne l'empêche pas.",
    "Le projet de schéma est approuvé par délibération de l'organe délibérant de l'intercommunalité, puis le schéma "
    "est adressé à chacun des conseils municipaux.",
    "Le comité social territorial de chaque employeur concerné donne son avis avant les délibérations sur une "
    "convention ou un transfert. Un employeur de moins de 50 agents relève de celui du centre de gestion (CGFP "
    "L251-5, L253-5) : il n'y a donc pas toujours un comité par commune.",
    "Chaque convention, transfert ou révision d'attribution de compensation que le schéma prévoit garde sa propre "
    "procédure et ses propres délibérations.",
    "Chaque année, lors du débat d'orientation budgétaire ou, à défaut, lors du vote du budget, l'avancement du schéma "
    "fait l'objet d'une communication du président ou de la présidente à l'organe délibérant.",
)


def build_calendrier(sources: Sources) -> list[Bloc]:
    """Dates of the démarche, then the steps of the article."""
    visee = sources.demarche.approbation_visee
    blocs = build_phases(sources)
    if visee:
        blocs.append(say(f"Conseil communautaire visé pour l'approbation : {write_date(visee, semaine=True)}."))
    return [*blocs, head("De l'avis des communes à l'approbation"), itemize(ETAPES), note(write_loi())]


def build_phases(sources: Sources) -> list[Bloc]:
    if not sources.phases:
        return [say("Les dates des phases de la démarche ne sont pas encore posées.")]
    lignes = [(p.get_phase_display(), write_date(p.debut), write_date(p.fin)) for p in sources.phases]
    return [
        tabulate("Les phases de la démarche", ("Phase", "Du", "Au"), lignes),
        note("Dates prévues par la démarche : elles peuvent être ajustées."),
    ]


def write_loi() -> str:
    return (
        f"{LOI.article}, texte lu, vérifié le {write_date(LOI.verifie_le)}. Le rapport est facultatif : le président "
        "ou la présidente peut l'établir."
    )
