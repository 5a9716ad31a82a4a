"""Entries as the rules see them, and what a rule found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple
from uuid import UUID

from audit.models import Entry


class Seen(NamedTuple):
    """One entry: who did which kind of thing, when, in which recruitment."""

    id: int
    time: datetime
    action: str
    role: str
    person: UUID | None
    subject: UUID | None


COLUMNS = ("id", "time", "action", "actor_role", "actor_person", "subject")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: whom it concerns, when it came to it, how many of what, and in which recruitments."""

    rule: str
    person: UUID
    at: datetime
    count: int
    threshold: int
    since: datetime
    recruitments: tuple[UUID, ...] = ()


def before(last: Seen, back: timedelta) -> list[Seen]:
    """What the same person did up to and with `last`, newest first, as far back as `back`: one query.

    Walks the index of the person from `last` on, so that a long service makes it no slower.
    """
    rows = Entry.objects.filter(actor_person=last.person, id__lte=last.id).order_by("-id")
    return list(takewhile(lambda seen: seen.time > last.time - back, _seen(rows.values_list(*COLUMNS))))


def _seen(rows: object) -> Iterator[Seen]:
    for row in rows.iterator(chunk_size=200):  # type: ignore[attr-defined]
        yield Seen(*row)
