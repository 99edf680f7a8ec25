"""What the démarche could install: each published form with the people known today, and those still to name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.instances.enums import Qualite, TypeInstance
from communaccord.plateforme.instances.models import Instance, Pole
from communaccord.plateforme.territoires.enums import Financement
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

Membres = list[tuple[Mandat, Qualite]]


@dataclass(frozen=True, slots=True)
class Proposition:
    """One instance to install. ``manquants``: whom the form asks for and who is not among the persons yet."""

    cle: str
    groupe: str
    type: TypeInstance
    nom: str
    forme: str
    membres: Membres
    manquants: tuple[str, ...] = ()
    commune: CommuneMembre | None = None
    presidence: Mandat | None = None
    ouverte_aux_municipaux: bool = False
    en_exercice: int | None = None
    deja: bool = False


@dataclass(slots=True)
class Gens:
    """The people of a démarche on a day, by role."""

    demarche: Demarche
    mandats: Sequence[Mandat]
    communes: Sequence[CommuneMembre]
    poles: Sequence[Pole]
    installes: frozenset[str]
    par_role: dict[str, list[Mandat]] = field(init=False)

    def __post_init__(self) -> None:
        self.par_role = {}
        for mandat in self.mandats:
            self.par_role.setdefault(mandat.role, []).append(mandat)

    def of(self, *roles: Role) -> list[Mandat]:
        return [mandat for role in roles for mandat in self.par_role.get(role, [])]

    @property
    def president(self) -> Mandat | None:
        return next(iter(self.of(Role.PRESIDENT)), None)


def load_gens(demarche: Demarche, jour: date) -> Gens:
    """Four queries, whatever the number of communes."""
    mandats = Mandat.objects.of_demarche(demarche.pk).active_on(jour).select_related("personne", "commune")
    return Gens(
        demarche=demarche,
        mandats=list(mandats.order_by("commune__cle_tri", "pk")),
        communes=list(demarche.communes.all()),
        poles=list(demarche.poles.all()),
        installes=frozenset(
            f"{kind}:{commune or ''}"
            for kind, commune in Instance.objects.filter(demarche=demarche, close_le__isnull=True).values_list(
                "type", "commune_id"
            )
        ),
    )


def build_propositions(gens: Gens) -> list[Proposition]:
    """All that may be installed, in the order of the page; ``deja`` when it is there."""
    makers: tuple[Callable[[Gens], Iterable[Proposition]], ...] = (
        propose_copil,
        propose_cotech,
        propose_bureau,
        propose_conference,
        propose_travail,
        propose_clect,
        propose_conseils,
    )
    return [proposition for maker in makers for proposition in maker(gens)]


def seat(mandats: Iterable[Mandat], presidence: Mandat | None = None) -> Membres:
    """Each person once, the presidency first; who is also a maire sits as maire, so that the commune is counted."""
    kept: dict[int, Mandat] = {}
    for mandat in [presidence, *mandats] if presidence else mandats:
        if mandat.personne_id not in kept or mandat.role == Role.MAIRE:
            kept[mandat.personne_id] = mandat
    chair = presidence.personne_id if presidence else None
    return [(m, Qualite.PRESIDENCE if m.personne_id == chair else Qualite.MEMBRE) for m in kept.values()]


def list_manquants(gens: Gens, *roles: tuple[Role, str]) -> list[str]:
    return [label for role, label in roles if not gens.of(role)]


def list_maires_manquants(gens: Gens) -> list[str]:
    known = {mandat.commune_id for mandat in gens.of(Role.MAIRE)}
    return [f"maire de {commune.nom}" for commune in gens.communes if commune.pk not in known]


def find_direction(gens: Gens, word: str) -> list[Mandat]:
    """A direction known by a word of its function."""
    return [m for m in gens.mandats if word in f"{m.fonction} {m.personne.nom}".casefold() and m.role == Role.DIRECTION]


def is_there(gens: Gens, kind: TypeInstance, commune: CommuneMembre | None = None) -> bool:
    return f"{kind.value}:{commune.pk if commune else ''}" in gens.installes


PRESIDENCE = (Role.PRESIDENT, "présidence de l'intercommunalité")
DGS = (Role.DGS_EPCI, "DGS de l'intercommunalité")


def propose_copil(gens: Gens) -> list[Proposition]:
    """Its two published forms, and the one restricted by poles."""
    kind, president = TypeInstance.COPIL, gens.president
    base = [*gens.of(Role.MAIRE), *gens.of(Role.DGS_EPCI)]
    missing = [*list_manquants(gens, PRESIDENCE, DGS), *list_maires_manquants(gens)]
    communication, cabinet = find_direction(gens, "communication"), find_direction(gens, "cabinet")
    missing_2 = [
        *([] if communication else ["direction de la communication"]),
        *([] if cabinet else ["direction de cabinet"]),
    ]
    common = {"groupe": "copil", "type": kind, "presidence": president, "deja": is_there(gens, kind)}
    return [
        Proposition(
            cle="copil",
            nom="Comité de pilotage",
            forme="Présidence, maires des communes membres, DGS de l'intercommunalité.",
            membres=seat(base, president),
            manquants=tuple(missing),
            **common,
        ),
        Proposition(
            cle="copil_communication",
            nom="Comité de pilotage",
            forme="La même, avec la direction de la communication et la direction de cabinet.",
            membres=seat([*base, *communication, *cabinet], president),
            manquants=(*missing, *missing_2),
            **common,
        ),
        Proposition(
            cle="copil_poles",
            nom="Comité de pilotage restreint",
            forme="Présidence, DGS de l'intercommunalité et une personne par pôle, à désigner parmi ses maires. "
            "Pour une grande intercommunalité.",
            membres=seat(gens.of(Role.DGS_EPCI), president),
            manquants=tuple(
                [*list_manquants(gens, PRESIDENCE, DGS), *(f"une personne pour le pôle {p.nom}" for p in gens.poles)]
                if gens.poles
                else ["les pôles : formez-les d'abord"]
            ),
            **common,
        ),
    ]


def propose_cotech(gens: Gens) -> list[Proposition]:
    kind = TypeInstance.COTECH
    dgs = next(iter(gens.of(Role.DGS_EPCI)), None)
    base = gens.of(Role.DGS_EPCI, Role.DIRECTION, Role.DRH, Role.SECRETAIRE)
    missing = list_manquants(gens, DGS, (Role.DIRECTION, "directions"), (Role.SECRETAIRE, "secrétaires de mairie"))
    communication = [] if find_direction(gens, "communication") else ["direction de la communication"]
    common = {"groupe": "cotech", "type": kind, "nom": "Comité technique", "presidence": dgs}
    return [
        Proposition(
            cle="cotech",
            forme="DGS de l'intercommunalité, directions, secrétaires de mairie s'il y en a. Il prépare le COPIL.",
            membres=seat(base, dgs),
            manquants=tuple(missing),
            deja=is_there(gens, kind),
            **common,
        ),
        Proposition(
            cle="cotech_communication",
            forme="La même, où la direction de la communication siège expressément.",
            membres=seat(base, dgs),
            manquants=(*missing, *communication),
            deja=is_there(gens, kind),
            **common,
        ),
    ]


def propose_bureau(gens: Gens) -> list[Proposition]:
    kind, president = TypeInstance.BUREAU, gens.president
    common = {"groupe": "bureau", "type": kind, "nom": "Bureau communautaire", "presidence": president}
    missing = list_manquants(gens, PRESIDENCE, (Role.VICE_PRESIDENT, "vice-présidences"))
    return [
        Proposition(
            cle="bureau",
            forme="Présidence et vice-présidences.",
            membres=seat(gens.of(Role.VICE_PRESIDENT), president),
            manquants=tuple(missing),
            deja=is_there(gens, kind),
            **common,
        ),
        Proposition(
            cle="bureau_maires",
            forme="Présidence, vice-présidences et tous les maires : toutes les communes y sont représentées.",
            membres=seat(gens.of(Role.VICE_PRESIDENT, Role.MAIRE), president),
            manquants=(*missing, *list_maires_manquants(gens)),
            deja=is_there(gens, kind),
            **common,
        ),
    ]


def propose_conference(gens: Gens) -> list[Proposition]:
    kind, president = TypeInstance.CONFERENCE_DES_MAIRES, gens.president
    return [
        Proposition(
            cle="conference_des_maires",
            groupe="conference_des_maires",
            type=kind,
            nom="Conférence des maires",
            forme="Présidence de l'intercommunalité et maires. Pour les dossiers les plus sensibles.",
            membres=seat(gens.of(Role.MAIRE), president),
            manquants=(*list_manquants(gens, PRESIDENCE), *list_maires_manquants(gens)),
            presidence=president,
            deja=is_there(gens, kind),
        )
    ]


def propose_travail(gens: Gens) -> list[Proposition]:
    """A commission and a working group to start from; others are created with their own name."""
    agents = gens.of(Role.DRH, Role.DIRECTION, Role.SECRETAIRE, Role.AGENT, Role.REPRESENTANT_PERSONNEL)
    return [
        Proposition(
            cle="commission",
            groupe="commission",
            type=TypeInstance.COMMISSION,
            nom="Commission mutualisation",
            forme="Des élus et des élues, municipaux compris. Le conseil en désigne les membres.",
            membres=[],
            manquants=("les membres que le conseil désigne, à la représentation proportionnelle",),
            presidence=gens.president,
            ouverte_aux_municipaux=True,
            deja=is_there(gens, TypeInstance.COMMISSION),
        ),
        Proposition(
            cle="groupe_de_travail",
            groupe="groupe_de_travail",
            type=TypeInstance.GROUPE_DE_TRAVAIL,
            nom="Groupe de travail mutualisation",
            forme="Directions, DRH, secrétaires de mairie, agents et personnes qui les représentent.",
            membres=seat(agents),
            deja=is_there(gens, TypeInstance.GROUPE_DE_TRAVAIL),
        ),
    ]


def propose_clect(gens: Gens) -> list[Proposition]:
    if gens.demarche.financement != Financement.FPU:
        return []
    return [
        Proposition(
            cle="clect",
            groupe="clect",
            type=TypeInstance.CLECT,
            nom="CLECT",
            forme="Au moins une personne par commune, désignée par son conseil municipal.",
            membres=[],
            manquants=("les personnes que les conseils municipaux désignent",),
            deja=is_there(gens, TypeInstance.CLECT),
        )
    ]


def propose_conseils(gens: Gens) -> list[Proposition]:
    kind, president = TypeInstance.CONSEIL_COMMUNAUTAIRE, gens.president
    council = gens.of(Role.VICE_PRESIDENT, Role.CONSEILLER_COMMUNAUTAIRE)
    first = Proposition(
        cle="conseil_communautaire",
        groupe="conseil_communautaire",
        type=kind,
        nom="Conseil communautaire",
        forme=f"{gens.demarche.sieges_total} sièges. Y figurent ici les personnes déjà inscrites dans la démarche.",
        membres=seat(council, president),
        manquants=tuple(list_manquants(gens, PRESIDENCE)),
        presidence=president,
        en_exercice=gens.demarche.sieges_total,
        deja=is_there(gens, kind),
    )
    by_commune: dict[int | None, list[Mandat]] = {}
    for mandat in gens.of(Role.MAIRE, Role.CONSEILLER_MUNICIPAL):
        by_commune.setdefault(mandat.commune_id, []).append(mandat)
    return [first, *(propose_municipal(gens, commune, by_commune.get(commune.pk, [])) for commune in gens.communes)]


def propose_municipal(gens: Gens, commune: CommuneMembre, mandats: list[Mandat]) -> Proposition:
    maire = next((mandat for mandat in mandats if mandat.role == Role.MAIRE), None)
    return Proposition(
        cle=f"conseil_municipal_{commune.pk}",
        groupe="conseils_municipaux",
        type=TypeInstance.CONSEIL_MUNICIPAL,
        nom=f"Conseil municipal de {commune.nom}"[:150],
        forme="Maire, conseillers et conseillères inscrites dans la démarche.",
        membres=seat(mandats, maire),
        manquants=() if maire else (f"maire de {commune.nom}",),
        commune=commune,
        presidence=maire,
        deja=is_there(gens, TypeInstance.CONSEIL_MUNICIPAL, commune),
    )
