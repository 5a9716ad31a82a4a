"""The log's events sorted into the groups people choose among: by what the act was about, and the readings apart.

Those of reports are in no group: they are told of in a list of their own, by kind and day.

Worked out from the permissions' kinds and the beginnings of the events' codes, so that a new event falls in its place.
"""

from __future__ import annotations

from dataclasses import dataclass

from vetting.policy.events import EVENTS
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.text import _

KIND_OF: dict[str, str] = {
    p.event: p.kind for p in PERMISSIONS.values() if p.event and EVENTS[p.event].tree == "main"
}
"""Event → what kind of permission it belongs to: read, act, reveal, export or admin."""

TAKES_OUT = frozenset(code for code, kind in KIND_OF.items() if kind == "export")
DECLARATION = "declaration.given"
"""Giving it shows the finalists' names, so its permission reveals; the event tells of an act."""

READS = frozenset(code for code, kind in KIND_OF.items() if kind in {"read", "reveal"}) | TAKES_OUT
READS -= {DECLARATION}
"""Events that say that somebody has read: a page outside one's assignments, opened fields, what was taken out."""

LOOKED = READS - TAKES_OUT - {"break_glass.opened"}
"""Who has only looked: it takes nothing out, and opens nothing that was shut to her."""

_PAPERS = TAKES_OUT | {"candidacy.information_printed", "recruitment.diary_set"}


@dataclass(frozen=True, slots=True)
class Group:
    """One choice of the filter: its code in the address, its words and its events."""

    code: str
    label: str
    events: frozenset[str]


def _beginning(*starts: str) -> frozenset[str]:
    return frozenset(
        code for code, event in EVENTS.items() if code.startswith(starts) and event.tree == "main"
    )


_DECLARED = (
    Group(
        "lage",
        _("Läge"),
        _beginning(
            "recruitment.",
            "candidacy.",
            "candidate_link.",
            "candidate_page.",
            "engagement.",
            "pool_clearance.",
            "declaration.",
            "recusal.",
            "guest.",
            "hold.",
            "disposal.",
        )
        - READS,
    ),
    Group("kontroller", _("Kontroller"), _beginning("check.", "protective.", "waiver.") - READS),
    Group("beslut", _("Beslut"), _beginning("opinion.", "escalation.", "decision.", "person.linked") - READS),
    Group("dokument", _("Dokument"), _PAPERS),
    Group("anteckningar", _("Anteckningar"), _beginning("note.") - READS),
    Group("lasningar", _("Läsningar"), READS),
    Group("befattningar", _("Befattningar"), _beginning("position.")),
    Group(
        "organisation",
        _("Organisation"),
        _beginning("unit.", "service_agreement.", "delegation_order.", "setting."),
    ),
    Group(
        "atkomst",
        _("Roller och åtkomst"),
        _beginning(
            "role.",
            "delegation.",
            "access.",
            "access_review.",
            "action.",
            "recruitment.assigned",
            "person.",
            "break_glass.",
            "guest.",
            "pool_booker.",
        )
        - {"person.linked"},
    ),
    Group("inloggning", _("Konton och inloggning"), _beginning("account.")),
    Group(
        "granskning",
        _("Granskning och loggen själv"),
        _beginning("log.", "alert.", "operation.", "clock.", "sample.", "draw_key."),
    ),
)

GROUPS: dict[str, Group] = {group.code: group for group in _DECLARED}

TIMELINE = ("lage", "kontroller", "beslut", "dokument", "anteckningar", "lasningar")
"""The groups that a single recruitment's events fall into."""
