"""Events of what the organisation is: its units, work done for others, the delegation order."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "delegation_order.confirmed",
        _("{role} bekräftade {delegation_point}."),
        (
            "role",
            "delegation_point",
            "unit",
            "section",
        ),
    ),
    EventSpec(
        "delegation_order.proposed",
        _("{role} föreslog ändring av {delegation_point}."),
        (
            "role",
            "delegation_point",
            "unit",
        ),
    ),
    EventSpec(
        "delegation_order.rejected",
        _("{role} avslog ändring av {delegation_point}."),
        (
            "role",
            "delegation_point",
            "unit",
        ),
    ),
    EventSpec(
        "position.edited",
        _("{role} ändrade {field} för befattningen {position}."),
        (
            "role",
            "position",
            "field",
            "profile",
        ),
    ),
    EventSpec(
        "service_agreement.confirmed",
        _("{role} bekräftade att {unit} utför arbete åt {target_body}."),
        (
            "role",
            "unit",
            "target_body",
            "section",
        ),
    ),
    EventSpec(
        "service_agreement.proposed",
        _("{role} föreslog att {unit} utför arbete åt {target_body}."),
        (
            "role",
            "unit",
            "target_body",
        ),
    ),
    EventSpec(
        "service_agreement.rejected",
        _("{role} avslog att {unit} utför arbete åt {target_body}."),
        (
            "role",
            "unit",
            "target_body",
        ),
    ),
    EventSpec(
        "setting.confirmed",
        _("{role} svarade på ändringen av inställningen {setting}: {result}."),
        ("role", "setting", "result"),
    ),
    EventSpec(
        "setting.proposed",
        _("{role} föreslog ändring av inställningen {setting}."),
        ("role", "setting"),
    ),
    EventSpec(
        "unit.change_proposed",
        _("{role} föreslog ändring av {unit}: {field}."),
        (
            "role",
            "unit",
            "field",
        ),
    ),
    EventSpec(
        "unit.change_rejected",
        _("{role} avslog eller tog tillbaka ändring av {unit}: {field}."),
        (
            "role",
            "unit",
            "field",
        ),
    ),
    EventSpec(
        "unit.created",
        _("{role} lade upp enheten {unit}."),
        (
            "role",
            "unit",
            "date",
        ),
    ),
    EventSpec(
        "unit.edited",
        _("{role} ändrade {field} för enheten {unit}."),
        (
            "role",
            "unit",
            "field",
        ),
    ),
    EventSpec(
        "unit.ended",
        _("{role} avslutade enheten {unit} från {date}."),
        (
            "role",
            "unit",
            "date",
        ),
    ),
    EventSpec(
        "unit.moved",
        _("{role} flyttade enheten {unit} från {date}."),
        (
            "role",
            "unit",
            "date",
        ),
    ),
)
