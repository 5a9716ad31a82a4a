"""Many recruitments out of one that was really made: its rows copied, past the log, with ids of their own.

Twenty thousand true recruitments would take hours and measure the same pages. Sealed texts and digests are the
original's unless `change` gives another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction

from vetting.recruitment.models import (
    Candidacy,
    Check,
    Decision,
    Engagement,
    NameIndex,
    Opinion,
    PoolClearance,
    PoolHolder,
    Recruitment,
    RecruitmentGrant,
    Recusal,
)
from vetting.recruitment.search_index import digest_of_name

BATCH = 250
"""Originals copied before they are written."""
MODELS = 200
"""Recruitments that many others are copied from."""
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_numbers = count(1)
Change = Callable[[Any, int], Mapping[str, Any]]


def rows_of(pk: UUID) -> list[models.Model]:
    """The rows of the recruitment, each after those it refers to."""
    found: list[models.Model] = [Recruitment.objects.get(pk=pk)]
    for model in (Candidacy, Check, Recusal, Opinion, Decision, Engagement, PoolClearance):
        found += model._default_manager.filter(recruitment=pk)
    found += RecruitmentGrant.objects.filter(content_object=pk)
    found += PoolHolder.objects.filter(clearance__recruitment=pk)
    found += NameIndex.objects.filter(candidacy__recruitment=pk)
    return found


def copy(rows: Sequence[models.Model], numbers: Iterable[int], change: Change, *, batch: int = BATCH) -> None:
    """Write a copy for each number; `change`: what a copy of a row says that the original does not."""
    waiting: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for place, number in enumerate(numbers, start=1):
        fresh = {row.pk: uuid4() for row in rows if isinstance(row.pk, UUID)}
        for row in rows:
            waiting[type(row)].append(_copied(row, fresh, change(row, number)))
        if place % batch == 0:
            _write(waiting)
    _write(waiting)
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        # What autovacuum does by itself in an installation.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def another(row: Any, number: int) -> dict[str, Any]:
    """A recruitment of its own about somebody else: what no two rows may have alike."""
    if isinstance(row, Recruitment):
        return {"reference": f"R-1999-{next(_numbers):06d}"}
    if isinstance(row, PoolClearance):
        return {"reference": f"P-{_in_letters(next(_numbers)):>06}".replace(" ", "0")}
    if isinstance(row, PoolHolder | NameIndex):
        return {"digest": digest_of_name(f"Annan Person {number}")}
    return {}


def multiply(size: int) -> None:
    """Up to `size` recruitments: copies of every so many of those there are, so that as large a part has ended, waits
    and is late among many as among few.
    """
    have = Recruitment.objects.count()
    told = list(Recruitment.objects.order_by("-created_on", "reference").values_list("pk", flat=True))
    originals = told[:: max(len(told) // MODELS, 1)][:MODELS]
    rows = [row for pk in originals for row in rows_of(pk)]
    copy(rows, range((size - have) // len(originals)), another, batch=1)


def _in_letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        found = DIGITS[rest] + found
    return found


def _copied(row: models.Model, fresh: Mapping[Any, UUID], changed: Mapping[str, Any]) -> models.Model:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    moved = {name: fresh[value] for name, value in values.items() if _is_id(value) and value in fresh}
    key = row._meta.pk
    own = {} if key is None or key.attname in moved else {key.attname: None}
    return type(row)(**values | moved | own | changed)


def _is_id(value: object) -> bool:
    return isinstance(value, UUID)


def _write(waiting: dict[type[models.Model], list[models.Model]]) -> None:
    with transaction.atomic():  # they refer to one another, forwards too
        for model, rows in waiting.items():
            models.QuerySet(model).bulk_create(rows, batch_size=200)
    waiting.clear()
