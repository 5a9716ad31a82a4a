"""Events of the checks."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "check.access_recorded",
        _("{role} bekräftade behörigheter för {engagement}."),
        ("role", "engagement", "check", "date"),
    ),
    EventSpec(
        "check.answer_recorded",
        _("{role} antecknade att underlag till {check} i {reference} kommit in."),
        ("role", "reference", "candidacy", "check", "date"),
    ),
    EventSpec(
        "check.assessed",
        _("{role} bedömde kontrollen {check} i {reference}."),
        ("role", "reference", "candidacy", "check"),
    ),
    EventSpec(
        "check.begun",
        _("{role} påbörjade kontrollen {check} i {reference}."),
        ("role", "reference", "candidacy", "check"),
    ),
    EventSpec(
        "check.candidate_asked",
        _("{role} bad kandidaten om underlag till {check} i {reference}."),
        ("role", "reference", "candidacy", "check", "date"),
    ),
    EventSpec(
        "check.candidate_notified",
        _("{role} informerade kandidaten om {check} i {reference}; svar senast {date}."),
        ("role", "reference", "candidacy", "check", "date"),
    ),
    EventSpec(
        "check.deviation_recorded",
        _("{role} angav att kontrollen {check} i {reference} ska bedömas."),
        ("role", "reference", "candidacy", "check"),
    ),
    EventSpec(
        "check.not_applicable_marked",
        _("{role} angav att kontrollen {check} i {reference} inte behövs ({reason_code})."),
        ("role", "reference", "candidacy", "check", "reason_code"),
    ),
    EventSpec(
        "check.paused",
        _("{role} pausade kontrollen {check} i {reference} ({reason_code})."),
        ("role", "reference", "candidacy", "check", "reason_code"),
    ),
    EventSpec(
        "check.recorded",
        _("{role} antecknade kontrollen {check} i {reference} som klar."),
        ("role", "reference", "candidacy", "check", "date"),
    ),
    EventSpec(
        "check.reopened",
        _("{role} öppnade kontrollen {check} i {reference} för rättelse ({reason_code})."),
        ("role", "reference", "candidacy", "check", "reason_code"),
    ),
    EventSpec(
        "check.reply_recorded",
        _("{role} antecknade kandidatens svar om {check} i {reference}."),
        ("role", "reference", "candidacy", "check", "date"),
    ),
    EventSpec(
        "check.restored",
        _("{role} tog tillbaka att kontrollen {check} i {reference} inte behövs."),
        ("role", "reference", "candidacy", "check"),
    ),
    EventSpec(
        "check.resumed",
        _("{role} återupptog kontrollen {check} i {reference}."),
        ("role", "reference", "candidacy", "check"),
    ),
    EventSpec(
        "check.reused",
        _("{role} använde en tidigare kontroll för {check} i {reference}."),
        ("role", "reference", "candidacy", "check", "date"),
    ),
    EventSpec(
        "check.revealed",
        _("{role} öppnade {field} i kontrollen {check} i {reference} ({purpose})."),
        ("role", "reference", "candidacy", "check", "field", "purpose", "minutes"),
    ),
    EventSpec(
        "check.shown_recorded",
        _("{role} antecknade i {reference} att utdraget för {check} visats upp."),
        ("role", "reference", "candidacy", "check", "date"),
    ),
    EventSpec(
        "check.viewed",
        _("{role} läste kontrollen {check} i {reference} utanför sina uppdrag."),
        ("role", "reference", "check"),
    ),
)
