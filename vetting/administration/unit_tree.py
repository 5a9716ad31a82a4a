"""The tree of units by its paths: the next free place, what stands below, and one who changes it at a time.

A path says where a unit stands, "0001.0004."; scope goes by it. A new or moved unit comes last among those beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from vetting.organisation.models import STEP, Organisation, Unit
from vetting.recruitment.actions.errors import BadInput

MOST = 9999
DEEPEST = 120 // STEP


@contextmanager
def locked_unit(pk: UUID) -> Iterator[Unit]:
    """The unit under a lock together with the whole tree, in one transaction. Raises Unit.DoesNotExist."""
    with transaction.atomic():
        hold_tree()
        rows = Unit.objects.select_related("authority", "parent", "access_manager")
        yield rows.select_for_update(of=("self",)).get(pk=pk)


def hold_tree() -> None:
    """One at a time changes the tree: two new units would otherwise take the same place."""
    list(Organisation.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def next_path(parent: Unit | None) -> str:
    """The first place below `parent`, or at the top, after every one that is taken. Raises BadInput."""
    above = parent.path if parent is not None else ""
    depth = len(above) + STEP
    if depth // STEP > DEEPEST:
        raise BadInput(parent="unit_too_deep")
    beside = Unit.objects.filter(path__startswith=above, path__regex=rf"^.{{{depth}}}$").order_by("-path")
    last = beside.values_list("path", flat=True).first()
    number = int(last[-STEP:-1]) + 1 if last else 1
    if number > MOST:
        raise BadInput(parent="unit_too_many")
    return f"{above}{number:04d}."


def below(unit: Unit) -> QuerySet[Unit]:
    """The units below `unit`, the nearest first."""
    return Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk).order_by("path")


def in_force(on: date) -> Q:
    """Units that are not ended on the day `on`."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=on)
