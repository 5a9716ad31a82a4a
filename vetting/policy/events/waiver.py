"""Events of waivers (Undantag)."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "waiver.confirmed",
        _("{role} skrev under undantag från {check} i {reference} till {until}."),
        ("role", "reference", "candidacy", "check", "until"),
    ),
    EventSpec(
        "waiver.deferred",
        _("{role} valde komplettering efter start för {check} i {reference}, senast {until}."),
        ("role", "reference", "candidacy", "check", "until"),
    ),
    EventSpec(
        "waiver.ended",
        _("{role} avslutade undantag från {check} i {reference}."),
        ("role", "reference", "candidacy", "check"),
    ),
    EventSpec(
        "waiver.proposed",
        _("{role} föreslog undantag från {check} i {reference} till {until}."),
        ("role", "reference", "candidacy", "check", "until", "reason_code"),
    ),
    EventSpec(
        "waiver.rejected",
        _("{role} avslog undantag från {check} i {reference}."),
        ("role", "reference", "candidacy", "check", "reason_code"),
    ),
)
