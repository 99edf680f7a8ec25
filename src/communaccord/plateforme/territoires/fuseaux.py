"""The time zone of a territory: a date is said where people live."""

from zoneinfo import ZoneInfo

METROPOLE = "Europe/Paris"
OUTRE_MER = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "976": "Indian/Mayotte",
}


def get_fuseau(code_departement: str) -> ZoneInfo:
    """Zone of a département of EPCI; every other code is in the zone of Paris."""
    return ZoneInfo(OUTRE_MER.get(code_departement, METROPOLE))
