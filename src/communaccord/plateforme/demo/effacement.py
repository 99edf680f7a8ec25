"""Take a whole démarche out of the database, frozen rows included: done to an invented one only, to tell it anew."""

from collections import deque

from django.db import connection, models, transaction
from django.db.models.sql import DeleteQuery

from communaccord.plateforme.comptes.models import Compte
from communaccord.plateforme.demo.reglages import DOMAINE
from communaccord.plateforme.territoires.models import Demarche


@transaction.atomic
def erase_demarche(demarche: Demarche) -> int:
    """Remove an invented démarche, everything that hangs from it and its accounts; number of rows removed.

    ValueError for a real one: nothing removes those. Foreign keys are checked when the transaction ends.
    """
    if not demarche.fictive:
        raise ValueError("Seule une démarche fictive s'efface.")
    comptes = Compte.objects.filter(personnes__demarche=demarche, email__endswith=DOMAINE)
    comptes = comptes.exclude(personnes__demarche__in=Demarche.objects.exclude(pk=demarche.pk))
    found = collect_rows({Demarche: {demarche.pk}, Compte: set(comptes.values_list("pk", flat=True))})
    for model, keys in found.items():
        DeleteQuery(model).delete_batch(sorted(keys), connection.alias)
    return sum(map(len, found.values()))


def collect_rows(roots: dict[type[models.Model], set]) -> dict[type[models.Model], set]:
    """Every row that points to these, directly or not: what a deletion would take, were nothing protected."""
    found = {model: set(keys) for model, keys in roots.items() if keys}
    waiting = deque(found.items())
    while waiting:
        model, keys = waiting.popleft()
        for relation in model._meta.get_fields(include_hidden=True):
            if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
                continue
            child, field = relation.related_model, relation.field
            lines = child._base_manager.filter(**{f"{field.name}__in": sorted(keys)})
            new = set(lines.values_list("pk", flat=True)) - found.get(child, set())
            if new:
                found.setdefault(child, set()).update(new)
                waiting.append((child, new))
    return found
