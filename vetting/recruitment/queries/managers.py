"""What waits for a manager: the recruitments whose next step is hers, and lifts that she is to decide about."""

from __future__ import annotations

from django.db.models import Q

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.recruitment.engine.progress import owes_declaration
from vetting.recruitment.models import Opinion
from vetting.recruitment.queries.list_rows import ListRow, read_rows
from vetting.recruitment.queries.my_work import first_to_do
from vetting.recruitment.queries.visible import Reach

LOOKED_AT = 12
"""Recruitments looked at for something that is the manager's: those ready to be decided on first."""


def is_manager(actor: Actor) -> bool:
    """Whether the page of managers is for this person: a manager, a delegate, or who stands in for one."""
    theirs = any(held.role == "hiring_manager" for absent in actor.absent for held in absent.roles)
    return actor.holds("hiring_manager") or actor.is_delegate or theirs


def steps_of_manager(actor: Actor, reach: Reach) -> list[ListRow]:
    """Recruitments whose next step is hers, or which wait for her declaration, what presses most first."""
    if not may_somewhere(actor, "recruitment.list"):
        return []
    rows = read_rows(first_to_do(actor, reach, LOOKED_AT), actor.on)
    return [row for row in rows if is_hers(row, actor)]


def is_hers(row: ListRow, actor: Actor) -> bool:
    """Whether the next step is the manager's, or her declaration is waited for."""
    return "manager" in row.next.on or owes_declaration(row.case, actor.person_id)


def lifts_to_decide(actor: Actor) -> list[Opinion]:
    """Adverse opinions that were lifted to her: one query."""
    rows = Opinion.objects.filter(
        Q(state=Opinion.State.ESCALATED, escalated_to=actor.person_id), recruitment__on_hold=False
    ).select_related("recruitment__position", "recruitment__unit")
    sealed = ("recommendation", "escalation_reason", "escalation_decision", "set_aside_reason")
    return list(rows.defer(*sealed).order_by("concluded_on", "pk"))
