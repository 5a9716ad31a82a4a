"""One's own entries in the log, newest first, in pages that follow a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from audit.models import Entry
from audit.ranges import DAYS
from vetting.access.models import AccountProposal
from vetting.policy.event_groups import KIND_OF
from vetting.web.fields import STOCKHOLM

PAGE = 50
READS = frozenset(code for code, kind in KIND_OF.items() if kind in {"read", "reveal"})
TAKES_OUT = frozenset(code for code, kind in KIND_OF.items() if kind == "export")
ACCOUNT = frozenset(code for code in KIND_OF if code.startswith("account.")) | {
    "account.session_expired",
    "account.sign_in_failed",
}
DOES = frozenset(code for code, kind in KIND_OF.items() if kind in {"act", "admin"}) - ACCOUNT
KINDS = {"last": READS, "gjort": DOES, "uttag": TAKES_OUT, "inloggning": ACCOUNT}
"""The filter in the address → the events it keeps."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries of one page; `older` and `newer` are keys for the next and the previous page, or None."""

    entries: list[Entry]
    older: int | None
    newer: int | None


def own_entries(
    person_id: UUID,
    *,
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
    before: int | None = None,
    after: int | None = None,
) -> LogPage:
    """What the person has read and done between two Stockholm days (both included): two queries."""
    # What one does with reports is told in the reports alone.
    rows = Entry.objects.filter(actor_person__in=_persons(person_id), id__lt=DAYS)
    if kind in KINDS:
        rows = rows.filter(action__in=sorted(KINDS[kind]))
    if first is not None:
        rows = rows.filter(time__gte=_midnight(first))
    if last is not None:
        rows = rows.filter(time__lt=_midnight(last + timedelta(days=1)))
    if after is not None:
        found = list(rows.filter(id__gt=after).order_by("id")[: PAGE + 1])
        more, found = len(found) > PAGE, found[:PAGE][::-1]
        return LogPage(found, found[-1].id if found else None, found[0].id if more else None)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    newer = found[0].id if found and before is not None else None
    return LogPage(found, found[-1].id if more else None, newer)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), STOCKHOLM)


def _persons(person_id: UUID) -> set[UUID]:
    """The person, and whoever turned out to be her: what was done through that account before is hers too."""
    linked = AccountProposal.objects.filter(kind="link", state="confirmed", account__person=person_id)
    before = linked.values_list("person", "other_person")
    return {person_id}.union(*(set(pair) for pair in before))
