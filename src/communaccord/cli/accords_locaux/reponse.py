"""The study of the agreements on seats as data for JSON: exact ratios as text ("17/20"), counts as whole numbers."""

from collections.abc import Mapping
from fractions import Fraction

from communaccord.cli.accords_locaux.etude import (
    Accord,
    Demande,
    Echeance,
    EtudeLecture,
    EtudeVoie,
    Meilleurs,
    SeuilsMajorite,
)
from communaccord.cli.accords_locaux.proposition import Proposition
from communaccord.noyau.droit.regle import Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges import (
    POINTS_OUVERTS,
    ControleRepartition,
    Lectures,
    NombreAccords,
    SiegesDroitCommun,
)


def build_reponse(
    ordinaire: SiegesDroitCommun,
    demande: Demande,
    voies: tuple[EtudeVoie, ...],
    seuils: Mapping[str, SeuilsMajorite],
    echeances: tuple[Echeance, ...],
    proposition: Proposition | None,
) -> dict[str, object]:
    """Return what ``--accords`` and ``--proposes`` add to the answer of ``communaccord sieges --json``."""
    reponse: dict[str, object] = {
        "base": ordinaire.total_iv,
        "points_ouverts": _write_points(demande),
        "voies": [_write_voie(voie) for voie in voies],
        "majorite": _write_regle(get_regle("R-2.7"))
        | _write_seuils(seuils["municipale"])
        | {"par_population": {nom: _write_seuils(un) for nom, un in seuils.items()}},
        "calendrier": _write_regle(get_regle("R-2.8"))
        | {
            "echeances": [
                {
                    "renouvellement": echeance.renouvellement,
                    "accord": echeance.accord.isoformat(),
                    "arrete": echeance.arrete.isoformat(),
                    "millesime_population": echeance.millesime,
                }
                for echeance in echeances
            ]
        },
    }
    if proposition is not None:
        reponse["proposition"] = {
            "origine": proposition.origine,
            "fictif": proposition.fictif,
            "sieges": dict(sorted(proposition.sieges.items())),
        }
    return reponse


def _write_seuils(seuils: SeuilsMajorite) -> dict[str, object]:
    return {
        "seuils": [{"conseils": conseils, "habitants": habitants} for conseils, habitants in seuils.voies],
        "indispensables": list(seuils.indispensables),
    }


def _write_points(demande: Demande) -> list[dict[str, object]]:
    """Return the open points; ``retenue`` is None where nobody chose: both counts are given."""
    points = []
    for point in POINTS_OUVERTS:
        retenues = {getattr(lectures, point.nom) for lectures in demande.lectures.values()}
        points.append(
            {
                "nom": point.nom,
                "question": point.question,
                "article": point.article,
                "confiance": point.confiance.value,
                "lectures": {lecture.name.lower(): lecture.label for lecture in point.lectures},
                "retenue": retenues.pop().name.lower() if len(retenues) == 1 else None,
            }
        )
    return points


def write_lectures(lectures: Lectures) -> dict[str, str]:
    """Return the reading of each open point, by its name."""
    return {point.nom: getattr(lectures, point.nom).name.lower() for point in POINTS_OUVERTS}


def _write_voie(voie: EtudeVoie) -> dict[str, object]:
    return {
        "voie": voie.voie.name.lower(),
        "article": voie.voie.article,
        "regle": _write_regle(voie.regle),
        "ouverte": voie.ouverte,
        "motif": voie.motif,
        "total_maximal": voie.total_maximal,
        "lectures": [_write_etude(etude) for etude in voie.etudes],
    }


def _write_etude(etude: EtudeLecture) -> dict[str, object]:
    ecrite: dict[str, object] = {"nom": etude.nom, "points": write_lectures(etude.lectures)}
    if etude.nombre is not None:
        ecrite |= _write_nombre(etude.nombre)
        ecrite["premiers"] = [_write_accord(accord) for accord in etude.premiers]
        ecrite["meilleurs"] = [_write_meilleur(meilleur) for meilleur in etude.meilleurs]
    if etude.controle is not None:
        ecrite["controle"] = {"admise": etude.est_admise} | _write_controle(etude.controle)
    return ecrite


def _write_nombre(nombre: NombreAccords) -> dict[str, object]:
    return {
        "nombre": nombre.nombre,
        "conformes": nombre.conformes,
        "toleres": nombre.toleres,
        "par_total": {
            str(total): {"nombre": compte.nombre, "conformes": compte.conformes}
            for total, compte in nombre.par_total.items()
        },
    }


def _write_accord(accord: Accord) -> dict[str, object]:
    return {
        "etat": accord.etat.name.lower(),
        "sieges": dict(sorted(accord.sieges.items())),
        "avertissements": {a.code: list(a.communes) for a in accord.avertissements},
    }


def _write_meilleur(meilleurs: Meilleurs) -> dict[str, object]:
    trouve = meilleurs.trouve
    return {
        "objectif": trouve.objectifs[0].name.lower(),
        "libelle": trouve.objectifs[0].label,
        "valeur": str(trouve.valeurs[0]),
        "egaux": trouve.nombre,
        "accords": [_write_accord(accord) for accord in meilleurs.accords],
    }


def _write_controle(controle: ControleRepartition) -> dict[str, object]:
    return {
        "etat": controle.etat.name.lower(),
        "libelle": controle.etat.label,
        "total": controle.total,
        "conditions": [
            {"nom": c.nom, "remplie": c.remplie, "motif": c.motif, "communes": list(c.communes)}
            for c in controle.conditions
        ],
        "communes": {
            c.code: {
                "sieges": c.sieges,
                "rapport": write_rapport(c.ratio),
                "rapport_ordinaire": write_rapport(c.ratio_ordinaire),
                "etat": c.etat.name.lower(),
                "cause": c.cause.name.lower(),
                "motif": c.motif,
            }
            for c in controle.communes
        },
        "avertissements": [
            {"code": a.code, "texte": a.texte, "communes": list(a.communes)} for a in controle.avertissements
        ],
    }


def write_rapport(rapport: Fraction | None) -> str | None:
    """Return a ratio as exact text, None for a commune without inhabitants."""
    return None if rapport is None else str(rapport)


def _write_regle(regle: Regle) -> dict[str, object]:
    return {
        "identifiant": regle.identifiant,
        "titre": regle.titre,
        "articles": list(regle.articles),
        "confiance": regle.confiance.value,
        "verifie_le": regle.verifie_le.isoformat(),
        "resume": regle.resume,
        "avertissements": list(regle.avertissements),
    }
