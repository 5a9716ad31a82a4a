"""The room's jobs: each may be run at any time, twice, or not at all, without harm."""

from __future__ import annotations

from audit.clock import now
from vetting.reports.actions.alarms import due_alarms


def pass_on_alarms() -> None:
    """Give an alarm that nobody has answered in half an hour to the next person."""
    due_alarms(now())
