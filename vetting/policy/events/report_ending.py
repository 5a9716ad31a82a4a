"""Events by which a report is closed, set apart, moved, held and disposed of. They tell the day alone."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "report.close_proposed",
        _("{role} föreslog att {report} avslutas ({reason_code})."),
        (
            "role",
            "report",
            "reason_code",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.close_rejected",
        _("{role} avslog förslaget att avsluta {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.closed",
        _("{role} avslutade {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.disposal_proposed",
        _("{role} föreslog gallring av {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.disposal_rejected",
        _("{role} avslog gallring av {report}."),
        (
            "role",
            "report",
            "reason_code",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.disposed",
        _("{role} gallrade {report}."),
        (
            "role",
            "report",
            "date",
            "digest",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.hold_lifted",
        _("{role} hävde gallringsstoppet för {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.hold_set",
        _("{role} satte gallringsstopp för {report} ({ground})."),
        (
            "role",
            "report",
            "ground",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.quarantined",
        _("{role} spärrade {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.registered",
        _("{role} angav diarienummer för {report}."),
        (
            "role",
            "report",
            "diary_number",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.released",
        _("{role} hävde spärren av {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.reopened",
        _("{role} öppnade {report} igen ({reason_code})."),
        (
            "role",
            "report",
            "reason_code",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.second_look_taken",
        _("{role} tog över {report} för ny bedömning."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.transferred",
        _("{role} flyttade {report} till kanalen {channel} ({ground})."),
        (
            "role",
            "report",
            "channel",
            "ground",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.transfer_proposed",
        _("{role} föreslog att {report} byter kanal ({ground})."),
        (
            "role",
            "report",
            "ground",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "report.transfer_rejected",
        _("{role} avslog förslaget att {report} byter kanal."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
)
