"""Released counts. A row has no foreign key, no date, no person and no reference: nothing leads back to a report."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from audit.covered import AppendOnlyQuerySet
from audit.errors import AppendOnly


class ReleasedCell(models.Model):
    """One cell of one table of one year: a count, or the word that it is protected. Written once."""

    source = models.CharField(max_length=14)
    """Where it comes from: a channel of the reports."""
    year = models.PositiveSmallIntegerField()
    table = models.CharField(max_length=24)
    code = models.CharField(max_length=24, blank=True)
    """The category; empty for the total."""
    value = models.PositiveIntegerField(null=True, blank=True)
    """The count; None where it is protected, as zero may be too."""
    classification = models.PositiveSmallIntegerField()
    """The version of the categories: those of different versions are not compared."""

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "year", "table", "code"], name="cell_released_once")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once. Raises AppendOnly for one that is there."""
        if not self._state.adding:
            raise AppendOnly("A released cell is not changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises AppendOnly."""
        raise AppendOnly("A released cell is not removed.")
