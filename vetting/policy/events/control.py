"""Events of the control function: samples drawn and looked through, and the keys they are drawn with."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "draw_key.committed",
        _("Nyckeln till dragningen {draw} bestämdes i förväg, kontrollsumma {digest}."),
        ("draw", "digest"),
    ),
    EventSpec(
        "draw_key.disclosed",
        _("Nyckeln till dragningen {draw} lämnades ut: {seed}."),
        ("draw", "seed"),
    ),
    EventSpec(
        "figures.exported",
        _("{role} hämtade siffror för perioden {period}."),
        ("role", "period", "digest"),
    ),
    EventSpec(
        "sample.drawn",
        _("{role} drog stickprovet {sample} med {count} rekryteringar."),
        ("role", "sample", "count", "seed"),
    ),
    EventSpec("sample.exported", _("{role} hämtade stickprovet {sample}."), ("role", "sample", "digest")),
    EventSpec(
        "sample.reviewed",
        _("{role} granskade en rekrytering i stickprovet {sample}: {result}."),
        ("role", "sample", "reference", "result"),
    ),
)
