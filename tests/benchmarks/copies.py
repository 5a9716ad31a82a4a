"""Many recruitments out of one that was really made: its rows copied, past the log, with ids of their own.

Twenty thousand true recruitments would take hours and measure the same pages. Sealed texts and digests are the
original's unless `change` gives another.

Whoever has a hundred times as many recruitments has more people for them: of those that `multiply` makes, one in twenty
is the same people's, as 5,000 that one sees among 100,000, and the others belong to people of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import connection, models, transaction

from vetting.accounts.models import Account, Person
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
from vetting.recruitment.search_index import bound, digest_of_called, digest_of_name

BATCH = 250
"""Originals copied before they are written."""
MODELS = 200
"""Recruitments that many others are copied from."""
NAMED = ("escalation_barred", "barred", "earlier_managers")
"""Columns that hold ids of people as text."""
HEX = re.compile("[0-9a-f]{32}")
OWN, TOWN = 20, 1000
"""One in so many copies is the same people's; so many recruitments have people of their own."""
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


def copy(
    rows: Sequence[models.Model],
    numbers: Iterable[int],
    change: Change,
    *,
    batch: int = BATCH,
    whose: Callable[[int], Mapping[UUID, UUID]] = lambda number: {},
) -> None:
    """Write a copy for each number; `change`: what a copy of a row says that the original does not; `whose`: the ids of
    the people and accounts in place of the original's.
    """
    waiting: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for place, number in enumerate(numbers, start=1):
        fresh: dict[UUID, UUID] = {row.pk: uuid4() for row in rows if isinstance(row.pk, UUID)}
        fresh.update(whose(number))
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
    if isinstance(row, PoolHolder):
        return {"digest": digest_of_name(f"Annan Person {number}")}
    if isinstance(row, NameIndex):
        # As for the row that is copied: the whole name is kept of some only.
        name = f"Annan Person{number}"
        return {"digest": row.digest and digest_of_name(name), "called": digest_of_called(name)}
    return {}


def multiply(size: int) -> None:
    """Up to `size` recruitments: copies of every so many of those there are, so that as large a part has ended, waits
    and is late among many as among few.
    """
    have = Recruitment.objects.count()
    told = list(Recruitment.objects.order_by("-created_on", "reference").values_list("pk", flat=True))
    originals = told[:: max(len(told) // MODELS, 1)][:MODELS]
    rows = [row for pk in originals for row in rows_of(pk)]

    @cache
    def town(number: int) -> Mapping[UUID, UUID]:
        return others(number)

    def whose(number: int) -> Mapping[UUID, UUID]:
        return town(number * len(originals) // TOWN) if number % OWN else {}

    copy(rows, range((size - have) // len(originals)), another, batch=1, whose=whose)


def others(number: int) -> dict[UUID, UUID]:
    """Everybody once more, with accounts: the ids of those there are → those of the others."""
    known = Account.objects.exclude(username__contains="@").select_related("person").order_by("pk")
    people = {account.person_id: account.person for account in known}
    fresh: dict[UUID, UUID] = {pk: uuid4() for pk in (*people, *(account.pk for account in known))}
    for person in people.values():
        person.pk, person.line_manager_id = fresh[person.pk], None
    for account in known:
        account.pk, account.person_id = fresh[account.pk], fresh[account.person_id]
        account.username = f"{account.username}@{number}"
    made: dict[type[models.Model], list[models.Model]] = {Person: [*people.values()], Account: [*known]}
    for model, rows in made.items():
        cast(Any, models.QuerySet(model)).bulk_create(rows)
    return fresh


def _in_letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        found = DIGITS[rest] + found
    return found


def _copied(row: models.Model, fresh: Mapping[Any, UUID], changed: Mapping[str, Any]) -> models.Model:
    values: dict[str, Any] = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields
    }
    values.update({name: _named_anew(values[name], fresh) for name in NAMED if values.get(name)})
    moved = {name: fresh[value] for name, value in values.items() if _is_id(value) and value in fresh}
    key = row._meta.pk
    own = {} if key is None or key.attname in moved else {key.attname: None}
    made = type(row)(**{**values, **moved, **own, **changed})
    if isinstance(made, NameIndex):
        made.bound = bound(made.candidacy_id, made.digest, made.called)
    return made


def _named_anew(told: Any, fresh: Mapping[Any, UUID]) -> Any:
    """People's ids as they stand in a text."""
    if not isinstance(told, str):
        return told
    return HEX.sub(lambda found: fresh.get(UUID(found[0]), UUID(found[0])).hex, told)


def _is_id(value: object) -> bool:
    return isinstance(value, UUID)


def _write(waiting: dict[type[models.Model], list[models.Model]]) -> None:
    with transaction.atomic():  # they refer to one another, forwards too
        for model, rows in waiting.items():
            cast(Any, models.QuerySet(model)).bulk_create(rows, batch_size=200)
    waiting.clear()
