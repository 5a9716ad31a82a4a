"""Events of the control function: reading the log is itself in the log."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "alert.assigned",
        _("Varningen {alert} lämnades till en revisor."),
        ("alert", "rule"),
    ),
    EventSpec("alert.closed", _("{role} stängde varningen {alert}: {result}."), ("role", "alert", "result")),
    EventSpec("alert.disposed", _("Varningen {alert} gallrades."), ("alert", "date")),
    EventSpec("alert.raised", _("Varningen {alert} kom till ({rule})."), ("alert", "rule")),
    EventSpec("alert.viewed", _("{role} läste varningen {alert}."), ("role", "alert", "rule")),
    EventSpec(
        "break_glass.ended",
        _("{role} avslutade nödåtkomst till {reference}."),
        ("role", "reference"),
    ),
    EventSpec(
        "break_glass.opened",
        _("{role} tog nödåtkomst till {reference} i {minutes} minuter."),
        ("role", "reference", "minutes"),
    ),
    EventSpec(
        "break_glass.reviewed",
        _("{role} granskade nödåtkomsten till {reference}: {result}."),
        ("role", "reference", "result"),
    ),
    EventSpec(
        "log.exported",
        _("{role} hämtade loggpaketet till och med {position_number}, kontrollsumma {digest}."),
        ("role", "position_number", "digest"),
    ),
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
    EventSpec(
        "operation.commanded",
        _("Kommandot {command} kördes på servern."),
        ("command", "result"),
    ),
)
