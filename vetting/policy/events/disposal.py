"""Events of disposal: what was decided, by whom, and each finalist's records as they went. Never a name."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "disposal.carried_out",
        _("{role} gallrade {retention} för {candidacy} i {reference} enligt {lot}."),
        ("role", "reference", "candidacy", "retention", "lot", "count"),
    ),
    EventSpec(
        "disposal.completed",
        _("{role} verkställde gallringen {lot}: {count} gallrade, {left} kvar."),
        ("role", "lot", "count", "left"),
    ),
    EventSpec(
        "disposal.confirmed",
        _("{role} beslutade om gallringen {lot}, kontrollsumma {digest}."),
        ("role", "lot", "count", "digest"),
    ),
    EventSpec(
        "disposal.proposed",
        _("{role} lade fram gallringen {lot}: {retention}, {count} stycken, kontrollsumma {digest}."),
        ("role", "lot", "retention", "count", "digest"),
    ),
    EventSpec(
        "disposal.rejected",
        _("{role} sa nej till gallringen {lot}."),
        ("role", "lot", "reason_code"),
    ),
)
