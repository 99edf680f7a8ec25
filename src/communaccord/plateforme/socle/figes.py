"""Rows that nothing rewrites: they are written once, then read."""

from typing import Any

from django.db import models


class EcritureInterdite(Exception):
    """A row that is written once was about to be changed or deleted: a fault of ours."""


class FigeQuerySet(models.QuerySet):
    """Reads, and writes anew; never updates nor deletes."""

    def update(self, **_values: Any) -> int:
        raise EcritureInterdite(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EcritureInterdite(self.model.__name__)

    def bulk_update(self, *_args: Any, **_options: Any) -> int:
        raise EcritureInterdite(self.model.__name__)


class FigeAuBoutQuerySet(models.QuerySet):
    """Of rows that are frozen at the end of their life: those frozen are neither updated nor deleted."""

    def update(self, **values: Any) -> int:
        self.refuse_frozen()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse_frozen()
        return super().delete()

    def refuse_frozen(self) -> None:
        if self.filter(etat=self.model.ETAT_FIGE).exists():
            raise EcritureInterdite(self.model.__name__)


class FigeAuBout(models.Model):
    """A row that changes until its ``etat`` is ETAT_FIGE: the table is asked, whatever the instance says."""

    ETAT_FIGE: str
    objects = FigeAuBoutQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        self.refuse_if_frozen()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        self.refuse_if_frozen()
        return super().delete(*args, **options)

    def refuse_if_frozen(self) -> None:
        rows = type(self).objects.filter(pk=self.pk, etat=self.ETAT_FIGE)
        if not self._state.adding and rows.exists():
            raise EcritureInterdite(type(self).__name__)


class Fige(models.Model):
    """A row written once: saving it again or deleting it is refused."""

    objects = FigeQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise EcritureInterdite(type(self).__name__)
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> tuple[int, dict[str, int]]:
        raise EcritureInterdite(type(self).__name__)
