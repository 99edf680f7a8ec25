"""Rules of the Code de l'urbanisme on who decides on and who examines the permits (U)."""

from datetime import date

from communaccord.noyau.droit.regle import Confiance, Regle

_COMPETENCE = date(2014, 3, 27)
_INSTRUCTION = date(2019, 5, 25)
_PLUS_RECENT = "Aucune version plus récente n'a été lue : Légifrance fait foi."

REGLES = (
    Regle(
        identifiant="U-1",
        titre="Autorité qui délivre les permis",
        articles=("Code de l'urbanisme L422-1",),
        confiance=Confiance.TEXTE_LU,
        texte_au=_COMPETENCE,
        valid_from=_COMPETENCE,
        resume=(
            "Dans une commune dotée d'un plan local d'urbanisme, ou d'un document qui en tient lieu, le ou la maire "
            "délivre les permis et répond aux déclarations préalables, au nom de la commune. Il en va de même, sous "
            "conditions de date, dans une commune dotée d'une carte communale. Dans les autres communes, la décision "
            "est prise au nom de l'État."
        ),
        avertissements=(_PLUS_RECENT,),
    ),
    Regle(
        identifiant="U-2",
        titre="Autorité sous laquelle les permis sont instruits",
        articles=("Code de l'urbanisme R*423-14",),
        confiance=Confiance.TEXTE_LU,
        texte_au=_INSTRUCTION,
        resume=(
            "Quand la décision est prise au nom de la commune, l'instruction se fait au nom et sous l'autorité du ou "
            "de la maire ; au nom de l'intercommunalité, sous celle de sa présidence."
        ),
        avertissements=(_PLUS_RECENT,),
    ),
    Regle(
        identifiant="U-3",
        titre="Services qui peuvent instruire les permis",
        articles=("Code de l'urbanisme R*423-15",),
        confiance=Confiance.TEXTE_LU,
        texte_au=_INSTRUCTION,
        valid_from=_INSTRUCTION,
        resume=(
            "Dans le cas de la règle U-2, l'autorité compétente peut confier les actes d'instruction aux services de "
            "la commune, à ceux d'une collectivité ou d'un groupement de collectivités, à un syndicat mixte, à une "
            "agence départementale, à l'État ou à un prestataire privé, sous conditions pour ces deux derniers."
        ),
        avertissements=(_PLUS_RECENT,),
    ),
)
