"""Events of the control function: reading the log is itself in the log."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "log.readers_viewed",
        _("{role} läste vilka som läst rekryteringen {reference}."),
        ("role", "reference"),
    ),
    EventSpec("log.reports_viewed", _("{role} läste anmälningarnas logg."), ("role", "count")),
    EventSpec(
        "log.viewed",
        _("{role} läste händelseloggen ({filter_codes})."),
        ("role", "filter_codes", "count"),
    ),
)
