"""The log as its readers may see it: which entries, chosen by person, recruitment, group and period, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from audit.events import DAY_TREES
from audit.models import Entry
from vetting.access.actor import Actor
from vetting.oversight.queries.moments import ids_between, newest_id
from vetting.policy.event_groups import GROUPS
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.queries.terms import stood_aside
from vetting.recruitment.queries.timeline import ABOUT_PROTECTION
from vetting.recruitment.queries.visible import reach_of
from vetting.web.fields import STOCKHOLM

PAGE = 50
WINDOW = 200_000
"""Entries looked through for one page where no index leads to them; the next page goes on from there."""
_COLUMNS = ("id", "time", "action", "actor_person", "actor_role", "subject", "leaf")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: person who acted, recruitment, group of events, first and last Stockholm day."""

    person: UUID | None = None
    subject: UUID | None = None
    group: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries of one page, newest first; `older` and `newer` are keys of the pages beside it, or None."""

    entries: list[Entry]
    older: int | None
    newer: int | None


def entries_for(
    actor: Actor, search: Search, *, before: int | None = None, after: int | None = None
) -> LogPage:
    """One page of what `actor` may read of the log: at most five queries, whatever its size."""
    rows = _within(_readable(actor), search)
    if after is not None:
        return _upwards(rows.filter(id__gt=after), search)
    lowest = None
    if before is not None:
        rows = rows.filter(id__lt=before)
    if search.person is None and search.subject is None:
        newest = before or newest_id() + 1
        lowest = max(0, newest - WINDOW)
        rows = rows.filter(id__gte=lowest)
    found = list(rows.order_by("-id").only(*_COLUMNS)[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    older = found[-1].pk if more else (lowest or None)
    return LogPage(found, older, _newer(found, before))


def _newer(found: list[Entry], before: int | None) -> int | None:
    if before is None:
        return None
    return found[0].pk if found else before - 1


def _upwards(rows: QuerySet[Entry], search: Search) -> LogPage:
    found = list(rows.order_by("id").only(*_COLUMNS)[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE][::-1]
    return LogPage(found, found[-1].pk if found else None, found[0].pk if more else None)


def _readable(actor: Actor) -> QuerySet[Entry]:
    """All of the log but the reports' own; for a role with less than all of it, its authority's recruitments."""
    rows = Entry.objects.exclude(tree__in=DAY_TREES)
    for tree in sorted(DAY_TREES):
        rows = rows.exclude(tree__startswith=f"{tree}.")
    if reads_all(actor):
        return rows
    mine = reach_of(actor, "log.view").recruitments.exclude(pk__in=stood_aside(actor.person_id))
    return rows.filter(subject__in=mine.order_by().values("pk")).exclude(action__in=ABOUT_PROTECTION)


def reads_all(actor: Actor) -> bool:
    """Whether the actor reads the whole log, not only what concerns the recruitments of an authority."""
    scopes = PERMISSIONS["log.view"].scopes
    return any(scopes[held.role] == "all" for held in actor.roles)


def _within(rows: QuerySet[Entry], search: Search) -> QuerySet[Entry]:
    found = Q()
    if search.person is not None:
        found &= Q(actor_person=search.person)
    if search.subject is not None:
        found &= Q(subject=search.subject)
    if search.group in GROUPS:
        found &= Q(action__in=sorted(GROUPS[search.group].events))
    if search.first is not None or search.last is not None:
        found &= _period(search.first, search.last)
    return rows.filter(found)


def _period(first: date | None, last: date | None) -> Q:
    since = _midnight(first) if first else None
    until = _midnight(last + timedelta(days=1)) if last else None
    found = Q()
    if since is not None:
        found &= Q(time__gte=since)
    if until is not None:
        found &= Q(time__lt=until)
    lowest, highest = ids_between(since, until)
    bounds: dict[str, Any] = {"id__gte": lowest, "id__lte": highest}
    return found & Q(**{name: value for name, value in bounds.items() if value is not None})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), STOCKHOLM)
