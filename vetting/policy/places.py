"""Where a role can be held: in a unit with all below it, in an authority, or in the whole installation.

From one authority to another a function reaches by a confirmed agreement, never by a wide role.
"""

from __future__ import annotations

from typing import Literal

Place = Literal["unit", "authority", "all"]

#: role → the narrowest place it can be given in; None for what everybody has, or what one invitation gives.
NARROWEST: dict[str, Place | None] = {
    "hiring_manager": "unit",
    "hr_officer": "unit",
    "hr_head": "authority",
    "security_officer": "authority",
    "security_head": "authority",
    "protective_security": "authority",
    "report_recipient": "authority",
    "whistleblowing_recipient": "authority",
    "alternative_recipient": "authority",
    "registrar": "authority",
    "archivist": "authority",
    "data_protection_officer": "all",
    "auditor": "all",
    "administrator": "all",
    "chief": "authority",
    "guest_approver": None,
    "employee": None,
}

#: Whoever leads a function may do so for the whole municipality; recipients are named for all of it or for a part.
WHOLE = frozenset(
    {"hr_head", "security_head", "report_recipient", "whistleblowing_recipient", "alternative_recipient"}
)

#: Roles that need the decision by which somebody was named, with its date and reference (lag 2021:890, 5 kap. 5 §).
NAMED_BY_DECISION = frozenset({"report_recipient", "whistleblowing_recipient", "alternative_recipient"})

#: The role that an invitation to one recruitment gives, and the most legal days it lasts, first and last counted.
GUEST = "guest_approver"
GUEST_DAYS = 14

#: Roles that confirm the roles of others: the last one who can is never taken away unnoticed.
CONFIRMING = frozenset({"hr_head", "security_head"})


def places_for(role: str) -> tuple[Place, ...]:
    """The places in which `role` can be proposed, the narrowest first; none for what is not given this way."""
    narrowest = NARROWEST[role]
    if narrowest is None:
        return ()
    if narrowest == "all":
        return ("all",)
    if role == "hiring_manager":
        return ("unit",)
    wider: tuple[Place, ...] = ("all",) if role in WHOLE else ()
    return ("unit", "authority", *wider) if narrowest == "unit" else ("authority", *wider)
