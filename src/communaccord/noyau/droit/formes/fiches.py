"""The twelve forms as data: table R-5.0."""

from collections.abc import Mapping
from types import MappingProxyType

from communaccord.noyau.droit.formes.modele import Accord, Devenir, EffetCif, FicheForme, Forme, Majorite
from communaccord.noyau.droit.regles import get_regle

_CONSEIL = "le conseil communautaire"
_PARTIES = "le conseil municipal de chaque commune partie"
_CHACUN = "Chaque conseil délibère pour sa commune : aucune majorité n'engage les autres."
_SANS_SILENCE = "Le silence ne vaut pas accord."
_ACCORD_EPCI = Accord(_CONSEIL, Majorite.SIMPLE, "R-4.8")
_ACCORD_COMMUNES = Accord(_PARTIES, Majorite.SIMPLE, "R-4.8", f"{_CHACUN} {_SANS_SILENCE}")
_CLECT = Accord(
    "les conseils municipaux, sur le rapport de la CLECT",
    Majorite.QUALIFIEE,
    "R-6.3",
    "Dans les trois mois de sa transmission ; à défaut, la préfecture fixe le coût. La règle de la commune la plus "
    "peuplée ne joue pas ici (notre lecture).",
    fpu=True,
)
_MAD = (
    "Les agents sont individuellement mis à disposition de plein droit, sans limite de durée, sous l'autorité "
    "fonctionnelle de qui bénéficie du service ; leur employeur ne change pas."
)
_TRANSFERES = (
    "Qui y passe tout son temps est transféré de plein droit. Qui y passe une partie de son temps se voit proposer le "
    "transfert et, en cas de refus, est mis à disposition de plein droit."
)

_RETRAIT = (
    "En fiscalité professionnelle unique, le coût évalué par la CLECT est retiré de l'attribution de compensation."
)
_A_ETABLIR = (
    "En fiscalité professionnelle unique, l'effet sur l'attribution de compensation reste à établir avec la préfecture."
)


def _build_transfert(forme: Forme, articles: tuple[str, ...], objet: str, points: tuple[str, ...]) -> FicheForme:
    """Build a transfer of compétence: the whole one and the one à la carte differ by who transfers, and by its effect
    on the attribution de compensation, which R-5.0 gives for the whole one only."""
    entier = forme is Forme.TRANSFERT
    return FicheForme(
        forme,
        articles,
        objet,
        (
            _ACCORD_EPCI,
            Accord(
                "les conseils municipaux de toutes les communes",
                Majorite.QUALIFIEE,
                "R-6.1",
                "Trois mois pour délibérer ; le silence vaut accord.",
            ),
            Accord("la préfecture", Majorite.ARRETE, "R-6.1"),
            *((_CLECT,) if entier else ()),
        ),
        "Délibérations concordantes, arrêté préfectoral ; puis décision conjointe sur le service, avec sa fiche "
        "d'impact et l'avis des comités sociaux territoriaux.",
        Devenir.PLEIN_DROIT,
        _TRANSFERES,
        f"{_RETRAIT if entier else _A_ETABLIR} En fiscalité additionnelle, il n'y a pas d'attribution de compensation.",
        EffetCif.OUI if entier else EffetCif.A_PRECISER,
        get_regle("R-5.2"),
        points,
    )


_FICHES = (
    FicheForme(
        Forme.SERVICE_COMMUN,
        ("CGCT L5211-4-2",),
        "Un service, fonctionnel ou opérationnel, hors des compétences transférées.",
        (
            _ACCORD_EPCI,
            _ACCORD_COMMUNES,
            Accord("les parties à la convention", Majorite.SIGNATURE, "R-5.1"),
            Accord(
                f"{_CONSEIL}, si la part est imputée sur l'attribution de compensation",
                Majorite.DEUX_TIERS,
                "R-6.4",
                "Révision libre : avec l'accord de chaque commune intéressée, à la majorité simple.",
                fpu=True,
            ),
        ),
        "Convention, fiche d'impact annexée, avis des comités sociaux territoriaux compétents.",
        Devenir.PLEIN_DROIT,
        "Qui y passe tout son temps est transféré de plein droit ; qui y passe une partie de son temps est mis à "
        "disposition de plein droit, sans limite de durée.",
        "La convention fixe un remboursement. En fiscalité professionnelle unique, la part d'une commune peut aussi "
        "être imputée sur son attribution de compensation.",
        EffetCif.SI_IMPUTATION,
        get_regle("R-5.1"),
        (
            "L'article ne dit rien du retour des agents quand une commune sort : la convention doit le régler.",
            "Rien n'impose le remboursement au coût unitaire (D5211-16) à un service commun : c'est une bonne "
            "pratique.",
            "Si la compétence est transférée en partie, le service commun ne porte que sur ce qui ne l'est pas.",
        ),
    ),
    _build_transfert(
        Forme.TRANSFERT,
        ("CGCT L5211-17", "CGCT L5211-4-1 I"),
        "Une compétence, par toutes les communes ; le service qui l'exerce la suit.",
        ("Un transfert partiel laisse à la commune un service qu'elle peut conserver pour sa bonne organisation.",),
    ),
    _build_transfert(
        Forme.A_LA_CARTE,
        ("CGCT L5211-17-2", "CGCT L5211-17", "CGCT L5211-4-1 I"),
        "Une compétence, par certaines communes seulement, avec la liste des équipements ou services si besoin.",
        (
            "L'effet sur l'attribution de compensation et le CIF n'a pas été relevé pour cette forme : l'évaluation "
            "par la CLECT, et l'accord des communes sur elle, ne s'ajoutent que s'il est établi.",
        ),
    ),
    FicheForme(
        Forme.MAD_ASCENDANTE,
        ("CGCT L5211-4-1 II", "CGCT D5211-16"),
        "Un service que la commune a conservé après un transfert partiel, mis au service de l'intercommunalité.",
        (_ACCORD_EPCI, _ACCORD_COMMUNES, Accord("les parties à la convention", Majorite.SIGNATURE, "R-5.2")),
        "Convention qui fixe le remboursement, avis des comités sociaux territoriaux.",
        Devenir.MIS_A_DISPOSITION,
        _MAD,
        "Remboursement : coût d'une unité de fonctionnement multiplié par le nombre d'unités constaté (D5211-16).",
        EffetCif.NON,
        get_regle("R-5.2"),
    ),
    FicheForme(
        Forme.MAD_DESCENDANTE,
        ("CGCT L5211-4-1 III",),
        "Un service de l'intercommunalité, mis au service des communes pour leurs propres compétences, quand la bonne "
        "organisation des services le justifie.",
        (_ACCORD_EPCI, _ACCORD_COMMUNES, Accord("les parties à la convention", Majorite.SIGNATURE, "R-5.2")),
        "Convention, avis des comités sociaux territoriaux.",
        Devenir.MIS_A_DISPOSITION,
        _MAD,
        "Remboursement prévu par la convention.",
        EffetCif.NON,
        get_regle("R-5.2"),
        (
            "Le décret du remboursement (D5211-16) ne vise que la mise à disposition ascendante : ici, le suivre est "
            "une bonne pratique.",
            "La convention dit en quoi la bonne organisation des services justifie le partage.",
        ),
    ),
    FicheForme(
        Forme.PRESTATION,
        ("CGCT L5214-16-1", "CGCT L5215-27", "CGCT L5216-7-1", "CGCT L5217-7", "CCP L2511-1 à L2511-6"),
        "La création ou la gestion d'un équipement ou d'un service, confiée par l'une à l'autre, dans les deux sens.",
        (_ACCORD_EPCI, _ACCORD_COMMUNES, Accord("les parties à la convention", Majorite.SIGNATURE, "R-5.5")),
        "Convention, après une analyse au regard de la commande publique.",
        Devenir.INCHANGE,
        "Les agents restent chez leur employeur.",
        "Un prix ou une contribution. Quand l'intercommunalité travaille pour d'autres, un budget annexe retrace "
        "l'opération (L5211-56).",
        EffetCif.NON,
        get_regle("R-5.5"),
        (
            "L'article à citer dépend de la nature de l'intercommunalité (communauté de communes, d'agglomération, "
            "urbaine, métropole).",
        ),
    ),
    FicheForme(
        Forme.ENTRE_COMMUNES,
        ("CGCT L5111-1", "CGCT L5111-1-1"),
        "Un service d'une commune mis à la disposition d'une autre, ou un service unifié, entre communes d'une même "
        "intercommunalité.",
        (_ACCORD_COMMUNES, Accord("les communes parties", Majorite.SIGNATURE, "R-5.0")),
        "Convention, avis des comités sociaux territoriaux.",
        Devenir.AUTORITE_FONCTIONNELLE,
        "Les agents gardent leur employeur et travaillent sous l'autorité fonctionnelle de la commune qui bénéficie du "
        "service.",
        "Remboursement prévu par la convention.",
        EffetCif.NON,
        get_regle("R-5.0"),
        (
            "La rédaction en vigueur de ces articles est à relire sur Légifrance : selon le sujet, elle peut demander "
            "que l'intercommunalité soit associée.",
        ),
    ),
    FicheForme(
        Forme.ENTENTE,
        ("CGCT L5221-1", "CGCT L5221-2"),
        "Un objet d'intérêt commun, sans créer de structure.",
        (
            Accord(
                "l'assemblée de chaque membre",
                Majorite.CONCORDANTES,
                "R-5.9",
                "Chaque décision de la conférence est ratifiée par toutes les assemblées avant de s'appliquer.",
            ),
        ),
        "Convention ; conférence où chaque membre a trois représentants ou représentantes, désignés au scrutin secret.",
        Devenir.INCHANGE,
        "Une entente n'a pas de personnalité morale : elle n'emploie personne.",
        "Coût partagé selon la convention.",
        EffetCif.NON,
        get_regle("R-5.9"),
    ),
    FicheForme(
        Forme.PARTAGE_DE_BIENS,
        ("CGCT L5211-4-3",),
        "Des biens de l'intercommunalité, partagés avec les communes, même pour des compétences non transférées.",
        (_ACCORD_EPCI,),
        "Règlement de mise à disposition.",
        Devenir.INCHANGE,
        "Aucun agent n'est partagé par cette forme.",
        "Ce que prévoit le règlement.",
        EffetCif.NON,
        get_regle("R-5.7"),
    ),
    FicheForme(
        Forme.FONDS_DE_CONCOURS,
        ("CGCT L5214-16 V", "CGCT L5215-26", "CGCT L5216-5 VI", "CGCT L5217-7 I"),
        "Le financement d'un équipement : le construire ou le faire fonctionner, dans les deux sens.",
        (
            Accord(_CONSEIL, Majorite.CONCORDANTES, "R-5.8"),
            Accord("le conseil municipal de chaque commune concernée", Majorite.CONCORDANTES, "R-5.8"),
        ),
        "Délibérations concordantes et plan de financement.",
        Devenir.INCHANGE,
        "Aucun agent n'est concerné.",
        "Au plus la part que le bénéficiaire finance lui-même, hors subventions.",
        EffetCif.NON,
        get_regle("R-5.8"),
    ),
    FicheForme(
        Forme.GROUPEMENT,
        ("CCP L2113-6 à L2113-8", "CGCT L5211-4-4"),
        "Des achats.",
        (
            Accord(
                "chaque membre",
                Majorite.SIMPLE,
                "R-5.6",
                "Par son assemblée, ou par son exécutif s'il en a reçu délégation.",
            ),
            Accord("tous les membres", Majorite.SIGNATURE, "R-5.6"),
        ),
        "Convention constitutive signée par tous.",
        Devenir.INCHANGE,
        "Aucun agent n'est partagé par cette forme.",
        "Chacun paie ses achats. L'intercommunalité ne peut agir gratuitement pour ses communes que si ses statuts le "
        "prévoient expressément.",
        EffetCif.NON,
        get_regle("R-5.6"),
    ),
    FicheForme(
        Forme.AGENT_PARTAGE,
        ("CGFP L512-6", "CGFP L512-7", "CGFP L512-12"),
        "Le temps d'une personne, qui reste agente de son employeur.",
        (
            Accord("l'agent ou l'agente", Majorite.SIGNATURE, "R-5.0", "Rien ne se fait sans son accord."),
            Accord("les deux employeurs", Majorite.SIGNATURE, "R-5.0"),
            Accord("l'employeur d'origine", Majorite.ARRETE, "R-5.0"),
        ),
        "Convention, accord de la personne, arrêté.",
        Devenir.AVEC_ACCORD,
        "Ni transfert ni mise à disposition de plein droit : la personne accepte, ou non.",
        "Remboursement prévu par la convention.",
        EffetCif.NON,
        get_regle("R-5.0"),
    ),
)

FICHES: Mapping[Forme, FicheForme] = MappingProxyType({fiche.forme: fiche for fiche in _FICHES})


def get_fiche(forme: Forme) -> FicheForme:
    """Return what the law says of ``forme``: the row of table R-5.0. Complexity: O(1). Source: R-5.0."""
    return FICHES[forme]


def list_accords(forme: Forme, *, fpu: bool | None) -> tuple[Accord, ...]:
    """Return the agreements that ``forme`` needs under this tax regime (None: unknown, all are told).

    Complexity: O(agreements). Source: R-5.0, R-6.1, R-6.3, R-6.4.
    """
    return tuple(accord for accord in FICHES[forme].accords if None in (fpu, accord.fpu) or accord.fpu is fpu)
