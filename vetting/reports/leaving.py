"""The one way out of the room: counts of coded answers, when a year is over, without person, date or report.

The coded answers are sealed as the story is, so no job can count them: a recipient does, with her keys unlocked, and
each reading is recorded. What leaves is not rows but protected counts (`figures.protection`): of a channel with three
reports in a year, rows in the clear would tell whoever runs the database what is promised to be kept from her.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from vetting.access.actor import Actor
from vetting.crypto.errors import SealError
from vetting.figures.models import ReleasedCell
from vetting.figures.protection import K, Protected, protect, protect_each
from vetting.policy.report_facts import CLASSIFICATION, COUNTED, QUESTIONS
from vetting.reports.actions.opening import open_report
from vetting.reports.case import Case
from vetting.reports.days import today
from vetting.reports.errors import NeedsAnother, NotComplete, NotYours
from vetting.reports.models import RecipientKey, Report
from vetting.reports.queries import reports_visible_to
from vetting.reports.vault import Vault

UNANSWERED = "unanswered"
TOTAL = "total"
CHANNELS = (str(Report.Channel.PRESSURE), str(Report.Channel.WHISTLEBLOWING))


@dataclass(slots=True)
class _Counted:
    """One category: how many reports, how many not anonymous, and whether any is."""

    reports: int = 0
    known: int = 0
    has_anonymous: bool = False

    def add(self, is_anonymous: bool) -> None:
        """One report more."""
        self.reports += 1
        self.known += not is_anonymous
        self.has_anonymous |= is_anonymous

    @property
    def reporters(self) -> int:
        """All who are anonymous may be one person."""
        return self.known + self.has_anonymous


@dataclass(slots=True)
class _Tables:
    total: int = 0
    thirds: Counter[str] = field(default_factory=Counter)
    cells: dict[str, dict[str, _Counted]] = field(default_factory=dict)

    def add(self, report: Report, facts: dict[str, Any]) -> None:
        """One report in every table."""
        self.total += 1
        self.thirds[str((report.received_on.month - 1) // 4 + 1)] += 1
        for question in COUNTED:
            given = facts.get(question)
            answers = given if isinstance(given, list) else [given] if given else []
            for answer in answers or [UNANSWERED]:
                self.cells[question][answer].add(report.mode == Report.Mode.ANONYMOUS)


def years_to_leave(channel: str, *, by: Actor) -> list[int]:
    """Years that are over, with reports that she sees, and of which nothing has left yet."""
    seen = reports_visible_to(by).filter(channel=channel, directory=channel)
    years = {day.year for day in seen.values_list("received_on", flat=True)}
    gone = set(ReleasedCell.objects.filter(source=channel).values_list("year", flat=True))
    return sorted(year for year in years - gone if date(year, 12, 31) < today())


def leave(channel: str, year: int, *, by: Actor, vault: Vault) -> int:
    """Count a year that is over, protect the counts and let them leave, once. Returns how many cells.

    Left out are the reports of which somebody was taken out, and those of the alternative group: whoever was taken out
    knows what she herself has seen, and a total that is larger would tell her that there is one more. Raises Denied;
    NotComplete (`year_open`, `left`; `newcomer` where her key came while others received; `unreadable`).
    """
    if date(year, 12, 31) >= today():
        raise NotComplete("year_open")
    _require_old_hand(channel, year, by)
    tables = _empty()
    with transaction.atomic():
        for report in _reports(channel, year, by):
            facts = _facts_of(report, by, vault)
            if facts is not None:
                tables.add(report, facts)
        cells = list(_released(tables))
        try:
            with transaction.atomic():
                for table, code, value in cells:
                    ReleasedCell(
                        source=channel,
                        year=year,
                        table=table,
                        code=code,
                        value=value,
                        classification=CLASSIFICATION,
                    ).save()
        except IntegrityError:
            raise NotComplete("left") from None
    return len(cells)


def left(channel: str) -> list[ReleasedCell]:
    """What has left of a channel, newest year first."""
    return list(ReleasedCell.objects.filter(source=channel).order_by("-year", "id"))


def _reports(channel: str, year: int, by: Actor) -> Iterable[Report]:
    seen = reports_visible_to(by).filter(channel=channel, directory=channel, received_on__year=year)
    return seen.exclude(state__in=["transferred", "quarantined", "disposed"]).order_by("pk")


def _facts_of(report: Report, by: Actor, vault: Vault) -> dict[str, Any] | None:
    """The coded answers, the reading recorded; None for a report that is not counted. Raises NotComplete."""
    case = Case.load(report.pk)
    try:
        key = open_report(case, by=by, vault=vault)
        if (key.json(report, "consents") or {}).get("excluded"):
            return None
        facts: dict[str, Any] = key.json(report, "facts") or {}
    except (NotYours, NeedsAnother, SealError):
        raise NotComplete("unreadable") from None
    return facts


def _require_old_hand(channel: str, year: int, by: Actor) -> None:
    """Whoever came while others received lacks their reports; whoever was there from the beginning lacks none."""
    keys = RecipientKey.objects.filter(directory=channel).exclude(certified_on=None)
    first = min(keys.values_list("certified_on", flat=True), default=None)
    mine = min(keys.filter(person_id=by.person_id).values_list("certified_on", flat=True), default=None)
    if first is None or mine is None or mine > max(first, date(year, 1, 1)):
        raise NotComplete("newcomer")


def _empty() -> _Tables:
    cells = {
        code: {answer: _Counted() for answer in (*QUESTIONS[code].options, UNANSWERED)} for code in COUNTED
    }
    return _Tables(thirds=Counter({"1": 0, "2": 0, "3": 0}), cells=cells)


def _released(tables: _Tables) -> Iterator[tuple[str, str, int | None]]:
    """Each cell with what may be shown of it."""
    is_shown = tables.total >= K
    yield TOTAL, "", tables.total if is_shown else None
    if not is_shown:
        return
    for code, value in protect(tables.thirds, zeros=True).cells.items():
        yield "third", code, value
    for question, cells in tables.cells.items():
        counts = {code: one.reports for code, one in cells.items()}
        told = {code: one.reporters for code, one in cells.items()}
        if QUESTIONS[question].several:
            shown = protect_each(counts, tables.total, reporters=told)
        else:
            shown = dict(_single(counts, told).cells)
        for code, value in shown.items():
            yield question, code, value


def _single(counts: dict[str, int], told: dict[str, int]) -> Protected:
    return protect(counts, zeros=True, reporters=told)
