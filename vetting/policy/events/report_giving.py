"""Events by which something of a report is given out. They tell the ground, the day and the digest, never what."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "police_disclosure.decided",
        _("{role} lämnade ut uppgifter till polisen från {report} ({ground})."),
        ("role", "report", "ground", "digest", "date"),
        tree="reports",
    ),
    EventSpec(
        "police_disclosure.declined",
        _("{role} beslutade att inte lämna ut uppgifter från {report} ({ground})."),
        ("role", "report", "ground", "date"),
        tree="reports",
    ),
    EventSpec(
        "police_disclosure.prepared",
        _("{role} förberedde utlämnande till polisen från {report}."),
        ("role", "report", "ground", "date"),
        tree="reports",
    ),
    EventSpec(
        "report.exported",
        _("{role} hämtade {report}."),
        ("role", "report", "digest", "date"),
        tree="reports",
    ),
    EventSpec(
        "report.masked_exported",
        _("{role} tog fram en maskad kopia av {report}."),
        ("role", "report", "digest", "section", "date"),
        tree="reports",
    ),
)
