"""Every event the log may hold: its sentence, and the only facts it may carry.

Facts are codes, references, dates and numbers; never names, never text that a person has written.
"""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.events import (
    candidacy,
    candidate,
    check,
    control,
    decision,
    disposal,
    note,
    organisation,
    oversight,
    pool,
    recipient,
    recruitment,
    report,
    report_ending,
    report_giving,
    system,
    waiver,
)

EVENTS: dict[str, EventSpec] = {
    event.code: event
    for module in (
        system,
        organisation,
        recruitment,
        note,
        candidacy,
        candidate,
        check,
        decision,
        oversight,
        control,
        disposal,
        waiver,
        pool,
        report,
        report_ending,
        report_giving,
        recipient,
    )
    for event in module.DECLARED
}

__all__ = ["EVENTS", "EventSpec"]
