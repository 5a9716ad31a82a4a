"""Events of the pool. Who was asked about is never told: neither in a fact nor by its absence."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "pool_booker.appointed",
        _("{role} gav uppdrag att boka för {unit} till {until}."),
        ("role", "unit", "until"),
    ),
    EventSpec(
        "pool_booker.ended",
        _("{role} avslutade ett uppdrag att boka för {unit}."),
        ("role", "unit"),
    ),
    EventSpec(
        "pool_clearance.granted",
        _("{role} gav klarmarkering {clearance} till {until}."),
        ("role", "clearance", "profile", "unit", "until"),
    ),
    EventSpec(
        "pool_clearance.listed",
        _("{role} läste klarmarkeringar utanför sina uppdrag."),
        ("role", "unit"),
    ),
    EventSpec(
        "pool_clearance.looked_up",
        _("{role} frågade om bokning för {unit}."),
        ("role", "unit"),
    ),
    EventSpec(
        "pool_clearance.revoked",
        _("{role} tog bort klarmarkering {clearance} ({reason_code})."),
        ("role", "clearance", "reason_code"),
    ),
)
