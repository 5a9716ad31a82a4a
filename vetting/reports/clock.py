"""What a report's clock says now: the next date by law or by rule, and how many days are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from audit.clock import now
from vetting.policy import report_clocks as clocks
from vetting.policy.calendar import today_stockholm
from vetting.reports.models import Report
from vetting.reports.receipts import answer_on

EARLY = timedelta(days=7)
"""How long before its day a follow-up counts."""
OVER = ("disposed", "transferred")
"""States in which no date counts: the report is gone, or goes on in the other channel."""
SOON = 2
"""Days left from which a date is marked."""


@dataclass(frozen=True, slots=True)
class Due:
    """One date: what for, the last day, when it was done, and why it is that day."""

    what: str
    day: date
    done: date | None = None
    why: str = ""
    moment: datetime | None = None
    """The last moment, where it is finer than the day."""

    @property
    def days_left(self) -> int:
        """Legal days until it; negative when it has passed."""
        return (self.day - today_stockholm(now())).days

    @property
    def is_late(self) -> bool:
        """Whether it has passed without being done."""
        if self.done is not None:
            return False
        return self.moment < now() if self.moment is not None else self.days_left < 0

    @property
    def kind(self) -> str:
        """The kind of its status tag."""
        if self.done is not None:
            return "done"
        return "important" if self.is_late else "assess" if self.days_left <= SOON else "waiting"

    @property
    def left(self) -> str:
        """How long is left, in words."""
        if self.done is not None:
            return _("Klart")
        if self.is_late:
            return _("Passerat")
        if self.days_left == 0:
            return _("I dag")
        return _("1 dag kvar") if self.days_left == 1 else _("%(n)s dagar kvar") % {"n": self.days_left}


def dates_of(report: Report) -> list[Due]:
    """All that are counted for the report, in the order they fall."""
    found = [_acknowledge(report), _feed_back(report), *_follow_up(report), *_dispose(report)]
    if report.state in OVER:
        # Nothing is waited for here any more; what was done stands.
        return [due for due in found if due.done is not None]
    return found


def _acknowledge(report: Report) -> Due:
    is_pressure = report.channel == "pressure"
    went_on = report.state not in ("received", "transferred")
    return Due(
        _("Bekräfta"),
        answer_on(report),
        report.acknowledged_on or (report.received_on if went_on else None),
        _("Inom 24 timmar, även helg. Efter 12 timmar går den till nästa mottagare.")
        if is_pressure
        else _("Inom 7 dagar (2021:890, 5 kap. 8 §)."),
        report.acknowledge_by if is_pressure and report.mode != "anonymous" else None,
    )


def _feed_back(report: Report) -> Due:
    why = _("Inom 3 månader från bekräftelsen, eller från dag 7 utan bekräftelse.")
    return Due(_("Återkoppla"), report.feedback_by, report.feedback_on, why)


def _follow_up(report: Report) -> list[Due]:
    if report.feedback_on is None:
        return []
    what, why = _("Följ upp"), _("30 och 90 dagar efter återkopplingen.")
    days = clocks.follow_up_days(report.feedback_on)
    return [Due(what, day, _followed_up(report, day), why) for day in days]


def _dispose(report: Report) -> list[Due]:
    """When what is written may be disposed of, and when what stops that is tried again."""
    found = []
    if report.closed_on is not None:
        day = clocks.disposable_from(report.closed_on)
        found.append(Due(_("Gallra"), day, None, _("Två år efter avslut (2021:890, 7 kap. 8 §).")))
    if report.hold_by_id is not None and report.state != "disposed":
        day = report.hold_review_on or report.hold_on or report.received_on
        found.append(Due(_("Pröva gallringsstoppet"), day, None, _("Stoppet gäller tills det hävs.")))
    return found


def next_of(report: Report) -> Due | None:
    """The date that counts now; None where nothing is left to wait for."""
    waiting = [due for due in dates_of(report) if due.done is None]
    if report.closed_on is not None:
        return waiting[-1] if waiting else None
    return min(waiting, key=lambda due: due.day, default=None)


def _followed_up(report: Report, day: date) -> date | None:
    """When the follow-up of that day was made, a week before it at the earliest; closing leaves no more of them."""
    done = report.followed_up_on
    if done is not None and done >= day - EARLY:
        return done
    return report.closed_on if report.closed_on is not None and day >= report.closed_on else None
