"""Events of those who receive reports: keys, circle, messages, identity, duty roster. They tell the day alone."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "circle.extended",
        _("{role} medgav en mottagare till i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "circle.left",
        _("{role} lämnade kretsen i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "circle.proposed",
        _("{role} föreslog en mottagare till i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "circle.rejected",
        _("{role} avslog en mottagare till i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "duty.acknowledged",
        _("{role} kvitterade ett larm."),
        (
            "role",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "duty.edited",
        _("{role} ändrade jourlistan för {date}."),
        (
            "role",
            "channel",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "identity.confirmed",
        _("{role} medgav att namnet får läsas i {report} av en person till {until}."),
        (
            "role",
            "report",
            "until",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "identity.rejected",
        _("{role} avslog begäran om namnet i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "identity.requested",
        _("{role} begärde att få se namnet i {report}."),
        (
            "role",
            "report",
            "ground",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "identity.revealed",
        _("{role} läste namnet i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "message.read",
        _("{role} läste meddelanden i {report}."),
        (
            "role",
            "report",
            "count",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "message.sent",
        _("{role} skickade ett meddelande i {report}."),
        (
            "role",
            "report",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "recipient_key.certified",
        _("{role} läste in nyckelintyg för kanalen {channel}."),
        (
            "role",
            "channel",
            "key_fingerprint",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "recipient_key.created",
        _("{role} skapade en mottagarnyckel för kanalen {channel}."),
        (
            "role",
            "channel",
            "key_fingerprint",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "recipient_key.recovered",
        _("{role} återskapade sin nyckel."),
        (
            "role",
            "key_fingerprint",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "recipient_key.revoked",
        _("{role} spärrade en mottagarnyckel i kanalen {channel}."),
        (
            "role",
            "channel",
            "key_fingerprint",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "recipient_key.rewrapped",
        _("{role} bytte lösenfras för sin nyckel."),
        (
            "role",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "recipient_key.share_contributed",
        _("En del lämnades för att återskapa en nyckel."),
        (
            "count",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "vault.locked",
        _("{role} låste sin nyckel."),
        (
            "role",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "vault.unlocked",
        _("{role} låste upp sin nyckel."),
        (
            "role",
            "date",
        ),
        tree="reports",
    ),
    EventSpec(
        "recipient_key.recovery_begun",
        _("{role} bad om delarna för att återskapa sin nyckel."),
        ("role", "date"),
        tree="reports",
    ),
    EventSpec(
        "recipient_key.refused",
        _("En mottagarnyckel utan giltigt intyg användes inte i kanalen {channel}."),
        ("channel", "key_fingerprint", "date"),
        tree="reports",
    ),
)
