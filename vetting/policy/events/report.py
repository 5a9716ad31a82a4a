"""Events of the reports, which tell the day alone: what was done with a report, never what it says."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "report.acknowledged",
        _("{role} bekräftade {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.action_completed",
        _("{role} antecknade en åtgärd som klar i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.action_planned",
        _("{role} lade till en åtgärd i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.added_to",
        _("Den som anmält skrev mer i {report}."),
        (
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.assessed",
        _("{role} bedömde {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.assessment_begun",
        _("{role} började bedöma {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.call_requested",
        _("En begäran om samtal togs emot i kanalen {channel}."),
        (
            "report",
            "channel",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.consent_changed",
        _("Den som anmält ändrade sitt samtycke i {report}."),
        (
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.duty_alarmed",
        _("Jouren larmades om en anmälan."),
        (
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.feedback_answered",
        _("Den som anmält svarade på återkopplingen i {report}."),
        (
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.feedback_given",
        _("{role} återkopplade i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.file_opened",
        _("{role} öppnade en fil i {report}."),
        (
            "role",
            "report",
            "file_kind",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.follow_up_begun",
        _("{role} började följa upp {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.handed_over",
        _("{role} lämnade över {report} till en annan mottagare."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.history_viewed",
        _("{role} läste händelserna i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.note_written",
        _("{role} skrev en anteckning i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.opened",
        _("{role} läste {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.oral_entered",
        _("{role} skrev in en muntlig anmälan i kanalen {channel}."),
        (
            "role",
            "report",
            "channel",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.police_recorded",
        _("{role} antecknade frågan om polisanmälan i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.protected",
        _("{role} antecknade skyddsåtgärder i {report}."),
        (
            "role",
            "report",
            "date",
            "step_code",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.reprisal_answered",
        _("Den som anmält svarade på frågan om bestraffning i {report}."),
        (
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.submitted",
        _("En anmälan togs emot i kanalen {channel}."),
        (
            "report",
            "channel",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.support_recorded",
        _("{role} antecknade stöd i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.taken",
        _("{role} tog ansvar för {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.work_environment_recorded",
        _("{role} antecknade arbetsmiljöuppgifter i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.part_lent",
        _("{role} lät en annan mottagare läsa {report} med sin del."),
        ("role", "report", "date"),
        tree="reports",
    ),
)
