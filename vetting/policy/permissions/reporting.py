"""Permissions of whoever reports: given by the receipt's code, never by a role or a sign-in."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "report.submit",
        _("Skicka anmälan"),
        _("Lämna en anmälan, namngiven, förtrolig eller anonym, utan inloggning."),
        "act",
        event="report.submitted",
    ),
    Permission(
        "report.request_call",
        _("Ring mig"),
        _("Lämna ett nummer och när det är säkert att ringa, utan berättelse."),
        "act",
        event="report.call_requested",
    ),
    Permission(
        "report.alarm_duty",
        _("Larma jouren nu"),
        _("Skicka ett larm utan innehåll till jouren."),
        "act",
        event="report.duty_alarmed",
    ),
    Permission(
        "report.read_own",
        _("Läsa sin anmälan"),
        _("Se läge, datum och svar med återkomstkoden."),
        "read",
        logged="no",
    ),
    Permission(
        "report.add_own",
        _("Skriva mer"),
        _("Skriva mer, lägga till filer eller lämna namn i efterhand med återkomstkoden."),
        "act",
        event="report.added_to",
    ),
    Permission(
        "report.change_consent",
        _("Ändra samtycke"),
        _("Ändra vem som får veta, kontaktväg och mottagare som tagits bort."),
        "act",
        event="report.consent_changed",
    ),
    Permission(
        "report.answer_feedback",
        _("Svara på återkoppling"),
        _("Svara nöjd, vill prata eller vill att någon annan ser på det."),
        "act",
        event="report.feedback_answered",
    ),
    Permission(
        "report.answer_reprisal",
        _("Svara på frågan om bestraffning"),
        _("Svara på om något gjorts mot en för att man anmält."),
        "act",
        event="report.reprisal_answered",
    ),
)
